# SPDX-License-Identifier: MIT
"""Engines that are services over HTTP: from Python, and from the command line."""

import json
import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

import ttsslice
from conftest import tone
from fake_services import Services, assemblyai
from ttsslice import Audio, Generator, Transcriber, Transcript, validate

TOOL = Path(os.environ.get("TTSSLICE_BUILD", Path(__file__).parents[2] / "build")) / "tools/ttsslice"
LISTEN = ("POST", "/v1/audio/transcriptions")
SPEAK = ("POST", "/v1/audio/speech")
KEY = "sk-KEEPTHISSECRET0123456789"
TEXT = "The tide gauge had not been read in eleven years."
QUICK = {"backoff": (0.001, 0.001)}


def words_of(text):
    return [{"word": word, "start": i * 0.4, "end": i * 0.4 + 0.3}
            for i, word in enumerate(text.split())]


def heard(text):
    return {"text": text, "duration": 5.0, "words": words_of(text)}


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in list(os.environ):
        if name.startswith("TTSSLICE_ASR") or name in (
            "OPENAI_API_KEY", "OPENAI_BASE_URL", "ASSEMBLYAI_API_KEY", "TTSSLICE_ENGINE_URL",
            "TTSSLICE_VOICE", "TTSSLICE_SPEECH_MODEL",
        ):
            monkeypatch.delenv(name)


@pytest.fixture
def audio():
    return Audio(*tone(TEXT, seed=1))


# --- Python -------------------------------------------------------------------------------------


def test_openai_listens(audio):
    with Services({LISTEN: [(503, {"detail": "loading"}), heard(TEXT)]}) as services:
        transcriber = Transcriber.openai(services.url, model="tiny", api_key=KEY, **QUICK)
        transcript = transcriber.transcribe(audio, TEXT)
        assert transcriber.name == "openai"
        assert transcript.text == TEXT and transcript.words[1].start_s == 0.4
        assert validate(TEXT, transcript).passed
        assert services.count(*LISTEN) == 2
        assert services.requests[0][2]["Authorization"] == f"Bearer {KEY}"
        assert b"\r\n\r\ntiny\r\n" in services.requests[1][3]


def test_assemblyai_listens_and_deletes(audio):
    last = {"id": "t1", "status": "completed", "text": TEXT, "audio_duration": 5,
            "words": [{"text": "The", "start": 100, "end": 250, "confidence": 0.5}]}
    with Services(assemblyai(last)) as services:
        transcriber = Transcriber.assemblyai(services.url, api_key=KEY, poll_interval_s=0.001)
        transcript = transcriber.transcribe(audio, TEXT)
        assert transcript.text == TEXT
        assert transcript.words[0] == ttsslice.Word("The", 0.1, 0.25, 0.5)
        assert services.count("DELETE", "/v2/transcript/t1") == 1
        assert all(each[2]["Authorization"] == KEY for each in services.requests)


def test_openai_speaks(tmp_path, audio):
    audio.save(tmp_path / "a.wav")
    wav = (tmp_path / "a.wav").read_bytes()
    with Services({SPEAK: [(422, {"detail": "seed"}), wav]}) as services:
        generator = Generator.openai(services.url, voice="af_heart", api_key="")
        assert generator.name == "openai"
        assert generator.generate(TEXT).digest == audio.digest
        body = json.loads(services.requests[0][3])
        assert body["voice"] == "af_heart" and body["input"] == TEXT and "seed" in body
        assert "Authorization" not in services.requests[0][2]
        assert generator.damaged(1.0).generate(TEXT).injected_defect


def test_failures_have_their_class(audio):
    answers = [
        ((401, {"error": {"message": f"no such key {KEY}"}}), ttsslice.AuthError),
        ((404, {"detail": "Model 'tiny' is not installed"}), ttsslice.EndpointError),
        ((429, {"error": {"code": "insufficient_quota", "message": "pay"}}), ttsslice.HttpError),
        ({"surprise": True}, ttsslice.ProtocolError),
        (b"", ttsslice.ProtocolError),
        (b"<html></html>", ttsslice.ProtocolError),
    ]
    for answer, expected in answers:
        with Services({LISTEN: [answer]}) as services:
            transcriber = Transcriber.openai(services.url, api_key=KEY, **QUICK)
            with pytest.raises(expected) as raised:
                transcriber.transcribe(audio, TEXT)
            assert KEY not in str(raised.value) and raised.value.slice == "validate"
    with pytest.raises(ttsslice.EndpointError, match="unencrypted"):
        Transcriber.openai("http://example.org", api_key=KEY)
    with pytest.raises(ttsslice.AuthError, match="ASSEMBLYAI_API_KEY"):
        Transcriber.assemblyai()
    with pytest.raises(ttsslice.ArgumentError, match="timeout_s"):
        Generator.openai(timeout_s=0)


