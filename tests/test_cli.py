"""The command ``gxparse``, run as a user runs it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

import gxparse
import gxparse.rules.validation
from gxparse import messages, rules
from gxparse._terminal import align, pad, printable, width
from gxparse.cli import commands, console, main, sources
from gxparse.cli.commands import cli
from gxparse.cli.console import Language, finding_line
from gxparse.document import Location
from gxparse.errors import NotAReportError, RenderError, SourceError
from gxparse.findings import Finding
from gxparse.own import CHECK_PAGE, DIFF_PAGE
from gxparse.records import Form, OtherTable
from gxparse.rendering import STYLES
from gxparse.rules import cells, sums
from gxparse.rules import parts as against_parts
from gxparse.rules import previous as against_last_year
from gxparse.serialise import from_json, to_json
from gxparse.testing import printed, zeros

EXAMPLES = Path(__file__).parents[1] / "examples"
SOUND = evolve(zeros(), agency="石人镇", year=2023, form=Form.F2021)
WRONG = printed(SOUND.replace({"proceedings.reconsideration.total": 3}), {"requests.received.total": "/"})
LOST = Finding("GX003", "requests", "行的界限丢失", "row boundaries lost", location=Location(line=4, column=2))


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A folder of files that a stand-in for the parser reads by their names."""
    monkeypatch.chdir(tmp_path)
    for name in ("sound.txt", "wrong.txt", "lost.txt", "letter.txt", "broken.txt", ".hidden.txt", "b/sound.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(path.stem, encoding="utf-8")
    reports = {
        "sound": SOUND,
        "before": evolve(SOUND, year=2022).replace({"requests.carried_out.total": 5}),
        "part": evolve(SOUND, agency="甲村"),
        "other": evolve(SOUND, year=2022, agency="甲县教育局"),
        "wrong": WRONG,
        "lost": evolve(SOUND, findings=(LOST,)),
    }

    def parse(source):
        try:
            stem = source.decode() if isinstance(source, bytes) else source.read_text("utf-8")
        except OSError as error:
            raise SourceError(f"cannot be read: {error.strerror}") from error
        if stem == "letter":
            raise NotAReportError("a letter")
        if stem not in reports:
            raise SourceError("broken\nfile")
        return reports[stem]

    monkeypatch.setattr(gxparse, "parse", parse)
    # What the reports above are without, such as a text, is no matter here.
    chosen = (*cells.RULES, *sums.RULES, *against_last_year.RULES, *against_parts.RULES)
    monkeypatch.setattr(rules.validation, "RULES", chosen)
    return tmp_path


@pytest.fixture
def run():
    """Run the command line and get what it wrote and with what it ended."""

    def run(*arguments, **options):
        result = CliRunner().invoke(cli, [str(each) for each in arguments], **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


class TestParse:
    def test_json_is_the_report(self, files, run):
        result = run("parse", "wrong.txt", "--format", "json")
        report = from_json(result.stdout)
        assert (report, report.sources) == (WRONG, WRONG.sources)
        assert result.exit_code == 0

    def test_tables_show_every_cell(self, files, run):
        lines = run("parse", "wrong.txt", "--lang", "zh").stdout.splitlines()
        assert "机关      石人镇" in lines
        assert "三、收到和处理政府信息公开申请情况" in lines
        reconsideration = next(line for line in lines if line.startswith("行政复议"))
        assert reconsideration.split() == ["行政复议", "0", "0", "0", "0", "3"]
        received = next(line for line in lines if line.startswith("一、本年新收"))
        assert received.split()[1:] == ["0", "0", "0", "0", "0", "0", "/"]
        fees = next(line for line in lines if line.startswith("行政事业性收费"))
        assert fees.split()[1:] == ["0", "万元"]

    def test_every_row_of_a_form_is_shown_once(self, files, run):
        lines = [line.strip() for line in run("parse", "sound.txt", "--lang", "zh").stdout.splitlines()]
        assert sum(line.startswith("1.属于国家秘密") for line in lines) == 1
        assert sum(line.startswith("（三）不予公开") for line in lines) == 1

    def test_columns_are_aligned_for_wide_characters(self, files, run):
        lines = run("parse", "sound.txt", "--lang", "zh").stdout.splitlines()
        start = lines.index("四、政府信息公开行政复议、行政诉讼情况")
        assert len({width(line) for line in lines[start + 1 : start + 5]}) == 1

    def test_english_shows_the_names_of_the_fields(self, files, run):
        lines = run("parse", "sound.txt", "--lang", "en").stdout.splitlines()
        assert "agency     石人镇" in lines
        assert any(line.split() == ["endangers_security_or_stability", *"0000000"] for line in lines)

    def test_nothing_is_cut_off(self, files, run):
        text = run("parse", "sound.txt", "--lang", "zh", terminal_width=40).stdout
        assert "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请" in text
        assert "…" not in text

    def test_a_second_table_of_a_kind_is_shown_under_its_caption(self, files, run, monkeypatch):
        other = OtherTable("全区", zeros().proceedings)
        monkeypatch.setattr(gxparse, "parse", lambda source: evolve(SOUND, other_tables=(other,)))
        text = run("parse", "sound.txt", "--lang", "zh").stdout
        assert "四、政府信息公开行政复议、行政诉讼情况（全区）" in text
        assert text.count("复议后起诉") == 2
        assert text.count("一、本年新收政府信息公开申请数量") == 1

    def test_an_error_of_the_parser_is_status_1(self, files, run):
        result = run("parse", "lost.txt", "--lang", "zh")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[-2:] == [
            "读取时发现的问题",
            "lost.txt:4:2: GX003 error requests: 行的界限丢失",
        ]
        assert "读取      1 个错误，0 个警告，0 个提示" in result.stdout
        assert result.stderr == "lost.txt: 读取时发现 1 个错误，0 个警告，0 个提示\n"

    def test_json_too_is_followed_by_a_word_on_what_was_found(self, files, run):
        result = run("parse", "lost.txt", "--format", "json", "--lang", "en")
        assert from_json(result.stdout).findings == (LOST,)
        assert result.stderr == "lost.txt: while reading: 1 error, 0 warnings, 0 notes\n"

    def test_where_nothing_was_found_only_the_summary_says_so(self, files, run):
        result = run("parse", "sound.txt", "--lang", "en")
        assert result.stderr == ""
        assert "reading    nothing found" in result.stdout
        assert "读取      没有发现问题" in run("parse", "sound.txt", "--lang", "zh").stdout
        assert "while reading" not in result.stdout

    @pytest.mark.parametrize("name", ["letter.txt", "broken.txt", "nowhere.txt"])
    def test_what_cannot_be_read_is_status_3(self, files, run, name):
        result = run("parse", name)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith(f"{name}: ")
        assert result.stderr.count("\n") == 1

    @pytest.mark.parametrize(("language", "said"), [("zh", "没有这个文件。"), ("en", "There is no such file.")])
    def test_a_file_that_is_not_there_is_named_once(self, files, run, language, said):
        for command in (("parse",), ("render",), ("check",)):
            assert run(*command, "nowhere.txt", "--lang", language).stderr.splitlines()[0] == f"nowhere.txt: {said}"
        assert run("parse", "a" * 400, "--lang", language).stderr == f"{'a' * 400}: {said}\n"

    @pytest.mark.parametrize(
        ("language", "said"), [("zh", "这是文件夹，请给出文件。"), ("en", "This is a folder; name a file.")]
    )
    def test_nor_is_a_folder_a_report(self, files, run, language, said):
        result = run("parse", "b", "--lang", language)
        assert (result.exit_code, result.stderr) == (3, f"b: {said}\n")

    def test_what_cannot_be_read_is_told_in_the_language(self, files, run, monkeypatch):
        def parse(_):
            raise SourceError("已加密。 It is encrypted.")

        monkeypatch.setattr(gxparse, "parse", parse)
        for command in (["parse"], ["render"], ["check"], ["check", "b", "--previous"], ["check", "b", "--parts"]):
            for language, said in (("zh", "已加密。"), ("en", "It is encrypted.")):
                lines = run(*command, "sound.txt", "--lang", language).stderr.splitlines()
                assert lines[0] == f"sound.txt: {said}"
        page = run("check", "sound.txt", "--format", "html", "--lang", "en").stdout
        assert "It is encrypted." in page
        assert "已加密" not in page
        (data,) = json.loads(run("check", "sound.txt", "--format", "json", "--lang", "en").stdout)
        assert data["problem"] == "已加密。 It is encrypted."

    def test_standard_input(self, files, run):
        assert from_json(run("parse", "-", "--format", "json", input="sound").stdout) == SOUND


class TestRender:
    def test_text_goes_to_standard_output_in_a_style(self, run):
        report = gxparse.parse(EXAMPLES / "haiyan-archives-2023.txt")
        result = run("render", EXAMPLES / "haiyan-archives-2023.html", "--style", "| rows |")
        assert (result.exit_code, gxparse.parse_text(result.stdout)) == (0, report)

    @pytest.mark.parametrize("target", ["html", "docx"])
    def test_a_file_is_written(self, run, tmp_path, target):
        written = tmp_path / "report"
        result = run("render", EXAMPLES / "haiyan-archives-2023.txt", "--to", target, "-o", written)
        assert (result.exit_code, result.stdout) == (0, "")
        assert gxparse.parse(written) == gxparse.parse(EXAMPLES / "haiyan-archives-2023.txt")

    @pytest.mark.parametrize(("language", "said"), [("zh", "没有“rows”这种版式"), ("en", "there is no style 'rows'")])
    def test_an_unknown_style_is_bad_usage_and_the_styles_are_named_one_a_line(self, run, language, said):
        result = run("render", EXAMPLES / "haiyan-archives-2023.txt", "--style", "rows", "--lang", language)
        assert result.exit_code == 2
        assert said in result.stderr
        assert result.stderr.splitlines()[-len(STYLES) :] == [f"  {name}" for name in STYLES]
        assert result.stderr.count("boxes with rules") == 1

    def test_the_styles_are_listed_without_a_report(self, run):
        result = run("render", "--style", "list")
        assert (result.exit_code, result.stdout.splitlines()) == (0, list(STYLES))
        assert "--style list" in run("render", "--help").stdout

    def test_only_text_has_a_style(self, run):
        result = run("render", EXAMPLES / "haiyan-archives-2023.txt", "--style", "rows |", "--to", "md", "--lang", "en")
        assert result.exit_code == 2
        assert "only text has a style" in result.stderr

    @pytest.mark.parametrize("options", [("--to", "markdown"), ("--to", "md"), ("--format", "markdown")])
    def test_markdown_has_two_names_and_so_has_the_option(self, run, options):
        report = EXAMPLES / "haiyan-archives-2023.txt"
        written = gxparse.render(gxparse.parse(report), "markdown")
        assert run("render", report, *options).stdout == written

    def test_a_missing_extra_is_no_wrong_usage(self, files, run, monkeypatch):
        def render(*_, **__):
            raise RenderError('缺组件：pip install "x" An extra is missing: pip install "x"')

        monkeypatch.setattr(gxparse, "render", render)
        result = run("render", "sound.txt", "--to", "docx", "--lang", "en")
        assert (result.exit_code, result.stderr) == (2, 'Error: An extra is missing: pip install "x"\n')
        assert "缺组件" in run("render", "sound.txt", "--to", "docx", "--lang", "zh").stderr

    def test_that_something_was_not_read_is_told(self, files, run):
        result = run("render", "lost.txt", "--lang", "en")
        assert result.exit_code == 1
        assert result.stderr.startswith("lost.txt: while reading: 1 error, 0 warnings, 0 notes; a cell whose number")
        assert "没有读出数值的单元格" in run("render", "lost.txt", "--lang", "zh").stderr

    def test_what_is_printed_in_place_of_a_number_is_copied_and_the_rest_blank(self, files, run):
        """As the word on what was not read says."""
        rows = run("render", "wrong.txt", "--style", "rows |").stdout.splitlines()
        assert next(row for row in rows if row.startswith("一、本年新收")).split(" | ")[-1] == "/ |"

    def test_what_cannot_be_read_is_told(self, files, run):
        result = run("render", "letter.txt", "--to", "html")
        assert (result.exit_code, result.stdout) == (3, "")
        assert "a letter" in result.stderr


class TestCheck:
    def test_a_sound_report(self, files, run):
        result = run("check", "sound.txt", "--lang", "en")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "1 report: 0 errors, 0 warnings, 0 notes\n"

    def test_a_line_for_each_finding(self, files, run):
        result = run("check", "wrong.txt", "--lang", "en")
        assert result.exit_code == 1
        first, second = result.stdout.splitlines()
        assert first == (
            "wrong.txt:1: GX203 warning requests.received.total [一、本年新收政府信息公开申请数量 · 总计]: "
            "the cell is filled with “/”; write 0 where there is nothing to report"
        )
        assert second.startswith(
            "wrong.txt: GX304 error proceedings.reconsideration.total [行政复议 · 总计]: expected 0, found 3 → "
        )
        assert result.stderr == "1 report: 1 error, 1 warning, 0 notes\n"

    def test_chinese(self, files, run):
        result = run("check", "wrong.txt", "--lang", "zh")
        assert "GX304 error proceedings.reconsideration.total [行政复议 · 总计]: 应为 0，实为 3" in result.stdout
        assert result.stderr == "1 份报告：1 个错误，1 个警告，0 个提示\n"

    def test_warnings_alone_are_status_0(self, files, run):
        assert run("check", "wrong.txt", "--ignore", "GX3").exit_code == 0

    @pytest.mark.parametrize(
        ("options", "codes"),
        [
            (["--select", "GX3"], ["GX304"]),
            (["--select", " gx3"], ["GX304"]),
            (["--select", "GX2,GX3"], ["GX203", "GX304"]),
            (["--select", "GX2", "--select", "GX304"], ["GX203", "GX304"]),
            (["--ignore", "GX304"], ["GX203"]),
            (["--select", "GX2", "--ignore", "GX203"], []),
        ],
    )
    def test_codes_can_be_chosen(self, files, run, options, codes):
        lines = run("check", "wrong.txt", *options).stdout.splitlines()
        assert [code for line in lines for code in ("GX203", "GX304") if code in line] == codes

    def test_folders_are_searched_in_order_and_other_files_in_them_skipped(self, files, run):
        (files / "broken.txt").unlink()
        result = run("check", ".", "--format", "json", "--lang", "en")
        assert [each["file"] for each in json.loads(result.stdout)] == [
            "letter.txt",
            "lost.txt",
            "sound.txt",
            "wrong.txt",
            str(Path("b", "sound.txt")),
        ]
        assert result.exit_code == 1
        assert "letter.txt: a letter" in result.stderr
        assert result.stderr.splitlines()[-1] == "4 reports: 2 errors, 1 warning, 0 notes; 1 other file skipped"

    def test_a_file_that_is_named_is_not_skipped(self, files, run):
        result = run("check", "letter.txt", "sound.txt", "--lang", "en")
        assert result.exit_code == 3
        assert result.stderr.splitlines()[-1] == "1 report: 0 errors, 0 warnings, 0 notes; 1 file could not be read"

    def test_what_cannot_be_read_outweighs_findings_and_stops_nothing(self, files, run):
        result = run("check", "nowhere.txt", ".", "--lang", "en")
        assert result.exit_code == 3
        assert "broken.txt: broken file" in result.stderr
        assert "wrong.txt:1: GX203" in result.stdout

    def test_json_says_all_of_every_file(self, files, run):
        wrong, broken = json.loads(run("check", "wrong.txt", "broken.txt", "--format", "json").stdout)
        assert (wrong["agency"], wrong["year"], wrong["form"], wrong["ok"]) == ("石人镇", 2023, "2021", False)
        assert [finding["code"] for finding in wrong["findings"]] == ["GX203", "GX304"]
        assert (broken["ok"], broken["problem"], broken["findings"]) == (False, "broken\nfile", [])

    def test_standard_input(self, files, run):
        assert run("check", "-", input="wrong").stdout.startswith("-:1: GX203")

    def test_json_names_the_report_of_last_year(self, files, run):
        (files / "old").mkdir()
        (files / "old/before.txt").write_text("before")
        result = run("check", "sound.txt", "--previous", "old", "--format", "json")
        (sound,) = json.loads(result.stdout)
        assert sound["previous"] == str(Path("old", "before.txt"))
        assert sound["counts"]["error"] == len([each for each in sound["findings"] if each["severity"] == "error"])

    def test_many_files_make_no_difference_where_nobody_watches(self, files, run):
        for number in range(30):
            (files / f"b/sound{number}.txt").write_text("sound")
        result = run("check", "b", "--lang", "en")
        assert result.stderr.splitlines()[-1] == "31 reports: 0 errors, 0 warnings, 0 notes"
        assert result.stdout == ""

    def test_several_reports_of_one_agency_and_year_are_named(self, files, run):
        said = f"several reports of one agency and year: 石人镇 2023 (sound.txt, {Path('b', 'sound.txt')})\n"
        assert said in run("check", "sound.txt", "b", "--lang", "en").stderr
        assert "同一机关同一年度有多份报告" in run("check", "sound.txt", "b", "--lang", "zh").stderr

    def test_those_of_other_years_or_agencies_or_of_none_are_not(self, files, run, monkeypatch):
        for name in ("before", "part", "other"):
            (files / f"b/{name}.txt").write_text(name)
        assert "several" not in run("check", "b", "--lang", "en").stderr
        monkeypatch.setattr(gxparse, "parse", lambda source: evolve(SOUND, year=None))
        assert "several" not in run("check", "b", "--lang", "en").stderr

    def test_many_of_them_are_counted(self, files, run, monkeypatch):
        for number in range(12):
            (files / f"b/{number}.txt").write_text(str(number))
        (files / "b/sound.txt").unlink()
        monkeypatch.setattr(gxparse, "parse", lambda source: evolve(SOUND, year=2000 + int(source.stem) // 2))
        (line,) = [line for line in run("check", "b", "--lang", "en").stderr.splitlines() if "several" in line]
        assert line.count("石人镇") == 5
        assert line.endswith("; … (6)")


class TestBeside:
    @pytest.fixture(autouse=True)
    def _years(self, files):
        for name in ("old/before.txt", "old/other.txt", "old/letter.txt", "one/before.txt"):
            (files / name).parent.mkdir(exist_ok=True)
            (files / name).write_text(Path(name).stem)

    def test_last_years_report(self, run):
        result = run("check", "sound.txt", "--previous", "one/before.txt", "--lang", "en")
        assert "GX501 error requests.carried_in.total" in result.stdout
        assert result.exit_code == 1

    def test_is_found_in_a_folder_by_agency_and_year(self, run):
        result = run("check", "sound.txt", "b", "--previous", "old", "--lang", "en")
        assert result.stdout.count("GX501 error") == 2
        assert result.stderr.splitlines()[-1] == "2 reports: 2 errors, 0 warnings, 0 notes"

    @pytest.mark.parametrize(("text", "said"), [("other", "no report of this agency"), ("before", "2 reports may be")])
    def test_none_or_more_than_one_is_said_and_nothing_compared(self, files, run, text, said):
        (files / "old/before.txt").write_text(text)
        (files / "old/third.txt").write_text(text)
        result = run("check", "sound.txt", "--previous", "old", "--lang", "en")
        assert said in result.stderr
        assert result.stdout == ""
        assert result.exit_code == 3

    def test_data_say_too_that_nothing_was_compared(self, run):
        (sound,) = json.loads(run("check", "sound.txt", "--previous", "b", "--format", "json").stdout)
        assert sound["previous"] is None
        assert "no report of this agency" in sound["previous_problem"]
        (sound,) = json.loads(run("check", "sound.txt", "--previous", "one", "--format", "json").stdout)
        assert sound["previous_problem"] is None
        (sound,) = json.loads(run("check", "sound.txt", "--format", "json").stdout)
        assert (sound["previous"], sound["previous_problem"]) == (None, None)

    def test_without_year_or_agency_none_is_found(self, run, monkeypatch):
        parse = gxparse.parse
        monkeypatch.setattr(gxparse, "parse", lambda source: evolve(parse(source), year=None))
        assert "no report of this agency" in run("check", "sound.txt", "--previous", "old", "--lang", "en").stderr

    def test_a_name_that_leaves_out_the_divisions_above_is_of_the_same_agency(self, run, monkeypatch):
        reports = {
            "sound": evolve(SOUND, agency="淮安市洪泽区人民政府"),
            "before": evolve(SOUND, agency="洪泽区人民政府", year=2022),
        }
        monkeypatch.setattr(gxparse, "parse", lambda source: reports[source.stem])
        assert "no report" not in run("check", "sound.txt", "--previous", "one", "--lang", "en").stderr

    def test_parts(self, files, run):
        (files / "one/before.txt").write_text("part")
        (files / "one/letter.txt").write_text("letter")
        result = run("check", "wrong.txt", "--parts", "one", "--select", "GX601", "--lang", "en")
        assert "GX601 error proceedings.reconsideration.total" in result.stdout

    def test_the_report_itself_is_none_of_its_parts(self, files, run):
        (files / "one/whole.txt").write_text("wrong")
        alone = run("check", "one/whole.txt", "--parts", "one", "--lang", "en", "--format", "json")
        named = run("check", "one/whole.txt", "--parts", "one/before.txt", "--lang", "en", "--format", "json")
        assert alone.stdout == named.stdout

    @pytest.mark.parametrize("option", ["--previous", "--parts"])
    @pytest.mark.parametrize("name", ["broken.txt", "letter.txt", "nowhere.txt"])
    def test_what_cannot_be_read_ends_it(self, run, option, name):
        result = run("check", "sound.txt", option, name)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith(f"{name}: ")

    def test_a_broken_file_in_the_folder_of_last_year_stops_nothing(self, files, run):
        (files / "old/broken.txt").write_text("broken")
        result = run("check", "sound.txt", "--previous", "old", "--lang", "en")
        assert "GX501 error requests.carried_in.total" in result.stdout
        assert result.stderr.startswith(f"{Path('old', 'broken.txt')}: broken file\n")
        assert result.exit_code == 3

    def test_without_one_of_the_parts_their_sum_is_not_checked(self, files, run):
        (files / "old/broken.txt").write_text("broken")
        result = run("check", "wrong.txt", "--parts", "old", "--lang", "en")
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith(f"{Path('old', 'broken.txt')}: broken file")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["sound.txt", "wrong.txt", "--previous", "one/before.txt"], "a folder"),
            (["sound.txt", "wrong.txt", "--parts", "one"], "one report"),
            (["sound.txt", "--parts", "empty"], "no report"),
            (["sound.txt", "--parts", "sound.txt"], "no report"),
        ],
    )
    def test_what_does_not_go_together(self, files, run, arguments, said):
        (files / "empty").mkdir()
        result = run("check", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr


class TestOutputFile:
    def test_a_page_of_one_report(self, files, run):
        result = run("check", "wrong.txt", "--format", "html", "-o", "check.html", "--lang", "en")
        text = (files / "check.html").read_text("utf-8")
        assert (result.exit_code, result.stdout) == (1, "")
        assert 'href="#proceedings.reconsideration.total"' in text
        assert '<html lang="en">' in text

    def test_a_page_of_several_has_a_table_of_all(self, files, run):
        text = run("check", "wrong.txt", "broken.txt", "b", "letter.txt", "--format", "html").stdout
        assert all(name in text for name in ("wrong.txt", "broken.txt", str(Path("b", "sound.txt")), "a letter"))
        assert 'href="#r1-report"' in text

    def test_what_is_no_report_and_only_lies_in_a_folder_is_in_no_page(self, files, run):
        assert "letter.txt" not in run("check", ".", "--format", "html").stdout

    def test_pages_of_gxparse_in_a_folder_are_passed_over(self, files, run):
        for name, mark in (("check.html", CHECK_PAGE), ("diff.HTM", DIFF_PAGE)):
            (files / "b" / name).write_text(f"<!DOCTYPE html>{mark}", "utf-8")
        assert [source.name for source in sources.walk(["b"])] == [str(Path("b", "sound.txt"))]
        assert [source.name for source in sources.walk(["b/check.html"])] == ["b/check.html"]

    def test_its_pages_are_never_read_as_reports(self, files, run):
        first = run("check", ".", "--format", "html", "-o", "check.html")
        assert run("check", ".", "--format", "html", "-o", "check.html").stderr == first.stderr
        assert CHECK_PAGE in (files / "check.html").read_text("utf-8")
        assert "check.html" not in (files / "check.html").read_text("utf-8")

    @pytest.mark.parametrize("style", ["text", "json"])
    def test_text_and_data(self, files, run, style):
        shown = run("check", "wrong.txt", "sound.txt", "--format", style).stdout
        result = run("check", "wrong.txt", "sound.txt", "--format", style, "-o", "out")
        assert (files / "out").read_text("utf-8") == shown
        assert result.stdout == ""

    @pytest.mark.parametrize("output", ["wrong.txt", "b/../wrong.txt", "old.txt", "b/sound.txt"])
    def test_no_source_is_written_over(self, files, run, output):
        (files / "old.txt").write_text("before")
        result = run("check", "wrong.txt", "--previous", "old.txt", "--parts", "b", "-o", output, "--lang", "en")
        assert result.exit_code == 2
        assert "not written over" in result.stderr
        assert (files / output).read_text() == {"old": "before"}.get(Path(output).stem, Path(output).stem)

    def test_a_place_that_cannot_be_written_is_bad_usage(self, files, run):
        result = run("check", "sound.txt", "-o", "nowhere/out.txt", "--lang", "en")
        assert result.exit_code == 2
        assert "cannot be written" in result.stderr
        assert "Usage" not in result.stderr

    def test_that_a_folder_is_missing_is_said_before_anything_is_read(self, files, run, monkeypatch):
        monkeypatch.setattr(gxparse, "parse", lambda source: pytest.fail(f"{source} is read"))
        assert "no such folder" in run("check", "sound.txt", "-o", "nowhere/out.txt", "--lang", "en").stderr

    def test_a_file_that_cannot_be_written_is_bad_usage(self, files, run, monkeypatch):
        monkeypatch.setattr(Path, "write_bytes", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "denied")))
        result = run("check", "sound.txt", "-o", "out.txt")
        assert result.exit_code == 2
        assert "denied" in result.stderr


