"""Where the command writes to, and in which format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from gxparse.cli.console import Language, Refused
from gxparse.cli.sources import STANDARD_INPUT

__all__ = ["Output", "format_option", "output_option"]

# The formats that the names of files tell; those that no command writes too, lest text be written under such a name.
_SUFFIXES = {
    ".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown",
    ".docx": "docx", ".doc": "doc", ".wps": "wps", ".odt": "odt", ".rtf": "rtf", ".pdf": "pdf", ".ofd": "ofd",
    ".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv", ".parquet": "parquet",
}  # fmt: skip
_ALIASES = {"md": "markdown", "table": "text"}


def format_option(*names: str, formats: Sequence[str], what: str) -> Callable[[Any], Any]:
    """The option that names the format of the output."""
    return click.option(
        *names,
        "style",
        type=click.Choice(formats),
        callback=lambda _context, _option, value: _ALIASES.get(value, value),
        help=f"{what}  [default: by the name of the output file, else {formats[0]}]",
    )


#: The option that names the file to write.
output_option = click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; its name tells the format 输出文件，由扩展名定格式.",
)


@frozen
class Output:
    """A file to write, or the standard output, and the format to write.

    Attributes:
        path: the file, if it is one.
        format: ``text``, ``json``, ``html``, ``markdown`` or ``docx``.
        language: the language of what is wrong with it.
    """

    path: Path | None
    format: str
    language: Language

    @classmethod
    def of(
        cls, path: Path | None, given: str | None, formats: Iterable[str], sources: Iterable[str], language: Language
    ) -> Output:
        """The output that is asked for, of a command that writes these formats, text if nothing else is asked for.

        Raises:
            click.UsageError: the format is not that of the file's name.
            Refused: the file is one of the sources, or its folder is not there.
        """
        told = None if path is None else _SUFFIXES.get(path.suffix.lower())
        output = cls(path, given or told or "text", language)
        if path is None:
            output._refuse_terminal()
            return output
        if told is not None:
            output._agree(path, told, formats)
        if not path.parent.is_dir():
            raise output._unwritten("没有这个文件夹", "there is no such folder")
        if any(_is_same(path, source) for source in sources):
            zh, en = f"{path} 是要读取的文件，不会覆盖", f"{path} is one of the files to read, and is not written over"
            raise Refused(language.choose(zh, en))
        return output

    def _refuse_terminal(self) -> None:
        if self.format == "docx" and sys.stdout.isatty():
            zh, en = "Word 文件须写入文件，请用 --output 指定", "a Word file goes to a file: name it with --output FILE"
            raise click.UsageError(self.language.choose(zh, en))

    def _agree(self, path: Path, told: str, formats: Iterable[str]) -> None:
        """Refuse a name that tells another format than is written."""
        if told not in {_ALIASES.get(each, each) for each in formats}:
            suffixes = " ".join(suffix for suffix, each in _SUFFIXES.items() if each in formats)
            zh = f"不能写成 {path.suffix} 文件；请把 {path.name} 的扩展名改为以下之一：{suffixes}"
            en = f"this command writes no {path.suffix} files; give {path.name} one of these suffixes: {suffixes}"
        elif told != self.format:
            zh = f"{path.name} 不是 {self.format} 格式的文件名；请改文件名，或去掉格式选项"
            en = f"{path.name} is no name of a file in {self.format}; change the name, or leave out the format option"
        else:
            return
        raise click.UsageError(self.language.choose(zh, en))

    def write(self, content: str | bytes) -> None:
        """Write all of it.

        Raises:
            Refused: it cannot be written.
        """
        data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
        try:
            if self.path is None:
                sys.stdout.flush()
                sys.stdout.buffer.write(data)
                sys.stdout.buffer.flush()
            else:
                self.path.write_bytes(data)
        except BrokenPipeError:
            # Whoever reads has read enough.
            raise
        except OSError as error:
            reason = error.strerror or str(error)
            raise self._unwritten(reason, reason) from None

    def _unwritten(self, zh: str, en: str) -> Refused:
        name_zh, name_en = (self.path, self.path) if self.path else ("标准输出", "the standard output")
        return Refused(self.language.choose(f"无法写入 {name_zh}：{zh}", f"{name_en} cannot be written: {en}"))


def _is_same(output: Path, name: str) -> bool:
    try:
        return name != STANDARD_INPUT and output.exists() and output.samefile(name)
    except OSError:
        return False
