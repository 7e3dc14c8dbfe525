"""Series as figures."""

from __future__ import annotations

import io
import math
import sys

import attrs
import pytest

from gxparse import GxparseError, series
from gxparse.testing import zeros

matplotlib = pytest.importorskip("matplotlib")

DATA = {("云岭县人民政府", 2020): 30, ("云岭县人民政府", 2022): 60, ("青石镇", 2021): 0, ("青石镇", 2022): 90}


def report(agency, year, granted, total=100):
    values = {"requests.results.granted.total": granted, "requests.results.total.total": total}
    return attrs.evolve(zeros().replace(values), agency=agency, year=year)


SERIES = series(report(agency, year, granted) for (agency, year), granted in DATA.items())


def courses(figure):
    return {
        line.get_label(): dict(zip(map(int, line.get_xdata()), map(float, line.get_ydata()), strict=True))
        for line in figure.axes[0].get_lines()
    }


def png(figure):
    stream = io.BytesIO()
    figure.savefig(stream, format="png")
    return stream.getvalue()


def test_lines_show_the_numbers_and_leave_gaps_open():
    drawn = courses(SERIES.plot("disclosure_rate", language="zh"))
    assert math.isnan(drawn["云岭县人民政府"].pop(2021))
    assert math.isnan(drawn["青石镇"].pop(2020))
    assert drawn == {"云岭县人民政府": {2020: 30, 2022: 60}, "青石镇": {2021: 0, 2022: 90}}


def test_bars_show_the_numbers_and_tell_nothing_from_no_report():
    (axes,) = SERIES.plot("disclosure_rate", kind="bars").axes
    heights = {container.get_label(): [bar.get_height() for bar in container] for container in axes.containers}
    assert heights["云岭县人民政府"][::2] == [30, 60]
    assert heights["青石镇"][1:] == [0, 90]
    assert [text.get_text() for text in axes.texts] == ["0"]


@pytest.mark.parametrize(("language", "title"), [("zh", "公开率"), ("en", "disclosure rate")])
def test_titles_and_legend(language, title):
    figure = SERIES.plot(language=language)
    assert figure.axes[0].get_title(loc="left") == title
    assert len(figure.axes) == 4
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["云岭县人民政府", "青石镇"]
    assert png(figure).startswith(b"\x89PNG")


def test_nothing_global_is_touched():
    before = dict(matplotlib.rcParams)
    png(SERIES.plot())
    assert dict(matplotlib.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_agencies_are_chosen_by_any_of_their_names():
    assert list(courses(SERIES.plot("disclosure_rate", agencies="青石镇人民政府"))) == ["青石镇"]
    assert list(courses(SERIES.plot("disclosure_rate", agencies=["青石镇", "云岭县"]))) == ["青石镇", "云岭县人民政府"]


def test_reports_that_contradict_each_other_are_not_drawn():
    twice = [report("青石镇", 2021, 10), report("青石镇", 2021, 20), report("青石镇", 2022, 30)]
    assert courses(series(twice).plot("disclosure_rate")) == {"青石镇": {2022: 30}}
    assert courses(series([*twice[::2], twice[0]]).plot("disclosure_rate")) == {"青石镇": {2021: 10, 2022: 30}}


def test_an_indicator_without_any_data_says_so():
    figure = SERIES.plot("document_disclosure_rate", language="en")
    assert [text.get_text() for text in figure.axes[0].texts] == ["no data"]


def many():
    return series(
        report(f"{place}县人民政府", 2021, 1)
        for place in ("甲丙", "乙丙", "丁丙", "戊丙", "己丙", "庚丙", "辛丙", "壬丙", "癸丙")
    )


@pytest.mark.parametrize(
    ("found", "options", "message"),
    [
        (SERIES, {"kind": "pie"}, "no kind 'pie'; there are lines and bars"),
        (SERIES, {"indicators": ["openness"]}, "no indicator 'openness'"),
        (SERIES, {"indicators": []}, "nothing to draw"),
        (SERIES, {"agencies": ["白塔区"]}, "0 agencies of the series may be '白塔区'"),
        (SERIES, {"language": "fr"}, "no language 'fr'"),
        (series([]), {}, "nothing to draw"),
        (series([report("青石镇", None, 1)]), {}, "nothing to draw"),
        (many(), {}, "8 agencies at most, not 9"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(found, options, message):
    with pytest.raises(GxparseError, match=message):
        found.plot(**options)


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(GxparseError, match=r'pip install "gxparse\[plot\]"'):
        SERIES.plot()
