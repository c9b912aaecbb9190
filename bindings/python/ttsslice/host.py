# SPDX-License-Identifier: MIT
"""The application's own slices, and whom a run tells how far it is: what C calls during a run."""

from __future__ import annotations

import json
import numbers
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union

from ttsslice import errors
from ttsslice._lib import Answering, answers, calling, decode, give_text, known
from ttsslice._options import Arena
from ttsslice._ttsslice import ffi, lib
from ttsslice.audio import Audio
from ttsslice.chunk import Piece, pointer_from
from ttsslice.concat import AudioFunction, Clip, Timeline, clip_from
from ttsslice.progress import Progress, ProgressFunction
from ttsslice.result import Take, chunk_result_from
from ttsslice.select import Candidate, Selection
from ttsslice.validate import Verdict


ChunkFunction = Callable[[str], "Sequence[Piece]"]
DispatchFunction = Callable[["dict[str, Any]"], "dict[str, Any]"]
ValidateFunction = Callable[[str, Audio, str], Any]
SelectFunction = Callable[[int, "list[Candidate]"], int]
ConcatFunction = Callable[["list[Clip]", str], Union[Timeline, None]]


class Host(Answering):
    """The application's own slices, and whom to tell about progress."""

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        progress: ProgressFunction | None,
        on_audio: AudioFunction | None,
        threshold: float,
        text: bytes,
    ) -> None:
        super().__init__()
        self.functions = functions
        self.listeners = [] if progress is None else [progress]
        self.on_audio = on_audio
        self.threshold = threshold
        self.text = text

    def to_c(self, arena: Arena, handle: Any) -> Any:
        """A `ttsslice_host *`."""
        item = arena.struct("host")
        for name in self.functions:
            setattr(item, name, getattr(lib, f"ttspy_{name}"))
        item.user_data = handle
        return item


@answers
def ttspy_chunk(self: Host, text: Any, length: int, out: Any, err: Any) -> None:
    """ttsslice_host.chunk."""
    data = bytes(ffi.buffer(text, length))
    with calling() as call:
        code, pointer = pointer_from(data, self.functions["chunk"](data.decode()), call.error)
        call.check(code)
    out[0] = pointer


@answers
def ttspy_dispatch(self: Host, input_json: Any, output_json: Any, err: Any) -> None:
    """ttsslice_host.dispatch."""
    output = self.functions["dispatch"](json.loads(decode(input_json)))
    if not isinstance(output, (dict, str)):
        raise TypeError(
            f"dispatch() must return the handler's output, a dict, not {type(output).__name__}"
        )
    output_json[0] = give_text(output if isinstance(output, str) else json.dumps(output))


@answers
def ttspy_validate(
    self: Host, text: Any, language: Any, audio: Any, out: Any, err: Any
) -> None:
    """ttsslice_host.validate."""
    judged = self.functions["validate"](decode(text), Audio._borrow(audio), decode(language, "en"))
    out[0] = lib.ttsslice_verdict_ref(_verdict_from(judged, self.threshold)._ptr)


def _verdict_from(value: Any, threshold: float) -> Verdict:
    if isinstance(value, Verdict):
        return value
    if isinstance(value, dict):
        return Verdict.from_json(value)
    if isinstance(value, tuple) and len(value) == 2 and _is_number(value[0]):
        return Verdict.from_json({"score": _score(value[0]), "passed": bool(value[1])})
    if _is_number(value):
        score = _score(value)
        return Verdict.from_json(
            {"score": score, "passed": score >= threshold, "threshold": threshold}
        )
    raise TypeError(
        f"validate() must return Verdict, a dict, (score, passed) or a score, not "
        f"{type(value).__name__}"
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _score(value: Any) -> float:
    if not 0 <= value <= 100:
        raise errors.ArgumentError(
            f"validate() returned the score {value}; a score is 0 to 100", slice="validate"
        )
    return float(value)


@answers
def ttspy_select(
    self: Host,
    chunk: int,
    scores: Any,
    passed: Any,
    durations_s: Any,
    count: int,
    index: Any,
    err: Any,
) -> None:
    """ttsslice_host.select."""
    candidates = [
        Candidate(known(scores[i]), bool(passed[i]), durations_s[i] if durations_s else None)
        for i in range(count)
    ]
    chosen = self.functions["select"](chunk, candidates)
    if isinstance(chosen, Selection):
        chosen = chosen.index
    if isinstance(chosen, bool) or not hasattr(chosen, "__index__"):
        raise TypeError(
            f"select() must return an index or a Selection, not {type(chosen).__name__}"
        )
    if not 0 <= chosen < count:
        raise errors.ArgumentError(
            f"select() chose candidate {chosen} of {count}; return an index below that",
            slice="select",
            chunk=chunk,
        )
    index[0] = chosen


@answers
def ttspy_concat(self: Host, clips: Any, count: int, path: Any, out: Any, err: Any) -> None:
    """ttsslice_host.concat."""
    given = [clip_from(clips[i]) for i in range(count)]
    timeline = self.functions["concat"](given, os.fsdecode(ffi.string(path)))
    if not isinstance(timeline, (Timeline, type(None))):
        raise TypeError(f"concat() must return Timeline or None, not {type(timeline).__name__}")
    if timeline is not None:
        out[0] = lib.ttsslice_timeline_ref(timeline._ptr)


@answers
def ttspy_progress(self: Host, progress: Any) -> None:
    """ttsslice_progress_fn."""
    if not self.listeners:
        return
    chunk = chunk_result_from(progress.result, progress.candidates_made, self.text)
    audio = Audio._borrow(progress.audio) if progress.audio else None
    now = Progress(
        progress.chunks,
        progress.done,
        progress.failed,
        progress.not_passed,
        progress.candidates,
        progress.chunk if progress.chunk >= 0 else None,
        known(progress.score),
        Take(chunk, audio),
    )
    for listener in list(self.listeners):
        listener(now)
