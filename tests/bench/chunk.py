# SPDX-License-Identifier: MIT
"""./dev bench chunk: speed and quality of the sentence splitter beside its usual peers.

The texts are made from data/english.txt and data/chinese.txt, one sentence a line, what belongs
together without a blank line: such groups are shuffled into paragraphs by a fixed seed until there
are 4 MB. So it is known where sentences end, and no paragraph comes twice. The samples hold narrative
full of dialogue and abbreviations, and plain description; a sentence has about 85 bytes on average.

Speed is that of the fastest of some rounds, in each of which every splitter has its turn. Quality
is the share of chunks of at most 300 characters that end inside a sentence; the peers' sentences
are packed greedily. What not even the true sentence ends could avoid, those longer than a chunk, is
in the line "true ends".
"""
from __future__ import annotations

import json
import random
import re
import subprocess
import time
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path
from typing import Callable, Iterable, Sequence

import common

MEGABYTE = 1 << 20
ROUNDS = 5
LIMIT = 300
DATA = Path(__file__).parent / "data"
PUNKT = Path("/usr/share/gocode/src/gopkg.in/neurosnap/sentences.v1/data/english.json")

Splitter = Callable[[Path, str], "tuple[float, list[int]]"]  # seconds, bytes behind the sentences


class Sample:
    """4 MB of text in a file, its first quarter in another, and where its sentences end."""

    def __init__(self, language: str, source: str, space: str, folder: Path) -> None:
        groups = [group.split("\n") for group in
                  (DATA / source).read_text(encoding="utf-8").strip().split("\n\n")]
        draw = random.Random(1)
        parts: list[bytes] = []
        self.ends: list[int] = []
        size = quarter = 0
        while size < 4 * MEGABYTE:
            sentences = [each for group in draw.sample(groups, draw.randint(2, 12))
                         for each in group]
            for i, sentence in enumerate(sentences):
                last = i + 1 == len(sentences)
                data = sentence.encode()
                self.ends.append(size + len(data))
                data += b"\n\n" if last else space.encode()
                parts.append(data)
                size += len(data)
            if size < MEGABYTE:
                quarter = size
        self.language, self.size, self.quarter_size = language, size, quarter
        self.data = b"".join(parts)
        self.whole, self.quarter = folder / f"{language}.txt", folder / f"{language}-quarter.txt"
        self.whole.write_bytes(self.data)
        self.quarter.write_bytes(self.data[:quarter])


# --- the splitters ---------------------------------------------------------------------------


def program(path: Path, *mode: str) -> Splitter:
    """One of the programs beside this file; they print what a Splitter returns."""

    def split(text: Path, language: str) -> tuple[float, list[int]]:
        done = subprocess.run([path, language, text, "5", *mode], check=True, capture_output=True)
        seconds, *ends = done.stdout.split()
        return float(seconds), [int(end) for end in ends]

    return split


def build_icu(folder: Path) -> Path:
    """The program around ICU's iterator."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "icu-uc"], check=True,
                           capture_output=True, text=True).stdout.split()
    source = Path(__file__).parent / "chunk_icu.c"
    subprocess.run(["cc", "-O3", "-o", folder / "chunk_icu", source, *flags], check=True)
    return folder / "chunk_icu"


def in_python(find: Callable[[str], Sequence[int]]) -> Splitter:
    """A splitter that gives the characters behind the sentences of a str."""

    def split(path: Path, language: str) -> tuple[float, list[int]]:
        text = path.read_text(encoding="utf-8")
        began = time.process_time()
        found = find(text)
        seconds = time.process_time() - began
        ends, at, size = [], 0, 0
        for end in found:
            size += len(text[at:end].encode())
            at = end
            ends.append(size)
        return seconds, ends

    return split


def by_regex() -> Splitter:
    """The splitter that everybody writes first."""
    gap = re.compile(r"(?<=[.!?])\s+")
    return in_python(lambda text: [match.start() for match in gap.finditer(text)])


def by_punkt() -> Splitter:
    """NLTK's Punkt with its English parameters, which Debian packages in the port to Go."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    trained = json.loads(PUNKT.read_text(encoding="utf-8"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(trained["AbbrevTypes"])
    parameters.collocations = {tuple(pair.split(",", 1)) for pair in trained["Collocations"]}
    parameters.sent_starters = set(trained["SentStarters"])
    parameters.ortho_context.update(trained["OrthoContext"])
    tokenizer = PunktSentenceTokenizer(parameters)
    return in_python(lambda text: [end for _, end in tokenizer.span_tokenize(text)])


# --- quality ----------------------------------------------------------------------------------


