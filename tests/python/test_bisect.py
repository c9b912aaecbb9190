# SPDX-License-Identifier: MIT
"""compare() and bisect(): faults planted in every slice are found, in the slice and at the chunk."""

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
from array import array
from pathlib import Path

import pytest

import ttsslice
from conftest import RATE, TEXT, listen, tone
from ttsslice import Clip, bisect, compare, render
from ttsslice.recording import Recorder, Replayer

TOOL = Path(os.environ.get("TTSSLICE_BUILD", Path(__file__).parents[2] / "build")) / "tools/ttsslice"
LINES = (
    "The ferry left at dawn with nobody aboard.",
    "Mira counted the ropes and found one missing.",
    "It was the short one with the red end.",
    "The boy said that he had seen it on the wall.",
    "No wall had stood there since the flood.",
    "They looked for it all the same until noon.",
    "At noon the wind turned and the gulls went quiet.",
    "A bell rang twice under the water.",
    "Nobody spoke of it on the way home.",
    "The rope hung by the door when they came in.",
)
STORY = "\n\n".join(LINES)
SMALL = {"n_candidates": 2, "max_retries": 1, "seed": 3, "min_chars_merge": 1}


def chunk_of(text):
    return LINES.index(text)


def handler(speak=tone, hear=listen):
    """A handler as a dispatch function: nothing is sent, everything else is as it would be."""
    made = ttsslice.Handler(speak, hear)
    return lambda job: made.handle({"input": job})


HERE = {"generator": tone, "transcriber": listen, "dispatch": handler(), **SMALL}


