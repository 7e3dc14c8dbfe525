"""The halves of messages in two languages."""

from __future__ import annotations

import pytest

from gxparse import parse
from gxparse.errors import GxparseError, RenderError, SourceError


@pytest.mark.parametrize(
    ("message", "zh", "en"),
    [
        ("内容过大。请分开。 Too large. Part it.", "内容过大。请分开。", "Too large. Part it."),
        ("无法读取 a.txt。 a.txt cannot be read.", "无法读取 a.txt。", "a.txt cannot be read."),
        ("年度 “x”。 Not “x。 y”.", "年度 “x”。", "Not “x。 y”."),
        ('请运行：pip install "a" Run: pip install "a"', '请运行：pip install "a"', 'Run: pip install "a"'),
        ('请运行：pip install "a" "b"。 Run it', '请运行：pip install "a" "b"。', "Run it"),
        ("甲。\n乙。 A.\nB.", "甲。\n乙。", "A.\nB."),
    ],
)
def test_each_language_has_its_half(message, zh, en):
    error = RenderError(message)
    assert (error.message_zh, error.message_en, str(error)) == (zh, en, message)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "a letter",
        "只有中文。",
        'expected "a" Found "b"',
        "甲。乙",
    ],
)
def test_what_is_not_in_two_languages_is_whole_in_both(message):
    error = GxparseError(message)
    assert (error.message_zh, error.message_en) == (message, message)


def test_a_path_that_is_not_there_is_named_once_in_each_language(tmp_path):
    path = tmp_path / "none.txt"
    with pytest.raises(SourceError) as told:
        parse(path)
    assert told.value.message_zh == f"无法读取 {path}：No such file or directory。"
    assert told.value.message_en == f"{path} cannot be read: No such file or directory."
    with pytest.raises(SourceError) as told:
        parse(str(path))
    assert told.value.message_zh.endswith("报告文本请用 parse_text()。")
    assert told.value.message_en.endswith("For the text of a report use parse_text().")
