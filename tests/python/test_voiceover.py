# SPDX-License-Identifier: MIT
"""A whole voiceover in one call."""

import asyncio
import inspect
import json

import pytest

import ttsslice
from conftest import TEXT, listen, tone
from ttsslice import generate_voiceover_optimized, generate_voiceover_optimized_async

PLANS = [f"slice{i}" for i in range(6)]


def own(plan):
    """The engines that a plan needs here."""
    engines = {}
    if plan == "slice0":
        engines["generator"] = tone
    if plan < "slice3":
        engines["transcriber"] = listen
    return engines


@pytest.fixture
def options(server):
    return {"endpoint": server.endpoint, "poll_interval_s": 0.01, "max_phrase_len": 100}


def test_the_files_are_where_the_application_looks(options, tmp_path):
    folder = tmp_path / "new" / "folder"
    result = generate_voiceover_optimized(TEXT, folder, **options)
    assert {each.name for each in folder.iterdir()} == {
        "audio_narrative_transcript.wav", "audio_narrative_transcript_metadata.json",
        "audio_narrative_transcript.srt", "segments.json"}
    segments = json.loads((folder / "segments.json").read_text())
    assert [set(each) >= {"start", "end", "text"} for each in segments] == [True] * len(segments)
    assert " ".join(each["text"] for each in segments).split() == TEXT.split()
    assert segments[0]["start"] <= segments[0]["end"] <= segments[1]["start"]
    assert len(result.chunks) == len(segments)
    metadata = json.loads((folder / "audio_narrative_transcript_metadata.json").read_text())
    assert metadata["plan"]["select"] == "handler" and metadata["plan"]["dispatch"] == "local"
    with open(result, "rb") as audio:
        assert audio.read(4) == b"RIFF"


@pytest.mark.parametrize("plan", PLANS)
def test_all_plans_give_the_same_files(plan, options, tmp_path):
    generate_voiceover_optimized(TEXT, tmp_path / "five", **options)
    if plan == "slice0":
        del options["endpoint"]
    asyncio.run(generate_voiceover_optimized_async(
        TEXT, tmp_path / "other", plan=plan, **own(plan), **options))
    for name in ("audio_narrative_transcript.wav", "segments.json"):
        assert (tmp_path / "five" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_validation_by_the_application(options, tmp_path):
    judged = []

    def judge(text, audio, language):
        judged.append(text)
        return 99.0

    result = generate_voiceover_optimized(TEXT, tmp_path, place={"validate": "host"},
                                          validate=judge, **options)
    assert {each.score for each in result.chunks} == {99.0} and len(judged) >= len(result.chunks)


def test_without_validation(options, tmp_path):
    result = generate_voiceover_optimized(TEXT, tmp_path, whisper_validate=False, **options)
    assert result.ok and not any(each.judged for each in result.chunks)
    with pytest.raises(ttsslice.ArgumentError, match="contradict"):
        generate_voiceover_optimized(TEXT, tmp_path, whisper_validate=False,
                                     place={"validate": "host"}, **options)


def test_segments_are_there_after_incomplete_and_untouched_after_failure(options, tmp_path):
    def sulks(text, **params):
        if "causeway" in text:
            raise ttsslice.TakeError("no")
        return tone(text, **params)

    here = {"plan": "slice0", "transcriber": listen, "max_phrase_len": 100, "max_retries": 0}
    with pytest.raises(ttsslice.Incomplete) as caught:
        generate_voiceover_optimized(TEXT, tmp_path, generator=sulks, **here)
    assert len(caught.value.result.failed) == 1
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert "segments.json" in before

    def broken(text, **params):
        raise KeyError("voice")

    with pytest.raises(KeyError, match="voice"):
        generate_voiceover_optimized(TEXT, tmp_path, generator=broken, **here)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_bad_input(tmp_path):
    with pytest.raises(TypeError, match="did you mean 'max_retries'"):
        generate_voiceover_optimized(TEXT, tmp_path, max_retry=1)
    with pytest.raises(ttsslice.EmptyError):
        generate_voiceover_optimized("", tmp_path / "none", plan="slice0", generator=tone)
    assert not (tmp_path / "none").exists()
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        generate_voiceover_optimized(TEXT, tmp_path / "file", plan="slice0", generator=tone,
                                     transcriber=listen)


def test_the_pair_has_one_signature():
    plain = inspect.signature(generate_voiceover_optimized)
    assert plain == inspect.signature(generate_voiceover_optimized_async)
