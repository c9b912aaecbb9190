# SPDX-License-Identifier: MIT
"""Stands for Chatterbox and faster-whisper, so that the example runs without GPU and download.

Every call for the same text is another take, as with the real model; here it follows from a seed,
so that the takes of two machines can be compared.
"""

from collections import Counter

import ttsslice


class Model:
    """`ChatterboxTTS.from_pretrained("cuda")` in real life."""

    sr = 16000

    def __init__(self):
        self.engine = ttsslice.Generator.flite()
        self.taken = Counter()

    def generate(self, text, audio_prompt_path=None, exaggeration=0.3, cfg_weight=0.3):
        seed = ttsslice.seed(0, text, audio_prompt_path, self.taken[text])
        self.taken[text] += 1
        return self.engine.generate(text, seed=seed).float32().reshape(1, -1)


class Whisper:
    """`WhisperModel("small")` in real life, which needs no hint of what was said."""

    def __init__(self):
        self.engine = ttsslice.Transcriber.sphinx()

    def transcribe(self, wav, sample_rate, hint):
        return self.engine.transcribe(ttsslice.Audio(wav, sample_rate), hint).text
