"""A rule with numbers put in says less, and comes to the same: worked out in exact fractions, before and after."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction as Ratio

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.rules.folding import put
from core.rules.tree import Brackets, Fraction, Minus, Number, Power, Product, Range, Root, Symbol, Terms, Total, Tree
from core.rules.writing import call, ceil, floor, rounding, symbol

LETTERS = ("a", "b", "c")


def worth(piece: Tree, letters: Mapping[str, int]) -> Ratio:
    """What a piece comes to, exactly."""
    match piece:
        case Number(value):
            return Ratio(value or 0)
        case Symbol(name):
            return Ratio(letters[name])
        case Terms(terms):
            return sum((worth(term, letters) for term in terms), Ratio(0))
        case Product(factors):
            return math.prod((worth(factor, letters) for factor in factors), start=Ratio(1))
        case Minus(body):
            return -worth(body, letters)
        case Fraction(above, below):
            return worth(above, letters) / worth(below, letters)
        case Power(base, exponent):
            return worth(base, letters) ** int(worth(exponent, letters))
        case Brackets("floor", body):
            return Ratio(math.floor(worth(body, letters)))
        case Brackets("ceil", body):
            return Ratio(math.ceil(worth(body, letters)))
        case Brackets("absolute", body):
            return abs(worth(body, letters))
        case Brackets(_, body):
            return worth(body, letters)
        case Total(_, over, body):
            (entry,) = over
            first, last = (int(worth(end, letters)) for end in (entry.first, entry.last))
            return sum((worth(body, {**letters, entry.name: at}) for at in range(first, last + 1)), Ratio(0))
    raise AssertionError(piece)


def pieces() -> st.SearchStrategy[Tree]:
    numbers = st.integers(-6, 6).map(Number)
    letters = st.sampled_from(LETTERS).map(symbol)

    def larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            several.map(Terms),
            several.map(Product),
            inner.map(Minus),
            st.builds(Fraction, inner, inner),
            st.builds(Brackets, st.sampled_from(("curved", "floor", "ceil", "absolute")), inner),
            st.builds(Power, inner, st.integers(0, 2).map(Number)),
            st.builds(
                lambda low, most, body: Total("sum", (Range("i", low, low + most),), body), inner, numbers, inner
            ),
        )

    return st.recursive(st.one_of(numbers, letters), larger, max_leaves=8)


def whole_ranges(piece: Tree) -> bool:
    """Ranges run over whole numbers, of which there are not very many."""
    if isinstance(piece, Total):
        ends = [entry for over in piece.over for entry in (over.first, over.last)]
        return not any(isinstance(end, Fraction) for end in ends) and all(map(whole_ranges, piece.parts()))
    return all(map(whole_ranges, piece.parts()))


@given(pieces(), st.lists(st.integers(-5, 5), min_size=3, max_size=3), st.sets(st.sampled_from(LETTERS)))
def test_what_is_folded_comes_to_the_same(piece: Tree, values: list[int], told: set[str]) -> None:
    letters = dict(zip(LETTERS, values, strict=True))
    assume(whole_ranges(piece))
    try:
        expected = worth(piece, letters)
    except ZeroDivisionError:
        assume(False)
    folded = put(piece, {name: letters[name] for name in told})
    assert worth(folded, letters) == expected


@given(pieces(), st.lists(st.integers(-5, 5), min_size=3, max_size=3))
def test_folding_again_changes_nothing(piece: Tree, values: list[int]) -> None:
    try:
        once = put(piece, dict(zip(LETTERS, values, strict=True)))
    except ZeroDivisionError:
        assume(False)
    assert put(once, {}) == once


@pytest.mark.parametrize(
    ("piece", "folded"),
    [
        (symbol("a") * 1 + 0, symbol("a")),
        (symbol("a") * 0 + "b", symbol("b")),
        (2 * (symbol("a") * 3), 6 * symbol("a")),
        (symbol("a") + 2 + (symbol("b") - 5), Terms((symbol("a"), symbol("b"), Minus(Number(3))))),
        (Fraction(Number(6), Number(4)), Fraction(Number(3), Number(2))),
        (Fraction(6 * symbol("a"), Number(4)), Fraction(3 * symbol("a"), Number(2))),
        (Fraction(6 * symbol("a"), Number(3)), 2 * symbol("a")),
        (Fraction(symbol("a"), Number(1)), symbol("a")),
        (Minus(Minus(symbol("a"))), symbol("a")),
        (Power(symbol("a"), Fraction(Number(1), Number(2))), Root(symbol("a"))),
        (Root(Number(9)), Number(3)),
        (Root(Number(8)), Root(Number(8))),
        (floor(2 * symbol("a") + 1), 2 * symbol("a") + 1),
        (floor(Fraction(Number(-7), Number(2))), Number(-4)),
        (ceil(Fraction(Number(-7), Number(2))), Number(-3)),
        (floor(Number(2.5)), Number(2)),
        (floor(symbol("a") + 0.5), floor(symbol("a") + 0.5)),
        (floor(Root(symbol("a"))), floor(Root(symbol("a")))),
        (ceil(rounding("tanh", symbol("a"))), ceil(rounding("tanh", symbol("a")))),
        (floor(call("min", symbol("a"), 3)), call("min", symbol("a"), 3)),
        (floor(Power(symbol("a"), Number(2))), Power(symbol("a"), Number(2))),
        (floor(Power(symbol("a"), Number(-1))), floor(Power(symbol("a"), Number(-1)))),
        (Brackets("curved", Fraction(Number(3), Number(2))), Brackets("curved", Fraction(Number(3), Number(2)))),
        (Brackets("curved", symbol("a")), symbol("a")),
    ],
    ids=str,
)
def test_what_says_nothing_is_left_out(piece: Tree, folded: Tree) -> None:
    assert put(piece, {}) == folded


def test_a_letter_with_places_is_another_than_the_letter_itself() -> None:
    x = symbol("x")
    assert put(x["i"] + x, {"x": 3}) == Terms((x["i"], Number(3)))


def test_a_range_hides_the_letter_outside_it() -> None:
    body = Total("sum", (Range("i", Number(0), symbol("n")),), symbol("i") * symbol("n"))
    folded = put(body, {"i": 7, "n": 2})
    assert folded == Total("sum", (Range("i", Number(0), Number(2)),), 2 * symbol("i"))


def test_a_range_of_one_number_is_that_number_except_where_it_is_asked_for() -> None:
    over = (Range("i", Number(0), symbol("n")),)
    assert put(Total("sum", over, symbol("i") + 1), {"n": 0}) == Number(1)
    assert put(Total("argmax", over, symbol("i") + 1), {"n": 0}) == Total(
        "argmax", (Range("i", Number(0), Number(0)),), symbol("i") + 1
    )


def test_a_number_with_a_role_or_a_name_keeps_its_place() -> None:
    weight = Number(2, role="kernel")
    assert put(weight * symbol("a") * 3, {}) == Product((Number(3), weight, symbol("a")))
    assert put(weight + 1 + symbol("a") + 4, {}) == Terms((weight, symbol("a"), Number(5)))
