# SPDX-License-Identifier: MIT
"""The other end: a job in, its result out, over any generator and transcriber.

A GPU worker calls `handle_job()`; a `Server` serves the same over HTTP in the manner of a RunPod
endpoint, on this machine.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Hashable
from typing import Any, Literal

from ttsslice._lib import Handle, calling, decode, encode, take_json
from ttsslice._options import Arena, assign, c_logger
from ttsslice._ttsslice import ffi, lib
from ttsslice._work import stays_with_its_process
from ttsslice.engine import (
    GenerateFunction,
    Generator,
    TranscribeFunction,
    Transcriber,
    generator_from,
    transcriber_from,
)
from ttsslice.secret import Secret


class Handler(Handle):
    """Does jobs. Immutable; jobs may be handled on several threads at once.

    `generate` is a function `generate(text, **params)` or a Generator; `transcribe` a function
    `transcribe(audio, sample_rate, text, language)` or a Transcriber. None is the embedded engine
    where this build has it. `transcribe=False` means no recogniser, as does None in a build
    without one: jobs of slice 3 and 4 are then refused. UnavailableError if there is nothing to
    generate with, or no model for the embedded recogniser.
    """

    __slots__ = ("_generator", "_transcriber")

    def __init__(
        self,
        generate: Generator | GenerateFunction | None = None,
        transcribe: Transcriber | TranscribeFunction | Literal[False] | None = None,
        *,
        max_text_bytes: int | None = None,
        max_result_bytes: int | None = None,
    ) -> None:
        self._generator = generator_from(generate)
        self._transcriber = _recogniser(transcribe)
        arena = Arena()
        options = arena.struct("handler_options")
        options.generator = arena.keep(self._generator._ptr)
        options.transcriber = (
            ffi.NULL if self._transcriber is None else arena.keep(self._transcriber._ptr)
        )
        if max_text_bytes is not None:
            assign(options, max_text_bytes=max_text_bytes)
        if max_result_bytes is not None:
            assign(options, max_result_bytes=max_result_bytes)
        out = ffi.new("ttsslice_handler **")
        with calling() as call:
            call.check(lib.ttsslice_handler_new(options, out, call.error))
        self._adopt(out[0], lib.ttsslice_handler_unref, self._generator, self._transcriber)

    def handle(self, job: dict[str, Any] | str | bytes) -> dict[str, Any]:
        """Does one job, {"input": {...}} or its JSON, and returns the handler's output.

        A job that fails gives {"error", "error_code", "retryable"} and no exception. What your
        own function raises comes out as it is, but for TakeError, which fails one take: let it go
        on to the SDK of a GPU worker, which reports the job as FAILED with it.
        """
        data = encode(json.dumps(job) if isinstance(job, dict) else job, "a job")
        out = ffi.new("char **")
        transcriber = self._transcriber._answering if self._transcriber else None
        with calling(self._generator._answering, transcriber) as call:
            call.check(
                lib.ttsslice_handle_job(
                    self._ptr, ffi.from_buffer(data), len(data), out, call.error
                )
            )
        return dict(take_json(out[0]))

    __call__ = handle


def _recogniser(
    transcribe: Transcriber | TranscribeFunction | Literal[False] | None,
) -> Transcriber | None:
    if transcribe is None and not lib.ttsslice_feature_supported(b"sphinx"):
        return None
    return None if transcribe is False else transcriber_from(transcribe)


@functools.lru_cache(maxsize=8)
def _cached(
    generate: Generator | GenerateFunction | None,
    transcribe: Transcriber | TranscribeFunction | Literal[False] | None,
) -> Handler:
    return Handler(generate, transcribe)


def handle_job(
    job: dict[str, Any] | str | bytes,
    generate: Generator | GenerateFunction | None = None,
    transcribe: Transcriber | TranscribeFunction | Literal[False] | None = None,
) -> dict[str, Any]:
    """Does one job: what a GPU worker calls for every job that it gets.

    `generate(text, **params)` and `transcribe(audio, sample_rate, text, language)` are functions
    or engines, by the rule of `Handler`: None is the embedded engine where this build has it,
    `transcribe=False` means no recogniser. The handler is made once for the same two, if they can
    be hashed.

    A job that fails gives {"error", "error_code", "retryable"} and no exception. What your own
    function raises comes out as it is, but for TakeError, which fails one take: let it go on to
    the SDK of a GPU worker, which reports the job as FAILED with it.
    """
    if isinstance(generate, Hashable) and isinstance(transcribe, Hashable):
        return _cached(generate, transcribe).handle(job)
    return Handler(generate, transcribe).handle(job)


class Server(Handle):
    """A RunPod-compatible endpoint on this machine, until it is closed: use it in `with`.

    `handler` is a Handler, or what `Handler` takes as `generate`. Jobs run on threads of the
    library. What a function of the application raises there fails the job, whose client gets it
    as one line ("RuntimeError: out of memory"), and is logged with its traceback.
    `latency_s` and `fail_rate` are for tests. `port` 0 is any free one.
    """

    __slots__ = ("_handler", "_endpoint")

    def __init__(
        self,
        handler: Handler | Generator | GenerateFunction | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        workers: int = 1,
        endpoint_id: str | None = None,
        api_key: str | Secret | None = None,
        latency_s: float = 0.0,
        fail_rate: float = 0.0,
        fail_seed: int = 0,
        max_queue: int | None = None,
        retention_s: int | None = None,
    ) -> None:
        api_key = Secret.of(api_key)
        self._handler = handler if isinstance(handler, Handler) else Handler(handler)
        arena = Arena()
        options = arena.struct("server_options")
        options.handler = arena.keep(self._handler._ptr)
        options.host = arena.string(host, "host")
        options.endpoint_id = arena.string(endpoint_id, "endpoint_id")
        options.api_key = arena.secret(api_key, "api_key")
        assign(
            options, port=port, workers=workers, latency_s=latency_s, fail_rate=fail_rate,
            fail_seed=fail_seed,
        )
        if max_queue is not None:
            assign(options, max_queue=max_queue)
        if retention_s is not None:
            assign(options, retention_s=retention_s)
        options.logger = c_logger(arena)
        out = ffi.new("ttsslice_server **")
        with calling() as call:
            call.check(lib.ttsslice_server_new(options, out, call.error))
        self._endpoint = decode(lib.ttsslice_server_endpoint(out[0]))
        self._adopt(out[0], lib.ttsslice_server_free, self._handler)
        stays_with_its_process(self)

    @property
    def endpoint(self) -> str:
        """The prefix to give to `dispatch()` and `render()`."""
        self._ptr
        return self._endpoint

    def close(self) -> None:
        """Stops the server now; jobs under way are ended."""
        self._release()

    _leave = close  # its threads, which call Python, must be gone before the interpreter is
