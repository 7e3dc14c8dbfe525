"""What a report must meet: the rules, one module a family, and :func:`validate`, which applies them.

A rule is a pure function of a report's :class:`~gxparse.rules.sheet.Sheet` that yields findings; it is in force once
it stands in the ``RULES`` of its module. What its codes mean is written in :mod:`gxparse.catalogue`.
"""

from gxparse.rules.validation import RULES, Validation, validate

__all__ = ["RULES", "Validation", "validate"]
