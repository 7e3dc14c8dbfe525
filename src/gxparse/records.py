"""The records: what a report says, typed.

Frozen attrs classes with plain values. The names follow the English wording of the Regulations on Open Government
Information (State Council Decree 711); the place of a field in the tree is its *path*, such as
``requests.results.granted.total``. Each field carries the label that the official form prints for it.

Counts are ``int``, amounts of money ``Decimal``. ``None`` is a cell that is blank or cannot be read.
Where the two forms print different columns, a row has one class for each form; a row that a report's
form does not have is ``None`` as a whole.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from numbers import Integral
from reprlib import repr as short_repr
from typing import Any, NamedTuple, TypeAlias, TypeVar

import attrs
from attrs import field, frozen

from gxparse.document import Location
from gxparse.findings import Finding

T = TypeVar("T")
CellValue: TypeAlias = int | Decimal | None


class Form(StrEnum):
    """The two official forms, named by the year of the first report they were made for or revised for."""

    F2019 = "2019"
    """国办公开办函〔2019〕60号, for the reports on 2019 and 2020."""
    F2021 = "2021"
    """国办公开办函〔2021〕30号, for the reports on 2021 and later."""


def _count(label: str) -> Any:
    return field(default=None, metadata={"label": label, "type": int})


def _amount(label: str, unit: str | None = None) -> Any:
    return field(default=None, metadata={"label": label, "type": Decimal, "unit": unit})


def _row(label: str, factory: type | None = None) -> Any:
    if factory is None:
        return field(default=None, metadata={"label": label})
    return field(factory=factory, metadata={"label": label})


# ── Section two: what was disclosed ──────────────────────────────────────────────────────────────────────────────────


@frozen
class IssuedDocuments:
    """Rules or normative documents, form 2021."""

    issued: int | None = _count("本年制发件数")
    repealed: int | None = _count("本年废止件数")
    in_force: int | None = _count("现行有效件数")


@frozen
class DisclosedDocuments:
    """Rules or normative documents, form 2019."""

    created: int | None = _count("本年新制作数量")
    newly_disclosed: int | None = _count("本年新公开数量")
    total_disclosed: int | None = _count("对外公开总数量")


@frozen
class Decisions:
    """Licensing, penalties or compulsion, form 2021."""

    decisions: int | None = _count("本年处理决定数量")


@frozen
class Activity:
    """Licensing, other services, penalties or compulsion, form 2019."""

    items_last_year: int | None = _count("上一年项目数量")
    change: int | None = _count("本年增/减")
    decisions: int | None = _count("处理决定数量")


@frozen
class FeeAmount:
    """Administrative fees, form 2021. ``unit`` is the unit printed, never converted."""

    amount: Decimal | None = _amount("本年收费金额", "万元")
    unit: str | None = None


@frozen
class FeeItems:
    """Administrative fees, form 2019."""

    items_last_year: int | None = _count("上一年项目数量")
    change: int | None = _count("本年增/减")


@frozen
class Procurement:
    """Centralised government procurement, form 2019 only. ``unit`` is the unit printed, never converted."""

    projects: int | None = _count("采购项目数量")
    amount: Decimal | None = _amount("采购总金额")
    unit: str | None = None


@frozen
class Disclosure:
    """Section two, 主动公开政府信息情况 (Regulations, article 20, items 1, 5, 6, 8 and 9)."""

    rules: IssuedDocuments | DisclosedDocuments = _row("规章", IssuedDocuments)
    normative_documents: IssuedDocuments | DisclosedDocuments = _row("行政规范性文件", IssuedDocuments)
    licensing: Decisions | Activity = _row("行政许可", Decisions)
    other_services: Activity | None = _row("其他对外管理服务事项")
    penalties: Decisions | Activity = _row("行政处罚", Decisions)
    compulsion: Decisions | Activity = _row("行政强制", Decisions)
    fees: FeeAmount | FeeItems = _row("行政事业性收费", FeeAmount)
    procurement: Procurement | None = _row("政府集中采购")


# ── Section three: requests ──────────────────────────────────────────────────────────────────────────────────────────


@frozen
class Applicants:
    """A row of the table of requests: its seven columns."""

    natural_person: int | None = _count("自然人")
    enterprise: int | None = _count("商业企业")
    research_institution: int | None = _count("科研机构")
    public_welfare_organization: int | None = _count("社会公益组织")
    legal_service_agency: int | None = _count("法律服务机构")
    other: int | None = _count("其他")
    total: int | None = _count("总计")


@frozen
class Denied:
    """（三）不予公开."""

    state_secret: Applicants = _row("1.属于国家秘密", Applicants)
    prohibited_by_law: Applicants = _row("2.其他法律行政法规禁止公开", Applicants)
    endangers_security_or_stability: Applicants = _row("3.危及“三安全一稳定”", Applicants)
    third_party_rights: Applicants = _row("4.保护第三方合法权益", Applicants)
    internal_affairs: Applicants = _row("5.属于三类内部事务信息", Applicants)
    process_information: Applicants = _row("6.属于四类过程性信息", Applicants)
    enforcement_files: Applicants = _row("7.属于行政执法案卷", Applicants)
    administrative_inquiry: Applicants = _row("8.属于行政查询事项", Applicants)


@frozen
class NotProvided:
    """（四）无法提供."""

    not_held: Applicants = _row("1.本机关不掌握相关政府信息", Applicants)
    needs_creation: Applicants = _row("2.没有现成信息需要另行制作", Applicants)
    still_unclear: Applicants = _row("3.补正后申请内容仍不明确", Applicants)


@frozen
class NotProcessed:
    """（五）不予处理."""

    petition_or_complaint: Applicants = _row("1.信访举报投诉类申请", Applicants)
    repeated: Applicants = _row("2.重复申请", Applicants)
    publication: Applicants = _row("3.要求提供公开出版物", Applicants)
    excessive: Applicants = _row("4.无正当理由大量反复申请", Applicants)
    confirmation: Applicants = _row("5.要求行政机关确认或重新出具已获取信息", Applicants)


@frozen
class OtherResults:
    """（六）其他处理: three rows in form 2021; one, ``total``, in form 2019 and in reports that mix the forms."""

    not_corrected_in_time: Applicants | None = _row("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请")
    fee_unpaid: Applicants | None = _row("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")
    miscellaneous: Applicants | None = _row("3.其他")
    total: Applicants | None = _row("（六）其他处理（一行）")

    @classmethod
    def of_form_2021(cls) -> OtherResults:
        """The three rows of form 2021, blank."""
        return cls(Applicants(), Applicants(), Applicants())


@frozen
class Results:
    """三、本年度办理结果."""

    granted: Applicants = _row("（一）予以公开", Applicants)
    partially_granted: Applicants = _row("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", Applicants)
    denied: Denied = _row("（三）不予公开", Denied)
    not_provided: NotProvided = _row("（四）无法提供", NotProvided)
    not_processed: NotProcessed = _row("（五）不予处理", NotProcessed)
    other: OtherResults = field(factory=OtherResults.of_form_2021, metadata={"label": "（六）其他处理"})
    total: Applicants = _row("（七）总计", Applicants)


@frozen
class Requests:
    """Section three, 收到和处理政府信息公开申请情况."""

    received: Applicants = _row("一、本年新收政府信息公开申请数量", Applicants)
    carried_in: Applicants = _row("二、上年结转政府信息公开申请数量", Applicants)
    results: Results = _row("三、本年度办理结果", Results)
    carried_out: Applicants = _row("四、结转下年度继续办理", Applicants)


# ── Section four: reconsideration and litigation ─────────────────────────────────────────────────────────────────────


@frozen
class Outcomes:
    """The five outcomes of a kind of case."""

    upheld: int | None = _count("结果维持")
    corrected: int | None = _count("结果纠正")
    other: int | None = _count("其他结果")
    pending: int | None = _count("尚未审结")
    total: int | None = _count("总计")


@frozen
class Proceedings:
    """Section four, 政府信息公开行政复议、行政诉讼情况."""

    reconsideration: Outcomes = _row("行政复议", Outcomes)
    direct_litigation: Outcomes = _row("未经复议直接起诉", Outcomes)
    post_reconsideration_litigation: Outcomes = _row("复议后起诉", Outcomes)


Statistics: TypeAlias = Disclosure | Requests | Proceedings

#: The form that prints a row with just these columns.
FORM_OF_ROW: Mapping[type, Form] = {
    IssuedDocuments: Form.F2021,
    Decisions: Form.F2021,
    FeeAmount: Form.F2021,
    DisclosedDocuments: Form.F2019,
    Activity: Form.F2019,
    FeeItems: Form.F2019,
    Procurement: Form.F2019,
}

# ── The text of a report ─────────────────────────────────────────────────────────────────────────────────────────────


@frozen
class Period:
    """The period the figures are for, both days included."""

    start: date
    end: date


@frozen
class Preamble:
    """What stands before the first section, and the contact details in it, half-width and without white space."""

    paragraphs: tuple[str, ...] = ()
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None


@frozen
class Subsection:
    """A numbered part of a section: ``number`` as printed (``（一）``), the heading, the paragraphs under it."""

    number: str
    heading: str
    paragraphs: tuple[str, ...] = ()


@frozen
class TextSection:
    """A section's text: its heading as printed, the paragraphs before the first subsection, the subsections."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    subsections: tuple[Subsection, ...] = ()


