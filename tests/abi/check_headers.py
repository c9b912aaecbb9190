# SPDX-License-Identifier: MIT
"""Each installed header compiles alone, twice, as C99, C11 and C++11, and names no dependency."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

from declarations import fail, read, without_comments

ALLOWED = {"stddef.h", "stdint.h"}
STRICT = ["-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]


def program(name: str, headers: str) -> str:
    """Includes the header twice and uses its initialisers at file scope."""
    lines = [f"#include <ttsslice/{name}>"] * 2
    for item in read(headers):
        if item.kind == "initialiser" and item.header == name:
            struct = item.name[: -len("_INIT")].lower()
            lines += [f"extern {struct} v_{struct};", f"{struct} v_{struct} = {item.name};"]
    return "\n".join(lines + ["int main(void) { return 0; }", ""])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--headers", required=True)
    parser.add_argument("--cc", nargs="+", required=True)
    parser.add_argument("--cxx", nargs="*", default=[])
    args = parser.parse_args()

    problems = []
    include = str(Path(args.headers).parent)
    languages = [("c", "c99", args.cc), ("c", "c11", args.cc), ("c++", "c++11", args.cxx)]
    for path in sorted(Path(args.headers).glob("*.h")):
        text = without_comments(path.read_text())
        for name in re.findall(r"#\s*include\s*[<\"](.*?)[>\"]", text):
            if name not in ALLOWED and not name.startswith("ttsslice/"):
                problems.append(f"{path.name} includes {name}")
        for language, standard, compiler in languages:
            if not compiler:
                continue
            command = [*compiler, "-x", language, f"-std={standard}", *STRICT, "-I", include, "-"]
            done = subprocess.run(command, input=program(path.name, args.headers), text=True,
                                  capture_output=True)
            if done.returncode:
                problems.append(f"{path.name} as {standard}:\n{done.stderr}")
    fail(problems)


if __name__ == "__main__":
    main()
