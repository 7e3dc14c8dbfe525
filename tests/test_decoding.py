"""Bytes are text by their mark, else in UTF-8, else, with a word about it, in GB18030."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import SourceError, parse, parse_text
from gxparse.decoding import decode
from tests.layouts import LAYOUTS, distinct, sample

TEXT = "云岭县青石镇人民政府2023年政府信息公开工作年度报告\n规章\t0\n"
ENCODINGS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_mark_tells_the_encoding(encoding):
    assert decode(ENCODINGS[encoding] + TEXT.encode(encoding)) == (TEXT, ())


def test_without_a_mark_it_is_utf_8():
    assert decode(TEXT.encode()) == (TEXT, ())
    assert decode(b"") == ("", ())


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312"])
def test_else_it_is_gb18030_and_said(encoding):
    text, notes = decode(TEXT.encode(encoding))
    assert (text, [note.code for note in notes]) == (TEXT, ["GX007"])


def test_the_guess_is_a_finding_of_the_report():
    report = distinct(sample("2021"))
    parsed = parse(LAYOUTS["rows |"](report).encode("gb18030"))
    assert {cell.path: cell.value for cell in parsed.cells()} == {cell.path: cell.value for cell in report.cells()}
    assert [(finding.code, finding.path) for finding in parsed.findings] == [("GX007", "")]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_report_is_the_same_in_any_encoding(encoding):
    text = LAYOUTS["tab indented"](distinct(sample("2019")))
    parsed = parse(ENCODINGS[encoding] + text.encode(encoding))
    assert (parsed, parsed.findings) == (parse_text(text), parse_text(text).findings)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"\x80\x81\xff\xff",
        codecs.BOM_UTF8 + b"\xff",
        codecs.BOM_UTF16_LE + b"a",
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff",
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data):
    with pytest.raises(SourceError, match="UTF-8"):
        decode(data)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_in_utf_8_comes_back(text):
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, ())
    assert decode(codecs.BOM_UTF8 + text.encode()) == (text, ())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_an_error_of_the_library(data):
    with suppress(SourceError):
        text, notes = decode(data)
        assert isinstance(text, str)
        assert {note.code for note in notes} <= {"GX007"}
