"""Reports of many agencies and years side by side."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import Form, GxparseError, Report, series
from gxparse.agencies import match
from gxparse.collection.series import Gap
from gxparse.testing import reports, zeros

RECEIVED = "requests.received.total"


def report(agency, year, **values):
    form = Form.F2019 if year is not None and year < 2021 else Form.F2021
    filled = zeros(form).replace({path.replace("__", "."): value for path, value in values.items()})
    return attrs.evolve(filled, agency=agency, year=year)


def test_reports_stand_by_agency_and_year():
    given_ = [report("青石镇", 2022), report("白塔区教育局", 2020), report("青石镇", 2021)]
    found = series(iter(given_))
    assert [(each.agency, each.year) for each in found.reports] == [
        ("白塔区教育局", 2020),
        ("青石镇", 2021),
        ("青石镇", 2022),
    ]
    assert found.agencies == ("白塔区教育局", "青石镇")
    assert found.years == (2020, 2021, 2022)
    assert (found.gaps, found.doubles, found.unplaced) == ((), (), ())


def test_gaps_lie_between_the_first_and_the_last_report_of_an_agency():
    found = series([report("青石镇", 2019), report("青石镇", 2022), report("白塔区教育局", 2024)])
    assert found.gaps == (Gap("青石镇", 2020), Gap("青石镇", 2021))


def test_gaps_in_the_years_that_are_asked_for():
    found = series([report("青石镇", 2020)], years=[2021, 2020, 2019])
    assert found.gaps == (Gap("青石镇", 2019), Gap("青石镇", 2021))


def test_two_reports_for_one_year_are_reported_and_both_kept():
    same = [report("青石镇", 2021), attrs.evolve(report("青石镇", 2021), title="x")]
    (double,) = series(same).doubles
    assert (double.agency, double.year, len(double.reports)) == ("青石镇", 2021, 2)
    assert double.is_repetition
    (other,) = series([same[0], report("青石镇", 2021, requests__received__total=1)]).doubles
    assert not other.is_repetition
    assert len(series(same).reports) == 2


def test_one_agency_under_several_names():
    found = series([report("青石镇", 2021), report("云岭县青石镇人民政府", 2022), report("云岭县青石镇人民政府", 2021)])
    assert found.agencies == ("云岭县青石镇人民政府",)
    (alias,) = found.aliases
    assert (alias.name, alias.agency) == ("青石镇", "云岭县青石镇人民政府")
    assert [(double.agency, double.year) for double in found.doubles] == [("云岭县青石镇人民政府", 2021)]
    assert {row["agency"] for row in frame(found.to_frame())} == {"云岭县青石镇人民政府"}


def test_a_name_short_for_two_agencies_is_left_alone():
    names = ["朝阳区人民政府", "北京市朝阳区人民政府", "长春市朝阳区人民政府"]
    found = series([report(name, 2021) for name in names])
    assert len(found.agencies) == 3
    assert found.ambiguous == (tuple(names),)
    assert "无法确定 ambiguous: 朝阳区人民政府 = 北京市朝阳区人民政府 / 长春市朝阳区人民政府?" in str(found)


def test_reports_without_agency_or_year_stand_last():
    found = series([report(None, 2021), report("青石镇", None), report("青石镇", 2021), report("", 2021)])
    assert found.reports[0] == report("青石镇", 2021)
    assert set(map(id, found.unplaced)) == set(map(id, found.reports[1:]))
    assert (found.gaps, found.doubles) == ((), ())
    assert "without agency or year: 3" in str(found)


def test_str_tells_what_is_there_and_what_is_not():
    found = series([report("青石镇", 2019), report("青石镇人民政府", 2021), report("青石镇人民政府", 2021)])
    why = match("青石镇", "青石镇人民政府").reason_zh
    assert str(found).splitlines() == [
        "3 份年报 reports, 1 个机关 agencies, 2019–2021",
        "缺 missing: 青石镇人民政府 2020",
        "重复 several: 青石镇人民政府 2021 ×2",
        f"同一机关 one agency: 青石镇 = 青石镇人民政府 ({why})",
    ]
    assert str(series([])) == "0 份年报 reports, 0 个机关 agencies, –"


def frame(table):
    return table.to_pylist()


def test_the_indicators_as_a_table():
    pytest.importorskip("pyarrow")
    found = series(
        [
            report("青石镇", 2022, requests__results__granted__total=1, requests__results__total__total=4),
            report("青石镇", 2023),
        ]
    )
    first, second = frame(found.indicators_to_frame("disclosure_rate"))
    assert first == {
        "agency": "青石镇",
        "year": 2022,
        "form": "2021",
        "indicator": "disclosure_rate",
        "label_zh": "公开率",
        "label_en": "disclosure rate",
        "numerator": 1,
        "denominator": 4,
        "value": 0.25,
    }
    assert (second["numerator"], second["denominator"], second["value"]) == (0, 0, None)
    assert found.indicators_to_frame([]).num_rows == 0
    huge = report("青石镇", 2022, requests__results__granted__total=10**400, requests__results__total__total=1)
    (row,) = frame(series(huge).indicators_to_frame(["disclosure_rate"]))
    assert (row["numerator"], row["denominator"], row["value"]) == (None, 1, None)


def test_the_frames_of_a_series():
    pytest.importorskip("pyarrow")
    found = series([report("青石镇", 2022), report("青石镇", 2020)])
    assert found.to_frame().num_rows == 398
    assert found.to_frame(wide=True)["year"].to_pylist() == [2020, 2022]


def test_what_is_no_report_is_refused():
    with pytest.raises(GxparseError, match="Expected a report, found str"):
        series(["a text"])


@given(st.lists(reports(), max_size=5))
def test_no_report_is_too_odd(several):
    found = series(several)
    assert len(found.reports) == len(several)
    assert sum(len(each) for _, each in found.indicators()) == 14 * len(several)
    assert str(found)
    placed = [(each.agency, each.year) for each in found.reports if each.agency and each.year is not None]
    assert len(placed) + len(found.unplaced) == len(several)
    assert len(placed) - len(set(placed)) == sum(len(double.reports) - 1 for double in found.doubles)


def test_one_report_is_a_series():
    assert series(Report(agency="青石镇", year=2021)).years == (2021,)


@pytest.mark.parametrize("year", [0, -1, 10_000, pytest.param(10**5000, id="many digits")])
def test_a_year_that_no_calendar_has_is_in_no_gap(year):
    odd = attrs.evolve(report("青石镇", 2022), year=year)
    found = series([odd, report("青石镇", 2022)])
    assert (found.gaps, found.years, found.unplaced) == ((), (2022,), (odd,))
    assert str(found).endswith("1")


def test_expected_years_are_numbers():
    assert series([report("青石镇", 2022)], years=[2023, 2022, 2023]).gaps == (Gap("青石镇", 2023),)
    with pytest.raises(GxparseError, match="A year must be an integer, not '2022'"):
        series([report("青石镇", 2022)], years=["2022"])
