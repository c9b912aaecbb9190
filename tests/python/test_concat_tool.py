# SPDX-License-Identifier: MIT
"""`ttsslice concat` and the stream of `render`, as scripts and pipes use them."""

import io
import json
import os
import signal
import struct
import subprocess
import wave
from array import array
from pathlib import Path

import pytest

import ttsslice
from conftest import RATE, tone
from ttsslice import Audio

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("TTSSLICE_BUILD", ROOT / "build"))
TOOL = BUILD / "tools" / "ttsslice"


def run(*arguments, folder, text="", status=0, command="concat"):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TTSSLICE_")}
    done = subprocess.run([TOOL, command, *map(str, arguments)], input=text.encode(), cwd=folder,
                          capture_output=True, env=environment, timeout=60)
    assert done.returncode == status, done.stderr.decode()
    return done.stdout, done.stderr.decode()


@pytest.fixture
def folder(tmp_path):
    for i, name in enumerate(("a.wav", "b.flac", "c.wav")):
        Audio(*tone("word " * (i + 3), seed=i)).save(tmp_path / name)
    (tmp_path / "text.wav").write_text("Dear listener, ...")
    return tmp_path


def test_out_and_what_is_beside_it(folder):
    out, err = run("-o", "out.wav", "--pause-ms", 100, "a.wav", "b.flac", folder=folder)
    summary = json.loads(out)
    assert err == "" and summary["clips"] == 2 and summary["sample_rate"] == RATE
    assert summary["frames"] == Audio.load(folder / "out.wav").frames
    segments = json.loads((folder / "out.segments.json").read_text())
    assert [s["pause_frames"] for s in segments] == [800, 0]
    assert (folder / "out.srt").exists() and not (folder / "out.vtt").exists()
    assert summary["channels"] == 1
    run("-o", "out.flac", "--vtt", "--labels", "--channels", 2, "a.wav", folder=folder)
    assert (folder / "out.vtt").read_text().startswith("WEBVTT\n")
    assert (folder / "out.labels.txt").read_text().count("\t") == 2
    run("-o", "-", "--vtt", "a.wav", folder=folder, status=2)
    segments = json.loads((folder / "out.segments.json").read_text())
    assert segments[0]["channels_from"] == 1 and segments[0]["path"] == "a.wav"
    assert (folder / "out.labels.txt").read_text().endswith("\ta.wav\n")
    _, err = run("-o", "out.wav", "--labels", "a.wav", folder=folder)
    assert "out.vtt was there before" in err and "--vtt" in err and "labels" not in err
    assert (folder / "out.vtt").exists()
    _, err = run("-o", "out.wav", "--labels", "--quiet", "a.wav", folder=folder)
    assert err == ""


def test_what_did_not_fit_is_told(folder):
    if not ttsslice.feature_supported("soxr"):
        pytest.skip("this build has no libsoxr")
    Audio(array("h", [0, 3000, 6000, 3000] * 8000), 16000).save(folder / "fast.wav")
    both = memoryview(array("h", [3000, 2000, 0, 90] * 8000)).cast("b").cast("h", (16000, 2))
    Audio(both, RATE).save(folder / "wide.wav")
    _, err = run("-o", "out.wav", "a.wav", "fast.wav", "wide.wav", folder=folder)
    assert err.splitlines() == [
        f"ttsslice concat: fast.wav: brought from 16000 Hz to {RATE} Hz",
        "ttsslice concat: wide.wav: mixed from 2 to 1 channels"]
    _, err = run("-o", "out.wav", "--quiet", "a.wav", "fast.wav", folder=folder)
    assert err == ""
    apart = memoryview(array("h", [3000, -3000] * 8000)).cast("b").cast("h", (8000, 2))
    Audio(apart, RATE).save(folder / "apart.wav")
    _, err = run("-o", "out.wav", "a.wav", "apart.wav", folder=folder)
    assert "apart.wav: its channels cancel each other out" in err
    segments = json.loads((folder / "out.segments.json").read_text())
    assert segments[1]["mixed_db"] == -120 and "mixed_db" not in segments[0]


