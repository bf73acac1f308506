"""The code of scatters: stamps are added on a canvas with room for all of them, and the border is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.geometry import Slide
from core.operations.coding import TORCH, WINDOWS, options, pairs, seen, windows_line
from core.snippets.snippet import Code, Lines, Snippet, StepLine, loops
from core.vocabulary import Shape


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where stamps land: `count` of them down and right, on an output of that shape."""

    output_shape: Shape
    slides: tuple[Slide, Slide]
    count: tuple[int, int]

    @property
    def sides(self) -> tuple[int, int]:
        """Room for all stamps, and for the output inside them."""
        down, right = (
            max((count - 1) * slide.stride + slide.span, slide.padding[0] + side)
            for count, slide, side in zip(self.count, self.slides, self.output_shape[1:], strict=True)
        )
        return down, right

    @property
    def inside(self) -> str:
        """The part of the canvas that is kept."""
        (top, _), (left, _) = (slide.padding for slide in self.slides)
        _, H, W = self.output_shape
        return f"[:, {top}:{top + H}, {left}:{left + W}]"

    def made(self) -> str:
        return f"canvas = np.zeros({(self.output_shape[0], *self.sides)})"

    def cut(self, ending: str = "") -> str:
        return f"y = canvas{self.inside}{ending}"

    def under(self, i: str = "i", j: str = "j") -> str:
        """The cells that kernel cell (i, j) of all stamps lands on."""
        parts = zip((i, j), self.slides, self.count, strict=True)
        return ", ".join(
            strided(offset if slide.dilation == 1 else f"{offset} * {slide.dilation}", slide.stride, count)
            for offset, slide, count in parts
        )

    def looped(self, step: StepLine, counts: dict[str, int], given: Lines, ending: str = "") -> Snippet:
        return Snippet((*given, self.made(), *loops(counts, step.looped), self.cut(ending)))

    def by_kernel_cells(self, given: Lines, stamp: str, ending: str = "") -> Snippet:
        """One cell of all stamps after another."""
        sizes = {"i": self.slides[0].kernel_size, "j": self.slides[1].kernel_size}
        return Snippet((*given, self.made(), *loops(sizes, f"canvas[:, {self.under()}] += {stamp}"), self.cut(ending)))


def strided(start: str, stride: int, count: int) -> str:
    """So many lines from a start."""
    step = f":{stride}" if stride > 1 else ""
    return f"{start}:{start} + {(count - 1) * stride + 1}{step}"


