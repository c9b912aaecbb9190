# SPDX-License-Identifier: MIT
"""Two runs chunk by chunk, and which slice it is that makes them part."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from ttsslice import errors
from ttsslice._lib import Text, calling, decode, file_name, own
from ttsslice._options import Arena
from ttsslice._ttsslice import ffi, lib
from ttsslice.plan import SLICES, Place, Plan, fitting, placed
from ttsslice.result import Result
from ttsslice.run import RunOptions, check_names, render
from ttsslice.secret import hidden

if TYPE_CHECKING:
    from typing_extensions import Unpack

Recorded = Union[Result, "dict[str, Any]", "os.PathLike[str]"]
Side = Union[str, Plan, Mapping[str, Any], Recorded]


@dataclass(frozen=True)
class Difference:
    """One place where two runs part: `a` and `b` are the values of `field`.

    `slice` is whose output it is. `chunk` is None for the output as a whole, `candidate` the index
    among the candidates of the chunk. `position` is the frame of a field "sample", the offset of
    "bytes", and else None.
    """

    slice: str
    chunk: int | None
    candidate: int | None
    field: str
    position: int | None
    a: Any
    b: Any

    def __str__(self) -> str:
        where = "the output as a whole" if self.chunk is None else f"chunk {self.chunk}"
        if self.candidate is not None:
            where += f", candidate {self.candidate}"
        at = "" if self.position is None else f" at {self.position}"
        return f"{where}, slice {self.slice}: {self.field}{at} is {self.a!r} and {self.b!r}"


def compare(a: Recorded | str, b: Recorded | str) -> tuple[Difference, ...]:
    """Where two runs of one text part; empty if they are equal.

    A run is a Result, or the path of its report (`chapter_metadata.json`), or the report itself as
    a dict. What a deterministic engine makes the same under every plan is compared: chunks, takes,
    scores and verdicts, choices, places, and the samples and bytes of the outputs where both are
    there: at the Result's path, or beside the report. For each chunk the first difference is told.
    ArgumentError or ProtocolError for what is no report.
    """
    return _compare(_run_of(a), _run_of(b))


@dataclass(frozen=True)
class _Run:
    """The report of a run and, if it can be read, its output."""

    report: dict[str, Any] = field(repr=False)
    audio: str | None


def _run_of(value: Recorded | str) -> _Run:
    if isinstance(value, Result):
        there = value.timeline is not None and os.path.exists(value.path)
        return _Run(value.metadata, value.path if there else None)
    if isinstance(value, dict):
        return _Run(value, None)
    path = Path(os.fsdecode(file_name(value, "the report")))
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise errors.ArgumentError(f"{path} is not the report of a run: {problem}") from None
    if not isinstance(report, dict):
        raise errors.ArgumentError(f"{path} is not the report of a run; it must be an object")
    name = (report.get("audio") or {}).get("path")
    audio = path.with_name(os.path.basename(name)) if name else None
    return _Run(report, str(audio) if audio is not None and audio.exists() else None)


def _compare(a: _Run, b: _Run) -> tuple[Difference, ...]:
    arena = Arena()
    out = ffi.new("ttsslice_comparison **")
    both = a.audio is not None and b.audio is not None
    arguments = []
    for each in (a, b):
        arguments.append(arena.string(json.dumps(each.report), "the report"))
        arguments.append(arena.path(each.audio) if both and each.audio is not None else ffi.NULL)
    with calling() as call:
        call.check(lib.ttsslice_compare(*arguments, out, call.error))
    found = own(out[0], lib.ttsslice_comparison_unref)
    return tuple(
        _difference(lib.ttsslice_comparison_get(found, index))
        for index in range(lib.ttsslice_comparison_count(found))
    )


def _difference(item: Any) -> Difference:
    def known(value: int) -> int | None:
        return None if value < 0 else value

    return Difference(
        decode(lib.ttsslice_slice_name(item.slice)),
        known(item.chunk),
        known(item.candidate),
        decode(item.field),
        known(item.position),
        json.loads(decode(item.a)),
        json.loads(decode(item.b)),
    )


# --- bisecting ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One comparison of a bisection: `slice` was moved, None if something else was changed."""

    slice: str | None
    before: str
    after: str
    same: bool


