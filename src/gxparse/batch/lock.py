"""A file that one process at a time has. However it ends, the system takes the file from it."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import BinaryIO

__all__ = ["locked"]

_HELD_BY_ANOTHER = (errno.EACCES, errno.EAGAIN)


def locked(path: Path) -> BinaryIO | None:
    """The file, made if it is not there, to be read and appended to until it is closed; none if another process has it.

    On a file system that knows no locks there is nothing that could tell.
    """
    file = path.open("a+b")
    try:
        _lock(file)
    except OSError as error:
        if error.errno in _HELD_BY_ANOTHER:
            file.close()
            return None
    file.seek(0)
    return file


if sys.platform == "win32":
    import msvcrt

    # Windows lets nobody read what is locked, so that it is a byte far behind the end.
    _FAR = 1 << 30

    def _lock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        # Unlike that of ``flock``, this lock does not pass to the processes that are forked meanwhile.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