def test_checks(audio):
    with Services({("GET", "/v1/models"): [{"data": [{"id": "whisper-1"}]}]}) as services:
        assert "is in its list" in Transcriber.openai(services.url, api_key=KEY).check()
        assert "tts-1 is not in its list" in Generator.openai(services.url).check()
    assert Generator.flite().check() == ""


def test_a_call_is_cancelled_from_another_thread(audio):
    with Services({LISTEN: ["hang"]}) as services:
        transcriber = Transcriber.openai(services.url, api_key=KEY)
        raised = []

        def call():
            try:
                transcriber.transcribe(audio, TEXT)
            except ttsslice.Cancelled as problem:
                raised.append(problem)

        thread = threading.Thread(target=call)
        thread.start()
        services.wait_for(*LISTEN)
        transcriber.cancel()
        thread.join()
        assert len(raised) == 1


def test_ctrl_c_ends_a_call(audio, interrupts):
    with Services({LISTEN: ["hang"]}) as services:
        transcriber = Transcriber.openai(services.url, api_key=KEY)

        def interrupt():
            services.wait_for(*LISTEN)
            os.kill(os.getpid(), signal.SIGINT)

        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            transcriber.transcribe(audio, TEXT)
        thread.join()


def test_parse():
    assert Transcript.parse(json.dumps(heard("Good day"))).words[1].end_s == 0.7
    assert Transcript.parse("Good day\n").text == "Good day"
    with pytest.raises(ttsslice.ProtocolError, match="damaged JSON"):
        Transcript.parse('{"text": ')


def test_save(tmp_path):
    Transcript("Good day").save(tmp_path / "heard.txt")
    assert (tmp_path / "heard.txt").read_text() == "Good day\n"
    with pytest.raises(ttsslice.FileError, match="none"):
        Transcript("Good day").save(tmp_path / "none" / "heard.txt")


# --- the program --------------------------------------------------------------------------------


def run(*arguments, folder, status=0, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TTSSLICE_")}
    done = subprocess.run([TOOL, *map(str, arguments)], cwd=folder, capture_output=True,
                          env=clean | environment, timeout=120)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == status, err
    assert KEY not in out and KEY not in err
    return out, err


@pytest.fixture
def folder(tmp_path, audio):
    for name in ("a", "b"):
        audio.save(tmp_path / f"{name}.wav")
        (tmp_path / f"{name}.txt").write_text(TEXT)
    return tmp_path


def test_validate_with_openai(folder):
    with Services({LISTEN: [heard(TEXT), heard("The tide gauge had not been")]}) as services:
        out, err = run("validate", "a.wav", "b.wav", "--asr", "openai", "--asr-url", services.url,
                       "--asr-model", "tiny", "--verbose", folder=folder, status=1,
                       OPENAI_API_KEY=KEY)
    first, second = map(json.loads, out.splitlines())
    assert first["passed"] and first["asr"] == "openai" and first["audio"] == "a.wav"
    assert first["words"][1]["audio_start_s"] == 0.4
    assert (folder / first["transcript_file"]).read_text() == TEXT + "\n"
    assert not second["passed"]
    assert "truncated" in [each["kind"] for each in second["defects"]]
    assert "sending" in err


def test_validate_with_assemblyai(folder):
    last = {"id": "t1", "status": "completed", "text": TEXT, "words": None, "audio_duration": 5}
    with Services(assemblyai(last)) as services:
        out, _ = run("validate", "a.wav", "--asr", "assemblyai", "--asr-url", services.url,
                     folder=folder, ASSEMBLYAI_API_KEY=KEY)
        assert services.count("DELETE", "/v2/transcript/t1") == 1
    assert json.loads(out)["passed"]


def test_validate_when_the_service_fails(folder):
    with Services({LISTEN: [(401, {"error": {"message": KEY}}), heard(TEXT)]}) as services:
        out, err = run("validate", "a.wav", "b.wav", "--asr", "openai", "--asr-url", services.url,
                       folder=folder, status=4, OPENAI_API_KEY=KEY)
        assert "refused the key" in err
        first, second = map(json.loads, out.splitlines())
        assert first["passed"] is None and "refused the key" in first["error"]
        assert second["passed"]  # the other one is checked all the same
        assert not (folder / "a.wav.transcript.txt").exists()
    failed = {"id": "t1", "status": "error", "error": "File does not appear to contain audio"}
    with Services(assemblyai(failed)) as services:
        out, err = run("validate", "a.wav", "--asr", "assemblyai", "--asr-url", services.url,
                       folder=folder, status=3, ASSEMBLYAI_API_KEY=KEY)
        assert out == "" and "does not appear to contain audio" in err
        assert services.count("DELETE", "/v2/transcript/t1") == 1


def test_an_interrupt_deletes_first(folder):
    routes = assemblyai({"id": "t1", "status": "processing"})
    with Services(routes) as services:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("TTSSLICE_")}
        process = subprocess.Popen(
            [TOOL, "validate", "a.wav", "--asr", "assemblyai", "--asr-url", services.url],
            cwd=folder, env=clean | {"ASSEMBLYAI_API_KEY": KEY}, stderr=subprocess.PIPE)
        services.wait_for("POST", "/v2/transcript")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 5 and b"cancelled" in err
        assert services.count("DELETE", "/v2/transcript/t1") == 1


