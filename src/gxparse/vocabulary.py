"""The words of the form, taken from the grammars: every label is described there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from attrs import frozen
from lark import Lark

from gxparse import normalise

#: The family of a word that several tables share.
SHARED = "shared"

# What is found inside a paragraph; to be worth a look, the paragraph must be no longer than this, and hold one of two
# words.
_ANY = 1_000_000_000
_PASSAGES: Mapping[str, tuple[int, str, str]] = {
    "TITLE": (100, "报", "报"),
    "AGENCY": (60, "", ""),
    "DATE": (20, "日", "日"),
    "PERIOD": (_ANY, "统计", "统计"),
    "YEAR_IN_HEAD": (_ANY, "本年", "本年"),
    "ADDRESS": (_ANY, "地址", "联系"),
    "POSTCODE": (_ANY, "邮", "邮"),
    "PHONE": (_ANY, "电话", "联系"),
    "FAX": (_ANY, "传真", "传真"),
    "EMAIL": (_ANY, "@", "＠"),
    "WEBSITE": (_ANY, "http", "www"),
}


@frozen
class Word:
    """What a text is.

    Attributes:
        name: the terminal that matches it.
        family: the grammar that terminal belongs to.
        kind: the rule of the grammar that lists it, such as ``row`` or ``column``.
        place: its place among the words of the form.
    """

    name: str
    family: str
    kind: str = ""
    place: int = 0


@frozen
class Likeness:
    """A label that a damaged text resembles: the word, and the form's spelling of it."""

    word: Word
    spelling: str


