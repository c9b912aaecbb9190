# SPDX-License-Identifier: MIT
"""Event loops, threads and children: many runs side by side, and none that outlives its caller."""

import asyncio
import contextlib
import contextvars
import gc
import os
import threading

import pytest

import ttsslice
from conftest import TEXT, listen, tone

SHORT = {"generator": tone, "transcriber": listen, "max_phrase_len": 100, "max_retries": 0}


class Held:
    """A model that waits until the test lets it go on."""

    def __init__(self):
        self.entered, self.release = threading.Event(), threading.Event()

    def __call__(self, text, **params):
        self.entered.set()
        assert self.release.wait(300)
        return tone(text, **params)


async def until(event):
    """Waits for an event of a thread while the loop goes on."""
    while not event.is_set():
        await asyncio.sleep(0.001)


def ours():
    """Threads that do work of the library."""
    return [each for each in threading.enumerate() if each.name == "ttsslice"]


def join_all():
    for thread in ours():
        thread.join(300)
    assert not ours()


def test_the_loop_goes_on_and_the_context_comes_along(tmp_path):
    wish = contextvars.ContextVar("wish")
    model = Held()

    def generate(text, **params):
        assert wish.get() == "loud"
        return model(text, **params)

    async def main():
        wish.set("loud")
        task = asyncio.ensure_future(ttsslice.render_async(
            "Rain fell.", tmp_path / "o.wav", generator=generate, transcriber=listen))
        await until(model.entered)  # turns of the loop while the run is under way
        model.release.set()
        return await task

    assert asyncio.run(main()).chunks


def test_two_hundred_at_once(tmp_path):
    count = 200
    together = threading.Barrier(count)

    def generate(text, **params):
        together.wait(300)  # passes only if all of them are under way
        return tone(text, **params)

    async def main():
        return await asyncio.gather(*(
            ttsslice.render_async("Rain.", tmp_path / f"{i}.wav", generator=generate, seed=i,
                                  place={"validate": "off"}, n_candidates=1, write_reports=False)
            for i in range(count)))

    results = asyncio.run(main())
    assert len({each.chunks[0].take.digest for each in results}) > count // 4
    assert len(list(tmp_path.iterdir())) == count
    join_all()


def test_a_cancelled_task_ends_its_run_and_leaves_nothing(tmp_path):
    model = Held()

    async def main():
        task = asyncio.ensure_future(ttsslice.render_async(
            TEXT, tmp_path / "o.wav", **{**SHORT, "generator": model}))
        await until(model.entered)
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done(), "it waits for the function that is running"
        model.release.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        join_all()

    asyncio.run(main())
    assert not list(tmp_path.iterdir())


def test_cancelling_twice_does_not_wait(tmp_path):
    model = Held()

    async def main():
        task = asyncio.ensure_future(ttsslice.render_async(
            "Rain.", tmp_path / "o.wav", **{**SHORT, "generator": model}))
        await until(model.entered)
        for _ in range(2):
            task.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ours()
        model.release.set()

    asyncio.run(main())
    join_all()
    assert not list(tmp_path.iterdir())


def test_a_cancelled_task_cancels_its_jobs(tmp_path):
    model = Held()
    handler = ttsslice.Handler(model, listen)
    with ttsslice.Server(handler) as server:

        async def main():
            task = asyncio.ensure_future(ttsslice.render_async(
                TEXT, tmp_path / "o.wav", plan="slice5", endpoint=server.endpoint,
                max_phrase_len=60, min_chars_merge=0, poll_interval_s=0.01))
            await until(model.entered)
            while not ttsslice.health(server.endpoint)["jobs"]["inQueue"]:
                await asyncio.sleep(0.001)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        assert ttsslice.health(server.endpoint)["jobs"]["inQueue"] == 0
        model.release.set()


def test_a_loop_closed_during_a_run(tmp_path):
    model = Held()
    loop = asyncio.new_event_loop()
    coroutine = ttsslice.render_async(TEXT, tmp_path / "o.wav", **{**SHORT, "generator": model})
    task = loop.create_task(coroutine)
    loop.run_until_complete(until(model.entered))
    loop.call_exception_handler = lambda context: None  # "Task was destroyed": so it was
    loop.close()
    task._log_destroy_pending = False
    del task, coroutine
    gc.collect()
    model.release.set()
    join_all()
    assert not list(tmp_path.iterdir())


