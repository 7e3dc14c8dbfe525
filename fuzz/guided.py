"""Fuzzes one target, guided by which branches an input takes: ``python -m fuzz.guided docx [option …] FOLDER …``.

The options and folders are those of libFuzzer, which atheris runs. Inputs that a reader refuses for a reason it did not
foresee are no findings, but one of each kind is kept in the folder that ``GXPARSE_UNFORESEEN`` names.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import sys
from pathlib import Path
from random import Random
from typing import Any

import atheris

# The modules of gxparse are given the instruments of the fuzzer as they are imported, which is done here at once.
with atheris.instrument_imports(include=["gxparse"]):
    import gxparse

    for module in pkgutil.walk_packages(gxparse.__path__, "gxparse."):
        if not module.name.startswith(("gxparse.cli", "gxparse.__main__", "gxparse.testing")):
            importlib.import_module(module.name)

from fuzz.laws import unforeseen
from fuzz.targets import TARGETS, laws, without_libreoffice


def main() -> None:
    """Fuzzes until the options say that it is enough, or a law is broken; it ends the process."""
    name, *options = sys.argv[1:]
    found, kinds = laws(name), Kinds(os.environ.get("GXPARSE_UNFORESEEN"))

    def one(data: bytes) -> None:
        outcome = found.check(data)
        if isinstance(outcome, gxparse.GxparseError):
            kinds.keep(unforeseen(outcome), data)

    # atheris puts another function in the place of Mutate when it starts.
    mutate = TARGETS[name].mutate(lambda data, most: atheris.Mutate(data, most))  # noqa: PLW0108
    more: dict[str, Any] = {}
    if mutate is not None:
        more["custom_mutator"] = lambda data, most, seed: mutate(bytes(data), Random(seed))[:most]
    with without_libreoffice():
        atheris.Setup([sys.argv[0], *options], one, **more)
        atheris.Fuzz()


class Kinds:
    """The kinds of errors that no reader foresaw, each with the first input that led to it."""

    def __init__(self, folder: str | None) -> None:
        self._folder = Path(folder) if folder else None
        self._seen: set[str] = set()

    def keep(self, kind: str | None, data: bytes) -> None:
        """Keeps an input if its kind is new."""
        if kind is None or self._folder is None or kind in self._seen:
            return
        self._seen.add(kind)
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(kind.encode()).hexdigest()[:12]
        (self._folder / name).write_bytes(data)
        (self._folder / f"{name}.kind").write_text(f"{kind}\n", "utf-8")


if __name__ == "__main__":
    main()
