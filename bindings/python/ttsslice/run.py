# SPDX-License-Identifier: MIT
"""The whole pipeline: text in, validated speech out, under a plan that says where slices run."""

from __future__ import annotations

import asyncio
import difflib
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypedDict, Union

from ttsslice import errors
from ttsslice._lib import (
    Answering,
    Arena,
    Handle,
    NamedEnum,
    Path,
    Text,
    answers,
    c_logger,
    calling,
    decode,
    encode,
    give_text,
    interruptible,
    known,
    own,
    take_json,
)
from ttsslice._ttsslice import ffi, lib
from ttsslice.audio import Audio
from ttsslice.chunk import Abbreviations, Break, Chunks, Packing, Piece, chunks_of, pointer_from
from ttsslice.chunk import options_of as chunk_options
from ttsslice.concat import AudioFunction, Clip, JoinOptions, Timeline, Trim, clip_from
from ttsslice.concat import options_of as concat_options
from ttsslice.dispatch import BACKOFF
from ttsslice.dispatch import options_of as dispatch_options
from ttsslice.engine import (
    GenerateFunction,
    Generator,
    TranscribeFunction,
    Transcriber,
    generator_from,
    transcriber_from,
)
from ttsslice.select import Candidate, Policy, Reason, Selection
from ttsslice.select import options_of as select_options
from ttsslice.validate import Rule, Verdict
from ttsslice.validate import options_of as validate_options

if TYPE_CHECKING:
    from typing_extensions import Unpack

SLICES = ("generate", "chunk", "dispatch", "validate", "select", "concat")


class Place(NamedEnum):
    """Where a slice runs."""

    OFF = lib.TTSSLICE_PLACE_OFF
    LOCAL = lib.TTSSLICE_PLACE_LOCAL
    HANDLER = lib.TTSSLICE_PLACE_HANDLER
    HOST = lib.TTSSLICE_PLACE_HOST


@dataclass(frozen=True)
class Plan:
    """One placement per slice. `takes_per_request` 0 means all candidates of a round."""

    generate: Place = Place.LOCAL
    chunk: Place = Place.LOCAL
    dispatch: Place = Place.OFF
    validate: Place = Place.LOCAL
    select: Place = Place.LOCAL
    concat: Place = Place.LOCAL
    takes_per_request: int = 0

    @classmethod
    def named(cls, name: str) -> Plan:
        """"slice0" to "slice5"; ArgumentError otherwise."""
        arena = Arena()
        item = arena.struct("plan")
        with calling() as call:
            call.check(lib.ttsslice_plan_named(arena.string(name, "plan"), item, call.error))
        places = {each: Place(getattr(item, each)) for each in SLICES}
        return cls(takes_per_request=item.takes_per_request, **places)

    def place(self, **places: Place | str) -> Plan:
        """The same plan with some slices elsewhere: `plan.place(validate="host")`."""
        unknown = sorted(set(places) - set(SLICES))
        if unknown:
            raise errors.ArgumentError(
                f"slice {unknown[0]!r} is unknown; use one of {', '.join(SLICES)}"
            )
        return replace(self, **{name: Place.of(where) for name, where in places.items()})

    def _to_c(self, arena: Arena) -> Any:
        item = arena.struct("plan")
        for name in SLICES:
            setattr(item, name, getattr(self, name))
        item.takes_per_request = self.takes_per_request
        return item


