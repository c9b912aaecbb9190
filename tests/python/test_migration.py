# SPDX-License-Identifier: MIT
"""The guide to migration: every state of its application runs, and every command."""

import difflib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ttsslice

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "migration.md"
STATES = ROOT / "docs" / "examples" / "migration"
TOOLS = Path(os.environ.get("TTSSLICE_BUILD", ROOT / "build")) / "tools"
STEPS = range(1, 6)
AUDIO = "audio_narrative_transcript.wav"
FILES = (AUDIO, "audio_narrative_transcript_metadata.json", "segments.json")

pytestmark = pytest.mark.skipif(
    not all(map(ttsslice.feature_supported, ("flite", "sphinx", "server"))),
    reason="this build lacks flite, sphinx or the server",
)


def blocks(kind):
    """The code blocks of a kind in the guide."""
    return re.findall(rf"^```{kind}\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.S | re.M)


def source(state):
    return (STATES / f"app{state}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", STEPS)
def test_the_guide_shows_the_difference(step):
    names = f"app{step - 1}.py", f"app{step}.py"
    lines = [source(step - 1).splitlines(keepends=True), source(step).splitlines(keepends=True)]
    wanted = "".join(difflib.unified_diff(*lines, *names, n=1))
    assert len(blocks("diff")) == len(STEPS)
    assert blocks("diff")[step - 1] == wanted, f"write into docs/migration.md:\n{wanted}"


def serve(*options):
    """A running `ttsslice serve`, and its endpoint."""
    process = subprocess.Popen([TOOLS / "ttsslice", "serve", "--port", "0", "--quiet", *options],
                               stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())["endpoint"]


def stop(process):
    process.terminate()
    process.wait(300)
    process.stdout.close()


@pytest.fixture(scope="module")
def endpoint():
    process, prefix = serve()
    yield prefix
    stop(process)


@pytest.fixture
def place(tmp_path, monkeypatch, endpoint):
    """A folder with the files of the example, in which an application can be started."""
    for file in STATES.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("TTSSLICE_ENDPOINT", endpoint)
    yield tmp_path
    sys.modules.pop("speech", None)


def application(state):
    """A test client of the application in a state."""
    pytest.importorskip("flask")
    pytest.importorskip("numpy")
    if state == 5:
        pytest.importorskip("asgiref")
    spec = importlib.util.spec_from_file_location(f"app{state}", f"app{state}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app.test_client()


def narration(state):
    """What the application makes of the text, by the names of the files."""
    client = application(state)
    answer = client.post("/voiceover", json={"text": Path("text.txt").read_text()})
    assert answer.status_code == 201, answer.get_json()
    made = {}
    for name in FILES:
        with client.get(f"/voiceover/{answer.get_json()['id']}/{name}") as sent:
            assert sent.status_code == 200
            made[name] = sent.data
    return made


def test_every_state_narrates_and_no_step_changes_the_sound(place):
    before = narration(0)
    segments = json.loads(before["segments.json"])
    for state in (1, 2, 3, 4):
        after = narration(state)
        assert after[AUDIO] == before[AUDIO], f"step {state} changed the sound"
        assert json.loads(after["segments.json"]) == segments
    last = narration(5)
    spoken = " ".join(each["text"] for each in json.loads(last["segments.json"]))
    assert spoken.split() == Path("text.txt").read_text().split()
    # The library splits by paragraph and trims what is quiet; what is said is the same.
    audio = ttsslice.Audio.decode(last[AUDIO])
    assert ttsslice.Audio.decode(before[AUDIO]).duration_s == pytest.approx(audio.duration_s, 0.5)
    metadata = json.loads(last["audio_narrative_transcript_metadata.json"])
    assert metadata["plan"]["dispatch"] == "local" and metadata["plan"]["select"] == "handler"


@pytest.mark.parametrize("state", range(6))
def test_bad_input_and_a_handler_that_is_not_there(state, place, monkeypatch):
    monkeypatch.setenv("TTSSLICE_ENDPOINT", "http://127.0.0.1:1/v2/local")
    client = application(state)
    for bad in ({}, {"text": " "}, {"text": 3}):
        assert client.post("/voiceover", json=bad).status_code == 400
    assert client.post("/voiceover", data=b"\xff").status_code == 400
    assert client.get("/voiceover/../app0.py").status_code == 404


def test_a_handler_that_is_not_there_is_said_so(place, monkeypatch):
    monkeypatch.setenv("TTSSLICE_ENDPOINT", "http://127.0.0.1:1/v2/local")
    original = ttsslice.RemoteModel
    monkeypatch.setattr(ttsslice, "RemoteModel", lambda **given: original(backoff=(), **given))
    answer = application(1).post("/voiceover", json={"text": "Rain fell."})
    assert answer.status_code == 502 and answer.get_json()["code"] == "NETWORK"


def shell(code, folder, endpoint):
    """Runs a block of the guide."""
    environment = {
        **os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}",
        "TTSSLICE_ENDPOINT": endpoint, "PYTEST_PLUGINS": "ttsslice.pytest_plugin",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "100",
    }
    code = code.replace("python3", sys.executable)
    return subprocess.run(["sh", "-u", "-c", code], cwd=folder, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)


@pytest.mark.parametrize("step", STEPS)
def test_what_to_run_after_a_step(step, place, endpoint):
    code = blocks("sh")[step - 1]
    assert f"slice{step}" in code
    done = shell(code, place, endpoint)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout and "the same takes, scores and bytes" in done.stdout


def test_what_a_failure_looks_like(place):
    """A handler whose model is another one: the guide shows what is said then."""
    process, prefix = serve("--defect-rate", "1")
    try:
        done = shell(blocks("sh")[0], place, prefix)
    finally:
        stop(process)
    assert done.returncode == 1
    (shown,) = (block for block in blocks("text") if "changes the result" in block)
    hidden = re.compile(r'["\'][0-9a-f]{16}["\']|run \d.*\n')
    assert hidden.sub("#", shown).strip() in hidden.sub("#", done.stdout)
    (shown,) = (block for block in blocks("text") if "AssertionError" in block)
    for line in shown.splitlines():
        assert hidden.sub("#", line).strip() in hidden.sub("#", done.stdout)


def test_the_failures_of_the_guide_are_said_so(place, endpoint):
    """Every message in the table stands for something that can happen."""
    rows = dict(re.findall(r"^\| `(\w+)`[^|]*\| `([^`]+)` \|", GUIDE.read_text("utf-8"), re.M))
    assert rows.keys() == {"AudioError", "EndpointError", "JobError"}
    with pytest.raises(ttsslice.AudioError) as rate:
        ttsslice.RemoteModel(sr=24000).generate("Rain fell.")
    assert rows["AudioError"] == str(rate.value)
    with pytest.raises(ttsslice.JobError) as job:
        ttsslice.RemoteModel().generate("Rain fell.", exaggeration=3.0)
    assert rows["JobError"] == str(job.value)
    os.environ.pop("TTSSLICE_ENDPOINT")
    with pytest.raises(ttsslice.EndpointError) as none:
        ttsslice.RemoteModel()
    assert rows["EndpointError"] == str(none.value)
