"""What styles make of elements: unseen, blocks, struck out, raised, or not to be read where figures stand in them.

Inline styles and the simple rules of the page's own style sheets are weighed as a browser weighs them, for the few
properties that tell whether a text is seen and whether a figure belongs to the number beside it. Where that cannot be
told, such as for what is moved out of its place, the text is doubtful. Pages that name none of them cost a search for
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from attrs import field, frozen
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gxparse.readers.web.declared import (
    BESIDE,
    BY_ATTRIBUTE,
    DISPLAY,
    FAR,
    INLINE_WEIGHT,
    Cascade,
    adds,
    declared,
    is_apart,
    is_background,
    is_clear,
    is_raised,
    is_white,
    is_zero,
    pixels,
    tells,
)
from gxparse.readers.web.sheets import declare_rules, rules_of

#: What styles make of an element, besides what tags say: not there; not seen, though it takes its room; not there, but
#: holding tables that scripts may show, as tabs do; set apart from the text around it, before it or behind it; with
#: figures that no text holds; with figures that may not be seen, or not there.
HIDDEN, VEILED, FOLDED, ADDED, DOUBTFUL = "-hidden", "-veiled", "-folded", "-added", "-doubtful"
APART, BEFORE, BEHIND = "-apart", "-before", "-behind"
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
    found = _cascade_of(tree, html.lower())
    likes: dict[int, str] = {}
    around: set[int] = set()
    for each, like in (*_likes_of(found), *_white_texts(found)):
        likes.setdefault(each.mem_id, like)
        holder: LexborNode | None = each
        while holder is not None and holder.mem_id not in around:
            around.add(holder.mem_id)
            holder = holder.parent
    return Styles(likes, frozenset(around))


# ── What is declared ─────────────────────────────────────────────────────────────────────────────────────────────────

_STYLE = re.compile(rb"style\s*=\s*(?:\"[^\"]*|'[^']*|[^\s>]*)")
_VALUE = re.compile(r"style\s*=\s*[\"']?")
_WHITE_FONT = re.compile(rb"<font[^<>]*?\bcolor\s*=\s*[\"']?\s*(?:#?[ef]|\w*white|snow|ivory)")
_SIDES = re.compile("(?:margin|padding)-")
_INLINE = ("span", "font", "b", "strong", "em", "i", "u", "a", "small", "big", "label", "ins")


def _cascade_of(tree: LexborHTMLParser, html: bytes) -> Cascade:
    """What attributes, style sheets and inline styles declare of the properties that tell something in this page."""
    cascade = Cascade()
    telling: set[str] = set()
    for css, each in (("[hidden]", (DISPLAY, "none")), ('[dir="rtl" i]', ("direction", "rtl"))):
        for node in tree.css(css):
            cascade.declare(node, BY_ATTRIBUTE, (each,))
            telling.add(each[0])
    styles = [_VALUE.sub("", style.decode("utf-8", "replace"), count=1) for style in set(_STYLE.findall(html))]
    rules = list(rules_of(tree))
    telling |= {name for style in styles for _, (name, value) in declared(style, INLINE_WEIGHT) if tells(name, value)}
    telling |= {name for rule in rules for name, value in rule.declared if tells(name, value)}
    if _WHITE_FONT.search(html):
        telling.add("color")
    telling |= {beside for name in telling for beside in BESIDE.get(name, ())}
    if "color" in telling:
        _declare_colours(tree, cascade)
    nodes = {node.mem_id: node for node in declare_rules(tree, rules, telling, cascade)}
    said = "\n".join(styles)
    nodes |= {node.mem_id: node for css in _selecting(telling) if css[0] in said for node in tree.css(css[1])}
    for node in nodes.values():
        for weight, each in declared(node.attributes.get("style") or "", INLINE_WEIGHT):
            if each[0] in telling:
                cascade.declare(node, weight, (each,))
    return cascade


def _selecting(telling: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words of inline styles for properties, and what selects them."""
    for name in sorted(telling):
        if _SIDES.match(name):
            word = name.partition("-")[0]
            yield word, ",".join(f'{tag}[style*="{word}" i]' for tag in _INLINE)
        else:
            yield name, f'[style*="{name}" i]'
        if name == "font-size":
            yield "font:", '[style*="font:" i]'


