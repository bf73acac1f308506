"""One side of a layer, which can be tried with another number for one of its settings, by the rules that refuse it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.algorithms.windows import sees_padding_alone
from core.errors import SceneError
from core.functional.pooling import check_pool_padding
from core.functional.transposed import resolve_transposed_padding
from core.geometry import Pair, Slide, check_padding_mode, output_size, padding_by_word, transposed_size
from core.vocabulary import Text

WINDOW_LEAVES = Text("at most {maximum}: with a longer step only one window would be left")
WINDOW_FITS = Text("at most {maximum}: a wider window would not fit the padded input")
KERNEL_FITS = Text("at most {maximum}: the padded input is no larger")
PADDING_ALONE = Text("at most {maximum}: with more, a window would see padding alone")
HALF_A_WINDOW = Text("at most {maximum}: half a window, or padding alone could be pooled")
MIRROR = Text("at most {maximum}: reflection does not repeat the edge, so it needs one cell more than it shows")
ONCE_AROUND = Text("at most {maximum}: circular padding goes around the input once")
MIRRORED_ONCE = Text("at most {maximum}: symmetric padding mirrors the input once")
BELOW_A_STEP = Text("at most {maximum}: a whole stride more would be room for another stamp")
SOME_OUTPUT = Text("at most {maximum}: more would cut the whole output away")

Motion = tuple[Pair | None, Any, Pair]  # stride, padding and dilation, as they are written
BY_MODE = {"reflect": MIRROR, "circular": ONCE_AROUND, "symmetric": MIRRORED_ONCE}


@dataclass(frozen=True, slots=True)
class WindowAxis:
    """Windows along one side of an input."""

    size: int
    kernel_size: int
    stride: int | None  # the kernel's size where it is not given
    padding: str | Pair
    dilation: int = 1
    mode: str = "zeros"
    ceil_mode: bool = False
    pooled: bool = False

    @classmethod
    def both(cls, plane: Pair, kernel_size: Pair, motion: Motion, *rest: Any) -> tuple[WindowAxis, WindowAxis]:
        """Rows and columns, from settings as they are written for both: stride, padding and dilation."""
        steps, padding, dilation = motion
        rows, cols = (
            cls(plane[n], kernel_size[n], steps and steps[n], padding_along(padding, n), dilation[n], *rest)
            for n in (0, 1)
        )
        return rows, cols

    def trying(self, name: str, value: int) -> WindowAxis:
        return replace(self, **{name: (value, value) if name == "padding" else value})  # type: ignore[arg-type]

    def slide(self) -> Slide:
        stride = self.kernel_size if self.stride is None else self.stride
        word = self.padding if isinstance(self.padding, str) else None
        sides = self.padding if isinstance(self.padding, tuple) else (0, 0)
        if word:
            sides = padding_by_word(word, self.kernel_size, stride, self.dilation, self.size)
        return Slide(self.kernel_size, stride, sides, self.dilation)

    def windows(self) -> int:
        """How many fit; 0 where the settings are refused."""
        try:
            slide = self.slide()
            check_padding_mode(self.size, *slide.padding, self.mode)
            if self.pooled:
                check_pool_padding(slide, isinstance(self.padding, str))
            return output_size(self.size, slide, self.ceil_mode)
        except SceneError:
            return 0

    def allowed(self) -> bool:
        return self.windows() > 0

    def useful(self, name: str) -> bool:
        """A stride that leaves windows to choose from; a padding with something of the input in every window."""
        if name == "stride":
            return self.windows() > 1
        if name == "padding" and self.mode in ("zeros", "replicate"):
            return not sees_padding_alone(self.size, self.slide(), self.windows())
        return True

    def now(self, name: str) -> int:
        """The number as it is; of padding the least that lets a window fit."""
        if name == "padding":
            slide = self.trying("padding", 0).slide()
            room = self.size + (slide.stride - 1 if self.ceil_mode else 0)
            return max(0, -(-(slide.span - room) // 2))
        return int(getattr(self.slide(), name))

    def guess(self, name: str) -> int:
        """Where the end lies, most often: what saves the search for it."""
        slide = self.slide()
        room = self.size + sum(slide.padding)
        if name == "padding":
            shown = {"reflect": self.size - 1, "circular": self.size, "symmetric": self.size}
            return slide.kernel_size // 2 if self.pooled else shown.get(self.mode, slide.span - 1)
        if name == "stride":
            return self.size + slide.padding[0] - 1 if self.ceil_mode else room - slide.span
        room += slide.stride - 1 if self.ceil_mode else 0
        return (
            (room - 1) // slide.dilation + 1 if name == "kernel_size" else (room - 1) // max(1, slide.kernel_size - 1)
        )

    def why(self, name: str) -> Text:
        if name == "padding":
            half = self.pooled and self.trying(name, self.kernel_size // 2).useful(name)
            return HALF_A_WINDOW if half else BY_MODE.get(self.mode, PADDING_ALONE)
        if name == "kernel_size" and self.dilation == 1 and not self.ceil_mode:
            return KERNEL_FITS
        return WINDOW_LEAVES if name == "stride" else WINDOW_FITS


@dataclass(frozen=True, slots=True)
class StampAxis:
    """Stamps along one side of an output."""

    count: int
    kernel_size: int
    stride: int
    padding: str | Pair
    dilation: int = 1
    output_padding: int = 0

    def trying(self, name: str, value: int) -> StampAxis:
        return replace(self, **{name: (value, value) if name == "padding" else value})  # type: ignore[arg-type]

    def allowed(self) -> bool:
        try:
            span = Slide(self.kernel_size, dilation=self.dilation).span
            both = (self.stride, self.stride), (self.output_padding, self.output_padding)
            sides = self.padding if isinstance(self.padding, str) else (self.padding, self.padding)
            cut = resolve_transposed_padding(sides, (span, span), *both)[0]
            slide = Slide(self.kernel_size, self.stride, cut, self.dilation)
            return transposed_size(self.count, slide, self.output_padding) > 0
        except SceneError:
            return False

    def useful(self, name: str) -> bool:
        return True

    def now(self, name: str) -> int:
        return 0 if name == "padding" else int(getattr(self, name))

    def guess(self, name: str) -> int:
        if name == "output_padding":
            return max(self.stride, self.dilation) - 1
        stamped = (self.count - 1) * self.stride + (self.kernel_size - 1) * self.dilation + 1 + self.output_padding
        return (stamped - 1) // 2

    def why(self, name: str) -> Text:
        return SOME_OUTPUT if name == "padding" else BELOW_A_STEP


def padding_along(padding: Any, axis: int) -> str | Pair:
    """Of padding as it is written what concerns one axis: a word, or the cells before and after."""
    if isinstance(padding, str):
        return padding
    side = padding[axis] if isinstance(padding, tuple) else padding
    return (side[0], side[1]) if isinstance(side, tuple) else (side, side)
