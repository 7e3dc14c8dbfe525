"""Compound files, the container of the older formats of Microsoft Office (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from attrs import frozen

_HEADER = 512
_LAST = 0xFFFFFFFA  # No sector has this number, or one above it.
_ENTRY = 128


@frozen
class _Entry:
    """A stream or a storage: where it begins, its bytes, and the entries before, behind and in it."""

    name: str
    start: int
    length: int
    before: int
    behind: int
    inside: int


@frozen
class Compound:
    """A compound file, and its entries by name without those in storages, where what is embedded stands."""

    sectors: Sequence[bytes]
    table: Sequence[int]
    entries: dict[str, _Entry]
    small: _Entry
    small_size: int
    small_table: int
    cutoff: int

    @classmethod
    def of(cls, data: bytes) -> Compound:
        """The compound file that is kept in these bytes.

        Raises:
            ValueError: it is damaged.
        """
        if len(data) < _HEADER:
            raise ValueError("it is cut off")
        size, small_size = (1 << power for power in struct.unpack_from("<HH", data, 30))
        if size not in (512, 4096) or small_size >= size:
            raise ValueError("its sectors have no size that is known")
        first, cutoff, small_table, first_list, lists = struct.unpack_from("<4xI4xII4xII", data, 44)
        sectors = _parts(data[size:], size)
        listed = list(struct.unpack_from("<109I", data, 76))
        for _ in range(min(lists, len(sectors))):
            *more, first_list = _numbers(b"".join(sectors[first_list : first_list + 1]))
            listed += more
        kept = [number for number in listed if number < _LAST]
        if any(number >= len(sectors) for number in kept):
            raise ValueError("it is cut off")
        table = _numbers(b"".join(sectors[number] for number in kept))
        entries = b"".join(_chained(first, table, sectors))
        root = _entry(entries, 0)
        found = {each.name: each for each in _beside(entries, root.inside)}
        return cls(sectors, table, found, root, small_size, small_table, cutoff)

    def stream(self, name: str) -> bytes | None:
        """A stream by its name, nothing where there is none.

        Raises:
            ValueError: it is damaged.
        """
        if name not in self.entries:
            return None
        entry = self.entries[name]
        found = b"".join(self._parts_of(entry))[: entry.length]
        if len(found) < entry.length:
            raise ValueError(f"the stream {name} is cut off")
        return found

    def _parts_of(self, entry: _Entry) -> Iterator[bytes]:
        """The sectors of a stream; short streams have small ones, which are all kept in one stream."""
        if entry.length >= self.cutoff:
            return _chained(entry.start, self.table, self.sectors)
        kept = b"".join(_chained(self.small.start, self.table, self.sectors))
        table = _numbers(b"".join(_chained(self.small_table, self.table, self.sectors)))
        return _chained(entry.start, table, _parts(kept, self.small_size))


def _parts(data: bytes, size: int) -> Sequence[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chained(start: int, table: Sequence[int], sectors: Sequence[bytes]) -> Iterator[bytes]:
    """The sectors of a stream, each of which names the next."""
    for _ in range(len(table) + 1):
        if start >= _LAST:
            return
        if start >= len(sectors):
            raise ValueError("it is cut off")
        if start >= len(table):
            break
        yield sectors[start]
        start = table[start]
    raise ValueError("its sectors do not follow one another")


def _entry(entries: bytes, number: int) -> _Entry:
    at = number * _ENTRY
    if len(entries) < at + _ENTRY:
        raise ValueError("its folder is cut off")
    length, before, behind, inside, start, size = struct.unpack_from("<64xH2x3I36xII", entries, at)
    name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(name, start, size, before, behind, inside)


def _beside(entries: bytes, number: int) -> Iterator[_Entry]:
    """An entry and all that stand in the same storage; a number beyond the last stands for none."""
    waiting, seen = [number], set[int]()
    while waiting:
        number = waiting.pop()
        if number not in seen and (number + 1) * _ENTRY <= len(entries):
            seen.add(number)
            entry = _entry(entries, number)
            waiting += entry.before, entry.behind
            yield entry
