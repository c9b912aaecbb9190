# SPDX-License-Identifier: MIT
"""How many takes a run makes, and what becomes of a chunk none of whose takes passed."""
from __future__ import annotations

import numpy
import pytest

import ttsslice

TEXT = "Rain fell on the slates. Nobody in the house was awake.\n\nThen it stopped."


def generate(text, **params):
    generate.calls += 1
    return numpy.full(80 * len(text), 0.25, dtype=numpy.float32), 8000


def short_texts_pass(text, audio, language):
    return {"score": 95.0 if len(text) < 40 else 40.0, "passed": len(text) < 40,
            "level_dbfs": -20.0}


def render(path, **options):
    generate.calls = 0
    return ttsslice.render(TEXT, path, generator=generate, validate=short_texts_pass,
                           n_candidates=3, max_retries=0, **options)


def test_halves_take_the_place_of_a_chunk(tmp_path):
    result = render(tmp_path / "a.wav", on_exhaustion="resplit", takes="until_pass")
    chunk = result.chunks[0]
    assert result.ok and chunk.reason is ttsslice.Reason.RESPLIT
    assert [part.text for part in chunk.parts] == ["Rain fell on the slates.",
                                                   "Nobody in the house was awake."]
    assert all(part.take.passed for part in chunk.parts) and chunk.take is None
    assert len(chunk.candidates) == 3 and generate.calls == 3 + 1 + 1 + 1
    assert result.metadata["summary"]["resplit"] == 1
    assert result.metadata["chunks"][0]["parts"][1]["passed"] is True
    assert chunk.parts[0].level_offset_db == 0.0 and not chunk.parts[0].loudness_outlier


def test_all_takes_of_a_round_are_made_by_default(tmp_path):
    result = render(tmp_path / "a.wav")
    assert generate.calls == 6
    assert not result.ok and result.chunks[0].reason is ttsslice.Reason.NONE_PASSED
    assert result.chunks[0].parts == ()


def test_silence_keeps_the_place(tmp_path):
    result = render(tmp_path / "a.wav", on_exhaustion=ttsslice.OnExhaustion.SILENCE)
    assert result.chunks[0].reason is ttsslice.Reason.SILENCED and result.chunks[0].take is None
    assert result.metadata["chunks"][0]["status"] == "silenced"
    assert len(result.timeline.entries) == 2


def test_a_run_may_stop(tmp_path):
    with pytest.raises(ttsslice.Exhausted) as caught:
        render(tmp_path / "a.wav", on_exhaustion="stop")
    assert caught.value.chunk == 0 and not (tmp_path / "a.wav").exists()


@pytest.mark.parametrize("options", [{"takes": "some"}, {"on_exhaustion": "skip"}])
def test_unknown_names_are_refused(tmp_path, options):
    with pytest.raises(ttsslice.ArgumentError):
        render(tmp_path / "a.wav", **options)
