"""Clients that are slow, many or greedy: they are bounded, and others are served meanwhile."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import state
from app.http.server import widen
from app.routes.admitting import is_long
from app.shares import Shares
from app.wire import stream
from tests.app.serving import eventually, serving

SLOW_HEADS = 1000
STEPS = {"scene": "cat 64 | sobel", "stop": 1}


def test_a_thousand_heads_that_do_not_end_hold_nobody_up_and_are_cut_off(tmp_path: Path) -> None:
    widen()
    with serving(tmp_path, read_deadline=5) as port, ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(SLOW_HEADS)]
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: ")
        assert httpx.get(f"http://127.0.0.1:{port}/api/steps", params=STEPS).status_code == 200
        for connection in slow:
            connection.settimeout(60)
            assert connection.recv(1000).startswith(b"HTTP/1.1 408")
        assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200


def test_one_connection_too_many_is_told_to_come_back(tmp_path: Path) -> None:
    with serving(tmp_path, max_connections=5) as port, ExitStack() as stack:
        held = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(5)]
        with socket.create_connection(("127.0.0.1", port), timeout=30) as more:
            told = b"".join(iter(lambda: more.recv(2000), b""))
        assert told.startswith(b"HTTP/1.1 503")
        assert b"\r\nretry-after: 1\r\n" in told
        held[0].close()
        eventually(lambda: is_healthy(port))


def is_healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx.TransportError:
        return False


def test_uploads_are_bounded_for_one_client_and_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow senders hold their places, in front of whoever comes from the same address, then of everybody."""
    made: list[Shares] = []
    monkeypatch.setattr(state, "Shares", lambda *bounds: made.append(Shares(*bounds)) or made[-1])
    with serving(tmp_path, uploads=3, uploads_a_client=2) as port, ExitStack() as stack:
        url = f"http://127.0.0.1:{port}/api/images"
        senders = [stack.enter_context(sending(port)) for _ in range(2)]
        eventually(lambda: made[0].taken == 2)
        refused = httpx.post(f"http://127.0.0.1:{port}/api/files", content=b"1 2; 3 4")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
        client = stack.enter_context(httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.9"), timeout=60))
        assert client.post(url, content=b"no picture").status_code == 415
        stack.enter_context(sending(port, "127.0.0.8"))
        eventually(lambda: made[0].taken == 3)
        assert client.post(url, content=b"no picture").status_code == 429
        senders[0].close()
        eventually(lambda: made[0].taken == 2)
        assert client.post(url, content=b"no picture").status_code == 415


LONG = "scene=cat+512|sobel"
OPENING = 300


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[int], threading.Event, threading.Event]]:
    """(how many steps each stream asked for, in the order in which they were begun; the first holds all others up)."""
    order, reached, released = list[int](), threading.Event(), threading.Event()
    compute = stream.step_lines

    def told(trace: Any, start: int, stop: int, asked: Any) -> bytes:
        if start == asked.start:
            order.append(asked.count)
        if not reached.is_set():
            reached.set()
            assert released.wait(60)
        return compute(trace, start, stop, asked)

    monkeypatch.setattr(stream, "step_lines", told)
    yield order, reached, released
    released.set()


