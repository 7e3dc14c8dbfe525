"""Many reports, read by all cores of a machine or by a cluster."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import closing
from itertools import chain, islice
from typing import BinaryIO, TypeAlias, TypeVar

from gxparse import api
from gxparse.errors import GxparseError, SourceError
from gxparse.processes import cores, outcomes
from gxparse.records import Report

__all__ = ["Source", "attempt", "parse_many", "told"]

Source: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO
_Source = TypeVar("_Source", bound=Source)

# Fewer are read before other processes have started.
_WORTH_PROCESSES = 8


def parse_many(
    sources: Iterable[_Source], executor: Executor | None = None, *, window: int = 64
) -> Iterator[tuple[_Source, Report | GxparseError]]:
    """Reads many reports at a time, and gives each with its source, in the order of the sources.

    What is wrong with a source is given in place of its report, and the others go on: also where a source is so
    harmful that the process that reads it is ended by the system. No more sources are taken, and no more reports kept,
    than ``window``, so that memory does not grow with the number of sources.

    >>> for source, report in parse_many(["examples/qingshi-town-2020.txt", "examples/none.txt"]):
    ...     print(source, report.year if isinstance(report, Report) else type(report).__name__)
    examples/qingshi-town-2020.txt 2020
    examples/none.txt SourceError

    Args:
        sources: what :func:`parse` takes: paths, bytes, or files opened in binary mode.
        executor: who reads: any executor, such as that of a cluster, which is not shut down; if it breaks, processes
            of this machine take over. Unless given, processes on all cores, or this process for a few sources.
        window: how many sources are in work, or read and not yet taken, at a time. Let it be twice the number of
            cores at least.

    Raises:
        GxparseError: the window is smaller than one, or processes cannot be started.
        ImportError: a process lacks the library, or the library lacks a part.
    """
    if window < 1:
        raise GxparseError(f"window 至少为 1，而不是 {window}。 The window is 1 at least, not {window}.")
    remaining = iter(sources)
    if executor is None:
        few = list(islice(remaining, _WORTH_PROCESSES))
        remaining = chain(few, remaining)
        if len(few) < _WORTH_PROCESSES or cores() == 1:
            yield from ((source, attempt(source)) for source in remaining)
            return
    taken: deque[_Source] = deque()
    work = outcomes(attempt, _sent(remaining, taken), executor, processes=cores(), window=window)
    with closing(work):
        for _, outcome in work:
            yield taken.popleft(), outcome if isinstance(outcome, Report) else told(outcome)


def attempt(source: Source | GxparseError) -> Report | GxparseError:
    """The report in a source, or why there is none; what is known to be no source is handed on."""
    if isinstance(source, GxparseError):
        return source
    try:
        return api.parse(source)
    except GxparseError as error:
        return error.with_traceback(None)
    except Exception as error:  # noqa: BLE001 - memory may end, say; it must not end the work on all other sources
        return told(error)


def told(problem: Exception) -> GxparseError:
    """An error of the library as it is, and what else went wrong with a source as such an error.

    Raises:
        ImportError, SyntaxError: the program itself is damaged, and no source is to blame.
    """
    if isinstance(problem, GxparseError):
        return problem
    if isinstance(problem, ImportError | SyntaxError):
        raise problem
    if isinstance(problem, BrokenExecutor):
        return SourceError(
            "读取它的进程意外终止（可能内存不足）。 The process that read it died; memory may have run out."
        )
    shown = f"{type(problem).__name__}: {problem}"
    return SourceError(f"读取时出错：{shown}。 It could not be read: {shown}.")


def _sent(sources: Iterable[_Source], taken: deque[_Source]) -> Iterator[Source | GxparseError]:
    """The sources as they are sent to another process, which takes no open file; each is noted as taken."""
    for source in sources:
        taken.append(source)
        if isinstance(source, str | os.PathLike | bytes):
            yield source
        else:
            try:
                yield api.content(source)
            except GxparseError as error:
                yield error
