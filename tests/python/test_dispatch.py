# SPDX-License-Identifier: MIT
"""dispatch(): jobs to a handler, results as they complete."""

import threading
import time

import pytest

import ttsslice
from conftest import RATE, tone
from ttsslice import Dispatcher, Server, dispatch

FAST = {"poll_interval_s": 0.005, "backoff": (0.01, 0.01)}


def jobs(count):
    return [{"text": f"Sentence number {i}.", "slice": 1, "seed": i} for i in range(count)]


def test_every_job_has_a_result(server):
    results = list(dispatch(jobs(7), server.endpoint, max_in_flight=3, **FAST))
    assert sorted(r.index for r in results) == list(range(7))
    for result in results:
        assert result.ok and result.code == 0 and result.code_name == "OK"
        assert result.output["status"] == "success" and result.job_id and result.attempts == 1
        assert result.audio.sample_rate == RATE
        result.raise_for_error()


def test_jobs_are_taken_as_places_become_free(server):
    taken = []

    def source():
        for i, job in enumerate(jobs(6)):
            taken.append(i)
            yield job

    results = dispatch(source(), server.endpoint, max_in_flight=2, **FAST)
    next(results)
    assert len(taken) <= 3
    assert len(list(results)) == 5


def test_a_job_that_fails_is_a_result(server):
    bad, good = sorted(
        dispatch([{"text": " "}, jobs(1)[0]], server.endpoint, **FAST), key=lambda r: r.index
    )
    assert good.ok and not bad.ok
    assert bad.output is None and bad.audio is None and bad.code_name == "JOB"
    with pytest.raises(ttsslice.JobError) as caught:
        bad.raise_for_error()
    assert caught.value.chunk == 0 and caught.value.slice == "dispatch"


def test_errors_are_raised_at_once(monkeypatch):
    for name in ("TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ttsslice.EndpointError):
        dispatch(jobs(1))
    with pytest.raises(ttsslice.EndpointError):
        dispatch(jobs(1), "ftp://nowhere")
    with pytest.raises(ttsslice.ArgumentError):
        dispatch(jobs(1), "http://127.0.0.1:9/v2/x", max_in_flight=0)
    with pytest.raises(ttsslice.ArgumentError):
        list(dispatch(["[]"], "http://127.0.0.1:9/v2/x"))


def test_nobody_there():
    (result,) = dispatch(jobs(1), "http://127.0.0.1:9/v2/x", backoff=(0.01,))
    assert result.code_name == "NETWORK" and result.retryable and result.attempts == 2
    with pytest.raises(ConnectionError):
        result.raise_for_error()


def test_retries(monkeypatch):
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    with Server(tone, fail_rate=0.4, fail_seed=3) as server:
        results = list(dispatch(jobs(12), server.endpoint, poll_interval_s=0.005,
                                backoff=(0.01,) * 8))
    assert all(r.ok for r in results)
    assert max(r.attempts for r in results) > 1


def test_closing_the_iterator_ends_it():
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    with Server(tone, latency_s=0.05) as server:
        results = dispatch(jobs(20), server.endpoint, **FAST)
        next(results)
        results.close()
        with pytest.raises(StopIteration):
            next(results)
        dispatch(jobs(2), server.endpoint)  # never started


def test_cancel_from_another_thread():
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    with Server(tone, latency_s=0.3) as server, Dispatcher(server.endpoint, **FAST) as dispatcher:
        for i, job in enumerate(jobs(3)):
            dispatcher.submit(i, job)
        assert dispatcher.pending == 3
        threading.Timer(0.05, dispatcher.cancel).start()
        started = time.monotonic()
        with pytest.raises(ttsslice.Cancelled):
            while dispatcher.next():
                pass
        assert time.monotonic() - started < 10


def test_one_thread_at_a_time():
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    begun, go_on = threading.Event(), threading.Event()

    def held(*args, **kwargs):
        begun.set()
        go_on.wait()
        return tone(*args, **kwargs)

    with Server(held) as server, Dispatcher(server.endpoint, **FAST) as dispatcher:
        dispatcher.submit(0, jobs(1)[0])
        results = []
        worker = threading.Thread(target=lambda: results.append(dispatcher.next()))
        worker.start()
        begun.wait()
        for use in (
            dispatcher.next,
            dispatcher.reject,
            dispatcher.close,
            lambda: dispatcher.submit(1, jobs(1)[0]),
            lambda: dispatcher.pending,
            lambda: dispatcher.totals,
        ):
            with pytest.raises(ValueError, match="another thread"):
                use()
        go_on.set()
        worker.join()
        assert results[0].ok and dispatcher.pending == 0


def test_nothing_to_do(server):
    assert list(dispatch([], server.endpoint)) == []
    with Dispatcher(server.endpoint) as dispatcher:
        assert dispatcher.next() is None
    with pytest.raises(ValueError, match="closed"):
        dispatcher.next()


def test_a_late_cancel_does_nothing():
    dispatcher = ttsslice.Dispatcher("http://127.0.0.1:9/v2/none", api_key="")
    dispatcher.close()
    dispatcher.cancel()
    with pytest.raises(ValueError, match="closed"):
        dispatcher.next()


def test_what_is_shown_of_a_result_is_short(server):
    job = {"text": "It rained on the roofs all night. " * 20, "slice": 2, "n_candidates": 12}
    (result,) = dispatch([job], server.endpoint, **FAST)
    assert sum(map(len, result.attachments)) > 100_000
    assert f"<{len(result.attachments[0]):,} bytes>" in repr(result) and "index=0" in repr(result)
    assert len(repr(result)) < 3000


def test_what_is_shown_of_clips_and_transcripts_is_short():
    words = [ttsslice.AlignedWord(i, 1, 0.0, 1.0, True) for i in range(500)]
    clip = ttsslice.Clip(bytes(5000), "text " * 1000, words=words)
    assert "<5,000 bytes>" in repr(clip) and len(repr(clip)) < 2000
    assert ttsslice.Clip("a.wav").__repr__().startswith("Clip(audio='a.wav', text=None")
    assert len(repr(ttsslice.Transcript("word " * 1000))) < 300
