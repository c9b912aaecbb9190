# SPDX-License-Identifier: MIT
"""Slice "concat": takes, in order, become one file with an exact timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ttsslice._lib import (
    Arena,
    Handle,
    Path,
    calling,
    decode,
    known,
    nan,
    own,
    take_json,
    take_text,
)
from ttsslice._ttsslice import ffi, lib
from ttsslice.audio import Audio
from ttsslice.chunk import Break, Chunk
from ttsslice.validate import AlignedWord, Verdict


@dataclass(frozen=True)
class Clip:
    """One take to join. `break_after` decides the pause that follows it.

    The rest is for the timeline: what is said, where that is in the whole text (bytes), and the
    words with their places in the whole text (bytes) and in the clip (seconds). `chunk` is the
    index of the chunk; None: the position in the list.
    """

    audio: Audio
    text: str | None = None
    text_start: int = 0
    text_length: int = 0
    words: Sequence[AlignedWord] = ()
    score: float | None = None
    break_after: Break | str = Break.SENTENCE
    passed: bool = True
    chunk: int | None = None

    @classmethod
    def of(cls, chunk: Chunk, audio: Audio, verdict: Verdict | None = None) -> Clip:
        """The take of a chunk with all that is known about it."""
        words = verdict.words if verdict is not None else ()
        return cls(
            audio,
            chunk.text,
            chunk.start,
            chunk.length,
            tuple(replace(word, text_start=chunk.start + word.text_start) for word in words),
            None if verdict is None else verdict.score,
            chunk.break_after,
            True if verdict is None else verdict.passed,
            chunk.index,
        )


@dataclass(frozen=True)
class TimelineEntry:
    """One chunk in the output; frames are of the output, `text_start` counts bytes.

    `score` is None where nobody judged the take.
    """

    chunk: int
    start_frame: int
    end_frame: int
    pause_frames: int
    trimmed_start: int
    trimmed_end: int
    text_start: int
    text_length: int
    text: str
    score: float | None
    break_after: Break
    passed: bool


@dataclass(frozen=True)
class TimedWord:
    """One word in the output; `entry` is the index of its entry."""

    entry: int
    text_start: int
    text_length: int
    start_frame: int
    end_frame: int


class Timeline(Handle):
    """Where everything is in the output. Immutable."""

    __slots__ = ()

    @classmethod
    def _from_pointer(cls, pointer: Any) -> Timeline:
        """Takes over one reference."""
        timeline = cls.__new__(cls)
        timeline._adopt(pointer, lib.ttsslice_timeline_unref)
        return timeline

    @property
    def sample_rate(self) -> int:
        """Frames per second."""
        return int(lib.ttsslice_timeline_sample_rate(self._ptr))

    @property
    def frames(self) -> int:
        """Frames of the output."""
        return int(lib.ttsslice_timeline_frames(self._ptr))

    @property
    def duration_s(self) -> float:
        """Length of the output in seconds."""
        return self.frames / self.sample_rate if self.sample_rate else 0.0

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """One per clip, in order."""
        return tuple(
            _entry(lib.ttsslice_timeline_get(self._ptr, index))
            for index in range(lib.ttsslice_timeline_count(self._ptr))
        )

    @property
    def words(self) -> tuple[TimedWord, ...]:
        """The words whose place is known, in the order of the output."""
        found = []
        for index in range(lib.ttsslice_timeline_word_count(self._ptr)):
            word = lib.ttsslice_timeline_word(self._ptr, index)
            found.append(
                TimedWord(
                    word.entry,
                    word.text_start,
                    word.text_length,
                    word.start_frame,
                    word.end_frame,
                )
            )
        return tuple(found)

    def segments(self) -> list[dict[str, Any]]:
        """What a segments.json holds: {start, end, text} in seconds, and the exact frames."""
        out = ffi.new("char **")
        with calling() as call:
            call.check(lib.ttsslice_timeline_segments_json(self._ptr, out, call.error))
        return list(take_json(out[0]))

    def srt(self) -> str:
        """SubRip subtitles."""
        out = ffi.new("char **")
        with calling() as call:
            call.check(lib.ttsslice_timeline_srt(self._ptr, out, call.error))
        return take_text(out[0])

    def vtt(self) -> str:
        """WebVTT subtitles, with timestamps at words whose times are known."""
        out = ffi.new("char **")
        with calling() as call:
            call.check(lib.ttsslice_timeline_vtt(self._ptr, out, call.error))
        return take_text(out[0])

    def labels(self, words: bool = False) -> str:
        """A label track for Audacity, by chunk, or by word where times are known."""
        out = ffi.new("char **")
        with calling() as call:
            call.check(lib.ttsslice_timeline_labels(self._ptr, bool(words), out, call.error))
        return take_text(out[0])

    def __repr__(self) -> str:
        if self._owned is None:
            return "<Timeline closed>"
        count = lib.ttsslice_timeline_count(self._ptr)
        return f"<Timeline {self.duration_s:.3f} s, {count} entries>"


def _entry(item: Any) -> TimelineEntry:
    return TimelineEntry(
        item.chunk,
        item.start_frame,
        item.end_frame,
        item.pause_frames,
        item.trimmed_start,
        item.trimmed_end,
        item.text_start,
        item.text_length,
        decode(item.text),
        known(item.score),
        Break(item.break_after),
        bool(item.passed),
    )


def options_of(
    arena: Arena, pause_ms: int, fade_ms: int, trim: bool, sample_rate: int | None
) -> Any:
    """A `ttsslice_concat_options *`."""
    options = arena.struct("concat_options")
    options.pause_ms, options.fade_ms = pause_ms, fade_ms
    options.trim, options.sample_rate = int(trim), sample_rate or 0
    return options


def concat(
    clips: Iterable[Clip | Audio],
    path: Path,
    *,
    pause_ms: int = 200,
    fade_ms: int = 10,
    trim: bool = True,
    sample_rate: int | None = None,
) -> Timeline:
    """Joins clips, one at a time in memory, into a file that has its name only once it is whole.

    `pause_ms` follows a sentence; other breaks are multiples of it. `trim` cuts the quiet ends of
    clips. Clips of another rate or other channels than the first are brought to its own. EmptyError
    without clips; FileError, NoSpaceError. What the iterable raises comes out, and no file is left.
    """
    arena = Arena()
    options = options_of(arena, pause_ms, fade_ms, trim, sample_rate)
    out, timeline = ffi.new("ttsslice_concat **"), ffi.new("ttsslice_timeline **")
    with calling() as call:
        call.check(lib.ttsslice_concat_open(arena.path(path), options, out, call.error))
        join = own(out[0], lib.ttsslice_concat_abort)
        try:
            for index, item in enumerate(clips):
                clip = item if isinstance(item, Clip) else Clip(item)
                kept = Arena()
                call.check(lib.ttsslice_concat_add(join, _c_clip(kept, clip, index), call.error))
        except BaseException:
            ffi.release(join)
            raise
        ffi.gc(join, None)  # closing releases it, also on failure
        call.check(lib.ttsslice_concat_close(join, timeline, call.error))
    return Timeline._from_pointer(timeline[0])


def _c_clip(arena: Arena, clip: Clip, index: int) -> Any:
    item = arena.struct("clip")
    item.audio = clip.audio._ptr
    item.chunk = index if clip.chunk is None else clip.chunk
    item.text = arena.string(clip.text, "text")
    item.text_start, item.text_length = clip.text_start, clip.text_length
    item.word_starts = arena.array("size_t", [word.text_start for word in clip.words])
    item.word_lengths = arena.array("size_t", [word.text_length for word in clip.words])
    item.word_starts_s = arena.array("double", [nan(word.audio_start_s) for word in clip.words])
    item.word_ends_s = arena.array("double", [nan(word.audio_end_s) for word in clip.words])
    item.word_count = len(clip.words)
    item.score = nan(clip.score)
    item.break_after = Break.of(clip.break_after)
    item.passed = int(clip.passed)
    return item


def clip_from(item: Any) -> Clip:
    """Copies a `const ttsslice_clip *`."""
    words = tuple(
        AlignedWord(
            item.word_starts[i],
            item.word_lengths[i],
            known(item.word_starts_s[i]) if item.word_starts_s else None,
            known(item.word_ends_s[i]) if item.word_ends_s else None,
            True,
        )
        for i in range(item.word_count)
    )
    return Clip(
        Audio._borrow(item.audio),
        decode(item.text),
        item.text_start,
        item.text_length,
        words,
        known(item.score),
        Break(item.break_after),
        bool(item.passed),
        item.chunk,
    )
