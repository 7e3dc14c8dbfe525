"""A function applied to many items by an executor, in bounded memory, so that a process that dies costs one item."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from itertools import islice
from threading import Thread
from typing import Generic, TypeVar

from attrs import frozen

from gxparse.errors import GxparseError

__all__ = ["cores", "outcomes"]

Item = TypeVar("Item")
Result = TypeVar("Result")

# Windows waits for no more processes than this.
_MOST_PROCESSES = 61


def cores() -> int:
    """How many processes this one may have at work at a time: one where it may start none."""
    if multiprocessing.current_process().daemon:
        return 1
    available = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(available, _MOST_PROCESSES)


def outcomes(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    executor: Executor | None = None,
    *,
    processes: int,
    window: int,
) -> Generator[tuple[Item, Result | Exception], None, None]:
    """What the function makes of each item, or the exception that ends it, in the order of the items.

    When a process dies, an executor ends all that it has in work. Each of these items is then given to a process of
    its own, so that the exception is the outcome of the item alone that kills its process; the others go to a new pool.

    Args:
        function: a function that can be sent to another process.
        items: the items; they are taken as there is room for them.
        executor: who does the work; a pool of processes that is made for it and ended after it, unless given.
        processes: how many processes such a pool has.
        window: how many items are in work, or done and not yet taken, at a time.

    Raises:
        GxparseError: no process can be started.
    """
    remaining = iter(items)
    waiting: deque[_Task[Item, Result]] = deque()
    at_work = executor or _pool(processes)
    try:
        while True:
            for item in islice(remaining, window - len(waiting)):
                waiting.append(_Task(item, at_work, _submitted(at_work, function, item)))
            if not waiting:
                return
            task = waiting.popleft()
            outcome = _outcome(task.future)
            if isinstance(outcome, BrokenExecutor):
                if task.executor is at_work:
                    at_work = _replaced(at_work, executor, processes)
                outcome = _alone(function, task.item)
            yield task.item, outcome
    finally:
        if isinstance(at_work, ProcessPoolExecutor) and at_work is not executor:
            _end(at_work)
        else:
            for task in waiting:
                task.future.cancel()


@frozen
class _Task(Generic[Item, Result]):
    item: Item
    executor: Executor
    future: Future[Result]


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=_begin)


def _begin() -> None:
    """Lets a process leave interruption to the one that started it, and end with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _submitted(executor: Executor, function: Callable[[Item], Result], item: Item) -> Future[Result]:
    """The future of an item; of an executor that is broken, one that says so."""
    try:
        return executor.submit(function, item)
    except BrokenExecutor as error:
        future: Future[Result] = Future()
        future.set_exception(error)
        return future


def _outcome(future: Future[Result]) -> Result | Exception:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - whatever an executor says of an item is its outcome
        return error


def _replaced(broken: Executor, given: Executor | None, processes: int) -> ProcessPoolExecutor:
    """A new pool; the broken one is ended, unless it is the user's."""
    if broken is not given:
        broken.shutdown()
    return _pool(processes)


def _end(pool: ProcessPoolExecutor) -> None:
    """Ends a pool without waiting for what is in work: nobody takes it any more, and it may take for ever.

    No future is cancelled from here: the pool says of each that it is broken, and must find none that is cancelled.
    """
    for process in tuple((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(cancel_futures=True)


def _alone(function: Callable[[Item], Result], item: Item) -> Result | Exception:
    pool = _pool(1)
    try:
        # An item is to blame for the end of its process only where a process can take the function at all.
        if isinstance(_outcome(_submitted(pool, callable, function)), BrokenExecutor):
            raise GxparseError(
                '无法启动进程；脚本须有 if __name__ == "__main__": 一行。 '
                'Processes cannot be started; a script needs its line if __name__ == "__main__":.'
            )
        return _outcome(_submitted(pool, function, item))
    finally:
        _end(pool)
