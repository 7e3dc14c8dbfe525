"""The files that the command is given, and the reports in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

import gxparse
from gxparse.errors import SourceError
from gxparse.own import is_page
from gxparse.records import Report

__all__ = ["STANDARD_INPUT", "Source", "read", "walk"]

STANDARD_INPUT = "-"
_PAGES = (".htm", ".html")
_HEAD = 1000


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
    if name == STANDARD_INPUT:
        return gxparse.parse(sys.stdin.buffer.read())
    if not os.path.lexists(name):
        raise SourceError("没有这个文件。 There is no such file.")
    # One that cannot be listed is for the parser to complain of.
    if os.path.isdir(name) and os.access(name, os.R_OK):  # noqa: PTH112 - a Path raises where it may not look
        raise SourceError("这是文件夹，请给出文件。 This is a folder; name a file.")
    return gxparse.parse(Path(name))


def walk(names: Iterable[str]) -> Iterator[Source]:
    """The files named, each folder replaced by the files in it and below, sorted, without hidden ones.

    Pages that gxparse has written into a folder are left out.
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
            if not name.startswith(".") and path.is_file() and not _is_own(path):
                yield Source(str(path), is_found=True)
    yield from map(Source, denied)


def _is_own(path: Path) -> bool:
    """Whether a file is a page that gxparse has written, which shows reports, and is none."""
    if path.suffix.lower() not in _PAGES:
        return False
    try:
        with path.open("rb") as file:
            return is_page(file.read(_HEAD))
    except OSError:
        return False
