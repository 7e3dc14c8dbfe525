"""GX4: what the text of a report says of numbers, against its tables.

``texts`` gives the passages in one spelling, ``numerals`` the counts in them, ``phrases`` the words that say what is
counted, ``kinds`` what the tables may say of it, ``scope`` whether a sentence speaks of what the tables count;
``statements`` reads with these what the text says, ``comparison`` and ``fees`` hold it against the tables.
"""

from gxparse.rules.narrative.comparison import contradictions
from gxparse.rules.narrative.fees import fees
from gxparse.rules.rule import Rule

__all__ = ["RULES"]

RULES = (
    Rule(contradictions, tuple(f"GX40{number}" for number in range(1, 8))),
    Rule(fees, ("GX408",)),
)