@dataclass(frozen=True)
class Progress:
    """How far a run is; `chunk` was just finished (None: none), with `score`."""

    chunks: int
    done: int
    failed: int
    not_passed: int
    candidates: int
    chunk: int | None
    score: float | None


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
class Result:
    """What a run gave. `timeline` is None where nothing was joined."""

    path: str
    chunks: tuple[ChunkResult, ...]
    timeline: Timeline | None
    metadata: dict[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        return (
            f"<Result {self.path!r}: {len(self.chunks)} chunks, {len(self.not_passed)} not passed, "
            f"{len(self.failed)} failed>"
        )

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


# --- the application's own slices ---------------------------------------------------------------

ChunkFunction = Callable[[str], "Sequence[Piece]"]
DispatchFunction = Callable[["dict[str, Any]"], "dict[str, Any]"]
ValidateFunction = Callable[[str, Audio, str], Any]
SelectFunction = Callable[[int, "list[Candidate]"], int]
ConcatFunction = Callable[["list[Clip]", str], Union[Timeline, None]]
ProgressFunction = Callable[[Progress], object]


class _Host(Answering):
    """The application's own slices, and whom to tell about progress."""

    def __init__(
        self,
        functions: Mapping[str, Callable[..., Any]],
        progress: ProgressFunction | None,
        on_audio: AudioFunction | None,
        threshold: float,
    ) -> None:
        super().__init__()
        self.functions = functions
        self.progress = progress
        self.on_audio = on_audio
        self.threshold = threshold

    def to_c(self, arena: Arena, handle: Any) -> Any:
        """A `ttsslice_host *`."""
        item = arena.struct("host")
        for name in self.functions:
            setattr(item, name, getattr(lib, f"ttspy_{name}"))
        item.user_data = handle
        return item


@answers
def ttspy_chunk(self: _Host, text: Any, length: int, out: Any, err: Any) -> None:
    """ttsslice_host.chunk."""
    data = bytes(ffi.buffer(text, length))
    with calling() as call:
        code, pointer = pointer_from(data, self.functions["chunk"](data.decode()), call.error)
        call.check(code)
    out[0] = pointer


@answers
def ttspy_dispatch(self: _Host, input_json: Any, output_json: Any, err: Any) -> None:
    """ttsslice_host.dispatch."""
    output = self.functions["dispatch"](json.loads(decode(input_json)))
    output_json[0] = give_text(output if isinstance(output, str) else json.dumps(output))


@answers
def ttspy_validate(
    self: _Host, text: Any, language: Any, audio: Any, out: Any, err: Any
) -> None:
    """ttsslice_host.validate."""
    judged = self.functions["validate"](decode(text), Audio._borrow(audio), decode(language, "en"))
    out[0] = lib.ttsslice_verdict_ref(_verdict_from(judged, self.threshold)._ptr)


def _verdict_from(value: Any, threshold: float) -> Verdict:
    if isinstance(value, Verdict):
        return value
    if isinstance(value, dict):
        return Verdict.from_json(value)
    if isinstance(value, tuple):
        return Verdict.from_json({"score": float(value[0]), "passed": bool(value[1])})
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Verdict.from_json(
            {"score": float(value), "passed": value >= threshold, "threshold": threshold}
        )
    raise TypeError(
        f"validate() must return Verdict, a dict, (score, passed) or a score, not "
        f"{type(value).__name__}"
    )


@answers
def ttspy_select(
    self: _Host,
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
    if not 0 <= chosen < count:
        raise errors.ArgumentError(
            f"select() chose candidate {chosen} of {count}; return an index below that",
            slice="select",
            chunk=chunk,
        )
    index[0] = chosen


@answers
def ttspy_concat(self: _Host, clips: Any, count: int, path: Any, out: Any, err: Any) -> None:
    """ttsslice_host.concat."""
    given = [clip_from(clips[i]) for i in range(count)]
    timeline = self.functions["concat"](given, os.fsdecode(ffi.string(path)))
    if timeline is not None:
        out[0] = lib.ttsslice_timeline_ref(timeline._ptr)


@answers
def ttspy_progress(self: _Host, progress: Any) -> None:
    """ttsslice_progress_fn."""
    assert self.progress is not None
    self.progress(
        Progress(
            progress.chunks,
            progress.done,
            progress.failed,
            progress.not_passed,
            progress.candidates,
            progress.chunk if progress.chunk >= 0 else None,
            known(progress.score),
        )
    )


# --- runs ---------------------------------------------------------------------------------------


class RunOptions(TypedDict, total=False):
    """The options of `render()`, where they are explained, of `render_async()` and of `Run`."""

    plan: Plan | str
    place: Mapping[str, Place | str] | None
    generator: Generator | GenerateFunction | None
    transcriber: Transcriber | TranscribeFunction | None
    chunk: ChunkFunction | None
    dispatch: DispatchFunction | None
    validate: ValidateFunction | None
    select: SelectFunction | None
    concat: ConcatFunction | None
    endpoint: str | None
    api_key: str | None
    n_candidates: int
    max_retries: int
    whisper_threshold: float
    rule: Rule | str
    policy: Policy | str
    max_phrase_len: int
    min_chars_merge: int | None
    abbreviations: Abbreviations | None
    packing: Packing | str
    pause_ms: int
    fade_ms: int
    trim: Trim | str | bool
    sample_rate: int | None
    language: str
    exaggeration: float
    cfg_weight: float
    audio_prompt_url: str | None
    seed: int
    max_in_flight: int
    backoff: Sequence[float]
    request_timeout_s: float
    job_timeout_s: float
    poll_interval_s: float
    journal: str | os.PathLike[str] | None
    ca_file: str | os.PathLike[str] | None
    insecure: bool
    progress: ProgressFunction | None
    on_audio: AudioFunction | None
    join: JoinOptions
    write_reports: bool


class Run(Handle):
    """A run that can be cancelled: `Run(text, ...)`, then `execute(path)` once.

    The arguments are those of `render()`. Nothing is generated or sent before `execute()`. Only
    `cancel()` may be called from other threads.
    """

    __slots__ = ("_data", "_host", "_generator", "_transcriber", "_executing", "_turn")

    def __init__(
        self,
        text: Text,
        *,
        plan: Plan | str = "slice0",
        place: Mapping[str, Place | str] | None = None,
        generator: Generator | GenerateFunction | None = None,
        transcriber: Transcriber | TranscribeFunction | None = None,
        chunk: ChunkFunction | None = None,
        dispatch: DispatchFunction | None = None,
        validate: ValidateFunction | None = None,
        select: SelectFunction | None = None,
        concat: ConcatFunction | None = None,
        endpoint: str | None = None,
        api_key: str | None = None,
        n_candidates: int = 3,
        max_retries: int = 3,
        whisper_threshold: float = 85.0,
        rule: Rule | str = Rule.DEFECTS,
        policy: Policy | str = Policy.BEST_SCORE,
        max_phrase_len: int = 300,
        min_chars_merge: int | None = None,
        abbreviations: Abbreviations | None = None,
        packing: Packing | str = Packing.OPTIMAL,
        pause_ms: int = 200,
        fade_ms: int = 10,
        trim: Trim | str | bool = True,
        sample_rate: int | None = None,
        language: str = "en",
        exaggeration: float = 0.3,
        cfg_weight: float = 0.3,
        audio_prompt_url: str | None = None,
        seed: int = 0,
        max_in_flight: int = 25,
        backoff: Sequence[float] = BACKOFF,
        request_timeout_s: float = 30.0,
        job_timeout_s: float = 900.0,
        poll_interval_s: float = 0.1,
        journal: str | os.PathLike[str] | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        insecure: bool = False,
        progress: ProgressFunction | None = None,
        on_audio: AudioFunction | None = None,
        join: JoinOptions | None = None,
        write_reports: bool = True,
    ) -> None:
        self._executing = False
        self._turn = threading.RLock()  # cancel() and close(), which come from different threads
        given = {
            "chunk": chunk,
            "dispatch": dispatch,
            "validate": validate,
            "select": select,
            "concat": concat,
        }
        functions = {name: each for name, each in given.items() if each is not None}
        own_generator = generator is not None and not isinstance(generator, Generator)
        placed = _placed(plan, place, functions, own_generator)
        _check_engines(plan, place, placed, generator is not None, transcriber is not None)
        self._generator = (
            generator_from(generator)
            if generator is not None or placed.generate is not Place.HANDLER
            else None
        )
        self._transcriber = (
            transcriber_from(transcriber)
            if transcriber is not None or placed.validate is Place.LOCAL
            else None
        )
        self._host = _Host(functions, progress, on_audio, whisper_threshold)
        handle = ffi.new_handle(self._host)
        self._data = encode(text, slice="chunk")

        arena = Arena()
        options = arena.struct("run_options")
        options.plan = placed._to_c(arena)
        options.generator = self._generator._ptr if self._generator else ffi.NULL
        options.transcriber = self._transcriber._ptr if self._transcriber else ffi.NULL
        options.host = self._host.to_c(arena, handle)
        options.chunk = chunk_options(
            arena, max_phrase_len, min_chars_merge, None, abbreviations, packing
        )
        options.dispatch = dispatch_options(
            arena,
            endpoint,
            api_key,
            max_in_flight,
            backoff,
            request_timeout_s,
            job_timeout_s,
            poll_interval_s,
            None,
            journal,
            ca_file,
            insecure,
        )
        options.validate = validate_options(arena, whisper_threshold, rule, None, {})
        options.select = select_options(arena, policy)
        joined: JoinOptions = {
            "pause_ms": pause_ms,
            "fade_ms": fade_ms,
            "trim": trim,
            "sample_rate": sample_rate,
        }
        options.concat = concat_options(arena, {**joined, **(join or {})})
        if on_audio is not None:
            options.concat.on_audio, options.concat.on_audio_data = lib.ttspy_audio, handle
        options.language = arena.string(language, "language")
        options.audio_prompt_url = arena.string(audio_prompt_url, "audio_prompt_url")
        options.exaggeration, options.cfg_weight = exaggeration, cfg_weight
        options.n_candidates, options.max_retries = n_candidates, max_retries
        options.seed = seed
        if progress is not None:
            options.progress = lib.ttspy_progress
            options.progress_user_data = handle
        options.logger = c_logger(arena)
        options.write_reports = int(write_reports)

        out = ffi.new("ttsslice_run **")
        with calling(self._host) as call:
            call.check(
                lib.ttsslice_run_new(
                    ffi.from_buffer(self._data), len(self._data), options, out, call.error
                )
            )
        self._adopt(
            out[0], lib.ttsslice_run_free, handle, self._generator, self._transcriber
        )

    @property
    def chunks(self) -> Chunks:
        """How the text was split."""
        chunks = lib.ttsslice_chunks_ref(
            ffi.cast("ttsslice_chunks *", lib.ttsslice_run_chunks(self._ptr))
        )
        return chunks_of(own(chunks, lib.ttsslice_chunks_unref), self._data)

    def cancel(self) -> None:
        """Stops the run, from any thread, and cancels its jobs at the endpoint; returns at once.

        Once the run is over or closed it does nothing.
        """
        with self._turn:
            if self._owned is not None:
                lib.ttsslice_cancel(self._owned)

    def close(self) -> None:
        """Releases the run; ValueError while it executes."""
        if self._executing:
            raise ValueError("this Run is executing; cancel it and wait for the end")
        with self._turn:
            super().close()

    def __exit__(self, *_: object) -> None:
        if not self._executing:  # after a second Ctrl-C its thread still has it
            self.close()

    def execute(self, path: Path) -> Result:
        """Does everything and writes `path`, and the reports beside it; see `render()`."""
        return interruptible(lambda: self._execute(path), self.cancel)

    async def execute_async(self, path: Path) -> Result:
        """The same without blocking the event loop; cancelling the task cancels the run."""
        work = asyncio.ensure_future(asyncio.to_thread(self._execute, path))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self.cancel()
            await asyncio.wait([work])
            work.exception()  # seen: it is the cancellation
            raise

    def _execute(self, path: Path) -> Result:
        arena = Arena()
        out = ffi.new("ttsslice_result **")
        engines = [each._answering for each in (self._generator, self._transcriber) if each]
        self._executing = True
        try:
            with calling(self._host, *engines) as call:
                code = lib.ttsslice_run_execute(self._ptr, arena.path(path), out, call.error)
        finally:
            self._executing = False
        pointer = own(out[0], lib.ttsslice_result_unref) if out[0] else None
        result = _result_from(pointer, self._data, os.fspath(path)) if pointer else None
        try:
            call.check(code)
        except errors.Error as failure:
            failure.result = failure.result or result
            raise
        assert result is not None
        return result


def _placed(
    plan: Plan | str,
    place: Mapping[str, Place | str] | None,
    functions: Mapping[str, Callable[..., Any]],
    own_generator: bool,
) -> Plan:
    """The plan with the application's functions in their slices, and then `place` as it says."""
    placed = plan if isinstance(plan, Plan) else Plan.named(plan)
    placed = placed.place(**dict.fromkeys(functions, Place.HOST))
    if own_generator and placed.generate is Place.LOCAL:
        placed = placed.place(generate=Place.HOST)
    return placed.place(**dict(place or {}))


def _check_engines(
    plan: Plan | str,
    place: Mapping[str, Place | str] | None,
    placed: Plan,
    generator: bool,
    transcriber: bool,
) -> None:
    """ArgumentError for an engine that would be ignored."""

    def refuse(slice: str, what: str, engine: str) -> None:
        named = isinstance(plan, str) and slice not in (place or {})
        raise errors.ArgumentError(
            f"{f'plan {plan}' if named else 'this plan'} {what}; leave {engine} out, or place "
            f"{slice} at local",
            slice=slice,
        )

    if generator and placed.generate is Place.HANDLER:
        refuse("generate", "generates at the handler", "generator")
    if transcriber and placed.validate is Place.HANDLER:
        refuse("validate", "validates at the handler", "transcriber")
    if transcriber and placed.validate is Place.OFF:
        refuse("validate", "has validate off", "transcriber")


def _check_names(function: str, options: Mapping[str, Any]) -> None:
    """TypeError for an option that there is not."""
    for name in options:
        if name not in RunOptions.__annotations__:
            near = difflib.get_close_matches(name, RunOptions.__annotations__, 1)
            hint = f"; did you mean '{near[0]}'?" if near else "; see help(ttsslice.render)"
            raise TypeError(f"{function}() got an unexpected keyword argument '{name}'{hint}")


def _result_from(pointer: Any, data: bytes, path: str) -> Result:
    out = ffi.new("char **")
    with calling() as call:
        call.check(lib.ttsslice_result_json(pointer, out, call.error))
    metadata = take_json(out[0])
    timeline = lib.ttsslice_result_timeline(pointer)
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
    )


def _chunk_result(pointer: Any, index: int, data: bytes) -> ChunkResult:
    item = lib.ttsslice_result_chunk(pointer, index)
    return ChunkResult(
        item.index,
        data[item.text_start : item.text_start + item.text_length].decode(),
        item.text_start,
        item.text_length,
        Break(item.break_after),
        tuple(
            _candidate(lib.ttsslice_result_candidate(pointer, index, each))
            for each in range(item.candidate_count)
        ),
        item.selected if item.candidate_count else None,
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


def render(text: Text, path: Path, **options: Unpack[RunOptions]) -> Result:
    """Turns a text into one validated audio file.

    Beside `path` stand its `_metadata.json`, `.segments.json` and `.srt`. Ctrl-C cancels; then, as
    after any other failure, nothing is left under the final name. Incomplete says that some chunks
    failed for good: the others are in the file, and its `result` names all.

    Options, all by name (`ttsslice.RunOptions` has their types, `ttsslice.Run` their defaults):

    Where slices run
      plan               "slice0" (all here) to "slice5" (as much as possible at the handler), or
                         a Plan
      place              moves single slices: {"validate": "off", "generate": "local"}
      endpoint, api_key  of the handler, as for `Dispatcher`; None: from the environment

    Engines and functions of your own
      generator          Generator, or function generate(text, **params); None: the embedded one.
                         ArgumentError where the plan generates at the handler
      transcriber        Transcriber, or function transcribe(audio, sample_rate, text, language);
                         None: the embedded one. ArgumentError where the plan validates at the
                         handler, or not at all
      chunk              chunk(text) -> chunks, spans or pieces of the text
      dispatch           dispatch(input) -> output
      validate           validate(text, audio, language) -> Verdict, dict, (score, passed), score
      select             select(chunk, candidates) -> index
      concat             concat(clips, path) -> Timeline or None
      progress           progress(Progress), called after every chunk

    The voice
      language           ISO 639-1
      audio_prompt_url   voice to imitate; None: the engine's own
      exaggeration       0 to 2
      cfg_weight         0 to 1
      seed               base seed, 0 to 2**53 - 1; each take's own seed is derived from it

    Takes
      n_candidates       takes a round, 1 to 16
      max_retries        further rounds while no take passes, 0 to 10
      whisper_threshold  lowest score that passes, 0 to 100
      rule               "defects": the score, and no defect above its limit; "score": the score
      policy             "best_score", "shortest_passing" or "first_passing"

    Text and file
      max_phrase_len     longest chunk, in characters
      min_chars_merge    shorter chunks join a neighbour; None: 20, or max_phrase_len if less
      abbreviations      further ones, as in chunk()
      packing            "optimal", "greedy" or "balanced", as in chunk()
      pause_ms           quiet after a sentence; other breaks are multiples of it
      fade_ms            at the ends of every clip
      trim               whether to cut the quiet ends of clips
      sample_rate        of the file; None: that of the first clip
      join               what else there is for the join, as JoinOptions: {"title": "Tides"}
      on_audio           on_audio(Audio): the output in blocks, in order, as soon as there is some
      write_reports      whether to write the three files beside `path`

    Jobs
      max_in_flight      jobs at the endpoint at once
      backoff            seconds to wait before the second, third, ... try of a request
      request_timeout_s  for one HTTP request
      job_timeout_s      for one job
      poll_interval_s    between two looks at a job
      journal            a folder that keeps what the handler made, for a run started again
      ca_file            certificates (PEM) in the place of the system's
      insecure           let the key travel unencrypted to another machine

    Functions are called one at a time, on a thread made for the run (so that Ctrl-C works), or on
    the calling thread if that is not the main one; `chunk` always on the calling thread. What they
    raise stops the run and comes out unchanged; TakeError gives up one take.
    """
    _check_names("render", options)
    with Run(text, **options) as run:
        return run.execute(path)


async def render_async(text: Text, path: Path, **options: Unpack[RunOptions]) -> Result:
    """`render()` for an event loop, with the same options; cancelling the task cancels the run."""
    _check_names("render_async", options)
    with Run(text, **options) as run:
        return await run.execute_async(path)
