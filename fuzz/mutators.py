"""Changes to inputs that reach what is behind the container.

They change the XML in a packed file, the pages of a PDF, the cells of a text. Where an input cannot be taken apart any
more, its bytes are changed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from random import Random
from typing import TypeAlias

from gxparse import Form, render
from gxparse.testing import zeros

#: What changes an input: its bytes and a source of chance → other bytes.
Mutator: TypeAlias = Callable[[bytes, Random], bytes]
#: What changes bytes at random, as the fuzzer does.
Flip: TypeAlias = Callable[[bytes, int], bytes]

_FIGURES = ("0", "7", "12", "345", "+8", "-9", "1,234", "0.5", "12.", "３４", "增加2", "减3", "5件", "6万元", "/", "无")
_ODDITIES = (
    *("\x00", "\ud800", "\u202e", "\u200b", "\ufeff", "\x85", "\u2028", '"', '""', "(", "（", "第3页", "\ufffc", "~~"),
    *(
        "+--+",
        "| --- |",
        "-" * 20,
        "…",
        "*",
        "## ",
        "一、",
        "（一）",
        "1.",
        "3.",
        "²",
        "⑫",
        "𝟑",
        "<td>",
        "&nbsp;",
        "亿元",
    ),
)
_SEPARATORS = ("\n", "\n\n", "\t", "\n\t", " | ", "|", " |\n", "|\n|", "||", "  ", " ", "", "\f", "\r\n", "│")


@cache
def _words() -> tuple[str, ...]:
    """The labels of both forms."""
    return tuple(sorted({word for form in Form for word in re.findall(r"[^\s|\d]{2,24}", render(zeros(form)))}))


def _piece(chance: Random) -> str:
    return chance.choice(chance.choice((_words(), _FIGURES, _ODDITIES)))


def _span(chance: Random, count: int, longest: int = 40) -> tuple[int, int]:
    """A place and the end of a run that begins there; most runs are short."""
    start = chance.randrange(count)
    return start, min(count, start + chance.choice((1, 1, 1, 2, 3, chance.randrange(1, longest))))


def _rearranged(parts: list[str], chance: Random, new: Callable[[], str]) -> None:
    """Changes a list of parts in one of the ways that suit any list: lost, doubled, moved, swapped, replaced, new."""
    start, end = _span(chance, len(parts))
    match chance.randrange(6):
        case 0:
            del parts[start:end]
        case 1:
            parts[start:start] = parts[start:end] * chance.choice((1, 1, 2, 50))
        case 2:
            moved = parts[start:end]
            del parts[start:end]
            at = chance.randrange(len(parts) + 1)
            parts[at:at] = moved
        case 3:
            other = chance.randrange(len(parts))
            parts[start], parts[other] = parts[other], parts[start]
        case 4:
            parts[start] = new()
        case _:
            parts.insert(start, new())


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_CELLS = re.compile(r"(\n|\t|\||,| {2,})")


def text(flip: Flip, encoding: str = "utf-8", errors: str = "surrogatepass") -> Mutator:
    """Changes the lines and cells of a text."""

    def mutate(data: bytes, chance: Random) -> bytes:
        if not data or chance.random() < 0.2:
            return flip(data, len(data) + 100)
        # Lines as they are, or cells and what parts them.
        found = data.decode(encoding, "replace")
        parts = found.splitlines(keepends=True) if chance.random() < 0.4 else _CELLS.split(found)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            if parts:
                _rearranged(parts, chance, lambda: _piece(chance) + chance.choice(_SEPARATORS))
        return "".join(parts).encode(encoding, errors)

    return mutate


# ── Markup ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_TOKENS = re.compile(r"<[^<>]*>|[^<]+|<")
_NAME = re.compile(r"</?([^\s/>]+)")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)=("[^"]*"|'[^']*')""")
_VALUES = (
    *("", "0", "1", "2", "3", "7", "-1", "200", "65536", "100000000", "9" * 40, "1e400", "NaN", "0.5", "²", "true"),
    *(
        "none",
        "continue",
        "restart",
        "both",
        "A1",
        "A1:B2",
        "XFD1048576",
        "0;;;",
        '0"件"',
        "../x",
        "#x",
        "display:none",
    ),
)
_NESTED = (2, 3, 50, 250)

