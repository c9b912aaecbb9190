# SPDX-License-Identifier: MIT
"""The examples of docs/python.md run, each in a folder of its own with a server at hand."""

import re
from pathlib import Path

import pytest

import ttsslice
from conftest import listen, tone

GUIDE = Path(__file__).parents[2] / "docs" / "python.md"
NEEDS = re.compile(r"<!-- needs: ([\w, ]+) -->\s*\Z")


def examples():
    """Code blocks of Python, with the features that the comment before a block asks for."""
    text = GUIDE.read_text(encoding="utf-8")
    for match in re.finditer(r"^```python\n(.*?)^```", text, re.S | re.M):
        needs = NEEDS.search(text[: match.start()])
        line = text[: match.start()].count("\n") + 1
        yield pytest.param(match[1], needs[1].split(", ") if needs else [], id=f"line{line}")


@pytest.mark.parametrize("code, needs", list(examples()))
def test_example(code, needs, tmp_path, monkeypatch):
    for feature in needs:
        if not ttsslice.feature_supported(feature):
            pytest.skip(f"this build has no {feature}")
    monkeypatch.chdir(tmp_path)
    Path("chapter.txt").write_text("The lamp went out. Nobody spoke.\n\nMorning came late.")
    names = {"__name__": "example"}
    if "server" in needs:
        with ttsslice.Server(ttsslice.Handler(tone, listen)) as server:
            monkeypatch.setenv("TTSSLICE_ENDPOINT", server.endpoint)
            exec(compile(code, str(GUIDE), "exec"), names)
    else:
        exec(compile(code, str(GUIDE), "exec"), names)


def test_there_are_examples():
    assert len(list(examples())) >= 6
