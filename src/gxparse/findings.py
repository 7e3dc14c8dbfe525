"""Findings: one class for all that is to be said about a report, whether met in parsing or in checking."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from gxparse.document import Location

__all__ = ["CATALOGUE", "Finding", "Kind", "Severity"]


class Severity(StrEnum):
    """How grave a finding is. A report with a finding of severity *error* is not fit to be published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen
class Kind:
    """An entry of the catalogue: what the findings of one code have in common."""

    code: str
    severity: Severity
    title_zh: str
    title_en: str


def _catalogue(*kinds: tuple[str, Severity, str, str]) -> dict[str, Kind]:
    return {code: Kind(code, severity, zh, en) for code, severity, zh, en in kinds}


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

#: Every code the library uses, with its severity and its title in both languages.
CATALOGUE: dict[str, Kind] = _catalogue(
    ("GX001", _WARNING, "按相似程度识别的标签", "label read by similarity"),
    ("GX002", _ERROR, "数值无法对应到列", "values that cannot be assigned to columns"),
    ("GX003", _ERROR, "单元格或行的界限丢失", "cell or row boundaries lost"),
    ("GX004", _WARNING, "表中有未知的行或多余的文字", "unknown row or stray text in a table"),
    ("GX005", _INFO, "数字带单位或以文字写出", "number with a unit or in words"),
    ("GX006", _WARNING, "同类表格出现第二张", "second table of a kind"),
    ("GX007", _INFO, "编码系推测", "encoding guessed"),
    ("GX008", _ERROR, "表格是图片", "table is an image"),
    ("GX009", _INFO, "读取时略去、拼接或补入的内容", "left out, put together or taken in by the reader"),
    ("GX105", _ERROR, "缺少表格", "table missing"),
    ("GX106", _WARNING, "缺少行", "row missing"),
    ("GX107", _WARNING, "使用旧格式", "old form used"),
    ("GX108", _WARNING, "新旧格式混用", "forms mixed"),
    ("GX201", _WARNING, "空白", "blank"),
    ("GX202", _ERROR, "不是数字", "not a number"),
    ("GX203", _WARNING, "填写“不适用”之类", "“not applicable” instead of a number"),
    ("GX204", _ERROR, "负数", "negative"),
    ("GX205", _ERROR, "件数出现小数", "fraction in a count"),
    ("GX206", _INFO, "金额没有单位", "amount without a unit"),
    ("GX301", _ERROR, "收到与办理不平衡", "received and handled do not balance"),
    ("GX302", _ERROR, "办理结果之和不等于总计", "results do not add up"),
    ("GX303", _ERROR, "申请人之和不等于总计", "applicants do not add up"),
    ("GX304", _ERROR, "复议诉讼结果之和不等于总计", "outcomes do not add up"),
    ("GX305", _INFO, "不大可能的组合", "unlikely combination"),
)


@frozen
class Finding:
    """One thing to be said about a report.

    Attributes:
        code: a code of :data:`CATALOGUE`, such as ``"GX302"``.
        path: a cell, the prefix of a row or table, a section, or ``""`` for the whole report.
        message_zh: what was expected, what was found, and what to do, in Chinese.
        message_en: the same in English.
        label: the label as printed, where there is one.
        location: the place in the source.
        numbers: the numbers the message speaks of, by name.
        suggestion: a correction that would settle it, where one is likely.
        severity: as the catalogue has it for the code, unless given.
    """

    code: str
    path: str
    message_zh: str
    message_en: str
    label: str | None = None
    location: Location | None = None
    numbers: dict[str, int | Decimal | None] = field(factory=dict, hash=False)
    suggestion: str | None = None
    severity: Severity = field()

    @severity.default
    def _of_the_code(self) -> Severity:
        return CATALOGUE[self.code].severity

    def covers(self, path: str) -> bool:
        """Whether the finding speaks of this cell: of itself, of a row or table above it, or of the report.

        >>> Finding("GX106", "disclosure.rules", "缺少一行", "a row is missing").covers("disclosure.rules.issued")
        True
        """
        return self.path in ("", path) or path.startswith(self.path + ".")

    def __str__(self) -> str:
        place = f" ({self.location})" if self.location else ""
        return f"{self.code} {self.severity} {self.path or 'report'}{place}: {self.message_zh} {self.message_en}"
