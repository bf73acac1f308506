"""Parameters that several operations have, each written once."""

from __future__ import annotations

from core.errors import SceneError
from core.vocabulary import Parameter, Text

LONGEST_SIDE = 10_000
MODES = ("zeros", "reflect", "symmetric", "replicate", "circular")

STRIDE = Parameter(
    "stride",
    "pair",
    Text("Stride"),
    Text("How many cells the window moves at each step"),
    default=(1, 1),
    minimum=1,
    maximum=LONGEST_SIDE,
)
DIVISOR = Parameter(
    "divisor",
    "number",
    Text("Divisor"),
    Text("The sum of products is divided by this; the named kernel's own when left out"),
    rare=True,
)
PADDING = Parameter(
    "padding",
    "padding",
    Text("Padding"),
    Text("Cells added around the input: valid, same, full or a count"),
    words=("valid", "same", "full"),
    default=0,
    minimum=0,
    maximum=LONGEST_SIDE,
)
PADDING_MODE = Parameter(
    "padding_mode",
    "choice",
    Text("Padding mode"),
    Text("What the added cells hold"),
    default="zeros",
    choices=MODES,
    rare=True,
)
PADDING_VALUE = Parameter(
    "padding_value",
    "number",
    Text("Padding value"),
    Text("What the added cells hold in zeros mode"),
    default=0,
    rare=True,
)
BORDER = (PADDING, PADDING_MODE, PADDING_VALUE)
DILATION = Parameter(
    "dilation",
    "pair",
    Text("Dilation"),
    Text("Distance between kernel cells; 1 is contiguous"),
    default=(1, 1),
    minimum=1,
    maximum=LONGEST_SIDE,
)
KERNEL_SIZE = Parameter(
    "kernel_size",
    "pair",
    Text("Kernel size"),
    Text("Rows and columns of the window"),
    minimum=1,
    maximum=LONGEST_SIDE,
    positional=True,
    required=True,
    first=2,
)
POOL_STRIDE = Parameter(
    "stride",
    "pair",
    Text("Stride"),
    Text("How many cells the window moves; kernel_size when left out"),
    minimum=1,
    maximum=LONGEST_SIDE,
)
POOL_PADDING = Parameter(
    "padding",
    "padding",
    Text("Padding"),
    Text("Cells around the input; they never win and are at most half the window"),
    words=("valid", "same"),
    default=0,
    minimum=0,
    maximum=LONGEST_SIDE,
)


def check_border(mode: str, name: str, value: float) -> None:
    """Only zeros can be another number: a border that shows the picture has no place for it."""
    if value and mode != "zeros":
        rule = "has no place in {mode} mode: only zeros can be another number"
        raise SceneError(name, value, rule, mode=mode)


CEIL_MODE = Parameter(
    "ceil_mode",
    "boolean",
    Text("Ceil mode"),
    Text("Keep a last window that hangs over the edge"),
    default=False,
    rare=True,
)
BIAS = Parameter(
    "bias",
    "numbers",
    Text("Bias"),
    Text("Added to every output: one number, or one for each kernel; no bias when left out"),
)
DIM = Parameter(
    "dim",
    "int",
    Text("Axis"),
    Text("Axis: 0 channels, 1 rows, 2 columns"),
    default=0,
    minimum=-3,
    maximum=2,
)
GROUPS = Parameter(
    "groups",
    "int",
    Text("Groups"),
    Text("Channels are split into so many groups, each with its own kernels"),
    default=1,
    minimum=1,
    maximum=LONGEST_SIDE,
    rare=True,
)
FLIP = Parameter(
    "flip",
    "boolean",
    Text("Flip the kernel"),
    Text("Rotate the kernel by 180 degrees: convolution as mathematics defines it"),
    default=False,
    rare=True,
)