# ── The report ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Source(NamedTuple):
    """What a source prints for a cell, and where."""

    raw: str
    location: Location


@frozen
class OtherTable:
    """A second table of a kind in one report (本级 and 全区, say), under the caption printed above it."""

    caption: str | None
    table: Statistics

    @property
    def name(self) -> str:
        """Which of :data:`TABLES` it is one of."""
        return next(name for name, table in TABLE_CLASSES.items() if isinstance(self.table, table))


@frozen
class ReportCell:
    """One number of a report: its path, the form's label for its row and column, and what the source prints."""

    path: str
    label: str
    value: CellValue
    raw: str | None
    unit: str | None
    location: Location | None


@frozen(repr=False)
class Report:
    """An annual report on open government information.

    ``sources`` (path → what is printed there), ``findings`` (what the parser had to say) and ``metadata`` (what a web
    page says about the report beside it, see :class:`~gxparse.document.Document`) take no part in ``==``.
    """

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    form: Form | None = None
    period: Period | None = None
    issued_on: date | None = None
    issued_by: str | None = None
    preamble: Preamble = field(factory=Preamble)
    overview: TextSection | None = None
    disclosure_text: TextSection | None = None
    disclosure: Disclosure = field(factory=Disclosure, metadata={"label": "二、主动公开政府信息情况"})
    requests_text: TextSection | None = None
    requests: Requests = field(factory=Requests, metadata={"label": "三、收到和处理政府信息公开申请情况"})
    proceedings_text: TextSection | None = None
    proceedings: Proceedings = field(factory=Proceedings, metadata={"label": "四、政府信息公开行政复议、行政诉讼情况"})
    problems: TextSection | None = None
    other_matters: TextSection | None = None
    other_tables: tuple[OtherTable, ...] = ()
    sources: Mapping[str, Source] = field(factory=dict, eq=False, repr=False)
    findings: tuple[Finding, ...] = field(default=(), eq=False, repr=False)
    metadata: Mapping[str, str] = field(factory=dict, eq=False, repr=False)

    @classmethod
    def blank(cls, form: Form) -> Report:
        """The official form with every cell blank.

        >>> sum(1 for cell in Report.blank(Form.F2021).cells())
        200
        >>> sum(1 for cell in Report.blank(Form.F2019).cells())
        198
        """
        if form is Form.F2021:
            return cls(form=form)
        return cls(
            form=form,
            disclosure=Disclosure(
                rules=DisclosedDocuments(),
                normative_documents=DisclosedDocuments(),
                licensing=Activity(),
                other_services=Activity(),
                penalties=Activity(),
                compulsion=Activity(),
                fees=FeeItems(),
                procurement=Procurement(),
            ),
            requests=Requests(results=Results(other=OtherResults(total=Applicants()))),
        )

    def cells(self) -> Iterator[ReportCell]:
        """Every cell of the report's form once, in the form's order, whether it has a value or not."""
        for name in TABLES:
            table: Statistics = getattr(self, name)
            for path, record, column in walk(table, name):
                source = self.sources.get(path)
                yield ReportCell(
                    path=path,
                    label=f"{_label(name, path.rpartition('.')[0])} · {column.metadata['label']}",
                    value=getattr(record, column.name),
                    raw=source.raw if source else None,
                    unit=getattr(record, "unit", None) if column.metadata["type"] is Decimal else None,
                    location=source.location if source else None,
                )

    def value(self, path: str) -> CellValue:
        """The value of one cell.

        Raises:
            KeyError: the report's form has no such cell.
        """
        for name in TABLES:
            for known, record, column in walk(getattr(self, name), name):
                if known == path:
                    value: CellValue = getattr(record, column.name)
                    return value
        raise KeyError(path)

    def replace(self, values: Mapping[str, CellValue]) -> Report:
        """A new report in which the cells named have other values; everything else is as it was.

        What the source prints for these cells, and what the parser said about them, no longer holds and is left out.
        An amount without a unit gets that of the form. What stands outside the tables, such as the year, is changed
        by ``attrs.evolve(report, year=2022)``.

        >>> Report.blank(Form.F2021).replace({"requests.received.total": 5}).requests.received.total
        5
        >>> Report.blank(Form.F2021).replace({"requests.received.total": "5"})
        Traceback (most recent call last):
        TypeError: requests.received.total: expected a whole number (int) or None, found '5' (str)

        Args:
            values: by path, ``int`` for a count, ``Decimal`` or ``int`` for an amount of money, ``None`` for a blank.
                Nothing else is converted: a ``float`` is not exact, and a text may have been misread.

        Raises:
            KeyError: the report's form has no such cell.
            TypeError: a value is not of the type of its cell.
            ValueError: an amount is not finite, or beyond what JSON can hold.
        """
        known = {path: field.metadata["type"] for name in TABLES for path, _, field in walk(getattr(self, name), name)}
        if unknown := sorted(str(path) for path in values if path not in known):
            raise KeyError(f"not a cell of this report: {', '.join(unknown)}{_hint(unknown)}")
        values = {path: _value(path, value, known[path]) for path, value in values.items()}
        tables = {name: with_values(getattr(self, name), name, values) for name in TABLES}
        return attrs.evolve(
            self,
            **tables,
            sources={path: source for path, source in self.sources.items() if path not in values},
            findings=tuple(finding for finding in self.findings if finding.path not in values),
        )

    def __repr__(self) -> str:
        """One line: whose report it is, and how much is in it.

        >>> Report(agency="石人镇", year=2023).replace({"requests.received.total": 5})
        <Report '石人镇' 2023: 1 of 200 cells filled, 0 findings>
        """
        values = [cell.value for cell in self.cells()]
        named = f"{short_repr(self.agency or self.title or 'unnamed')}{'' if self.year is None else f' {self.year}'}"
        form = "" if self.form is None else f", form {self.form}"
        filled = f"{len(values) - values.count(None)} of {len(values)} cells filled"
        found = f"{len(self.findings)} finding{'' if len(self.findings) == 1 else 's'}"
        return f"<Report {named}{form}: {filled}, {found}>"

    def _repr_html_(self) -> str:
        """The report with what the parser had to say of it, for notebooks."""
        from gxparse.messages import Language  # noqa: PLC0415
        from gxparse.rendering.checked import fragment  # noqa: PLC0415 - only for notebooks

        return fragment(self, self.findings, Language.of_locale())


