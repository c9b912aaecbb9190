# SPDX-License-Identifier: MIT
"""What a run gives: chunks, their candidates, the timeline and the report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ttsslice import errors
from ttsslice._lib import calling, decode, known, take_json
from ttsslice._ttsslice import ffi, lib
from ttsslice.audio import Audio
from ttsslice.chunk import Break
from ttsslice.concat import Clip, Timeline
from ttsslice.dispatch import Totals, totals_from
from ttsslice.select import Reason
from ttsslice.validate import Verdict


@dataclass(frozen=True)
class CandidateResult:
    """One candidate of a chunk. Times are -1 where unknown.

    Where nobody judged it (validate is off), `score` is None and `passed` is true.
    """

    candidate: int
    attempt: int
    seed: int
    score: float | None
    passed: bool
    duration_s: float
    digest: int
    generation_ms: int
    validation_ms: int
    injected_defect: str
    verdict: Verdict | None = field(repr=False)

    @property
    def judged(self) -> bool:
        """Whether somebody listened to it: there is a score."""
        return self.score is not None


@dataclass(frozen=True)
class ChunkResult:
    """One chunk of a result. `selected` is the take among `candidates`; None if there is none.

    `code` is 0, or says with `error` why there is no take. `score` is None where there is no
    take, or nobody judged it (validate is off); such a take has `passed`.

    `parts` are the two halves that took its place where none of its takes passed and
    `on_exhaustion` is "resplit". `level_offset_db` is the level of the take against the median of
    the run's takes; where `loudness_outlier`, that is further than the others are.
    """

    index: int
    text: str
    text_start: int
    text_length: int
    break_after: Break
    candidates: tuple[CandidateResult, ...] = field(repr=False)
    selected: int | None
    score: float | None
    passed: bool
    reason: Reason | None
    code: int
    code_name: str
    error: str
    http_status: int | None
    http_attempts: int
    rounds: int
    job_id: str
    worker_id: str
    elapsed_ms: int
    parts: tuple[ChunkResult, ...] = field(repr=False)
    level_offset_db: float | None
    loudness_outlier: bool
    billed_ms: int = 0
    cost: float | None = None

    @property
    def take(self) -> CandidateResult | None:
        """The candidate that was chosen."""
        return None if self.selected is None else self.candidates[self.selected]

    @property
    def judged(self) -> bool:
        """Whether somebody listened to the take: there is a score."""
        return self.score is not None

    def __repr__(self) -> str:
        text = self.text if len(self.text) <= 40 else self.text[:37] + "..."
        if self.code:
            what = f"failed: {self.code_name}"
        else:
            judged = "not judged" if self.score is None else f"score {self.score:.1f}"
            what = f"{judged}, {'passed' if self.passed else 'not passed'}"
        return f"<ChunkResult {self.index} {text!r}: {what}, {len(self.candidates)} candidates>"


@dataclass(frozen=True)
class Take:
    """What one chunk gave, with the audio of its take; None where there is none."""

    chunk: ChunkResult
    audio: Audio | None

    def clip(self) -> Clip:
        """The take as `concat()` joins it: with its place in the text, its words, its break."""
        if self.audio is None:
            raise errors.EmptyError(
                f"chunk {self.chunk.index} has no take to join", chunk=self.chunk.index
            )
        chunk, chosen = self.chunk, self.chunk.take
        words = chosen.verdict.words if chosen and chosen.verdict else ()
        return Clip(
            self.audio,
            chunk.text,
            chunk.text_start,
            chunk.text_length,
            tuple(replace(each, text_start=chunk.text_start + each.text_start) for each in words),
            chunk.score,
            chunk.break_after,
            chunk.passed,
            chunk.index,
        )


@dataclass(frozen=True)
class Result:
    """What a run gave. `timeline` is None where nothing was joined.

    `totals`: what its jobs came to; None where none were sent.
    """

    path: str
    chunks: tuple[ChunkResult, ...]
    timeline: Timeline | None
    metadata: dict[str, Any] = field(repr=False)
    totals: Totals | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return (
            f"<Result {self.path!r}: {len(self.chunks)} chunks, {len(self.not_passed)} not passed, "
            f"{len(self.failed)} failed>"
        )

    def __fspath__(self) -> str:
        """The path, so that a result can be opened or sent."""
        return self.path

    @property
    def ok(self) -> bool:
        """Whether every chunk has a take that passed.

        A take that nobody judged (validate is off) counts as passed: then this says only that
        there is audio for every chunk. `judged` of a chunk tells the two apart.
        """
        return all(each.code == 0 and each.passed for each in self.chunks)

    @property
    def candidates(self) -> tuple[tuple[CandidateResult, ...], ...]:
        """The candidates of every chunk."""
        return tuple(each.candidates for each in self.chunks)

    @property
    def failed(self) -> tuple[ChunkResult, ...]:
        """The chunks without a take."""
        return tuple(each for each in self.chunks if each.code)

    @property
    def not_passed(self) -> tuple[ChunkResult, ...]:
        """The chunks whose take somebody should listen to."""
        return tuple(each for each in self.chunks if not each.code and not each.passed)


def result_from(pointer: Any, data: bytes, path: str) -> Result:
    """Reads a `ttsslice_result *` of the text `data`."""
    out = ffi.new("char **")
    with calling() as call:
        call.check(lib.ttsslice_result_json(pointer, out, call.error))
    metadata = take_json(out[0])
    timeline = lib.ttsslice_result_timeline(pointer)
    totals = lib.ttsslice_result_totals(pointer)
    return Result(
        path,
        tuple(
            _chunk_result(pointer, index, data)
            for index in range(lib.ttsslice_result_count(pointer))
        ),
        Timeline._from_pointer(
            lib.ttsslice_timeline_ref(ffi.cast("ttsslice_timeline *", timeline))
        )
        if timeline
        else None,
        metadata,
        totals_from(totals) if totals else None,
    )


def _chunk_result(pointer: Any, index: int, data: bytes) -> ChunkResult:
    item = lib.ttsslice_result_chunk(pointer, index)
    parts = tuple(
        chunk_result_from(
            lib.ttsslice_result_part(pointer, index, part),
            lib.ttsslice_result_part_candidate(pointer, index, part, 0),
            data,
        )
        for part in range(item.part_count)
    )
    candidates = lib.ttsslice_result_candidate(pointer, index, 0)
    return chunk_result_from(item, candidates, data, parts)


def chunk_result_from(
    item: Any, candidates: Any, data: bytes, parts: tuple[ChunkResult, ...] = ()
) -> ChunkResult:
    """Reads a `ttsslice_chunk_result *` and the array of its candidates."""
    return ChunkResult(
        item.index,
        data[item.text_start : item.text_start + item.text_length].decode(),
        item.text_start,
        item.text_length,
        Break(item.break_after),
        tuple(_candidate(candidates + each) for each in range(item.candidate_count)),
        item.selected if item.selected < item.candidate_count else None,
        known(item.score),
        bool(item.passed),
        Reason(item.reason) if item.reason else None,
        item.code,
        decode(lib.ttsslice_code_name(item.code)),
        decode(item.error),
        item.http_status or None,
        item.http_attempts,
        item.rounds,
        decode(item.job_id),
        decode(item.worker_id),
        item.elapsed_ms,
        parts,
        known(item.level_offset_db),
        bool(item.loudness_outlier),
        item.billed_ms,
        item.cost if item.cost >= 0 else None,
    )


def _candidate(item: Any) -> CandidateResult:
    verdict = None
    if item.verdict:
        reference = lib.ttsslice_verdict_ref(ffi.cast("ttsslice_verdict *", item.verdict))
        verdict = Verdict._from_pointer(reference)
    return CandidateResult(
        item.candidate,
        item.attempt,
        item.seed,
        known(item.score),
        bool(item.passed),
        item.duration_s,
        item.digest,
        item.generation_ms,
        item.validation_ms,
        decode(item.injected_defect),
        verdict,
    )
