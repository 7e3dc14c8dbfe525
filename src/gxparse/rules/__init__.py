"""What a report must meet: the rules, one module a family, and :func:`validate`, which applies them.

A rule is a pure function of a report's :class:`~gxparse.rules.sheet.Sheet` that yields findings; it is in force once
it stands in :data:`~gxparse.rules.validation.RULES`.
"""

from gxparse.rules.validation import Validation, validate

__all__ = ["Validation", "validate"]