# No sum of money has a longer exponent, and JSON does not read one back.
_LARGEST_EXPONENT = 999


def _value(path: str, value: Any, kind: type) -> CellValue:
    """The value as a cell of this type holds it; only where nothing can be lost is it converted."""
    if value is None:
        return None
    whole = None if isinstance(value, bool) else value  # to Python a bool is an int
    if isinstance(whole, Integral):
        return Decimal(int(whole)) if kind is Decimal else int(whole)
    if kind is int:
        raise TypeError(f"{path}: expected a whole number (int) or None, found {shown(value)}")
    if not isinstance(value, Decimal):
        raise TypeError(f"{path}: expected an amount (Decimal or int) or None, found {shown(value)}")
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(f"{path}: expected an amount of money, found {shown(value)}")
    return value


def _hint(unknown: list[str]) -> str:
    """How to change what is no cell but a field of the report."""
    names = [path.partition(".")[0] for path in unknown]
    named = next((name for name in names if name in attrs.fields_dict(Report) and name not in TABLES), None)
    return f"; only cells are replaced so, the rest by attrs.evolve(report, {named}=…)" if named else ""


def shown(value: object) -> str:
    """A value with its type, for a message: short, whatever it is.

    >>> shown("3,000"), shown(True)
    ("'3,000' (str)", 'True (bool)')
    """
    return f"{short_repr(value)} ({type(value).__name__})"


