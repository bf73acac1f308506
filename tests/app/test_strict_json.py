"""Bodies of requests: JSON as it must be said, every digit of it, and nothing that could mean two things."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import BAD, Refusal
from app.http.strict_json import DEEPEST, read_json
from core.errors import SceneError

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_every_value_is_read_as_it_was_written(value: Any, escaped: bool) -> None:
    body = json.dumps(value, ensure_ascii=escaped, allow_nan=False).encode()
    assert read_json(body) == value


@given(st.lists(st.tuples(st.sampled_from(["a", "b", '"', "\\"]), VALUES), max_size=3), st.booleans())
def test_both_readers_say_the_same(pairs: list[tuple[str, Any]], escaped: bool) -> None:
    said = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=escaped)}" for name, value in pairs]
    body = f"{{{', '.join(said)}}}".encode()
    twice = len({name for name, _ in pairs}) < len(pairs)
    value, refused = read(body)
    assert isinstance(refused, SceneError) == twice
    if not twice:
        slow = json.loads(body)
        assert repr(value) == repr(slow)


@given(st.binary(max_size=60) | st.text('[]{}:,"01eE.+-truefalsn\\u \n', max_size=40).map(str.encode))
@example(b"")
@example(b"\xef\xbb\xbf{}")
@example(b'"\\ud800"')
@example(b"1e999")
@example(b"[1,]")
@example(b"\xff")
def test_whatever_comes_is_read_or_refused_and_what_is_read_says_the_same_again(body: bytes) -> None:
    value, refused = read(body)
    if refused is None:
        assert read_json(json.dumps(value, allow_nan=False).encode()) == value
    elif isinstance(refused, Refusal):
        assert (refused.status, refused.field) == (BAD, "body")
    else:
        assert refused.rule == "is given twice"


def read(body: bytes) -> tuple[Any, Refusal | SceneError | None]:
    try:
        return read_json(body), None
    except (Refusal, SceneError) as refused:
        return None, refused


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "9" * 400, "01", ".5", "1.", "+1", "0x1"]
)
def test_what_is_no_number_of_json_is_refused(number: str) -> None:
    for body in (number, f"[{number}]", f'{{"a": {number}}}'):
        with pytest.raises(Refusal, match="not JSON"):
            read_json(body.encode())


def test_a_whole_number_keeps_every_digit() -> None:
    assert read_json(b"[123456789012345678901234567890]") == [123456789012345678901234567890]


@pytest.mark.parametrize("body", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]', '{"a": 1, "\\u0061": 2}'])
def test_a_member_that_is_told_twice_is_named(body: str) -> None:
    with pytest.raises(SceneError) as refused:
        read_json(body.encode())
    assert (refused.value.field, refused.value.rule) == ("a", "is given twice")


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_what_is_nested_beyond_reason_is_refused_however_deep(opening: str, closing: str) -> None:
    def nested(levels: int) -> bytes:
        return (opening * levels + "1" + closing * levels).encode()

    read_json(nested(DEEPEST))
    for levels in (DEEPEST + 1, 500, 100_000):
        with pytest.raises(Refusal):
            read_json(nested(levels))


def test_width_is_no_depth() -> None:
    assert len(read_json(json.dumps([[[]]] * 20_000).encode())) == 20_000
