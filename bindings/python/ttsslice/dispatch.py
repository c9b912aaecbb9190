# SPDX-License-Identifier: MIT
"""Slice "dispatch": jobs go to a handler, results come back, in the order they complete."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Union

from ttsslice import errors
from ttsslice._lib import SLICE_MS, Handle, Path, calling, decode, encode, repr_of, take_json
from ttsslice._options import BACKOFF, Arena, assign, c_logger, listed, named, number, set_backoff
from ttsslice._ttsslice import ffi, lib
from ttsslice._work import stays_with_its_process, under_way
from ttsslice.audio import Audio
from ttsslice.secret import Secret, hidden

# A job's `input`: a dict, or its JSON.
Job = Union["dict[str, Any]", str, bytes]

ORDERS = ("given", "longest", "index")
SOURCES = ("submitted", "collected", "journal")


@dataclass(frozen=True, repr=False)
class JobResult:
    """What became of one job. `output` is the handler's, None on failure.

    Audio in the output was decoded while it arrived: "attachment:N" stands in the place of its
    base64, and `attachments[N]` is the file. `audio` finds it by itself. `source` is "submitted", or
    where an earlier run had paid for it "collected" (from the endpoint) or "journal".

    `index` is the number of the job, from 0 in the order they were given. Times are -1 where
    unknown; `retryable` says that the same job may succeed later. `possible_duplicates` counts
    submissions that were repeated though the one before may have arrived, `retries` those times that
    the platform itself began anew.
    """

    index: int
    output: Any
    code: int
    code_name: str
    error: str
    error_code: str
    retryable: bool
    job_id: str
    worker_id: str
    http_status: int | None
    attempts: int
    retry_after: float | None
    delay_ms: int
    execution_ms: int
    elapsed_ms: int
    attachments: tuple[bytes, ...] = ()
    source: str = "submitted"
    possible_duplicates: int = 0
    retries: int = 0
    hedges: int = 0
    hedge_won: bool = False
    billed_ms: int = 0
    cost: float | None = None

    __repr__ = repr_of

    @property
    def ok(self) -> bool:
        """Whether there is an output."""
        return self.code == 0

    @property
    def audio(self) -> Audio | None:
        """The audio in the output, decoded anew each time; None if it has none."""
        return self._audio_of(self.output)

    @property
    def candidate_audio(self) -> list[Audio | None]:
        """That of each of the output's `candidates`."""
        candidates = self.output.get("candidates") if isinstance(self.output, dict) else None
        return [self._audio_of(candidate) for candidate in candidates or []]

    def _audio_of(self, item: Any) -> Audio | None:
        encoded = item.get("audio_base64") if isinstance(item, dict) else None
        if encoded is None:
            return None
        mark, _, number = encoded.partition(":")
        if mark == "attachment" and number.isdecimal():
            return Audio.decode(self.attachments[int(number)])
        return Audio.decode_base64(encoded)

    def raise_for_error(self) -> None:
        """Raises what went wrong, if something did."""
        if self.code:
            raise errors.class_of(self.code)(
                self.error,
                code=self.code,
                slice="dispatch",
                chunk=self.index,
                http_status=self.http_status,
                retry_after=self.retry_after,
            )


class ScheduleOptions(TypedDict, total=False):
    """What else there is for jobs, with the defaults: when they go out, and what they may cost.

    `order` ("given"): "longest" text first, so that all are done sooner, or smallest "index" first,
    and then none more than `window` (any) ahead of the first that is missing. `hedge` (False): a job
    that runs much longer than others of its length is submitted a second time, the first good answer
    counts and the other is cancelled; at most one in twenty, and only while workers are idle.
    `price_per_second` of a worker (not known) gives `cost`; `max_cost` and `max_jobs` (any) bound
    what is submitted, and the jobs past them end with LimitError. `expected_s` (0.8) and
    `expected_s_per_char` (0.02): what a job takes, until the run itself tells. `trace`: a file that
    receives what happens to each job, as JSON Lines.
    """

    order: str
    window: int | None
    hedge: bool
    price_per_second: float | None
    max_cost: float | None
    max_jobs: int | None
    expected_s: float | None
    expected_s_per_char: float | None
    trace: Path | None


@dataclass(frozen=True)
class Totals:
    """A dispatcher's run in numbers, so far; `left`: what is expected of the jobs not yet done,
    `left_stopped` of which a limit is expected to stop: these are in no other estimate.

    `saved` of those done were paid for by an earlier run; `stopped` were not submitted for `max_jobs`
    or `max_cost`. `retries` and `hedges` are among the `submissions`. Costs are None where no
    `price_per_second` was given.
    """

    jobs: int
    done: int
    failed: int
    stopped: int
    saved: int
    submissions: int
    retries: int
    hedges: int
    hedges_won: int
    possible_duplicates: int
    billed_ms: int
    cost: float | None
    left: int
    left_billed_ms: int
    left_cost: float | None
    left_elapsed_ms: int
    left_stopped: int


