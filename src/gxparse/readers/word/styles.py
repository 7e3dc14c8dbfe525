"""The styles of a Word file, as far as they hide, raise or strike out text, or make it one that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import field, frozen

from gxparse.readers.colours import WHITE, is_white
from gxparse.readers.scripts import LOWERED, RAISED
from gxparse.readers.unreadable import MARK
from gxparse.readers.word.xml import OFF, VAL, Element, W, child_of, value_of

_CHAIN = 50
_LOOKS = ("vanish", "specVanish", "vertAlign", "position", "strike", "dstrike", "eastAsianLayout", "rStyle")
# What is on in the style of the characters and in that of the paragraph is off.
_TOGGLES = ("vanish", "strike")
# What says it with another attribute.
_ATTRIBUTES = {f"{W}rFonts": f"{W}ascii", f"{W}eastAsianLayout": f"{W}combine"}
_SYMBOLS = re.compile(r"(?:wing|web)dings.*|symbol|zapf ?dingbats|marlett", re.IGNORECASE)


class Base(NamedTuple):
    """What the text of a paragraph has of its style, as far as it is not plain, and the colour of its ground."""

    looks: Mapping[str, str]
    ground: str


@frozen
class Styles:
    """The styles of the document by their names; ``looks`` names the properties of text that matter in it.

    ``unseen`` are the colours of text that are also those of grounds.
    """

    elements: Mapping[str, Element]
    default: str | None
    defaults: Element | None
    looks: tuple[str, ...]
    unseen: frozenset[str]
    _cache: dict[str, Mapping[str, str]] = field(factory=dict)
    _bases: dict[str | None, Mapping[str, str]] = field(factory=dict)

    @classmethod
    def of(cls, root: Element | None, body: Element | None) -> Styles:
        """The styles of the part that describes them, for a document."""
        styles = list(root.iterchildren(f"{W}style")) if root is not None else []
        default = [
            style.get(f"{W}styleId")
            for style in styles
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
        ]
        unseen, has_symbols = _unseen(root, body)
        looks = _LOOKS + ("color", "shd", "highlight") * bool(unseen) + ("rFonts",) * has_symbols
        return cls(
            {style.get(f"{W}styleId", ""): style for style in styles},
            default[0] if default else None,
            child_of(root, "docDefaults", "rPrDefault"),
            tuple(W + name for name in looks),
            unseen,
        )

    def chain(self, name: str | None) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_CHAIN):
            style = self.elements.get(name or "")
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")

    def base_of(self, paragraph: Element, ground: str) -> Base:
        """What a paragraph gives to its text."""
        properties = child_of(paragraph, "pPr")
        name = value_of(properties, "pStyle")
        if name not in self._bases:
            known = name if name in self.elements else self.default
            found = {**self._own(child_of(self.defaults, "rPr")), **self._styled(known)}
            self._bases[name] = {key: value for key, value in found.items() if value not in OFF}
        looks = self._bases[name]
        if self.unseen:
            styled = (child_of(each, "pPr", "shd") for each in self.chain(name or self.default))
            grounds = map(fill_of, (child_of(properties, "shd"), *styled))
            ground = next((each for each in grounds if each), ground)
        return Base(looks, ground)

    def shown(self, text: str, run: Element, base: Base) -> str:
        """A text of a run as the page shows it: hidden text not at all, raised figures and struck text as such."""
        own = self._own(child_of(run, "rPr"))
        return self._set(text, self._merged(own, base.looks), base.ground) if own or base.looks else text

    def _set(self, text: str, look: Mapping[str, str], ground: str) -> str:
        """A text as its properties set it; a mark stands beside what cannot be told from its figures."""
        if "vanish" in look or "specVanish" in look:
            return ""
        if not text.strip():
            return text
        if "rFonts" in look:
            return MARK
        if raised := look.get("vertAlign"):
            text = text.translate(LOWERED if raised == "subscript" else RAISED)
        elif moved := look.get("position"):
            text = text.translate(LOWERED if moved.startswith("-") else RAISED)
        if "strike" in look or "dstrike" in look:
            text = f"~~{text}~~"
        ground = look.get("highlight") or look.get("shd") or ground
        return f"{text}{MARK}" if "eastAsianLayout" in look or look.get("color") == ground else text

    def _merged(self, own: Mapping[str, str], base: Mapping[str, str]) -> Mapping[str, str]:
        """How text is set by itself, else by its style, else by its paragraph; without what is off."""
        styled = self._styled(own.get("rStyle"))
        found = {**base, **styled}
        for name in _TOGGLES:
            if name in base and name in styled:
                found[name] = "on" if styled[name] in OFF else "off"
        return {name: value for name, value in {**found, **own}.items() if value not in OFF}

    def _styled(self, style: str | None) -> Mapping[str, str]:
        """The properties that a style gives to text."""
        key = style or ""
        if key not in self._cache:
            found: dict[str, str] = {}
            for each in self.chain(key):
                found = {**self._own(child_of(each, "rPr")), **found}
            self._cache[key] = found
        return self._cache[key]

    def _own(self, properties: Element | None) -> dict[str, str]:
        """The properties of text that matter, by their names."""
        if properties is None:
            return {}
        return {each.tag[len(W) :]: _value(each) for each in properties.iterchildren(*self.looks)}


def _value(element: Element) -> str:
    """The value of a property; that of a colour, of a ground or of a font only where it matters."""
    name = element.tag[len(W) :]
    if name == "shd":
        return fill_of(element) or "off"
    value = str(element.get(_ATTRIBUTES.get(element.tag, VAL), ""))
    if name == "color":
        return _colour(value)
    if name == "highlight":
        return WHITE if value == "white" else value
    if name == "rFonts":
        return "on" if _SYMBOLS.fullmatch(value) else "off"
    if name == "position":
        return value if value.strip("+-0.ptcminh") else "off"
    return value or ("off" if name == "eastAsianLayout" else "on")


# ── Colours ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _colour(value: str) -> str:
    """A colour, nearly white being white."""
    return WHITE if is_white(value) else value.upper()


def _unseen(*roots: Element | None) -> tuple[frozenset[str], bool]:
    """The colours of text that are also those of grounds, the page being white, and whether a font is of symbols."""
    colours, fills, has_symbols = set(), {WHITE}, False
    for root in roots:
        for each in root.iter(f"{W}color", f"{W}shd", f"{W}rFonts") if root is not None else ():
            if each.tag == f"{W}color":
                colours.add(_value(each))
            elif each.tag == f"{W}shd":
                fills.add(_value(each))
            else:
                has_symbols = has_symbols or _value(each) == "on"
    return frozenset(colours & fills), has_symbols


def fill_of(shading: Element | None) -> str | None:
    """The colour of a ground; nothing where there is none, and no colour for a pattern."""
    if shading is None:
        return None
    kind = shading.get(VAL, "clear")
    if kind not in ("clear", "nil"):
        return _colour(shading.get(f"{W}color", "")) if kind == "solid" else "pattern"
    fill = _colour(shading.get(f"{W}fill", "auto"))
    return None if kind == "nil" or fill == "AUTO" else fill
