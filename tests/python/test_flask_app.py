# SPDX-License-Identifier: MIT
"""The server side of the web page: events, sound, one chunk again, errors that a person can read."""

import json
import re
import threading

import pytest

pytest.importorskip("flask")

import ttsslice
import web
from conftest import tone

TEXT = "Rain fell on the roofs.\n\nNobody noticed it.\n\nThen it was morning."


def hear(audio, sample_rate, text, language):
    return "nobody" if text.startswith("Nobody") else text


@pytest.fixture
def app(monkeypatch):
    for name in ("TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID"):
        monkeypatch.delenv(name, raising=False)
    module = web.load()
    module.ENGINES.update(generator=tone, transcriber=hear)
    module.OPTIONS.update(n_candidates=2, max_retries=0, poll_interval_s=0.005, backoff=(0.01,))
    yield module
    web.unload(module)


@pytest.fixture
def client(app):
    return app.app.test_client()


def start(client, **given):
    answer = client.post("/narrations", json={"text": TEXT, "plan": "slice0", **given})
    assert answer.status_code == 202, answer.get_json()
    return answer.get_json()["id"]


def news(client, key, last, after=0):
    """The events behind number `after`, up to the first one named `last`."""
    answer = client.get(f"/narrations/{key}/events", headers={"Last-Event-ID": str(after)})
    assert answer.mimetype == "text/event-stream"
    found = []
    for part in answer.response:
        for block in part.decode().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in fields:
                found.append((fields["event"], json.loads(fields["data"]), int(fields["id"])))
                if fields["event"] == last:
                    answer.close()
                    return found
    raise AssertionError("the stream ended")


def test_the_page(client):
    answer = client.get("/")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "No handler is configured" in html
    assert re.search(r'value="slice0" selected', html)
    for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', html):
        assert client.get(name).status_code == 200


def test_chunks_are_told_as_they_arrive(client):
    key = start(client)
    told = news(client, key, "ready")
    assert [name for name, *_ in told] == ["begin", "chunk", "chunk", "chunk", "ready"]
    assert [number for *_, number in told] == [1, 2, 3, 4, 5]
    assert [each["text"] for each in told[0][1]["chunks"]] == TEXT.split("\n\n")
    first, bad = told[1][1], told[2][1]
    assert (first["status"], first["score"], first["index"]) == ("passed", 100.0, 0)
    assert first["pieces"] == [{"text": "Rain fell on the roofs."}]
    assert len(first["candidates"]) == 2 and [
        each["selected"] for each in first["candidates"]].count(True) == 1
    assert max(first["peaks"]) > 20 and max(first["peaks"]) <= 100
    assert bad["status"] == "not_passed" and bad["heard"] == "nobody"
    marked = [each for each in bad["pieces"] if "kind" in each]
    assert marked and "".join(each["text"] for each in bad["pieces"]) == "Nobody noticed it."
    assert "noticed it" in marked[0]["text"] and marked[0]["kind"] in ("truncated", "missing")
    for _, chunk, _ in told[1:4]:
        assert chunk["bars"] and chunk["bars"][0]["to_ms"] >= chunk["bars"][0]["from_ms"] >= 0
    assert [each["index"] for each in told[4][1]["places"]] == [0, 1, 2]
    again = news(client, key, "ready", after=3)
    assert [number for *_, number in again] == [4, 5], "a lost connection goes on where it was"


def test_sound(client):
    key = start(client)
    told = news(client, key, "ready")
    whole = client.get(f"/narrations/{key}/audio.wav")
    assert whole.mimetype == "audio/wav"
    assert ttsslice.Audio.decode(whole.data).duration_s == pytest.approx(
        told[-1][1]["duration_s"])
    whole.close()
    for _, chunk, _ in told[1:4]:
        sound = client.get(f"/narrations/{key}/chunks/{chunk['index']}.wav")
        assert ttsslice.Audio.decode(sound.data).duration_s == pytest.approx(chunk["duration_s"])
    assert client.get(f"/narrations/{key}/chunks/3.wav").status_code == 404


