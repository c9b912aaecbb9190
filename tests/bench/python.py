# SPDX-License-Identifier: MIT
"""What Python costs over C: a run of 400 chunks, the import, memory over many calls, many awaits.

The same run is done by a C program (python_run.c) and by the package, each in a process of its own,
with the embedded generator here ("local": all the work is in the process) and with takes that come
from `ttsslice serve` ("remote": what is left is the client's work alone); CPU seconds of the run, without
the start of the process. Importing is CPU time beside that of an interpreter that does nothing. The
awaits are runs against a server that takes half a second for each job.
"""
from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterator

import common

BUILD = common.build_folder()
HERE = Path(__file__).resolve().parent
CHUNKS, AWAITS, CALLS, REPEATS = 400, 200, 10_000, 3
SERVE_LATENCY_S = 0.5


def environment(folder: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(BUILD / "bindings" / "python"),
            "LD_LIBRARY_PATH": str(BUILD / "lib"), "BENCH_FOLDER": folder}


def child(folder: str, *command: object) -> dict[str, float]:
    done = subprocess.run([str(each) for each in command], env=environment(folder), text=True,
                          stdout=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed")
    return json.loads(done.stdout)


@contextlib.contextmanager
def serve(folder: str, *options: str) -> Iterator[str]:
    process = subprocess.Popen(
        [BUILD / "tools" / "ttsslice", "serve", "--port", "0", "--quiet", "--asr", "none", *options],
        env=environment(folder), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield json.loads(process.stdout.readline())["endpoint"]
    finally:
        process.terminate()
        process.wait()


def text() -> str:
    """So many short sentences, none like another."""
    things = ("Rain", "Snow", "Dust", "Ash", "Hail")
    return " ".join(f"{things[i % 5]} fell on roof number {i}." for i in range(CHUNKS))


def both(folder: str, *endpoint: str) -> tuple[float, float]:
    """CPU seconds of the run in C and in Python: the smallest of some, taken in turns."""
    in_c, in_python = [], []
    for _ in range(REPEATS):
        for times, out, command in (
            (in_c, f"{folder}/c.wav", [BUILD / "tests" / "bench" / "python_run"]),
            (in_python, f"{folder}/python.wav", [sys.executable, HERE / "python_child.py", "run"]),
        ):
            made = child(folder, *command, f"{folder}/text.txt", out, *endpoint)
            assert made["chunks"] == CHUNKS, made
            times.append(made["cpu_s"])
    assert Path(f"{folder}/c.wav").read_bytes() == Path(f"{folder}/python.wav").read_bytes()
    return min(in_c), min(in_python)


def import_ms(folder: str) -> tuple[float, float]:
    """CPU milliseconds of an interpreter that imports the package, and of one that does not."""
    def start(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], env=environment(folder), check=True)

    def cpu_of_children() -> float:
        times = os.times()
        return times.children_user + times.children_system

    return tuple(1000 * common.best(lambda: start(code), 15, cpu_of_children)  # type: ignore
                 for code in ("import ttsslice", "pass"))


def main() -> None:
    if not (BUILD / "bindings" / "python" / "ttsslice").is_dir():
        sys.exit(f"{BUILD} was made without the Python package; remove it and start again")
    with tempfile.TemporaryDirectory(prefix="ttsslice-bench-") as folder:
        Path(f"{folder}/text.txt").write_text(text())
        local = both(folder)
        with serve(folder) as endpoint:
            remote = both(folder, endpoint)
        whole, bare = import_ms(folder)
        leak = child(folder, sys.executable, HERE / "python_child.py", "leak", CALLS)
        with serve(folder, "--latency", str(SERVE_LATENCY_S), "--workers", "64") as endpoint:
            awaits = child(folder, sys.executable, HERE / "python_child.py", "awaits", AWAITS,
                           folder, endpoint)
    common.table(["run of 400 chunks, CPU s", "C", "Python", "overhead"], [
        [name, f"{c:.3f}", f"{python:.3f}", f"{100 * (python / c - 1):.1f} %"]
        for name, (c, python) in (("local", local), ("remote", remote))])
    print()
    common.table(["", "", ""], [
        ["import", f"{whole - bare:.0f} ms", f"beside {bare:.0f} ms of Python alone"],
        ["memory", f"{leak['growth_mb']:+.2f} MB", f"over {CALLS} calls, of {leak['rss_mb']:.0f} MB"],
        ["awaits", f"{awaits['wall_s']:.2f} s", f"for {AWAITS} at once, each of which takes "
         f"{SERVE_LATENCY_S} s; the loop came round within {awaits['lag_ms']:.0f} ms"],
    ])
    common.report("python", {
        "overhead_local": local[1] / local[0], "overhead_remote": remote[1] / remote[0],
        "awaits_over_one": awaits["wall_s"] / SERVE_LATENCY_S,
    }, {
        "import_ms": whole - bare, "growth_mb": leak["growth_mb"], "rss_mb": leak["rss_mb"],
        "awaits_s": awaits["wall_s"], "loop_lag_ms": awaits["lag_ms"],
        "python_ms_of_400_chunks": 1000 * (remote[1] - remote[0]),
    })


if __name__ == "__main__":
    main()
