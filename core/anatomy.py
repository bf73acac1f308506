"""What networks are made of: each layer with its shape and its counts, all of it computed from the layers."""

from __future__ import annotations

from typing import Any

from core.chain import network_at, parse_chain
from core.networks.chains import NETWORKS, Network
from core.networks.sets import is_name, weight_sets
from core.scene import Scene
from core.trace import describe_chain

TOLD = ("operation", "title", "input_shape", "output_shape", "parameters", "connections", "multiply_adds",
        "receptive_field")  # fmt: skip
COUNTED = ("parameters", "connections", "multiply_adds")


def known_networks() -> list[dict[str, Any]]:
    """Every network with its layers, and how its weights came about where it has been trained.

    >>> [(network["name"], network["parameters"]) for network in known_networks()][:2]
    [('lenet-5', 60000), ('lenet-5-modern', 61706)]
    """
    return [network_told(network) for network in NETWORKS.values()]


def network_told(network: Network) -> dict[str, Any]:
    layers = [layer_told(layer) for layer in describe_chain(parse_chain(network.parts), network.input_shape)]
    return {
        "name": network.name,
        "title": network.title,
        "about": network.about,
        "source": network.source,
        "input_shape": list(network.input_shape),
        "classes": list(network.classes),
        "line": " | ".join(network.parts),
        "layers": layers,
        **{count: sum(layer[count] for layer in layers) for count in COUNTED},
        "trained": trained(network.name),
    }


def layer_told(layer: dict[str, Any]) -> dict[str, Any]:
    weights = layer["arguments"].get("weight", layer["arguments"].get("coefficient"))
    return {name: layer[name] for name in TOLD} | {"weights": weights if is_name(weights) else None}


def trained(name: str) -> dict[str, Any] | None:
    """On what, by which command, and how well it answered; None for a network without trained weights."""
    found = weight_sets().get(name)
    if found is None:
        return None
    facts = found.facts
    return {
        "data": facts["data"]["name"],
        "credit": facts["data"]["credit"],
        "licence": facts["licence"],
        "learnt_from": facts["data"]["learnt_from"],
        "command": facts["command"],
        "seed": facts["seed"],
        "epochs": facts["epochs"],
        "right": facts["accuracy"]["right"],
        "of": facts["accuracy"]["of"],
    }


def classes_in(scene: Scene) -> tuple[int, tuple[str, ...]]:
    """Where the network of a scene begins, and what its outputs stand for; none without one.

    >>> from core.scene import parse
    >>> classes_in(parse("digit-7 | pad 0 | @mlp"))[0]
    1
    """
    for start in range(len(scene.layers)):
        network = network_at(scene.layers, start)
        if network is not None:
            return start, network.classes
    return 0, ()
