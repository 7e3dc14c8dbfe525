"""What the READMEs show is what happens."""

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import gxparse

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

READMES = ["README.md", "README.zh-CN.md"]
in_each = pytest.mark.parametrize("name", READMES)


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [block["text"] for block in BLOCK.finditer(text) if block["language"] == language]


@in_each
def test_the_python_gives_what_it_shows(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks(name, "python")), {}, name, name, 0)
    assert example.examples
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert not result.failed, "".join(report)


@in_each
def test_the_commands_print_what_they_show(name: str):
    shown = [block.removeprefix("$ gxparse ").partition("\n") for block in blocks(name, "console")]
    assert shown
    for command, _, output in shown:
        script = [Path(sys.executable).with_name("gxparse"), *command.split()]
        done = subprocess.run(script, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
        assert done.stdout + done.stderr == output


def test_the_commands_without_output_do_something(tmp_path: Path):
    report = gxparse.parse(ROOT / "examples" / "haiyan-archives-2023.txt")
    (tmp_path / "offices").mkdir()
    for stem, agency, year in (
        *(("2023", "海晏市档案局", 2023), ("2024", "海晏市档案局", 2024), ("county", "海晏市人民政府", 2023)),
        *(("offices/a", "海晏市档案局", 2023), ("offices/b", "海晏市教育局", 2023)),
    ):
        title = f"{agency}{year}年政府信息公开工作年度报告"
        made = gxparse.render(evolve(report, agency=agency, year=year, title=title), "docx")
        (tmp_path / f"{stem}.docx").write_bytes(made)
    lines = [line for block in blocks("README.md", "sh") for line in block.splitlines() if line.startswith("gxparse ")]
    assert {line.split()[1] for line in lines} == {"check", "parse", "render", "diff", "batch"}
    for line in lines:
        _, *arguments = shlex.split(line, comments=True)
        script = [Path(sys.executable).with_name("gxparse"), *arguments]
        done = subprocess.run(script, cwd=tmp_path, check=False, capture_output=True, encoding="utf-8")
        assert done.returncode in ((0, 1) if arguments[0] == "check" else (0,)), (line, done.stderr)
        assert done.stdout if "-o" not in arguments else (tmp_path / arguments[-1]).stat().st_size


def test_both_languages_show_the_same():
    english, chinese = (
        [
            re.sub(r"_(zh|en)$|--lang (zh|en)|#.*", "", line).rstrip()
            for language in ("sh", "python", "console")
            for block in blocks(each, language)
            for line in block.splitlines()
            if line.startswith((">>> ", "$ ", "gxparse ", "pip ", "make "))
        ]
        for each in READMES
    )
    assert english == chinese
