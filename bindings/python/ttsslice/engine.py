# SPDX-License-Identifier: MIT
"""Engines: generators make audio from text, transcribers make a transcript from audio.

Both are immutable, may be used from several threads, and may be an application's own function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, TypeVar, Union

from ttsslice._lib import (
    Answering,
    Handle,
    Path,
    Text,
    answers,
    calling,
    decode,
    encode,
    known,
    nan,
    short,
    take_text,
)
from ttsslice._options import BACKOFF, Arena, assign, c_logger, listed, number, set_backoff
from ttsslice._ttsslice import ffi, lib
from ttsslice._work import interruptible, under_way
from ttsslice.audio import Audio, audio_from, samples_for
from ttsslice.secret import Secret


def seed(
    base: int, text: Text, voice: Text | None = None, candidate: int = 0, attempt: int = 0
) -> int:
    """The seed of one candidate: a function of what is asked for, the same in every process."""
    data = encode(text)
    arena = Arena()
    pointer = ffi.from_buffer(data)
    return int(
        lib.ttsslice_seed(
            number("int64_t", base, "base"), pointer, len(data), arena.string(voice, "voice"),
            number("int32_t", candidate, "candidate"), number("int32_t", attempt, "attempt"),
        )
    )


# --- transcripts --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """One word that was heard; times in seconds, None where unknown."""

    text: str
    start_s: float | None = None
    end_s: float | None = None
    confidence: float | None = None


class Transcript(Handle):
    """What was heard. Immutable.

    `Transcript(text, words)`: either may be left out. Words are `Word`, (word, start, end), dicts
    with `word` or `text`, `start`, `end`, `confidence` or `probability`, or objects with such
    attributes, as faster-whisper gives them. A negative time is unknown, and so are both of a word
    that ends before it starts.
    """

    __slots__ = ()

    def __init__(self, text: str | None = None, words: Iterable[Any] = ()) -> None:
        items = [_word(each) for each in listed(words, "words", "words")]
        arena = Arena()

        def column(name: str) -> Any:
            values = [nan(getattr(each, name)) for each in items]
            return arena.array("double", values, f"words.{name}") if items else ffi.NULL

        out = ffi.new("ttsslice_transcript **")
        with calling() as call:
            call.check(
                lib.ttsslice_transcript_new(
                    arena.string(text if text is not None or items else "", "transcript"),
                    [arena.string(each.text, "word") for each in items] or ffi.NULL,
                    column("start_s"),
                    column("end_s"),
                    column("confidence"),
                    len(items),
                    out,
                    call.error,
                )
            )
        self._adopt(out[0], lib.ttsslice_transcript_unref)

    @classmethod
    def parse(cls, text: Text) -> Transcript:
        """What a recogniser wrote: JSON with `text` and words in any of the usual forms, or text.

        ProtocolError for JSON that is damaged or holds no transcript, and for web pages.
        """
        data = encode(text)
        out = ffi.new("ttsslice_transcript **")
        with calling() as call:
            call.check(
                lib.ttsslice_transcript_parse(ffi.from_buffer(data), len(data), out, call.error)
            )
        return cls._from_pointer(out[0])

    def save(self, path: Path) -> None:
        """Writes the text and a line end, completely or not at all."""
        arena = Arena()
        with calling() as call:
            call.check(lib.ttsslice_transcript_save(self._ptr, arena.path(path), call.error))

    @classmethod
    def _from_pointer(cls, pointer: Any) -> Transcript:
        transcript = cls.__new__(cls)
        transcript._adopt(pointer, lib.ttsslice_transcript_unref)
        return transcript

    @property
    def text(self) -> str:
        """All that was heard."""
        transcript = self._ptr
        return decode(lib.ttsslice_transcript_text(transcript))

    @property
    def words(self) -> tuple[Word, ...]:
        """Empty where the recogniser gave text alone."""
        found, transcript = [], self._ptr
        for index in range(lib.ttsslice_transcript_word_count(transcript)):
            word = lib.ttsslice_transcript_word(transcript, index)
            found.append(
                Word(
                    decode(word.text),
                    known(word.start_s),
                    known(word.end_s),
                    known(word.confidence),
                )
            )
        return tuple(found)

    def __repr__(self) -> str:
        return "<Transcript closed>" if self._owned is None else f"<Transcript {short(self.text)}>"


Heard = Union[str, Transcript, "dict[str, Any]", "Iterable[Any]"]


def transcript_from(value: Heard) -> Transcript:
    """A transcript from what an application has: text, words, {"text", "words"}, Transcript."""
    if isinstance(value, Transcript):
        return value
    if isinstance(value, str):
        return Transcript(value)
    if isinstance(value, dict):
        if value.get("text") is None and value.get("words") is None:
            raise TypeError("a transcript that is a dict has a 'text', 'words' or both; this has none")
        return Transcript(value.get("text"), value.get("words") or ())
    if isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray, memoryview)):
        return Transcript(None, value)
    raise TypeError(
        f"a transcript is str, Transcript, words or {{'text', 'words'}}, not {type(value).__name__}"
    )


def _word(value: Any) -> Word:
    if isinstance(value, (Word, str)):
        return value if isinstance(value, Word) else Word(value)
    get: Callable[[str], Any]
    if isinstance(value, dict):
        get = value.get
    elif hasattr(value, "word"):  # before tuple: faster-whisper's is a tuple in another order
        get = partial(_attribute, value)
    elif isinstance(value, (tuple, list)) and 1 <= len(value) <= 4:
        return Word(str(value[0]).strip(), *(_number(each, "a time") for each in value[1:]))
    else:
        raise TypeError(f"a word is (word, start, end) or a dict, not {type(value).__name__}")
    text = _first(get, "word", "text")
    if text is None:
        raise TypeError("a word has neither 'word' nor 'text'")
    return Word(
        str(text).strip(),
        _number(_first(get, "start", "start_s"), "start"),
        _number(_first(get, "end", "end_s"), "end"),
        _number(_first(get, "confidence", "probability"), "confidence"),
    )


def _attribute(value: Any, name: str) -> Any:
    return getattr(value, name, None)


def _first(get: Callable[[str], Any], *names: str) -> Any:
    for name in names:
        value = get(name)
        if value is not None:
            return value
    return None


def _number(value: Any, what: str) -> float | None:
    return None if value is None else known(number("double", value, f"{what} of a word"))


# --- services over HTTP -------------------------------------------------------------------------


def _service(
    url: str | None,
    api_key: Secret | None,
    model: str | None,
    backoff: Sequence[float],
    request_timeout_s: float,
    timeout_s: float,
    ca_file: Path | None,
    insecure: bool,
    voice: str | None = None,
    poll_interval_s: float | None = None,
    max_upload_bytes: int | None = None,
) -> tuple[Any, Arena]:
    """A `ttsslice_service_options *` and what keeps it alive."""
    arena = Arena()
    options = arena.struct("service_options")
    options.url = arena.string(url, "url")
    options.api_key = arena.secret(api_key, "api_key")
    options.model = arena.string(model, "model")
    options.voice = arena.string(voice, "voice")
    set_backoff(arena, options, backoff)
    assign(
        options, request_timeout_s=request_timeout_s, timeout_s=timeout_s, insecure=insecure
    )
    if poll_interval_s is not None:
        assign(options, poll_interval_s=poll_interval_s)
    if max_upload_bytes is not None:
        assign(options, max_upload_bytes=max_upload_bytes)
    options.ca_file = arena.path(ca_file, "ca_file")
    options.logger = c_logger(arena)
    return options, arena


# --- engines ------------------------------------------------------------------------------------

E = TypeVar("E", bound="_Engine")
GenerateFunction = Callable[..., Any]
TranscribeFunction = Callable[[Any, int, str, str], Heard]


class _Function(Answering):
    """An application's own engine."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self.function = function


