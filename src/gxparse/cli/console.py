"""What the command writes to, and in which language."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import Progress

from gxparse._terminal import printable
from gxparse.cli.status import ExitStatus
from gxparse.errors import GxparseError
from gxparse.findings import Finding, Severity
from gxparse.messages import Language, place, places

__all__ = [
    "Language",
    "Refused",
    "finding_line",
    "is_terminal",
    "language_option",
    "problem_line",
    "said",
    "say",
    "speak_utf8",
    "tracked",
    "warn",
]

_Item = TypeVar("_Item")

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
# Fewer files are done before a bar could be read.
_WORTH_A_BAR = 20

#: The option of all commands that speak to people.
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice([each.value for each in Language]),
    callback=lambda _context, _option, value: Language(value) if value else Language.of_locale(),
    help="Language of the messages 消息语言.  [default: by locale, else zh]",
)


def speak_utf8() -> None:
    """Let both outputs be UTF-8 whatever the locale, and let no character stop them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def is_terminal() -> bool:
    """Whether somebody reads the output as it comes, and may be shown colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def say(text: str) -> None:
    """A line of output."""
    sys.stdout.write(f"{text}\n")


def warn(text: str) -> None:
    """A line about the work itself, beside the output."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")


class Refused(click.ClickException):
    """What is asked for cannot be done, though it is asked for in the right way."""

    exit_code = ExitStatus.USAGE


def said(error: GxparseError, language: Language) -> str:
    """What is wrong, in one language if it is said in both."""
    return printable(language.choose(error.message_zh, error.message_en))


def problem_line(name: str, problem: str) -> str:
    """What is wrong with a file, or to be said of it, on one line."""
    return f"{printable(name)}: {printable(problem)}"


def finding_line(name: str, finding: Finding, language: Language, others: Sequence[Finding] = ()) -> str:
    """A finding on one line, in the style of compilers: ``file:line:column: code severity path [label]: message``.

    >>> from gxparse.document import Location
    >>> finding = Finding("GX201", "requests", "空白", "blank", location=Location(line=7))
    >>> finding_line("a.txt", finding, Language.EN)
    'a.txt:7: GX201 warning requests: blank'

    Args:
        name: the name of the file.
        finding: the finding.
        language: the language of the message.
        others: findings that say the same of other places, which are named behind it.
    """
    where = finding.location
    line = ":".join(str(each) for each in (where.line, where.column) if each) if where and where.line else ""
    inside = f" ({place(where, language)})" if not line and place(where, language) else ""
    label = f" [{printable(finding.label)}]" if finding.label else ""
    also = f"{language.choose('另有', 'also')} {places((other.location for other in others), language)}"
    severity = finding.severity.value
    message = language.choose(finding.message_zh, finding.message_en)
    return (
        f"{printable(name)}:{f'{line}:' if line else ''} {finding.code} "
        f"{click.style(severity, fg=_COLOURS[finding.severity]) if is_terminal() else severity} "
        f"{printable(finding.path) or 'report'}{label}{inside}: {printable(message)}"
        f"{f' → {printable(finding.suggestion)}' if finding.suggestion else ''}"
        f"{f' [{also}]' if others else ''}"
    )


@contextmanager
def tracked(items: Sequence[_Item], title: str) -> Iterator[Iterable[_Item]]:
    """The items one after another, with a bar for whoever waits at a terminal."""
    if not sys.stderr.isatty() or len(items) < _WORTH_A_BAR:
        yield items
        return
    # Lines said meanwhile go above the bar; those that go to a file are none of its business.
    on_screen = sys.stdout.isatty()
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=on_screen) as progress:
        yield progress.track(items, description=title)
