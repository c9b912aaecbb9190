# SPDX-License-Identifier: MIT
"""Slice "select": which of several candidates is the take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ttsslice import errors
from ttsslice._lib import NamedEnum, calling, nan
from ttsslice._options import Arena, assign, listed
from ttsslice._ttsslice import ffi, lib


class Policy(NamedEnum):
    """How to choose among the candidates that passed."""

    BEST_SCORE = lib.TTSSLICE_POLICY_BEST_SCORE
    SHORTEST_PASSING = lib.TTSSLICE_POLICY_SHORTEST_PASSING
    FIRST_PASSING = lib.TTSSLICE_POLICY_FIRST_PASSING
    CLEANEST = lib.TTSSLICE_POLICY_CLEANEST


class Takes(NamedEnum):
    """How many takes a round makes: all, or one after the other until one passes."""

    ALL = lib.TTSSLICE_TAKES_ALL
    UNTIL_PASS = lib.TTSSLICE_TAKES_UNTIL_PASS


class OnExhaustion(NamedEnum):
    """What becomes of a chunk none of whose takes passed in any round."""

    KEEP_BEST = lib.TTSSLICE_ON_EXHAUSTION_KEEP_BEST
    STOP = lib.TTSSLICE_ON_EXHAUSTION_STOP
    SILENCE = lib.TTSSLICE_ON_EXHAUSTION_SILENCE
    RESPLIT = lib.TTSSLICE_ON_EXHAUSTION_RESPLIT


class Reason(NamedEnum):
    """Why a candidate was chosen."""

    BEST_SCORE = lib.TTSSLICE_REASON_BEST_SCORE
    SHORTEST_PASSING = lib.TTSSLICE_REASON_SHORTEST_PASSING
    FIRST_PASSING = lib.TTSSLICE_REASON_FIRST_PASSING
    ONLY_PASSING = lib.TTSSLICE_REASON_ONLY_PASSING
    NONE_PASSED = lib.TTSSLICE_REASON_NONE_PASSED
    OFF = lib.TTSSLICE_REASON_OFF
    HOST = lib.TTSSLICE_REASON_HOST
    SILENT = lib.TTSSLICE_REASON_SILENT
    CLEANEST = lib.TTSSLICE_REASON_CLEANEST
    SILENCED = lib.TTSSLICE_REASON_SILENCED
    RESPLIT = lib.TTSSLICE_REASON_RESPLIT


@dataclass(frozen=True)
class Candidate:
    """What is known of one take. `duration_s` is needed for Policy.SHORTEST_PASSING alone; level,
    pace and sound behind the last word are what Policy.CLEANEST looks at, as far as they are known.

    `score` is None where nobody judged it; `select()` does not choose among such takes.
    """

    score: float | None
    passed: bool
    duration_s: float | None = None
    level_dbfs: float | None = None
    rate: float | None = None
    tail_s: float | None = None


@dataclass(frozen=True)
class Selection:
    """The choice. Not `passed` means that somebody should listen."""

    index: int
    passed: bool
    reason: Reason


def select(
    candidates: Iterable[Any],
    policy: Policy | str = Policy.BEST_SCORE,
    *,
    reference_dbfs: float | None = None,
    reference_rate: float | None = None,
) -> Selection:
    """Chooses one candidate; ties go to the lower index; if none passed, the best score.

    Candidates are `Candidate`, `Verdict`, anything else with `score`, `passed` and perhaps
    `duration_s`, `level_dbfs`, `rate` and `tail_s`, dicts with these keys, or tuples of the first two
    or three. Policy.CLEANEST compares level and pace with the references, or where there are none,
    with the median of the candidates that passed. EmptyError without candidates, ArgumentError for
    a policy that is unknown or lacks durations.
    """
    items = [candidate_from(each) for each in listed(candidates, "candidates", "candidates")]
    timed = all(each.duration_s is not None for each in items)
    arena = Arena()
    out = arena.struct("selection")
    options = options_of(arena, policy, reference_dbfs, reference_rate)

    def column(field: str) -> Any:
        return arena.array("double", [nan(getattr(each, field)) for each in items], field)

    options.levels_dbfs = column("level_dbfs")
    options.rates = column("rate")
    options.tails_s = column("tail_s")
    with calling() as call:
        call.check(
            lib.ttsslice_select(
                column("score"),
                [int(each.passed) for each in items],
                column("duration_s") if timed else ffi.NULL,
                len(items),
                options,
                out,
                call.error,
            )
        )
    return Selection(out.index, bool(out.passed), Reason(out.reason))


def options_of(
    arena: Arena,
    policy: Policy | str,
    reference_dbfs: float | None = None,
    reference_rate: float | None = None,
) -> Any:
    """A `ttsslice_select_options *`."""
    options = arena.struct("select_options")
    options.policy = Policy.of(policy)
    assign(
        options,
        reference_dbfs=0.0 if reference_dbfs is None else reference_dbfs,
        reference_rate=0.0 if reference_rate is None else reference_rate,
    )
    return options


_MEASURES = ("duration_s", "level_dbfs", "rate", "tail_s")


def _candidate(score: Any, passed: Any, *measures: Any) -> Candidate:
    """One that says yes or no, and scores on the scale of verdicts."""
    if isinstance(passed, (str, bytes)) or passed is None:
        raise TypeError(f"passed is True or False, not {passed!r}")
    if isinstance(score, (int, float)) and (-(2**53) < score < 0 or 100 < score < 2**53):
        raise errors.ArgumentError(f"a score is from 0 to 100, not {score}")
    return Candidate(score, bool(passed), *measures)


def candidate_from(value: Any) -> Candidate:
    """A candidate from whatever knows a score and whether it passed."""
    if isinstance(value, Candidate):
        return _candidate(value.score, value.passed, *(getattr(value, n) for n in _MEASURES))
    if isinstance(value, dict) and {"score", "passed"} <= value.keys():
        return _candidate(
            value["score"], value["passed"], *(value.get(name) for name in _MEASURES)
        )
    if isinstance(value, tuple) and len(value) in (2, 3):
        return _candidate(value[0], value[1], value[2] if len(value) > 2 else None)
    if hasattr(value, "score") and hasattr(value, "passed"):
        return _candidate(
            value.score, value.passed, *(getattr(value, name, None) for name in _MEASURES)
        )
    raise TypeError(
        f"a candidate is (score, passed) or (score, passed, duration_s), a dict or an object with "
        f"these names, or a Verdict, not {type(value).__name__}"
    )
