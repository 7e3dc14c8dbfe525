"""The styles of a Word file, as far as they hide, raise or strike out text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from gxparse.readers.scripts import LOWERED, RAISED
from gxparse.readers.word.xml import OFF, Element, W, child_of, value_of

_CHAIN = 50
_LOOKS = tuple(f"{W}{name}" for name in ("vanish", "specVanish", "vertAlign", "strike", "dstrike", "rStyle"))


@frozen
class Styles:
    """The styles of the document by their names."""

    elements: Mapping[str, Element]
    default: str | None = None
    _cache: dict[tuple[str | None, str], str | None] = field(factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """The styles of the part that describes them."""
        styles = list(root.iterchildren(f"{W}style")) if root is not None else []
        default = [
            style.get(f"{W}styleId")
            for style in styles
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
        ]
        return cls({style.get(f"{W}styleId", ""): style for style in styles}, default[0] if default else None)

    def chain(self, name: str | None) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_CHAIN):
            style = self.elements.get(name or "")
            if style is None:
                return
            yield style
            name = value_of(style, "basedOn")

    def shown(self, text: str, run: Element) -> str:
        """A text of a run as the page shows it: hidden text not at all, raised figures and struck text as such."""
        properties = child_of(run, "rPr")
        if properties is None or next(properties.iterchildren(*_LOOKS), None) is None:
            return text
        if self._look(properties, "vanish") or self._look(properties, "specVanish"):
            return ""
        if raised := self._look(properties, "vertAlign"):
            text = text.translate(LOWERED if raised == "subscript" else RAISED)
        struck = self._look(properties, "strike") or self._look(properties, "dstrike")
        return f"~~{text}~~" if struck and text.strip() else text

    def _look(self, properties: Element, name: str) -> str | None:
        """How a property of a run is set, by itself or by its style; nothing where it is off."""
        value = value_of(properties, name)
        if value is None:
            value = self._styled(value_of(properties, "rStyle"), name)
        return None if value in OFF else value if value is None else value or "on"

    def _styled(self, style: str | None, name: str) -> str | None:
        key = style, name
        if style is not None and key not in self._cache:
            values = (value_of(each, "rPr", name) for each in self.chain(style))
            self._cache[key] = next((value for value in values if value is not None), None)
        return self._cache.get(key)
