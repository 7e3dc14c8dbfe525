"""With what the command ends."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitStatus", "explained"]


class ExitStatus(IntEnum):
    """The exit status; where several apply, the highest is meant."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3


_USAGE = "usage, or the output cannot be written 用法有误，或无法写入"
_UNREADABLE = "something could not be read 有文件无法读取"


def explained(clean: str, findings: str | None = None, *, usage: str = _USAGE, unreadable: str = _UNREADABLE) -> str:
    """What the help of a command says of its exit status."""
    said = enumerate((clean, findings, usage, unreadable))
    lines = "\n".join(f"  {status}  {meaning}" for status, meaning in said if meaning)
    return f"\n\n\b\nExit status 退出状态:\n{lines}\n"
