"""The dearest scene of every operation that a server accepts: grown until it is refused."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

import core
from app.evaluation import Scenes
from core.errors import SceneError
from core.operations.rates import cost_of

TILE = 64  # cells: sides are multiples of it, so that they can be cut into channels
RANDOM = np.random.default_rng(7)


def numbers(*shape: int, fractions: bool = False) -> str:
    """A literal of random numbers."""
    values = RANDOM.integers(-5, 6, shape)
    return str((values / 8 if fractions else values).tolist()).replace(" ", "")


@dataclass(frozen=True)
class Case:
    """A chain with {side}, the sides of what a tiny matrix becomes when it is padded, and {half} of that."""

    chain: str
    value: str = "3"  # what the padding holds

    @property
    def operation(self) -> str:
        return self.chain.rpartition(" | ")[2].split()[0]

    def line(self, tiles: int) -> str:
        side = TILE * tiles
        chain = self.chain.format(side=side, half=side // 2)
        return f"[1 2; 3 4] | pad {side // 2 - 1} value={self.value} | {chain}"


def each(chain: str, *choices: object, value: str = "3") -> tuple[Case, ...]:
    """A chain for each choice of what stands for its $."""
    return tuple(Case(chain.replace("$", str(choice)), value) for choice in choices)


def kernels(*sides: int, fractions: bool = False) -> list[str]:
    return [numbers(side, side, fractions=fractions) for side in sides]


MANY, FEW, COLOURS = (f"reshape ({channels},-1,{{side}}) | " for channels in (64, 16, 4))
SIGNAL = "reshape (64,1,-1) | "
FRACTION, TINY, HUGE = "0.3", "1e-310", "100000000000000"
FILTERS = ("sobel", "prewitt", "roberts", "scharr")
ACTIVATIONS = ("relu", "leaky_relu", "elu", "sigmoid", "tanh", "abs")
POOLS = ("max_pool2d", "avg_pool2d", "lp_pool2d")

CASES: tuple[Case, ...] = (
    *each("conv2d $", *kernels(3, 5, 11, 31), *kernels(3, 5, 11, 31, fractions=True), "sobel-x", "[1]", "[0.5] bias=1"),
    *each("conv2d $ padding=same padding_mode=reflect", *kernels(3, 31), *kernels(11, fractions=True)),
    *each("conv2d $ stride=2", "sobel-x", *kernels(3, 11, 31)),
    *each("conv2d $ stride=5", *kernels(3, 31)),
    *each("conv2d $ dilation=2", *kernels(3, 11, 31)),
    *each("conv2d $", *kernels(11), value=HUGE),
    *each("conv2d $", *kernels(3), value=TINY),
    *each("conv2d box-3 padding=$", "100 padding_value=7"),
    *each(f"{MANY}conv2d $", "out=64 kernel_size=3", "out=64 kernel_size=1", "out=1 kernel_size=3"),
    *each(f"{MANY}conv2d $ groups=64", numbers(64, 1, 3, 3)),
    *each(f"{FEW}conv2d $", "out=16 kernel_size=3", "out=256 kernel_size=3"),
    *each(f"{COLOURS}conv2d $", numbers(8, 4, 3, 3)),
    *each("conv2d out=$", "200 kernel_size=3 stride=8", "128 kernel_size=20 stride=20"),
    *each(f"{SIGNAL}conv1d $", numbers(5), f"{numbers(64, 1, 3)} groups=64"),
    *each("reshape (4,1,-1) | conv1d $", numbers(1, 1000), numbers(1000, fractions=True)),
    *each("conv_transpose2d $", *(f"{numbers(1, 1, k, k)} stride={s}" for k, s in ((3, 1), (3, 2), (16, 8), (7, 1)))),
    *each("conv_transpose2d $", numbers(1, 64, 3, 3), f"{numbers(1, 1, 3, 3)} stride=2 padding=50"),
    *each(f"{COLOURS}conv_transpose2d $ stride=2", numbers(4, 8, 4, 4)),
    *each(f"{SIGNAL}conv_transpose1d $", f"{numbers(64, 1, 3)} stride=2", numbers(64, 1, 31)),
    *each("flatten | linear out=$", 10, 1),
    *each("gaussian_blur $", 5, 31, "(31,3) stride=2"),
    *(case for name in FILTERS for case in each(
        f"{name} $", "", "padding=same", "show=direction", "norm=l1 normalize=true", "show=x stride=3")),
    *(case for name in POOLS for case in each(
        f"{name} kernel_size=$ stride=1", 1, 3, 31, 300)),
    *(case for name in POOLS for case in each(f"{name} kernel_size=$", 2, 3)),
    *each("max_pool2d kernel_size=3 $", "stride=1 padding=1", "stride=1 dilation=2", "stride=2 ceil_mode=true"),
    *each("avg_pool2d kernel_size=3 padding=1 $", "stride=1", "stride=2 count_include_pad=false ceil_mode=true"),
    *each("lp_pool2d 3.5 kernel_size=$ stride=1", 3),
    *each("lp_pool2d 3.5 kernel_size=$ stride=1", 3, value=TINY),
    *(case for name in ("max_pool1d", "avg_pool1d", "lp_pool1d") for case in each(
        f"{SIGNAL}{name} kernel_size=$ stride=1", 5, 50)),
    *each("$", "global_max_pool2d", "global_avg_pool2d", f"{FEW}global_avg_pool2d"),
    *(case for name in ("adaptive_max_pool2d", "adaptive_avg_pool2d") for case in each(
        f"{name} $", "(7,7)", "({half},{half})", "({side},{side})", "(1,{side})", "({side},3)", "(4000,1)")),
    *each(f"{MANY}$", *(f"channel_{kind}_pool {groups}" for kind in ("max", "avg") for groups in (1, 32, 64))),
    *each(f"{MANY}maxout $", 2, 64),
    *each("$", *ACTIVATIONS),
    *each("$", *ACTIVATIONS, value="-0.3"),
    *each("$", *ACTIVATIONS, "round", value=TINY),
    *each("$", "round 3", "clip 0 100", "clip 0.5", "threshold 0.1", value=FRACTION),
    *each("$", "threshold 5 maxval=1", "noise", "noise 0.5 seed=3", "noise 30 salt_and_pepper"),
    *(case for before in ("", MANY) for value in ("3", FRACTION) for case in each(
        f"{before}softmax dim=$", 0, 1, 2, value=value)),
    *each("pad {half} $", *core.OPERATIONS["pad"].parameters[1].choices),
    *each("$", "pad 3 zeros value=0.5", "flatten", "reshape (1,{half},-1)", "flip", "shift 3 -5", "shift 3 5 circular"),
    *each("relu | flip$", "", value="0.5"),
    *each("unfold kernel_size=$", "3", "11 padding=5", "2 stride=2", "64 stride=64"),
    *each(f"{FEW}unfold kernel_size=$", 3),
    *(case for windows in ("kernel_size=2 stride=2", "kernel_size=3 padding=1") for case in each(
        "unfold $ | fold output_size=({side},{side}) $", windows)),
    *each("conv2d_backward_input $", numbers(1, 1, 3, 3), numbers(1, 1, 7, 7)),
    *each(f"{COLOURS}conv2d_backward_input $ stride=2", numbers(4, 4, 3, 3)),
    *each("conv2d_backward_weight dy=$", numbers(20, 20), numbers(100, 100)),
    *each(f"{FEW}conv2d_backward_weight dy=$", numbers(16, 8, 8)),
    *each("$", "conv2d_backward_bias", f"{MANY}conv2d_backward_bias"),
    *each("adaptive_avg_pool2d (32,32) | max_pool2d_backward kernel_size=2 x=$", numbers(64, 64)),
    *each("avg_pool2d_backward kernel_size=$", "2", "7 stride=1", "3 stride=1 padding=1"),
)  # fmt: skip


def accepted(scenes: Scenes, line: str) -> bool:
    """Whether the whole output of the last layer would be computed; refusals of other kinds are the case's mistake."""
    scene = scenes.read(line)
    shape = scenes.input_shape(scene.source)
    try:
        scenes.check_cost(scenes.layers(scene, shape), *scenes.input_cost(scene.source, shape))
    except SceneError as refused:
        if refused.field not in ("scene", "kernel_size", "out", "padding", "shape", "dy"):
            raise
        return False
    return True


def dearest(scenes: Scenes, case: Case) -> str | None:
    """The largest scene of a case that is accepted; None when none is."""
    low = next((tiles for tiles in (64, 32, 16, 8, 4, 2, 1) if accepted(scenes, case.line(tiles))), None)
    if low is None:
        return None
    high = 2 * low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if accepted(scenes, case.line(middle)) else (low, middle)
    return case.line(low)


def total_seconds(scenes: Scenes, line: str) -> float:
    """What the layers of a scene are thought to take together."""
    scene = scenes.read(line)
    layers = scenes.layers(scene, scenes.input_shape(scene.source))
    return math.fsum(cost_of(layer).seconds for layer in layers)
