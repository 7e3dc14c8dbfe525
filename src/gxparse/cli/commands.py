"""The commands ``gxparse parse``, ``gxparse check`` and ``gxparse render``."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path

import click
from click.exceptions import Exit

import gxparse
from gxparse._terminal import printable
from gxparse.cli import checking, tables
from gxparse.cli.console import Language, finding_line, say, speak_utf8, tracked, warn
from gxparse.cli.sources import read, walk
from gxparse.cli.status import ExitStatus
from gxparse.errors import GxparseError, RenderError
from gxparse.records import Report
from gxparse.rendering import FORMATS
from gxparse.rules import Validation, validate
from gxparse.serialise import to_json

__all__ = ["cli", "run"]


def run() -> None:
    """Run the command line of this process."""
    speak_utf8()
    cli(prog_name="gxparse")


def _version() -> str:
    try:
        return metadata.version("gxparse")
    except metadata.PackageNotFoundError:
        return "(not installed)"


_language = click.option(
    "--lang",
    "language",
    type=click.Choice([each.value for each in Language]),
    callback=lambda _context, _option, value: Language(value) if value else Language.of_locale(),
    help="Language of the messages 消息语言.  [default: by locale, else zh]",
)
_STATUS = """

\b
Exit status 退出状态:
  0  clean 没有错误
  1  findings of severity error 发现错误
  2  usage, or the extra "cli" is not installed 用法有误
  3  something could not be read 有文件无法读取
"""
_EXAMPLES = """
\b
Examples 示例:
  gxparse parse report.txt                  the report as tables
  gxparse parse report.txt --format json    the report as JSON
  gxparse check report.txt                  what is wrong with it
  gxparse check reports/ --select GX3       the sums of every report in a folder
  gxparse render report.pdf --to docx -o report.docx   the official form again
  cat report.txt | gxparse check -          a report from standard input
"""
_PARSE_EXAMPLES = """
\b
Examples 示例:
  gxparse parse report.txt --lang en
  gxparse parse report.txt --format json > report.json
"""
_RENDER_EXAMPLES = """
\b
Examples 示例:
  gxparse render report.pdf --to docx --output report.docx
  gxparse render report.docx --to html > report.html
"""
_CHECK_EXAMPLES = """
\b
Examples 示例:
  gxparse check report.txt
  gxparse check 2023/ 2024/ --ignore GX2,GX305
  gxparse check reports/ --format json > findings.json
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXAMPLES + _STATUS)
@click.version_option(_version(), "--version", "-V", prog_name="gxparse")
def cli() -> None:
    """Read and check annual reports on open government information.

    读取并检查政府信息公开工作年度报告。
    """


@cli.command(epilog=_PARSE_EXAMPLES + _STATUS)
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True, help="输出格式."
)
@_language
def parse(file: str, style: str, language: Language) -> None:
    """Read one report and print it.

    读取一份报告，输出为表格或 JSON。 FILE may be - for standard input.
    """
    try:
        report = read(file)
        text = to_json(report, indent=2) if style == "json" else None
    except GxparseError as error:
        warn(_problem(file, error))
        raise Exit(ExitStatus.UNREADABLE) from None
    if text is not None:
        say(text)
    else:
        tables.show(report, language)
        say("")
        for finding in report.findings:
            say(finding_line(file, finding, language))
    sound = Validation(report.findings).ok
    raise Exit(ExitStatus.CLEAN if sound else ExitStatus.FINDINGS)


@cli.command(epilog=_RENDER_EXAMPLES + _STATUS)
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--to", "target", type=click.Choice(FORMATS), default="text", show_default=True, help="输出格式.")
@click.option("--style", metavar="NAME", help="Layout of the tables in text 文本中表格的版式.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write 输出文件.")
def render(file: str, target: str, style: str | None, output: Path | None) -> None:
    """Read one report and write it in the official form.

    读取一份报告，按规定格式输出。 FILE may be - for standard input; a Word file is only written to a file.
    """
    if target == "docx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a Word file goes to a file: --output FILE 请用 --output 指定文件")
    try:
        report = read(file)
        written = gxparse.render(report, target, style=style)  # type: ignore[call-overload]
    except RenderError as error:
        raise click.UsageError(str(error)) from None
    except GxparseError as error:
        warn(_problem(file, error))
        raise Exit(ExitStatus.UNREADABLE) from None
    data = written if isinstance(written, bytes) else written.encode()
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
    sound = Validation(report.findings).ok
    if not sound:
        warn(
            _problem(
                file,
                "部分数值没有读出，已留空；请用 gxparse check 查看。 Values that could not be read are left blank.",
            )
        )
    raise Exit(ExitStatus.CLEAN if sound else ExitStatus.FINDINGS)


def _codes(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The codes given to an option, parted by commas or by repeating it; such as no finding has are bad usage."""
    codes = tuple(code.strip() for each in value for code in each.split(","))
    try:
        validate(Report(), select=codes)
    except GxparseError as error:
        raise click.BadParameter(str(error)) from None
    return codes


@cli.command(epilog=_CHECK_EXAMPLES + _STATUS)
@click.argument("files", metavar="FILE_OR_DIR...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--select", multiple=True, callback=_codes, metavar="CODES", help="Only these codes, such as GX3,GX201 只检查."
)
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="All but these codes 不检查.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式."
)
@_language
def check(
    files: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    style: str,
    language: Language,
) -> None:
    """Check reports and print what is wrong with them.

    检查报告，每行列出一个问题：文件:行:列: 代码 等级 路径: 说明。

    Folders are searched for reports, and other files in them are skipped; - is standard input.
    """
    sources = list(walk(files))
    if not sources:
        raise click.UsageError("there is no file in what is named 没有找到文件")
    checked = []
    with tracked(sources, language.choose("检查", "checking")) as each_source:
        for source in each_source:
            each = checking.check(source, select, ignore)
            checked.append(each)
            if each.problem is not None:
                warn(_problem(source.name, each.problem))
            elif style == "text":
                for finding in each.validation.findings:
                    say(finding_line(source.name, finding, language))
    if style == "json":
        say(json.dumps([each.as_dict() for each in checked], ensure_ascii=False, indent=2, default=str))
    warn(checking.summary(checked, language))
    raise Exit(checking.status(checked))


def _problem(name: str, problem: object) -> str:
    return f"{printable(name)}: {printable(str(problem))}"
