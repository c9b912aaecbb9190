# SPDX-License-Identifier: MIT
"""What the friendly modules share: handles, strings, errors, callbacks, log lines.

Callbacks. C calls one `extern "Python"` function per kind of callback; its `user_data` is an
`ffi.new_handle()` of the Python object that answers. An exception there is kept for the outer call
(`calling()`), C is told TTSSLICE_ERR_CALLBACK and one line about it, and when the C call returns
that code the very same exception is raised again. The outer call is usually on the same thread and then known by a
thread-local stack; where the library calls from a thread of its own, every outer call that named
the object gets it.
"""

from __future__ import annotations

import functools
import inspect
import json
import logging
import math
import os
import reprlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from enum import IntEnum
from typing import Any, TypeVar, Union

from ttsslice import errors
from ttsslice._ttsslice import ffi, lib

T = TypeVar("T")
E = TypeVar("E", bound="NamedEnum")
Text = Union[str, bytes]
Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]

logger = logging.getLogger("ttsslice")
logger.addHandler(logging.NullHandler())

# Longest wait in C before Python looks for signals.
SLICE_MS = 200


class NamedEnum(IntEnum):
    """Numbers of the C library under lower-case names: `Break("clause")`, `str(Break.CLAUSE)`."""

    @classmethod
    def _missing_(cls, value: object) -> Any:
        for member in cls:
            if member.name.lower() == value:
                return member
        names = ", ".join(str(member) for member in cls)
        raise errors.ArgumentError(f"{cls.__name__} {value!r} is unknown; use one of {names}")

    @classmethod
    def of(cls: type[E], value: E | str | int) -> E:
        """The member by name or number; an ArgumentError lists the names."""
        return cls(value)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return self.name.lower()


class _Short(reprlib.Repr):
    """What a repr() shows of what may be long: the beginning of text, how many bytes there are."""

    def __init__(self) -> None:
        super().__init__()
        self.maxdict = self.maxlist = self.maxtuple = 6
        self.maxstring = 160
        self.maxother = 120

    def repr_bytes(self, value: bytes, _level: int) -> str:
        """Audio, as a rule."""
        return f"<{len(value):,} bytes>"

    repr_bytearray = repr_memoryview = repr_bytes


short = _Short().repr


def repr_of(value: Any) -> str:
    """The repr() of a dataclass in which what is long is cut."""
    shown = (
        f"{each.name}={short(getattr(value, each.name))}" for each in fields(value) if each.repr
    )
    return f"{type(value).__name__}({', '.join(shown)})"


# --- memory -------------------------------------------------------------------------------------


def own(pointer: Any, free: Callable[[Any], None], *keep: object) -> Any:
    """Returns `pointer` with `free` as its destructor; `keep` lives at least as long as it does."""

    def destroy(dying: Any, _keep: tuple[object, ...] = keep) -> None:
        free(dying)

    return ffi.gc(pointer, destroy)


class Handle:
    """Owns one C object. After `close()` every use is a ValueError; closing twice is allowed.

    Another thread may be using it then: C frees the object once nobody holds its pointer any more.
    Who reads what C has lent (`_get()` and the like) therefore keeps the pointer in a variable, and
    who puts it into a struct keeps it in its Arena (`_options`).
    """

    __slots__ = ("_owned", "_freed", "__weakref__")

    _owned: Any
    _freed: list[bool]

    def _adopt(self, pointer: Any, free: Callable[[Any], None], *keep: object) -> None:
        # The collector finalizes a cycle in any order: a generator in it may still clean up with
        # this object when the pointer is finalized already.
        freed = self._freed = []

        def destroy(dying: Any) -> None:
            freed.append(True)
            free(dying)

        self._owned = own(pointer, destroy, *keep)

    @property
    def _is_open(self) -> bool:
        return self._owned is not None and not self._freed

    @property
    def _ptr(self) -> Any:
        owned = self._owned
        if owned is None or self._freed:
            raise ValueError(f"this {type(self).__name__} is closed")
        return owned

    def close(self) -> None:
        """Gives the C object back: at once, or when the calls that use it have ended."""
        self._owned = None

    def _release(self) -> None:
        """The same at once, whoever holds the pointer: for what sees to it that nobody uses it."""
        owned, self._owned = self._owned, None
        if owned is not None:
            ffi.release(owned)

    def _leave(self) -> None:
        """What it has to do at the end of the process."""

    def __enter__(self: T) -> T:
        self._ptr  # type: ignore[attr-defined]
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def encode(text: Text, what: str = "the text", slice: str | None = None) -> bytes:
    """UTF-8 of a text, which errors call `what`. C names the offset in bytes that are not UTF-8."""
    if isinstance(text, bytes):
        return text
    if not isinstance(text, str):
        raise TypeError(f"{what} must be str or bytes, not {type(text).__name__}")
    try:
        return text.encode()
    except UnicodeEncodeError as problem:
        at = problem.start
        raise errors.TextError(
            f"{what} has half of a character, the lone surrogate U+{ord(text[at]):04X}, at "
            f"character {at}, which UTF-8 cannot hold; remove it, or read the text anew",
            slice=slice,
            byte_offset=len(text[:at].encode()),
        ) from None


def c_string(value: Text, what: str) -> bytes:
    """The same for strings that end at a NUL."""
    data = encode(value, what)
    if b"\0" in data:
        raise errors.ArgumentError(f"{what} contains NUL; remove it", byte_offset=data.index(b"\0"))
    return data


def file_name(value: Path, what: str = "path") -> bytes:
    """A path as the operating system takes it: names that are not UTF-8 pass as Python has them."""
    try:
        name = os.fsencode(value)
    except TypeError:
        raise TypeError(f"{what} must be a path, not {type(value).__name__}") from None
    except UnicodeEncodeError as problem:
        raise errors.ArgumentError(
            f"{what} has the lone surrogate U+{ord(problem.object[problem.start]):04X} at character "
            f"{problem.start}, which no name of a file has; remove it"
        ) from None
    return c_string(name, what)