def totals_from(item: Any) -> Totals:
    """Reads a `ttsslice_dispatch_totals *`."""
    values = {name: getattr(item, name) for name in Totals.__dataclass_fields__}
    for name in ("cost", "left_cost"):
        values[name] = values[name] if values[name] >= 0 else None
    return Totals(**values)


class Dispatcher(Handle):
    """Jobs on their way. Used by one thread at a time, or ValueError; `cancel()` by any, at any time.

    `endpoint` is the whole prefix, "https://api.runpod.ai/v2/ID"; None: from TTSSLICE_ENDPOINT or
    RUNPOD_ENDPOINT_ID. `api_key` None: from RUNPOD_API_KEY; "": none. `backoff` are the seconds to
    wait before the second, third, ... try. `journal` is a folder that keeps job ids and results, so
    that a program started again pays only for what is missing; one at a time may use it.
    `ca_file` holds certificates (PEM) in the place of the system's; `insecure` lets the key travel
    unencrypted to another machine.

    `protocol` is what the endpoint speaks: "runpod", "plain" (the job is POSTed to the URL and the
    answer is its result) or "openai" (/v1/audio/speech, with `speech_model` and `voice`); None: from
    TTSSLICE_PROTOCOL, else "runpod". The key then comes from TTSSLICE_API_KEY or OPENAI_API_KEY.
    `schedule`: when jobs go out and what they may cost, as ScheduleOptions.
    EndpointError, ArgumentError, OSError.
    """

    __slots__ = ("_turn", "_busy")

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        api_key: str | Secret | None = None,
        max_in_flight: int = 25,
        backoff: Sequence[float] = BACKOFF,
        request_timeout_s: float = 30.0,
        job_timeout_s: float = 900.0,
        poll_interval_s: float = 0.1,
        max_reply_bytes: int | None = None,
        journal: Path | None = None,
        ca_file: Path | None = None,
        insecure: bool = False,
        protocol: str | None = None,
        speech_model: str | None = None,
        voice: str | None = None,
        schedule: ScheduleOptions | None = None,
    ) -> None:
        api_key = Secret.of(api_key)
        self._turn = threading.RLock()  # of cancel() and close(), which may come from others, and `_busy`
        self._busy = False
        arena = Arena()
        options = options_of(
            arena,
            endpoint,
            api_key,
            max_in_flight,
            backoff,
            request_timeout_s,
            job_timeout_s,
            poll_interval_s,
            max_reply_bytes,
            journal,
            ca_file,
            insecure,
            protocol,
            speech_model,
            voice,
            schedule,
        )
        out = ffi.new("ttsslice_dispatcher **")
        with calling() as call:
            call.check(lib.ttsslice_dispatcher_new(options, out, call.error))
        self._adopt(out[0], lib.ttsslice_dispatcher_free)
        stays_with_its_process(self)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[Any]:
        """The C object, for one at a time."""
        with self._turn:
            pointer = self._ptr
            self._refuse_if_busy()
            self._busy = True
        try:
            yield pointer
        finally:
            self._busy = False

    def _refuse_if_busy(self) -> None:
        if self._busy:
            raise ValueError("this Dispatcher is at work in another thread; give each one of its own")

    def submit(self, index: int, job: Job) -> None:
        """Queues a job; `index` comes back with its result."""
        data = encode(json.dumps(job) if isinstance(job, dict) else job, "a job")
        place = number("int64_t", index, "index")
        with self._alone() as pointer, calling() as call:
            call.check(
                lib.ttsslice_dispatcher_submit(
                    pointer, place, ffi.from_buffer(data), len(data), call.error
                )
            )

    @property
    def pending(self) -> int:
        """Jobs queued or in flight."""
        with self._alone() as pointer:
            return int(lib.ttsslice_dispatcher_pending(pointer))

    @property
    def totals(self) -> Totals:
        """What has happened, and what is expected: before `next()` an estimate of the whole run."""
        with self._alone() as pointer:
            return totals_from(lib.ttsslice_dispatcher_totals(pointer))

    def next(self) -> JobResult | None:
        """Works until one job is done, and returns what became of it; None if no job is left."""
        out = ffi.new("ttsslice_job_result const **")
        with under_way(self.cancel), self._alone() as pointer:
            while True:
                with calling() as call:
                    code = lib.ttsslice_dispatcher_next(pointer, SLICE_MS, out, call.error)
                    if code == lib.TTSSLICE_ERR_END:
                        return None
                    if code != lib.TTSSLICE_ERR_TIMEOUT:
                        call.check(code)
                        return _result(out[0])

    def reject(self) -> None:
        """The result that came last is of no use: the journal forgets it."""
        with self._alone() as pointer:
            lib.ttsslice_dispatcher_reject(pointer)

    def cancel(self) -> None:
        """Stops everything, from any thread; `next()` raises Cancelled. Once closed: nothing."""
        with self._turn:
            if self._is_open:
                lib.ttsslice_dispatcher_cancel(self._owned)

    def close(self) -> None:
        """Gives the C object back now; what is under way is cancelled. ValueError while it works."""
        with self._turn:
            if self._is_open:
                self._refuse_if_busy()
            self._release()

    def _leave(self) -> None:
        with contextlib.suppress(ValueError):
            self.close()


