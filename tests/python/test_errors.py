# SPDX-License-Identifier: MIT
"""Exceptions: one class per code, fields instead of messages to parse."""

import pickle
import types

import pytest

import ttsslice
from ttsslice import errors
from ttsslice._lib import _described, fill_error
from ttsslice._ttsslice import ffi, lib

CODES = {
    name: getattr(lib, name) for name in dir(lib) if name.startswith("TTSSLICE_ERR_")
}


def test_every_code_has_a_class():
    for name, code in CODES.items():
        if name == "TTSSLICE_ERR_END":
            continue
        assert errors.class_of(code) is not errors.Error, name
    assert errors.class_of(-12345) is errors.Error


@pytest.mark.parametrize(
    "cls, builtin",
    [
        (ttsslice.ArgumentError, ValueError),
        (ttsslice.TextError, UnicodeError),
        (ttsslice.EmptyError, ValueError),
        (ttsslice.OutOfMemoryError, MemoryError),
        (ttsslice.FileError, OSError),
        (ttsslice.NoSpaceError, OSError),
        (ttsslice.NetworkError, ConnectionError),
        (ttsslice.TimedOutError, TimeoutError),
        (ttsslice.AuthError, PermissionError),
        (ttsslice.EndpointError, LookupError),
        (ttsslice.AudioError, ValueError),
        (ttsslice.EngineError, RuntimeError),
    ],
)
def test_builtins(cls, builtin):
    assert issubclass(cls, builtin) and issubclass(cls, ttsslice.Error)
    assert str(cls("what to do")) == "what to do"


def test_fields_come_from_the_record():
    record = ffi.new("ttsslice_error *")
    lib.init_error(record)
    plain = errors.from_record(lib.TTSSLICE_ERR_IO, record)
    assert (plain.slice, plain.chunk, plain.byte_offset, plain.http_status, plain.retry_after) == (
        None,
    ) * 5
    record.slice, record.chunk, record.byte_offset = lib.TTSSLICE_SLICE_DISPATCH, 3, 0
    record.http_status, record.retry_after_s = 429, 1.5
    record.message = "slow down".encode()
    error = errors.from_record(lib.TTSSLICE_ERR_HTTP, record)
    assert type(error) is ttsslice.HttpError
    assert str(error) == "slow down"
    assert (error.code, error.code_name) == (lib.TTSSLICE_ERR_HTTP, "HTTP")
    assert (error.slice, error.chunk, error.byte_offset) == ("dispatch", 3, 0)
    assert (error.http_status, error.retry_after) == (429, 1.5)


def test_pickle():
    error = ttsslice.TextError("bad", byte_offset=7, slice="chunk")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is ttsslice.TextError
    assert (str(copy), copy.byte_offset, copy.slice) == ("bad", 7, "chunk")


def test_a_record_is_filled_with_one_line():
    record = ffi.new("ttsslice_error *")
    for message, line in (
        ("two\nlines\0", "two lines"),
        ("x" * 510 + "\u00e4", "x" * 510),
        ("x" * 509 + "\u00e4", "x" * 509 + "\u00e4"),
        ("\u20ac" * 300, "\u20ac" * 170),
        ("a\ud800b", "a?b"),
    ):
        fill_error(record, lib.TTSSLICE_ERR_CALLBACK, message)
        assert ffi.string(record.message).decode() == line
    fill_error(ffi.NULL, lib.TTSSLICE_ERR_CALLBACK, "nobody asked")


def test_what_cannot_be_described_has_a_name():
    class Broken(Exception):
        def __str__(self):
            raise ZeroDivisionError

    assert _described(Broken()) == "Broken"
    assert _described(KeyboardInterrupt()) == "KeyboardInterrupt"
    assert _described(KeyError("voice")) == "KeyError: 'voice'"


def test_nothing_else_is_public():
    shown = {name for name in dir(ttsslice) if not name.startswith("_")}
    rest = shown - set(ttsslice.__all__)
    assert all(isinstance(getattr(ttsslice, name), types.ModuleType) for name in rest), rest


def test_all_names_exist():
    for name in ttsslice.__all__:
        assert getattr(ttsslice, name).__doc__ or name == "Job", name
    assert ttsslice.__version__ == ffi.string(lib.ttsslice_version_string()).decode()


def test_older_library_is_refused(monkeypatch):
    class Old:
        TTSSLICE_VERSION_MAJOR, TTSSLICE_VERSION_MINOR = 0, 1

        def __init__(self, number):
            self.ttsslice_version = lambda: number
            self.ttsslice_version_string = lambda: ffi.new("char[]", b"x")

    check = ttsslice._check_library
    for number, fits in ((99, False), (100, True), (105, True), (300, True), (10100, False)):
        monkeypatch.setitem(check.__globals__, "_lib_c", Old(number))
        if fits:
            assert check() == "x"
        else:
            with pytest.raises(ImportError, match="0.1"):
                check()
