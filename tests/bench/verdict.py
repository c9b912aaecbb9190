# SPDX-License-Identifier: MIT
"""How many planted defects the verdict finds, and how many clean takes it rejects.

Chunks of four kinds of text (prose.py, corpora.py, and docs/examples/chapter.txt), each spoken by four flite voices, half of
the takes damaged the way `--defect-rate` does it; sphinx listens, the default rule judges. Planted
runs of two words are listed apart from longer ones. "plain rule" is what the same take scores
against the usual threshold of 85.

TTSSLICE_BENCH_CHUNKS (400), TTSSLICE_BENCH_SEED (1), TTSSLICE_BENCH_CORPUS (prose talk almanac essay) and
TTSSLICE_BENCH_VOICES (slt rms awb kal16) change what is spoken.
"""
from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter

from common import ROOT, build_folder, report, table
from corpora import CORPORA

KINDS = {"dropped": "missing", "cut off": "tail", "repeated": "repeated", "added": "foreign",
         "replaced": "garbled"}
NAMED = {"missing": {"missing", "truncated"}, "tail": {"truncated", "missing"},
         "repeated": {"repeated"}, "foreign": {"extra"}, "garbled": {"garbled", "extra", "missing"}}
RATE = 0.5


def chunks(count: int, seed: int, corpora: list[str]) -> list[str]:
    done = subprocess.run([build_folder() / "tools/ttsslice", "chunk",
                           ROOT / "docs/examples/chapter.txt"],
                          check=True, capture_output=True, text=True)
    texts = []
    if "prose" in corpora:
        texts = [" ".join(json.loads(line)["text"].split()) for line in done.stdout.splitlines()]
    writers = [CORPORA[name](seed) for name in corpora]
    while len(texts) < count:
        texts.append(writers[len(texts) % len(writers)].chunk(60, 290))
    return texts[:count]


def listen(voices: list[str], texts: list[str], seed: int) -> dict[str, list[dict]]:
    """All voices at once; each is a process, as flite is for one thread alone."""
    lines = build_folder() / f"takes.{os.getpid()}.txt"
    lines.write_text("\n".join(texts) + "\n", encoding="utf-8")
    program = build_folder() / "tests/bench/verdict_taker"
    started = {}
    for voice in voices:
        with open(lines, "rb") as said, open(build_folder() / f"takes.{os.getpid()}.{voice}.jsonl", "wb") as out:
            started[voice] = subprocess.Popen([program, voice, str(RATE), str(seed)],
                                              stdin=said, stdout=out)
    found = {}
    for voice, process in started.items():
        if process.wait() != 0:
            sys.exit(f"the takes of {voice} failed")
        takes = (build_folder() / f"takes.{os.getpid()}.{voice}.jsonl").read_text(encoding="utf-8")
        found[voice] = [json.loads(line) for line in takes.splitlines()]
    return found


def planted(injected: str) -> tuple[str, int]:
    """Kind, and how many words it concerns."""
    label, _, rest = injected.partition(":")
    return KINDS[label], len(rest.split('"')[1].split())


def count(found: dict[str, list[dict]]) -> tuple[Counter, Counter, Counter, list[str]]:
    total, hit, plain, wrong = Counter(), Counter(), Counter(), []
    for voice, takes in found.items():
        for take in takes:
            verdict = take["verdict"]
            rejected, below = not verdict["passed"], verdict["score"] < verdict["threshold"]
            if take["injected"]:
                kind, words = planted(take["injected"])
                keys = [(kind, "2" if words < 3 else "3+")]
                named = any(d["kind"] in NAMED[kind] and d["over_limit"] for d in verdict["defects"])
                hit[kind, "named"] += rejected and named and words >= 3
                good = rejected
            else:
                keys = [("clean", voice)]
                good = not rejected
            for key in keys:
                total[key] += 1
                hit[key] += rejected
                plain[key] += below
            if not good:
                wrong.append(f"{voice}: {take['injected'] or 'clean'}\n    text   {take['text']}\n"
                             f"    heard  {verdict['transcript']}\n    "
                             + "; ".join(d["message"] for d in verdict["defects"]))
    return total, hit, plain, wrong


def main() -> None:
    size = int(os.environ.get("TTSSLICE_BENCH_CHUNKS", "400"))
    seed = int(os.environ.get("TTSSLICE_BENCH_SEED", "1"))
    voices = os.environ.get("TTSSLICE_BENCH_VOICES", "slt rms awb kal16").split()
    if not (build_folder() / "tests/bench/verdict_taker").exists():
        sys.exit("this build has no flite or no sphinx; run ./dev setup")
    corpora = os.environ.get("TTSSLICE_BENCH_CORPUS", " ".join(CORPORA)).split()
    found = listen(voices, chunks(size, seed, corpora), seed)
    total, hit, plain, wrong = count(found)
    for line in wrong:
        print(line)
    rows, ratios, values = [], {}, {}
    for kind in KINDS.values():
        for size_name in ("3+", "2"):
            key = (kind, size_name)
            if total[key]:
                share = hit[key] / total[key]
                rows.append([f"{kind}, {size_name} words", f"{hit[key]} / {total[key]}",
                             f"{100 * share:.1f} %", f"{100 * plain[key] / total[key]:.1f} %",
                             f"{hit[kind, 'named']}" if size_name == "3+" else ""])
                ratios[f"found_{kind}" + ("" if size_name == "3+" else "_2")] = share
                values[f"planted_{kind}" + ("" if size_name == "3+" else "_2")] = total[key]
    table(["planted", "found", "", "plain rule", "named so"], rows)
    print()
    rows = []
    for voice in voices:
        key = ("clean", voice)
        share = hit[key] / total[key] if total[key] else 0.0
        rows.append([voice, f"{hit[key]} / {total[key]}", f"{100 * share:.1f} %"])
        ratios[f"rejected_{voice}"] = share
        values[f"clean_{voice}"] = total[key]
    table(["clean takes", "rejected", ""], rows)
    report("verdict", ratios, values)


if __name__ == "__main__":
    main()
