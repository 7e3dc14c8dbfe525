"""LibreOffice, which makes ODT of what no library reads right; it runs without macros, and without the network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from gxparse.errors import SourceError
from gxparse.readers import limits

_SECONDS = 120
# No macros, no links followed, and for what would be fetched a proxy that does not answer.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", 0),
    ("Inet/Settings", "ooInetProxyType", 2),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", 9),
)


def _profile() -> str:
    """The settings as LibreOffice keeps them."""
    items = (
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{"".join(items)}</oor:items>'


def converted(data: bytes, suffix: str, reason: str = "") -> bytes:
    """The file as ODT, made by LibreOffice in a folder that is removed behind it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SourceError(
            f"读取此 {suffix.upper()} 文件需要 LibreOffice：请从 libreoffice.org 安装，或运行 "
            "apt install libreoffice-writer-nogui；也可用 Word 或 WPS 另存为 .docx。 "
            f"Reading this {suffix.upper()} file{f' ({reason})' * bool(reason)} needs LibreOffice: "
            "install it from libreoffice.org or by apt install libreoffice-writer-nogui; or save the file as .docx."
        )
    with TemporaryDirectory(prefix="gxparse-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target, user = folder / f"report.{suffix}", folder / "report.odt", folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_profile(), "utf-8")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={user.parent.as_uri()}"
        _run([program, profile, "--headless", "--norestore", "--convert-to", "odt", "--outdir", name, str(source)])
        if not target.is_file():
            raise SourceError(
                "LibreOffice 无法读取此文件，可能已损坏。 LibreOffice cannot read the file, which may be damaged."
            )
        limits.check("转换后的字节", "Bytes when converted", target.stat().st_size, limits.MAX_BYTES)
        return target.read_bytes()


def _run(command: Sequence[str]) -> None:
    """Runs a program and what it starts; all are ended when the time is up."""
    own_group = os.name == "posix"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=own_group) as process:  # noqa: S603
        try:
            process.wait(_SECONDS)
        except BaseException as error:
            with suppress(ProcessLookupError):
                if own_group:
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            raise SourceError(
                f"LibreOffice 在 {_SECONDS} 秒内未能读完此文件。 "
                f"LibreOffice did not read the file in {_SECONDS} seconds."
            ) from error
