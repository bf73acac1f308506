"""From a scene to its arrays: pictures found and shrunk, layers computed once, nothing begun that is too large."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary

import numpy as np

import core
from app.budget import Budget
from app.cache import Cache
from app.errors import ABSENT, Busy, Refusal
from app.lanes import FULL, LIGHT, QUICK, RETRY_AFTER, Heavy, Lanes, weigh
from app.mappers import FROM, Mappers
from app.pictures.colours import to_grey
from app.pictures.png import PNG_HEAD, decode_png, png_shape
from app.pictures.resize import area_average, fitted
from app.pictures.samples import SAMPLES, sample_pixels
from app.pictures.store import Store
from app.settings import Settings
from core.bands import whole_output
from core.costs import CELL_BYTES
from core.errors import unknown
from core.operations.rates import cost_of
from core.source import ARRAY
from core.trace import Trace
from core.vocabulary import Array, Layer, Shape

P = ParamSpec("P")
T = TypeVar("T")

UPLOAD = "image:"
SOON = 0.1  # seconds that the first line of a stream may wait for
READING, SHRINKING = 15e-9, 25e-9  # seconds for a value of a stored picture, and of a smaller one that it becomes
SHORT_LINE, LINES_KEPT, CHARACTER = 2000, 512, 2e-6  # seconds to read one


class Scenes:
    """Reads scenes, checks what they cost, and gives the trace of a layer; work runs in a bounded pool of threads."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.cache = Cache(settings.cache_bytes)
        self.lanes = Lanes(settings)
        self.mappers: Mappers | None = None  # of a server: what takes long is computed in its children
        self.working: WeakValueDictionary[Hashable, Any] = WeakValueDictionary()
        self.given: WeakValueDictionary[str, Array] = WeakValueDictionary()
        self.lock = threading.Lock()
        self.budget = Budget(settings.max_cells, settings.max_seconds, settings.max_memory)
        self.short = lru_cache(LINES_KEPT)(partial(core.parse, limits=settings.limits))

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Off the event loop; where it turns out to be heavy, among what is heavy. It may be begun twice.

        Refuses  what finds no place, or is not done in time (Busy)
        """
        return await self.lanes.run(partial(function, *args, **kwargs))

    def close(self) -> None:
        self.lanes.close()
        if self.mappers is not None:
            self.mappers.close()

    async def reading(self, given: str | dict[str, Any]) -> core.Scene:
        """A scene; a long one is read off the event loop."""
        if isinstance(given, str) and len(given) <= SHORT_LINE:
            return self.read(given)
        return await self.run(self.read, given)

    def read(self, given: str | dict[str, Any]) -> core.Scene:
        """A scene from its line or its JSON, within the limits of the settings."""
        if isinstance(given, str) and len(given) <= SHORT_LINE:
            return self.short(given)
        weigh(CHARACTER * len(given))
        limits = self.settings.limits
        return core.parse(given, limits) if isinstance(given, str) else core.scene_from_json(given, limits)

    def input_of(self, source: core.Source) -> Array:
        """The input (C, H, W) of a scene."""
        values = self.written(source)
        if values is not None:
            return values
        return self.once(("input", source.line), partial(self.shrunk, source))

    def give(self, array: Array) -> str:
        """The name under which an array (C, H, W) of this very program can be walked, while the program holds it."""
        told = f"{array.dtype.str} {array.shape} ".encode()
        name = f"{ARRAY}{sha256(told + np.ascontiguousarray(array).tobytes()).hexdigest()[:32]}"
        self.given[name] = array
        return name

    def written(self, source: core.Source) -> Array | None:
        """The numbers of an input that is no picture: those in its line, or an array of this program."""
        if not source.is_array:
            return source.array()
        array = self.given.get(str(source.name))
        if array is None:
            rule = "there is no array {name} here: an array can be walked only by the program that holds it"
            raise Refusal(ABSENT, rule, field="input", value=source.name, name=source.name)
        return array

    def shrunk(self, source: core.Source) -> Array:
        weigh(self.input_cost(source, self.input_shape(source))[1])
        return self.picture(source)

    def picture(self, source: core.Source) -> Array:
        pixels = source.region(self.pixels(str(source.name)))
        pixels = pixels if source.mode == "rgb" else to_grey(pixels)
        return area_average(pixels, source.size) if source.size else pixels

    def input_shape(self, source: core.Source) -> Shape:
        """The shape of a scene's input, without decoding its picture."""
        values = self.written(source)
        if values is not None:
            return shape_of(values)
        C, H, W = source.region_shape(self.picture_shape(str(source.name)))
        if source.size:
            W, H = fitted((W, H), source.size)
        return (C if source.mode == "rgb" else 1, H, W)

    def picture_shape(self, name: str) -> Shape:
        """The shape of a sample or an upload in its full size."""
        known = None if name in SAMPLES else self.cache.get(("pixels", name.removeprefix(UPLOAD)))
        if name in SAMPLES or not name.startswith(UPLOAD) or known is not None:
            return shape_of(self.pixels(name) if known is None else known)
        return png_shape(self.stored(name, PNG_HEAD))

    def pixels(self, name: str) -> Array:
        """A sample or an upload in its full size."""
        if name in SAMPLES:
            return sample_pixels(name)
        if not name.startswith(UPLOAD):
            raise unknown("input", name, [*SAMPLES, "image:ID", "random"], "/api/samples")
        identity = name.removeprefix(UPLOAD)
        known: Array | None = self.cache.get(("pixels", identity))
        if known is not None and self.store.has(identity):
            return known
        return self.keep_pixels(identity, decode_png(self.stored(name)))

    def stored(self, name: str, most: int | None = None) -> bytes:
        """The file of an upload, or so many of its first bytes."""
        png = self.store.get(name.removeprefix(UPLOAD), most)
        if png is None:
            rule = "there is no picture {name} on this server: upload it first"
            raise Refusal(ABSENT, rule, field="input", value=name, name=name)
        return png

    def keep_pixels(self, identity: str, pixels: Array) -> Array:
        """The pixels of an upload, remembered while there is room: its first scene need not decode it again."""
        self.cache.put(("pixels", identity), pixels, pixels.nbytes)
        return pixels

    def layers(self, scene: core.Scene, input_shape: Shape) -> list[Layer]:
        """Each layer on its shape, checked as it is bound, so that the first that is too large ends it."""
        self.settings.limits.check_layers(len(scene.layers))
        layers: list[Layer] = []
        for layer in scene.placed(input_shape):
            layers.append(layer)
            self.budget.check_shapes(layers)
        return layers

    def check_cost(self, layers: list[Layer], held: int = 0, seconds: float = 0.0) -> None:
        """Refuses to compute layers that together take too long or too much memory."""
        self.budget.check(layers, held, seconds)

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
        shape = self.input_shape(scene.source)
        layers = self.layers(scene, shape)[:index]
        self.check_cost(layers, *self.input_cost(scene.source, shape))
        made = Trace(scene, index, self.reached(scene, layers), whole=self.whole)
        size = CELL_BYTES * math.prod(made.output_shape) + (made.input.nbytes if index else 0) + len(scene.line)
        self.cache.put(("trace", scene.line, index), made, size)
        return made

    def begun(self, scene: core.Scene, layer: int) -> tuple[Trace, bool]:
        """The trace of a layer, and True; where that takes long, so far only its outline, and False."""
        index = scene.layer_index(layer)
        shape = self.input_shape(scene.source)
        layers, (held, seconds) = self.layers(scene, shape), self.input_cost(scene.source, shape)
        self.check_cost(layers[:index], held, seconds)
        if seconds + sum(cost_of(before).seconds for before in layers[:index]) <= SOON:
            return self.trace(scene, index), True
        if self.lanes.heavy.full:
            raise Busy(FULL, RETRY_AFTER)
        return Trace(scene, index, np.broadcast_to(np.uint8(0), layers[index].input_shape)), False

    def input_cost(self, source: core.Source, shape: Shape) -> tuple[int, float]:
        """Bytes and seconds that the input of a scene takes."""
        cells = math.prod(shape)
        if self.written(source) is not None:
            return CELL_BYTES * cells, 0.0
        read = math.prod(self.picture_shape(str(source.name)))
        return cells + (read if read > cells else 0), READING * read + SHRINKING * cells * (read > cells)

    def reached(self, scene: core.Scene, layers: list[Layer]) -> Array:
        """What these first layers of a scene make of its input, computed from the last one that is remembered."""
        index = len(layers)
        keys = [("output", line) for line in scene.lines[:index]]
        begun, given = 0, None
        for place in reversed(range(index)):
            found: Array | None = self.cache.get(keys[place])
            if found is not None:
                begun, given = place + 1, found
                break
        weigh(seconds := sum(cost_of(layer).seconds for layer in layers[begun:]))
        given = self.input_of(scene.source) if given is None else given
        if self.mappers is not None and seconds > LIGHT:
            return self.once(
                keys[-1], partial(self.mappers.output, scene.layers[begun:index], given, self.budget.pause)
            )
        for place in range(begun, index):
            given = self.once(keys[place], partial(self.applied, layers[place], given))
        return given

    def outputs(self, scene: core.Scene) -> Iterator[Array]:
        """The input of a scene, then what each layer makes of it, as far as one request may go."""
        shape = self.input_shape(scene.source)
        layers, cost = self.layers(scene, shape), self.input_cost(scene.source, shape)
        self.check_cost([], *cost)
        made = self.input_of(scene.source)
        yield made
        for place, (layer, line) in enumerate(zip(layers, scene.lines, strict=True)):
            self.check_cost(layers[: place + 1], *cost)
            made = self.once(("output", line), partial(self.applied, layer, made))
            yield made

    def applied(self, layer: Layer, given: Array) -> Array:
        layer.check_values(given)
        return self.whole(layer, given)

    def whole(self, layer: Layer, given: Array) -> Array:
        """The whole output of a layer; of one that takes long, computed in a child process."""
        seconds = cost_of(layer).seconds
        weigh(seconds)
        if self.mappers is None or seconds < FROM or QUICK.get():
            return whole_output(layer, given, self.budget.pause)
        return self.mappers.output([layer.operation], given, self.budget.pause)

    def feature_map(self, scene: core.Scene, layer: int, answering: tuple[float, int] = (0.0, 0)) -> Array:
        """A layer's whole output."""
        self.check_map(scene, layer, answering)
        return self.trace(scene, layer).feature_map()

    def check_map(self, scene: core.Scene, layer: int, answering: tuple[float, int] = (0.0, 0)) -> None:
        """Refuses a layer whose whole output, with what comes before and after it, is too much for one request.

        `answering` are the seconds and bytes that the answer takes for each of its cells.
        """
        layers = self.layers(scene, self.input_shape(scene.source))[: scene.layer_index(layer) + 1]
        self.check_answer(scene, layers, math.prod(layers[-1].output_shape), answering)

    def check_given(self, scene: core.Scene, layer: int, answering: tuple[float, int]) -> None:
        """The same for what a layer is given."""
        index = scene.layer_index(layer)
        layers = self.layers(scene, self.input_shape(scene.source))
        self.check_answer(scene, layers[:index], math.prod(layers[index].input_shape), answering)

    def check_answer(
        self, scene: core.Scene, layers: list[Layer], cells: int = 0, answering: tuple[float, int] = (0.0, 0)
    ) -> None:
        held, seconds = self.input_cost(scene.source, self.input_shape(scene.source))
        self.check_cost(layers, held + answering[1] * cells, seconds + answering[0] * cells)

    def once(self, key: Hashable, compute: Callable[[], Array]) -> Array:
        """Remembered, or computed by one thread while the others that want it wait."""
        with self.lock:
            turn = self.working.get(key)
            if turn is None:
                turn = self.working[key] = threading.RLock()
        if not turn.acquire(timeout=2 * LIGHT if QUICK.get() else -1):
            raise Heavy
        try:
            found: Array | None = self.cache.get(key)
            if found is None:
                found = compute()
                self.cache.put(key, found, found.nbytes + len(repr(key)))
            return found
        finally:
            turn.release()


def shape_of(x: Array) -> Shape:
    return (int(x.shape[0]), int(x.shape[1]), int(x.shape[2]))
