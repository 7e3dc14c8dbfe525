"""GX1, forms: which of the two official forms a report uses, and whether it is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gxparse.findings import Finding
from gxparse.records import FORM_OF_ROW, Form
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet, common, label_of

__all__ = ["RULES"]

_NOTICE_2019 = "国办公开办函〔2019〕60号"
_NOTICE_2021 = "国办公开办函〔2021〕30号"

_DISCLOSURE = ("rules", "normative_documents", "licensing", "penalties", "compulsion", "fees")
_FORM_OF_ROW: Mapping[str, Form] = {
    "disclosure.other_services": Form.F2019,
    "disclosure.procurement": Form.F2019,
    "requests.results.other.not_corrected_in_time": Form.F2021,
    "requests.results.other.fee_unpaid": Form.F2021,
    "requests.results.other.miscellaneous": Form.F2021,
    "requests.results.other.total": Form.F2019,
}


def outdated(sheet: Sheet) -> Iterator[Finding]:
    """GX107: form 2019 in a report for 2021 or later (notice 国办公开办函〔2021〕30号)."""
    year = sheet.report.year
    if sheet.report.form is Form.F2019 and year is not None and year >= 2021:
        yield Finding(
            "GX107",
            "",
            f"{year} 年度报告仍用旧格式（{_NOTICE_2019}）；2021 年度起应使用新格式（{_NOTICE_2021}）",
            f"the report for {year} uses the form of 2019 ({_NOTICE_2019}); "
            f"reports for 2021 and later use that of 2021 ({_NOTICE_2021})",
            numbers={"year": year},
        )


def mixed(sheet: Sheet) -> Iterator[Finding]:
    """GX108: rows of both forms in one report. Those of the form that has fewer are named, and the path holds them."""
    parts: dict[Form, list[str]] = {form: [] for form in Form}
    for path, form in _forms(sheet):
        parts[form].append(path)
    if all(parts.values()):
        fewer, more = sorted(Form, key=lambda form: len(parts[form]))
        few, many = parts[fewer], len(parts[more])
        labels = "、".join((label_of(path) or path).rpartition(" · ")[2] for path in few)
        yield sheet.finding(
            "GX108",
            common(few),
            (
                f"以下 {len(few)} 行为 {fewer} 年格式：{labels}；另有 {many} 行为 {more} 年格式。应统一使用一种格式",
                f"rows of form {fewer} ({len(few)}): {', '.join(few)}; {many} others are of form {more}; use one form",
            ),
        )


def _forms(sheet: Sheet) -> Iterator[tuple[str, Form]]:
    """The rows that tell the form, as far as anything is known of them, and the form they are of."""
    for name in _DISCLOSURE:
        path = f"disclosure.{name}"
        if sheet.is_there(path):
            yield path, FORM_OF_ROW[type(getattr(sheet.report.disclosure, name))]
    for path, form in _FORM_OF_ROW.items():
        if path in sheet.rows and sheet.is_there(path):
            yield path, form


RULES = (
    Rule(outdated, ("GX107",)),
    Rule(mixed, ("GX108",)),
)
