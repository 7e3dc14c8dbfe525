"""What a page says about the report: in its head, and in the tables and lines above the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser

from gxparse.readers.web.pieces import BREAK, Piece, Row, Text, collapsed, table_of

_LABELS = {
    "index_number": "索引号 信息索引号 信息索引",
    "publisher": "发布机构 发布单位 发布机关 发文机关 发文机构 公开机构 公开机关 公开主体 信息来源 文章来源 来源",
    "published_on": "公开日期 发文日期 发布日期 发布时间 公开时间 成文日期 生成日期 发文时间 日期",
    "document_number": "文号 发文字号 文件编号 公文编号",
    "title": "名称 标题 信息名称 文件名称 公文名称",
}
# What else pages say there: no value of what stands before it, and not kept.
_OTHERS = (
    "主题分类 体裁分类 组配分类 信息分类 信息类别 服务对象 主题词 关键词 关键字 内容概述 有效性 生效日期 失效日期 "
    "废止日期 公开方式 公开形式 公开类别 公开范围 公开程序 公开时限 作者 责任编辑"
)
_KEYS = {label: key for key, labels in (*_LABELS.items(), ("", _OTHERS)) for label in labels.split()}
_IN_HEAD = {"pubdate": "published_on", "contentsource": "publisher", "articletitle": "title"}
_NAMES = "|".join(r"\s*".join(name) for name in sorted(_KEYS, key=len, reverse=True))
_NAME = re.compile(rf"[【\[]?\s*({_NAMES})\s*[】\]]?\s*[：:]?")
_SAID = re.compile(
    rf"(?<![\w】])[【\[]?({_NAMES})\s*[】\]]?\s*[：:][^\S{BREAK}]*"
    rf"(.*?)(?=\s{{2,}}|\s*[|｜]|\s+[^\s：:0-9]{{2,8}}\s*[：:]|\s*[【\[]?(?:{_NAMES})\s*[】\]]?\s*[：:]|$)"
)
# Where a value is missing, the next label stands in its place.
_NEXT = re.compile(r"[【\[]?\s*[^：:0-9]{2,8}\s*[】\]]?\s*[：:]")
_LONGEST_SAID = 200
_MOST_ROWS = 12


def said_in_head(tree: LexborHTMLParser) -> dict[str, str]:
    """What the head of a page says about the report."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        attributes = node.attributes
        key = _IN_HEAD.get((attributes.get("name") or "").strip().lower())
        if key and (value := (attributes.get("content") or "").strip()):
            found.setdefault(key, value)
    title = tree.css_first("title")
    if "title" not in found and title is not None and (text := _SITE.split(collapsed(title.text()))[0]):
        found["title"] = text
    return found


# What sets the name of the site apart from the title of the page.
_SITE = re.compile(r"\s*[_|｜]|\s+[-–—]+\s|[-–—]{2}")


def said_above(pieces: Sequence[Piece]) -> tuple[dict[str, str], set[int]]:
    """What tables and lines above the report say about it, and which pieces say nothing else."""
    metadata: dict[str, str] = {}
    left_out: set[int] = set()
    lines: dict[int, str] = {}
    for number, group in groupby(enumerate(pieces), key=lambda each: table_of(each[1])):
        found = dict(group)
        rows = [[box.text for box in piece.boxes] for piece in found.values() if isinstance(piece, Row)]
        said = [each for row in rows for each in _said(row)] if len(rows) <= _MOST_ROWS else []
        if len({key for _, key, _ in said}) > 1:
            metadata = {key: value for _, key, value in reversed(said) if key and value} | metadata
            left_out.update(found)
        elif number and sum(len(row) > 1 for row in rows) > 1:
            break
        texts = {at: piece.text for at, piece in found.items() if isinstance(piece, Text)}
        lines |= texts
        if any(len(text) > _LONGEST_SAID for text in texts.values()):
            break
    places, texts_above = list(lines), list(lines.values())
    said = list(_said(texts_above))
    several = len({key for _, key, _ in said}) > 1
    for at, key, value in said:
        if key and value and (several or "：" in texts_above[at] or ":" in texts_above[at]):
            metadata.setdefault(key, value)
        if several and (name := _NAME.match(texts_above[at])):
            alone = name.end() == len(texts_above[at]) and value
            left_out.update(places[at : at + 1 + bool(alone)])
    return metadata, left_out


def _said(texts: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What the texts say: the number of the text, the key and its value, which may be the next text."""
    for at, text in enumerate(texts):
        if len(text) > _LONGEST_SAID:
            continue
        if name := _NAME.fullmatch(text):
            following = texts[at + 1] if at + 1 < len(texts) else ""
            yield at, _key(name[1]), _value(following)
        else:
            for match in _SAID.finditer(text):
                yield at, _key(match[1]), _value(match[2].strip())


def _value(text: str) -> str:
    """A value, nothing where the text is the next label."""
    return "" if _NAME.fullmatch(text) or _NEXT.match(text) else text


def _key(name: str) -> str:
    return _KEYS["".join(name.split())]
