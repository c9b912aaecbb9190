# SPDX-License-Identifier: MIT
"""handle_job(), Handler and Server: a job in, a result out."""

import base64
import inspect
import json
import logging
from dataclasses import dataclass

import pytest

import ttsslice
from conftest import listen, tone
from ttsslice import Audio, Handler, Server, handle_job

JOB = {"id": "job-1", "input": {"text": "Rain fell on the valley.", "n_candidates": 2, "seed": 4}}


def job(**more):
    return {"id": "job-1", "input": {**JOB["input"], **more}}


def heard(audio, sample_rate, text, language):
    return text


def test_models_that_cannot_be_hashed():
    @dataclass
    class Model:
        rate: int

        def __call__(self, text, **params):
            return tone(text, **params)

    for generate in (Model(1), Model(1).__call__):
        job = {"input": {"text": "Rain.", "slice": 1}}
        assert ttsslice.handle_job(job, generate=generate, transcribe=listen)["status"] == "success"


def test_round_trip():
    output = handle_job(JOB, tone, heard)
    assert output["status"] == "success"
    assert output["best_score"] == 100 and output["validation"]["selected_passed"] is True
    assert output["metadata"]["candidates_generated"] == 2
    samples, rate = tone(
        JOB["input"]["text"], seed=ttsslice.seed(4, JOB["input"]["text"], None, 0, 0)
    )
    audio = Audio.decode(base64.b64decode(output["audio_base64"]))
    assert audio == Audio(samples, rate) == Audio.decode_base64(output["audio_base64"])
    assert output["sample_rate"] == rate


def test_json_is_taken_too():
    for text in (json.dumps(JOB), json.dumps(JOB).encode()):
        assert handle_job(text, tone, heard)["status"] == "success"


@pytest.mark.parametrize("number, takes", [(1, 1), (2, 2), (3, 2)])
def test_slices(number, takes):
    output = Handler(tone, heard)(job(slice=number))
    assert len(output["candidates"]) == takes
    assert ("verdict" in output["candidates"][0]) == (number == 3)


def test_a_bad_job_is_an_answer():
    for bad in ({"input": {}}, {}, {"input": {"text": " "}}, job(n_candidates=0), job(slice=9)):
        output = handle_job(bad, tone, heard)
        assert output["error"] and output["error_code"] and output["retryable"] is False
    assert Handler(tone, heard, max_text_bytes=5).handle(job(slice=1))["error"]


def test_without_a_recogniser():
    for handle in (Handler(tone, False), lambda given: handle_job(given, tone, transcribe=False)):
        assert handle(job(slice=2))["status"] == "success"
        for number in (3, 4):
            assert handle(job(slice=number))["error_code"] == "UNAVAILABLE"


def test_none_is_the_embedded_engine():
    if ttsslice.feature_supported("sphinx"):
        for output in (Handler(tone)(JOB), handle_job(JOB, tone), Handler(tone, None)(JOB)):
            assert "sphinx" in output["engine"]["transcriber"]
    else:
        assert Handler(tone)(JOB)["error_code"] == "UNAVAILABLE"
    if ttsslice.feature_supported("flite"):
        assert "flite" in Handler(transcribe=heard)(job(slice=1))["engine"]["generator"]
    else:
        with pytest.raises(ttsslice.UnavailableError):
            Handler(transcribe=heard)


def test_both_have_the_same_names():
    taken = [list(inspect.signature(each).parameters) for each in (Handler, handle_job)]
    assert taken[0][:2] == taken[1][1:] == ["generate", "transcribe"]
    assert Handler(generate=tone, transcribe=heard)(JOB)["status"] == "success"
    assert handle_job(JOB, generate=tone, transcribe=heard)["status"] == "success"
    for wrong in (True, "sphinx"):
        with pytest.raises(TypeError, match="transcribe must be a function"):
            Handler(tone, wrong)


def test_a_take_that_fails_is_an_answer():
    def sulks(text, **params):
        raise ttsslice.TakeError("not today")

    output = handle_job(JOB, sulks, heard)
    assert "not today" in output["error"] and output["retryable"] is True


def test_some_takes_may_fail():
    def sulks(text, **params):
        if params["candidate"] == 0:
            raise ttsslice.TakeError("not the first")
        return tone(text, **params)

    output = handle_job(JOB, sulks, heard)
    assert output["metadata"]["candidates_generated"] == 1


def test_exceptions_come_out():
    problem = ZeroDivisionError("mine")

    def broken(*args, **params):
        raise problem

    for generate, transcribe in ((broken, heard), (tone, broken)):
        with pytest.raises(ZeroDivisionError) as caught:
            handle_job(JOB, generate, transcribe)
        assert caught.value is problem


def test_the_handler_is_made_once():
    from ttsslice import handler

    class Model:
        def generate(self, text, **params):
            return tone(text, **params)

    model = Model()
    handler._cached.cache_clear()
    for _ in range(3):
        handle_job(JOB, model.generate, heard)
    assert handler._cached.cache_info().misses == 1


def test_server_answers(server):
    assert server.endpoint.startswith("http://127.0.0.1:")
    assert "workers" in ttsslice.health(server.endpoint)


def test_closed_server():
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    server = Server(tone)
    endpoint = server.endpoint
    server.close()
    server.close()
    with pytest.raises(ValueError):
        server.endpoint
    with pytest.raises(ttsslice.NetworkError):
        ttsslice.health(endpoint)


def test_server_options():
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    quick = Handler(tone, False)
    with Server(quick, api_key="secret", endpoint_id="mine") as server:
        assert server.endpoint.endswith("/v2/mine")
        with pytest.raises(ttsslice.AuthError) as caught:
            ttsslice.health(server.endpoint, api_key="wrong")
        assert caught.value.http_status in (401, 403)
        assert "secret" not in str(caught.value)
        assert ttsslice.health(server.endpoint, api_key="secret")
        with pytest.raises(ttsslice.ResourceError):
            Server(quick, port=int(server.endpoint.split(":")[2].split("/")[0]))
    with pytest.raises(ttsslice.ArgumentError):
        Server(quick, workers=0)


@pytest.mark.parametrize(
    "problem, line",
    [
        (RuntimeError("CUDA out of memory"), "RuntimeError: CUDA out of memory"),
        (MemoryError(), "MemoryError"),
        (ValueError("two\n  lines"), "ValueError: two lines"),
        (RuntimeError("\u20ac" * 600), "RuntimeError: " + "\u20ac" * 160),
    ],
    ids=["message", "none", "lines", "long"],
)
def test_the_client_of_a_server_is_told(problem, line):
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")

    def broken(*args, **params):
        raise problem

    for handler, number in ((Handler(broken, False), 1), (Handler(tone, broken), 4)):
        with Server(handler) as server:
            (result,) = ttsslice.dispatch([{"text": "Rain.", "slice": number}], server.endpoint,
                                          poll_interval_s=0.005, backoff=())
        assert not result.ok and line[:80] in result.error and "\ufffd" not in result.error


def test_an_exception_on_a_server_is_logged_and_fails_the_job(caplog):
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")

    def broken(text, **params):
        raise ZeroDivisionError("the model is on fire")

    with caplog.at_level(logging.ERROR, "ttsslice"), Server(broken) as server:
        (result,) = ttsslice.dispatch([{"text": "Rain.", "slice": 1}], server.endpoint,
                                      poll_interval_s=0.005, backoff=())
    assert not result.ok and result.error
    assert any(
        record.exc_info and record.exc_info[0] is ZeroDivisionError for record in caplog.records
    )
