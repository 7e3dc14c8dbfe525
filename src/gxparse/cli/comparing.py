"""The command ``gxparse diff``."""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.exceptions import Exit

from gxparse.cli.console import Language, Refused, language_option, problem_line, said, warn
from gxparse.cli.outputs import Output, format_option, output_option
from gxparse.cli.sources import STANDARD_INPUT, read
from gxparse.cli.status import ExitStatus, explained
from gxparse.errors import GxparseError
from gxparse.records import Report

__all__ = ["diff"]

_EXAMPLES = """
\b
Examples 示例:
  gxparse diff 2023.pdf 2024.pdf
  gxparse diff 2023.docx 2024.docx -o changes.html
  gxparse diff 2023.txt 2024.txt --format json --all > changes.json
"""
_STATUS = explained(
    "the reports were compared 已比较",
    usage="usage, or reports of one year or of different agencies, or the output cannot be written "
    "用法有误，或同一年度、不同机关的报告，或无法写入",
    unreadable="a report could not be read 有文件无法读取",
)
_FORMATS = ("text", "json", "html", "markdown", "md")
# How the library names what the command has an option for.
_FORCE = re.compile(r"force=True(?:（命令行 --force）| \(--force\))?")


@click.command(epilog=_EXAMPLES + _STATUS)
@click.argument("older", metavar="OLD", type=click.Path(allow_dash=True))
@click.argument("newer", metavar="NEW", type=click.Path(allow_dash=True))
@format_option("--format", formats=_FORMATS, what="输出格式.")
@output_option
@click.option("--force", is_flag=True, help="Even if of one year or of different agencies 同年度或不同机关也比较.")
@click.option("--all", "unchanged", is_flag=True, help="With what did not change 包括没有变化的数据.")
@language_option
def diff(  # noqa: PLR0913 - one for each option
    older: str, newer: str, *, style: str | None, output: Path | None, force: bool, unchanged: bool, language: Language
) -> None:
    """Compare the reports of two years.

    比较两个年度的报告：数据、文字、机关名称和联系方式的变化。 OLD or NEW may be - for standard input.
    """
    from gxparse.comparison import diff_years  # noqa: PLC0415 - the other commands have no need of it

    if older == newer == STANDARD_INPUT:
        raise click.UsageError("only one report can come from standard input 只能有一份报告来自标准输入")
    target = Output.of(output, style, _FORMATS, (older, newer), language)
    reports = [_report(name, language) for name in (older, newer)]
    try:
        found = diff_years(*reports, force=force)
        if target.format == "json":
            text = found.to_json(unchanged=unchanged, indent=2) + "\n"
        elif target.format == "html":
            text = found.to_html(language=language)
        elif target.format == "markdown":
            text = found.to_markdown(language=language, unchanged=unchanged)
        else:
            text = found.to_text(language=language, unchanged=unchanged) + "\n"
    except GxparseError as error:
        raise Refused(_FORCE.sub("--force", said(error, language))) from None
    target.write(text)


def _report(name: str, language: Language) -> Report:
    try:
        return read(name)
    except GxparseError as error:
        warn(problem_line(name, said(error, language)))
        raise Exit(ExitStatus.UNREADABLE) from None
