"""Bytes of text → text."""

from __future__ import annotations

import codecs

from gxparse.document import Note
from gxparse.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """Decodes text by its byte order mark, else as UTF-8, else as GB18030.

    Returns:
        The text, and a note where the encoding had to be guessed.

    Raises:
        SourceError: the bytes are no text in any of these encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                raise SourceError(_broken(encoding, error)) from error
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as utf8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise SourceError(_broken("utf-8, gb18030", utf8)) from utf8
    guessed = Note(
        "GX007",
        "文本不是 UTF-8，也没有标明编码，按 GB18030 读取。",
        "The text is not UTF-8 and names no encoding; it is read as GB18030.",
    )
    return text, (guessed,)


def _broken(encoding: str, error: UnicodeDecodeError) -> str:
    return (
        f"无法按 {encoding} 解码，第 {error.start + 1} 字节有误。请另存为 UTF-8 文本。 "
        f"The bytes are no text in {encoding} (byte {error.start + 1}). Save the file as UTF-8 text."
    )