def options_of(
    arena: Arena,
    endpoint: str | None,
    api_key: Secret | None,
    max_in_flight: int,
    backoff: Sequence[float],
    request_timeout_s: float,
    job_timeout_s: float,
    poll_interval_s: float,
    max_reply_bytes: int | None,
    journal: Path | None = None,
    ca_file: Path | None = None,
    insecure: bool = False,
    protocol: str | None = None,
    speech_model: str | None = None,
    voice: str | None = None,
    schedule: ScheduleOptions | None = None,
) -> Any:
    """A `ttsslice_dispatch_options *`."""
    options = arena.struct("dispatch_options")
    options.endpoint = arena.string(endpoint, "endpoint")
    options.api_key = arena.secret(api_key, "api_key")
    set_backoff(arena, options, backoff)
    assign(
        options, max_in_flight=max_in_flight, request_timeout_s=request_timeout_s,
        job_timeout_s=job_timeout_s, poll_interval_s=poll_interval_s, insecure=insecure,
    )
    if max_reply_bytes is not None:
        assign(options, max_reply_bytes=max_reply_bytes)
    options.journal = arena.path(journal, "journal")
    options.ca_file = arena.path(ca_file, "ca_file")
    options.protocol = arena.string(protocol, "protocol")
    options.speech_model = arena.string(speech_model, "speech_model")
    options.voice = arena.string(voice, "voice")
    options.logger = c_logger(arena)
    _set_schedule(arena, options, named(schedule, "schedule", "{'max_jobs': 500}"))
    return options


def _set_schedule(arena: Arena, options: Any, given: ScheduleOptions) -> None:
    """None stands for the default."""
    for name, value in given.items():
        if name not in ScheduleOptions.__annotations__:
            raise TypeError(f"there is no option '{name}'; see help(ttsslice.ScheduleOptions)")
        if value is None:
            continue
        if name == "order":
            if value not in ORDERS:
                raise ValueError(f"order must be given, longest or index, not {value!r}")
            value = ORDERS.index(str(value))
        elif name == "trace":
            value = arena.path(value, name)  # type: ignore[arg-type]
        assign(options, **{name: value})


def _result(item: Any) -> JobResult:
    return JobResult(
        item.index,
        json.loads(ffi.buffer(item.output, item.output_length)[:]) if item.output else None,
        item.code,
        decode(lib.ttsslice_code_name(item.code)),
        decode(item.error),
        decode(item.error_code),
        bool(item.retryable),
        decode(item.job_id),
        decode(item.worker_id),
        item.http_status or None,
        item.attempts,
        item.retry_after_s if item.retry_after_s >= 0 else None,
        item.delay_ms,
        item.execution_ms,
        item.elapsed_ms,
        tuple(
            ffi.buffer(item.attachments[i].bytes, item.attachments[i].size)[:]
            for i in range(item.attachment_count)
        ),
        SOURCES[item.source],
        item.possible_duplicates,
        item.retries,
        item.hedges,
        bool(item.hedge_won),
        item.billed_ms,
        item.cost if item.cost >= 0 else None,
    )


def dispatch(
    jobs: Iterable[Job],
    endpoint: str | None = None,
    *,
    max_in_flight: int = 25,
    **options: Any,
) -> Iterator[JobResult]:
    """Sends jobs to a handler and yields their results in the order they complete.

    Jobs are taken from the iterable as places become free. A job that failed is a result with a
    `code`, not an exception. Closing the iterator, or leaving the loop by an exception, cancels
    what is under way. Options as for `Dispatcher`, whose errors are raised here at once.
    """
    options = hidden(options)
    jobs = listed(jobs, "jobs", "jobs")
    dispatcher = Dispatcher(endpoint, max_in_flight=max_in_flight, **options)
    return _results(dispatcher, iter(jobs), max_in_flight)


def _results(
    dispatcher: Dispatcher, jobs: Iterator[Job], max_in_flight: int
) -> Iterator[JobResult]:
    numbered = enumerate(jobs)
    with dispatcher:
        while True:
            while dispatcher.pending < max_in_flight:
                following = next(numbered, None)
                if following is None:
                    break
                dispatcher.submit(*following)
            result = dispatcher.next()
            if result is None:
                return
            yield result


def health(
    endpoint: str | None = None, *, api_key: str | Secret | None = None
) -> dict[str, Any]:
    """What `{endpoint}/health` answers. NetworkError, TimedOutError, HttpError, AuthError."""
    api_key = Secret.of(api_key)
    arena = Arena()
    options = options_of(arena, endpoint, api_key, 25, BACKOFF, 30.0, 900.0, 0.1, None)
    out = ffi.new("char **")
    with calling() as call:
        call.check(lib.ttsslice_endpoint_health(options, out, call.error))
    return dict(take_json(out[0]))
