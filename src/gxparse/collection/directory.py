"""Names of agencies as a collection of reports has them: which of many names are of one agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from attrs import field, frozen

from gxparse.agencies import Match, match, normalised

K = TypeVar("K", bound=Hashable)

__all__ = ["Alias", "Directory", "aliases"]

# What follows the place in a normalised name; names of one agency may differ in it.
_ORGANS = ("人民政府办公室", "人民政府", "办事处", "管理委员会")


@frozen
class Alias:
    """A name that is taken for another name of one agency, and why."""

    name: str
    agency: str
    match: Match


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


@frozen
class Directory:
    """Names, arranged so that those which may match one are found without comparing it with all.

    Two names of one agency end alike once their organs are off, and where neither is the end of the other, they begin
    alike too (呼兰区石人镇, 哈尔滨市呼兰区石人镇, 哈尔滨市石人镇).
    """

    names: tuple[str, ...] = field(converter=_each_once)
    _by_place: Mapping[str, list[str]] = field(init=False)
    _by_ends: Mapping[tuple[str, str], list[str]] = field(init=False)
    _by_suffix: Mapping[str, list[str]] = field(init=False)

    @_by_place.default
    def _places(self) -> dict[str, list[str]]:
        return _arranged((_place(name), name) for name in self.names)

    @_by_ends.default
    def _ends(self) -> dict[tuple[str, str], list[str]]:
        return _arranged((_both_ends(_place(name)), name) for name in self.names)

    @_by_suffix.default
    def _suffixes(self) -> dict[str, list[str]]:
        return _arranged((suffix, name) for name in self.names for suffix in _shorter(_place(name)))

    def matching(self, name: str) -> Iterator[tuple[str, Match]]:
        """Each name, other than this very one, that is a name of the same agency, and why."""
        place = _place(name)
        candidates = [
            *self._by_place.get(place, ()),
            *self._by_ends.get(_both_ends(place), ()),
            *self._by_suffix.get(place, ()),
            *(each for suffix in _shorter(place) for each in self._by_place.get(suffix, ())),
        ]
        for other in dict.fromkeys(candidates):
            if other != name and (found := match(name, other)):
                yield other, found


def aliases(names: Iterable[str]) -> tuple[dict[str, Alias], tuple[tuple[str, ...], ...]]:
    """The names that are taken for another one, with the fullest name of the agency; and those that may be of several.

    A name that is short for two agencies (朝阳区, where there are 北京市朝阳区 and 长春市朝阳区) is taken for neither.

    Args:
        names: the names as the reports print them.

    Returns:
        The aliases by name, and each ambiguous name followed by the names that it may stand for.
    """
    directory = Directory(names)
    matches = {name: dict(directory.matching(name)) for name in directory.names}
    ambiguous = {
        name: tuple(found)
        for name, found in matches.items()
        if any(other not in matches[one] for one in found for other in found if one != other)
    }
    known: dict[str, Alias] = {}
    for name, found in matches.items():
        # Without the ambiguous names, whatever matches a name matches all the others too.
        same = [name, *(other for other in found if other not in ambiguous)]
        agency = max(same, key=lambda each: (len(each), each))
        if name not in ambiguous and agency != name:
            known[name] = Alias(name, agency, found[agency])
    return known, tuple((name, *found) for name, found in ambiguous.items())


def _arranged(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    arranged: dict[K, list[str]] = defaultdict(list)
    for key, name in pairs:
        arranged[key].append(name)
    return dict(arranged)


def _place(name: str) -> str:
    """The name without its organ."""
    full = normalised(name)
    organ = next((organ for organ in _ORGANS if full.endswith(organ)), "")
    return full.removesuffix(organ)


def _both_ends(place: str) -> tuple[str, str]:
    return place[:2], place[-2:]


def _shorter(place: str) -> list[str]:
    """The ends of a place, of which names may be that leave out divisions before them."""
    return [place[start:] for start in range(1, len(place) - 1)]