class Judge:
    """Knows the true ends of the sample's first quarter, and the characters before each byte."""

    def __init__(self, sample: Sample) -> None:
        self.data = sample.data[: sample.quarter_size]
        self.truth = [end for end in sample.ends if end <= sample.quarter_size]
        self.paragraphs = {match.start() for match in re.finditer(rb"\n\n", self.data)}
        self.before = list(accumulate((byte & 0xC0 != 0x80 for byte in self.data), initial=0))

    def trimmed(self, ends: Iterable[int]) -> list[int]:
        """The same without white space before them, and with those of all paragraphs."""
        found = set(self.paragraphs)
        for end in ends:
            while end and self.data[end - 1] in b" \n":
                end -= 1
            found.add(end)
        return sorted(found)

    def packed(self, ends: Iterable[int]) -> list[int]:
        """Ends of chunks that take as many sentences as fit; a longer one is cut at the limit."""
        chunks: list[int] = []
        start = last = 0
        for end in self.trimmed(ends):
            while self.before[end] - self.before[start] > LIMIT:
                if last <= start:
                    last = bisect_right(self.before, self.before[start] + LIMIT) - 1
                chunks.append(last)
                start = self.skip(last)
            last = end
            if end in self.paragraphs:
                chunks.append(end)
                start = self.skip(end)
        return chunks

    def skip(self, at: int) -> int:
        """Behind white space."""
        while at < len(self.data) and self.data[at] in b" \n":
            at += 1
        return at

    def inside(self, chunk_ends: Sequence[int]) -> float:
        """Per cent of chunk ends that tear a sentence."""
        truth = set(self.truth)
        return 100 * sum(end not in truth for end in chunk_ends) / len(chunk_ends)

    def precision_recall(self, ends: Iterable[int]) -> tuple[float, float]:
        """In per cent, over the ends inside paragraphs."""
        truth = set(self.truth) - self.paragraphs
        found = set(self.trimmed(ends)) - self.paragraphs
        right = len(truth & found)
        return 100 * right / max(len(found), 1), 100 * right / len(truth)


# --- the benchmark ----------------------------------------------------------------------------


def measure(sample: Sample, splitters: dict[str, Splitter],
            values: dict[str, float]) -> dict[str, float]:
    """Prints the table of one language; seconds by splitter, and " quarter" for the quarter."""
    seconds: dict[str, float] = {}
    ends: dict[str, list[int]] = {}
    for _ in range(ROUNDS):
        for name, split in splitters.items():
            for what, path in ((name, sample.whole), (f"{name} quarter", sample.quarter)):
                took, ends[what] = split(path, sample.language)
                seconds[what] = min(took, seconds.get(what, took))
    judge = Judge(sample)
    rows: list[Sequence[object]] = []
    for name in splitters:
        found = ends[f"{name} quarter"]
        chunks = found if name == "ttsslice chunk" else judge.packed(found)
        rate = sample.size / seconds[name] / 1e6
        inside = judge.inside(chunks)
        key = f"{sample.language}_{name.replace(' ', '_')}"
        values[f"{key}_mb_s"], values[f"{key}_inside_percent"] = rate, inside
        quality = ["", ""]
        if name != "ttsslice chunk":
            precision, recall = judge.precision_recall(found)
            values[f"{key}_precision"], values[f"{key}_recall"] = precision, recall
            quality = [f"{precision:.1f}", f"{recall:.1f}"]
        rows.append([name, f"{rate:.1f}", f"{inside:.2f}", *quality])
    floor = judge.inside(judge.packed(judge.truth))
    values[f"{sample.language}_floor_inside_percent"] = floor
    rows.append(["true ends", "", f"{floor:.2f}", "100.0", "100.0"])
    common.table([f"{sample.language}, {sample.size / MEGABYTE:.1f} MB", "MB/s",
                  "chunk ends inside, %", "precision, %", "recall, %"], rows)
    print()
    return seconds


def main() -> None:
    common.need(apt=["libicu-dev", "python3-nltk", "golang-gopkg-neurosnap-sentences.v1-dev"])
    folder = common.build_folder() / "bench-chunk"
    folder.mkdir(exist_ok=True)
    ours = common.build_folder() / "tests" / "bench" / "chunk_ttsslice"
    splitters = {
        "ttsslice": program(ours),
        "ttsslice chunk": program(ours, "chunk"),
        "icu": program(build_icu(folder)),
        "punkt": by_punkt(),
        "regex": by_regex(),
    }
    values: dict[str, float] = {}
    english = measure(Sample("en", "english.txt", " ", folder), splitters, values)
    del splitters["punkt"]  # it has no parameters for Chinese
    chinese = measure(Sample("zh", "chinese.txt", "", folder), splitters, values)
    growth = {f"{language}{mode}": seconds[f"ttsslice{mode}"] / seconds[f"ttsslice{mode} quarter"]
              for language, seconds in (("en", english), ("zh", chinese))
              for mode in ("", " chunk")}
    print("time for 4 MB over time for 1 MB: "
          + ", ".join(f"{name} {ratio:.2f}" for name, ratio in growth.items()))
    common.report("chunk", {
        "en_vs_icu": english["icu"] / english["ttsslice"],
        "zh_vs_icu": chinese["icu"] / chinese["ttsslice"],
        "linear": max(growth.values()),
        "en_vs_punkt": english["punkt"] / english["ttsslice"],
        "en_chunk_vs_icu": english["icu"] / english["ttsslice chunk"],
        "zh_chunk_vs_icu": chinese["icu"] / chinese["ttsslice chunk"],
    }, values)


if __name__ == "__main__":
    main()
