# SPDX-License-Identifier: MIT
"""validate(), ratio() and select()."""

import pickle

import pytest

import ttsslice
from conftest import tone
from ttsslice import Candidate, DefectKind, Policy, Reason, Rule, Verdict, select, validate

TEXT = "Nine boats left the harbour before dawn and only seven of them came home."


def test_all_of_it_was_heard():
    verdict = validate(TEXT, TEXT.upper())
    assert verdict.passed and verdict.score == 100.0
    assert verdict.defects == () and verdict.wer == 0
    assert verdict.hits == verdict.text_words == verdict.heard_words == 14
    assert (verdict.substitutions, verdict.deletions, verdict.insertions) == (0, 0, 0)
    assert verdict.threshold == 85.0
    first = verdict.words[0]
    assert (first.text_start, first.text_length, first.heard) == (0, 4, True)
    assert first.audio_start_s is None


def test_the_end_is_missing():
    verdict = validate(TEXT, "nine boats left the harbour before dawn")
    assert not verdict.passed
    defect = verdict.defects[-1]
    assert defect.kind is DefectKind.TRUNCATED and defect.over_limit
    assert TEXT.encode()[defect.text_start :][: defect.text_length].startswith(b"and only seven")
    assert defect.measured == 7 and defect.message
    assert "truncated" in repr(verdict)


def test_times_go_through():
    words = [(word, i * 0.5, i * 0.5 + 0.4) for i, word in enumerate(TEXT.split())]
    verdict = validate(TEXT, words)
    assert verdict.words[2].audio_start_s == 1.0
    assert verdict.words[2].audio_end_s == 1.4


def test_options():
    heard = TEXT.replace("only seven of them ", "")
    assert validate(TEXT, heard, rule="score", whisper_threshold=50).passed
    low = {"whisper_threshold": 50, "rule": Rule.DEFECTS}
    assert validate(TEXT, heard, max_missing_words=4, **low).passed
    assert not validate(TEXT, heard, max_missing_words=3, **low).passed
    with pytest.raises(ttsslice.ArgumentError):
        validate(TEXT, heard, whisper_threshold=101)
    with pytest.raises(ttsslice.ArgumentError, match="score"):
        validate(TEXT, heard, rule="feeling")
    with pytest.raises(ttsslice.ArgumentError, match="transcript"):
        validate(TEXT)
    with pytest.raises(ttsslice.TextError):
        validate("a\0b", heard)


def test_own_transcriber():
    audio = ttsslice.Audio(*tone(TEXT, seed=1))
    assert validate(TEXT, audio=audio, transcriber=lambda *_: TEXT).passed
    silence = ttsslice.Audio(memoryview(bytes(16000)).cast("h"), 8000)
    verdict = validate(TEXT, audio=silence, transcriber=lambda *_: TEXT)
    assert DefectKind.SILENCE in [defect.kind for defect in verdict.defects]


def test_json_there_and_back():
    verdict = validate(TEXT, "nine boats left the the harbour")
    for copy in (Verdict.from_json(verdict.to_json()), pickle.loads(pickle.dumps(verdict))):
        assert copy.to_dict() == verdict.to_dict()
        assert copy.defects == verdict.defects and copy.words == verdict.words
        assert copy.transcript == verdict.transcript == "nine boats left the the harbour"
    plain = Verdict.from_json({"score": 91.5, "passed": True})
    assert plain.passed and plain.score == 91.5
    with pytest.raises(ttsslice.ProtocolError):
        Verdict.from_json("[]")


def test_ratio():
    assert ttsslice.ratio("", "") == 100
    assert ttsslice.ratio("abc", "abc") == 100
    assert ttsslice.ratio("abc", "xyz") == 0
    assert ttsslice.ratio("ab", "b") == pytest.approx(200 / 3)
    with pytest.raises(ttsslice.TextError):
        ttsslice.ratio("a", b"\xff")


CANDIDATES = [Candidate(90, True, 3.0), Candidate(97, True, 4.0), Candidate(99, False, 1.0)]


@pytest.mark.parametrize(
    "policy, index, reason",
    [
        ("best_score", 1, Reason.BEST_SCORE),
        (Policy.SHORTEST_PASSING, 0, Reason.SHORTEST_PASSING),
        ("first_passing", 0, Reason.FIRST_PASSING),
    ],
)
def test_policies(policy, index, reason):
    choice = select(CANDIDATES, policy)
    assert (choice.index, choice.passed, choice.reason) == (index, True, reason)


def test_what_candidates_may_be():
    verdict = validate(TEXT, TEXT)
    choice = select([(10.0, False), {"score": 20.0, "passed": False}, verdict])
    assert (choice.index, choice.reason) == (2, Reason.ONLY_PASSING)
    assert select([(10.0, False), (30.0, False)]).reason is Reason.NONE_PASSED


@pytest.mark.parametrize("wrong", [1, None, "98", (98.0,), (1, 2, 3, 4), {"score": 98.0}, object()])
def test_what_a_candidate_is_not(wrong):
    with pytest.raises(TypeError, match=r"a candidate is \(score, passed\)"):
        select([wrong, wrong])


def test_select_errors():
    with pytest.raises(ttsslice.EmptyError):
        select([])
    with pytest.raises(ttsslice.ArgumentError, match="best_score"):
        select(CANDIDATES, "loudest")
    with pytest.raises(ttsslice.ArgumentError):
        select([(1.0, True)], "shortest_passing")
    with pytest.raises(ttsslice.ArgumentError):
        select([(float("nan"), True)])
    with pytest.raises(ttsslice.ArgumentError, match="score"):
        select([(None, True)])


def test_the_cleanest_take_is_chosen():
    takes = [
        {"score": 97.0, "passed": True, "tail_s": 0.2, "level_dbfs": -20.0, "rate": 14.0},
        {"score": 97.0, "passed": True, "tail_s": 0.0, "level_dbfs": -21.0, "rate": 14.5},
        {"score": 97.0, "passed": True, "tail_s": 0.0, "level_dbfs": -12.0, "rate": 19.0},
    ]
    assert ttsslice.select(takes, "cleanest").index == 1
    assert ttsslice.select(takes, "cleanest").reason is ttsslice.Reason.CLEANEST
    choice = ttsslice.select(takes, "cleanest", reference_dbfs=-12.0, reference_rate=19.0)
    assert choice.index == 2
    with pytest.raises(ttsslice.ArgumentError):
        ttsslice.select(takes, "cleanest", reference_dbfs=3.0)
