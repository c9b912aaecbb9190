# SPDX-License-Identifier: MIT
"""House rules that a search can check: banned functions, and includes that flow one way."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from declarations import fail, without_comments

BANNED = (
    "strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol atoll atof "
    "printf vprintf fprintf vfprintf puts putchar perror exit _exit abort setlocale rand srand "
    "alloca strerror"
).split()
# What a folder of lib/ may include besides itself.
SLICES = {"chunk", "dispatch", "validate", "select", "concat"}
BELOW = {
    "base": set(),
    "audio": {"base"},
    "engine": {"base", "audio"},
    **{slice_: {"base", "audio"} for slice_ in SLICES},
    "pipeline": {"base", "audio", "engine"} | SLICES,
    "handler": {"base", "audio", "engine", "pipeline"} | SLICES,
}
# Folders that see public headers alone.
OUTSIDE = ("tools",)

STRING = re.compile(r'"(?:\\.|[^"\\])*"')


def check_calls(path: Path, text: str) -> list[str]:
    calls = re.compile(r"(?<![\w.>])(" + "|".join(BANNED) + r")\s*\(")
    return [
        f"{path}:{number}: {match[1]}() is not used here"
        for number, line in enumerate(text.splitlines(), 1)
        if not line.lstrip().startswith("#")
        for match in calls.finditer(STRING.sub('""', line))
    ]


def check_includes(path: Path, text: str, folder: str) -> list[str]:
    problems = []
    for name in re.findall(r'#\s*include\s*"(.*?)"', text):
        above, _, rest = name.partition("/")
        if rest and above not in BELOW[folder] | {folder}:
            problems.append(f"{path}: {folder}/ must not include {name}")
    for name in re.findall(r"#\s*include\s*<ttsslice/(\w+)\.h>", text):
        if folder in SLICES and name in (SLICES | {"run", "handler", "ttsslice"}) - {folder}:
            problems.append(f"{path}: slice {folder} must not include ttsslice/{name}.h")
    return problems


def main(root: Path) -> None:
    problems = []
    count = 0
    for path in sorted((root / "lib").rglob("*.[ch]")):
        folder = path.relative_to(root / "lib").parts[0]
        text = without_comments(path.read_text())
        problems += check_calls(path, text) + check_includes(path, text, folder)
        count += 1
    for outside in OUTSIDE:
        for path in sorted((root / outside).rglob("*.[ch]")):
            text = without_comments(path.read_text())
            problems += [
                f"{path}: {outside}/ sees public headers alone, not {name}"
                for name in re.findall(r'#\s*include\s*"(.*?)"', text)
                if name.split("/")[0] in BELOW
            ]
            count += 1
    print(f"{count} files")
    fail(problems)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