def decode(pointer: Any, fallback: str = "") -> str:
    """Text of a borrowed C string; `fallback` for NULL."""
    return ffi.string(pointer).decode("utf-8", "replace") if pointer else fallback


def known(value: float) -> float | None:
    """None for NaN, which stands for "unknown" in C."""
    return None if math.isnan(value) else value


def nan(value: float | None) -> float:
    """The other way round."""
    return math.nan if value is None else value


def take_json(pointer: Any) -> Any:
    """Decodes JSON that C handed over, and frees it."""
    return json.loads(take_text(pointer))


def take_text(pointer: Any) -> str:
    """Copies text that C handed over, and frees it."""
    try:
        return str(ffi.string(pointer).decode())
    finally:
        lib.ttsslice_free(pointer)


def give_text(text: str) -> Any:
    """NUL-terminated text in memory that C will free."""
    data = encode(text, "what the application gave") + b"\0"
    memory = lib.ttsslice_alloc(len(data))
    if not memory:
        raise MemoryError
    ffi.memmove(memory, data, len(data))
    return ffi.cast("char *", memory)


# --- calls --------------------------------------------------------------------------------------


class Call:
    """One outer call: its error record, and the exception that came up inside it."""

    __slots__ = ("error", "exception")

    def __init__(self) -> None:
        self.error = ffi.new("ttsslice_error *")
        lib.init_error(self.error)
        self.exception: BaseException | None = None

    def failure(self, code: int) -> BaseException:
        """What to raise for a code that is not 0."""
        if code == lib.TTSSLICE_ERR_CALLBACK and self.exception is not None:
            return self.exception
        return errors.from_record(code, self.error)

    def check(self, code: int) -> None:
        """Raises for a code that is not 0."""
        if code:
            failure = self.failure(code)
            self.exception = None
            try:
                raise failure
            finally:
                del failure  # no cycle through the traceback


_local = threading.local()


@contextmanager
def calling(*answering: Answering | None) -> Iterator[Call]:
    """An outer call on this thread, during which these objects may be asked by C."""
    call = Call()
    stack = _stack()
    stack.append(call)
    for each in answering:
        if each is not None:
            each.calls.append(call)
    try:
        yield call
    finally:
        for each in answering:
            if each is not None:
                each.calls.remove(call)
        stack.pop()


def _stack() -> list[Call]:
    stack: list[Call] | None = getattr(_local, "stack", None)
    if stack is None:
        stack = _local.stack = []
    return stack


class Answering:
    """A Python object that answers C. Its `ffi.new_handle()` is the user_data to give along, and
    has to be kept as long as C may call; it keeps the object, so the object does not keep it."""

    def __init__(self) -> None:
        self.calls: list[Call] = []


def _deliver(exception: BaseException, answering: Answering | None) -> None:
    stack = _stack()
    waiting = stack[-1:] or (list(answering.calls) if answering else [])
    for call in waiting:
        call.exception = exception
    if not waiting:
        logger.error("a function of the application failed", exc_info=exception)


def answers(function: Callable[..., None]) -> Callable[..., int]:
    """Makes a function what C calls: (self, ..., err) from (..., err, user_data), or without err.

    A TakeError gives its own code: only this take fails. Everything else, KeyboardInterrupt
    included, stops the outer call, which raises it again; what the error record says about it is
    for those who cannot catch it, the clients of a server.
    """

    takes_error = "err" in inspect.signature(function).parameters

    def escaped(_type: object, exception: BaseException, traceback: Any) -> None:
        # Outside the try below: an interrupt in the very first or last moment.
        _deliver(exception.with_traceback(traceback), None)

    @functools.wraps(function)
    def callback(*arguments: Any) -> int:
        answering = ffi.from_handle(arguments[-1])
        try:
            function(answering, *arguments[:-1])
        except BaseException as problem:
            if isinstance(problem, errors.TakeError) and takes_error:
                given_up = "the application gave this take up without a message"
                fill_error(arguments[-2], problem.code, str(problem) or given_up)
                return problem.code
            _deliver(problem, answering)
            if takes_error:
                fill_error(arguments[-2], lib.TTSSLICE_ERR_CALLBACK, _described(problem))
            return int(lib.TTSSLICE_ERR_CALLBACK)
        return 0

    decorate = ffi.def_extern(
        name=function.__name__, error=lib.TTSSLICE_ERR_CALLBACK, onerror=escaped
    )
    return decorate(callback)


def _described(problem: BaseException) -> str:
    """Type and message, as in the last line of a traceback."""
    kind = type(problem).__name__
    try:
        message = str(problem)
    except Exception:  # a __str__ of the application
        message = ""
    return f"{kind}: {message}" if message else kind


def fill_error(record: Any, code: int, message: str) -> None:
    """Fills a C error record, in one line that is cut where it gets too long; NULL is allowed."""
    if not record:
        return
    line = " ".join(message.replace("\0", " ").split()).encode("utf-8", "replace")
    cut = line[: lib.TTSSLICE_ERROR_MESSAGE_MAX - 1].decode("utf-8", "ignore").encode()
    record.code = code
    ffi.memmove(record.message, cut + b"\0", len(cut) + 1)


# --- log lines ----------------------------------------------------------------------------------


@ffi.def_extern()
def ttspy_log(level: int, module: Any, line: Any, _user_data: Any) -> None:
    """Hands a line of the library to `logging`; the numbers of the levels are the same."""
    name = decode(module)
    target = logger.getChild(name) if name else logger
    target.log(level, "%s", decode(line))
