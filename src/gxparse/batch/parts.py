"""The folder of what is read until all is: of one batch, and of one process at a time.

Its ``manifest.json`` tells what batch it is, and is locked by the process that is at work on it. It is the first file
to come and the last to go, so that the folder is known as one of ours whenever a run is killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gxparse.batch.lock import locked
from gxparse.errors import GxparseError

__all__ = ["clear", "held"]

_MANIFEST = "manifest.json"


@contextmanager
def held(folder: Path, manifest: str, *, restart: bool) -> Iterator[bool]:
    """Has the folder to itself, and tells whether parts of an earlier run are in it.

    Args:
        folder: the folder, which is made if it is not there, and removed if in the end nothing is in it.
        manifest: what batch it is for.
        restart: whether what is in it is to be thrown away.

    Raises:
        GxparseError: it is of another batch, or another process has it.
        OSError: it cannot be written.
    """
    folder.mkdir(exist_ok=True)
    is_needed = True
    try:
        with _opened(folder) as file:
            is_continued = bool(_inside(folder)) and not restart
            _claim(folder, file, manifest, is_continued=is_continued)
            try:
                yield is_continued
            finally:
                is_needed = bool(_inside(folder))
    finally:
        if not is_needed:
            with suppress(OSError):  # where another process has begun meanwhile, it needs the folder
                (folder / _MANIFEST).unlink()
                folder.rmdir()


def clear(folder: Path) -> None:
    """Removes the parts."""
    for part in _inside(folder):
        part.unlink()


def _opened(folder: Path) -> BinaryIO:
    manifest = folder / _MANIFEST
    if not manifest.exists() and _inside(folder):
        raise GxparseError(
            f"{folder} 不是 gxparse 建立的文件夹，请换一个输出文件。 "
            f"{folder} was not made by gxparse. Name another output."
        )
    if file := locked(manifest):
        return file
    raise GxparseError(
        f"另一个 gxparse 正在使用 {folder}，请等它结束，或换一个输出文件。 "
        f"Another gxparse is at work on {folder}. Wait until it has ended, or name another output."
    )


def _claim(folder: Path, file: BinaryIO, manifest: str, *, is_continued: bool) -> None:
    """Makes sure that the parts are of this batch."""
    if not is_continued:
        clear(folder)
        file.truncate(0)
        file.write(manifest.encode())
        file.flush()
        return
    found = file.read().decode("utf-8", "replace")
    if found != manifest:
        raise GxparseError(
            f"{folder} 属于另一次处理：{found}。请用 --restart 放弃它，或换一个输出文件。 "
            f"{folder} is of another batch: {found}. Give it up with --restart, or name another output."
        )


def _inside(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.name != _MANIFEST]
