"""Bytes of text, read in any layout."""

from __future__ import annotations

from attrs import evolve

from gxparse import decoding
from gxparse.document import Document
from gxparse.readers import text


def read(data: bytes) -> Document:
    """Reads bytes of text.

    Raises:
        SourceError: they are text in no encoding that is known.
    """
    content, notes = decoding.decode(data)
    document = text.read(content)
    return evolve(document, notes=notes + document.notes)
