# SPDX-License-Identifier: MIT
"""The whole pipeline: text in, validated speech out, under a plan that says where slices run."""

from __future__ import annotations

import difflib
import os
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from ttsslice import errors
from ttsslice._lib import Handle, Path, Text, calling, encode, own
from ttsslice._options import BACKOFF, Arena, assign, c_logger, named
from ttsslice._ttsslice import ffi, lib
from ttsslice._work import awaited, interruptible, stays_with_its_process, under_way
from ttsslice.chunk import Abbreviations, Chunks, Packing, chunks_of
from ttsslice.chunk import options_of as chunk_options
from ttsslice.concat import AudioFunction, JoinOptions, Trim
from ttsslice.concat import options_of as concat_options
from ttsslice.dispatch import ScheduleOptions, Totals, totals_from
from ttsslice.dispatch import options_of as dispatch_options
from ttsslice.engine import (
    GenerateFunction,
    Generator,
    TranscribeFunction,
    Transcriber,
    generator_from,
    transcriber_from,
)
from ttsslice.host import (
    ChunkFunction,
    ConcatFunction,
    DispatchFunction,
    Host,
    SelectFunction,
    ValidateFunction,
)
from ttsslice.plan import Place, Plan, check_engines, placed
from ttsslice.progress import Progress, ProgressTarget, function_from
from ttsslice.result import Result, result_from
from ttsslice.secret import Secret, hidden
from ttsslice.select import OnExhaustion, Policy, Takes
from ttsslice.select import options_of as select_options
from ttsslice.validate import Rule
from ttsslice.validate import options_of as validate_options

if TYPE_CHECKING:
    from typing_extensions import Unpack


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
    api_key: str | Secret | None
    n_candidates: int
    max_retries: int
    whisper_threshold: float
    rule: Rule | str
    policy: Policy | str
    takes: Takes | str
    on_exhaustion: OnExhaustion | str
    reference_dbfs: float | None
    reference_rate: float | None
    max_phrase_len: int
    min_chars_merge: int | None
    abbreviations: Abbreviations | None
    packing: Packing | str
    pauses: bool
    pause_ms: int
    fade_ms: int
    trim: Trim | str | bool
    sample_rate: int | None
    language: str
    exaggeration: float
    cfg_weight: float
    temperature: float | None
    audio_prompt_url: str | None
    seed: int
    max_in_flight: int
    backoff: Sequence[float]
    request_timeout_s: float
    job_timeout_s: float
    poll_interval_s: float
    journal: Path | None
    ca_file: Path | None
    insecure: bool
    protocol: str | None
    speech_model: str | None
    voice: str | None
    progress: ProgressTarget | None
    on_audio: AudioFunction | None
    schedule: ScheduleOptions
    join: JoinOptions
    write_reports: bool


