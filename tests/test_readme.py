"""What the READMEs show is what happens."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [block["text"] for block in BLOCK.finditer(text) if block["language"] == language]


def test_the_python_gives_what_it_shows(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks(name, "python")), {}, name, name, 0)
    assert example.examples
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert not result.failed, "".join(report)


def test_the_commands_print_what_they_show(name: str):
    shown = [block.removeprefix("$ gxparse ").partition("\n") for block in blocks(name, "console")]
    assert shown
    for command, _, output in shown:
        script = [Path(sys.executable).with_name("gxparse"), *command.split()]
        done = subprocess.run(script, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
        assert done.stdout + done.stderr == output
