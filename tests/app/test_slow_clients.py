"""Clients that are slow, many or greedy: they are bounded, and others are served meanwhile."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from app import state
from app.http.server import widen
from app.shares import Shares
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
