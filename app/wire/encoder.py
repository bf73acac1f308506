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

from app.wire.digits import Cells, cells_for

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
    for field, place in zip(fields, layout.places, strict=True):
        field.write(place, count)
    return layout.buffer[:count].tobytes()


@dataclass(slots=True)
class Place:
    """Where a field's numbers are written, and how the rows of cells go from there into the lines."""

    room: Column
    copies: list[tuple[Column, Column]]  # (into the lines, from the room)


@dataclass(slots=True)
class WholeField:
    """A column of whole numbers that fit a table of digits."""

    name: str
    column: Column
    cells: Cells
    empty: Column | None = None  # which cells hold no number

    @property
    def key(self) -> tuple[str, tuple[int, ...], int, int]:
        return self.name, self.column.shape[1:], self.cells.width, self.cells.tail

    def blank(self) -> list[bytes]:
        """The text around and between the rows of cells."""
        shape = self.column.shape[1:]
        if not shape:
            return [b"", b""]
        between = [b"]" * depth + b"," + b"[" * depth for depth in row_breaks(shape)]
        return [b"[" * len(shape), *between, b"]" * len(shape)]

    def width(self) -> int:
        """Bytes of a row of cells, without what follows its last digits."""
        return self.across() * self.cells.width - self.cells.tail

    def across(self) -> int:
        return int(self.column.shape[-1]) if self.column.ndim > 1 else 1

    def place(self, lines: list[Column], count: int) -> Place:
        """The room for these cells, cut into the rows that go to those parts of the lines."""
        room = self.cells.room(count, self.across() * len(lines))
        stride, row = room.strides[0], self.across() * self.cells.width
        kind = f"V{self.width()}"
        copies = [
            (line, np.ndarray((count,), kind, room, number * row, (stride,))) for number, line in enumerate(lines)
        ]
        return Place(room, copies)

    def write(self, place: Place, count: int) -> None:
        numbers = self.column.reshape(count, -1)
        room, all_lines = place.room[:count], count == len(place.room)
        self.cells.write(numbers, room)
        if self.empty is not None:
            self.cells.blot(self.empty.reshape(count, -1), room)
        for line, row in place.copies:
            np.copyto(line if all_lines else line[:count], row if all_lines else row[:count])


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

    def width(self) -> int:
        return int(self.texts.shape[1])

    def place(self, lines: list[Column], count: int) -> Place:
        return Place(lines[0], [])

    def write(self, place: Place, count: int) -> None:
        np.copyto(place.room[:count], self.texts.view(f"V{self.texts.shape[1]}")[:, 0])


Field = WholeField | TextField


@dataclass(slots=True)
class Layout:
    """A buffer of lines whose constant text is written already, and the places of its fields."""

    buffer: Column
    places: list[Place]


def field_of(name: str, column: Column) -> Field:
    if column.dtype.kind in "iu" and column.dtype != np.uint64 and column.size:
        empty = np.ma.getmaskarray(column) if isinstance(column, np.ma.MaskedArray) else None
        numbers = column.filled(0) if isinstance(column, np.ma.MaskedArray) else column
        least, most = np.minimum.reduce(numbers, axis=None), np.maximum.reduce(numbers, axis=None)
        cells = cells_for(int(least), int(most), empty is not None)
        if cells:
            return WholeField(name, numbers, cells, empty)
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
    text = orjson.dumps(json_values(column), option=orjson.OPT_SERIALIZE_NUMPY)
    return text[1 + depth : -1 - depth].split(b"]" * depth + b"," + b"[" * depth)


def json_values(column: Column) -> Any:
    if isinstance(column, np.ma.MaskedArray):
        return column.tolist()
    return np.ascontiguousarray(column.astype(np.float64) if column.dtype.kind == "f" else column)


def layout_for(kind: str, fields: list[Field], count: int) -> Layout:
    """A layout of this shape with room enough: the one used before, if there is one."""
    kept: OrderedDict[tuple[str, Key], Layout] = local.__dict__.setdefault("layouts", OrderedDict())
    key = (kind, tuple(field.key for field in fields))
    layout = kept.get(key)
    if layout is None or len(layout.buffer) < count:
        layout = new_layout(kind, fields, max(count, FEWEST_LINES))
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
        first, *others = field.blank()
        line += b',"' + field.name.encode() + b'":' + first
        starts = []
        for text in others:
            starts.append(len(line))
            line += b" " * field.width() + text
        offsets.append(starts)
    line += b"}\n"
    buffer = np.empty((count, len(line)), np.uint8)
    buffer[:] = np.frombuffer(line, np.uint8)
    places = []
    for field, starts in zip(fields, offsets, strict=True):
        kind_of_row = f"V{field.width()}"
        views = [np.ndarray((count,), kind_of_row, buffer, start, (len(line),)) for start in starts]
        places.append(field.place(views, count))
    return Layout(buffer, places)