@pytest.mark.parametrize("plan", ["slice1", "slice5"])
def test_a_handler(client, app, monkeypatch, plan):
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    with ttsslice.Server(ttsslice.Handler(tone, hear), workers=2) as server:
        monkeypatch.setenv("TTSSLICE_ENDPOINT", server.endpoint)
        assert "No handler" not in client.get("/").get_data(as_text=True)
        key = start(client, plan=plan)
        told = news(client, key, "ready")
        chunks = {said["index"]: said for name, said, _ in told if name == "chunk"}
        assert [chunks[i]["status"] for i in range(3)] == ["passed", "not_passed", "passed"]
        jobs = 2 if plan == "slice1" else 1
        for chunk in chunks.values():
            assert len(chunk["bars"]) == jobs
            for bar in chunk["bars"]:
                assert 0 <= bar["queue_ms"] <= bar["to_ms"] - bar["from_ms"]


def test_one_chunk_again(client, app):
    said = ["", "nobody noticed it"]
    app.ENGINES["transcriber"] = lambda audio, sample_rate, text, language: (
        said[0] if text.startswith("Nobody") else text)
    key = start(client)
    before = news(client, key, "ready")
    old = client.get(f"/narrations/{key}/chunks/1.wav").data
    other = client.get(f"/narrations/{key}/chunks/0.wav").data
    said[0] = said[1]
    assert client.post(f"/narrations/{key}/chunks/1/redo").status_code == 202
    told = news(client, key, "ready", after=len(before))
    assert [name for name, *_ in told] == ["chunk", "ready"]
    assert (told[0][1]["index"], told[0][1]["status"]) == (1, "passed")
    assert client.get(f"/narrations/{key}/chunks/1.wav").data != old
    assert client.get(f"/narrations/{key}/chunks/0.wav").data == other
    whole = client.get(f"/narrations/{key}/audio.wav")
    assert ttsslice.Audio.decode(whole.data).duration_s == pytest.approx(told[1][1]["duration_s"])
    whole.close()

    def broken(text, **params):
        raise RuntimeError("the model is gone")

    app.narrations[key].options["generator"] = broken
    assert client.post(f"/narrations/{key}/chunks/1/redo").status_code == 202
    told = news(client, key, "redo_failed", after=len(before) + 2)
    assert told[-1][1] == {"index": 1, "error": "the model is gone"}
    assert client.post(f"/narrations/{key}/chunks/9/redo").status_code == 404


def test_failures_are_told(client, app):
    def speak(text, **params):
        if text.startswith("Nobody"):
            raise ttsslice.TakeError("no voice for this")
        return tone(text, **params)

    app.ENGINES["generator"] = speak
    told = news(client, start(client), "ready")
    assert told[2][1]["status"] == "failed" and "no voice for this" in told[2][1]["error"]
    assert [each["index"] for each in told[-1][1]["places"]] == [0, 2]
    app.ENGINES["generator"] = lambda text, **params: 1 / 0
    assert news(client, start(client), "failed")[-1][1] == {"error": "division by zero"}


def test_cancel(client, app):
    entered, release = threading.Event(), threading.Event()

    def slow(text, **params):
        entered.set()
        release.wait(60)
        return tone(text, **params)

    app.ENGINES["generator"] = slow
    key = start(client)
    assert entered.wait(60)
    assert client.post(f"/narrations/{key}/chunks/0/redo").status_code == 404
    assert client.get(f"/narrations/{key}/audio.wav").status_code == 404
    assert client.delete(f"/narrations/{key}").status_code == 204
    release.set()
    assert news(client, key, "cancelled")[-1][0] == "cancelled"


def test_bad_input(client, app):
    for given, message in [
        ({"text": " \n"}, "no text"),
        ({"text": 3}, "Send a text"),
        ({}, "Send a text"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "Rain.", "plan": "slice9"}, "no plan"),
        ({"text": "Rain.", "voice": "ftp://x"}, "voice"),
        ({"text": "Rain.", "voice": 3}, "voice"),
        ({"text": "Rain.", "seed": "many"}, "seed is a whole number"),
        ({"text": "Rain.", "seed": -1}, "seed"),
        ({"text": "Rain.", "plan": "slice5"}, "endpoint"),
        ({"text": "x" * (app.TEXT_MAX + 1)}, "200,001 characters"),
    ]:
        answer = client.post("/narrations", json=given)
        assert answer.status_code == 400, given
        assert message in answer.get_json()["error"], given
    assert client.post("/narrations", data="{").status_code == 400
    assert client.post("/narrations", json={"text": "x" * 900_000}).status_code == 413
    for path in ("events", "audio.wav", "chunks/0.wav"):
        answer = client.get(f"/narrations/none/{path}")
        assert answer.status_code == 404 and answer.get_json()["error"]
    assert client.delete("/narrations/none").status_code == 404
    assert not app.narrations