def _name_of(function: Callable[..., Any], name: str | None) -> str:
    return name or getattr(function, "__qualname__", None) or type(function).__name__


class _Engine(Handle):
    """What both kinds have; `_kind` is part of the names of their functions in C."""

    # What holds a reference in C holds this object too, and with it the handle, closed or not.
    __slots__ = ("_answering", "_handle", "_waits")

    _kind: ClassVar[str]
    _answering: _Function | None
    _handle: Any
    _waits: bool  # for a server, so that Ctrl-C has to cancel it

    @classmethod
    def _c(cls, name: str) -> Any:
        return getattr(lib, f"ttsslice_{cls._kind}_{name}")

    @classmethod
    def _make(
        cls: type[E], make: Callable[[Any, Any], Any], answering: _Function | None = None,
        handle: Any = None, waits: bool = False,
    ) -> E:
        out = ffi.new(f"ttsslice_{cls._kind} **")
        with calling() as call:
            call.check(make(out, call.error))
        engine = cls.__new__(cls)
        engine._adopt(out[0], cls._c("unref"), handle)
        engine._answering, engine._handle, engine._waits = answering, handle, waits
        return engine

    @classmethod
    def _hosted(cls: type[E], function: Callable[..., Any], name: str | None, answer: Any) -> E:
        answering = _Function(function)
        handle = ffi.new_handle(answering)
        shown = Arena().string(_name_of(function, name), "name")
        make = cls._c("new_host")
        return cls._make(
            lambda out, error: make(shown, answer, handle, out, error), answering, handle
        )

    @classmethod
    def _serving(cls: type[E], server: str, options: Any, arena: Arena) -> E:
        """From what `_service()` gave, whose arena lives until C has copied the options."""
        make = cls._c(f"new_{server}")
        return cls._make(lambda out, error: make(options, out, error), waits=True)

    def _do(self, work: Callable[[], None]) -> None:
        """A call that may wait for a server."""
        if not self._waits:
            return work()
        with under_way(self.cancel):
            interruptible(work, self.cancel)

    def check(self) -> str:
        """Sees whether it can be used, as a server that must be there; a line for people."""
        detail = ffi.new("char **")
        with calling() as call:
            call.check(self._c("check")(self._ptr, detail, call.error))
        return take_text(detail[0])

    def cancel(self) -> None:
        """Ends the calls that wait for a server now, from any thread: they raise Cancelled."""
        self._c("cancel")(self._ptr)

    @property
    def name(self) -> str:
        """Name in reports."""
        engine = self._ptr
        return decode(self._c("name")(engine))


