# SPDX-License-Identifier: MIT
"""The examples of the guides run, each in a folder of its own with a server at hand."""

import os
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

import ttsslice
from conftest import listen, tone

ROOT = Path(__file__).parents[2]
TOOLS = Path(os.environ.get("TTSSLICE_BUILD", ROOT / "build")) / "tools"
GUIDE = ROOT / "docs" / "python.md"
CHUNKS = ROOT / "docs" / "chunk.md"
JOINS = ROOT / "docs" / "concat.md"
VERDICTS = ROOT / "docs" / "validate.md"
NEEDS = re.compile(r"<!-- needs: ([\w, ]+) -->\s*\Z")


def examples(guide=GUIDE, kind="python"):
    """Code blocks, with the features that the comment before a block asks for."""
    text = guide.read_text(encoding="utf-8")
    for match in re.finditer(rf"^```{kind}\n(.*?)^```", text, re.S | re.M):
        needs = NEEDS.search(text[: match.start()])
        line = text[: match.start()].count("\n") + 1
        name = f"{guide.stem}-line{line}"
        yield pytest.param(match[1], needs[1].split(", ") if needs else [], id=name)


@pytest.mark.parametrize("code, needs", [*examples(), *examples(CHUNKS), *examples(JOINS), *examples(VERDICTS)])
def test_example(code, needs, tmp_path, monkeypatch):
    if "flask" in needs:
        pytest.importorskip("flask")
    for feature in set(needs) - {"flask"}:
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


@pytest.mark.parametrize("code, needs", [*examples(CHUNKS, "sh"), *examples(JOINS, "sh"),
                                         *examples(VERDICTS, "sh")])
def test_example_of_the_tool(code, needs, tmp_path):
    assert needs == ["tool"]
    for name in ("rain", "gulls", "tide"):
        ttsslice.Audio(*tone(name * 9, seed=1)).save(tmp_path / f"{name}.wav")
    environment = {**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-eu", "-c", code], cwd=tmp_path, env=environment,
                          capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_fault_is_told():
    text = VERDICTS.read_text(encoding="utf-8").partition("## Faults")[2]
    rows = "".join(row.split("|")[1] for row in re.findall(r"^\| `.*$", text, re.M))
    assert {kind.name.lower() for kind in ttsslice.DefectKind} <= set(re.findall(r"`(\w+)`", rows))


def rules():
    """The table of rules: name, "ends" or "goes on", an example of it, its language."""
    text = CHUNKS.read_text(encoding="utf-8")
    return re.findall(r"^\| `([a-z-]+)` \| (ends|goes on) \| (.+) \| (\w*) ?\|$", text, re.M)


@pytest.mark.parametrize("name, verdict, example, language", rules())
def test_every_rule_has_an_example(name, verdict, example, language):
    found = ttsslice.explain(example.replace("¶", "\n\n"), language=language or "en")
    assert (name, verdict == "ends") in [(each.rule, each.taken) for each in found]


def test_no_rule_is_left_out():
    source = (ROOT / "lib" / "chunk" / "rules.c").read_text(encoding="utf-8")
    known = re.findall(r'= \{\s*"([a-z-]+)"', source)
    assert known == [rule[0] for rule in rules()] and len(known) > 20


TABLES = ("abbreviations", "starters", "ordinal_digits", "speech_verbs", "numbered_headings")


def test_every_language_has_its_row():
    rows = {row.split("|")[1].strip(): [cell.strip() for cell in row.split("|")[3:8]]
            for row in re.findall(r"^\| [a-z]{2} \|.*$", CHUNKS.read_text(encoding="utf-8"), re.M)}
    data = {}
    for path in (ROOT / "lib" / "chunk").glob("data_*.c"):
        source = path.read_text(encoding="utf-8")
        data[path.stem[5:]] = ["x" if f".{name} =" in source else "" for name in TABLES]
    assert rows == data, "correct the table in docs/chunk.md"
    assert list(rows) == sorted(rows)


def test_the_template_of_a_language_compiles(tmp_path):
    (code,) = (each.values[0] for each in examples(CHUNKS, "c"))
    compiler = shutil.which("cc") or pytest.skip("there is no compiler")
    source = tmp_path / "data_xx.c"
    source.write_text(code, encoding="utf-8")
    subprocess.run([compiler, "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                    f"-I{ROOT / 'lib'}", f"-I{ROOT / 'include'}", source], check=True, timeout=60)
    for table in re.findall(r"\[\] = \{(.*?)\};", code, re.S):
        words = re.findall('"([^"]+)"', table)
        assert words == sorted(words) and words


def test_the_readme_knows_how_many_languages_there_are():
    said = re.search(r"in (\d+) languages", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert int(said[1]) == len(list((ROOT / "lib" / "chunk").glob("data_*.c")))


@pytest.fixture
def web():
    """The web application of the guide, with the engines of the tests."""
    pytest.importorskip("flask")
    (code,) = (each.values[0] for each in examples() if "flask" in each.values[1])
    assert code.count("\n") < 60
    names = {"__name__": "example"}
    exec(compile(code, str(GUIDE), "exec"), names)
    names["engines"].update(generator=tone, transcriber=listen)
    yield names
    names["pool"].shutdown()
    shutil.rmtree(names["folder"])


def state_of(client, key, wanted):
    """Asks until the narration is in one of the states, for at most half a minute."""
    for _ in range(1500):
        answer = client.get(f"/narrations/{key}").get_json()
        if answer["state"] in wanted:
            return answer
        time.sleep(0.02)
    raise AssertionError(answer)


def test_the_web_application_narrates(web):
    client = web["app"].test_client()
    answer = client.post("/narrations", json={"text": "Rain fell. Nobody noticed."})
    assert answer.status_code == 202
    key = answer.get_json()["id"]
    state = state_of(client, key, ["ready"])
    assert state["done"] == state["chunks"] == 1 and len(state["scores"]) == 1
    sent = client.get(f"/narrations/{key}/audio")
    assert ttsslice.Audio.decode(sent.data).frames and sent.mimetype.endswith("wav")
    sent.close()
    assert client.delete(f"/narrations/{key}").status_code == 204, "too late, and no harm done"


def test_the_web_application_cancels(web):
    release, entered = threading.Event(), threading.Event()

    def slow(text, **params):
        entered.set()
        release.wait(30)
        return tone(text, **params)

    web["engines"]["generator"] = slow
    client = web["app"].test_client()
    keys = [client.post("/narrations", json={"text": "Rain fell."}).get_json()["id"]
            for _ in range(3)]
    assert entered.wait(30)
    assert client.get(f"/narrations/{keys[0]}/audio").status_code == 404
    for key in keys:
        assert client.delete(f"/narrations/{key}").status_code == 204
    release.set()
    for key in keys:
        assert state_of(client, key, ["cancelled", "ready", "failed"])["state"] == "cancelled"
    assert not list(web["folder"].iterdir())


def test_the_web_application_refuses(web):
    client = web["app"].test_client()
    for bad in ({"text": " "}, {}, {"text": 3}, {"text": "a\0b"}):
        answer = client.post("/narrations", json=bad)
        assert answer.status_code == 400 and answer.get_json()["error"]
    assert client.get("/narrations/none").status_code == 404
    assert client.delete("/narrations/none").status_code == 404
    web["engines"]["generator"] = lambda text, **params: 1 / 0
    key = client.post("/narrations", json={"text": "Rain."}).get_json()["id"]
    assert state_of(client, key, ["failed"])["error"] == "division by zero"


def test_there_are_examples():
    assert len(list(examples())) >= 6
