# SPDX-License-Identifier: MIT
"""What a run tells of each chunk while it goes on, and one chunk rendered again."""

import pytest

import ttsslice
from conftest import TEXT, listen, tone
from ttsslice import redo, render

HERE = {"generator": tone, "transcriber": listen, "max_phrase_len": 100, "seed": 11}


@pytest.fixture
def told(tmp_path):
    """The takes of a run in the order they were told, and its result."""
    takes = []
    result = render(TEXT, tmp_path / "out.wav", progress=lambda now: takes.append(now.take), **HERE)
    return takes, result


def test_progress_tells_the_take(told):
    takes, result = told
    assert [repr(take.chunk) for take in takes] == [repr(chunk) for chunk in result.chunks]
    for take in takes:
        assert take.audio.digest == take.chunk.take.digest
        assert take.chunk.take.verdict.score == take.chunk.score
    assert len(takes[0].chunk.candidates) >= 3


def test_the_takes_join_to_the_same_file(told, tmp_path):
    takes, result = told
    again = ttsslice.concat([take.clip() for take in takes], tmp_path / "again.wav")
    assert (tmp_path / "again.wav").read_bytes() == (tmp_path / "out.wav").read_bytes()
    assert again.segments() == result.timeline.segments()


@pytest.mark.parametrize("plan", ["slice1", "slice5"])
def test_takes_from_a_handler(plan, server, told, tmp_path):
    takes = []
    options = {"max_phrase_len": 100, "seed": 11, "endpoint": server.endpoint,
               "poll_interval_s": 0.005}
    if plan == "slice1":
        options["transcriber"] = listen
    render(TEXT, tmp_path / "there.wav", plan=plan, progress=lambda now: takes.append(now.take),
           **options)
    takes.sort(key=lambda take: take.chunk.index)
    assert [take.audio for take in takes] == [take.audio for take in told[0]]
    old = takes[1].chunk
    new = redo(old, plan=plan, **options)
    assert new.chunk.text == old.text and new.audio != takes[1].audio
    assert new.audio == redo(told[1].chunks[1], **HERE).audio, "as it would be here"


def test_redo(told, tmp_path):
    takes, _ = told
    old = takes[1]
    one, same, two = (redo(old.chunk, again, **HERE) for again in (1, 1, 2))
    assert one.audio == same.audio and len({old.audio.digest, one.audio.digest,
                                            two.audio.digest}) == 3
    assert (one.chunk.index, one.chunk.text_start, one.chunk.break_after, one.chunk.text) == (
        old.chunk.index, old.chunk.text_start, old.chunk.break_after, old.chunk.text)
    takes[1] = one
    joined = ttsslice.concat([take.clip() for take in takes], tmp_path / "again.wav")
    entry = joined.entries[1]
    assert (entry.text, entry.score) == (old.chunk.text, one.chunk.score)
    assert joined.segments()[0] is not None
    assert not list(tmp_path.glob("take*"))


def test_failed_and_silent_chunks_are_told(tmp_path):
    def speak(text, **params):
        if "Snow" in text:
            raise ttsslice.TakeError("no snow today")
        return tone(text, **params)

    takes = []
    with pytest.raises(ttsslice.Incomplete):
        render("Rain fell.\n\n* * *\n\nSnow fell.", tmp_path / "o.wav", generator=speak,
               transcriber=listen, min_chars_merge=1,
               progress=lambda now: takes.append(now.take))
    failed = [take for take in takes if take.chunk.code]
    assert len(failed) == 1 and failed[0].audio is None
    assert "no snow today" in failed[0].chunk.error
    with pytest.raises(ttsslice.EmptyError) as failure:
        failed[0].clip()
    assert failure.value.chunk == failed[0].chunk.index
    for take in takes:
        if take.chunk.text.strip("* ") == "":
            assert take.audio is None and take.chunk.code == 0
    with pytest.raises(ttsslice.Error, match="no snow today"):
        redo(failed[0].chunk, generator=speak, transcriber=listen)
    assert redo(failed[0].chunk, generator=tone, transcriber=listen).audio.frames


def test_bad_input(told):
    chunk = told[1].chunks[0]
    with pytest.raises(ttsslice.ArgumentError, match="counts from 1"):
        redo(chunk, 0, **HERE)
    with pytest.raises(TypeError, match="max_phrase_len"):
        redo(chunk, max_phrase_length=3)


def test_a_take_outlives_its_run(tmp_path):
    takes = []
    with ttsslice.Run("Rain fell.", generator=tone, transcriber=listen,
                      progress=lambda now: takes.append(now.take)) as run:
        run.execute(tmp_path / "o.wav")
    del run
    samples = takes[0].audio.samples
    assert len(samples) == takes[0].audio.frames > 0
    assert takes[0].chunk.take.verdict.transcript
