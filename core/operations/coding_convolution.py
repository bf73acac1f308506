"""The code of conv2d and its relatives."""

from __future__ import annotations

from dataclasses import dataclass

from core.geometry import Pairs, Slide, same_padding
from core.operations.coding import (
    TORCH,
    WINDOWS,
    is_padded,
    keras_layer,
    numbers,
    numpy_border,
    options,
    pairs,
    seen,
    torch_border,
    torch_numbers,
    trained_numbers,
    windows_line,
)
from core.operations.seeded import DIGITS
from core.snippets.snippet import Code, Lines, Snippet, StepLine, loops
from core.vocabulary import Array, Shape

TURNED = "turned by 180 degrees: convolution as mathematics defines it"


@dataclass(frozen=True, slots=True)
class Convolution:
    """All that code of a convolution has to know."""

    input_shape: Shape
    output_shape: Shape
    slides: tuple[Slide, Slide]
    mode: str
    value: float
    weight: Lines  # makes w in NumPy: (F, C / groups, kH, kW), or (kH, kW) where channels share it
    torch_weight: Lines  # the same in PyTorch
    weight_shape: tuple[int, ...]
    flip: bool
    bias: Array | None
    divisor: float
    groups: int
    shared: bool
    signal: bool  # of one row, by conv1d

    @property
    def padding(self) -> Pairs:
        return self.slides[0].padding, self.slides[1].padding

    def code(self) -> Code:
        step = StepLine(self.step_text(), ("k", "r", "c"))
        return Code(self.loop(step), self.vectorised(), step, self.torch(), self.keras())

    # NumPy

    @property
    def seen_array(self) -> str:
        return "padded" if is_padded(self.padding) else "x"

    def given(self) -> Lines:
        """The weight, the bias and the border."""
        turned = f"w = w[..., ::-1, ::-1]  # {TURNED}"
        border = numpy_border(self.padding, self.mode, self.value)
        return (
            *self.weight,
            *((turned,) if self.flip else ()),
            *((numbers("b", self.bias),) if self.bias is not None else ()),
            *((border,) if is_padded(self.padding) else ()),
        )

    def step_text(self) -> str:
        depth, per = self.weight_shape[1], self.output_shape[0] // self.groups
        if self.shared or depth == self.groups == 1:
            channels = "{k}" if self.shared else ":"
        elif self.groups == 1:
            channels = ":"
        else:
            first = f"k // {per} * {depth}" if per > 1 else "k" if depth == 1 else f"k * {depth}"
            channels = f"{{{first}}}:{{{first} + {depth}}}"
        weight = "w" if self.shared else "w[{k}]"
        sums = f"({self.seen_array}[{channels}, {seen(self.slides)}] * {weight}).sum()"
        return f"y[{{k}}, {{r}}, {{c}}] = {sums}{self.ending('b[{k}]')}"

    def ending(self, bias: str) -> str:
        divided = f" / {self.divisor}" if self.divisor != 1 else ""
        return f"{divided} + {bias}" if self.bias is not None else divided

    def loop(self, step: StepLine) -> Snippet:
        counts = dict(zip("krc", self.output_shape, strict=True))
        return Snippet((*self.given(), f"y = np.zeros({self.output_shape})", *loops(counts, step.looped)))

    def vectorised(self) -> Snippet:
        windows = windows_line(self.slides, self.seen_array)
        ending = self.ending("b[:, None, None]")
        return Snippet((*self.given(), windows, *self.products(ending)), (WINDOWS,))

    def products(self, ending: str) -> Lines:
        if self.shared:
            return (f'y = np.einsum("krcij,ij->krc", windows, w){ending}  # each channel by itself',)
        if self.groups == 1:
            return (f'y = np.einsum("qrcij,kqij->krc", windows, w){ending}',)
        return (
            f"windows = windows.reshape({self.groups}, -1, *windows.shape[1:])  # one group after another",
            f"w = w.reshape({self.groups}, -1, *w.shape[1:])",
            f'y = np.einsum("gqrcij,gkqij->gkrc", windows, w).reshape{self.output_shape}{ending}',
        )

    # PyTorch

    def torch(self) -> Snippet:
        border = (torch_border(self.padding, self.mode, self.value),) if is_padded(self.padding) else ()
        bias = (torch_numbers("b", self.bias),) if self.bias is not None else ()
        turned = (f"w = w.flip(-2, -1)  # {TURNED}",) if self.flip else ()
        call = self.torch_row() if self.signal else self.torch_plane()
        ending = self.ending("b[:, None, None]")
        return Snippet((*self.torch_weight, *turned, *bias, *border, f"y = {call}{ending}"), (TORCH,))

    def torch_plane(self) -> str:
        weight = f"w.expand({self.input_shape[0]}, 1, -1, -1)" if self.shared else "w"
        motion = {name: pairs(self.slides, name) for name in ("stride", "dilation")}
        return f"F.conv2d(x, {weight}{options(**motion, groups=self.groups)})"

    def torch_row(self) -> str:
        weight = f"w.expand({self.input_shape[0]}, 1, -1)" if self.shared else "w[:, :, 0]"
        told = options(stride=self.slides[1].stride, dilation=self.slides[1].dilation, groups=self.groups)
        return f"F.conv1d(x[:, 0], {weight}{told})[:, None]"

    # Keras

    def keras(self) -> Snippet | None:
        rows, cols = self.slides
        strides, dilations = (rows.stride, cols.stride), (rows.dilation, cols.dilation)
        if max(strides) > 1 and max(dilations) > 1:
            return None
        same = self.is_same()
        border = (
            (numpy_border(self.padding, self.mode, self.value, "x"),) if is_padded(self.padding) and not same else ()
        )
        kernel = "w" if not self.shared else f"np.broadcast_to(w, ({self.input_shape[0]}, 1, *w.shape))"
        turned = (f"w = w[..., ::-1, ::-1]  # {TURNED}",) if self.flip else ()
        divided = (f"w = w / {self.divisor}",) if self.divisor != 1 else ()
        bias = (numbers("b", self.bias),) if self.bias is not None else ()
        call = (
            f"Conv2D({self.output_shape[0]}, ({rows.kernel_size}, {cols.kernel_size})"
            f"{options(strides=pair_or_none(strides), dilation_rate=pair_or_none(dilations), groups=self.groups)}"
            f"{', padding=' + repr('same') if same else ''}"
            f'{", use_bias=False" if self.bias is None else ""}, dtype="float64")'
        )
        weights = f"layer.set_weights([{kernel}.transpose(2, 3, 1, 0){', b' if self.bias is not None else ''}])"
        return Snippet((*self.weight, *turned, *divided, *bias, *border, *keras_layer(call, (weights,))))

    def is_same(self) -> bool:
        """Whether the padding is the one that Keras calls same."""
        if self.mode != "zeros" or self.value or not is_padded(self.padding):
            return False
        return all(
            slide.padding == same_padding(side, slide.kernel_size, slide.stride, slide.dilation)
            for slide, side in zip(self.slides, self.input_shape[1:], strict=True)
        )


def pair_or_none(sides: tuple[int, int]) -> object:
    return None if sides == (1, 1) else sides


def seeded_lines(shape: tuple[int, ...], seed: int) -> tuple[Lines, Lines]:
    """The weights of a layer by its sizes, drawn as the layer draws them."""
    F, depth, kH, kW = shape
    drawn = (
        f"limit = np.sqrt(6 / {(F + depth) * kH * kW})  # Glorot and Bengio 2010",
        f"even = np.random.Generator(np.random.PCG64({seed})).random({shape})",
        f"w = np.round((2 * even - 1) * limit, {DIGITS})",
    )
    return drawn, (*drawn, "w = torch.from_numpy(w)")


def weight_lines(values: Array, shared: bool, word: object = None) -> tuple[Lines, Lines]:
    """A weight by its numbers, or by its name, in NumPy and in PyTorch."""
    note = "one kernel for every channel" if shared else "kernels, channels, rows, columns"
    drawn = values[0, 0] if shared else values
    numpy, torch = trained_numbers("w", word, drawn, note)
    return (numpy,), (torch,)