@dataclass(frozen=True, slots=True)
class Transposed:
    """All that code of a transposed convolution has to know."""

    canvas: Canvas
    input_shape: Shape
    weight: Lines  # (C, F / groups, kH, kW), or (kH, kW) where channels share it
    torch_weight: Lines
    planes: int  # F / groups
    groups: int
    shared: bool
    bias: Lines
    torch_bias: Lines

    def code(self) -> Code:
        canvas, ending = self.canvas, " + b[:, None, None]" if self.bias else ""
        step = StepLine(f"canvas[{self.channels()}, {seen(canvas.slides)}] += {self.stamp()}", ("q", "r", "c"))
        given = (*self.weight, *self.bias)
        counts = dict(zip("qrc", self.input_shape, strict=True))
        loop = canvas.looped(step, counts, given, ending)
        numpy = canvas.by_kernel_cells(given, self.whole(), ending)
        return Code(loop, numpy, step, self.torch(ending), self.keras(ending))

    def channels(self) -> str:
        if self.shared:
            return "{q}"
        depth = self.input_shape[0] // self.groups
        first = f"q // {depth} * {self.planes}"
        return ":" if self.groups == 1 else f"{{{first}}}:{{{first} + {self.planes}}}"

    def stamp(self) -> str:
        return f"x[{{q}}, {{r}}, {{c}}] * {'w' if self.shared else 'w[{q}]'}"

    def whole(self) -> str:
        if self.shared:
            return "x * w[i, j]"
        if self.groups == 1:
            return 'np.einsum("qrc,qk->krc", x, w[:, :, i, j])'
        _, H, W = self.input_shape
        inputs = f"x.reshape({self.groups}, -1, {H}, {W})"
        kernels = f"w[:, :, i, j].reshape({self.groups}, -1, {self.planes})"
        return f'np.einsum("gqrc,gqk->gkrc", {inputs}, {kernels}).reshape(-1, {H}, {W})'

    def torch(self, ending: str) -> Snippet:
        canvas, C = self.canvas, self.input_shape[0]
        weight = f"w.expand({C}, 1, -1, -1)" if self.shared else "w"
        motion = {name: pairs(canvas.slides, name) for name in ("stride", "dilation")}
        call = f"F.conv_transpose2d(x, {weight}{options(groups=self.groups, **motion)})"
        down, right = self.missing()
        padded = f"F.pad({call}, (0, {right}, 0, {down}))" if down or right else call
        return Snippet((*self.torch_weight, *self.torch_bias, f"canvas = {padded}", canvas.cut(ending)), (TORCH,))

    def missing(self) -> tuple[int, int]:
        """What the canvas has beyond its last stamps."""
        down, right = (
            side - ((count - 1) * slide.stride + slide.span)
            for side, count, slide in zip(self.canvas.sides, self.canvas.count, self.canvas.slides, strict=True)
        )
        return down, right

    def keras(self, ending: str) -> Snippet | None:
        rows, cols = self.canvas.slides
        if self.groups > 1 or self.shared or rows.dilation > 1 or cols.dilation > 1 or self.missing() != (0, 0):
            return None
        call = (
            f"Conv2DTranspose({self.planes}, ({rows.kernel_size}, {cols.kernel_size}), "
            f'strides=({rows.stride}, {cols.stride}), use_bias=False, dtype="float64")'
        )
        return Snippet(
            (
                *self.weight,
                *self.bias,
                f"layer = keras.layers.{call}",
                "layer.build((None, *x.shape[1:], x.shape[0]))",
                "layer.set_weights([w.transpose(2, 3, 1, 0)])",
                "canvas = keras.ops.convert_to_numpy(layer(x.transpose(1, 2, 0)[None]))[0].transpose(2, 0, 1)",
                self.canvas.cut(ending),
            )
        )


def pooled_back(canvas: Canvas, input_shape: Shape, pooled: Lines, torch: Snippet | None) -> Code:
    """The gradient goes to the first of the largest cells of its window."""
    rows, cols = canvas.slides
    given = (
        *pooled,
        f"padded = np.full({(canvas.output_shape[0], *canvas.sides)}, -np.inf)",
        f"padded{canvas.inside} = pooled",
    )
    winner = ("def winner(window):", "    return (np.arange(window.size) == window.argmax()).reshape(window.shape)")
    under = f"[{{k}}, {seen(canvas.slides)}]"
    step = StepLine(f"canvas{under} += x[{{k}}, {{r}}, {{c}}] * winner(padded{under})", ("k", "r", "c"))
    loop = canvas.looped(step, dict(zip("krc", input_shape, strict=True)), (*winner, *given))
    place = (
        windows_line(canvas.slides, "padded"),
        f"place = windows[:, :{canvas.count[0]}, :{canvas.count[1]}].reshape(*x.shape, -1).argmax(-1)",
        "k, r, c = np.indices(place.shape)",
        f"down, right = np.divmod(place, {cols.kernel_size})",
        f"cells = (k, r * {rows.stride} + down * {rows.dilation}, c * {cols.stride} + right * {cols.dilation})",
    )
    numpy = Snippet((*given, canvas.made(), *place, "np.add.at(canvas, cells, x)", canvas.cut()), (WINDOWS,))
    return Code(loop, numpy, step, torch)


def shared_back(
    canvas: Canvas, input_shape: Shape, counts: tuple[Sequence[int], Sequence[int]], torch: Snippet | None
) -> Code:
    """The gradient is shared out over its window."""
    given = (f"rows, columns = np.array({list(counts[0])}), np.array({list(counts[1])})  # cells that count",)
    share = "x[{k}, {r}, {c}] / (rows[{r}] * columns[{c}])"
    step = StepLine(f"canvas[{{k}}, {seen(canvas.slides)}] += {share}", ("k", "r", "c"))
    loop = canvas.looped(step, dict(zip("krc", input_shape, strict=True)), given)
    return Code(loop, canvas.by_kernel_cells(given, "x / (rows[:, None] * columns)"), step, torch)
