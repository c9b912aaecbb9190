# SPDX-License-Identifier: MIT
"""Counts which segmentation cases `ttsslice chunk --sentences` passes.

    segmentation_cases.py FILE.json... [--verbose] [--tool build/tools/ttsslice]

A file is a JSON array of {"text": ..., "sentences": [...], "language": ..., "rule": ...}, the last
two if wanted: a language is a code or an English name, English without one. A case passes when the
ends of the sentences, counted in characters that are not white space, are the expected ones; so
white space within or between the expected sentences does not matter. Each text is given to a
process of its own, as a script would, for what stands beside a text is no business of the splitter.
Exit status 0 if all pass, 1 if some fail.
"""
from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Iterable

ROOT = Path(__file__).resolve().parents[2]
CODES = {
    "amharic": "am", "arabic": "ar", "armenian": "hy", "bulgarian": "bg", "burmese": "my",
    "chinese": "zh", "czech": "cs", "danish": "da", "deutsch": "de", "dutch": "nl",
    "english": "en", "estonian": "et", "finnish": "fi", "french": "fr", "german": "de",
    "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "italian": "it",
    "japanese": "ja", "kazakh": "kk", "khmer": "km", "korean": "ko", "latvian": "lv",
    "lithuanian": "lt", "marathi": "mr", "norwegian": "nb", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "slovak": "sk", "slovenian": "sl",
    "spanish": "es", "swedish": "sv", "tamil": "ta", "telugu": "te", "thai": "th",
    "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
}


def ends(sentences: Iterable[str]) -> set[int]:
    """Characters that are not white space up to the end of each sentence."""
    found, count = set(), 0
    for sentence in sentences:
        count += len("".join(sentence.split()))
        found.add(count)
    return found


def split(tool: str, text: str, language: str) -> list[str]:
    """The sentences that the tool finds."""
    done = subprocess.run([tool, "chunk", "--sentences", "--json", "--language", language, "-"],
                          input=text, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"exit status {done.returncode}")
    return [json.loads(line)["text"] for line in done.stdout.splitlines()]


def compare(case: dict[str, Any], found: list[str]) -> None:
    """What went wrong with a case."""
    for label, sentences in (("expected", case["sentences"]), ("found", found)):
        print(f"    {label + ':':10}" + " | ".join(" ".join(each.split()) for each in sentences))


def run(path: Path, tool: str, verbose: bool) -> tuple[int, int]:
    """Prints the figures of a file; passed and all."""
    cases = json.loads(path.read_text(encoding="utf-8"))
    names = [case.get("language", "english") for case in cases]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(
            lambda i: split(tool, cases[i]["text"], CODES.get(names[i], names[i])),
            range(len(cases))))
    figures: dict[str, list[int]] = {}
    print(path)
    for number, (case, name, found) in enumerate(zip(cases, names, answers), 1):
        passed = ends(found) == ends(case["sentences"])
        figure = figures.setdefault(name, [0, 0])
        figure[0] += passed
        figure[1] += 1
        rule = f", rule {case['rule']}" if "rule" in case else ""
        print(f"  {'pass' if passed else 'FAIL'} {number} ({name}{rule})")
        if verbose and not passed:
            compare(case, found)
    for name, (good, count) in sorted(figures.items()):
        print(f"  {name:12} {good:4} of {count:4}")
    passed_all, count_all = (sum(figure[i] for figure in figures.values()) for i in (0, 1))
    print(f"  {'total':12} {passed_all:4} of {count_all:4}")
    return passed_all, count_all


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    parser.add_argument("--verbose", action="store_true", help="show what was expected and what was found")
    built = ROOT / "build" / "tools" / "ttsslice"
    parser.add_argument("--tool", default=str(built) if built.exists() else "ttsslice",
                        help="the program; default: the one in build/, else from PATH")
    arguments = parser.parse_args()
    results = [run(path, arguments.tool, arguments.verbose) for path in arguments.files]
    return 0 if all(passed == count for passed, count in results) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError, json.JSONDecodeError) as problem:
        sys.exit(f"segmentation_cases: {problem}")
