"""The size of a layer's output as lectures write it: in letters, with the scene's numbers, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.geometry import Slide, output_size, transposed_size, whole_windows
from core.operations.transposed import StampingLayer
from core.operations.windows import WindowLayer
from core.rules.tree import Mathematics, Number, Relation, Symbol, Tree
from core.rules.writing import ceil, equal, floor, symbol
from core.vocabulary import Layer

# Rows and columns; the letters of sizes as one lecture writes them, and as another does.
AXES = (("rows", "_h", ("H", "FH", "OH")), ("cols", "_w", ("W", "FW", "OW")))


@dataclass(frozen=True, slots=True)
class Letters:
    """What the sizes of one axis are called, or how large they are."""

    length: Tree
    K: Tree
    S: Tree
    D: Tree
    P: Tree
    Q: Tree

    def span(self, slide: Slide) -> tuple[Mathematics, ...]:
        """The parts that add up to what a window spans."""
        return (self.K,) if slide.dilation == 1 else (self.D * (self.K - 1), 1)

    def padding(self, slide: Slide) -> Tree:
        """Both sides together."""
        before, after = slide.padding
        return 2 * self.P if before == after else self.P + self.Q

    def windows(self, slide: Slide, ceil_mode: bool) -> Tree:
        """How many fit."""
        length = self.length
        for part in self.span(slide):
            length = length - part
        rounding = ceil if ceil_mode else floor
        return rounding((length + self.padding(slide)) / self.S) + 1

    def stamps(self, slide: Slide, extra: int) -> Tree:
        """How far stamps reach."""
        length = (self.length - 1) * self.S - self.padding(slide)
        for part in self.span(slide):
            length = length + part
        return length + extra if extra else length


def letters_of(side: str) -> Letters:
    """I_h, K_h, S_h ..."""
    return Letters(
        symbol(f"I{side}", "input"), symbol(f"K{side}", "kernel"), *(symbol(f"{name}{side}") for name in "SDPQ")
    )


def lecture_letters(names: tuple[str, str, str]) -> Letters:
    """H, FH, S, P: one letter for both axes where it is the same for both."""
    return Letters(symbol(names[0], "input"), symbol(names[1], "kernel"), *(symbol(name) for name in "SDPQ"))


def numbers_of(size: int, slide: Slide) -> Letters:
    before, after = slide.padding
    return Letters(
        Number(size, "input"), Number(slide.kernel_size, "kernel"),
        Number(slide.stride), Number(slide.dilation), Number(before), Number(after),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """Of one axis: the formula in both notations, with numbers, and what the last window leaves over."""

    axis: str
    symbols: Relation
    lecture: Relation
    numbers: Relation
    remainder: int

    def as_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name).as_json() for name in ("symbols", "lecture", "numbers")}
        return {"axis": self.axis, **told, "remainder": self.remainder}


def sizes_of(layer: Layer) -> list[Size]:
    """Rows, then columns; nothing of a layer whose size no window makes.

    >>> from core.gallery import parse
    >>> [size.remainder for size in sizes_of(parse("cat | sobel-x stride=2").bind((1, 43, 64))[0])]
    [0, 1]
    """
    if isinstance(layer, WindowLayer) and type(layer).formula is WindowLayer.formula:
        return [window_size(layer, axis) for axis in told_axes(layer)]
    if isinstance(layer, StampingLayer):
        return [stamp_size(layer, axis) for axis in told_axes(layer)]
    return []


def told_axes(layer: WindowLayer | StampingLayer) -> tuple[int, ...]:
    """A picture has two, a signal one, and what is looked at whole none."""
    return tuple(axis - 1 for axis in layer.frame.axes)


def window_size(layer: WindowLayer, axis: int) -> Size:
    name, side, names = AXES[axis]
    size, slide = layer.input_shape[axis + 1], layer.windows.slides[axis]
    count = output_size(size, slide, layer.ceil_mode)
    numbers = numbers_of(size, slide)
    length = size + sum(slide.padding) - slide.span
    fitted = [numbers.windows(slide, layer.ceil_mode)]
    rounding = ceil if layer.ceil_mode else floor
    if slide.stride > 1:
        fitted.append(rounding(Number(length) / numbers.S) + 1)
    if layer.ceil_mode and count < whole_windows(size, slide):  # the last window would lie in the padding alone
        fitted = [piece - 1 for piece in fitted]
    return Size(
        name,
        equal(output(f"O{side}"), letters_of(side).windows(slide, layer.ceil_mode)),
        equal(output(names[2]), lecture_letters(names).windows(slide, layer.ceil_mode)),
        equal(output(f"O{side}"), *fitted, Number(count, "output")),
        0 if layer.ceil_mode else length % slide.stride,
    )


def stamp_size(layer: StampingLayer, axis: int) -> Size:
    name, side, names = AXES[axis]
    size, slide, extra = layer.count[axis], layer.slides[axis], layer.extra[axis]
    made = Number(transposed_size(size, slide, extra), "output")
    return Size(
        name,
        equal(output(f"O{side}"), letters_of(side).stamps(slide, extra)),
        equal(output(names[2]), lecture_letters(names).stamps(slide, extra)),
        equal(output(f"O{side}"), numbers_of(size, slide).stamps(slide, extra), made),
        0,
    )


def output(name: str) -> Symbol:
    return symbol(name, "output")
