"""The functions a user calls to read a report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from gxparse import parsing
from gxparse.document import Document
from gxparse.errors import FindingsError, SourceError
from gxparse.findings import Severity
from gxparse.readers import text as text_reader
from gxparse.readers.limits import MAX_BYTES
from gxparse.records import Report

_LONGEST_PATH = 1000


def parse(source: str | os.PathLike[str] | bytes | BinaryIO, *, strict: bool = False) -> Report:
    """Reads a report from a file: text, HTML, Word, PDF or a spreadsheet, told by its content.

    Some formats need an extra, such as ``pip install "gxparse[pdf]"``; the error says which. Of a file, what it has
    from where it stands is read.

    Args:
        source: the path of the file, its bytes, or a file opened in binary mode.
        strict: whether findings of severity *error* raise.

    Returns:
        The report. What could not be read with certainty is ``None``, and ``report.findings`` says why.

    Raises:
        SourceError: the source cannot be read.
        NotAReportError: it is no annual report on open government information.
        FindingsError: ``strict`` is set and a finding of severity *error* exists.
    """
    # What tells formats apart is loaded when there is a file to read.
    from gxparse.readers import formats  # noqa: PLC0415

    return _checked(formats.read(content(source)), strict=strict)


def parse_text(text: str, *, strict: bool = False) -> Report:
    """Reads a report that is already extracted to text, in any layout that extractors write.

    Args:
        text: the text of the report.
        strict: whether findings of severity *error* raise.

    Returns:
        The report. What could not be read with certainty is ``None``, and ``report.findings`` says why.

    Raises:
        SourceError: the text is longer than ``MAX_BYTES`` characters.
        NotAReportError: it is no annual report on open government information.
        FindingsError: ``strict`` is set and a finding of severity *error* exists.

    >>> report = parse_text('''青石镇人民政府2023年政府信息公开工作年度报告
    ... 二、主动公开政府信息情况
    ... 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
    ... 规章 | 0 | 0 | 0 |
    ... 行政规范性文件 | 3 | 1 | 12 |
    ... ''')
    >>> report.agency, report.year, report.disclosure.normative_documents.in_force
    ('青石镇人民政府', 2023, 12)
    """
    if not isinstance(text, str):
        raise SourceError("parse_text() 的参数是文本；文件或字节请用 parse()。 For a file or bytes use parse().")
    if len(text) > MAX_BYTES:
        raise SourceError(_too_large(len(text), "characters"))
    return _checked(text_reader.read(text), strict=strict)


def _checked(document: Document, *, strict: bool) -> Report:
    report = parsing.report(document)
    errors = tuple(finding for finding in report.findings if finding.severity is Severity.ERROR)
    if strict and errors:
        raise FindingsError(errors)
    return report


def content(source: str | os.PathLike[str] | bytes | BinaryIO) -> bytes:
    """The bytes of a source.

    Raises:
        SourceError: the source cannot be read.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    elif isinstance(source, str | os.PathLike):
        data = _file(source)
    else:
        data = _stream(source)
    if len(data) > MAX_BYTES:
        raise SourceError(_too_large(len(data), "bytes"))
    return data


def _file(source: str | os.PathLike[str]) -> bytes:
    if isinstance(source, str) and (len(source) > _LONGEST_PATH or len(source.splitlines()) > 1):
        raise SourceError(
            "parse() 的参数是文件路径；报告文本请用 parse_text()。 "
            "parse() takes the path of a file; for the text of a report use parse_text()."
        )
    try:
        path = Path(source)
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(_too_large(path.stat().st_size, "bytes"))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        zh = en = ""
        if isinstance(source, str):
            zh, en = "报告文本请用 parse_text()。", " For the text of a report use parse_text()."
        raise SourceError(f"无法读取 {source!s}：{reason}。{zh} {source!s} cannot be read: {reason}.{en}") from error


def _stream(source: BinaryIO) -> bytes:
    try:
        data = source.read(MAX_BYTES + 1)
    except Exception as error:
        raise SourceError(f"无法读取：{error}。 The source cannot be read: {error}.") from error
    if not isinstance(data, bytes):
        raise SourceError("文件须以二进制方式打开（“rb”）。 Open the file in binary mode ('rb').")
    return data


def _too_large(size: int, unit: str) -> str:
    return f"内容过大（{size:,}），上限为 {MAX_BYTES:,}。 Too large: {size:,} {unit}, the limit is {MAX_BYTES:,}."
