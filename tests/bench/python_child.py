# SPDX-License-Identifier: MIT
"""The Python side of `./dev bench python`, each measurement in a process of its own.

`run TEXT OUT ENDPOINT` renders what python_run.c renders; `leak CALLS` watches the memory over
many calls; `awaits COUNT FOLDER ENDPOINT` awaits so many runs at once. Each prints JSON.
"""
from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from array import array
from pathlib import Path

import ttsslice

PAGE = resource.getpagesize()


def cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def rss() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def run(text: str, out: str, endpoint: str) -> dict[str, float]:
    content = Path(text).read_text()
    done = 0

    def count(progress: ttsslice.Progress) -> None:
        nonlocal done
        done = progress.done

    begun = cpu_s()
    ttsslice.render(content, out, plan="slice5", endpoint=endpoint, api_key="", max_phrase_len=40,
                    min_chars_merge=0, progress=count)
    return {"cpu_s": cpu_s() - begun, "chunks": done}


def leak(calls: str) -> dict[str, float]:
    """Growth in bytes between the first thousand calls and the last."""
    samples = array("h", [9000, -9000] * 4000)

    def generate(text: str, **params: object) -> tuple[array, int]:
        return samples, 16000

    handler = ttsslice.Handler(generate, lambda audio, rate, text, language: text)
    transcriber = ttsslice.Transcriber.host(lambda audio, rate, text, language: text)
    folder = Path(os.environ["BENCH_FOLDER"])

    def call(i: int) -> None:
        chunks = ttsslice.chunk("Rain fell on the roofs. Nobody noticed. Then it stopped.")
        ttsslice.validate(chunks[0].text, "rain fell on roofs").defects
        audio = ttsslice.Audio.wrap(samples, 16000)
        ttsslice.Audio.decode(audio.encode())
        handler({"input": {"text": f"Rain {i}.", "slice": 4, "n_candidates": 1}})
        try:
            ttsslice.Audio(samples, 1)
        except ValueError:
            pass
        if i % 10 == 0:
            ttsslice.render("Rain.", folder / "rain.wav", generator=generate, n_candidates=1,
                            transcriber=transcriber, write_reports=False)

    first = int(calls) // 10
    for i in range(first):
        call(i)
    before = rss()
    for i in range(first, int(calls)):
        call(i)
    return {"calls": int(calls), "rss_mb": rss() / 1e6, "growth_mb": (rss() - before) / 1e6}


def awaits(count: str, folder: str, endpoint: str) -> dict[str, float]:
    """So many runs at once, and the longest time that the event loop did not get round."""
    lag = 0.0

    async def watch() -> None:
        nonlocal lag
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.005)
            lag = max(lag, time.perf_counter() - begun - 0.005)

    async def one(i: int) -> None:
        await ttsslice.render_async(
            "Rain.", f"{folder}/{i}.wav", plan="slice5", endpoint=endpoint, api_key="", seed=i,
            write_reports=False)

    async def main() -> float:
        watcher = asyncio.ensure_future(watch())
        begun = time.perf_counter()
        await asyncio.gather(*(one(i) for i in range(int(count))))
        watcher.cancel()
        return time.perf_counter() - begun

    wall = asyncio.run(main())
    return {"wall_s": wall, "lag_ms": 1000 * lag, "rss_mb": rss() / 1e6, "cpu_s": cpu_s()}


if __name__ == "__main__":
    print(json.dumps({"run": run, "leak": leak, "awaits": awaits}[sys.argv[1]](*sys.argv[2:])))
