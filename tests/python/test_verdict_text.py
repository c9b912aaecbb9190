# SPDX-License-Identifier: MIT
"""`ttsslice validate --format text`: what people read."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from conftest import tone
from ttsslice import Audio

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("TTSSLICE_BUILD", ROOT / "build"))
TOOL = BUILD / "tools" / "ttsslice"


def show(folder, text, heard, *arguments):
    (folder / "text.txt").write_text(text)
    (folder / "heard.json").write_text(json.dumps({"text": heard}))
    Audio(*tone(text, seed=1)).save(folder / "a.wav")
    done = subprocess.run([TOOL, "validate", "a.wav", "--text", "text.txt", "--transcript",
                           "heard.json", "--format", "text", *arguments],
                          cwd=folder, capture_output=True, timeout=60, text=True)
    assert done.returncode in (0, 1) and done.stderr == ""
    return done.stdout


def sentences(count):
    return [f"Line {n} of the harbour log says that ship {n} came in with grain." for n in
            range(1, count + 1)]


def test_a_short_text_is_shown_whole(tmp_path):
    text = " ".join(sentences(5))
    out = show(tmp_path, text, text.replace("of the harbour log ", "", 1))
    assert " of the harbour log]" in out and "Line 5" in out and "missing" in out


def test_of_a_long_text_the_faults_are_shown(tmp_path):
    said = sentences(100)
    text = "\n".join(said)
    said[10] = said[10].replace("says that ship 11 came in", "")
    said[50] = said[50].replace("grain", "grain and some more that nobody ever wrote")
    said[70] = said[70].replace("harbour log", "harbour")
    out = show(tmp_path, text, " ".join(said))
    assert "Line 30" not in out and len(out.splitlines()) < 25
    assert "[says that ship 11 came in]" in " ".join(out.split())
    assert "[*]" in out and "nobody ever wrote" in out
    assert "within the limits; --full" in out and "... " in out
    assert all(len(line) < 200 for line in out.splitlines())
    out = show(tmp_path, text, " ".join(said), "--full")
    assert "Line 30" in out and "of the harbour [4 log]" in " ".join(out.split())


@pytest.mark.parametrize("text, heard", [
    ("\u6c34" * 2000, "\u6c34" * 1500 + "\u706b" * 20), ("word " * 1000, ""),
    ("a" * 4000 + " b", "b"), (" ".join(sentences(90)), "nothing of it at all")])
def test_odd_long_texts(tmp_path, text, heard):
    out = show(tmp_path, text, heard, "--language", "zh" if text[0] == "\u6c34" else "en")
    assert out.startswith("FAILED") and "\ufffd" not in out
