# SPDX-License-Identifier: MIT
"""render(): the whole pipeline under every plan, with the application's own functions."""

import asyncio
import inspect
import json
import re
import threading

import pytest

import ttsslice
from conftest import TEXT, listen, tone
from ttsslice import Clip, Place, Plan, Run, render
from ttsslice._ttsslice import ffi

PLANS = ["slice0", "slice1", "slice2", "slice3", "slice4", "slice5"]
HERE = {"generator": tone, "transcriber": listen, "max_phrase_len": 100, "seed": 11}
FAST = {"poll_interval_s": 0.005, "backoff": (0.01,)}


def summary(result):
    return [
        (c.text, c.selected, c.score, c.passed, c.take.seed, c.take.digest, c.take.attempt)
        for c in result.chunks
    ]


def test_result_and_reports(tmp_path):
    path = tmp_path / "out.wav"
    told = []
    result = render(TEXT, path, progress=told.append, **HERE)
    assert result.path == str(path)
    audio = ttsslice.Audio.load(path)
    assert result.timeline.frames == audio.frames
    assert " ".join(c.text for c in result.chunks).split() == TEXT.split()
    assert [c.index for c in result.chunks] == list(range(len(result.chunks)))
    for c in result.chunks:
        assert c.take is c.candidates[c.selected] and c.code == 0 and c.error == ""
        assert c.take.verdict.score == c.score
        assert c.take.seed == ttsslice.seed(11, c.text, None, c.take.candidate, c.take.attempt)
    assert result.candidates == tuple(c.candidates for c in result.chunks)
    assert result.ok == (not result.not_passed) and result.failed == ()
    assert result.metadata == json.loads((tmp_path / "out_metadata.json").read_text())
    assert result.timeline.segments() == json.loads((tmp_path / "out.segments.json").read_text())
    assert result.timeline.srt() == (tmp_path / "out.srt").read_text()
    assert [p.done for p in told] == list(range(1, len(result.chunks) + 1))
    assert told[-1].chunks == told[-1].done and told[-1].candidates >= 3 * len(result.chunks)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    path = tmp_path_factory.mktemp("slice0") / "out.wav"
    result = render(TEXT, path, plan="slice0", **HERE)
    taken = [c.take for c in result.chunks]
    assert any(t.attempt or t.candidate for t in taken), "the listener should slip somewhere"
    return path.read_bytes(), summary(result)


def engines_for(plan):
    """The options of HERE that a plan has a use for."""
    placed = Plan.named(plan)
    without = {name for name, place in (("generator", placed.generate),
                                        ("transcriber", placed.validate)) if place != Place.LOCAL}
    return {name: value for name, value in HERE.items() if name not in without}


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_gives_the_same_bytes(plan, server, reference, tmp_path):
    path = tmp_path / "out.wav"
    result = render(TEXT, path, plan=plan, endpoint=server.endpoint,
                    **engines_for(plan), **FAST)
    assert summary(result) == reference[1]
    assert path.read_bytes() == reference[0]


def test_own_slices_give_the_same_bytes(reference, tmp_path):
    def validate(text, audio, language):
        return ttsslice.validate(text, listen(audio.float32(), audio.sample_rate, text, language))

    def select(chunk, candidates):
        return ttsslice.select(candidates)

    def concat(clips, path):
        assert all(isinstance(clip, Clip) for clip in clips)
        return ttsslice.concat(clips, path)

    def chunk(text):
        return ttsslice.chunk(text, max_phrase_len=100)

    result = render(TEXT, tmp_path / "out.wav", generator=tone, seed=11, chunk=chunk,
                    validate=validate, select=select, concat=concat)
    assert (tmp_path / "out.wav").read_bytes() == reference[0]
    assert {c.reason for c in result.chunks} == {ttsslice.Reason.HOST}


PAUSES = "Rain fell [pause 1.5s] on the roofs.\n\n***\n\n[pause 2s]\n\nIt was late. [pause 250ms]"


