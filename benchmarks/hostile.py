"""What hostile files cost: each kind ends in a record or a clear error, within a time and a memory that are stated."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.outcome import Outcome

#: Seconds of processor time that any file may take, and the megabytes of its peak.
SECONDS = 20
MEGABYTES = 1_200

_PAGE = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>"
_ROW = "规章 | 1 | 2 | 3 |\n"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_PARSE = """
import json, re, resource, sys, time
from pathlib import Path
sys.modules["interegular"] = None
import gxparse
data = Path(sys.argv[1]).read_bytes()
try:
    gxparse.parse(data)
    end = "a record"
except gxparse.GxparseError as error:
    end = type(error).__name__
used = resource.getrusage(resource.RUSAGE_SELF)
status = Path("/proc/self/status")
kilobytes = int(re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text())[1]) if status.exists() else used.ru_maxrss
print(json.dumps((end, used.ru_utime + used.ru_stime, kilobytes / 1024)))
"""


def _zip(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def _word(body: str, start: str = "") -> bytes:
    document = f'<?xml version="1.0"?>{start}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return _zip(word__document_xml=document.encode())


def _sheet(content: str) -> bytes:
    book = '<workbook xmlns:r="r"><sheets><sheet r:id="a"/></sheets></workbook>'
    relations = '<Relationships><Relationship Id="a" Target="worksheets/a.xml"/></Relationships>'
    return _zip(
        xl__workbook_xml=book.encode(),
        **{"xl___rels__workbook.xml.rels": relations.encode(), "xl__worksheets__a_xml": content.encode()},
    )


def _pdf(content: bytes) -> bytes:
    """One page with this content, packed."""
    packed = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
        b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj%b endobj\n" % (at, each) for at, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>"


_NESTED = [f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)]
_ENTITIES = f'<!DOCTYPE a [<!ENTITY a "1111111111">{"".join(_NESTED)}]>'

#: What each file does, by its format.
FILES: dict[str, Callable[[], bytes]] = {
    "text: a million rows": lambda: (_ROW * 1_000_000).encode(),
    "text: as many rows as are allowed": lambda: (_ROW * 120_000).encode(),
    "text: 40 MB of bars": lambda: b"|" * 40_000_000,
    "text: 40 MB in one cell": lambda: ("规章 | " + "1" * 40_000_000).encode(),
    "text: NULs, marks of direction, half pairs": lambda: (
        ("\0\u202e规章\u202c | 1" * 500_000).encode() + b"\xed\xa0\x80"
    ),
    "CSV: a million rows": lambda: b"a,b,c\n" * 1_000_000,
    "CSV: a quote that never closes": lambda: b"a,b,c\n" * 100 + b'"' * 20_000_000,
    "HTML: spans of a hundred million": lambda: (
        f"{_PAGE}<table>{'<tr><td colspan=100000000 rowspan=100000000>1<td>2' * 20_000}"
    ).encode(),
    "HTML: more cells than are allowed": lambda: f"{_PAGE}<table>{('<tr>' + '<td>1' * 10) * 100_000}".encode(),
    "HTML: 300,000 elements within each other": lambda: f"{_PAGE}{'<div>' * 300_000}".encode(),
    "HTML: tables within tables": lambda: f"{_PAGE}{'<table><tr><td>' * 100_000}".encode(),
    "HTML: millions of spans": lambda: f"{_PAGE}<p>{'<span>1</span>' * 2_800_000}".encode(),
    "HTML: selectors that look back": lambda: (
        f"{_PAGE}<style>{'a div div div div b{display:none}' * 2_000}</style>{'<div>' * 500}<p>1"
    ).encode(),
    "MHTML: frames that hold each other": lambda: (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
        + "".join(
            f"--a\nContent-Type: text/html\nContent-ID: <{at}>\n\n<iframe src=cid:{at ^ 1}></iframe>\n" for at in (0, 1)
        )
        * 20_000
    ).encode(),
    "DOCX: a part that unpacks to 300 MB": lambda: _zip(word__document_xml=bytes(300_000_000)),
    "DOCX: entities of entities": lambda: _word("&j;", _ENTITIES),
    "DOCX: 100,000 tables within each other": lambda: _word("<w:tbl><w:tr><w:tc>" * 100_000),
    "DOCX: a cell that spans a hundred million": lambda: _word(
        "<w:tbl>"
        + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr><w:p/></w:tc></w:tr>' * 20_000
        + "</w:tbl>"
    ),
    "XLSX: a cell in the last row and column": lambda: _sheet(
        '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    ),
    "XLSX: a million merged ranges": lambda: _sheet(
        "<worksheet><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 200_000 + "</mergeCells></worksheet>"
    ),
    "ODS: a row repeated a billion times": lambda: _zip(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        content_xml=(
            b'<a xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><t:table>'
            b'<t:table-row t:number-rows-repeated="1000000000"><t:table-cell t:number-columns-repeated="1000"><p>1</p>'
            b"</t:table-cell></t:table-row></t:table></a>"
        ),
    ),
    "PDF: a stream that unpacks to 300 MB": lambda: _pdf(b" " * 300_000_000),
    "PDF: three million figures": lambda: _pdf(b"BT /F 9 Tf 9 9 Td " + b"(1)Tj " * 3_000_000 + b"ET"),
    "PDF: three million rules": lambda: _pdf(b"0 0 9 9 re f " * 3_000_000),
    "PDF: pages that hold each other": lambda: (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj "
        b"trailer<</Root 1 0 R>>"
    ),
}


def measure() -> Outcome:
    """Parses each file in a process of its own."""
    outcome = Outcome(
        f"HOSTILE  each file ends within {SECONDS} s of processor time and {MEGABYTES} MB",
        ("file", "MB", "ends in", "seconds", "peak MB", ""),
    )
    with TemporaryDirectory() as folder:
        for name, make in FILES.items():
            data = make()
            file = Path(folder, "file")
            file.write_bytes(data)
            end, seconds, peak = _parsed(file)
            problem = None
            if end == "failure" or seconds > SECONDS or peak > MEGABYTES:
                problem = f"{end} after {seconds:.1f} s and {peak:.0f} MB"
            outcome.add(name, f"{len(data) / 1e6:.1f}", end, f"{seconds:.1f}", f"{peak:.0f}", problem=problem)
    return outcome


def _parsed(file: Path) -> tuple[str, float, float]:
    """How parsing ends, the seconds of processor time, and the megabytes at the peak."""
    command = [sys.executable, "-c", _PARSE, str(file)]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=10 * SECONDS)
    except (subprocess.SubprocessError, OSError):
        return "failure", 10 * SECONDS, 0.0
    end, seconds, peak = json.loads(done.stdout)
    return end, seconds, peak
