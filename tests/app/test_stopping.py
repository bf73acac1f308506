"""A server that is asked to stop: it refuses what is new, ends what is open in the open, and leaves with 0."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

import httpx
import pytest

import kernelwalk
from tests.app.serving import eventually
from tests.python.lines import proxied
from tests.running import Server, start_server

LONG = "/api/steps?scene=brick|sobel-x+padding=same"  # 262,144 steps, 68 MB
LAST = {"type": "end", "reason": "shutdown"}
STREAMS = 20


@pytest.fixture
def leaving(tmp_path: Path) -> Iterator[Server]:
    server = start_server(tmp_path, KERNELWALK_GRACEFUL_SHUTDOWN="30")
    yield server
    server.running.kill()
    server.running.wait()


def opened(port: int, *headers: str) -> socket.socket:
    """A stream whose head and first line have come."""
    reader = socket.create_connection(("127.0.0.1", port), timeout=60)
    reader.sendall("\r\n".join([f"GET {LONG} HTTP/1.1", "Host: here", *headers, "", ""]).encode())
    assert reader.recv(8192).startswith(b"HTTP/1.1 200")
    return reader


def rest_of(reader: socket.socket) -> bytes:
    return b"".join(iter(lambda: reader.recv(2**20), b""))


def test_every_open_stream_ends_with_a_whole_last_line_and_the_server_leaves_with_0(leaving: Server) -> None:
    with ExitStack() as stack:
        readers = [stack.enter_context(opened(leaving.port)) for _ in range(STREAMS)]
        leaving.running.send_signal(signal.SIGTERM)
        assert leaving.running.wait(30) == 0
        texts = [rest_of(reader) for reader in readers]
    for text in texts:
        body, terminator = text[: -len(b"\r\n0\r\n\r\n")], text[-len(b"\r\n0\r\n\r\n") :]
        assert terminator == b"\r\n0\r\n\r\n"
        assert json.loads(body.splitlines()[-1]) == LAST
        assert len(body) < 30_000_000  # before its time


@pytest.mark.parametrize("header", ["Accept: text/event-stream", "Accept-Encoding: gzip"])
def test_events_and_compressed_streams_end_the_same_way(leaving: Server, header: str) -> None:
    name, _, value = header.partition(": ")
    with httpx.stream(
        "GET", f"{leaving.url}{LONG}", headers={"Accept-Encoding": "identity", name: value}, timeout=60
    ) as got:
        parts = got.iter_bytes()
        text = next(parts)
        leaving.running.send_signal(signal.SIGTERM)
        text = b"".join(chain([text], parts))
    assert ("gzip" in header) == ("gzip" in got.request.headers["accept-encoding"])
    assert text.rstrip().endswith(b'{"type":"end","reason":"shutdown"}')
    assert leaving.running.wait(30) == 0


def test_new_work_is_refused_while_old_work_is_waited_for(leaving: Server) -> None:
    body = b'{"scene": "letter | sobel-x"}'
    with socket.create_connection(("127.0.0.1", leaving.port), timeout=60) as slow:
        slow.sendall(b"POST /api/scene HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % len(body))
        slow.sendall(body[:10])
        eventually(lambda: httpx.get(f"{leaving.url}/readyz").status_code == 200)
        leaving.running.send_signal(signal.SIGTERM)
        eventually(lambda: httpx.get(f"{leaving.url}/readyz").status_code == 503)
        refused = httpx.get(f"{leaving.url}/api/scene?scene=letter|sobel-x", headers={"accept-language": "ko"})
        assert (refused.status_code, refused.headers["retry-after"], refused.headers["connection"]) == (
            503,
            "1",
            "close",
        )
        assert refused.json()["detail"] == "서버를 멈추는 중입니다. 잠시 뒤 다시 시도하세요."
        assert httpx.get(f"{leaving.url}/healthz").status_code == 200
        assert leaving.running.poll() is None
        slow.sendall(body[10:])
        assert slow.recv(8192).startswith(b"HTTP/1.1 200")
    assert leaving.running.wait(30) == 0


def test_whoever_reads_nothing_is_not_waited_for_longer_than_the_grace(tmp_path: Path) -> None:
    server = start_server(tmp_path, KERNELWALK_GRACEFUL_SHUTDOWN="1")
    with socket.create_connection(("127.0.0.1", server.port)) as silent:
        silent.sendall(b"POST /api/scene HTTP/1.1\r\nHost: here\r\nContent-Length: 99\r\n\r\n")
        eventually(lambda: httpx.get(f"{server.url}/readyz").status_code == 200)
        server.running.send_signal(signal.SIGTERM)
        assert server.running.wait(20) == 0


def test_every_worker_ends_its_streams(tmp_path: Path) -> None:
    server = start_server(tmp_path, KERNELWALK_WORKERS="2", KERNELWALK_GRACEFUL_SHUTDOWN="30")
    with ExitStack() as stack:
        readers = [stack.enter_context(opened(server.port)) for _ in range(6)]
        server.running.send_signal(signal.SIGTERM)
        assert server.running.wait(30) == 0
        texts = [rest_of(reader) for reader in readers]
    assert [json.loads(text[: -len(b"\r\n0\r\n\r\n")].splitlines()[-1]) for text in texts] == [LAST] * 6


def test_a_client_in_python_goes_on_with_the_server_that_comes_next(tmp_path: Path) -> None:
    """Two servers behind one address: the first stops in the middle of a stream."""
    line = "brick 256 | sobel-x padding=same"  # 17 MB: more than what lies on the way
    servers = [start_server(tmp_path / name) for name in ("first", "second") if not (tmp_path / name).mkdir()]
    with proxied(servers[0].port) as proxy, kernelwalk.Client(proxy.url) as client:
        steps = client.steps(line, detail="full")
        found = [next(steps)["index"]]
        proxy.port = servers[1].port
        servers[0].stop()
        found += [step["index"] for step in steps]
        assert found == list(range(256 * 256))
        assert proxy.taken == 2
    servers[1].stop()