@dataclass(frozen=True)
class Bisection:
    """What `bisect()` found. Without `differences` the two ends are the same.

    `slice` is the first whose move changes the result. It is None where nothing parts, and where
    `deterministic` is false: then the good plan itself gives another result when it runs again, the
    engine does not follow its seed, and `differences` are those of its two runs.
    """

    slice: str | None
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...]
    deterministic: bool

    @property
    def same(self) -> bool:
        """Whether both ends give the same takes, scores and bytes."""
        return not self.differences

    @property
    def first(self) -> Difference | None:
        """The first difference: its chunk, its field and both values."""
        return self.differences[0] if self.differences else None

    def __str__(self) -> str:
        if self.same:
            return "both give the same takes, scores and bytes"
        if not self.deterministic:
            blame = "no slice is to blame, the engine does not follow its seed"
        else:
            last = self.steps[-1]
            blame = f"{self.slice} changes the result, moved from {last.before} to {last.after}"
        return f"{blame}: {self.first}"


# The options of a slice that move with it.
_OWN = {
    "generate": ("generator",),
    "chunk": ("chunk",),
    "dispatch": ("dispatch",),
    "validate": ("validate", "transcriber"),
    "select": ("select",),
    "concat": ("concat",),
}
_FLOW = ("chunk", "generate", "validate", "select", "dispatch", "concat")
# Options by their names in a report.
_REPORTED = {
    **{name: name for name in (
        "max_phrase_len", "min_chars_merge", "packing", "pauses", "n_candidates", "max_retries", "seed",
        "language", "audio_prompt_url", "exaggeration", "cfg_weight", "whisper_threshold",
        "pause_ms", "fade_ms",
    )},
    "validation_rule": "rule",
    "select_policy": "policy",
}


def bisect(
    text: Text, good: Side = "slice0", bad: Side | None = None, **options: Unpack[RunOptions]
) -> Bisection:
    """Which slice changes the result, and at which chunk.

    `good` and `bad` are two plans: a name, a Plan, or a mapping with options of that side alone,
    {"plan": "slice4", "select": choose}. Both are rendered; where takes, scores or bytes part, one
    slice after the other moves from the good side to the bad one, with the function of the
    application that it has there, until the result changes. Options that belong to no slice, such
    as another endpoint, change first, all at once.

    `good` may also be a recorded run: a Result, the path of a report as `pathlib.Path`, or the
    report as a dict. Then the text is rendered as that run was, under its plan and with its options
    but for those given here, and compared with it. `bad` None is "slice5", or for a recorded run
    its own plan.

    A function that only one side has needs something on the way to it: an `endpoint`, say, for the
    steps before `dispatch` moves. The other options are those of `render()`; engines go where a plan has a use for them. Files
    are made in a temporary folder. Errors are those of `render()`; chunks that fail are a difference
    and no error.
    """
    options = hidden(options)
    good = hidden(good) if isinstance(good, Mapping) else good
    bad = hidden(bad) if isinstance(bad, Mapping) else bad
    with tempfile.TemporaryDirectory(prefix="ttsslice-bisect-") as folder:
        search = _Search(text, dict(options), Path(folder))
        if isinstance(good, (Result, os.PathLike)) or _is_report(good):
            return search.recorded(_run_of(good), bad)  # type: ignore[arg-type]
        return search.between(_setup(good, options), _setup(bad or "slice5", options))


def _is_report(value: Any) -> bool:
    return isinstance(value, dict) and "chunks" in value


@dataclass(frozen=True)
class _Setup:
    """One way to run: the placement, and options by name."""

    plan: Plan
    options: Mapping[str, Any]

    def moved(self, slice: str, to: _Setup) -> _Setup:
        """With what a slice has on the other side."""
        others = {name: to.options[name] for name in _OWN[slice] if name in to.options}
        return _Setup(self.plan, {**self.options, **others})

    def parts(self, slice: str, other: _Setup) -> bool:
        """Whether a slice that stays in its place is done by somebody else."""
        there = getattr(self.plan, slice)
        if there is not getattr(other.plan, slice) or there is Place.HANDLER:
            return False
        return any(
            self.options.get(name) is not other.options.get(name) for name in _OWN[slice]
        )


def _setup(side: Side, common: Mapping[str, Any]) -> _Setup:
    own_options: Mapping[str, Any] = side if isinstance(side, Mapping) else {"plan": side}
    merged = {**common, **own_options}
    check_names("bisect", merged)
    for name in ("progress", "on_audio", "write_reports", "journal"):
        if merged.pop(name, None) is not None:
            raise errors.ArgumentError(
                f"bisect() makes several runs and takes no {name}; leave it out"
            )
    plan, place = merged.pop("plan", "slice0"), merged.pop("place", None)
    functions = {name: merged[name] for name in _OWN if merged.get(name) is not None}
    generator = merged.get("generator")
    own_generator = generator is not None and not hasattr(generator, "_ptr")
    return _Setup(placed(plan, place, functions, own_generator), merged)


