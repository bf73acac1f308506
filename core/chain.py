"""A chain of operations as a line writes it: read, respelled where it cannot be, and spelled."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from typing import Any

from core import literals
from core.errors import SceneError
from core.kernels import KERNELS
from core.networks.chains import NETWORKS, Network, network_named
from core.operations import OPERATIONS, operation_named
from core.respelling import respelled
from core.vocabulary import Operation, Parameter


def parse_chain(parts: Iterable[str]) -> tuple[Operation, ...]:
    """Operations in their order; @NAME stands for all those of a network."""
    return tuple(parse_operation(part) for whole in parts for part in network_parts(whole))


def network_parts(part: str) -> tuple[str, ...]:
    return network_named(part[1:].strip().lower()).parts if part.startswith("@") else (part,)


@cache
def chain_of(network: str) -> tuple[Operation, ...]:
    """The layers of a network, each as a scene has it."""
    return parse_chain([f"@{network}"])


def network_at(layers: tuple[Operation, ...], place: int) -> Network | None:
    """The network whose layers, all of them, begin here."""
    for network in NETWORKS.values():
        chain = chain_of(network.name)
        if layers[place] == chain[0] and layers[place : place + len(chain)] == chain:
            return network
    return None


def parse_operation(text: str) -> Operation:
    """NAME [ARGUMENT ...] [key=value ...]; a kernel's name alone is conv2d with it."""
    if not text:
        raise SceneError("scene", "|", "an operation is missing between two | or at the end")
    name, *rest = literals.words(text)
    if "(" in name:
        raise SceneError(
            "operation", name, "write it without brackets, such as {example}", example=without_brackets(text)
        )
    name = name.lower()
    if len(rest) > 1 and all(map(literals.BARE.fullmatch, rest)) and any(";" in word for word in rest):
        raise SceneError(name, " ".join(rest), literals.UNBRACKETED)
    operation = operation_named("conv2d" if name in KERNELS else name)
    parameters = {parameter.name: parameter for parameter in operation.parameters}
    places = operation.places()
    positional = [name] if name in KERNELS else []
    keywords: dict[str, Any] = {}
    for word in rest:
        key, equals, value = literals.keyword(word)
        if not equals:
            if word.lower() in OPERATIONS:
                raise SceneError("scene", text, "a | is missing before {name}", name=word)
            if keywords:
                raise SceneError(name, word, "must stand before the settings written as key=value")
            positional.append(word)
        elif key in keywords:
            raise SceneError(key, value, "is given twice")
        else:
            keywords[key] = read_setting(parameters[key], value) if key in parameters else value
    if len(positional) > len(places):
        raise operation.refuses(positional[len(places)])
    return operation(*map(read_setting, places, positional), **keywords)


def read_setting(parameter: Parameter, text: str) -> Any:
    """The value that a word spells; sides of a window that are no numbers stay the word that was written."""
    try:
        return literals.read(parameter.name, text)
    except SceneError:
        if parameter.kind != "pair":
            raise
        return text


def without_brackets(text: str) -> str:
    """A call of another library as a line says it; another operation where that is not clear."""
    try:
        operations = parse_chain(respelled(text))
    except SceneError:
        operations = ()
    return " | ".join(map(spell_operation, operations)) or "max_pool2d 2 stride=2"


def spell_operation(operation: Operation) -> str:
    """The operation as the line says it: positional settings first, defaults left out."""
    changed = operation.changed()
    told = takewhile(lambda parameter: operation[parameter.name] is not None, operation.places())
    positional = list(told)  # what follows a setting without a value is told by name
    while positional and positional[-1].name not in changed:
        positional.pop()
    spelled = [literals.spell(operation[parameter.name], parameter.kind) for parameter in positional]
    named = {parameter.name for parameter in positional}
    for parameter in operation.parameters:
        if parameter.name in changed and parameter.name not in named:
            spelled.append(f"{parameter.name}={literals.spell(operation[parameter.name], parameter.kind)}")
    return " ".join([operation.name, *spelled])


def readable(part: str) -> list[str]:
    """An operation as it stands if it can be read, else those that it is meant for; none where that is not clear."""
    try:
        parse_chain([part])
    except SceneError:
        return respelled(part)
    return [part]
