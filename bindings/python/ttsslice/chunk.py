# SPDX-License-Identifier: MIT
"""Slice "chunk": a text becomes spans that a speech model can say in one go."""

from __future__ import annotations

import operator
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Union, overload

from ttsslice import errors
from ttsslice._lib import (
    Answering,
    NamedEnum,
    Text,
    answers,
    c_string,
    calling,
    decode,
    encode,
    own,
)
from ttsslice._options import Arena, assign
from ttsslice._ttsslice import ffi, lib

# A text with one abbreviation a line, or abbreviations, each alone or with what its stop means. The
# last one counts if one is given twice.
Abbreviations = Union[Text, "Iterable[str | tuple[str, str]]"]


class Break(NamedEnum):
    """What follows a chunk, from the weakest to the strongest."""

    WORD = lib.TTSSLICE_BREAK_WORD
    CLAUSE = lib.TTSSLICE_BREAK_CLAUSE
    SENTENCE = lib.TTSSLICE_BREAK_SENTENCE
    PARAGRAPH = lib.TTSSLICE_BREAK_PARAGRAPH
    SECTION = lib.TTSSLICE_BREAK_SECTION
    END = lib.TTSSLICE_BREAK_END


class Packing(NamedEnum):
    """How sentences are packed into chunks; all give the same number of them."""

    OPTIMAL = lib.TTSSLICE_PACKING_OPTIMAL
    GREEDY = lib.TTSSLICE_PACKING_GREEDY
    BALANCED = lib.TTSSLICE_PACKING_BALANCED


