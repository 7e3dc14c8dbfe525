"""The check report in a browser: a click on a finding shows its cell, and nothing is loaded or run."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from attrs import evolve

from gxparse.findings import Finding
from gxparse.messages import Language
from gxparse.records import TextSection
from gxparse.rendering.checked import page
from gxparse.rules import validate
from gxparse.testing import printed, zeros
from tests.material import chromium

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PARAGRAPH = "一段很长的文字，说明情况。" * 40
WRONG = evolve(
    zeros().replace({"proceedings.reconsideration.total": 3, "requests.results.denied.state_secret.total": 2}),
    title="石人镇2023年政府信息公开工作年度报告",
    overview=TextSection("一、总体情况", (PARAGRAPH,) * 5),
)
WRONG = printed(WRONG, {"requests.carried_in.total": "/"})
# What the tests ask for, written into the page when all is done.
PROBE = """
<script>
function seen(element) {
  if (!element) return null;
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
  const at = document.elementFromPoint(box.left + 4, box.top + 4);
  return {id: element.id, inside: inside && element.contains(at), outline: style.outlineStyle,
          background: style.backgroundColor, shown: style.display !== "none" && box.height > 0};
}
addEventListener("load", async () => {
  const steps = [];
  const turn = () => new Promise(done => setTimeout(done, 50));
  STEPS
  const answer = document.createElement("script");
  answer.type = "application/json"; answer.id = "answer"; answer.textContent = JSON.stringify(steps);
  document.body.append(answer);
});
</script>
"""
ANSWER = re.compile(r'<script type="application/json" id="answer">(.*?)</script>', re.DOTALL)


def browse(path, *options):
    command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", *options]
    done = subprocess.run([*command, path.as_uri()], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def steps(tmp_path):
    """What a script that is put into a page finds there, in a window of a size."""

    def steps(text, script, size="1400,800"):
        # The page's own rule allows no script at all, and so not this one either.
        text, count = POLICY.subn("", text)
        assert count == 1
        path = tmp_path / "check.html"
        path.write_text(text.replace("</body>", PROBE.replace("STEPS", script) + "</body>"), encoding="utf-8")
        return json.loads(ANSWER.search(browse(path, f"--window-size={size}", "--dump-dom"))[1])

    return steps


@pytest.mark.parametrize("size", ["1400,800", "420,700"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_click_on_a_finding_shows_its_cell_and_a_click_on_the_sign_leads_back(steps, size, language):
    script = """
    for (const item of document.querySelectorAll(".findings li")) {
      item.querySelector("a").click(); await turn();
      const cell = document.querySelector(":target");
      steps.push(seen(cell));
      cell.querySelector(`a.sign[href="#${item.id}"]`).click(); await turn();
      steps.push(seen(document.querySelector(":target")));
    }"""
    validation = validate(WRONG, select=["GX203", "GX303", "GX304"])
    found = steps(validation.to_html(language), script, size)
    assert [each["id"] for each in found] == [
        "requests.results.denied.state_secret.total",
        "f1",
        "proceedings.reconsideration.total",
        "f2",
        "requests.carried_in.total",
        "f3",
    ]
    assert all(each["inside"] and each["outline"] == "solid" for each in found)


def test_an_address_with_a_path_leads_to_the_cell(steps):
    script = """
    location.hash = "#requests.carried_out.total"; await turn();
    steps.push(seen(document.querySelector(":target")));"""
    (cell,) = steps(validate(WRONG).to_html("zh"), script)
    assert (cell["id"], cell["inside"]) == ("requests.carried_out.total", True)


def test_the_keyboard_reaches_every_link_and_sees_where_it_is(steps):
    script = """
    for (const link of document.querySelectorAll("a, input, .scroll")) {
      link.focus({focusVisible: true});
      steps.push([document.activeElement === link, getComputedStyle(link).outlineStyle]);
    }"""
    found = steps(validate(WRONG).to_html("zh"), script)
    assert len(found) > 8
    assert {tuple(each) for each in found} == {(True, "solid")}


def test_a_severity_is_hidden_by_its_box(steps):
    script = """
    const groups = () => [...document.querySelectorAll(".group")].map(group => seen(group).shown);
    steps.push(groups());
    document.querySelector(".show-warning").click(); steps.push(groups());
    document.querySelector(".show-error").click(); steps.push(groups());"""
    text = validate(WRONG, select=["GX203", "GX304"]).to_html("zh")
    assert steps(text, script) == [[True, True], [True, False], [False, False]]


def test_wrong_cells_have_another_ground(steps):
    script = """
    for (const id of ["proceedings.reconsideration.total", "requests.carried_in.total", "requests.received.total"])
      steps.push(seen(document.getElementById(id)).background);"""
    assert len(set(steps(validate(WRONG).to_html("zh"), script))) == 3


@pytest.mark.parametrize("size", ["1400,800", "420,700"])
def test_the_page_is_no_wider_than_the_window(steps, size):
    script = "steps.push(document.documentElement.scrollWidth <= innerWidth)"
    assert steps(validate(WRONG).to_html("zh"), script, size) == [True]


def test_no_script_of_a_document_runs(tmp_path):
    hostile = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    report = evolve(WRONG, title=hostile, overview=TextSection(hostile, (hostile,)))
    text = page(report, [Finding("GX202", "", hostile, hostile)], Language.ZH)
    # Were it not escaped, the page's own rule would still hold it back.
    for name, shown in (("escaped", text), ("raw", text.replace("</article>", f"{hostile}</article>"))):
        path = tmp_path / f"{name}.html"
        path.write_text(shown, encoding="utf-8")
        assert "<title>run" not in browse(path, "--dump-dom")


def test_it_is_printed(tmp_path):
    path, printed_file = tmp_path / "check.html", tmp_path / "check.pdf"
    path.write_text(validate(WRONG).to_html("zh"), encoding="utf-8")
    browse(path, "--no-pdf-header-footer", f"--print-to-pdf={printed_file}")
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(printed_file) as pdf:
        assert {(round(each.width), round(each.height)) for each in pdf.pages} == {(595, 842)}
        words = "".join(each.extract_text() for each in pdf.pages)
        right = max(char["x1"] for each in pdf.pages for char in each.chars)
    assert "复议后起诉" in words.replace("\n", "")
    assert right < 595 - 30
