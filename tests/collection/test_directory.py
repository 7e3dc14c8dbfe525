"""Which of many names are names of one agency."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse.agencies import match
from gxparse.collection.directory import Directory, aliases

TOWN = ("青石镇", "青石镇人民政府", "云岭县青石镇", "白河市云岭县青石镇人民政府", "白河市青石镇")


@pytest.mark.parametrize("names", list(permutations(TOWN, 3)))
def test_the_fullest_name_stands_for_the_others(names):
    known, ambiguous = aliases(names)
    fullest = max(names, key=lambda name: (len(name), name))
    if not ambiguous:
        assert {name: alias.agency for name, alias in known.items()} == dict.fromkeys(set(names) - {fullest}, fullest)


def test_an_alias_says_why():
    known, ambiguous = aliases(["学前街道", "学前街道办事处"])
    assert ambiguous == ()
    assert list(known) == ["学前街道"]
    assert known["学前街道"].match == match("学前街道", "学前街道办事处")


def test_a_name_short_for_two_agencies_is_taken_for_neither():
    names = ["朝阳区人民政府", "北京市朝阳区人民政府", "长春市朝阳区人民政府"]
    known, ambiguous = aliases(names)
    assert known == {}
    assert ambiguous == (tuple(names),)


def test_different_agencies_stay_apart():
    assert aliases(["石人镇", "大石人镇", "云岭县教育局", "白塔区教育局"]) == ({}, ())


_DIVISIONS = ("云岭县", "白塔区", "白河市", "北山省", "")
_PLACES = ("青石镇", "学前街道", "高新区", "教育局", "白塔区", "云岭县")
_ORGANS = ("", "人民政府", "人民政府办公室", "办事处", "管委会")
_names = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(_DIVISIONS),
    st.sampled_from(_DIVISIONS),
    st.sampled_from(_PLACES),
    st.sampled_from(_ORGANS),
)


@given(st.lists(_names, unique=True, max_size=8))
def test_nothing_that_matches_is_overlooked(names):
    directory = Directory(names)
    for name in names:
        assert dict(directory.matching(name)) == {
            other: why for other in names if other != name and (why := match(name, other))
        }


@given(st.lists(_names | st.text(max_size=6), max_size=8))
def test_aliases_lead_to_a_name_that_is_none(names):
    known, ambiguous = aliases(names)
    assert all(alias.agency in names and alias.agency not in known for alias in known.values())
    assert not known.keys() & {each[0] for each in ambiguous}
