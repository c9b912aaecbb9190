# SPDX-License-Identifier: MIT
"""What functions of the application should not return, and options that are none: each has a clear
exception, leaves no file, and nothing runs on."""

import asyncio
import json
import os
import pathlib
import threading
from array import array

import pytest

import ttsslice
from conftest import listen, tone
from ttsslice import ArgumentError, AudioError, Audio, EngineError, ProtocolError, render

numpy = pytest.importorskip("numpy")
BEEP = array("h", [9000, -9000] * 4000)


def closed():
    audio = Audio(BEEP, 16000)
    audio.close()
    return audio


GENERATE = [
    (None, TypeError, r"generate\(\) must return Audio or \(samples, sample_rate\), not NoneType"),
    ("Rain.", TypeError, "not str"),
    (numpy.zeros(5, numpy.float32), TypeError, "not ndarray"),
    ((BEEP, None), TypeError, r"returned \(array, NoneType\)"),
    ((BEEP, "16000"), TypeError, r"returned \(array, str\); expected"),
    ((BEEP, b"16000"), TypeError, r"returned \(array, bytes\); expected"),
    ((BEEP, 16000.5), TypeError, "sample_rate must be a whole number, not 16000.5"),
    ((BEEP, 10**400), ArgumentError, "sample_rate"),
    ((16000, numpy.zeros(5)), TypeError, r"returned \(int, ndarray\)"),
    ((BEEP, 16000, 1), TypeError, "not tuple"),
    ((numpy.zeros(5, numpy.int32), 16000), TypeError, "format 'i' are not audio"),
    ((numpy.zeros(5, bool), 16000), TypeError, "are not audio"),
    ((numpy.zeros(5, complex), 16000), TypeError, "are not audio"),
    (([0.1, 0.2], 16000), TypeError, "must offer a buffer"),
    ((numpy.zeros((2, 2, 2)), 16000), ArgumentError, "3 dimensions"),
    ((numpy.zeros((5, 9)), 16000), ArgumentError, "9 channels"),
    ((numpy.full(5, numpy.nan), 16000), AudioError, "not a finite number"),
    ((numpy.zeros(0), 16000), EngineError, "gave no audio"),
    ((numpy.zeros((1, 0)), 16000), EngineError, "gave no audio"),
    ((BEEP, 0), ArgumentError, "sample_rate is 0"),
    ((BEEP, 2**40), ArgumentError, "sample_rate is 1099511627776"),
    (closed(), ValueError, "this Audio is closed"),
]
TRANSCRIBE = [
    (None, TypeError, "a transcript is str"),
    (3, TypeError, "a transcript is str"),
    (b"Rain.", TypeError, "a transcript is str"),
    ([(1, 2, 3, 4, 5)], TypeError, "a word is"),
    ([("Rain", 0, 10**400)], ArgumentError, "a time of a word is a number of 1329 bits"),
    ([("Rain", "now", 1)], TypeError, "a time of a word must be a number, not str"),
    ([{"word": "Rain", "confidence": []}], TypeError, "confidence of a word must be a number"),
    ([ttsslice.Word("Rain", 10**400)], ArgumentError, r"words.start_s\[0\] is a number of"),
    ({"words": "Rain fell"}, TypeError, "words must be a list of words, not str"),
    ("a\0b", ArgumentError, "transcript contains NUL"),
    ("\ud800", UnicodeError, "lone surrogate"),
]
VALIDATE = [
    (None, TypeError, r"validate\(\) must return Verdict"),
    ("good", TypeError, "not str"),
    (True, TypeError, "not bool"),
    ((1, 2, 3), TypeError, "not tuple"),
    (("a", True), TypeError, "not tuple"),
    (float("nan"), ArgumentError, "a score is 0 to 100"),
    ((101.0, True), ArgumentError, "a score is 0 to 100"),
    ({}, ProtocolError, 'no "score"'),
]
SELECT = [
    (None, TypeError, r"select\(\) must return an index"),
    (0.0, TypeError, "not float"),
    (True, TypeError, "not bool"),
    (9, ArgumentError, "chose candidate 9 of 1"),
    (-1, ArgumentError, "chose candidate -1 of 1"),
]
CHUNK = [
    (None, TypeError, r"chunk\(\) must return chunks or pieces, not NoneType"),
    ([3], TypeError, "piece 0 .* not int"),
    ([None], TypeError, "piece 0 .* not NoneType"),
    (["Snow."], ArgumentError, "not in the text"),
    ([], ArgumentError, "is in no chunk"),
    ([(0, 2**70, "end")], ArgumentError, "beyond the end"),
    ([(0, "4", "end")], TypeError, "an offset must be an int"),
]
CONCAT = [("o.wav", TypeError, r"concat\(\) must return Timeline or None, not str")]
DISPATCH = [
    (None, TypeError, r"dispatch\(\) must return the handler's output, a dict, not NoneType"),
    ([], TypeError, "not list"),
    ({"audio_base64": "xx"}, ProtocolError, "base64 is damaged"),
    ({"x": object()}, TypeError, "not JSON serializable"),
]
CASES = [
    pytest.param(kind, *case, id=f"{kind}-{number}")
    for kind, cases in (
        ("generator", GENERATE), ("transcriber", TRANSCRIBE), ("validate", VALIDATE),
        ("select", SELECT), ("chunk", CHUNK), ("concat", CONCAT), ("dispatch", DISPATCH))
    for number, case in enumerate(cases)
]


