"""What the page of a figure says beside its player: the layer as a library writes it, the figures around it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

import core
from core.gallery.figure import GalleryScene

LAYER = re.compile(r"keras\.layers\.\w+\((?:[^()]|\([^()]*\))*\)")
VIEWS_BETWEEN = re.compile("[ ,+]+")
LONGEST_LINE = 2000  # of a scene in the address of a picture
TYPE = re.compile(r',? ?dtype="float64"')


def keras_layer(trace: core.Trace) -> str:
    """The one call of Keras that makes the walked layer, as slides write it; nothing where Keras has none.

    >>> keras_layer(core.trace("[1 2; 3 4] | max_pool2d 2"))
    'keras.layers.MaxPooling2D((2, 2), strides=(2, 2))'
    """
    code = trace.layer.code()
    snippet = code.snippets().get("keras") if code else None
    found = LAYER.search("\n".join(snippet.lines)) if snippet else None
    return TYPE.sub("", found[0]) if found else ""


def lab_words(facts: dict[str, Any]) -> dict[str, Any]:
    """The address of the lab that shows what a figure's page shows: its place, view, neighbour and stops."""
    opening, view = facts["opening"], VIEWS_BETWEEN.split(facts["view"])[-1]
    place = {name: opening[name] for name in ("layer", "step") if opening[name]}
    course = {name: word for name, word in facts["course"].items() if (name, word) != ("stops", "last")}
    return {"scene": opening["line"], **place, **({"view": view} if view else {}), **course}


def around(name: str) -> dict[str, GalleryScene | None]:
    """The figures before and after."""
    names = list(core.GALLERY)
    if name not in core.GALLERY:
        return {"before": None, "after": None}
    place = names.index(name)
    beside = {"before": names[max(place - 1, 0) : place], "after": names[place + 1 : place + 2]}
    return {side: core.GALLERY[found[0]] if found else None for side, found in beside.items()}


def still(line: str, layer: int, **words: str | int) -> str:
    """The address of a picture of a finished walk, below the server's; none for a scene that no address can hold.

    >>> still("@sobel", 0, lang="en")
    'render.png?scene=@sobel&layer=0&steps=last&still=1&lang=en'
    """
    asked = {"scene": line, "layer": layer, "steps": "last", "still": 1, **words}
    return f"render.png?{urlencode(asked, quote_via=quote, safe='@')}" if len(line) <= LONGEST_LINE else ""
