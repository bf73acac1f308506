"""The letters that rules are written in, and the pieces that many rules share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.geometry import Slide
from core.rules.rule import Said
from core.rules.slots import Each, Slot
from core.rules.tree import Brackets, Given, Mathematics, Matrix, Part, Range, Role, Row, Symbol, Tree, Words, tree
from core.rules.writing import call, equal, span, symbol
from core.texts import Text
from core.vocabulary import Shape

dX, dY, dW, db = symbol("dX", "output"), symbol("dY", "input"), symbol("dW", "output"), symbol("db", "output")
x, y, w, b = symbol("x", "input"), symbol("y", "output"), symbol("w", "kernel"), symbol("b", "kernel")
k, q, r, c, i, j, t = (symbol(name) for name in "kqrcijt")
C_i, C_o, G = symbol("C_i"), symbol("C_o"), symbol("G")
e, INFINITY = symbol("e"), symbol("∞")
AT_FIRST = Words(Text("at first"))
CUT_OFF = Words(Text("what falls outside is cut off"))
OUTSIDE = Words(Text("outside the input"))


def step(*path: str | int, role: Role = "", label: Text | None = None, unit: str = "") -> Slot:
    """A field of the step."""
    return Slot(("step", *path), role, label, unit)


AT = tuple(step("at", axis) for axis in range(3))
OUTPUT, INPUT = step("output", role="output"), step("input", role="input")

SUM = {"sum": ("step", "sums", 0)}
VALUE = {"value": ("step", "output")}
ENTERING = {"value": ("step", "input")}
SAID_SUM = Said(Text("sum of products {sum}"), SUM)
SAID_OUTPUT = Said(Text("output {output}"), {"output": ("step", "output")})
SAID_LARGEST = Said(Text("largest value {value}"), VALUE)
SAID_MEAN = Said(Text("mean {value}"), VALUE)
SAID_NORM = Said(Text("norm {value}"), VALUE)
SAID_POINT = Said(Text("input {input} gives {output}"), {"input": ("step", "input"), "output": ("step", "output")})
SAID_SLOPES = Said(Text("sums {first} and {second}"), {"first": ("step", "sums", 0), "second": ("step", "sums", 1)})
SAID_MOVED = Said(Text("copies {value} from {place}"), {**VALUE, "place": ("step", "from")})
SAID_STAMPED = Said(Text("the kernel times {value} is added to the output"), ENTERING)
SAID_SPREAD = Said(Text("{value} is added to the output"), ENTERING)
SAID_COLUMN = Said(Text("the cells of the window become a column: {value}"), VALUE)


def cells(field: str, *names: str, body: Tree | None = None, skips: bool = False) -> Each:
    """Each number of a field of the step, or what `body` makes of it."""
    path = ("step", field)
    return Each(path, names, body or Slot((*path, *names), "input"), skips)


def matrix(*path: Part, role: Role = "") -> Tree:
    """An array two deep, as a matrix."""
    row = Row((Each((*path, "i"), ("j",), Slot((*path, "i", "j"), role)),))
    return Matrix((Each(path, ("i",), row),))


def spans(*letters: tuple[Symbol, Mathematics]) -> tuple[Range, ...]:
    """Letters that run from 0 to one below their count."""
    return tuple(span(letter.name, 0, tree(count) - 1) for letter, count in letters)


@dataclass(frozen=True, slots=True)
class Frame:
    """How positions are called: rows and columns of pictures, the one place of a signal."""

    places: tuple[Symbol, ...]
    offsets: tuple[Symbol, ...]
    sides: tuple[str, ...]  # what is written below the letters of sizes
    axes: tuple[int, ...]  # of (C, H, W)

    def size(self, letter: str) -> tuple[Symbol, ...]:
        """A size along each axis: K becomes K_h and K_w."""
        return tuple(symbol(f"{letter}{side}") for side in self.sides)

    def cell(self, dilated: bool = True) -> tuple[Tree, ...]:
        """Where the offsets of a window lie on the input."""
        parts = zip(self.places, self.offsets, *(self.size(letter) for letter in "SDP"), strict=True)
        return tuple(place * S + (offset * D if dilated else offset) - P for place, offset, S, D, P in parts)

    def inside(self) -> tuple[Range, ...]:
        """The offsets within a window."""
        return spans(*zip(self.offsets, self.size("K"), strict=True))

    def outputs(self) -> tuple[Range, ...]:
        return spans((k, C_o), *zip(self.places, self.size("O"), strict=True))

    def inputs(self, channel: Symbol = q) -> tuple[Range, ...]:
        return spans((channel, C_i), *zip(self.places, self.size("I"), strict=True))

    def views(self, input_shape: Shape, output_shape: Shape) -> dict[str, tuple[int, ...]]:
        """The shapes of arrays that are indexed by a channel and these places."""
        shapes = {"x": input_shape, "y": output_shape}
        return {name: (shape[0], *(shape[axis] for axis in self.axes)) for name, shape in shapes.items()}

    def here(self, array: Symbol = y) -> Symbol:
        """The cell that a step visits."""
        return array[(AT[0], *(AT[axis] for axis in self.axes))]

    def sizes(self, input_shape: Shape, output_shape: Shape) -> dict[str, Any]:
        """What the letters of sizes stand for."""
        letters: dict[str, Any] = {"C_i": input_shape[0], "C_o": output_shape[0]}
        for side, axis in zip(self.sides, self.axes, strict=True):
            letters |= {f"I{side}": input_shape[axis], f"O{side}": output_shape[axis]}
        return letters

    def slides(self, slides: Sequence[Slide]) -> dict[str, Any]:
        """What the letters of windows stand for: P is the padding before the input, Q that behind it."""
        letters: dict[str, int] = {}
        for side, axis in zip(self.sides, self.axes, strict=True):
            slide = slides[axis - 1]
            before, after = slide.padding
            told = {"K": slide.kernel_size, "S": slide.stride, "D": slide.dilation, "P": before, "Q": after}
            letters |= {f"{letter}{side}": value for letter, value in told.items()}
        return letters

    def outside(self, mode: str, beyond: Mathematics, array: Symbol = x) -> Tree:
        """What lies outside the input: a value, or the cell that the mode repeats."""
        source = SOURCES.get(mode)
        places = zip(self.places, self.size("I"), strict=True)
        shown = array[(q, *(source(place, size) for place, size in places))] if source else beyond
        return Given(equal(array[(q, *self.places)], shown), OUTSIDE)


@dataclass(frozen=True, slots=True)
class WholeFrame(Frame):
    """One window over all of the input: an output cell is known by its channel."""

    def cell(self, dilated: bool = True) -> tuple[Tree, ...]:
        return self.offsets

    def inside(self) -> tuple[Range, ...]:
        return spans(*zip(self.offsets, self.size("I"), strict=True))

    def outputs(self) -> tuple[Range, ...]:
        return spans((k, C_o))

    def sizes(self, input_shape: Shape, output_shape: Shape) -> dict[str, Any]:
        return {"C_i": input_shape[0], "C_o": output_shape[0], "I_h": input_shape[1], "I_w": input_shape[2]}

    def slides(self, slides: Sequence[Slide]) -> dict[str, Any]:
        return {}

    def views(self, input_shape: Shape, output_shape: Shape) -> dict[str, tuple[int, ...]]:
        return {"y": output_shape[:1]}


PICTURE = Frame((r, c), (i, j), ("_h", "_w"), (1, 2))
SIGNAL = Frame((t,), (i,), ("",), (2,))
WHOLE = WholeFrame((), (i, j), ("_h", "_w"), ())


def reflected(place: Tree, size: Tree) -> Tree:
    return size - 1 - Brackets("absolute", size - 1 - call("mod", place, 2 * size - 2))


def mirrored(place: Tree, size: Tree) -> Tree:
    """Reflected with its edge: 2 1 0 | 0 1 2 | 2 1 0"""
    return call("min", call("mod", place, 2 * size), call("mod", -1 - place, 2 * size))


# Which place of the input a place outside it repeats.
SOURCES: Mapping[str, Any] = {
    "replicate": lambda place, size: call("min", call("max", place, 0), size - 1),
    "circular": lambda place, size: call("mod", place, size),
    "reflect": reflected,
    "symmetric": mirrored,
}
