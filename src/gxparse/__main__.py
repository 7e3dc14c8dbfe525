"""``python -m gxparse`` is the command ``gxparse``."""

from __future__ import annotations

from gxparse.cli import main

if __name__ == "__main__":
    main()
