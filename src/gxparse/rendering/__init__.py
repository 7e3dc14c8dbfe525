"""The official form, written from a record, as text, Markdown, HTML or a Word file."""

from __future__ import annotations

from typing import Literal, overload

from gxparse.errors import RenderError
from gxparse.records import Report
from gxparse.rendering.form import outline
from gxparse.rendering.html import html
from gxparse.rendering.outline import Outline
from gxparse.rendering.styles import LOSSLESS, STYLES, Style

__all__ = ["FORMATS", "LOSSLESS", "STYLES", "render"]

#: The formats that a report can be written in.
FORMATS = ("text", "markdown", "html", "docx")
_DEFAULT_STYLE = "tab indented"


@overload
def render(report: Report, format: Literal["text"] = "text", *, style: str | None = None) -> str: ...
@overload
def render(report: Report, format: Literal["markdown", "html"]) -> str: ...
@overload
def render(report: Report, format: Literal["docx"]) -> bytes: ...


def render(report: Report, format: str = "text", *, style: str | None = None) -> str | bytes:
    """Writes a report in the official form.

    What the form requires and the record does not have is written as the form has it, with nothing filled in: the six
    headings, the tables with blank cells, a title of the agency and the year. Without a preamble, the period and the
    contact details are told in a paragraph.

    Args:
        report: the report. Its form decides which tables are written.
        format: ``"text"``, ``"markdown"``, ``"html"``, or ``"docx"``, which needs the extra ``docx``.
        style: of text, the layout of the tables, one of :data:`gxparse.rendering.STYLES`.

    Returns:
        The text; for ``"docx"`` the bytes of the file.

    Raises:
        RenderError: the format or the style is unknown, the report holds characters that the format cannot have, or
            the extra is not installed.

    >>> from gxparse import Form, Report
    >>> blank = Report.blank(Form.F2021)
    >>> render(blank, style="rows |").splitlines()[2:5]
    ['第二十条第（一）项 |', '信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |', '规章 |  |  |  |']
    """
    if style is not None and format != "text":
        raise RenderError(f"只有 text 格式才有版式。 Only text has a style; {format} has none.")
    blocks = outline(report)
    if format == "text":
        return _style(style or _DEFAULT_STYLE)(blocks)
    if format == "markdown":
        return STYLES["Markdown"](blocks)
    if format == "html":
        return html(blocks)
    if format == "docx":
        return _docx(blocks)
    raise RenderError(
        f"没有“{format}”这种格式，可用：{'、'.join(FORMATS)}。 "
        f"There is no format {format!r}; the formats are {', '.join(FORMATS)}."
    )


def _style(name: str) -> Style:
    if name not in STYLES:
        raise RenderError(
            f"没有“{name}”这种版式，可用：{'、'.join(STYLES)}。 "
            f"There is no style {name!r}; the styles are {', '.join(STYLES)}."
        )
    return STYLES[name]


def _docx(blocks: Outline) -> bytes:
    try:
        from gxparse.rendering.docx import docx  # noqa: PLC0415
    except ImportError as error:
        raise RenderError(
            '写 Word 文件需要另装组件，请运行：pip install "gxparse[docx]" '
            'Writing Word files needs an extra: pip install "gxparse[docx]"'
        ) from error
    return docx(blocks)