# What JSON can hold, but for text.
ODD = ["null", "true", "false", "3", "-1", "1.5", "NaN", "Infinity", "1e400", "9" * 400, "[]", "{}",
       '["x"]', '{"a": 1}', "[[1, null]]", '"\\ud800"', '"\\u0000"', '"' + "x" * 5000 + '"',
       "[" * 5000 + "]" * 5000, '""']
FINE = {"plan": {"null", "false", '""', "[]", "{}"}, "voice": {"null", "false", '""', "[]", "{}"},
        "seed": {"null", "3", '""'}}


@pytest.mark.parametrize("field", ["text", "plan", "voice", "seed"])
@pytest.mark.parametrize("value", ODD, ids=[each[:12] for each in ODD])
def test_fields_of_other_kinds(client, app, field, value):
    rest = {"text": '"Rain."', "plan": '"slice0"', "voice": '""', "seed": "0", field: value}
    body = "{" + ", ".join(f'"{name}": {each}' for name, each in rest.items()) + "}"
    answer = client.post("/narrations", data=body, content_type="application/json")
    said = answer.get_json()
    if field != "text" and value in FINE[field]:
        assert answer.status_code == 202
        news(client, said["id"], "ready")
    elif field == "text" and value.startswith('"xxx'):
        assert answer.status_code == 202
        client.delete(f"/narrations/{said['id']}")
    else:
        assert answer.status_code == 400 and len(said["error"]) < 300
        assert {"text": "text", "plan": "plan", "voice": "oice", "seed": "seed"}[field] in said[
            "error"] or "Send a text" in said["error"]
        assert not app.narrations


@pytest.mark.parametrize("body", ODD + ["", "{", "x", "[" * 100_000, b"\xff"],
                         ids=lambda body: str(body)[:12])
def test_bodies_of_other_kinds(client, body):
    answer = client.post("/narrations", data=body, content_type="application/json")
    assert answer.status_code == 400 and answer.get_json()["error"] == "Send a text."


def test_numbers_of_other_kinds(client):
    key = start(client, text="Rain fell.")
    news(client, key, "ready")
    for seen in ("9" * 5000, "-1", "x"):
        answer = client.get(f"/narrations/{key}/events", headers={"Last-Event-ID": seen})
        assert answer.status_code == 200
        answer.close()
    for index in ("9" * 30, "-1", "x"):
        assert client.get(f"/narrations/{key}/chunks/{index}.wav").status_code == 404
        assert client.post(f"/narrations/{key}/chunks/{index}/redo").status_code == 404


def test_only_so_many_are_kept(client, app, monkeypatch):
    monkeypatch.setattr(app, "KEPT", 2)
    keys = []
    for _ in range(4):
        keys.append(start(client, text="Rain fell."))
        news(client, keys[-1], "ready")
    assert list(app.narrations) == keys[2:]
    assert client.get(f"/narrations/{keys[0]}/audio.wav").status_code == 404


# --- what can be said of the page without a browser ---------------------------------------------


def themes():
    """The colours of the style sheet, light and dark."""
    css = (web.FOLDER / "static" / "style.css").read_text()
    light, dark = (dict(re.findall(r"--([\w_-]+): (#[0-9a-f]{3,6});", part))
                   for part in css.split("@media (prefers-color-scheme: dark)")[:2])
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour):
    """By WCAG 2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("text, ground", [
    ("ink", "card"), ("ink", "page"), ("dim", "card"), ("dim", "page"), ("passed", "card"),
    ("not_passed", "card"), ("failed", "card"), ("on-accent", "accent"), ("ink", "mark")])
def test_text_can_be_read(theme, text, ground):
    colours = themes()[theme]
    lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
