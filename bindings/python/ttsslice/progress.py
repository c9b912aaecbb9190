# SPDX-License-Identifier: MIT
"""How far a run is, for a function, for a progress bar, or for `async for`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, Union

from ttsslice.result import Take


@dataclass(frozen=True)
class Progress:
    """How far a run is; `chunk` was just finished (None: none), with `score`.

    `take` is what it gave: its candidates with their verdicts, and the audio of the chosen one,
    which is None where two halves or silence are in its place.
    """

    chunks: int
    done: int
    failed: int
    not_passed: int
    candidates: int
    chunk: int | None
    score: float | None
    take: Take | None = field(default=None, repr=False)


ProgressFunction = Callable[[Progress], object]


class ProgressBar(Protocol):
    """What a bar has to have: that of tqdm, for example."""

    total: Any

    def update(self, n: int) -> object:
        """Goes on by so many chunks."""


ProgressTarget = Union[ProgressFunction, ProgressBar]


def function_from(target: ProgressTarget | None) -> ProgressFunction | None:
    """A function to call with each `Progress`; TypeError for what is neither function nor bar."""
    if target is None or callable(target):
        return target
    if callable(getattr(target, "update", None)):
        return _Steps(target)
    raise TypeError(
        f"progress must be a function, or a bar with update(n) and total, not "
        f"{type(target).__name__}"
    )


class _Steps:
    """Turns how far a run is into steps of a bar."""

    def __init__(self, bar: ProgressBar) -> None:
        self._bar = bar
        self._done = 0

    def __call__(self, progress: Progress) -> None:
        if not self._done:
            self._bar.total = progress.chunks
        self._bar.update(progress.done - self._done)
        self._done = progress.done
