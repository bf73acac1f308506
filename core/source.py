"""The input of a scene: a sample, an upload or a matrix; how large, in which channels, which region of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import drawn as draws
from core import literals
from core.drawn import RANDOM, Drawn
from core.errors import SceneError, unknown
from core.integers import whole
from core.kernels import KERNELS
from core.matrices import is_written, spell_matrix
from core.matrices.brackets import BESIDE
from core.operations import OPERATIONS
from core.values import matrix, plain, shape_of
from core.vocabulary import Array, Text

NOT_DRAWN = Text("random numbers have no such setting")
DRAWN_ALONE = Text("belongs to random numbers alone")
MATRIX_ALONE = Text("a matrix keeps its own size and channels")
ARRAY_ALONE = Text("an array keeps its own size and channels")
CROPPED = "must be (top,left,height,width) in pixels of the whole picture"
LARGEST_SIZE = 4096
LARGEST_SIDE = 16_384
MODES = ("gray", "rgb")
SETTINGS = ("size", "mode", "crop")  # what a picture may be told; a matrix is as it is written
MEMBERS = ("source", *SETTINGS, *draws.MEMBERS)
ARRAY = "array:"
# Whoever has the pictures knows which there are.
SOURCE_NAME = re.compile(r"[^\W_][\w.-]{0,63}|(image|array):[a-z0-9]{8,64}")

Crop = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the input comes from: a sample's name, `image:ID`, a matrix written in the line, or drawn numbers.

    `array:ID` is an array in the memory of the program that walks it, which no other program can know.
    `crop` is a region (top, left, height, width) in pixels of the full-size picture: it is cut out before `size`
    shrinks what is left.
    """

    name: str | None = None
    matrix: Any = None
    size: int | None = None
    mode: str | None = None
    crop: Crop | None = None
    drawn: Drawn | None = None

    def __post_init__(self) -> None:
        if self.drawn is not None:
            return
        if self.name is None:
            self._check_matrix()
        elif not SOURCE_NAME.fullmatch(self.name):
            raise SceneError(
                "input", self.name, "must be a sample's name, image:ID, @id or a matrix such as [1 2; 3 4]"
            )
        if self.is_array:
            self._check_alone(ARRAY_ALONE)
        if self.size is not None:
            whole("size", self.size, 1, LARGEST_SIZE)
        if self.mode is not None and self.mode not in MODES:
            raise unknown("mode", str(self.mode), MODES)
        if self.crop is not None:
            object.__setattr__(self, "crop", read_crop(self.crop))

    def _check_matrix(self) -> None:
        if len(shape_of(self.matrix)) not in (2, 3):
            raise SceneError("input", shape_of(self.matrix), "a matrix has (H, W) or (C, H, W) numbers")
        self._check_alone(MATRIX_ALONE)

    def _check_alone(self, rule: str) -> None:
        for name in SETTINGS:
            told = getattr(self, name)
            if told is not None:
                raise SceneError("input", told, rule)

    @property
    def is_array(self) -> bool:
        return self.name is not None and self.name.startswith(ARRAY)

    @property
    def line(self) -> str:
        if self.drawn is not None:
            return self.drawn.line
        spelled = self.name if self.name is not None else spell_matrix(self.matrix)
        crop = None if self.crop is None else f"crop={literals.spell(self.crop, '')}"
        return " ".join(str(word) for word in (spelled, self.size, self.mode, crop) if word is not None)

    def as_json(self) -> dict[str, Any]:
        if self.drawn is not None:
            return self.drawn.as_json()
        given = plain(self.matrix) if self.name is None else self.name
        shown = {"source": given, "size": self.size, "mode": self.mode, "crop": plain(self.crop)}
        return {name: value for name, value in shown.items() if value is not None}

    def array(self) -> Array | None:
        """The matrix as (C, H, W); None for a picture or an array, which the core cannot open."""
        if self.drawn is not None:
            return self.drawn.values()
        if self.matrix is None:
            return None
        values = np.array(self.matrix)
        return values[None] if values.ndim == 2 else values

    def region(self, picture: Array) -> Array:
        """What `crop` leaves of a picture (C, H, W); refuses a region that reaches beyond it.

        >>> Source("cat", crop=(0, 1, 1, 2)).region(np.arange(6).reshape(1, 2, 3))
        array([[[1, 2]]])
        """
        self.region_shape((picture.shape[0], picture.shape[1], picture.shape[2]))
        if self.crop is None:
            return picture
        top, left, height, width = self.crop
        return np.ascontiguousarray(picture[:, top : top + height, left : left + width])

    def region_shape(self, shape: tuple[int, int, int]) -> tuple[int, int, int]:
        """The shape of that region in a picture of a shape."""
        if self.crop is None:
            return shape
        top, left, height, width = self.crop
        channels, rows, columns = shape
        if top + height > rows or left + width > columns:
            rule = "reaches beyond the picture, which has {rows} rows and {columns} columns"
            raise SceneError("crop", self.crop, rule, rows=rows, columns=columns)
        return channels, height, width