@pytest.mark.parametrize("own", [False, True])
def test_pauses_in_the_text(own, tmp_path):
    path = tmp_path / "out.wav"
    said = []
    place = {"chunk": lambda text: ttsslice.chunk(text, pauses=True)} if own else {}

    def say(text, **params):
        said.append(text)
        return tone(text, **params)

    result = render(PAUSES, path, generator=say, transcriber=listen, pauses=True, trim=False,
                    **place)
    spoken = ["Rain fell", "on the roofs.", "It was late."]
    assert sorted(set(said)) == sorted(spoken)
    entries = result.timeline.entries
    assert [e.text for e in entries] == spoken
    rate = result.timeline.sample_rate
    quiet = [e.pause_frames / rate for e in entries]
    assert quiet[0] == pytest.approx(1.5, abs=0.1) and quiet[1] == pytest.approx(2, abs=0.1)
    assert quiet[2] == 0
    report = result.metadata
    assert report["options"]["pauses"] is True
    assert [c.get("pause_ms") for c in report["chunks"]] == [1500, None, 2000, None, None, 250, None]
    assert [c["status"] for c in report["chunks"] if c["text"].startswith("[")] == ["silent"] * 3
    assert "pause" not in (tmp_path / "out.srt").read_text()


def test_a_mark_of_a_pause_is_never_said(tmp_path):
    for options in ({"chunk": lambda text: [text]}, {"place": {"chunk": "off"}}):
        with pytest.raises(ttsslice.ArgumentError, match="which would be said"):
            render("Rain [pause 1s] fell.", tmp_path / "a.wav", generator=tone, pauses=True,
                   transcriber=listen, **options)
    assert not list(tmp_path.iterdir())


def test_own_dispatch(reference, tmp_path):
    sent = []

    def dispatch(job):
        sent.append(job)
        return ttsslice.handle_job({"input": job}, tone, listen)

    result = render(TEXT, tmp_path / "out.wav", plan="slice4", dispatch=dispatch,
                    max_phrase_len=100, seed=11)
    assert summary(result) == reference[1] and len(sent) == len(result.chunks)
    assert (tmp_path / "out.wav").read_bytes() == reference[0]


@pytest.mark.parametrize("judged", [92.0, (92.0, True), {"score": 92.0, "passed": True}])
def test_what_validate_may_return(judged, tmp_path):
    result = render("Rain fell.", tmp_path / "o.wav", generator=tone,
                    validate=lambda text, audio, language: judged)
    assert result.ok and result.chunks[0].score == 92.0


@pytest.mark.parametrize(
    "pieces",
    [
        ["Rain fell.", "It stopped.", "Then snow."],
        [(0, 10, "sentence"), (11, 11, 4), (24, 10, ttsslice.Break.END)],
    ],
)
def test_what_chunk_may_return(pieces, tmp_path):
    text = "Rain fell. It stopped.\n\nThen snow."
    result = render(text, tmp_path / "o.wav", generator=tone, chunk=lambda _: pieces,
                    place={"validate": "off"})
    assert [c.text for c in result.chunks] == ["Rain fell.", "It stopped.", "Then snow."]
    assert [str(c.break_after) for c in result.chunks] == ["sentence", "paragraph", "end"]


@pytest.mark.parametrize("pieces", [["Snow fell."], ["Rain"], [(0, 99, "end")], [(0, 0, "end")]])
def test_chunk_must_return_the_text(pieces, tmp_path):
    with pytest.raises(ttsslice.ArgumentError):
        render("Rain fell.", tmp_path / "o.wav", generator=tone, chunk=lambda _: pieces)


class Mine(Exception):
    pass


@pytest.mark.parametrize(
    "name",
    ["generator", "transcriber", "chunk", "validate", "select", "concat", "progress", "dispatch"],
)
def test_exceptions_come_out_unchanged(name, tmp_path):
    problem = Mine(name)

    def broken(*args, **params):
        raise problem

    options = {"generator": tone, "transcriber": listen, name: broken}
    if name == "dispatch":
        options = {"plan": "slice4", "dispatch": broken}
    with pytest.raises(Mine) as caught:
        render(TEXT, tmp_path / "out.wav", **options)
    assert caught.value is problem
    assert caught.value.__traceback__.tb_next is not None
    last = caught.value.__traceback__
    while last.tb_next:
        last = last.tb_next
    assert last.tb_frame.f_code is broken.__code__
    assert list(tmp_path.iterdir()) == []


