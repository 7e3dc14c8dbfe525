"""The streams of a compound file, the container of the older formats of Microsoft Office (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_LAST = 0xFFFFFFFA  # No sector has this number, or one above it.
_ENTRY = 128
_ROOT = 5


def stream_of(data: bytes, name: str) -> bytes | None:
    """A stream by its name, nothing where there is none.

    Raises:
        ValueError: the file is damaged.
    """
    size, small_size = (1 << power for power in struct.unpack_from("<HH", data, 30))
    first, cutoff, first_small, first_list, lists = struct.unpack_from("<4xI4xII4xII", data, 44)
    if size not in (512, 4096) or small_size >= size:
        return None

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    listed = list(struct.unpack_from("<109I", data, 76))
    for _ in range(min(lists, len(data) // size)):
        *more, first_list = struct.unpack(f"<{size // 4}I", sector(first_list))
        listed += more
    table = _numbers(b"".join(sector(number) for number in listed if number < _LAST))
    entries = b"".join(map(sector, _chain(first, table)))
    found = {}
    small = b""
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        start, long = struct.unpack_from("<II", entries, at + 116)
        found[entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")] = start, long
        if kind == _ROOT:
            small = b"".join(map(sector, _chain(start, table)))
    if name not in found:
        return None
    start, long = found[name]
    if long >= cutoff:
        parts = [sector(at) for at in _chain(start, table)]
    else:
        small_table = _numbers(b"".join(map(sector, _chain(first_small, table))))
        parts = [small[at * small_size : (at + 1) * small_size] for at in _chain(start, small_table)]
    stream = b"".join(parts)[:long]
    if len(stream) < long:
        raise ValueError(f"the stream {name} is cut off")
    return stream


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(start: int, table: Sequence[int]) -> list[int]:
    """The sectors of a stream, each of which names the next."""
    found: list[int] = []
    while start < _LAST:
        if start >= len(table) or len(found) > len(table):
            raise ValueError("its sectors do not follow one another")
        found.append(start)
        start = table[start]
    return found
