# SPDX-License-Identifier: MIT
"""Sizes and offsets of the visible structs, and values of enumerations, against a committed table.

The table is for x86-64; elsewhere the test is skipped. `--update` writes it anew, which is right
when something was added at an end and wrong for any other difference.
"""

from __future__ import annotations

import argparse
import difflib
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from declarations import SKIPPED, read


def program(headers: str) -> str:
    lines = ["#include <ttsslice/ttsslice.h>", "#include <stdio.h>", "int main(void) {"]
    for item in read(headers):
        if item.kind == "struct":
            lines.append(f'printf("{item.name} %zu\\n", sizeof({item.name}));')
            for member in item.members:
                size = f"sizeof((({item.name} *)0)->{member})"
                lines.append(
                    f'printf("  {member} %zu %zu\\n", offsetof({item.name}, {member}), {size});'
                )
        elif item.kind == "enum":
            lines.append(f'puts("{item.name}");')
            lines += [f'printf("  {name} %d\\n", (int){name});' for name in item.members]
    return "\n".join(lines + ["return 0; }", ""])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--headers", required=True)
    parser.add_argument("--table", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--cc", nargs="+", default=["cc"])
    args = parser.parse_args()
    if platform.machine() != "x86_64":
        print("skipped: the table is for x86-64")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        source, binary = Path(folder, "layout.c"), Path(folder, "layout")
        source.write_text(program(args.headers))
        include = str(Path(args.headers).parent)
        subprocess.run([*args.cc, "-I", include, "-o", str(binary), str(source)], check=True)
        found = subprocess.run([str(binary)], check=True, capture_output=True, text=True).stdout
    if args.update:
        Path(args.table).write_text(found)
        return
    wanted = Path(args.table).read_text()
    sys.stdout.writelines(
        difflib.unified_diff(wanted.splitlines(True), found.splitlines(True), "table", "headers")
    )
    sys.exit(wanted != found)


if __name__ == "__main__":
    main()
