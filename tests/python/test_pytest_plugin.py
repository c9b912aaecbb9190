# SPDX-License-Identifier: MIT
"""The pytest plugin, run by pytester: plans, recording and replay, assertions, reports."""

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ttsslice
from conftest import RATE, listen, tone
from ttsslice.recording import Recorder, Replayer, content_of, name_of
from ttsslice.testing import assert_same_speech, assert_spoken

pytest_plugins = ["pytester"]

needs_server = pytest.mark.skipif(
    not ttsslice.feature_supported("server"), reason="this build has no server")

ENGINES = """
import pytest
from array import array

@pytest.fixture(scope="session")
def tts_options():
    return {
        "generator": lambda text, **params: (
            array("h", [params["seed"] % 9000 + 900, -4000] * (225 * len(text))), 8000),
        "transcriber": lambda audio, sample_rate, text, language: text,
        "n_candidates": 2, "poll_interval_s": 0.005, "backoff": (0.01,),
    }
"""

SUITE = """
from ttsslice.testing import assert_same_speech

def test_speech(tts_render, tts_corpus):
    result = tts_render(tts_corpus)
    assert result.ok
    assert_same_speech(result, tts_render(tts_corpus, plan="slice0"))
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Runs the suite with the plugin, and no endpoint but that of the options."""
    for name in ("TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID", "RUNPOD_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeconftest(ENGINES)

    def run(*arguments, suite=SUITE):
        pytester.makepyfile(test_it=suite)
        return pytester.runpytest(
            "-p", "ttsslice.pytest_plugin", "-p", "no:cacheprovider", *map(str, arguments))

    return run


@needs_server
def test_all_plans_by_default(run):
    done = run("-v")
    done.assert_outcomes(passed=12)
    done.stdout.fnmatch_lines(["*test_speech?slice0-tides? PASSED*",
                               "*test_speech?slice5-ferry? PASSED*"])


@needs_server
def test_the_summary_counts(run):
    done = run("--tts-plan", "slice4", "--tts-plan", "slice1", "--tts-plan", "slice4",
               suite="def test_it(tts_render):\n    tts_render('Rain fell. It stopped.')\n")
    done.assert_outcomes(passed=2)
    done.stdout.fnmatch_lines([
        "*speech, plan by plan*",
        "plan *renders*chunks*takes*not passed*failed*score*audio*time",
        "slice1 *1 *1 *2 *0 *0 *100.0 * s * s",
        "slice4 *1 *1 *2 *0 *0 *100.0 * s * s",
    ])
    assert "slice0" not in done.stdout.str()


def test_no_table_where_nothing_was_rendered(run):
    done = run(suite="def test_it(tts_plan):\n    assert tts_plan\n")
    done.assert_outcomes(passed=6)
    assert "plan by plan" not in done.stdout.str()


@pytest.mark.parametrize("how", ["option", "environment"])
def test_other_protocols_are_not_recorded(run, how, tmp_path, monkeypatch):
    given = ', protocol="plain"' if how == "option" else ""
    if how == "environment":
        monkeypatch.setenv("TTSSLICE_PROTOCOL", "openai")
    suite = f"""
def test_it(tts_render):
    tts_render("Rain fell."{given})
"""
    for option in ("--tts-record", "--tts-replay"):
        done = run(option, tmp_path, "--tts-plan", "slice0", "--tts-plan", "slice5", suite=suite)
        done.assert_outcomes(passed=1, failed=1)
        done.stdout.fnmatch_lines(["*speak RunPod's protocol alone, and protocol is*"])


@needs_server
def test_record_and_replay(run, tmp_path, monkeypatch):
    folder = tmp_path / "jobs"
    speaks = []

    def speak(text, **params):
        speaks.append(text)
        return tone(text, **params)

    with ttsslice.Server(ttsslice.Handler(speak, listen), api_key="s3cr3t") as server:
        monkeypatch.setenv("RUNPOD_API_KEY", "s3cr3t")
        suite = """
def test_it(tts_render, tts_plan):
    result = tts_render("Rain fell on the roofs.\\n\\nNobody noticed.", min_chars_merge=1,
                        audio_prompt_url="https://host/voice.wav?signature=t0k3n", seed=4,
                        transcriber=lambda audio, sample_rate, text, language: text)
    print("digests", tts_plan, [c.digest for chunk in result.candidates for c in chunk])
"""
        plans = ["--tts-plan", "slice1", "--tts-plan", "slice2", "--tts-plan", "slice5", "-s"]
        done = run("--tts-endpoint", server.endpoint, "--tts-record", folder, *plans, suite=suite)
        done.assert_outcomes(passed=3)
    made, files = len(speaks), sorted(folder.iterdir())
    assert made and len(files) == 4 + 2 + 2, "one file a job"
    stored = "".join(path.read_text() for path in files)
    assert "s3cr3t" not in stored and "t0k3n" not in stored and "signature" not in stored
    for path in files:
        kept = json.loads(path.read_text())
        assert path.stem == name_of(kept["input"]) and "request_id" not in kept["input"]
        assert kept["answer"]["output"]["status"] == "success"

    monkeypatch.delenv("RUNPOD_API_KEY")
    again = run("--tts-replay", folder, *plans, suite=suite)
    again.assert_outcomes(passed=3)
    assert len(speaks) == made, "nothing was generated"
    pick = re.compile(r"^\.?(digests .*)$", re.M)
    assert pick.findall(again.stdout.str()) == pick.findall(done.stdout.str()) != []


def test_a_missing_recording_names_the_job(run, tmp_path):
    (tmp_path / "jobs").mkdir()
    done = run("--tts-replay", tmp_path / "jobs", "--tts-plan", "slice4",
               suite="def test_it(tts_render):\n    tts_render('Rain fell.', seed=7)\n")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(['*has no recording of this job: "Rain fell.", slice 4, seed 7*',
                               ])
    done.stdout.fnmatch_lines(["*run once with --tts-record*"])
    assert "During handling" not in done.stdout.str()


def test_a_damaged_recording_is_told(tmp_path, run):
    name = name_of({"text": "Rain."})
    (tmp_path / f"{name}.json").write_text("{}")
    with Replayer(tmp_path) as replayer:
        (result,) = ttsslice.dispatch([{"text": "Rain."}], endpoint=replayer.endpoint,
                                      poll_interval_s=0.005)
        assert not result.ok and "damaged" in result.error and f"{name}.json" in result.error
        (result,) = ttsslice.dispatch([{"text": "Snow."}], endpoint=replayer.endpoint,
                                      poll_interval_s=0.005)
        assert '"Snow."' in result.error and len(replayer.missing) == 2
        assert ttsslice.health(replayer.endpoint)["workers"]


@needs_server
def test_failures_are_recorded_too(tmp_path):
    def speak(text, **params):
        raise ttsslice.TakeError("the voice is gone")

    job = {"text": "Rain.", "slice": 1}
    with ttsslice.Server(ttsslice.Handler(speak, listen)) as server, \
            Recorder(tmp_path, server.endpoint) as recorder:
        (was,) = ttsslice.dispatch([job], endpoint=recorder.endpoint, poll_interval_s=0.005)
        assert recorder.recorded == 1
    with Replayer(tmp_path) as replayer:
        (now,) = ttsslice.dispatch([job], endpoint=replayer.endpoint, poll_interval_s=0.005)
    assert (was.error, was.code, was.error_code) == (now.error, now.code, now.error_code)
    assert "the voice is gone" in now.error


def test_an_upstream_that_is_not_there(tmp_path):
    with Recorder(tmp_path, "http://127.0.0.1:1/v2/none") as recorder:
        (result,) = ttsslice.dispatch([{"text": "Rain."}], endpoint=recorder.endpoint, backoff=())
    assert not result.ok and result.http_status == 502
    assert not list(tmp_path.iterdir())
    with pytest.raises(ttsslice.EndpointError):
        Recorder(tmp_path, "nowhere")
    with pytest.raises(ttsslice.ArgumentError):
        Replayer(tmp_path / "none")


def test_what_names_a_recording():
    job = {"text": "Rain.", "seed": 1, "audio_prompt_url": "https://h/v.wav?a=1#b"}
    assert name_of(job) == name_of({**job, "request_id": "3.0.0"})
    assert name_of(job) == name_of({**job, "audio_prompt_url": "https://h/v.wav?a=2"})
    assert name_of(job) == name_of(dict(reversed(job.items())))
    assert name_of(job) != name_of({**job, "seed": 2})
    assert content_of({"audio_prompt_base64": "AAAA"})["audio_prompt_base64"].startswith("sha256:")


def test_bad_options(run, tmp_path):
    for arguments, message in [
        (["--tts-plan", "slice6"], "*there is no plan 'slice6'; known: slice0,*"),
        (["--tts-replay", tmp_path / "none"], "*there is no folder*none"),
        (["--tts-report", "/proc/none/out.html"], "*cannot make /proc/none: *"),
        (["--tts-report", tmp_path], "*is a folder"),
        (["--tts-record", "/proc/none"], "*cannot make /proc/none: *"),
        (["--tts-record", tmp_path, "--tts-replay", tmp_path], "*contradict each other"),
        (["--tts-replay", tmp_path, "--tts-endpoint", "http://x"], "*needs no --tts-endpoint*"),
    ]:
        done = run(*arguments)
        assert done.ret == pytest.ExitCode.USAGE_ERROR
        done.stderr.fnmatch_lines([f"ERROR: {message}"])
    done = run("--tts-corpus", tmp_path / "none.txt")
    assert done.ret != 0
    assert "cannot read" in done.stdout.str() + done.stderr.str()


def test_own_corpus(run, pytester):
    (pytester.path / "texts").mkdir()
    (pytester.path / "texts" / "rain.txt").write_text("Rain fell.")
    (pytester.path / "texts" / "snow.txt").write_text("Schnee fiel.")
    pytester.makeini("[pytest]\ntts_corpus = texts\n")
    suite = "def test_it(tts_corpus, tts_render):\n    assert tts_render(tts_corpus).ok\n"
    done = run("-v", "--tts-plan", "slice0", suite=suite)
    done.assert_outcomes(passed=2)
    done.stdout.fnmatch_lines(["*slice0-rain*", "*slice0-snow*"])
    run("--tts-plan", "slice0", "--tts-corpus", "texts/snow.txt", suite=suite).assert_outcomes(
        passed=1)


def test_a_failing_chunk_is_in_the_result(run):
    done = run("--tts-plan", "slice0", suite="""
import ttsslice

def speak(text, **params):
    if "Snow" in text:
        raise ttsslice.TakeError("no snow today")
    from array import array
    return array("h", [900, -900] * 2000), 8000

def test_it(tts_render):
    result = tts_render("Rain fell.\\n\\nSnow fell.", generator=speak, min_chars_merge=1)
    assert [chunk.code_name for chunk in result.chunks] == ["OK", "ENGINE"]
""")
    done.assert_outcomes(passed=1)
    done.stdout.fnmatch_lines(["slice0 *1 *2 *2 *0 *1 *"])


class Page(HTMLParser):
    """What a browser would have to fetch, and the text."""

    def __init__(self):
        super().__init__()
        self.fetches, self.text, self.tags = [], "", []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.fetches += [value for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data):
        self.text += data


def test_the_report(run, pytester):
    done = run("--tts-plan", "slice0", "--tts-report", "reports/out.html", suite="""
def test_good(tts_render):
    assert tts_render("Rain <b>fell</b>.").ok

def test_bad(tts_render):
    result = tts_render("Rain fell on the slate roofs.",
                        transcriber=lambda audio, sample_rate, text, language: "rain fell")
    assert result.ok
""")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["report: reports/out.html"])
    html = (pytester.path / "reports" / "out.html").read_text()
    page = Page()
    page.feed(html)
    assert page.fetches == [] and "script" not in page.tags and "b" in page.tags
    assert "Rain <b>fell</b>." in page.text and "1 of 2 tests passed" in page.text
    assert "test_it.py::test_bad[slice0]" in page.text and "assert result.ok" in page.text
    assert page.tags.count("details") == 2 and "<details open>" in html
    assert re.search("on the slate roofs|missing", page.text)