def test_validate_a_transcript_with_words(folder):
    (folder / "t.json").write_text(json.dumps(heard(TEXT)))
    out, _ = run("validate", "a.wav", "--transcript", "t.json", folder=folder)
    verdict = json.loads(out)
    assert verdict["passed"] and verdict["words"][2]["audio_start_s"] == 0.8
    assert verdict["asr"] == "none" and verdict["transcript_file"] == "t.json"
    (folder / "t.json").write_text('{"text": "The ti')
    _, err = run("validate", "a.wav", "--transcript", "t.json", folder=folder, status=3)
    assert "damaged JSON" in err
    (folder / "t.txt").write_bytes(b"The tide gauge \xff had not been read in eleven years")
    out, _ = run("validate", "a.wav", "--transcript", "t.txt", folder=folder)
    _, err = run("validate", "a.wav", "--transcript", "b.wav", folder=folder, status=3)
    assert "no text" in err
    (folder / "empty.txt").write_text("")
    out, _ = run("validate", "a.wav", "--transcript", "empty.txt", folder=folder, status=1)
    assert json.loads(out)["counts"]["heard_words"] == 0


def test_what_cannot_be_kept_is_judged_all_the_same(folder):
    (folder / "a.wav.transcript.txt").mkdir()
    with Services({LISTEN: [heard(TEXT)]}) as services:
        out, err = run("validate", "a.wav", "--asr", "openai", "--asr-url", services.url,
                       folder=folder, status=3)
    assert json.loads(out)["passed"] and json.loads(out)["transcript_file"] is None
    assert "cannot write a.wav.transcript.txt" in err