#: The six sections, by the fields that hold their texts, with the headings of the form.
SECTIONS: Mapping[str, str] = {
    "overview": "一、总体情况",
    "disclosure_text": "二、主动公开政府信息情况",
    "requests_text": "三、收到和处理政府信息公开申请情况",
    "proceedings_text": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}

#: The three statistical tables, in the form's order.
TABLES = ("disclosure", "requests", "proceedings")

#: The class of each table.
TABLE_CLASSES: Mapping[str, type] = {"disclosure": Disclosure, "requests": Requests, "proceedings": Proceedings}


def _once(function: Callable[[type], T]) -> Callable[[type], T]:
    """``functools.cache`` for functions of a class; mypy takes the classes of attrs for unhashable."""
    return cache(function)


@_once
def fields_of(record: type) -> tuple[attrs.Attribute[Any], ...]:
    """The fields of a table or a row that hold cells or rows, in the form's order."""
    return tuple(attribute for attribute in attrs.fields(record) if "label" in attribute.metadata)


def walk(record: Any, path: str) -> Iterator[tuple[str, Any, attrs.Attribute[Any]]]:
    """Each cell under ``record`` in the form's order: its path, the row it belongs to, and its field."""
    for attribute in fields_of(type(record)):
        below = f"{path}.{attribute.name}"
        if "type" in attribute.metadata:
            yield below, record, attribute
        elif (row := getattr(record, attribute.name)) is not None:
            yield from walk(row, below)


