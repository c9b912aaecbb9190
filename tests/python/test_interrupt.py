# SPDX-License-Identifier: MIT
"""Ctrl-C."""

import os
import signal
import threading
import time

import pytest

import ttsslice
from conftest import TEXT, listen, tone

pytestmark = pytest.mark.usefixtures("interrupts")


def test_render_is_cancelled(tmp_path):
    calls = []

    def generate(text, **params):
        calls.append(text)
        if len(calls) == 2:
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        return tone(text, **params)

    with pytest.raises(KeyboardInterrupt):
        ttsslice.render(TEXT * 20, tmp_path / "out.wav", generator=generate, transcriber=listen)
    made = len(calls)
    assert list(tmp_path.iterdir()) == []
    time.sleep(0.05)
    assert len(calls) == made, "the run went on"


def test_a_second_one_does_not_wait(tmp_path):
    release, entered = threading.Event(), threading.Event()

    def stuck(text, **params):
        entered.set()
        release.wait(30)
        return tone(text, **params)

    def interrupt():
        entered.wait(30)
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)

    threading.Thread(target=interrupt).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            ttsslice.render("Rain.", tmp_path / "out.wav", generator=stuck, transcriber=listen)
    finally:
        release.set()
    for thread in threading.enumerate():
        if thread.name == "ttsslice":
            thread.join(30)
    assert list(tmp_path.iterdir()) == []


def test_a_direct_call_is_interrupted():
    def generate(text, **params):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            time.sleep(0.001)
        return tone(text, **params)

    with pytest.raises(KeyboardInterrupt):
        ttsslice.Generator.host(generate).generate("x")
    with pytest.raises(KeyboardInterrupt):
        ttsslice.handle_job({"input": {"text": "x", "slice": 1}}, generate, listen)


def test_dispatch_is_interrupted():
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    with ttsslice.Server(tone, latency_s=1.0) as server:
        jobs = [{"text": "Rain.", "slice": 1}] * 2
        results = ttsslice.dispatch(jobs, server.endpoint, poll_interval_s=0.01)
        timer = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            list(results)
        assert time.monotonic() - started < 10


@pytest.mark.parametrize("waits", [False, True])
def test_a_join_is_interrupted(tmp_path, waits):
    """While C reads a clip: in add(), or in finish() where the clip waited for one that never came."""
    clip, out = tmp_path / "clip.wav", tmp_path / "out.wav"
    sound = ttsslice.Audio(*tone("rain", seed=1)).encode()
    out.write_bytes(b"old")
    os.mkfifo(clip)

    def interrupt():
        with open(clip, "wb") as file:  # is opened when it is read
            os.kill(os.getpid(), signal.SIGINT)
            file.write(sound)

    sender = threading.Thread(target=interrupt)
    with pytest.raises(KeyboardInterrupt), ttsslice.Join(out, bad_clip="skip") as join:
        sender.start()
        join.add(ttsslice.Clip(clip, position=int(waits)))
        join.finish()
    sender.join(60)
    assert out.read_bytes() == b"old" and sorted(tmp_path.iterdir()) == [clip, out]
