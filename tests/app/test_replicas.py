"""Replicas behind a proxy with a memory: the same answers from each, and a class that costs them few."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from benchmarks.lecture import MOST_COMPUTED, SCENE, Lecture, attend
from benchmarks.replicas import Replicas, nginx, replicas

STUDENTS = 40

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


def test_the_proxy_keeps_what_is_counted_to_itself(running: Replicas) -> None:
    assert httpx.get(f"{running.url}/metrics").status_code == 403
    log = Path(running.proxy.folder, "requests").read_text()
    assert "sobel" not in log
    assert "127.0.0.1" not in log
