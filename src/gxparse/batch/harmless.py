"""Texts of a report as they may stand in a table that a spreadsheet opens."""

from __future__ import annotations

__all__ = ["harmless", "storable"]

# What spreadsheets take for the beginning of a formula; those with a Chinese input method take the wide ones as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what looks like one.

    >>> print(harmless("=1+1"), harmless("青石镇人民政府"))
    '=1+1 青石镇人民政府
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def storable(text: str) -> str:
    r"""A text that UTF-8 can hold: what a damaged file or file name has of no character is written out.

    >>> storable("年报\udcb0.txt")
    '年报\\udcb0.txt'
    """
    return text.encode("utf-8", "backslashreplace").decode()
