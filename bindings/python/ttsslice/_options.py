# SPDX-License-Identifier: MIT
"""Options on their way into C: where they live meanwhile, and which one it is that does not fit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ttsslice import errors
from ttsslice._lib import Path, Text, c_string, file_name, logger
from ttsslice._ttsslice import ffi, lib
from ttsslice.secret import Secret

T = TypeVar("T")

# Seconds before the second, third, ... try of a request.
BACKOFF = (0.5, 1.0, 2.0)


class Arena:
    """Options on their way into C: keeps alive what their pointers point to."""

    def __init__(self) -> None:
        self._items: list[Any] = []

    def keep(self, item: T) -> T:
        """Holds any object and returns it."""
        self._items.append(item)
        return item

    def struct(self, name: str) -> Any:
        """A `ttsslice_NAME` with the defaults of its header."""
        item = ffi.new(f"ttsslice_{name} *")
        getattr(lib, f"init_{name}")(item)
        return self.keep(item)

    def string(self, value: Text | None, what: str) -> Any:
        """NUL-terminated UTF-8, or NULL for None; `what` names it in the error about a NUL."""
        if value is None:
            return ffi.NULL
        return self.keep(ffi.new("char[]", c_string(value, what)))

    def secret(self, value: Secret | None, what: str) -> Any:
        """The same for a key, which no variable of a frame shows on the way."""
        return ffi.NULL if value is None else self.keep(ffi.new("char[]", value.data(what)))

    def path(self, value: Path | None, what: str = "path") -> Any:
        """A file name as the operating system takes it, or NULL for None."""
        return ffi.NULL if value is None else self.keep(ffi.new("char[]", file_name(value, what)))

    def array(self, kind: str, values: Sequence[Any], what: str) -> Any:
        """A C array of numbers of `kind`."""
        try:
            return self.keep(ffi.new(f"{kind}[]", values))
        except (TypeError, OverflowError):
            return self.keep(
                ffi.new(f"{kind}[]", [number(kind, each, f"{what}[{i}]") for i, each in
                                      enumerate(values)])
            )


def assign(struct: Any, **values: Any) -> None:
    """Sets numbers of a struct; an error names the one that is none, or far too large."""
    for name, value in values.items():
        try:
            setattr(struct, name, value)
        except (TypeError, OverflowError) as problem:
            real = isinstance(getattr(struct, name), float)
            failure = _misfit(value, name, real, isinstance(problem, OverflowError))
            raise failure from None


def number(kind: str, value: Any, name: str) -> Any:
    """The same for an argument: the number of C's `kind` that `value` is."""
    try:
        return ffi.new(f"{kind}[1]", [value])[0]  # for a pointer None would be no value, and 0
    except (TypeError, OverflowError) as problem:
        failure = _misfit(value, name, kind == "double", isinstance(problem, OverflowError))
        raise failure from None


def _misfit(value: Any, name: str, real: bool, overflow: bool) -> Exception:
    if overflow:
        bits = int(value).bit_length()
        shown = value if bits <= 256 else f"a number of {bits} bits"
        return errors.ArgumentError(f"{name} is {shown}, which is far out of range")
    kind = "whole number" if isinstance(value, (float, str)) and not real else "number"
    given = repr(value) if isinstance(value, float) else type(value).__name__
    return TypeError(f"{name} must be a {kind}, not {given}")


def listed(values: Any, what: str, items: str) -> Any:
    """`values`, unless they are one where several are meant: a text, a dict, a number."""
    one = isinstance(values, (str, bytes, bytearray, os.PathLike, Mapping))
    if one or not (isinstance(values, Iterable) or hasattr(values, "__getitem__")):
        raise TypeError(f"{what} must be a list of {items}, not {type(values).__name__}")
    return values


def named(options: Any, what: str, example: str) -> Any:
    """Options by name, {} for None; TypeError for what has no names."""
    if options is not None and not isinstance(options, Mapping):
        raise TypeError(f"{what} must be a dict such as {example}, not {type(options).__name__}")
    return options or {}


def set_backoff(arena: Arena, options: Any, backoff: Sequence[float]) -> None:
    """The seconds before further tries; none is one try."""
    waits = list(listed(backoff, "backoff", "seconds"))
    options.backoff_s = arena.array("double", waits or [0.0], "backoff")
    options.backoff_count = len(waits)


def c_logger(arena: Arena) -> Any:
    """A `ttsslice_logger *` that leads to `logging`; lines that nobody wants are not made."""
    record = arena.struct("logger")
    record.fn = lib.ttspy_log
    record.level = logger.getEffectiveLevel()
    return record