class Run(Handle):
    """A run that can be cancelled: `Run(text, ...)`, then `execute(path)` once.

    The arguments are those of `render()`. Nothing is generated or sent before `execute()`. Only
    `cancel()` may be called from other threads.
    """

    __slots__ = (
        "_data", "_host", "_generator", "_transcriber", "_executing", "_over", "_turn", "_result"
    )

    _result: Result | None

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
        api_key: str | Secret | None = None,
        n_candidates: int = 3,
        max_retries: int = 3,
        whisper_threshold: float = 85.0,
        rule: Rule | str = Rule.DEFECTS,
        policy: Policy | str = Policy.BEST_SCORE,
        takes: Takes | str = Takes.ALL,
        on_exhaustion: OnExhaustion | str = OnExhaustion.KEEP_BEST,
        reference_dbfs: float | None = None,
        reference_rate: float | None = None,
        max_phrase_len: int = 300,
        min_chars_merge: int | None = None,
        abbreviations: Abbreviations | None = None,
        packing: Packing | str = Packing.OPTIMAL,
        pauses: bool = False,
        pause_ms: int = 200,
        fade_ms: int = 10,
        trim: Trim | str | bool = True,
        sample_rate: int | None = None,
        language: str = "en",
        exaggeration: float = 0.3,
        cfg_weight: float = 0.3,
        temperature: float | None = None,
        audio_prompt_url: str | None = None,
        seed: int = 0,
        max_in_flight: int = 25,
        backoff: Sequence[float] = BACKOFF,
        request_timeout_s: float = 30.0,
        job_timeout_s: float = 900.0,
        poll_interval_s: float = 0.1,
        journal: Path | None = None,
        ca_file: Path | None = None,
        insecure: bool = False,
        protocol: str | None = None,
        speech_model: str | None = None,
        voice: str | None = None,
        progress: ProgressTarget | None = None,
        on_audio: AudioFunction | None = None,
        schedule: ScheduleOptions | None = None,
        join: JoinOptions | None = None,
        write_reports: bool = True,
    ) -> None:
        api_key = Secret.of(api_key)
        self._executing = False
        self._over = threading.Event()  # what was executed has ended
        self._result = None
        self._turn = threading.RLock()  # of the two that come from other threads, and of `_executing`
        given = {
            "chunk": chunk,
            "dispatch": dispatch,
            "validate": validate,
            "select": select,
            "concat": concat,
        }
        functions = {name: each for name, each in given.items() if each is not None}
        own_generator = generator is not None and not isinstance(generator, Generator)
        places = placed(plan, place, functions, own_generator)
        check_engines(plan, place, places, generator is not None, transcriber is not None)
        self._generator = (
            generator_from(generator)
            if generator is not None or places.generate is not Place.HANDLER
            else None
        )
        self._transcriber = (
            transcriber_from(transcriber)
            if transcriber is not None or places.validate is Place.LOCAL
            else None
        )
        self._data = encode(text, slice="chunk")
        told = function_from(progress)
        self._host = Host(functions, told, on_audio, whisper_threshold, self._data)
        handle = ffi.new_handle(self._host)

        arena = Arena()
        options = arena.struct("run_options")
        options.plan = places.to_c(arena)
        options.generator = arena.keep(self._generator._ptr) if self._generator else ffi.NULL
        options.transcriber = (
            arena.keep(self._transcriber._ptr) if self._transcriber else ffi.NULL
        )
        options.host = self._host.to_c(arena, handle)
        options.chunk = chunk_options(
            arena, max_phrase_len, min_chars_merge, None, abbreviations, packing, pauses
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
            protocol,
            speech_model,
            voice,
            schedule,
        )
        options.validate = validate_options(arena, whisper_threshold, rule, None, {})
        options.select = select_options(arena, policy, reference_dbfs, reference_rate)
        options.validate.reference_dbfs = options.select.reference_dbfs
        options.takes = Takes.of(takes)
        options.on_exhaustion = OnExhaustion.of(on_exhaustion)
        joined: JoinOptions = {
            "pause_ms": pause_ms,
            "fade_ms": fade_ms,
            "trim": trim,
            "sample_rate": sample_rate,
        }
        joined.update(named(join, "join", "{'title': 'Tides'}"))
        options.concat = concat_options(arena, joined)
        if on_audio is not None:
            options.concat.on_audio, options.concat.on_audio_data = lib.ttspy_audio, handle
        options.language = arena.string(language, "language")
        options.audio_prompt_url = arena.string(audio_prompt_url, "audio_prompt_url")
        assign(
            options, exaggeration=exaggeration, cfg_weight=cfg_weight, n_candidates=n_candidates,
            max_retries=max_retries, seed=seed,
        )
        if temperature is not None:
            assign(options, temperature=temperature)
        options.progress, options.progress_user_data = lib.ttspy_progress, handle
        options.logger = c_logger(arena)
        options.write_reports = bool(write_reports)

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
        stays_with_its_process(self)

    @property
    def result(self) -> Result | None:
        """What the run gave, also where it failed half-way; None before there is anything."""
        return self._result

    @property
    def chunks(self) -> Chunks:
        """How the text was split."""
        run = self._ptr
        chunks = lib.ttsslice_chunks_ref(
            ffi.cast("ttsslice_chunks *", lib.ttsslice_run_chunks(run))
        )
        return chunks_of(own(chunks, lib.ttsslice_chunks_unref), self._data)

    def cancel(self) -> None:
        """Stops the run, from any thread, and cancels its jobs at the endpoint; returns at once.

        Once the run is over or closed it does nothing.
        """
        with self._turn:
            if self._is_open:
                lib.ttsslice_cancel(self._owned)

    def close(self) -> None:
        """Releases the run; ValueError while it executes."""
        with self._turn:
            if self._executing:
                raise ValueError("this Run is executing; cancel it and wait for the end")
            self._release()

    def __exit__(self, *_: object) -> None:
        if self._executing:  # a second Ctrl-C, or a loop over watch(): its thread still has it
            self.cancel()
        else:
            self.close()

    async def aclose(self) -> None:
        """`close()` for an event loop: a run that executes is cancelled, and its end awaited.

        `async with Run(...) as run` does so where the block ends.
        """
        self.cancel()
        try:
            if self._executing:
                await awaited(self._over.wait, self.cancel)
        finally:
            self.__exit__()

    async def __aenter__(self) -> Run:
        return self.__enter__()

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def estimate(self) -> Totals:
        """What the run would take, instead of executing it: its `jobs`, and what is `left` to pay.

        Nothing is sent. One round of takes is counted; what a journal holds costs nothing.
        """
        out = ffi.new("ttsslice_dispatch_totals const **")
        with calling() as call:
            call.check(lib.ttsslice_run_estimate(self._ptr, out, call.error))
        return totals_from(out[0])

    def execute(self, path: Path) -> Result:
        """Does everything and writes `path`, and the reports beside it; see `render()`."""
        return interruptible(lambda: self._execute(path), self.cancel)

    async def execute_async(self, path: Path) -> Result:
        """The same without blocking the event loop; cancelling the task cancels the run.

        The run has a thread of its own, so any number may be awaited at once. Your functions are
        called on that thread.
        """
        return await awaited(lambda: self._execute(path), self.cancel)

    async def watch(self, path: Path) -> AsyncIterator[Progress]:
        """The same as an iterator: a `Progress` after every chunk; then `result` is there.

        What goes wrong is raised by the loop. Leaving it early cancels the run, but Python may do so
        late: in `async with Run(...) as run`, or with `contextlib.aclosing()` around the iterator,
        it has been cancelled and has ended when the block is left.
        """
        import asyncio

        loop = asyncio.get_running_loop()
        news: asyncio.Queue[Progress | None] = asyncio.Queue()

        def tell(progress: Progress) -> None:
            loop.call_soon_threadsafe(news.put_nowait, progress)

        self._host.listeners.append(tell)
        task = asyncio.ensure_future(self.execute_async(path))

        def over(task: asyncio.Task[Result]) -> None:
            news.put_nowait(None)
            if not task.cancelled():
                task.exception()  # who has left the loop does not want it

        task.add_done_callback(over)
        try:
            while True:
                progress = await news.get()
                if progress is None:
                    break
                yield progress
            await task
        finally:
            self._host.listeners.remove(tell)
            if not task.done():
                task.cancel()
                await asyncio.wait([task])

    def _execute(self, path: Path) -> Result:
        arena = Arena()
        out = ffi.new("ttsslice_result **")
        engines = [each._answering for each in (self._generator, self._transcriber) if each]
        with self._turn:
            if self._executing:
                raise ValueError("this Run is executing already; make another one")
            pointer, self._executing = self._ptr, True
        try:
            with under_way(self.cancel), calling(self._host, *engines) as call:
                code = lib.ttsslice_run_execute(pointer, arena.path(path), out, call.error)
        finally:
            self._executing = False
            self._over.set()
        found = own(out[0], lib.ttsslice_result_unref) if out[0] else None
        result = result_from(found, self._data, os.fsdecode(path)) if found else None
        self._result = result or self._result
        try:
            call.check(code)
        except errors.Error as failure:
            failure.result = failure.result or result
            raise
        assert result is not None
        return result


