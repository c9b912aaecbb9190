# SPDX-License-Identifier: MIT
"""A narration service: the library does it, all chunks at once."""

import uuid
from pathlib import Path

from flask import Flask, jsonify, request, send_from_directory

import ttsslice

FOLDER = Path("narrations").resolve()

app = Flask(__name__)


@app.errorhandler(ttsslice.RemoteError)
def remote(problem):
    return jsonify(error=str(problem), code=problem.code_name), 502


@app.post("/voiceover")
async def voiceover():
    text = (request.get_json(silent=True) or {}).get("text")
    if not isinstance(text, str) or not text.strip():
        return jsonify(error="give a text"), 400
    key = str(uuid.uuid4())
    folder = FOLDER / key
    folder.mkdir(parents=True)
    await ttsslice.generate_voiceover_optimized_async(text, folder)
    return jsonify(id=key), 201


@app.get("/voiceover/<uuid:key>/<name>")
def file(key, name):
    return send_from_directory(FOLDER / str(key), name)
