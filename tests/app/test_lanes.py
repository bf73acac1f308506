"""Light work never waits behind heavy work, queues are bounded, and what nobody waits for is ended with its process."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import numpy as np
import pytest

import core
from app import evaluation
from app.budget import LEFT, Abandoned, watched
from app.errors import Busy
from app.evaluation import Scenes
from app.lanes import CLIENT, Heavy, Lane, Lanes, quick, weigh
from app.mappers import Mappers
from app.pictures.store import LocalStore
from app.settings import Settings
from core.bands import no_pause
from core.errors import SceneError
from tests.app.serving import eventually, serving

LIGHT_SCENE, HEAVY_SCENE = "cat 64 | sobel", "[1 2; 3 4] | pad 1500 value=0.5 | sigmoid | tanh"


@pytest.mark.parametrize("x", [np.arange(24, dtype=np.int64), np.linspace(-1, 1, 24), np.arange(24, dtype=np.uint8)])
@pytest.mark.parametrize(
    "line", ["relu", "conv2d [1 0; 0.5 -1] bias=0.25", "sobel", "conv2d out=3 kernel_size=2 seed=4", "unfold 2"]
)
def test_a_child_computes_what_the_core_does(mappers: Mappers, line: str, x: Any) -> None:
    given = x.reshape(1, 4, 6)
    operation = core.parse(f"cat | {line}").layers[0]
    found = mappers.output([operation], given, no_pause)
    known = operation.layer((1, 4, 6)).apply(given)
    assert found.dtype == known.dtype
    assert np.array_equal(found, known)


def test_a_refusal_of_a_child_is_the_cores_own_and_it_goes_on(mappers: Mappers) -> None:
    huge = np.full((1, 4, 4), 2**62, np.int64)
    operation = core.parse("cat | conv2d [1 1; 1 1]").layers[0]
    with pytest.raises(SceneError) as known:
        operation.layer(huge.shape).checked(huge)
    layer = operation.layer((1, 4, 4))
    assert layer.output_shape == (1, 3, 3)
    assert mappers.output([operation], np.ones((1, 4, 4)), no_pause).tolist() == [[[4.0] * 3] * 3]
    child = next(iter(mappers.children))
    with pytest.raises(SceneError):
        mappers.output([operation], np.ones((1, 1, 1)), no_pause)
    assert list(mappers.children) == [child]
    assert known.value.field


def test_a_child_whose_work_nobody_waits_for_is_ended_and_replaced(mappers: Mappers) -> None:
    operation = core.parse("cat | sigmoid").layers[0]

    def left() -> None:
        raise Abandoned

    mappers.output([operation], np.ones((1, 2, 2)), no_pause)
    child = next(iter(mappers.children))
    with pytest.raises(Abandoned):
        mappers.output([operation], np.ones((1, 6000, 6000)), left)
    assert child.process.poll() is not None
    assert mappers.output([operation], np.zeros((1, 1, 1)), no_pause).tolist() == [[[0.5]]]


def test_a_chain_is_sent_to_a_child_at_once(mappers: Mappers) -> None:
    chain = core.parse("[1 2; 3 4] | pad 3 | sobel | relu | max_pool2d 2").layers
    x = known = np.arange(4).reshape(1, 2, 2)
    for operation in chain:
        known = operation.layer(known.shape).apply(known)
    assert np.array_equal(mappers.output(chain, x, no_pause), known)


def test_what_turns_out_to_be_heavy_goes_to_its_own_lane(tmp_path: Path) -> None:
    lanes, threads = Lanes(Settings(store=tmp_path)), list[str]()

    def work(seconds: float) -> str:
        threads.append(threading.current_thread().name.split("_")[0])
        weigh(seconds)
        return "done"

    async def both() -> None:
        assert await lanes.run(lambda: work(0.001)) == "done"
        assert await lanes.run(lambda: work(1.0)) == "done"

    asyncio.run(both())
    lanes.close()
    assert threads == ["scenes", "scenes", "maps"]


def test_nothing_is_weighed_where_nobody_else_waits() -> None:
    weigh(100.0)
    with pytest.raises(Heavy):
        watched(quick, lambda: weigh(100.0))()


def test_a_lane_is_bounded_and_no_client_fills_it() -> None:
    lane, release = Lane("test", threads=1, waiting=3, share=2), threading.Event()

    async def asked(client: str) -> None:
        CLIENT.set(client)
        await lane.run(release.wait)

    async def ask_all() -> list[BaseException | None]:
        asking = [asyncio.ensure_future(asked(client)) for client in ("a", "a", "a", "b", "c", "d")]
        await asyncio.sleep(0)
        assert lane.asked == 4
        release.set()
        return await asyncio.gather(*asking, return_exceptions=True)

    found = asyncio.run(ask_all())
    assert [type(outcome) for outcome in found] == [type(None), type(None), Busy, type(None), type(None), Busy]
    assert (lane.asked, dict(lane.clients)) == (0, {})


def test_what_is_not_done_in_time_is_refused_and_ended(tmp_path: Path) -> None:
    lanes, ended = Lanes(Settings(store=tmp_path, answer_deadline=0.1)), threading.Event()

    async def late() -> None:
        left = threading.Event()
        LEFT.set(left)

        def work() -> None:
            left.wait(10)
            ended.set()

        with pytest.raises(Busy):
            await lanes.run(work)
        assert left.is_set()

    asyncio.run(late())
    assert ended.wait(10)
    lanes.close()


@pytest.mark.parametrize("path", ["feature-map?format=npy&", "opening?", "input?format=npy&layer=2&", "steps?layer=2&"])
def test_light_work_is_answered_while_heavy_work_fills_its_lane(
    tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heavy requests of several clients fill the heavy lane: more are told to come back, light ones are served."""
    release = threading.Event()

    def held(mappers: Mappers, operations: list[core.Operation], x: Any, pause: Any) -> Any:
        release.wait(60)
        for operation in operations:
            x = operation.layer(x.shape).apply(x)
        return x

    made: list[Lanes] = []
    monkeypatch.setattr(Mappers, "output", held)
    monkeypatch.setattr(evaluation, "Lanes", lambda settings: made.append(Lanes(settings)) or made[-1])
    with serving(tmp_path, map_queue=3) as port, ExitStack() as stack:
        url = f"http://127.0.0.1:{port}"
        heavy = f"/api/{path}scene={quote(HEAVY_SCENE)}"
        for number in range(4):
            asker = stack.enter_context(socket.create_connection(("127.0.0.1", port), 60, (f"127.0.0.{2 + number}", 0)))
            asker.sendall(f"GET {heavy}{quote(f' | clip 0 {number}')} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        eventually(lambda: made[0].heavy.asked == 4, patience=30)
        refused = httpx.get(url + heavy)
        assert refused.headers["retry-after"] == "2"
        assert httpx.get(f"{url}/api/opening", params={"scene": LIGHT_SCENE}).status_code == 200
        assert httpx.get(f"{url}/api/steps", params={"scene": LIGHT_SCENE, "stop": 1}).text.count("\n") == 3
        assert httpx.get(f"{url}/healthz").status_code == 200
        release.set()


def test_a_server_computes_heavy_scenes_in_a_child_and_says_the_same(tmp_path: Path) -> None:
    scenes = Scenes(Settings(store=tmp_path), LocalStore(tmp_path))
    known = scenes.feature_map(scenes.read(HEAVY_SCENE), -1)
    with serving(tmp_path) as port:
        asked = {"scene": HEAVY_SCENE, "format": "npy"}
        told = httpx.get(f"http://127.0.0.1:{port}/api/feature-map", params=asked, timeout=60)
    assert told.content.endswith(known.tobytes())
    scenes.close()
