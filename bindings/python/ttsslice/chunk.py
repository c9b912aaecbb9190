# SPDX-License-Identifier: MIT
"""Slice "chunk": a text becomes spans that a speech model can say in one go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Union

from ttsslice import errors
from ttsslice._lib import Arena, NamedEnum, Text, calling, encode, own
from ttsslice._ttsslice import ffi, lib


class Break(NamedEnum):
    """What follows a chunk, from the weakest to the strongest."""

    WORD = lib.TTSSLICE_BREAK_WORD
    CLAUSE = lib.TTSSLICE_BREAK_CLAUSE
    SENTENCE = lib.TTSSLICE_BREAK_SENTENCE
    PARAGRAPH = lib.TTSSLICE_BREAK_PARAGRAPH
    SECTION = lib.TTSSLICE_BREAK_SECTION
    END = lib.TTSSLICE_BREAK_END


@dataclass(frozen=True)
class Chunk:
    """A span of the text and the break that follows it.

    `start` and `length` are bytes of the text's UTF-8; `characters` are code points.
    """

    index: int
    start: int
    length: int
    characters: int
    break_after: Break
    _source: bytes = field(repr=False, compare=False, default=b"")

    @property
    def text(self) -> str:
        """What the chunk says."""
        return self._source[self.start : self.start + self.length].decode()


# What an application's own splitter may return: chunks, (start, length, break) or pieces of text.
Piece = Union[Chunk, "tuple[int, int, Break | str]", str]


def chunk(
    text: Text,
    max_phrase_len: int = 300,
    min_chars_merge: int | None = None,
    language: str = "en",
) -> list[Chunk]:
    """Splits a text (str, or bytes of UTF-8) into chunks that together say all of it.

    No chunk is longer than `max_phrase_len` characters or crosses a paragraph; a piece shorter
    than `min_chars_merge` (20, or `max_phrase_len` if that is less) joins a neighbour where the
    length allows. TextError for text that is not valid, EmptyError if nothing can be spoken,
    ArgumentError for a value out of range.
    """
    data = encode(text)
    arena = Arena()
    options = options_of(arena, max_phrase_len, min_chars_merge, language)
    out = ffi.new("ttsslice_chunks **")
    with calling() as call:
        call.check(lib.ttsslice_chunk(ffi.from_buffer(data), len(data), options, out, call.error))
    return chunks_of(own(out[0], lib.ttsslice_chunks_unref), data)


def options_of(
    arena: Arena, max_phrase_len: int, min_chars_merge: int | None, language: str | None
) -> Any:
    """A `ttsslice_chunk_options *`."""
    options = arena.struct("chunk_options")
    options.max_phrase_len = max_phrase_len
    if min_chars_merge is not None:
        options.min_chars_merge = min_chars_merge
    elif options.min_chars_merge > max_phrase_len > 0:
        options.min_chars_merge = max_phrase_len
    options.language = arena.string(language, "language")
    return options


def chunks_of(pointer: Any, data: bytes) -> list[Chunk]:
    """Copies a C list."""
    found = []
    for index in range(lib.ttsslice_chunks_count(pointer)):
        info = lib.ttsslice_chunks_get(pointer, index)
        found.append(
            Chunk(
                index, info.start, info.length, info.characters, Break(info.break_after), data
            )
        )
    return found


def pointer_from(data: bytes, pieces: Iterable[Piece], call_error: Any) -> tuple[int, Any]:
    """Makes a C list (code, pointer with one reference) from an application's own pieces."""
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
            words = piece.strip().encode()
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
        else:
            spans.append((piece[0], piece[1], Break.of(piece[2])))
    return spans


_GAP = re.compile(rb"[ \t\r\f\v\n]*")


def _break_at(data: bytes, position: int) -> Break:
    """The break that the white space after a piece of text means."""
    gap = _GAP.match(data, position)
    assert gap is not None
    if gap.end() == len(data):
        return Break.END
    return Break.PARAGRAPH if gap.group().count(b"\n") > 1 else Break.SENTENCE