class TestUsage:
    @pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["parse", "--help"], ["check", "--help"]])
    def test_help_has_examples_and_the_exit_status(self, run, arguments):
        result = run(*arguments)
        assert result.exit_code == 0
        assert "  gxparse " in result.stdout.split("Examples")[1]
        assert "could not be read" in result.stdout

    @pytest.mark.parametrize(
        ("command", "clean", "findings"),
        [
            ("parse", "nothing wrong was found while reading", "while reading: some values may not be there"),
            ("render", "the report was written", "so it was, but findings"),
            ("check", "no report has an error", "a report has errors"),
        ],
    )
    def test_the_help_of_each_says_what_its_exit_status_means(self, run, command, clean, findings):
        lines = run(command, "--help").stdout.split("Exit status")[1].splitlines()
        assert lines[1].startswith(f"    0  {clean}")
        assert lines[2].startswith("    1  ")
        assert findings in lines[2]

    def test_comparing_never_ends_with_1(self, run):
        assert "    1  " not in run("diff", "--help").stdout

    def test_version(self, run):
        assert run("--version").stdout.startswith("gxparse, version ")

    @pytest.mark.parametrize(
        "arguments",
        [
            ["parse"],
            ["check"],
            ["chek", "a"],
            ["parse", "a", "--format", "xml"],
            ["check", "a", "--lang", "fr"],
            ["check", "a", "--select", "GX9"],
            ["check", "a", "--ignore", ""],
        ],
    )
    def test_wrong_usage_is_status_2(self, files, run, arguments):
        assert run(*arguments).exit_code == 2

    def test_so_is_a_folder_without_files(self, files, run):
        (files / "empty").mkdir()
        result = run("check", "empty")
        assert result.exit_code == 2
        assert "no file" in result.stderr

    @pytest.mark.parametrize("missing", [["click"], ["rich"], ["click", "rich"]])
    def test_without_the_extra_the_command_says_what_to_install(self, missing, monkeypatch, capsys):
        monkeypatch.setattr("gxparse.cli.find_spec", lambda name: None if name in missing else name)
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        assert 'pip install "gxparse[cli]"' in capsys.readouterr().err


