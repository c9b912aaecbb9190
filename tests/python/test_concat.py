# SPDX-License-Identifier: MIT
"""concat(): clips into one file, with a timeline that is exact."""

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

import ttsslice
from conftest import RATE, tone
from ttsslice import AlignedWord, Audio, Break, Clip, Join, concat


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


def test_a_join_is_completed_like_a_file(tmp_path):
    path = tmp_path / "a.wav"
    with Join(path, pause_ms=100) as join:
        for clip in clips():
            join.add(clip)
        assert join.timeline is None and not path.exists()
    assert join.timeline.frames == Audio.load(path).frames
    with Join(tmp_path / "b.wav", pause_ms=100) as join:
        for clip in clips():
            join.add(clip)
        assert join.finish() is join.timeline
    assert (tmp_path / "b.wav").read_bytes() == path.read_bytes()
    with pytest.raises(ValueError, match="closed"):
        join.add(next(clips()))
    before = path.read_bytes()
    with pytest.raises(KeyError), Join(path) as join:
        join.add(next(clips()))
        raise KeyError
    with Join(path) as join:
        join.add(next(clips()))
        join.close()
    assert join.timeline is None
    with pytest.raises(ttsslice.EmptyError), Join(path):
        pass
    with pytest.raises(ttsslice.AudioError), Join(path) as join:
        with pytest.raises(ttsslice.AudioError):
            join.add(b"not audio")
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 2


def test_timeline_as_files(tmp_path):
    timeline = concat(clips(), tmp_path / "a.wav")
    for ending, text in (("srt", timeline.srt()), ("vtt", timeline.vtt()),
                         ("TXT", timeline.labels())):
        timeline.save(tmp_path / f"a.{ending}")
        assert (tmp_path / f"a.{ending}").read_text() == text
    timeline.save(str(tmp_path / "a.json"))
    assert json.loads((tmp_path / "a.json").read_text()) == timeline.segments()
    for wrong in ("a.doc", ".srt", "a"):
        with pytest.raises(ttsslice.ArgumentError, match="vtt"):
            timeline.save(wrong)
    with pytest.raises(ttsslice.FileError):
        timeline.save(tmp_path / "none" / "a.srt")


def test_what_is_no_clip_is_named(tmp_path):
    for wrong in (None, 5, [], object(), tone("word", seed=1)):
        with pytest.raises(TypeError, match=r"clip 0: it must be Audio.*Audio\(samples"):
            concat([wrong], tmp_path / "a.wav")
    for wrong in ("a.wav", b"RIFF", tmp_path / "a.wav"):
        with pytest.raises(TypeError, match="clips must be a list of takes, not"):
            concat(wrong, tmp_path / "a.wav")
        with pytest.raises(TypeError, match="a list of takes"):
            next(ttsslice.stream(wrong))
    for name, wrong in (("pause_ms", "5"), ("fade_ms", 1.5), ("channels", 10**30)):
        with pytest.raises((TypeError, ttsslice.ArgumentError), match=name):
            concat(clips(), tmp_path / "a.wav", **{name: wrong})
    for name, wrong in (("score", "x"), ("text_start", -1), ("pause_ms", 10**30), ("chunk", 10**400),
                        ("pause_ms", 1.5), ("position", "x"), ("text_length", 2**64),
                        ("words", None), ("words", "ab"), ("words", 3), ("words", [("a", 1, 2)]),
                        ("words", [None]), ("break_after", "pause")):
        with pytest.raises((TypeError, ttsslice.ArgumentError),
                           match="(?i)clip 0: .*" + name.split("_")[0]):
            concat(clips(1, **{name: wrong}), tmp_path / "a.wav")
    word = ttsslice.AlignedWord(0, 4, 0.0, 0.1, True)
    for place in ("text_start", "text_length", "audio_start_s", "audio_end_s"):
        odd = dataclasses.replace(word, **{place: 10**400})
        with pytest.raises(ttsslice.ArgumentError, match=rf"clip 0: {place}\[1\] .* far out"):
            concat(clips(1, words=[word, odd]), tmp_path / "a.wav")
    with pytest.raises(TypeError, match="clip 2: it must be Audio"):
        concat([*clips(2), None], tmp_path / "a.wav")
    with pytest.raises(TypeError, match="yields the blocks itself"):
        ttsslice.stream(clips(), on_audio=print)
    assert list(tmp_path.iterdir()) == []


def test_the_length_of_a_text_is_known(tmp_path):
    audio = Audio(*tone("word " * 9, seed=1))
    words = [AlignedWord(0, 5, None, None, False), AlignedWord(6, 5, 0.1, 0.3, True)]
    timeline = concat([Clip(audio, "Über allem", words=words)], tmp_path / "a.wav")
    assert timeline.entries[0].text_length == 11 and "allem" in timeline.labels(words=True)


def test_threads_and_listeners(tmp_path):
    takes = [Audio(*tone("word " * (i + 1), seed=i)) for i in range(12)]
    expected = concat(takes, tmp_path / "a.wav").frames
    with Join(tmp_path / "b.wav") as join, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: join.add(Clip(takes[i], position=i)), range(12)))
    assert join.timeline.frames == expected
    for meddle in (lambda: join.add(takes[0]), lambda: join.finish(), lambda: join.close()):
        with pytest.raises(ttsslice.ArgumentError, match="its own join"):
            with Join(tmp_path / "c.wav", on_audio=lambda block: meddle()) as join:
                join.add(takes[0])
    assert not (tmp_path / "c.wav").exists()


