"""What several tests need."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest


@pytest.fixture
def soffice() -> Callable[[], str]:
    """Where LibreOffice is; the test is skipped where it is not installed, but fails in CI."""

    def find() -> str:
        program = shutil.which("soffice")
        if program is None and os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed: apt install libreoffice-writer-nogui")
        return program or pytest.skip("LibreOffice is not installed: apt install libreoffice-writer-nogui")

    return find