def read_crop(value: object) -> Crop:
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise SceneError("crop", value, CROPPED)
    top, left = (whole("crop", corner, 0, LARGEST_SIDE) for corner in value[:2])
    height, width = (whole("crop", side, 1, LARGEST_SIDE) for side in value[2:])
    return top, left, height, width


def parse_source(text: str) -> Source:
    """SOURCE [SIZE] [gray|rgb] [crop=(top,left,height,width)], or random ROWSxCOLUMNS [seed=n] [min=n] [max=n]"""
    first, *rest = literals.words(text)
    if first.lower() == RANDOM:
        return Source(drawn=draws.parse_drawn(rest))
    if literals.BARE.fullmatch(first):
        raise SceneError("input", text, BESIDE if literals.is_nested(text) else literals.UNBRACKETED)
    told: dict[str, Any] = {}
    for word in rest:
        name, value = read_word(word)
        if name in told:
            raise SceneError(name, word, "is given twice")
        told[name] = value
    if literals.is_nested(first):
        return Source(matrix=matrix("input", literals.read_nested("input", first)), **told)
    return Source(name=first.lower(), **told)


def read_word(word: str) -> tuple[str, Any]:
    """A setting of the picture, by what it looks like or by its name."""
    if word.lower() in MODES:
        return "mode", word.lower()
    if literals.INTEGER.fullmatch(word):
        return "size", literals.read_number("size", word)
    key, _, value = literals.keyword(word)
    if key.lower() == "crop":
        if not value:
            raise SceneError("crop", word, CROPPED)
        return "crop", literals.read("crop", value)
    if literals.is_nested(key):
        raise SceneError("input", word, BESIDE)
    if literals.STARTS_A_NUMBER.match(key):
        raise SceneError("size", word, "must be a whole number")
    if key.lower() in {*OPERATIONS, *KERNELS}:
        raise SceneError("scene", word, "a | is missing before {name}", name=key)
    raise unknown("input", key, (*MODES, "crop"))


def source_from_json(source: Mapping[str, Any]) -> Source:
    given = source.get("source")
    if isinstance(given, str) and given.lower() == RANDOM:
        refuse_members(source, SETTINGS, NOT_DRAWN)
        return Source(drawn=draws.drawn_from(source))
    refuse_members(source, draws.MEMBERS, DRAWN_ALONE)
    told = {name: source.get(name) for name in SETTINGS}
    if isinstance(given, str) and not is_written(given):
        return Source(name=given, **told)
    return Source(matrix=matrix("input", given), **told)


def refuse_members(source: Mapping[str, Any], names: tuple[str, ...], rule: str) -> None:
    for name in names:
        if source.get(name) is not None:
            raise SceneError(name, source[name], rule)
