"""A folder of reports as one table: whole, harmless, and the same however often the run is interrupted."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import gxparse
from gxparse.batch import Batch, Tally, rows, shards, targets, text
from gxparse.batch.harmless import harmless
from gxparse.batch.plan import File, chunks, files, name_of
from gxparse.cli.commands import cli
from gxparse.errors import GxparseError, RenderError
from gxparse.serialise import from_json
from gxparse.testing import reports, zeros
from tests.layouts import FORMS, LAYOUTS, distinct, sample

COUNT = 48
# So many that a run is still at work some time after its first shards.
MANY = 200
ZEROS = attrs.evolve(zeros(), agency="青石镇人民政府", year=2023)


def written(folder: Path, count: int = COUNT) -> Path:
    """A folder of reports in all layouts, with a letter and a damaged file among them."""
    layouts = list(LAYOUTS.values())
    for number in range(count):
        file = folder / f"{number // 30}" / f"{number:03}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        report = distinct(sample(FORMS[number % 3]), seed=number, start=1000 * number)
        file.write_text(layouts[number % len(layouts)](report), "utf-8")
    (folder / "1").mkdir(exist_ok=True)
    (folder / "0" / "=letter.txt").write_text("各位领导：\n你们好。\n", "utf-8")
    (folder / "1" / "damaged.pdf").write_bytes(b"%PDF-1.4\n1 0 obj <<\n")
    (folder / ".hidden.txt").write_text("隐藏", "utf-8")
    (folder / "~$open.docx").write_text("打开", "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return written(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return written(tmp_path_factory.mktemp("reports"), MANY)


@pytest.fixture
def few(tmp_path):
    return written(tmp_path / "few", 3)


@pytest.fixture
def run():
    def run(*arguments):
        result = CliRunner().invoke(cli, ["batch", *map(str, arguments)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def wait_for(condition) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class TestPlan:
    def test_files_come_sorted_without_hidden_ones(self, folder):
        found = [each.path for each in files(folder)]
        assert found == sorted(found)
        assert len(found) == COUNT + 2
        assert not any("hidden" in each or "~$" in each for each in found)

    def test_what_is_named_is_left_out(self, folder):
        found = [each.path for each in files(folder, without={folder / "0", folder / "1" / "damaged.pdf"})]
        assert len(found) == COUNT - 30
        assert not any(each.startswith("0/") or each.endswith(".pdf") for each in found)

    def test_a_folder_that_cannot_be_listed_is_not_passed_over(self, tmp_path):
        assert files(tmp_path / "none").__next__().path == "."

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
    def test_what_has_no_end_is_left_out_and_what_is_not_there_is_not(self, few):
        os.mkfifo(few / "pipe")
        (few / "zeros").symlink_to("/dev/zero")
        (few / "loop").symlink_to(few)
        (few / "gone.txt").symlink_to(few / "none.txt")
        (few / "linked.txt").symlink_to(few / "0" / "001.txt")
        assert [each.path for each in files(few)][:2] == ["gone.txt", "linked.txt"]
        assert len([*files(few)]) == 7

    def test_a_chunk_is_small(self):
        small = [File(str(number), 10, 0) for number in range(70)]
        assert [len(chunk) for chunk in chunks(small)] == [32, 32, 6]
        large = [File(str(number), 400_000, 0) for number in range(5)]
        assert [len(chunk) for chunk in chunks(large)] == [2, 2, 1]
        assert [len(chunk) for chunk in chunks([File("a", 5_000_000, 0), File("b", 0, 0)])] == [1, 1]
        assert [len(chunk) for chunk in chunks([File("a", 999_999, 0), File("b", 1, 0)])] == [2]
        assert list(chunks([])) == []

    def test_a_chunk_of_other_files_has_another_name(self):
        one = File("a", 1, 2)
        others = [(File("b", 1, 2),), (File("a", 2, 2),), (File("a", 1, 3),), (one, one), ()]
        assert len({name_of(each) for each in [(one,), *others]}) == 6
        assert name_of((one,)) == name_of((File("a", 1, 2),))


class TestRows:
    @settings(max_examples=20)
    @given(reports(), st.booleans())
    def test_rows_are_those_of_the_frame(self, report, is_wide):
        """Where the frame holds a number it is the same one; ours are exact where a binary fraction is not."""
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install pyarrow")
        from gxparse.collection.frame import to_frame  # noqa: PLC0415 - it needs an extra

        table = to_frame(report, wide=is_wide, sources=["a.txt"])
        ours = [*(rows.wide if is_wide else rows.long)("a.txt", report)]
        head = rows.wide_head() if is_wide else rows.LONG
        assert tuple(table.column_names) == head
        assert table.num_rows == len(ours)
        for frames, row in zip(table.to_pylist(), ours, strict=True):
            for name, value in zip(head, row, strict=True):
                theirs = frames[name]
                if isinstance(theirs, str):
                    shown = text.csv_of([(theirs,)])
                    assert shown == text.csv_of([(value,)]) or "inexact" in theirs
                elif theirs is None:
                    assert value is None or isinstance(value, Decimal | int) or name == "flags"
                else:
                    assert theirs == float(value) if isinstance(theirs, float) else theirs == value

    def test_the_flags_of_a_wide_row_stand_in_the_order_of_the_form(self):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install pyarrow")
        path = "disclosure.rules.issued"
        report = gxparse.testing.printed(ZEROS, {"requests.received.total": "/"})
        report = attrs.evolve(report, findings=(gxparse.Finding("GX001", path, "甲", "a"),))
        flags = f"{path}=GX001 requests.received.total=not_applicable"
        assert gxparse.to_frame(report, wide=True).to_pylist()[0]["flags"] == flags
        assert next(rows.wide("a.txt", report))[4] == flags

    def test_a_flag_says_why_there_is_no_number(self):
        report = gxparse.testing.printed(ZEROS, {"requests.received.total": "/"})
        long = {row[4]: row for row in rows.long("a", report)}
        assert long["requests.received.total"][-3:] == (None, None, "not_applicable")
        assert long["disclosure.fees.amount"][-3:] == (0, "万元", None)
        [wide] = rows.wide("a", report)
        assert wide[:5] == ("a", "青石镇人民政府", 2023, "2021", "requests.received.total=not_applicable")
        cells = dict(zip(rows.wide_head(), wide, strict=True))
        assert cells["requests.received.total"] is None
        assert cells["disclosure.rules.created"] is None
        assert (cells["disclosure.fees.amount"], cells["disclosure.fees.unit"]) == (0, "万元")


class TestHarmless:
    @pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
    def test_what_looks_like_a_formula_is_text(self, start):
        assert harmless(f"{start}1+1") == f"'{start}1+1"

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_nothing_else_is_changed(self, given_text):
        shown = harmless(given_text)
        assert shown in (given_text, f"'{given_text}")
        assert shown[:1] not in tuple("=+-@\t\r")

    def test_numbers_stay_numbers(self):
        assert text.csv_of([(-5, Decimal("-1E+3"), Decimal("0.10"), "-5", None, "")]) == b"-5,-1000,0.10,'-5,,\r\n"

    def test_half_characters_are_written_out(self):
        assert text.csv_of([("年报\udcb0",)]).decode() == "年报\\udcb0\r\n"

    def test_texts_are_cut_to_what_a_cell_holds(self):
        longest = "甲" * text.MAX_CHARACTERS
        [[kept, cut]] = csv.reader(io.StringIO(text.csv_of([(longest, longest + "乙")]).decode()))
        assert kept == longest
        assert (len(cut), cut[-2:]) == (text.MAX_CHARACTERS, "甲…")


class TestFormats:
    def test_long_csv_has_every_cell(self, folder, run, tmp_path):
        result = run(folder, "-o", tmp_path / "out.csv", "--lang", "en")
        assert result.exit_code in (0, 3)
        assert f"{COUNT} reports → out.csv" in result.stderr
        found = read(tmp_path / "out.csv")
        assert tuple(found[0]) == rows.LONG
        by_source: dict[str, list] = {}
        for row in found:
            by_source.setdefault(row["source"], []).append(row)
        assert list(by_source) == [f"{number // 30}/{number:03}.txt" for number in range(COUNT)]
        for source, cells in by_source.items():
            report = gxparse.parse(folder / source)
            shown = [(c.path, "" if c.value is None else str(c.value)) for c in report.cells()]
            assert [(row["path"], row["value"]) for row in cells] == shown
            assert {row["agency"] for row in cells} == {report.agency}

    def test_wide_csv_has_a_row_for_each_report(self, folder, run, tmp_path):
        run(folder, "-o", tmp_path / "out.csv", "--wide")
        found = read(tmp_path / "out.csv")
        assert tuple(found[0]) == rows.wide_head()
        assert len(found) == COUNT
        received = gxparse.parse(folder / found[7]["source"]).requests.received.total
        assert found[7]["requests.received.total"] == str(received)

    def test_json_lines_are_the_reports(self, few, run, tmp_path):
        run(few, "-o", tmp_path / "out.jsonl")
        found = [from_json(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
        assert [each.metadata["source"] for each in found] == ["0/000.txt", "0/001.txt", "0/002.txt"]
        assert found == [gxparse.parse(few / each.metadata["source"]) for each in found]

    @pytest.mark.parametrize("layout", ["--long", "--wide"])
    def test_parquet_is_the_frame(self, folder, run, tmp_path, layout):
        pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install pyarrow")
        run(folder, "-o", tmp_path / "out.parquet", layout)
        run(folder, "-o", tmp_path / "out.csv", layout)
        table = pq.read_table(tmp_path / "out.parquet")
        assert table.column_names == list(read(tmp_path / "out.csv")[0])
        found = table.to_pylist()
        for row, cells in zip(read(tmp_path / "out.csv"), found, strict=True):
            assert row["source"] == cells["source"]
            assert row["flags"] == (cells["flags"] or "")
            if layout == "--long":
                assert (float(row["value"]) if row["value"] else None) == cells["value"]

    def test_few_rows_do_not_make_groups_of_their_own(self, folder, run, tmp_path):
        pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install pyarrow")
        run(folder, "-o", tmp_path / "out.parquet")
        assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 1

    def test_a_workbook_has_texts_and_numbers(self, few, run, tmp_path):
        calamine = pytest.importorskip("python_calamine", reason="python-calamine is not installed")
        pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
        run(few, "-o", tmp_path / "out.xlsx")
        head, *found = calamine.load_workbook(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
        assert tuple(head) == rows.wide_head()
        for row in found:
            cells = dict(zip(head, row, strict=True))
            report = gxparse.parse(few / cells["source"])
            assert (cells["year"], cells["form"]) == (report.year, str(report.form))
            for cell in report.cells():
                assert cells[cell.path] == ("" if cell.value is None else float(cell.value))

    def test_nothing_to_read_is_an_empty_table(self, run, tmp_path):
        (tmp_path / "empty").mkdir()
        for suffix in targets.FORMATS:
            assert run(tmp_path / "empty", "-o", tmp_path / f"out{suffix}").exit_code == 0
            assert (tmp_path / f"out{suffix}").exists()
        assert read(tmp_path / "out.csv") == []

    @pytest.mark.parametrize("name", ["out.txt", "out"])
    def test_an_unknown_format_is_bad_usage(self, few, run, tmp_path, name):
        assert run(few, "-o", tmp_path / name).exit_code == 2
        with pytest.raises(RenderError, match=r"\.parquet, \.csv, \.jsonl, \.xlsx"):
            Batch(few, tmp_path / name)

    def test_a_missing_extra_is_named(self, few, tmp_path, monkeypatch):
        monkeypatch.setattr(targets, "find_spec", lambda name: None)
        with pytest.raises(RenderError, match=r'pip install "gxparse\[frame\]"'):
            Batch(few, tmp_path / "out.parquet")
        Batch(few, tmp_path / "out.csv")


class TestWorkbook:
    def sheets(self, tmp_path, head, lines):
        calamine = pytest.importorskip("python_calamine", reason="python-calamine is not installed")
        workbook = pytest.importorskip("gxparse.batch.workbook", reason="xlsxwriter is not installed")
        workbook.write(head, iter([io.BytesIO(text.csv_of(lines))]), tmp_path / "a.xlsx")
        book = calamine.load_workbook(tmp_path / "a.xlsx")
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    def test_a_number_that_excel_would_change_is_text(self, tmp_path):
        values = [999_999_999_999_999, 10**15, Decimal("12345678901234.5"), Decimal("1234567890123456.5"), -3]
        [[_, *found]] = self.sheets(tmp_path, ["value", "label"], [(value, "-1") for value in values])
        assert [row[0] for row in found] == [
            999_999_999_999_999,
            "1000000000000000",
            12345678901234.5,
            "1234567890123456.5",
            -3,
        ]
        assert {row[1] for row in found} == {"'-1"}

    def test_digits_in_a_column_of_texts_are_text(self, tmp_path):
        [[_, found]] = self.sheets(tmp_path, ["agency", "form", "year"], [("007", "2021", 2023)])
        assert found == ["007", "2021", 2023]

    def test_rows_go_on_on_the_next_sheet(self, tmp_path, monkeypatch):
        monkeypatch.setattr("gxparse.batch.workbook.MAX_ROWS", 4)
        sheets = self.sheets(tmp_path, ["value"], [(number,) for number in range(7)])
        assert sheets == [[["value"], [0], [1], [2]], [["value"], [3], [4], [5]], [["value"], [6]]]


class TestBeside:
    def test_what_failed_is_told(self, folder, run, tmp_path):
        result = run(folder, "-o", tmp_path / "out.jsonl", "--lang", "zh")
        found = {row["source"]: row for row in read(tmp_path / "out.failed.csv")}
        assert set(found) == {"0/=letter.txt", "1/damaged.pdf"}
        assert found["0/=letter.txt"]["error"] == "NotAReportError"
        assert found["1/damaged.pdf"]["error"] != "NotAReportError"
        assert found["1/damaged.pdf"]["message"]
        assert result.exit_code == 3
        assert "1 个文件不是年度报告，1 个文件无法读取" in result.stderr

    def test_findings_are_told(self, few, run, tmp_path):
        run(few, "-o", tmp_path / "out.csv")
        found = read(tmp_path / "out.findings.csv")
        for source in ("0/000.txt", "0/001.txt"):
            expected = gxparse.validate(gxparse.parse(few / source)).findings
            assert [row["code"] for row in found if row["source"] == source] == [each.code for each in expected]

    def test_other_files_are_no_failure(self, few, run, tmp_path):
        (few / "1" / "damaged.pdf").unlink()
        assert run(few, "-o", tmp_path / "out.csv").exit_code == 0

    def test_its_own_files_are_not_read(self, few, run):
        for _ in range(2):
            run(few, "-o", few / "out.csv")
            assert len(read(few / "out.failed.csv")) == 2
        assert not (few / "out.parts").exists()


def begun(batch: Batch) -> Batch:
    """A batch that has read all and has put nothing together."""
    with batch.begun():
        assert sum(batch.read(1), Tally()) == Tally(3, 1, 1)
    return batch


def ended(batch: Batch) -> Tally:
    """A batch that goes on and comes to its end."""
    with batch.begun() as is_continued:
        assert is_continued
        tally = sum(batch.read(1), Tally())
        batch.collect()
    return tally


class TestInterrupted:
    def test_what_is_read_is_not_read_again(self, few, tmp_path, monkeypatch):
        begun(Batch(few, tmp_path / "out.csv"))
        monkeypatch.setattr(shards, "_write", None)
        assert ended(Batch(few, tmp_path / "out.csv")) == Tally(3, 1, 1)
        assert {row["source"] for row in read(tmp_path / "out.csv")} == {"0/000.txt", "0/001.txt", "0/002.txt"}
        assert not (tmp_path / "out.parts").exists()

    def test_a_file_that_has_changed_is_read_again(self, few, tmp_path):
        begun(Batch(few, tmp_path / "out.jsonl"))
        changed = gxparse.render(attrs.evolve(ZEROS, title="青石镇人民政府2023年政府信息公开工作年度报告"))
        (few / "0" / "001.txt").write_text(changed, "utf-8")
        (few / "0" / "002.txt").rename(few / "0" / "003.txt")
        (few / "0" / "004.txt").write_text(changed, "utf-8")
        (few / "0" / "000.txt").unlink()
        assert ended(Batch(few, tmp_path / "out.jsonl")) == Tally(3, 1, 1)
        found = [from_json(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
        assert [each.metadata["source"] for each in found] == ["0/001.txt", "0/003.txt", "0/004.txt"]
        assert found[0].requests.received.total == 0
        assert not (tmp_path / "out.parts").exists()

    @pytest.mark.parametrize("other", [{"is_wide": True}, {"output": "out.jsonl"}, {"folder": "few/0"}])
    def test_another_batch_is_not_gone_on_with(self, few, tmp_path, other):
        begun(Batch(few, tmp_path / "out.csv"))
        folder, output = tmp_path / other.get("folder", "few"), tmp_path / other.get("output", "out.csv")
        batch = Batch(folder, output, other.get("is_wide"))
        with pytest.raises(GxparseError, match="--restart"), batch.begun():
            pass
        with batch.begun(restart=True) as is_continued:
            assert not is_continued
            assert not list(batch.parts.glob(f"*{shards.SUFFIX}"))
        assert not batch.parts.exists()

    def test_nor_one_of_another_version(self, few, tmp_path):
        batch = begun(Batch(few, tmp_path / "out.csv"))
        manifest = batch.parts / "manifest.json"
        told = json.loads(manifest.read_text("utf-8"))
        manifest.write_text(json.dumps({**told, "gxparse": "0.0.1"}), "utf-8")
        with pytest.raises(GxparseError, match=r"0\.0\.1"), batch.begun():
            pass

    def test_a_folder_that_is_not_its_own_is_left_alone(self, few, tmp_path):
        (tmp_path / "out.parts").mkdir()
        (tmp_path / "out.parts" / "mine.txt").write_text("")
        for restart in (False, True):
            batch = Batch(few, tmp_path / "out.csv")
            with pytest.raises(GxparseError, match="not made by gxparse"), batch.begun(restart=restart):
                pass
        assert [each.name for each in (tmp_path / "out.parts").iterdir()] == ["mine.txt"]

    def test_one_that_was_killed_while_it_began_or_cleared_up_is_its_own(self, few, tmp_path):
        parts = tmp_path / "out.parts"
        for manifest in (None, "", '{"half'):
            parts.mkdir()
            if manifest is not None:
                (parts / "manifest.json").write_text(manifest)
            batch = Batch(few, tmp_path / "out.csv")
            with batch.begun() as is_continued:
                assert not is_continued
                assert json.loads((parts / "manifest.json").read_text("utf-8"))["output"] == "out.csv"
            assert not parts.exists()

    def test_a_name_that_is_no_text_hinders_nothing(self, tmp_path):
        folder = tmp_path / "年报\udcb0"
        try:
            written(folder, 3)
        except (OSError, UnicodeError):
            pytest.skip("the file system takes no such name")
        begun(Batch(folder, tmp_path / "out.csv"))
        assert ended(Batch(folder, tmp_path / "out.csv")) == Tally(3, 1, 1)

    def test_what_broke_off_leaves_nothing_needless(self, few, tmp_path):
        with pytest.raises(KeyboardInterrupt), Batch(few, tmp_path / "out.csv").begun():
            raise KeyboardInterrupt
        assert not (tmp_path / "out.parts").exists()

    def test_two_at_a_time_do_not_get_in_each_others_way(self, few, run, tmp_path):
        code = (
            "import sys; from pathlib import Path; from gxparse.batch import Batch\n"
            "with Batch(Path(sys.argv[1]), Path(sys.argv[2])).begun(): print('begun', flush=True); sys.stdin.read()"
        )
        command = [sys.executable, "-c", code, few, tmp_path / "out.csv"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as other:
            assert other.stdout.readline() == "begun\n"
            for options in ([], ["--restart"]):
                second = run(few, "-o", tmp_path / "out.csv", *options)
                assert second.exit_code == 3
                assert "Another gxparse is at work" in second.stderr
            other.kill()
        assert run(few, "-o", tmp_path / "out.csv").exit_code == 3
        assert len({row["source"] for row in read(tmp_path / "out.csv")}) == 3

    def test_a_damaged_shard_is_not_put_together(self, few, tmp_path):
        batch = begun(Batch(few, tmp_path / "out.csv"))
        [shard] = batch.parts.glob(f"*{shards.SUFFIX}")
        data = shard.read_bytes()
        place = data.index(b"requests.received")
        shard.write_bytes(data[:place] + b"R" + data[place + 1 :])
        with pytest.raises(GxparseError, match="damaged"):
            batch.collect()
        assert not (tmp_path / "out.csv").exists()

    def test_half_a_shard_is_read_again(self, few, tmp_path):
        batch = begun(Batch(few, tmp_path / "out.csv"))
        [shard] = batch.parts.glob(f"*{shards.SUFFIX}")
        shard.write_bytes(shard.read_bytes()[:-20])
        assert ended(batch) == Tally(3, 1, 1)
        assert len({row["source"] for row in read(tmp_path / "out.csv")}) == 3

    @pytest.mark.parametrize("moment", ["findings", "output", "cleared"])
    def test_putting_together_may_break_off(self, few, tmp_path, monkeypatch, moment):
        """At each of its steps, as if by ``kill -9``."""
        whole = begun(Batch(few, tmp_path / "whole.csv"))
        ended(whole)
        batch = begun(Batch(few, tmp_path / "out.csv"))
        replace, unlink = Path.replace, Path.unlink

        def breaking(step, name):
            def method(path, *arguments, **options):
                if name == moment:
                    raise KeyboardInterrupt
                return step(path, *arguments, **options)

            return method

        def replaced(path, target):
            name = "findings" if "findings" in path.name else "output" if path.name == "out.csv" else ""
            return breaking(replace, name)(path, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replaced)
            patched.setattr(Path, "unlink", breaking(unlink, "cleared"))
            with pytest.raises(KeyboardInterrupt):
                ended(batch)
        assert (tmp_path / "out.csv").exists() == (moment == "cleared")
        ended(Batch(few, tmp_path / "out.csv"))
        for name in ("{}.csv", "{}.failed.csv", "{}.findings.csv"):
            assert (tmp_path / name.format("out")).read_bytes() == (tmp_path / name.format("whole")).read_bytes()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
    @pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
    def test_a_killed_run_loses_and_doubles_nothing(self, many, tmp_path, suffix):
        whole, output = tmp_path / f"whole{suffix}", tmp_path / f"out{suffix}"
        command = [sys.executable, "-m", "gxparse", "batch", many, "--lang", "en", "-o"]
        assert subprocess.run([*command, whole, "--jobs", "1"], check=False).returncode == 3
        parts = tmp_path / "out.parts"
        for done in (1, 2):
            self.kill_when([*command, output, "--jobs", "1"], parts, done)
            assert not output.exists()
        assert list(parts.glob(f"*{shards.SUFFIX}"))
        again = subprocess.run([*command, output], check=False, capture_output=True, encoding="utf-8")
        assert "going on" in again.stderr
        assert f"{MANY} reports" in again.stderr
        assert output.read_bytes() == whole.read_bytes()
        for name in ("failed", "findings"):
            assert (tmp_path / f"out.{name}.csv").read_bytes() == (tmp_path / f"whole.{name}.csv").read_bytes()
        assert not parts.exists()

    def kill_when(self, command, parts, done):
        """Runs a command and kills it and its processes as soon as so many shards are there."""
        run = subprocess.Popen(command, start_new_session=True)
        wait_for(lambda: len(list(parts.glob(f"*{shards.SUFFIX}"))) >= done or run.poll() is not None)
        os.killpg(run.pid, signal.SIGKILL)
        assert run.wait() == -signal.SIGKILL

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
    def test_interruption_says_how_to_go_on(self, many, tmp_path):
        command = [sys.executable, "-m", "gxparse", "batch", many, "--lang", "en", "-o", tmp_path / "out.csv"]
        run = subprocess.Popen([*command, "--jobs", "1"], stderr=subprocess.PIPE, encoding="utf-8")
        wait_for(lambda: list((tmp_path / "out.parts").glob(f"*{shards.SUFFIX}")) or run.poll() is not None)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate()
        assert run.returncode == 130
        assert "the same command goes on" in said
        assert "Traceback" not in said


class TestHarmfulFiles:
    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
    @pytest.mark.parametrize("jobs", [1, 2])
    def test_a_file_that_kills_its_process_is_the_only_one_to_fail(self, folder, tmp_path, monkeypatch, jobs):
        self.replace_attempt(monkeypatch, lambda: os.kill(os.getpid(), signal.SIGKILL))
        tally = self.read(folder, tmp_path, jobs)
        assert tally == Tally(COUNT - 1, 1, 2)
        assert "died" in self.message(tmp_path)

    def test_nor_does_one_that_raises(self, folder, tmp_path, monkeypatch):
        self.replace_attempt(monkeypatch, lambda: 1 / 0)
        assert self.read(folder, tmp_path, 2) == Tally(COUNT - 1, 1, 2)
        assert "ZeroDivisionError" in self.message(tmp_path)

    @pytest.mark.parametrize(
        ("step", "error"),
        [
            ("_store", OSError("no space left")),
            ("validate", ModuleNotFoundError("No module named 'attrs'")),
            ("attempt", SyntaxError("no syntax", ("gxparse.py", 1, 1, ""))),
        ],
    )
    def test_what_no_file_is_to_blame_for_ends_the_run(self, few, tmp_path, monkeypatch, step, error):
        """One error, instead of one for each file."""
        said = "cannot be written: no space" if step == "_store" else "installation of gxparse is damaged"

        def fail(*_):
            raise error

        self.only_forked()
        monkeypatch.setattr(shards, step, fail)
        batch = Batch(few, tmp_path / "out.csv")
        with pytest.raises(GxparseError, match=said), batch.begun():
            list(batch.read(1))
        assert not batch.parts.exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
    @pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".xlsx"])
    def test_nor_is_a_traceback_shown_where_the_result_does_not_fit_on_the_disk(self, few, run, tmp_path, suffix):
        import resource  # noqa: PLC0415 - Windows has none

        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install pyarrow")
        pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        output = tmp_path / f"out{suffix}"
        batch = begun(Batch(few, output))
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (3000, before[1]))
            with pytest.raises(GxparseError, match="cannot be written"):
                batch.collect()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert not output.exists()
        ended(batch)
        assert output.stat().st_size > 3000

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
    def test_a_file_that_takes_for_ever_does_not_hinder_interruption(self, folder, tmp_path, monkeypatch):
        self.replace_attempt(monkeypatch, lambda: time.sleep(3600))
        batch = Batch(folder, tmp_path / "out.csv")
        with batch.begun():
            reading = batch.read(2)
            assert next(reading) == Tally(31, 1, 0)
            start = time.monotonic()
            reading.close()
        assert time.monotonic() - start < 60

    def only_forked(self):
        if sys.version_info >= (3, 14) or sys.platform != "linux":
            pytest.skip("only processes that are forked take over what a test has replaced")

    def replace_attempt(self, monkeypatch, harm):
        self.only_forked()
        attempt = shards.attempt

        def harmed(path):
            if path.name == "040.txt":
                harm()
            return attempt(path)

        monkeypatch.setattr(shards, "attempt", harmed)

    def read(self, folder, tmp_path, jobs) -> Tally:
        batch = Batch(folder, tmp_path / "out.csv")
        with batch.begun():
            tally = sum(batch.read(jobs), Tally())
            batch.collect()
        sources = list(dict.fromkeys(row["source"] for row in read(tmp_path / "out.csv")))
        assert sources == [f"{number // 30}/{number:03}.txt" for number in range(COUNT) if number != 40]
        return tally

    def message(self, tmp_path) -> str:
        [row] = [row for row in read(tmp_path / "out.failed.csv") if row["source"] == "1/040.txt"]
        return row["message"]


def test_a_tally_counts_files():
    assert Tally(1, 2, 3) + Tally(10, 20, 30) == Tally(11, 22, 33)
    assert Tally(1, 2, 3).files == 6
