"""The command ``gxparse diff``."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.exceptions import Exit

from gxparse._terminal import printable
from gxparse.cli.console import Language, warn
from gxparse.cli.sources import STANDARD_INPUT, read
from gxparse.cli.status import ExitStatus
from gxparse.errors import ComparisonError, GxparseError
from gxparse.records import Report

__all__ = ["diff"]

_EXAMPLES = """
\b
Examples 示例:
  gxparse diff 2023.pdf 2024.pdf
  gxparse diff 2023.docx 2024.docx --format html -o changes.html
  gxparse diff 2023.txt 2024.txt --format json --all > changes.json

\b
Exit status 退出状态:
  0  the reports were compared 已比较
  2  usage, or reports of one year or of different agencies 用法有误，或同一年度、不同机关的报告
  3  a report could not be read 有文件无法读取
"""


@click.command(epilog=_EXAMPLES)
@click.argument("older", metavar="OLD", type=click.Path(allow_dash=True))
@click.argument("newer", metavar="NEW", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "html", "md"]),
    default="text",
    show_default=True,
    help="输出格式.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write 输出文件.")
@click.option("--force", is_flag=True, help="Even if of one year or of different agencies 同年度或不同机关也比较.")
@click.option("--all", "unchanged", is_flag=True, help="With what did not change 包括没有变化的数据.")
@click.option(
    "--lang",
    "language",
    type=click.Choice([each.value for each in Language]),
    callback=lambda _context, _option, value: Language(value) if value else Language.of_locale(),
    help="Language of the messages 消息语言.  [default: by locale, else zh]",
)
def diff(  # noqa: PLR0913 - one for each option
    older: str, newer: str, *, style: str, output: Path | None, force: bool, unchanged: bool, language: Language
) -> None:
    """Compare the reports of two years.

    比较两个年度的报告：数据、文字、机关名称和联系方式的变化。 OLD or NEW may be - for standard input.
    """
    from gxparse.comparison import diff_years  # noqa: PLC0415 - the other commands have no need of it

    if older == newer == STANDARD_INPUT:
        raise click.UsageError("only one report can come from standard input 只能有一份报告来自标准输入")
    reports = [_report(name) for name in (older, newer)]
    try:
        found = diff_years(*reports, force=force)
        if style == "json":
            text = found.to_json(unchanged=unchanged, indent=2) + "\n"
        elif style == "html":
            text = found.to_html(language=language)
        elif style == "md":
            text = found.to_markdown(language=language, unchanged=unchanged)
        else:
            text = found.to_text(language=language, unchanged=unchanged) + "\n"
    except ComparisonError as error:
        raise click.UsageError(printable(str(error))) from None
    data = text.encode("utf-8", "backslashreplace")
    try:
        if output is None:
            sys.stdout.buffer.write(data)
        else:
            output.write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written 无法写入: {error.strerror}") from None


def _report(name: str) -> Report:
    try:
        return read(name)
    except GxparseError as error:
        warn(f"{printable(name)}: {printable(str(error))}")
        raise Exit(ExitStatus.UNREADABLE) from None
