"""Columns of steps in, lines of JSON out: whole columns at a time, never a step at a time.

Every line of a batch has the same byte layout. Constant text is written once into a buffer that stays; whole numbers
are looked up in tables of ready digits and laid into their places; other columns become padded text, one piece a step.
JSON allows spaces before and after a value, so that numbers of different lengths can fill places of one width.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from app.digits import Cells, cells_for

Column = NDArray[Any]
Key = tuple[tuple[str, tuple[int, ...], int, int], ...]

LAYOUTS_KEPT = 8
LARGEST_KEPT = 1024 * 1024
FEWEST_LINES = 16
TEXT_STEP = 8

local = threading.local()


def encode(columns: Mapping[str, Column], kind: str = "step") -> bytes:
    """One line of JSON for each row of the columns; what is not a finite number is null.

    >>> encode({"index": np.array([0, 1]), "output": np.array([[1.5], [np.nan]])})
    b'{"type":"step","index":  0,"output":[1.5     ]}\\n{"type":"step","index":  1,"output":[null    ]}\\n'
    """
    count = len(next(iter(columns.values())))
    if count == 0:
        return b""
    fields = [field_of(name, column) for name, column in columns.items()]
    layout = layout_for(kind, fields, count)
    for field, places in zip(fields, layout.places, strict=True):
        field.write(places, count)
    return layout.buffer[:count].tobytes()


@dataclass(slots=True)
class WholeField:
    """A column of whole numbers that fit a table of digits."""

    name: str
    column: Column
    cells: Cells

    @property
    def key(self) -> tuple[str, tuple[int, ...], int, int]:
        return self.name, self.column.shape[1:], self.cells.width, self.cells.tail

    def blank(self) -> list[bytes]:
        """The text around and between the places: one place for each row of cells."""
        shape = self.column.shape[1:]
        if not shape:
            return [b"", b""]
        between = [b"]" * depth + b"," + b"[" * depth for depth in row_breaks(shape)]
        return [b"[" * len(shape), *between, b"]" * len(shape)]

    def place_width(self) -> int:
        across = self.column.shape[-1] if self.column.ndim > 1 else 1
        return across * self.cells.width - self.cells.tail

    def write(self, places: list[Column], count: int) -> None:
        written = self.cells.write(self.column.reshape(count, -1))
        stride = written.shape[1]
        across = stride // len(places)
        width = self.place_width()
        for row, place in enumerate(places):
            np.copyto(place[:count], np.ndarray((count,), f"V{width}", written, row * across, (stride,)))


@dataclass(slots=True)
class TextField:
    """Any other column: the JSON of each step's part, padded to one width."""

    name: str
    column: Column
    texts: Column

    @property
    def key(self) -> tuple[str, tuple[int, ...], int, int]:
        return self.name, (self.column.ndim,), self.texts.shape[1], -1

    def blank(self) -> list[bytes]:
        return [b"[" * (self.column.ndim - 1), b"]" * (self.column.ndim - 1)]

    def place_width(self) -> int:
        return int(self.texts.shape[1])

    def write(self, places: list[Column], count: int) -> None:
        np.copyto(places[0][:count], self.texts.view(f"V{self.texts.shape[1]}")[:, 0])


Field = WholeField | TextField


@dataclass(slots=True)
class Layout:
    """A buffer of lines whose constant text is written already, and views of its empty places."""

    buffer: Column
    places: list[list[Column]]


def field_of(name: str, column: Column) -> Field:
    if column.dtype.kind in "iu" and column.size:
        cells = cells_for(int(column.min()), int(column.max()))
        if cells:
            return WholeField(name, column, cells)
    return TextField(name, column, padded_texts(column))


def row_breaks(shape: tuple[int, ...]) -> list[int]:
    """How many brackets close after each row of cells but the last.

    >>> row_breaks((2, 2, 3))
    [1, 2, 1]
    """
    rows = int(np.prod(shape[:-1], dtype=np.int64))
    breaks = np.ones(max(rows - 1, 0), np.int64)
    period = 1
    for side in reversed(shape[1:-1]):
        period *= side
        breaks[period - 1 :: period] += 1
    return [int(depth) for depth in breaks]


def padded_texts(column: Column) -> Column:
    """(n, ...) -> (n, width) bytes: each step's values as JSON without the outer brackets, spaces after."""
    texts = np.array(split_texts(column), dtype=np.bytes_)
    width = -(-texts.dtype.itemsize // TEXT_STEP) * TEXT_STEP
    letters = texts.astype(f"S{width}").view(np.uint8).reshape(len(texts), width)
    return np.maximum(letters, 32)  # NumPy pads with NUL


def split_texts(column: Column) -> list[bytes]:
    depth = column.ndim - 1
    if column.size == 0:
        return [b",".join([b"[]"] * column.shape[1]) if depth > 1 else b""] * len(column)
    values = column.astype(np.float64) if column.dtype.kind == "f" else column
    text = orjson.dumps(np.ascontiguousarray(values), option=orjson.OPT_SERIALIZE_NUMPY)
    return text[1 + depth : -1 - depth].split(b"]" * depth + b"," + b"[" * depth)


def layout_for(kind: str, fields: list[Field], count: int) -> Layout:
    """A layout of this shape with room enough: the one used before, if there is one."""
    kept: OrderedDict[tuple[str, Key], Layout] = local.__dict__.setdefault("layouts", OrderedDict())
    key = (kind, tuple(field.key for field in fields))
    layout = kept.get(key)
    if layout is None or len(layout.buffer) < count:
        layout = new_layout(kind, fields, max(count, FEWEST_LINES) if layout is None else count)
        if layout.buffer.nbytes <= LARGEST_KEPT:
            kept[key] = layout
    if key in kept:
        kept.move_to_end(key)
    while len(kept) > LAYOUTS_KEPT:
        kept.popitem(last=False)
    return layout


def new_layout(kind: str, fields: list[Field], count: int) -> Layout:
    line, offsets = bytearray(b'{"type":"' + kind.encode() + b'"'), []
    for field in fields:
        line += b',"' + field.name.encode() + b'":'
        first, *others = field.blank()
        line += first
        places = []
        for text in others:
            places.append((len(line), field.place_width()))
            line += b" " * field.place_width() + text
        offsets.append(places)
    line += b"}\n"
    buffer = np.empty((count, len(line)), np.uint8)
    buffer[:] = np.frombuffer(line, np.uint8)
    views = [
        [np.ndarray((count,), f"V{width}", buffer, offset, (len(line),)) for offset, width in places]
        for places in offsets
    ]
    return Layout(buffer, views)
