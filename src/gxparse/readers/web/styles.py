"""What styles make of elements: unseen, blocks, struck out, raised.

Inline styles and the simple rules of the page's own style sheets are weighed as a browser weighs them, for the few
properties that tell whether a text is seen and whether a figure belongs to the number beside it. Pages that name none
of them cost a search for words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from attrs import field, frozen
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from gxparse.readers import limits

#: What styles make of an element, besides what tags say: not there; not seen, though it takes its room; not there, but
#: holding tables that scripts may show, as tabs do; set apart from the text around it; with figures that no text holds.
HIDDEN, VEILED, FOLDED, APART, ADDED = "-hidden", "-veiled", "-folded", "-apart", "-added"
UNSEEN = frozenset((HIDDEN, VEILED, FOLDED))


@frozen
class Styles:
    """The elements that styles make something else.

    Attributes:
        likes: what each is like: unseen, apart, or the tag that says the same.
        around: these elements and all that hold them.
    """

    likes: Mapping[int, str] = field(factory=dict)
    around: frozenset[int] = frozenset()

    @property
    def are_folded(self) -> bool:
        """Whether a part of the page that is not shown holds tables."""
        return FOLDED in self.likes.values()

    def unfolded(self) -> Styles:
        """The styles, with the parts shown that hold tables."""
        return Styles({node: like for node, like in self.likes.items() if like != FOLDED}, self.around)


def styles_of(tree: LexborHTMLParser, html: bytes) -> Styles:
    """What the styles of a page make of its elements."""
    said = b" ".join(set(_STYLE.findall(html.lower())))
    cascade = _Cascade()
    for node in tree.css("[hidden]"):
        cascade.declare(node, _BY_ATTRIBUTE, ((_DISPLAY, "none"),))
    inline = {node.mem_id: node for word, css in _INLINE.items() if word in said for node in tree.css(css)}
    for node in (*inline.values(), *_of_sheets(tree, cascade)):
        for weight, declared in _declared(node.attributes.get("style") or "", _INLINE_WEIGHT):
            cascade.declare(node, weight, (declared,))
    likes: dict[int, str] = {}
    around: set[int] = set()
    for node, properties in cascade.found():
        for each, like in _likes(node, properties):
            likes[each.mem_id] = like
            holder: LexborNode | None = each
            while holder is not None and holder.mem_id not in around:
                around.add(holder.mem_id)
                holder = holder.parent
    return Styles(likes, frozenset(around))


# ── What is declared ─────────────────────────────────────────────────────────────────────────────────────────────────

_DISPLAY = "display"
#: The words of inline styles that matter, and what selects them: of sizes only those of nothing.
_INLINE = {
    word.encode(): f'[style*="{word}" i]'
    for word in ("display", "visibility", "line-through", "vertical-align", "font-size:0", "font-size: 0", "opacity")
}
_STYLE = re.compile(rb"style\s*=\s*(?:\"[^\"]*|'[^']*|[^\s>]*)")
_PROPERTY = re.compile(
    r"(?:^|[;\s])(display|visibility|text-decoration(?:-line)?|vertical-align|font-size|opacity|content)"
    r"\s*:\s*([^;]*)"
)
_TELLING = re.compile(
    r"\b(?:none|hidden|collapse|line-through|super|sub|block|flex|grid|list-item|table\b|inline-)"
    r"|[\"'][^\"']*[0-9]|(?:^|(?:size|opacity)\s*:\s*)[0.]"
)

#: How much a declaration counts: important, inline, ids, classes, tags of its selector, its place.
_Weight: TypeAlias = tuple[bool, bool, int, int, int, int]
_Declared: TypeAlias = tuple[str, str]
_BY_ATTRIBUTE: _Weight = (False, False, 0, 0, 0, -1)
_INLINE_WEIGHT: _Weight = (False, True, 0, 0, 0, 0)


def _declared(style: str, weight: _Weight) -> Iterator[tuple[_Weight, _Declared]]:
    """The properties in a style that matter, each with its weight."""
    for name, value in _PROPERTY.findall(_COMMENT.sub("", style).lower()):
        value, _, important = value.partition("!")
        yield (important.strip() == "important", *weight[1:]), (name.removesuffix("-line"), value.strip())


class _Cascade:
    """For each element what is declared of it, and of each property what counts most."""

    def __init__(self) -> None:
        self._nodes: dict[int, LexborNode] = {}
        self._declared: defaultdict[int, dict[str, tuple[_Weight, str]]] = defaultdict(dict)

    def declare(self, node: LexborNode, weight: _Weight, declared: Iterable[_Declared]) -> None:
        self._nodes[node.mem_id] = node
        properties = self._declared[node.mem_id]
        for name, value in declared:
            if name not in properties or properties[name][0] <= weight:
                properties[name] = weight, value

    def found(self) -> Iterator[tuple[LexborNode, Mapping[str, str]]]:
        for node_id, properties in self._declared.items():
            yield self._nodes[node_id], {name: value for name, (_, value) in properties.items()}


# ── What it makes of an element ──────────────────────────────────────────────────────────────────────────────────────

_ZERO = re.compile(r"0*\.?0*(?:[a-z]+|%)?")
_FIGURES = re.compile(r"[0-9]")
_BLOCK = re.compile(r"block|flex|grid|list-item|table")
# Elements that stand for themselves: a style neither makes them blocks nor lifts them above the line.
_NOT_INLINE = frozenset(
    (
        *("td", "th", "tr", "table", "tbody", "thead", "tfoot", "div", "p", "ul", "ol", "li", "dl", "dt", "dd"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "img", "br"),
    )
)


def _likes(node: LexborNode, properties: Mapping[str, str]) -> Iterator[tuple[LexborNode, str]]:
    """What the properties of an element make of it, or of the texts in it."""
    display = properties.get(_DISPLAY, "")
    if display == "none":
        yield node, _unseen(node, HIDDEN)
    elif properties.get("visibility") in ("hidden", "collapse") or _is_zero(properties.get("opacity")):
        yield node, _unseen(node, VEILED)
    elif _is_zero(properties.get("font-size")):
        # What has a style of its own may have a size again.
        if any(child.css_first("[style], [class]") for child in node.iter()):
            yield from ((child, HIDDEN) for child in node.iter(include_text=True) if child.tag == "-text")
        else:
            yield node, _unseen(node, VEILED)
    elif _FIGURES.search(properties.get("content", "")):
        yield node, ADDED
    elif "line-through" in properties.get("text-decoration", ""):
        yield node, "s"
    elif node.tag not in _NOT_INLINE:
        raised = properties.get("vertical-align", "")
        if raised in ("super", "sub"):
            yield node, {"super": "sup", "sub": "sub"}[raised]
        elif _BLOCK.match(display):
            yield node, "div"
        elif display.startswith("inline-"):
            yield node, APART


def _is_zero(value: str | None) -> bool:
    return bool(value and _ZERO.fullmatch(value) and "0" in value)


def _unseen(node: LexborNode, like: str) -> str:
    return FOLDED if node.tag in ("table", "body") or node.css_first("table") else like


# ── Style sheets ─────────────────────────────────────────────────────────────────────────────────────────────────────

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
# What these hold counts on a screen of any size.
_ON_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)", re.IGNORECASE)
_DEEPEST = 4
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_NAMED = re.compile(r"[.#]([\w-]+)")
# Content is added before and behind the text of an element, and nowhere else.
_ADDING = re.compile(r"::?(?:before|after)$", re.IGNORECASE)
_NOT = re.compile(r":not\([^()]*\)")
# One step of a selector: how it stands to the step before, and what is to be there.
_STEP = re.compile(r"(^| ?> ?| )((?:[\w*-]|[.#][\w-]|\[[^\]]*\]|:(?:not|nth-[a-z-]+)\([^()]*\)|:[a-z-]+)+)")
_LONGEST_SELECTORS = 10_000
_MOST_RULES = 3_000
_MOST_LOOKED_AT = 5_000_000


class _Rule(NamedTuple):
    selector: str
    weight: _Weight
    declared: _Declared


def _of_sheets(tree: LexborHTMLParser, cascade: _Cascade) -> list[LexborNode]:
    """Declares what the style sheets in the page say that matters, and gives the elements they say it of."""
    rules = list(_rules(tree))
    telling = {rule.declared[0] for rule in rules if _TELLING.search(rule.declared[1])}
    names = _names(tree) if telling else frozenset()
    rules = [rule for rule in rules if rule.declared[0] in telling and _names_in(rule.selector) <= names]
    limits.check("样式规则", "Rules of style sheets", len(rules), _MOST_RULES)
    found: dict[int, LexborNode] = {}
    looked_at = 0
    for rule in rules:
        nodes, count = _selected(tree, rule.selector)
        looked_at += count
        limits.check("样式选中的元素", "Elements that style sheets select", looked_at, _MOST_LOOKED_AT)
        for node in nodes:
            cascade.declare(node, rule.weight, (rule.declared,))
            found[node.mem_id] = node
    return list(found.values())


def _names(tree: LexborHTMLParser) -> frozenset[str]:
    """The classes and ids that elements of the page have."""
    attributes = [node.attributes for node in tree.css("[class], [id]")]
    return frozenset(name for each in attributes for key in ("class", "id") for name in (each.get(key) or "").split())


def _names_in(selector: str) -> set[str]:
    """The classes and ids that an element must have, or one that holds it."""
    return set(_NAMED.findall(_NOT.sub("", selector)))


def _rules(tree: LexborHTMLParser) -> Iterator[_Rule]:
    """The rules of the style sheets that say something that matters, one for each selector and property."""
    place = 0
    for sheet in tree.css("style"):
        media = (sheet.attributes.get("media") or "all").strip().lower()
        text = sheet.text()
        if media not in ("all", "screen") or not _TELLING.search(text.lower()):
            continue
        for selectors, body in _blocks(_COMMENT.sub("", text)):
            declared = list(_declared(body, _INLINE_WEIGHT))
            for selector in _COMMA.split(selectors) if declared else ():
                bare = _ADDING.sub("", selector := " ".join(selector.split()))
                place += 1
                for (important, *_), each in declared:
                    if (each[0] == "content") is (bare != selector):
                        yield _Rule(bare, (important, False, *_counts(selector), place), each)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of a style sheet, without those for other media."""
    open_blocks: list[str] = []
    parts = _BRACE.split(sheet)
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            open_blocks.append(text.rpartition(";")[2].strip())
        elif open_blocks:
            selectors = open_blocks.pop()
            is_short = len(open_blocks) < _DEEPEST and len(selectors) < _LONGEST_SELECTORS
            if is_short and not selectors.startswith("@") and all(map(_ON_SCREEN.fullmatch, open_blocks)):
                yield selectors, text