def asking(port: int, words: str, source: str = "127.0.0.1") -> socket.socket:
    """A reader that asks for steps, and reads nothing yet."""
    reader = socket.create_connection(("127.0.0.1", port), 60, (source, 0))
    reader.sendall(f"GET /api/steps?{words} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
    return reader


def test_light_steps_go_before_hundreds_of_streams_that_open(
    tmp_path: Path, begun: tuple[list[int], threading.Event, threading.Event]
) -> None:
    """All of one address, and asked for before; so does a stream of another address, which takes its turn."""
    order, reached, released = begun
    widen()
    with serving(tmp_path) as port, ExitStack() as stack:
        warm = httpx.get(f"http://127.0.0.1:{port}/api/scene", params={"scene": "cat 512 | sobel"})
        assert warm.status_code == 200
        stack.enter_context(asking(port, LONG))
        assert reached.wait(60)
        for _ in range(OPENING):
            stack.enter_context(asking(port, LONG))
        light = stack.enter_context(asking(port, "scene=cat+64|sobel&stop=1"))
        other = stack.enter_context(asking(port, f"{LONG}&start=7", "127.0.0.9"))
        released.set()
        assert b"".join(iter(lambda: light.recv(2**16), b"")).startswith(b"HTTP/1.1 200")
        assert other.recv(2**16).startswith(b"HTTP/1.1 200")
        eventually(lambda: len(order) == OPENING + 3)
    long, lightly, otherwise = order[0], order.index(1), order.index(order[0] - 7)
    assert order[:lightly].count(long) < OPENING / 2
    assert order[:otherwise].count(long) < OPENING / 2


def test_streams_of_readers_that_left_before_their_turn_are_not_begun(
    tmp_path: Path, begun: tuple[list[int], threading.Event, threading.Event]
) -> None:
    order, reached, released = begun
    with serving(tmp_path) as port, ExitStack() as stack:
        stack.enter_context(asking(port, LONG))
        assert reached.wait(60)
        left = [asking(port, LONG) for _ in range(50)]
        for reader in left:
            reader.close()
        stack.enter_context(asking(port, f"{LONG}&start=7"))
        released.set()
        eventually(lambda: order[0] - 7 in order)
        assert order.count(order[0]) < len(left) / 2


def test_long_streams_of_one_client_are_bounded_and_its_light_steps_are_not(tmp_path: Path) -> None:
    with serving(tmp_path, streams_a_client=2) as port, ExitStack() as stack:
        url, long, here = f"http://127.0.0.1:{port}/api/steps", {"scene": "cat 128 | sobel"}, "127.0.0.9"
        held = [stack.enter_context(asking(port, LONG)) for _ in range(2)]
        for reader in held:
            assert reader.recv(16)
        told = httpx.get(url, params=long)
        assert (told.status_code, told.headers["retry-after"]) == (429, "2")
        assert httpx.post(url, json=long).status_code == 429
        assert httpx.get(url, params=STEPS).status_code == 200
        client = stack.enter_context(httpx.Client(transport=httpx.HTTPTransport(local_address=here), timeout=60))
        assert client.get(url, params=long).status_code == 200
        held[0].close()
        eventually(lambda: httpx.get(url, params=long).status_code == 200)


@pytest.mark.parametrize(
    ("method", "query", "long"),
    [
        ("GET", "scene=cat", True),
        ("GET", "scene=cat&stop=64", False),
        ("GET", "scene=cat&stop=65", True),
        ("GET", "scene=cat&start=1000&stop=1064", False),
        ("GET", "scene=cat&stop=1000000&every=20000", False),
        ("GET", "scene=cat&stop=100&every=0", True),
        ("GET", "scene=cat&stop=-1", True),
        ("GET", "scene=cat&stop=%D9%A1", True),
        ("GET", "scene=cat&stop=" + "1" * 5000, True),
        ("GET", "stop=%FF&every=%FF", True),
        ("HEAD", "scene=cat", False),
        ("POST", "", True),
    ],
)
def test_a_stream_is_long_as_it_is_asked_for(method: str, query: str, long: bool) -> None:
    assert is_long({"type": "http", "method": method, "query_string": query.encode()}) is long


def sending(port: int, source: str = "127.0.0.1") -> socket.socket:
    """A picture whose bytes do not come."""
    sender = socket.create_connection(("127.0.0.1", port), 30, (source, 0))
    sender.sendall(b"POST /api/images HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n")
    return sender


def test_a_body_of_json_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path, max_body=100) as port:
        told = httpx.post(f"http://127.0.0.1:{port}/api/scene", json={"scene": "letter | relu" + " | relu" * 20})
    assert (told.status_code, told.json()["field"]) == (413, "body")


FILM = "/render.gif?scene=cat+64|sobel&steps=0-400&width=1200"


def test_a_figure_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path, render_seconds=0.1) as port:
        assert httpx.get(f"http://127.0.0.1:{port}{FILM}", timeout=60).status_code == 413


def test_a_figure_for_which_there_is_no_place_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path, render_queue=0, render_seconds=60) as port, ExitStack() as stack:

        def refused_for_now() -> bool:
            """The film may come second, and be refused itself."""
            first = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            first.sendall(f"GET {FILM} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            told = httpx.get(f"http://127.0.0.1:{port}/render.svg?scene=letter|sobel&steps=0")
            return told.status_code == 429 and told.headers["retry-after"] == "2"

        eventually(refused_for_now)
