"""The grammars by themselves, the words they describe, and what becomes of a word that is damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise
from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import GrammarError, LexError

from gxparse import grammar, language, lexer, normalise, parse_text
from gxparse.document import Cell, Document, Location, Paragraph, Row, Table
from gxparse.grammar import Token
from gxparse.language import vocabulary
from gxparse.printed import TABLE_CLASSES, row_paths
from gxparse.records import TABLES, fields_of, row_classes
from gxparse.vocabulary import SHARED, spellings
from tests.layouts import FORMS, STYLES, Box, Grid, Outline, Verdict, distinct, judge, outline, sample

GRAMMARS = ("report", *grammar.TABLES, "cells")
DECLARED = {
    "report": {"TEXT", "NUMBERED", "DISCLOSURE", "REQUESTS", "PROCEEDINGS"},
    **{name: {"CELLS", "LOST", "UNKNOWN"} for name in grammar.TABLES},
    "cells": {"BLANK", "REMARK"},
}
NOWHERE = Location()

# ── No conflicts ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_grammar_has_no_conflicts(name):
    assert grammar.load(name, strict=True).rules


@pytest.mark.parametrize("name", GRAMMARS)
def test_no_text_is_matched_by_two_terminals_of_a_grammar(name):
    assert grammar.load(name, lexer="basic", strict=True).terminals


def test_strict_finds_a_conflict():
    planted = 'start: row*\nrow: RULES value*\nvalue: NUMBER | RULES\nRULES: "规章"\nNUMBER: /[0-9]+/'
    with pytest.raises(GrammarError, match="Shift/Reduce conflict"):
        Lark(planted, parser="lalr", lexer="basic", strict=True)


def test_strict_finds_terminals_that_overlap():
    planted = 'start: (RULES | DOCUMENTS)*\nRULES: "规章" "件数"?\nDOCUMENTS: /规.{1,3}/'
    with pytest.raises(LexError, match="RULES"):
        Lark(planted, parser="lalr", lexer="basic", strict=True)


@pytest.mark.parametrize("name", GRAMMARS)
def test_no_terminal_matches_nothing(name):
    patterns = {str(t.name): re.compile(t.pattern.to_regexp()) for t in grammar.load(name).terminals}
    assert [terminal for terminal, pattern in patterns.items() if pattern.fullmatch("")] == []


# Two grammars are never compared by the check above, yet all labels are looked up in one list.
def test_no_spelling_is_that_of_two_labels():
    owners: dict[str, set[str]] = {}
    for name in grammar.TABLES:
        for spelling, terminal in spelled(name):
            owners.setdefault(spelling, set()).add(terminal)
    assert len(owners) > 500
    assert {spelling: names for spelling, names in owners.items() if len(names) > 1} == {}


def test_no_spelling_of_a_label_is_a_heading():
    headings = {
        str(terminal.name): re.compile(terminal.pattern.to_regexp())
        for terminal in grammar.load("report").terminals
        if terminal.name.endswith("_HEADING")
    }
    assert len(headings) == 6
    found = {
        (spelling, heading)
        for name in grammar.TABLES
        for spelling, _ in spelled(name)
        for heading, pattern in headings.items()
        if pattern.fullmatch(spelling)
    }
    assert found == set()


def test_no_spelling_of_a_label_is_a_value():
    values = [re.compile(terminal.pattern.to_regexp()) for terminal in grammar.load("cells").terminals]
    assert len(values) == 5
    found = {spelling for name in grammar.TABLES for spelling, _ in spelled(name)}
    assert {spelling for spelling in found if any(value.fullmatch(spelling) for value in values)} == set()


def spelled(name: str) -> Iterator[tuple[str, str]]:
    """The spellings of the labels of a table, each with its terminal."""
    for terminal in grammar.load(name).terminals:
        for spelling in spellings(terminal.pattern.to_regexp()):
            yield spelling, str(terminal.name)


# ── Labels and fields ────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(record: type, path: str) -> Iterator[tuple[str, str, bool]]:
    """Every row and group of rows of a table: its path, its label, and whether it is a row."""
    for attribute in fields_of(record):
        classes = row_classes(record).get(attribute.name, ())
        if classes:
            below = f"{path}.{attribute.name}"
            is_row = not row_classes(classes[0])
            yield below, attribute.metadata["label"], is_row
            if not is_row:
                yield from rows_of(classes[0], below)


def columns_of(record: type) -> Iterator[tuple[str, str]]:
    """Every column of a table, in both forms: its field and its label."""
    for classes in row_classes(record).values():
        for each in classes:
            if row_classes(each):
                yield from columns_of(each)
            else:
                yield from ((attribute.name, attribute.metadata["label"]) for attribute in fields_of(each))


ROWS = [row for name in ("disclosure", "requests") for row in rows_of(TABLE_CLASSES[name], name)]
CASES = list(rows_of(TABLE_CLASSES["proceedings"], "proceedings"))
COLUMNS = sorted({(name, *column) for name in TABLES for column in columns_of(TABLE_CLASSES[name])})


def test_the_records_name_the_rows_and_columns_of_both_forms():
    assert sum(is_row for _, _, is_row in ROWS) == 8 + 26
    assert (len(CASES), len(COLUMNS)) == (3, 25)


@pytest.mark.parametrize(("path", "label"), [(path, label) for path, label, is_row in [*ROWS, *CASES] if is_row])
def test_the_label_of_a_row_is_the_word_of_its_field(path, label):
    table = path.split(".")[0]
    word = vocabulary().label(label)
    assert word is not None
    assert (word.family, row_paths(table)[word.name]) == (table, path)


@pytest.mark.parametrize(("path", "label"), [(path, label) for path, label, is_row in ROWS if not is_row])
def test_the_label_of_a_group_is_the_word_of_its_field(path, label):
    word = vocabulary().label(label)
    assert word is not None
    # （六）其他处理 is a group in form 2021 and a row in form 2019.
    expected = "OTHER_TOTAL" if path == "requests.results.other" else path.rsplit(".", 1)[1].upper()
    assert (word.family, word.name) == ("requests", expected)


@pytest.mark.parametrize(("table", "name", "label"), COLUMNS)
def test_the_label_of_a_column_is_the_word_of_its_field(table, name, label):
    own = {"amount": {"FEES_AMOUNT", "PROCUREMENT_AMOUNT"}, "other": {"OTHER", "OTHER_OUTCOME"}}
    word = vocabulary().label(label)
    assert word is not None
    assert word.name in own.get(name, {name.upper()})
    assert word.family in (table, "shared")


def test_every_row_of_the_records_has_a_word():
    for name in TABLES:
        paths = {path for path, _, is_row in rows_of(TABLE_CLASSES[name], name) if is_row}
        assert set(row_paths(name).values()) == paths


def test_a_label_with_the_unit_in_its_head_is_still_the_label():
    for head in ("本年收费金额（单位：万元）", "本年收费金额单位:万元", "（单位：万元）"):
        assert vocabulary().label(head).name == "FEES_AMOUNT"


# ── Totality ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def terminals(name: str) -> list[str]:
    """The terminals of a grammar, the declared ones too."""
    return sorted({str(terminal.name) for terminal in grammar.load(name).terminals} | DECLARED[name])


VALUES = terminals("cells")
HEADINGS = [terminal for terminal in terminals("report") if terminal.endswith("_HEADING")]
DETAILS = [t for t in terminals("report") if t not in HEADINGS and t not in DECLARED["report"]]
PARAGRAPHS = st.builds(
    lambda paragraph, details: [paragraph, *details],
    st.sampled_from(["TEXT", "NUMBERED"]),
    st.lists(st.sampled_from(DETAILS), max_size=3),
)
OF_THE_REPORT = st.sampled_from([*HEADINGS, *(name.upper() for name in TABLES)]).map(lambda name: [name])


def token(type: str) -> Token:
    parts = tuple(Token(each, each, NOWHERE) for each in VALUES) if type == "CELLS" else ()
    return Token(type, type, NOWHERE, parts)


def rows(name: str) -> st.SearchStrategy[list[str]]:
    """Labels of a table, with cells behind them or without; where a label is lost, there are cells."""
    labels = st.sampled_from([each for each in terminals(name) if each not in ("CELLS", "LOST")])
    with_cells = (labels | st.just("LOST")).map(lambda label: [label, "CELLS"])
    return st.lists(with_cells | labels.map(lambda label: [label]), min_size=1, max_size=20).map(
        lambda parts: list(chain(*parts))
    )


@pytest.mark.parametrize("name", grammar.TABLES)
def test_any_row_of_cells_is_a_table(name):
    @settings(max_examples=150, deadline=None)
    @given(rows(name), st.booleans())
    def parses(types: list[str], begins_with_cells: bool) -> None:
        types = ["CELLS", *types] if begins_with_cells else types
        items = language.items(Token(name.upper(), "", NOWHERE, tuple(token(each) for each in types)))
        printed = [part.type for item in items for part in (item.label, *item.values) if part]
        expected = (VALUES if each == "CELLS" else [each] for each in types if each != "LOST")
        assert printed == list(chain(*expected))

    parses()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(VALUES), min_size=1, max_size=20))
def test_any_values_are_cells(types):
    tree = grammar.load("cells").parse(token(each) for each in types)
    assert [child.type for child in tree.children] == types


@settings(max_examples=150, deadline=None)
@given(st.lists(PARAGRAPHS | OF_THE_REPORT, max_size=30).map(lambda parts: list(chain(*parts))))
def test_any_row_of_paragraphs_and_tables_is_a_report(types):
    sections = language.sections(Token(each, each, NOWHERE) for each in types)
    printed = [
        token
        for section in sections
        for token in (section.heading, *(t for p in section.passages for t in (p.token, *p.details)))
        if token
    ]
    assert [token.type for token in printed] == types


@cache
def labels() -> list[str]:
    return sorted(vocabulary()._spelled)


CUT = st.builds(lambda text, at: text[:at] or text, st.deferred(lambda: st.sampled_from(labels())), st.integers(1, 12))
TEXTS = st.one_of(
    st.sampled_from(["0", "12", "+3", "1,204", "3件", "增加2", "减3", "/", "无", "", " ", "约4", "429²", "行政检查"]),
    st.sampled_from(["二、主动公开政府信息情况", "三、", "四、政府信息公开行政复议、行政诉讼情况", "（一）主动公开。"]),
    st.sampled_from(["云岭县青石镇人民政府2023年政府信息公开工作年度报告", "2024年1月18日", "本年共发布信息96条。"]),
    st.deferred(lambda: st.sampled_from(labels())),
    CUT,
    st.text("规章行政许可0123、（）.。 ", max_size=8),
)
PLACED = TEXTS.map(lambda text: Paragraph(text, NOWHERE))
ROW = st.lists(TEXTS, min_size=1, max_size=9).map(lambda row: Row(tuple(Cell(text, NOWHERE) for text in row)))
DOCUMENTS = st.lists(PLACED | st.lists(ROW, max_size=6).map(lambda rows: Table(tuple(rows))), max_size=40).map(
    lambda blocks: Document(tuple(blocks))
)


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_the_lexer_makes_tokens_of_the_grammars_only(document):
    paragraph = False
    for token in lexer.tokens(document, vocabulary()):
        assert token.type in terminals("report")
        assert paragraph or token.type not in DETAILS
        paragraph = token.type in ("TEXT", "NUMBERED", *DETAILS)
        assert bool(token.parts) is (token.type.lower() in TABLES)
        parts = [part.type for part in token.parts]
        assert set(parts) <= set(terminals(token.type.lower()) if parts else ())
        assert {value.type for part in token.parts for value in part.parts} <= set(VALUES)
        pairs = list(pairwise([*parts, ""]))
        assert ("CELLS", "CELLS") not in pairs
        assert {behind for part, behind in pairs if part == "LOST"} <= {"CELLS"}


# ── Damaged labels ───────────────────────────────────────────────────────────────────────────────────────────────────

#: What a character is misread as: a digit, an ordinal, a bracket, a character of other labels, one of none.
OTHERS = (
    "0137一二三四五六七八（）)。、公开政府信息行许处罚强制费数量件本上年其他总计结果维持纠正未复议诉重予不机关申请龘"
)


def damaged(text: str, chance: Random, changes: int) -> Iterator[str]:
    """The text with one character lost, one doubled, and one changed to so many others, at every place of it."""
    for at, character in enumerate(text):
        yield text[:at] + text[at + 1 :]
        yield text[: at + 1] + text[at:]
        for other in chance.sample(OTHERS, changes):
            if other != character:
                yield text[:at] + other + text[at + 1 :]


def spellings_of(label: str) -> list[str]:
    """How the grammar spells a label; the label itself first."""
    word = vocabulary().label(label)
    others = sorted(each for each, owner in vocabulary()._spelled.items() if owner == word)
    return [label, *(each for each in others if each != normalise.label(label))]


def test_a_damaged_spelling_is_its_own_word_or_none():
    chance = Random(1)
    wrong = []
    known = vocabulary()._spelled
    for spelling, word in known.items():
        for text in damaged(spelling, chance, 6):
            found = vocabulary()._label(text)
            own = found is None or found == word or found.family == SHARED
            if not own and text not in known and normalise.split_numbering(text)[1] not in known:
                wrong.append(f"{spelling} → {text}: {found}")
    assert wrong == []


def labelled(blocks: Outline) -> list[Box]:
    """The boxes of the tables that print a label."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    return [box for grid in grids for row in grid.rows for box in row if box.path is None and box.text]