_BRACE = re.compile(r"([{}])")


def _counts(selector: str) -> tuple[int, int, int]:
    """How many ids, classes and tags a selector names."""
    classes, tags = re.findall(r"[.\[]|:(?!not)", selector), re.findall(r"(?:^|[ >(])[a-zA-Z]", selector)
    return selector.count("#"), len(classes), len(tags)


def _selected(tree: LexborHTMLParser, selector: str) -> tuple[list[LexborNode], int]:
    """The elements of a selector, and how many were looked at: found step by step, so that none is twice.

    What is selected by an element beside it, or by a passing state, is not found.
    """
    found: list[LexborNode] = []
    above: set[int] | None = None
    looked_at = end = 0
    for step in _STEP.finditer(selector):
        if step.start() != end or above == set():
            break
        end = step.end()
        try:
            found = tree.css(step[2])
        except SelectolaxError:
            return [], looked_at
        looked_at += len(found)
        if above is not None:
            held = []
            for node in found:
                holder = node.parent
                while ">" not in step[1] and holder is not None and holder.mem_id not in above:
                    holder = holder.parent
                    looked_at += 1
                if holder is not None and holder.mem_id in above:
                    held.append(node)
            found = held
        above = {node.mem_id for node in found}
    return (found if end == len(selector) else []), looked_at
