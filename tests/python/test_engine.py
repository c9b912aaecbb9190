# SPDX-License-Identifier: MIT
"""Generators and transcribers, of the library and of the application."""

import threading
import traceback
from array import array
from collections import namedtuple

import pytest

import ttsslice
from conftest import RATE, tone
from ttsslice import Audio, Generator, Transcriber, Transcript, Word

needs_flite = pytest.mark.skipif(
    not ttsslice.feature_supported("flite"), reason="this build has no flite"
)


def test_generate_gets_what_was_asked_for():
    seen = {}

    def generate(text, **params):
        seen.update(params, text=text)
        return tone(text, **params)

    audio = Generator.host(generate).generate(
        "Grüße", language="de", audio_prompt_url="a.wav", exaggeration=0.5, cfg_weight=0.2,
        temperature=0.7, seed=9, candidate=1, attempt=2,
    )
    assert audio.sample_rate == RATE
    assert seen == {
        "text": "Grüße", "language": "de", "audio_prompt_url": "a.wav", "exaggeration": 0.5,
        "cfg_weight": 0.2, "temperature": 0.7, "seed": 9, "candidate": 1, "attempt": 2,
    }
    Generator.host(generate).generate("x", audio_prompt=b"RIFF\0..")
    assert seen["audio_prompt"] == b"RIFF\0.." and seen["audio_prompt_url"] is None
    assert seen["temperature"] is None
    with pytest.raises(ttsslice.ArgumentError, match="temperature"):
        Generator.host(generate).generate("x", temperature=5.5)


@pytest.mark.parametrize("value", [None, 3, b"ab", (1, 2, 3)])
def test_generate_must_return_audio(value):
    with pytest.raises(TypeError, match="generate"):
        Generator.host(lambda text, **params: value).generate("x")


@pytest.mark.parametrize(
    "value", [(24000, array("h", [7] * 5000)), (24000, b"\7" * 5000), (24000, [7] * 5000),
              (array("h", [7] * 5000), None), (array("h", [7]), "fast"), (24000, 24000)],
)
def test_audio_the_wrong_way_round(value):
    with pytest.raises(TypeError, match=r"expected \(samples, sample_rate\)$") as caught:
        Generator.host(lambda text, **params: value).generate("x")
    assert len(str(caught.value)) < 100 and caught.value.__context__ is None


class Mine(Exception):
    pass


def test_exceptions_come_back_as_themselves():
    problem = Mine("the model is on fire")

    def burning(text, **params):
        raise problem

    with pytest.raises(Mine) as caught:
        Generator.host(burning).generate("x")
    assert caught.value is problem
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert names[-1] == "burning"
    with pytest.raises(Mine) as caught:
        Transcriber.host(lambda *_: burning("")).transcribe(Audio(array("h", [1]), RATE), "x")
    assert caught.value is problem


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit, StopIteration])
def test_so_do_those_that_are_no_errors(kind):
    def generate(text, **params):
        raise kind

    with pytest.raises(kind):
        Generator.host(generate).generate("x")


def test_take_error_is_the_librarys_own():
    def generate(text, **params):
        raise ttsslice.TakeError("too quiet:  " + "ä" * 600)

    with pytest.raises(ttsslice.EngineError, match="too quiet") as caught:
        Generator.host(generate).generate("x")
    assert str(caught.value) == "too quiet: " + "ä" * 250, "cut between characters"
    assert not isinstance(caught.value, ttsslice.TakeError)


def test_nested_calls_keep_their_exceptions_apart():
    def inner(text, **params):
        raise Mine("inner")

    def outer(text, **params):
        with pytest.raises(Mine, match="inner"):
            Generator.host(inner).generate("y")
        raise Mine("outer")

    with pytest.raises(Mine, match="outer"):
        Generator.host(outer).generate("x")