@pytest.mark.parametrize("asynchronous", [False, True], ids=["plain", "async"])
@pytest.mark.parametrize("kind, value, error, match", CASES)
def test_what_a_function_returns(kind, value, error, match, asynchronous, tmp_path):
    options = {"generator": lambda text, **params: (BEEP, 16000), "n_candidates": 1,
               "transcriber": lambda *_: "Rain fell.", "max_retries": 0}
    if kind == "validate":
        del options["transcriber"]
    if kind == "dispatch":
        options = {"plan": "slice5", "max_retries": 0, "endpoint": "http://127.0.0.1:1/v2/none"}
    options[kind] = lambda *_, **params: value
    before = threading.active_count()
    with pytest.raises(error, match=match):
        if asynchronous:
            asyncio.run(ttsslice.render_async("Rain fell.", tmp_path / "o.wav", **options))
        else:
            render("Rain fell.", tmp_path / "o.wav", **options)
    for thread in threading.enumerate():
        if thread.name == "ttsslice":
            thread.join(300)
    assert threading.active_count() <= before and not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["generator", "transcriber", "validate", "select", "chunk",
                                  "concat", "progress", "on_audio"])
@pytest.mark.parametrize("raised", [ZeroDivisionError("by zero"), SystemExit(3),
                                    asyncio.CancelledError(), StopIteration()])
