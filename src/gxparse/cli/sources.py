"""The files that the command is given, and the reports in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

import gxparse
from gxparse.records import Report
from gxparse.rendering.checked import GENERATOR

__all__ = ["STANDARD_INPUT", "Source", "read", "walk"]

STANDARD_INPUT = "-"
# Where a page names the program that made it.
_HEAD = 500


@frozen
class Source:
    """A file to be read; ``is_found`` if it was not named, but found in a folder that was."""

    name: str
    is_found: bool = False


def read(name: str) -> Report:
    """The report in a file, or on standard input.

    Raises:
        GxparseError: it cannot be read, or is no report.
    """
    return gxparse.parse(sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name))


def walk(names: Iterable[str]) -> Iterator[Source]:
    """The files named, each folder replaced by the files in it and below, sorted, without hidden ones.

    Pages that ``gxparse check`` has written into a folder are left out.
    """
    for name in names:
        if name != STANDARD_INPUT and Path(name).is_dir():
            yield from _files(name)
        else:
            yield Source(name)


def _files(folder: str) -> Iterator[Source]:
    # A folder that cannot be listed is handed on as if it were a file: reading it says what is wrong.
    denied: list[str] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: denied.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here, name)
            if not name.startswith(".") and path.is_file() and not _is_check_report(path):
                yield Source(str(path), is_found=True)
    yield from map(Source, denied)


def _is_check_report(path: Path) -> bool:
    """Whether a file is a page that ``gxparse check`` has written: it shows reports, and is none."""
    if path.suffix.lower() not in {".htm", ".html"}:
        return False
    try:
        with path.open("rb") as file:
            return GENERATOR.encode() in file.read(_HEAD)
    except OSError:
        return False