def louder(audio, samples=None):
    """The same with one sample changed."""
    data = array("h", samples if samples is not None else audio.samples)
    data[len(data) // 2] ^= 64
    return data


# --- faults: each gives the good and the bad side ----------------------------------------------


def pieces(text):
    return list(ttsslice.chunk(text, min_chars_merge=1))


def chunk_is_cut(at):
    def split(text):
        found = pieces(text)
        cut = found[at].text.index(" ", 10)
        return [each.text for each in found[:at]] + [
            found[at].text[:cut], found[at].text[cut + 1 :]
        ] + [each.text for each in found[at + 1 :]]

    return {"chunk": pieces}, {"chunk": split}


def chunk_has_another_break(at):
    def split(text):
        return [(c.start, c.length, "clause" if i == at else c.break_after)
                for i, c in enumerate(pieces(text))]

    return {"chunk": pieces}, {"chunk": split}


def generate_differs(at):
    def speak(text, **params):
        samples, rate = tone(text, **params)
        odd = chunk_of(text) == at and params["candidate"] == 1
        return (louder(None, samples) if odd else samples), rate

    return {"plan": "slice0"}, {"plan": "slice2", "dispatch": handler(speak)}


def generate_gives_up(at):
    def speak(text, **params):
        if chunk_of(text) == at and params["candidate"] == 0:
            raise ttsslice.TakeError("no")
        return tone(text, **params)

    return {"plan": "slice0"}, {"plan": "slice0", "generator": speak}


def dispatch_delivers_another_answer(at):
    honest = handler()

    def deliver(job):
        other = LINES[(at + 1) % len(LINES)]
        return honest({**job, "text": other} if chunk_of(job["text"]) == at else job)

    return {"plan": "slice4"}, {"plan": "slice4", "dispatch": deliver}


def dispatch_loses_the_answer(at):
    honest = handler()

    def deliver(job):
        return {} if chunk_of(job["text"]) == at else honest(job)

    return {"plan": "slice4"}, {"plan": "slice4", "dispatch": deliver}


def dispatch_changes_a_score(at):
    honest = handler()

    def deliver(job):
        answer = honest(job)
        if chunk_of(job["text"]) == at:
            answer["candidates"][0]["score"] -= 0.5
            answer["candidates"][0]["verdict"]["score"] -= 0.5
        return answer

    return {"plan": "slice4"}, {"plan": "slice4", "dispatch": deliver}


def validate_hears_something_else(at):
    def hear(audio, sample_rate, text, language):
        return text.replace("the", "a") if chunk_of(text) == at else listen(
            audio, sample_rate, text, language)

    return {"plan": "slice2", "dispatch": handler(hear=hear)}, {
        "plan": "slice4", "dispatch": handler(hear=hear)}


def validate_scores_lower(at):
    def judge(text, audio, language):
        said = listen(audio.float32(), audio.sample_rate, text, language)
        verdict = json.loads(ttsslice.validate(text, said, audio=audio).to_json())
        if chunk_of(text) == at:
            verdict["score"] -= 0.25
        return verdict

    return {"plan": "slice0"}, {"plan": "slice0", "validate": judge}


def select_takes_another(at):
    def choose(chunk, candidates):
        best = ttsslice.select(candidates).index
        return (best + 1) % len(candidates) if chunk == at else best

    return {"plan": "slice0"}, {"plan": "slice0", "select": choose}


def select_at_the_handler_takes_another(at):
    honest = handler()

    def altered(job):
        answer = honest(job)
        if job["slice"] != 4 or chunk_of(job["text"]) != at:
            return answer
        takes = honest({**job, "slice": 3, "all_audio": True})["candidates"]
        other = (answer["selection"]["index"] + 1) % len(takes)
        take = takes[other]
        answer["selection"].update(index=other, passed=take["passed"])
        answer["validation"].update(selected_score=take["score"], selected_passed=take["passed"])
        answer["best_score"] = take["score"]
        answer["audio_base64"] = take["audio_base64"]
        return answer

    return {"plan": "slice3", "dispatch": altered}, {"plan": "slice4", "dispatch": altered}


def joined(change):
    def concat(clips, path):
        return ttsslice.concat(
            [change(clip.chunk, clip) for clip in clips], path)

    return concat


def changed_clip(clip, **others):
    fields = {name: getattr(clip, name) for name in clip.__dataclass_fields__}
    return Clip(**{**fields, **others})


def concat_spoils_a_sample(at):
    def change(index, clip):
        if index != at:
            return clip
        return changed_clip(clip, audio=ttsslice.Audio(louder(clip.audio), RATE))

    return {"plan": "slice0"}, {"plan": "slice0", "concat": joined(change)}


def concat_moves_a_clip(at):
    """The pause before the chunk, and for the first one its length."""

    def change(index, clip):
        if at == 0 and index == 0:
            return changed_clip(clip, audio=ttsslice.Audio(clip.audio.samples[:-800], RATE))
        return changed_clip(clip, pause_ms=777) if index == at - 1 else clip

    return {"plan": "slice0"}, {"plan": "slice0", "concat": joined(change)}


FAULTS = {
    "chunk": [chunk_is_cut, chunk_has_another_break],
    "generate": [generate_differs, generate_gives_up],
    "dispatch": [dispatch_delivers_another_answer, dispatch_loses_the_answer,
                 dispatch_changes_a_score],
    "validate": [validate_hears_something_else, validate_scores_lower],
    "select": [select_takes_another, select_at_the_handler_takes_another],
    "concat": [concat_spoils_a_sample, concat_moves_a_clip],
}
CASES = [
    pytest.param(slice, FAULTS[slice][at % len(FAULTS[slice])], at,
                 id=f"{FAULTS[slice][at % len(FAULTS[slice])].__name__}-{at}")
    for slice in FAULTS
    for at in range(len(LINES))
]


def test_there_are_enough_cases():
    assert len([case for case in CASES if case.values[0] != "generate"]) >= 50


@pytest.mark.parametrize("slice, fault, at", CASES)
def test_planted_faults_are_found(slice, fault, at):
    if fault is chunk_has_another_break and at == len(LINES) - 1:
        fault = chunk_is_cut  # after the last chunk comes nothing
    good, bad = fault(at)
    found = bisect(STORY, good, bad, **HERE)
    assert found.deterministic and not found.same, found
    assert (found.slice, found.first.chunk) == (slice, at), found
    assert found.first.a != found.first.b
    assert [step.same for step in found.steps] == [True] * (len(found.steps) - 1) + [False]
    assert found.steps[-1].slice == slice and slice in str(found)


# --- where nothing is wrong, or everything ------------------------------------------------------


def test_sound_plans_are_the_same(server):
    found = bisect(TEXT, "slice0", "slice5", generator=tone, transcriber=listen, seed=11,
                   endpoint=server.endpoint, poll_interval_s=0.005)
    assert found.same and found.slice is None and found.first is None and found.steps == ()


def test_every_move_is_told(server):
    """A fault in the last slice of the way: those before it were moved and changed nothing."""
    _, bad = concat_spoils_a_sample(4)
    found = bisect(STORY, "slice0", {**bad, "plan": "slice5"}, generator=tone, transcriber=listen,
                   endpoint=server.endpoint, poll_interval_s=0.005, **SMALL)
    assert [(step.slice, step.before, step.after) for step in found.steps] == [
        ("generate", "host", "handler"), ("validate", "local", "handler"),
        ("select", "local", "handler"), ("dispatch", "off", "local"), ("concat", "local", "host")]
    assert (found.slice, found.first.chunk, found.first.field) == ("concat", 4, "sample")


def test_an_engine_that_does_not_follow_its_seed():
    count = iter(range(1000))

    def speak(text, **params):
        return tone(text, **{**params, "seed": next(count)})

    found = bisect("Rain fell.", "slice0", {"generator": speak, "plan": "slice0"},
                   generator=lambda text, **params: speak(text, **params), transcriber=listen)
    assert not found.same and not found.deterministic and found.slice is None
    assert "follow its seed" in str(found)


def test_another_endpoint_changes_first(server):
    def hear(audio, sample_rate, text, language):
        return text[: len(text) // 2]

    with ttsslice.Server(ttsslice.Handler(tone, hear)) as other:
        found = bisect("Rain fell on the roofs.", {"plan": "slice4", "endpoint": server.endpoint},
                       {"plan": "slice4", "endpoint": other.endpoint}, n_candidates=1,
                       max_retries=0, poll_interval_s=0.005)
    assert (found.slice, found.first.field) == ("validate", "score")
    assert found.steps[0].slice is None and "endpoint" in found.steps[0].after


def tampered(answer, how, others):
    """An answer of the handler that somebody changed."""
    if how == "score":
        answer["candidates"][0]["score"] = answer["candidates"][0]["verdict"]["score"] = 12.5
    elif how == "sound":
        audio = ttsslice.Audio.decode_base64(answer["audio_base64"])
        changed = ttsslice.Audio(louder(audio), RATE)
        answer["audio_base64"] = base64.b64encode(changed.encode("wav")).decode()
        answer["candidates"][answer["selection"]["index"]]["digest"] = f"{changed.digest:016x}"
    else:
        answer["audio_base64"] = others["audio_base64"]


@pytest.mark.parametrize("how, slice, field", [
    ("score", "validate", "score"), ("sound", "generate", "digest"), ("swap", "dispatch", "error_code")])
def test_recordings_that_were_tampered_with(server, tmp_path, how, slice, field):
    options = {"poll_interval_s": 0.005, **SMALL}
    with Recorder(tmp_path / "good", server.endpoint) as recorder:
        render(STORY, tmp_path / "a.wav", plan="slice4", endpoint=recorder.endpoint, **options)
    files = {LINES.index(json.loads(path.read_text())["input"]["text"]): path.name
             for path in (tmp_path / "good").iterdir()}
    assert sorted(files) == list(range(10))
    for at in (0, 6):
        shutil.copytree(tmp_path / "good", tmp_path / f"bad{at}")
        path = tmp_path / f"bad{at}" / files[at]
        kept = json.loads(path.read_text())
        other = json.loads((path.parent / files[at + 1]).read_text())["answer"]["output"]
        tampered(kept["answer"]["output"], how, other)
        path.write_text(json.dumps(kept))
        with Replayer(tmp_path / "good") as good, Replayer(path.parent) as bad:
            found = bisect(STORY, {"plan": "slice4", "endpoint": good.endpoint},
                           {"plan": "slice4", "endpoint": bad.endpoint}, **options)
        assert (found.slice, found.first.chunk, found.first.field) == (slice, at, field), found
        assert found.deterministic and not good.missing + bad.missing


def test_a_recorded_run(tmp_path):
    path = tmp_path / "good.wav"
    was = render(STORY, path, plan="slice0", generator=tone, transcriber=listen, pause_ms=300,
                 **SMALL)
    report = tmp_path / "good_metadata.json"
    engines = {"generator": tone, "transcriber": listen}
    for good in (was, report, was.metadata):
        assert bisect(STORY, good, **engines).same
    assert bisect(STORY, report, "slice4", dispatch=handler(), **engines).same

    def hear(audio, sample_rate, text, language):
        return "" if text == LINES[6] else listen(audio, sample_rate, text, language)

    found = bisect(STORY, report, generator=tone, transcriber=hear)
    assert (found.slice, found.first.chunk, found.first.field) == ("validate", 6, "score")
    assert found.steps[0].slice is None and found.steps[0].before == "the recording"
    found = bisect(STORY, report, pause_ms=301, **engines)
    assert (found.slice, found.first.chunk) == ("concat", 1)

    audio = bytearray(path.read_bytes())
    audio[-2] ^= 1  # the recording itself was tampered with: its last sample
    path.write_bytes(audio)
    found = bisect(STORY, report, **engines)
    assert (found.slice, found.first.chunk, found.first.field) == ("concat", 9, "sample")
    path.unlink()
    assert bisect(STORY, report, **engines).same, "no output, no samples"


def test_compare(tmp_path):
    one, two = (render(STORY, tmp_path / f"{seed}.wav", generator=tone, transcriber=listen,
                       **{**SMALL, "seed": seed}) for seed in (1, 2))
    assert compare(one, one) == () == compare(one, tmp_path / "1_metadata.json")
    found = compare(one, str(tmp_path / "2_metadata.json"))
    assert [each.chunk for each in found] == list(range(10))
    assert {(each.slice, each.field) for each in found} == {("generate", "seed")}
    assert found[0].a == one.chunks[0].candidates[0].seed
    assert "chunk 0, candidate 0, slice generate: seed is" in str(found[0])


def test_bad_input(tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("not json")
    with pytest.raises(ttsslice.ArgumentError, match="bad.json is not the report"):
        compare(bad, bad)
    with pytest.raises(ttsslice.ProtocolError, match="chunks"):
        compare({}, {})
    with pytest.raises(FileNotFoundError):
        compare("missing.json", "missing.json")
    with pytest.raises(ttsslice.ArgumentError, match="slice0"):
        bisect("Rain.", "slice9")
    with pytest.raises(TypeError, match="n_candidates"):
        bisect("Rain.", n_candidate=3)
    with pytest.raises(ttsslice.ArgumentError, match="takes no progress"):
        bisect("Rain.", progress=print)
    with pytest.raises(ttsslice.EmptyError):
        bisect(" ", generator=tone, transcriber=listen)
    with pytest.raises(ttsslice.EndpointError):
        bisect("Rain.", "slice5", "slice5", endpoint="ftp://nowhere")


def test_what_a_function_raises_comes_out():
    class Mine(Exception):
        pass

    def speak(text, **params):
        raise Mine

    with pytest.raises(Mine):
        bisect("Rain.", generator=speak, transcriber=listen, dispatch=handler())


# --- the program --------------------------------------------------------------------------------


def run_tool(*arguments, text=None):
    """With a folder for temporary files of its own, in which nothing may be left."""
    with tempfile.TemporaryDirectory() as folder:
        done = _run_tool(arguments, text, {**os.environ, "TMPDIR": folder})
        assert os.listdir(folder) == []
    return done


def _run_tool(arguments, text, environment):
    return subprocess.run([TOOL, "bisect", *map(str, arguments)], capture_output=True, text=True,
                          input=text, timeout=240, env=environment)


needs_engines = pytest.mark.skipif(
    not all(map(ttsslice.feature_supported, ("flite", "sphinx", "server"))),
    reason="this build lacks an embedded engine or the server")
SHORT = "Rain fell on the roofs.\n\nNobody noticed."


@needs_engines
def test_tool_finds_the_slice(tmp_path):
    """Takes damaged at the handler alone; then a recording, and what has changed since."""
    flite = ttsslice.Generator.flite().damaged(0.9)
    few = ["--n-candidates", "1", "--max-retries", "0", "--min-merge", "1", "--poll-interval", "0.01"]
    with ttsslice.Server() as sound, ttsslice.Server(ttsslice.Handler(flite)) as spoilt:
        done = run_tool("-", "--endpoint", sound.endpoint, *few, text=SHORT)
        assert done.returncode == 0 and "same takes, scores and bytes" in done.stdout
        assert done.stderr.startswith("run 1: generate=local")
        done = run_tool("-", "--endpoint", spoilt.endpoint, "--json", "--quiet", *few, text=SHORT)
        told = json.loads(done.stdout)
        assert (done.returncode, told["slice"], told["chunk"], told["field"]) == (
            1, "generate", 0, "digest")
        assert told["deterministic"] and not told["same"] and done.stderr == ""
        assert told["steps"] == [
            {"slice": "generate", "from": "local", "to": "handler", "same": False}]
        assert told["differences"][0]["good"] != told["differences"][0]["bad"]

        kept = tmp_path / "kept"
        done = run_tool("-", "--bad", "slice0", "--keep", kept, *few, text=SHORT)
        assert done.returncode == 0
        assert {"1.wav", "1_metadata.json", "2.wav"} <= {path.name for path in kept.iterdir()}
        done = run_tool("-", "--bad", "slice0", "--bad-place", "concat=off", *few, text=SHORT)
        assert done.returncode == 0 and "the outputs were not compared" in done.stdout
        report = kept / "1_metadata.json"
        assert run_tool("-", "--good", report, text=SHORT).returncode == 0
        done = run_tool("-", "--good", report, "--pause-ms", "500", text=SHORT)
        assert done.returncode == 1
        assert done.stdout.startswith("concat: the run of today parts from the recording")
        assert "chunk 1: start_frame" in done.stdout
        done = run_tool("-", "--good", report, text="Rain fell on the roofs. Somebody noticed.")
        assert done.returncode == 1 and done.stdout.startswith("chunk: ")


def test_tool_bad_input(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text(SHORT)
    other = tmp_path / "other.json"
    other.write_text('{"plan": {"generate": "there"}}')
    hosted = tmp_path / "hosted.json"
    hosted.write_text(json.dumps({"chunks": [], "plan": dict.fromkeys(
        ("generate", "chunk", "dispatch", "validate", "select", "concat"), "local") | {
            "generate": "host", "dispatch": "off"}}))
    damaged = tmp_path / "damaged.json"
    damaged.write_text(hosted.read_text().replace('"host"', '"local"').replace(
        '[]', '[{"candidates": 3}]'))
    for arguments, status, message in [
        ((text, "--good", damaged, "--n-candidates", "1"), 3, 'damaged.json: "candidates"'),
        ((), 2, "give one text file"),
        ((text, "--good", "slice9"), 2, "there is no plan"),
        ((text, "--bad", "slice9"), 2, "there is no plan"),
        ((text, "--bad-place", "validate"), 2, "SLICE=WHERE"),
        ((text, "--good", text), 3, "neither a plan"),
        ((text, "--good", tmp_path / "none.json"), 3, "cannot read"),
        ((text, "--good", other), 3, "cannot be placed"),
        ((text, "--good", hosted), 3, "the application's own functions"),
        ((text, "--good", hosted, "--good-place", "chunk=off"), 2, "a recorded run is what it is"),
        ((tmp_path / "none.txt",), 3, "cannot read"),
        ((text, "--good", "slice5", "--engine", "flite", "--endpoint", "http://127.0.0.1:1/v2/x"),
         2, "--engine is for takes made here"),
        ((text, "--good", "slice5", "--endpoint", "http://127.0.0.1:1/v2/x", "--backoff", "0.01"),
         4, "no chunk could be made"),
    ]:
        done = run_tool(*arguments)
        assert (done.returncode, done.stdout) == (status, ""), (arguments, done)
        assert message in done.stderr, (arguments, done.stderr)


@needs_engines
def test_tool_stops_when_interrupted(tmp_path):
    text = tmp_path / "long.txt"
    text.write_text(STORY * 20)
    (tmp_path / "temporary").mkdir()
    with subprocess.Popen([TOOL, "bisect", text], stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "TMPDIR": str(tmp_path / "temporary")}) as running:
        assert running.stderr.readline().startswith("run 1")
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=240) == 5
        assert "cancelled" in running.stderr.read()
    assert not list((tmp_path / "temporary").iterdir())