def test_what_a_function_raises(kind, raised, tmp_path):
    def fails(*_, **params):
        raise raised

    options = {"generator": tone, "transcriber": listen, "max_retries": 0, kind: fails}
    if kind == "validate":
        del options["transcriber"]
    with pytest.raises(type(raised)) as caught:
        render("Rain fell.", tmp_path / "o.wav", **options)
    assert caught.value is raised and caught.traceback[-1].name == "fails"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("option, error, match", [
    ({"pause_ms": "long"}, TypeError, "pause_ms must be a whole number, not str"),
    ({"pause_ms": 1.5}, TypeError, "pause_ms must be a whole number, not 1.5"),
    ({"n_candidates": None}, TypeError, "n_candidates must be a number, not NoneType"),
    ({"exaggeration": "loud"}, TypeError, "exaggeration must be a number, not str"),
    ({"temperature": "hot"}, TypeError, "temperature must be a number, not str"),
    ({"temperature": 9.0}, ArgumentError, "temperature is 9"),
    ({"max_in_flight": []}, TypeError, "max_in_flight must be a number, not list"),
    ({"whisper_threshold": "x"}, TypeError, "whisper_threshold must be a number, not str"),
    ({"seed": 2**80}, ArgumentError, "seed is 1208925819614629174706176"),
    ({"seed": -1}, ArgumentError, "seed is -1"),
    ({"plan": None}, TypeError, "plan must be a Plan or its name"),
    ({"place": "validate"}, TypeError, "place must be a mapping"),
    ({"place": {"validate": "moon"}}, ArgumentError, "moon"),
    ({"generator": 3}, TypeError, "generate must be a function or an engine, not int"),
    ({"api_key": 3}, TypeError, "api_key must be str"),
    ({"max_phrase_len": 2**63}, ArgumentError, "max_phrase_len is 9223372036854775808"),
    ({"min_chars_merge": 10**400}, ArgumentError, "min_chars_merge is a number of 1329 bits"),
    ({"reference_dbfs": 10**400}, ArgumentError, "reference_dbfs is a number of 1329 bits"),
    ({"reference_rate": "fast"}, TypeError, "reference_rate must be a number, not str"),
    ({"insecure": 10**400}, ArgumentError, "insecure is a number of 1329 bits"),
    ({"max_in_flight": -1}, ArgumentError, "max_in_flight is -1"),
    ({"poll_interval_s": float("nan")}, ArgumentError, "poll_interval_s is nan"),
    ({"backoff": "12"}, TypeError, "backoff must be a list of seconds, not str"),
    ({"backoff": 3}, TypeError, "backoff must be a list of seconds, not int"),
    ({"backoff": (1, "x")}, TypeError, r"backoff\[1\] must be a number, not str"),
    ({"schedule": 5}, TypeError, "schedule must be a dict such as .*, not int"),
    ({"schedule": "hedge"}, TypeError, "schedule must be a dict such as .*, not str"),
    ({"schedule": {"trace": 5}}, TypeError, "trace must be a path, not int"),
    ({"schedule": {"max_jobs": 10**400}}, ArgumentError, "max_jobs is a number"),
    ({"join": 5}, TypeError, "join must be a dict such as .*, not int"),
    ({"journal": "\ud800"}, ArgumentError, r"journal has the lone surrogate U\+D800"),
    ({"ca_file": 3}, TypeError, "ca_file must be a path, not int"),
    ({"plan": ttsslice.Plan(takes_per_request=2**40)}, ArgumentError, "takes_per_request"),
])
def test_options(option, error, match, tmp_path):
    with pytest.raises(error, match=match):
        render("Rain.", tmp_path / "o.wav", **{"generator": tone, "transcriber": listen, **option})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("job, said", [
    ({}, "no \"input\""), (b"\xff", "not JSON"), ("[]", "not a JSON object"),
    ({"input": {"text": "a", "exaggeration": float("nan")}}, "not JSON"),
    ({"input": {"text": 3}}, "text"), ({"input": None}, "input"),
])
def test_jobs(job, said):
    output = ttsslice.handle_job(job, tone, listen)
    assert said in output["error"] and output["retryable"] is False
    json.dumps(output)


@pytest.mark.parametrize("job", [None, 3, [], {"input": object()}])
def test_what_is_no_job(job):
    with pytest.raises(TypeError):
        ttsslice.handle_job(job, tone, listen)


def test_audio():
    for data in (None, 3, "UklGRg=="):
        with pytest.raises(TypeError):
            Audio.decode(data)
    with pytest.raises(BufferError):
        Audio.decode(memoryview(bytes(100))[::2])
    for rate in (None, 16000.5, "16000"):
        with pytest.raises(TypeError, match="sample_rate must be a whole number"):
            Audio(BEEP, rate)
    assert Audio(BEEP, 16000.0).sample_rate == Audio(BEEP, numpy.int64(16000)).sample_rate