class Generator(_Engine):
    """Makes audio from text: `flite()`, `openai()`, `host(function)`, `damaged(rate)`."""

    __slots__ = ()

    _kind = "generator"

    @classmethod
    def flite(cls) -> Generator:
        """The embedded engine: English, 16 kHz. UnavailableError if the build has none."""
        return cls._make(lib.ttsslice_generator_new_flite)

    @classmethod
    def host(cls, function: GenerateFunction, name: str | None = None) -> Generator:
        """An application's own function `generate(text, **params)`.

        `params` are language, audio_prompt_url, exaggeration, cfg_weight, temperature, seed,
        candidate and attempt, and audio_prompt (bytes) if the sample itself came along. It returns
        Audio or (samples, sample_rate) with samples as `Audio` takes them. It is called from
        whichever thread needs audio, never twice at once. TakeError gives up this take; any other
        exception comes back out of the outer call.
        """
        return cls._hosted(function, name, lib.ttspy_generate)

    @classmethod
    def openai(
        cls,
        url: str | None = None,
        *,
        model: str | None = None,
        voice: str | None = None,
        api_key: str | Secret | None = None,
        backoff: Sequence[float] = BACKOFF,
        request_timeout_s: float = 300.0,
        timeout_s: float = 1800.0,
        ca_file: Path | None = None,
        insecure: bool = False,
    ) -> Generator:
        """A server with /v1/audio/speech: "http://127.0.0.1:8880/v1"; None: from the environment.

        None for `url`, `model` and `voice`: TTSSLICE_ENGINE_URL or OPENAI_BASE_URL,
        TTSSLICE_SPEECH_MODEL and TTSSLICE_VOICE, else api.openai.com, "tts-1" and "alloy". `api_key`
        None: TTSSLICE_ENGINE_API_KEY or OPENAI_API_KEY; "": none. `backoff` are the seconds to wait
        before the second, third, ... try; `timeout_s` limits one take with all tries. Nothing is
        sent yet. EndpointError, ArgumentError, OSError.
        """
        api_key = Secret.of(api_key)
        service = _service(
            url, api_key, model, backoff, request_timeout_s, timeout_s, ca_file, insecure, voice
        )
        return cls._serving("openai", *service)

    def damaged(self, rate: float) -> Generator:
        """A generator that spoils a share of what this one says, on purpose, as seeds decide."""
        share = number("double", rate, "rate")
        return self._make(
            lambda out, error: lib.ttsslice_generator_new_damaged(self._ptr, share, out, error),
            self._answering,
            self._handle,
            self._waits,
        )

    def generate(
        self,
        text: Text,
        *,
        language: str = "en",
        audio_prompt_url: str | None = None,
        audio_prompt: bytes | None = None,
        exaggeration: float = 0.3,
        cfg_weight: float = 0.3,
        temperature: float | None = None,
        seed: int = 0,
        candidate: int = 0,
        attempt: int = 0,
    ) -> Audio:
        """Makes one take. `seed` is used as it is; see `ttsslice.seed` for how a run derives it."""
        arena = Arena()
        request = arena.struct("generate_request")
        request.text = arena.string(text, "text")
        request.language = arena.string(language, "language")
        request.audio_prompt_url = arena.string(audio_prompt_url, "audio_prompt_url")
        if audio_prompt is not None:
            request.audio_prompt = arena.keep(ffi.from_buffer(audio_prompt))
            request.audio_prompt_size = len(audio_prompt)
        assign(
            request, exaggeration=exaggeration, cfg_weight=cfg_weight, seed=seed,
            candidate=candidate, attempt=attempt,
        )
        if temperature is not None:
            assign(request, temperature=temperature)
        out, injected = ffi.new("ttsslice_audio **"), ffi.new("char **")

        def work() -> None:
            with calling(self._answering) as call:
                call.check(lib.ttsslice_generate(self._ptr, request, out, injected, call.error))

        self._do(work)
        audio = Audio._from_pointer(out[0])
        audio.injected_defect = take_text(injected[0]) if injected[0] else None
        return audio