def relabelled(blocks: Outline, box: Box, text: str) -> Outline:
    """The outline with another text in one box."""

    def changed(grid: Grid) -> Grid:
        rows = (tuple(attrs.evolve(each, text=text) if each is box else each for each in row) for row in grid.rows)
        return attrs.evolve(grid, rows=tuple(rows))

    return tuple(changed(block) if isinstance(block, Grid) else block for block in blocks)


REPORTS = {form: distinct(sample(form)) for form in FORMS}
OUTLINES = {form: outline(report) for form, report in REPORTS.items()}
PRINTED = {form: {cell.path: cell.value for cell in report.cells()} for form, report in REPORTS.items()}


def verdict(form: str, style: str, box: Box, text: str) -> Verdict:
    """What becomes of a report in which one label reads otherwise."""
    return judge(PRINTED[form], parse_text(STYLES[style](relabelled(OUTLINES[form], box, text))))


def complaints(form: str, style: str, box: Box, text: str) -> list[str]:
    found = verdict(form, style, box, text)
    return [f"{form}, {style}: {box.text} → {text}: {each}" for each in (*found.wrong, *found.unexplained)][:2]


def of_no_other_form(form: str) -> list[Box]:
    """The labels of a form: of form 2021 all, of the others those that form 2021 does not print."""
    known = {box.text for box in labelled(OUTLINES["2021"])} if form != "2021" else set()
    boxes = {box.text: box for box in reversed(labelled(OUTLINES[form])) if box.text not in known}
    return list(boxes.values())