def test_what_functions_raise_comes_out(tmp_path):
    def broken(text, **params):
        raise LookupError("no such voice")

    with pytest.raises(LookupError, match="no such voice") as caught:
        asyncio.run(ttsslice.render_async("Rain.", tmp_path / "o.wav", **{**SHORT, "generator": broken}))
    assert caught.traceback[-1].name == "broken"


# --- progress -----------------------------------------------------------------------------------


def test_progress_as_an_iterator(tmp_path):
    async def main():
        with ttsslice.Run(TEXT, **SHORT) as run:
            assert run.result is None
            seen = [each async for each in run.watch(tmp_path / "o.wav")]
            return run.result, seen

    result, seen = asyncio.run(main())
    assert [each.done for each in seen if each.chunk is not None] == [1, 2, 3]
    assert seen[-1].chunks == len(result.chunks) == 3


def test_an_iterator_that_is_left_cancels_the_run(tmp_path):
    async def main():
        with ttsslice.Run(TEXT, **SHORT) as run:
            async with contextlib.aclosing(run.watch(tmp_path / "o.wav")) as news:
                async for _ in news:
                    break
        join_all()

    asyncio.run(main())
    assert not list(tmp_path.iterdir())


def test_an_iterator_raises_what_went_wrong(tmp_path):
    def sulks(text, **params):
        raise ttsslice.TakeError("no voice today")

    async def main():
        with ttsslice.Run(TEXT, **{**SHORT, "generator": sulks}) as run:
            with pytest.raises(ttsslice.EngineError, match="no voice today"):
                async for each in run.watch(tmp_path / "o.wav"):
                    assert each.failed == each.done
            return run.result

    assert len(asyncio.run(main()).failed) == 3


@pytest.mark.parametrize("closes", ["async with", "aclose", "aclosing"])
def test_a_loop_that_is_left_by_an_exception(closes, tmp_path, caplog):
    """What is under way has ended when the block is left, and nobody is told of a lost exception."""
    model = Held()
    model.release.set()
    entered = []

    def generate(text, **params):
        entered.append(text)
        return model(text, **params)

    async def body(run):
        async for _ in run.watch(tmp_path / "o.wav"):
            model.release.clear()
            model.entered.clear()
            asyncio.get_running_loop().call_later(0.01, model.release.set)
            raise ZeroDivisionError("in the loop")

    async def main():
        run = ttsslice.Run(TEXT, **{**SHORT, "generator": generate})
        with pytest.raises(ZeroDivisionError):
            if closes == "async with":
                async with run:
                    await body(run)
            elif closes == "aclose":
                try:
                    await body(run)
                finally:
                    await run.aclose()
            else:
                async with contextlib.aclosing(run):
                    await body(run)
        join_all()
        with pytest.raises(ValueError, match="closed"):
            run.chunks
        await run.aclose()  # once more does nothing
        gc.collect()
        await asyncio.sleep(0)

    asyncio.run(main(), debug=True)
    gc.collect()
    assert not list(tmp_path.iterdir())
    assert not [each for each in caplog.records if "never retrieved" in each.message]


def test_a_plain_block_cancels_what_it_is_left_with(tmp_path):
    model = Held()

    async def main():
        with pytest.raises(ZeroDivisionError):
            with ttsslice.Run("Rain.", **{**SHORT, "generator": model}) as run:
                task = asyncio.ensure_future(run.execute_async(tmp_path / "o.wav"))
                await until(model.entered)
                raise ZeroDivisionError
        model.release.set()
        with pytest.raises(ttsslice.Cancelled):
            await task

    asyncio.run(main())
    join_all()
    assert not list(tmp_path.iterdir())