#: Elements that mean something to a reader, by format.
ELEMENTS = {
    "docx": (
        *('<w:gridSpan w:val="3"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridBefore w:val="2"/>'),
        *("<w:vanish/>", "<w:strike/>", "<w:del><w:r><w:t>5</w:t></w:r></w:del>", "<w:tab/>", "<w:br/>", "<w:cr/>"),
        *("<w:ins><w:r><w:t>5</w:t></w:r></w:ins>", '<w:sym w:font="Symbol" w:char="F032"/>', "<w:noBreakHyphen/>"),
        *('<w:vertAlign w:val="superscript"/>', '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>=1</w:instrText>"),
        *('<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>', "<w:sdt><w:sdtContent>"),
        *(
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        ),
        *('<w:basedOn w:val="Normal"/>', '<w:pStyle w:val="Heading1"/>', "<w:txbxContent>", "<w:r><w:t>9</w:t></w:r>"),
    ),
    "odf": (
        *("<text:tab/>", "<text:line-break/>", '<text:s text:c="3"/>', '<text:s text:c="100000000"/>', "<text:span>"),
        *(
            "<table:covered-table-cell/>",
            '<table:table-cell table:number-columns-repeated="1000000"/>',
            "<text:p>7</text:p>",
        ),
        *('<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>',),
        *("<text:note><text:note-body><text:p>3</text:p></text:note-body></text:note>", "<text:tracked-changes>"),
        *(
            "<text:list><text:list-item><text:p>5</text:p></text:list-item></text:list>",
            "<draw:frame>",
            "<text:h>1</text:h>",
        ),
        *(
            '<table:table-row table:number-rows-repeated="1000000"/>',
            "<office:annotation><text:p>4</text:p></office:annotation>",
        ),
    ),
    "xlsx": (
        *('<c r="B5"><v>7</v></c>', '<c t="s"><v>0</v></c>', '<c t="inlineStr"><is><t>7</t></is></c>', "<f>1+1</f>"),
        *(
            '<mergeCell ref="A1:G9"/>',
            '<c t="e"><v>#REF!</v></c>',
            '<c t="b"><v>1</v></c>',
            "<v>1e400</v>",
            "<v>NaN</v>",
        ),
        *('<row r="1048576"/>', '<col min="1" max="16384" hidden="1"/>', '<numFmt numFmtId="1" formatCode="0%"/>'),
        *('<rPh sb="0" eb="1"><t>7</t></rPh>', "<r><t>7</t></r>", '<c t="d"><v>2023-01-01</v></c>', "<v>0.1e-9</v>"),
    ),
    "html": (
        *(
            "<td>",
            "</td>",
            "<tr>",
            "<table>",
            "</table>",
            "<p>",
            "<div style='display:none'>",
            "<sup>2</sup>",
            "<del>5</del>",
        ),
        *('<td colspan="3">', '<td rowspan="9">', '<td colspan="100000000">', "<br>", "<script>", "<!--", "<template>"),
        *(
            "<style>td{display:none}</style>",
            "<img src=x>",
            "<input value=5>",
            "<select><option>7</select>",
            "&#49;",
            "<th>",
        ),
        *(
            "<style>tr:nth-child(2){visibility:collapse}</style>",
            "<caption>",
            "<details>",
            "<svg>",
            "<iframe srcdoc='1'>",
        ),
        *("<span style='float:right;font-size:0'>5</span>", "<ol start=7><li>", "<textarea>", "<bdo dir=rtl>12</bdo>"),
    ),
}


def markup(flip: Flip, elements: tuple[str, ...]) -> Mutator:
    """Changes the elements, attributes and texts of XML or HTML; most of what it gives is still well formed."""

    def mutate(data: bytes, chance: Random) -> bytes:
        if not data or chance.random() < 0.1:
            return flip(data, len(data) + 100)
        tokens = _TOKENS.findall(data.decode("utf-8", "replace"))
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            if tokens:
                _change_markup(tokens, chance, elements)
        return "".join(tokens).encode("utf-8", "surrogatepass")

    return mutate


def _change_markup(tokens: list[str], chance: Random, elements: tuple[str, ...]) -> None:
    tags = [at for at, token in enumerate(tokens) if token.startswith("<") and token[1:2].isalpha()]
    texts = [at for at, token in enumerate(tokens) if not token.startswith("<") and not token.isspace()]
    what = chance.randrange(10)
    if what < 6 and tags:
        at = chance.choice(tags)
        end = _end(tokens, at)
        element = tokens[at:end]
        if what == 0:
            del tokens[at:end]
        elif what == 1:
            tokens[end:end] = element * chance.choice((1, 1, 2, 9))
        elif what == 2:
            place = _like(tokens, tags, at, chance)
            tokens[place:place] = element
        elif what == 3 and len(element) > 1:
            depth = chance.choice(_NESTED)
            tokens[at:end] = [element[0]] * depth + element[1:-1] + [element[-1]] * depth
        elif what == 4 and len(element) > 1:
            # The content is left where the element was.
            tokens[at:end] = element[1:-1]
        else:
            tokens[at] = _other_attributes(tokens[at], chance)
    elif what < 8 and texts:
        at = chance.choice(texts)
        tokens[at] = _other_text(tokens[at], chance)
    else:
        at = chance.choice(tags or [0]) + chance.randrange(2)
        tokens.insert(at, chance.choice(elements))


def _end(tokens: list[str], at: int) -> int:
    """Where an element ends that begins at a tag."""
    if tokens[at].endswith("/>"):
        return at + 1
    name, depth = _name(tokens[at]), 0
    for number in range(at, len(tokens)):
        if _name(tokens[number]) == name and not tokens[number].endswith("/>"):
            depth += -1 if tokens[number].startswith("</") else 1
            if not depth:
                return number + 1
    return at + 1


def _name(token: str) -> str:
    found = _NAME.match(token)
    return found[1] if found else ""


def _like(tokens: list[str], tags: list[int], at: int, chance: Random) -> int:
    """The place of an element with the same name, mostly, so that it stays where it may stand."""
    same = [other for other in tags if _name(tokens[other]) == _name(tokens[at])]
    return chance.choice(same if chance.random() < 0.8 else tags)


def _other_attributes(tag: str, chance: Random) -> str:
    found = list(_ATTRIBUTE.finditer(tag))
    if not found:
        return tag
    one = chance.choice(found)
    value = "" if chance.random() < 0.2 else f'{one[1]}="{chance.choice(_VALUES)}"'.replace('"件"', "&quot;件&quot;")
    return tag[: one.start()] + value + tag[one.end() :]


def _other_text(found: str, chance: Random) -> str:
    piece = _piece(chance).replace("&nbsp;", "\xa0").replace("<", "&lt;")
    at = chance.randrange(len(found) + 1)
    return chance.choice((piece, found[:at] + piece + found[at:], found[:at], found[at:], found * 2, ""))


# ── Packed files ─────────────────────────────────────────────────────────────────────────────────────────────────────


def packed(flip: Flip, elements: tuple[str, ...]) -> Mutator:
    """Changes a part of a packed file, and packs it again so that its sums are right."""
    change = markup(flip, elements)

    def mutate(data: bytes, chance: Random) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                parts = [(part.filename, file.read(part)) for part in file.infolist()]
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, RuntimeError, EOFError):
            return flip(data, len(data) + 100)
        if not parts or chance.random() < 0.05:
            return flip(data, len(data) + 100)
        at = chance.choices(range(len(parts)), [len(part) ** 0.5 + 1 for _, part in parts])[0]
        name, part = parts[at]
        if chance.random() < 0.03:
            _change_parts(parts, at, chance)
        else:
            parts[at] = name, change(part, chance)
        return _zipped(parts)

    return mutate