def _moves(plan: Plan, to: Plan) -> Iterator[tuple[str, Plan]]:
    """The slices to move, each with the plan after it."""
    arena = Arena()
    item, end, moved = plan.to_c(arena), to.to_c(arena), ffi.new("int32_t *")
    while True:
        with calling() as call:
            code = lib.ttsslice_plan_next(item, end, item, moved, call.error)
            if code == lib.TTSSLICE_ERR_END:
                return
            call.check(code)
        slice = decode(lib.ttsslice_slice_name(moved[0]))
        places = {each: Place(getattr(item, each)) for each in SLICES}
        yield slice, Plan(takes_per_request=item.takes_per_request, **places)


class _Search:
    def __init__(self, text: Text, options: dict[str, Any], folder: Path) -> None:
        self.text = text
        self.options = options
        self.folder = folder
        self.rendered = 0
        self.steps: list[Step] = []

    def run(self, setup: _Setup) -> _Run:
        self.rendered += 1
        path = self.folder / f"{self.rendered}.wav"
        try:
            result = render(self.text, path, write_reports=False, **fitting(setup.plan, setup.options))
        except errors.Incomplete as failure:
            assert failure.result is not None
            result = failure.result
        return _run_of(result)

    def parting(
        self, found: tuple[Difference, ...], slice: str | None, good: _Setup, was: _Run
    ) -> Bisection:
        """What there is to say; no slice is to blame if the good side does not repeat itself."""
        again = _compare(was, self.run(good))
        steps = tuple(self.steps)
        if again:
            return Bisection(None, again, steps, False)
        return Bisection(slice or found[0].slice, found, steps, True)

    def between(self, good: _Setup, bad: _Setup) -> Bisection:
        was, end = self.run(good), self.run(bad)
        if not _compare(was, end):
            return Bisection(None, (), tuple(self.steps), True)
        last = good
        for slice, before, after, setup in self.stages(good, bad):
            now = self.run(setup)
            found = _compare(was, now)
            self.steps.append(Step(slice, before, after, not found))
            if found:
                return self.parting(found, slice, last, was)
            last, was = setup, now
        # Every move alone changes nothing, and so nothing repeats itself.
        return Bisection(None, _compare(was, end), tuple(self.steps), False)

    def stages(self, good: _Setup, bad: _Setup) -> Iterator[tuple[str | None, str, str, _Setup]]:
        """The way from one side to the other."""
        own_names = {name for names in _OWN.values() for name in names}
        others = {name: value for name, value in bad.options.items() if name not in own_names}
        now = _Setup(good.plan, {**good.options, **others})
        changed = sorted(name for name in others if others[name] != good.options.get(name))
        if changed:
            yield None, "the good side", f"other {', '.join(changed)}", now
        for slice in _FLOW:
            if now.parts(slice, bad):
                now = now.moved(slice, bad)
                place = str(getattr(now.plan, slice))
                yield slice, place, f"another {place}", now
        for slice, plan in _moves(now.plan, bad.plan):
            before, after = (str(getattr(each, slice)) for each in (now.plan, plan))
            now = replace(now.moved(slice, bad), plan=plan)
            yield slice, before, after, now

    def recorded(self, was: _Run, bad: Side | None) -> Bisection:
        reported = was.report.get("options") or {}
        common = {
            **{ours: reported[name] for name, ours in _REPORTED.items()
               if reported.get(name) is not None},
            **self.options,
        }
        if reported.get("abbreviations"):
            common.setdefault("abbreviations", reported["abbreviations"])
        places = dict(was.report.get("plan") or {})
        takes = places.pop("takes_per_request", 0)
        plan = Plan(takes_per_request=takes).place(**places)
        setup = _setup({"plan": plan, "place": places}, common)
        now = self.run(setup)
        found = _compare(was, now)
        self.steps.append(Step(None, "the recording", "a run of now", not found))
        if found:
            return self.parting(found, None, setup, now)
        if bad is None:
            return Bisection(None, (), tuple(self.steps), True)
        return self.between(setup, _setup(bad, common))
