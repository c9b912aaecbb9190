# SPDX-License-Identifier: MIT
"""Endpoints that speak something else than RunPod's queue: "plain" and "openai"."""

import base64
import contextlib
import json
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import ttsslice
from conftest import RATE, TEXT, listen, tone

FAST = {"backoff": (0.01, 0.01)}


class SpeechServer(BaseHTTPRequestHandler):
    """Speaks as many servers do: in tones, chunked, with the sizes in the WAV's header left open."""

    protocol_version = "HTTP/1.1"
    asked: list[dict] = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({**body, "path": self.path, "key": self.headers["Authorization"]})
        wave, rate = tone(body["input"], seed=body["seed"])
        file = bytearray(ttsslice.Audio(wave, rate).encode("wav"))
        file[4:8] = file[40:44] = b"\xff\xff\xff\xff"
        self.send_response(200)
        self.send_header("Content-Type", "audio/wav")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(file), 5000):
            piece = bytes(file[start : start + 5000])
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


class NestingServer(BaseHTTPRequestHandler):
    """A handler with audio in places of its own, and JSON that is just so."""

    audio = ""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"output": [
            {"audio_base64": self.audio, "seed": 2**64, "note": "a\0b"},
            {"parts": {"b": [{"audio": self.audio}]}},
        ]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def speech():
    SpeechServer.asked = []
    with serving(SpeechServer) as endpoint:
        yield endpoint


def test_render_with_a_speech_server(speech, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    result = ttsslice.render(
        TEXT, tmp_path / "out.wav", plan="slice1", endpoint=speech, protocol="openai",
        voice="mira", transcriber=listen, max_phrase_len=100, seed=11, **FAST,
    )
    assert result.chunks and not result.failed
    assert ttsslice.Audio.load(tmp_path / "out.wav").sample_rate == RATE
    assert any(len(c.candidates) > 3 for c in result.chunks), "the listener should slip somewhere"
    asked = SpeechServer.asked
    assert {a["path"] for a in asked} == {"/v1/audio/speech"}
    assert {a["voice"] for a in asked} == {"mira"} and {a["key"] for a in asked} == {"Bearer sk-test"}
    assert len(asked) == sum(len(c.candidates) for c in result.chunks)
    assert all(0 <= a["seed"] < 2**32 for a in asked)


def test_a_plan_that_cannot_be(speech, tmp_path):
    with pytest.raises(ttsslice.ArgumentError, match="slice1"):
        ttsslice.render(TEXT, tmp_path / "out.wav", plan="slice4", endpoint=speech,
                        protocol="openai", api_key="", **FAST)
    with pytest.raises(ttsslice.ArgumentError, match="audio_prompt_url"):
        ttsslice.render(TEXT, tmp_path / "out.wav", plan="slice1", endpoint=speech,
                        protocol="openai", api_key="", transcriber=listen,
                        audio_prompt_url="https://voices.example/mira.wav", **FAST)
    assert SpeechServer.asked == []


def test_a_journal_keeps_voices_apart(speech, tmp_path):
    def say(voice):
        (result,) = ttsslice.dispatch(
            [{"text": "Hello.", "seed": 3}], speech, protocol="openai", voice=voice, api_key="",
            journal=tmp_path / "journal",
        )
        assert result.audio.sample_rate == RATE
        return result.source

    assert [say("mira"), say("mira"), say("juno")] == ["submitted", "journal", "submitted"]
    assert [a["voice"] for a in SpeechServer.asked] == ["mira", "juno"]


def test_plain_gives_what_the_queue_gives(server):
    jobs = [{"text": f"Sentence number {i}.", "slice": 1, "seed": i} for i in range(5)]
    queue = list(ttsslice.dispatch(jobs, server.endpoint, poll_interval_s=0.005, **FAST))
    plain = list(
        ttsslice.dispatch(jobs, server.endpoint + "/runsync?wait=60000", protocol="plain", **FAST)
    )
    assert all(r.ok for r in queue + plain)
    digests = [{r.index: r.audio.digest for r in results} for results in (queue, plain)]
    assert digests[0] == digests[1]
    assert {r.attempts for r in plain} == {1} and {r.possible_duplicates for r in plain} == {0}


def test_a_protocol_that_is_none():
    with pytest.raises(ttsslice.ArgumentError, match="runpod, plain or openai"):
        ttsslice.Dispatcher("http://127.0.0.1:9", protocol="grpc")


def tool(*arguments, stdin=""):
    program = os.path.join(os.environ["TTSSLICE_BUILD"], "tools", "ttsslice")
    return subprocess.run([program, *arguments], input=stdin, capture_output=True, text=True,
                          timeout=60)


@pytest.mark.skipif("TTSSLICE_BUILD" not in os.environ, reason="the program is not there")
def test_the_program_speaks_them_too(speech, server, tmp_path):
    done = tool("dispatch", "--protocol", "openai", "--endpoint", speech, "--out-dir",
                str(tmp_path), "--voice", "mira", "-", stdin='{"text":"Hello.","seed":3}\n')
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout)
    assert line["ok"] and line["attempts"] == 1 and line["retries"] == 0
    assert line["output"]["sample_rate"] == RATE
    assert ttsslice.Audio.load(line["output"]["audio_file"]).sample_rate == RATE
    assert SpeechServer.asked[0]["voice"] == "mira"

    done = tool("dispatch", "--protocol", "plain", "--endpoint", server.endpoint + "/runsync", "-",
                stdin='{"text":"Hello.","seed":3,"slice":1}\n')
    assert done.returncode == 0 and json.loads(done.stdout)["output"]["audio_base64"]

    done = tool("dispatch", "--protocol", "openai", "--endpoint", speech, "-",
                stdin='{"text":"Hello.","seed":3}\n{"text":"a","slice":3}\n')
    assert done.returncode == 3 and "line 2" in done.stderr and "slice1" in done.stderr

    done = tool("render", "--protocol", "openai", "--endpoint", speech, "-", "-o",
                str(tmp_path / "o.wav"), stdin="Hello.")
    assert done.returncode == 2 and "slice1" in done.stderr


@pytest.mark.skipif("TTSSLICE_BUILD" not in os.environ, reason="the program is not there")
def test_the_program_saves_audio_at_any_depth(tmp_path):
    audio = ttsslice.Audio(*tone("Hello.", seed=3))
    NestingServer.audio = base64.b64encode(audio.encode("wav")).decode()
    with serving(NestingServer) as endpoint:
        done = tool("dispatch", "--protocol", "plain", "--endpoint", endpoint, "--out-dir",
                    str(tmp_path), "-", stdin='{"text":"Hello."}\n')
    assert done.returncode == 0, done.stderr
    assert "attachment:" not in done.stdout
    first, second = json.loads(done.stdout)["output"]
    assert first["note"] == "a\0b" and first["seed"] == pytest.approx(2**64)
    files = [first["audio_file"], second["parts"]["b"][0]["audio_file"]]
    assert sorted(files) == sorted(map(str, tmp_path.iterdir())) and len(set(files)) == 2
    for file in files:
        assert ttsslice.Audio.load(file).digest == audio.digest