def test_takes_that_fail(tmp_path):
    def sulks(text, **params):
        if params["candidate"] != 2:
            raise ttsslice.TakeError("again")
        return tone(text, **params)

    result = render("Rain fell.", tmp_path / "o.wav", generator=sulks, place={"validate": "off"})
    assert [c.candidate for c in result.candidates[0]] == [2]


def test_incomplete_names_the_chunk(tmp_path):
    def sulks(text, **params):
        if "causeway" in text:
            raise ttsslice.TakeError("cannot say that")
        return tone(text, **params)

    with pytest.raises(ttsslice.Incomplete) as caught:
        render(TEXT, tmp_path / "out.wav", **{**HERE, "generator": sulks})
    result = caught.value.result
    (failed,) = result.failed
    assert "causeway" in failed.text and "cannot say that" in failed.error
    assert failed.code_name == "ENGINE" and failed.take is None and not result.ok
    assert (tmp_path / "out.wav").exists() and result.timeline.entries
    path = tmp_path / "all.wav"
    with pytest.raises(ttsslice.EngineError):
        render("By noon the causeway was gone.", path, **{**HERE, "generator": sulks})
    assert not path.exists()


def test_cancel(tmp_path):
    def progress(p):
        run.cancel()

    with Run(TEXT, progress=progress, **HERE) as run:
        assert [c.text for c in run.chunks][0].startswith("The tide gauge")
        with pytest.raises(ttsslice.Cancelled) as caught:
            run.execute(tmp_path / "out.wav")
    assert caught.value.result.chunks[0].take is not None
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError):
        run.execute(tmp_path / "out.wav")


def test_functions_run_on_one_thread(tmp_path):
    threads = set()

    def generate(text, **params):
        threads.add(threading.current_thread())
        return tone(text, **params)

    render(TEXT, tmp_path / "a.wav", **{**HERE, "generator": generate})
    assert len(threads) == 1 and threading.main_thread() not in threads
    threads.clear()
    worker = threading.Thread(
        target=render, args=(TEXT, tmp_path / "b.wav"), kwargs={**HERE, "generator": generate}
    )
    worker.start()
    worker.join()
    assert threads == {worker}


def test_two_renders_at_once(reference, tmp_path):
    generator, transcriber = ttsslice.Generator.host(tone), ttsslice.Transcriber.host(listen)
    options = {**HERE, "generator": generator, "transcriber": transcriber}
    threads = [
        threading.Thread(target=render, args=(TEXT, tmp_path / f"{i}.wav"), kwargs=options)
        for i in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(tmp_path / f"{i}.wav").read_bytes() for i in range(2)} == {reference[0]}


def test_async(reference, tmp_path):
    async def both():
        return await asyncio.gather(
            *(ttsslice.render_async(TEXT, tmp_path / f"{i}.wav", **HERE) for i in range(2))
        )

    assert [summary(result) for result in asyncio.run(both())] == [reference[1]] * 2


def test_cancelling_a_task_cancels_the_run(tmp_path):
    started = threading.Event()

    def generate(text, **params):
        started.set()
        return tone(text, **params)

    async def stop():
        task = asyncio.create_task(
            ttsslice.render_async(TEXT * 40, tmp_path / "o.wav", **{**HERE, "generator": generate})
        )
        await asyncio.to_thread(started.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stop())
    assert list(tmp_path.iterdir()) == []


def test_context_is_that_of_the_caller(tmp_path):
    import contextvars

    who = contextvars.ContextVar("who")
    who.set("the request")
    seen = set()

    def generate(text, **params):
        seen.add(who.get())
        return tone(text, **params)

    render("Rain fell.", tmp_path / "o.wav", generator=generate, transcriber=listen)
    assert seen == {"the request"}


def test_places_that_are_off(tmp_path):
    off = {"chunk": "off", "validate": Place.OFF, "select": "off"}
    result = render(TEXT, tmp_path / "o.wav", generator=tone, place=off)
    assert len(result.chunks) == 1 and result.chunks[0].reason is ttsslice.Reason.OFF


def test_plans():
    plan = Plan.named("slice5")
    assert plan.dispatch is Place.LOCAL and plan.generate is Place.HANDLER
    assert plan.place(select="host").select is Place.HOST
    assert plan.place(validate="host").select is Place.LOCAL
    assert plan.place(validate="off", select="host").select is Place.HOST
    assert plan.place(validate="handler").select is Place.HANDLER
    assert Plan() == Plan.named("slice0").place(generate="local")
    with pytest.raises(ttsslice.ArgumentError, match="slice0"):
        Plan.named("slice9")
    with pytest.raises(ttsslice.ArgumentError, match="validate"):
        plan.place(judge="host")
    with pytest.raises(ttsslice.ArgumentError, match="handler"):
        plan.place(select="cloud")


@pytest.mark.parametrize(
    "options",
    [
        {"n_candidates": 0},
        {"max_retries": 11},
        {"whisper_threshold": -1},
        {"seed": -1},
        {"exaggeration": float("nan")},
        {"plan": "slice9"},
        {"place": {"validate": "host"}},
        {"place": {"chunk": "handler"}},
        {"policy": "loudest"},
        {"language": "e\0n"},
    ],
)
def test_bad_options(options, tmp_path):
    with pytest.raises(ValueError) as caught:
        render("Rain fell.", tmp_path / "o.wav", generator=tone, transcriber=listen, **options)
    assert isinstance(caught.value, ttsslice.ArgumentError)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"plan": "slice5", "generator": tone},
         "plan slice5 generates at the handler; leave generator out, or place generate at local"),
        ({"plan": Plan.named("slice2"), "generator": ttsslice.Generator.host(tone)},
         "this plan generates at the handler; leave generator out, or place generate at local"),
        ({"plan": "slice3", "transcriber": listen},
         "plan slice3 validates at the handler; leave transcriber out, or place validate at local"),
        ({"place": {"validate": "off"}, "generator": tone, "transcriber": listen},
         "this plan has validate off; leave transcriber out, or place validate at local"),
    ],
)
def test_an_engine_is_never_ignored(options, message, tmp_path):
    with pytest.raises(ValueError) as caught:
        render("Rain.", tmp_path / "o.wav", endpoint="http://127.0.0.1:9", **options)
    assert isinstance(caught.value, ttsslice.ArgumentError) and str(caught.value) == message


def test_a_slice_brought_back_takes_its_engine(server, tmp_path):
    result = render("Rain fell.", tmp_path / "o.wav", plan="slice2", transcriber=listen,
                    place={"generate": "local"}, generator=tone, endpoint=server.endpoint)
    assert result.chunks[0].take


def test_unknown_option(tmp_path):
    with pytest.raises(TypeError, match=r"^render\(\).*'n_candidate'; did you mean 'n_candidates'"):
        render("Rain fell.", tmp_path / "o.wav", n_candidate=3)
    with pytest.raises(TypeError, match=r"^render\(\).*'zzzz'; see help"):
        render("Rain fell.", tmp_path / "o.wav", zzzz=3)
    with pytest.raises(TypeError, match=r"^render_async\(\).*'n_candidate'"):
        asyncio.run(ttsslice.render_async("Rain fell.", tmp_path / "o.wav", n_candidate=3))


def test_reprs_are_short(tmp_path):
    result = render(TEXT, tmp_path / "o.wav", **HERE)
    assert repr(result).startswith(f"<Result {str(tmp_path / 'o.wav')!r}: {len(result.chunks)} chu")
    assert len(repr(result)) < 100 + len(str(tmp_path))
    for c in result.chunks:
        assert len(repr(c)) < 130 and "Verdict" not in repr(c)
        assert "Verdict" not in repr(c.take)
    assert "candidates>" in repr(result.chunks[0]) and "The tide gauge" in repr(result.chunks[0])