def _declare_colours(tree: LexborHTMLParser, cascade: Cascade) -> None:
    """Declares the colours that attributes give."""
    for css, attribute, name in (("font[color]", "color", "color"), ("[bgcolor]", "bgcolor", "background")):
        for node in tree.css(css):
            value = (node.attributes.get(attribute) or "").strip().lower()
            cascade.declare(node, BY_ATTRIBUTE, ((name, f"#{value}" if _BARE_HEX.fullmatch(value) else value),))
    for node in tree.css("[background]"):
        cascade.declare(node, BY_ATTRIBUTE, (("background", "url()"),))


_BARE_HEX = re.compile("[0-9a-f]{6}")

# ── What it makes of an element ──────────────────────────────────────────────────────────────────────────────────────

_BLOCK = re.compile(r"block|flex|grid|list-item|table")
# Elements that stand for themselves: a style neither makes them blocks nor lifts them above the line.
_NOT_INLINE = frozenset(
    (
        *("td", "th", "tr", "table", "tbody", "thead", "tfoot", "div", "p", "ul", "ol", "li", "dl", "dt", "dd"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "img", "br", "body", "center"),
    )
)


def _likes_of(cascade: Cascade) -> Iterator[tuple[LexborNode, str]]:
    """What is declared makes of the elements; those it may make something else are doubtful."""
    for node, properties, maybe in cascade.found():
        likes = list(_likes(node, properties))
        tried = [*({name: value} for name, value in maybe), dict(maybe)]
        others = (list(_likes(node, {**properties, **each})) for each in tried)
        is_doubtful = bool(maybe) and _cell_of(node) is not None and any(_differ(likes, each) for each in others)
        yield from [(node, DOUBTFUL)] if is_doubtful else likes


def _differ(likes: list[tuple[LexborNode, str]], others: list[tuple[LexborNode, str]]) -> bool:
    return [(node.mem_id, like) for node, like in likes] != [(node.mem_id, like) for node, like in others]


def _likes(node: LexborNode, properties: Mapping[str, str]) -> Iterator[tuple[LexborNode, str]]:
    """What the properties of an element make of it, or of the texts in it."""
    display = properties.get(DISPLAY, "")
    if display == "none" or properties.get("mso-hide") == "all":
        yield node, _unseen(node, HIDDEN)
    elif properties.get("visibility") in ("hidden", "collapse") or is_zero(properties.get("opacity")):
        yield node, _unseen(node, VEILED)
    elif is_zero(properties.get("font-size")):
        # What has a style of its own may have a size again.
        if any(child.css_first("[style], [class]") for child in node.iter()):
            yield from ((child, HIDDEN) for child in node.iter(include_text=True) if child.tag == "-text")
        else:
            yield node, _unseen(node, VEILED)
    elif (moved := _moved(node, properties)) is not None:
        yield moved, DOUBTFUL
    elif adds(properties.get("content", "")):
        yield node, ADDED
    elif "line-through" in properties.get("text-decoration", ""):
        yield node, "s"
    elif node.tag not in _NOT_INLINE and (like := _inline_like(node, properties)):
        yield node, like


def _unseen(node: LexborNode, like: str) -> str:
    return FOLDED if node.tag in ("table", "body") or node.css_first("table") else like


def _inline_like(node: LexborNode, properties: Mapping[str, str]) -> str | None:
    """What the properties of an element within a line make of it."""
    display, align = properties.get(DISPLAY, ""), properties.get("vertical-align", "")
    if align in ("super", "sub"):
        return {"super": "sup", "sub": "sub"}[align]
    if _BLOCK.match(display):
        return "div"
    if display.startswith("inline-"):
        return APART
    shifts = (properties.get(side, "") for side in ("top", "bottom") if properties.get("position") == "relative")
    if is_raised(align) or pixels(properties.get("mso-text-raise", "")) or any(pixels(shift) for shift in shifts):
        return None if _is_alone(node) else "sup"
    before, behind = (
        any(is_apart(properties.get(f"{kind}-{side}", "")) for kind in ("margin", "padding"))
        for side in ("left", "right")
    )
    return APART if before and behind else BEFORE if before else BEHIND if behind else None


