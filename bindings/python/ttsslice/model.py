# SPDX-License-Identifier: MIT
"""The model at the other end, with the method of the local one."""

from __future__ import annotations

import base64
import functools
import math
import os
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from ttsslice import errors
from ttsslice._lib import Path, file_name
from ttsslice._options import number
from ttsslice._work import awaited
from ttsslice.audio import Audio, optional_numpy
from ttsslice.dispatch import Dispatcher, JobResult
from ttsslice.engine import seed as derived_seed
from ttsslice.secret import Secret

Voice = Path  # or a URL

# What a local Chatterbox has.
CHATTERBOX_RATE = 24000
# Endpoints refuse requests of 10 MB, and base64 makes 4 bytes of 3.
PROMPT_BYTES_MAX = 7_000_000
# Texts whose takes are counted.
COUNTED_MAX = 10_000


class RemoteModel:
    """Stands where a local Chatterbox model stood: `generate()` and `sr`, made by a handler.

    `endpoint`, `api_key` and `options` are those of `Dispatcher`. `exaggeration`, `cfg_weight`,
    `temperature`, `audio_prompt_url` and `language_id` hold for calls that do not say otherwise;
    `temperature` None is the model's own. `sr` is the rate to expect: None takes that of the first
    answer, and 24,000 until then, as Chatterbox has it; AudioError where audio of another rate
    arrives after `sr` was given or read.

    Each call for the same text and voice asks for the next candidate: who asks three times gets
    three takes, the same three in every process. Their seeds are derived from `seed`, as in a run
    under plan slice1.

    May be used from several threads at once, and in children forked later. Failures are those of
    a job (`JobError`, `TimedOutError`, ...); Ctrl-C cancels the job.
    """

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        api_key: str | Secret | None = None,
        sr: int | None = None,
        language_id: str = "en",
        exaggeration: float = 0.3,
        cfg_weight: float = 0.3,
        temperature: float | None = None,
        audio_prompt_url: str | None = None,
        seed: int = 0,
        **options: Any,
    ) -> None:
        api_key = Secret.of(api_key)
        self._spoken = {
            "exaggeration": exaggeration,
            "cfg_weight": cfg_weight,
            "temperature": temperature,
            "language_id": language_id,
        }
        self._voice = audio_prompt_url
        self._seed = number("int64_t", seed, "seed")
        self._connect: Callable[[], Dispatcher] = functools.partial(
            Dispatcher, endpoint, api_key=api_key, **options
        )
        self._turn = threading.Lock()  # of what follows
        if sr is not None and (not isinstance(sr, int) or sr < 1):
            raise errors.ArgumentError(f"sr is {sr!r}; it must be a rate in Hz, or None")
        self._sr, self._sr_is_said = sr or CHATTERBOX_RATE, sr is not None
        self._counts: OrderedDict[int, int] = OrderedDict()
        self._idle: list[Dispatcher] | None = [self._connect()]

    @property
    def sr(self) -> int:
        """Sample rate of what `generate()` returns."""
        self._sr_is_said = True
        return self._sr

    def generate(
        self,
        text: str,
        audio_prompt_path: Voice | None = None,
        exaggeration: float | None = None,
        cfg_weight: float | None = None,
        temperature: float | None = None,
        *,
        language_id: str | None = None,
        candidate: int | None = None,
        attempt: int = 0,
    ) -> Any:
        """One take: float32 of shape (1, n), a torch tensor if torch is installed, else of numpy.

        Without either it is a memoryview. The values are the handler's 16-bit samples over 32768,
        and nothing else is done to them. `audio_prompt_path` is a file here, whose content goes
        along, or a URL. `candidate` and `attempt` ask for a certain take.
        """
        spoken = (exaggeration, cfg_weight, temperature, language_id)
        job = self._job(text, audio_prompt_path, spoken, candidate, attempt)
        return self._ask(job, _Call(self._borrow()))

    async def generate_async(
        self,
        text: str,
        audio_prompt_path: Voice | None = None,
        exaggeration: float | None = None,
        cfg_weight: float | None = None,
        temperature: float | None = None,
        *,
        language_id: str | None = None,
        candidate: int | None = None,
        attempt: int = 0,
    ) -> Any:
        """`generate()` for an event loop; cancelling the task cancels the job."""
        spoken = (exaggeration, cfg_weight, temperature, language_id)
        job = self._job(text, audio_prompt_path, spoken, candidate, attempt)
        call = _Call(self._borrow())
        return await awaited(lambda: self._ask(job, call), call.cancel)

    def close(self) -> None:
        """Closes the idle connections, and refuses further calls; those under way go on."""
        with self._turn:
            idle, self._idle = self._idle or [], None
        for each in idle:
            each.close()

    def __enter__(self) -> RemoteModel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _job(
        self,
        text: str,
        voice: Voice | None,
        spoken: tuple[float | str | None, ...],
        candidate: int | None,
        attempt: int,
    ) -> dict[str, Any]:
        if not isinstance(text, str):
            raise TypeError(f"the text must be str, not {type(text).__name__}")
        if not text.strip():
            raise errors.EmptyError("there is nothing to speak; give generate() a text")
        job: dict[str, Any] = {"text": text, "slice": 1, "seed": self._seed}
        job["attempt"] = number("int32_t", attempt, "attempt")
        job.update(n_candidates=1, max_retries=0)  # for handlers that know no `slice`
        for name, value in zip(self._spoken, spoken):
            value = self._spoken[name] if value is None else value
            if value is not None:
                job[name] = value
                if name != "language_id" and not math.isfinite(number("double", value, name)):
                    raise errors.ArgumentError(f"{name} is {value}, which is no number to speak by")
        voice = self._voice if voice is None else voice
        if voice is not None:
            job.update(_prompt(file_name(voice, "audio_prompt_path")))
        if candidate is None:
            candidate = self._count(text, voice)
        job["candidate"] = number("int32_t", candidate, "candidate")
        return job

    def _count(self, text: str, voice: Voice | None) -> int:
        """How often this text was asked for before."""
        key = derived_seed(self._seed, text, None if voice is None else os.fsencode(voice))
        with self._turn:
            count = self._counts.pop(key, 0)
            self._counts[key] = count + 1  # at the end; those not asked for lately go first
            if len(self._counts) > COUNTED_MAX:
                self._counts.popitem(last=False)
        return count

    def _borrow(self) -> Dispatcher:
        """A dispatcher that nobody uses, with the connections that it has."""
        with self._turn:
            if self._idle is None:
                raise ValueError("this RemoteModel is closed")
            while self._idle:
                dispatcher = self._idle.pop()
                if dispatcher._is_open:  # in a child those of its parent are closed
                    return dispatcher
        return self._connect()

    def _ask(self, job: dict[str, Any], call: _Call) -> Any:
        try:
            call.dispatcher.submit(0, job)
            result = call.dispatcher.next()
        except BaseException:
            call.dispatcher.close()
            raise
        with self._turn:
            if call.finish() and self._idle is not None:
                self._idle.append(call.dispatcher)
        assert result is not None
        return waveform(self._audio(result))

    def _audio(self, result: JobResult) -> Audio:
        result.raise_for_error()
        audio = result.audio
        if audio is None:
            raise errors.ProtocolError(
                "the handler's answer has no audio_base64; see docs/handler.md", slice="dispatch"
            )
        with self._turn:
            if audio.sample_rate != self._sr and self._sr_is_said:
                raise errors.AudioError(
                    f"the handler made audio of {audio.sample_rate} Hz where {self._sr} Hz was "
                    f"expected; give RemoteModel(sr={audio.sample_rate})"
                )
            self._sr, self._sr_is_said = audio.sample_rate, True
        return audio


