"""Random configurations for the oracle, one draw per operation, and the same question put to torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

try:
    from torch.nn import functional as torch_functional
except ModuleNotFoundError:  # tools/oracle.py says so
    pass

from core.kernels import KERNELS
from tools.oracle_asks import (
    ask,
    ask_backward,
    ask_cross_entropy,
    ask_cross_entropy_backward,
    ask_pad,
    ask_padding_mode,
    ask_softmax,
    tensors,
)

Random = np.random.Generator


@dataclass
class Case:
    """The arrays and the settings of one call."""

    arrays: list[np.ndarray]
    settings: dict[str, Any]

    def __str__(self) -> str:
        shapes = " ".join(f"{a.dtype.name}{list(a.shape)}" for a in self.arrays)
        return f"{shapes} {self.settings}"


def numbers(random: Random, *shape: int, kind: Any = None) -> np.ndarray:
    return random.normal(size=shape).astype(kind or random.choice(["float32", "float64"]))


def size(random: Random) -> int:
    """Mostly small, sometimes one pixel, rarely none."""
    return int(random.choice([0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13], p=[0.02, *[0.98 / 12] * 12]))


def whole(random: Random, usual: list[int], wrong: list[Any]) -> Any:
    """One number or a pair; once in forty, nonsense."""
    if random.random() < 0.025:
        return wrong[random.integers(len(wrong))]
    if random.random() < 0.5:
        return int(random.choice(usual))
    return int(random.choice(usual)), int(random.choice(usual))


def kernel_sizes(random: Random) -> Any:
    return whole(random, [1, 2, 3, 4, 5], [0, -1, 2.5, True, "3", (1, 2, 3), (3, 0), 10**6])


def strides(random: Random) -> Any:
    return whole(random, [1, 1, 2, 3, 4], [0, -1, 1.5, "1", (0, 1), (1, 2, 3)])


def paddings(random: Random) -> Any:
    return whole(random, [0, 0, 1, 2, 3], [-1, 0.5, (-1, 0), "sam", (1, 2, 3)])


def dilations(random: Random) -> Any:
    return whole(random, [1, 1, 2, 3], [0, -1, (1, 0), 2.5])


def image(random: Random, channels: int | None = None, batch: bool = True) -> np.ndarray:
    c = int(random.integers(1, 5)) if channels is None else channels
    shape = (c, size(random), size(random))
    if batch and random.random() < 0.7:
        shape = (int(random.choice([0, 1, 2, 3], p=[0.03, 0.5, 0.27, 0.2])), *shape)  # type: ignore[assignment]
    return numbers(random, *shape)


def convolution(random: Random) -> Case:
    groups = int(random.choice([1, 1, 1, 2, 3]))
    channels, kernels = groups * int(random.integers(1, 4)), groups * int(random.integers(1, 4))
    x = image(random, channels)
    given = channels // groups + (random.random() < 0.02)
    weight = numbers(random, kernels + (random.random() < 0.02), given, *random.integers(1, 6, 2), kind=x.dtype)
    bias = numbers(random, weight.shape[0] + (random.random() < 0.02), kind=x.dtype)
    settings = {"stride": strides(random), "padding": paddings(random), "dilation": dilations(random), "groups": groups}
    if random.random() < 0.15:
        settings["padding"] = str(random.choice(["same", "valid"]))
        settings["stride"] = 1 if settings["padding"] == "same" else settings["stride"]
    if random.random() < 0.02:
        settings["groups"] = [0, -1, 5, 1.5][random.integers(4)]
    return Case([x, weight, bias][: int(random.integers(2, 4))], settings)


def convolution_backward(random: Random) -> Case:
    """Only configurations that work: refusals are the forward pass's."""
    while True:
        case = convolution(random)
        try:
            y = torch_functional.conv2d(*tensors(case.arrays), **case.settings)
        except (RuntimeError, TypeError, ValueError):
            continue
        if y.numel() and case.settings["padding"] not in ("same",):
            return Case([numbers(random, *y.shape, kind=case.arrays[0].dtype), *case.arrays], case.settings)


def padding_mode(random: Random) -> Case:
    case = convolution(random)
    case.settings["padding_mode"] = str(random.choice(["zeros", "reflect", "replicate", "circular"]))
    case.settings["padding"] = whole(random, [0, 1, 2, 3], [-1, 4])
    return case


