"""Where windows fall along one side of a picture: sizes, corners, padding, receptive fields. Integers only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.arguments import word
from core.errors import SceneError, unknown
from core.integers import Pair as Pair
from core.integers import is_sequence, whole
from core.integers import pair as pair

PADDING_MODES = ("zeros", "reflect", "symmetric", "replicate", "circular")
AT_MOST_ONE_SIDE = {"circular": "circular goes around a side of {size} px once at most",
                    "symmetric": "symmetric mirrors a side of {size} px once at most"}  # fmt: skip
PADDING_WORDS = ("valid", "same", "same_lower", "full")

Pairs = tuple[Pair, Pair]


@dataclass(frozen=True, slots=True)
class Slide:
    """How a kernel slides along one side; `padding` is (before, after), or one number for both.

    >>> Slide(kernel_size=3, stride=2, padding=1)
    Slide(kernel_size=3, stride=2, padding=(1, 1), dilation=1)
    """

    kernel_size: int
    stride: int = 1
    padding: Pair = (0, 0)
    dilation: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "kernel_size", whole("kernel_size", self.kernel_size, 1))
        object.__setattr__(self, "stride", whole("stride", self.stride, 1))
        object.__setattr__(self, "padding", pair("padding", self.padding))
        object.__setattr__(self, "dilation", whole("dilation", self.dilation, 1))

    @property
    def span(self) -> int:
        return effective_kernel_size(self.kernel_size, self.dilation)


def effective_kernel_size(kernel_size: int, dilation: int = 1) -> int:
    """How many pixels a window spans, holes included.

    dilation * (kernel_size - 1) + 1

    >>> effective_kernel_size(3, dilation=2)
    5
    """
    return dilation * (kernel_size - 1) + 1


def output_size(input_size: int, slide: Slide, ceil_mode: bool = False) -> int:
    """How many windows fit along one side.

    floor((input_size + padding before + padding after - effective_kernel_size) / stride) + 1

    With `ceil_mode` the division rounds up, but no window starts in the padding behind the input.

    Unit     pixels
    Refuses  a window larger than the padded input (SceneError)

    >>> output_size(5, Slide(kernel_size=3, stride=2, padding=1))
    3
    >>> output_size(6, Slide(kernel_size=3, stride=2), ceil_mode=True)
    3
    """
    size = whole("input_size", input_size)
    before, after = slide.padding
    room = size + before + after - slide.span
    if ceil_mode:
        count = -(-room // slide.stride) + 1
        if (count - 1) * slide.stride >= size + before:
            count -= 1
    else:
        count = room // slide.stride + 1
    if room < 0 and (not ceil_mode or count < 1):
        rule = "a window spans {span} px but only {room} {room|is/are} there"
        there = size + before + after
        raise SceneError("kernel_size", slide.kernel_size, rule, span=slide.span, room=there)
    return count


def transposed_size(input_size: int, slide: Slide, output_padding: int = 0) -> int:
    """How long one side of a transposed convolution's output is.

    (input_size - 1) * stride - padding before - padding after + effective_kernel_size + output_padding

    Refuses  a result without a single pixel; output_padding that reaches both stride and dilation

    Source   Dumoulin and Visin 2016, relationship 14

    >>> transposed_size(3, Slide(kernel_size=3, stride=2, padding=1), output_padding=1)
    6
    """
    extra = whole("output_padding", output_padding)
    if extra >= max(slide.stride, slide.dilation):
        rule = "must be smaller than stride or dilation, {limit}"
        raise SceneError("output_padding", extra, rule, limit=max(slide.stride, slide.dilation))
    before, after = slide.padding
    size = (whole("input_size", input_size, 1) - 1) * slide.stride - before - after + slide.span + extra
    if size < 1:
        raise SceneError("padding", slide.padding, "cuts the whole output away: {size} px would be left", size=size)
    return size


def corners(count: int, slide: Slide) -> NDArray[np.int64]:
    """Where each window starts, in the unpadded input's coordinates: negative in the padding.

    >>> corners(3, Slide(kernel_size=3, stride=2, padding=1)).tolist()
    [-1, 1, 3]
    """
    return np.arange(count, dtype=np.int64) * slide.stride - slide.padding[0]


def source_index(size: int, before: int, after: int, mode: str = "zeros") -> NDArray[np.int64]:
    """Which input position each padded position shows; -1 where a zero stands.

    Refuses  reflect that needs more pixels than there are; circular and symmetric beyond one side

    >>> source_index(3, 2, 2, "reflect").tolist()
    [2, 1, 0, 1, 2, 1, 0]
    >>> source_index(3, 1, 1).tolist()
    [-1, 0, 1, 2, -1]
    """
    check_padding_mode(size, before, after, mode)
    return shown_at(np.arange(-before, size + after, dtype=np.int64), size, mode)


def shown_at(position: NDArray[np.int64], size: int, mode: str) -> NDArray[np.int64]:
    """The input positions that these positions show, in the picture and its border."""
    if mode == "zeros":
        return np.where((position < 0) | (position >= size), -1, position)
    if mode == "replicate":
        return position.clip(0, size - 1)
    if mode == "circular":
        return position % size
    if mode == "symmetric":
        around = position % (2 * size)
        return np.minimum(around, 2 * size - 1 - around)
    return abs((size - 1) - abs((size - 1) - position % max(2 * size - 2, 1)))


def check_padding_mode(size: int, before: int, after: int, mode: str) -> None:
    word("padding_mode", mode, PADDING_MODES)
    widest = max(whole("padding", before), whole("padding", after))
    if mode == "zeros" or widest == 0:
        return
    if mode == "reflect" and widest >= size:
        raise SceneError("padding", widest, "reflect needs it smaller than the side of {size} px", size=size)
    if mode in AT_MOST_ONE_SIDE and widest > size:
        raise SceneError("padding", widest, AT_MOST_ONE_SIDE[mode], size=size)
    if size == 0:
        raise SceneError("padding", widest, "there is no pixel to repeat")


def same_padding(input_size: int, kernel_size: int, stride: int = 1, dilation: int = 1, lower: bool = False) -> Pair:
    """The padding that gives ceil(input_size / stride) outputs; an odd pixel goes to the end.

    With `lower` the odd pixel goes to the front (ONNX SAME_LOWER).

    Source   Keras; ONNX Conv, auto_pad

    >>> same_padding(10, 3), same_padding(5, 2), same_padding(5, 2, lower=True)
    ((1, 1), (0, 1), (1, 0))
    """
    slide = Slide(kernel_size, stride, (0, 0), dilation)
    wanted = -(-whole("input_size", input_size) // slide.stride)
    total = max((wanted - 1) * slide.stride + slide.span - input_size, 0)
    return (total - total // 2, total // 2) if lower else (total // 2, total - total // 2)


def resolve_padding(
    padding: object,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    input_size: Sequence[int] = (0, 0),
) -> Pairs:
    """Any spelling of padding as ((top, bottom), (left, right)).

    An int, (h, w), ((top, bottom), (left, right)), "valid" (none), "same" (as Keras, ONNX SAME_UPPER),
    "same_lower" (its odd pixel at top and left) or "full" (every overlap of kernel and picture,
    effective_kernel_size - 1 on each side).

    >>> resolve_padding("same", 3, input_size=(8, 8)), resolve_padding((0, 2), 3)
    (((1, 1), (1, 1)), ((0, 0), (2, 2)))
    """
    if isinstance(padding, str):
        kernel, strides = pair("kernel_size", kernel_size, 1), pair("stride", stride, 1)
        holes = pair("dilation", dilation, 1)
        top = padding_by_word(padding, kernel[0], strides[0], holes[0], input_size[0])
        return top, padding_by_word(padding, kernel[1], strides[1], holes[1], input_size[1])
    if not is_sequence(padding):
        number = whole("padding", padding)
        return (number, number), (number, number)
    sides: tuple[Any, ...] = tuple(padding)  # type: ignore[arg-type]
    if len(sides) == 1 and not is_sequence(sides[0]):
        sides = (sides[0], sides[0])
    if len(sides) != 2 or {length_of(side) for side in sides} not in ({None}, {2}):
        raise SceneError(
            "padding", padding, "must be n, (h, w), ((top, bottom), (left, right)), valid, same, same_lower or full"
        )
    return pair("padding", sides[0]), pair("padding", sides[1])


def length_of(side: Any) -> int | None:
    """Of (before, after) two; None of one number."""
    return len(side) if is_sequence(side) else None


def padding_by_word(name: str, kernel_size: int, stride: int, dilation: int, input_size: int) -> Pair:
    if name == "valid":
        return 0, 0
    if name in ("same", "same_lower"):
        return same_padding(input_size, kernel_size, stride, dilation, lower=name == "same_lower")
    if name == "full":
        border = effective_kernel_size(kernel_size, dilation) - 1
        return border, border
    raise unknown("padding", name, PADDING_WORDS)


def receptive_field(slides: Iterable[Slide]) -> int:
    """How many pixels of the input one cell of the last layer sees, along one side.

    1 + sum over layers of (effective_kernel_size - 1) * product of the strides before it

    >>> receptive_field([Slide(3), Slide(3)]), receptive_field([Slide(3, stride=2), Slide(3)])
    (5, 7)
    """
    field, jump = 1, 1
    for slide in slides:
        field += (slide.span - 1) * jump
        jump *= slide.stride
    return field


def receptive_range(slides: Sequence[Slide], at: int) -> Pair:
    """The first input position that cell `at` of the last layer sees, and the one after the last.

    >>> receptive_range([Slide(3, padding=1), Slide(3, padding=1)], at=0)
    (-2, 3)
    """
    start = at
    for slide in reversed(slides):
        start = start * slide.stride - slide.padding[0]
    return start, start + receptive_field(slides)


def formula(input_size: int, slide: Slide, ceil_mode: bool = False) -> str:
    """The output size as one would write it on the board, with the numbers put in.

    >>> formula(64, Slide(kernel_size=3, stride=2, padding=1))
    'floor((64 - 3 + 2 * 1) / 2) + 1 = 32'
    >>> formula(5, Slide(kernel_size=2, padding=(0, 1)))
    'floor((5 - 2 + 0 + 1) / 1) + 1 = 5'
    """
    before, after = slide.padding
    padded = f"2 * {before}" if before == after else f"{before} + {after}"
    count = output_size(input_size, slide, ceil_mode)
    rounding = "ceil" if ceil_mode else "floor"
    cut = " - 1" if ceil_mode and count < whole_windows(input_size, slide) else ""
    return f"{rounding}(({input_size} - {slide.span} + {padded}) / {slide.stride}) + 1{cut} = {count}"


def whole_windows(input_size: int, slide: Slide) -> int:
    return -(-(input_size + sum(slide.padding) - slide.span) // slide.stride) + 1


def transposed_formula(input_size: int, slide: Slide, output_padding: int = 0) -> str:
    """The size of a transposed convolution's output, with the numbers put in.

    >>> transposed_formula(3, Slide(kernel_size=3, stride=2, padding=1), 1)
    '(3 - 1) * 2 - 2 * 1 + 3 + 1 = 6'
    """
    before, after = slide.padding
    padded = f"2 * {before}" if before == after else f"{before} - {after}"
    size = transposed_size(input_size, slide, output_padding)
    return f"({input_size} - 1) * {slide.stride} - {padded} + {slide.span} + {output_padding} = {size}"
