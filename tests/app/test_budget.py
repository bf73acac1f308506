"""What a request may take: what is too dear is refused before memory is taken, what is accepted stays within."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from app.budget import LEFT, Abandoned, Budget, watched
from app.evaluation import Scenes
from app.messages import Messages
from app.pictures.png import encode_png
from app.wire import stream
from app.wire.opening import described, opening
from core.errors import SceneError
from tests.app.serving import eventually, serving
from tests.dearest import CASES
from tests.running import ROOT

WIDE = "[1 2; 3 4] | pad ((4000,4000),(4000,4000))"
SPEECH = Messages().languages["en"]


def peak_of(work: Callable[[], Any]) -> int:
    """Bytes that were taken at most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("more", ["", " | relu" * 60, " | sigmoid" * 60], ids=["pad", "relu", "sigmoid"])
def test_an_opening_that_would_take_too_much_is_refused_before_memory_is_taken(scenes: Scenes, more: str) -> None:
    scene = scenes.read(WIDE + more)

    def refused() -> None:
        for layer in (0, -1):
            with pytest.raises(SceneError, match=r"make the input smaller"):
                opening(scenes, scene, layer, 0, SPEECH)

    assert peak_of(refused) < 20_000_000


EXPLOSIVE = (
    "[1 2] | pad 4000", "[1; 2] | pad 3000 | adaptive_max_pool2d (4096,4096)",
    "cat 512 | unfold 31", "cat 512 rgb | unfold 9 | unfold 3", "[1 2; 3 4] | pad 4000 | flatten | linear out=100000",
    "[1 2; 3 4] | pad 2000 | conv_transpose2d gaussian-5 stride=50", "[1 2; 3 4] | pad 4000 | flatten | conv2d [1]",
    "[1 2; 3 4] | conv_transpose2d [1] stride=10000", "[1 2; 3 4] | pad 3000 | conv2d out=64 kernel_size=1",
    "cat 128 | conv2d out=60000 kernel_size=1 | conv2d out=60000 kernel_size=1",
    "[1 2]" + " | adaptive_avg_pool2d (4096,4096)" * 64,
    "[1 2; 3 4] | pad 511 | reshape (1,1,-1)" + " | max_pool1d 3 stride=1" * 60,
    "[1 2; 3 4]" + " | pad 40" * 64, "[1 2; 3 4]" + " | conv_transpose2d [1 1; 1 1] stride=2" * 64,
    "[1 2; 3 4] | pad 511 | reshape (1,1,-1)" + " | conv1d [1] stride=2 | conv_transpose1d [1] stride=2" * 31,
)  # fmt: skip


@pytest.mark.parametrize("line", EXPLOSIVE, ids=range(len(EXPLOSIVE)))
def test_a_short_line_that_explodes_takes_no_memory(scenes: Scenes, line: str) -> None:
    def tried() -> None:
        scene = scenes.read(line)
        with suppress(SceneError):
            described(scene, scenes.layers(scene, scenes.input_shape(scene.source)), SPEECH)
        with pytest.raises(SceneError):
            scenes.feature_map(scene, -1)

    assert peak_of(tried) < 40_000_000


def test_any_step_of_a_wide_first_layer_is_told_though_its_whole_output_is_not(scenes: Scenes) -> None:
    scene = scenes.read(WIDE + " | sigmoid")
    trace = scenes.trace(scene, 0)
    assert peak_of(lambda: trace[-1]) < 20_000_000
    assert trace[8002 * 4000 + 4001]["output"] == 2
    with pytest.raises(SceneError):
        scenes.trace(scene, 1)


def test_a_picture_of_4096_by_4096_is_walked_opened_and_computed(tmp_path: Path) -> None:
    grey = (np.indices((4096, 4096)).sum(axis=0) % 251).astype(np.uint8)[None]
    with serving(tmp_path) as port:
        server = f"http://127.0.0.1:{port}"
        line = httpx.post(f"{server}/api/images", content=encode_png(grey), timeout=60).json()["scene"].split()[0]
        wide = {"scene": f"{line} | conv2d sobel-x | relu"}
        last = httpx.get(f"{server}/api/steps", params=wide | {"start": 4094 * 4094 - 1}, timeout=60).text.splitlines()
        assert json.loads(last[1])["output"] == 8
        second = httpx.get(f"{server}/api/steps", params=wide | {"layer": 1, "stop": 1}, timeout=60).text.splitlines()
        assert [json.loads(told)["type"] for told in second] == ["start", "step", "end"]
        opened = httpx.get(f"{server}/api/opening", params=wide, timeout=60).json()
        assert opened["output"]["shape"] == [1, 4094, 4094]
        exact = wide | {"layer": 0, "format": "npy", "compact": 1}
        whole = httpx.get(f"{server}/api/feature-map", params=exact, timeout=60)
        assert int(whole.headers["content-length"]) == len(whole.content)
        assert np.load(io.BytesIO(whole.content)).shape == (1, 4094, 4094)


