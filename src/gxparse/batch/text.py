"""Tables as CSV. Texts in it are harmless to a spreadsheet, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from gxparse.batch.harmless import harmless, storable
from gxparse.batch.rows import Row

__all__ = ["BYTE_ORDER_MARK", "csv_of"]

#: By it spreadsheets see that the file is UTF-8.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: The most characters that a spreadsheet takes in a cell.
MAX_CHARACTERS = 32_767


def csv_of(rows: Iterable[Row]) -> bytes:
    """Rows as lines of CSV.

    >>> print(csv_of([("=1+1", -3, Decimal("1E+2"), None)]).decode().strip())
    '=1+1,-3,100,
    """
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(map(_shown, row) for row in rows)
    return lines.getvalue().encode()


def _shown(value: str | int | Decimal | None) -> str | int | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    if not isinstance(value, str):
        return value
    text = harmless(storable(value))
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"
