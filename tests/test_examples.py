"""The example reports: one of them in every format, each file made by another program, and all of them equal."""

from __future__ import annotations

import pytest

from gxparse import parse, validate
from tests.material import example, soffice

FORMATS = ("csv", "doc", "docx", "html", "odt", "pdf", "rtf", "xlsx")
EXPECTED = parse(example("txt"))


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_same_record(suffix):
    if suffix == "rtf":
        soffice()
    report = parse(example(suffix))
    assert report == EXPECTED
    assert [finding for finding in report.findings if finding.code != "GX009"] == []
    assert validate(report).ok


def test_the_page_says_what_it_knows_of_the_report():
    assert parse(example("html")).metadata == {
        "index_number": "HY000123/2024-00007",
        "publisher": "海晏市档案局",
        "published_on": "2024-01-19",
        "title": "海晏市档案局2023年政府信息公开工作年度报告",
    }


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_name_of_a_file_says_nothing(tmp_path, suffix):
    if suffix == "rtf":
        soffice()
    file = tmp_path / "report.dat"
    file.write_bytes(example(suffix).read_bytes())
    assert parse(file) == EXPECTED
