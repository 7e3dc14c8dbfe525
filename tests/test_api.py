"""``parse`` and ``parse_text``: what they take, what they refuse, and with which words."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from threading import Thread

import pytest

import gxparse
from gxparse import FindingsError, GxparseError, NotAReportError, Report, SourceError, api, parse, parse_text
from gxparse.findings import Severity
from tests.layouts import LAYOUTS, distinct, sample

TEXT = LAYOUTS["rows |"](distinct(sample("2021")))
EXPECTED = parse_text(TEXT)
#: A report of which one row cannot be assigned to columns.
BROKEN = (
    "一、总体情况\n二、主动公开政府信息情况\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 2 |\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "青石镇 2023.txt"
    file.write_text(TEXT, "utf-8", newline="")
    return file


# ── What is taken ────────────────────────────────────────────────────────────────────────────────────────────────────


class AnyPath:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return str(self.path)


@pytest.mark.parametrize("kind", [Path, str, AnyPath])
def test_a_path(path, kind):
    assert parse(kind(path)) == EXPECTED


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, io.BytesIO])
def test_bytes_and_a_file_of_bytes(kind):
    assert parse(kind(TEXT.encode())) == EXPECTED


def test_an_open_file_stays_open(path):
    with path.open("rb") as file:
        assert parse(file) == EXPECTED
        assert not file.closed


def test_the_values_are_those_printed():
    assert EXPECTED.agency == "云岭县青石镇人民政府"
    assert {cell.path: cell.value for cell in EXPECTED.cells()} == {
        cell.path: cell.value for cell in distinct(sample("2021")).cells()
    }


def test_many_threads_may_parse_at_once():
    found: list[Report] = []
    threads = [Thread(target=lambda: found.append(parse_text(TEXT))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [EXPECTED] * 8


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_in_place_of_a_path_is_told_from_one():
    for text in (TEXT, "甲\n乙", "甲\r乙"):
        with pytest.raises(SourceError, match=r"parse_text\(\)"):
            parse(text)


@pytest.mark.parametrize("name", ["不在.txt", "", ".", "a" * 500, "甲\x00乙"])
def test_a_path_that_cannot_be_read(tmp_path, name):
    with pytest.raises(SourceError, match="cannot be read"):
        parse(str(tmp_path / name))


def test_a_file_of_text_is_refused():
    with pytest.raises(SourceError, match="binary"):
        parse(io.StringIO(TEXT))  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [None, 7, object(), [TEXT]])
def test_what_is_no_source_is_refused(source):
    with pytest.raises(SourceError, match="cannot be read"):
        parse(source)


def test_a_closed_file_is_refused():
    file = io.BytesIO(b"")
    file.close()
    with pytest.raises(SourceError, match="cannot be read"):
        parse(file)


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07", "RAR"),
    ],
)
def test_a_file_of_another_format_is_named(start, name):
    with pytest.raises(SourceError, match=name):
        parse(start + bytes(100))


def test_what_is_too_large_is_refused(monkeypatch, path):
    monkeypatch.setattr(api, "MAX_BYTES", 100)
    sources = (path, str(path), TEXT.encode(), io.BytesIO(TEXT.encode()))
    for source in sources:
        with pytest.raises(SourceError, match="100"):
            parse(source)
    with pytest.raises(SourceError, match="100"):
        parse_text(TEXT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no text in it"),
        (" \n\t\n", "no text in it"),
        ("你好，世界。\n", "fewer than two"),
        ("一、总体情况\n甲段。\n", "fewer than two"),
        ("青石镇2016年政府信息公开工作年度报告\n一、概述\n甲段。\n", "since 2019"),
        ("青石镇2023年政府信息公开工作年度报告\n附件：青石镇2023年年报.doc\n", "attachment"),
        ("".join(f"青石镇{year}年政府信息公开工作年度报告\n" for year in range(2008, 2024)), "list of 16 reports"),
    ],
)
def test_what_is_no_report_is_told_from_one(text, words):
    for read in (parse_text, lambda text: parse(text.encode())):
        with pytest.raises(NotAReportError, match=words) as caught:
            read(text)
        assert "不是政府信息公开工作年度报告" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n二、主动公开政府信息情况\n",
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 2 | 3 |\n",
        "一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n",
    ],
)
def test_two_headings_or_one_row_make_a_report(text):
    assert isinstance(parse_text(text), Report)


# ── strict ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_strict_raises_what_else_is_a_finding():
    found = parse_text(BROKEN)
    errors = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    assert [(finding.code, finding.path) for finding in errors] == [("GX002", "disclosure.rules")]
    for read in (parse_text, lambda text, strict: parse(text.encode(), strict=strict)):
        with pytest.raises(FindingsError, match="GX002 error disclosure") as caught:
            read(BROKEN, strict=True)
        assert list(caught.value.findings) == errors


def test_strict_says_nothing_of_less_than_errors():
    text = TEXT + "\n- 5 -\n"
    assert [finding.code for finding in parse_text(text).findings] == ["GX009"]
    assert parse_text(text, strict=True) == EXPECTED
    assert parse(text.encode(), strict=True) == EXPECTED


def test_strict_is_no_argument_by_place():
    with pytest.raises(TypeError):
        parse_text(TEXT, True)  # type: ignore[misc]


def test_an_error_with_many_findings_shows_the_first():
    (finding,) = (each for each in parse_text(BROKEN).findings if each.severity is Severity.ERROR)
    message = str(FindingsError((finding,) * 7))
    assert message.startswith("7 finding(s)")
    assert message.count("GX002") == 5
    assert "2 more" in message


def test_an_error_goes_through_pickle():
    with pytest.raises(FindingsError) as caught:
        parse_text(BROKEN, strict=True)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.findings) == (str(caught.value), caught.value.findings)


# ── The package ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", gxparse.__all__)
def test_every_public_name_is_there(name):
    assert getattr(gxparse, name) is not None
    assert name in dir(gxparse)


def test_another_name_is_not():
    with pytest.raises(AttributeError, match="no attribute 'prase'"):
        gxparse.prase  # noqa: B018


@pytest.mark.parametrize("error", [SourceError, NotAReportError, FindingsError])
def test_one_base_for_every_error(error):
    assert issubclass(error, GxparseError)
