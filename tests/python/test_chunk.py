# SPDX-License-Identifier: MIT
"""chunk(): spans in bytes, breaks, and errors that name the place."""

import pickle

import pytest

import ttsslice
from ttsslice import Break

TEXT = "Żółw śpi. Rain fell on Dr. Moss, 3.5 mm of it.\n\nНовый абзац. 二つ目の文。終わり。"


def test_chunks_cover_the_text_in_bytes():
    data = TEXT.encode()
    rest = bytearray(data)
    chunks = ttsslice.chunk(TEXT, max_phrase_len=25, min_chars_merge=0)
    assert [c.index for c in chunks] == list(range(len(chunks)))
    for c in chunks:
        assert c.text == data[c.start : c.start + c.length].decode()
        assert c.characters == len(c.text) <= 25
        rest[c.start : c.start + c.length] = b" " * c.length
    assert rest.decode().strip() == ""
    assert chunks[-1].break_after is Break.END
    assert Break.PARAGRAPH in [c.break_after for c in chunks]


def test_bytes_are_taken_as_utf8():
    assert ttsslice.chunk(TEXT.encode()) == ttsslice.chunk(TEXT)


def test_short_limit_needs_no_second_option():
    assert all(c.characters <= 5 for c in ttsslice.chunk("one two three four", max_phrase_len=5))


def test_breaks_by_name_and_order():
    assert Break("sentence") is Break.SENTENCE
    assert str(Break.PARAGRAPH) == "paragraph"
    assert Break.WORD < Break.CLAUSE < Break.SENTENCE < Break.PARAGRAPH < Break.SECTION
    with pytest.raises(ttsslice.ArgumentError, match="sentence"):
        Break("comma")


@pytest.mark.parametrize(
    "text, offset",
    [("ab\0c", 2), ("ä\ud800", 2), (b"abc\xff", 3), (b"\xc3", 0)],
)
def test_text_that_is_not_text(text, offset):
    with pytest.raises(ttsslice.TextError) as caught:
        ttsslice.chunk(text)
    assert caught.value.byte_offset == offset
    assert caught.value.code_name == "TEXT"
    assert caught.value.slice == "chunk"
    assert isinstance(caught.value, UnicodeError)


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_nothing_to_speak(text):
    with pytest.raises(ttsslice.EmptyError):
        ttsslice.chunk(text)


def test_arguments():
    with pytest.raises(ttsslice.ArgumentError):
        ttsslice.chunk("a", max_phrase_len=0)
    with pytest.raises(ttsslice.ArgumentError):
        ttsslice.chunk("a", max_phrase_len=10, min_chars_merge=11)
    with pytest.raises(ValueError, match="NUL"):
        ttsslice.chunk("a", language="e\0n")
    with pytest.raises(TypeError):
        ttsslice.chunk(17)
    with pytest.raises(TypeError):
        ttsslice.chunk("a", max_phrase_len="300")


def test_chunks_can_be_pickled():
    chunks = ttsslice.chunk(TEXT)
    copies = pickle.loads(pickle.dumps(chunks))
    assert copies == chunks
    assert copies[0].text == chunks[0].text