# ── What is doubtful ─────────────────────────────────────────────────────────────────────────────────────────────────

_TURNED = ("direction", "unicode-bidi")
_TAKEN_AWAY = ("clip", "transform", "filter", "left", "text-indent", "content-visibility", "flex-direction")
_MOVED = ("float", "order")
_ROWS = frozenset(("tr", "td", "th"))


def _moved(node: LexborNode, properties: Mapping[str, str]) -> LexborNode | None:
    """The element whose figures may stand elsewhere, or not be seen: the row, where it is a cell that is moved.

    What lays out the page, with tables in it or outside of them, moves with its text.
    """
    if any(tells(name, properties.get(name, "")) for name in _TURNED):
        return node
    is_out = properties.get("position", "") in ("absolute", "fixed")
    is_far = any(tells(name, properties[name]) for name in _TAKEN_AWAY if name in properties)
    is_far = is_far or any(pixels(properties.get(f"margin-{side}", "")) <= FAR for side in ("left", "right"))
    is_unknown = any("var(" in properties.get(name, "") for name in (DISPLAY, "visibility", "opacity"))
    is_beside = any(tells(name, properties[name]) for name in _MOVED if name in properties)
    if not (is_out or is_far or is_unknown or is_beside) or _cell_of(node) is None:
        return None
    if node.tag in _ROWS:
        return node.parent if node.tag != "tr" and (is_out or is_beside) else node
    return node if is_out or is_far or is_unknown or not _is_alone(node) else None


def _cell_of(node: LexborNode) -> LexborNode | None:
    """The cell with data that an element is, or is in, or the row it is."""
    holder: LexborNode | None = node
    while holder is not None and holder.tag not in _ROWS:
        holder = holder.parent
    return holder if holder is not None and holder.css_first("table") is None else None


def _is_alone(node: LexborNode) -> bool:
    """Whether an element is all the text of its block: no figure beside it is set off from it."""
    while node.tag not in ("td", "th") and (parent := node.parent) is not None:
        beside = list(islice(parent.iter(include_text=True), _MANY))
        if len(beside) == _MANY or any(each.mem_id != node.mem_id and _has_text(each) for each in beside):
            return False
        if parent.tag in _NOT_INLINE:
            return True
        node = parent
    return True


_MANY = 30


def _has_text(node: LexborNode) -> bool:
    text = node.text_content if node.tag == "-text" else node.text()
    return bool(text and text.strip())


def _white_texts(cascade: Cascade) -> Iterator[tuple[LexborNode, str]]:
    """The texts whose own colour is white or none, and no background of theirs another."""
    colours: dict[int, str] = {}
    backgrounds: dict[int, bool] = {}
    pale: list[LexborNode] = []
    for node, properties, maybe in cascade.found():
        said = [*properties.items(), *maybe]
        if is_background(properties.get("background", "")):
            backgrounds[node.mem_id] = not is_white(properties["background"])
        tints = [value for name, value in said if name == "color"]
        if tints:
            colours[node.mem_id] = properties.get("color", "")
            pale += [node] * any(is_white(tint) or is_clear(tint) for tint in tints)
    for node in pale:
        is_through = is_clear(colours[node.mem_id])
        for text in _texts_of(node, colours):
            if is_through or not _is_on_colour(text, node, backgrounds):
                yield text, DOUBTFUL


def _texts_of(node: LexborNode, colours: Mapping[int, str]) -> Iterator[LexborNode]:
    """The texts in an element that take its colour."""
    waiting = list(node.iter(include_text=True))
    while waiting:
        each = waiting.pop()
        if each.tag == "-text":
            yield each
        elif each.mem_id not in colours:
            waiting += each.iter(include_text=True)


def _is_on_colour(text: LexborNode, coloured: LexborNode, backgrounds: Mapping[int, bool]) -> bool:
    """Whether what a text stands on, up to its table and the element that gives its colour, is not white."""
    is_above = in_table = False
    holder = text.parent
    while holder is not None and not (is_above and in_table):
        if holder.mem_id in backgrounds:
            return backgrounds[holder.mem_id]
        is_above = is_above or holder.mem_id == coloured.mem_id
        in_table = in_table or holder.tag == "table"
        holder = holder.parent
    return False
