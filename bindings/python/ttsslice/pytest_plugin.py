# SPDX-License-Identifier: MIT
"""The pytest plugin: a test that renders runs under every plan, and jobs are recorded and replayed.

    def test_chapter(tts_render, tts_corpus):
        result = tts_render(tts_corpus)
        assert result.ok
        assert_same_speech(result, tts_render(tts_corpus, plan="slice0"))

See docs/pytest.md. The report is made by `_pytest_report`.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ttsslice
from ttsslice._pytest_report import html_report, render_record, summary_lines
from ttsslice.plan import Place, Plan, fitting, placed
from ttsslice.recording import Recorder, Replayer
from ttsslice.secret import hidden
from ttsslice.testing import assert_same_speech, assert_spoken

__all__ = ["assert_same_speech", "assert_spoken"]

PLANS = ("slice0", "slice1", "slice2", "slice3", "slice4", "slice5")

# Two short texts, for those who have none of their own.
CORPUS = {
    "tides": "The tide gauge had not been read in eleven years. Mira wiped the glass and wrote a "
    "number.\n\nBy noon the causeway was gone.",
    "ferry": "Did the ferry leave at seven? Nobody in the harbour had seen it go.",
}

_renders = pytest.StashKey[list[dict[str, Any]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, and the same as settings of the ini file."""
    group = parser.getgroup("ttsslice", "speech, plan by plan")
    group.addoption("--tts-plan", action="append", metavar="NAME", default=[],
                    help="plan to run the tests of speech under; may be given again; default all")
    group.addoption("--tts-endpoint", metavar="URL",
                    help="handler; default: as in the environment, else a server of its own")
    group.addoption("--tts-record", metavar="DIR", help="keep every job and its answer there")
    group.addoption("--tts-replay", metavar="DIR", help="answer every job from there, offline")
    group.addoption("--tts-report", metavar="FILE", help="write a report in HTML")
    group.addoption("--tts-corpus", action="append", metavar="PATH", default=[],
                    help="text file, or folder of *.txt, for tts_corpus; may be given again")
    parser.addini("tts_corpus", "text files, or folders of *.txt, for the fixture tts_corpus",
                  type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Refuses options that cannot be, before any test runs."""
    options = config.option
    for name in options.tts_plan:
        if name not in PLANS:
            raise pytest.UsageError(
                f"--tts-plan: there is no plan {name!r}; known: {', '.join(PLANS)}")
    if options.tts_record and options.tts_replay:
        raise pytest.UsageError("--tts-record and --tts-replay contradict each other")
    if options.tts_replay and options.tts_endpoint:
        raise pytest.UsageError("--tts-replay needs no --tts-endpoint; nothing is sent")
    if options.tts_replay and not Path(options.tts_replay).is_dir():
        raise pytest.UsageError(f"--tts-replay: there is no folder {options.tts_replay}")
    if options.tts_record:
        _make_folder("--tts-record", Path(options.tts_record))
    if options.tts_report:
        _make_folder("--tts-report", Path(options.tts_report).parent)
        if Path(options.tts_report).is_dir():
            raise pytest.UsageError(f"--tts-report: {options.tts_report} is a folder")
    config.pluginmanager.register(_Results(config), "ttsslice-results")


def _make_folder(option: str, path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise pytest.UsageError(f"{option}: cannot make {path}: {problem.strerror}") from None
    if not os.access(path, os.W_OK):
        raise pytest.UsageError(f"{option}: cannot write in {path}")


# --- fixtures -----------------------------------------------------------------------------------


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of each plan and each text, where a test asks for them."""
    if "tts_plan" in metafunc.fixturenames:
        plans = list(dict.fromkeys(metafunc.config.option.tts_plan)) or list(PLANS)
        metafunc.parametrize("tts_plan", plans)
    if "tts_corpus" in metafunc.fixturenames:
        texts = _corpus(metafunc.config)
        metafunc.parametrize("tts_corpus", list(texts.values()), ids=list(texts))


def _corpus(config: pytest.Config) -> dict[str, str]:
    paths = [Path(each) for each in config.option.tts_corpus or config.getini("tts_corpus")]
    texts: dict[str, str] = {}
    for path in paths:
        files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
        if not files:
            raise pytest.UsageError(f"tts_corpus: {path} holds no *.txt")
        for file in files:
            try:
                texts[file.stem] = file.read_text(encoding="utf-8")
            except (OSError, UnicodeError) as problem:
                raise pytest.UsageError(f"tts_corpus: cannot read {file}: {problem}") from None
    return texts or CORPUS


@pytest.fixture
def tts_plan() -> str:
    """The plan that the test runs under: one test for each `--tts-plan`."""
    raise AssertionError("tts_plan is parametrized")


@pytest.fixture
def tts_corpus() -> str:
    """A text: one test for each of the corpus."""
    raise AssertionError("tts_corpus is parametrized")


@pytest.fixture(scope="session")
def tts_options() -> dict[str, Any]:
    """Options of every `tts_render()`, for you to override, session-wide: engines, seed, ..."""
    return {}


@pytest.fixture(scope="session")
def tts_endpoint(
    request: pytest.FixtureRequest, tts_options: dict[str, Any]
) -> Iterator[str | None]:
    """The endpoint of the handler: replayed, recorded, or as it is.

    That of `--tts-endpoint`, or of the environment; else a server with the engines of
    `tts_options`, on this machine. None where the build has no server either.
    """
    tts_options = hidden(tts_options)
    options = request.config.option
    with contextlib.ExitStack() as stack:
        if options.tts_replay:
            replayer = stack.enter_context(Replayer(options.tts_replay))
            request.config.stash[_replaying] = replayer
            yield replayer.endpoint
            return
        endpoint = options.tts_endpoint or tts_options.get("endpoint") or _from_environment()
        if endpoint is None and ttsslice.feature_supported("server"):
            handler = ttsslice.Handler(tts_options.get("generator"), tts_options.get("transcriber"))
            server = ttsslice.Server(handler, workers=os.cpu_count() or 1)
            endpoint = stack.enter_context(server).endpoint
        if endpoint is not None and options.tts_record:
            endpoint = stack.enter_context(Recorder(options.tts_record, endpoint)).endpoint
        yield endpoint


_replaying = pytest.StashKey[Replayer]()


def _check_protocol(config: pytest.Config, given: dict[str, Any]) -> None:
    __tracebackhide__ = True
    protocol = given.get("protocol") or os.environ.get("TTSSLICE_PROTOCOL") or "runpod"
    if protocol != "runpod" and (config.option.tts_record or config.option.tts_replay):
        pytest.fail(
            f"--tts-record and --tts-replay speak RunPod's protocol alone, and protocol is "
            f"{protocol!r}; leave them out, or record from a handler that speaks it",
            pytrace=False,
        )


def _from_environment() -> str | None:
    """Where the library would look."""
    if os.environ.get("TTSSLICE_ENDPOINT"):
        return os.environ["TTSSLICE_ENDPOINT"]
    key = os.environ.get("RUNPOD_ENDPOINT_ID")
    return f"https://api.runpod.ai/v2/{key}" if key else None


RenderFunction = Callable[..., ttsslice.Result]


@pytest.fixture
def tts_render(
    request: pytest.FixtureRequest, tts_plan: str, tts_options: dict[str, Any], tmp_path: Path
) -> RenderFunction:
    """`tts_render(text, **options)` renders under the plan of the test and returns the Result.

    Options are those of `ttsslice.render()` and win over `tts_options`; `plan` compares with
    another one. The file is in `tmp_path`. Chunks that fail are in the Result and raise nothing,
    but a job that was not recorded fails the test.
    """
    tts_options = hidden(tts_options)
    made = request.node.stash.setdefault(_renders, [])

    def tts_render(text: str, **options: Any) -> ttsslice.Result:
        __tracebackhide__ = True
        options = hidden(options)
        given = {**tts_options, **options}
        name = given.pop("plan", tts_plan)
        plan = _plan_of(name, given)
        path = tmp_path / f"{len(made)}-{name if isinstance(name, str) else 'plan'}.wav"
        if plan.generate is Place.HANDLER and not given.get("dispatch"):
            _check_protocol(request.config, given)
            given.setdefault("endpoint", request.getfixturevalue("tts_endpoint"))
            if given["endpoint"] is None:
                pytest.skip("this build has no server; give --tts-endpoint or --tts-replay")
        lacking = _lacking(request.config)
        started = time.monotonic()
        failed: ttsslice.Error | None = None
        try:
            result = ttsslice.render(text, path, **fitting(plan, given))
        except ttsslice.Error as failure:
            failed = failure
        _check_recorded(request.config, lacking)
        if failed is not None:
            if not isinstance(failed, ttsslice.Incomplete) or failed.result is None:
                raise failed
            result = failed.result
        made.append(render_record(str(name), result, time.monotonic() - started))
        return result

    return tts_render


def _plan_of(name: str | Plan, given: dict[str, Any]) -> Plan:
    functions = {each: given[each] for each in ("chunk", "dispatch", "validate", "select", "concat")
                 if given.get(each) is not None}
    generator = given.get("generator")
    own = generator is not None and not isinstance(generator, ttsslice.Generator)
    return placed(name, given.pop("place", None), functions, own)


def _lacking(config: pytest.Config) -> int:
    replayer = config.stash.get(_replaying, None)
    return len(replayer.missing) if replayer else 0


def _check_recorded(config: pytest.Config, before: int) -> None:
    __tracebackhide__ = True
    replayer = config.stash.get(_replaying, None)
    missing = replayer.missing[before:] if replayer else []
    if missing:
        lines = [each.replace("record it anew", "run once with --tts-record") for each in missing]
        pytest.fail("\n".join(lines[:10]), pytrace=False)


# --- what was rendered --------------------------------------------------------------------------


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Hands the renders of a test on with its report, which may come from another process."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.when == "call":
        report.tts_renders = item.stash.get(_renders, [])


class _Results:
    """Collects the reports, and tells about them at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.path = config.option.tts_report
        self.tests: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        renders = getattr(report, "tts_renders", None)
        if report.when == "call" and renders:
            message = re.sub(r"\x1b\[[0-9;]*m", "", report.longreprtext)
            self.tests.append({"test": report.nodeid, "outcome": report.outcome,
                               "message": message, "renders": renders})

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self.tests:
            return
        terminalreporter.section("speech, plan by plan")
        for line in summary_lines(self.tests):
            terminalreporter.write_line(line)
        if self.path:
            terminalreporter.write_line(f"report: {self.path}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.path and not hasattr(session.config, "workerinput"):
            Path(self.path).write_text(html_report(self.tests), encoding="utf-8")
