"""The official blank form, a distinct number in every cell, converted by LibreOffice: every format gives all back."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from gxparse import Form, Report, parse
from tests.material import soffice
from tests.test_corpus import CORPUS

FORM = CORPUS / "form-2021.docx"
pytestmark = pytest.mark.skipif(not FORM.exists(), reason=f"no official form at {FORM}")


def filled() -> tuple[bytes, dict[str, int]]:
    """The form with numbers from 1001 on, and the number that each cell holds."""
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document(str(FORM))
    paths = iter([cell.path for cell in Report.blank(Form.F2021).cells()])
    numbers: dict[str, int] = {}
    for table in document.tables:
        for row in table._tbl.tr_lst:
            cells = [cell for cell in row.tc_lst if cell.vMerge != "continue"]
            texts = ["".join(paragraph.text for paragraph in cell.p_lst).strip() for cell in cells]
            for cell, text in zip(cells, texts, strict=True):
                if not text:
                    path = next(paths)
                    numbers[path] = 1001 + len(numbers)
                    paragraph = cell.p_lst[0]
                    for run in list(paragraph.r_lst):
                        paragraph.remove(run)
                    paragraph.add_r().text = str(numbers[path])
    buffer = io.BytesIO()
    document.save(buffer)
    assert len(numbers) == 200
    return buffer.getvalue(), numbers


@pytest.fixture(scope="module")
def form() -> tuple[bytes, dict[str, int]]:
    return filled()


def values(data: Path | bytes) -> dict[str, object]:
    return {cell.path: cell.value for cell in parse(data).cells()}


def test_docx(form):
    data, numbers = form
    assert values(data) == numbers


@pytest.mark.parametrize("suffix", ["doc", "pdf", "html", "odt", "rtf", "txt"])
def test_converted(suffix, form, tmp_path):
    data, numbers = form
    (tmp_path / "form.docx").write_bytes(data)
    target = "txt:Text (encoded):UTF8" if suffix == "txt" else suffix
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice(), profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path), tmp_path / "form.docx"],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert values(tmp_path / f"form.{suffix}") == numbers
