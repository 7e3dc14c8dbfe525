"""The bytes of a page → its HTML in UTF-8."""

from __future__ import annotations

import re

from gxparse import decoding
from gxparse.document import Note
from gxparse.readers import limits

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# A declaration stands in the head; pages of portals put styles and scripts before it.
_HEAD = 8192
#: What pages call their encodings, and how they are read: GB18030 holds GBK, which holds GB2312.
_ENCODINGS = (
    (re.compile(r"gb|x-gbk|cp936|ms936|windows-936|chinese|csgb", re.IGNORECASE), "gb18030"),
    (re.compile(r"big5|x-x-big5|cp950", re.IGNORECASE), "big5hkscs"),
    (re.compile(r"utf-?8", re.IGNORECASE), "utf-8"),
)


def decoded(data: bytes, charset: str | None) -> tuple[bytes, tuple[Note, ...]]:
    """The page in UTF-8, and a note where its encoding was guessed or it is damaged.

    What is valid UTF-8 is UTF-8, whatever is declared: Chinese in another encoding never is. Else what the page says
    counts and what is said of it, that which loses less: a page that was saved again may keep either.

    Raises:
        SourceError: the bytes are text in no known encoding.
    """
    try:
        data.decode()
    except UnicodeDecodeError:
        encodings = [_encoding(name) for name in (charset, _declared(data[:_HEAD])) if name]
    else:
        return data.removeprefix(b"\xef\xbb\xbf"), ()
    known = [encoding for encoding in encodings if encoding]
    if not known or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, notes = decoding.decode(data)
        return text.encode(), notes
    texts = {encoding: data.decode(encoding, "replace") for encoding in known}
    encoding = min(texts, key=lambda each: texts[each].count("\ufffd"))
    text, lost = texts[encoding], texts[encoding].count("\ufffd")
    limits.check("无法解码的字符", "Characters that cannot be decoded", lost, max(20, len(text) // 50))
    return text.encode(), (_lost(encoding, lost),) if lost else ()


def _declared(head: bytes) -> str:
    match = _DECLARED.search(head)
    return match[1].decode("ascii", "replace") if match else ""


def _encoding(name: str) -> str | None:
    return next((encoding for pattern, encoding in _ENCODINGS if pattern.match(name)), None)


def _lost(encoding: str, count: int) -> Note:
    return Note(
        "GX007",
        f"网页标明的编码按 {encoding} 读取，有 {count} 处无法解码。请对照原文。",
        f"The page is read as {encoding}, as it declares; {count} characters cannot be decoded. Compare the source.",
    )
