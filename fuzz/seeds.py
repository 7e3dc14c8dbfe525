"""Makes the corpus again: ``python -m fuzz.seeds``.

The seeds are the examples of the project and reports with another number in every cell, in each format, without what
no reader looks at (pictures, themes, previews). LibreOffice writes those of the formats that nothing else here writes.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from gxparse import Report, render
from tests.layouts import FORMS, LAYOUTS, distinct, outline, sample
from tests.material import EXAMPLES, example, soffice
from tests.readers.test_pdf import printed
from tests.readers.test_sheets import as_csv, as_xlsx
from tests.readers.test_xls import as_old_xls

CORPUS = Path(__file__).parent / "corpus"
#: The parts of packed files that are read.
_READ = ("mimetype", "content.xml", "styles.xml", "[Content_Types].xml", "_rels/", "word/", "xl/")
_UNREAD = ("theme", "thumbnail", "fontTable", "ettings", "WithEffects")
_LARGEST = 64_000


def main() -> None:
    """Writes every seed that is small enough."""
    with TemporaryDirectory() as folder:
        for target, seeds in SEEDS.items():
            (CORPUS / target).mkdir(parents=True, exist_ok=True)
            for name, data in seeds(Path(folder)):
                if len(data) <= _LARGEST:
                    (CORPUS / target / name).write_bytes(data)
    print(f"{sum(file.stat().st_size for file in CORPUS.glob('*/*')):,} bytes")


def _reports() -> Iterator[tuple[str, Report]]:
    """A report of each form, as it is read where nothing is wrong."""
    for form in FORMS:
        yield form, distinct(sample(form), start=301)


def _texts(_: Path) -> Iterator[tuple[str, bytes]]:
    """A report in each layout, the forms in turn, and the examples."""
    for at, layout in enumerate(LAYOUTS):
        form = FORMS[at % len(FORMS)]
        yield f"layout-{at:02}.txt", LAYOUTS[layout](distinct(sample(form), seed=at)).encode()
    for file in sorted(EXAMPLES.glob("*.txt")):
        yield file.name, file.read_bytes()


def _encoded(_: Path) -> Iterator[tuple[str, bytes]]:
    for (form, report), encoding in zip(_reports(), ("gb18030", "utf-16", "utf-8-sig"), strict=True):
        yield f"{form}-{encoding}.txt", render(report).encode(encoding)


def _csv(_: Path) -> Iterator[tuple[str, bytes]]:
    for form, report in _reports():
        yield f"{form}.csv", as_csv(report, gap=1)
    yield "example.csv", example("csv").read_bytes()


def _html(_: Path) -> Iterator[tuple[str, bytes]]:
    for form, report in _reports():
        yield f"{form}.html", render(report, "html").encode()
    yield "2021.mht", _mhtml(render(dict(_reports())["2021"], "html"))


def _mhtml(page: str) -> bytes:
    """A page as browsers save it in one file."""
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\n"
    part = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\nContent-Location: page.html\n\n"
    return f"{head}{part}{page}\n--B--\n".encode()


def _docx(_: Path) -> Iterator[tuple[str, bytes]]:
    for form, report in _reports():
        yield f"{form}.docx", _slim(render(report, "docx"))
    yield "example.docx", _slim(example("docx").read_bytes())


def _xlsx(_: Path) -> Iterator[tuple[str, bytes]]:
    for form, report in _reports():
        yield f"{form}.xlsx", _slim(as_xlsx(report, merged=form != "2019"))
    yield "example.xlsx", _slim(example("xlsx").read_bytes())


def _xls(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield from _by_office("xlsx", "xls")(folder)
    yield "excel5.xls", as_old_xls(dict(_reports())["2021"])


def _pdf(_: Path) -> Iterator[tuple[str, bytes]]:
    for form, report in _reports():
        yield f"{form}.pdf", printed(outline(report), height=842 if form == "2021" else 420)


def _by_office(source: str, suffix: str) -> Callable[[Path], Iterator[tuple[str, bytes]]]:
    """Seeds in a format that LibreOffice writes from another."""

    def seeds(folder: Path) -> Iterator[tuple[str, bytes]]:
        for form, report in _reports():
            data = render(report, "docx") if source == "docx" else as_xlsx(report)
            yield f"{form}.{suffix}", _slim(_converted(data, source, suffix, folder))

    return seeds


#: The seeds of each target.
SEEDS: dict[str, Callable[[Path], Iterator[tuple[str, bytes]]]] = {
    "text": _texts,
    "plain": _encoded,
    "csv": _csv,
    "html": _html,
    "docx": _docx,
    "odt": _by_office("docx", "odt"),
    "doc": _by_office("docx", "doc"),
    "xlsx": _xlsx,
    "ods": _by_office("xlsx", "ods"),
    "xls": _xls,
    "pdf": _pdf,
}


def _converted(data: bytes, source: str, suffix: str, folder: Path) -> bytes:
    """A file as LibreOffice writes it in another format."""
    given, made = folder / f"made.{source}", folder / "out" / f"made.{suffix}"
    given.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice(), profile, "--headless", "--convert-to", suffix, "--outdir", str(made.parent), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return made.read_bytes()


def _slim(data: bytes) -> bytes:
    """A packed file with the parts that are read, and no others; any other file as it is."""
    if not data.startswith(b"PK"):
        return data
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            if part.filename.startswith(_READ) and not any(word in part.filename for word in _UNREAD):
                made.writestr(zipfile.ZipInfo(part.filename), given.read(part), zipfile.ZIP_DEFLATED, 9)
    return found.getvalue()


if __name__ == "__main__":
    main()
