# SPDX-License-Identifier: MIT
"""What jobs cost, what bounds it, and the trace: the package and the program."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

import ttsslice
from conftest import TEXT
from ttsslice import Dispatcher, dispatch

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("TTSSLICE_BUILD", ROOT / "build"))
TOOL = BUILD / "tools" / "ttsslice"
FAST = {"poll_interval_s": 0.005, "backoff": (0.01,)}
KEY = "rpa_NOTFORTHETRACE"


def tool(*arguments, status=0, text="", **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TTSSLICE_", "RUNPOD"))}
    done = subprocess.run([TOOL, *map(str, arguments)], input=text, capture_output=True, text=True,
                          env={**environment, **variables}, timeout=120)
    assert done.returncode == status, done.stderr
    assert KEY not in done.stdout + done.stderr
    return done.stdout, done.stderr


def lines(count):
    return "".join(
        json.dumps({"text": "Rain fell. " * (i + 1), "slice": 1, "seed": i}) + "\n"
        for i in range(count)
    )


def jobs(count):
    return [json.loads(line) for line in lines(count).splitlines()]


def events(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_totals_before_and_after(server):
    schedule = {"price_per_second": 2.0, "expected_s": 1.0, "expected_s_per_char": 0.1}
    with Dispatcher(server.endpoint, schedule=schedule, **FAST) as dispatcher:
        for index, job in enumerate(jobs(3)):
            dispatcher.submit(index, job)
        before = dispatcher.totals
        assert (before.jobs, before.left, before.done, before.cost) == (3, 3, 0, 0.0)
        assert before.left_billed_ms == 3 * 1000 + (11 + 22 + 33) * 100
        assert before.left_cost == pytest.approx(before.left_billed_ms / 500)
        results = [dispatcher.next() for _ in range(3)]
        after = dispatcher.totals
    assert (after.done, after.left, after.submissions, after.hedges) == (3, 0, 3, 0)
    assert after.billed_ms == sum(r.billed_ms for r in results)
    assert after.cost == pytest.approx(sum(r.cost for r in results))
    assert all(r.cost == pytest.approx(r.billed_ms / 500) for r in results)
    (free,) = dispatch(jobs(1), server.endpoint, **FAST)
    assert free.cost is None and free.hedges == 0 and not free.hedge_won


def test_limits(server):
    with Dispatcher(server.endpoint, schedule={"max_jobs": 2}, **FAST) as dispatcher:
        for index, job in enumerate(jobs(5)):
            dispatcher.submit(index, job)
        results = [dispatcher.next() for _ in range(5)]
        assert dispatcher.totals.stopped == 3
    stopped = [r for r in results if not r.ok]
    assert len(stopped) == 3 and {r.code_name for r in stopped} == {"LIMIT"}
    with pytest.raises(ttsslice.LimitError, match="raise max_jobs"):
        stopped[0].raise_for_error()


def test_bad_options():
    for schedule, error in (
        ({"max_cost": 1.0}, ttsslice.ArgumentError),
        ({"max_jobs": -1}, ttsslice.ArgumentError),
        ({"window": 3}, ttsslice.ArgumentError),
        ({"order": "shortest"}, ValueError),
        ({"hedges": True}, TypeError),
        ({"trace": "/nowhere/t.jsonl"}, OSError),
    ):
        with pytest.raises(error):
            Dispatcher("http://127.0.0.1:9/v2/x", schedule=schedule)


def test_render_estimates_and_sums(server, tmp_path):
    options = {"plan": "slice4", "endpoint": server.endpoint, **FAST,
               "schedule": {"price_per_second": 1.0, "trace": tmp_path / "t.jsonl"}}
    with ttsslice.Run(TEXT, **options) as run:
        estimate = run.estimate()
        assert estimate.jobs == estimate.left > 0 and estimate.left_cost > 0
        with pytest.raises(ttsslice.ArgumentError, match="once"):
            run.execute(tmp_path / "out.wav")
    assert not (tmp_path / "out.wav").exists()
    with ttsslice.Run("Rain.", generator=lambda text, **_: None) as run:
        with pytest.raises(ttsslice.ArgumentError, match="sends no jobs"):
            run.estimate()
    result = ttsslice.render(TEXT, tmp_path / "out.wav", **options)
    assert result.totals.jobs == estimate.jobs and result.totals.done == estimate.jobs
    assert result.totals.cost == pytest.approx(sum(c.cost for c in result.chunks))
    report = json.loads((tmp_path / "out_metadata.json").read_text())
    assert report["summary"]["submissions"] == estimate.jobs
    assert report["summary"]["cost"] == pytest.approx(result.totals.cost, abs=1e-5)
    assert events(tmp_path / "t.jsonl")[-1]["event"] == "end"


def test_a_limit_ends_a_render_and_the_journal_goes_on(server, tmp_path):
    options = {"plan": "slice4", "endpoint": server.endpoint, "max_phrase_len": 60, **FAST,
               "min_chars_merge": 0, "journal": tmp_path / "journal"}
    out = tmp_path / "out.wav"
    with ttsslice.Run(TEXT, **options) as run:
        jobs_in_all = run.estimate().jobs
    assert jobs_in_all > 1
    with pytest.raises(ttsslice.LimitError, match="raise max_jobs"):
        ttsslice.render(TEXT, out, **options, schedule={"max_jobs": 1})
    assert not out.exists()
    result = ttsslice.render(TEXT, out, **options)
    assert result.totals.saved == 1 and result.totals.submissions == jobs_in_all - 1


def test_the_program_tells_before_and_after(server, tmp_path):
    where = ("dispatch", "--endpoint", server.endpoint, "--out-dir", tmp_path / "out")
    out, err = tool(*where, "--dry-run", "--expect", "1,0.1", "--price-per-second", 2,
                    "--journal", tmp_path / "journal", "-", text=lines(3))
    assert json.loads(out) == {"dry_run": True, "jobs": 3, "saved": 0, "to_submit": 3,
                               "not_submitted": 0, "limit": None, "worker_s": 9.6, "elapsed_s": 4.3, "cost": 19.2}
    assert err == "" and list(tmp_path.iterdir()) == []
    limits = ((("--max-jobs", 2), 2, "max_jobs", 15.0), (("--max-cost", 16), 2, "max_cost", 15.0),
              (("--max-cost", 9, "--max-jobs", 2), 1, "max_cost", 8.6),
              (("--max-jobs", 3), 3, None, 19.2))
    for limit, count, name, cost in limits:
        out, _ = tool(*where, "--dry-run", "--expect", "1,0.1", "--price-per-second", 2, *limit,
                      "-", text=lines(3))
        estimate = json.loads(out)
        assert (estimate["to_submit"], estimate["not_submitted"]) == (count, 3 - count)
        assert (estimate["limit"], estimate["cost"]) == (name, pytest.approx(cost))
    more = ("--journal", tmp_path / "journal", "--trace", tmp_path / "t.jsonl")
    out, err = tool(*where, *more, "--max-jobs", 2, "-", text=lines(3), status=5,
                    RUNPOD_API_KEY=KEY)
    assert sum(json.loads(line)["ok"] for line in out.splitlines()) == 2
    assert all(json.loads(line)["cost"] is None for line in out.splitlines())
    assert "--" not in err.splitlines()[-1] and "raise max_jobs" in err
    assert "3 jobs: 2 done, 1 not submitted; 2 submissions" in err
    assert KEY not in (tmp_path / "t.jsonl").read_text()
    out, err = tool(*where, *more, "--price-per-second", 1, "-", text=lines(3))
    assert "3 jobs: 3 done (2 saved from an earlier run); 1 submissions" in err and "cost" in err
    _, err = tool(*where, "--quiet", "-", text=lines(1))
    assert err == ""
    _, err = tool(*where, "--max-reply-bytes", 1024, "-", text=lines(1), status=4)
    assert "longer than max_reply_bytes" in err


def test_the_program_refuses_what_cannot_be(tmp_path):
    where = ("dispatch", "--endpoint", "http://127.0.0.1:9/v2/x")
    for options in (("--max-cost", 1), ("--max-cost", 0), ("--max-jobs", 0), ("--window", 2),
                    ("--order", "shortest"), ("--expect", "1"), ("--expect", "1,2,3"),
                    ("--price-per-second", -1)):
        _, err = tool(*where, *options, "-", text=lines(1), status=2)
        assert options[0] in err
    _, err = tool(*where, "--trace", "/nowhere/t.jsonl", "-", text=lines(1), status=3)
    assert "/nowhere/t.jsonl" in err
    (tmp_path / "jobs.jsonl").write_text(lines(1))
    _, err = tool(*where, "--trace", tmp_path / "jobs.jsonl", tmp_path / "jobs.jsonl", status=3)
    assert "would be lost" in err and (tmp_path / "jobs.jsonl").read_text() == lines(1)
    with (tmp_path / "jobs.jsonl").open() as piped:
        done = subprocess.run([TOOL, *where, "--trace", tmp_path / "jobs.jsonl", "-"], stdin=piped,
                              capture_output=True, text=True, timeout=120)
    assert done.returncode == 3 and "standard input is read" in done.stderr
    _, err = tool(*where, "--journal", tmp_path, "--out-dir", tmp_path, tmp_path / "jobs.jsonl",
                  status=3)
    assert "would be lost" in err and (tmp_path / "jobs.jsonl").read_text() == lines(1)
    _, err = tool(*where, "-", text='{"text":"a\\u0000"}', status=3)
    assert "\\u0000" in err and "JSON_" not in err
    out, _ = tool(*where, "--dry-run", "-", text="\ufeff" + lines(2))
    assert json.loads(out)["jobs"] == 2
    _, err = tool("dispatch", "--endpoint", where[2] + "/run", "--backoff", "0.001", "-",
                  text=lines(1), status=4)
    assert "ends in /run" in err
    (tmp_path / "old.jsonl").write_text("kept")
    tool(*where, "--trace", tmp_path / "old.jsonl", "-", text="no JSON", status=3)
    assert (tmp_path / "old.jsonl").read_text() == "kept"
    (tmp_path / "text.txt").write_text(TEXT)
    _, err = tool("render", "--plan", "slice5", *where[1:], "--trace", tmp_path / "text.txt", "-o",
                  tmp_path / "out.wav", tmp_path / "text.txt", status=3)
    assert "would be lost" in err and (tmp_path / "text.txt").read_text() == TEXT
    _, err = tool("bisect", "--dry-run", "-", text="Rain.", status=2)
    assert "ttsslice render" in err


@pytest.mark.parametrize("target", ["pipe", "/dev/full"])
def test_a_run_whose_results_cannot_be_written_stops(server, tmp_path, target):
    if target == "pipe":
        reader, out = os.pipe()
        os.close(reader)
    elif os.path.exists(target):
        out = os.open(target, os.O_WRONLY)
    else:
        pytest.skip(f"there is no {target}")
    where = ("dispatch", "--endpoint", server.endpoint, "--max-in-flight", "1", "--out-dir",
             str(tmp_path / "out"), "--journal", str(tmp_path / "journal"))
    try:
        done = subprocess.run([TOOL, *where, "-"], input=lines(20), stdout=out, text=True,
                              stderr=subprocess.PIPE, timeout=120)
    finally:
        os.close(out)
    assert done.returncode == 3
    assert "standard output; what is left is cancelled" in done.stderr
    assert ("No space left" in done.stderr) == (target != "pipe")
    tried = re.search(r"20 jobs: 1 done; (\d+) submissions", done.stderr)
    assert tried and int(tried[1]) <= 2
    _, err = tool(*where, "-", text=lines(20))
    assert "20 jobs: 20 done (1 saved from an earlier run)" in err


def test_done_is_what_came_out_well(server, tmp_path):
    where = ("dispatch", "--endpoint", server.endpoint, "--out-dir", tmp_path / "out", "--journal",
             tmp_path / "journal", "-")
    for index in (0, 2):
        (tmp_path / "out" / f"000{index}.wav").mkdir(parents=True)
    out, err = tool(*where, text=lines(3), status=3)
    assert sorted(json.loads(line)["ok"] for line in out.splitlines()) == [False, False, True]
    assert "3 jobs: 1 done, 2 failed; 3 submissions" in err
    for index in (0, 2):
        (tmp_path / "out" / f"000{index}.wav").rmdir()
    _, err = tool(*where, text=lines(3)) # it was paid for, and is not again
    assert "3 jobs: 3 done (3 saved from an earlier run); 0 submissions" in err


def test_what_all_jobs_fail_of_is_said_once(server):
    out, err = tool("dispatch", "--quiet", "--endpoint", server.endpoint + "/nowhere", "-",
                    text=lines(20), status=4)
    assert len(out.splitlines()) == 20
    assert json.loads(out.splitlines()[0])["retry_after_s"] is None
    first, more = err.splitlines()
    assert "found nothing (HTTP 404)" in first and more.endswith("so it was with 19 more")


def test_lines_that_are_mistakes_are_not_paid_for(server):
    where = ("dispatch", "--endpoint", server.endpoint, "-")
    for line, reason in (({"input": "x"}, "is not an object"), ({"id": "a"}, 'no "input"'),
                         ({"webhook": "https://x", "text": "Rain."}, 'no "input"'),
                         ({"inputs": {"text": "Rain."}}, 'write {"input":{...}}'),
                         ({"text": 5}, "is not a string"), ({"text": ""}, "is empty"),
                         ({"input": {"text": ""}}, "is empty")):
        out, err = tool(*where, text=lines(1) + json.dumps(line), status=3)
        assert "line 2" in err and reason in err and "nothing was sent" in err and out == ""
    wrapped = {"id": 7, "input": json.loads(lines(1)), "webhook": "https://x", "policy": {}}
    out, err = tool(*where, text=2 * (json.dumps(wrapped) + "\n"))
    assert [json.loads(line)["id"] for line in out.splitlines()] == [7, 7]
    assert err.count("is not sent") == 1 and 'line 1: "webhook"' in err
    for other in ({"inputs": "Rain."}, {"text": ["Rain."]}, {"prompt": "Rain."}):
        out, _ = tool(*where, text=json.dumps(other), status=4) # they are for their handler to judge
        assert json.loads(out)["job_id"]


def test_the_help_tells_what_a_limit_ends_with(server):
    out, _ = tool("dispatch", "--help")
    assert "5 cancelled or stopped at a limit" in out
    tool("dispatch", "--endpoint", server.endpoint, "--max-jobs", 1, "-", text=lines(2), status=5)


def test_render_dry_run(server, tmp_path):
    out, err = tool("render", "--plan", "slice5", "--endpoint", server.endpoint, "--dry-run",
                    "--price-per-second", 0.01, "-o", tmp_path / "out.wav", "-", text=TEXT)
    estimate = json.loads(out)
    assert estimate["to_submit"] == estimate["jobs"] > 0 and estimate["cost"] > 0
    assert list(tmp_path.iterdir()) == []
    _, err = tool("render", "--dry-run", "-o", tmp_path / "out.wav", "-", text=TEXT, status=2)
    assert "sends no jobs" in err


def test_a_chart_from_a_trace(server, tmp_path, monkeypatch, capsys):
    """The code of the guide."""
    guide = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", guide, re.S)[-1]
    monkeypatch.chdir(tmp_path)
    assert len(list(dispatch(jobs(4), server.endpoint, schedule={"trace": "trace.jsonl"},
                             **FAST))) == 4
    exec(compile(code, "schedule.md", "exec"), {})
    rows = capsys.readouterr().out.splitlines()
    assert [int(row.split()[0]) for row in rows] == [0, 1, 2, 3]
    assert all("#" in row for row in rows)
    known = set(re.findall(r"^\| `(\w+)` \|", guide, re.M))
    assert {each["event"] for each in events(tmp_path / "trace.jsonl")} <= known


def test_an_interrupt_cancels_and_sums_up(tmp_path):
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no local server")

    class Stuck:
        def __init__(self):
            self.process = None

        def __call__(self, text, **_):
            self.process.send_signal(signal.SIGINT)
            raise ttsslice.TakeError("interrupted")

    stuck = Stuck()
    with ttsslice.Server(stuck) as server:
        (tmp_path / "jobs.jsonl").write_text(lines(40))
        stuck.process = subprocess.Popen(
            [TOOL, "dispatch", "--endpoint", server.endpoint, "--max-in-flight", "30", "--trace",
             tmp_path / "t.jsonl", tmp_path / "jobs.jsonl"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        _, err = stuck.process.communicate(timeout=60)
    assert stuck.process.returncode == 5
    assert "cancelled" in err and "40 jobs:" in err
    assert events(tmp_path / "t.jsonl")[-1]["event"] == "end"