class _Call:
    """A dispatcher at work, which another thread may cancel until it has finished."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self.dispatcher = dispatcher
        self._turn = threading.Lock()
        self._cancelled = self._finished = False

    def cancel(self) -> None:
        with self._turn:
            if not self._finished:
                self._cancelled = True
                self.dispatcher.cancel()

    def finish(self) -> bool:
        """Whether the dispatcher can be used again."""
        with self._turn:
            self._finished = True
            return not self._cancelled


def _prompt(name: bytes) -> dict[str, str]:
    """The key of a job that says whose voice to imitate."""
    voice = os.fsdecode(name)
    if "://" in voice:
        return {"audio_prompt_url": voice}
    try:
        with open(name, "rb") as file:
            content = file.read(PROMPT_BYTES_MAX + 1)
    except OSError as problem:
        raise errors.FileError(
            f"audio_prompt_path {voice!r} cannot be read ({problem.strerror}); give a file of this "
            f"machine, or a URL that the handler can fetch"
        ) from problem
    if len(content) > PROMPT_BYTES_MAX:
        raise errors.ArgumentError(
            f"audio_prompt_path {voice!r} has more than {PROMPT_BYTES_MAX} bytes, which no job can "
            f"carry; give a shorter sample, or a URL"
        )
    return {"audio_prompt_base64": base64.b64encode(content).decode()}


# --- what models return -------------------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def _torch() -> Any:
    try:
        import torch
    except ImportError:
        return None
    return torch


def waveform(audio: Audio) -> Any:
    """Audio as models give it: float32 of shape (channels, frames)."""
    samples, numpy, torch = audio.float32(), optional_numpy(), _torch()
    if numpy is not None:
        shaped = numpy.ascontiguousarray(samples.reshape(audio.frames, audio.channels).T)
        return shaped if torch is None else torch.from_numpy(shaped)
    flat = array("f")
    for channel in range(audio.channels):
        flat.extend(samples[channel :: audio.channels])
    if torch is not None:
        return torch.frombuffer(flat, dtype=torch.float32).reshape(audio.channels, audio.frames)
    shape = (audio.channels, audio.frames)
    return memoryview(flat).cast("B").cast("f", shape)
