"""Refusals: the sentence says what was given whatever that is, and names that come near are those of a definition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import KERNELS, OPERATIONS, hints
from core.errors import (
    LONGEST_VALUE,
    MEANT,
    NEAREST,
    SHORT_LIST,
    SLIP,
    SceneError,
    nearest,
    quoted,
    unknown,
)
from core.texts import Text, filled, in_english, singular_or_plural

KNOWN = sorted({*OPERATIONS, *KERNELS})
words = st.text("abcdelnoprsuvx-_235", min_size=1, max_size=14)
slips = st.builds(  # what is left of a name, or of a word of the courses, in other letters
    lambda name, cut, more: name[cut:] + more,
    st.sampled_from([*KNOWN, *hints.SAID]),
    st.integers(0, 3),
    st.text("xe2-", max_size=4),
)
known_names = st.lists(st.one_of(st.sampled_from(KNOWN), words), min_size=1, max_size=12, unique=True)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


def alike(first: str, second: str) -> int:
    """Letters in common as Ratcliff and Obershelp count them (1988): the longest common run, then left and right."""
    best, at, there = 0, 0, 0
    for start in range(len(first)):
        for begin in range(len(second)):
            length = 0
            while first[start + length : start + length + 1] == second[begin + length : begin + length + 1] != "":
                length += 1
            if length > best:
                best, at, there = length, start, begin
    if not best:
        return 0
    return best + alike(first[:at], second[:there]) + alike(first[at + best :], second[there + best :])


def likeness(spelled: str, word: str) -> float:
    return 2 * alike(spelled, word) / (len(spelled) + len(word))


def near_by_definition(word: str, known: list[str]) -> dict[str, float]:
    """How like a word each name is: by itself, or by what courses call it where that is a slip of the pen away."""
    found = {name: likeness(name, word) for name in known}
    for alias, names in hints.SAID.items():
        like = likeness(alias, word)
        for name in set(names) & set(known):
            found[name] = max(found[name], like if like >= SLIP else 0)
    return found


@pytest.mark.parametrize("name", KNOWN)
def test_a_name_itself_is_the_nearest_of_all_and_may_have_been_meant(name: str) -> None:
    for word in (name, name.upper()):
        near, meant = nearest(word, KNOWN)
        assert near[0] == name
        assert meant
        assert len(near) == NEAREST


@settings(max_examples=60)
@given(slips.filter(len), st.one_of(known_names, st.just(KNOWN)))
def test_the_nearest_are_those_of_the_definition(word: str, known: list[str]) -> None:
    like = near_by_definition(word, known)
    near, meant = nearest(word, known)
    assert [like[name] for name in near] == sorted(like.values(), reverse=True)[:NEAREST]
    assert meant == (max(like.values()) >= MEANT)


@given(words, known_names, st.randoms())
def test_the_order_in_which_names_are_known_changes_nothing(word: str, known: list[str], random: Any) -> None:
    mixed = list(known)
    random.shuffle(mixed)
    assert nearest(word, mixed) == nearest(word, known)


@settings(max_examples=12)
@given(st.sampled_from(KNOWN), st.data())
def test_one_letter_too_many_or_two_that_changed_places_lead_to_the_name_or_one_as_near(
    name: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(name) - 2))
    doubled = name[:place] + name[place] * 2 + name[place + 1 :]
    turned = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    for slip in (doubled, turned):
        like = near_by_definition(slip, KNOWN)
        near, meant = nearest(slip, KNOWN)
        assert like[near[0]] >= like[name] >= 0.5
        assert meant == (like[near[0]] >= MEANT)


def test_a_list_of_nothing_has_no_nearest_and_is_still_told() -> None:
    assert nearest("relu", []) == ([], False)
    assert unknown("operation", "relux", []).rule


@given(st.one_of(words, st.text(max_size=200)), known_names, st.sampled_from(["", "/api/kernels"]))
def test_whatever_the_word_the_refusal_names_it_and_a_choice(word: str, known: list[str], listed: str) -> None:
    refused = unknown("weight", word, known, listed)
    assert f"weight is {quoted(word)}: " in str(refused)
    assert any(name in str(refused) for name in known)
    assert refused.value == word


def test_a_list_is_told_whole_up_to_its_length_and_by_its_nearest_beyond() -> None:
    names = [f"name-{number:02}" for number in range(SHORT_LIST + 1)]
    short, long = (str(unknown("weight", "zzz", names[:count], "/there")) for count in (SHORT_LIST, SHORT_LIST + 1))
    assert sum(name in short for name in names) == SHORT_LIST
    assert "/there" not in short
    assert sum(name in long for name in names) == NEAREST
    assert long.endswith(f"/there lists all {SHORT_LIST + 1}")


@given(values)
def test_a_quoted_value_is_short_and_on_one_line(value: Any) -> None:
    text = quoted(value)
    assert len(text) <= LONGEST_VALUE
    assert text.splitlines() == [text]
    assert repr(value).startswith(text.removesuffix("..."))


@pytest.mark.parametrize(
    "value", [np.eye(2), np.arange(12).reshape(2, 2, 3), [np.eye(2)], np.array([["a\nb"], ["c"]]), np.zeros((99, 99))]
)
def test_an_array_is_quoted_on_one_line_too(value: Any) -> None:
    assert "\n" not in quoted(value)
    assert len(quoted(value)) <= LONGEST_VALUE
    assert "\n" not in str(SceneError("stride", value, "must be a whole number"))


def test_a_number_too_long_for_python_is_told_of() -> None:
    assert quoted(10**5000) == "a number of thousands of digits"
    assert quoted([10**5000]) == "a number of thousands of digits"
    assert "thousands of digits" in str(SceneError("stride", -(10**5000), "must be at least {minimum}", minimum=1))


@given(st.text("{}|/:abvalueminfd ,1", max_size=30), st.integers(-5, 5))
def test_no_value_is_read_as_part_of_the_sentence(value: str, least: int) -> None:
    refused = SceneError("stride", value, "must be at least {minimum}", minimum=least)
    assert str(refused) == f"stride is {quoted(value)}: must be at least {least}"
    assert refused.advice() == f"must be at least {least}"
    told = SceneError("name", "x", "{value} is no {field}, but {told}", told=value)
    assert str(told) == f"'x' is no name, but {value}"


@given(st.text("abc{}|/:", max_size=12), st.dictionaries(st.sampled_from(["a", "b"]), st.integers(), max_size=2))
def test_a_template_with_nothing_to_fill_in_stays_as_it_is(template: str, facts: dict[str, int]) -> None:
    said = filled(template, {}, singular_or_plural)
    assert said == template
    assert in_english(template) == template
    assert Text(template, **facts).template == template
    assert Text(template, **facts).facts == facts


@given(st.one_of(st.integers(-2, 2), st.integers(-(10**12), 10**12)))
def test_one_is_singular_and_thousands_have_their_commas(count: int) -> None:
    text = Text("{count:,} {count|cell/cells}", count=count)
    number, noun = text.split()
    assert int(number.replace(",", "")) == count
    assert all(len(group) == 3 for group in number.lstrip("-").split(",")[1:])
    assert noun == ("cell" if abs(count) == 1 else "cells")
