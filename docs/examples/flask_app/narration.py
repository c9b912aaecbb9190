# SPDX-License-Identifier: MIT
"""One narration of the web page: a run in a thread, and the news of it for whoever listens."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ttsslice

PEAKS_PER_S = 20  # columns of the waveform
HEARTBEAT_S = 15.0  # between comments that keep a quiet connection open


class Narration:
    """A text on its way to speech. `news()` tells everything from the beginning, then what comes."""

    def __init__(self, text: str, plan: str, options: dict[str, Any]) -> None:
        self.text, self.plan, self.options = text, plan, options
        self._folder = tempfile.TemporaryDirectory(prefix="narration-")
        self.path = Path(self._folder.name) / "narration.wav"
        self.takes: dict[int, ttsslice.Take] = {}
        self.tries: dict[int, int] = {}  # by chunk: how often it was made again
        self.state = "waiting"
        trace = Path(self._folder.name) / "trace.jsonl"
        self._trace = Trace(trace)
        self._news: list[tuple[str, dict[str, Any]]] = []
        self._changed = threading.Condition()  # guards what is above
        self._joining = threading.Lock()  # one file, joined by one thread at a time
        self.run = ttsslice.Run(
            text, plan=plan, progress=self._progress, schedule={"trace": trace}, **options
        )
        self._began = time.monotonic()
        chunks = [{"index": each.index, "text": each.text} for each in self.run.chunks]
        self._tell("begin", {"plan": plan, "chunks": chunks})

    # --- news ------------------------------------------------------------------------------------

    def _tell(self, event: str, data: dict[str, Any]) -> None:
        with self._changed:
            self._news.append((event, data))
            self._changed.notify_all()

    def news(self, after: int = 0) -> Iterator[str]:
        """Server-sent events, numbered from 1, behind number `after`; without end."""
        while True:
            with self._changed:
                if after >= len(self._news):
                    self._changed.wait(HEARTBEAT_S)
                fresh = self._news[after:]
            if not fresh:
                yield ": still here\n\n"
            for event, data in fresh:
                after += 1
                yield f"id: {after}\nevent: {event}\ndata: {json.dumps(data)}\n\n"

    def _progress(self, now: ttsslice.Progress) -> None:
        assert now.take is not None
        with self._changed:
            self.state = "running"
            self.takes[now.take.chunk.index] = now.take
        ended_ms = round((time.monotonic() - self._began) * 1000)
        self._tell("chunk", {**chunk_data(now.take), "bars": self._bars(now.take.chunk, ended_ms)})

    def _bars(self, chunk: ttsslice.ChunkResult, ended_ms: int) -> list[dict[str, Any]]:
        """When the chunk was worked on: by the trace of its jobs, else by the clock."""
        per_chunk = self.options.get("n_candidates", 3) if self.plan == "slice1" else 1
        jobs = range(chunk.index * per_chunk, (chunk.index + 1) * per_chunk)
        bars = [bar for job in jobs for bar in self._trace.bars(job, ended_ms)]
        return bars or [{"from_ms": max(0, ended_ms - chunk.elapsed_ms), "to_ms": ended_ms,
                         "queue_ms": 0}]

    # --- work ------------------------------------------------------------------------------------

    def work(self) -> None:
        """Executes the run; every way it can end is told."""
        try:
            with self.run:
                result = self.run.execute(self.path)
            self._done(result.timeline)
        except ttsslice.Cancelled:
            self._over("cancelled", {})
        except ttsslice.Incomplete as failure:
            self._done(failure.result.timeline if failure.result else None)
        except Exception as failure:  # also what an engine of the application raises
            self._over("failed", {"error": str(failure) or type(failure).__name__})

    def cancel(self) -> None:
        """Stops the run, if it goes on."""
        self.run.cancel()

    def redo(self, index: int) -> None:
        """Makes one chunk again and joins the file anew."""
        with self._changed:
            old = self.takes[index]
            again = self.tries[index] = self.tries.get(index, 0) + 1
        try:
            take = ttsslice.redo(old.chunk, again, plan=self.plan, **self.options)
        except Exception as failure:
            self._tell("redo_failed", {"index": index, "error": str(failure)})
            return
        with self._joining:
            with self._changed:
                self.takes[index] = take
                clips = [each.clip() for _, each in sorted(self.takes.items()) if each.audio]
            timeline = ttsslice.concat(clips, self.path)
            self._tell("chunk", chunk_data(take))
            self._done(timeline)

    def _done(self, timeline: ttsslice.Timeline | None) -> None:
        places = [] if timeline is None else [
            {"index": each.chunk, "from": each.start_frame / timeline.sample_rate,
             "to": each.end_frame / timeline.sample_rate}
            for each in timeline.entries
        ]
        self._over("ready", {"duration_s": timeline.duration_s if timeline else 0.0,
                             "places": places})

    def _over(self, state: str, data: dict[str, Any]) -> None:
        with self._changed:
            self.state = state
        self._tell(state, data)

    def close(self) -> None:
        """Stops it and removes its files."""
        self.cancel()
        self._folder.cleanup()


# --- what the page is told ----------------------------------------------------------------------


def chunk_data(take: ttsslice.Take) -> dict[str, Any]:
    """A chunk as plain values."""
    chunk = take.chunk
    verdict = chunk.take.verdict if chunk.take else None
    status = "failed" if chunk.code else "passed" if chunk.passed else "not_passed"
    return {
        "index": chunk.index,
        "status": "silent" if not chunk.code and take.audio is None else status,
        "score": None if chunk.score is None else round(chunk.score, 1),
        "error": chunk.error,
        "heard": verdict.transcript if verdict else "",
        "pieces": pieces(chunk.text, verdict),
        "candidates": [{"score": None if each.score is None else round(each.score, 1),
                        "passed": each.passed, "round": each.attempt + 1,
                        "selected": i == chunk.selected}
                       for i, each in enumerate(chunk.candidates)],
        "duration_s": take.audio.duration_s if take.audio else 0.0,
        "peaks": peaks(take.audio) if take.audio else [],
        "rounds": chunk.rounds,
    }


def pieces(text: str, verdict: ttsslice.Verdict | None) -> list[dict[str, str]]:
    """The text in pieces: those with a fault have its `kind` and a `note`."""
    data, at, found = text.encode(), 0, []
    faults = [each for each in verdict.defects if each.over_limit] if verdict else []
    for fault in sorted(faults, key=lambda each: each.text_start):
        start = max(fault.text_start, at)
        end = max(fault.text_start + fault.text_length, start)
        if start > at:
            found.append({"text": data[at:start].decode()})
        found.append({"text": data[start:end].decode(), "kind": str(fault.kind),
                      "note": fault.message})
        at = end
    return [*found, {"text": data[at:].decode()}] if at < len(data) else found


def peaks(audio: ttsslice.Audio) -> list[int]:
    """The loudest sample of each column, in per cent."""
    samples = audio.samples.cast("B").cast("h")  # also of several channels
    step = max(1, audio.sample_rate * audio.channels // PEAKS_PER_S)
    columns = (samples[i : i + step] for i in range(0, len(samples), step))
    return [round(max(max(column), -min(column)) / 327.68) for column in columns]


class Trace:
    """What the trace of a run tells so far; each line is read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0  # bytes
        self._bars: dict[int, list[dict[str, Any]]] = {}  # by job

    def bars(self, job: int, now_ms: int) -> list[dict[str, Any]]:
        """From submission to end of a job; `queue_ms` of it were spent waiting."""
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._read)
                whole = file.read().rpartition(b"\n")[0]  # the last line may not be whole yet
            self._read += len(whole) + 1 if whole else 0
            for line in whole.splitlines():
                self._note(json.loads(line))
        bars = self._bars.get(job, [])
        return [{**bar, "to_ms": bar["to_ms"] or now_ms} for bar in bars]

    def _note(self, said: dict[str, Any]) -> None:
        bars = self._bars.setdefault(said.get("index", -1), [])
        if said["event"] == "submitted":
            bars.append({"from_ms": said["t_ms"], "to_ms": 0, "queue_ms": 0})
        elif bars and said["event"] == "started":
            bars[-1]["queue_ms"] = max(0, said["t_ms"] - bars[-1]["from_ms"])
        elif bars and said["event"] in ("done", "failed"):
            bars[-1]["to_ms"] = said["t_ms"]
