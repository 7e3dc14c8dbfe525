"""Files: what is encrypted, or grows without end when it is unpacked, is refused before a page of it is read."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from gxparse.errors import SourceError
from gxparse.readers.limits import MAX_RATIO, MAX_UNPACKED, SMALL_PART, check


def opened(data: bytes) -> PDF:
    """The file, opened.

    Raises:
        SourceError: it needs a password.
    """
    try:
        return PDF.open(io.BytesIO(data))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect | PDFEncryptionError):
            raise SourceError("PDF 已加密，请先去除密码。 The PDF is encrypted: remove its password first.") from error
        raise


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing that pdfminer logs is printed on standard error where the program has set up no logging of its own."""
    nowhere = logging.NullHandler()
    logger = logging.getLogger("pdfminer")
    logger.addHandler(nowhere)
    try:
        yield
    finally:
        logger.removeHandler(nowhere)


def check_streams(data: bytes) -> None:
    """Checks that the packed streams stay within the limits, before anything unpacks them as a whole."""
    total = 0
    for start in _STREAM.finditer(data):
        # The head of what zlib packs; streams that are packed in another way grow little.
        if data[start.end() : start.end() + 1] in _PACKED:
            packed, unpacked = _sizes(memoryview(data)[start.end() :], MAX_UNPACKED - total)
            total += unpacked
            check("解压后的字节", "Bytes when unpacked", total, MAX_UNPACKED)
            # Blank pictures are packed very small, and are never unpacked.
            if unpacked > SMALL_PART and b"/Image" not in data[max(0, start.start() - _DICTIONARY) : start.start()]:
                check("压缩率", "Times a stream grows when unpacked", unpacked // max(packed, 1), MAX_RATIO)


_STREAM = re.compile(rb"stream[\r\n]{1,2}")
_PACKED = [bytes([high << 4 | 8]) for high in range(8)]
_DICTIONARY = 500
_CHUNK = 65_536


def _sizes(stream: memoryview, most: int) -> tuple[int, int]:
    """How many bytes of a stream are packed, and how many they are when unpacked, up to a little more than ``most``."""
    inflater = zlib.decompressobj()
    packed = unpacked = 0
    waiting: bytes | memoryview = stream[:_CHUNK]
    try:
        while waiting and not inflater.eof and unpacked <= most:
            unpacked += len(inflater.decompress(waiting, 16 * _CHUNK))
            packed += len(waiting) - len(inflater.unconsumed_tail)
            waiting = inflater.unconsumed_tail or stream[packed : packed + _CHUNK]
    except zlib.error:
        pass
    return packed - len(inflater.unused_data), unpacked