# --- what is accepted

MEASURED = """
import json, resource, sys, tracemalloc
from pathlib import Path
from app.evaluation import Scenes
from app.pictures.store import LocalStore
from app.settings import Settings
from tests.dearest import CASES, dearest
settings = Settings(store=Path(sys.argv[1]), max_seconds=0.15, max_memory=90_000_000)
store = LocalStore(settings.store)
for case in CASES:
    scenes = Scenes(settings, store)
    line = dearest(scenes, case)
    if line is not None:
        tracemalloc.start()
        try:
            scenes.feature_map(scenes.read(line), -1)
        except ValueError:  # whole numbers of more than 64 bits, more weights than can be computed with
            pass
        print(json.dumps([case.operation, line[:200], tracemalloc.get_traced_memory()[1]]), flush=True)
        tracemalloc.stop()
    scenes.close()
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, int]]:
    """The dearest accepted scene of each case and the memory it took, computed in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path_factory.mktemp("store"))],
        capture_output=True, text=True, cwd=ROOT, timeout=110, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(row) for row in ran.stdout.splitlines()]


def test_the_dearest_scene_that_is_accepted_stays_within_its_memory(measured: list[tuple[str, str, int]]) -> None:
    assert [row for row in measured if row[2] > 90_000_000] == []


def test_every_operation_has_a_dearest_scene(measured: list[tuple[str, str, int]]) -> None:
    assert {case.operation for case in CASES} == {row[0] for row in measured}


# --- what is begun


def test_work_that_takes_longer_than_it_was_thought_to_is_ended() -> None:
    budget = Budget(cells=1, seconds=0.0, memory=1)
    budget.pause()

    def long() -> None:
        began = time.thread_time()
        while time.thread_time() - began < 0.01:
            pass
        budget.pause()

    with pytest.raises(SceneError, match="seconds of computing"):
        watched(long)()


def test_work_that_nobody_waits_for_is_ended() -> None:
    left = threading.Event()
    token = LEFT.set(left)
    try:
        Budget(1, 1.0, 1).pause()
        left.set()
        with pytest.raises(Abandoned):
            Budget(1, 1.0, 1).pause()
    finally:
        LEFT.reset(token)


@pytest.mark.parametrize("path", ["feature-map?format=npy&", "opening?", "steps?"])
def test_a_chain_stops_after_its_client_has_left(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[type[BaseException]] = []
    pause = Budget.pause

    def watching(budget: Budget) -> None:
        try:
            pause(budget)
        except Abandoned:
            ended.append(Abandoned)
            raise

    monkeypatch.setattr(Budget, "pause", watching)
    chain = "[1 2; 3 4] | pad 1500 value=0.5" + " | sigmoid" * 60
    with serving(tmp_path, max_seconds=1000) as port:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"http://127.0.0.1:{port}/api/{path}layer=60&scene={chain}", timeout=0.5)
        eventually(lambda: ended, patience=5)


def test_the_start_of_a_stream_is_told_before_the_layers_under_it_are_computed(
    scenes: Scenes, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scenes.read("[1 2; 3 4] | pad 1500 value=0.5 | sigmoid | tanh | relu")
    computed: list[int] = []
    find = Scenes.trace

    def finding(self: Scenes, *asked: Any) -> Any:
        computed.append(1)
        return find(self, *asked)

    monkeypatch.setattr(Scenes, "trace", finding)
    outline, whole = scenes.begun(scene, 3)
    assert not whole
    assert computed == []

    async def streamed() -> list[Any]:
        asked = stream.range_of(outline, 0, 2, "full", 1)
        told = stream.lines(outline, asked, scenes, stream.as_lines, whole=whole)
        assert json.loads(await anext(told))["type"] == "start"
        assert computed == []
        return [json.loads(line) async for chunk in told for line in chunk.splitlines()]

    assert [line["type"] for line in asyncio.run(streamed())] == ["step", "step", "end"]
    assert computed == [1, 1]  # weighed, then computed among what takes long


def test_a_server_whose_limits_are_below_the_first_scene_of_the_lab_serves_what_is_within_them(tmp_path: Path) -> None:
    with serving(tmp_path, max_cells=1000) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        assert client.get("/readyz").status_code == 200
        found = client.get("/api/feature-map", params={"scene": "[1 2; 3 4] | relu"})
        assert found.json()["values"] == [[[1, 2], [3, 4]]]
        for path in ("/", "/gallery", "/embed?scene=cat+64+%7C+sobel", "/api/opening?scene=cat+64+%7C+sobel"):
            assert client.get(path).status_code < 500, path
