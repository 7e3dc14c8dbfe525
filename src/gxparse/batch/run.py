"""A batch from its beginning to its end, however often it is interrupted.

Beside the output ``out.csv`` stands the folder ``out.parts`` until the batch is done. In it the processes write what
they have read, shard by shard, each under a name that tells the paths, sizes and times of its files. A run that finds
a shard there has no need to read its files again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from zipfile import BadZipFile

from attrs import define, field

from gxparse.batch import parts, rows, shards
from gxparse.batch.harmless import storable
from gxparse.batch.plan import chunks, files
from gxparse.batch.shards import Chunk, Tally
from gxparse.batch.targets import Target, target_of, write_csv
from gxparse.errors import GxparseError
from gxparse.many import told
from gxparse.processes import cores, outcomes

__all__ = ["Batch"]

# Chunks in work, or done and not yet counted, for each process.
_AHEAD = 4


def _resolved(path: Path) -> Path:
    return path.resolve()


@define
class Batch:
    """The reports of a folder, to be written to one file.

    Attributes:
        folder: where they are, in folders of their own if they like.
        output: the file; its suffix tells the format.
        is_wide: a row for each report; unless given, what is usual for the format.
    """

    folder: Path = field(converter=_resolved)
    output: Path = field(converter=_resolved)
    is_wide: bool | None = None
    _target: Target = field(init=False)
    _shards: list[Path] = field(init=False, factory=list)

    @_target.default
    def _of_the_output(self) -> Target:
        return target_of(self.output, is_wide=self.is_wide)

    @property
    def parts(self) -> Path:
        """The folder for what is read, until all is."""
        return self.output.with_suffix(".parts")

    @property
    def failed(self) -> Path:
        """The table of the files that gave no report, and why."""
        return self.output.with_suffix(".failed.csv")

    @property
    def findings(self) -> Path:
        """The table of what is found in the reports."""
        return self.output.with_suffix(".findings.csv")

    def chunks(self) -> Iterator[Chunk]:
        """What is to be read, as it stands in the folder now."""
        own = {self.output, self.parts, self.failed, self.findings}
        for each in chunks(files(self.folder, without=own)):
            yield Chunk(self.folder, each, self.parts, self._target)

    @contextmanager
    def begun(self, *, restart: bool = False) -> Iterator[bool]:
        """Has the folder for the parts to itself, and tells whether something is there from an earlier run.

        Args:
            restart: whether what an earlier run has read is to be thrown away.

        Raises:
            GxparseError: what is there is of another batch or in use, or the folder cannot be written.
        """
        try:
            with parts.held(self.parts, self._manifest(), restart=restart) as is_continued:
                yield is_continued
        except OSError as error:
            raise _unwritten(error) from error

    def read(self, jobs: int | None = None) -> Iterator[Tally]:
        """Reads what is not read yet, by this many processes, and gives the tally of chunk by chunk.

        Raises:
            GxparseError: the parts cannot be written, or the program itself is damaged.
        """
        self._shards.clear()
        jobs = jobs or cores()
        try:
            for chunk, outcome in outcomes(shards.write, self.chunks(), processes=jobs, window=_AHEAD * jobs):
                _check(outcome)
                yield self._noted(chunk, outcome) if isinstance(outcome, Tally) else self._one_by_one(chunk)
        except OSError as error:
            raise _unwritten(error) from error
        except (ImportError, SyntaxError) as error:
            raise GxparseError(
                f"gxparse 安装不完整：{error}。 The installation of gxparse is damaged: {error}."
            ) from error

    def _one_by_one(self, chunk: Chunk) -> Tally:
        """Reads the files of a chunk that broke off, so that only those that are to blame for it fail."""
        total = Tally()
        for single, outcome in outcomes(shards.write, chunk.singles(), processes=1, window=1):
            _check(outcome)
            tally = outcome if isinstance(outcome, Tally) else shards.write_failed(single, told(outcome))
            total += self._noted(single, tally)
        return total

    def _noted(self, chunk: Chunk, tally: Tally) -> Tally:
        self._shards.append(chunk.shard)
        return tally

    def collect(self) -> None:
        """Puts together what was read, and removes the parts.

        Raises:
            GxparseError: the output cannot be written, or a part has been damaged.
        """
        try:
            with self._whole(self.failed) as file:
                write_csv(rows.FAILED, shards.packed(self._shards, shards.FAILED), file)
            with self._whole(self.findings) as file:
                write_csv(rows.FINDINGS, shards.packed(self._shards, shards.FINDINGS), file)
            with self._whole(self.output) as file:
                self._target.merge(shards.packed(self._shards, shards.REPORTS), file)
            parts.clear(self.parts)
        except OSError as error:
            raise _unwritten(error) from error
        except BadZipFile as error:
            raise GxparseError(
                f"{self.parts} 已损坏（{error}），请用 --restart 重新读取。 "
                f"{self.parts} is damaged: {error}. Read all anew with --restart."
            ) from error

    @contextmanager
    def _whole(self, file: Path) -> Iterator[Path]:
        """Where to write a file that is to appear as a whole or not at all."""
        unfinished = self.parts / file.name
        yield unfinished
        unfinished.replace(file)

    def _manifest(self) -> str:
        told = {"gxparse": _version(), "folder": str(self.folder), "output": self.output.name, "as": str(self._target)}
        return storable(json.dumps(told, ensure_ascii=False, indent=1))


def _check(outcome: Tally | Exception) -> None:
    """Raises what broke off a chunk if no file of it is to blame: the files themselves were read before."""
    if isinstance(outcome, OSError | ImportError | SyntaxError):
        raise outcome


def _version() -> str | None:
    try:
        return metadata.version("gxparse")
    except metadata.PackageNotFoundError:
        return None


def _unwritten(error: OSError) -> GxparseError:
    return GxparseError(f"无法写入：{error}。 It cannot be written: {error}.")
