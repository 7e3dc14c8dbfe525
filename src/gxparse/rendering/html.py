"""A report as a page of HTML that stands by itself."""

from __future__ import annotations

from html import escape

from gxparse.rendering.outline import Box, Grid, Kind, Line, Outline

_TAGS = {Kind.TITLE: "h1", Kind.HEADING: "h2", Kind.SUBHEADING: "h3", Kind.TEXT: "p", Kind.SIGNATURE: "p"}
_STYLE = """
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.8; }
body { font-family: FangSong, STFangsong, serif; }
h1 { text-align: center; font-size: 1.6rem; }
h2 { font-family: SimHei, STHeiti, sans-serif; font-size: 1.2rem; text-indent: 2em; }
h3 { font-family: KaiTi, STKaiti, serif; font-size: 1rem; text-indent: 2em; }
p { text-indent: 2em; margin: 0; }
p.signature { text-align: right; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; font-size: 0.85rem; line-height: 1.4; }
th, td { border: 1px solid; padding: 0.2rem; text-align: center; font-weight: normal; }
@page { size: A4; margin: 2cm; }
"""


def html(blocks: Outline) -> str:
    """An outline as HTML: the text in headings and paragraphs, the tables with the spans of the form."""
    title = next((block.text for block in blocks if isinstance(block, Line)), "")
    body = "\n".join(_line(block) if isinstance(block, Line) else _table(block) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _line(line: Line) -> str:
    tag = _TAGS[line.kind]
    attribute = ' class="signature"' if line.kind is Kind.SIGNATURE else ""
    return f"<{tag}{attribute}>{escape(line.text)}</{tag}>"


def _table(grid: Grid) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in grid.rows)
    return f"<table>\n{rows}\n</table>"


def _cell(box: Box) -> str:
    tag = "td" if box.path is not None else "th"
    across = f' colspan="{box.across}"' if box.across > 1 else ""
    down = f' rowspan="{box.down}"' if box.down > 1 else ""
    text = escape(box.text).replace("\n", "<br>")
    return f"<{tag}{across}{down}>{text}</{tag}>"