def with_values(record: Any, path: str, values: Mapping[str, CellValue]) -> Any:
    """A copy of ``record`` in which the cells named in ``values`` have those values."""
    changed = {}
    for attribute in fields_of(type(record)):
        below = f"{path}.{attribute.name}"
        old = getattr(record, attribute.name)
        if "type" in attribute.metadata:
            if below in values:
                changed[attribute.name] = values[below]
                if (unit := attribute.metadata.get("unit")) and values[below] is not None and record.unit is None:
                    changed["unit"] = unit
        elif old is not None and (new := with_values(old, below, values)) is not old:
            changed[attribute.name] = new
    return attrs.evolve(record, **changed) if changed else record


@_once
def row_classes(record: type) -> Mapping[str, tuple[type, ...]]:
    """For each row or group of rows of ``record``, the classes that can stand there."""
    hints = typing.get_type_hints(record)
    return {
        attribute.name: tuple(
            each
            for each in typing.get_args(hints[attribute.name]) or (hints[attribute.name],)
            if each is not types.NoneType
        )
        for attribute in fields_of(record)
        if "type" not in attribute.metadata
    }


@cache
def _label(table: str, path: str) -> str:
    """The form's labels along the path of a row, from the outside in."""
    return " · ".join(labels_of(TABLE_CLASSES[table], path))


def labels_of(table: type, path: str) -> tuple[str, ...]:
    """The form's labels along a path below one of the three tables.

    >>> labels_of(Requests, "requests.results.denied.repeated")
    Traceback (most recent call last):
    KeyError: 'requests.results.denied.repeated'
    >>> labels_of(Requests, "requests.received.total")
    ('一、本年新收政府信息公开申请数量', '总计')
    """
    found: list[str] = []
    candidates: tuple[type, ...] = (table,)
    for name in path.split(".")[1:]:
        for candidate in candidates:
            attribute = next((each for each in fields_of(candidate) if each.name == name), None)
            if attribute is not None:
                found.append(attribute.metadata["label"])
                candidates = row_classes(candidate).get(name, ())
                break
        else:
            raise KeyError(path)
    return tuple(found)