def test_chunk_options_reach_the_chunks_and_the_report(tmp_path):
    text = "The small tree Qq. Moss saw grew tall."
    options = {**HERE, "max_phrase_len": 30, "min_chars_merge": 0}
    plain = ttsslice.Run(text, **options).chunks
    run = ttsslice.Run(text, abbreviations=iter(["qq."]), **options)
    assert str(plain[0].break_after) == "sentence" and plain[0].text.endswith("Qq.")
    assert str(run.chunks[0].break_after) == "word"
    result = run.execute(tmp_path / "o.wav")
    assert [c.text for c in result.chunks] == [c.text for c in run.chunks]
    assert result.metadata["options"]["abbreviations"] == "qq."
    assert result.metadata["options"]["packing"] == "optimal"
    with pytest.raises(ttsslice.ArgumentError, match="line 1"):
        ttsslice.Run(text, abbreviations="a b", **options)


@pytest.mark.parametrize("packing", ["optimal", "greedy", "balanced"])
def test_packing_reaches_the_chunks_and_the_report(tmp_path, packing):
    text = "One two three. " * 9 + "Four."
    result = render(text, tmp_path / "o.wav", packing=packing, **HERE)
    found = ttsslice.chunk(text, 100, packing=packing)
    assert [c.text for c in result.chunks] == list(found.texts())
    assert result.metadata["options"]["packing"] == packing


def test_nobody_judged(tmp_path):
    result = render(TEXT, tmp_path / "o.wav", generator=tone, place={"validate": "off"})
    assert result.ok and not result.not_passed
    for c in result.chunks:
        assert (c.score, c.judged, c.passed) == (None, False, True)
        assert all((t.score, t.judged, t.passed) == (None, False, True) for t in c.candidates)
        assert "not judged" in repr(c)
    assert {entry.score for entry in result.timeline.entries} == {None}
    report = json.loads((tmp_path / "o_metadata.json").read_text())
    assert {each["status"] for each in report["chunks"]} == {"not_validated"}
    judged = render("Rain fell.", tmp_path / "p.wav", **HERE)
    assert judged.chunks[0].judged and judged.chunks[0].take.judged


def test_scores_that_are_not_known():
    item = ffi.new("ttsslice_candidate_info *")
    item.score, item.passed = float("nan"), 1
    found = ttsslice.result._candidate(item)
    assert (found.score, found.judged, found.passed) == (None, False, True)
    item.score = 0.0
    assert (ttsslice.result._candidate(item).score, ttsslice.result._candidate(item).judged) == (0, True)


def test_own_select_without_scores(tmp_path):
    def choose(chunk, candidates):
        assert all(each.passed for each in candidates)
        return 1

    result = render("Rain fell.", tmp_path / "o.wav", generator=tone, select=choose,
                    place={"validate": "off"})
    assert result.chunks[0].selected == 1 and not result.chunks[0].judged


def test_cancel_may_come_late(tmp_path):
    run = Run("Rain fell.", **HERE)
    run.execute(tmp_path / "o.wav")
    run.cancel()
    run.close()
    run.cancel()


def test_bad_text(tmp_path):
    for text, kind, offset in (("a\0b", ttsslice.TextError, 1), (b"ab\xff", ttsslice.TextError, 2),
                               (" ", ttsslice.EmptyError, None)):
        with pytest.raises(kind) as caught:
            render(text, tmp_path / "o.wav", generator=tone, transcriber=listen)
        assert caught.value.byte_offset == offset
    with pytest.raises(ttsslice.FileError):
        render("Rain.", tmp_path / "none" / "o.wav", generator=tone, transcriber=listen)


def test_no_endpoint(monkeypatch, tmp_path):
    for name in ("TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ttsslice.EndpointError):
        render("Rain fell.", tmp_path / "o.wav", plan="slice5")


def test_all_three_know_the_same_options():
    taken = set(inspect.signature(Run).parameters) - {"text"}
    named = set(ttsslice.RunOptions.__annotations__)
    assert taken == named
    table = ttsslice.render.__doc__
    assert all(re.search(rf"^ +(\w+, )?{name}\b.*  ", table, re.M)
               or re.search(rf"^ +\w+, {name}  ", table, re.M) for name in named)
    assert "RunOptions" in table and "RunOptions" in str(inspect.signature(ttsslice.render))
