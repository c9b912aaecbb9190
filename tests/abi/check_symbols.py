# SPDX-License-Identifier: MIT
"""Headers = version script = exported symbols = Python declarations, and all of it documented."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

from declarations import Item, fail, read, without_comments

HELPERS = ("ttspy_", "init_")  # in the Python declarations, not in the headers


def in_map(path: str) -> dict[str, str]:
    """Symbol -> version node."""
    found = {}
    for node, body in re.findall(r"(\w[\w.]*) \{(.*?)\}", without_comments(Path(path).read_text()),
                                 re.S):
        section = body.split("local:")[0].replace("global:", "")
        found.update({name: node for name in re.findall(r"\w+", section)})
    return found


def in_library(path: str, nm: str) -> dict[str, str]:
    """Exported symbol -> version node."""
    output = subprocess.run([nm, "-D", "--defined-only", path], check=True, capture_output=True,
                            text=True).stdout
    found = {}
    for line in output.splitlines():
        kind, name = line.split()[-2:]
        if kind != "A":  # the node itself
            name, _, node = name.partition("@@")
            found[name] = node
    return found


def differences(what: str, found: set[str], wanted: set[str]) -> list[str]:
    return [f"{what} lacks {name}" for name in sorted(wanted - found)] + [
        f"{what} has {name}, which no header declares" for name in sorted(found - wanted)
    ]


def undocumented(items: list[Item]) -> list[str]:
    problems = []
    for item in items:
        guard = item.kind == "macro" and item.name.endswith("_H")
        if not guard and "@since" not in item.doc:
            problems.append(f"{item.header}: {item.name} has no comment with @since")
        problems += [
            f"{item.header}: {item.name}.{name} is not documented"
            for name, documented in item.members.items()
            if not documented and name not in ("reserved",)
        ]
    return problems


def _declared(member: str) -> str:
    match = re.search(r"\(\*(\w+)\)|(\w+)(?:\[[^]]*\])?$", member)
    assert match is not None, member
    return match[1] or match[2]


def cdef_names(path: str) -> tuple[set[str], dict[str, list[str]]]:
    """Functions, and members of structs and enums, that the Python package declares."""
    text = without_comments(Path(path).read_text())
    members: dict[str, list[str]] = {}
    for head, body in re.findall(r"((?:typedef struct|enum) \w+) \{(.*?)\n\}", text, re.S):
        parts = body.split("," if head.startswith("enum") else ";")
        members[head.split()[-1]] = [
            _declared(part.strip()) for part in parts if part.strip() not in ("", "...")
        ]
    outside = re.sub(r"\{.*?\n\}", "", text, flags=re.S)
    functions = set(re.findall(r"(?m)^(?!typedef)[\w *]*?\b(\w+)\(", outside))
    return {name for name in functions if not name.startswith(HELPERS)}, members


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("headers", "map", "library", "cdef"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--nm", default="nm")
    args = parser.parse_args()

    items = read(args.headers)
    functions = {item.name for item in items if item.kind == "function"}
    mapped = in_map(args.map)
    exported = in_library(args.library, args.nm)
    declared, members = cdef_names(args.cdef)

    problems = undocumented(items)
    problems += differences("the version script", set(mapped), functions)
    problems += differences("the library", set(exported), functions)
    problems += differences("_cdef.h", declared, functions)
    problems += [
        f"{name} is exported as {node or 'no version'}, the version script says {mapped[name]}"
        for name, node in exported.items()
        if name in mapped and node != mapped[name]
    ]
    for item in items:
        if item.kind in ("struct", "enum") and list(item.members) != members.get(item.name):
            problems.append(
                f"_cdef.h: {item.name} has {members.get(item.name)}, the header "
                f"{list(item.members)}"
            )
    print(f"{len(functions)} functions, {len(items)} documented items")
    fail(problems)


if __name__ == "__main__":
    main()
