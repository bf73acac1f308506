"""Walks a convolution kernel over a picture, step by step, with the arithmetic in view.

>>> import kernelwalk
>>> walk = kernelwalk.walk("[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]")
>>> len(walk), walk.step(3)["products"], walk.step(3)["output"]
(4, [[[5, 0], [0, 9]]], 14)
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import core
from core.errors import SceneError

if TYPE_CHECKING:
    from kernelwalk.client import Client
    from kernelwalk.refusals import Refused
    from kernelwalk.walking import Walk, render, walk

__all__ = ["Client", "Refused", "SceneError", "Walk", "core", "render", "walk"]

# What comes when it is asked for: the command should not wait for the whole application.
LATER = {"Client": "client", "Refused": "refusals", "Walk": "walking", "render": "walking", "walk": "walking"}

sys.modules.setdefault(f"{__name__}.core", core)


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LATER[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *LATER})
