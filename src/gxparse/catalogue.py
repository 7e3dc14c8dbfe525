"""The catalogue of findings: every code with its severity, its titles, what it means and where its rule comes from."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

__all__ = ["CATALOGUE", "Kind", "Severity"]


class Severity(StrEnum):
    """How grave a finding is. A report with a finding of severity *error* is not fit to be published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# ── Where the rules come from ────────────────────────────────────────────────────────────────────────────────────────

_READING = "reading 读取"
_FORM = "国办公开办函〔2021〕30号, 国办公开办函〔2019〕60号"
_FORM_2021 = "国办公开办函〔2021〕30号"
_HEAD_OF_TABLE = "head of table three 表三表头, 国办公开办函〔2021〕30号"
_ARITHMETIC = "arithmetic 算术"
_LAST_YEAR = "arithmetic, over two years 跨年算术"
_ARTICLE_49 = "Decree 711, article 49 条例第四十九条"
_ARTICLE_50 = "Decree 711, article 50 条例第五十条"


@frozen
class Kind:
    """An entry of the catalogue: what the findings of one code have in common.

    Attributes:
        code: the code, such as ``"GX302"``.
        severity: how grave such a finding is, unless it says otherwise itself.
        title_zh: what is wrong, in a few words of Chinese.
        title_en: the same in English.
        source: the article, the notice or the arithmetic that the rule comes from.
        meaning_zh: what the rule demands, or what the parser does, in Chinese.
        meaning_en: the same in English.
        form: the year of the form that it is about, if it is only one.
    """

    code: str
    severity: Severity
    title_zh: str
    title_en: str
    source: str
    meaning_zh: str
    meaning_en: str
    form: str = ""


