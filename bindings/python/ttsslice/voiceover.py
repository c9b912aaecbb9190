# SPDX-License-Identifier: MIT
"""A whole voiceover in one call, under the names that applications know it by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ttsslice import errors
from ttsslice._lib import Path as AnyPath
from ttsslice._lib import Text, file_name
from ttsslice.result import Result
from ttsslice.run import Run, RunOptions, check_names
from ttsslice.secret import hidden

if TYPE_CHECKING:
    from typing_extensions import Unpack

NAME = "audio_narrative_transcript"


def generate_voiceover_optimized(
    text: Text,
    output_dir: AnyPath = ".",
    *,
    whisper_validate: bool = True,
    **options: Unpack[RunOptions],
) -> Result:
    """Turns a text into validated audio in `output_dir`, under plan slice5 if not told otherwise.

    Writes, each completely or not at all:

      audio_narrative_transcript.wav            the audio
      audio_narrative_transcript_metadata.json  every chunk, its takes and their scores
      audio_narrative_transcript.srt            subtitles
      segments.json                             [{"start", "end", "text", ...}], seconds

    The folder is made if it is missing; narrations that run side by side need one each.
    `whisper_validate=False` is `place={"validate": "off"}`. All options of `render()` can be
    given, and what it raises is raised here; after Incomplete the files are there, with what there
    is.
    """
    options = hidden(options)
    check_names("generate_voiceover_optimized", options)
    with Run(text, **_options(options, whisper_validate)) as run, _segments(output_dir) as path:
        return run.execute(path)


async def generate_voiceover_optimized_async(
    text: Text,
    output_dir: AnyPath = ".",
    *,
    whisper_validate: bool = True,
    **options: Unpack[RunOptions],
) -> Result:
    """`generate_voiceover_optimized()` for an event loop, with the same options.

    Cancelling the task cancels the run and its jobs at the endpoint.
    """
    options = hidden(options)
    check_names("generate_voiceover_optimized_async", options)
    with Run(text, **_options(options, whisper_validate)) as run, _segments(output_dir) as path:
        return await run.execute_async(path)


def _options(options: Any, whisper_validate: bool) -> Any:
    options.setdefault("plan", "slice5")
    if not whisper_validate:
        place = dict(options.get("place") or {})
        if "validate" in place or options.get("validate"):
            raise errors.ArgumentError(
                "whisper_validate=False and a place or function for validate contradict each "
                "other; leave one of them out",
                slice="validate",
            )
        options["place"] = {**place, "validate": "off"}
    return options


@contextmanager
def _segments(output_dir: AnyPath) -> Iterator[Path]:
    """The path of the audio; afterwards segments.json has the name that applications look for."""
    folder = Path(os.fsdecode(file_name(output_dir, "output_dir")))
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{NAME}.segments.json"
    made.unlink(missing_ok=True)
    try:
        yield folder / f"{NAME}.wav"
    finally:
        if made.exists():
            made.replace(folder / "segments.json")
