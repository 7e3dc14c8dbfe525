"""The HTML of a source: of a page, or of a page with its frames as browsers save it (MHTML)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email import message_from_bytes
from email.message import Message
from html import unescape
from urllib.parse import urljoin

from gxparse.document import Note
from gxparse.errors import SourceError
from gxparse.readers.web import cost
from gxparse.readers.web.encoding import decoded

_MAIL = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?(?:mime-version|snapshot-content-location):",
    re.IGNORECASE,
)
_HEAD = 8192
_HTML = ("text/html", "application/xhtml+xml")


def html_of(data: bytes) -> tuple[bytes, tuple[Note, ...]]:
    """The HTML in UTF-8 of a page or of an MHTML file, and notes where it was guessed at, is damaged or cut off.

    Raises:
        SourceError: the bytes are text in no known encoding, an MHTML file without a page, or beyond the limits.
    """
    mail = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MAIL.match(mail):
        html, notes = _of_mail(data[data.index(mail[:1]) :])
    else:
        html, notes = _whole(*decoded(data, None))
    cost.check(html)
    return html, notes


# ── Pages that end too early ─────────────────────────────────────────────────────────────────────────────────────────

# A digit at the end of the page, behind which no block ends: the number may go on.
_CUT_NUMBER = re.compile(rb"[0-9](?:[\s,.]|</?(?:span|font|b|strong|em|i|u|o:p)\b[^<>]*>)*(?:<[^>]*)?$", re.IGNORECASE)
_TAIL = 4_000


def _whole(html: bytes, notes: tuple[Note, ...]) -> tuple[bytes, tuple[Note, ...]]:
    """The page; a number at its end is not read where the page may have been cut off in it."""
    is_whole = html[-_TAIL:].rstrip().lower().endswith(b"</html>")
    if not is_whole and (cut := _CUT_NUMBER.search(html, max(0, len(html) - _TAIL))):
        return html[: cut.start() + 1] + "…".encode(), (*notes, _cut())
    return html, notes


def _cut() -> Note:
    return Note(
        "GX003",
        "网页在数字处结束，数字可能被截断，未采用。请重新保存网页。",
        "The page ends in a number that may be cut off; it is not used. Save the page again.",
    )


# ── Pages as browsers save them ──────────────────────────────────────────────────────────────────────────────────────

_FRAME = re.compile(rb"<i?frame\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?([^\s\"'<>]{1,2000})[^<>]{0,2000}>", re.IGNORECASE)
_FRAMESET = re.compile(rb"</?(?:frameset|noframes)\b[^<>]*>", re.IGNORECASE)


def _of_mail(data: bytes) -> tuple[bytes, tuple[Note, ...]]:
    """The page in an MHTML file, its frames put in their places; or the part that holds more tables than that page."""
    message = message_from_bytes(data)
    parts = [part for part in message.walk() if part.get_content_type() in _HTML]
    if not parts:
        raise SourceError("MHTML 文件中没有网页。 The MHTML file holds no page.")
    pages = [_whole(*decoded(_payload(part), _charset(part))) for part in parts]
    places = {name: at for at, part in reversed(list(enumerate(parts))) for name in _names(part)}
    base = parts[0].get("Content-Location", "")
    html, used = _with_frames([html for html, _ in pages], places, base)
    best = max(range(len(pages)), key=lambda at: _cells(pages[at][0]))
    if _cells(pages[best][0]) > _cells(html):
        html, used = pages[best][0], {best}
    html = _with_sheets(html, [part for part in message.walk() if part.get_content_type() == "text/css"], base)
    return html, tuple(note for at in sorted(used) for note in pages[at][1])


def _with_sheets(html: bytes, sheets: Sequence[Message], base: str) -> bytes:
    """The page with the style sheets that it links, each once, in the places of their links."""
    texts = {name: at for at, part in reversed(list(enumerate(sheets))) for name in _names(part)}
    used: set[int] = set()

    def put_in(link: re.Match[bytes]) -> bytes:
        said = {name.lower(): quoted or bare for name, _, quoted, bare in reversed(_ATTRIBUTE.findall(link[0]))}
        source = unescape(said.get(b"href", b"").decode("utf-8", "replace")).strip()
        at = texts.get(source, texts.get(urljoin(base, source)))
        kinds = said.get(b"rel", b"").lower().split()
        if at is None or at in used or b"stylesheet" not in kinds or b"alternate" in kinds:
            return link[0]
        used.add(at)
        text = _IN_MARKUP.sub(b"", _payload(sheets[at]))
        return b'<style media="%s">%s</style>' % (said.get(b"media", b"").replace(b'"', b""), text)

    return _LINK.sub(put_in, html) if texts else html


_LINK = re.compile(rb"<link\b[^<>]{0,4000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"([\w-]{1,40})\s*=\s*(?:([\"'])(.*?)\2|([^\s\"'<>]+))", re.DOTALL)
# What ends a style sheet or a comment in a page.
_IN_MARKUP = re.compile(rb"</style|<!--|-->", re.IGNORECASE)


def _with_frames(pages: Sequence[bytes], places: Mapping[str, int], base: str) -> tuple[bytes, set[int]]:
    """The first page with the pages of its frames in it, each of them once, and which pages these are."""
    used = {0}
    done: list[bytes] = []
    open_pages = [(pages[0], 0, _FRAME.finditer(pages[0]))]
    while open_pages:
        html, start, frames = open_pages.pop()
        frame = next(frames, None)
        if frame is None:
            done += html[start:], b"</div>"
            continue
        done.append(html[start : frame.start()])
        open_pages.append((html, frame.end(), frames))
        source = unescape(frame[1].decode("utf-8", "replace"))
        at = places.get(source, places.get(urljoin(base, source)))
        if at is not None and at not in used:
            used.add(at)
            done.append(b"<div>")
            open_pages.append((pages[at], 0, _FRAME.finditer(pages[at])))
    return _FRAMESET.sub(b"", b"".join(done[:-1])) if len(used) > 1 else pages[0], used


def _names(part: Message) -> list[str]:
    """What the frames of a page may call a part."""
    name = (part.get("Content-ID") or "").strip().strip("<>")
    return [each for each in (f"cid:{name}" if name else "", (part.get("Content-Location") or "").strip()) if each]


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None


def _cells(html: bytes) -> int:
    return html.lower().count(b"</td")


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
