"""What the page of a figure says beside its player: the layer as a library writes it, the figures around it."""

from __future__ import annotations

import re

import core
from core.gallery.figure import GalleryScene

LAYER = re.compile(r"keras\.layers\.\w+\((?:[^()]|\([^()]*\))*\)")
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


def around(name: str) -> dict[str, GalleryScene | None]:
    """The figures before and after."""
    names = list(core.GALLERY)
    if name not in core.GALLERY:
        return {"before": None, "after": None}
    place = names.index(name)
    beside = {"before": names[max(place - 1, 0) : place], "after": names[place + 1 : place + 2]}
    return {side: core.GALLERY[found[0]] if found else None for side, found in beside.items()}
