# SPDX-License-Identifier: MIT
"""A key does not show: in no variable of a frame of the package, whatever fails there, in no repr."""

import asyncio
import copy
import os
import pickle
import traceback
from pathlib import Path

import pytest

import ttsslice
from conftest import listen, tone
from ttsslice import Secret, bisect, redo

KEY = "sk-a-key-that-must-not-show-4711"
NOBODY = "http://127.0.0.1:9/v2/none"
PACKAGE = os.path.dirname(ttsslice.__file__)
HANDLER = ttsslice.feature_supported("server")
CHUNK = ttsslice.ChunkResult(**{**dict.fromkeys(ttsslice.ChunkResult.__dataclass_fields__),
                                "text": "Rain.", "candidates": ()})
TWO = {"generator": tone, "transcriber": listen, "endpoint": NOBODY}


def seen(value, depth=3):
    """All that a tool may write down of a value."""
    yield repr(value)
    yield str(value)
    if depth:
        for inner in vars(value).values() if hasattr(value, "__dict__") else ():
            yield from seen(inner, depth - 1)
        if isinstance(value, dict):
            value = [*value.keys(), *value.values()]
        for inner in value if isinstance(value, (list, tuple, set)) else ():
            yield from seen(inner, depth - 1)


def chain(problem):
    """An exception and those behind it, whether they are to be shown or not."""
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__


def assert_hidden(problem):
    frames = 0
    for each in chain(problem):
        assert KEY not in repr(each) + str(each)
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if os.path.dirname(frame.f_code.co_filename) == PACKAGE:
                frames += 1
                for name, value in frame.f_locals.items():
                    for text in seen(value):
                        assert KEY not in text, (frame.f_code.co_name, name)
    assert frames, "it failed before it was called"


def boom(*_, **__):
    raise ZeroDivisionError("boom")


def failing_render(**options):
    return ttsslice.render("Rain.", "o.wav", **options)


# What takes a key, and options that fail at its very beginning, on its way, and in C.
ENTRIES = {
    "dispatcher": (ttsslice.Dispatcher, [
        {}, {"endpoint": "ftp://x"}, {"endpoint": NOBODY, "backoff": "x"},
        {"endpoint": NOBODY, "max_in_flight": -1}, {"endpoint": NOBODY, "schedule": {"x": 1}}]),
    "dispatch": (lambda **o: ttsslice.dispatch([], **o), [
        {}, {"no_option": 1}, {"endpoint": NOBODY, "max_in_flight": 0}]),
    "health": (ttsslice.health, [{}, {"endpoint": NOBODY}]),
    "model": (ttsslice.RemoteModel, [{}, {"sr": 0}, {"endpoint": NOBODY, "no_option": 1}]),
    "model.generate": (lambda **o: ttsslice.RemoteModel(NOBODY, backoff=(), **o).generate("Rain."),
                       [{}]),
    "model.generate_async": (
        lambda **o: asyncio.run(ttsslice.RemoteModel(NOBODY, backoff=(), **o).generate_async("a")),
        [{}]),
    "run": (lambda **o: ttsslice.Run("Rain.", **o), [
        {"plan": "moon"}, {"progress": 3}, {"n_candidates": "x"}, {"plan": "slice5"},
        {**TWO, "plan": "slice1", "max_in_flight": 0}]),
    "render": (failing_render, [
        {"no_option": 1}, {"plan": "moon"}, {**TWO, "generator": boom},
        {**TWO, "progress": boom}, {**TWO, "plan": "slice1", "generator": None, "backoff": (),
                                    "max_retries": 0}]),
    "render_async": (lambda **o: asyncio.run(ttsslice.render_async("Rain.", "o.wav", **o)), [
        {"no_option": 1}, {"plan": "moon"}, {**TWO, "generator": boom}]),
    "voiceover": (lambda **o: ttsslice.generate_voiceover_optimized("Rain.", "here", **o), [
        {"no_option": 1}, {"plan": "moon"}, {"validate": boom, "whisper_validate": False},
        {**TWO, "plan": "slice0", "generator": boom}]),
    "voiceover_async": (
        lambda **o: asyncio.run(
            ttsslice.generate_voiceover_optimized_async("Rain.", "here", **o)),
        [{"no_option": 1}, {**TWO, "plan": "slice0", "generator": boom}]),
    "bisect": (lambda **o: bisect("Rain.", **o), [
        {"no_option": 1}, {"good": "moon"}, {"journal": "j"}, {**TWO, "generator": boom},
        {"good": {"plan": "moon", "api_key": KEY}}, {"bad": {"plan": 3, "api_key": KEY}}]),
    "redo": (lambda **o: redo(CHUNK, **o), [{"no_option": 1}, {"again": 0}, {"place": 3}]),
    "generator": (ttsslice.Generator.openai, [
        {"url": "ftp://x"}, {"backoff": "x"}, {"url": NOBODY, "timeout_s": -1.0}]),
    "transcriber": (ttsslice.Transcriber.openai, [
        {"url": "ftp://x"}, {"backoff": 3}, {"url": NOBODY, "model": "a\0b"}]),
    "assemblyai": (ttsslice.Transcriber.assemblyai, [
        {"url": "ftp://x"}, {"url": NOBODY, "poll_interval_s": "x"}]),
    "server": (lambda **o: ttsslice.Server(tone, **o), [
        {"port": "x"}, {"workers": 0}, {"host": "a\0b"}]),
}
CASES = [pytest.param(call, options, id=f"{name}-{number}")
         for name, (call, several) in ENTRIES.items() for number, options in enumerate(several)]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID", "RUNPOD_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("wrapped", [False, True], ids=["str", "Secret"])
