"""GX3 in second tables of a kind."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from gxparse.records import OtherTable as Other
from gxparse.records import Outcomes, Proceedings, Report
from gxparse.rules import validate
from gxparse.testing import consistent_reports, zeros


def found(report: Report) -> list[tuple[str, str, str | None]]:
    return [(each.code, each.path, each.suggestion) for each in validate(report, select="GX3").findings]


def proceedings(total: int | None) -> Proceedings:
    return evolve(zeros().proceedings, reconsideration=Outcomes(1, 2, 0, 0, total))


def test_a_sum_that_fails_is_told_with_its_table():
    report = evolve(zeros(), other_tables=(Other("全镇", proceedings(3)), Other("全镇情况", proceedings(9))))
    (finding,) = validate(report, select="GX3").findings
    assert (finding.code, finding.path) == ("GX304", "other_tables.1.proceedings.reconsideration.total")
    assert finding.message_zh.startswith("“全镇情况”中应为 3")
    assert finding.message_en.startswith("in “全镇情况” expected 3")
    assert finding.suggestion is not None
    assert finding.suggestion.startswith("other_tables.1.proceedings.reconsideration.total: 9 → 3")
    assert " proceedings." not in finding.suggestion


def test_a_table_without_caption_is_the_second():
    report = evolve(zeros(), other_tables=(Other(None, proceedings(9)),))
    (finding,) = validate(report, select="GX3").findings
    assert finding.message_zh.startswith("第二张表格中应为 3")
    assert finding.message_en.startswith("in the second table expected 3")


@pytest.mark.parametrize("total", [3, None])
def test_what_holds_or_is_not_known_is_no_finding(total):
    assert not found(evolve(zeros(), other_tables=(Other("全镇", proceedings(total)),)))


@given(consistent_reports(), consistent_reports())
def test_sums_that_hold_are_no_finding(report, other):
    others = tuple(Other(None, table) for table in (other.requests, other.proceedings, other.disclosure))
    assert found(evolve(report, other_tables=others)) == found(report)