class Transcriber(_Engine):
    """Makes a transcript from audio: `sphinx()`, `openai()`, `assemblyai()`, `host(function)`."""

    __slots__ = ()

    _kind = "transcriber"

    @classmethod
    def sphinx(cls, model_dir: Path | None = None) -> Transcriber:
        """The embedded recogniser, which listens for the text it checks. English, word times.

        UnavailableError if the build has none or there is no model.
        """
        arena = Arena()
        folder = arena.path(model_dir, "model_dir")
        return cls._make(
            lambda out, error: lib.ttsslice_transcriber_new_sphinx(folder, out, error)
        )

    @classmethod
    def openai(
        cls,
        url: str | None = None,
        *,
        model: str | None = None,
        api_key: str | Secret | None = None,
        backoff: Sequence[float] = BACKOFF,
        request_timeout_s: float = 300.0,
        timeout_s: float = 1800.0,
        max_upload_bytes: int | None = None,
        ca_file: Path | None = None,
        insecure: bool = False,
    ) -> Transcriber:
        """A server with /v1/audio/transcriptions: OpenAI, speaches, vLLM, whisper.cpp, ...

        None for `url` and `model`: TTSSLICE_ASR_URL or OPENAI_BASE_URL and TTSSLICE_ASR_MODEL, else
        api.openai.com and "whisper-1". `api_key` None: TTSSLICE_ASR_API_KEY or OPENAI_API_KEY; "":
        none. Audio over `max_upload_bytes` (25 MB) goes as mono at 16 kHz, in parts. For the rest
        see `Generator.openai`.
        """
        api_key = Secret.of(api_key)
        service = _service(
            url, api_key, model, backoff, request_timeout_s, timeout_s, ca_file, insecure,
            max_upload_bytes=max_upload_bytes,
        )
        return cls._serving("openai", *service)

    @classmethod
    def assemblyai(
        cls,
        url: str | None = None,
        *,
        model: str | None = None,
        api_key: str | Secret | None = None,
        backoff: Sequence[float] = BACKOFF,
        request_timeout_s: float = 300.0,
        timeout_s: float = 1800.0,
        poll_interval_s: float = 3.0,
        ca_file: Path | None = None,
        insecure: bool = False,
    ) -> Transcriber:
        """AssemblyAI. Audio and transcript are deleted there after use, also after a failure.

        `url` None: TTSSLICE_ASR_URL, else https://api.assemblyai.com; for data that must stay in
        the EU https://api.eu.assemblyai.com. `model`: names by commas, in the order of preference.
        `api_key` None: TTSSLICE_ASR_API_KEY or ASSEMBLYAI_API_KEY; AuthError without one.
        """
        api_key = Secret.of(api_key)
        service = _service(
            url, api_key, model, backoff, request_timeout_s, timeout_s, ca_file, insecure,
            poll_interval_s=poll_interval_s,
        )
        return cls._serving("assemblyai", *service)

    @classmethod
    def host(cls, function: TranscribeFunction, name: str | None = None) -> Transcriber:
        """An application's own function `transcribe(audio, sample_rate, text, language)`.

        `audio` is a numpy array of float32, (frames,) or (frames, channels), or a memoryview of
        int16 where numpy is not installed; `text` is what should be heard. It returns text, words,
        {"text", "words"} or Transcript. Threads and exceptions as for `Generator.host`.
        """
        return cls._hosted(function, name, lib.ttspy_transcribe)

    def transcribe(self, audio: Audio, text: Text, language: str = "en") -> Transcript:
        """Listens to audio that should say `text`."""
        data = encode(text)
        arena = Arena()
        out = ffi.new("ttsslice_transcript **")
        pointer, shown = ffi.from_buffer(data), arena.string(language, "language")

        def work() -> None:
            with calling(self._answering) as call:
                call.check(
                    lib.ttsslice_transcribe(
                        self._ptr, audio._ptr, pointer, len(data), shown, out, call.error
                    )
                )

        self._do(work)
        return Transcript._from_pointer(out[0])


