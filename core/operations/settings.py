"""Parameters that several operations have, each written once."""

from __future__ import annotations

from core.vocabulary import Parameter

LONGEST_SIDE = 10_000
MODES = ("zeros", "reflect", "symmetric", "replicate", "circular")

STRIDE = Parameter(
    "stride",
    "pair",
    {"en": "How many cells the window moves at each step", "ko": "스텝마다 윈도우가 움직이는 칸 수(보폭)"},
    default=(1, 1),
    minimum=1,
    maximum=LONGEST_SIDE,
)
PADDING = Parameter(
    "padding",
    "padding",
    {
        "en": "Cells added around the input: valid, same, full or a count",
        "ko": "입력 둘레에 덧대는 칸: valid, same, full 또는 개수",
    },
    default=0,
    minimum=0,
    maximum=LONGEST_SIDE,
)
PADDING_MODE = Parameter(
    "padding_mode",
    "choice",
    {"en": "What the added cells hold", "ko": "덧댄 칸을 채우는 방법"},
    default="zeros",
    choices=MODES,
)
PADDING_VALUE = Parameter(
    "padding_value",
    "number",
    {"en": "What the added cells hold in zeros mode", "ko": "zeros 모드에서 덧댄 칸의 값"},
    default=0,
)
DILATION = Parameter(
    "dilation",
    "pair",
    {"en": "Distance between kernel cells; 1 is contiguous", "ko": "커널 칸 사이의 간격. 1이면 붙어 있음"},
    default=(1, 1),
    minimum=1,
    maximum=LONGEST_SIDE,
)
KERNEL_SIZE = Parameter(
    "kernel_size",
    "pair",
    {"en": "Rows and columns of the window", "ko": "윈도우의 행과 열 수"},
    minimum=1,
    maximum=LONGEST_SIDE,
    positional=True,
    required=True,
)
POOL_STRIDE = Parameter(
    "stride",
    "pair",
    {
        "en": "How many cells the window moves; kernel_size when left out",
        "ko": "윈도우가 움직이는 칸 수. 비우면 kernel_size",
    },
    minimum=1,
    maximum=LONGEST_SIDE,
)
POOL_PADDING = Parameter(
    "padding",
    "padding",
    {
        "en": "Cells around the input; they never win and are at most half the window",
        "ko": "입력 둘레의 칸. 최댓값이 되지 않으며 윈도우의 절반까지",
    },
    default=0,
    minimum=0,
    maximum=LONGEST_SIDE,
)
CEIL_MODE = Parameter(
    "ceil_mode",
    "boolean",
    {"en": "Keep a last window that hangs over the edge", "ko": "가장자리를 벗어나는 마지막 윈도우도 남기기"},
    default=False,
)
BIAS = Parameter(
    "bias",
    "numbers",
    {
        "en": "Added to every output: one number, or one for each kernel; no bias when left out",
        "ko": "모든 출력에 더하는 값: 하나 또는 커널마다 하나. 비우면 편향 없음",
    },
)
DIM = Parameter(
    "dim",
    "int",
    {"en": "Axis: 0 channels, 1 rows, 2 columns", "ko": "축: 0 채널, 1 행, 2 열"},
    default=0,
    minimum=-3,
    maximum=2,
)
