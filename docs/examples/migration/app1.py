# SPDX-License-Identifier: MIT
"""A narration service: own code for everything but the model, which is on another machine."""

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
PAUSE_S = 0.2

app = Flask(__name__)
model = ttsslice.RemoteModel(sr=16000)  # 24000 with Chatterbox, the default
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
    heard = whisper.transcribe(wav, model.sr, hint=chunk)
    return 100 * difflib.SequenceMatcher(None, words(chunk), words(heard)).ratio()


def narrate(chunk):
    """The best of some takes, and its score."""
    best, highest = None, -1.0
    for _ in range(1 + RETRIES):
        for _ in range(CANDIDATES):
            wav = model.generate(chunk, exaggeration=0.3, cfg_weight=0.3)
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
        out.setparams((1, 2, model.sr, 0, "NONE", ""))
        for chunk, (wav, _) in zip(chunks, takes):
            samples = numpy.clip(numpy.rint(wav[0] * 32768), -32768, 32767).astype("<i2")
            out.writeframes(samples.tobytes() + bytes(2 * int(PAUSE_S * model.sr)))
            end = at + len(samples) / model.sr
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
