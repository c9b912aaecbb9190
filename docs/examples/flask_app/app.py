# SPDX-License-Identifier: MIT
"""A page that narrates: paste a text, watch its chunks arrive, listen, have single ones made again.

    TTSSLICE_ENDPOINT=http://127.0.0.1:8123/v2/local flask --app docs/examples/flask_app/app run

Narrations live in this process: serve it with one worker and many threads. Engines of your own go
into `ENGINES`, voices to choose from into `VOICES`.
"""

from __future__ import annotations

import atexit
import io
import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request, send_file

import ttsslice

from narration import Narration

PLANS = {
    "slice0": "everything here",
    "slice1": "one take a request at the handler",
    "slice2": "all takes of a round at the handler",
    "slice3": "the handler also judges",
    "slice4": "the handler also chooses",
    "slice5": "all that, many chunks at once",
}
ENGINES: dict[str, Any] = {}  # {"generator": generate, "transcriber": transcribe}
OPTIONS: dict[str, Any] = {"min_chars_merge": 1, "poll_interval_s": 0.05}  # of every run
VOICES: dict[str, str] = {}  # a name to show, and the URL of a sample
TEXT_MAX = 200_000
SEED_MAX = 2**53 - 1
KEPT = 20  # narrations; the oldest goes

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 4 * TEXT_MAX + 10_000
pool = ThreadPoolExecutor(max_workers=4)
narrations: dict[str, Narration] = {}


@app.get("/")
def page() -> str:
    """The page itself."""
    there = bool(os.environ.get("TTSSLICE_ENDPOINT") or os.environ.get("RUNPOD_ENDPOINT_ID"))
    return render_template("index.html", plans=PLANS, voices=VOICES, handler=there,
                           text_max=TEXT_MAX)


def options_for(plan: str, voice: str, seed: int) -> dict[str, Any]:
    """The options of a run; engines only where the plan has a use for them."""
    places = ttsslice.Plan.named(plan)
    used = {"generator": places.generate, "transcriber": places.validate}
    engines = {name: each for name, each in ENGINES.items()
               if used.get(name) is not ttsslice.Place.HANDLER}
    return {**OPTIONS, **engines, "audio_prompt_url": voice or None, "seed": seed}


def read(given: Any) -> tuple[str, str, str, int]:
    """Text, plan, voice and seed of a request; ValueError in a sentence that the page shows."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise ValueError("Send a text.")
    text, plan, voice = given["text"], given.get("plan") or "slice0", given.get("voice") or ""
    if not text.strip():
        raise ValueError("There is no text to narrate. Paste some first.")
    if len(text) > TEXT_MAX:
        raise ValueError(f"The text has {len(text):,} characters; {TEXT_MAX:,} are the most.")
    if not isinstance(plan, str) or plan not in PLANS:
        raise ValueError(f"There is no plan {str(plan)[:40]!r}; choose one of {', '.join(PLANS)}.")
    if not isinstance(voice, str) or (voice and not voice.startswith(("http://", "https://"))):
        raise ValueError("A voice is the http or https URL of a sample.")
    return text, plan, voice, whole(given.get("seed"), "seed")


def whole(value: Any, name: str) -> int:
    """A number that is whole, or its digits, as a form sends them; 0 if there is none."""
    digits = "0" if value in (None, "") else str(value)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 16):
        raise ValueError(f"The {name} is a whole number, 0 to {SEED_MAX}.")
    return int(digits)


def sent() -> Any:
    """The JSON of a request; None for what is none, or nested beyond all measure."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


@app.post("/narrations")
def start() -> tuple[Response, int]:
    """Begins a narration. What is wrong with it is said in a sentence that the page shows."""
    if (request.content_length or 0) > app.config["MAX_CONTENT_LENGTH"]:
        abort(413)
    try:
        text, plan, voice, seed = read(sent())
        narration = Narration(text, plan, options_for(plan, voice, seed))
    except (ttsslice.Error, ValueError, TypeError) as failure:
        return refuse(str(failure))
    key = uuid.uuid4().hex
    narrations[key] = narration
    while len(narrations) > KEPT:
        narrations.pop(next(iter(narrations))).close()
    pool.submit(narration.work)
    return jsonify(id=key), 202


def refuse(why: str, status: int = 400) -> tuple[Response, int]:
    """An error for the page to show."""
    return jsonify(error=why), status


def narration_of(key: str) -> Narration:
    """404 if there is none."""
    return narrations.get(key) or abort(404)


@app.get("/narrations/<key>/events")
def events(key: str) -> Response:
    """What happens, as server-sent events; a browser that lost the connection goes on behind the
    last event that it has seen."""
    seen = request.headers.get("Last-Event-ID", "0")
    news = narration_of(key).news(int(seen) if seen.isdecimal() and len(seen) < 10 else 0)
    return Response(news, mimetype="text/event-stream", headers={"Cache-Control": "no-store"})


@app.delete("/narrations/<key>")
def cancel(key: str) -> tuple[str, int]:
    """Stops a narration, and its jobs at the handler."""
    narration_of(key).cancel()
    return "", 204


@app.get("/narrations/<key>/audio.wav")
def audio(key: str) -> Response:
    """The whole, once it is there."""
    narration = narration_of(key)
    if narration.state != "ready" or not narration.path.exists():
        abort(404)
    return send_file(narration.path, mimetype="audio/wav", download_name="narration.wav")


@app.get("/narrations/<key>/chunks/<int:index>.wav")
def chunk_audio(key: str, index: int) -> Response:
    """One take, as soon as it is there."""
    take = narration_of(key).takes.get(index)
    if take is None or take.audio is None:
        abort(404)
    return send_file(io.BytesIO(take.audio.encode("wav")), mimetype="audio/wav")


@app.post("/narrations/<key>/chunks/<int:index>/redo")
def redo(key: str, index: int) -> tuple[Response, int] | tuple[str, int]:
    """Makes one chunk again, once the run is over."""
    narration = narration_of(key)
    if index not in narration.takes:
        abort(404)
    if narration.state != "ready":
        return refuse("Wait until the narration is done.", 409)
    pool.submit(narration.redo, index)
    return "", 202


@app.errorhandler(404)
def not_found(_: Exception) -> tuple[Response, int]:
    """For the script of the page, too."""
    return refuse("That is not there, or no longer.", 404)


@app.errorhandler(413)
def too_long(_: Exception) -> tuple[Response, int]:
    """A request that is longer than any text may be."""
    return refuse(f"The text is too long; {TEXT_MAX:,} characters are the most.", 413)


@atexit.register
def stop() -> None:
    """Ends what is under way and removes the files."""
    for narration in narrations.values():
        narration.close()
    narrations.clear()


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")), threaded=True)
