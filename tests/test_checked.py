"""The check report: what it marks, where it points, and that nothing in a document gets out of its place."""

from __future__ import annotations

import time
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given

from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.findings import Finding, Severity
from gxparse.messages import Language
from gxparse.records import Form, OtherTable, Preamble, Report, Subsection, TextSection
from gxparse.rendering.anchors import REPORT, Anchors
from gxparse.rendering.checked import GENERATOR, Entry, fragment, page, pages
from gxparse.rendering.form import outline
from gxparse.rendering.outline import Kind
from gxparse.rules import Validation, validate
from gxparse.testing import consistent_reports, printed, reports, zeros

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u202e21\x00\ud800</style></td>"
VOID = {"meta", "br", "col", "input"}
SECTION = TextSection("一、总体情况", ("一段文字。",), (Subsection("（一）", "小标题", ("又一段。",)),))


class Reader(HTMLParser):
    """The elements of a page, each with its attributes and its text; elements must be closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.stack = [], []
        self.feed(text)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), attrs
        element = {"tag": tag, "text": "", **dict(attrs)}
        self.elements.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag):
        assert self.stack.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self.stack:
            element["text"] += data

    def all(self, **wanted):
        return [each for each in self.elements if all(each.get(name) == value for name, value in wanted.items())]

    def one(self, **wanted):
        (found,) = self.all(**wanted)
        return found


def about(path, code="GX202", **others):
    return Finding(code, path, f"关于 {path}", f"about {path}", **others)


def read(report, *findings, language="en"):
    return Reader(page(report, findings, Language(language)))


@pytest.fixture
def wrong():
    report = zeros().replace({"proceedings.reconsideration.total": 3, "requests.received.total": -1})
    return printed(report, {"requests.carried_in.total": "/"})


class TestCells:
    def test_a_wrong_cell_is_marked_and_says_why(self, wrong):
        shown = Reader(validate(wrong, select="GX304").to_html("en"))
        cell = shown.one(id="proceedings.reconsideration.total")
        assert (cell["tag"], cell["class"], cell["text"], cell["tabindex"]) == ("td", "error", "3×1", "-1")
        assert "expected 0, found 3" in cell["title"]
        described = shown.one(id=cell["aria-describedby"])
        assert described["text"] == "expected 0, found 3"

    def test_the_list_leads_to_the_cell_and_the_cell_back(self, wrong):
        shown = Reader(validate(wrong, select="GX304").to_html("en"))
        link = shown.one(tag="a", href="#proceedings.reconsideration.total", lang=None)
        assert link["text"] == "×1 行政复议 · 总计"
        back = shown.one(tag="a", href="#f1")
        assert back["class"] == "sign error"
        assert back["aria-label"].startswith("error 1, GX304: expected 0, found 3")
        assert shown.one(id="f1")["tag"] == "li"

    def test_cells_of_which_nothing_is_said_are_plain(self, wrong):
        shown = Reader(validate(wrong, select="GX304").to_html("en"))
        assert len(shown.all(tag="td")) == 200
        assert len([each for each in shown.all(tag="td") if "class" in each]) == 1

    def test_several_findings_about_one_cell_are_all_there_and_the_gravest_colours_it(self):
        path = "requests.received.total"
        shown = read(zeros(), about(path, "GX009"), about(path), about(path, "GX201"))
        cell = shown.one(id=path)
        assert (cell["class"], cell["text"]) == ("error", "0×1!2i3")
        assert cell["aria-describedby"] == "m1 m2 m3"

    def test_what_is_printed_in_place_of_a_number_is_shown(self, wrong):
        assert Reader(validate(wrong, select="GX203").to_html()).one(id="requests.carried_in.total")["text"] == "/!1"

    def test_a_suggestion_reads_as_the_labels_and_leads_to_the_cell(self):
        suggestion = "requests.received.total: 1 → 2 | requests.nothing.such: 1"
        shown = read(zeros(), about("requests.received.enterprise", suggestion=suggestion))
        advice = shown.one(tag="p", **{"class": "suggestion"})
        assert advice["text"] == "Suggestion: 一、本年新收政府信息公开申请数量 · 总计: 1 → 2 | requests.nothing.such: 1"

    def test_what_a_suggestion_leads_to_is_there_though_nothing_is_said_of_it(self):
        shown = read(zeros(), about("requests.received.total", suggestion="requests.carried_in.total: 1 → 2"))
        assert shown.one(id="requests.carried_in.total")["tag"] == "td"

    def test_the_second_table_of_a_kind_is_not_marked(self):
        report = evolve(zeros(), other_tables=(OtherTable("全区", zeros().proceedings),))
        path = "proceedings.reconsideration.total"
        assert len(read(report, about(path)).all(id=path)) == 1


class TestPlaces:
    @pytest.mark.parametrize(
        ("form", "path", "text"),
        [
            (Form.F2021, "disclosure.normative_documents", "行政规范性文件"),
            (Form.F2019, "disclosure.normative_documents", "规范性文件"),
            (Form.F2021, "requests.received", "一、本年新收政府信息公开申请数量"),
            (Form.F2021, "requests.results", "三、本年度办理结果"),
            (Form.F2021, "requests.results.denied", "（三）不予公开"),
            (Form.F2021, "requests.results.denied.state_secret", "1.属于国家秘密"),
            (Form.F2021, "requests.results.denied.internal_affairs", "5.属于三类内部事务信息"),
            (Form.F2021, "requests.results.other.miscellaneous", "3.其他"),
            (Form.F2019, "requests.results.other", "（六）其他处理"),
            (Form.F2021, "proceedings.direct_litigation", "未经复议直接起诉"),
        ],
    )
    def test_what_is_said_of_a_row_stands_at_its_label(self, form, path, text):
        label = read(zeros(form), about(path)).one(id=path)
        assert (label["tag"], label["text"]) == ("th", f"{text}×1")

    def test_a_group_of_one_row_and_the_row_have_one_label(self):
        shown = read(zeros(Form.F2019), about("requests.results.other.total"))
        assert shown.one(id="requests.results.other")["text"] == "（六）其他处理×1"

    def test_what_is_said_of_a_table_stands_at_its_caption(self):
        caption = read(zeros(), about("requests")).one(id="requests")
        assert (caption["tag"], caption["text"]) == ("caption", "三、收到和处理政府信息公开申请情况×1")

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("overview", "一、总体情况×1"),
            ("overview.subsections", "一、总体情况×1"),
            ("requests_text", "三、收到和处理政府信息公开申请情况×1"),
            ("other_matters", "六、其他需要报告的事项×1"),
        ],
    )
    def test_what_is_said_of_a_section_stands_at_its_heading(self, path, text):
        heading = read(evolve(zeros(), overview=SECTION), about(path)).one(id=path.partition(".")[0])
        assert (heading["tag"], heading["text"]) == ("h3", text)

    @pytest.mark.parametrize("path", ["preamble", "preamble.phone", "period"])
    def test_the_preamble(self, path):
        report = evolve(zeros(), preamble=Preamble(("第一段", "第二段")))
        assert read(report, about(path)).one(id="preamble")["text"] == "第一段×1"

    @pytest.mark.parametrize("path", ["issued_on", "issued_by"])
    def test_the_signature(self, path):
        assert read(evolve(zeros(), issued_by="石人镇"), about(path)).one(id="signature")["text"] == "石人镇×1"

    @pytest.mark.parametrize(
        "path", ["", "title", "agency", "year", "preamble", "issued_on", "nothing.of.the.kind", "REPORT", ".."]
    )
    def test_all_else_is_said_of_the_report(self, path):
        header = read(zeros(), about(path)).one(id=REPORT)
        assert header["tag"] == "header"
        assert "×1" in header["text"]

    def test_a_cell_that_the_form_does_not_have_is_said_of_what_is_nearest(self):
        anchors = Anchors(outline(zeros()))
        assert anchors.of("disclosure.procurement.amount") == "disclosure"
        assert anchors.of("requests.results.denied.nothing") == "requests.results.denied"


class TestList:
    def test_the_gravest_come_first_and_are_numbered(self):
        notes = [about("", "GX007"), about("disclosure"), about("", "GX107"), about("overview")]
        shown = read(zeros(), *notes)
        assert [each["text"][:2] for each in shown.all(tag="li")] == ["×1", "×2", "!3", "i4"]
        assert [each["text"] for each in shown.all(tag="h3")][:3] == ["Errors 2", "Warnings 1", "Notes 1"]

    def test_a_severity_can_be_hidden_without_a_script(self):
        shown = read(zeros(), about(""), about("", "GX107"))
        assert [each["id"] for each in shown.all(tag="input", type="checkbox")] == ["show-error", "show-warning"]
        assert [each["for"] for each in shown.all(tag="label")] == ["show-error", "show-warning"]
        assert shown.all(tag="script") == []

    def test_what_is_said_of_every_page_is_said_once(self):
        notes = [
            Finding("GX009", "", f"略去页码 {number}", f"left out {number}", location=Location(page=number))
            for number in range(1, 10)
        ]
        (item,) = read(zeros(), *notes).all(tag="li")
        assert "page 1; page 2; page 3; page 4; page 5; page 6; … (9 places)" in item["text"]
        assert "Notes 9" in [each["text"] for each in read(zeros(), *notes).all(tag="h3")]

    def test_nothing_found(self):
        assert "没有发现问题。" in Reader(Validation((), zeros()).to_html("zh")).one(**{"class": "findings"})["text"]

    def test_the_place_in_the_source_is_told_in_the_language(self):
        finding = about("requests", location=Location(page=2, table=1))
        assert "第 2 页 表 1" in read(zeros(), finding, language="zh").one(tag="li")["text"]
        assert "page 2, table 1" in read(zeros(), finding).one(tag="li")["text"]


class TestPage:
    @pytest.mark.parametrize(("language", "lang"), [("zh", "zh-CN"), ("en", "en")])
    def test_the_language_of_the_page_and_of_the_report(self, wrong, language, lang):
        shown = Reader(validate(wrong).to_html(language))
        assert shown.one(tag="html")["lang"] == lang
        assert shown.one(tag="article")["lang"] == "zh-CN"
        assert {each["lang"] for each in shown.all(tag="a") if each.get("class", "").startswith("sign")} == {lang}

    def test_an_unknown_language(self):
        with pytest.raises(GxparseError, match="'fr'"):
            Validation((), zeros()).to_html("fr")

    def test_without_a_report_there_is_no_page(self):
        with pytest.raises(GxparseError, match="no report"):
            Validation().to_html()
        assert Validation()._repr_html_() is None

    def test_it_loads_nothing_and_allows_nothing(self, wrong):
        text = validate(wrong).to_html()
        assert "default-src 'none'" in text
        assert GENERATOR in text
        assert not any(each in text for each in ("http:", "https:", "url(", "@import", "src="))

    def test_the_particulars(self):
        shown = read(evolve(zeros(), title=None, agency="石人镇", year=2023))
        assert shown.one(tag="h1")["text"] == "Check report石人镇2023年政府信息公开工作年度报告"
        assert [each["text"] for each in shown.all(tag="dd")] == ["石人镇", "2023", "2021"]
        assert shown.one(tag="title")["text"] == "Check report · 石人镇2023年政府信息公开工作年度报告"

    def test_headings_go_down_step_by_step(self, wrong):
        shown = Reader(validate(evolve(wrong, overview=SECTION)).to_html())
        levels = [int(each["tag"][1]) for each in shown.elements if each["tag"] in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_heads_have_a_scope(self):
        shown = read(zeros())
        scopes = {each["text"]: each["scope"] for each in shown.all(tag="th")}
        assert (scopes["自然人"], scopes["法人或其他组织"]) == ("col", "colgroup")
        assert (scopes["1.属于国家秘密"], scopes["（三）不予公开"]) == ("row", "rowgroup")
        assert scopes["现行有效件数"] == "col"

    def test_only_heads_of_the_whole_table_are_repeated_on_paper(self):
        assert len(read(zeros()).all(tag="thead")) == 2

    def test_hostile_texts_stay_texts(self):
        section = TextSection(HOSTILE, (HOSTILE,), (Subsection(HOSTILE, HOSTILE, (HOSTILE,)),))
        report = evolve(
            printed(zeros(), {"requests.received.total": HOSTILE}),
            title=HOSTILE,
            agency=HOSTILE,
            issued_by=HOSTILE,
            preamble=Preamble((HOSTILE,)),
            overview=section,
            other_tables=(OtherTable(HOSTILE, zeros().requests),),
        )
        finding = Finding("GX202", HOSTILE, HOSTILE, HOSTILE, label=HOSTILE, suggestion=HOSTILE)
        findings = (finding, evolve(finding, path="requests.received.total", code="GX999", severity=Severity.INFO))
        for text in (
            page(report, findings, Language.ZH),
            fragment(report, findings, Language.EN),
            pages([Entry(HOSTILE, report, findings), Entry(HOSTILE, problem=HOSTILE)], Language.EN),
        ):
            shown = Reader(text)
            assert shown.all(tag="script") == shown.all(tag="img") == []
            assert not any(name.startswith("on") for each in shown.elements for name in each)
            assert not any(each in text for each in ("\u202e", "\x00", "\ud800"))
            assert HOSTILE.replace("\u202e21\x00\ud800", "\\u202e21\\x00\\ud800") in shown.one(tag="article")["text"]
            assert text.encode("utf-8")

    @given(reports())
    def test_any_report_has_a_page_in_which_every_link_has_its_end(self, report):
        shown = Reader(validate(report).to_html("en"))
        ids = [each["id"] for each in shown.elements if "id" in each]
        assert len(set(ids)) == len(ids)
        ends = {each["href"].removeprefix("#") for each in shown.all(tag="a")}
        ends |= {each for element in shown.elements for each in element.get("aria-describedby", "").split()}
        ends |= {each["aria-labelledby"] for each in shown.elements if "aria-labelledby" in each}
        assert ends <= set(ids)

    @pytest.mark.parametrize("heading", ["", "三、收到和处理政府信息公开申请情况"])
    def test_a_heading_is_there_whatever_the_caption_of_a_second_table_says(self, heading):
        second = OtherTable(caption=heading, table=zeros().requests)
        report = evolve(zeros(), requests_text=TextSection(heading), other_tables=(second,))
        shown = Reader(validate(report).to_html("en"))
        ids = {each["id"] for each in shown.elements if "id" in each}
        assert {each["href"].removeprefix("#") for each in shown.all(tag="a")} <= ids
        assert [line.text for line in outline(report) if getattr(line, "kind", None) is Kind.HEADING][2] == heading

    @given(consistent_reports())
    def test_every_cell_is_shown(self, report):
        shown = Reader(Validation((), report).to_html())
        values = [cell.value for cell in report.cells()]
        assert [Decimal(each["text"]) for each in shown.all(tag="td")] == values

    def test_it_is_small_and_quick(self, wrong):
        validation = validate(wrong)
        validation.to_html()
        began = time.perf_counter()
        text = validation.to_html()
        assert time.perf_counter() - began < 1
        assert len(text.encode()) < 300_000


class TestSeveral:
    def test_a_table_of_all_files_leads_to_each(self, wrong):
        sound = evolve(zeros(), agency="甲镇", year=2023)
        entries = [
            Entry("a.txt", wrong, (about("requests"),)),
            Entry("b.txt", sound),
            Entry("c.txt", problem="broken"),
            Entry("d.txt", wrong, (about("requests", "GX107"),)),
        ]
        shown = Reader(pages(entries, Language.EN))
        assert [each["text"] for each in shown.all(tag="th", scope="row") if each["text"].endswith(".txt")] == [
            "a.txt", "b.txt", "c.txt", "d.txt"
        ]  # fmt: skip
        nav = shown.one(tag="nav")
        assert "broken" in nav["text"]
        links = [each["href"] for each in shown.all(tag="a") if each["text"].endswith(".txt")]
        assert links == ["#r1-report", "#r4-report"]
        assert {each["tag"] for each in shown.all(id="r1-requests") + shown.all(id="r4-requests")} == {"caption"}
        assert shown.one(tag="h1")["text"] == "Check report: 4 files"
        assert "1 error, 1 warning, 0 notes" in shown.one(tag="main")["text"]
        assert len(shown.all(tag="article")) == 2
        assert len(shown.all(tag="a", href="#files")) == 2


class TestNotebooks:
    def test_a_report_and_what_was_found_show_themselves(self, wrong):
        report = evolve(wrong, findings=(about("requests.received.total"),))
        shown = Reader(report._repr_html_())
        assert shown.elements[0]["tag"] == "style"
        assert shown.elements[1]["class"] == "gxparse"
        assert "error" in [each.get("class") for each in shown.all(tag="td")]
        assert Reader(validate(wrong)._repr_html_()).all(tag="td")

    def test_two_on_one_page_have_no_id_in_common(self, wrong):
        ids = [
            {each["id"] for each in Reader(validate(wrong)._repr_html_()).elements if "id" in each} for _ in range(2)
        ]
        assert ids[0].isdisjoint(ids[1])

    def test_its_styles_are_those_of_nothing_else(self, wrong):
        style = Reader(validate(wrong)._repr_html_()).elements[0]["text"]
        rules = [part.rpartition("{")[0] for part in style.replace("}", "}\n").split("}\n")]
        for rule in rules:
            for selector in rule.rpartition("{")[2].split("\n")[-1].split(","):
                assert not selector.strip() or ".gxparse" in selector or ":is(" in rule, selector

    def test_a_blank_report(self):
        assert Reader(Report()._repr_html_()).all(tag="table")