def check_names(function: str, options: Mapping[str, Any]) -> None:
    """TypeError for an option that there is not."""
    for name in options:
        if name not in RunOptions.__annotations__:
            near = difflib.get_close_matches(name, RunOptions.__annotations__, 1)
            hint = f"; did you mean '{near[0]}'?" if near else "; see help(ttsslice.render)"
            raise TypeError(f"{function}() got an unexpected keyword argument '{name}'{hint}")


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
      progress           progress(Progress), called after every chunk with what it gave; or a bar
                         like that of tqdm

    The voice
      language           ISO 639-1
      audio_prompt_url   voice to imitate; None: the engine's own
      exaggeration       0 to 2
      cfg_weight         0 to 1
      temperature        0 to 5; None: the model's own
      seed               base seed, 0 to 2**53 - 1; each take's own seed is derived from it

    Takes
      n_candidates       takes a round, 1 to 16
      max_retries        further rounds while no take passes, 0 to 10
      whisper_threshold  lowest score that passes, 0 to 100
      rule               "defects": the score, and no defect above its limit; "score": the score
      policy             "best_score", "shortest_passing", "first_passing" or "cleanest"
      takes              "all" of a round, or one after the other "until_pass"
      on_exhaustion      for a chunk none of whose takes passed: "keep_best" of them, marked;
                         "stop" with Exhausted; "silence" in its place; "resplit": two halves,
                         made again
      reference_dbfs     level to come near, as `metadata["summary"]["level_dbfs"]` of an earlier
                         run; one that is far away has the defect "loudness"
      reference_rate     pace to come near, as `metadata["summary"]["rate"]`

    Text and file
      max_phrase_len     longest chunk, in characters
      min_chars_merge    shorter chunks join a neighbour; None: 20, or max_phrase_len if less
      abbreviations      further ones, as in chunk()
      packing            "optimal", "greedy" or "balanced", as in chunk()
      pauses             whether `[pause 1.5s]` and `[pause 500ms]` in the text are pauses
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
      protocol           what the endpoint speaks: "runpod" (default), "plain", "openai"
      speech_model       the model, with openai
      voice              the voice's name, with openai
      schedule           when jobs go out and what they may cost, as ScheduleOptions:
                         {"max_jobs": 500}, or {"price_per_second": 0.00031, "max_cost": 2},
                         stop with LimitError there; {"hedge": True}, {"order": "longest"}, ...

    Functions are called one at a time, on a thread made for the run (so that Ctrl-C works), or on
    the calling thread if that is not the main one; `chunk` always on the calling thread. What they
    raise stops the run and comes out unchanged; TakeError gives up one take.
    """
    options = hidden(options)
    check_names("render", options)
    with Run(text, **options) as run:
        return run.execute(path)


async def render_async(text: Text, path: Path, **options: Unpack[RunOptions]) -> Result:
    """`render()` for an event loop, with the same options; cancelling the task cancels the run."""
    options = hidden(options)
    check_names("render_async", options)
    with Run(text, **options) as run:
        return await run.execute_async(path)
