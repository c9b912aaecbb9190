# SPDX-License-Identifier: MIT
"""The library against the committed ABI (baseline.xml); skipped where libabigail is not installed.

Added functions are fine. `--update` writes the baseline anew: at a release, when a struct grew at
its end, or, before the first release, when an interface was changed on purpose.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from declarations import SKIPPED


def has_debug_info(library: str) -> bool:
    output = subprocess.run(["readelf", "-S", "-W", library], capture_output=True, text=True).stdout
    return ".debug_info" in output


def skip(reason: str) -> None:
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def dump(library: str, headers: str, output: str) -> None:
    """The ABI alone: what is exported and the types of the public headers."""
    subprocess.run(
        ["abidw", "--headers-dir", headers, "--drop-private-types", "--exported-interfaces-only",
         "--no-show-locs", "--no-corpus-path", "--no-comp-dir-path", "--no-elf-needed",
         "--out-file", output, library],
        check=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("headers", "library", "baseline"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()

    for tool in ("abidw", "abidiff"):
        if not shutil.which(tool):
            skip(f"{tool} is not there; install abigail-tools")
    if not has_debug_info(args.library):
        skip("the library was built without debugging information")
    if args.update:
        dump(args.library, args.headers, args.baseline)
        return
    if not Path(args.baseline).exists():
        skip("there is no baseline; write one with --update")
    with tempfile.TemporaryDirectory() as folder:
        found = str(Path(folder, "found.xml"))
        dump(args.library, args.headers, found)
        done = subprocess.run(["abidiff", "--no-added-syms", args.baseline, found])
    sys.exit(done.returncode != 0)


if __name__ == "__main__":
    main()
