"""Every operation and every named kernel with what a form, a menu or a reference tells of it."""

from __future__ import annotations

from inspect import getdoc
from typing import Any

from core.kernels import KERNELS
from core.operations import OPERATIONS, operation_named


def known_operations() -> list[dict[str, Any]]:
    """Every operation with its settings: the schema of forms, help and reference.

    >>> [operation["name"] for operation in known_operations()][:3]
    ['conv2d', 'conv1d', 'conv_transpose2d']
    """
    return [
        {
            "name": operation.name,
            "title": operation.title,
            "kind": operation.kind,
            "group": operation.group,
            "neutral": operation.neutral,
            "family": operation.family,
            "picture": operation.picture or None,
            "summary": (getdoc(operation) or "").split("\n")[0].rstrip("."),
            "parameters": [parameter.as_json() for parameter in operation.parameters],
        }
        for operation in OPERATIONS.values()
    ]


def known_kernels() -> list[dict[str, Any]]:
    """Every named kernel, and the layer that its name alone is short for.

    >>> known_kernels()[0]["layer"]
    {'operation': 'conv2d', 'weight': 'identity'}
    """
    return [kernel.as_json() | {"layer": operation_named("conv2d")(name).as_json()} for name, kernel in KERNELS.items()]
