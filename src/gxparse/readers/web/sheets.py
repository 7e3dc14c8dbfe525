"""The style sheets in a page: their rules, and the elements that these select, for certain or perhaps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from gxparse.readers import limits
from gxparse.readers.web.declared import COMMENT, INLINE_WEIGHT, Cascade, Declared, Weight, declared, tells

_DEEPEST = 4
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_NAMED = re.compile(r"[.#]([\w-]+)")
# Content is added before and behind the text of an element, and nowhere else.
_ADDING = re.compile(r"::?(?:before|after)$", re.IGNORECASE)
_NOT = re.compile(r":not\([^()]*\)")
# What selects nothing on a page that is only looked at.
_PASSING = re.compile(
    r":(?:hover|active|focus|visited|target|checked|disabled|enabled|invalid|valid|:?placeholder|:?selection|:?-)"
    r"|::(?!first)",
    re.IGNORECASE,
)
# One step of a selector: how it stands to the step before, and what is to be there.
_STEP = re.compile(r"(^| ?[>+~] ?| )((?:[\w*-]|[.#][\w-]|\[[^\]]*\]|:(?:not|nth-[a-z-]+)\([^()]*\)|:[a-z-]+)+)")
_LONGEST_SELECTORS = 10_000
_LONGEST_DOUBTFUL = 300
_MOST_RULES = 3_000
_MOST_LOOKED_AT = 5_000_000


class Rule(NamedTuple):
    """What a style sheet declares of what a selector selects; perhaps, where its condition is not known to hold."""

    selector: str
    weight: Weight
    declared: Sequence[Declared]
    is_certain: bool


def rules_of(tree: LexborHTMLParser) -> Iterator[Rule]:
    """The rules of the style sheets that say something of the properties that matter."""
    place = 0
    for sheet in tree.css("style"):
        holds = _holds((sheet.attributes.get("media") or "all").strip().lower())
        for selectors, body, is_certain in _blocks(COMMENT.sub("", sheet.text())) if holds is not False else ():
            found = list(declared(body, INLINE_WEIGHT))
            is_unseen = any(each in _UNSEEN for _, each in found)
            for selector in _COMMA.split(selectors) if found else ():
                bare = _ADDING.sub("", selector := " ".join(selector.split()))
                place += 1
                for important in (False, True):
                    chosen = [
                        each
                        for (weight, *_), each in found
                        if weight is important and (each[0] == "content") is (bare != selector)
                    ]
                    if chosen and not (bare != selector and is_unseen):
                        weight = (important, False, *_counts(selector), place)
                        yield Rule(bare, weight, chosen, is_certain and holds is True)


# What is added so is not seen: it only ends what floats.
_UNSEEN = frozenset((("visibility", "hidden"), ("display", "none"), ("opacity", "0"), ("font-size", "0")))


def declare_rules(
    tree: LexborHTMLParser, rules: Sequence[Rule], telling: Collection[str], cascade: Cascade
) -> list[LexborNode]:
    """Declares what the rules say of the properties that tell something, and gives the elements they say it of."""
    names = _names(tree) if any(each[0] in telling for rule in rules for each in rule.declared) else frozenset()
    found: dict[int, LexborNode] = {}
    count = looked_at = 0
    for rule in rules:
        chosen = [each for each in rule.declared if each[0] in telling]
        if not chosen or _PASSING.search(rule.selector):
            continue
        nodes, is_certain, looked = _selected(tree, rule, names, [each for each in chosen if tells(*each)])
        count, looked_at = count + bool(looked), looked_at + looked
        limits.check("样式规则", "Rules of style sheets", count, _MOST_RULES)
        limits.check("样式选中的元素", "Elements that style sheets select", looked_at, _MOST_LOOKED_AT)
        for node in nodes:
            if is_certain:
                cascade.declare(node, rule.weight, chosen)
            else:
                cascade.may_be(node, chosen)
            found[node.mem_id] = node
    return list(found.values())


def _names(tree: LexborHTMLParser) -> frozenset[str]:
    """The classes and ids that elements of the page have."""
    attributes = [node.attributes for node in tree.css("[class], [id]")]
    return frozenset(name for each in attributes for key in ("class", "id") for name in (each.get(key) or "").split())


def _counts(selector: str) -> tuple[int, int, int]:
    """How many ids, classes and tags a selector names."""
    classes, tags = re.findall(r"[.\[]|:(?!not)", selector), re.findall(r"(?:^|[ >+~(])[a-zA-Z]", selector)
    return selector.count("#"), len(classes), len(tags)


# ── Blocks and their conditions ──────────────────────────────────────────────────────────────────────────────────────

_BRACE = re.compile(r"([{}])")
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_ANY_SCREEN = re.compile(r"(?:only\s+)?(?:screen|all)|")
_ELSEWHERE = re.compile(r"(?:only\s+)?(?:print|speech|aural|tty|tv|handheld|projection|braille|embossed)\b")
# No screen that pages are read at is narrower, and any may be wider.
_SCREEN = 1_000


def _holds(media: str) -> bool | None:
    """Whether a list of media holds on a screen, None where it may."""
    found = [_query_holds(query.strip()) for query in media.split(",")]
    return True if True in found else None if None in found else False


def _query_holds(query: str) -> bool | None:
    if _ELSEWHERE.match(query):
        return False
    parts = [part.strip() for part in re.split(r"\band\b", query)]
    found = [True if _ANY_SCREEN.fullmatch(part) else _width_holds(part) for part in parts]
    return False if False in found else None if None in found else True


def _width_holds(part: str) -> bool | None:
    """Whether a screen has a width: at least one that all screens have, or at most one that none has."""
    width = _WIDTH.fullmatch(part)
    if width is None or width[2].count(".") > 1:
        return None
    is_narrower = float(width[2].strip(".") or 0) * (1 if width[3] == "px" else 16) <= _SCREEN
    return (width[1] == "min") if is_narrower else None


def _condition(opening: str) -> bool | None:
    """Whether what an opening of a block names holds on a screen; None where it may, as what is nested in a rule."""
    if opening.startswith("@media"):
        return _holds(opening.removeprefix("@media").strip())
    return False if not opening or opening.startswith(("@font-face", "@page", "@keyframes", "@-")) else None


def _blocks(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """The selectors and declarations of a style sheet that may hold on a screen, and whether they do."""
    opened: list[str] = []
    conditions: list[bool | None] = []
    parts = _BRACE.split(sheet)
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            before, _, opening = text.rpartition(";")
            if opened and before:
                yield from _block(opened, conditions, before)
            opened.append(opening.strip())
            conditions.append(_condition(opened[-1].lower()) if len(opened) <= _DEEPEST else False)
        elif opened:
            yield from _block(opened, conditions, text)
            opened.pop()
            conditions.pop()


def _block(opened: Sequence[str], conditions: Sequence[bool | None], body: str) -> Iterator[tuple[str, str, bool]]:
    above = conditions[-1 - _DEEPEST : -1]
    selectors = opened[-1]
    if selectors.startswith("@"):
        # What stands in a condition within a rule holds of the elements of that rule.
        above = conditions[-1 - _DEEPEST :]
        selectors = next((each for each in reversed(opened[-1 - _DEEPEST :]) if not each.startswith("@")), "")
    if selectors and len(selectors) < _LONGEST_SELECTORS and len(opened) <= _DEEPEST and False not in above:
        yield selectors, body, None not in above


# ── Selectors ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _selected(
    tree: LexborHTMLParser, rule: Rule, names: Collection[str], telling: Sequence[Declared]
) -> tuple[list[LexborNode], bool, int]:
    """The elements of a rule, whether they are selected for certain, and how many were looked at.

    Those of the last part of a selector that cannot be taken step by step may be selected, or not.
    """
    selector = rule.selector
    if rule.is_certain and _is_plain(selector):
        if not set(_NAMED.findall(_NOT.sub("", selector))) <= set(names):
            return [], True, 0
        found, count = _step_by_step(tree, selector)
        if found is not None:
            return found, True, count
    needed = _NAMED.findall(_WITH_ARGUMENT.sub("", selector)) if "\\" not in selector else ()
    if not telling or len(selector) > _LONGEST_DOUBTFUL or not set(needed) <= set(names):
        return [], False, 0
    nodes = [node for css in _last_parts(selector, names) for node in tree.css(css)]
    return nodes, False, len(nodes) + 1


def _is_plain(selector: str) -> bool:
    end = 0
    for step in _STEP.finditer(selector):
        if step.start() != end:
            return False
        end = step.end()
    return end == len(selector) > 0


def _step_by_step(tree: LexborHTMLParser, selector: str) -> tuple[list[LexborNode] | None, int]:
    """The elements of a selector, None where a step is not known, and how many were looked at; none is twice."""
    found: list[LexborNode] = []
    before: list[LexborNode] = []
    above: set[int] | None = None
    looked_at = 1
    for step in _STEP.finditer(selector):
        if above == set():
            break
        try:
            found = tree.css(step[2])
        except SelectolaxError:
            return None, looked_at
        looked_at += len(found)
        if above is not None and step[1].strip() in ("+", "~"):
            beside = _beside(before, only_next="+" in step[1])
            looked_at += len(beside)
            found = [node for node in found if node.mem_id in beside]
        elif above is not None:
            held = []
            for node in found:
                holder = node.parent
                while ">" not in step[1] and holder is not None and holder.mem_id not in above:
                    holder = holder.parent
                    looked_at += 1
                if holder is not None and holder.mem_id in above:
                    held.append(node)
            found = held
        before, above = found, {node.mem_id for node in found}
    return (found if above else []), looked_at


def _beside(nodes: Sequence[LexborNode], *, only_next: bool) -> set[int]:
    """The elements that follow others in what holds both, or only the next one."""
    beside: set[int] = set()
    for node in nodes:
        following = node.next
        while following is not None and following.mem_id not in beside:
            if not (following.tag or "-").startswith("-"):
                beside.add(following.mem_id)
                if only_next:
                    break
            following = following.next
    return beside


_ANY_OF = re.compile(r":(?:is|where|matches|any|-\w+-any)\(([^()]*)\)", re.IGNORECASE)
_WITH_ARGUMENT = re.compile(r":[\w-]+\([^()]*\)")
_LAST = re.compile(r"[^\s>+~|]+$")
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6}\s?|.)")
_PART = re.compile(r"([.#]?)((?:[\w*-]|[^\x00-\x7f])+)|\[([\w-]+)[^\]]*\]?")
_MOST_ALTERNATIVES = 50


def _last_parts(selector: str, names: Collection[str]) -> Iterator[str]:
    """What selects the elements of the last simple part of a selector, by their tags, classes, ids and attributes."""
    characters: list[str] = []

    def kept(escaped: re.Match[str]) -> str:
        """A letter of a private area in the place of each escaped one."""
        code = escaped[1].strip()
        is_code = len(code) > 1 or code in "0123456789abcdefABCDEF"
        characters.append(chr(min(int(code, 16), 0x10FFFF)) if is_code else code)
        return chr(0xE000 + len(characters) - 1)

    waiting = [_ESCAPED.sub(kept, selector)]
    for _ in range(_MOST_ALTERNATIVES):
        if not waiting:
            return
        each = waiting.pop()
        if any_of := _ANY_OF.search(each):
            start, end = each[: any_of.start()], each[any_of.end() :]
            waiting += [start + one.strip() + end for one in any_of[1].split(",")]
            continue
        while each != (each := _WITH_ARGUMENT.sub("", each)):
            pass
        last = _LAST.search(each.replace("&", "").strip())
        parts = [*_PART.finditer(re.sub(r"::?[\w-]+", "", last[0]))] if last else []
        css = ""
        for part in parts:
            name = "".join(_restored(letter, characters) for letter in part[2] or "")
            if part[1] and name not in names:
                break
            css += f"[{part[3]}]" if part[3] else _selecting(part[1], name)
        else:
            yield css or "*"


def _restored(letter: str, characters: Sequence[str]) -> str:
    at = ord(letter) - 0xE000
    return characters[at] if 0 <= at < len(characters) else letter


def _selecting(kind: str, name: str) -> str:
    """What selects a tag, class or id, whatever letters its name has."""
    if not kind:
        return name if name.isalnum() else ""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'[class~="{quoted}"]' if kind == "." else f'[id="{quoted}"]'
