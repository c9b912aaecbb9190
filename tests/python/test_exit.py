# SPDX-License-Identifier: MIT
"""An interpreter that ends while daemon threads work for it: nothing it pays for goes on."""

import os
import subprocess
import sys

import pytest

import ttsslice
from conftest import listen, tone

pytestmark = pytest.mark.skipif(
    not ttsslice.feature_supported("server"), reason="this build has no server")

# Work on a daemon thread; the main thread ends once all jobs are there.
PROGRAM = """
import sys, threading, ttsslice

endpoint, how, folder, jobs = *sys.argv[1:4], int(sys.argv[4])
options = {"poll_interval_s": 0.02, "backoff": (), "max_in_flight": 8}
many = [{"text": "Rain.", "seed": i} for i in range(8)]


def render():
    text = "\\n\\n".join(f"Rain fell on roof number {i} of the village." for i in range(8))
    ttsslice.render(text, folder + "/o.wav", plan="slice5", endpoint=endpoint, max_phrase_len=60,
                    min_chars_merge=1, **options)


def dispatch():
    list(ttsslice.dispatch(many, endpoint, **options))


def model():
    ttsslice.RemoteModel(endpoint, poll_interval_s=0.02).generate("Rain.")


def kept():
    global dispatcher
    dispatcher = ttsslice.Dispatcher(endpoint, **options)
    for i, job in enumerate(many):
        dispatcher.submit(i, job)
    dispatcher.next()


threading.Thread(target=globals()[how], daemon=True).start()
there = 0
while there < jobs:
    waiting = ttsslice.health(endpoint)["jobs"]
    there = waiting["inQueue"] + waiting["inProgress"]
"""


@pytest.mark.parametrize("how, jobs", [("render", 8), ("dispatch", 8), ("model", 1), ("kept", 8)])
def test_no_job_goes_on(how, jobs, tmp_path):
    """The handler takes a minute for each; they are gone when the process is."""
    with ttsslice.Server(ttsslice.Handler(tone, listen), workers=2, latency_s=60.0) as server:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, server.endpoint, how, str(tmp_path), str(jobs)],
            timeout=300, capture_output=True, text=True)
        left = ttsslice.health(server.endpoint)["jobs"]
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert left["inQueue"] == left["inProgress"] == 0 and not list(tmp_path.iterdir())


STUCK = """
import atexit, os, sys, threading, time
atexit.register(lambda: print("after", flush=True))
import ttsslice, ttsslice._work
ttsslice._work.EXIT_S = 0.1
entered = threading.Event()


def stuck(text, **params):
    entered.set()
    threading.Event().wait()


def work():
    try:
        ttsslice.render("Rain.", sys.argv[1], generator=stuck, place={"validate": "off"})
    finally:
        print("never", flush=True)


threading.Thread(target=work, daemon=True).start()
entered.wait()
if sys.argv[2] == "fork":
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os._exit(code)
"""


@pytest.mark.parametrize("how", ["plain", "fork"])
def test_a_function_that_does_not_return_is_not_waited_for(how, tmp_path):
    if how == "fork" and not hasattr(os, "fork"):
        pytest.skip("there is no fork here")
    done = subprocess.run([sys.executable, "-c", STUCK, str(tmp_path / "o.wav"), how],
                          timeout=300, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "after\n", "")
