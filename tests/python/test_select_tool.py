# SPDX-License-Identifier: MIT
"""`ttsslice select` as a script and behind `ttsslice validate`."""

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
ONE = {"score": 91, "passed": True}
TWO = {"score": 97, "passed": True}


def run(*arguments, text="", status=0, folder=None):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TTSSLICE_")}
    done = subprocess.run([TOOL, *map(str, arguments)], input=text.encode(), cwd=folder,
                          capture_output=True, env=environment, timeout=60)
    assert done.returncode == status, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


def lines(*values):
    return "".join(json.dumps(each) + "\n" for each in values)


@pytest.mark.parametrize("text", [
    json.dumps([ONE, TWO]), json.dumps({"candidates": [ONE, TWO]}), lines(ONE, TWO),
    "\ufeff" + lines(ONE, TWO), "\ufeff" + json.dumps([ONE, {"verdict": TWO}])])
def test_forms(text):
    out, err = run("select", "-", text=text)
    assert err == "" and json.loads(out)["index"] == 1


def test_what_else_a_candidate_has_comes_back():
    out, _ = run("select", "-", text=lines(ONE | {"path": "a.wav", "level_dbfs": None}))
    assert json.loads(out)["candidate"]["path"] == "a.wav"


@pytest.mark.parametrize("key, value", [
    ("level_dbfs", "-20"), ("level_dbfs", True), ("rate", []), ("rate", -1), ("tail_s", {}),
    ("tail_s", "0.1"), ("duration_s", "1"), ("score", "91"), ("score", 101), ("score", None),
    ("passed", 1), ("passed", None)])
def test_odd_values_are_named_with_their_line(key, value):
    _, err = run("select", "-", text=lines(ONE, TWO | {key: value}), status=3)
    assert f'standard input: line 2: ' in err and f'"{key}"' in err
    _, err = run("select", "-", text=json.dumps([ONE, TWO | {key: value}]), status=3)
    assert f'standard input: candidate 1: ' in err and f'"{key}"' in err


@pytest.mark.parametrize("text, words", [
    ("", "no candidate"), ("[]", "no candidate"), ("42", "not JSON"),
    ("[1]", "candidate 0: it must be an object"), ('{"candidates": 1}', "must be an array"),
    (lines(ONE) + "{", "line 2: not JSON"), ('{"score": 1, "score": 2}', "duplicate")])
def test_what_is_no_candidate(text, words):
    _, err = run("select", "-", text=text, status=3)
    assert words in err


def test_verdicts_go_in_as_validate_prints_them(tmp_path):
    (tmp_path / "text.txt").write_text("Rain fell on the slate roofs all night.")
    heard = {"cut": "Rain fell on the slate", "good": "Rain fell on the slate roofs all night.",
             "near": "Rain fell on the slates roof all night."}
    verdicts, statuses = "", []
    for name, said in heard.items():
        Audio(*tone("Rain fell on the slate roofs all night.", seed=1)).save(tmp_path / f"{name}.wav")
        (tmp_path / f"{name}.json").write_text(json.dumps({"text": said}))
        done = subprocess.run([TOOL, "validate", f"{name}.wav", "--text", "text.txt", "--transcript",
                               f"{name}.json", "--format", "json"],
                              cwd=tmp_path, capture_output=True, timeout=60)
        verdicts += done.stdout.decode()
        statuses.append(done.returncode)
    assert statuses[0] == 1 and verdicts.count("\n") == 3
    for policy in ("best_score", "shortest_passing", "cleanest"):
        out, err = run("select", "-", "--policy", policy, text=verdicts)
        chosen = json.loads(out)
        assert err == "" and chosen["index"] == 1 and chosen["candidate"]["audio"] == "good.wav"
    out, _ = run("select", "-", text=verdicts.splitlines()[0], status=1)
    assert not json.loads(out)["passed"]


def test_what_could_not_be_judged_is_left_out(tmp_path):
    (tmp_path / "text.txt").write_text("Rain fell.")
    failed, _ = run("validate", "none.wav", "neither.wav", "--text", "text.txt", status=3,
                    folder=tmp_path)
    assert failed.count('"error"') == 2
    out, err = run("select", "-", text=failed + lines(ONE))
    assert json.loads(out)["index"] == 2
    assert "line 1: left out" in err and "line 2: left out" in err and "none.wav" in err
    run("select", "-", text=failed, status=3)
