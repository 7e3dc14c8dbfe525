"""The command ``gxparse``, and of the commands below it ``parse``, ``check`` and ``render``."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout
from importlib import metadata
from pathlib import Path

import click
from click.exceptions import Exit

import gxparse
from gxparse._terminal import printable
from gxparse.cli import checking, tables
from gxparse.cli.batching import batch
from gxparse.cli.beside import Beside, UnreadError
from gxparse.cli.comparing import diff
from gxparse.cli.console import (
    Language,
    Refused,
    finding_line,
    language_option,
    problem_line,
    said,
    say,
    speak_utf8,
    tracked,
    warn,
)
from gxparse.cli.outputs import Output, format_option, output_option
from gxparse.cli.sources import Source, read, walk
from gxparse.cli.status import ExitStatus, explained
from gxparse.errors import GxparseError, RenderError
from gxparse.messages import alike, counted
from gxparse.records import Report
from gxparse.rendering import STYLES
from gxparse.rendering.checked import page, pages
from gxparse.rules import Validation, validate
from gxparse.serialise import to_json

__all__ = ["cli", "run"]

_PARSED = ("table", "text", "json")
_RENDERED = ("text", "markdown", "md", "html", "docx")
_CHECKED = ("text", "json", "html")


def run() -> None:
    """Run the command line of this process."""
    speak_utf8()
    cli(prog_name="gxparse")


def _version() -> str:
    try:
        return metadata.version("gxparse")
    except metadata.PackageNotFoundError:
        return "(not installed)"


_STATUS = explained(
    "clean 没有错误",
    "findings of severity error 发现错误",
    usage='usage, or the output cannot be written, or the extra "cli" is not installed 用法有误，或无法写入',
)
_PARSE_STATUS = explained(
    "nothing wrong was found while reading; check tells more 读取时没有发现错误",
    "findings of severity error while reading: some values may not be there 读取时发现错误，部分数值可能没有读出",
)
_RENDER_STATUS = explained(
    "the report was written 已输出",
    "so it was, but findings of severity error while reading: check it against the source 已输出，但读取时发现错误",
)
_CHECK_STATUS = explained(
    "no report has an error; warnings may be 没有错误，可能有警告",
    "a report has errors 报告有错误",
    unreadable="something could not be read, or not be compared with last year's report "
    "有文件无法读取，或没有与上年报告比较",
)
_EXAMPLES = """
\b
Examples 示例:
  gxparse parse report.txt                  the report as tables
  gxparse parse report.txt --format json    the report as JSON
  gxparse check report.txt                  what is wrong with it
  gxparse check reports/ --select GX3       the sums of every report in a folder
  gxparse check report.txt -o check.html    a page that points at each wrong cell
  gxparse render report.pdf -o report.docx  the official form again
  gxparse diff 2023.pdf 2024.pdf            what changed from one year to the next
  gxparse batch reports/ -o all.csv         all reports of a folder as one table
  cat report.txt | gxparse check -          a report from standard input
"""
_PARSE_EXAMPLES = """
\b
Examples 示例:
  gxparse parse report.txt --lang en
  gxparse parse report.txt -o report.json
"""
_RENDER_EXAMPLES = """
\b
Examples 示例:
  gxparse render report.pdf -o report.docx
  gxparse render report.docx --to html > report.html
  gxparse render report.docx --style "rows |"
  gxparse render --style list                    the names of the styles
"""
_CHECK_EXAMPLES = """
\b
Examples 示例:
  gxparse check report.txt
  gxparse check 2024.docx --previous 2023.docx
  gxparse check county.docx --parts offices/
  gxparse check report.docx -o check.html
  gxparse check 2024/ --previous 2023/ --ignore GX2,GX305 -o check.html
  gxparse check reports/ -o findings.json
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXAMPLES + _STATUS)
@click.version_option(_version(), "--version", "-V", prog_name="gxparse")
def cli() -> None:
    """Read and check annual reports on open government information.

    读取并检查政府信息公开工作年度报告。
    """


cli.add_command(batch)
cli.add_command(diff)