@pytest.mark.parametrize("call, options", CASES)
def test_whatever_fails(call, options, wrapped):
    key = Secret(KEY) if wrapped else KEY
    with pytest.raises(Exception) as caught:
        call(api_key=key, **options)
    assert_hidden(caught.value)


@pytest.mark.parametrize("key, match", [
    (KEY + "\0", "api_key contains NUL"), (KEY + "\ud800", "half of a character"),
    (KEY.encode() + b"\0", "api_key contains NUL"), ([KEY], "api_key must be str or Secret"),
    (KEY + "\nx", "key")], ids=["nul", "surrogate", "bytes", "list", "line"])
@pytest.mark.parametrize("name", [each for each in ENTRIES if each not in ("redo", "health")])
def test_a_key_that_is_none(name, key, match):
    if name == "server" and not HANDLER:
        pytest.skip("this build has no server")
    needed = {"dispatcher": {"endpoint": NOBODY}, "dispatch": {"endpoint": NOBODY},
              "model": {"endpoint": NOBODY}, "generator": {"url": NOBODY},
              "transcriber": {"url": NOBODY}, "assemblyai": {"url": NOBODY}, "server": {},
              "bisect": {"endpoint": NOBODY, "good": "slice5"}}
    options = {} if name.startswith("model.") else needed.get(
        name, {"endpoint": NOBODY, "plan": "slice5"})
    if name == "server" and isinstance(key, str) and "\n" in key:
        pytest.skip("a server may have any")
    with pytest.raises((TypeError, ValueError), match=match) as caught:
        ENTRIES[name][0](api_key=key, **options)
    assert_hidden(caught.value)


def test_what_holds_a_key_does_not_show_it():
    model = ttsslice.RemoteModel(NOBODY, api_key=KEY)
    assert KEY not in "".join(seen(model)) and KEY not in "".join(seen(vars(model)))
    setup = bisect.__globals__["_setup"]({"plan": "slice5", "api_key": Secret(KEY)}, {})
    assert KEY not in "".join(seen(setup))


def test_an_own_dict_stays_as_it_is():
    good = {"plan": "moon", "api_key": KEY}
    with pytest.raises(ValueError):
        bisect("Rain.", good)
    assert good == {"plan": "moon", "api_key": KEY}


@pytest.mark.skipif(not HANDLER, reason="this build has no server")
def test_it_is_the_key_all_the_same():
    with ttsslice.Server(tone, api_key=Secret(KEY)) as server:
        assert ttsslice.health(server.endpoint, api_key=Secret(KEY))
        assert ttsslice.health(server.endpoint, api_key=KEY)
        with pytest.raises(ttsslice.AuthError):
            ttsslice.health(server.endpoint, api_key=Secret("another"))
        with ttsslice.RemoteModel(server.endpoint, api_key=Secret(KEY)) as model:
            assert model.generate("Rain.").shape[0] == 1


def test_an_environment_does_not_show(monkeypatch):
    monkeypatch.setenv("RUNPOD_API_KEY", KEY)
    with pytest.raises(ttsslice.Error) as caught:
        ttsslice.health(NOBODY)
    assert_hidden(caught.value)


def test_secrets():
    secret = Secret(KEY)
    assert repr(secret) == "Secret('***')" and f"{secret} {[secret]}".count("*") == 6
    assert KEY not in f"{secret!r:>40}" and not hasattr(secret, "__dict__")
    assert secret.reveal() == KEY and Secret(secret).reveal() == KEY
    assert secret == Secret(KEY) != Secret("x") and secret != KEY
    assert hash(secret) == hash(Secret(KEY)) and secret and not Secret("")
    assert Secret.of(None) is None and Secret.of(secret) is secret
    assert copy.copy(secret) is secret and copy.deepcopy({"key": secret})["key"] is secret
    with pytest.raises(TypeError, match="not pickled") as caught:
        pickle.dumps({"key": secret})
    assert_hidden(caught.value)


def test_a_report_with_variables(tmp_path):
    """As error trackers make it."""
    with pytest.raises(ZeroDivisionError) as caught:
        ttsslice.render("Rain.", tmp_path / "o.wav", **{**TWO, "generator": boom},
                        api_key=Secret(KEY))
    lines = traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    text = "".join(lines)
    assert "Secret('***')" in text and KEY not in text
    assert str(Path(PACKAGE) / "run.py") in text
