"""The command ``gxparse diff``."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from click.testing import CliRunner

from gxparse import NotAReportError, Report, diff_years, parse
from gxparse.cli.commands import cli
from gxparse.records import Form
from gxparse.rendering import render
from gxparse.testing import zeros


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, year, agency, received in (
        ("2022.txt", 2022, "青石镇人民政府", 0),
        ("2023.txt", 2023, "青石镇人民政府", 7),
        ("other.txt", 2023, "白塔区教育局", 7),
    ):
        report = evolve(zeros(Form.F2021), agency=agency, year=year)
        text = render(report.replace({"requests.received.enterprise": received}))
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def run(*arguments, given=None):
    return CliRunner().invoke(cli, ["diff", *arguments], input=given)


def test_text(files):
    result = run("2022.txt", "2023.txt", "--lang", "zh")
    assert result.exit_code == 0
    assert "政府信息公开工作年度报告：2022 年与 2023 年对比" in result.stdout
    assert "+7" in result.stdout
    assert "规章" not in result.stdout
    assert "规章" in run("2022.txt", "2023.txt", "--all").stdout


def test_the_language(files):
    assert "swapped" in run("2023.txt", "2022.txt", "--lang", "en").stdout
    assert "对调" in run("2023.txt", "2022.txt", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("style", "beginning"),
    [("json", "{"), ("html", "<!DOCTYPE html>"), ("md", "# Annual"), ("markdown", "# Annual"), ("text", "Annual")],
)
def test_formats_and_files(files, style, beginning):
    result = run("2022.txt", "2023.txt", "--format", style, "--lang", "en")
    assert result.stdout.startswith(beginning)
    written = run("2022.txt", "2023.txt", "--format", style, "--lang", "en", "-o", "out")
    assert (written.exit_code, written.stdout) == (0, "")
    assert (files / "out").read_text("utf-8") == result.stdout
    assert result.stdout.endswith("\n")


def test_json_with_what_did_not_change(files):
    assert "unchanged" not in json.loads(run("2022.txt", "2023.txt", "--format", "json").stdout)
    assert json.loads(run("2022.txt", "2023.txt", "--format", "json", "--all").stdout)["unchanged"]


def test_markdown_with_what_did_not_change(files):
    assert "规章" not in run("2022.txt", "2023.txt", "--format", "md").stdout
    assert "规章" in run("2022.txt", "2023.txt", "--format", "md", "--all").stdout


@pytest.mark.parametrize(
    ("names", "message"),
    [(("2023.txt", "2023.txt"), "都是 2023 年的"), (("2022.txt", "other.txt"), "不是同一机关的")],
)
def test_what_is_refused_is_said_with_the_option_that_forces_it(files, names, message):
    result = run(*names, "--lang", "zh")
    assert result.exit_code == 2
    assert message in result.stderr
    assert "如确要比较，请用 --force。" in result.stderr
    assert "Usage" not in result.stderr
    assert run(*names, "--force").exit_code == 0


def test_it_is_said_in_english(files):
    result = run("2023.txt", "2023.txt", "--lang", "en")
    assert result.stderr == "Error: Both reports are on 2023; to compare them all the same, use --force.\n"


def test_a_file_that_cannot_be_read(files):
    result = run("2022.txt", "none.txt", "--lang", "en")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "none.txt: There is no such file.\n"


def test_standard_input_is_one_report(files):
    text = (files / "2022.txt").read_bytes()
    assert run("-", "2023.txt", given=text).exit_code == 0
    assert run("2023.txt", "-", given=text).exit_code == 0
    assert run("-", "-", given=text).exit_code == 2


def test_a_file_that_cannot_be_written(files):
    result = run("2022.txt", "2023.txt", "-o", "none/out.html", "--lang", "zh")
    assert result.exit_code == 2
    assert result.stderr == "Error: 无法写入 none/out.html：没有这个文件夹\n"


@pytest.mark.parametrize(("name", "style"), [("out.json", "json"), ("out.html", "html"), ("out.MD", "md")])
def test_the_name_of_the_file_tells_the_format(files, name, style):
    assert run("2022.txt", "2023.txt", "-o", name).exit_code == 0
    assert (files / name).read_text("utf-8") == run("2022.txt", "2023.txt", "--format", style).stdout


def test_a_page_is_taken_for_no_report(files):
    run("2022.txt", "2023.txt", "-o", "out.html")
    with pytest.raises(NotAReportError, match="gxparse diff"):
        parse(files / "out.html")


# ── What the text says once ──────────────────────────────────────────────────────────────────────────────────────────


def said(older, newer, **options):
    """The lines of the text, white space made single."""
    return [" ".join(line.split()) for line in diff_years(older, newer).to_text(**options).splitlines()]


def blank(form=Form.F2021, year=2022):
    return evolve(Report.blank(form), agency="青石镇人民政府", year=year)


ZEROS = evolve(zeros(Form.F2021), agency="青石镇人民政府", year=2023)


def test_a_row_whose_cells_all_say_the_same_is_one_line():
    lines = said(blank(), ZEROS)
    assert "行政复议（5 格） 缺失 → 0" in lines
    assert "行政复议 (5 cells) missing → 0" in said(blank(), ZEROS, language="en")
    assert not any("行政复议 · " in line for line in lines)
    # The only cell of its row.
    assert "行政许可 · 本年处理决定数量 缺失 → 0" in lines
    assert len(lines) < 50


def test_a_row_is_not_one_line_where_a_cell_says_another_thing_or_did_not_change():
    other = ZEROS.replace({"proceedings.reconsideration.total": 1})
    lines = said(blank(), other)
    assert "行政复议 · 结果维持 缺失 → 0" in lines
    assert "行政复议 · 总计 缺失 → 1" in lines
    same = blank().replace({"proceedings.reconsideration.total": 0})
    lines = said(same, ZEROS)
    assert "行政复议 · 结果维持 缺失 → 0" in lines
    assert not any("行政复议（" in line or "行政复议 · 总计" in line for line in lines)


def test_numbers_that_are_subtracted_have_a_line_each():
    cells = [cell.path for cell in ZEROS.cells() if cell.path.startswith("proceedings.reconsideration.")]
    lines = said(evolve(ZEROS, year=2022), ZEROS.replace(dict.fromkeys(cells, 2)))
    assert lines.count("行政复议 · 总计 0 → 2 +2") == 1
    assert len([line for line in lines if line.startswith("行政复议 · ")]) == len(cells) == 5


def test_each_reason_is_said_once_above_its_cells():
    lines = said(blank(Form.F2019), ZEROS)
    (reason,) = [at for at, line in enumerate(lines) if line.startswith("2021 年格式没有“政府集中采购”")]
    assert lines[reason + 1 : reason + 3] == [
        "旧 政府集中采购 · 采购项目数量 缺失",
        "旧 政府集中采购 · 采购总金额 缺失",
    ]
    heads = lines[lines.index("不可比") + 1 :]
    assert len([line for line in heads if not line.startswith(("旧 ", "新 "))]) < 8
    assert "newer 行政事业性收费 · 本年收费金额 0 万元" in said(blank(Form.F2019), ZEROS, language="en")


def test_that_no_number_changed_is_said():
    renamed = evolve(ZEROS, agency="青石镇", year=2022)
    assert "数据没有变化" in said(renamed, ZEROS)
    assert "no number changed" in said(renamed, ZEROS, language="en")
    assert "可比的数据都没有变化" in said(blank(Form.F2019), blank(year=2023))
    assert "no number that can be compared changed" in said(blank(Form.F2019), blank(year=2023), language="en")
    assert "数据没有变化" not in said(blank(), ZEROS)
    same = said(evolve(ZEROS, year=2022), ZEROS)
    assert ("没有变化" in same, "数据没有变化" in same) == (True, False)
