# SPDX-License-Identifier: MIT
"""What a verdict costs, beside what the usual front ends score with.

Ours is the whole of ttsslice_validate(): folding both sides, the alignment, the defects, the words.
The peers get texts that are folded already, and give one number. A chunk has 300 characters; in
"altered" 6 % of its words are other ones, which is where takes live that have to be judged.
"""
from __future__ import annotations

import difflib
import json
import random
import subprocess
import sys

from common import best, build_folder, need, report, table

need(apt=["python3-levenshtein"])
import Levenshtein  # noqa: E402

WORDS = """river lantern morning carried between shutters harbour whisper garden copper the of and
a in that was his it with for had not on at by which from this but have an they her him there all
one said letter stone window under after never against slowly ancient market thunder paper candle
bridge winter mother traveller evening silver promise mountain forgotten question answer voice""".split()
FIGURES = ["1984", "$3.50", "3:30 p.m.", "21st", "Dr. Moss", "45%", "12,500", "March 3, 1921",
           "caf\u00e9", "na\u00efve", "\u201cquite so\u201d", "don\u2019t", "Z\u00fcrich", "\u00a320"]
SAID = ["nineteen eighty four", "three dollars fifty", "three thirty p m", "twenty first",
        "doctor moss", "forty five percent", "twelve thousand five hundred",
        "march third nineteen twenty one", "caf\u00e9", "na\u00efve", "quite so", "don't",
        "z\u00fcrich", "twenty pounds"]


def prose(draw: random.Random, characters: int, figures: bool = False) -> tuple[list[str], list[str]]:
    """Words as they are written, and as they are said."""
    written: list[str] = []
    said: list[str] = []
    length = 0
    while length < characters - 8:
        if figures and draw.random() < 0.22:
            at = draw.randrange(len(FIGURES))
            written.append(FIGURES[at])
            said.append(SAID[at])
        else:
            written.append(draw.choice(WORDS))
            said.append(written[-1])
        if draw.random() < 0.1 and written[-1].isalpha():
            written[-1] += draw.choice([",", ".", ";"])
        length += len(written[-1]) + 1
    return written, said


def alter(draw: random.Random, said: list[str], share: float) -> list[str]:
    """Dropped, doubled and other words in equal parts."""
    out: list[str] = []
    for word in said:
        if draw.random() >= share:
            out.append(word)
        else:
            out.extend(draw.choice([[], [word, word], [draw.choice(WORDS)]]))
    return out


def measure(name: str, written: list[str], said: list[str]) -> dict[str, float]:
    folder = build_folder() / "bench-texts"
    folder.mkdir(exist_ok=True)
    text, heard = folder / f"{name}.txt", folder / f"{name}.heard.txt"
    text.write_text(" ".join(written), encoding="utf-8")
    heard.write_text(" ".join(said), encoding="utf-8")
    done = subprocess.run([build_folder() / "tests/bench/validate_timer", "score", text, heard],
                          check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def peers(a: str, b: str, repeats: int, slow: bool) -> dict[str, float]:
    """Microseconds of a score. `slow`: with difflib's heuristic off too, which is quadratic."""
    def per_call(work, rounds: int) -> float:
        return 1e6 / rounds * best(lambda: [work() for _ in range(rounds)])
    found = {
        "difflib": per_call(lambda: difflib.SequenceMatcher(None, a, b).ratio(), repeats),
        "levenshtein": per_call(lambda: Levenshtein.ratio(a, b), repeats),
    }
    if slow:
        found["difflib_exact"] = per_call(
            lambda: difflib.SequenceMatcher(None, a, b, autojunk=False).ratio(), max(1, repeats // 8))
    return found


def recogniser() -> float:
    """Seconds of speech for a second of one core."""
    draw = random.Random(5)
    takes = build_folder() / "bench-texts" / "takes.txt"
    takes.write_text("\n".join(" ".join(prose(draw, 300)[0]) for _ in range(6)), encoding="utf-8")
    done = subprocess.run([build_folder() / "tests/bench/validate_timer", "sphinx", takes],
                          capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
        return 0.0
    figures = json.loads(done.stdout)
    return figures["speech_s"] / figures["recognise_s"]


def main() -> None:
    draw = random.Random(1)
    ascii_written, ascii_said = prose(draw, 300)
    mixed_written, mixed_said = prose(draw, 300, figures=True)
    long_written, long_said = prose(draw, 20000)
    other = prose(draw, 300)[1]
    cases = {
        "ascii_300_equal": (ascii_written, ascii_said, 200),
        "ascii_300": (ascii_written, alter(draw, ascii_said, 0.06), 200),
        "ascii_300_bad": (ascii_written, alter(draw, ascii_said, 0.4), 200),
        "ascii_300_unrelated": (ascii_written, other, 200),
        "mixed_300_equal": (mixed_written, mixed_said, 200),
        "mixed_300": (mixed_written, alter(draw, mixed_said, 0.06), 200),
        "ascii_20000": (long_written, alter(draw, long_said, 0.06), 1),
        "ascii_20000_bad": (long_written, alter(draw, long_said, 0.4), 1),
    }
    values: dict[str, float] = {}
    rows = []
    for name, (written, said, repeats) in cases.items():
        ours = measure(name, written, said)
        long = name.startswith("ascii_20000")
        theirs = peers(" ".join(written).lower(), " ".join(said).lower(), repeats, not long)
        values[f"{name}_us"] = ours["text_us"]
        values[f"{name}_words_us"] = ours["words_us"]
        for peer, took in theirs.items():
            values[f"{peer}_{name}_us"] = took
        rows.append([name, *(f"{x:.1f}" for x in (ours["text_us"], ours["words_us"], theirs["difflib"])),
                     f"{theirs['difflib_exact']:.1f}" if not long else "(seconds)",
                     f"{theirs['levenshtein']:.1f}", f"{ours['score']:.1f}"])
    realtime = recogniser()
    values["sphinx_x_realtime"] = realtime
    table(["\u00b5s for one take", "ours", "with times", "difflib", "autojunk off", "Levenshtein",
           "score"], rows)
    print(f"recogniser: {realtime:.1f} times real time on one core")
    report("validate", {
        "vs_difflib_300": values["difflib_ascii_300_us"] / values["ascii_300_us"],
        "vs_difflib_exact_300": values["difflib_exact_ascii_300_us"] / values["ascii_300_us"],
        "vs_levenshtein_300": values["levenshtein_ascii_300_us"] / values["ascii_300_us"],
        "vs_difflib_mixed_300": values["difflib_mixed_300_us"] / values["mixed_300_us"],
        "vs_difflib_20000": values["difflib_ascii_20000_us"] / values["ascii_20000_us"],
        "vs_levenshtein_20000": values["levenshtein_ascii_20000_us"] / values["ascii_20000_us"],
        "sphinx_x_realtime": realtime,
    }, values)


if __name__ == "__main__":
    main()
