"""Findings as a list to read."""

from __future__ import annotations

import pytest

from gxparse.document import Location
from gxparse.findings import Finding, Severity
from gxparse.rules import Validation

TOTAL = "requests.received.total"
FINDINGS = (
    Finding("GX009", "", "略去页码 1", "page number 1 left out", location=Location(page=1)),
    Finding("GX204", TOTAL, "不能为负数，实为 -2", "found -2", label="新收\n总计", location=Location(line=7)),
    Finding("GX009", "", "略去页码 2", "page number 2 left out", location=Location(page=2)),
    Finding("GX303", TOTAL, "应为 5", "expected 5", label="新收 · 总计", suggestion=f"{TOTAL}: -2 → 5"),
    Finding("GX701", "", "逾期 1 天", "1 day late"),
)


def lines(*findings, language="zh"):
    """The lines below the summary."""
    return Validation(findings).to_text(language).splitlines()[1:]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            [
                "",
                "错误",
                "  GX204  新收 总计",
                "         不能为负数，实为 -2",
                f"         {TOTAL} (文本第 7 行)",
                "  GX303  新收 · 总计",
                "         应为 5",
                f"         → {TOTAL}: -2 → 5",
                f"         {TOTAL}",
                "",
                "警告",
                "  GX701  逾期发布",
                "         逾期 1 天",
                "",
                "提示",
                "  GX009  读取时略去、拼接或补入的内容",
                "         略去页码 1",
                "         第 1 页；第 2 页（共 2 处）",
            ],
        ),
        (
            "en",
            [
                "",
                "error",
                "  GX204  新收 总计",
                "         found -2",
                f"         {TOTAL} (line 7)",
                "  GX303  新收 · 总计",
                "         expected 5",
                f"         → {TOTAL}: -2 → 5",
                f"         {TOTAL}",
                "",
                "warning",
                "  GX701  issued late",
                "         1 day late",
                "",
                "note",
                "  GX009  left out, put together or taken in by the reader",
                "         page number 1 left out",
                "         page 1; page 2 (2 places)",
            ],
        ),
    ],
)
def test_the_gravest_come_first_with_what_to_do_and_where(language, expected):
    assert lines(*FINDINGS, language=language) == expected


def test_of_a_code_that_is_not_in_the_catalogue_only_the_message_is_known():
    assert lines(Finding("AB1", "", "请核对", "please check", severity=Severity.INFO)) == [
        "",
        "提示",
        "  AB1  ",
        "         请核对",
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("长" * 45 + "a", ["长" * 45 + "a"]),
        ("长" * 46, ["长" * 45, "长"]),
        ("长" * 45 + "a" + "短" * 45 + "b", ["长" * 45 + "a", "短" * 45 + "b"]),
        # A sign stays with what it follows.
        ("长" * 45 + "，" + "短" * 3, ["长" * 45 + "，", "短" * 3]),
        ("长" * 45 + "XX局", ["长" * 45, "XX局"]),
        # Words are not cut, and blanks neither end a line nor begin one.
        ("word " * 18 + "last", [("word " * 18).rstrip(), "last"]),
        ("长" * 45 + "  " + "短", ["长" * 45, "短"]),
        ("a " + "x" * 92 + " b", ["a", "x" * 92, "b"]),
        ("  长 \n", ["长"]),
    ],
)
def test_lines_have_at_most_a_hundred_columns(message, expected):
    _, _, _, *said = lines(Finding("GX101", "", message, ""))
    assert said == [f"         {line}" for line in expected]
