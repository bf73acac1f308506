"""Replicas behind a proxy with a memory: the same answers from each, and a class that costs them few."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from benchmarks.lecture import MOST_COMPUTED, SCENE, Lecture, attend
from benchmarks.replicas import Replicas, nginx, replicas
from tests.app.serving import eventually
from tests.app.test_bucket import picture
from tests.running import start_server
from tests.services import ObjectStore

STUDENTS = 40
ADDRESSES = (
    "/api/scene?scene=cat 64 | sobel", "/api/opening?scene=cat 64 | sobel", "/api/steps?scene=cat 64 | sobel&stop=9",
    "/api/feature-map?scene=cat 64 | sobel&format=png", "/render.svg?scene=cat 64 | sobel", "/api/kernels",
)  # fmt: skip

pytestmark = pytest.mark.timeout(600)


# Where nginx cannot be had nothing is asked of it, as with browsers (tools/browser.py brings it to Debian).
@pytest.fixture(scope="module", params=["nginx"] if nginx() else [])
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    with replicas(tmp_path_factory.mktemp("replicas")) as started:
        yield started


def test_a_class_costs_the_replicas_each_answer_a_few_times_at_most(running: Replicas) -> None:
    lecture: Lecture = asyncio.run(attend(running.url, STUDENTS))
    assert set(lecture.statuses) == {200}
    assert max(lecture.computed.values()) <= MOST_COMPUTED
    api = [count for (address, _), count in lecture.computed.items() if address.startswith("/api/")]
    assert sum(api) == sum(lecture.api.values()) - lecture.api["HIT"]
    assert all(len(tags) == 1 for tags in lecture.tags.values()), lecture.tags


def test_each_replica_names_an_answer_the_same(running: Replicas) -> None:
    for path in ("/api/scene", "/api/steps", "/api/feature-map", "/api/opening"):
        asked = {"scene": SCENE, **({"stop": "9"} if path == "/api/steps" else {})}
        answers = [httpx.get(f"{server}{path}", params=asked) for server in running.servers]
        assert len({answer.headers["etag"] for answer in answers}) == 1
        assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("form", ["npy", "json", "png"])
def test_the_proxy_keeps_whole_arrays_in_every_form_however_long(running: Replicas, form: str) -> None:
    asked = {"scene": "[1 2; 3 4] | pad 300 value=7", "format": form}
    first, again = (httpx.get(f"{running.url}/api/feature-map", params=asked, timeout=60) for _ in range(2))
    assert [answer.headers["x-cache"] for answer in (first, again)] == ["MISS", "HIT"]
    assert first.content == again.content


def test_the_proxy_keeps_what_is_counted_to_itself(running: Replicas) -> None:
    assert httpx.get(f"{running.url}/metrics").status_code == 403
    log = Path(running.proxy.folder, "requests").read_text()
    assert "sobel" not in log
    assert "127.0.0.1" not in log


@pytest.fixture(params=["nginx"] if nginx() else [])
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replicas]:
    """Replicas that keep their pictures where compose.yaml has them: in an object store."""
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)  # the client of the store wants the machine's certificates
    with ObjectStore(tmp_path / "objects") as objects, replicas(tmp_path, **objects.settings("class")) as started:
        yield started


def test_a_picture_that_one_replica_takes_in_is_walked_by_each(stored: Replicas) -> None:
    eventually(lambda: all(httpx.get(f"{one}/readyz").status_code == 200 for one in stored.servers), patience=60)
    taken = [httpx.post(f"{stored.url}/api/images", content=picture(1), timeout=60) for _ in range(2)]
    assert [answer.status_code for answer in taken] == [201, 201]
    (scene,) = {answer.json()["scene"] for answer in taken}
    places = [stored.url, *(one.url for one in stored.servers)]
    answers = [httpx.get(f"{place}/api/steps", params={"scene": scene, "stop": 9}, timeout=60) for place in places]
    assert {answer.status_code for answer in answers} == {200}
    assert len({(answer.headers["etag"], answer.content) for answer in answers}) == 1
    stored.servers[0].stop()
    kept = httpx.get(f"{stored.url}/api/images/{taken[0].json()['id']}", timeout=60)
    assert (kept.status_code, kept.headers["content-type"]) == (200, "image/png")


def test_a_server_that_starts_again_names_each_answer_as_before(tmp_path: Path) -> None:
    first: dict[str, httpx.Response] = {}
    for _ in range(2):
        server = start_server(tmp_path)
        try:
            name = httpx.post(f"{server}/api/images", content=picture(1), timeout=60).json()["id"]
            for path in (*ADDRESSES, f"/api/images/{name}", f"/api/steps?scene=image:{name}|sobel&stop=9"):
                answer = httpx.get(f"{server}{path}", timeout=60)
                before = first.setdefault(path, answer)
                assert (answer.status_code, answer.headers["etag"]) == (200, before.headers["etag"]), path
                assert answer.content == before.content, path
                known = httpx.get(f"{server}{path}", headers={"If-None-Match": before.headers["etag"]}, timeout=60)
                assert known.status_code == 304, path
        finally:
            server.stop()
