"""What stands beside the tests: the example reports, LibreOffice and a browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


def example(suffix: str) -> Path:
    """The example report that stands there in every format."""
    return EXAMPLES / f"haiyan-archives-2023.{suffix}"


def soffice() -> str:
    """Where LibreOffice is; the test is skipped where it is not installed, but fails in CI."""
    program = shutil.which("soffice")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("LibreOffice is not installed: apt install libreoffice-writer-nogui")
    return program or pytest.skip("LibreOffice is not installed: apt install libreoffice-writer-nogui")


def chromium() -> str:
    """Where Chromium is; the test is skipped where it is not installed, but fails in CI."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("Chromium is not installed: apt install chromium")
    return program or pytest.skip("Chromium is not installed: apt install chromium")
