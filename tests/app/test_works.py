"""Answers that are work: said alike by a child and by the server itself, ended with whoever asked, never in the way."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import brotli
import httpx
import numpy as np
import pytest

import core
from app.budget import Abandoned
from app.errors import Interrupted
from app.lanes import LIGHT
from app.mappers import Mappers
from app.routes.backward import NUMBER
from app.works import WORKS, Work, done
from core.backward import MOST_STEPS, check_walkable, numbers
from core.bands import no_pause
from core.errors import SceneError
from tests.app.serving import eventually, serving

LINE = "random 20x20 seed=3 | conv2d out=1 kernel_size=20 padding=9 seed=4"  # as dear as a layer walked backward may be
BACKWARD = {"line": LINE, "layers": 1, "layer": 0, "start": 0, "stop": 64, "dy": "ones"}
DESCENT = {"network": "mlp", "layers": [6, 5, 4, 3, 2], "answer": "7", "rate": 0.01, "steps": 3}
GIVEN = np.linspace(-1, 1, 400).reshape(1, 20, 20)
UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
ASKED = {
    "backward": {"scene": LINE},
    "descent": {"scene": "digit-7 | @lecture-cnn", "answer": "7", "steps": 50},
    "feature-map": {"scene": "[1 2; 3 4] | pad 500 value=3"},
}
STEPS = {"scene": "cat 64 | sobel", "stop": 1}


def works(coding: str | None) -> list[Work]:
    told: dict[str, tuple[Any, dict[str, Any]]] = {
        "backward": (GIVEN, BACKWARD),
        "descent": (np.linspace(0, 1, 784).reshape(784, 1, 1), DESCENT),
        "json": (GIVEN, {}),
        "png": (GIVEN, {}),
    }
    assert set(told) == set(WORKS)
    return [Work(name, x, words, coding, 1.0) for name, (x, words) in told.items()]


@pytest.mark.parametrize("coding", UNPACKED)
def test_a_child_says_what_the_server_does(mappers: Mappers, coding: str | None) -> None:
    for work in works(coding):
        here, there = done(work, no_pause), mappers.written(work, no_pause)
        assert (bytes(there.body), there.media_type, there.headers) == (bytes(here.body), here.media_type, here.headers)
        plain = done(Work(work.name, work.x, work.words, None, 1.0), no_pause)
        packed = here.headers.get("Content-Encoding")
        assert packed == (coding if plain.media_type == "application/json" else None)
        assert UNPACKED[packed](bytes(here.body)) == bytes(plain.body)


def test_a_refusal_of_work_comes_back_as_the_cores_own_and_the_child_goes_on(mappers: Mappers) -> None:
    wrong = Work("descent", np.ones((784, 1, 1)), DESCENT | {"answer": "eleven"}, None, 1.0)
    with pytest.raises(SceneError) as here:
        done(wrong, no_pause)
    with pytest.raises(SceneError) as there:
        mappers.written(wrong, no_pause)
    assert (there.value.field, str(there.value)) == (here.value.field, str(here.value))
    child = next(iter(mappers.children))
    mappers.written(works(None)[0], no_pause)
    assert set(mappers.children) == {child}


def test_work_that_nobody_waits_for_ends_with_its_child(mappers: Mappers) -> None:
    def left() -> None:
        raise Abandoned

    mappers.written(works(None)[0], no_pause)
    child = next(iter(mappers.children))
    os.kill(child.process.pid, signal.SIGSTOP)
    with pytest.raises(Abandoned):
        mappers.written(works(None)[0], left)
    assert child.process.poll() is not None
    assert mappers.children == set()


def test_a_child_that_somebody_ended_is_told_apart_from_one_that_failed(mappers: Mappers) -> None:
    mappers.written(works(None)[0], no_pause)
    child = next(iter(mappers.children))

    def end() -> None:
        os.kill(child.process.pid, signal.SIGKILL)

    os.kill(child.process.pid, signal.SIGSTOP)
    with pytest.raises(Interrupted) as refused:
        mappers.written(works(None)[0], end)
    assert (refused.value.status, refused.value.retry_after) == (503, 2)
    assert mappers.written(works(None)[2], no_pause).media_type == "application/json"


def test_the_dearest_walk_backward_is_heavy_and_a_lectures_is_not() -> None:
    dear, small = (core.parse(line).layers[0] for line in (LINE, "[1] | conv2d out=1 kernel_size=3 padding=1 seed=1"))
    check_walkable(dear.layer((1, 20, 20)))
    assert NUMBER * numbers(dear.layer((1, 20, 20))) > LIGHT
    assert NUMBER * numbers(small.layer((1, 8, 8))) < LIGHT
    assert BACKWARD["stop"] == MOST_STEPS


def children() -> set[int]:
    """The processes of this one's servers that do what takes long."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and b"app.mapper" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
    return found