def test_positions(tmp_path):
    for policy in ("stop", "silence", "skip"):
        with pytest.raises(ttsslice.ArgumentError, match="count the clips from 0"):
            concat(clips(1, position=10**12), tmp_path / "a.wav", bad_clip=policy)
    for wrong in (-2, 10**30):
        with pytest.raises(ttsslice.ArgumentError):
            concat(clips(1, position=wrong), tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_break_by_name(tmp_path):
    timeline = concat(clips(2, break_after="paragraph"), tmp_path / "a.wav", pause_ms=100)
    assert timeline.entries[0].pause_frames == 1600
    with pytest.raises(ttsslice.ArgumentError, match="paragraph"):
        concat(clips(2, break_after="long"), tmp_path / "a.wav")


def test_clips_of_every_kind_in_any_order(tmp_path):
    takes = [Audio(*tone("word " * (i + 2), seed=i)) for i in range(4)]
    takes[1].save(tmp_path / "one.wav")
    expected = concat(takes, tmp_path / "a.wav", pause_ms=100)
    mixed = [
        Clip(takes[2].encode("flac"), position=2),
        Clip(takes[0], position=0),
        Clip(takes[3], position=3),
        Clip(tmp_path / "one.wav", position=1),
    ]
    timeline = concat(mixed, tmp_path / "b.wav", pause_ms=100)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert timeline.frames == expected.frames
    assert timeline.entries[0].source_rate == RATE and timeline.entries[0].error is None
    slower = Audio(tone("word", seed=1)[0], 16000)
    if ttsslice.feature_supported("soxr"):
        entries = concat([takes[0], slower], tmp_path / "c.wav").entries
        assert entries[1].source_rate == 16000
        assert entries[1].end_frame - entries[1].start_frame == slower.frames // 2


def test_stream(tmp_path):
    made = []

    def takes():
        for i in range(3):
            made.append(i)
            yield Audio(*tone("word " * 9, seed=i))

    blocks = ttsslice.stream(takes(), tmp_path / "a.wav", pause_ms=100)
    first = next(blocks)
    assert made == [0] and first.sample_rate == RATE
    assert not (tmp_path / "a.wav").exists()
    frames = first.frames + sum(block.frames for block in blocks)
    assert frames == Audio.load(tmp_path / "a.wav").frames and made == [0, 1, 2]
    blocks = ttsslice.stream(takes(), tmp_path / "b.wav")
    next(blocks)
    blocks.close()
    assert not list(tmp_path.glob("b.wav*"))


def test_listener_raises(tmp_path):
    def listen(block):
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        concat(clips(), tmp_path / "a.wav", on_audio=listen)
    assert list(tmp_path.iterdir()) == []


def test_bad_clips(tmp_path):
    good = Audio(*tone("word", seed=1))
    takes = [good, b"not audio", tmp_path / "missing.wav", good]
    with pytest.raises(ttsslice.AudioError, match="clip 1"):
        concat(takes, tmp_path / "a.wav")
    entries = concat(takes, tmp_path / "a.wav", bad_clip="silence", missing_ms=500).entries
    assert [bool(e.error) for e in entries] == [False, True, True, False]
    assert "missing.wav" in entries[2].error
    assert entries[1].end_frame - entries[1].start_frame == RATE // 2
    with pytest.raises(TypeError, match="pauze_ms"):
        concat(takes, tmp_path / "a.wav", pauze_ms=1)
    with pytest.raises(ttsslice.ArgumentError, match="leading"):
        concat(takes, tmp_path / "a.wav", trim="left")


def test_pause_by_the_text(tmp_path):
    takes = [Clip(clip.audio, text, break_after=None) for clip, text in
             zip(clips(3), ["Yes,", "\u662f\uff0c", "No."])]
    timeline = concat([*takes, Clip(takes[0].audio, pause_ms=0)], tmp_path / "a.wav", pause_ms=100)
    assert [e.break_after for e in timeline.entries[:3]] == [
        Break.CLAUSE, Break.CLAUSE, Break.SENTENCE]
    assert [e.pause_frames for e in timeline.entries] == [400, 400, 800, 0]


def test_render_hands_audio_out(tmp_path):
    heard, first = [], []

    def progress(state):
        if state.done == 1:
            first.append(sum(block.frames for block in heard))

    result = ttsslice.render("One.\n\nTwo is longer.", tmp_path / "a.wav", generator=tone,
                             place={"validate": "off"}, on_audio=heard.append, progress=progress,
                             join={"title": "Two"})
    assert sum(block.frames for block in heard) == result.timeline.frames
    assert 0 < first[0] < result.timeline.frames
    assert b"INAM" in (tmp_path / "a.wav").read_bytes()[:200]


def test_loudness(tmp_path):
    if not ttsslice.feature_supported("ebur128"):
        pytest.skip("this build has no libebur128")
    takes = [Audio(*tone("a longer line of words " * (i + 1), seed=i)) for i in range(3)]
    plain = concat(takes, tmp_path / "a.wav")
    assert plain.loudness is None and plain.gain_db == 0
    for target in (-30, "-30"):
        timeline = concat(takes, tmp_path / "b.wav", loudness=target, match_clips=True)
        got = Audio.load(tmp_path / "b.wav").loudness()
        assert timeline.loudness.integrated_lufs == pytest.approx(-30)
        assert got.integrated_lufs == pytest.approx(-30, abs=0.1)
        assert timeline.gain_db != 0 and timeline.frames == plain.frames
        assert all(abs(entry.gain_db) <= 3 for entry in timeline.entries)
    measured = concat(takes, tmp_path / "c.wav", loudness="measure")
    assert measured.loudness == Audio.load(tmp_path / "a.wav").loudness()
    low = concat(takes, tmp_path / "c.wav", true_peak_db=-20.0)
    assert low.loudness.true_peak_db == pytest.approx(-20) and low.gain_db < 0
    with pytest.raises(ttsslice.ArgumentError, match="podcast"):
        concat(takes, tmp_path / "c.wav", loudness="loud")