@pytest.mark.parametrize("form", FORMS)
def test_a_report_with_any_label_damaged_keeps_every_value_in_its_own_field(form):
    chance = Random(2)
    boxes = of_no_other_form(form)
    assert len(boxes) == {"2021": 64, "2019": 12, "mixed": 0}[form]
    found = [
        complaint
        for box in boxes
        for text in damaged(box.text, chance, 1)
        for complaint in complaints(form, "| rows |", box, text)
    ]
    assert found == []


@pytest.mark.parametrize("form", FORMS)
def test_a_report_with_any_other_spelling_damaged_keeps_every_value_in_its_own_field(form):
    chance = Random(3)
    found = []
    for box in labelled(OUTLINES[form]):
        for spelling in chance.sample(others := spellings_of(box.text)[1:], min(3, len(others))):
            for text in chance.sample(list(damaged(spelling, chance, 2)), 2):
                found += complaints(form, "| rows |", box, text)
    assert found == []


@settings(max_examples=250, deadline=None)
@given(data=st.data(), form=st.sampled_from(FORMS), style=st.sampled_from(sorted(STYLES)))
def test_a_damaged_label_is_never_another_one_in_any_layout(data, form, style):
    box = data.draw(st.sampled_from(labelled(OUTLINES[form])))
    spelling = data.draw(st.sampled_from(spellings_of(box.text)))
    text = data.draw(st.sampled_from(list(damaged(spelling, Random(4), 3))))
    assert complaints(form, style, box, text) == []


@pytest.mark.parametrize("form", FORMS)
def test_every_spelling_of_a_label_brings_its_values_back(form):
    lost = []
    for box in of_no_other_form(form):
        for spelling in spellings_of(box.text)[:6]:
            found = verdict(form, "| rows |", box, spelling)
            if found.wrong or found.right < found.printed:
                lost.append(f"{box.text} → {spelling}: {found.right} of {found.printed}")
    assert lost == []
