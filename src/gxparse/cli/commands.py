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
from gxparse.cli.batching import batch
from gxparse.cli.beside import Beside
from gxparse.cli.comparing import diff
from gxparse.cli.console import Language, finding_line, say, speak_utf8, tracked, warn
from gxparse.cli.sources import STANDARD_INPUT, Source, read, walk
from gxparse.cli.status import ExitStatus
from gxparse.errors import GxparseError, RenderError
from gxparse.messages import alike, counted
from gxparse.records import Report
from gxparse.rendering import FORMATS
from gxparse.rendering.checked import page, pages
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
  gxparse check report.txt --format html -o check.html   a page that points at each wrong cell
  gxparse render report.pdf --to docx -o report.docx   the official form again
  gxparse diff 2023.pdf 2024.pdf            what changed from one year to the next
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
  gxparse check 2024.docx --previous 2023.docx
  gxparse check county.docx --parts offices/
  gxparse check report.docx --format html -o check.html
  gxparse check 2024/ --previous 2023/ --ignore GX2,GX305 --format html -o check.html
  gxparse check reports/ --format json -o findings.json
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXAMPLES + _STATUS)
@click.version_option(_version(), "--version", "-V", prog_name="gxparse")
def cli() -> None:
    """Read and check annual reports on open government information.

    读取并检查政府信息公开工作年度报告。
    """


cli.add_command(batch)
cli.add_command(diff)


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
    validation = Validation(report.findings)
    if text is not None:
        say(text)
    else:
        tables.show(report, language)
        if report.findings:
            say(f"\n{tables.heading(language.choose('读取时发现的问题', 'What was found while reading'))}")
        for first, *others in alike(report.findings):
            say(finding_line(file, first, language, others))
    if report.findings:
        found = counted(validation.counts, language)
        warn(_problem(file, language.choose(f"读取时发现 {found}", f"while reading: {found}")))
    raise Exit(ExitStatus.CLEAN if validation.ok else ExitStatus.FINDINGS)


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
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Lines, data, or one page with the tables and the wrong cells marked 输出格式.",
)
@click.option(
    "--output", "-o", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="File to write 输出文件."
)
@_language
def check(  # noqa: PLR0913 - an argument for each option
    files: tuple[str, ...],
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    previous: str | None,
    parts: tuple[str, ...],
    style: str,
    output: Path | None,
    language: Language,
) -> None:
    """Check reports and print what is wrong with them.

    检查报告，每行列出一个问题：文件:行:列: 代码 等级 路径 [标签]: 说明。

    Folders are searched for reports, and other files in them are skipped; - is standard input.
    """
    sources = list(walk(files))
    _agree(sources, previous, parts, style, output)
    try:
        beside = Beside.of(previous, parts, sources)
    except GxparseError as error:
        warn(printable(str(error)))
        raise Exit(ExitStatus.UNREADABLE) from None
    if parts and not beside.parts:
        raise click.UsageError("there is no report in what --parts names 没有找到下级单位的报告")
    checked = []
    with tracked(sources, language.choose("检查", "checking")) as each_source:
        for source in each_source:
            each = checking.check(source, select, ignore, beside)
            checked.append(each)
            for problem in filter(None, (each.problem, each.note and language.choose(*each.note))):
                warn(_problem(source.name, problem))
            if style == "text" and output is None:
                _put(_written([each], style, language), None)
    if style != "text" or output is not None:
        _put(_written(checked, style, language), output)
    warn(checking.summary(checked, language))
    raise Exit(checking.status(checked))


def _agree(
    sources: list[Source], previous: str | None, parts: tuple[str, ...], style: str, output: Path | None
) -> None:
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
    if style == "html" and output is None and sys.stdout.isatty():
        raise click.UsageError("a page goes to a file: --output FILE 请用 --output 指定文件")
    others = walk([*parts, *([previous] if previous else [])])
    if output is not None and any(_is_same(output, source.name) for source in (*sources, *others)):
        raise click.UsageError(f"{output} is one of the files to read, and is not written over 不会覆盖要读取的文件")


def _is_same(output: Path, name: str) -> bool:
    try:
        return name != STANDARD_INPUT and output.exists() and output.samefile(name)
    except OSError:
        return False


def _written(checked: list[checking.Checked], style: str, language: Language) -> str:
    """What was found, in the format that is asked for."""
    if style == "json":
        return f"{json.dumps([each.as_dict() for each in checked], ensure_ascii=False, indent=2, default=str)}\n"
    if style == "html":
        only = checked[0]
        if len(checked) == 1 and only.report is not None:
            return page(only.report, only.validation.findings, language)
        return pages([each.as_entry() for each in checked if not each.is_skipped], language)
    return "".join(
        f"{finding_line(each.source.name, first, language, others)}\n"
        for each in checked
        for first, *others in alike(each.validation.findings)
    )


def _put(text: str, output: Path | None) -> None:
    """Write to a file, or to the standard output."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, "utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written 无法写入: {error.strerror}") from None


def _problem(name: str, problem: object) -> str:
    return f"{printable(name)}: {printable(str(problem))}"
