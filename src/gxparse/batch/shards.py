"""The shard of a chunk: what its files gave, in one file that is there as a whole or not at all.

It is a ZIP of what is packed of the reports, of the findings and of the failures, with the tally as its comment.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import attrs
from attrs import frozen

from gxparse.batch import rows
from gxparse.batch.harmless import storable
from gxparse.batch.plan import File, name_of
from gxparse.batch.targets import Named, Target
from gxparse.batch.text import csv_of
from gxparse.errors import GxparseError, NotAReportError
from gxparse.many import attempt
from gxparse.records import Report
from gxparse.rules import validate

__all__ = ["FAILED", "FINDINGS", "REPORTS", "SUFFIX", "Chunk", "Tally", "packed", "write", "write_failed"]

SUFFIX = ".shard"
#: What is in a shard.
REPORTS, FINDINGS, FAILED = "reports", "findings", "failed"


@frozen
class Chunk:
    """Files to be read together.

    Attributes:
        folder: where they are.
        files: the files.
        parts: where the shard is to stand.
        target: the format to write.
    """

    folder: Path
    files: tuple[File, ...]
    parts: Path
    target: Target

    @property
    def shard(self) -> Path:
        """The file for what they give."""
        return self.parts / f"{name_of(self.files)}{SUFFIX}"

    def singles(self) -> Iterator[Chunk]:
        """Each file as a chunk of its own."""
        return (attrs.evolve(self, files=(file,)) for file in self.files)


@frozen
class Tally:
    """How many files gave what.

    Attributes:
        reports: how many are reports.
        others: how many can be read, and are something else.
        unread: how many cannot be read.
    """

    reports: int = 0
    others: int = 0
    unread: int = 0

    @property
    def files(self) -> int:
        """How many files these are."""
        return self.reports + self.others + self.unread

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(attrs.astuple(self), attrs.astuple(other), strict=True)))


def write(chunk: Chunk) -> Tally:
    """Reads the files of a chunk and writes its shard, unless it is there already."""
    return _tally_of(chunk.shard) or _write(chunk, ((file, attempt(chunk.folder / file.path)) for file in chunk.files))


def write_failed(chunk: Chunk, error: GxparseError) -> Tally:
    """Writes the shard of a chunk none of whose files can be read."""
    return _write(chunk, ((file, error) for file in chunk.files))


def packed(shards: Iterable[Path], name: str) -> Iterator[BinaryIO]:
    """What the shards hold under a name, one after the other."""
    for shard in shards:
        with zipfile.ZipFile(shard) as archive, archive.open(name) as file:
            yield cast("BinaryIO", file)


def _tally_of(shard: Path) -> Tally | None:
    with suppress(OSError, zipfile.BadZipFile, ValueError), zipfile.ZipFile(shard) as archive:
        return Tally(*json.loads(archive.comment))
    return None


def _write(chunk: Chunk, outcomes: Iterable[tuple[File, Report | GxparseError]]) -> Tally:
    reports: list[Named] = []
    failed: list[rows.Row] = []
    others = 0
    for file, outcome in outcomes:
        source = storable(file.path)
        if isinstance(outcome, Report):
            reports.append((source, attrs.evolve(outcome, findings=validate(outcome).findings)))
        else:
            failed.append((source, type(outcome).__name__, str(outcome)))
            others += isinstance(outcome, NotAReportError)
    tally = Tally(len(reports), others, len(failed) - others)
    contents = {
        REPORTS: chunk.target.pack(reports),
        FINDINGS: csv_of(row for each in reports for row in rows.findings(*each)),
        FAILED: csv_of(failed),
    }
    _store(contents, tally, chunk.shard)
    return tally


def _store(contents: Mapping[str, bytes], tally: Tally, shard: Path) -> None:
    unfinished = shard.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in contents.items():
                archive.writestr(name, data)
            archive.comment = json.dumps(attrs.astuple(tally)).encode()
        # The name must not reach the disk before the contents.
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(shard)