def test_validate_from_a_pipe(folder):
    with open(folder / "a.wav", "rb") as wav, open(folder / "t.txt", "w") as text:
        text.write(TEXT)
        text.flush()
        done = subprocess.run([TOOL, "validate", "-", "--text", "a.txt", "--transcript", "t.txt"],
                              cwd=folder, stdin=wav, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["audio"] == "-"
    assert not (folder / "-.transcript.txt").exists()


@pytest.mark.parametrize("arguments, status, words", [
    (["validate"], 2, "give an audio file"),
    (["validate", "-"], 2, "--text FILE is missing"),
    (["validate", "-", "--text", "-"], 2, "only one of them"),
    (["validate", "c.wav"], 3, "give --text FILE, or put it into c.txt"),
    (["validate", "a.wav", "b.wav", "--transcript", "a.txt"], 2, "one audio file"),
    (["validate", "a.wav", "b.wav", "--text", "-"], 2, "one audio file only"),
    (["validate", "a.wav", "--asr", "none"], 2, "--transcript"),
    (["validate", "a.wav", "--asr", "whisper"], 2, "sphinx, openai, assemblyai, none"),
    (["validate", "a.wav", "--asr-url", "http://127.0.0.1:1"], 2, "add --asr openai"),
    (["validate", "a.wav", "--asr", "openai", "--transcript", "a.txt"], 2, "nobody listens"),
    (["validate", "a.wav", "--asr", "assemblyai"], 4, "set ASSEMBLYAI_API_KEY"),
    (["validate", "a.wav", "--asr", "openai", "--asr-url", "ftp://x"], 4, "no http or https"),
    (["validate", "a.wav", "--asr", "openai", "--asr-url", "http://127.0.0.1:1"], 4, "no answer"),
    (["render", "a.txt", "-o", "o.wav", "--engine", "espeak"], 2, "flite, openai"),
    (["render", "a.txt", "-o", "o.wav", "--engine-url", "http://127.0.0.1:1"], 2,
     "add --engine openai"),
])
def test_bad_usage(folder, arguments, status, words):
    _, err = run(*arguments, folder=folder, status=status)
    assert words in err


def services_that_agree(wav):
    """A voice and an ear: what was to be said last is heard."""
    said = []

    def speak(body):
        said.append(json.loads(body)["input"])
        return wav

    return Services({
        SPEAK: speak, LISTEN: lambda _: heard(said[-1]),
        ("GET", "/v1/models"): [{"data": [{"id": "tts-1"}]}],
    })


def test_render_with_services(folder):
    with services_that_agree((folder / "a.wav").read_bytes()) as services:
        out, _ = run("render", "--plan", "slice0", "a.txt", "-o", "o.wav", "--engine", "openai",
                     "--engine-url", services.url, "--voice", "nova", "--asr", "openai",
                     "--asr-url", services.url, "--n-candidates", 1, folder=folder)
        assert json.loads(services.requests[0][3])["voice"] == "nova"
    assert json.loads(out)["output"] == "o.wav" and (folder / "o.wav").exists()
    report = json.loads((folder / "o_metadata.json").read_text())
    assert "openai" in json.dumps(report["engine"] if "engine" in report else report)


def test_render_fails_where_the_service_does(folder):
    with Services({SPEAK: [(401, {"error": "no"})]}) as services:
        _, err = run("render", "--plan", "slice0", "a.txt", "-o", "o.wav", "--engine", "openai",
                     "--engine-url", services.url, "--n-candidates", 1, "--max-retries", 0,
                     folder=folder, status=4, OPENAI_API_KEY=KEY)
        assert "OPENAI_API_KEY" in err


def test_an_interrupt_ends_a_render_that_waits(folder):
    with Services({LISTEN: ["hang"]}) as services:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("TTSSLICE_")}
        process = subprocess.Popen(
            [TOOL, "render", "--plan", "slice0", "a.txt", "-o", "o.wav", "--asr", "openai",
             "--asr-url", services.url], cwd=folder, env=clean, stderr=subprocess.PIPE)
        services.wait_for(*LISTEN)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 5 and not (folder / "o.wav").exists()


def test_serve_with_services(folder):
    with services_that_agree((folder / "a.wav").read_bytes()) as services:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("TTSSLICE_")}
        server = subprocess.Popen(
            [TOOL, "serve", "--engine", "openai", "--engine-url", services.url, "--asr", "openai",
             "--quiet"],
            env=clean | {"TTSSLICE_ASR_URL": services.url}, stdout=subprocess.PIPE)
        try:
            endpoint = json.loads(server.stdout.readline())["endpoint"]
            run("render", "--plan", "slice4", "a.txt", "-o", "o.wav", "--endpoint", endpoint,
                "--n-candidates", 1, folder=folder)
        finally:
            server.terminate()
            server.communicate(timeout=60)
        assert services.count(*SPEAK) >= 1 and services.count(*LISTEN) >= 1


def test_doctor(folder):
    with services_that_agree(b"") as services:
        out, _ = run("doctor", "--asr", "openai", "--asr-url", services.url, "--engine", "openai",
                     "--engine-url", services.url, "--json", folder=folder, OPENAI_API_KEY=KEY)
    checks = {each["name"]: each for each in json.loads(out)["checks"]}
    assert checks["OPENAI_API_KEY"]["detail"] == "set"
    assert not checks["ASSEMBLYAI_API_KEY"]["ok"]
    assert "takes the key; model whisper-1 is not in its list" in checks["asr"]["detail"]
    assert "model tts-1 is in its list" in checks["engine"]["detail"]
    out, _ = run("doctor", "--asr", "openai", "--asr-url", "http://127.0.0.1:1", folder=folder,
                 status=4)
    assert "missing  asr" in out
