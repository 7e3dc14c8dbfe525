"""How much of a source is read: beyond these limits it is an error, so that no file can use up time or memory.

The limits are far above any report; they stop files that are made to do harm.
"""

from __future__ import annotations

from gxparse.errors import SourceError

#: The largest source, in bytes or characters.
MAX_BYTES = 50_000_000
#: The most bytes that the parts of a packed file (DOCX, XLSX, ODT) may unpack to.
MAX_UNPACKED = 250_000_000
#: The most times a part may grow when it is unpacked, if it is larger than ``SMALL_PART`` bytes.
MAX_RATIO = 150
SMALL_PART = 2_000_000
#: The most parts of a packed file.
MAX_PARTS = 5_000
#: The most pages of a PDF.
MAX_PAGES = 500
#: The most characters, lines and rectangles on the pages of a PDF together; a long scan with its text has 200,000.
MAX_OBJECTS = 300_000
#: The most tags of a page, and in the XML of a Word file.
MAX_TAGS = 2_000_000
#: How deep elements and tables may be nested.
MAX_NESTING = 200
#: The most columns of a table.
MAX_COLUMNS = 200
#: The most rows that a cell spans; longer spans are cut to it, and wider ones to the columns.
MAX_SPAN = 2_000
#: The most cells of all tables of a source, and the most lines of a text.
MAX_CELLS = 500_000


def exceeded(what_zh: str, what_en: str, found: int, limit: int) -> SourceError:
    """The error of a source that is beyond a limit."""
    return SourceError(
        f"{what_zh}过多或过大（{found:,}），上限为 {limit:,}。 {what_en}: {found:,}, the limit is {limit:,}."
    )


def check(what_zh: str, what_en: str, found: int, limit: int) -> None:
    """Raises a :class:`~gxparse.errors.SourceError` if what is found is beyond a limit."""
    if found > limit:
        raise exceeded(what_zh, what_en, found, limit)
