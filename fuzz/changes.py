"""Changes: what bad luck and bad will do to a file or a text that was good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

MOST_CHANGES = 4
EDGES = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)
ODD_NUMBERS = ("-1", "0", "1e9", "99999999999999999999", "0.5", "-0", "1e-320", "NaN", "inf", "٣", "1_0", " 1")
ODD_TEXTS = ("", " ", "|", "[", "]", ";", ",", "((", "=", "\n", "\t", "\0", "é", "\u2212", "［", "@", "%", "&", "'", '"',
             "\ud800", "\u202e", "한글", "{", "}", ":", "true", "null")  # fmt: skip


def changed_bytes(random: Random, samples: Sequence[bytes]) -> bytes:
    """One of the samples, a few changes later."""
    data = bytearray(random.choice(samples))
    for _ in range(random.randint(1, MOST_CHANGES)):
        random.choice(BYTE_CHANGES)(random, data, samples)
    return bytes(data)


def put_byte(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] = random.choice((*EDGES, random.randrange(256)))


def flip_bit(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def put_number(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    """A size or an offset that lies."""
    size = random.choice((2, 4, 8))
    value = random.choice((0, 1, 1 << 8 * size - 1, (1 << 8 * size) - 1, len(data), random.getrandbits(8 * size)))
    place = place_in(random, data)
    data[place : place + size] = value.to_bytes(size, random.choice(("big", "little")))


def cut(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[place_in(random, data) :]


def lose(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = place_in(random, data)
    del data[start : start + random.choice((1, 2, 4, random.randint(1, 64)))]


def double(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    start = place_in(random, data)
    data[start:start] = data[start : start + random.randint(1, 64)] * random.choice((1, 2, 50))


def graft(random: Random, data: bytearray, samples: Sequence[bytes]) -> None:
    """A stretch of another sample."""
    other = random.choice(samples)
    start, place = place_in(random, other), place_in(random, data)
    data[place : place + random.choice((0, 32))] = other[start : start + random.randint(1, 64)]


BYTE_CHANGES: tuple[Callable[[Random, bytearray, Sequence[bytes]], None], ...] = (
    put_byte, put_byte, flip_bit, put_number, cut, lose, double, graft,
)  # fmt: skip


def changed_text(random: Random, samples: Sequence[str], words: Sequence[str]) -> str:
    """One of the samples with words of the language, odd numbers and odd signs in odd places."""
    text = random.choice(samples)
    for _ in range(random.randint(1, MOST_CHANGES)):
        start = place_in(random, text)
        end = start + random.choice((0, 1, 2, random.randint(0, 12)))
        text = text[:start] + piece(random, text, samples, words) + text[end:]
    return text


def piece(random: Random, text: str, samples: Sequence[str], words: Sequence[str]) -> str:
    kind = random.randrange(6)
    if kind == 0:
        return random.choice(ODD_NUMBERS)
    if kind == 1:
        return random.choice(ODD_TEXTS) * random.choice((1, 1, 1, 300))
    if kind == 2:
        return f" {random.choice(words)} "
    if kind == 3:
        other = random.choice(samples)
        start = place_in(random, other)
        return other[start : start + random.randint(1, 40)]
    if kind == 4:
        start = place_in(random, text)
        return text[start : start + random.randint(1, 40)] * random.choice((1, 2, 40))
    return chr(random.choice((random.randrange(128), random.randrange(0xD800))))


def place_in(random: Random, content: bytes | bytearray | str) -> int:
    """Headers stand at the beginning, and there most goes wrong."""
    near = min(len(content), 64)
    return random.randint(0, near if random.random() < 0.4 else len(content))


def changed_json(random: Random, value: object, samples: Sequence[object]) -> object:
    """The value with something in it that is of another kind, missing, or too much."""
    if isinstance(value, dict) and value and random.random() < 0.8:
        name = random.choice(list(value))
        return {**value, name: changed_json(random, value[name], samples)}
    if isinstance(value, list) and value and random.random() < 0.8:
        place = random.randrange(len(value))
        return [*value[:place], changed_json(random, value[place], samples), *value[place + 1 :]]
    return random.choice((
        None, True, -1, 2**63, 2**70, 1e300, 0.5, "", "cat", [], {}, [[]], [[[[[1]]]]], {"a": 1}, [value] * 3,
        {"operation": value}, [1, "x"], random.choice(samples), str(value),
    ))  # fmt: skip
