"""The command ``gxparse``. It needs the extra ``cli``; without it, it says so and ends with status 2."""

from __future__ import annotations

import sys
from importlib.util import find_spec

__all__ = ["main"]

_NEEDED = ("click", "rich")


def main() -> None:
    """The entry point of the console script."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        sys.stderr.write(
            f'gxparse: the command needs {" and ".join(missing)}; install with: pip install "gxparse[cli]"\n'
        )
        sys.exit(2)
    from gxparse.cli.commands import run  # noqa: PLC0415 - only after its imports are known to be there

    run()