def generator_from(value: Generator | GenerateFunction | None) -> Generator:
    """A generator from what an application gave; None: the embedded one."""
    if value is None:
        return Generator.flite()
    return value if isinstance(value, Generator) else Generator.host(_callable(value, "generate"))


def transcriber_from(value: Transcriber | TranscribeFunction | None) -> Transcriber:
    """A transcriber from what an application gave; None: the embedded one."""
    if value is None:
        return Transcriber.sphinx()
    if isinstance(value, Transcriber):
        return value
    return Transcriber.host(_callable(value, "transcribe"))


def _callable(value: Any, what: str) -> Callable[..., Any]:
    if not callable(value):
        raise TypeError(f"{what} must be a function or an engine, not {type(value).__name__}")
    return value  # type: ignore[no-any-return]


# --- called by the library ----------------------------------------------------------------------


@answers
def ttspy_generate(self: _Function, request: Any, out: Any, err: Any) -> None:
    """ttsslice_generate_fn."""
    params = {
        "language": decode(request.language, "en"),
        "audio_prompt_url": decode(request.audio_prompt_url) if request.audio_prompt_url else None,
        "exaggeration": request.exaggeration,
        "cfg_weight": request.cfg_weight,
        "temperature": request.temperature if request.temperature >= 0 else None,
        "seed": request.seed,
        "candidate": request.candidate,
        "attempt": request.attempt,
    }
    if request.audio_prompt:
        params["audio_prompt"] = bytes(ffi.buffer(request.audio_prompt, request.audio_prompt_size))
    audio = audio_from(self.function(decode(request.text), **params), "generate()")
    out[0] = lib.ttsslice_audio_ref(audio._ptr)


@answers
def ttspy_transcribe(
    self: _Function, audio: Any, text: Any, language: Any, out: Any, err: Any
) -> None:
    """ttsslice_transcribe_fn."""
    heard = Audio._borrow(audio)
    samples = samples_for(heard)
    value = self.function(samples, heard.sample_rate, decode(text), decode(language, "en"))
    out[0] = lib.ttsslice_transcript_ref(transcript_from(value)._ptr)