def test_floating_point_beyond_full_scale(folder):
    def write(name, samples):
        data = array("f", samples).tobytes()
        head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 3, 1,
                           RATE, RATE * 4, 4, 32, b"data", len(data))
        (folder / name).write_bytes(head + data)

    write("loud.wav", [0.1, -4.0] * 4000)
    write("fits.wav", [0.1, -1.0] * 4000)
    write("scaled.wav", [100.0, -30000.0] * 4000)
    _, err = run("-o", "out.wav", "loud.wav", "fits.wav", folder=folder)
    assert err == "ttsslice concat: loud.wav: up to 12.0 dB beyond full scale, clipped there\n"
    _, err = run("-o", "out.wav", "scaled.wav", folder=folder, status=3)
    assert "scaled.wav: " in err and "full scale is 1" in err
    _, err = run("-o", "out.wav", "-", folder=folder, status=2)
    assert "/dev/stdin" in err


def test_standard_output_is_a_stream(folder):
    run("-o", "out.wav", "a.wav", "b.flac", folder=folder)
    out, err = run("-o", "-", "a.wav", "b.flac", folder=folder)
    assert err == "" and out[:4] == b"RIFF" and out[4:8] == out[40:44] == b"\xff" * 4
    with wave.open(str(folder / "out.wav")) as whole:
        assert out[44:] == whole.readframes(whole.getnframes())
    assert Audio.decode(out).frames == (len(out) - 44) // 2
    _, err = run("-o", "-", "--format", "flac", "a.wav", folder=folder, status=2)
    assert "standard output" in err


