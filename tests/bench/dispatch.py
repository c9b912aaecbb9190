# SPDX-License-Identifier: MIT
"""What dispatching costs beside a bare curl-multi loop and httpx, and how near it comes to the
ideal schedule.

All clients talk to one local server (dispatch_server.c) that answers after the milliseconds named
in a job. Small and audio replies: CPU seconds of the client per HTTP request and per job; the
curl loop keeps replies in memory until they are whole and does nothing with them. Makespan:
25 jobs in flight, durations that follow from the length of the text, all clients get the jobs in
the same order; the ideal is the list schedule on 25 slots that takes the longest first.
"polled" is the library against an endpoint without a long poll, with pauses as short as these jobs.

Peak memory is mostly pages of the libraries that are linked: "rss_mb_idle" is that of one small job.

Late jobs: 60 jobs whose times have log-normal noise (0.15), one in fifty of them eight times as long
on its first worker; the same draws with and without hedging, and what hedging sends in addition.
"""
from __future__ import annotations

import contextlib
import heapq
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Iterator

import common

WIDTH = 25
SCALE = 0.1  # of real times
SEEDS = 12
BUILD = common.build_folder() / "tests" / "bench"
HERE = Path(__file__).resolve().parent


class Server:
    def __init__(self, *options: str) -> None:
        self._process = subprocess.Popen([BUILD / "dispatch_server", *options],
                                         stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.endpoint = self._process.stdout.readline().strip()

    def requests(self) -> int:
        """How many there were, these questions left out."""
        with urllib.request.urlopen(f"{self.endpoint}/count") as answer:
            return int(json.load(answer)["requests"])

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


@contextlib.contextmanager
def server(*options: str) -> Iterator[Server]:
    running = Server(*options)
    try:
        yield running
    finally:
        running.stop()


def jobs(durations_ms: list[int], audio: bool = False) -> list[dict]:
    """A handler's time follows from the length of what it speaks."""
    return [{"text": "word " * max(1, ms // 2), "ms": ms, "audio": int(audio)}
            for ms in durations_ms]


def run(client: str, endpoint: str, work: list[dict], *mode: str) -> dict:
    command = [str(BUILD / f"dispatch_{client}")]
    if client == "httpx":
        peers = common.build_folder() / "peers"
        command = [sys.executable, str(HERE / "dispatch_httpx.py"), str(peers)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(job, separators=(",", ":")) + "\n" for job in work)
        file.flush()
        done = subprocess.run([*command, endpoint, file.name, str(WIDTH), *mode],
                              capture_output=True, text=True, check=True)
    cost = json.loads(done.stdout)
    if client == "ttsslice":
        cost["submissions"] = int(done.stderr)
    assert cost["jobs"] == len(work)
    return cost


def lowest(key: str, repeats: int, client: str, endpoint: str, work: list[dict],
           *mode: str) -> float:
    return min(run(client, endpoint, work, *mode)[key] for _ in range(repeats))


def per_request(host: Server, client: str, work: list[dict], *mode: str) -> float:
    """Microseconds of CPU."""
    costs = []
    for _ in range(5):
        before = host.requests()
        cpu = run(client, host.endpoint, work, *mode)["cpu_s"]
        costs.append(cpu / (host.requests() - before - 1))
    return min(costs) * 1e6


def drawn(seed: int, count: int) -> list[dict]:
    """Times follow from the length, but for noise; stragglers do on their first worker alone."""
    draw = random.Random(seed)
    work = []
    for n in range(count):
        characters = draw.randint(20, 300)
        ms = (800 + 20 * characters) * SCALE * draw.lognormvariate(0, 0.15)
        job = {"text": "x" * characters, "ms": int(ms), "n": n}
        work.append({**job, "slow": int(8 * ms)} if draw.random() < 0.02 else job)
    return work


def hedging() -> tuple[float, float]:
    """How much sooner all are done, and the further submissions as a share."""
    plain = hedged = 0.0
    extra = 0
    for seed in range(SEEDS):
        for mode in ((), ("hedge",)):
            with server() as host:
                cost = run("ttsslice", host.endpoint, drawn(seed, 60), *mode)
            if mode:
                hedged += cost["wall_s"]
                extra += cost["submissions"] - 60
            else:
                plain += cost["wall_s"]
    return plain / hedged, extra / (60 * SEEDS)


def ideal_s(durations_ms: list[int]) -> float:
    """List schedule, longest first."""
    slots = [0] * WIDTH
    for ms in sorted(durations_ms, reverse=True):
        heapq.heappush(slots, heapq.heappop(slots) + ms)
    return max(slots) / 1000


def main() -> None:
    common.need(pip=["httpx"])
    os.environ.pop("RUNPOD_API_KEY", None)
    draw = random.Random(7)
    long_run = [draw.randint(56, 200) for _ in range(400)]
    short_run = [draw.randint(116, 500) for _ in range(60)]
    small, audio, burst = jobs([0] * 300), jobs([0] * 100, True), jobs([300] * WIDTH, True)
    cpu_small, cpu_audio, rss, spans = {}, {}, {}, {}
    with server() as host:
        for client, mode in ("ttsslice", ()), ("curl", ("run",)), ("httpx", ()):
            cpu_small[client] = per_request(host, client, small, *mode)
            cpu_audio[client] = lowest("cpu_s", 5, client, host.endpoint, audio, *mode) / 100 * 1e3
            rss[client] = lowest("rss_kb", 3, client, host.endpoint, burst, *mode) / 1024
        idle = lowest("rss_kb", 3, "ttsslice", host.endpoint, jobs([0])) / 1024
        for client, mode in ("ttsslice", ()), ("curl", ("sync",)), ("httpx", ()):
            spans[client] = [lowest("wall_s", 3, client, host.endpoint, jobs(times), *mode) /
                             ideal_s(times) for times in (long_run, short_run)]
    with server("--no-long-poll") as host:
        spans["polled"] = [lowest("wall_s", 3, "ttsslice", host.endpoint, jobs(times), "polled") /
                           ideal_s(times) for times in (long_run, short_run)]
    gain, extra = hedging()
    common.table(
        ["client", "small µs/request", "1.28 MB ms/job", "peak MB", "400 jobs", "60 jobs"],
        [[name, *(f"{t[name]:.1f}" if name in t else "" for t in (cpu_small, cpu_audio, rss)),
          *(f"{span:.3f}" for span in spans[name])] for name in spans])
    common.report(
        "dispatch",
        {"cpu_small_vs_curl": cpu_small["ttsslice"] / cpu_small["curl"],
         "cpu_audio_vs_receive": cpu_audio["ttsslice"] / cpu_audio["curl"],
         "makespan_400": spans["ttsslice"][0], "makespan_60": spans["ttsslice"][1],
         "makespan_400_polled": spans["polled"][0], "makespan_60_polled": spans["polled"][1],
         "httpx_makespan_400": spans["httpx"][0], "hedge_gain_60": gain, "hedge_extra": extra},
        {"rss_mb_25": rss["ttsslice"], "rss_mb_idle": idle, "cpu_small_us": cpu_small["ttsslice"],
         "cpu_audio_ms": cpu_audio["ttsslice"], "httpx_cpu_small_us": cpu_small["httpx"],
         "httpx_cpu_audio_ms": cpu_audio["httpx"], "httpx_rss_mb_25": rss["httpx"]})


main()
