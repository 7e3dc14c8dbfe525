"""What the command writes where: formats by the names of files, and places that cannot be written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import gxparse
from gxparse.cli import outputs
from gxparse.cli.commands import cli
from gxparse.cli.outputs import Output
from gxparse.messages import Language
from gxparse.serialise import from_json

REPORT = Path(__file__).parents[1] / "examples" / "haiyan-archives-2023.txt"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        result = CliRunner().invoke(cli, [*map(str, arguments), "--lang", "en"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


class TestFormat:
    @pytest.mark.parametrize(
        ("name", "target"),
        [
            ("r.html", "html"),
            ("r.htm", "html"),
            ("r.HTML", "html"),
            ("r.md", "markdown"),
            ("r.markdown", "markdown"),
            ("r.txt", "text"),
            ("r", "text"),
            ("r.2023", "text"),
        ],
    )
    def test_a_rendered_report_is_what_its_name_tells(self, run, tmp_path, name, target):
        assert run("render", REPORT, "-o", name).exit_code == 0
        assert (tmp_path / name).read_text("utf-8") == gxparse.render(gxparse.parse(REPORT), target)

    def test_a_word_file_is_one(self, run, tmp_path):
        assert run("render", REPORT, "-o", "r.docx").exit_code == 0
        assert (tmp_path / "r.docx").read_bytes().startswith(b"PK")
        assert gxparse.parse(tmp_path / "r.docx") == gxparse.parse(REPORT)

    def test_what_is_checked(self, run, tmp_path):
        for name in ("c.html", "c.json", "c.txt"):
            run("check", REPORT, "-o", name)
        assert (tmp_path / "c.html").read_text("utf-8").startswith("<!DOCTYPE html>")
        assert json.loads((tmp_path / "c.json").read_text("utf-8"))[0]["year"] == 2023
        assert (tmp_path / "c.txt").read_text("utf-8") == run("check", REPORT).stdout

    def test_what_is_parsed(self, run, tmp_path):
        for name in ("p.json", "p.txt"):
            assert run("parse", REPORT, "-o", name).stdout == ""
        assert from_json((tmp_path / "p.json").read_text("utf-8")) == gxparse.parse(REPORT)
        shown = run("parse", REPORT).stdout
        assert (tmp_path / "p.txt").read_text("utf-8") == shown
        assert run("parse", REPORT, "--format", "text").stdout == run("parse", REPORT, "--format", "table").stdout

    @pytest.mark.parametrize(
        "arguments",
        [
            ("render", "--to", "text", "-o", "r.docx"),
            ("render", "--to", "docx", "-o", "r.html"),
            ("render", "--to", "md", "-o", "r.txt"),
            ("check", "--format", "text", "-o", "c.html"),
            ("check", "--format", "html", "-o", "c.json"),
            ("parse", "--format", "table", "-o", "p.json"),
        ],
    )
    def test_a_name_that_tells_another_format_is_refused(self, run, tmp_path, arguments):
        command, *options = arguments
        result = run(command, REPORT, *options)
        assert result.exit_code == 2
        assert "change the name, or leave out the format option" in result.stderr
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("command", "name", "others"),
        [
            ("render", "r.pdf", ".txt .html .htm .md .markdown .docx"),
            ("render", "r.json", ".txt .html .htm .md .markdown .docx"),
            ("check", "c.docx", ".txt .json .html .htm"),
            ("check", "c.md", ".txt .json .html .htm"),
            ("parse", "p.html", ".txt .json"),
        ],
    )
    def test_so_is_that_of_a_format_which_is_not_written(self, run, tmp_path, command, name, others):
        result = run(command, REPORT, "-o", name)
        assert result.exit_code == 2
        assert f"one of these suffixes: {others}\n" in result.stderr
        assert list(tmp_path.iterdir()) == []

    def test_a_name_and_an_option_may_agree(self, run, tmp_path):
        assert run("render", REPORT, "--to", "md", "-o", "r.markdown").exit_code == 0
        assert run("parse", REPORT, "--format", "table", "-o", "r.txt").exit_code == 0

    def test_chinese(self):
        with pytest.raises(outputs.click.UsageError, match="请改文件名，或去掉格式选项"):
            Output.of(Path("r.docx"), "text", ("text", "docx"), (), Language.ZH)
        with pytest.raises(outputs.click.UsageError, match=r"扩展名改为以下之一：\.txt"):
            Output.of(Path("r.pdf"), None, ("text",), (), Language.ZH)

    def test_a_word_file_is_not_for_a_terminal(self, monkeypatch):
        monkeypatch.setattr(outputs.sys.stdout, "isatty", lambda: True)
        with pytest.raises(outputs.click.UsageError, match="--output"):
            Output.of(None, "docx", ("text", "docx"), (), Language.ZH)
        assert Output.of(None, "html", ("text", "html"), (), Language.ZH).format == "html"


class TestPlace:
    @pytest.mark.parametrize("command", [("parse",), ("render",), ("check",), ("diff", REPORT)])
    def test_a_folder_that_is_not_there_is_said_before_anything_is_read(self, run, command, monkeypatch):
        monkeypatch.setattr(gxparse, "parse", lambda source: pytest.fail(f"{source} is read"))
        result = run(*command, REPORT, "-o", "nowhere/r.txt")
        assert result.exit_code == 2
        assert result.stderr == f"Error: {Path('nowhere/r.txt')} cannot be written: there is no such folder\n"

    @pytest.mark.parametrize("command", ["parse", "render", "check"])
    def test_a_file_that_cannot_be_written_is_said(self, run, command, monkeypatch):
        monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(PermissionError(13, "denied")))
        result = run(command, REPORT, "-o", "r.txt")
        assert result.exit_code == 2
        assert "r.txt cannot be written: denied" in result.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
    def test_so_is_a_full_disk(self):
        with Path("/dev/full").open("w") as full:
            command = [sys.executable, "-m", "gxparse", "render", str(REPORT), "--lang", "en"]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith(b"Error: the standard output cannot be written: No space left")

    def test_a_reader_that_has_read_enough_is_nothing_to_complain_of(self):
        command = [sys.executable, "-m", "gxparse", "render", str(REPORT), "--to", "html"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            assert process.stderr.read() == b""

    @pytest.mark.parametrize("command", [("parse",), ("render",), ("check",), ("diff", REPORT, "--force")])
    def test_the_report_itself_is_not_written_over(self, run, tmp_path, command):
        text = REPORT.read_text("utf-8")
        (tmp_path / "r.txt").write_text(text, "utf-8")
        result = run(*command, "r.txt", "-o", "r.txt")
        assert result.exit_code == 2
        assert "not written over" in result.stderr
        assert (tmp_path / "r.txt").read_text("utf-8") == text
