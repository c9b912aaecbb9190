# SPDX-License-Identifier: MIT
"""chunk(), sentences(), explain(): spans in bytes and in str, and errors that name the place."""

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


def test_pauses_are_chunks_of_their_own():
    text = "Żółw śpi. [pause 1.5s] Rain fell."
    assert [c.pause_ms for c in ttsslice.chunk(text)] == [None]
    chunks = ttsslice.chunk(text, pauses=True)
    assert [(c.text, c.pause_ms) for c in chunks] == [
        ("Żółw śpi.", None), ("[pause 1.5s]", 1500), ("Rain fell.", None),
    ]
    assert pickle.loads(pickle.dumps(chunks)) == chunks
    assert ttsslice.sentences(text, pauses=True) == chunks
    assert [b.end for b in ttsslice.explain(text, pauses=True) if b.taken] == [13, 37]
    with pytest.raises(ttsslice.TextError, match=r"\[pause 1.5s\]") as caught:
        ttsslice.chunk("Ż. [pause soon]", pauses=True)
    assert caught.value.byte_offset == 4


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
    for bad in ("300", 2.0, True, None):
        with pytest.raises(TypeError, match="max_phrase_len must be an int, not"):
            ttsslice.chunk("a", max_phrase_len=bad)
    with pytest.raises(TypeError, match="min_chars_merge must be an int, not bool"):
        ttsslice.chunk("a", min_chars_merge=False)
    with pytest.raises(TypeError, match="language must be str or bytes, not int"):
        ttsslice.chunk("a", language=5)
    for bad in (None, 7, "foo"):
        with pytest.raises(ttsslice.ArgumentError, match="optimal, greedy, balanced"):
            ttsslice.chunk("a", packing=bad)


def test_a_lone_surrogate_is_named():
    for function in (ttsslice.chunk, ttsslice.sentences, ttsslice.explain):
        with pytest.raises(ttsslice.TextError, match=r"the text .* U\+D83D, at character 3"):
            function("äb \ud83d.")
    with pytest.raises(ttsslice.TextError, match=r"abbreviations .* U\+D800, at character 0"):
        ttsslice.chunk("One.", abbreviations="\ud800")


def test_chunks_can_be_pickled():
    chunks = ttsslice.chunk(TEXT)
    copies = pickle.loads(pickle.dumps(chunks))
    assert copies == chunks
    assert copies[0].text == chunks[0].text


def test_spans_are_given_in_bytes_and_in_str():
    """The same for str and bytes, with one to four bytes a character."""
    text = "Ähre.  Żółw śpi!\r\n\r\n二つ目の文。終わり。 \U0001f600 Smile \U0001f600. Done."
    for given in (text, text.encode()):
        for found in (ttsslice.sentences(given), ttsslice.chunk(given, 8, 0)):
            assert len(found) > 5
            for c in found:
                assert text[c.char_start : c.char_end] == c.text
                assert text.encode()[c.start : c.end] == c.text.encode()
    assert list(ttsslice.sentences(text).texts())[:3] == ["Ähre.", "Żółw śpi!", "二つ目の文。"]


def test_sentences_are_neither_cut_nor_joined():
    long = "Word " + "word " * 500 + "end."
    assert [c.text for c in ttsslice.sentences(f"Yes. {long} No.")] == ["Yes.", long, "No."]
    breaks = [c.break_after for c in ttsslice.sentences("One. Two.\n\nThree.")]
    assert breaks == [Break.SENTENCE, Break.PARAGRAPH, Break.END]


def test_chunks_are_a_sequence():
    found = ttsslice.sentences("One. Two. Three.")
    assert len(found) == 3 and found[-1].text == "Three." and found[0] in found
    assert [c.text for c in found[1:]] == ["Two.", "Three."] and found[::2][1].index == 2
    assert [c.text for c in reversed(found)] == ["Three.", "Two.", "One."]
    assert found == list(found) and found != found[:2] and found != "One."
    for index in (3, -4):
        with pytest.raises(IndexError, match=f"no chunk {index}; there are 3"):
            found[index]
    with pytest.raises(TypeError):
        found["1"]
    with pytest.raises(TypeError):
        hash(found)


def test_reprs_show_the_text():
    found = ttsslice.sentences("One. Two. Three.")
    assert repr(found) == "<Chunks: 3 spans, 'One.' to 'Three.'>"
    assert repr(ttsslice.chunk("One.")) == "<Chunks: 1 span, 'One.'>"
    assert "'sentence', text='Two.')" in repr(found[1])
    assert len(repr(ttsslice.sentences("long " * 500)[0])) < 200


def test_chunks_live_longer_than_the_text_and_the_list():
    last = ttsslice.sentences(TEXT + " " + "".join(["Ende", "."]))[-1]
    assert last.text == "Ende." and last.char_end == len(TEXT) + 6


def test_a_chunk_without_a_text_has_none():
    assert ttsslice.Chunk(0, 3, 4, 4, Break.END).text == ""


def test_a_large_text_is_held_once():
    """A million characters, and a place far behind that is found without the way there."""
    line = "Die Ähre wächst. "
    found = ttsslice.sentences(line * 60_000)
    assert len(found) == 60_000
    assert found[-1].text == line.strip()
    assert found[-1].char_start == len(line) * 59_999
    assert found[1].char_start == len(line)
    assert all(c._source is found[0]._source for c in found[::5_000])


@pytest.mark.parametrize(
    "given",
    ["Qq.\nzz. number # rare", "Qq\nzz number", ["Qq.", ("zz.", "number")], ("Qq", "zz number"),
     iter(["qq", "zz number"]), b"qq\nzz number"],
)
def test_abbreviations(given):
    text = "A Qq. Moss said zz. 5 of them. See zz. That was all."
    assert len(ttsslice.sentences(text)) == 5
    found = ttsslice.sentences(text, abbreviations=given)
    assert list(found.texts()) == ["A Qq. Moss said zz. 5 of them.", "See zz.", "That was all."]


@pytest.mark.parametrize(
    "given, what",
    [("one\ntwo sometimes", "line 2"), (["one", ("two", "sometimes")], "'sometimes'.*name are"),
     (["two words"], "'two words' is no abbreviation"), (["z. B."], "'z. B.' is no abbreviation"),
     ([("two words", "number")], "'two words'"), ([()], "no abbreviation"),
     (["a\nb"], "no abbreviation"), (["# a"], "no abbreviation"), ([""], "no abbreviation"),
     ("a\0b", "NUL"), (["a\0b"], "NUL")],
)
def test_bad_abbreviations(given, what):
    for function in (ttsslice.chunk, ttsslice.sentences, ttsslice.explain):
        with pytest.raises(ttsslice.ArgumentError, match=what):
            function("One.", abbreviations=given)


@pytest.mark.parametrize("given, what", [(5, "not int"), ([5], "not 5"), ([b"Qq"], "not b'Qq'"),
                                         ([("a", 1)], "not \\('a', 1\\)")])
def test_abbreviations_of_a_wrong_type(given, what):
    with pytest.raises(TypeError, match=what):
        ttsslice.sentences("One.", abbreviations=given)


def test_the_last_of_equal_abbreviations_counts():
    text = "See zz. Moss left."
    for given, count in ((["zz number", "Zz. always"], 1), (["Zz. always", "zz number"], 2)):
        assert len(ttsslice.sentences(text, abbreviations=given)) == count


def test_packing():
    text = "One two three. " * 9 + "Four."
    longest = {}
    for packing in ttsslice.Packing:
        found = ttsslice.chunk(text, 100, packing=packing)
        assert found == ttsslice.chunk(text, 100, packing=str(packing))
        assert len(found) == 2
        longest[packing.name] = max(c.characters for c in found)
    assert longest["GREEDY"] > longest["BALANCED"] <= longest["OPTIMAL"] <= longest["GREEDY"]
    with pytest.raises(ttsslice.ArgumentError, match="balanced"):
        ttsslice.chunk(text, packing="tight")


def test_language():
    text = "Ask Mrs. Moss."
    assert [len(ttsslice.sentences(text, each)) for each in (None, "en", "en-GB", "la")] == [
        1, 1, 1, 2]
    with pytest.raises(ttsslice.ArgumentError, match="language"):
        ttsslice.sentences(text, language="not a language")


def test_supported_languages():
    assert [ttsslice.language_supported(each) for each in ("en", "pt-BR", "xx", "", "english")] == [
        True, True, False, False, False]
    with pytest.raises(TypeError, match="language must be"):
        ttsslice.language_supported(None)


def test_explanations():
    text = "Żółw śpi.\nDr. Moss came.\n\nHe left!"
    found = ttsslice.explain(text)
    assert [(b.line, b.column, b.taken) for b in found] == [
        (1, 9, True), (2, 3, False), (2, 15, True), (4, 9, True)]
    doctor = found[1]
    assert doctor.rule == "abbreviation" and doctor.reason.endswith(".")
    assert text[doctor.char_mark] == "." and text[: doctor.char_end].endswith("Dr.")
    assert (doctor.before, doctor.after) == ("Żółw śpi. Dr.", "Moss came. He left!")
    assert str(doctor).startswith("2:3 goes on, abbreviation: Żółw śpi. Dr. _ Moss came.")
    assert str(found[-1]).startswith("4:9 ends, ") and "left! | " in str(found[-1])
    assert ttsslice.explain(text, abbreviations=["left", "came"])[0] == found[0]
    with pytest.raises(ttsslice.TextError):
        ttsslice.explain("ä\ud800")
    with pytest.raises(ttsslice.EmptyError):
        ttsslice.explain(" ")


def test_explanations_agree_with_the_sentences():
    taken = [b.end for b in ttsslice.explain(TEXT) if b.taken]
    ends = [c.end for c in ttsslice.sentences(TEXT)]
    assert taken == ends
