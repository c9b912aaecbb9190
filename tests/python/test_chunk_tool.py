# SPDX-License-Identifier: MIT
"""`ttsslice chunk`: what scripts read from it, and what people see."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ttsslice

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("TTSSLICE_BUILD", ROOT / "build"))
TOOL = BUILD / "tools" / "ttsslice"
TEXT = "Żółw śpi.  Dr. Moss\r\ncame at 6 p.m. He left!\n\n“二つ目の文。”終わり。"


def run(*arguments, text=TEXT, status=0):
    """Standard output; standard error where something is to go wrong."""
    data = text.encode() if isinstance(text, str) else text
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TTSSLICE_")}
    done = subprocess.run([TOOL, "chunk", *arguments], input=data, capture_output=True,
                          env=environment, timeout=60)
    assert done.returncode == status, done.stderr.decode()
    assert (done.stdout if status else done.stderr) == b""
    return (done.stderr if status else done.stdout).decode()


def records(*arguments, text=TEXT):
    return [json.loads(line) for line in run(*arguments, text=text).splitlines()]


def test_pauses():
    found = records("--pauses", "-", text="Rain fell. [pause 500ms] It was late.")
    assert [each.get("pause_ms") for each in found] == [None, 500, None]
    assert len(records("-", text="Rain fell. [pause 500ms] It was late.")) == 1
    assert "at byte 5 cannot be read" in run("--pauses", "-", text="Rain [pause 5]", status=3)


@pytest.mark.parametrize("json_flag", [[], ["--json"]])
def test_sentences_are_json_lines_with_bytes(json_flag):
    found = records("--sentences", *json_flag, "-")
    expected = ttsslice.sentences(TEXT)
    assert [each["text"] for each in found] == [c.text for c in expected]
    assert [(e["start"], e["length"], e["characters"], e["break"]) for e in found] == [
        (c.start, c.length, c.characters, str(c.break_after)) for c in expected]
    assert [each["index"] for each in found] == list(range(len(found))) and len(found) >= 4


def test_chunks_take_the_options(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("One two three. Four five six.")
    chunks = records("--max", "9", "--min-merge", "0", str(path))
    assert [each["text"] for each in chunks] == [
        c.text for c in ttsslice.chunk(path.read_text(), 9, 0)]
    assert all(each["characters"] <= 9 for each in chunks) and len(chunks) > 3
    assert len(records("--max", "40", str(path))) == 1


def test_packing_is_an_option():
    text = "One two three. " * 9 + "Four."
    for packing in ttsslice.Packing:
        found = records("--max", "100", "--packing", str(packing), "-", text=text)
        assert [e["text"] for e in found] == list(
            ttsslice.chunk(text, 100, packing=packing).texts())
    assert "optimal, greedy or balanced" in run("--packing", "tight", "-", status=2)


def test_language_is_an_option():
    text = "Ask Mrs. Moss."
    for language, count in (("en", 1), ("la", 2)):
        assert len(records("--sentences", "--quiet", "--language", language, "-",
                           text=text)) == count
    assert len(records("--sentences", "-", text=text)) == 1
    message = run("--language", "not a language", "-", status=2)
    assert "language" in message and message.count("\n") == 1


def test_a_language_without_data_is_told_of():
    done = subprocess.run([TOOL, "chunk", "--language", "xx", "-"], input=b"One. Two.",
                          capture_output=True, timeout=60)
    assert done.returncode == 0 and b"One. Two." in done.stdout
    assert b'"xx"' in done.stderr and done.stderr.count(b"\n") == 1


def test_text_for_reading():
    assert run("--text", "--sentences", "-", text="One.  Two\nlines.\n\n\x1b Three.\n") == (
        "One.\nTwo lines.\n\nThree.\n")
    assert "not both" in run("--text", "--json", "-", status=2)


def test_abbreviations_come_from_a_file(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("qq.   # of somebody\n\nzz number\n")
    text = "A Qq. Moss said zz. 5 of them. See zz. That was all."
    found = records("--sentences", "--abbreviations", str(path), "-", text=text)
    assert [each["text"] for each in found] == [
        "A Qq. Moss said zz. 5 of them.", "See zz.", "That was all."]
    assert len(records("--sentences", "-", text=text)) == 5


@pytest.mark.parametrize(
    "content, message",
    [(b"one\ntwo sometimes\n", "line 2"), (b"\n\na\0b", "line 3"), (b"a\n\xff", "line 2"),
     (None, "cannot read")],
)
def test_bad_abbreviations_name_file_and_line(tmp_path, content, message):
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    said = run("--abbreviations", str(path), "-", status=3)
    assert str(path) in said and message in said and said.count("\n") == 1


def test_abbreviations_are_no_standard_input():
    assert "standard input" in run("--abbreviations", "-", "-", status=2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le",
                                      "utf-32be"])
@pytest.mark.parametrize("text", ["It went out.", "Это он. И она."])
def test_wide_text_is_named(tmp_path, encoding, text):
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode(encoding))
    said = run(str(path), status=3)
    name = re.search(r"iconv -f (\S+) -t UTF-8 (\S+)\n$", said)
    assert name[1].lower() == encoding and name[2] == str(path)


@pytest.mark.parametrize("mode", [[], ["--sentences"], ["--explain"]])
@pytest.mark.parametrize(
    "text, message",
    [(b"ab\0c", "byte 2"), (b"abc\xff", "byte 3"), (b"", "nothing to speak"),
     (b" \n", "nothing to speak")],
)
def test_bad_text(mode, text, message):
    said = run(*mode, "-", text=text, status=3)
    assert message in said and said.count("\n") == 1


def test_bad_use(tmp_path):
    assert "cannot read" in run(str(tmp_path / "none.txt"), status=3)
    assert "one text file" in run(status=2)
    assert "one text file" in run("a", "b", status=2)
    assert "--max" in run("--max", "0", "-", status=2)
    assert "--min-merge must be at most --max" in run("--max", "5", "--min-merge", "6", "-",
                                                      status=2)
    assert "no option --sentence" in run("--sentence", "-", status=2)


@pytest.mark.parametrize("mode", ["--sentences", "--explain"])
@pytest.mark.parametrize("option", [("--max", "50"), ("--min-merge", "5"), ("--packing", "greedy")])
def test_what_has_no_effect_is_bad_use(mode, option, monkeypatch):
    assert option[0] in run(mode, *option, "-", status=2)
    name = "TTSSLICE_" + option[0].strip("-").replace("-", "_").upper()
    environment = {**os.environ, name: option[1]}
    done = subprocess.run([TOOL, "chunk", mode, "-"], input=b"One. Two.", capture_output=True,
                          env=environment, timeout=60)
    assert done.returncode == 0 and done.stdout, "the environment serves all commands"


def test_explanations_have_one_form_for_reading():
    assert "--explain" in run("--explain", "--text", "-", status=2)


def shell(command, text="One. Two."):
    return subprocess.run(["sh", "-c", command, "sh", TOOL], input=text.encode(),
                          capture_output=True, timeout=60)


@pytest.mark.parametrize("arguments", ["chunk -", "chunk --explain -", "chunk --help", "--version",
                                       "--help", "doctor"])
@pytest.mark.parametrize("output", [">&-", "1</dev/null", ">/dev/full"])
def test_output_does_not_vanish(arguments, output):
    done = shell(f'"$1" {arguments} {output}')
    assert done.returncode == 3 and b"standard output" in done.stderr


def test_a_missing_input_is_not_an_empty_one():
    done = shell('"$1" chunk - <&-')
    assert done.returncode == 3 and b"cannot read standard input" in done.stderr


def test_explanations_are_lines_in_columns():
    lines = run("--explain", "-").splitlines()
    assert len(lines) == len(ttsslice.explain(TEXT)) >= 6
    doctor = next(line for line in lines if "Dr.   Moss came" in line)
    assert doctor.startswith("1:14") and " goes on " in doctor and " abbreviation " in doctor
    left = next(line for line in lines if "He left! | " in line)
    assert left.startswith("2:24") and " ends " in left
    latin = [line for line in lines if line[0] in "12"]
    assert len({line.index("! | " if "! | " in line else ".   ") for line in latin[1:3]}) == 1


def test_explanations_of_wrapped_lines_stay_in_their_columns():
    lines = run("--explain", "-", text="\n".join("abcdefgh") * 9 + ". Yes. No.").splitlines()
    assert len({line.index(" | ") for line in lines}) == 1 and len(lines) == 3


def test_explanations_for_scripts():
    found = records("--explain", "--json", "-")
    expected = ttsslice.explain(TEXT)
    assert [(e["mark"], e["end"], e["taken"], e["rule"], e["reason"]) for e in found] == [
        (b.mark, b.end, b.taken, b.rule, b.reason) for b in expected]
    assert [(e["line"], e["column"]) for e in found] == [(b.line, b.column) for b in expected]
    for e, b in zip(found, expected):
        assert e["before"] and b.before.endswith(e["before"]) and b.after.startswith(e["after"])
    assert found[1]["before"].endswith("Dr.") and found[1]["after"].startswith("Moss came at")


def test_explanations_of_strange_text():
    """Control characters, marks without width and lines without end do no harm."""
    text = "a" + "\u0301" * 5000 + ". \x1b[2JB. " + "x" * 5000 + ".\u2028\r\rC?"
    lines = run("--explain", "-", text=text).splitlines()
    assert len(lines) == len(ttsslice.explain(text))
    assert "\x1b" not in "".join(lines)
    assert all(len(line) < 400 for line in lines)


def test_a_reader_may_leave():
    for mode in ("--sentences", "--explain"):
        with subprocess.Popen([TOOL, "chunk", mode, "-"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            process.stdin.write(b"One. " * 20000)
            process.stdin.close()
            assert process.wait(60) in (0, -13) and process.stderr.read() == b""


def test_the_runner_for_cases(tmp_path):
    def cases(*given):
        path = tmp_path / "cases.json"
        path.write_text(json.dumps(given))
        done = subprocess.run(
            [sys.executable, ROOT / "tests" / "bench" / "segmentation_cases.py", path,
             "--verbose", "--tool", TOOL], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout

    good = {"text": "One.  Two.", "sentences": ["One.", "Two."]}
    bad = {"text": "One. Two.", "sentences": ["One. Two."], "language": "danish", "rule": 7}
    status, said = cases(good, bad)
    assert status == 1 and "pass 1 (english)" in said and "FAIL 2 (danish, rule 7)" in said
    assert "expected: One. Two.\n" in said and "found:    One. | Two.\n" in said
    assert ["total", "1", "of", "2"] in [line.split() for line in said.splitlines()]
    assert cases(good)[0] == 0
