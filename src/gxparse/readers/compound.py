"""Compound files, the container of the older formats of Microsoft Office (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

_HEADER, _LISTED, _ENTRY = 512, 109, 128
_LAST = 0xFFFFFFFA  # No sector has this number, or one above it.
_LONGEST_NAME = 64
_STREAM = 2


class _Stream(NamedTuple):
    """The sector with which a stream begins, and its bytes."""

    start: int
    length: int


@frozen
class Compound:
    """A compound file, and its streams by name, but for those in storages, in which what is embedded stands.

    Names are told apart without regard to case; they stand here in capitals.
    """

    sectors: Sequence[bytes]
    table: Sequence[int]
    streams: Mapping[str, _Stream]
    small: _Stream
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
        first, cutoff, small_table = struct.unpack_from("<4xI4xII", data, 44)
        sectors = _parts(data[size:], size)
        table = _numbers(b"".join(sectors[number] for number in _sectors_of_table(data, sectors)))
        folder = b"".join(_chained(first, table, sectors))
        if len(folder) < _ENTRY:
            raise ValueError("its folder is cut off")
        inside, *small = struct.unpack_from("<76xI36xII", folder)
        return cls(
            sectors,
            table,
            dict(_streams(folder, inside)),
            _Stream(*small),
            small_size,
            small_table,
            cutoff,
        )

    def stream(self, name: str) -> bytes | None:
        """A stream by its name, nothing where there is none.

        Raises:
            ValueError: it is damaged.
        """
        stream = self.streams.get(name.upper())
        if stream is None:
            return None
        found = b"".join(self._sectors(stream))[: stream.length]
        if len(found) < stream.length:
            raise ValueError(f"the stream {name} is cut off")
        return found

    def _sectors(self, stream: _Stream) -> Iterator[bytes]:
        """The sectors of a stream; short streams have small ones, which are all kept in one stream."""
        if stream.length >= self.cutoff:
            return _chained(stream.start, self.table, self.sectors)
        kept = b"".join(_chained(self.small.start, self.table, self.sectors))
        table = _numbers(b"".join(_chained(self.small_table, self.table, self.sectors)))
        return _chained(stream.start, table, _parts(kept, self.small_size))


def _parts(data: bytes, size: int) -> Sequence[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sectors_of_table(data: bytes, sectors: Sequence[bytes]) -> Sequence[int]:
    """The sectors that the table is kept in: the head of the file lists the first, sectors of their own the others."""
    following, lists = struct.unpack_from("<II", data, 68)
    found = list(struct.unpack_from(f"<{_LISTED}I", data, 76))
    for _ in range(lists):
        if following >= len(sectors) or len(found) > _LISTED + len(sectors):
            raise ValueError("its table is cut off")
        *more, following = _numbers(sectors[following]) or (_LAST,)
        found += more
    found = [number for number in found if number < _LAST]
    if max(found, default=0) >= len(sectors) or len(set(found)) < len(found):
        raise ValueError("its table is cut off")
    return found


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


def _streams(folder: bytes, number: int) -> Iterator[tuple[str, _Stream]]:
    """The streams that stand in the same storage as an entry; a number beyond the last stands for none."""
    waiting, seen = [number], set[int]()
    while waiting:
        number = waiting.pop()
        if number in seen or (number + 1) * _ENTRY > len(folder):
            continue
        seen.add(number)
        name, length, kind, before, behind, *stream = struct.unpack_from("<64sHBxII40xII", folder, number * _ENTRY)
        if length > _LONGEST_NAME:
            raise ValueError("its folder is damaged")
        waiting += before, behind
        if kind == _STREAM:
            yield name[: max(length - 2, 0)].decode("utf-16-le", "replace").upper(), _Stream(*stream)