class TestLanguage:
    @pytest.mark.parametrize(
        ("variables", "expected"),
        [
            ({"LANG": "zh_CN.UTF-8"}, Language.ZH),
            ({"LANG": "en_US.UTF-8"}, Language.EN),
            ({"LANG": "C.UTF-8"}, Language.ZH),
            ({"LANG": "de_DE.UTF-8"}, Language.ZH),
            ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, Language.EN),
            ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, Language.ZH),
        ],
    )
    def test_follows_the_locale(self, variables, expected, monkeypatch):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert Language.of_locale() is expected

    @pytest.mark.parametrize(
        ("name", "expected"), [("English_United States", "en"), ("Chinese_China", "zh"), (None, "zh")]
    )
    def test_follows_windows_too(self, name, expected, monkeypatch):
        for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setattr(messages.locale, "getlocale", lambda: (name, None))
        assert Language.of_locale() == expected


class TestOutput:
    def test_a_place_without_line_stands_behind_the_path(self):
        finding = Finding("GX201", "requests.received", "空白", "blank", location=Location(table=2, row=4))
        line = finding_line("a.docx", finding, Language.EN)
        assert line == "a.docx: GX201 warning requests.received (table 2, row 4): blank"

    def test_a_finding_of_no_place(self):
        finding = Finding("GX007", "", "编码系推测", "encoding guessed", suggestion="UTF-8")
        assert finding_line("a", finding, Language.ZH) == "a: GX007 info report: 编码系推测 → UTF-8"

    def test_others_that_say_the_same_are_named_behind_it(self):
        notes = [Finding("GX009", "", "略去", "left out", location=Location(page=page)) for page in (1, 2, 3)]
        assert finding_line("a", notes[0], Language.EN, notes[1:]) == (
            "a: GX009 info report (page 1): left out [also page 2; page 3 (2 places)]"
        )

    def test_texts_cannot_command_the_terminal_nor_break_the_line(self):
        finding = Finding("GX202", "", "a\nb", "a\r\n\x1b[31mb\u202e")
        line = finding_line("x\x1b[2J", finding, Language.EN)
        assert line == "x\\x1b[2J: GX202 error report: a  \\x1b[31mb\\u202e"

    def test_colours_are_for_terminals(self, monkeypatch):
        monkeypatch.setattr(console, "is_terminal", lambda: True)
        assert "\x1b[31merror\x1b[0m" in finding_line("a", LOST, Language.EN)
        monkeypatch.setattr(console, "is_terminal", lambda: False)
        assert "\x1b" not in finding_line("a", LOST, Language.EN)

    def test_a_terminal_gets_drawn_tables(self, files, run, monkeypatch):
        monkeypatch.setattr(commands.tables, "is_terminal", lambda: True)
        text = run("parse", "sound.txt", "--lang", "zh").stdout
        assert "─" in text
        assert "复议后起诉" in text

    @pytest.mark.parametrize(("variables", "expected"), [({}, True), ({"NO_COLOR": "1"}, False)])
    def test_no_color_is_respected(self, variables, expected, monkeypatch):
        class Terminal(io.StringIO):
            def isatty(self):
                return True

        monkeypatch.delenv("NO_COLOR", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdout", Terminal())
        assert console.is_terminal() is expected

    def test_a_bar_is_drawn_where_somebody_waits(self, monkeypatch):
        class Terminal(io.StringIO):
            def isatty(self):
                return True

        monkeypatch.setattr(sys, "stderr", terminal := Terminal())
        with console.tracked(range(50), "checking") as items:
            assert list(items) == list(range(50))
        assert "checking" in terminal.getvalue()

    def test_a_folder_that_cannot_be_listed_is_said(self, files, monkeypatch):
        def denied(folder, onerror):
            onerror(PermissionError(13, "Permission denied", folder))
            return iter(())

        monkeypatch.setattr(sources.os, "walk", denied)
        assert list(sources.walk(["b"])) == [sources.Source("b")]


class TestText:
    def test_width(self):
        assert [width(text) for text in ("", "ab", "规章", "１", "e\u0301", "a\u200b")] == [0, 2, 4, 2, 1, 1]

    def test_pad(self):
        assert pad("规", 4) == "规  "
        assert pad("规", 4, right=True) == "  规"

    def test_rows_may_be_of_different_length(self):
        assert align([["a"], ["bb", "c", "d"], []]) == ["a", "bb  c  d", ""]

    def test_printable_keeps_what_can_be_printed(self):
        assert printable("（六）其他 abc\u3000d") == "（六）其他 abc d"


def process(*arguments, **options):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "gxparse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment, check=False, **options)


class TestProcess:
    """The real parser, in a process of its own, under a locale that knows no Chinese."""

    def test_output_is_utf8_whatever_the_locale(self):
        done = process("parse", EXAMPLES / "yunling-water-2022.txt")
        assert "云岭县水务局" in done.stdout.decode("utf-8")
        assert b"\x1b" not in done.stdout

    def test_the_examples_are_checked(self):
        done = process("check", EXAMPLES, "--lang", "en")
        assert done.returncode == 1, done.stderr
        lines = done.stdout.decode("utf-8").splitlines()
        errors = [line for line in lines if " error " in line]
        assert errors
        assert all("yunling-water-2022.txt:" in line for line in errors)

    def test_standard_input_is_read_as_bytes(self):
        text = (EXAMPLES / "qingshi-town-2020.txt").read_text("utf-8")
        done = process("parse", "-", "--format", "json", input=text.encode("gb18030"))
        report = from_json(done.stdout.decode("utf-8"))
        assert report.year == 2020
        assert to_json(report, indent=2) == done.stdout.decode("utf-8").rstrip("\n")

    def test_what_is_no_report_is_status_3(self):
        done = process("check", "-", input=b"\x00\xff" * 1000)
        assert done.returncode == 3
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr
