"""From a scene to its arrays: pictures found and shrunk, layers computed once, nothing begun that is too large."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary

from cachetools import LRUCache

import core
from app.errors import ABSENT, Refusal
from app.pictures.colours import to_grey
from app.pictures.normalise import decode_png
from app.pictures.resize import area_average
from app.pictures.samples import SAMPLES, sample_pixels
from app.pictures.store import Store
from app.settings import Settings
from core.errors import SceneError, unknown
from core.trace import Trace
from core.vocabulary import Array, Layer, Shape

P = ParamSpec("P")
T = TypeVar("T")

UPLOAD = "image:"
LARGEST_SHARE = 0.75  # one thing may fill at most this part of the cache
SHORT_LINE = 2000


class Cache:
    """What was used last, as many bytes of it as there is room for; safe to use from many threads."""

    def __init__(self, most_bytes: int) -> None:
        self.kept: LRUCache[Hashable, tuple[Any, int]] = LRUCache(most_bytes, getsizeof=lambda kept: kept[1])
        self.lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        with self.lock:
            return self.kept.get(key, (None, 0))[0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        if size <= self.kept.maxsize * LARGEST_SHARE:
            with self.lock:
                self.kept[key] = (value, size)


class Scenes:
    """Reads scenes, checks what they cost, and gives the trace of a layer; work runs in a bounded pool of threads."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.cache = Cache(settings.cache_bytes)
        self.pool = ThreadPoolExecutor(settings.threads, thread_name_prefix="scenes")
        self.maps = ThreadPoolExecutor(max(1, settings.threads // 2), thread_name_prefix="maps")
        self.working: WeakValueDictionary[Hashable, Any] = WeakValueDictionary()
        self.lock = threading.Lock()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, partial(function, *args, **kwargs))

    async def run_long(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Off the event loop, on threads of its own: short work need not wait for whole feature maps."""
        return await asyncio.get_running_loop().run_in_executor(self.maps, partial(function, *args, **kwargs))

    def close(self) -> None:
        for pool in (self.pool, self.maps):
            pool.shutdown(wait=False, cancel_futures=True)

    async def reading(self, given: str | dict[str, Any]) -> core.Scene:
        """A scene; a long one is read off the event loop."""
        if isinstance(given, str) and len(given) <= SHORT_LINE:
            return self.read(given)
        return await self.run(self.read, given)

    def read(self, given: str | dict[str, Any]) -> core.Scene:
        """A scene from its line or its JSON, within the limits of the settings."""
        limits = self.settings.limits
        return core.parse(given, limits) if isinstance(given, str) else core.scene_from_json(given, limits)

    def input_of(self, source: core.Source) -> Array:
        """The input (C, H, W) of a scene."""
        matrix = source.array()
        if matrix is not None:
            return matrix
        return self.once(("input", source.line), lambda: self.picture(source))

    def picture(self, source: core.Source) -> Array:
        pixels = source.region(self.pixels(str(source.name)))
        pixels = pixels if source.mode == "rgb" else to_grey(pixels)
        return area_average(pixels, source.size) if source.size else pixels

    def pixels(self, name: str) -> Array:
        """A sample or an upload in its full size."""
        if name in SAMPLES:
            return sample_pixels(name)
        if not name.startswith(UPLOAD):
            raise unknown("input", name, [*SAMPLES, "image:ID"])
        identity = name.removeprefix(UPLOAD)
        known: Array | None = self.cache.get(("pixels", identity))
        if known is not None and self.store.has(identity):
            return known
        png = self.store.get(identity)
        if png is None:
            rule = "there is no picture {name} on this server: upload it first"
            raise Refusal(ABSENT, rule, field="input", value=name, name=name)
        return self.keep_pixels(identity, decode_png(png))

    def keep_pixels(self, identity: str, pixels: Array) -> Array:
        """The pixels of an upload, remembered while there is room: its first scene need not decode it again."""
        self.cache.put(("pixels", identity), pixels, pixels.nbytes)
        return pixels

    def layers(self, scene: core.Scene, input_shape: Shape) -> list[Layer]:
        """Each layer on its shape, checked as it is bound, so that the first that is too large ends it."""
        self.settings.limits.check_layers(len(scene.layers))
        layers: list[Layer] = []
        shape = input_shape
        self.check_cells(math.prod(shape))
        for operation in scene.layers:
            layer = operation.layer(shape)
            self.check_cells(layer.cells_at_work())
            layers.append(layer)
            shape = layer.output_shape
        return layers

    def check_cells(self, cells: int) -> None:
        limit = self.settings.max_cells
        if cells > limit:
            raise SceneError(
                "scene", cells, "a layer may hold at most {most} cells: make the input smaller", most=limit
            )

    def check_cost(self, layers: list[Layer]) -> None:
        """Refuses to compute layers that together take too long."""
        cost, limit = sum(layer.work() for layer in layers), self.settings.max_multiply_adds
        if cost > limit:
            rule = "takes more than {most} multiply-adds: make the input smaller"
            raise SceneError("scene", cost, rule, most=limit)

    def known_trace(self, scene: core.Scene, layer: int) -> Trace | None:
        """A trace that is there already, without work."""
        found: Trace | None = self.cache.get(("trace", scene.line, scene.layer_index(layer)))
        return found

    def trace(self, scene: core.Scene, layer: int) -> Trace:
        """The trace of a layer; the layers before it are computed, or remembered."""
        index = scene.layer_index(layer)
        found = self.known_trace(scene, index)
        if found is not None:
            return found
        x = self.input_of(scene.source)
        self.check_cost(self.layers(scene, shape_of(x))[:index])
        made = Trace(scene, index, self.reached(scene, index, x))
        self.cache.put(("trace", scene.line, index), made, 8 * math.prod(made.output_shape) + len(scene.line))
        return made

    def reached(self, scene: core.Scene, index: int, x: Array) -> Array:
        """What layer `index` is given, computed from the last layer before it that is remembered."""
        keys = [("output", replace(scene, layers=scene.layers[: place + 1]).line) for place in range(index)]
        begun, given = 0, x
        for place in reversed(range(index)):
            found: Array | None = self.cache.get(keys[place])
            if found is not None:
                begun, given = place + 1, found
                break
        for place in range(begun, index):
            given = self.once(keys[place], partial(applied, scene.layers[place], given))
        return given

    def feature_map(self, scene: core.Scene, layer: int) -> Array:
        """A layer's whole output."""
        found = self.trace(scene, layer)
        self.check_cost([found.layer])
        return found.feature_map()

    def once(self, key: Hashable, compute: Callable[[], Array]) -> Array:
        """Remembered, or computed by one thread while the others that want it wait."""
        with self.lock:
            turn = self.working.get(key)
            if turn is None:
                turn = self.working[key] = threading.RLock()
        with turn:
            found: Array | None = self.cache.get(key)
            if found is None:
                found = compute()
                self.cache.put(key, found, found.nbytes + len(repr(key)))
            return found


def applied(operation: core.Operation, given: Array) -> Array:
    return operation.layer(shape_of(given)).checked(given)


def shape_of(x: Array) -> Shape:
    return (int(x.shape[0]), int(x.shape[1]), int(x.shape[2]))
