# SPDX-License-Identifier: MIT
"""One chunk again, after a run: other takes for what did not come out well."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ttsslice import errors
from ttsslice.progress import Progress
from ttsslice.result import ChunkResult, Take
from ttsslice.run import RunOptions, check_names, render
from ttsslice.secret import hidden

if TYPE_CHECKING:
    from typing_extensions import Unpack

SEEDS = 2**53


def redo(chunk: ChunkResult, /, again: int = 1, **options: Unpack[RunOptions]) -> Take:
    """Renders one chunk of a run again, with seeds of its own, and returns the new take.

    `options` are those of the run, its `seed` among them. `again` counts the tries, from 1: each
    number gives other takes, the same number the same ones. The result keeps the place and the
    break of the chunk, so that `concat([take.clip() for take in takes], path)` joins it with the
    others. No file is written. Failures are those of `render()`.

    `chunk`, `concat`, `journal`, `on_audio` and `write_reports` have no part in it and are left out.
    """
    options = hidden(options)
    check_names("redo", options)
    if not isinstance(chunk, ChunkResult):
        raise TypeError(f"redo() takes one of result.chunks, not {type(chunk).__name__}")
    if isinstance(again, bool) or not isinstance(again, int):
        raise TypeError(f"again must be a whole number, not {type(again).__name__}")
    if again < 1:
        raise errors.ArgumentError(f"again counts from 1, {again} is too small")
    taken: list[Take] = []
    given: dict[str, Any] = {**options}
    for name in ("chunk", "concat", "journal", "on_audio"):
        given.pop(name, None)
    place: Mapping[str, Any] = given.pop("place", None) or {}
    told = given.pop("progress", None)

    def progress(now: Progress) -> None:
        assert now.take is not None
        taken.append(now.take)
        if callable(told):
            told(now)

    given.update(
        seed=(int(given.get("seed", 0)) + again) % SEEDS,
        place={**place, "chunk": "off", "concat": "local"},
        progress=progress,
        write_reports=False,
    )
    with tempfile.TemporaryDirectory(prefix="ttsslice-redo-") as folder:
        render(chunk.text, Path(folder) / "take.wav", **given)
    (take,) = taken
    return replace(
        take,
        chunk=replace(
            take.chunk, index=chunk.index, text_start=chunk.text_start,
            break_after=chunk.break_after,
        ),
    )
