"""What an Arrow table can hold of a record, and pyarrow itself, which is the extra ``frame``."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gxparse.errors import GxparseError
from gxparse.records import CellValue

__all__ = ["integer", "number", "pyarrow", "ratio", "text", "year"]


def pyarrow() -> Any:
    """The module pyarrow.

    Raises:
        GxparseError: it is not installed.
    """
    try:
        import pyarrow as module  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError:
        raise GxparseError(
            '制作数据表需要另装组件，请运行：pip install "gxparse[frame]" '
            'Tables of data need an extra: pip install "gxparse[frame]"'
        ) from None
    return module


def number(value: CellValue) -> float | None:
    """The value as a float that is written with the same digits, if there is one.

    >>> number(Decimal("12.30")), number(2**60 + 1)
    (12.3, None)
    """
    if value is None:
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    if not math.isfinite(found):
        return None
    same = found == value if isinstance(value, int) else Decimal(repr(found)) == value
    return found if same else None


def integer(value: CellValue) -> int | None:
    """The count, if it fits into 64 bits."""
    return int(value) if value is not None and -(2**63) <= value < 2**63 else None


def ratio(value: Fraction | None) -> float | None:
    """The float nearest to a ratio, if there is one."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def text(value: str | None) -> str | None:
    """The text without half a character, of which Arrow has none."""
    return None if value is None else value.encode("utf-8", "backslashreplace").decode()


def year(value: int | None) -> int | None:
    """The year, if it fits into 32 bits."""
    return value if value is not None and -(2**31) <= value < 2**31 else None
