"""What is fuzzed: each reader, and ``parse_text``.

``python -m fuzz.targets docx FILE …`` holds inputs to the laws of :mod:`fuzz.laws`, without the fuzzer: this is how a
finding is seen again. :mod:`fuzz.guided` fuzzes a target, :mod:`fuzz.run` all of them.

RTF has no target: it is read by LibreOffice, which takes seconds a file, and then by the reader of ODT, which has one.
The same goes for DOC where it is not sure to be read right; here that is refused.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from attrs import frozen

import gxparse
from fuzz import mutators
from fuzz.laws import Breach, Laws, unforeseen
from gxparse import GxparseError, SourceError
from gxparse.document import Document
from gxparse.readers import doc, formats, rtf, text

CORPUS = Path(__file__).parent / "corpus"


@frozen
class Target:
    """A way to read.

    Attributes:
        mutator: the function of :mod:`fuzz.mutators` that suits it; without one, bytes are changed and nothing else.
        elements: the dictionary of that mutator.
        share: its share of the time.
        is_grid: whether the place of a cell says what it is, so that a cell lost moves those behind it.
    """

    mutator: str = ""
    elements: str = ""
    share: float = 1.0
    is_grid: bool = False

    def mutate(self, flip: Callable[[bytes, int], bytes]) -> Callable[[bytes, Random], bytes] | None:
        """What changes inputs; ``None`` where bytes are changed and nothing else."""
        if not self.mutator:
            return None
        make = getattr(mutators, self.mutator)
        mutate: Callable[[bytes, Random], bytes] = (
            make(flip, mutators.ELEMENTS[self.elements]) if self.elements else make(flip)
        )
        return mutate

    def damaged(self, data: bytes, chance: Random, *, of_content: bool) -> bytes:
        """An input truncated or with bytes changed; with other things in what it holds, if it can be taken apart."""
        mutate = self.mutate(lambda data, most: mutators.damaged(data, chance)[:most]) if of_content else None
        return mutate(data, chance) if mutate else mutators.damaged(data, chance)


TARGETS = {
    "text": Target("text", share=2),
    "plain": Target(share=0.5),
    "csv": Target("text", is_grid=True),
    "html": Target("markup", "html", share=1.5),
    "docx": Target("packed", "docx", share=1.5),
    "odt": Target("packed", "odf"),
    "doc": Target(share=0.5),
    "xlsx": Target("packed", "xlsx", is_grid=True),
    "ods": Target("packed", "odf", is_grid=True),
    "xls": Target(is_grid=True),
    "pdf": Target("portable", share=1.5),
}


def seeds(name: str) -> list[Path]:
    """The files of the corpus of a target."""
    return sorted((CORPUS / name).iterdir())


def laws(name: str) -> Laws:
    """The laws for a target, with what its seeds say."""
    found = Laws(_parse_text, _read_text) if name == "text" else Laws(gxparse.parse, _read)
    for seed in () if TARGETS[name].is_grid else seeds(name):
        found.learn(seed.read_bytes())
    return found


def _parse_text(data: bytes) -> gxparse.Report:
    return gxparse.parse_text(_text(data))


def _read_text(data: bytes) -> Document:
    return text.read(_text(data))


def _text(data: bytes) -> str:
    """Any bytes as text: what is not UTF-8 becomes lone surrogates."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def _read(data: bytes) -> Document:
    return formats.read(data)


def _refused(*_: Any) -> bytes:
    raise SourceError("LibreOffice is not fuzzed.")


@contextmanager
def without_libreoffice() -> Iterator[None]:
    """Lets no input start LibreOffice."""
    with mock.patch.object(doc, "converted", _refused), mock.patch.object(rtf, "converted", _refused):
        yield


# ── Seeing a finding again ───────────────────────────────────────────────────────────────────────────────────────────


def again(name: str, files: list[str]) -> int:
    """Holds inputs to the laws and prints what comes of each."""
    found, broken = laws(name), 0
    for file in files:
        try:
            outcome = found.check(Path(file).read_bytes())
        except Breach:
            broken = 1
            print(f"{file}:\n{traceback.format_exc()}")
            continue
        print(f"{file}: {'read' if not isinstance(outcome, GxparseError) else f'refused: {outcome}'}")
        if isinstance(outcome, GxparseError) and (kind := unforeseen(outcome)):
            print(f"  unforeseen: {kind}")
    return broken


def main() -> int:
    """Holds the inputs named to the laws."""
    name, *files = sys.argv[1:]
    with without_libreoffice():
        return again(name, files)


if __name__ == "__main__":
    sys.exit(main())
