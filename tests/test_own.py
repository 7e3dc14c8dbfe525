"""What gxparse writes for people is taken for no report."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import gxparse
from gxparse import NotAReportError, own
from gxparse.batch import rows

REPORT = gxparse.parse(Path(__file__).parents[1] / "examples" / "haiyan-archives-2023.txt")
CHECK = gxparse.validate(REPORT).to_html("zh")
DIFF = gxparse.diff_years(evolve(REPORT, year=2022), REPORT).to_html()


@pytest.mark.parametrize(("page", "command"), [(CHECK, "check"), (DIFF, "diff")])
def test_pages_for_people_are_refused_and_told_apart(page, command):
    with pytest.raises(
        NotAReportError, match=f"这是 gxparse {command} 写的.*This is a .* gxparse {command}"
    ) as refused:
        gxparse.parse(page.encode())
    assert "年度报告；请用原报告。" in refused.value.message_zh
    assert own.is_page(page.encode())


def test_so_are_pages_that_a_browser_has_saved():
    saved = f"<!-- saved from url=(0014)about:internet -->\n{CHECK}".replace('name="generator"', 'NAME="Generator"')
    with pytest.raises(NotAReportError, match="gxparse check"):
        gxparse.parse(saved.encode())


def test_a_rendered_report_is_read():
    page = gxparse.render(REPORT, "html")
    assert gxparse.parse(page.encode()) == REPORT
    assert not own.is_page(page.encode())


@pytest.mark.parametrize("generator", ["Microsoft Word 15", "gxparse", "gxparse checked", ""])
def test_so_is_one_that_another_program_has_made(generator):
    page = gxparse.render(REPORT, "html").replace("<head>", f'<head><meta name="generator" content="{generator}">')
    assert gxparse.parse(page.encode()) == REPORT


@pytest.mark.parametrize("head", [rows.LONG, rows.FINDINGS, rows.FAILED, rows.wide_head()])
def test_tables_of_a_batch_are_refused(head):
    body = "规章,0,0,0,1,2,3,4,5,6\n" * 3
    with pytest.raises(NotAReportError, match=r"gxparse 写的数据表.*a table written by gxparse"):
        gxparse.parse(f"\ufeff{','.join(head)}\n{body}".encode())


def test_tables_of_data_are_refused():
    pytest.importorskip("pyarrow")
    frames = (
        gxparse.to_frame(REPORT),
        gxparse.to_frame(REPORT, wide=True),
        gxparse.validate(REPORT).to_frame(),
        gxparse.diff_years(evolve(REPORT, year=2022), REPORT).to_frame(),
    )
    for frame in frames:
        with pytest.raises(NotAReportError):
            own.refuse_table(frame.column_names)


def test_workbooks_of_a_batch_are_refused(tmp_path):
    workbook = pytest.importorskip("gxparse.batch.workbook")
    for head in (rows.LONG, rows.wide_head()):
        workbook.write(head, [], tmp_path / "out.xlsx")
        with pytest.raises(NotAReportError, match="a table written by gxparse"):
            gxparse.parse(tmp_path / "out.xlsx")


@pytest.mark.parametrize("head", [(), ("信息内容", "本年制发件数"), ("agency", "year", "form")])
def test_other_tables_are_not(head):
    own.refuse_table(head)
