"""The commands ``gxparse parse`` and ``gxparse check``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from enum import IntEnum
from importlib import metadata
from typing import Any

import click
from attrs import frozen

from gxparse._terminal import printable
from gxparse.cli import tables
from gxparse.cli.console import Language, finding_line, say, speak_utf8, tracked, warn
from gxparse.cli.sources import read, walk
from gxparse.errors import GxparseError
from gxparse.findings import Severity
from gxparse.records import Report
from gxparse.rules import Validation, validate
from gxparse.serialise import finding_to_dict, to_json

__all__ = ["ExitStatus", "cli", "run"]


class ExitStatus(IntEnum):
    """With what the command ends. Where several apply, the highest is meant."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


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
_EPILOG = """
\b
Exit status 退出状态:
  0  clean 没有错误
  1  findings of severity error 发现错误
  2  usage, or the extra "cli" is not installed 用法有误
  3  something could not be read 有文件无法读取
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.version_option(_version(), "--version", "-V", prog_name="gxparse")
def cli() -> None:
    """Read and check annual reports on open government information.

    读取并检查政府信息公开工作年度报告。

    \b
    Examples 示例:
      gxparse parse report.txt                 the report as JSON
      gxparse parse report.txt --format table  the report as tables
      gxparse check report.txt                 what is wrong with it
      gxparse check reports/ --select GX3      the sums of every report in a folder
      cat report.txt | gxparse check -         standard input
    """


@cli.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--format", "style", type=click.Choice(["json", "table"]), default="json", show_default=True, help="输出格式."
)
@_language
@click.pass_context
def parse(context: click.Context, file: str, style: str, language: Language) -> None:
    """Read one report and print it.

    读取一份报告，输出为 JSON 或表格。 FILE may be - for standard input.

    \b
    Examples 示例:
      gxparse parse report.txt > report.json
      gxparse parse report.txt --format table --lang en
    """
    try:
        report = read(file)
        text = to_json(report, indent=2) if style == "json" else None
    except GxparseError as error:
        warn(_unreadable(file, error))
        context.exit(ExitStatus.UNREADABLE)
    if text is not None:
        say(text)
    else:
        tables.show(report, language)
        say("")
        for finding in report.findings:
            say(finding_line(file, finding, language))
    sound = Validation(report.findings).ok
    context.exit(ExitStatus.CLEAN if sound else ExitStatus.FINDINGS)


@frozen
class _Checked:
    """A file, the report in it if it could be read, and what is to be said of it."""

    name: str
    report: Report | None
    validation: Validation
    problem: str | None = None

    def as_dict(self) -> dict[str, Any]:
        report = self.report
        return {
            "file": self.name,
            "agency": report and report.agency,
            "year": report and report.year,
            "form": report and report.form,
            "ok": self.problem is None and self.validation.ok,
            "error": self.problem,
            "findings": [finding_to_dict(finding) for finding in self.validation.findings],
        }
