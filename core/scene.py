"""The scene: an input, then a chain of operations; as a line of text and as JSON, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from core import literals
from core.chain import chain_of, network_at, parse_chain, readable, spell_operation
from core.errors import SceneError, unknown
from core.integers import LARGEST, whole
from core.kernels import KERNELS
from core.limits import DEFAULT, Limits
from core.matrices.characters import plain as plainly_written
from core.mending import wrong_input
from core.operations import operation_named
from core.operations.activations import Activation
from core.respelling import divided
from core.source import MEMBERS, parse_source, source_from_json
from core.source import Source as Source
from core.vocabulary import Layer, Operation, Shape

MOST_MENDED = 8  # operations of a line: who wrote more of them wrongly meant something else


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything about one animation.

    >>> parse("cat 64 | sobel-x stride=2 | relu").line
    'cat 64 | conv2d sobel-x stride=2 | relu'
    """

    source: Source
    layers: tuple[Operation, ...]

    def __post_init__(self) -> None:
        if not self.layers:
            raise SceneError("scene", self.source.line, "needs an operation after the input, such as | sobel")

    @property
    def line(self) -> str:
        return " | ".join(self.words())

    @property
    def lines(self) -> list[str]:
        """The line of the scene that ends with each of its layers."""
        return list(accumulate(self.words(), "{} | {}".format))[1:]

    def words(self) -> Iterator[str]:
        yield self.source.line
        yield from map(spell_operation, self.layers)

    def as_json(self) -> dict[str, Any]:
        return {"input": self.source.as_json(), "layers": [operation.as_json() for operation in self.layers]}

    def layer_index(self, layer: int) -> int:
        """`layer` counts from 0, negative from the end."""
        place = whole("layer", layer, -LARGEST)
        whole_layer = place + len(self.layers) if place < 0 else place
        if not 0 <= whole_layer < len(self.layers):
            rule = "the scene has {count} {count|layer/layers}, counted from 0"
            raise SceneError("layer", layer, rule, count=len(self.layers))
        return whole_layer

    def bind(self, input_shape: Shape) -> list[Layer]:
        """Each operation on the shape that the one before it leaves."""
        return list(self.placed(input_shape))

    def placed(self, input_shape: Shape) -> Iterator[Layer]:
        """The same, one layer after the other.

        Refuses  a network on what it does not read, before its first layer, with the scene that it would read
        """
        for place, operation in enumerate(self.layers):
            self.check_network(place, input_shape)
            layer = operation.layer(input_shape)
            yield layer
            input_shape = layer.output_shape

    def check_network(self, place: int, given: Shape) -> None:
        """Refuses the input of a network that begins at this layer, if it is not what the network reads."""
        network = network_at(self.layers, place)
        if network is not None and given != network.input_shape:
            before, after = self.layers[:place], self.layers[place + len(chain_of(network.name)) :]
            told, rest = ([spell_operation(operation) for operation in some] for some in (before, after))
            raise wrong_input(network, self.source, told, rest, given)

    def activation_after(self, layer: int) -> Activation | None:
        """The activation that the next layer is, if it looks at each cell by itself."""
        after = self.layers[layer + 1] if layer + 1 < len(self.layers) else None
        return after if isinstance(after, Activation) else None


def bind(operations: Iterable[Operation], input_shape: Shape) -> list[Layer]:
    """Each operation on the shape that the one before it leaves."""
    layers = []
    for operation in operations:
        layer = operation.layer(input_shape)
        layers.append(layer)
        input_shape = layer.output_shape
    return layers


def parse(line: str, library: Mapping[str, str] | None = None, limits: Limits = DEFAULT) -> Scene:
    """A scene from its line; `library` gives the lines that @id stands for."""
    if not isinstance(line, str):
        raise SceneError("scene", line, "must be a line of text")
    limits.check_line(line)
    parts = [part.strip() for part in literals.split(plainly_written(line), "|")]
    if not parts[0]:
        raise SceneError("scene", line, "needs an input first, such as cat 64 | sobel")
    limits.check_layers(len(parts) - 1)
    try:
        scene = _read(parts, library or {})
    except SceneError as error:
        error.fix = meant(parts, library or {})
        raise
    limits.check_layers(len(scene.layers))
    return scene


def meant(parts: list[str], library: Mapping[str, str]) -> str | None:
    """The line that somebody meant whose operations cannot be read, where that is clear."""
    first, *others = divided(parts)
    if not first:
        return None
    spelled, mended = [first], 0
    for part in others:
        better = readable(part)
        mended += better != [part]
        if not better or mended > MOST_MENDED:
            return None
        spelled += better
    try:
        return _read(spelled, library).line if spelled != parts else None
    except SceneError:
        return None


def _read(parts: list[str], library: Mapping[str, str]) -> Scene:
    if parts[0].startswith("@"):
        return _continued(parts, library)
    return Scene(parse_source(parts[0]), parse_chain(parts[1:]))


def _continued(parts: list[str], library: Mapping[str, str]) -> Scene:
    """A named scene, perhaps with more operations behind it."""
    name = parts[0][1:].lower()
    if not name:
        raise SceneError("scene", parts[0], "a figure's name stands behind the @, such as {example}", example="@sobel")
    if name not in library:
        raise unknown("scene", name, library, "/api/gallery")
    named = parse(library[name])
    return Scene(named.source, named.layers + parse_chain(parts[1:]))


def scene_from_json(value: object, library: Mapping[str, str] | None = None, limits: Limits = DEFAULT) -> Scene:
    """A scene from its JSON: {"input": {"source", "size", "mode", "crop"}, "layers": [{"operation", ...}]}."""
    scene = members("scene", value, ("input", "layers"))
    layers = scene.get("layers", [])
    if not isinstance(layers, list):
        raise SceneError("layers", layers, "must be a list of operations")
    limits.check_layers(len(layers))
    operations = tuple(operation for layer in layers for operation in operations_from_json(layer))
    limits.check_layers(len(operations))
    source = members("input", scene.get("input"), MEMBERS)
    if isinstance(source.get("source"), str) and source["source"].startswith("@"):
        named = parse(source["source"], library, limits)
        limits.check_layers(len(named.layers) + len(operations))
        return Scene(named.source, named.layers + operations)
    return Scene(source_from_json(source), operations)


def operations_from_json(value: object) -> tuple[Operation, ...]:
    """One operation, or those of the network that {"operation": "@NAME"} stands for."""
    name = value.get("operation") if isinstance(value, dict) else None
    if not isinstance(name, str) or not name.startswith("@"):
        return (operation_from_json(value),)
    members("layers", value, ("operation",))
    return parse_chain([name])


def operation_from_json(value: object) -> Operation:
    if not isinstance(value, dict) or not isinstance(value.get("operation"), str):
        raise SceneError("layers", value, "must hold {example}", example='{"operation": NAME, ...}')
    settings = {str(name): setting for name, setting in value.items() if name != "operation"}
    name = value["operation"].lower()
    if name in KERNELS:
        name, settings = "conv2d", {"weight": name, **settings}
    return operation_named(name)(**settings)


def members(field: str, value: object, names: tuple[str, ...]) -> dict[str, Any]:
    """A JSON object with no other members than these."""
    if not isinstance(value, dict):
        raise SceneError(field, value, "must be an object with {names}", names=", ".join(names))
    for name in value:
        if name not in names:
            raise unknown(field, str(name), names)
    return value