@pytest.mark.parametrize("asked", [(), ("-p", "ttsslice.pytest_plugin")])
def test_the_entry_point(pytester, asked, monkeypatch):
    """As pip puts it there: found by itself, and no harm in asking for it."""
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    name, module = re.search(r'pytest11\]\n"?([\w.]+)"? = "([\w.]+)"', project).groups()
    info = pytester.mkdir("installed") / "ttsslice-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ttsslice\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text(f"[pytest11]\n{name} = {module}\n")
    monkeypatch.setenv("PYTHONPATH", f"{info.parent}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    pytester.makepyfile(test_it="def test_it(tts_plan):\n    assert tts_plan\n")
    done = pytester.runpytest_subprocess(*asked, "-p", "no:cacheprovider", "--tts-plan", "slice0")
    done.assert_outcomes(passed=1)


GUIDE = Path(__file__).parents[2] / "docs" / "pytest.md"


@needs_server
def test_the_guide(pytester, monkeypatch):
    """Its files are written as they stand there, and pass; its options are those that there are."""
    monkeypatch.delenv("TTSSLICE_ENDPOINT", raising=False)
    text = GUIDE.read_text(encoding="utf-8")
    files = re.findall(r"<!-- pytest: (\S+) -->\n```python\n(.*?)^```", text, re.S | re.M)
    assert [name for name, _ in files] == ["test_speech.py", "conftest.py", "test_selection.py"]
    for name, code in files:
        (pytester.path / name).write_text(code, encoding="utf-8")
    done = pytester.runpytest("-p", "ttsslice.pytest_plugin", "-p", "no:cacheprovider")
    done.assert_outcomes(passed=6 * 2 + 6 + 6 + 1)
    helped = pytester.runpytest("-p", "ttsslice.pytest_plugin", "--help").stdout.str()
    assert set(re.findall(r"--tts-\w+", helped)) == set(re.findall(r"^\| `(--tts-\w+)", text, re.M))


# --- assertions ---------------------------------------------------------------------------------


def test_same_speech(tmp_path):
    few = {"transcriber": listen, "n_candidates": 1, "max_retries": 0, "min_chars_merge": 1}
    text = "Rain fell on the roofs.\n\nNobody noticed."

    def other(text, **params):
        samples, rate = tone(text, **params)
        return (samples[:-9] if text.startswith("Nobody") else samples), rate

    a = ttsslice.render(text, tmp_path / "a.wav", generator=tone, **few)
    b = ttsslice.render(text, tmp_path / "b.wav", generator=other, **few)
    assert_same_speech(a, a)
    assert_same_speech(a, tmp_path / "a_metadata.json")
    with pytest.raises(AssertionError) as failure:
        assert_same_speech(a, b)
    message = str(failure.value)
    assert "chunk 1 ('Nobody noticed.'), candidate 0" in message
    assert "slice generate, field digest" in message


def test_spoken(tmp_path):
    samples, _ = tone("Rain fell on the roofs.", seed=1)
    audio = ttsslice.Audio(samples, RATE)
    audio.save(tmp_path / "a.wav")
    text = "Rain fell on the roofs."
    hears = {"transcriber": lambda *_: "rain fell"}
    assert assert_spoken(audio, text, transcriber=lambda *_: text).score == 100
    with pytest.raises(AssertionError) as failure:
        assert_spoken(tmp_path / "a.wav", text, **hears)
    assert "truncated: the end" in str(failure.value) and "heard: 'rain fell'" in str(failure.value)
    with pytest.raises(ttsslice.FileError):
        assert_spoken(tmp_path / "none.wav", text, **hears)