def large(random: Random) -> Case:
    """Large enough for shifted additions, bands and spectra; named kernels, dense ones, and layers."""
    channels, kernels = [(1, 1), (1, 2), (3, 4)][random.integers(3)]
    x = numbers(random, channels, *random.integers(97, 220, 2).tolist())
    if random.random() < 0.5:
        named = np.array(KERNELS[str(random.choice(sorted(KERNELS)))].weight)
        weight = np.broadcast_to(named, (channels, 1, *named.shape)).astype(x.dtype)
    else:
        weight = numbers(random, kernels, channels, *random.integers(1, 20, 2).tolist(), kind=x.dtype)
        weight /= np.sqrt(weight[0].size).astype(x.dtype)
    settings = {"padding": paddings(random), "groups": channels // weight.shape[1]}
    if random.random() < 0.3:
        settings |= {"stride": strides(random), "dilation": dilations(random)}
    return Case([x, weight], settings)


def signal(random: Random) -> Case:
    case = convolution(random)
    x, weight, *rest = case.arrays
    settings = {name: value[0] if isinstance(value, tuple) else value for name, value in case.settings.items()}
    return Case([x[..., 0, :] if x.shape[-2] else x.reshape(*x.shape[:-2], 0), weight[:, :, 0], *rest], settings)


def transposed(random: Random) -> Case:
    groups = int(random.choice([1, 1, 2, 3]))
    channels = groups * int(random.integers(1, 4))
    x = image(random, channels)
    weight = numbers(random, channels, int(random.integers(1, 4)), *random.integers(1, 6, 2), kind=x.dtype)
    bias = numbers(random, weight.shape[1] * groups, kind=x.dtype)
    settings = {
        "stride": strides(random),
        "padding": paddings(random),
        "output_padding": whole(random, [0, 0, 0, 1, 2], [-1, 9]),
        "groups": groups,
        "dilation": whole(random, [1, 1, 2, 3], [-1, 2.5]),  # torch lets 0 pass here
    }
    return Case([x, weight, bias][: int(random.integers(2, 4))], settings)


def transposed_backward(random: Random) -> Case:
    while True:
        case = transposed(random)
        try:
            y = torch_functional.conv_transpose2d(*tensors(case.arrays), **case.settings)
        except (RuntimeError, TypeError, ValueError):
            continue
        if y.numel():
            return Case([numbers(random, *y.shape, kind=case.arrays[0].dtype), *case.arrays], case.settings)


def pool(random: Random) -> dict[str, Any]:
    settings = {"kernel_size": kernel_sizes(random), "padding": whole(random, [0, 0, 0, 1, 2], [-1, 0.5])}
    settings["stride"] = None if random.random() < 0.3 else strides(random)
    settings["ceil_mode"] = bool(random.integers(2))
    return settings


def max_pool(random: Random) -> Case:
    return Case([image(random)], {**pool(random), "dilation": dilations(random)})


def avg_pool(random: Random) -> Case:
    settings = {**pool(random), "count_include_pad": bool(random.integers(2))}
    if random.random() < 0.3:
        settings["divisor_override"] = whole(random, [1, 2, 3, 7], [0])
        settings["divisor_override"] = np.ravel(settings["divisor_override"])[0].item()
    return Case([image(random)], settings)


def lp_pool(random: Random) -> Case:
    settings = {key: value for key, value in pool(random).items() if key != "padding"}
    x = image(random)
    return Case([x], {"norm_type": [1, 2, 3, 2.5][random.integers(4)], **settings} if random.integers(2) else
                {"norm_type": 2, **settings})  # fmt: skip


def pooled_backward(forward: str, draw: Callable[[Random], Case]) -> Callable[[Random], Case]:
    def drawn(random: Random) -> Case:
        while True:
            case = draw(random)
            try:
                y = getattr(torch_functional, forward)(*tensors(case.arrays), **case.settings)
            except (RuntimeError, TypeError, ValueError):
                continue
            if y.numel() and y.isfinite().all():  # torch corrupts memory where a window sees padding alone
                return Case([numbers(random, *y.shape, kind=case.arrays[0].dtype), *case.arrays], case.settings)

    return drawn


def unfolding(random: Random) -> Case:
    settings = {"kernel_size": kernel_sizes(random), "dilation": dilations(random), "padding": paddings(random)}
    return Case([image(random)], {**settings, "stride": strides(random)})


def folding(random: Random) -> Case:
    while True:
        case = unfolding(random)
        try:
            columns = torch_functional.unfold(*tensors(case.arrays), **case.settings)
        except (RuntimeError, TypeError, ValueError):
            continue
        if columns.numel():
            return Case([columns.numpy()], {"output_size": case.arrays[0].shape[-2:], **case.settings})


def border(random: Random) -> Case:
    rows, cols = random.integers(0, 5, (2, 2)).tolist()
    mode = str(random.choice(["zeros", "reflect", "replicate", "circular"]))
    return Case([image(random)], {"padding": (tuple(rows), tuple(cols)), "mode": mode})


def adaptive(random: Random) -> Case:
    return Case([image(random)], {"output_size": whole(random, [1, 2, 3, 5, 9], [-1, 1.5])})


def fully_connected(random: Random) -> Case:
    inputs, outputs = random.integers(1, 9, 2).tolist()
    lead = random.integers(1, 4, random.integers(0, 3)).tolist()
    x = numbers(random, *lead, inputs + int(random.random() < 0.05))
    weight, bias = numbers(random, outputs, inputs, kind=x.dtype), numbers(random, outputs, kind=x.dtype)
    return Case([x, weight, bias][: int(random.integers(2, 4))], {})


def curve(random: Random) -> Case:
    x = image(random) * random.choice([1, 10, 1000])
    return Case([np.maximum(x, -1e38).astype(x.dtype)], {})


def curve_backward(random: Random) -> Case:
    x = curve(random).arrays[0]
    return Case([numbers(random, *x.shape, kind=x.dtype), x], {})


def slope(random: Random) -> Case:
    return Case(curve(random).arrays, {"negative_slope": float(random.random())})


def classes(random: Random) -> Case:
    rows, count = random.integers(1, 7, 2).tolist()
    return Case([numbers(random, rows, count), random.integers(0, count, rows)], {})


DRAWS: dict[str, tuple[Callable[[Random], Case], Callable[..., Any]]] = {
    "conv2d": (convolution, ask("conv2d")),
    "conv2d, padding modes": (padding_mode, ask_padding_mode),
    "conv2d, large pictures": (large, ask("conv2d")),
    "conv1d": (signal, ask("conv1d")),
    "conv_transpose2d": (transposed, ask("conv_transpose2d")),
    "max_pool2d": (max_pool, ask("max_pool2d")),
    "avg_pool2d": (avg_pool, ask("avg_pool2d")),
    "lp_pool2d": (lp_pool, ask("lp_pool2d")),
    "adaptive_avg_pool2d": (adaptive, ask("adaptive_avg_pool2d")),
    "adaptive_max_pool2d": (adaptive, ask("adaptive_max_pool2d")),
    "unfold": (unfolding, ask("unfold")),
    "fold": (folding, ask("fold")),
    "pad": (border, ask_pad),
    "linear": (fully_connected, ask("linear")),
    "relu": (curve, ask("relu")),
    "leaky_relu": (slope, ask("leaky_relu")),
    "elu": (curve, ask("elu")),
    "sigmoid": (curve, ask("sigmoid")),
    "tanh": (curve, ask("tanh")),
    "softmax": (curve, ask_softmax),
    "cross_entropy": (classes, ask_cross_entropy),
    "conv2d_backward": (convolution_backward, ask_backward("conv2d")),
    "conv_transpose2d_backward": (transposed_backward, ask_backward("conv_transpose2d")),
    "max_pool2d_backward": (pooled_backward("max_pool2d", max_pool), ask_backward("max_pool2d")),
    "avg_pool2d_backward": (pooled_backward("avg_pool2d", avg_pool), ask_backward("avg_pool2d")),
    "relu_backward": (curve_backward, ask_backward("relu")),
    "elu_backward": (curve_backward, ask_backward("elu")),
    "sigmoid_backward": (curve_backward, ask_backward("sigmoid")),
    "tanh_backward": (curve_backward, ask_backward("tanh")),
    "cross_entropy_backward": (classes, ask_cross_entropy_backward),
}
