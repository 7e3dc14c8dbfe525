"""The bytes of a page → its HTML in UTF-8: encodings, pages as browsers save them (MHTML), what is not to be parsed."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from gxparse import decoding
from gxparse.document import Note
from gxparse.errors import SourceError
from gxparse.readers import limits

_MAIL = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?(?:mime-version|snapshot-content-location):",
    re.IGNORECASE,
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# A declaration stands in the head; pages of portals put styles and scripts before it.
_HEAD = 8192
#: What pages call their encodings, and how they are read: GB18030 holds GBK, which holds GB2312.
_ENCODINGS = (
    (re.compile(r"gb|x-gbk|cp936|ms936|windows-936|chinese|csgb", re.IGNORECASE), "gb18030"),
    (re.compile(r"big5|x-x-big5|cp950", re.IGNORECASE), "big5hkscs"),
    (re.compile(r"utf-?8", re.IGNORECASE), "utf-8"),
)


def html_of(data: bytes) -> tuple[bytes, tuple[Note, ...]]:
    """The HTML in UTF-8 of a page or of an MHTML file, and a note where its encoding was guessed or it is damaged.

    Raises:
        SourceError: the bytes are text in no known encoding, an MHTML file without a page, or beyond the limits.
    """
    html, notes = _decoded(*(_of_mail(data) if _MAIL.match(data[:_HEAD]) else (data, None)))
    _check(html)
    return html, notes


def _of_mail(data: bytes) -> tuple[bytes, str | None]:
    """The page in an MHTML file, and its encoding where the file names it."""
    pages = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
    contents = [(_payload(page), page.get_param("charset")) for page in pages]
    if not contents:
        raise SourceError("MHTML 文件中没有网页。 The MHTML file holds no page.")
    # Frames are parts of their own; the report is in the one that holds the tables.
    content, charset = max(contents, key=lambda each: (each[0].lower().count(b"</td"), len(each[0])))
    return content, charset if isinstance(charset, str) else None


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(data: bytes, charset: str | None) -> tuple[bytes, tuple[Note, ...]]:
    """The text. What is valid UTF-8 is UTF-8, whatever is declared: Chinese in another encoding never is."""
    try:
        data.decode()
    except UnicodeDecodeError:
        encoding = _encoding(charset or _declared(data[:_HEAD]))
    else:
        return data.removeprefix(b"\xef\xbb\xbf"), ()
    if encoding is None or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, notes = decoding.decode(data)
        return text.encode(), notes
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
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


# ── What a hostile page would cost ───────────────────────────────────────────────────────────────────────────────────


def _words(text: str) -> frozenset[bytes]:
    return frozenset(text.encode().split())


_TAG = re.compile(rb"<(/?[a-z][^\s/>]*)")
_NEVER_OPEN = _words("area base br col embed hr img input link meta source track wbr p li dd dt html body")
_FORMATTING = _words("a b big code em font i nobr s small strike strong tt u")
#: The most open elements, summed up over all tags; and those of formatting, which a parser opens again and again.
_MOST_OPEN = 20_000_000
_MOST_FORMATTED = 2_000_000
_SMALL = 100_000
_MOST_ATTRIBUTES = 4_000


def _check(html: bytes) -> None:
    """Refuses a page whose tree would take time or memory beyond its length to build.

    A parser looks through the open elements at each tag, and opens those of formatting again in each paragraph. An
    element counts as open until a tag ends it that stands where it should: never too short.
    """
    for tag in [part for part in html.split(b">") if len(part) > _MOST_ATTRIBUTES] if len(html) > _SMALL else ():
        attributes = len(tag.rpartition(b"<")[2].split(None, _MOST_ATTRIBUTES + 1))
        limits.check("属性", "Attributes", attributes, _MOST_ATTRIBUTES)
    tags = html.count(b"<")
    opening = tags - html.count(b"</")
    if opening * tags <= _MOST_OPEN and opening**2 <= 4 * _MOST_FORMATTED:
        return
    open_tags: list[bytes] = []
    formatting = depths = formatted = 0
    for tag in _TAG.findall(html.lower()):
        if tag.startswith(b"/"):
            if open_tags and open_tags[-1] == tag[1:]:
                open_tags.pop()
                formatting -= tag[1:] in _FORMATTING
        elif tag not in _NEVER_OPEN:
            open_tags.append(tag)
            formatting += tag in _FORMATTING
        depths += len(open_tags)
        formatted += formatting
    limits.check("嵌套的标签", "Tags within tags", depths, _MOST_OPEN)
    limits.check("嵌套的格式标签", "Formatting within formatting", formatted, _MOST_FORMATTED)
