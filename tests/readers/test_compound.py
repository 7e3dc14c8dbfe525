"""Compound files: the streams that stand in no storage, wherever they are kept, and what is refused."""

import struct

import pytest

from gxparse.readers.compound import Compound
from tests.compound import FREE, compound

LONG = bytes(range(256)) * 18


def put(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + struct.pack("<I", number) + data[at + 4 :]


def test_streams_are_found_by_name_and_those_in_storages_are_not():
    found = Compound.of(compound(One=LONG, TWO=LONG[::-1], In__Three=b"3", Other__One=b"1"))
    assert set(found.streams) == {"ONE", "TWO"}
    assert (found.stream("one"), found.stream("Two"), found.stream("Three")) == (LONG, LONG[::-1], None)
    assert found.stream("In") is None


def test_the_table_of_a_large_file_goes_on_in_a_sector_of_its_own():
    data = compound(One=LONG)
    lists = -(-len(data) // 512) - 1
    data = put(put(put(data, 68, lists), 72, 1), 76, FREE)
    assert Compound.of(data + struct.pack("<128I", 0, *[FREE] * 127)).stream("One") == LONG


def test_sectors_may_have_4096_bytes():
    data = compound(One=LONG)
    head, *sectors = (data[at : at + 512].ljust(4096, b"\xff") for at in range(0, len(data), 512))
    kept = LONG.ljust(8192, b"\0")
    table = struct.pack("<1024I", 0xFFFFFFFD, 2, 0xFFFFFFFE, 0xFFFFFFFE, *[FREE] * 1020)
    head = put(head.replace(struct.pack("<HH", 9, 6), struct.pack("<HH", 12, 6)), 48, 3)
    assert Compound.of(head + table + kept + sectors[-1]).stream("One") == LONG


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[:511], "cut off"),
        (lambda data: data[:30] + struct.pack("<HH", 7, 6) + data[34:], "no size"),
        (lambda data: put(data, 48, 0xFFFFFFFE), "folder is cut off"),
        (lambda data: put(data, 76, 77), "cut off"),
        (lambda data: put(put(data, 72, 1), 68, 77), "table is cut off"),
        (lambda data: put(data, 80, 0), "table is cut off"),
        (lambda data: put(data, data.index("One".encode("utf-16-le")) + 62, 66 << 16), "damaged"),
        (lambda data: data[: 512 * 5], "cut off"),
        (lambda data: put(data, 512 + 4, 1), "do not follow"),
        (lambda data: put(data, 512 + 4, 0xFFFFFFFE), "One is cut off"),
        (lambda data: put(data, data.index("One".encode("utf-16-le")) + 120, 99_999), "One is cut off"),
    ],
)
def test_damaged_files_are_refused(damage, said):
    with pytest.raises(ValueError, match=said):
        Compound.of(damage(compound(One=LONG))).stream("One")


def test_entries_that_name_each_other_in_a_ring_end():
    data = compound(One=LONG, Two=LONG)
    two = data.index("Two".encode("utf-16-le"))
    assert set(Compound.of(put(put(data, two + 68, 1), two + 72, 2)).streams) == {"ONE", "TWO"}


def test_a_table_that_lists_itself_is_refused_at_once():
    """Each of its sectors lists 127 others, so that it could be made to grow without end."""
    data = put(put(compound(One=LONG), 68, 1), 72, 1_000_000)
    ring = data[:1024] + struct.pack("<128I", *[0] * 127, 1) + data[1536:]
    with pytest.raises(ValueError, match="table is cut off"):
        Compound.of(ring)
