# SPDX-License-Identifier: MIT
"""Reads the public headers: what is declared there and with which documentation.

Not a C parser: it knows the few shapes that our headers use and fails loudly on any other.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

SKIPPED = 77  # exit status that Meson shows as "skipped"


@dataclass
class Item:
    """One public name. `kind` is function, enum, value, struct, opaque, type, macro or initialiser;
    `members` are the names in a struct or enum, with whether each is documented."""

    name: str
    kind: str
    header: str
    doc: str
    members: dict[str, bool] = field(default_factory=dict)


TOKEN = re.compile(
    r"(?P<comment>/\*.*?\*/)"
    r"|(?P<directive>^[ \t]*#(?:[^\n]*\\\n)*[^\n]*)"
    r"|(?P<code>(?:(?!/\*|^[ \t]*#).)+?[;{}](?=\s|$))"
    r"|(?P<space>\s+)",
    re.S | re.M,
)
MEMBER = re.compile(r"(?P<code>[^;,]+[;,]?)\s*(?P<comment>/\*\*<.*?\*/)?", re.S)


def read(folder: str) -> list[Item]:
    """Everything that the headers in `folder` declare."""
    items: list[Item] = []
    for path in sorted(Path(folder).glob("*.h")):
        items += _read_header(path)
    return items


def without_comments(text: str) -> str:
    """C source without comments; lines keep their numbers."""
    return re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)


def _read_header(path: Path) -> list[Item]:
    text = path.read_text(encoding="ascii")
    items: list[Item] = []
    doc = ""
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            sys.exit(f"{path.name}: cannot read at {text[position:position + 60]!r}")
        position = match.end()
        if match["comment"]:
            doc = match["comment"] if match["comment"].startswith("/**") else ""
        elif match["directive"]:
            doc = _directive(match["directive"].strip(), path.name, doc, items)
        elif match["code"]:
            code = match["code"].strip()
            if code.endswith("{") and not code.startswith("extern"):
                end = text.index("\n}", position)
                stop = text.index(";", end) + 1
                items.append(_block(code, text[position:end], text[end:stop], path.name, doc))
                position = stop
            elif code not in ("}", 'extern "C" {'):
                items.append(_statement(code, path.name, doc))
            doc = ""
    return items


def _directive(line: str, header: str, doc: str, items: list[Item]) -> str:
    """A #define is an item; the comment before a group of directives is for all of them."""
    match = re.match(r"#define (TTSSLICE_\w+)(\([^)]*\))?[ \t\\]", line)
    if match:
        name = match[1]
        kind = "initialiser" if name.endswith("_INIT") else "macro"
        if not any(item.name == name for item in items):
            items.append(Item(name, kind, header, doc))
        return doc
    return doc if re.match(r"#(if|else|endif|elif)", line) else ""


def _statement(code: str, header: str, doc: str) -> Item:
    for pattern, kind in (
        (r"TTSSLICE_API\b.*?\b(ttsslice_\w+)\(.*\);$", "function"),
        (r"typedef struct (ttsslice_\w+) \1;$", "opaque"),
        (r"typedef \w+ \(\*(ttsslice_\w+)\)\(.*\);$", "type"),
    ):
        match = re.match(pattern, code, re.S)
        if match:
            return Item(match[1], kind, header, doc)
    sys.exit(f"{header}: cannot read {code!r}")


def _block(head: str, body: str, tail: str, header: str, doc: str) -> Item:
    match = re.match(r"enum (ttsslice_\w+) \{$", head)
    if match:
        item = Item(match[1], "enum", header, doc)
        for member in re.finditer(
            r"(TTSSLICE_\w+)\s*=\s*-?\d+,?\s*(/\*\*<.*?@since [\d.]+\s*\*/)?", body, re.S
        ):
            item.members[member[1]] = bool(member[2])
        return item
    match = re.match(r"typedef struct (ttsslice_\w+) \{$", head)
    if not match or f"}} {match[1]};" not in tail:
        sys.exit(f"{header}: cannot read {head!r}")
    item = Item(match[1], "struct", header, doc)
    # A function pointer has its comment before it, other members behind them.
    for member in re.finditer(
        r"(?P<before>/\*\*[^<].*?\*/\s*)?(?P<code>[^;/]+);\s*(?P<after>/\*\*<.*?\*/)?", body, re.S
    ):
        name = re.search(r"\(\*(\w+)\)\(|(\w+)(?:\[\w+\])?$", member["code"].strip())
        assert name is not None
        item.members[name[1] or name[2]] = bool(member["before"] or member["after"])
    return item


def fail(problems: list[str]) -> None:
    """Prints the problems and ends with the status that goes with them."""
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
