"""The talk with a child that computes: message by message, in pieces of any size, and never after its end."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from app.budget import Budget
from app.children import LENGTH, ROOT, SECRET
from app.errors import Busy, Refusal
from app.lanes import CLIENT
from app.mapper import answer
from app.mappers import MapperChild, Mappers
from app.pictures.decoder import message as read_message
from app.settings import Settings
from app.shares import Shares
from core.bands import no_pause
from core.errors import SceneError

BUDGET = Budget(10**6, 10.0, 10**9)
TYPES = st.sampled_from(["u1", "<i2", "<i4", "<i8", "<f4", "<f8"])


class Trickle(io.RawIOBase):
    """A pipe that gives so many bytes at a time."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        super().__init__()
        self.data, self.sizes = io.BytesIO(data), sizes

    def readinto(self, room: Any) -> int:
        self.sizes.append(self.sizes.pop(0))
        return self.data.readinto(memoryview(room)[: self.sizes[-1]])


def talking(told: bytes, sizes: list[int] | None = None) -> MapperChild:
    """A child that is no process: what it has told, and what it is asked."""
    child = object.__new__(MapperChild)
    child.told, child.ask = cast(Any, Trickle(told, sizes or [2**20])), io.BytesIO()
    return child


def framed(*messages: bytes) -> bytes:
    return b"".join(len(one).to_bytes(LENGTH) + one for one in messages)


def asked(line: str, x: Any, dtype: str = "<f8") -> tuple[bytes, bytes]:
    """What the child answers to the operations of a line."""
    given = np.asarray(x, dtype)
    operations = [one.as_json() for one in core.parse(f"cat | {line}").layers]
    head, body = answer({"operations": operations, "shape": given.shape, "dtype": dtype}, given.tobytes(), BUDGET)
    return head, bytes(body)


def array_of(answered: Any) -> Any:
    """What an answer of a child holds."""
    head, room = answered
    return room.view(head["dtype"]).reshape(head["shape"])


@given(st.lists(st.binary(max_size=40), max_size=5), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_messages_come_whole_however_they_are_cut(messages: list[bytes], sizes: list[int]) -> None:
    child = talking(framed(*messages), sizes)
    assert [bytes(child.message()) for _ in messages] == messages
    with pytest.raises(EOFError):
        child.message()


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5))
def test_what_one_side_tells_the_other_reads(messages: list[bytes]) -> None:
    child = talking(b"")
    for one in messages:
        child.tell(one)
    told = cast(io.BytesIO, child.ask)
    told.seek(0)
    assert [read_message(told) for _ in messages] == messages
    assert read_message(told) is None


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_child_that_ends_within_a_message_is_known_to_have_ended(text: bytes, data: st.DataObject) -> None:
    whole = framed(text)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(EOFError):
        talking(whole[:cut]).message()


@given(st.tuples(*[st.integers(1, 4)] * 3), TYPES, st.integers(0, 99))
def test_an_array_comes_back_in_its_own_type_and_shape(shape: tuple[int, int, int], dtype: str, seed: int) -> None:
    x = np.random.default_rng(seed).integers(0, 100, shape).astype(dtype)
    known = core.parse("cat | relu").layers[0].layer(shape).apply(x)
    found = array_of(talking(framed(*asked("relu", x, dtype))).answer(b""))
    assert (found.dtype, found.shape) == (known.dtype, known.shape)
    assert np.array_equal(found, known)


@pytest.mark.parametrize(
    ("line", "shape"), [("conv2d [1 1; 1 1]", (1, 1, 1)), ("relu | max_pool2d 9", (1, 4, 4)), ("unfold 5", (2, 4, 9))]
)
def test_a_refusal_travels_with_its_field_rule_and_facts(line: str, shape: tuple[int, int, int]) -> None:
    with pytest.raises(SceneError) as known:
        core.parse(f"cat | {line}").layers[-1].layer(shape)
    head, body = asked(line, np.ones(shape))
    assert body == b""
    refused = talking(framed(head, body)).answer(b"")
    assert isinstance(refused, SceneError)
    assert (refused.field, refused.rule, str(refused)) == (known.value.field, known.value.rule, str(known.value))


def test_work_that_takes_too_long_for_its_budget_is_refused_by_the_child() -> None:
    x = np.ones((1, 600, 600))
    operations = [one.as_json() for one in core.parse("cat | tanh | sigmoid | tanh").layers]
    told = {"operations": operations, "shape": x.shape, "dtype": "<f8"}
    head, body = answer(told, x.tobytes(), Budget(10**9, 1e-9, 10**9))
    assert json.loads(head)["field"] == "scene"
    assert "seconds of computing" in str(talking(framed(head, bytes(body))).answer(b""))


