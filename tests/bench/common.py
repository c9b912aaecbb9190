# SPDX-License-Identifier: MIT
"""What the benchmarks share: their peers, the clock, the table and the last line.

A benchmark is a program tests/bench/NAME.py that imports this and that `./dev bench NAME` starts with
the folder of an optimised build as its argument. It runs its peers beside the library, prints a table for people
and ends with report(), whose one line of JSON is for machines. Ratios are between things measured
in the same run; absolute values say as much about the machine as about the code.
"""
from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Iterable, Sequence

ROOT = Path(__file__).resolve().parents[2]


def build_folder() -> Path:
    """The optimised build, from the command line."""
    if len(sys.argv) < 2:
        sys.exit("start this with ./dev bench, which builds first")
    return Path(sys.argv[1]).resolve()


def _installed(name: str) -> bool:
    done = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", name],
                          capture_output=True, text=True)
    return done.stdout == "installed"


def need(apt: Iterable[str] = (), pip: Iterable[str] = ()) -> None:
    """Installs the peers that are missing. Those of pip go into the build folder, never elsewhere."""
    wanted = [*apt, *(["python3-pip"] if pip else [])]
    missing = [name for name in wanted if not _installed(name)]
    if missing:
        print(f"installing {' '.join(missing)}", file=sys.stderr)
        sudo = [] if os.getuid() == 0 else ["sudo"]
        subprocess.run([*sudo, "apt-get", "update", "-q"], check=True, stdout=sys.stderr)
        subprocess.run([*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y",
                        "-q", "--no-install-recommends", *missing], check=True, stdout=sys.stderr)
    folder = build_folder() / "peers"
    for name in pip:
        if not (folder / f".{name}").exists():
            print(f"installing {name} from PyPI", file=sys.stderr)
            subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", str(folder),
                            name], check=True, stdout=sys.stderr)
            (folder / f".{name}").touch()
    if pip and str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


def best(work: Callable[[], object], repeats: int = 5,
         clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of the fastest of some runs: the one that was disturbed least."""
    times = []
    for _ in range(repeats):
        began = clock()
        work()
        times.append(clock() - began)
    return min(times)


def machine() -> str:
    """Processor and system, in a line."""
    model = platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns for people: the first to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    for row in [list(head), *cells]:
        print("  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(row, widths))).rstrip())


def report(bench: str, ratios: dict[str, float], values: dict[str, float]) -> None:
    """The last line."""
    def rounded(numbers: dict[str, float]) -> dict[str, float]:
        return {name: float(f"{number:.4g}") for name, number in numbers.items()}
    print(json.dumps({"bench": bench, "ratios": rounded(ratios), "values": rounded(values),
                      "machine": machine()}))
