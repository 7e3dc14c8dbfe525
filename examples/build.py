"""Makes the example report in every format, each by a program that offices use: ``python -m examples.build``.

LibreOffice (Debian: ``libreoffice-writer-nogui libreoffice-calc-nogui``) writes the Word, OpenDocument, RTF and Excel
files, Chromium prints the PDF, and the page is laid out as portals lay out theirs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import gxparse
from tests.layouts import Box, Grid, Kind, Line, Outline, outline

HERE = Path(__file__).parent
NAME = "haiyan-archives-2023"

_STYLE = """
@page { size: A4; margin: 2.5cm }
body { font-family: 'Noto Serif CJK SC', serif; font-size: 12pt; line-height: 1.5 }
table { border-collapse: collapse; width: 100%; font-size: 9pt } td { border: 1px solid black; padding: 2px }
h1 { text-align: center; font-size: 18pt } h2 { font-size: 14pt } p { text-indent: 2em; margin: 0 }
"""


def main() -> int:
    """Builds all files; says what is missing."""
    missing = [program for program in ("soffice", "chromium") if shutil.which(program) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        return 1
    blocks = outline(gxparse.parse(HERE / f"{NAME}.txt"))
    with TemporaryDirectory() as folder:
        page = Path(folder, f"{NAME}.html")
        page.write_text(_document(blocks), "utf-8")
        _office(page, folder, "odt", "HTML (StarWriter)")
        for suffix in ("docx", "doc", "rtf"):
            _office(Path(folder, f"{NAME}.odt"), folder, suffix)
        for suffix in ("xlsx", "csv"):
            _office(page, folder, suffix, "HTML (StarCalc)")
        _print(page, folder)
        for suffix in ("odt", "docx", "doc", "rtf", "xlsx", "csv", "pdf"):
            shutil.copy(Path(folder, f"{NAME}.{suffix}"), HERE)
    (HERE / f"{NAME}.html").write_text(_portal(blocks), "utf-8")
    return 0


def _office(source: Path, folder: str, suffix: str, reader: str | None = None) -> None:
    options = [f"--infilter={reader}"] if reader else []
    # 76 is UTF-8, 44 the comma, 34 the quotation mark.
    target = "csv:Text - txt - csv (StarCalc):44,34,76" if suffix == "csv" else suffix
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *options]
    subprocess.run([*command, "--convert-to", target, "--outdir", folder, str(source)], check=True, capture_output=True)


def _print(page: Path, folder: str) -> None:
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder}/browser",
        "--no-pdf-header-footer",
    ]
    target = f"--print-to-pdf={page.with_suffix('.pdf')}"
    subprocess.run(["chromium", *options, target, page.as_uri()], check=True, capture_output=True)


# ── A bare document ──────────────────────────────────────────────────────────────────────────────────────────────────


def _document(blocks: Outline) -> str:
    """The report as a document to print: headings, paragraphs, tables with borders."""
    body = "\n".join(_line(block) if isinstance(block, Line) else _table(block) for block in blocks)
    head = f'<head><meta charset="utf-8"><style>{_STYLE}</style></head>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN">{head}\n<body>\n{body}\n</body></html>\n'


def _line(line: Line) -> str:
    tag = {Kind.TITLE: "h1", Kind.HEADING: "h2"}.get(line.kind, "p")
    return f"<{tag}>{escape(line.text)}</{tag}>"


def _table(grid: Grid, cell: str = "") -> str:
    rows = "\n".join(f"<tr>{_cells(row, cell)}</tr>" for row in grid.rows)
    return f'<table border="1">\n{rows}\n</table>'


def _cells(row: Iterable[Box], style: str) -> str:
    def cell(box: Box) -> str:
        spans = f' colspan="{box.across}"' * (box.across > 1) + f' rowspan="{box.down}"' * (box.down > 1)
        text = escape(box.text).replace("\n", "<br>")
        return f"<td{spans}>{style}{text}</td>" if not style else f"<td{spans} {style}><p><span>{text}</span></p></td>"

    return "".join(map(cell, row))


# ── A page of a portal ───────────────────────────────────────────────────────────────────────────────────────────────

_CELL = 'style="border:solid windowtext 1.0pt;padding:0cm 5.4pt;mso-border-alt:solid windowtext .5pt" valign="center"'
_MENU = ("首页", "机构概况", "政务公开", "规章", "行政规范性文件", "行政许可", "行政处罚", "依申请公开", "互动交流")


def _portal(blocks: Outline) -> str:
    """The report as a page of a government portal: menus, the table of its data, wrappers around every word."""
    menu = "".join(f'<li><a href="/{at}/index.html">{name}</a></li>' for at, name in enumerate(_MENU))
    title = next(block.text for block in blocks if isinstance(block, Line) and block.kind is Kind.TITLE)
    body = "\n".join(_wrapped(block) if isinstance(block, Line) else _table(block, _CELL) for block in blocks)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}-海晏市人民政府</title>
<meta name="SiteName" content="海晏市人民政府"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2024-01-19 09:30:00"><script>var channel = "规章";</script></head>
<body><div class="top"><ul class="menu">{menu}</ul><form action="/search"><input name="q" value="行政许可"></form></div>
<div class="where">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 年度报告</div>
<table class="data" width="100%">
<tr><td>索&nbsp;引&nbsp;号：</td><td>HY000123/2024-00007</td><td>发布机构：</td><td>海晏市档案局</td></tr>
<tr><td>文&nbsp;&nbsp;号：</td><td></td><td>发文日期：</td><td>2024-01-19</td></tr>
<tr><td>名&nbsp;&nbsp;称：</td><td colspan="3">{title}</td></tr></table>
<div class="article"><div class="TRS_Editor">
{body}
</div></div>
<div class="foot"><p><a href="/about">关于本站</a> | <a href="/map">网站地图</a></p>
<p>主办：海晏市人民政府办公室</p></div>
</body></html>
"""


def _wrapped(line: Line) -> str:
    """A paragraph as editors leave it: cut into fonts and spans, indented by spaces."""
    text = escape(line.text)
    halves = text[: len(text) // 2], text[len(text) // 2 :]
    spans = "".join(f'<span style="font-size:16pt"><font face="仿宋_GB2312">{half}</font></span>' for half in halves)
    return f'<p style="text-indent:32pt;line-height:28pt">　　{spans}<o:p></o:p></p>'


if __name__ == "__main__":
    sys.exit(main())