@cli.command(epilog=_PARSE_EXAMPLES + _PARSE_STATUS)
@click.argument("file", type=click.Path(allow_dash=True))
@format_option("--format", formats=_PARSED, what="Tables to look at, or data 输出格式.")
@output_option
@language_option
def parse(file: str, style: str | None, output: Path | None, language: Language) -> None:
    """Read one report and print it.

    读取一份报告，输出为表格或 JSON。 FILE may be - for standard input.
    """
    target = Output.of(output, style, _PARSED, [file], language)
    try:
        report = read(file)
        content = to_json(report, indent=2) + "\n" if target.format == "json" else None
    except GxparseError as error:
        warn(problem_line(file, said(error, language)))
        raise Exit(ExitStatus.UNREADABLE) from None
    if content is not None:
        target.write(content)
    elif output is None:
        _show(file, report, language)
    else:
        with redirect_stdout(io.StringIO()) as shown:
            _show(file, report, language)
        target.write(shown.getvalue())
    validation = Validation(report.findings)
    if report.findings:
        found = counted(validation.counts, language)
        warn(problem_line(file, language.choose(f"读取时发现 {found}", f"while reading: {found}")))
    raise Exit(ExitStatus.CLEAN if validation.ok else ExitStatus.FINDINGS)


def _show(file: str, report: Report, language: Language) -> None:
    """Print the tables of a report, and behind them what was found while reading it."""
    tables.show(report, language)
    if report.findings:
        say(f"\n{tables.heading(language.choose('读取时发现的问题', 'What was found while reading'))}")
    for first, *others in alike(report.findings):
        say(finding_line(file, first, language, others))


