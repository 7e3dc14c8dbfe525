"""Files that are packed: DOCX, XLSX, ODT and other archives."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from gxparse.errors import SourceError
from gxparse.readers.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, SMALL_PART, check

#: What the standard library raises for an archive that is damaged.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, RuntimeError, LookupError)


def unpacked(data: bytes) -> zipfile.ZipFile:
    """A packed file whose parts are known to stay within the limits when they are unpacked.

    Raises:
        SourceError: it is damaged, encrypted, or would unpack to too much.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        parts = packed.infolist()
    except DAMAGED as error:
        raise SourceError(
            f"文件已损坏，无法解压：{error}。 The file is damaged and cannot be unpacked: {error}."
        ) from error
    check("压缩包内的文件", "Parts of the packed file", len(parts), MAX_PARTS)
    check("解压后的字节", "Bytes when unpacked", sum(part.file_size for part in parts), MAX_UNPACKED)
    for part in parts:
        if part.flag_bits & 1:
            raise SourceError("文件已加密，请先去除密码。 The file is encrypted: remove its password first.")
        if part.file_size > SMALL_PART:
            ratio = part.file_size // max(part.compress_size, 1)
            check("压缩率", "Times a part grows when unpacked", ratio, MAX_RATIO)
    return packed
