"""What checking makes of a report in which one thing is wrong: seeded mutations of reports that add up.

Each mutation is one slip of whoever fills in the form. It is *detected* by any finding that the report had not before
(by an *error*, by one of that severity), *located* where the findings name every cell that is wrong, by their path or
by a correction that is offered alone, *corrected* where that correction gives the report back, *listed* where one of
those offered does, *misled* where one offered alone is not the right one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random

from attrs import define, field, frozen

import gxparse
from benchmarks.outcome import Outcome
from gxparse.findings import Finding, Severity
from gxparse.records import TABLES, CellValue, Form, Report
from gxparse.testing import APPLICANTS, OUTCOMES, printed, zeros

#: The rules of a single report that look at its tables.
FAMILIES = ("GX1", "GX2", "GX3")

_CHANGE = re.compile(r"([\w.]+): (?:-?\d+|blank|unreadable) → (\d+)")
_NAMES = {"disclosure": "二", "requests": "三", "proceedings": "四"}
_TOTAL = "requests.results.total"


# ── Reports ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def consistent(random: Random, form: Form) -> Report:
    """A report that adds up; in every other one, as in most real ones, most of the cells are 0."""
    share = random.choice((0.2, 1.0))

    def number(most: int = 60) -> int:
        return random.randint(1, most) if random.random() < share else 0

    report = zeros(form)
    values: dict[str, CellValue] = {}
    rows = _rows(report)
    for row, cells in rows.items():
        if not row.startswith("requests."):
            values.update({path: number() for path in cells})
    results = [row for row in rows if row.startswith("requests.results.") and row != _TOTAL]
    for column in APPLICANTS:
        numbers = {f"{row}.{column}": number() for row in results}
        handled, carried_out = sum(numbers.values()), number(20)
        carried_in = random.randint(0, min(20, handled + carried_out))
        values |= numbers | {
            f"{_TOTAL}.{column}": handled,
            f"requests.carried_out.{column}": carried_out,
            f"requests.carried_in.{column}": carried_in,
            f"requests.received.{column}": handled + carried_out - carried_in,
        }
    for row in rows:
        if not row.startswith("disclosure."):
            columns = APPLICANTS if row.startswith("requests.") else OUTCOMES
            values[f"{row}.total"] = sum(int(values[f"{row}.{column}"] or 0) for column in columns)
    return report.replace(values)


def _rows(report: Report) -> dict[str, list[str]]:
    """The counts of a report, row by row."""
    rows: dict[str, list[str]] = {}
    for cell in report.cells():
        if isinstance(cell.value, int):
            rows.setdefault(cell.path.rpartition(".")[0], []).append(cell.path)
    return rows


# ── Mutations ────────────────────────────────────────────────────────────────────────────────────────────────────────

Values = Mapping[str, int]
#: What cells hold after a slip: a number, ``""`` where they are blank, ``None`` where nothing is known of them.
Slip = dict[str, int | str | None]


@frozen
class Table:
    """A table in which something is to go wrong: its rows, and what its cells hold."""

    rows: Sequence[Sequence[str]]
    values: Values

    def cells(self, least: int = 0) -> list[str]:
        """The cells that hold at least so much."""
        return [path for row in self.rows for path in row if self.values[path] >= least]


def another_number(table: Table, random: Random) -> Slip:
    """One cell holds another number."""
    path = random.choice(table.cells())
    before = table.values[path]
    return {path: random.choice([number for number in range(2 * before + 10) if number != before])}


def transposed(table: Table, random: Random) -> Slip:
    """Two digits of a number stand the wrong way round."""
    slips: list[tuple[str, int]] = []
    for path in table.cells(least=10):
        digits = str(table.values[path])
        swapped = (f"{digits[:n]}{digits[n + 1]}{digits[n]}{digits[n + 2 :]}" for n in range(len(digits) - 1))
        slips += [(path, int(each)) for each in swapped if each != digits]
    return dict([random.choice(slips)]) if slips else {}


def blanked(table: Table, random: Random) -> Slip:
    """A number is left out."""
    cells = table.cells(least=1)
    return {random.choice(cells): ""} if cells else {}


def in_another_column(table: Table, random: Random) -> Slip:
    """The numbers of two cells of a row have changed places."""
    return _exchanged(table, random, (pair for row in table.rows for pair in pairwise(row)))


def in_another_row(table: Table, random: Random) -> Slip:
    """The numbers of two neighbouring rows have changed places in one column."""
    beside = (
        (one, other)
        for row, below in pairwise(table.rows)
        for one in row
        for other in below
        if one.rpartition(".")[2] == other.rpartition(".")[2]
    )
    return _exchanged(table, random, beside)


def _exchanged(table: Table, random: Random, pairs: Iterable[tuple[str, str]]) -> Slip:
    values = table.values
    chosen = [(one, other) for one, other in pairs if values[one] != values[other]]
    if not chosen:
        return {}
    one, other = random.choice(chosen)
    return {one: values[other], other: values[one]}


def shifted(table: Table, random: Random) -> Slip:
    """The numbers of a row stand one column to the right, the first cell is blank, and the last number is lost."""
    rows = [row for row in table.rows if len(row) > 1 and any(table.values[path] for path in row)]
    if not rows:
        return {}
    row = random.choice(rows)
    return {row[0]: "", **{path: table.values[before] for before, path in pairwise(row)}}


def dropped(table: Table, random: Random) -> Slip:
    """A row is missing."""
    return dict.fromkeys(random.choice(table.rows))


#: The slips that leave one number wrong; no such number of a table with sums may go unnoticed.
SINGLE: tuple[Callable[[Table, Random], Slip], ...] = (another_number, transposed, blanked)
KINDS = (*SINGLE, in_another_column, in_another_row, shifted, dropped)


# ── What comes of them ───────────────────────────────────────────────────────────────────────────────────────────────


@define
class Tally:
    """How often what was made of a kind of slip in a table."""

    slips: int = 0
    came: Counter[str] = field(factory=Counter)

    def share(self, what: str) -> float:
        """The share of the slips of which something came."""
        return self.came[what] / self.slips if self.slips else 0.0


def measure(reports: int, seed: int = 20211201) -> Outcome:
    """Makes one slip of each kind in each table of so many reports, half of each form."""
    random = Random(seed)
    tallies = {(kind, table): Tally() for kind in KINDS for table in TABLES}
    faulty = 0
    for number in range(reports):
        report = consistent(random, list(Form)[number % 2])
        before = gxparse.validate(report, select=FAMILIES)
        faulty += not before.ok
        known = {(finding.code, finding.path) for finding in before.findings}
        rows = _rows(report)
        values = {cell.path: cell.value for cell in report.cells() if isinstance(cell.value, int)}
        for (kind, name), tally in tallies.items():
            table = Table([cells for row, cells in rows.items() if row.startswith(f"{name}.")], values)
            if slip := kind(table, random):
                tally.slips += 1
                tally.came.update(_what_came(report, slip, known))
    outcome = _table(tallies, reports)
    if faulty:
        outcome.broken.append(f"{faulty} reports that add up have errors")
    return outcome


def _what_came(report: Report, slip: Slip, known: set[tuple[str, str]]) -> Iterator[str]:
    """What the findings make of a slip."""
    wrong = report.replace({path: value for path, value in slip.items() if not isinstance(value, str)})
    wrong = printed(wrong, {path: value for path, value in slip.items() if isinstance(value, str)})
    found = gxparse.validate(wrong, select=FAMILIES).findings
    new = [finding for finding in found if (finding.code, finding.path) not in known]
    offered = {finding.suggestion: _corrections(finding) for finding in new if finding.suggestion}
    alone = [each for corrections in offered.values() if len(corrections) == 1 for each in corrections]
    right = {path: report.value(path) or 0 for path, value in slip.items() if (value or 0) != report.value(path)}
    if new:
        yield "detected"
    if any(finding.severity is Severity.ERROR for finding in new):
        yield "error"
    named = {path for changes in alone for path in changes}
    if all(path in named or any(finding.path and finding.covers(path) for finding in new) for path in right or slip):
        yield "located"
    is_right = bool(alone) and dict(item for changes in alone for item in changes.items()) == right
    if alone:
        yield "corrected" if is_right else "misled"
    if is_right or any(right in corrections for corrections in offered.values()):
        yield "listed"


def _corrections(finding: Finding) -> list[dict[str, int]]:
    """The corrections that a finding offers; where more are told than named, the last is empty."""
    parts = (finding.suggestion or "").split(" | ")
    return [{path: int(after) for path, after in _CHANGE.findall(part)} for part in parts]


_SHARES = ("detected", "error", "located", "corrected", "listed", "misled")


def _table(tallies: Mapping[tuple[Callable[[Table, Random], Slip], str], Tally], reports: int) -> Outcome:
    """The shares by kind and table, and whether every single wrong number of the tables with sums was detected."""
    mutations = sum(tally.slips for tally in tallies.values())
    outcome = Outcome(
        f"DETECTION  {mutations:,} slips in {reports:,} reports that add up, by kind and table",
        ("slip", "table", "number", *_SHARES, ""),
    )
    for (kind, name), tally in tallies.items():
        if tally.slips:
            # A share is rounded down, so that only what always holds is 100.0 %.
            shares = [f"{int(tally.share(what) * 1000) / 10:.1f} %" for what in _SHARES]
            demanded = kind in SINGLE and name != "disclosure"
            problem = (
                f"table {_NAMES[name]}: detected only {shares[0]}" if demanded and tally.share("detected") < 1 else None
            )
            outcome.add(kind.__name__.replace("_", " "), _NAMES[name], str(tally.slips), *shares, problem=problem)
    outcome.notes.append("Table 二 has no sums: a number that is merely another one is not seen there.")
    return outcome
