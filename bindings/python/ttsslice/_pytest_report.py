# SPDX-License-Identifier: MIT
"""What the pytest plugin tells: a table on the terminal, and a page that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import Any

from ttsslice.result import ChunkResult, Result

COLUMNS = ("plan", "renders", "chunks", "takes", "not passed", "failed", "score", "audio", "time")


def render_record(plan: str, result: Result, seconds: float) -> dict[str, Any]:
    """One render as plain values, which travel between processes."""
    return {
        "plan": plan,
        "seconds": seconds,
        "audio_s": result.timeline.duration_s if result.timeline else 0.0,
        "chunks": [_chunk_record(each) for each in result.chunks],
    }


def _chunk_record(chunk: ChunkResult) -> dict[str, Any]:
    take = chunk.take
    verdict = take.verdict if take else None
    defects = verdict.defects if verdict else ()
    return {
        "text": chunk.text,
        "status": "failed" if chunk.code else "passed" if chunk.passed else "not passed",
        "score": chunk.score,
        "takes": len(chunk.candidates),
        "error": chunk.error,
        "defects": [each.message for each in defects if each.over_limit],
    }


def _totals(tests: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    plans: dict[str, dict[str, Any]] = {}
    for render in (each for test in tests for each in test["renders"]):
        sums = plans.setdefault(render["plan"], {
            "renders": 0, "chunks": 0, "takes": 0, "not passed": 0, "failed": 0, "scores": [],
            "audio_s": 0.0, "seconds": 0.0,
        })
        sums["renders"] += 1
        sums["audio_s"] += render["audio_s"]
        sums["seconds"] += render["seconds"]
        for chunk in render["chunks"]:
            sums["chunks"] += 1
            sums["takes"] += chunk["takes"]
            sums["not passed"] += chunk["status"] == "not passed"
            sums["failed"] += chunk["status"] == "failed"
            sums["scores"] += [] if chunk["score"] is None else [chunk["score"]]
    return dict(sorted(plans.items()))


def _rows(tests: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    rows = []
    for plan, sums in _totals(tests).items():
        scores = sums["scores"]
        mean = f"{sum(scores) / len(scores):.1f}" if scores else "-"
        counts = [str(sums[name]) for name in COLUMNS[1:6]]
        rows.append((plan, *counts, mean, f"{sums['audio_s']:.1f} s", f"{sums['seconds']:.1f} s"))
    return rows


def summary_lines(tests: list[dict[str, Any]]) -> list[str]:
    """The table of the plans."""
    rows = [COLUMNS, *_rows(tests)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    return [
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in
                                              zip(row[1:], widths[1:]))])
        for row in rows
    ]


# --- the page -----------------------------------------------------------------------------------

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f4b; --bad: #b3261e; --dim: #6b7280 }
@media (prefers-color-scheme: dark) { :root { --good: #57c98a; --bad: #ff8a80; --dim: #9aa3af } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: right;
  vertical-align: top }
th:first-child, td:first-child, .text { text-align: left }
th { font-weight: 600 }
.passed { color: var(--good) } .failed, .bad { color: var(--bad) } .dim { color: var(--dim) }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .5rem .8rem }
summary { cursor: pointer; overflow-wrap: anywhere }
pre { overflow: auto; background: #8881; padding: .8rem; border-radius: 6px }
.wide { overflow-x: auto }
"""


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Cells are HTML."""
    heads = "".join(f"<th scope=col>{escape(each)}" for each in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows)
    return f"<div class=wide><table><thead><tr>{heads}<tbody>{body}</table></div>"


def _chunk_row(index: int, chunk: dict[str, Any]) -> tuple[str, ...]:
    wrong = [*chunk["defects"], *([chunk["error"]] if chunk["error"] else [])]
    notes = "".join(f"<br><span class=bad>{escape(each)}</span>" for each in wrong)
    good = "passed" if chunk["status"] == "passed" else "bad"
    score = "-" if chunk["score"] is None else f"{chunk['score']:.1f}"
    return (
        f"<div class=text>{index}. {escape(chunk['text'])}{notes}</div>",
        f"<span class={good}>{chunk['status']}</span>",
        score,
        str(chunk["takes"]),
    )


def _test_part(test: dict[str, Any]) -> str:
    parts = []
    for render in test["renders"]:
        rows = [_chunk_row(i, chunk) for i, chunk in enumerate(render["chunks"])]
        parts.append(
            f"<p>{escape(render['plan'])} <span class=dim>{render['audio_s']:.1f} s of audio in "
            f"{render['seconds']:.1f} s</span></p>"
            + _table(("chunk", "verdict", "score", "takes"), rows)
        )
    message = f"<pre>{escape(test['message'])}</pre>" if test["message"] else ""
    opened = "" if test["outcome"] == "passed" else " open"
    outcome = escape(test["outcome"])
    return (
        f"<details{opened}><summary><b class={outcome}>{outcome}</b> {escape(test['test'])}"
        f"</summary>{message}{''.join(parts)}</details>"
    )


def html_report(tests: list[dict[str, Any]]) -> str:
    """The whole page: totals, and every test with its renders and their chunks."""
    passed = sum(test["outcome"] == "passed" for test in tests)
    rows = [tuple(escape(cell) for cell in row) for row in _rows(tests)]
    body = "".join(map(_test_part, tests)) or "<p>No test rendered anything.</p>"
    return (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width, initial-scale=1'>"
        f"<title>Speech tests</title><style>{_STYLE}</style><h1>Speech, plan by plan</h1>"
        f"<p>{passed} of {len(tests)} tests passed.</p>{_table(COLUMNS, rows)}<h2>Tests</h2>{body}"
        "</html>\n"
    )
