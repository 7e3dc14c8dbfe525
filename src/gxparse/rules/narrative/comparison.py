"""GX401 to GX407: what the text says, against what the tables say."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from gxparse.findings import Finding, Severity
from gxparse.records import SECTIONS
from gxparse.rules.narrative.kinds import KINDS, Reading
from gxparse.rules.narrative.scope import Scope
from gxparse.rules.narrative.statements import Statement, statements
from gxparse.rules.narrative.tables import in_other_tables, total
from gxparse.rules.sheet import Sheet, common, label_of

__all__ = ["contradictions"]

_LONGEST_QUOTE = 40


@frozen
class _Judged:
    """A statement, and the sums of the table that it may mean, the nearest first."""

    statement: Statement
    sums: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        return self.statement.number in self.sums


def contradictions(sheet: Sheet) -> Iterator[Finding]:
    """What the text says and no sensible reading of the tables does, once for each number.

    Where the text may speak of a part only, that is held against it only if it never gives the number of the whole.
    """
    subjects: dict[Reading, list[_Judged]] = {}
    for statement in statements(sheet.report):
        readings = [
            reading for reading in KINDS[statement.kind].readings if all(path in sheet.cells for path in reading)
        ]
        if statement.scope is not Scope.OTHER and (sums := _sums(sheet, readings)):
            subjects.setdefault(readings[0], []).append(_Judged(statement, sums))
    for reading, judged in subjects.items():
        wrong: dict[int, _Judged] = {}
        for each in judged:
            if not each.agrees and each.statement.scope is Scope.SAME:
                wrong.setdefault(each.statement.number, each)
        for each in wrong.values():
            yield _finding(sheet, reading, each)
        if not wrong and not any(each.agrees for each in judged) and not _are_parts(judged):
            yield _finding(sheet, reading, max(judged, key=lambda each: each.statement.number))


def _are_parts(judged: list[_Judged]) -> bool:
    """Whether the numbers are together what the table has: 本级30件，部门47件."""
    return sum(each.statement.number for each in judged) in judged[0].sums


def _sums(sheet: Sheet, readings: list[Reading]) -> tuple[int, ...]:
    """What the tables say, or nothing where a cell is blank or cannot be read."""
    sums = [total(sheet, reading) for reading in readings]
    if None in sums:
        return ()
    sums += [number for reading in readings for number in in_other_tables(sheet, reading)]
    return tuple(dict.fromkeys(number for number in sums if number is not None))


def _label(sheet: Sheet, reading: Reading) -> str:
    """The cells of a reading as the form names them: more than two are those of organisations, or a group of rows."""
    if len(reading) <= 2:
        return " + ".join(label_of(path) or path for path in reading)
    path = common(reading)
    return f"{label_of(path)} · 法人或其他组织" if path in sheet.rows else label_of(path) or path


def _finding(sheet: Sheet, reading: Reading, judged: _Judged) -> Finding:
    statement, (table, *others) = judged.statement, judged.sums
    path = common(reading)
    quote = statement.quote if len(statement.quote) <= _LONGEST_QUOTE else f"…{statement.quote[-_LONGEST_QUOTE:]}"
    sums = [str(number) for number in (table, *others[:1])]
    zh = f"“{SECTIONS[statement.section]}”写“{quote}”，即 {statement.number}；"
    zh += f"表中“{_label(sheet, reading)}”为 {' 或 '.join(sums)}。请核对两处"
    en = f"the text ({statement.section}) says {statement.number} (“{quote}”), the table has {' or '.join(sums)}"
    en += "; check both"
    is_sure = statement.scope is Scope.SAME
    if not is_sure:
        zh += "；如正文只说一部分，请写明全部是多少"
        en += ", and give the number of the whole if the text is of a part"
    code, numbers = KINDS[statement.kind].code, {"text": statement.number, "table": table}
    finding = sheet.finding(code, path, (zh, en), numbers=numbers)
    return finding if is_sure else evolve(finding, severity=Severity.WARNING)
