# SPDX-License-Identifier: MIT
"""Work that blocks in C, on a thread of its own, so that the caller can still be told to stop.

`interruptible()` is for plain callers: signals reach the main thread alone, and only between Python
instructions. `awaited()` is for event loops. Each piece of work has its own thread and no place in
a pool, whose size would be a limit to how much waits for a handler at once.

After a fork a child has none of its parent's threads, but copies of its sockets. What is bound to
either is registered with `stays_with_its_process()`: in a child it is closed, and never freed,
since that would say good-bye on the parent's connections.

At the end of the interpreter daemon threads are cut off wherever they are. What they do in C for a
handler or a service is marked by `under_way()`, cancelled then, and given a few seconds to say so
where it costs money.
"""

from __future__ import annotations

import atexit
import contextlib
import contextvars
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ttsslice import errors
from ttsslice._lib import SLICE_MS, Handle
from ttsslice._ttsslice import ffi

T = TypeVar("T")

# How long the end of the interpreter waits for what it cancels; C gives cancels five seconds.
EXIT_S = 6.0


class _Work:
    """What a thread is doing, and what came of it."""

    def __init__(self, work: Callable[[], Any], ended: Callable[[], None], daemon: bool) -> None:
        self._work = work
        self._ended = ended
        self._turn = threading.Lock()  # of `begun` and `given_up`
        self.begun = self._given_up = False
        self._outcome: list[Any] = []
        self._failure: list[BaseException] = []
        self._context = contextvars.copy_context()
        self._thread = threading.Thread(target=self._body, name="ttsslice", daemon=daemon)

    def start(self) -> None:
        try:
            self._thread.start()
        except RuntimeError as problem:
            raise errors.ResourceError(f"{problem}; do less at once") from None

    def _body(self) -> None:
        with self._turn:
            if self._given_up:
                return
            self.begun = True
        try:
            self._outcome.append(self._context.run(self._work))
        except BaseException as problem:
            self._failure.append(problem)
        finally:
            self._ended()

    def give_up(self) -> None:
        """Does not begin what has not begun."""
        with self._turn:
            self._given_up = True

    def result(self) -> Any:
        """Once it has ended: what it returned, or raises what it raised."""
        if self._failure:
            try:
                raise self._failure[0]
            finally:
                self._failure.clear()  # no cycle through the traceback
        return self._outcome[0]


def interruptible(work: Callable[[], T], cancel: Callable[[], None]) -> T:
    """Does `work`, so that Ctrl-C cancels it.

    On the main thread it goes to a thread of its own; elsewhere it is done at once. A second
    Ctrl-C does not wait for the work to end.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    done = threading.Event()
    running = _Work(work, done.set, daemon=True)
    try:
        running.start()
        while not done.wait(SLICE_MS / 1000):
            pass
    except BaseException:
        cancel()
        running.give_up()
        while running.begun and not done.wait(SLICE_MS / 1000):
            pass
        raise
    return running.result()  # type: ignore[no-any-return]


async def awaited(work: Callable[[], T], cancel: Callable[[], None]) -> T:
    """Does `work` while the event loop goes on.

    Cancelling the task calls `cancel` and waits until the work has ended; cancelling it once more
    does not wait. Where the loop is closed under it, `cancel` is called and nothing waits.
    """
    import asyncio  # here, since half the time to import the package would go into it

    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()
    waiting = weakref.ref(done)  # or the thread would keep a task whose loop is gone

    def tell() -> None:
        future = waiting()
        if future is not None and not future.done():
            future.set_result(None)

    def ended() -> None:
        try:
            loop.call_soon_threadsafe(tell)
        except RuntimeError:  # the loop is closed; nobody waits
            pass

    running = _Work(work, ended, daemon=False)
    running.start()
    try:
        await asyncio.shield(done)
    except asyncio.CancelledError:
        cancel()
        await done
        raise
    except BaseException:  # the coroutine is thrown away
        cancel()
        running.give_up()
        raise
    return running.result()  # type: ignore[no-any-return]


# --- the end of the interpreter -----------------------------------------------------------------


class _UnderWay:
    """A call that can be cancelled, until it is over."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        self.cancel = cancel
        self.over = threading.Event()
        self.cut_off = False


_under_way: dict[int, _UnderWay] = {}


@contextlib.contextmanager
def under_way(cancel: Callable[[], None]) -> Iterator[None]:
    """For the time of a call in C that the end of the interpreter should `cancel`.

    Its thread stays here then: the application has nothing left to do, and where it went on it would
    print a traceback into streams that are being closed.
    """
    call = _UnderWay(cancel)
    _under_way[id(call)] = call
    try:
        yield
    finally:
        _under_way.pop(id(call), None)
        call.over.set()
        if call.cut_off and threading.current_thread().daemon:
            threading.Event().wait()


def _at_exit() -> None:
    calls = list(_under_way.values())
    for call in calls:
        call.cut_off = True
        with contextlib.suppress(ValueError):  # closed while it was used
            call.cancel()
    until = time.monotonic() + EXIT_S
    for call in calls:
        call.over.wait(max(0.0, until - time.monotonic()))
    for handle in _alive():
        handle._leave()


atexit.register(_at_exit)

# --- fork ---------------------------------------------------------------------------------------

_bound: weakref.WeakValueDictionary[int, Handle] = weakref.WeakValueDictionary()
_inherited: list[Any] = []


def stays_with_its_process(handle: Handle) -> None:
    """Closes `handle` in every child that is forked from now on, without freeing it; at the end of
    the interpreter its `_leave()` is called."""
    _bound[id(handle)] = handle


def _alive() -> list[Handle]:
    # Unlike iterating, valuerefs() cannot be disturbed by another thread.
    return [handle for handle in (each() for each in _bound.valuerefs()) if handle is not None]


def _in_child() -> None:
    _under_way.clear()
    for handle in _alive():
        owned, handle._owned = handle._owned, None
        if owned is not None:
            ffi.gc(owned, None)  # not at the end of the process either
            _inherited.append(owned)
    _bound.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
