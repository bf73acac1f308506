"""Streams are made as their readers take them: a beginning for all, bulk in turns, little ahead of who is slow."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.evaluation import Scenes
from app.lanes import CLIENT
from app.pictures.store import LocalStore
from app.settings import Settings
from app.wire import pacing, stream
from app.wire.pacing import Reader, Turns
from core.trace import Trace
from tests.app.serving import eventually, serving

LONG = b"GET /api/steps?scene=cat+128|sobel-x HTTP/1.1\r\nHost: here\r\n\r\n"  # 15,876 steps, 4 MB
MOST_AHEAD = 256_000  # bytes
READERS = 30


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """(which stream, its first step, bytes) of each chunk, in the order in which they were made."""
    found: list[tuple[int, int, int]] = []
    compute = stream.step_lines

    def told(trace: Any, start: int, stop: int, asked: Any) -> bytes:
        text = compute(trace, start, stop, asked)
        found.append((id(asked), start, len(text)))
        return text

    monkeypatch.setattr(stream, "step_lines", told)
    return found


def test_nobody_is_given_more_than_a_little_who_does_not_read(tmp_path: Path, made: list[tuple[int, int, int]]) -> None:
    with serving(tmp_path) as port, ExitStack() as stack:
        for _ in range(READERS):
            stack.enter_context(socket.create_connection(("127.0.0.1", port))).sendall(LONG)
        eventually(lambda: len({which for which, *_ in made}) == READERS)
        wait_until_still(made)
        ahead: Counter[int] = Counter()
        for which, _, size in made:
            ahead[which] += size
        assert max(ahead.values()) <= MOST_AHEAD


def test_nor_is_he_who_read_fast_and_stopped(tmp_path: Path, made: list[tuple[int, int, int]]) -> None:
    with serving(tmp_path) as port, socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        reader.connect(("127.0.0.1", port))
        reader.sendall(LONG)
        read = 0
        while read < 2_500_000:
            read += len(reader.recv(2**16))
        wait_until_still(made)
        assert sum(size for *_, size in made) - read <= MOST_AHEAD + 32_768  # what the reader's own system keeps


def test_what_many_walk_is_computed_once_and_is_the_same_at_every_pace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes = Scenes(Settings(store=tmp_path), LocalStore(tmp_path))
    trace, computed = scenes.trace(scenes.read("cat 128 | sobel-x"), 0), list[str]()
    compute = Trace.batch

    def counted(trace: Trace, start: int, stop: int, detail: Any = "full", every: int = 1) -> Any:
        computed.append(detail)
        return compute(trace, start, stop, detail, every)

    async def read(pauses: list[float], **asked: Any) -> bytes:
        reader, text = Reader(), b""
        wanted = stream.range_of(trace, **{"start": 5, "stop": None, "detail": "full", "every": 1} | asked)
        async for piece in stream.lines(trace, wanted, scenes, stream.as_lines, reader=reader):
            text += piece
            reader.waited = pauses[len(text) % len(pauses)]
        return text

    monkeypatch.setattr(Trace, "batch", counted)
    first = asyncio.run(read([0.0]))
    assert first.count(b"\n") == len(trace) - 5 + 2
    once = len(computed)
    assert asyncio.run(read([0.0])) == first
    assert len(computed) == once
    halting = asyncio.run(read([0.0, 1.0, 0.0]))
    assert list(map(json.loads, halting.splitlines())) == list(map(json.loads, first.splitlines()))
    once = len(computed)
    assert asyncio.run(read([0.0, 1.0, 0.0])) == halting
    assert len(computed) == once
    assert asyncio.run(read([0.0], every=2)) != asyncio.run(read([0.0], detail="sums")) != first
    scenes.close()


def wait_until_still(made: list[Any]) -> None:
    before = -1
    while len(made) != before:
        before = len(made)
        time.sleep(0.3)


def test_all_have_their_first_line_before_one_has_everything(tmp_path: Path, made: list[tuple[int, int, int]]) -> None:
    """Readers that read as fast as they can, and all ask in the same moment."""
    at_once = threading.Barrier(READERS)

    def read() -> None:
        with socket.create_connection(("127.0.0.1", port)) as reader:
            at_once.wait()
            reader.sendall(LONG.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            while reader.recv(2**18):
                pass

    with serving(tmp_path) as port:
        readers = [threading.Thread(target=read) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    last_beginning = max(place for place, (_, start, _) in enumerate(made) if start == 0)
    finished = {which for which, start, _ in made[:last_beginning] if start > 14_000}
    assert len({which for which, *_ in made}) == READERS
    assert finished == set()


def test_bulk_is_made_in_turns_and_what_is_new_comes_between() -> None:
    order: list[str] = []

    async def streamed() -> None:
        turns = Turns()

        async def bulk(name: str) -> None:
            for _ in range(3):
                async with turns.mine():
                    order.append(name)

        async def new() -> None:
            order.append("new")

        reading = [asyncio.ensure_future(bulk(name)) for name in "abc"]
        for _ in range(4):
            await asyncio.sleep(0)
        coming = [asyncio.ensure_future(new()) for _ in range(5)]
        await asyncio.gather(*reading, *coming)

    asyncio.run(streamed())
    bulk = "".join(name for name in order if name != "new")
    assert bulk == "abcabcabc"
    assert order.index("new") <= 4
    assert order[order.index("new") :][:5].count("new") == 5


async def taken(turns: Turns, name: str = "", order: list[str] | None = None) -> None:
    CLIENT.set(name[:1])
    async with turns.mine():
        (order if order is not None else []).append(name)


def test_clients_take_turns_however_many_of_one_wait() -> None:
    async def streamed() -> list[str]:
        turns, order = Turns(), list[str]()
        many = [asyncio.ensure_future(taken(turns, f"a{number}", order)) for number in range(9)]
        await asyncio.sleep(0)
        others = [asyncio.ensure_future(taken(turns, name, order)) for name in ("b0", "c0", "b1")]
        await asyncio.gather(*many, *others)
        return order

    order = asyncio.run(streamed())
    assert sorted(order[:6]) == ["a0", "a1", "a2", "b0", "b1", "c0"]
    assert [name for name in order if name.startswith("a")] == [f"a{number}" for number in range(9)]


def test_of_one_client_no_more_than_a_share_is_at_work() -> None:
    async def streamed() -> None:
        turns, done, begun = Turns(share=2), asyncio.Event(), list[str]()

        async def work(client: str) -> None:
            CLIENT.set(client)
            async with turns.mine():
                begun.append(client)
                await done.wait()

        working = [asyncio.ensure_future(work(client)) for client in "aaaaabb"]
        for _ in range(50):
            await asyncio.sleep(0)
        assert sorted(begun) == ["a", "a", "b", "b"]
        working[0].cancel()  # its place is given back
        for _ in range(50):
            await asyncio.sleep(0)
        assert begun.count("a") == 3
        done.set()
        await asyncio.wait(working)
        assert begun.count("a") == 5
        assert not turns.working

    asyncio.run(streamed())


def test_a_turn_that_is_given_to_who_leaves_is_given_back() -> None:
    async def streamed() -> None:
        turns = Turns(share=1)
        leaving = asyncio.ensure_future(taken(turns))
        await asyncio.sleep(0)
        turns.pass_on()
        leaving.cancel()
        await asyncio.wait([leaving])
        assert leaving.cancelled()
        await asyncio.wait_for(taken(turns), 5)

    asyncio.run(streamed())


def test_chunks_wait_for_streams_that_open_but_not_for_ever() -> None:
    async def streamed() -> list[str]:
        openings, order = Turns(), list[str]()
        chunks = Turns(before=openings)
        waiting = [taken(chunks, f"c{number}", order) for number in range(3)]
        await asyncio.gather(*waiting, *(taken(openings, f"o{number}", order) for number in range(20)))
        return order

    order = asyncio.run(streamed())
    places = [place for place, name in enumerate(order) if name.startswith("c")]
    assert places[0] >= 3
    assert places[-1] < 20


def test_turns_wait_while_connections_arrive_but_not_for_ever() -> None:
    async def streamed() -> int:
        turns, rounds = Turns(), 0
        waiting = asyncio.ensure_future(taken(turns))
        while not waiting.done():
            rounds += 1
            pacing.ARRIVING.count += 1
            await asyncio.sleep(0)
        return rounds

    assert pacing.MOST_ARRIVALS <= asyncio.run(streamed()) <= pacing.MOST_ARRIVALS + 10


def test_who_leaves_the_queue_holds_nobody_up() -> None:
    async def streamed() -> None:
        turns = Turns()
        waiting = [asyncio.ensure_future(taken(turns)) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.wait_for(asyncio.gather(*waiting[1:]), 5)
        await asyncio.wait_for(taken(turns), 5)

    asyncio.run(streamed())


def test_chunks_grow_while_they_are_taken_at_once_and_shrink_when_they_are_not() -> None:
    async def read() -> list[int]:
        reader, sizes = Reader(), []
        for waited in [0.0] * 20 + [1.0, 0.0]:
            sizes.append(reader.cells)
            reader.waited = waited
            reader.took(reader.cells)
        return [*sizes, reader.cells]

    sizes = asyncio.run(read())
    first, most = pacing.FIRST_CELLS, pacing.MOST_CELLS
    assert sizes[:2] == [first, first]
    assert sizes[:20] == sorted(sizes[:20])
    assert sizes[19:] == [most, most, first, first]
