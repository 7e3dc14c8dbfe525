"""GX3 in the second tables of a kind: 本级 beside 全区."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from gxparse.findings import Finding
from gxparse.records import Report
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet
from gxparse.rules.sums import unequal

__all__ = ["RULES"]


def unequal_there(sheet: Sheet) -> Iterator[Finding]:
    """GX301 to GX304 in each second table. What it prints for a blank is not kept, so that a blank is not known."""
    for number, other in enumerate(sheet.report.other_tables):
        fields: dict[str, Any] = {other.name: other.table}
        above = f"other_tables.{number}."
        zh, en = (f"“{other.caption}”", f"“{other.caption}”") if other.caption else ("第二张表格", "the second table")
        for finding in unequal(Sheet.of(Report(**fields))):
            yield attrs.evolve(
                finding,
                path=above + finding.path,
                message_zh=f"{zh}中{finding.message_zh}",
                message_en=f"in {en} {finding.message_en}",
                suggestion=finding.suggestion and finding.suggestion.replace(f"{other.name}.", f"{above}{other.name}."),
            )


RULES = (Rule(unequal_there, ("GX301", "GX302", "GX303", "GX304")),)
