"""Texts brought to one spelling, so that labels can be compared; numbers are folded far less than labels."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

#: Longer texts are no labels, and are not looked at as such.
LABEL_LIMIT = 120

# The characters of the form's labels and headings that Traditional script writes otherwise.
_TRADITIONAL = (
    "開總體況動條項內製對數處許務強罰業費購額採財萬億單請辦轉結屬國祕護權類過執詢沒現補後確認報舉訴複復議訟經維糾審"
    "無當區繳納應據稱與為爲問題進續繼電話郵編傳網聯繫統計時間週從組織構個獲資於鄉鎮廳證營產術衛餘兩減發廢標負責監導實"
    "際檢設備註錄關規範機縣種預決鈎詳訪這門隊館銀訂說適員號穩碼別級職鉤會係"
)
_SIMPLIFIED = (
    "开总体况动条项内制对数处许务强罚业费购额采财万亿单请办转结属国秘护权类过执询没现补后确认报举诉复复议讼经维纠审"
    "无当区缴纳应据称与为为问题进续继电话邮编传网联系统计时间周从组织构个获资于乡镇厅证营产术卫余两减发废标负责监导实"
    "际检设备注录关规范机县种预决钩详访这门队馆银订说适员号稳码别级职钩会系"
)
_SCRIPT = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_TRADITIONAL_CHARACTER = re.compile(f"[{_TRADITIONAL}]")

_Table: TypeAlias = dict[int, int | str | None]

_HALF_WIDTH: _Table = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_DASHES: _Table = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣─━"), "-")
_QUOTES: _Table = dict.fromkeys(map(ord, "“”„‟〝〞＂「」『』‘’'`´"), '"')
_SIGNS: _Table = {**_HALF_WIDTH, **_DASHES, **_QUOTES}
_SPELLING_OF_SIGN = {chr(code): chr(sign) if isinstance(sign, int) else str(sign) for code, sign in _SIGNS.items()}
_SIGN = re.compile(f"[{''.join(map(re.escape, _SPELLING_OF_SIGN))}]")
_NUMBER_SIGNS: _Table = {**_HALF_WIDTH, **dict.fromkeys(map(ord, "‒–—―−－﹣─━"), "-"), 0xA0: " ", 0x3000: " "}

_SPACE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")
_EMPTY_MARKUP = re.compile(r"(?:&nbsp;?|&#160;|</?o:p>|\s)*", re.IGNORECASE)
_CHINESE = "一二三四五六七八九十"
_NUMBERINGS = (
    (re.compile(rf"\(([{_CHINESE}]{{1,3}})\)[、.,:]?"), "({})"),
    (re.compile(rf"([{_CHINESE}]{{1,3}})[、.,:]"), "{}、"),
    (re.compile(r"\(([0-9]{1,2})\)[、.]?"), "{}."),
    (re.compile(r"([0-9]{1,2})(?:[、)]|\.(?![0-9]))"), "{}."),
)
_NOTE = re.compile(r"\([^()]+\)|\[[^\[\]]+\]")
_OPEN_NOTE = re.compile(r"\([^()]*$")


def closed(text: str) -> str:
    """The text without white space."""
    return _SPACE.sub("", text)


def squeeze(text: str) -> str:
    """The text without white space, its full-width signs made half-width: one character stays one character."""
    text = closed(text)
    # Faster than to look at every character of a long text. ASCII comes first: what a full-width sign becomes, stays.
    for sign in sorted(set(_SIGN.findall(text))):
        text = text.replace(sign, _SPELLING_OF_SIGN[sign])
    return text


def simplified(text: str) -> str:
    """Traditional characters made Simplified, character by character, so that positions hold."""
    return text.translate(_SCRIPT) if _TRADITIONAL_CHARACTER.search(text) else text


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing but white space, or what is left of it in markup."""
    return not text or text.isspace() or bool(_EMPTY_MARKUP.fullmatch(_trimmed(text)))


def _trimmed(text: str) -> str:
    return text.strip().strip("\u200b\ufeff")


def fold_number(text: str) -> str:
    """A cell's text as its number is read: ends trimmed, full-width digits and signs folded, nothing else.

    >>> fold_number("　１２ 15 ")
    '12 15'
    """
    if text.isascii() and text.isdigit():
        return text
    if is_blank(text):
        return ""
    return simplified(_trimmed(text).translate(_NUMBER_SIGNS))


def split_numbering(text: str) -> tuple[str, str]:
    """The numbering of a squeezed text, in one spelling, and what follows it.

    >>> split_numbering("(3)其他"), split_numbering("四、结转"), split_numbering("2024年")
    (('3.', '其他'), ('四、', '结转'), ('', '2024年'))
    """
    for pattern, form in _NUMBERINGS:
        if match := pattern.match(text):
            return form.format(match[1]), text[match.end() :]
    return "", text


def label(text: str) -> str:
    r"""The text in the spelling in which labels are compared.

    >>> label("㈢ 不予\n公開"), label("３．危及“三安全一稳定”"), label("**规 章**")
    ('(三)不予公开', '3.危及"三安全一稳定"', '规章')
    """
    text = simplified(squeeze(unicodedata.normalize("NFKC", text))).strip("*#_").lstrip("#")
    numbering, rest = split_numbering(text)
    return numbering + rest


def without_notes(text: str) -> str:
    """A label without the explanations in brackets behind it; its numbering stays.

    >>> without_notes("(二)部分公开(区分处理的,只计这一情形)")
    '(二)部分公开'
    """
    numbering, rest = split_numbering(text)
    while (shorter := _NOTE.sub("", rest)) != rest:
        rest = shorter
    return numbering + rest


def without_open_note(text: str) -> str:
    """A label without an explanation in brackets that is cut off.

    >>> without_open_note("部分公开(区分处理的,")
    '部分公开'
    """
    return _OPEN_NOTE.sub("", text)