def _change_parts(parts: list[tuple[str, bytes]], at: int, chance: Random) -> None:
    other = chance.randrange(len(parts))
    match chance.randrange(3):
        case 0:
            del parts[at]
        case 1:
            parts[at] = parts[at][0], parts[other][1]
        case _:
            parts.append((parts[at][0].replace("1", "2"), parts[other][1]))


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as file:
        # A name may come twice, of which a user would be warned.
        for name, part in dict(parts).items():
            file.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, 1)
    return found.getvalue()


# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_OBJECT = re.compile(rb"(\d+) \d+ obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"(<<.*>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_FILTER = re.compile(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)")
_LENGTH = re.compile(rb"/Length\s+\d+(?:\s+\d+\s+R)?")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_PDF_TOKENS = re.compile(r"(<[0-9a-fA-F]*>|\([^)]*\)|/\w+|[-+.\d]+|[A-Za-z*'\"]+|\s+|.)", re.DOTALL)
_OPERATORS = (
    *("q", "Q", "BT", "ET", "Tj", "T*", "Td 0 -13", "0 0 0 0 re f", "3 Tr", "0 Tr", "1 g", "W n", "S", "f", "/F 10 Tf"),
    *(
        "1 0 0 1 9 9 cm",
        "0 1 -1 0 300 300 Tm",
        "-1 0 0 -1 0 0 cm",
        "1e30 0 0 1 0 0 cm",
        "0 0 m 9 9 l S",
        "10 Ts",
        "200 Tz",
    ),
    *(
        "/X Do",
        "BI /W 1 /H 1 ID x EI",
        "/Span<</ActualText(7)>>BDC",
        "EMC",
        "<0037> Tj",
        "[<0031> -500 <0032>] TJ",
        "9 Tc",
    ),
    *(
        "72 700 450 20 re f",
        "0 0 595 842 re W n",
        "2 w",
        "/GS gs",
        "' ",
        "<00310032> Tj",
        "1 0 0 1 72 700 Tm <0035> Tj",
    ),
)
_NUMBERS = ("0", "1", "-1", "0.5", "10", "13", "300", "842", "99999", "1e9", "-0", ".", "00000000001", "1 0 R", "2 0 R")