def test_closing_waits_for_the_end(tmp_path):
    model = Held()

    async def main():
        run = ttsslice.Run("Rain.", **{**SHORT, "generator": model})
        task = asyncio.ensure_future(run.execute_async(tmp_path / "o.wav"))
        await until(model.entered)
        closing = asyncio.ensure_future(run.aclose())
        await asyncio.sleep(0)
        assert not closing.done(), "it waits for the function that is running"
        model.release.set()
        await closing
        with pytest.raises(ttsslice.Cancelled):
            await task
        run = ttsslice.Run("Rain.", **SHORT)
        await run.aclose()
        with pytest.raises(ValueError, match="closed"):
            await run.execute_async(tmp_path / "o.wav")

    asyncio.run(main())
    join_all()


class Bar:
    """As much of tqdm as is needed."""

    total, n = None, 0

    def update(self, n):
        self.n += n


def test_progress_as_a_bar(tmp_path):
    bar = Bar()
    ttsslice.render(TEXT, tmp_path / "o.wav", progress=bar, **SHORT)
    assert (bar.n, bar.total) == (3, 3)
    with pytest.raises(TypeError, match="progress must be a function, or a bar"):
        ttsslice.Run("Rain.", progress=3)


# --- threads and children -----------------------------------------------------------------------


def test_plain_threads(tmp_path):
    results = {}

    def narrate(i):
        results[i] = ttsslice.render(TEXT, tmp_path / f"{i}.wav", seed=i % 2, **SHORT)

    threads = [threading.Thread(target=narrate, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    files = [(tmp_path / f"{i}.wav").read_bytes() for i in range(8)]
    assert len(results) == 8 and len(set(files)) == 2


def test_a_run_is_executed_by_one(tmp_path):
    model = Held()
    with ttsslice.Run("Rain.", **{**SHORT, "generator": model}) as run:
        thread = threading.Thread(target=run.execute, args=(tmp_path / "o.wav",))
        thread.start()
        assert model.entered.wait(300)
        with pytest.raises(ValueError, match="executing"):
            run.execute(tmp_path / "p.wav")
        with pytest.raises(ValueError, match="executing"):
            run.close()
        model.release.set()
        thread.join(300)


def in_child(work):
    """Forks, does the work there and returns what it printed or how it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            said = str(work())
        except BaseException as problem:
            said = f"{type(problem).__name__}: {problem}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    assert os.waitpid(child, 0)[1] == 0
    return said


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@needs_fork
def test_children_work_on_their_own(tmp_path):
    """As gunicorn does it: import, then fork."""
    def work(i):
        return ttsslice.render(TEXT, tmp_path / f"{i}.wav", **SHORT).chunks[0].take.digest

    own = str(work(0))
    assert [in_child(lambda i=i: work(i)) for i in (1, 2)] == [own, own]
    assert len({(tmp_path / f"{i}.wav").read_bytes() for i in range(3)}) == 1

    async def later():
        return await ttsslice.render_async(TEXT, tmp_path / "3.wav", **SHORT)

    assert in_child(lambda: asyncio.run(later()).ok) == str(asyncio.run(later()).ok)


@needs_fork
def test_a_child_does_not_touch_what_its_parent_has_under_way(tmp_path):
    with ttsslice.Server(ttsslice.Handler(tone, listen)) as server:
        dispatcher = ttsslice.Dispatcher(server.endpoint, poll_interval_s=0.01)
        dispatcher.submit(0, {"text": "Rain.", "slice": 1})

        def work():
            with pytest.raises(ValueError, match="closed"):
                server.endpoint
            with pytest.raises(ValueError, match="closed"):
                dispatcher.next()
            server.close()
            dispatcher.close()
            gc.collect()
            with ttsslice.Server(ttsslice.Handler(tone, listen)) as other:
                (result,) = ttsslice.dispatch([{"text": "Rain.", "slice": 1}], other.endpoint)
            return result.ok

        assert in_child(work) == "True"
        assert dispatcher.next().ok
        dispatcher.close()


@needs_fork
def test_a_child_leaves_an_unfinished_join_alone(tmp_path):
    with ttsslice.Join(tmp_path / "o.wav") as join:
        join.add(ttsslice.Audio(*tone("Rain.", seed=1)))

        def work():
            join.close()
            gc.collect()
            return "left alone"

        assert in_child(work) == "left alone"
        assert join.finish().frames == ttsslice.Audio.load(tmp_path / "o.wav").frames
