"""Files that are made once, a few at a time; and the cache that they lie in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cache import LARGEST_SHARE, Cache
from app.offline.shelf import Shelf


class Maker:
    """Makes files when it is let, and knows how many it was making at once."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.made: list[str] = []
        self.busy = self.busiest = 0

    def of(self, name: str) -> Callable[[], Awaitable[bytes]]:
        async def make() -> bytes:
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
            await self.gate.wait()
            self.busy -= 1
            self.made.append(name)
            return name.encode()

        return make


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    async def bounded() -> Any:
        async with asyncio.timeout(60):
            return await work()

    return asyncio.run(bounded())


def test_who_wants_the_same_at_once_gets_one_file_that_was_made_once() -> None:
    async def work() -> None:
        shelf, maker = Shelf(Cache(1000), hands=1), Maker()
        wanted = [asyncio.create_task(shelf.get("a", maker.of("a"))) for _ in range(5)]
        await asyncio.sleep(0)
        maker.gate.set()
        assert await asyncio.gather(*wanted) == [b"a"] * 5
        assert maker.made == ["a"]

    run(work)


def test_only_so_many_are_made_at_a_time_and_all_of_them_in_the_end() -> None:
    async def work() -> None:
        shelf, maker = Shelf(Cache(1000), hands=2), Maker()
        names = [f"file {place}" for place in range(7)]
        wanted = [asyncio.create_task(shelf.get(name, maker.of(name))) for name in names]
        for _ in range(10):
            await asyncio.sleep(0)
        assert maker.busy == 2
        maker.gate.set()
        assert await asyncio.gather(*wanted) == [name.encode() for name in names]
        assert maker.busiest == 2

    run(work)


def test_what_is_there_waits_for_nobody() -> None:
    async def work() -> None:
        shelf, maker = Shelf(Cache(1000), hands=1), Maker()
        shelf.cache.put("known", b"known", 5)
        slow = asyncio.create_task(shelf.get("slow", maker.of("slow")))
        await asyncio.sleep(0)
        assert await shelf.get("known", maker.of("known")) == b"known"
        assert not slow.done()
        maker.gate.set()
        await slow

    run(work)


def test_who_fails_or_leaves_lets_go_of_the_hand() -> None:
    async def failing() -> bytes:
        raise ValueError("no file")

    async def work() -> None:
        shelf, maker = Shelf(Cache(1000), hands=1), Maker()
        with pytest.raises(ValueError, match="no file"):
            await shelf.get("a", failing)
        left = asyncio.create_task(shelf.get("b", maker.of("b")))
        await asyncio.sleep(0)
        left.cancel()
        with pytest.raises(asyncio.CancelledError):
            await left
        maker.gate.set()
        assert await shelf.get("a", maker.of("a")) == b"a"

    run(work)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=60))
def test_a_cache_never_holds_more_than_its_room_and_never_something_else(puts: list[tuple[int, int]]) -> None:
    cache, last = Cache(100), dict[int, tuple[int, int]]()
    for turn, (key, size) in enumerate(puts):
        cache.put(key, (key, turn), size)
        if size <= 100 * LARGEST_SHARE:
            last[key] = (key, turn)
        assert cache.kept.currsize <= 100
        assert cache.get(key) in (last.get(key), None)
        for other, value in last.items():
            assert cache.get(other) in (value, None)


def test_what_was_asked_for_last_stays_longest() -> None:
    cache = Cache(100)
    for key in "abcd":
        cache.put(key, key, 25)
    assert cache.get("a") == "a"
    cache.put("e", "e", 25)
    assert [cache.get(key) for key in "abcde"] == ["a", None, "c", "d", "e"]


def test_one_thing_may_not_push_out_all_others() -> None:
    cache = Cache(100)
    cache.put("small", 1, 10)
    cache.put("large", 2, 76)
    assert (cache.get("small"), cache.get("large")) == (1, None)
    cache.put("fits", 3, 75)
    assert (cache.get("small"), cache.get("fits")) == (1, 3)