class Source:
    """A text as UTF-8, and how its bytes are counted in characters and lines.

    What counting needs is made when it is first asked for, once for all spans: the characters
    before every 4,096th byte, and where lines begin.
    """

    __slots__ = ("data", "_counts", "_lines")

    BLOCK = 4096
    CONTINUATION = bytes(range(0x80, 0xC0))
    NEWLINE = re.compile(rb"\r\n|[\r\n]|\xe2\x80[\xa8\xa9]")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._counts: list[int] | None = None
        self._lines: list[int] | None = None

    def __reduce__(self) -> Any:
        return Source, (self.data,)

    def text(self, start: int, end: int) -> str:
        """The characters of a span of bytes."""
        return self.data[start:end].decode()

    def characters(self, offset: int) -> int:
        """How many characters stand before a byte: its index in the text as a str."""
        counts = self._counts
        if counts is None:
            blocks = range(0, len(self.data), self.BLOCK)
            sizes = (self._count(at, at + self.BLOCK) for at in blocks)
            counts = self._counts = list(accumulate(sizes, initial=0))
        block = min(offset, len(self.data)) // self.BLOCK
        return counts[block] + self._count(block * self.BLOCK, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a byte, in characters, both from 1."""
        lines = self._lines
        if lines is None:
            lines = self._lines = [0, *(m.end() for m in self.NEWLINE.finditer(self.data))]
        line = bisect_right(lines, offset)
        return line, self.characters(offset) - self.characters(lines[line - 1]) + 1

    def _count(self, start: int, end: int) -> int:
        return len(self.data[start:end].translate(None, self.CONTINUATION))


@dataclass(frozen=True, slots=True, repr=False)
class Chunk:
    """A span of the text and the break that follows it.

    `start`, `length` and `end` are bytes of the text's UTF-8, as everywhere in the library;
    `characters` are code points. `char_start` and `char_end` are the same place in the text as a
    str: `text[chunk.char_start : chunk.char_end] == chunk.text`. With `pause_ms` it is the mark of a
    pause, `[pause 1.5s]`, and nothing to say.
    """

    index: int
    start: int
    length: int
    characters: int
    break_after: Break
    pause_ms: int | None = None
    _source: Source = field(repr=False, compare=False, default=Source(b""))

    def __repr__(self) -> str:
        return (
            f"Chunk(index={self.index}, start={self.start}, length={self.length}, characters="
            f"{self.characters}, break_after={str(self.break_after)!r}, text={_short(self.text)})"
        )

    @property
    def text(self) -> str:
        """What the chunk says; copied out of the whole when asked for."""
        return self._source.text(self.start, self.end)

    @property
    def end(self) -> int:
        """The byte behind it."""
        return self.start + self.length

    @property
    def char_start(self) -> int:
        """Index of its first character in the text as a str."""
        return self._source.characters(self.start)

    @property
    def char_end(self) -> int:
        """Index behind its last character in the text as a str."""
        return self.char_start + self.characters


def _short(text: str) -> str:
    """A text for a repr()."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


class Chunks(Sequence[Chunk]):
    """Chunks or sentences of a text, in order; immutable, and usable from several threads.

    Chunks are made when they are asked for, and their text only by their `text`: the whole text is
    held once. Equal to any sequence of equal chunks.
    """

    __slots__ = ("_pauses", "_pointer", "_source")

    def __init__(
        self, pointer: Any, source: Source, pauses: dict[int, int] | None = None
    ) -> None:
        self._pointer = pointer
        self._source = source
        self._pauses = pauses  # those of a list that was pickled, which C does not know

    def __len__(self) -> int:
        return int(lib.ttsslice_chunks_count(self._pointer))

    @overload
    def __getitem__(self, index: int) -> Chunk: ...

    @overload
    def __getitem__(self, index: slice) -> list[Chunk]: ...

    def __getitem__(self, index: int | slice) -> Chunk | list[Chunk]:
        if isinstance(index, slice):
            return [self._chunk(i) for i in range(*index.indices(len(self)))]
        at = operator.index(index)
        count = len(self)
        if not -count <= at < count:
            raise IndexError(f"there is no chunk {at}; there are {count}")
        return self._chunk(at % count)

    def __iter__(self) -> Iterator[Chunk]:
        return map(self._chunk, range(len(self)))

    def texts(self) -> Iterator[str]:
        """What they say, one after the other."""
        return (chunk.text for chunk in self)

    def _chunk(self, index: int) -> Chunk:
        info = lib.ttsslice_chunks_get(self._pointer, index)
        kind = Break(info.break_after)
        pause_ms = self._pauses.get(index) if self._pauses else None
        if info.pause_ms >= 0:
            pause_ms = info.pause_ms
        return Chunk(
            index, info.start, info.length, info.characters, kind, pause_ms, self._source
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, (str, bytes)):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        count = len(self)
        ends = [_short(self[at].text) for at in (0, -1)[:count]]
        return f"<Chunks: {count} {'span' if count == 1 else 'spans'}, {' to '.join(ends)}>"

    def __reduce__(self) -> Any:
        spans: list[Piece] = [(chunk.start, chunk.length, chunk.break_after) for chunk in self]
        pauses = {chunk.index: chunk.pause_ms for chunk in self if chunk.pause_ms is not None}
        return _restored, (self._source.data, spans, pauses)


def _restored(data: bytes, spans: list[Piece], pauses: dict[int, int]) -> Chunks:
    """A list that was pickled."""
    with calling() as call:
        code, pointer = pointer_from(data, spans, call.error)
        call.check(code)
    return Chunks(own(pointer, lib.ttsslice_chunks_unref), Source(data), pauses)


@dataclass(frozen=True, slots=True)
class Boundary:
    """A place where a sentence might end, whether it does, and why.

    `mark` is the byte of the mark, `end` that behind it and what closes with it; `char_mark` and
    `char_end` are the same in the text as a str. `rule` is a short name that stays the same in
    later versions, `reason` says it in a sentence. `str()` is what to send with a report.
    """

    mark: int
    end: int
    taken: bool
    rule: str
    reason: str
    _source: Source = field(repr=False, compare=False, default=Source(b""))

    @property
    def char_mark(self) -> int:
        """Index of the mark in the text as a str."""
        return self._source.characters(self.mark)

    @property
    def char_end(self) -> int:
        """Index behind the mark, and what closes with it, in the text as a str."""
        return self._source.characters(self.end)

    @property
    def line(self) -> int:
        """Line of the mark, from 1."""
        return self._source.place(self.mark)[0]

    @property
    def column(self) -> int:
        """Column of the mark in characters, from 1."""
        return self._source.place(self.mark)[1]

    @property
    def before(self) -> str:
        """The last words up to `end`, on one line."""
        near = self._source.data[max(self.end - 120, 0) : self.end].decode(errors="ignore")
        return " ".join(near.split())[-30:]

    @property
    def after(self) -> str:
        """The first words behind `end`, on one line."""
        near = self._source.data[self.end : self.end + 120].decode(errors="ignore")
        return " ".join(near.split())[:30]

    def __str__(self) -> str:
        verdict, bar = ("ends", "|") if self.taken else ("goes on", "_")
        return (
            f"{self.line}:{self.column} {verdict}, {self.rule}: "
            f"{self.before} {bar} {self.after}: {self.reason}"
        )


# What an application's own splitter may return: chunks, (start, length, break) or pieces of text.
Piece = Union[Chunk, "tuple[int, int, Break | str]", str]


def chunk(
    text: Text,
    max_phrase_len: int = 300,
    min_chars_merge: int | None = None,
    language: str | None = None,
    abbreviations: Abbreviations | None = None,
    packing: Packing | str = Packing.OPTIMAL,
    pauses: bool = False,
) -> Chunks:
    """Splits a text (str, or bytes of UTF-8) into chunks that together say all of it.

    No chunk is longer than `max_phrase_len` characters or crosses a paragraph; a piece shorter
    than `min_chars_merge` (20, or `max_phrase_len` if that is less) joins a neighbour where the
    length allows. `packing` says where chunks end if there is a choice: "optimal" weighs short
    chunks, bad places and uneven lengths against each other, "greedy" fills each from the first
    on, "balanced" makes the longest of a paragraph as short as possible. `language` is ISO 639-1; None goes by the script of the text. `abbreviations`
    are added to those of the language: as a text with one a line, or each as a str, or with what
    its full stop means before a capital or a number, such as `("approx.", "number")`: "always" the
    sentence goes on, before a "number" it does, or before all but words that often begin a
    sentence, as with the "name" of a company. With `pauses`, `[pause 1.5s]` and `[pause 500ms]` in
    the text are pauses: each is a chunk of its own that has `pause_ms` and is not to be said.

    TextError for text that is not valid or a pause that cannot be read, EmptyError if nothing can be spoken, ArgumentError for a
    value out of range.
    """
    arena = Arena()
    options = options_of(
        arena, max_phrase_len, min_chars_merge, language, abbreviations, packing, pauses
    )
    return _split(lib.ttsslice_chunk, text, options)


def sentences(
    text: Text,
    language: str | None = None,
    abbreviations: Abbreviations | None = None,
    pauses: bool = False,
) -> Chunks:
    """The sentences of a text, however long or short, with arguments and errors of `chunk()`."""
    arena = Arena()
    options = options_of(arena, 300, None, language, abbreviations, pauses=pauses)
    return _split(lib.ttsslice_sentences, text, options)


def explain(
    text: Text,
    language: str | None = None,
    abbreviations: Abbreviations | None = None,
    pauses: bool = False,
) -> list[Boundary]:
    """Why `sentences()` splits as it does: each place where a sentence might end, in order."""
    arena = Arena()
    options = options_of(arena, 300, None, language, abbreviations, pauses=pauses)
    data = encode(text, slice="chunk")
    reader = _Reader(Source(data))
    handle = ffi.new_handle(reader)
    with calling(reader) as call:
        call.check(
            lib.ttsslice_sentences_explain(
                ffi.from_buffer(data), len(data), options, lib.ttspy_boundary, handle, call.error
            )
        )
    return reader.found


class _Reader(Answering):
    """Takes the boundaries that C tells of."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.found: list[Boundary] = []


@answers
def ttspy_boundary(self: _Reader, boundary: Any) -> None:
    """ttsslice_boundary_fn."""
    self.found.append(
        Boundary(
            boundary.mark,
            boundary.end,
            bool(boundary.taken),
            decode(boundary.rule),
            decode(boundary.reason),
            self.source,
        )
    )


def _split(function: Any, text: Text, options: Any) -> Chunks:
    data = encode(text, slice="chunk")
    out = ffi.new("ttsslice_chunks **")
    with calling() as call:
        call.check(function(ffi.from_buffer(data), len(data), options, out, call.error))
    return chunks_of(own(out[0], lib.ttsslice_chunks_unref), data)


def options_of(
    arena: Arena,
    max_phrase_len: int,
    min_chars_merge: int | None,
    language: str | None,
    abbreviations: Abbreviations | None,
    packing: Packing | str = Packing.OPTIMAL,
    pauses: bool = False,
) -> Any:
    """A `ttsslice_chunk_options *`."""
    options = arena.struct("chunk_options")
    assign(options, max_phrase_len=_whole(max_phrase_len, "max_phrase_len"))
    if min_chars_merge is not None:
        assign(options, min_chars_merge=_whole(min_chars_merge, "min_chars_merge"))
    elif options.min_chars_merge > max_phrase_len > 0:
        options.min_chars_merge = max_phrase_len
    options.language = arena.string(language, "language")
    options.packing = Packing.of(packing)
    options.pauses = bool(pauses)
    options.abbreviations = arena.string(_lines(abbreviations), "abbreviations")
    return options


def _whole(value: int, name: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an int, not {type(value).__name__}")
    return operator.index(value)


def _lines(abbreviations: Abbreviations | None) -> Text | None:
    """One abbreviation a line."""
    if abbreviations is None or isinstance(abbreviations, (str, bytes)):
        return abbreviations
    if not isinstance(abbreviations, Iterable):
        raise TypeError(
            f"abbreviations must be a text or a list, not {type(abbreviations).__name__}"
        )
    return "\n".join(map(_line, abbreviations))


def _line(item: Any) -> str:
    """One abbreviation, and its kind if it has one."""
    words: Sequence[str] = item.split() if isinstance(item, str) else item
    if not isinstance(words, (list, tuple)) or not all(isinstance(word, str) for word in words):
        raise TypeError(f"an abbreviation is a str, or two with its kind, not {item!r}")
    if len(words) == 2 and words[1] in ("always", "number", "name") and _is_word(words[0]):
        return " ".join(words)
    if len(words) == 1 and _is_word(words[0]):
        return str(words[0])
    raise errors.ArgumentError(
        f"{item!r} is no abbreviation; give one word such as 'Mr.', or with its kind ('approx.', "
        f"'number'), where always, number and name are kinds. Of one that is written with spaces, "
        f"each word that is longer than a letter is an item",
        slice="chunk",
    )


def _is_word(word: str) -> bool:
    return word.split() == [word] and "#" not in word


def language_supported(language: Text) -> bool:
    """Whether the splitter has data for a language such as "en" or "pt-BR"; others are split by
    the rules that hold for all."""
    return bool(lib.ttsslice_language_supported(c_string(language, "language")))


def chunks_of(pointer: Any, data: bytes) -> Chunks:
    """A C list, of which `pointer` owns a reference."""
    return Chunks(pointer, Source(data))


def pointer_from(data: bytes, pieces: Iterable[Piece], call_error: Any) -> tuple[int, Any]:
    """Makes a C list (code, pointer with one reference) from an application's own pieces."""
    if not isinstance(pieces, Iterable):
        raise TypeError(f"chunk() must return chunks or pieces, not {type(pieces).__name__}")
    spans = _spans(data, list(pieces))
    out = ffi.new("ttsslice_chunks **")
    code = lib.ttsslice_chunks_new(
        ffi.from_buffer(data),
        len(data),
        [span[0] for span in spans],
        [span[1] for span in spans],
        [int(span[2]) for span in spans],
        len(spans),
        out,
        call_error,
    )
    return code, out[0]


def _spans(data: bytes, pieces: Sequence[Piece]) -> list[tuple[int, int, Break]]:
    spans = []
    position = 0
    for number, piece in enumerate(pieces):
        if isinstance(piece, Chunk):
            spans.append((piece.start, piece.length, piece.break_after))
        elif isinstance(piece, str):
            words = encode(piece.strip(), f"piece {number} of the application's chunk function")
            start = data.find(words, position)
            if start < 0 or not words:
                raise errors.ArgumentError(
                    f"piece {number} of the application's chunk function is not in the text, or "
                    f"not in order: {piece[:40]!r}",
                    slice="chunk",
                    byte_offset=position,
                )
            position = start + len(words)
            spans.append((start, len(words), _break_at(data, position)))
        elif isinstance(piece, (tuple, list)) and len(piece) == 3:
            spans.append((_offset(piece[0]), _offset(piece[1]), Break.of(piece[2])))
        else:
            raise TypeError(
                f"piece {number} of the application's chunk function must be Chunk, str or "
                f"(start, length, break), not {type(piece).__name__}"
            )
    return spans


def _offset(value: int) -> int:
    """An offset that fits into C, where the rest is checked."""
    return max(0, min(_whole(value, "an offset"), 2**63 - 1))


_GAP = re.compile(rb"[ \t\r\f\v\n]*")


def _break_at(data: bytes, position: int) -> Break:
    """The break that the white space after a piece of text means."""
    gap = _GAP.match(data, position)
    assert gap is not None
    if gap.end() == len(data):
        return Break.END
    return Break.PARAGRAPH if gap.group().count(b"\n") > 1 else Break.SENTENCE