GENERATOR = ttsslice.Generator.host(tone)
NOBODY = "http://127.0.0.1:9/v2/none"
NUMBERS = [
    (lambda n: ttsslice.chunk("Rain.", max_phrase_len=n), "max_phrase_len"),
    (lambda n: ttsslice.chunk("Rain.", min_chars_merge=n), "min_chars_merge"),
    (lambda n: ttsslice.seed(n, "a"), "base"),
    (lambda n: ttsslice.seed(1, "a", candidate=n), "candidate"),
    (lambda n: ttsslice.seed(1, "a", attempt=n), "attempt"),
    (lambda n: GENERATOR.generate("a", seed=n), "seed"),
    (lambda n: GENERATOR.generate("a", exaggeration=n), "exaggeration"),
    (lambda n: GENERATOR.generate("a", temperature=n), "temperature"),
    (lambda n: GENERATOR.damaged(n), "rate"),
    (lambda n: ttsslice.Generator.openai(NOBODY, timeout_s=n), "timeout_s"),
    (lambda n: ttsslice.Transcriber.openai(NOBODY, max_upload_bytes=n), "max_upload_bytes"),
    (lambda n: ttsslice.Transcriber.assemblyai(NOBODY, api_key="k", poll_interval_s=n), "poll"),
    (lambda n: ttsslice.Dispatcher(NOBODY).submit(n, {"text": "a"}), "index"),
    (lambda n: ttsslice.Dispatcher(NOBODY, max_reply_bytes=n), "max_reply_bytes"),
    (lambda n: ttsslice.Handler(tone, max_text_bytes=n), "max_text_bytes"),
    (lambda n: ttsslice.Server(tone, max_queue=n), "max_queue"),
    (lambda n: ttsslice.Server(tone, retention_s=n), "retention_s"),
    (lambda n: ttsslice.select([(n, True)]), "score"),
    (lambda n: ttsslice.select([(1, True, n)]), "duration_s"),
    (lambda n: ttsslice.select([(1, True)], reference_dbfs=n), "reference_dbfs"),
    (lambda n: ttsslice.validate("a", "a", max_missing_words=n), "max_missing_words"),
    (lambda n: ttsslice.RemoteModel(NOBODY, seed=n), "seed"),
    (lambda n: ttsslice.RemoteModel(NOBODY).generate("a", candidate=n), "candidate"),
    (lambda n: ttsslice.RemoteModel(NOBODY).generate("a", attempt=n), "attempt"),
    (lambda n: ttsslice.RemoteModel(NOBODY).generate("a", exaggeration=n), "exaggeration"),
]


@pytest.mark.parametrize("call, name", NUMBERS, ids=lambda each: each if each is str else None)
def test_numbers(call, name):
    for wrong in (10**400, -(10**5000)):
        with pytest.raises(ArgumentError, match=f"{name}.* is a number of .* bits"):
            call(wrong)
    for wrong in ("3", [], {}, b"3", object()):
        with pytest.raises(TypeError, match=f"{name}.* must be an? .*, not {type(wrong).__name__}"):
            call(wrong)


@pytest.mark.parametrize("call, name", [
    (lambda: ttsslice.seed(None, "a"), "base"),
    (lambda: ttsslice.seed(1, "a", candidate=None), "candidate"),
    (lambda: GENERATOR.generate("a", seed=None), "seed"),
    (lambda: GENERATOR.damaged(None), "rate"),
    (lambda: ttsslice.Dispatcher(NOBODY).submit(None, {"text": "a"}), "index"),
    (lambda: ttsslice.Dispatcher(NOBODY, backoff=[None]), r"backoff\[0\]"),
    (lambda: ttsslice.RemoteModel(NOBODY, seed=None), "seed"),
    (lambda: ttsslice.RemoteModel(NOBODY).generate("a", attempt=None), "attempt"),
    (lambda: ttsslice.concat([ttsslice.Clip(Audio(BEEP, 8000), "a", words=[
        ttsslice.AlignedWord(None, 1, 0.0, 0.1, True)])], "o.wav"), r"text_start\[0\]"),
])
def test_nothing_is_no_number(call, name):
    with pytest.raises(TypeError, match=f"{name} must be a .*number, not"):
        call()


@pytest.mark.parametrize("call, match", [
    (lambda one: ttsslice.concat(one, "o.wav"), "clips must be a list of takes"),
    (lambda one: ttsslice.stream(one), "clips must be a list of takes"),
    (lambda one: ttsslice.select(one), "candidates must be a list of candidates"),
    (lambda one: ttsslice.dispatch(one, NOBODY), "jobs must be a list of jobs"),
    (lambda one: ttsslice.Transcript(None, one), "words must be a list of words"),
    (lambda one: ttsslice.Dispatcher(NOBODY, backoff=one), "backoff must be a list of seconds"),
])
@pytest.mark.parametrize("one", ["one", b"one", {"text": "one"}, 1, None, 1.5], ids=repr)
def test_one_where_several_are_meant(call, match, one):
    with pytest.raises(TypeError, match=f"{match}, not {type(one).__name__}"):
        call(one)


