"""GX3: the sums. An equation fails only where no value of the cells that are not known could make it hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxparse.findings import Finding
from gxparse.records import CellValue
from gxparse.rules.corrections import Proposal, proposals
from gxparse.rules.equations import Weighed, equations, weigh
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet, label_of

__all__ = ["RULES"]

# More blanks than this are counted in a message, not named.
_NAMED_BLANKS = 3
# So many corrections are named in a suggestion, and the others counted.
_NAMED_CORRECTIONS = 3


def unequal(sheet: Sheet) -> Iterator[Finding]:
    """GX301 to GX304: sides that must be equal and are not."""
    system = equations(sheet)
    weighed = [weigh(sheet, each) for each in system.equations]
    failing = [each for each in weighed if not each.holds]
    if not failing:
        return
    proposed = proposals(sheet, system, weighed)
    for each in failing:
        zh, en = _balance(sheet, each) if each.equation.code == "GX301" else _sum(sheet, each)
        noted_zh, noted_en = _blanks(each)
        proposal = proposed.get(each.equation)
        others_zh, others_en = _others(proposal) if proposal else ("", "")
        yield sheet.finding(
            each.equation.code,
            each.equation.path,
            (zh + noted_zh + others_zh, en + noted_en + others_en),
            numbers=_numbers(sheet, each),
            suggestion=_suggestion(proposal) if proposal else None,
        )


def _sum(sheet: Sheet, each: Weighed) -> tuple[str, str]:
    """What is said of parts that do not add up to their total."""
    parts = _addition(sheet, each.equation.left)
    total = each.right.known
    if each.left.is_exact:
        zh, en = f"应为 {each.left.known}", f"expected {each.left.known}"
    else:
        zh, en = f"至少应为 {each.left.known}", f"expected at least {each.left.known}"
    return (
        f"{zh}{f'（= {parts}）' if parts else ''}，实为 {total}",
        f"{en}{f' (= {parts})' if parts else ''}, found {total}",
    )


def _balance(sheet: Sheet, each: Weighed) -> tuple[str, str]:
    """What is said of requests that came in and were not all dealt with or carried out."""
    came = _side(sheet, each.equation.left, each.left.known)
    went = _side(sheet, each.equation.right, each.right.known)
    return (
        f"本年新收 + 上年结转 = {came}，总计 + 结转下年度 = {went}，两者应相等",
        f"received + carried in = {came}, results total + carried out = {went}; they must be equal",
    )


def _side(sheet: Sheet, paths: Iterable[str], known: int) -> str:
    return f"{' + '.join(_shown(sheet.cells[path].value) for path in paths if path in sheet.cells)} = {known}"


def _shown(value: CellValue) -> str:
    return "?" if value is None else str(value)


def _addition(sheet: Sheet, paths: Iterable[str]) -> str:
    """The parts of a sum that are not 0, or nothing where fewer than two are left."""
    numbers = [str(cell.value) for path in paths if (cell := sheet.cells.get(path)) and cell.value]
    return " + ".join(numbers) if len(numbers) > 1 else ""


def _blanks(each: Weighed) -> tuple[str, str]:
    """Which cells took part in the sum as 0 though they are blank."""
    blanks = (*each.left.blanks, *each.right.blanks)
    if not blanks:
        return "", ""
    if len(blanks) > _NAMED_BLANKS:
        return f"（{len(blanks)} 个空白格按 0 计）", f" ({len(blanks)} blank cells count as 0)"
    labels = "、".join(label_of(path) or path for path in blanks)
    return f"（空白按 0 计：{labels}）", f" (blank, counted as 0: {', '.join(blanks)})"


def _suggestion(proposal: Proposal) -> str:
    """A correction, its changes parted by commas, or several, parted by bars."""
    named = [", ".join(map(str, changes)) for changes in proposal.corrections[:_NAMED_CORRECTIONS]]
    more = len(proposal.corrections) - len(named)
    return " | ".join([*named, *([f"… +{more}"] if more else [])])


def _others(proposal: Proposal) -> tuple[str, str]:
    """Why a suggestion is preferred to others that would settle the sums as well."""
    if proposal.others == 0:
        return "", ""
    zh, en = proposal.slip.value
    count_zh = "其他" if proposal.others is None else f" {proposal.others} 种"
    count_en = "" if proposal.others is None else f"{proposal.others} "
    return (
        f"；更正建议按“{zh}”推断，另有{count_zh}更正同样能使各式相等",
        f"; the suggestion supposes that {en}; {count_en}other corrections would do as well",
    )


def _numbers(sheet: Sheet, each: Weighed) -> dict[str, CellValue]:
    """The numbers of an equation: its two sums, and every cell by its path."""
    cells = {path: sheet.cells[path].value for path in each.cells() if path in sheet.cells}
    return {"expected": each.left.known, "found": each.right.known, **cells}


RULES = (Rule(unequal, ("GX301", "GX302", "GX303", "GX304")),)
