"""docs/security.md: every item of the standard that it lists is held by a test that is there."""

from __future__ import annotations

import re

import pytest

from tests.repository import functions, trees
from tests.running import ROOT

ROW = re.compile(r"(?m)^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$")
ITEMS = {item: named for item, _, _, named in ROW.findall((ROOT / "docs/security.md").read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def there() -> set[str]:
    """Every test of the repository by its file and name."""
    python = {f"{name}::{one.name}" for name, tree in trees("tests/") for one in functions(tree)}
    script = {
        f"tests/js/{file.name}: {title}"
        for file in (ROOT / "tests/js").glob("*.test.js")
        for title in re.findall(r'(?m)^test\("([^"]+)"', file.read_text(encoding="utf-8"))
    }
    return python | script


def test_every_item_names_tests_that_are_there(there: set[str]) -> None:
    assert len(ITEMS) > 50
    for item, named in ITEMS.items():
        found = re.findall(r"`([^`]+)`", named)
        assert found, item
        assert set(found) <= there, item


def test_items_stand_in_the_order_of_the_standard_and_once() -> None:
    numbers = [tuple(map(int, item.split("."))) for item in ITEMS]
    rows = ROW.findall((ROOT / "docs/security.md").read_text(encoding="utf-8"))
    assert len(rows) == len(ITEMS)
    assert numbers == sorted(numbers)