def test_threads_keep_their_exceptions_apart():
    def generate(text, **params):
        raise Mine(text)

    generator = Generator.host(generate)
    got = {}

    def work(name):
        try:
            generator.generate(name)
        except Mine as problem:
            got[name] = str(problem)

    threads = [threading.Thread(target=work, args=(f"t{i}",)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {f"t{i}": f"t{i}" for i in range(8)}


def test_one_call_at_a_time():
    inside = []

    def generate(text, **params):
        inside.append(1)
        assert len(inside) == 1
        result = tone(text, **params)
        inside.pop()
        return result

    generator = Generator.host(generate)
    threads = [threading.Thread(target=generator.generate, args=("a b c",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_names():
    assert Generator.host(tone).name == "tone"
    assert Generator.host(tone, "mine").name == "mine"
    with pytest.raises(TypeError, match="function"):
        ttsslice.Handler("flite")


@needs_flite
def test_flite_repeats_itself():
    generator = Generator.flite()
    first = generator.generate("Rain fell.", seed=5)
    assert first == generator.generate("Rain fell.", seed=5)
    assert first != generator.generate("Rain fell.", seed=6)
    assert first.injected_defect is None


@needs_flite
def test_damage_on_purpose():
    spoiled = Generator.flite().damaged(1.0).generate("Rain fell on the old stone bridge.", seed=3)
    assert spoiled.injected_defect
    with pytest.raises(ttsslice.ArgumentError):
        Generator.flite().damaged(1.5)


@needs_flite
def test_text_is_checked():
    with pytest.raises(ttsslice.Error):
        Generator.flite().generate("  ")
    with pytest.raises(ValueError, match="NUL"):
        Generator.flite().generate("a\0b")
    with pytest.raises(ttsslice.TextError):
        Generator.flite().generate("a\ud800b")


def test_damaged_keeps_the_function_alive():
    def generate(text, **params):
        return tone(text, **params)

    spoiled = Generator.host(generate).damaged(0.0)
    del generate
    assert spoiled.generate("a").frames


Fast = namedtuple("Fast", "start end word probability")


@pytest.mark.parametrize(
    "value",
    [
        [("Rain", 0.0, 0.5), ("fell", 0.5, 1.0)],
        [{"word": " Rain", "start": 0.0, "end": 0.5}, {"text": "fell", "start": 0.5, "end": 1.0}],
        {"text": "Rain fell", "words": [("Rain", 0.0, 0.5), ["fell", 0.5, 1.0]]},
        [Fast(0.0, 0.5, " Rain", None), Fast(0.5, 1.0, " fell", None)],
        Transcript(None, [Word("Rain", 0.0, 0.5), Word("fell", 0.5, 1.0)]),
    ],
)
def test_what_transcribe_may_return(value):
    heard = Transcriber.host(lambda *_: value).transcribe(Audio(array("h", [0]), RATE), "Rain fell")
    assert heard.text == "Rain fell"
    assert [(w.text, w.start_s, w.end_s) for w in heard.words] == [
        ("Rain", 0.0, 0.5),
        ("fell", 0.5, 1.0),
    ]


def test_transcribe_gets_floats():
    numpy = pytest.importorskip("numpy")
    seen = []

    def transcribe(audio, sample_rate, text, language):
        seen.append((audio.dtype, audio.tolist(), sample_rate, text, language))
        return "heard"

    audio = Audio(array("h", [0, 16384]), RATE)
    heard = Transcriber.host(transcribe).transcribe(audio, "text", "fr")
    assert seen == [(numpy.float32, [0.0, 0.5], RATE, "text", "fr")]
    assert (heard.text, heard.words) == ("heard", ())


@pytest.mark.parametrize("value", [None, 3, [3], [{}]])
def test_transcribe_must_return_a_transcript(value):
    with pytest.raises(TypeError):
        Transcriber.host(lambda *_: value).transcribe(Audio(array("h", [0]), RATE), "x")


def test_transcripts():
    assert Transcript("only text").words == ()
    assert Transcript().text == ""
    assert Transcript(words=["a", "b"]).words[0] == Word("a")
    odd = Transcript(words=[("a", -1.0, 2.0), ("b", 3.0, 2.0), ("c", 1.0, float("nan"))]).words
    assert odd == (Word("a", None, 2.0), Word("b"), Word("c", 1.0))
    with pytest.raises(ValueError, match="NUL"):
        Transcript("a\0b")


def test_seed_is_the_same_everywhere():
    assert ttsslice.seed(0, "a") == ttsslice.seed(0, "a", "")
    values = {ttsslice.seed(0, "a", None, c, a) for c in range(4) for a in range(4)}
    assert len(values) == 16
    assert all(0 <= value < 2**32 for value in values)


@needs_flite
@pytest.mark.skipif(not ttsslice.feature_supported("sphinx"), reason="this build has no sphinx")
def test_real_speech_is_recognised():
    text = "The lamp went out before midnight."
    audio = Generator.flite().generate(text)
    verdict = ttsslice.validate(text, audio=audio)
    assert verdict.passed and verdict.score > 90
    assert all(word.audio_start_s is not None for word in verdict.words if word.heard)
