"""Makes compound files, the container of the older formats of Microsoft Office."""

import struct

FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def entry(
    name: str, kind: int, place: tuple[int, int], beside: tuple[int, int] = (FREE, FREE), *, inside: int = FREE
) -> bytes:
    """What the folder of a compound file says of a stream (2), a storage (1) or the root (5)."""
    coded = f"{name}\0".encode("utf-16-le")
    return coded.ljust(64, b"\0") + struct.pack("<HBx3I36xII4x", len(coded), kind, *beside, inside, *place)


def compound(**streams: bytes) -> bytes:
    """A compound file with streams, filled up to 4096 bytes; that named ``A__B`` is B in the storage A."""
    table, kept, places = [TABLE], b"", {}
    for name, data in streams.items():
        padded = data.ljust(4096, b"\0")
        places[name] = len(table), len(padded)
        sectors = -(-len(padded) // 512)
        table += [*range(len(table) + 1, len(table) + sectors), LAST]
        kept += padded.ljust(sectors * 512, b"\0")
    outer = sorted(streams, key=lambda name: "__" in name)
    embedded = [name for name in outer if "__" in name]
    folder = entry("Root Entry", 5, (LAST, 0), inside=1)
    for at, name in enumerate(outer, 1):
        following = at + 1 if at < len(outer) else FREE
        beside = (following, FREE) if at % 2 else (FREE, following)
        if name in embedded:
            folder += entry(name.split("__")[0], 1, (0, 0), beside, inside=at + len(embedded))
        else:
            folder += entry(name, 2, places[name], beside)
    folder += b"".join(entry(name.split("__")[1], 2, places[name]) for name in embedded)
    first = len(table)
    sectors = -(-len(folder) // 512)
    table += [*range(first + 1, first + sectors), LAST]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    head += struct.pack("<HHHHH10xII4x", 0x3E, 3, 0xFFFE, 9, 6, 1, first)
    head += struct.pack("<IIIII109I", 4096, LAST, 0, LAST, 0, 0, *[FREE] * 108)
    return head + struct.pack("<128I", *table, *[FREE] * (128 - len(table))) + kept + folder.ljust(sectors * 512, b"\0")
