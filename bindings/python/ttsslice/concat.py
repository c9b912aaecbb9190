# SPDX-License-Identifier: MIT
"""Slice "concat": takes, in order, become one file with an exact timeline."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypedDict, Union

from ttsslice import errors
from ttsslice._lib import (
    Answering,
    Handle,
    NamedEnum,
    Path,
    answers,
    calling,
    decode,
    known,
    nan,
    repr_of,
    take_json,
    take_text,
)
from ttsslice._options import Arena, assign, listed
from ttsslice._ttsslice import ffi, lib
from ttsslice._work import stays_with_its_process
from ttsslice.audio import Audio, Loudness, loudness_from
from ttsslice.chunk import Break, Chunk
from ttsslice.validate import AlignedWord, Verdict

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Trim(NamedEnum):
    """Which ends of a clip lose their quiet."""

    OFF = lib.TTSSLICE_TRIM_OFF
    BOTH = lib.TTSSLICE_TRIM_BOTH
    LEADING = lib.TTSSLICE_TRIM_LEADING
    TRAILING = lib.TTSSLICE_TRIM_TRAILING


class BadClip(NamedEnum):
    """What a clip that cannot be used does to its join."""

    STOP = lib.TTSSLICE_BAD_CLIP_STOP
    SILENCE = lib.TTSSLICE_BAD_CLIP_SILENCE
    SKIP = lib.TTSSLICE_BAD_CLIP_SKIP


@dataclass(frozen=True, repr=False)
class Clip:
    """One take to join: audio, the path of a file, or the bytes of one.

    `break_after` decides the pause that follows it, unless `pause_ms` does; None: the mark that
    ends the text. `position` is for clips that come in any order; None: after the last one.
    The rest is for the timeline: what is said, where that is in the whole text (bytes; a
    `text_length` of None is that of the text as it stands), and the words with their places in the whole text (bytes) and in the clip (seconds). `chunk` is the
    index of the chunk; None: the position in the list.
    """

    audio: Audio | Path | bytes
    text: str | None = None
    text_start: int = 0
    text_length: int | None = None
    words: Sequence[AlignedWord] = ()
    score: float | None = None
    break_after: Break | str | None = Break.SENTENCE
    passed: bool = True
    chunk: int | None = None
    pause_ms: int | None = None
    position: int | None = None

    __repr__ = repr_of

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

    `score` is None where nobody judged the take, `error` where the clip could be used, `path` where
    it was no file.
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
    overlap_frames: int = 0
    trimmed_inside: int = 0
    repaired_frames: int = 0
    error: str | None = None
    code: int = 0
    source_rate: int | None = None
    source_channels: int | None = None
    gain_db: float = 0.0
    path: str | None = None
    clipped_db: float = 0.0
    mixed_db: float = 0.0


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
    def channels(self) -> int:
        """Channels of the output."""
        return int(lib.ttsslice_timeline_channels(self._ptr))

    @property
    def frames(self) -> int:
        """Frames of the output."""
        return int(lib.ttsslice_timeline_frames(self._ptr))

    @property
    def duration_s(self) -> float:
        """Length of the output in seconds."""
        return self.frames / self.sample_rate if self.sample_rate else 0.0

    @property
    def loudness(self) -> Loudness | None:
        """Loudness of the output, before a lossy format; None unless the join was to measure it."""
        return self._measured()[0]

    @property
    def gain_db(self) -> float:
        """The gain that the whole got to reach its loudness; 0 if none was asked for."""
        return self._measured()[1]

    def _measured(self) -> tuple[Loudness | None, float]:
        out, gain = Arena().struct("loudness"), ffi.new("double *")
        with calling() as call:
            code = lib.ttsslice_timeline_loudness(self._ptr, out, gain, call.error)
            if code == lib.TTSSLICE_ERR_EMPTY:
                return None, 0.0
            call.check(code)
        return loudness_from(out), float(gain[0])

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """One per clip, in order."""
        timeline = self._ptr
        return tuple(
            _entry(lib.ttsslice_timeline_get(timeline, index))
            for index in range(lib.ttsslice_timeline_count(timeline))
        )

    @property
    def words(self) -> tuple[TimedWord, ...]:
        """The words whose place is known, in the order of the output."""
        found, timeline = [], self._ptr
        for index in range(lib.ttsslice_timeline_word_count(timeline)):
            word = lib.ttsslice_timeline_word(timeline, index)
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

    def save(self, path: Path) -> None:
        """Writes a file of its own: segments where the name ends in .json, subtitles for .srt and
        .vtt, labels for .txt. Either all of it is there or the old file still is."""
        arena = Arena()
        with calling() as call:
            call.check(lib.ttsslice_timeline_save(self._ptr, arena.path(path), call.error))

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
        item.overlap_frames,
        item.trimmed_inside,
        item.repaired_frames,
        decode(item.error) or None,
        item.code,
        item.source_rate or None,
        item.source_channels or None,
        item.gain_db,
        decode(item.path) or None,
        item.clipped_db,
        item.mixed_db,
    )


AudioFunction = Callable[[Audio], object]
Take = Union[Clip, Audio, Path, bytes]


class JoinOptions(TypedDict, total=False):
    """Options of `concat()`, `stream()` and `Join`, with their defaults.

    `pause_ms` (200) is the quiet after a sentence, that of the clips included; other breaks are
    multiples of it unless `pause_word_ms`, `pause_clause_ms`, `pause_paragraph_ms` or
    `pause_section_ms` say otherwise. `fade_ms` (10), and `crossfade_ms` (0) where the quiet of two
    clips is more than the pause. `trim` (both ends): a bool or a Trim. `silence_max_ms` (any)
    inside a clip. `tail_repair` (False) cuts sound after the last word. `sample_rate` and
    `channels` are those of the first clip. `bad_clip` ("stop"), or `missing_ms` (1000) of
    "silence", or "skip". `format` follows the ending of the path. `title` (None) is a tag.
    `loudness` (None): "audiobook", "podcast", "ebu" or LUFS, one gain for the whole that ends where
    the true peak reaches `true_peak_db` (-1, audiobook -3); "measure" for Timeline.loudness alone.
    `dual_mono` (False) counts one channel as two speakers. `match_clips` (False) brings each clip
    nearer to the loudness of those before, by at most 3 dB.
    """

    pause_ms: int
    fade_ms: int
    trim: Trim | str | bool
    sample_rate: int | None
    channels: int | None
    bad_clip: BadClip | str
    missing_ms: int
    crossfade_ms: int
    silence_max_ms: int | None
    pause_word_ms: int | None
    pause_clause_ms: int | None
    pause_paragraph_ms: int | None
    pause_section_ms: int | None
    format: str | None
    title: str | None
    tail_repair: bool
    loudness: str | float | None
    true_peak_db: float | None
    dual_mono: bool
    match_clips: bool


def options_of(arena: Arena, given: JoinOptions) -> Any:
    """A `ttsslice_concat_options *`. None stands for the default."""
    options = arena.struct("concat_options")
    for name, value in given.items():
        if name not in JoinOptions.__annotations__:
            raise TypeError(f"there is no option '{name}'; see help(ttsslice.JoinOptions)")
        if value is None:
            continue
        if name == "loudness":
            value = arena.string(str(value), name)
        elif name in ("format", "title"):
            value = arena.string(value, name)  # type: ignore[arg-type]
        elif name == "trim":
            value = int(value) if isinstance(value, bool) else Trim.of(value)  # type: ignore
        elif name == "bad_clip":
            value = BadClip.of(value)  # type: ignore[arg-type]
        assign(options, **{name: value})
    return options


class _Listener(Answering):
    def __init__(self, on_audio: AudioFunction | None) -> None:
        super().__init__()
        self.on_audio = on_audio


@answers
def ttspy_audio(self: Any, samples: Any, frames: int, channels: int, sample_rate: int) -> None:
    """ttsslice_audio_fn, for a _Listener or a run."""
    out = ffi.new("ttsslice_audio **")
    with calling() as call:
        call.check(
            lib.ttsslice_audio_new_s16(samples, frames, channels, sample_rate, out, call.error)
        )
    self.on_audio(Audio._from_pointer(out[0]))


@answers
def ttspy_cancelled(_self: Any) -> None:
    """ttsslice_cancelled_fn. Nobody is asked, but Python looks for signals whenever it runs on the
    main thread: Ctrl-C ends a join between two blocks."""


class Join(Handle):
    """A join in progress: add clips, in any order if they have positions, then finish.

    What is in order is written at once, and handed to `on_audio` in blocks. `path` None: no file.
    Like a file, it is completed where a `with` block ends: with `timeline` set, or an error if
    nothing was added. A block that is left by an exception, and `close()`, leave no file behind.
    """

    __slots__ = ("_listener", "_handle", "_count", "_lock", "_busy", "timeline")

    timeline: Timeline | None
    """Of the output; None until the join is finished."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        on_audio: AudioFunction | None = None,
        **options: Unpack[JoinOptions],
    ) -> None:
        arena = Arena()
        given = options_of(arena, options)
        self._listener = _Listener(on_audio)
        self._count = 0
        self._lock = threading.RLock()
        self._busy = False
        self.timeline = None
        self._handle = ffi.new_handle(self._listener)
        given.cancelled, given.cancelled_data = lib.ttspy_cancelled, self._handle
        if on_audio is not None:
            given.on_audio, given.on_audio_data = lib.ttspy_audio, self._handle
        out = ffi.new("ttsslice_concat **")
        name = ffi.NULL if path is None else arena.path(path)
        with calling() as call:
            call.check(lib.ttsslice_concat_open(name, given, out, call.error))
        self._adopt(out[0], lib.ttsslice_concat_abort, self._handle)
        stays_with_its_process(self)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Other threads wait; on_audio, which runs within, is refused."""
        with self._lock:
            if self._busy:
                raise errors.ArgumentError("on_audio cannot use its own join; do so when it is back")
            self._busy = True
            try:
                yield
            finally:
                self._busy = False

    def add(self, take: Take) -> None:
        """Adds a clip. After an error the join can only be closed. Any thread; one at a time."""
        clip = take if isinstance(take, Clip) else Clip(take)
        arena = Arena()
        with self._alone(), calling(self._listener) as call:
            try:
                item = _c_clip(arena, clip, self._count)
            except (TypeError, errors.ArgumentError) as problem:
                raise type(problem)(f"clip {self._count}: {problem}") from None
            call.check(lib.ttsslice_concat_add(self._ptr, item, call.error))
            self._count += 1

    def finish(self) -> Timeline:
        """Completes the file and gives it its name; the join is closed then, also on failure."""
        timeline = ffi.new("ttsslice_timeline **")
        with self._alone(), calling(self._listener) as call:
            join = self._ptr
            self._owned = None
            ffi.gc(join, None)  # closing releases it, also on failure
            call.check(lib.ttsslice_concat_close(join, timeline, call.error))
            self.timeline = Timeline._from_pointer(timeline[0])
            return self.timeline

    def close(self) -> None:
        """Gives up what is not finished: no file is left."""
        with self._alone():
            self._release()

    def __exit__(self, *problem: object) -> None:
        if not any(problem) and self._owned is not None:
            self.finish()
        self.close()


def concat(
    clips: Iterable[Take], path: Path | None, *, on_audio: AudioFunction | None = None,
    **options: Unpack[JoinOptions],
) -> Timeline:
    """Joins clips, one at a time in memory, into a file that has its name only once it is whole.

    For the options see JoinOptions. Clips of another rate or other channels than the first are
    brought to its own. EmptyError without clips; FileError, NoSpaceError; AudioError for a clip
    that cannot be used. What the iterable and `on_audio` raise comes out, and no file is left.
    """
    clips = listed(clips, "clips", "takes")
    with Join(path, on_audio=on_audio, **options) as join:
        for take in clips:
            join.add(take)
        return join.finish()


def stream(
    clips: Iterable[Take], path: Path | None = None, **options: Unpack[JoinOptions]
) -> Generator[Audio, None, Timeline]:
    """The same as an iterator of blocks, each there as soon as its clip is: play the first while
    the rest is being made. With a path the file is written beside; it is whole after the last
    block. A generator: its value, for `yield from`, is the Timeline."""
    if "on_audio" in options:
        raise TypeError("stream() yields the blocks itself; take them from it, or use concat()")
    return _blocks(listed(clips, "clips", "takes"), path, options)


def _blocks(
    clips: Iterable[Take], path: Path | None, options: JoinOptions
) -> Generator[Audio, None, Timeline]:
    blocks: list[Audio] = []
    with Join(path, on_audio=blocks.append, **options) as join:
        for take in clips:
            join.add(take)
            yield from blocks
            blocks.clear()
        timeline = join.finish()
        yield from blocks
    return timeline


def _c_clip(arena: Arena, clip: Clip, index: int) -> Any:
    item = arena.struct("clip")
    if isinstance(clip.audio, Audio):
        item.audio = arena.keep(clip.audio._ptr)
    elif isinstance(clip.audio, (str, os.PathLike)):
        item.path = arena.path(clip.audio)
    else:
        item.bytes = data = arena.keep(ffi.from_buffer(_file(clip.audio)))
        item.byte_count = len(data)
    text = arena.string(clip.text, "text")
    length = clip.text_length
    if length is None:
        length = len(text) - 1 if text else 0
    item.text = text
    _set_words(arena, item, clip.words)
    item.break_after = 0 if clip.break_after is None else Break.of(clip.break_after)
    item.passed = bool(clip.passed)
    assign(
        item,
        chunk=index if clip.chunk is None else clip.chunk,
        text_start=clip.text_start,
        text_length=length,
        score=nan(clip.score),
        pause_ms=-1 if clip.pause_ms is None else clip.pause_ms,
        position=-1 if clip.position is None else clip.position,
    )
    return item


def _file(content: Any) -> Any:
    """The bytes of a file, which samples are not: nothing would tell their rate."""
    try:
        format = memoryview(content).format
    except TypeError:
        format = ""
    if format not in ("B", "b", "c"):
        raise TypeError(
            f"it must be Audio, the path of a file or the bytes of one, not "
            f"{type(content).__name__}; for samples, give Audio(samples, sample_rate)"
        )
    return content


def _set_words(arena: Arena, item: Any, words: Sequence[AlignedWord]) -> None:
    words = list(listed(words, "words", "AlignedWord"))
    for word in words:
        if not isinstance(word, AlignedWord):
            raise TypeError(
                f"words are AlignedWord, as verdict.words has them, not {type(word).__name__}"
            )

    def column(kind: str, name: str) -> Any:
        return arena.array(kind, [nan(getattr(each, name)) for each in words], name)

    item.word_starts = column("size_t", "text_start")
    item.word_lengths = column("size_t", "text_length")
    item.word_starts_s = column("double", "audio_start_s")
    item.word_ends_s = column("double", "audio_end_s")
    item.word_count = len(words)


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