def request(path: str, words: dict[str, Any]) -> bytes:
    return f"GET /api/{path}?{urlencode(words)} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode()


def asked(port: int, path: str, words: dict[str, Any], client: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), 60, (f"127.0.0.{client}", 0))
    made.sendall(request(path, words))
    return made


def answered(connection: socket.socket) -> tuple[int, bytes]:
    parts = []
    while part := connection.recv(2**18):
        parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize("path", ASKED)
def test_light_steps_are_answered_while_dear_answers_wait_for_a_child_that_stands_still(
    tmp_path: Path, path: str
) -> None:
    with serving(tmp_path, cache_bytes=0) as port, ExitStack() as stack:
        url, before = f"http://127.0.0.1:{port}/api", children()
        known = httpx.get(f"{url}/{path}", params=ASKED[path], headers={"Accept-Encoding": "identity"}, timeout=60)
        assert known.status_code == 200
        (child,) = children() - before
        os.kill(child, signal.SIGSTOP)
        waiting = [stack.enter_context(asked(port, path, ASKED[path], 2 + client)) for client in range(8)]
        for _ in range(20):
            assert httpx.get(f"{url}/steps", params=STEPS).status_code == 200
        os.kill(child, signal.SIGCONT)
        assert [answered(one) for one in waiting] == [(200, known.content)] * 8


def test_an_answer_whose_child_was_killed_is_refused_for_now_and_given_the_next_time(tmp_path: Path) -> None:
    with serving(tmp_path) as port:
        url, before = f"http://127.0.0.1:{port}/api", children()
        known = httpx.get(f"{url}/backward", params=ASKED["backward"], timeout=60)
        (child,) = children() - before
        os.kill(child, signal.SIGSTOP)
        with asked(port, "backward", ASKED["backward"], 2) as waiting:
            eventually(lambda: asked_now(port) > 0)
            os.kill(child, signal.SIGKILL)
            status, body = answered(waiting)
        assert (status, json.loads(body)["field"]) == (503, "server")
        assert httpx.get(f"{url}/backward", params=ASKED["backward"], timeout=60).content == known.content


def test_who_leaves_takes_the_work_along(tmp_path: Path) -> None:
    with serving(tmp_path) as port:
        before = children()
        httpx.get(f"http://127.0.0.1:{port}/api/backward", params=ASKED["backward"], timeout=60)
        (child,) = children() - before
        os.kill(child, signal.SIGSTOP)
        with asked(port, "backward", ASKED["backward"], 2):
            eventually(lambda: asked_now(port) > 0)
        eventually(lambda: child not in children())
        eventually(lambda: asked_now(port) == 0)
        again = httpx.get(f"http://127.0.0.1:{port}/api/backward", params=ASKED["backward"], timeout=60)
        assert again.status_code == 200


def asked_now(port: int) -> float:
    """How much work is waited for in the lane of what is heavy."""
    lines = httpx.get(f"http://127.0.0.1:{port}/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("kernelwalk_asked{") and '"maps"' in line)
