"""Bad input: a clear error, or a record whose every number is printed. Never another exception, never another number.

How the time grows with the length of a text is measured in ``benchmarks/growth.py``.
"""

from __future__ import annotations

import gzip
import io
import pickle
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxparse import GxparseError, NotAReportError, Report, SourceError, parse, parse_text
from tests.layouts import FORMS, LAYOUTS, distinct, sample

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))

HEADINGS = "青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n"
HEADS = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"


def record_of(read: Callable[[], Report]) -> Report | None:
    """The record, or ``None`` where the library refuses; anything else that is raised goes through."""
    try:
        return read()
    except GxparseError:
        return None


def numbers(report: Report) -> dict[str, object]:
    """The cells that hold a number."""
    return {cell.path: cell.value for cell in report.cells() if cell.value is not None}


def assert_helpful(message: str) -> None:
    """A message says what is wrong in both languages, in a few lines."""
    assert re.search(r"[\u4e00-\u9fff]{4}", message), message
    assert re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", message), message
    assert len(message) < 500, len(message)


# ── What cannot be read ──────────────────────────────────────────────────────────────────────────────────────────────

UNREADABLE = {
    "PDF": b"%PDF-1.7\n1 0 obj\n",
    "DOCX": b"PK\x03\x04\x14\x00\x06\x00",
    "DOC": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "RTF": rb"{\rtf1\ansi\deff0",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "half a character of UTF-16": b"\xff\xfe\x00",
    "UTF-32 that is none": b"\xff\xfe\x00\x00\xff\xff\xff\xff",
    "UTF-8 that is none": b"\xef\xbb\xbf\xff",
    "every byte": bytes(range(256)),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_bytes_that_are_no_text_are_refused(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(UNREADABLE[name])
    assert_helpful(str(caught.value))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for source in (tmp_path, tmp_path / "none.txt", str(tmp_path / "none.txt"), "a\0b", "", Path("\ud800")):
        with pytest.raises(SourceError) as caught:
            parse(source)
        assert_helpful(str(caught.value).replace(str(tmp_path), ""))


@pytest.mark.parametrize(
    "text",
    [HEADINGS, HEADINGS.replace("\n", " "), HEADINGS.replace("\n", " ") * 200],
    ids=["lines", "a line", "a long line"],
)
def test_a_text_in_place_of_a_path_is_told_from_one(text: str) -> None:
    with pytest.raises(SourceError, match="parse_text") as caught:
        parse(text)
    assert_helpful(str(caught.value))


class Stream(io.RawIOBase):
    """A stream of which nothing can be read."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    def read(self, size: int = -1) -> bytes | None:
        del size
        if self.error:
            raise self.error
        return None


def closed() -> io.BytesIO:
    stream = io.BytesIO(HEADINGS.encode())
    stream.close()
    return stream


STREAMS: dict[str, Callable[[], object]] = {
    "text": lambda: io.StringIO(HEADINGS),
    "closed": closed,
    "failing": lambda: Stream(OSError("the line is dead")),
    "without data": lambda: Stream(None),
    "compressed, cut off": lambda: gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(HEADINGS.encode())[:-12])),
    "none at all": lambda: None,
    "a number": lambda: 2023,
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_that_gives_no_bytes_is_refused(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(STREAMS[name]())  # type: ignore[arg-type]
    assert_helpful(str(caught.value))


def test_a_file_open_for_writing_only_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "new.txt").open("wb") as file, pytest.raises(SourceError):
        parse(file)


# ── What is no report ────────────────────────────────────────────────────────────────────────────────────────────────

TITLES = [f"{name}{year}年政府信息公开工作年度报告" for name in ("水务局", "青石镇", "档案馆") for year in (2021, 2022)]
BEFORE_2019 = """云岭县水务局2017年度政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》的要求，编制本报告。
一、概述
二、主动公开政府信息情况
三、依申请公开政府信息情况
四、政府信息公开的收费及减免情况
五、因政府信息公开申请行政复议、提起行政诉讼的情况
六、政府信息公开工作存在的主要问题及改进情况
附表 政府信息公开情况统计表
统计指标\t单位\t统计数
一、主动公开情况\t——\t——
（一）主动公开政府信息数\t条\t126
2.政府网站公开政府信息数\t条\t90
（二）申请办结数\t件\t12
1.同意公开答复数\t件\t8
"""
NO_REPORTS = {
    "nothing": ("", "没有文字"),
    "white space": (" \n\t\u3000\xa0\r\n\f\ufeff", "没有文字"),
    "another document": (
        "关于森林防火的通知\n各村委会：\n一、加强宣传\n组数 | 3 |\n二、落实责任\n",
        "标题不足",
    ),
    "a list of reports": ("\n".join(TITLES), "目录页"),
    "a list of reports, a date below each": ("".join(f"{title}\n2023-01-18\n" for title in TITLES), "目录页"),
    "a list of reports with dates": ("".join(f"{title} 2023-01-18\n" for title in TITLES), "目录页"),
    "a link to the report": (f"{TITLES[0]}\n发布时间：2022-01-18\n附件：{TITLES[0]}.docx\n", "附"),
    "a report before 2019": (BEFORE_2019, "2018"),
    "a report before 2019, its tables left out": (BEFORE_2019.partition("附表")[0], "2018"),
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_what_is_no_report_is_said_to_be_none(name: str) -> None:
    text, word = NO_REPORTS[name]
    with pytest.raises(NotAReportError, match=word) as caught:
        parse_text(text)
    assert_helpful(str(caught.value))
    with pytest.raises(NotAReportError):
        parse(text.encode())


# ── Numbers that are none ────────────────────────────────────────────────────────────────────────────────────────────

MONSTERS = {
    "5,000 digits": "1" * 5000,
    "300 digits": "9" * 300,
    "5,000 decimals": "0." + "3" * 5000,
    "commas": ",".join("1" * 3000),
    "commas in the wrong places": "12,34",
    "thousands of thousands": "1" + ",000" * 2000,
    "signs": "+-" * 1000 + "1",
    "dots": "1.2.3",
    "an exponent": "1e5",
    "hexadecimal": "0x10",
    "with underscores": "1_000",
    "not a number": "NaN",
    "infinite": "inf",
    "Arabic digits": "٣٤",
    "superscript": "35²",
    "circled": "①",
    "a space inside": "12 15",
    "no width inside": "12\u200b15",
    "NUL inside": "12\x0015",
    "turned round": "\u202e12\u202c",
    "half of a pair": "\ud8001",
    "brackets": "(" * 3000 + "1" + ")" * 3000,
    "units": "1" + "万" * 3000 + "元",
}


@pytest.mark.parametrize("name", MONSTERS)
@pytest.mark.parametrize("separator", [" | ", "\t", "\n", "\n\n"])
def test_what_only_looks_like_a_number_is_not_read(name: str, separator: str) -> None:
    row = separator.join(["规章", MONSTERS[name], "77", "78"])
    report = parse_text(f"{HEADINGS}{HEADS.replace(' | ', separator).rstrip(' |')}{row}\n\n三、收到和处理\n")
    values = numbers(report)
    assert values.items() <= {"disclosure.rules.repealed": 77, "disclosure.rules.in_force": 78}.items()
    assert values or report.findings


def cells_after(label: str, values: list[object]) -> str:
    return f"| {label}\n|\n" + "".join(f"{value}\n|\n" for value in values) + "||\n"


@pytest.mark.parametrize("stray", ["", "12\n", "12\n|\n", "— 12 —\n", "2.\n", "| 3", "| 3.", "约12\n|\n"])
def test_a_stray_number_does_not_stand_in_for_a_blank_cell(stray: str) -> None:
    received, carried_in = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
    before = "三、收到和处理政府信息公开申请情况\n"
    barred = cells_after(received, [*range(1, 8)]) + cells_after(carried_in, ["", *range(22, 28)])
    for table in (barred, barred.replace("| ", "").replace("|\n", "").replace("|", "")):
        after = "" if stray.startswith("|") else cells_after("（一）予以公开", [*range(31, 38)])
        row = parse_text(HEADINGS + before + table + stray + after).requests.carried_in
        assert row.natural_person is None
        assert row.enterprise in (22, None)
        assert row.other in (26, None)


# ── Reports cut off ──────────────────────────────────────────────────────────────────────────────────────────────────

FULL_WIDTH = str.maketrans("0123456789.+-", "０１２３４５６７８９．＋－")


def in_full_width(found: re.Match[str]) -> str:
    return found[0].translate(FULL_WIDTH)


#: Other ways to print the numbers of a report, and other bars.
WRITINGS: dict[str, Callable[[str], str]] = {
    "full width": lambda text: re.sub(
        r"[-+]?\d{3}[\d.]*(?![年月日\d])", lambda found: found[0].translate(FULL_WIDTH), text
    ),
    "no width before": lambda text: re.sub(r"(?<![\d.])(\d{3})", "\u200b\\1", text),
    "worded changes": lambda text: text.replace("+", "增加"),
    "drawn bars": lambda text: text.replace("|", "│"),
    "full-width bars": lambda text: text.replace("|", "｜"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
}


def whole(form: str, seed: int) -> Report:
    """A report with another number in every cell, its amounts below one."""
    report = distinct(sample(form), seed, blanks=0.1, start=12_001 if seed % 2 else 301)
    amounts = [cell.path for cell in report.cells() if cell.path.endswith(".amount")]
    return report.replace({path: Decimal(f"0.{4 + at}7") for at, path in enumerate(amounts)} if seed % 3 else {})


def assert_cuts_hold(report: Report, text: str, chance: Random, count: int) -> None:
    """A text cut off gives no number that the whole report does not print in the same cell."""
    expected = numbers(report)
    in_numbers = [at for at in range(1, len(text)) if text[at - 1].isdecimal() or text[at - 1] in ".-"]
    for at in chance.sample(in_numbers, count) + chance.sample(range(len(text)), count // 2):
        cut = record_of(lambda end=at: parse_text(text[:end]))  # type: ignore[misc]
        if cut is not None:
            assert numbers(cut).items() <= expected.items(), f"cut at {at}: …{text[max(at - 60, 0) : at]!r}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_cut_off_has_no_other_numbers(layout: str, form: str) -> None:
    chance = Random(f"{layout} {form}")
    report = whole(form, chance.randrange(1000))
    assert_cuts_hold(report, LAYOUTS[layout](report), chance, 14)


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_however_its_numbers_are_printed(layout: str, writing: str) -> None:
    chance = Random(f"{layout} {writing}")
    report = whole(FORMS[chance.randrange(3)], 3 * chance.randrange(300))
    assert_cuts_hold(report, WRITINGS[writing](LAYOUTS[layout](report)), chance, 8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_bytes_cut_off_have_no_other_numbers(encoding: str) -> None:
    chance = Random(encoding)
    for layout in chance.sample(sorted(LAYOUTS), 4):
        report = whole("2021", chance.randrange(1000))
        data = LAYOUTS[layout](report).encode(encoding)
        for at in [*range(len(data) - 8, len(data)), *chance.sample(range(len(data)), 25)]:
            cut = record_of(lambda end=at, data=data: parse(data[:end]))  # type: ignore[misc]
            if cut is not None:
                assert numbers(cut).items() <= numbers(report).items(), f"{layout} cut at {at}"


# ── Anything ─────────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = sorted({word for form in FORMS for word in re.findall(r"[^\s|\d]{2,24}", LAYOUTS["rows |"](sample(form)))})
FIGURES = (
    "0",
    "7",
    "12",
    "345",
    "+8",
    "-9",
    "1,234",
    "0.5",
    "12.",
    "３４",
    "增加2",
    "减3",
    "5件",
    "6万元",
    "/",
    "无",
    "—",
)
SEPARATORS = (
    "\n",
    "\n",
    "\n\n",
    "\t",
    "\n\t",
    " | ",
    "|",
    " |\n",
    "|\n|",
    "||",
    "  ",
    " ",
    "",
    "\f",
    "\r\n",
    "\n \n",
    "│",
)
ODDITIES = (
    *("\x00", "\ud800", "\u202e", "\u200b", "\ufeff", "\x85", "\u2028", '"', '""', "(", "（", "[bookmark: x]", "第3页"),
    *("+--+", "| --- |", "-" * 20, "…", "*", "#", "## ", "一、", "（一）", "1.", "3.", "²", "⑫", "𝟑", "<td>", "&nbsp;"),
)
FRAGMENTS = st.one_of(st.sampled_from(WORDS), st.sampled_from(FIGURES), st.sampled_from(ODDITIES), st.text(max_size=6))
MIXTURES = st.lists(st.tuples(FRAGMENTS, st.sampled_from(SEPARATORS)), max_size=60).map(
    lambda pairs: HEADINGS + "".join(fragment + separator for fragment, separator in pairs)
)


def assert_printed(report: Report, text: str) -> None:
    """Every number of a record stands in its text."""
    folded = unicodedata.normalize("NFKC", text).replace(",", "")
    for path, value in numbers(report).items():
        assert str(value).lstrip("-") in folded, (path, value)


@settings(max_examples=300, deadline=None)
@given(MIXTURES)
def test_fragments_of_reports_give_only_what_is_printed(text: str) -> None:
    report = record_of(lambda: parse_text(text))
    if report is not None:
        assert_printed(report, text)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(LAYOUTS)), st.sampled_from(FORMS), st.integers(0, 9999), st.integers(0, 9999), MIXTURES)
def test_a_report_with_anything_in_its_midst_gives_only_what_is_printed(
    layout: str, form: str, start: int, end: int, inserted: str
) -> None:
    text = LAYOUTS[layout](distinct(sample(form)))
    damaged = text[:start] + inserted[len(HEADINGS) :] + text[end:]
    report = record_of(lambda: parse_text(damaged))
    if report is not None:
        assert_printed(report, damaged)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_refused_or_read(text: str) -> None:
    record_of(lambda: parse_text(text))
    record_of(lambda: parse_text(HEADINGS + HEADS + text))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "gb18030", "utf-16"]))
def test_any_bytes_are_refused_or_read(data: bytes, encoding: str) -> None:
    head = (HEADINGS + HEADS).encode(encoding) if encoding else b""
    record_of(lambda: parse(head + data))
    record_of(lambda: parse(io.BytesIO(data + head)))


def test_noise_of_any_size_is_refused_or_read() -> None:
    chance = Random(2023)
    for size in (1, 10, 1000, 100_000):
        data = chance.randbytes(size)
        record_of(lambda data=data: parse(data))  # type: ignore[misc]
        record_of(lambda data=data: parse_text(data.decode("latin-1")))  # type: ignore[misc]
        record_of(lambda data=data: parse_text(data.decode("utf-8", "surrogateescape")))  # type: ignore[misc]
        record_of(lambda data=data: parse_text(HEADINGS + data.decode("utf-16", "replace")))  # type: ignore[misc]


# ── Size ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

LARGE = {
    "a million pipes": "|" * 1_000_000,
    "a line of 10 MB": "信息公开" * 833_334,
    "100,000 digits": "1" * 100_000,
    "20,000 headings": "一、总体情况\n" * 20_000,
    "20,000 numbers": "规章\n" + "".join(f"{number}\n" for number in range(20_000)),
    "20,000 unknown cells": f"{HEADS}规章 | 1 | 2 | 3 |\n" + "".join(f"甲{number}\n" for number in range(20_000)),
    "100,000 tabs": "\t" * 100_000,
    "brackets": "(" * 1_000_000,
    "quotation marks": '"甲\t' * 20_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_text_takes_no_more_than_its_time(name: str) -> None:
    text = HEADINGS + LARGE[name]
    record_of(lambda: parse_text(HEADINGS))
    start = time.process_time()
    record_of(lambda: parse_text(text))
    assert time.process_time() - start < 5


# ── State ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_THREADS = """
import pathlib, sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import gxparse
texts = [pathlib.Path(name).read_text("utf-8") for name in sys.argv[1:]]
barrier = Barrier(8)
def work(number):
    barrier.wait()
    at = number % len(texts)
    return [gxparse.to_json(gxparse.parse_text(text)) for text in texts[at:] + texts[:at]]
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(work, range(8)))
alone = [gxparse.to_json(gxparse.parse_text(text)) for text in texts]
for number, each in enumerate(found):
    at = number % len(texts)
    assert each == alone[at:] + alone[:at], number
"""


def test_threads_that_start_together_read_the_same() -> None:
    command = [sys.executable, "-X", "utf8", "-c", _THREADS, *map(str, EXAMPLES)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr


def everything(report: Report) -> tuple[object, ...]:
    """A record with what takes no part in ``==``."""
    return report, report.findings, report.sources


def test_a_report_is_read_the_same_whatever_was_read_before() -> None:
    chance = Random(7)
    texts = [LAYOUTS[layout](distinct(sample(FORMS[at % 3]), at)) for at, layout in enumerate(LAYOUTS)]
    texts += [HEADINGS + HEADS, HEADINGS + LARGE["100,000 digits"], *(text[: len(text) // 2] for text in texts)]
    first = [record_of(lambda text=text: parse_text(text)) for text in texts]  # type: ignore[misc]
    # More labels and values than a cache of a few thousand holds.
    parse_text(HEADINGS + HEADS + "".join(f"甲{number} | {number} | 2 | 3 |\n" for number in range(6_000)))
    for at in chance.sample(range(len(texts)), len(texts)):
        again = record_of(lambda text=texts[at]: parse_text(text))  # type: ignore[misc]
        before = first[at]
        assert (again is None) is (before is None)
        assert again is None or before is None or everything(again) == everything(before)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_report_can_be_pickled_and_hashed(file: Path) -> None:
    report = parse(file)
    copy = pickle.loads(pickle.dumps(report))
    assert everything(copy) == everything(report)
    assert hash(copy) == hash(report)
    assert {report: 1}[copy] == 1


def test_errors_can_be_pickled() -> None:
    for text in ("", HEADINGS + HEADS + "规章 | 1 | 2 |\n"):
        with pytest.raises(GxparseError) as caught:
            parse_text(text, strict=True)
        copy = pickle.loads(pickle.dumps(caught.value))
        assert (type(copy), str(copy)) == (caught.type, str(caught.value))
