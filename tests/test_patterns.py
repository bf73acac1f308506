"""Regular expressions that read what strangers write take time in proportion to it: none goes on in two ways.

Python's matcher tries every way there is. Where what a repetition repeats may itself be any number of signs and nothing
else has to stand between, a row of n signs has 2^n ways to be taken apart.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

import pytest

import app
import core
import kernelwalk

MANY = 8  # of so many repetitions of so many the ways are more than a machine counts in a second
REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT}


def width(items: Any) -> int:
    """The fewest signs that they match."""
    return int(parser.SubPattern(parser.State(), list(items)).getwidth()[0])


def branches(item: Any) -> list[list[Any]]:
    """What a repetition repeats: its alternatives, groups opened."""
    if len(item) == 1 and item[0][0] is codes.SUBPATTERN:
        return branches(item[0][1][3])
    if len(item) == 1 and item[0][0] is codes.BRANCH:
        return [list(branch) for branch in item[0][1][1]]
    return [list(item)]


def parts(items: Any) -> Iterator[Any]:
    """All repetitions in a pattern, however deep."""
    for code, value in items:
        if code in REPEATS:
            yield value
            yield from parts(value[2])
        elif code is codes.SUBPATTERN:
            yield from parts(value[3])
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from parts(branch)
        elif code in {codes.ASSERT, codes.ASSERT_NOT}:
            yield from parts(value[1])


def is_open(item: Any) -> bool:
    code, value = item
    if code is codes.SUBPATTERN:
        return any(len(branch) == 1 and is_open(branch[0]) for branch in branches(value[3]))
    return code in REPEATS and value[1] >= MANY and value[0] < value[1]


def goes_on_in_two_ways(pattern: str, flags: int = 0) -> bool:
    for _, most, body in parts(parser.parse(pattern, flags)):
        if most < MANY:
            continue
        for branch in branches(body):
            for place, item in enumerate(branch):
                if is_open(item) and width([*branch[:place], *branch[place + 1 :]]) == 0:
                    return True
    return False


def modules() -> Iterator[Any]:
    for package in (core, app, kernelwalk):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    seen = set()
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and value not in seen:
                seen.add(value)
                yield f"{module.__name__}.{name}", value


def test_no_pattern_of_ours_goes_on_in_two_ways() -> None:
    found = dict(patterns())
    assert len(found) > 40
    assert [name for name, value in found.items() if goes_on_in_two_ways(value.pattern, value.flags)] == []


@pytest.mark.parametrize(
    ("pattern", "twofold"),
    [
        (r"((?:[0-9]{1,12}L?[, ]*)*)", True),
        (r"(a+)+", True),
        (r"(?:a|b+)*c", True),
        (r"(?:\s*\w+\s*)*", True),
        (r"(?:,\s*\w+)*", False),
        (r"(?:[0-9]{3},)*", False),
        (r"[0-9L, ]*", False),
    ],
)
def test_a_pattern_that_goes_on_in_two_ways_is_known(pattern: str, twofold: bool) -> None:
    assert goes_on_in_two_ways(pattern) is twofold
