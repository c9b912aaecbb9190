# SPDX-License-Identifier: MIT
"""Slice "validate": a transcript against the text it should be, as a verdict."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ttsslice import errors
from ttsslice._lib import Handle, NamedEnum, Text, calling, decode, encode, known, take_text
from ttsslice._options import Arena, assign
from ttsslice._ttsslice import ffi, lib
from ttsslice.audio import Audio
from ttsslice.engine import (
    Heard,
    TranscribeFunction,
    Transcriber,
    Transcript,
    transcriber_from,
    transcript_from,
)


class DefectKind(NamedEnum):
    """What is wrong with a take."""

    MISSING = lib.TTSSLICE_DEFECT_MISSING
    REPEATED = lib.TTSSLICE_DEFECT_REPEATED
    EXTRA = lib.TTSSLICE_DEFECT_EXTRA
    GARBLED = lib.TTSSLICE_DEFECT_GARBLED
    TRUNCATED = lib.TTSSLICE_DEFECT_TRUNCATED
    TAIL_NOISE = lib.TTSSLICE_DEFECT_TAIL_NOISE
    SILENCE = lib.TTSSLICE_DEFECT_SILENCE
    CLIPPING = lib.TTSSLICE_DEFECT_CLIPPING
    IMPLAUSIBLE_DURATION = lib.TTSSLICE_DEFECT_IMPLAUSIBLE_DURATION
    DC_OFFSET = lib.TTSSLICE_DEFECT_DC_OFFSET
    LONG_PAUSE = lib.TTSSLICE_DEFECT_LONG_PAUSE
    ABRUPT_END = lib.TTSSLICE_DEFECT_ABRUPT_END
    LOUDNESS = lib.TTSSLICE_DEFECT_LOUDNESS


class Rule(NamedEnum):
    """When a take passes: DEFECTS: the score and no defect above its limit; SCORE: the score."""

    DEFECTS = lib.TTSSLICE_RULE_DEFECTS
    SCORE = lib.TTSSLICE_RULE_SCORE


@dataclass(frozen=True)
class Defect:
    """One defect. `text_start` and `text_length` are bytes; times are None where unknown."""

    kind: DefectKind
    over_limit: bool
    text_start: int
    text_length: int
    audio_start_s: float | None
    audio_end_s: float | None
    measured: float
    limit: float
    heard: str
    message: str


@dataclass(frozen=True)
class AlignedWord:
    """One word of the text and where it was heard; bytes and seconds, None where unknown."""

    text_start: int
    text_length: int
    audio_start_s: float | None
    audio_end_s: float | None
    heard: bool


class Verdict(Handle):
    """A judgement of one take. Immutable. Made by `validate()` or `from_json()`."""

    __slots__ = ()

    @classmethod
    def _from_pointer(cls, pointer: Any) -> Verdict:
        """Takes over one reference."""
        verdict = cls.__new__(cls)
        verdict._adopt(pointer, lib.ttsslice_verdict_unref)
        return verdict

    @classmethod
    def from_json(cls, text: str | dict[str, Any]) -> Verdict:
        """From what `to_json()` gave, or an own judge's {"score": 91.5, "passed": true}."""
        data = encode(json.dumps(text) if isinstance(text, dict) else text)
        out = ffi.new("ttsslice_verdict **")
        with calling() as call:
            call.check(
                lib.ttsslice_verdict_from_json(ffi.from_buffer(data), len(data), out, call.error)
            )
        return cls._from_pointer(out[0])

    def to_json(self) -> str:
        """Score, passed, threshold, counts, wer, transcript, defects and words."""
        out = ffi.new("char **")
        with calling() as call:
            call.check(lib.ttsslice_verdict_json(self._ptr, out, call.error))
        return take_text(out[0])

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict."""
        return dict(json.loads(self.to_json()))

    def _read(self, name: str) -> Any:
        verdict = self._ptr
        return getattr(lib.ttsslice_verdict_get(verdict), name)

    @property
    def score(self) -> float:
        """0 to 100."""
        return float(self._read("score"))

    @property
    def passed(self) -> bool:
        """Whether the take is good enough."""
        return bool(self._read("passed"))

    @property
    def threshold(self) -> float:
        """The score it was held against."""
        return float(self._read("threshold"))

    @property
    def wer(self) -> float:
        """(substitutions + deletions + insertions) / text_words."""
        return float(self._read("wer"))

    @property
    def mer(self) -> float:
        """Errors over hits and errors."""
        return float(self._read("mer"))

    @property
    def level_dbfs(self) -> float | None:
        """Level of the speech, without pauses; None without audio."""
        return known(self._read("level_dbfs"))

    @property
    def rate(self) -> float | None:
        """Pace, in characters a second; None without audio."""
        return known(self._read("rate"))

    @property
    def tail_s(self) -> float | None:
        """Seconds of sound after the last word; None if unknown."""
        return known(self._read("tail_s"))

    @property
    def lead_s(self) -> float | None:
        """Seconds of silence in front of the first sound; None without audio."""
        return known(self._read("lead_s"))

    @property
    def head_s(self) -> float | None:
        """Seconds of sound in front of the first word; None if unknown."""
        return known(self._read("head_s"))

    @property
    def cer(self) -> float:
        """Characters to edit within the words that differ, over those of the text."""
        return float(self._read("cer"))

    @property
    def text_words(self) -> int:
        """Words of the text, as compared."""
        return int(self._read("text_words"))

    @property
    def heard_words(self) -> int:
        """Words of the transcript, as compared."""
        return int(self._read("heard_words"))

    @property
    def hits(self) -> int:
        """Words that agree."""
        return int(self._read("hits"))

    @property
    def substitutions(self) -> int:
        """Words said otherwise."""
        return int(self._read("substitutions"))

    @property
    def deletions(self) -> int:
        """Words not said."""
        return int(self._read("deletions"))

    @property
    def insertions(self) -> int:
        """Words that are not in the text."""
        return int(self._read("insertions"))

    @property
    def transcript(self) -> str:
        """What was heard."""
        verdict = self._ptr
        return decode(lib.ttsslice_verdict_transcript(verdict))

    @property
    def defects(self) -> tuple[Defect, ...]:
        """In the order of the text."""
        verdict = self._ptr
        return tuple(
            _defect(lib.ttsslice_verdict_defect(verdict, index))
            for index in range(lib.ttsslice_verdict_defect_count(verdict))
        )

    @property
    def words(self) -> tuple[AlignedWord, ...]:
        """The words of the text, in order."""
        verdict = self._ptr
        return tuple(
            _aligned(lib.ttsslice_verdict_word(verdict, index))
            for index in range(lib.ttsslice_verdict_word_count(verdict))
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return Verdict.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        if self._owned is None:
            return "<Verdict closed>"
        kinds = ", ".join(str(each.kind) for each in self.defects)
        passed = "passed" if self.passed else "not passed"
        return f"<Verdict {self.score:.1f} {passed}{': ' if kinds else ''}{kinds}>"


def _defect(item: Any) -> Defect:
    return Defect(
        DefectKind(item.kind),
        bool(item.over_limit),
        item.text_start,
        item.text_length,
        known(item.audio_start_s),
        known(item.audio_end_s),
        item.measured,
        item.limit,
        decode(item.heard),
        decode(item.message),
    )


def _aligned(item: Any) -> AlignedWord:
    return AlignedWord(
        item.text_start,
        item.text_length,
        known(item.audio_start_s),
        known(item.audio_end_s),
        bool(item.heard),
    )


def options_of(
    arena: Arena,
    whisper_threshold: float,
    rule: Rule | str,
    language: str | None,
    limits: dict[str, int | None],
    aliases: str | None = None,
) -> Any:
    """A `ttsslice_validate_options *`."""
    options = arena.struct("validate_options")
    assign(options, whisper_threshold=whisper_threshold)
    options.rule = Rule.of(rule)
    options.language = arena.string(language, "language")
    for name, limit in limits.items():
        if limit is not None:
            assign(options, **{name: limit})
    options.aliases = arena.string(aliases, "aliases")
    return options


def validate(
    text: Text,
    transcript: Heard | None = None,
    *,
    audio: Audio | None = None,
    transcriber: Transcriber | TranscribeFunction | None = None,
    whisper_threshold: float = 85.0,
    rule: Rule | str = Rule.DEFECTS,
    language: str = "en",
    max_missing_words: int | None = None,
    max_repeated_words: int | None = None,
    max_extra_words: int | None = None,
    max_garbled_words: int | None = None,
    max_truncated_words: int | None = None,
    aliases: str | None = None,
) -> Verdict:
    """Judges what was heard, or what a transcriber (default: the embedded one) hears in `audio`.

    A defect passes up to its limit in words; None is a default that grows with the text. `aliases`
    are lines of "NYC = New York", what may be said for each other. A take
    that does not pass is a verdict, not an exception. TextError, ArgumentError, and what the
    transcriber raises.
    """
    if transcript is None and audio is None:
        raise errors.ArgumentError("give validate() a transcript, or audio to listen to")
    if audio is not None and not isinstance(audio, Audio):
        raise TypeError(
            f"audio is an Audio, as Audio.load(path) or Audio(samples, rate) make it, not "
            f"{type(audio).__name__}"
        )
    heard: Transcript = (
        transcriber_from(transcriber).transcribe(audio, text, language)
        if transcript is None and audio is not None
        else transcript_from(transcript)  # type: ignore[arg-type]
    )
    data = encode(text, slice="validate")
    arena = Arena()
    limits = {
        "max_missing_words": max_missing_words,
        "max_repeated_words": max_repeated_words,
        "max_extra_words": max_extra_words,
        "max_garbled_words": max_garbled_words,
        "max_truncated_words": max_truncated_words,
    }
    out = ffi.new("ttsslice_verdict **")
    with calling() as call:
        call.check(
            lib.ttsslice_validate(
                ffi.from_buffer(data),
                len(data),
                heard._ptr,
                ffi.NULL if audio is None else audio._ptr,
                options_of(arena, whisper_threshold, rule, language, limits, aliases),
                out,
                call.error,
            )
        )
    return Verdict._from_pointer(out[0])


def ratio(a: Text, b: Text) -> float:
    """Normalised indel similarity of two texts as they are, 0 to 100: rapidfuzz' `fuzz.ratio`."""
    first, second = encode(a), encode(b)
    score = ffi.new("double *")
    with calling() as call:
        call.check(
            lib.ttsslice_ratio(
                ffi.from_buffer(first),
                len(first),
                ffi.from_buffer(second),
                len(second),
                score,
                call.error,
            )
        )
    return float(score[0])
