"""What is remembered between requests: never more than there is room for, never computed twice at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from app.cache import Cache
from app.evaluation import Scenes
from app.pictures.store import LocalStore
from app.settings import Settings


def scenes(store: Path, cache_bytes: int = 2**20) -> Scenes:
    return Scenes(Settings(store=store, cache_bytes=cache_bytes), LocalStore(store))


def test_the_cache_keeps_what_was_used_last_within_its_bytes() -> None:
    cache = Cache(100)
    for key in "abc":
        cache.put(key, key.upper(), 40)
        cache.get("a")
    assert [cache.get(key) for key in "abc"] == ["A", None, "C"]
    assert cache.kept.currsize == 80


def test_one_thing_never_empties_the_cache() -> None:
    cache = Cache(100)
    cache.put("small", 1, 20)
    cache.put("large", 2, 90)
    assert (cache.get("small"), cache.get("large")) == (1, None)


def test_putting_a_thing_again_counts_it_once() -> None:
    cache = Cache(100)
    for size in (10, 30, 20):
        cache.put("a", size, size)
    assert (cache.get("a"), cache.kept.currsize) == (20, 20)


def test_a_layer_that_many_want_at_once_is_computed_once(tmp_path: Path) -> None:
    server, computed = scenes(tmp_path), []

    def compute() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        computed.append(1)
        time.sleep(0.05)
        return np.zeros(10, np.uint8)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: server.once("layer", compute), range(8)))
    assert len(computed) == 1
    assert all(result is results[0] for result in results)


def test_without_a_cache_everything_still_works(tmp_path: Path) -> None:
    server = scenes(tmp_path, cache_bytes=0)
    scene = server.read("letter | sobel-x | relu")
    assert server.feature_map(scene, -1).min() == 0
    assert server.known_trace(scene, -1) is None
