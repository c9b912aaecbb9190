# SPDX-License-Identifier: MIT
"""A narration service: own code for everything but the model, which makes takes by the round."""

import difflib
import json
import re
import uuid
import wave
from pathlib import Path

import numpy
from flask import Flask, jsonify, request, send_from_directory

import speech
import ttsslice

FOLDER = Path("narrations").resolve()
CANDIDATES, RETRIES, THRESHOLD = 3, 3, 85
PAUSE_S, RATE = 0.2, 16000  # 24000 with Chatterbox

app = Flask(__name__)
whisper = speech.Whisper()


def split(text, longest=300):
    """Sentences, put together as long as they fit."""
    chunks = []
    for sentence in re.split(r"(?<=[.!?])\s+", text.strip()):
        if chunks and len(chunks[-1]) + len(sentence) < longest:
            chunks[-1] += " " + sentence
        else:
            chunks.append(sentence)
    return chunks


def words(text):
    return re.findall(r"\w+", text.lower())


def score(chunk, wav):
    """How much of the chunk was heard, 0 to 100."""
    heard = whisper.transcribe(wav, RATE, hint=chunk)
    return 100 * difflib.SequenceMatcher(None, words(chunk), words(heard)).ratio()


def ask(chunk, **job):
    """What the handler makes of one chunk."""
    job = {"text": chunk, "n_candidates": CANDIDATES, "max_retries": RETRIES,
           "whisper_threshold": THRESHOLD, **job}
    (result,) = ttsslice.dispatch([job])
    result.raise_for_error()
    return result


def narrate(chunk):
    """The best of some takes, and its score."""
    best, highest = None, -1.0
    for attempt in range(1 + RETRIES):
        for take in ask(chunk, slice=2, attempt=attempt).candidate_audio:
            wav = take.float32().reshape(1, -1)
            points = score(chunk, wav)
            if points > highest:
                best, highest = wav, points
        if highest >= THRESHOLD:
            break
    return best, highest


def generate_voiceover_optimized(text, folder):
    chunks = split(text)
    takes = [narrate(chunk) for chunk in chunks]
    segments, at = [], 0.0
    with wave.open(str(folder / "audio_narrative_transcript.wav"), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        for chunk, (wav, _) in zip(chunks, takes):
            samples = numpy.clip(numpy.rint(wav[0] * 32768), -32768, 32767).astype("<i2")
            out.writeframes(samples.tobytes() + bytes(2 * int(PAUSE_S * RATE)))
            end = at + len(samples) / RATE
            segments.append({"start": at, "end": end, "text": chunk})
            at = end + PAUSE_S
    (folder / "segments.json").write_text(json.dumps(segments))
    metadata = {"scores": [points for _, points in takes]}
    (folder / "audio_narrative_transcript_metadata.json").write_text(json.dumps(metadata))


@app.errorhandler(ttsslice.RemoteError)
def remote(problem):
    return jsonify(error=str(problem), code=problem.code_name), 502


@app.post("/voiceover")
def voiceover():
    text = (request.get_json(silent=True) or {}).get("text")
    if not isinstance(text, str) or not text.strip():
        return jsonify(error="give a text"), 400
    key = str(uuid.uuid4())
    folder = FOLDER / key
    folder.mkdir(parents=True)
    generate_voiceover_optimized(text, folder)
    return jsonify(id=key), 201


@app.get("/voiceover/<uuid:key>/<name>")
def file(key, name):
    return send_from_directory(FOLDER / str(key), name)