@pytest.fixture
def mappers(tmp_path: Path) -> Iterator[Mappers]:
    made = Mappers(Settings(store=tmp_path, mappers=1, map_queue=0))
    yield made
    made.close()


def pids(mappers: Mappers) -> set[int]:
    return {child.process.pid for child in mappers.children}


def test_a_child_that_was_killed_while_nobody_asked_is_replaced_before_the_next_asks(mappers: Mappers) -> None:
    (sigmoid,) = core.parse("cat | sigmoid").layers
    assert mappers.output([sigmoid], np.zeros((1, 1, 2)), no_pause).tolist() == [[[0.5, 0.5]]]
    (first,) = mappers.children
    first.process.kill()
    first.process.wait()
    assert mappers.output([sigmoid], np.zeros((1, 1, 1)), no_pause).tolist() == [[[0.5]]]
    assert first not in mappers.children
    assert len(mappers.children) == 1


def test_a_child_that_failed_by_itself_is_said_to_have_had_too_much_and_the_next_one_computes(mappers: Mappers) -> None:
    (sigmoid,) = core.parse("cat | sigmoid").layers
    mappers.output([sigmoid], np.zeros((1, 1, 2)), no_pause)
    (first,) = pids(mappers)
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(Refusal) as refused:
        mappers.output([sigmoid], np.zeros((1, 4, 4)), lambda: os.kill(first, signal.SIGABRT) or go_on(first))
    assert (refused.value.field, refused.value.status) == ("scene", 413)
    assert mappers.output([sigmoid], np.zeros((1, 1, 1)), no_pause).tolist() == [[[0.5]]]
    assert first not in pids(mappers)


def go_on(number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGCONT)


def test_a_child_ends_quietly_when_nothing_more_comes(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "app.mapper", Settings(store=tmp_path).model_dump_json()]
    x = np.array([[[-1.0, 4.0]]])
    head = json.dumps({"operations": [{"operation": "relu"}], "shape": x.shape, "dtype": "<f8"}).encode()
    for more in (b"", framed(head), b"\0\0\0"):  # an end between messages, between their parts, and within a length
        asking = framed(head, x.tobytes()) + more
        done = subprocess.run(words, input=asking, capture_output=True, cwd=ROOT, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        found = talking(done.stdout)
        assert array_of(found.answer(b"")).tolist() == [[[0.0, 4.0]]]
        with pytest.raises(EOFError):
            found.message()


def test_no_child_is_told_the_secrets_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(store=tmp_path).model_dump_json()
    monkeypatch.setenv(SECRET, "valkey://:password@there")
    monkeypatch.setenv("KERNELWALK_TOLD", "yes")
    child = MapperChild("app.mapper", settings)
    try:
        told = Path(f"/proc/{child.process.pid}/environ").read_bytes()
    finally:
        child.end()
    assert b"KERNELWALK_TOLD=yes" in told
    assert b"password" not in told
    assert child.process.poll() is not None
    assert child.ask.closed
    assert child.told.closed


def test_more_than_there_is_room_for_is_sent_away_at_once(mappers: Mappers) -> None:
    mappers.asked = mappers.count + mappers.waiting
    with pytest.raises(Busy) as refused:
        asyncio.run(mappers.answer(b""))
    assert refused.value.retry_after > 0
    assert mappers.children == set()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=25), st.integers(1, 4), st.integers(1, 3))
def test_places_are_given_back_and_nobody_has_more_than_a_share(
    moves: list[tuple[str, bool]], most: int, share: int
) -> None:
    shares, held = Shares(most, share), {client: [] for client in "abc"}  # type: dict[str, list[Any]]
    for client, comes in moves:
        token = CLIENT.set(client)
        if not comes and held[client]:
            held[client].pop().__exit__(None, None, None)
        elif comes:
            place = shares.place()
            if sum(map(len, held.values())) < most and len(held[client]) < share:
                place.__enter__()
                held[client].append(place)
            else:
                with pytest.raises(Busy):
                    place.__enter__()
        CLIENT.reset(token)
        assert dict(shares.clients) == {name: len(places) for name, places in held.items() if places}
        assert shares.taken == sum(map(len, held.values()))


def test_a_place_is_given_back_by_work_that_failed() -> None:
    shares = Shares(most=1, share=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), shares.place():
            raise ZeroDivisionError
    assert (shares.taken, dict(shares.clients)) == (0, {})
