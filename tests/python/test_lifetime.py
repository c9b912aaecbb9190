# SPDX-License-Identifier: MIT
"""Objects live as long as something needs them, and no longer."""

import gc
import logging
import os
import subprocess
import sys
import threading
import weakref

import pytest

import ttsslice
from conftest import TEXT, listen, tone
from ttsslice import Generator, Handler, Run, Transcriber


class Engine:
    """Callable objects whose end can be seen."""

    def __call__(self, text, **params):
        return tone(text, **params)


def test_a_handler_keeps_its_functions():
    engine = Engine()
    seen = weakref.ref(engine)
    handler = Handler(Generator.host(engine))
    del engine
    gc.collect()
    assert handler.handle({"input": {"text": "Rain.", "slice": 1}})["status"] == "success"
    del handler
    gc.collect()
    assert seen() is None


def test_a_run_keeps_its_engines_and_lets_go(tmp_path):
    engine = Engine()
    seen = weakref.ref(engine)
    generator = Generator.host(engine)
    run = Run("Rain fell.", generator=generator, transcriber=listen)
    generator.close()
    del engine, generator
    gc.collect()
    assert run.execute(tmp_path / "o.wav").chunks
    run.close()
    del run
    gc.collect()
    assert seen() is None


def test_an_exception_does_not_keep_everything_alive(tmp_path):
    engine = Engine()
    seen = weakref.ref(engine)

    def broken(*args):
        raise KeyError

    with pytest.raises(KeyError):
        ttsslice.render("Rain.", tmp_path / "o.wav", generator=engine, transcriber=broken)
    del engine
    gc.collect()
    assert seen() is None


def test_results_outlive_the_run(tmp_path):
    with Run(TEXT, generator=tone, transcriber=listen) as run:
        result = run.execute(tmp_path / "o.wav")
    del run
    gc.collect()
    assert result.timeline.entries and result.chunks[0].take.verdict.transcript


def test_a_transcript_outlives_its_function():
    audio = ttsslice.Audio(*tone("x", seed=1))
    heard = Transcriber.host(lambda *_: [("a", 0.0, 1.0)]).transcribe(audio, "a")
    gc.collect()
    assert heard.words[0].text == "a"


def test_closing():
    for item in (Generator.host(tone), Transcriber.host(listen), Handler(tone),
                 ttsslice.Transcript("a"), ttsslice.validate("a", "a")):
        item.close()
        item.close()
        with pytest.raises(ValueError, match="closed"):
            with item:
                pass
    generator = Generator.host(tone)
    generator.close()
    with pytest.raises(ValueError, match="closed"):
        Handler(generator)


def test_a_cycle_may_be_finalized_in_any_order():
    """The collector frees the C object, and a generator in the cycle then cleans up with it."""
    outcomes = []

    def cleans_up(item):
        try:
            yield
        finally:
            try:
                outcomes.append(len(item.chunks if isinstance(item, Run) else item))
            except ValueError as problem:
                outcomes.append(str(problem))
            item.close()

    def make():
        for item in (Run("Rain.", generator=tone), ttsslice.Audio(*tone("x", seed=1))):
            generator = cleans_up(item)
            next(generator)
            cycle = {"generator": generator}
            cycle["self"] = cycle

    make()
    gc.collect()
    assert sorted(outcomes) == ["this Audio is closed", "this Run is closed"]


def test_memory_does_not_grow():
    resource = pytest.importorskip("resource")

    def work():
        for _ in range(200):
            ttsslice.chunk(TEXT)
            audio = Generator.host(tone).generate("a b")
            Transcriber.host(listen).transcribe(audio, "a b").words
            ttsslice.validate("a b", "a b").defects
            with pytest.raises(ttsslice.TextError):
                ttsslice.chunk("\0")

    work()
    references = sys.getrefcount(tone)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
    assert sys.getrefcount(tone) == references


def test_log_lines_go_to_logging(caplog, tmp_path):
    def sulks(text, **params):
        if "causeway" in text:
            raise ttsslice.TakeError("no")
        return tone(text, **params)

    with caplog.at_level(logging.DEBUG, "ttsslice"), pytest.raises(ttsslice.Incomplete):
        ttsslice.render(TEXT, tmp_path / "o.wav", generator=sulks, transcriber=listen,
                        max_phrase_len=100)
    lines = [r.message for r in caplog.records if r.name.startswith("ttsslice")]
    assert any("failed: no" in line for line in lines)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.skipif(not ttsslice.feature_supported("server"), reason="this build has no server")
def test_a_child_ends_beside_the_server_of_its_parent():
    """At the end of an interpreter all is finalized, in a child too, which has none of the threads."""
    code = """if True:
        import os, sys, ttsslice
        def speak(text, **params): return [0.1] * 800, 16000
        server = ttsslice.Server(ttsslice.Handler(speak, lambda *heard: heard[2]))
        child = os.fork()
        if child == 0:
            sys.exit(7)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    assert subprocess.run([sys.executable, "-c", code], timeout=120).returncode == 7


def test_closing_waits_for_who_uses_it():
    inside, go_on = threading.Event(), threading.Event()
    results = []

    def slow(samples, rate, text, language):
        inside.set()
        assert go_on.wait(60)
        return text

    transcriber = Transcriber.host(slow)
    audio = ttsslice.Audio(*tone(TEXT, seed=1))
    user = threading.Thread(target=lambda: results.append(transcriber.transcribe(audio, TEXT).text))
    user.start()
    assert inside.wait(60)
    transcriber.close()
    with pytest.raises(ValueError, match="closed"):
        transcriber.transcribe(audio, TEXT)
    go_on.set()
    user.join()
    assert results == [TEXT]


def test_what_was_lent_outlives_a_close():
    """As in another thread that closes between two reads."""
    handler = Handler(tone, listen)
    pointer = handler._ptr
    handler.close()
    assert pointer and not handler._freed
    del pointer
    assert handler._freed
