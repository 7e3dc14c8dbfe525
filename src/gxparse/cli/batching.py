"""The command ``gxparse batch``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gxparse._terminal import printable
from gxparse.cli.console import Language, language_option, warn
from gxparse.cli.status import ExitStatus
from gxparse.errors import GxparseError, RenderError

if TYPE_CHECKING:
    from gxparse.batch import Batch, Tally

__all__ = ["batch"]

_INTERRUPTED = 130
_EXAMPLES = """
\b
Examples 示例:
  gxparse batch reports/ --output all.csv
  gxparse batch reports/ --output all.xlsx        a row for each report
  gxparse batch reports/ --output all.parquet --jobs 4
"""


@click.command(epilog=_EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write: .parquet, .csv, .jsonl or .xlsx 输出文件.",
)
@click.option(
    "--wide/--long",
    "is_wide",
    default=None,
    help="A row for each report, or for each cell 每份报告一行，或每个单元格一行.  [default: long; wide for .xlsx]",
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes 进程数.  [default: all cores]")
@click.option("--restart", is_flag=True, help="Read anew what an interrupted run has read 放弃上次中断的结果.")
@language_option
def batch(  # noqa: PLR0913 - one for each option
    folder: Path, output: Path, *, is_wide: bool | None, jobs: int | None, restart: bool, language: Language
) -> None:
    """Read all reports of a folder into one table.

    读取文件夹中的全部报告，汇成一张表。

    Beside the table stand those of the files that failed (.failed.csv) and of what is wrong with the reports
    (.findings.csv). A run that was interrupted goes on where it stopped when it is started again.
    """
    from gxparse.batch import Batch  # noqa: PLC0415 - the other commands have no need of it

    try:
        work = Batch(folder, output, is_wide)
        with work.begun(restart=restart) as is_continued:
            if is_continued:
                warn(language.choose("接着上次中断的处理继续", "going on with the run that was interrupted"))
            tally = _read(work, jobs, language)
            work.collect()
    except RenderError as error:
        raise click.UsageError(str(error)) from None
    except GxparseError as error:
        warn(printable(str(error)))
        raise Exit(ExitStatus.UNREADABLE) from None
    except KeyboardInterrupt:
        warn(language.choose("已中断；再次运行同一命令即可继续", "interrupted; the same command goes on with it"))
        raise Exit(_INTERRUPTED) from None
    warn(_summary(tally, work, language))
    raise Exit(ExitStatus.UNREADABLE if tally.unread else ExitStatus.CLEAN)


def _read(work: Batch, jobs: int | None, language: Language) -> Tally:
    """Reads all, with a bar for whoever waits at a terminal."""
    from gxparse.batch import Tally  # noqa: PLC0415

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    tally = Tally()
    # A thread that draws would stand in the way of the processes that are begun meanwhile.
    drawn = Progress(*columns, console=console, transient=True, auto_refresh=False, disable=not console.is_terminal)
    with drawn as progress:
        total = sum(len(chunk.files) for chunk in work.chunks())
        bar = progress.add_task(language.choose("读取", "reading"), total=total)
        for each in work.read(jobs):
            tally += each
            progress.update(bar, completed=tally.files, refresh=True)
    return tally


def _summary(tally: Tally, work: Batch, language: Language) -> str:
    zh = (
        f"{tally.reports} 份报告 → {work.output.name}；{tally.others} 个文件不是年度报告，{tally.unread} 个文件无法读取"
    )
    en = f"{tally.reports} reports → {work.output.name}; {tally.others} other files, {tally.unread} could not be read"
    see = f" ({work.failed.name})" if tally.others or tally.unread else ""
    return printable(language.choose(zh, en) + see)
