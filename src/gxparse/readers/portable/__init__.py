"""What the reader of PDF is made of. Each module imports only those that stand before it in this list.

- ``areas``: places on a page.
- ``opening``: files, and what is refused before a page is read.
- ``painting``: what a page paints; ``operators``: what paints it; ``annotations``: what is painted over it.
- ``glyphs``: the characters and which of them are seen; ``grids``: the rules; ``words``: what belongs together.
- ``lines``, ``tables`` and ``sheets``: the lines and tables of a page.
- ``furniture``: page numbers and running heads; ``columns``: tables without rules; ``breaks``: tables over page breaks.
- ``paragraphs``: the paragraphs and tables over all pages.
"""
