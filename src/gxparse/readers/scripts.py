"""Figures above and below the line: what stands there is no digit of the number beside it."""

from __future__ import annotations

#: For :meth:`str.translate`.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
#: The same with the signs before figures.
RAISED_SIGNED = RAISED | str.maketrans("+-", "⁺⁻")
LOWERED_SIGNED = LOWERED | str.maketrans("+-", "₊₋")