def _listed(context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """The style that is asked for; the names of all of them if it is ``list``."""
    if value == "list":
        say("\n".join(STYLES))
        context.exit()
    return value


@cli.command(epilog=_RENDER_EXAMPLES + _RENDER_STATUS)
@click.argument("file", type=click.Path(allow_dash=True))
@format_option("--to", "--format", formats=_RENDERED, what="输出格式.")
@click.option(
    "--style",
    "layout",
    metavar="NAME",
    is_eager=True,
    callback=_listed,
    help="Layout of the tables in text; “--style list” names all 文本中表格的版式，--style list 列出全部.",
)
@output_option
@language_option
def render(file: str, style: str | None, layout: str | None, output: Path | None, language: Language) -> None:
    """Read one report and write it in the official form.

    读取一份报告，按规定格式输出。 FILE may be - for standard input; a Word file is only written to a file.
    """
    target = Output.of(output, style, _RENDERED, [file], language)
    _check_layout(layout, target.format, language)
    try:
        report = read(file)
        target.write(gxparse.render(report, target.format, style=layout))  # type: ignore[call-overload]
    except RenderError as error:
        raise Refused(said(error, language)) from None
    except GxparseError as error:
        warn(problem_line(file, said(error, language)))
        raise Exit(ExitStatus.UNREADABLE) from None
    validation = Validation(report.findings)
    if not validation.ok:
        found = counted(validation.counts, language)
        zh = f"读取时发现 {found}；没有读出数值的单元格，有原文的照录原文，没有的留空，请用 gxparse check 查看"
        en = (
            f"while reading: {found}; a cell whose number could not be read holds what is printed there, "
            "or nothing where that is not known: see gxparse check"
        )
        warn(problem_line(file, language.choose(zh, en)))
    raise Exit(ExitStatus.CLEAN if validation.ok else ExitStatus.FINDINGS)


def _check_layout(layout: str | None, target: str, language: Language) -> None:
    """Refuse a style that is not known, or that of what is no text."""
    if layout is None:
        return
    if target != "text":
        zh, en = (
            f"只有文本才有版式，{target} 没有：请去掉 --style",
            f"only text has a style, {target} has none: leave out --style",
        )
    elif layout not in STYLES:
        zh, en = f"没有“{layout}”这种版式，可用：", f"there is no style {layout!r}; there are:"
        names = "".join(f"\n  {name}" for name in STYLES)
        zh, en = zh + names, en + names
    else:
        return
    raise click.UsageError(language.choose(zh, en))


def _codes(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The codes given to an option, parted by commas or by repeating it; such as no finding has are bad usage."""
    codes = tuple(code.strip().upper() for each in value for code in each.split(","))
    try:
        validate(Report(), select=codes)
    except GxparseError as error:
        raise click.BadParameter(str(error)) from None
    return codes


@cli.command(epilog=_CHECK_EXAMPLES + _CHECK_STATUS)
@click.argument("files", metavar="FILE_OR_DIR...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--select", multiple=True, callback=_codes, metavar="CODES", help="Only these codes, such as GX3,GX201 只检查."
)
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="All but these codes 不检查.")
@click.option(
    "--previous",
    metavar="FILE_OR_DIR",
    type=click.Path(),
    help="Last year's report, or a folder in which that of each agency is found 上年报告或其文件夹.",
)
@click.option(
    "--parts",
    multiple=True,
    metavar="FILE_OR_DIR",
    type=click.Path(),
    help="Reports of the subordinate units, of which the report is the sum 下级单位的报告.",
)
@format_option(
    "--format", formats=_CHECKED, what="Lines, data, or one page with the tables and the wrong cells marked 输出格式."
)
@output_option
@language_option
def check(  # noqa: PLR0913 - an argument for each option
    files: tuple[str, ...],
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    previous: str | None,
    parts: tuple[str, ...],
    style: str | None,
    output: Path | None,
    language: Language,
) -> None:
    """Check reports and print what is wrong with them.

    检查报告，每行列出一个问题：文件:行:列: 代码 等级 路径 [标签]: 说明。

    Folders are searched for reports, and other files in them are skipped; - is standard input.
    """
    sources = list(walk(files))
    _agree(sources, previous, parts)
    others = walk([*parts, *([previous] if previous else [])])
    target = Output.of(output, style, _CHECKED, (each.name for each in (*sources, *others)), language)
    if target.format == "html" and output is None and sys.stdout.isatty():
        raise click.UsageError("a page goes to a file: --output FILE 请用 --output 指定文件")
    try:
        beside = Beside.of(previous, parts, sources)
    except UnreadError as problem:
        warn(problem_line(problem.name, said(problem.error, language)))
        raise Exit(ExitStatus.UNREADABLE) from None
    if parts and not beside.parts:
        raise click.UsageError("there is no report in what --parts names 没有找到下级单位的报告")
    for unread in beside.unread:
        warn(problem_line(unread.name, said(unread.error, language)))
    checked = []
    is_streamed = target.format == "text" and output is None
    with tracked(sources, language.choose("检查", "checking")) as each_source:
        for source in each_source:
            each = checking.check(source, select, ignore, beside)
            checked.append(each)
            for line in each.problems(language):
                warn(problem_line(source.name, line))
            if is_streamed:
                sys.stdout.write(_written([each], target.format, language))
    if not is_streamed:
        target.write(_written(checked, target.format, language))
    if several := checking.repeated(checked, language):
        warn(printable(several))
    warn(checking.summary(checked, language))
    raise Exit(max(checking.status(checked), ExitStatus.UNREADABLE if beside.unread else ExitStatus.CLEAN))


def _agree(sources: list[Source], previous: str | None, parts: tuple[str, ...]) -> None:
    """Refuse arguments that do not go together."""
    if not sources:
        raise click.UsageError("there is no file in what is named 没有找到文件")
    if len(sources) > 1 and previous is not None and not Path(previous).is_dir():
        raise click.UsageError(
            "--previous names one report, but several are checked: name a folder of last year's reports "
            "检查多份报告时，--previous 应为上年报告所在的文件夹"
        )
    if len(sources) > 1 and parts:
        raise click.UsageError("--parts goes with one report, the sum of the parts --parts 只能用于检查一份汇总报告")


def _written(checked: list[checking.Checked], style: str, language: Language) -> str:
    """What was found, in the format that is asked for."""
    if style == "json":
        return f"{json.dumps([each.as_dict() for each in checked], ensure_ascii=False, indent=2, default=str)}\n"
    if style == "html":
        only = checked[0]
        if len(checked) == 1 and only.report is not None:
            return page(only.report, only.validation.findings, language)
        return pages([each.as_entry(language) for each in checked if not each.is_skipped], language)
    return "".join(
        f"{finding_line(each.source.name, first, language, others)}\n"
        for each in checked
        for first, *others in alike(each.validation.findings)
    )
