"""What a batch reads: the files of a folder, always in the same order and in the same chunks."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

__all__ = ["File", "chunks", "files", "name_of"]

# A chunk is what is done anew after a run was killed, and what a core has to itself at the end of one.
_FILES = 32
_BYTES = 1_000_000
# Hidden files, and what Word and WPS leave beside a file that is open.
_NO_REPORTS = (".", "~$")


class File(NamedTuple):
    """A file as it stands in the folder; one that has changed is another file.

    Attributes:
        path: its path below the folder, with ``/``.
        size: its bytes.
        modified: when it was last written, in nanoseconds.
    """

    path: str
    size: int
    modified: int


def files(folder: Path, without: Collection[Path] = ()) -> Iterator[File]:
    """The files in a folder and below, sorted folder by folder, without hidden ones and those named.

    Links to folders are not followed, and pipes and devices are left out, which have no end. A folder that cannot be
    listed, or a file that is not to be had, is given as if it were a file: reading it says what is wrong.
    """
    denied: list[str] = []
    for here, folders, names in os.walk(folder, onerror=lambda error: denied.append(error.filename)):
        folders[:] = sorted(name for name in folders if _is_shown(name) and Path(here, name) not in without)
        for name in sorted(filter(_is_shown, names)):
            path = Path(here, name)
            if path not in without and (path.is_file() or not path.exists()):
                yield _file(path, folder)
    yield from (_file(Path(name), folder) for name in denied)


def chunks(each: Iterable[File]) -> Iterator[tuple[File, ...]]:
    """The files in chunks of some seconds' work at most, if no single file takes longer."""
    chunk: list[File] = []
    size = 0
    for file in each:
        if chunk and (len(chunk) == _FILES or size + file.size > _BYTES):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(file)
        size += file.size
    if chunk:
        yield tuple(chunk)


def name_of(chunk: tuple[File, ...]) -> str:
    """A name that only a chunk of just these files has, as they are now."""
    return sha256(repr([tuple(file) for file in chunk]).encode()).hexdigest()[:32]


def _is_shown(name: str) -> bool:
    return not name.startswith(_NO_REPORTS)


def _file(path: Path, folder: Path) -> File:
    below = path.relative_to(folder).as_posix()
    try:
        found = path.stat()
    except OSError:
        return File(below, 0, 0)
    return File(below, found.st_size, found.st_mtime_ns)
