"""Where the panes of a figure stand: maps above, the arithmetic below, the bar at the foot; fewer panes have more room.

Lengths are in units of the figure; `width` says how many pixels they become.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.render.planes import Box

WIDTH, HEIGHT = 700, 440  # the largest
SIDE, GUTTER, TOP = 18, 20, 44
HALF, WHOLE = 322, WIDTH - 2 * SIDE
LOW, TALL = 196, 322  # maps with the arithmetic below them, and without
ROW, GRIDS, RESULT = 150, 424, 226  # the arithmetic: how high, and how wide its two parts are
HEAD, TOE, BAR = 12, 18, 20  # above the arithmetic, above the bar, below its middle

INPUT, ARITHMETIC, OUTPUT = "input", "arithmetic", "output"
PANES = (INPUT, ARITHMETIC, OUTPUT)


@dataclass(frozen=True, slots=True)
class Layout:
    """The boxes of the panes that are shown, the middle of the bar, and how large all is."""

    maps: Mapping[str, Box]
    middle: Box | None
    result: Box | None
    foot: int
    size: tuple[int, int]

    @property
    def floor(self) -> float:
        """Where the maps end."""
        return self.middle.y - HEAD / 2 if self.middle else self.foot - TOE / 2

    @property
    def zones(self) -> list[tuple[float, float, float, float]]:
        """Rectangles in which steps change something, each by itself: left, top, right, bottom."""
        toe, wide, tall = self.foot - TOE / 2 - 1, *self.size
        found: list[tuple[float, float, float, float]] = [(0.0, toe, wide, tall)]
        if len(self.maps) == 2:
            left, right = self.maps[INPUT], self.maps[OUTPUT]
            found += [(0.0, 0.0, right.x - 10, self.floor), (left.x + left.width + 10, 0.0, wide, self.floor)]
        elif self.maps:
            found.append((0.0, 0.0, wide, self.floor))
        if self.result:
            edge = self.result.x - 3
            found += [(0.0, self.floor, edge, toe), (edge, self.floor, wide, toe)]
        return found


def layout(panes: Sequence[str] = PANES) -> Layout:
    """The panes of a figure, whatever their order.

    >>> [layout(panes).size for panes in (PANES, ("input", "output"), ("output", "arithmetic"), ("arithmetic",))]
    [(700, 440), (700, 406), (700, 440), (700, 208)]
    """
    shown = [role for role in (INPUT, OUTPUT) if role in panes]
    tall = LOW if ARITHMETIC in panes else TALL
    wide = HALF if len(shown) == 2 else WHOLE
    maps = {role: Box(SIDE + place * (HALF + GUTTER), TOP, wide, tall) for place, role in enumerate(shown)}
    below = TOP + tall if shown else HEAD // 2 + 2
    middle = result = None
    if ARITHMETIC in panes:
        y = below + HEAD
        middle, result = Box(SIDE, y, GRIDS, ROW), Box(WIDTH - SIDE - RESULT, y, RESULT, ROW)
        below = y + ROW
    foot = below + TOE if ARITHMETIC in panes else below + TOE + 2
    return Layout(maps, middle, result, foot, (WIDTH, foot + BAR))
