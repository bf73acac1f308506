"""What a figure is drawn with: a few plain shapes, the later over the earlier; both painters know all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Face: TypeAlias = Literal["sans", "bold", "mono", "strong"]
Anchor: TypeAlias = Literal["start", "middle", "end"]
Pixels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Hatch:
    """Slanting lines: what is no value, or none yet."""

    x: float
    y: float
    width: float
    height: float
    ground: str
    ink: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that stands out on any picture where it has a halo of paper."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    stroke: float
    halo: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[tuple[float, float], ...]
    colour: str
    stroke: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    fill: str
    halo: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Cells as pixels (rows, columns, 3), each a rectangle of the same size; small pictures keep hard edges."""

    x: float
    y: float
    width: float
    height: float
    pixels: Pixels


Run: TypeAlias = tuple[str, str]  # a text and its colour


@dataclass(frozen=True, slots=True)
class Words:
    """Runs of text one after another; y is their baseline."""

    x: float
    y: float
    runs: tuple[Run, ...]
    size: float
    face: Face = "sans"
    anchor: Anchor = "start"


Shape: TypeAlias = Rect | Hatch | Frame | Line | Dot | Picture | Words
