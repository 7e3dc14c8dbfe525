"""What holds of every source, however damaged: the laws that a fuzzed input must not break.

1. Nothing but :class:`~gxparse.GxparseError` leaves the library.
2. A number that is parsed is printed: what its source says is that number and nothing else, and stands in the document.
3. A cell without a value is covered by a finding.
4. Where a document has the very texts of a seed, or lacks one of them, each number is the one the seed has there:
   what else was changed is only how the texts are laid out. (Not in spreadsheets: there the place of a cell is what it
   says, and a cell lost moves those behind it, on the page too.)
5. Reading again gives the same; ``validate``, ``to_json`` and ``from_json`` take whatever was parsed.
6. One input takes at most ``SECONDS`` of processor time, and at most ``MEGABYTES`` more memory.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from attrs import define, field

from gxparse import GxparseError, Report, from_json, parsing, to_json, validate
from gxparse.document import Document
from gxparse.records import CellValue

try:
    import resource
except ImportError:  # It is not there on Windows.
    resource = None  # type: ignore[assignment]

#: What one input may take, measured with the instruments of the fuzzer in place, which make it several times slower.
SECONDS = 10
MEGABYTES = 500

#: The values of a report by their paths.
Values = Mapping[str, CellValue]


class Breach(Exception):  # noqa: N818
    """A law is broken."""


@define
class Laws:
    """The laws for one way to read a source.

    ``parse`` is the function that a user calls, ``read`` the reader behind it. ``known`` are the values of the seeds by
    the texts of their documents.
    """

    parse: Callable[[bytes], Report]
    read: Callable[[bytes], Document]
    known: dict[tuple[str, ...], Values] = field(factory=dict)

    def learn(self, seed: bytes) -> None:
        """Remembers what a seed says, if it is a report with a number in each of its cells."""
        try:
            values = _values(self.parse(seed))
        except GxparseError:
            return
        if all(value is not None for value in values.values()):
            self.known[_texts(self.read(seed))] = values

    def check(self, data: bytes) -> GxparseError | Report:
        """Reads a source and holds what comes of it to the laws.

        Returns:
            The report, or the error with which the source was refused.

        Raises:
            Breach: a law is broken.
        """
        found = self._parsed(data)
        if isinstance(found, GxparseError):
            return found
        with _told("in the reader or the parser, when a source is read again"):
            document = self.read(data)
            again = parsing.report(document)
        if _everything(again) != _everything(found):
            raise Breach("read again, the source gives another report")
        _check_printed(found, document)
        _check_places(found, self._expected(_texts(document)))
        with _told("in validate(), to_json() or from_json()"):
            findings = [*found.findings, *validate(found).findings]
            same = _everything(from_json(to_json(found))) == _everything(found)
        if not same:
            raise Breach("from_json(to_json(report)) is another report")
        bare = [path for path, value in _values(found).items() if value is None]
        if silent := [path for path in bare if not any(finding.covers(path) for finding in findings)]:
            raise Breach(f"no value and no finding: {', '.join(silent[:5])}")
        return found

    def _parsed(self, data: bytes) -> GxparseError | Report:
        before, begun = _peak(), time.process_time()
        found: GxparseError | Report
        with _told("from the library"):
            try:
                found = self.parse(data)
            except GxparseError as error:
                found = error
        if (taken := time.process_time() - begun) > SECONDS:
            raise Breach(f"reading {len(data):,} bytes took {taken:.1f} s")
        if (more := _peak() - before) > MEGABYTES:
            raise Breach(f"reading {len(data):,} bytes took {more:.0f} MB")
        return found

    def _expected(self, texts: tuple[str, ...]) -> Values | None:
        """The values of the seed whose texts these are, or are but for one."""
        if texts in self.known:
            return self.known[texts]
        return next((values for seed, values in self.known.items() if _lacks_one(seed, texts)), None)


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Whatever is raised here is a breach, panics of extensions too, which are no ``Exception``."""
    try:
        yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise Breach(f"{type(error).__name__} {where}: {str(error)[:300]}") from error


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def _check_printed(report: Report, document: Document) -> None:
    """The second law."""
    texts = "\n".join(document.texts())
    for path, value in _values(report).items():
        if value is None:
            continue
        if path not in report.sources:
            raise Breach(f"{path} = {value} without a source")
        raw = report.sources[path].raw
        numbers = {Decimal(found.replace(",", "")) for found in _NUMBER.findall(raw.translate(_FULL_WIDTH))}
        if abs(Decimal(value)) not in numbers or len(numbers) > 1 or any(map(_is_odd_digit, raw)):
            raise Breach(f"{path} = {value}, and its source is {raw!r}")
        if raw not in texts:
            raise Breach(f"{path} = {value}, and {raw!r} is not in the document")


def _is_odd_digit(character: str) -> bool:
    """Whether a character is a digit in another writing: raised, circled, Arabic."""
    return unicodedata.category(character) in ("No", "Nd") and character.translate(_FULL_WIDTH) not in "0123456789"


def _check_places(report: Report, expected: Values | None) -> None:
    """The fourth law."""
    if expected is None:
        return
    moved = [
        f"{path} = {value}, printed {expected.get(path)}"
        for path, value in _values(report).items()
        if value is not None and value != expected.get(path)
    ]
    if moved:
        raise Breach(f"{len(moved)} values at the place of others: {'; '.join(moved[:5])}")


def _lacks_one(whole: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    """Whether texts are the whole but for one of them."""
    if len(texts) + 1 != len(whole):
        return False
    at = next((at for at, (one, other) in enumerate(zip(texts, whole, strict=False)) if one != other), len(texts))
    return texts[at:] == whole[at + 1 :]


def _texts(document: Document) -> tuple[str, ...]:
    return tuple(text for each in document.texts() if (text := each.strip()))


def _values(report: Report) -> dict[str, CellValue]:
    return {cell.path: cell.value for cell in report.cells()}


def _everything(report: Report) -> tuple[object, ...]:
    """A report with what takes no part in ``==``."""
    return report, report.findings, dict(report.sources), dict(report.metadata)


def _peak() -> float:
    """The most memory this process has had, in megabytes."""
    if resource is None:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


# ── What is refused for a reason that was not foreseen ───────────────────────────────────────────────────────────────


def unforeseen(error: GxparseError, packages: Iterable[str] = ("gxparse",)) -> str | None:
    """The place in the code at which an error was raised that the readers did not foresee, and only wrapped."""
    cause = error.__cause__
    if cause is None or isinstance(cause, GxparseError):
        return None
    place, trace = "", cause.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        if any(f"/{package}/" in code.co_filename for package in packages):
            place = f"{code.co_filename.rpartition('/gxparse/')[2]}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    return f"{type(cause).__name__} at {place}"
