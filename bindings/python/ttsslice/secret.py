# SPDX-License-Identifier: MIT
"""Keys, held so that they do not show where variables are written down: tracebacks, logs, dumps.

Whatever takes an `api_key` turns it into a Secret in its first line. Tools that report an exception
together with the variables of its frames (`pytest -l`, error trackers) then see the mask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

from ttsslice import errors

M = TypeVar("M", bound=Mapping[str, Any])


class Secret:
    """A key that does not show: `str()` and `repr()` are a mask, and it cannot be pickled.

    Give it as `api_key` wherever one is taken. A str is taken there, too, and is masked within this
    package; what your own variables hold is masked if they hold a Secret. Whether the key can be
    one (str, no NUL, no line ends) is checked where it is used.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str | bytes | Secret) -> None:
        self._value: object = value._value if isinstance(value, Secret) else value

    @classmethod
    def of(cls, value: str | bytes | Secret | None) -> Secret | None:
        """None stays None: the key of the environment, which C reads by itself."""
        return value if value is None or isinstance(value, Secret) else cls(value)

    def reveal(self) -> Any:
        """The key itself."""
        return self._value

    def data(self, what: str) -> bytes:
        """The key as UTF-8 for C; no error shows a part of it, nor do the variables here."""
        problem = self._problem(what)
        if problem is not None:
            raise problem
        return self._value if isinstance(self._value, bytes) else str(self._value).encode()

    def _problem(self, what: str) -> Exception | None:
        if not isinstance(self._value, (str, bytes)):
            return TypeError(f"{what} must be str or Secret, not {type(self._value).__name__}")
        if isinstance(self._value, str) and any("\ud800" <= c <= "\udfff" for c in self._value):
            return errors.TextError(f"{what} has half of a character; read it anew")
        if (b"\0" if isinstance(self._value, bytes) else "\0") in self._value:  # type: ignore
            return errors.ArgumentError(f"{what} contains NUL; remove it")
        return None

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, _memo: object) -> Secret:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "a Secret is not pickled, since it would be readable there; let the other process read "
            "it from its environment"
        )

    def __repr__(self) -> str:
        return "Secret('***')"

    def __str__(self) -> str:
        return "***"


def hidden(options: M) -> M:
    """Options whose `api_key` is a Secret: these, or a copy if theirs was none."""
    key = options.get("api_key")
    if key is None or isinstance(key, Secret):
        return options
    return {**options, "api_key": Secret(key)}  # type: ignore[return-value]
