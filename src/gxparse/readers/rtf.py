"""RTF, made ODT by LibreOffice."""

from __future__ import annotations

from gxparse.document import Document
from gxparse.readers import limits, odt
from gxparse.readers.word.libreoffice import converted


def read(data: bytes) -> Document:
    """Reads an RTF file.

    Raises:
        SourceError: it is damaged or beyond the limits, or LibreOffice is not installed.
    """
    limits.check("文件字节", "Bytes of the file", len(data), limits.MAX_BYTES)
    return odt.read(converted(data, "rtf"))
