"""The code of pooling: windows over a border that holds what does not count, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.geometry import Pairs, Slide, same_padding
from core.operations.coding import (
    TORCH,
    WINDOWS,
    is_padded,
    keras_layer,
    numpy_border,
    options,
    pairs,
    seen,
    torch_border,
    windows_line,
)
from core.snippets.snippet import Code, Lines, Snippet, StepLine, loops, pair
from core.vocabulary import Shape


@dataclass(frozen=True, slots=True)
class Pooling:
    """All that code of a pooling has to know."""

    input_shape: Shape
    output_shape: Shape
    slides: tuple[Slide, Slide]
    ceil_mode: bool
    inside: str  # what padding holds
    beyond: str  # what lies beyond it, under windows that hang over
    reduced: Callable[[str, str], str]  # what becomes of a window, along some axes
    torch_name: str
    torch_options: str = ""
    torch_first: str = ""  # an argument before the kernel size
    border_in_torch: bool = True  # whether uneven padding may be added beforehand
    keras_name: str = ""

    @property
    def padding(self) -> Pairs:
        return self.slides[0].padding, self.slides[1].padding

    def code(self) -> Code:
        window = f"{'padded' if self.border() else 'x'}[{{k}}, {seen(self.slides)}]"
        step = StepLine(f"y[{{k}}, {{r}}, {{c}}] = {self.reduced(window, '')}", ("k", "r", "c"))
        counts = dict(zip("krc", self.output_shape, strict=True))
        loop = Snippet((*self.border(), f"y = np.zeros({self.output_shape})", *loops(counts, step.looped)))
        return Code(loop, self.vectorised(), step, self.torch(), self.keras())

    def vectorised(self) -> Snippet:
        windows = windows_line(self.slides, "padded" if self.border() else "x")
        return Snippet((*self.border(), windows, f"y = {self.reduced('windows', 'axis=(3, 4)')}"), (WINDOWS,))

    def border(self) -> Lines:
        """Padding, and room for a last window that hangs over it."""
        over = self.overhang()
        made = []
        if is_padded(self.padding):
            made.append(numpy_border(self.padding, value=self.inside))
        if over != (0, 0):
            array = "padded" if made else "x"
            sides = f"((0, 0), (0, {over[0]}), (0, {over[1]}))"
            made.append(f"padded = np.pad({array}, {sides}, constant_values={self.beyond})  # windows hang over")
        return tuple(made)

    def overhang(self) -> tuple[int, int]:
        down, right = (
            max(0, (count - 1) * slide.stride + slide.span - side - sum(slide.padding))
            for slide, count, side in zip(self.slides, self.output_shape[1:], self.input_shape[1:], strict=True)
        )
        return down, right

    def torch(self) -> Snippet | None:
        rows, cols = self.slides
        even = all(slide.padding[0] == slide.padding[1] for slide in self.slides)
        if not even and (self.ceil_mode or not self.border_in_torch):
            return None
        told = options(
            padding=None if not even or not is_padded(self.padding) else pair(rows.padding[0], cols.padding[0]),
            dilation=pairs(self.slides, "dilation"),
            ceil_mode=self.ceil_mode,
        )
        size, stride = f"({rows.kernel_size}, {cols.kernel_size})", f"({rows.stride}, {cols.stride})"
        border = () if even else (torch_border(self.padding, value=self.torch_fill()),)
        call = f"F.{self.torch_name}(x, {self.torch_first}{size}, {stride}{told}{self.torch_options})"
        return Snippet((*border, f"y = {call}"), (TORCH,))

    def torch_fill(self) -> object:
        return 'float("-inf")' if "inf" in self.inside else 0

    def keras(self) -> Snippet | None:
        rows, cols = self.slides
        same = self.is_same() and "inf" in self.inside
        if not self.keras_name or rows.dilation > 1 or cols.dilation > 1 or self.overhang() != (0, 0):
            return None
        if is_padded(self.padding) and not same:
            return None
        word = ', padding="same"' if same else ""
        size, strides = (rows.kernel_size, cols.kernel_size), (rows.stride, cols.stride)
        call = f'{self.keras_name}({size}, strides={strides}{word}, dtype="float64")'
        return Snippet(keras_layer(call))

    def is_same(self) -> bool:
        return is_padded(self.padding) and all(
            slide.padding == same_padding(side, slide.kernel_size, slide.stride)
            for slide, side in zip(self.slides, self.input_shape[1:], strict=True)
        )


def over_axes(name: str, window: str, axes: str) -> str:
    """np.nanmean(window, axis=...) and its like."""
    return f"{name}({', '.join(filter(None, (window, axes)))})"


def whole_map(channels: int, name: str, torch: str, keras: str) -> Code:
    """One number for each channel."""
    step = StepLine(f"y[{{k}}, 0, 0] = x[{{k}}].{name}()", ("k", "r", "c"))
    loop = Snippet((f"y = np.zeros(({channels}, 1, 1))", *loops({"k": channels}, step.looped)))
    numpy = Snippet((f"y = x.{name}(axis=(1, 2), keepdims=True)",))
    call = f'{keras}(keepdims=True, dtype="float64")' if keras else ""
    return Code(loop, numpy, step, Snippet((f"y = {torch}",), (TORCH,)), Snippet(keras_layer(call)) if keras else None)
