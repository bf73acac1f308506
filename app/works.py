"""Work that ends in the text of an answer: what takes long is done in a child process, what is quick here.

Each kind of it is a function of an array and of words that travel as JSON; it gives a body, its type and its headers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import core
from app.budget import Budget
from app.http.responses import JSON, coded, json_text
from app.wire.arrays import picture, smallest
from core import descent as downhill
from core.backward import Backward
from core.bands import Pause
from core.errors import SceneError
from core.limits import Limits
from core.trace import Trace
from core.vocabulary import Array

PNG = "image/png"
MOST_JSON_CELLS = 2**22
PIECE_CELLS = 2**15

Headers = dict[str, str]
Body = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Written:
    """What an answer is made of; the coding of its body stands among its headers."""

    body: Body
    media_type: str = JSON
    headers: Headers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: its name among `WORKS`, what with, how its text may be packed, what it is thought to take."""

    name: str
    x: Array
    words: Mapping[str, Any]
    coding: str | None
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {"work": self.name, "words": dict(self.words), "coding": self.coding}


def done(work: Work, pause: Pause) -> Written:
    """Refuses  what the core refuses (SceneError)"""
    pause()
    found = WORKS[work.name](work.x, work.words, pause)
    pause()
    body, coding = coded(bytes(found.body), found.media_type, work.coding)
    return Written(body, found.media_type, found.headers | ({"Content-Encoding": coding} if coding else {}))


def in_child(head: Mapping[str, Any], x: Array, budget: Budget) -> tuple[dict[str, Any], Body]:
    """The same as it travels from a child."""
    found = done(Work(head["work"], x, head["words"], head["coding"], 0.0), budget.pause)
    return {"media_type": found.media_type, "headers": found.headers}, found.body


def walked_backward(x: Array, words: Mapping[str, Any], pause: Pause) -> Written:
    """Steps of a layer, walked backward; x is what the layer is given."""
    line = str(words["line"])
    scene = core.parse(line, Limits(layers=int(words["layers"]), line_length=len(line)))
    walk = Backward(Trace(scene, words["layer"], x, pause), words["dy"])
    pause()
    return Written(json_text(walk.as_json(words["start"], words["stop"])))


def learnt(x: Array, words: Mapping[str, Any], pause: Pause) -> Written:
    """What a network would learn from a picture; x is what its first layer with weights is given."""
    told = downhill.learnt(words["network"], x, words["answer"], words["rate"], words["steps"])
    for layer, row in zip(reversed(words["layers"]), told["layers"], strict=True):
        row["layer"] = layer
    return Written(json_text(told))


def as_json(x: Array, _: Mapping[str, Any], pause: Pause) -> Written:
    if x.size > MOST_JSON_CELLS:
        rule = "has {cells} cells, and JSON of more than {most} is refused: ask for npy"
        raise SceneError("format", "json", rule, cells=x.size, most=MOST_JSON_CELLS)
    values = smallest(x) if x.dtype.kind in "iub" else x.astype("<f8", copy=False)
    head = json_text({"shape": list(x.shape)})
    return Written(b'%b,"values":[%b]}' % (head[:-1], b",".join(in_pieces(plane, pause) for plane in values)))


def in_pieces(plane: Array, pause: Pause) -> bytes:
    """A plane (H, W) as JSON, some rows at a time: whoever else waits for the interpreter has it in between."""
    step = max(1, PIECE_CELLS // plane.shape[1])
    rows = []
    for first in range(0, len(plane), step):
        pause()
        rows.append(json_text(np.ascontiguousarray(plane[first : first + step]))[1:-1])
    return b"[%b]" % b",".join(rows)


def as_png(x: Array, _: Mapping[str, Any], pause: Pause) -> Written:
    pause()
    png, legend = picture(x)
    return Written(png, PNG, legend)


WORKS: dict[str, Callable[[Array, Mapping[str, Any], Pause], Written]] = {
    "backward": walked_backward,
    "descent": learnt,
    "json": as_json,
    "png": as_png,
}
