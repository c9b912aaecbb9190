# SPDX-License-Identifier: MIT
"""Fast, deterministic engines for the tests: tones for speech, and a listener who slips."""

from __future__ import annotations

import math
import signal
from array import array

import pytest

import ttsslice

RATE = 8000

TEXT = """The tide gauge had not been read in eleven years. Mira wiped the glass and wrote a number.

"Is it high?" asked the boy. It was high, and it was still rising, and neither of them said so.

By noon the causeway was gone. They counted nine sheep on the far bank; then eight."""


def tone(text, **params):
    """A note whose pitch follows from the seed, as long as it would take to say the text."""
    period = 20 + params["seed"] % 97
    wave = array("h", (int(12000 * math.sin(2 * math.pi * i / period)) for i in range(period)))
    return wave * (450 * len(text) // period + 1), RATE


def slips(text, samples):
    """Whether the listener loses the end of what was said: about half of all takes."""
    return sum(bool(x > 0) for x in samples[::97]) % 2 == 0


def listen(audio, sample_rate, text, language):
    """Hears what was to be said, but for slips that follow from the samples."""
    assert sample_rate == RATE and language == "en"
    words = text.split()
    return " ".join(words[: max(1, len(words) // 2)] if slips(text, audio) else words)


@pytest.fixture
def server():
    """An endpoint with the engines above."""
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    with ttsslice.Server(ttsslice.Handler(tone, listen), workers=2) as running:
        yield running


@pytest.fixture
def interrupts():
    """SIGINT as Python has it by default, whatever started the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
