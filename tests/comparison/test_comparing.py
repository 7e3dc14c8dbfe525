"""The command ``gxparse diff``."""

from __future__ import annotations

import json

import pytest
from attrs import evolve
from click.testing import CliRunner

from gxparse.cli.commands import cli
from gxparse.records import Form
from gxparse.rendering import render
from gxparse.testing import zeros


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, year, agency, received in (
        ("2022.txt", 2022, "青石镇人民政府", 0),
        ("2023.txt", 2023, "青石镇人民政府", 7),
        ("other.txt", 2023, "白塔区教育局", 7),
    ):
        report = evolve(zeros(Form.F2021), agency=agency, year=year)
        text = render(report.replace({"requests.received.enterprise": received}))
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def run(*arguments, given=None):
    return CliRunner().invoke(cli, ["diff", *arguments], input=given)


def test_text(files):
    result = run("2022.txt", "2023.txt", "--lang", "zh")
    assert result.exit_code == 0
    assert "政府信息公开工作年度报告：2022 年与 2023 年对比" in result.stdout
    assert "+7" in result.stdout
    assert "规章" not in result.stdout
    assert "规章" in run("2022.txt", "2023.txt", "--all").stdout


def test_the_language(files):
    assert "swapped" in run("2023.txt", "2022.txt", "--lang", "en").stdout
    assert "对调" in run("2023.txt", "2022.txt", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("style", "beginning"), [("json", "{"), ("html", "<!DOCTYPE html>"), ("md", "# Annual"), ("text", "Annual")]
)
def test_formats_and_files(files, style, beginning):
    result = run("2022.txt", "2023.txt", "--format", style, "--lang", "en")
    assert result.stdout.startswith(beginning)
    written = run("2022.txt", "2023.txt", "--format", style, "--lang", "en", "-o", "out")
    assert (written.exit_code, written.stdout) == (0, "")
    assert (files / "out").read_text("utf-8") == result.stdout
    assert result.stdout.endswith("\n")


def test_json_with_what_did_not_change(files):
    assert "unchanged" not in json.loads(run("2022.txt", "2023.txt", "--format", "json").stdout)
    assert json.loads(run("2022.txt", "2023.txt", "--format", "json", "--all").stdout)["unchanged"]


def test_markdown_with_what_did_not_change(files):
    assert "规章" not in run("2022.txt", "2023.txt", "--format", "md").stdout
    assert "规章" in run("2022.txt", "2023.txt", "--format", "md", "--all").stdout


@pytest.mark.parametrize(
    ("names", "message"),
    [(("2023.txt", "2023.txt"), "都是 2023 年的"), (("2022.txt", "other.txt"), "不是同一机关的")],
)
def test_what_is_refused_is_bad_usage_unless_forced(files, names, message):
    result = run(*names)
    assert result.exit_code == 2
    assert message in result.stderr
    assert run(*names, "--force").exit_code == 0


def test_a_file_that_cannot_be_read(files):
    result = run("2022.txt", "none.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("none.txt: ")


def test_standard_input_is_one_report(files):
    text = (files / "2022.txt").read_bytes()
    assert run("-", "2023.txt", given=text).exit_code == 0
    assert run("2023.txt", "-", given=text).exit_code == 0
    assert run("-", "-", given=text).exit_code == 2


def test_a_file_that_cannot_be_written(files):
    result = run("2022.txt", "2023.txt", "-o", "none/out.html")
    assert result.exit_code == 2
    assert "无法写入" in result.stderr