@pytest.mark.parametrize("candidate, kind, match", [
    ({"score": 99, "passed": "false"}, TypeError, "passed is True or False, not 'false'"),
    ((99, None), TypeError, "passed is True or False, not None"),
    ((-1, True), ArgumentError, "a score is from 0 to 100, not -1"),
    ((100.5, True), ArgumentError, "a score is from 0 to 100, not 100.5"),
])
def test_candidates_that_are_none(candidate, kind, match):
    with pytest.raises(kind, match=match):
        ttsslice.select([candidate])


@pytest.mark.parametrize("heard", [{}, {"foo": 1}, {"text": None}])
def test_a_dict_without_a_transcript(heard):
    with pytest.raises(TypeError, match="has a 'text', 'words' or both; this has none"):
        ttsslice.validate("Rain fell on the roofs.", heard)


@pytest.mark.parametrize("audio", ["x.wav", b"RIFF", [0.0]])
def test_audio_that_is_none(audio):
    with pytest.raises(TypeError, match=f"audio is an Audio, .*, not {type(audio).__name__}"):
        ttsslice.validate("Rain fell.", "Rain fell.", audio=audio)


def test_redo_again():
    chunk = ttsslice.ChunkResult(**dict.fromkeys(ttsslice.ChunkResult.__dataclass_fields__))
    for wrong in ("1", None, 1.5, True):
        with pytest.raises(TypeError, match="again must be a whole number"):
            ttsslice.redo(chunk, wrong)
    with pytest.raises(TypeError, match="redo.. takes one of result.chunks, not NoneType"):
        ttsslice.redo(None)


def test_names_of_files(tmp_path):
    """Any that the system has, as str, bytes or path; for those that it cannot have a clear error."""
    audio = Audio(BEEP, 16000)
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.wav")
    for name in (odd, os.fsencode(odd), pathlib.Path(odd)):
        audio.save(name)
        assert Audio.load(name) == audio
        assert ttsslice.concat([pathlib.Path(odd)], odd + "2.wav").frames == 8000
        result = render("Rain.", name, generator=tone, transcriber=listen)
        assert result.path == odd and Audio.load(result).frames
        ttsslice.compare(result, result)
        with pytest.raises(ttsslice.NetworkError):
            ttsslice.RemoteModel(NOBODY, backoff=()).generate("a", audio_prompt_path=name)
        ttsslice.Dispatcher(NOBODY, journal=str(tmp_path / "j")).close()
    with pytest.raises(ttsslice.FileError, match="audio_prompt_path .* cannot be read"):
        ttsslice.RemoteModel(NOBODY).generate("a", b"/none/\xff.wav")
    never = "/tmp/\ud800.wav"
    for call in (
        Audio.load, audio.save, lambda name: ttsslice.concat([audio], name),
        lambda name: ttsslice.concat([name], tmp_path / "o.wav"), ttsslice.Join,
        lambda name: render("Rain.", name, generator=tone, transcriber=listen),
        lambda name: ttsslice.RemoteModel(NOBODY).generate("a", name),
        lambda name: ttsslice.generate_voiceover_optimized("a", name, plan="slice0"),
        lambda name: ttsslice.compare(name, name), ttsslice.Transcript("a").save,
        lambda name: ttsslice.Dispatcher(NOBODY, journal=name),
        lambda name: ttsslice.Dispatcher(NOBODY, schedule={"trace": name}),
        lambda name: ttsslice.Generator.openai(NOBODY, ca_file=name),
    ):
        with pytest.raises(ArgumentError, match=r"lone surrogate U\+D800 at character 5"):
            call(never)
        with pytest.raises(TypeError):
            call(3.5)