class Vocabulary:
    """All words of the grammars, and how texts are told to be one of them."""

    def __init__(self, report: Lark, tables: Mapping[str, Lark], cells: Lark) -> None:
        patterns = {name: _terminals(parser) for name, parser in tables.items()}
        owners: dict[str, list[str]] = {}
        for family, terminals in patterns.items():
            for name in terminals:
                owners.setdefault(name, []).append(family)
        kinds = {name: kind for parser in tables.values() for kind, name in _listed(parser)}
        self.words = {
            name: Word(name, families[0] if len(families) == 1 else SHARED, kinds.get(name, ""), place)
            for place, (name, families) in enumerate(owners.items())
        }
        sources = {name: patterns[families[0]][name] for name, families in owners.items()}
        self._values = re.compile("|".join(f"(?P<{name}>{source})" for name, source in _terminals(cells).items()))
        self._spelled = {
            spelling: self.words[name] for name, source in sources.items() for spelling in spellings(source)
        }
        of_the_report = _terminals(report)
        self._headings = [
            (Word(name, "report"), re.compile(source))
            for name, source in of_the_report.items()
            if name.endswith("_HEADING")
        ]
        self.passages = {name: re.compile(of_the_report[name]) for name in _PASSAGES}
        #: What a short text is: the terminal of a value or of a word, or ``UNKNOWN``; and the word.
        self.tell = lru_cache(maxsize=4096)(self._tell)
        self._known_value = lru_cache(maxsize=4096)(self._value)
        self._likenesses = lru_cache(maxsize=4096)(self._like)
        self._known_label = lru_cache(maxsize=4096)(self._label)
        self._left_of_head = lru_cache(maxsize=4096)(self._is_left)

    def value(self, text: str) -> str | None:
        """The terminal of a cell that holds a value or nothing, or ``None``."""
        return self._known_value(text) if len(text) <= normalise.LABEL_LIMIT * 2 else None

    def _value(self, text: str) -> str | None:
        folded = normalise.fold_number(text)
        if not folded:
            return "BLANK"
        match = self._values.fullmatch(folded)
        return match.lastgroup if match else None

    def _tell(self, text: str) -> tuple[str, Word | None]:
        if value := self._value(text):
            return value, None
        word = self.label(text)
        return (word.name, word) if word else ("UNKNOWN", None)

    def label(self, text: str) -> Word | None:
        """The word that a whole text is, or ``None``."""
        return self._known_label(text) if len(text) <= normalise.LABEL_LIMIT * 2 else None

    def _label(self, text: str) -> Word | None:
        spelling = normalise.label(text)
        if len(spelling) > normalise.LABEL_LIMIT:
            return None
        bare = normalise.without_notes(spelling)
        numbering, body = normalise.split_numbering(bare)
        if not body:
            bare = spelling
        for candidate in (spelling, bare):
            if found := self._spelled.get(candidate) or self._heading(candidate):
                return found
        if numbering.endswith("、") and (heading := self._heading(body)):
            return heading
        # Rows and groups keep their label under another number, and with an explanation cut off; heads do not.
        word = self._spelled.get(body) if numbering else None
        if word and (word.kind in _LABELS or word.family == SHARED):
            return word
        word = self._spelled.get(normalise.without_open_note(body))
        return word if word and word.kind in _LABELS else None

    def _heading(self, spelling: str) -> Word | None:
        spelling = spelling.rstrip("。:.;")
        if 1 < len(spelling) <= 40:
            for word, pattern in self._headings:
                if pattern.fullmatch(spelling):
                    return word
        return None

    def passages_in(self, paragraph: str) -> Iterator[tuple[str, str]]:
        """What is found inside a paragraph, in the order of the grammar: the terminal and the text, squeezed."""
        bare = normalise.simplified(normalise.closed(paragraph).strip("#*"))
        if _WIDE_LETTER.search(bare):
            bare = normalise.squeeze(bare)
        likely = [
            name
            for name, (longest, one, other) in _PASSAGES.items()
            if len(bare) <= longest and (one in bare or other in bare)
        ]
        if not likely:
            return
        squeezed = normalise.squeeze(paragraph).strip("#*")
        folded = normalise.simplified(squeezed)
        for name in likely:
            if match := self.passages[name].search(folded):
                yield name, squeezed[match.start() : match.end()]

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Every beginning of every spelling: what a label cut in two can begin with."""
        return frozenset(spelling[:end] for spelling in self._spelled for end in range(1, len(spelling) + 1))

    def spelled(self, spelling: str) -> Word | None:
        """The word of a text that is already in the spelling of :func:`normalise.label`."""
        return self._spelled.get(spelling)

    def is_left_of_head(self, text: str, family: str) -> bool:
        """Whether a text is a piece of the head of a column of a table or of a note in it, or one that is damaged."""
        return self._left_of_head(text, family) if len(text) <= normalise.LABEL_LIMIT else False

    def _is_left(self, text: str, family: str) -> bool:
        spelling = normalise.label(text)
        return spelling.count("(") != spelling.count(")") or any(
            _DOUBLED.sub(r"\1", spelling) in head or distance(spelling, head, limit) <= limit
            for head, word in self._spelled.items()
            if word.family == SHARED or (word.family == family and word.kind in _HEADS)
            if (limit := max(1, len(head) // 4))
        )

    @cached_property
    def _bodies(self) -> Mapping[str, tuple[tuple[str, str, Likeness], ...]]:
        """For each family the spellings a damaged label can be compared with: numbering and body apart."""
        numberings = {
            word.name: numbering
            for spelling, word in self._spelled.items()
            if (numbering := normalise.split_numbering(spelling)[0])
        }
        bodies: dict[str, dict[str, tuple[str, str, Likeness]]] = {}
        for spelling, word in self._spelled.items():
            _, body = normalise.split_numbering(spelling)
            if word.family != SHARED and len(body) >= _SHORTEST:
                numbering = numberings.get(word.name, "")
                bodies.setdefault(word.family, {})[body] = (numbering, body, Likeness(word, numbering + body))
        return {family: tuple(each.values()) for family, each in bodies.items()}

    def like(self, text: str, family: str) -> tuple[Likeness, ...]:
        """The words of a family that a damaged label is nearest to, none of them farther than one character in four.

        A numbering that is printed must be the one of the form.
        """
        return self._likenesses(text, family) if len(text) <= normalise.LABEL_LIMIT else ()

    def _like(self, text: str, family: str) -> tuple[Likeness, ...]:
        numbering, body = normalise.split_numbering(
            normalise.without_open_note(normalise.without_notes(normalise.label(text)))
        )
        nearest, found = len(body), dict[str, Likeness]()
        for number, spelling, likeness in self._bodies.get(family, ()):
            limit = min(nearest, len(spelling) // 4)
            if (numbering and number and number != numbering) or abs(len(spelling) - len(body)) > limit:
                continue
            if len(set(spelling) - set(body)) > limit:
                continue
            if (steps := distance(body, spelling, limit)) > limit:
                continue
            if steps < nearest:
                nearest, found = steps, {}
            found.setdefault(likeness.word.name, likeness)
        return tuple(found.values())


_SHORTEST = 4
_DOUBLED = re.compile(r"(.)\1+")
_WIDE_LETTER = re.compile("[Ａ-Ｚａ-ｚ]")
_LABELS = ("row", "group")
_HEADS = ("column", "head", "case", "outcome")
_KINDS = (*_LABELS, *_HEADS)


def _terminals(parser: Lark) -> dict[str, str]:
    """The terminals of a grammar and their patterns."""
    return {str(terminal.name): terminal.pattern.to_regexp() for terminal in parser.terminals}


def _listed(parser: Lark) -> Iterator[tuple[str, str]]:
    """The words that a rule lists, as in ``row: (RULES | LICENSING) CELLS?``, each as a pair of rule and word."""
    for rule in parser.rules:
        kind = rule.origin.name.strip("_")
        if kind in _KINDS and rule.expansion[0].is_term:
            yield kind, rule.expansion[0].name


def distance(one: str, other: str, limit: int) -> int:
    """The number of characters lost, added or changed between two texts; any number above ``limit`` if it is more.

    >>> distance("属于行政法案卷", "属于行政执法案卷", 2)
    1
    """
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            above, row[j] = row[j], min(above + (left != right), row[j] + 1, row[j - 1] + 1)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def spellings(pattern: str) -> frozenset[str]:
    r"""Every text that the pattern of a label matches.

    Raises:
        ValueError: the pattern matches more than a list of spellings.

    >>> sorted(spellings(r"(?:3\.)?(?:重复|反复)申请"))
    ['3.反复申请', '3.重复申请', '反复申请', '重复申请']
    """
    reader = iter(_pieces(pattern))
    found = _alternatives(reader, pattern)
    return frozenset(found)


def _pieces(pattern: str) -> list[str]:
    pieces = re.findall(r"\(\?:|\\.|.", pattern, re.DOTALL)
    return [*pieces, ")"]


def _alternatives(pieces: Iterator[str], pattern: str) -> list[str]:
    """The texts of the alternatives up to the bracket that closes them."""
    done: list[str] = []
    texts, last = [""], [""]
    for piece in pieces:
        if piece == "?":
            texts = [text + end for text in texts for end in (*last, "")]
            last = [""]
            continue
        texts = [text + end for text in texts for end in last]
        last = [""]
        if piece == "(?:":
            last = _alternatives(pieces, pattern)
        elif piece == "|":
            done, texts = done + texts, [""]
        elif piece == ")":
            return done + texts
        elif piece in "*+{[(^$.":
            raise ValueError(f"not a list of spellings: {pattern}")
        else:
            last = [piece[-1]]
    raise ValueError(f"a bracket is not closed: {pattern}")