_KINDS = (
    # ── GX0: reading ─────────────────────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX001", _WARNING, "按相似程度识别的标签", "label read by similarity", _READING),
        "标签与规定的写法略有出入，按相似程度、序号和前后行识别。请核对标签。",
        "A label differs a little from that of the form, and is told by likeness, number and the rows around it.",
    ),
    Kind(
        *("GX002", _ERROR, "数值无法对应到列", "values that cannot be assigned to columns", _READING),
        "一行的数值个数或表头与规定的列不符，不能确定哪个数值属于哪一列，因此不读取。",
        "A row has other cells or heads than the form, so that no value is surely that of a column; none is read.",
    ),
    Kind(
        *("GX003", _ERROR, "单元格或行的界限丢失", "cell or row boundaries lost", _READING),
        "原文没有留下单元格或行的界限，数值无法分开，因此不读取。",
        "The source does not tell where a cell or a row ends, so that its values cannot be told apart; none is read.",
    ),
    Kind(
        *("GX004", _WARNING, "表中有未知的行或多余的文字", "unknown row or stray text in a table", _READING),
        "表格中有规定格式所没有的行或文字；保留在此提示中，不计入任何单元格。",
        "A table holds a row or a text that the form does not have; it enters no cell.",
    ),
    Kind(
        *("GX005", _INFO, "数字带单位或以文字写出", "number with a unit or in words", _READING),
        "单元格中除数字外还有单位或文字，已读出数字。",
        "A cell holds a unit or words beside its number, which is read.",
    ),
    Kind(
        *("GX006", _WARNING, "同类表格出现第二张", "second table of a kind", _READING),
        "同一种表格出现两次（如本级与全区）；第二张另行保存，不与第一张相加。",
        "A table of one kind stands in the report twice; the second is kept apart and never added to the first.",
    ),
    Kind(
        *("GX007", _INFO, "编码系推测", "encoding guessed", _READING),
        "文件没有说明文字编码，按内容推测。",
        "The file does not say how its characters are encoded; it was told by what it holds.",
    ),
    Kind(
        *("GX008", _ERROR, "表格是图片", "table is an image", _READING),
        "表格是一张图片，其中的数字无法读取。",
        "A table is a picture, so that its numbers cannot be read.",
    ),
    Kind(
        *("GX009", _INFO, "读取时略去、拼接或补入的内容", "left out, put together or taken in by the reader", _READING),
        "读取时略去了页码、页眉之类，或拼接了被分开的单元格，或补入了附件中的内容。",
        "The reader left out page numbers and the like, put cut cells together, or took in what stands elsewhere.",
    ),
    # ── GX1: form ────────────────────────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX101", _INFO, "缺少章节", "section missing", _ARTICLE_50 + "; " + _FORM),
        "年度报告由六部分组成，缺少其中一部分的标题。",
        "A report consists of six sections; the heading of one of them is not there.",
    ),
    Kind(
        *("GX102", _INFO, "章节名称或序号不规范", "section misnamed or misnumbered", _FORM),
        "章节标题应使用规定的名称和序号（一至六）。",
        "The heading of a section should have the name and the number that the form gives it.",
    ),
    Kind(
        *("GX103", _INFO, "章节顺序不符", "sections out of order", _FORM),
        "六个部分应按规定的顺序排列。",
        "The six sections should stand in the order of the form.",
    ),
    Kind(
        *("GX104", _INFO, "章节没有内容", "section empty", _ARTICLE_50 + "; " + _FORM),
        "有标题而没有文字的章节；没有需要报告的，应写明。",
        "A section has a heading and no text; where there is nothing to report, that is to be said.",
    ),
    Kind(
        *("GX105", _ERROR, "缺少表格", "table missing", _FORM),
        "二、三、四部分各有一张规定的表格。",
        "Sections two, three and four hold one table each.",
    ),
    Kind(
        *("GX106", _WARNING, "缺少行", "row missing", _FORM),
        "表格应有规定格式的所有行，没有的填 0。",
        "A table has every row of the form, with 0 where there is nothing to report.",
    ),
    Kind(
        *("GX107", _WARNING, "使用旧格式", "old form used", _FORM_2021),
        "2021 年度起的报告应使用国办公开办函〔2021〕30号规定的格式。",
        "Reports for 2021 and later use the form of the notice of 2021.",
        form="2019",
    ),
    Kind(
        *("GX108", _WARNING, "新旧格式混用", "forms mixed", _FORM_2021),
        "同一份报告中出现两种格式的行。",
        "One report has rows of both forms.",
    ),
    Kind(
        *("GX109", _WARNING, "标题没有年份或机关名称", "title without year or agency", _FORM),
        "标题应写明机关名称和报告年度。",
        "The title names the agency and the year of the report.",
    ),
    Kind(
        *("GX110", _WARNING, "年份不一致", "years disagree", _ARITHMETIC),
        "标题、统计期限、表头和正文中的年份应一致；次年年初发布属正常。",
        "Title, period, heads of columns and text name one year; to be issued in the year after it is normal.",
    ),
    Kind(
        *("GX111", _INFO, "统计期限不是全年", "period is no whole year", _ARTICLE_49),
        "统计期限应为报告年度的 1 月 1 日至 12 月 31 日。",
        "The period is the year of the report, from 1 January to 31 December.",
    ),
    # ── GX2: cells ───────────────────────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX201", _WARNING, "空白", "blank", _FORM),
        "没有的应填 0，不应留空。空白、0 和“不适用”是三种不同的说法。",
        "Where there is nothing to report a 0 is written. Blank, 0 and “not applicable” are three statements.",
    ),
    Kind(
        *("GX202", _ERROR, "不是数字", "not a number", _FORM),
        "单元格中的内容不能读作数字。",
        "What stands in a cell cannot be read as a number.",
    ),
    Kind(
        *("GX203", _WARNING, "填写“不适用”之类", "“not applicable” instead of a number", _FORM),
        "填写了“/”“无”“不涉及”之类，应填 0。",
        "A cell holds “/”, “无” or the like; a 0 is to be written.",
    ),
    Kind(
        *("GX204", _ERROR, "负数", "negative", _ARITHMETIC),
        "件数和金额不能为负；只有“本年增/减”可以为负。",
        "No count and no amount is negative; only the column 本年增/减 may be.",
    ),
    Kind(
        *("GX205", _ERROR, "件数出现小数", "fraction in a count", _ARITHMETIC),
        "件数应为整数。",
        "A count is a whole number.",
    ),
    Kind(
        *("GX206", _INFO, "金额没有单位", "amount without a unit", _FORM),
        "金额应注明单位（元、万元）。",
        "An amount names its unit.",
    ),
    # ── GX3: sums ────────────────────────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX301", _ERROR, "收到与办理不平衡", "received and handled do not balance", _HEAD_OF_TABLE),
        "每列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度继续办理。",
        "In each column: received + carried in = results total + carried out.",
    ),
    Kind(
        *("GX302", _ERROR, "办理结果之和不等于总计", "results do not add up", _ARITHMETIC),
        "每列：（一）至（六）各行之和 = （七）总计。",
        "In each column: the rows （一） to （六） are together （七）.",
    ),
    Kind(
        *("GX303", _ERROR, "申请人之和不等于总计", "applicants do not add up", _ARITHMETIC),
        "每行：自然人 + 五类法人或其他组织 = 总计。",
        "In each row: natural persons and the five kinds of organisations are together the total.",
    ),
    Kind(
        *("GX304", _ERROR, "复议诉讼结果之和不等于总计", "outcomes do not add up", _ARITHMETIC),
        "结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。",
        "Upheld, corrected, other and pending are together the total.",
    ),
    Kind(
        *("GX305", _INFO, "不大可能的组合", "unlikely combination", _ARITHMETIC),
        "各数字单独看可能，放在一起不大可能，请核对。",
        "Numbers that are each possible and together hardly so; they are for a second look.",
    ),
    # ── GX4: narrative against table ─────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX401", _ERROR, "正文与表格的收到件数不一致", "requests received: text against table", _ARITHMETIC),
        "正文所写收到、受理、新收的申请件数应与表三第一项一致（或与第一、二项之和一致）。",
        "What the text says of requests received is what table three has, without or with those carried in.",
    ),
    Kind(
        *("GX402", _ERROR, "正文与表格的办结件数不一致", "requests handled: text against table", _ARITHMETIC),
        "正文所写办结、答复的件数应与表三第三项总计一致。",
        "What the text says of requests dealt with is what table three has as the total of results.",
    ),
    Kind(
        *("GX403", _ERROR, "正文与表格的结转件数不一致", "requests carried over: text against table", _ARITHMETIC),
        "正文所写上年结转、结转下年度的件数应与表三第二、四项一致。",
        "What the text says of requests carried in and out is what table three has.",
    ),
    Kind(
        *("GX404", _ERROR, "正文与表格的办理结果不一致", "results: text against table", _ARITHMETIC),
        "正文所写予以公开、部分公开、不予公开等件数应与表三第三项各行一致。",
        "What the text says of requests granted, denied and so on is what the rows of table three have.",
    ),
    Kind(
        *("GX405", _ERROR, "正文与表格的申请人件数不一致", "applicants: text against table", _ARITHMETIC),
        "正文所写自然人、法人或其他组织的申请件数应与表三各列一致。",
        "What the text says of natural persons and organisations is what the columns of table three have.",
    ),
    Kind(
        *("GX406", _ERROR, "正文与表格的复议诉讼件数不一致", "proceedings: text against table", _ARITHMETIC),
        "正文所写行政复议、行政诉讼的件数和结果应与表四一致。",
        "What the text says of reconsideration and litigation is what table four has.",
    ),
    Kind(
        *("GX407", _ERROR, "正文与表二的件数不一致", "disclosure: text against table", _ARITHMETIC),
        "正文所写规章、行政规范性文件、行政许可等数量应与表二一致。",
        "What the text says of rules, normative documents, licensing and so on is what table two has.",
    ),
    Kind(
        *(
            "GX408",
            _WARNING,
            "正文前后所写信息处理费不一致",
            "information-processing fees: the text",
            _FORM_2021,
        ),
        "正文各处所写信息处理费应一致；没有收到申请的，不会收取信息处理费。",
        "What the text says of the information-processing fees agrees, and with the requests there were.",
    ),
    # ── GX5: against last year ───────────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX501", _ERROR, "与上年结转不衔接", "carried over does not agree with last year", _LAST_YEAR),
        "每列：本年的上年结转 = 上年报告的结转下年度继续办理。",
        "In each column: carried in = carried out in the report of last year.",
    ),
    Kind(
        *("GX502", _ERROR, "与上年存量不衔接", "stock does not agree with last year", _LAST_YEAR),
        "2021 年格式：现行有效 = 上年现行有效 + 本年制发 − 本年废止。"
        "2019 年格式：对外公开总数量 = 上年总数量 + 本年新公开（格式没有废止一列，少于此数只作警告）；"
        "上一年项目数量 = 上年报告的上一年项目数量 + 本年增/减。",
        "Form 2021: in force = in force last year + issued − repealed. "
        "Form 2019: disclosed in all = disclosed in all last year + newly disclosed (fewer is a warning only, as the "
        "form has no column for those repealed); items last year = items and change in the report of last year.",
    ),
    Kind(
        *("GX503", _INFO, "与上年相差悬殊", "far from last year", _LAST_YEAR),
        "数值与上年相差 10 倍以上，且较大的不小于 100，请核对；每份报告最多提示 5 处，先列总计。",
        "A number is ten times that of last year or more, or a tenth, and the greater at least 100; please check. "
        "No more than five are named, totals first.",
    ),
    Kind(
        *("GX504", _INFO, "文字与上年雷同", "text copied from last year", _ARTICLE_50),
        "一个部分的文字（100 字以上）与上年报告的相似度达 90%，数字、标点不计。",
        "The text of a section (100 characters or more) is that of last year by 90 %, numbers and signs aside.",
    ),
    Kind(
        *("GX505", _INFO, "机关或年度不衔接", "another agency or year than expected", _LAST_YEAR),
        "上年报告应为同一机关前一年度的报告；机关名称省略所属行政区划或使用简称的，视为同一机关。",
        "The report of last year is of the same agency and of the year before. A short form of the agency's name, or "
        "one without the divisions above, will do.",
    ),
    # ── GX6: against the parts ───────────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX601", _ERROR, "与下级汇总不一致", "not the sum of the parts", _ARITHMETIC),
        "汇总报告的单元格 = 各下级报告之和；下级报告中没有数值的，其和只作下限。",
        "A cell of the report of the whole is the sum over the reports of the parts, and at least that sum where a "
        "part has no value.",
    ),
    Kind(
        *("GX602", _INFO, "下级报告无法汇总", "a part that cannot be added", _ARITHMETIC),
        "下级报告的年度或格式不同，或单元格没有数值，不能计入汇总；或同一机关的报告出现两次。",
        "A part is of another year or form, or lacks a value, and cannot enter the sum; or an agency is there twice.",
    ),
    # ── GX7: duties ──────────────────────────────────────────────────────────────────────────────────────────────────
    Kind(
        *("GX701", _WARNING, "逾期发布", "issued late", _ARTICLE_49),
        "县级以上政府部门应在 1 月 31 日前、县级以上人民政府应在 3 月 31 日前发布上年度报告；"
        "乡镇、街道、开发区按惯例 1 月 31 日前发布。",
        "Departments at county level and above issue the report by 31 January, people's governments at these levels by "
        "31 March; towns, streets and development zones, by practice, by 31 January.",
    ),
    Kind(
        *("GX702", _WARNING, "没有说明信息处理费", "no statement on information-processing fees", _FORM_2021),
        "第六部分应说明收取信息处理费的情况，没有收取的也应说明。",
        "Section six states the information-processing fees charged, also where there were none.",
        form="2021",
    ),
    Kind(
        *("GX703", _INFO, "没有联系方式", "no contact details", _FORM),
        "报告开头应写明联系地址、邮编、电话等。",
        "The preamble gives address, postcode, telephone and the like.",
    ),
    Kind(
        *("GX704", _INFO, "没有报告考核评议和责任追究", "no assessment, review, accountability", _ARTICLE_50),
        "各级人民政府的报告还应包括工作考核、社会评议和责任追究结果情况。",
        "The report of a people's government must also tell of work assessment, public review and accountability.",
    ),
)

#: Every code the library uses.
CATALOGUE: dict[str, Kind] = {kind.code: kind for kind in _KINDS}
