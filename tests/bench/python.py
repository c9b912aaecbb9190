# SPDX-License-Identifier: MIT
"""What Python costs over C: a run of 400 chunks, the import, memory over many calls, many awaits.

The same run is done by a C program (python_run.c) and by the package, each in a process of its own,
against a server that answers every job at once with 20 s of audio, 1.28 MB of base64: CPU seconds of the
client's run, without the start of the process. Importing is CPU time beside that of an interpreter
that does nothing. The awaits are runs of a chunk each, against the same server taking half a second for
each job.
"""
from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterator

import common

BUILD = common.build_folder()
HERE = Path(__file__).resolve().parent
CHUNKS, AWAITS, CALLS, REPEATS = 400, 200, 10_000, 5
LATENCY_MS = 500


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
def serve(latency_ms: int) -> Iterator[str]:
    process = subprocess.Popen(
        [BUILD / "tests" / "bench" / "dispatch_server", "--audio", str(latency_ms)],
        stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def text() -> str:
    """So many short sentences, none like another."""
    things = ("Rain", "Snow", "Dust", "Ash", "Hail")
    return " ".join(f"{things[i % 5]} fell on roof number {i}." for i in range(CHUNKS))


def both(folder: str, endpoint: str) -> tuple[float, float]:
    """CPU seconds of the run in C and in Python: the smallest of some, taken in turns."""
    in_c, in_python = [], []
    for _ in range(REPEATS):
        for times, out, command in (
            (in_c, f"{folder}/c.wav", [BUILD / "tests" / "bench" / "python_run"]),
            (in_python, f"{folder}/python.wav", [sys.executable, HERE / "python_child.py", "run"]),
        ):
            made = child(folder, *command, f"{folder}/text.txt", out, endpoint)
            assert made["chunks"] == CHUNKS, made
            times.append(made["cpu_s"])
    assert Path(f"{folder}/c.wav").read_bytes() == Path(f"{folder}/python.wav").read_bytes()
    return min(in_c), min(in_python)


def import_ms(folder: str) -> tuple[float, float]:
    """CPU milliseconds of an interpreter that imports the package, and of one that does not."""
    def start(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], env=environment(folder), check=True)

    def cpu_of_children() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    return tuple(1000 * common.best(lambda: start(code), 15, cpu_of_children)  # type: ignore
                 for code in ("import ttsslice", "pass"))


def main() -> None:
    if not (BUILD / "bindings" / "python" / "ttsslice").is_dir():
        sys.exit(f"{BUILD} was made without the Python package; remove it and start again")
    with tempfile.TemporaryDirectory(prefix="ttsslice-bench-") as folder:
        Path(f"{folder}/text.txt").write_text(text())
        with serve(0) as endpoint:
            in_c, in_python = both(folder, endpoint)
        whole, bare = import_ms(folder)
        leak = child(folder, sys.executable, HERE / "python_child.py", "leak", CALLS)
        with serve(LATENCY_MS) as endpoint:
            awaits = child(folder, sys.executable, HERE / "python_child.py", "awaits", AWAITS,
                           folder, endpoint)
    common.table(["", "", ""], [
        [f"run of {CHUNKS} chunks", f"{in_python:.3f} s", f"of CPU time in Python, {in_c:.3f} s in C: "
         f"{100 * (in_python / in_c - 1):+.1f} %"],
        ["import", f"{whole - bare:.0f} ms", f"beside {bare:.0f} ms of Python alone"],
        ["memory", f"{leak['growth_mb']:+.2f} MB", f"over {CALLS} calls, of {leak['rss_mb']:.0f} MB"],
        ["awaits", f"{awaits['wall_s']:.2f} s", f"for {AWAITS} at once, each of which takes "
         f"{LATENCY_MS} ms; the loop came round within {awaits['lag_ms']:.0f} ms"],
    ])
    common.report("python", {
        "python_vs_c": in_python / in_c, "awaits_vs_one": 1000 * awaits["wall_s"] / LATENCY_MS,
    }, {
        "import_ms": whole - bare, "growth_mb": leak["growth_mb"], "rss_mb": leak["rss_mb"],
        "awaits_s": awaits["wall_s"], "loop_lag_ms": awaits["lag_ms"],
        "run_c_s": in_c, "run_python_s": in_python,
    })


if __name__ == "__main__":
    main()