def test_reader_that_goes_away(folder):
    with subprocess.Popen([TOOL, "concat", "-o", "-", *["a.wav"] * 200], cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 5


def test_reader_that_stalls(folder):
    command = [TOOL, "concat", "-o", "-", *["a.wav"] * 200]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        assert process.stdout.read(100)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 5
        assert b"stopped" in process.stderr.read()


def test_standard_output_that_cannot_be_written(folder):
    closed = subprocess.run(["sh", "-c", '"$0" concat -o - a.wav >&-', TOOL], cwd=folder,
                            capture_output=True, timeout=60)
    with open("/dev/full", "wb") as full:
        filled = subprocess.run([TOOL, "concat", "-o", "-", "a.wav"], cwd=folder, stdout=full,
                                stderr=subprocess.PIPE, timeout=60)
    for done in (closed, filled):
        assert done.returncode == 3 and b"standard output" in done.stderr


def test_killed_on_the_way(folder):
    os.mkfifo(folder / "slow.wav")
    with subprocess.Popen([TOOL, "concat", "-o", "out.wav", "a.wav", "slow.wav"],
                          cwd=folder) as process:
        with open(folder / "slow.wav", "wb"):  # is opened when the first clip is joined
            process.kill()
    (folder / "out.wav.ttsslice-abcdef").write_text("what an older file system keeps")
    (folder / "out.wav.part-aa").write_text("not ours")
    run("-o", "out.wav", "a.wav", folder=folder)
    assert {path.name for path in folder.glob("out*")} == {
        "out.wav", "out.segments.json", "out.srt", "out.wav.part-aa"}


def test_inputs_are_never_overwritten(folder):
    for ending in ("srt", "vtt", "segments.json", "labels.txt"):
        (folder / f"a.{ending}").write_bytes((folder / "a.wav").read_bytes())
        (folder / "link").symlink_to(f"a.{ending}")
        for clip in (f"a.{ending}", f"../{folder.name}/a.{ending}", "link"):
            _, err = run("-o", "a.flac", "--vtt", "--labels", clip, folder=folder, status=3)
            assert f"a.{ending}" in err and "another name" in err
        (folder / "link").unlink()
    clip_list = json.dumps([{"audio": "c.wav"}])
    (folder / "a.srt").write_text(clip_list)
    _, err = run("-o", "a.flac", "--list", "a.srt", folder=folder, status=3)
    assert "a.srt" in err and (folder / "a.srt").read_text() == clip_list
    assert not (folder / "a.flac").exists()
    for name in ("x.srt", "x.segments.json"):
        _, err = run("-o", name, "--format", "wav", "c.wav", folder=folder,
                     status=2 if name == "x.srt" else 0)
    assert not (folder / "x.srt").exists()


def test_list_with_pauses_marks_and_words(folder):
    lines = [
        {"audio": "a.wav", "text": "Yes,"},
        {"audio": "b.flac", "text": "\u662f\u3002"},
        {"pause_ms": 1500},
        {"audio": "c.wav", "text": "No more.", "pause_ms": 9,
         "words": [{"start": 0.1, "end": 0.2, "text_start": 4, "text_length": 2}]},
        {"audio": "a.wav", "break": "section"},
    ]
    (folder / "list.jsonl").write_text("\n".join(map(json.dumps, lines)))
    run("--list", "list.jsonl", "-o", "out.wav", "--pause-ms", 100, folder=folder)
    segments = json.loads((folder / "out.segments.json").read_text())
    assert [s["pause_frames"] for s in segments] == [400, 12000, 72, 0]
    assert [s["break"] for s in segments] == ["clause", "sentence", "sentence", "section"]
    assert segments[2]["words"][0]["text_start"] == 4
    lines[3]["words"] = [{"start": 0.1, "end": 0.2}, {"text_start": 4},
                         {"start": None, "end": None}]
    run("--list", "-", "-o", "out.wav", "--tail-repair", folder=folder,
        text=json.dumps(lines))
    segments = json.loads((folder / "out.segments.json").read_text())
    assert len(segments[2]["words"]) == 1 and "repaired_frames" not in segments[2]
    for wrong, told in (
        ('{"audio": "a.wav"}\n\n{"audio": "c.wav", "txt": "x"}', 'standard input: line 3: there is no key "txt"'),
        ('{"audio": "a.wav"}\n{"audio": "c.wav", "words": [{"strat": 1}]}', 'line 2: there is no key "strat"'),
        ('[{"audio": "a.wav"}, {"audio": "c.wav", "txt": "x"}]', 'clip 2: there is no key "txt"'),
        ('{"audio": "a.wav"}\n{"audio":\n}', "line 3: not JSON at byte"),
        ('{"audio": "a.wav"}\n{"audio": 5}', "line 2: must be an object"),
    ):
        _, err = run("--list", "-", "-o", "no.wav", folder=folder, text=wrong, status=3)
        assert told in err, err
    for wrong in ('{"pause_ms": 5}', '{"audio": 5}', '{"audio": "a.wav", "pause_ms": -1}',
                  '{"audio": "a.wav", "words": [{"start": "x"}]}'):
        _, err = run("--list", "-", "-o", "no.wav", folder=folder, text=wrong, status=3)
        assert err.count("\n") == 1
    assert not (folder / "no.wav").exists()


def test_pauses_in_a_row_add_up(folder):
    lines = ['{"audio": "a.wav", "pause_ms": 100}', '{"pause_ms": 300}', '{"pause_ms": 600}',
             '{"audio": "c.wav"}']
    run("--list", "-", "-o", "out.wav", "--no-trim", folder=folder, text="\n".join(lines))
    segments = json.loads((folder / "out.segments.json").read_text())
    rate = ttsslice.Audio.load(folder / "out.wav").sample_rate
    assert segments[0]["pause_frames"] == rate
    _, err = run("--list", "-", "-o", "no.wav", folder=folder, status=3,
                 text='{"audio": "a.wav"}\n{"pause_ms": 600001}')
    assert "line 2" in err and "from 0 to 600000" in err
    _, err = run("--list", "-", "-o", "no.wav", folder=folder, status=3,
                 text='{"audio": "a.wav"}\n{"pause_ms": 1, "text": "lost"}')
    assert '"pause_ms" alone' in err


def test_a_list_is_played_as_it_comes(folder):
    with subprocess.Popen([TOOL, "concat", "--list", "-", "-o", "-"], cwd=folder,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(b'{"audio": "a.wav"}\n{"audio": "c.wav"}\n')
        process.stdin.flush()
        assert process.stdout.read(4) == b"RIFF"  # the list goes on
        process.stdin.write(b'{"audio": "a.wav"}')
        process.stdin.close()
        assert len(process.stdout.read()) > 2000
    assert process.returncode == 0


def test_bad_clips(folder):
    clips = ["a.wav", "text.wav", "gone.wav", "b.flac"]
    _, err = run("-o", "out.wav", *clips, folder=folder, status=3)
    assert "text.wav" in err and not list(folder.glob("out*"))
    out, err = run("-o", "out.wav", "--bad-clip", "skip", *clips, folder=folder, status=1)
    assert "text.wav" in err and "gone.wav" in err and json.loads(out)["clips"] == 4
    skipped = Audio.load(folder / "out.wav").frames
    run("-o", "out.wav", "--bad-clip", "silence", "--missing-ms", 500, *clips, folder=folder,
        status=1)
    assert Audio.load(folder / "out.wav").frames == skipped + 2 * RATE // 2 - 2 * RATE // 10
    _, err = run("-o", "a.wav", "a.wav", "b.flac", folder=folder, status=3)
    assert "a.wav" in err
    for wrong in (["--trim", "left"], ["--bad-clip", "go"], ["--format", "aiff"]):
        run("-o", "out.wav", *wrong, "a.wav", folder=folder, status=2)
    run("-o", "out.m4b", "a.wav", folder=folder, status=2)


def test_render_streams(folder):
    if not all(map(ttsslice.feature_supported, ("flite", "sphinx"))):
        pytest.skip("this build lacks an engine")
    same = ["--n-candidates", 1, "--max-retries", 0, "--place", "validate=off", "--quiet", "-"]
    text = "The tide was out.\n\nGulls walked."
    out, _ = run(*same, "-o", "-", folder=folder, command="render", text=text)
    run(*same, "-o", "whole.wav", "--vtt", "--labels", folder=folder, command="render", text=text)
    assert "The tide was out." in (folder / "whole.vtt").read_text()
    assert "Gulls walked." in (folder / "whole.labels.txt").read_text()
    with wave.open(str(folder / "whole.wav")) as whole:
        assert out[44:] == whole.readframes(whole.getnframes())
    assert Audio.decode(io.BytesIO(out).getvalue()).frames > 0
    assert not list(folder.glob("-*"))


def test_what_stands_in_the_way_is_seen_first(folder):
    (folder / "e.srt").mkdir()
    _, err = run("-o", "e.wav", "a.wav", folder=folder, status=3)
    assert "e.srt: it is a folder" in err and not (folder / "e.wav").exists()
    (folder / "c.srt").write_text('{"pause_ms": 300}')
    _, err = run("-o", "c.flac", "--config", "c.srt", "a.wav", folder=folder, status=3)
    assert "c.srt is read" in err and (folder / "c.srt").read_text() == '{"pause_ms": 300}'


def test_small_mistakes_of_a_list(folder):
    text = "\ufeff" + json.dumps([{"audio": "a.wav", "pause_ms": 600001}, {"audio": ""}])
    _, err = run("--list", "-", "-o", "out.wav", folder=folder, text=text, status=3)
    assert "a.wav: pause_ms is 600001" in err
    _, err = run("--list", "-", "-o", "out.wav", folder=folder, text='[{"audio": ""}]', status=3)
    assert "path of the audio is empty" in err
    _, err = run("-o", "out.mp3", "--channels", 8, "a.wav", folder=folder, status=3)
    assert "mp3 has at most 2 channels" in err
    _, err = run("-o", "out.ogg", "--sample-rate", 384000, "a.wav", folder=folder, status=3)
    assert "384000 Hz: use 200000 Hz" in err


def test_loudness_that_was_not_reached_is_told(folder):
    if not ttsslice.feature_supported("ebur128"):
        pytest.skip("this build has no libebur128")
    wave_ = array("h", ([30000] + [200, -200] * 400) * 60)
    Audio(wave_, RATE).save(folder / "peaky.wav")
    out, err = run("-o", "out.wav", "--loudness", "audiobook", "peaky.wav", folder=folder)
    assert "true peak reached -3.0 dB" in err and "dB RMS" in err
    assert json.loads(out)["loudness"]["rms_db"] < -21
    _, err = run("-o", "out.wav", "--loudness", "-60", "peaky.wav", folder=folder)
    assert err == ""


def test_interrupt_while_a_clip_blocks(folder):
    os.mkfifo(folder / "slow.wav")
    with subprocess.Popen([TOOL, "concat", "-o", "out.wav", "a.wav", "slow.wav"], cwd=folder,
                          stderr=subprocess.PIPE) as process:
        with open(folder / "slow.wav", "wb"):  # is opened when the first clip is joined
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 5
        assert b"nothing was written" in process.stderr.read()
    assert not list(folder.glob("out*"))


def test_render_spares_its_text(folder):
    for name in ("x.srt", "x.wav", "x_metadata.json"):
        (folder / name).write_text("The tide was out.")
        _, err = run("-o", "x.wav", name, folder=folder, command="render", status=3)
        assert name in err and (folder / name).read_text() == "The tide was out."
        (folder / name).unlink()
    run("-o", "y.srt", "--format", "wav", "-", folder=folder, command="render", status=2)
