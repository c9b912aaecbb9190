# SPDX-License-Identifier: MIT
"""Run after every step: the speech under its plan is that of the plan before."""

from ttsslice.testing import assert_same_speech


def test_speech(tts_render, tts_corpus, tts_plan):
    before = f"slice{int(tts_plan[-1]) - 1}"
    assert_same_speech(tts_render(tts_corpus, plan=before), tts_render(tts_corpus))
