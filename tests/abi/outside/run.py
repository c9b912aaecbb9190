# SPDX-License-Identifier: MIT
"""Installs into a temporary folder, builds main.c against it with pkg-config, and runs it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--meson", nargs="+", required=True)
    parser.add_argument("--preload", default="", help="sanitizer's library for the program")
    parser.add_argument("--cc", nargs="+", required=True)
    args = parser.parse_args()
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [*args.meson, "install", "-C", args.build, "--no-rebuild", "--quiet",
             "--tags", "devel,runtime", "--destdir", folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (pc_file,) = Path(folder).rglob("ttsslice.pc")
        (library,) = Path(folder).rglob("libttsslice.so")
        headers = next(Path(folder).rglob("ttsslice.h")).parent.parent
        prefix = str(headers.parent)
        flags = subprocess.run(
            ["pkg-config", f"--define-variable=prefix={prefix}", "--cflags", "--libs", "ttsslice"],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PKG_CONFIG_PATH": str(pc_file.parent)},
        ).stdout.split()
        for dependency in ("curl", "jansson", "sndfile"):
            if f"-l{dependency}" in flags:
                sys.exit(f"a program would be linked with {dependency} itself: {flags}")
        binary = str(Path(folder, "outside"))
        subprocess.run([*args.cc, "-std=c11", "-Wall", "-Werror", "-o", binary,
                        str(here / "main.c"), *flags], check=True)
        done = subprocess.run(
            [binary],
            capture_output=True,
            text=True,
            env={**os.environ, "LD_LIBRARY_PATH": str(library.parent), "LD_PRELOAD": args.preload},
        )
    sys.stderr.write(done.stderr)
    expected = (here / "expected.txt").read_text()
    if done.returncode or done.stdout != expected:
        sys.exit(f"status {done.returncode}, printed:\n{done.stdout}expected:\n{expected}")


if __name__ == "__main__":
    main()