def portable(flip: Flip) -> Mutator:
    """Changes what a PDF paints, or its objects; streams are unpacked, and lengths and places put right."""

    def mutate(data: bytes, chance: Random) -> bytes:
        objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
        if not objects or chance.random() < 0.05:
            return flip(data, len(data) + 100)
        streams = [number for number, body in objects.items() if _STREAM.search(body)]
        number = chance.choice(streams if streams and chance.random() < 0.7 else list(objects))
        objects[number] = _other_object(objects[number], flip, chance)
        trailer = _TRAILER.search(data)
        return _put_together(objects, trailer[1] if trailer else b"/Root 1 0 R")

    return mutate


def _other_object(body: bytes, flip: Flip, chance: Random) -> bytes:
    stream = _STREAM.search(body)
    if stream is None or chance.random() < 0.1:
        return _other_tokens(body, chance)
    content = stream[2]
    if b"FlateDecode" in stream[1]:
        try:
            content = zlib.decompressobj().decompress(content, 5_000_000)
        except zlib.error:
            return flip(body, len(body) + 100)
    content = flip(content, len(content) + 100) if chance.random() < 0.1 else _other_tokens(content, chance)
    head = _LENGTH.sub(b"", _FILTER.sub(b"", stream[1])).removeprefix(b"<<")
    return b"<</Length %d %b stream\n%b\nendstream\n" % (len(content), head, content)


def _other_tokens(content: bytes, chance: Random) -> bytes:
    """Content with operators or their operands changed, by token or by line."""
    found = content.decode("latin-1")
    parts = found.splitlines(keepends=True) if chance.random() < 0.5 else _PDF_TOKENS.findall(found)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        if not parts:
            break
        numbers = [at for at, part in enumerate(parts) if part[-1:].isdecimal()]
        if numbers and chance.random() < 0.4:
            parts[chance.choice(numbers)] = chance.choice((*_NUMBERS, str(chance.randrange(-20, 860))))
        else:
            _rearranged(parts, chance, lambda: f"\n{chance.choice(_OPERATORS)}\n")
    return "".join(parts).encode("latin-1", "replace")


def _put_together(objects: dict[int, bytes], trailer: bytes) -> bytes:
    found, places = bytearray(b"%PDF-1.4\n"), {}
    for number, body in objects.items():
        places[number] = len(found)
        found += b"%d 0 obj%bendobj\n" % (number, body)
    start, count = len(found), max(objects) + 1
    if count > 10 * len(objects) + 100:
        return bytes(found) + b"trailer\n<<%b>>\n" % trailer
    lines = [f"{places[at]:010} 00000 n \n" if at in places else "0000000000 65535 f \n" for at in range(count)]
    found += f"xref\n0 {count}\n{''.join(lines)}".encode()
    found += b"trailer\n<<%b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
    return bytes(found)


# ── Bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def damaged(data: bytes, chance: Random) -> bytes:
    """Bytes cut off, bits flipped, numbers overwritten, pieces lost, doubled or put in: without the fuzzer's help."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        if not found:
            break
        at = chance.randrange(len(found))
        size = chance.choice((1, 2, 4, 16, 512, len(found)))
        match chance.randrange(7):
            case 0:
                del found[at:]
            case 1 | 2:
                found[at] ^= 1 << chance.randrange(8)
            case 3:
                number = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF))
                found[at : at + 4] = number.to_bytes(4, "little")
            case 4:
                del found[at : at + size]
            case 5:
                found[at:at] = found[at : at + size]
            case _:
                found[at:at] = chance.randbytes(min(size, 16))
    return bytes(found[: 4 * len(data)])
