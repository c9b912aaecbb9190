# SPDX-License-Identifier: MIT
"""concat(): clips into one file, with a timeline that is exact."""

import pytest

import ttsslice
from conftest import RATE, tone
from ttsslice import Audio, Break, Clip, concat


def clips(count=3, **more):
    for i in range(count):
        yield Clip(Audio(*tone("word " * (i + 1), seed=i)), text=f"clip {i}", **more)


def test_frames_add_up(tmp_path):
    path = tmp_path / "all.wav"
    timeline = concat(clips(), path, pause_ms=100)
    audio = Audio.load(path)
    assert timeline.frames == audio.frames and timeline.sample_rate == audio.sample_rate == RATE
    assert timeline.duration_s == audio.duration_s
    entries = timeline.entries
    assert [e.chunk for e in entries] == [0, 1, 2]
    assert [e.text for e in entries] == ["clip 0", "clip 1", "clip 2"]
    assert sum(e.end_frame - e.start_frame + e.pause_frames for e in entries) == audio.frames
    assert [e.pause_frames for e in entries] == [800, 800, 0]
    assert entries[0].score is None and entries[0].break_after is Break.SENTENCE
    assert [s["text"] for s in timeline.segments()] == ["clip 0", "clip 1", "clip 2"]
    assert "clip 2" in timeline.srt()
    assert timeline.vtt().startswith("WEBVTT\n\n1\n00:00:00.000 --> ")
    assert timeline.labels().startswith("0.000000\t")
    assert timeline.labels().count("\n") == len(timeline.entries)
    assert timeline.labels(words=True).count("\n") >= len(timeline.entries)


def test_chunks_and_verdicts_become_clips(tmp_path):
    text = "Rain fell.\n\nÜber dem Tal war es still."
    parts = ttsslice.chunk(text, min_chars_merge=0)
    given = []
    for part in parts:
        audio = Audio(*tone(part.text, seed=1))
        words = [(w, i * 0.01, i * 0.01 + 0.01) for i, w in enumerate(part.text.split())]
        given.append(Clip.of(part, audio, ttsslice.validate(part.text, words)))
    timeline = concat(given, tmp_path / "a.wav")
    data = text.encode()
    said = [data[w.text_start : w.text_start + w.text_length].decode() for w in timeline.words]
    assert said[:2] == ["Rain", "fell"] and "Über" in said
    assert timeline.words[-1].entry == len(parts) - 1
    assert timeline.entries[0].score == 100.0


def test_failure_leaves_nothing_behind(tmp_path):
    def broken():
        yield from clips(2)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        concat(broken(), tmp_path / "a.wav")
    with pytest.raises(ttsslice.EmptyError):
        concat([], tmp_path / "a.wav")
    with pytest.raises(ttsslice.ArgumentError):
        concat(clips(), tmp_path / "a.wav", pause_ms=-1)
    with pytest.raises(ttsslice.FileError):
        concat(clips(), tmp_path / "none" / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_break_by_name(tmp_path):
    timeline = concat(clips(2, break_after="paragraph"), tmp_path / "a.wav", pause_ms=100)
    assert timeline.entries[0].pause_frames == 1600
    with pytest.raises(ttsslice.ArgumentError, match="paragraph"):
        concat(clips(2, break_after="long"), tmp_path / "a.wav")
