"""PDF with text: what each page paints is put together again as paragraphs and ruled tables.

A PDF paints characters and lines at places and says nothing of words, rows or tables. So each page is read in these
steps, each a module of :mod:`gxparse.readers.portable`: what is painted, the rules as grids of cells, the characters
in the cells and outside of them as lines. Then, over all pages: page numbers and running heads are left out, lines
become paragraphs, and a table that goes on over a page break becomes one.

A scan has no text. A reader of another package can recognise it: those of the entry-point group ``gxparse.readers``
are asked before this one (see :mod:`gxparse.readers.formats`).
"""

from __future__ import annotations

from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page

from gxparse.document import Document
from gxparse.readers.limits import MAX_CELLS, MAX_PAGES, check
from gxparse.readers.portable.furniture import without_furniture
from gxparse.readers.portable.opening import check_streams, opened, quiet
from gxparse.readers.portable.operators import Interpreter
from gxparse.readers.portable.painting import Painted
from gxparse.readers.portable.paragraphs import blocks_of
from gxparse.readers.portable.sheets import Sheet, check_text, sheet_of


def read(data: bytes) -> Document:
    """Reads a PDF.

    Raises:
        SourceError: it is encrypted, a scan, or beyond the limits.
    """
    check_streams(data)
    with quiet(), opened(data) as pdf:
        painted = Painted(pdf.rsrcmgr)
        interpreter = Interpreter(pdf.rsrcmgr, painted)
        sheets: list[Sheet] = []
        slots = 0
        for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
            check("页", "Pages", number, MAX_PAGES)
            sheets.append(sheet_of(Page(pdf, page, number), interpreter, painted))
            slots += sheets[-1].slots
            check("表格的单元格", "Cells of tables", slots, MAX_CELLS)
    check_text(sheets)
    notes = [note for sheet in sheets for note in sheet.notes]
    notes += without_furniture(sheets)
    return Document(tuple(blocks_of(sheets)), tuple(notes))
