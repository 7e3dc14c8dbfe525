"""Reports beside each other: what changed from one year to another."""

from gxparse.comparison.cells import Change, Reading, Uncompared
from gxparse.comparison.details import Detail
from gxparse.comparison.quantities import CORRESPONDENCES, Correspondence
from gxparse.comparison.texts import Part, Passage, SectionText
from gxparse.comparison.words import Kind, Piece
from gxparse.comparison.years import Note, YearDiff, diff_years

__all__ = [
    "CORRESPONDENCES",
    "Change",
    "Correspondence",
    "Detail",
    "Kind",
    "Note",
    "Part",
    "Passage",
    "Piece",
    "Reading",
    "SectionText",
    "Uncompared",
    "YearDiff",
    "diff_years",
]
