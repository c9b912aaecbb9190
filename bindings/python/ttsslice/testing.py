# SPDX-License-Identifier: MIT
"""Assertions about speech, for any test runner. The pytest plugin is `ttsslice.pytest_plugin`."""

from __future__ import annotations

import os
from typing import Any

from ttsslice.audio import Audio
from ttsslice.bisect import Difference, Recorded, compare
from ttsslice.engine import TranscribeFunction, Transcriber
from ttsslice.result import Result
from ttsslice.validate import Verdict, validate


def assert_same_speech(a: Recorded | str, b: Recorded | str) -> None:
    """Fails unless two runs of one text gave the same takes, scores and bytes.

    The arguments are those of `ttsslice.compare()`. The message names the first chunk that parts,
    the slice whose output it is, the field, and both values.
    """
    __tracebackhide__ = True
    found = compare(a, b)
    if found:
        raise AssertionError(_told(found, _text_of(a, found[0].chunk)))


def _text_of(run: Any, chunk: int | None) -> str:
    if chunk is None or not isinstance(run, Result) or chunk >= len(run.chunks):
        return ""
    text = run.chunks[chunk].text
    return f" ({text if len(text) <= 50 else text[:47] + '...'!r})"


def _told(found: tuple[Difference, ...], text: str) -> str:
    first = found[0]
    where = "the output as a whole" if first.chunk is None else f"chunk {first.chunk}{text}"
    if first.candidate is not None:
        where += f", candidate {first.candidate}"
    at = "" if first.position is None else f" at {first.position}"
    others = [str(each.chunk) for each in found[1:] if each.chunk is not None]
    lines = [
        f"the speech is not the same: {where}",
        f"  slice {first.slice}, field {first.field}{at}",
        f"    {first.a!r}",
        f"    {first.b!r}",
    ]
    if others:
        lines.append(f"  also at chunk {', '.join(others[:20])}{', ...' if others[20:] else ''}")
    return "\n".join(lines)


def assert_spoken(
    audio: Audio | Result | str | os.PathLike[str],
    text: str,
    *,
    transcriber: Transcriber | TranscribeFunction | None = None,
    whisper_threshold: float = 85.0,
    language: str = "en",
) -> Verdict:
    """Fails unless the audio says the text; returns the verdict.

    `audio` is Audio, the path of a file, or a Result, whose output is read. `transcriber` is as in
    `render()`; None is the embedded recogniser. The message tells what is missing, repeated,
    garbled, and what was heard.
    """
    __tracebackhide__ = True
    if isinstance(audio, Result):
        audio = audio.path
    sound = audio if isinstance(audio, Audio) else Audio.load(audio)
    verdict = validate(
        text, audio=sound, transcriber=transcriber, whisper_threshold=whisper_threshold,
        language=language,
    )
    if not verdict.passed:
        defects = [f"  {each.kind}: {each.message}" for each in verdict.defects if each.over_limit]
        heard = f"  heard: {verdict.transcript!r}"
        score = f"the audio does not say the text: score {verdict.score:.1f}"
        raise AssertionError("\n".join([score, *defects, heard]))
    return verdict
