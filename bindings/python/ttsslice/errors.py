# SPDX-License-Identifier: MIT
"""Exceptions.

Every failure of the library is an `Error` whose fields say what happened; nothing has to be read
out of the message. Each class also inherits the built-in exception that fits: `except ValueError`
or `except TimeoutError` works as anywhere in Python. What an application's own function raises is
not wrapped: it comes back out of the outer call as itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ttsslice._ttsslice import ffi, lib

if TYPE_CHECKING:
    from ttsslice.result import Result


class Error(Exception):
    """Base of all failures of the library.

    `code` is the stable number and `code_name` its name ("TIMEOUT"). The other fields are None
    where they do not apply: `slice` ("validate"), `chunk` (its index), `byte_offset` (in the UTF-8
    input), `http_status`, `retry_after` (seconds), `result` (what a run has so far).
    """

    default_code: ClassVar[int] = lib.TTSSLICE_ERR_INTERNAL

    code: int
    code_name: str
    slice: str | None
    chunk: int | None
    byte_offset: int | None
    http_status: int | None
    retry_after: float | None
    result: Result | None

    def __init__(
        self,
        message: str = "",
        *,
        code: int | None = None,
        slice: str | None = None,
        chunk: int | None = None,
        byte_offset: int | None = None,
        http_status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = self.default_code if code is None else code
        self.code_name = ffi.string(lib.ttsslice_code_name(self.code)).decode()
        self.slice = slice
        self.chunk = chunk
        self.byte_offset = byte_offset
        self.http_status = http_status
        self.retry_after = retry_after
        self.result = None

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[Any, ...]:
        # A result refers to the C library and stays in this process.
        fields = {key: value for key, value in self.__dict__.items() if key != "result"}
        return type(self), self.args, {**fields, "result": None}


class ArgumentError(Error, ValueError):
    """An argument or option is out of range, or not known to this build."""

    default_code = lib.TTSSLICE_ERR_INVALID


class TextError(Error, UnicodeError):
    """The text is not valid UTF-8 or contains NUL; `byte_offset` says where."""

    default_code = lib.TTSSLICE_ERR_TEXT


class EmptyError(Error, ValueError):
    """There is nothing to speak, choose from or join."""

    default_code = lib.TTSSLICE_ERR_EMPTY


class OutOfMemoryError(Error, MemoryError):
    """The library could not get memory."""

    default_code = lib.TTSSLICE_ERR_NOMEM


class FileError(Error, OSError):
    """A file could not be read or written."""

    default_code = lib.TTSSLICE_ERR_IO


class NoSpaceError(FileError):
    """The device is full."""

    default_code = lib.TTSSLICE_ERR_NO_SPACE


class ResourceError(Error, OSError):
    """A thread, socket or other resource was refused."""

    default_code = lib.TTSSLICE_ERR_SYSTEM


class RemoteError(Error):
    """Base of what goes wrong between here and a handler."""


class NetworkError(RemoteError, ConnectionError):
    """No connection, or it broke."""

    default_code = lib.TTSSLICE_ERR_NETWORK


class TimedOutError(RemoteError, TimeoutError):
    """No answer in time."""

    default_code = lib.TTSSLICE_ERR_TIMEOUT


class HttpError(RemoteError):
    """An HTTP status that is an error; see `http_status`."""

    default_code = lib.TTSSLICE_ERR_HTTP


class AuthError(HttpError, PermissionError):
    """The endpoint refused the key."""

    default_code = lib.TTSSLICE_ERR_AUTH


class EndpointError(RemoteError, LookupError):
    """No endpoint was given, or there is none there."""

    default_code = lib.TTSSLICE_ERR_ENDPOINT


class ProtocolError(RemoteError, ValueError):
    """An answer that cannot be understood."""

    default_code = lib.TTSSLICE_ERR_PROTOCOL


class JobError(RemoteError, RuntimeError):
    """The handler says that the job failed."""

    default_code = lib.TTSSLICE_ERR_JOB


class EmptyResultError(JobError):
    """The job completed without a result."""

    default_code = lib.TTSSLICE_ERR_EMPTY_RESULT


class AudioError(Error, ValueError):
    """Audio that cannot be decoded or encoded."""

    default_code = lib.TTSSLICE_ERR_AUDIO


class UnavailableError(Error, RuntimeError):
    """An engine, model or feature is not there."""

    default_code = lib.TTSSLICE_ERR_UNAVAILABLE


class EngineError(Error, RuntimeError):
    """An engine failed on this input."""

    default_code = lib.TTSSLICE_ERR_ENGINE


class TakeError(EngineError):
    """For an application to raise in its own functions: this one take failed, go on without it.

    Any other exception stops the whole call.
    """


class Cancelled(Error):
    """Stopped on request."""

    default_code = lib.TTSSLICE_ERR_CANCELLED


class CallbackError(Error, RuntimeError):
    """A function of the application failed and left no exception behind."""

    default_code = lib.TTSSLICE_ERR_CALLBACK


class Incomplete(Error, RuntimeError):
    """A run finished, but some chunks failed for good.

    The others are in the output, and `result` names all of them.
    """

    default_code = lib.TTSSLICE_ERR_INCOMPLETE


class LimitError(Error, RuntimeError):
    """Not begun: the run is at its limit of jobs or of cost."""

    default_code = lib.TTSSLICE_ERR_LIMIT


class Exhausted(Error, RuntimeError):
    """No take of a chunk passed, and the run was to stop then (`on_exhaustion="stop"`)."""

    default_code = lib.TTSSLICE_ERR_EXHAUSTED


class InternalError(Error, RuntimeError):
    """A defect of the library."""


_BY_CODE: dict[int, type[Error]] = {
    cls.default_code: cls
    for cls in (
        ArgumentError,
        TextError,
        EmptyError,
        OutOfMemoryError,
        FileError,
        NoSpaceError,
        ResourceError,
        NetworkError,
        TimedOutError,
        HttpError,
        AuthError,
        EndpointError,
        ProtocolError,
        JobError,
        EmptyResultError,
        AudioError,
        UnavailableError,
        EngineError,
        Cancelled,
        CallbackError,
        Incomplete,
        LimitError,
        Exhausted,
        InternalError,
    )
}
_BY_CODE[lib.TTSSLICE_ERR_OPTION] = ArgumentError


def class_of(code: int) -> type[Error]:
    """The exception class of a code; `Error` for one that is newer than this package."""
    return _BY_CODE.get(code, Error)


def from_record(code: int, record: Any) -> Error:
    """Makes the exception that goes with a C error record (a `ttsslice_error *`)."""
    message = ffi.string(record.message).decode("utf-8", "replace")
    name = ffi.string(lib.ttsslice_code_name(code)).decode()
    return class_of(code)(
        message or f"failed without a message ({name})",
        code=code,
        slice=ffi.string(lib.ttsslice_slice_name(record.slice)).decode() if record.slice else None,
        chunk=record.chunk if record.chunk >= 0 else None,
        byte_offset=record.byte_offset if record.byte_offset >= 0 else None,
        http_status=record.http_status or None,
        retry_after=record.retry_after_s if record.retry_after_s >= 0 else None,
    )
