"""What the core is measured at, beside whom, and how fast it must be; all float32 unless said otherwise.

Where the other side can write into a given array both do; where it cannot, both make a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benchmarks.core_timing import Work
from core import functional as F
from core.kernels import KERNELS

HEIGHT, WIDTH = 1080, 1920
random = np.random.default_rng(2016)


@dataclass(frozen=True)
class Row:
    """One line of the table: `goal` is the most that ours may take of theirs; None where theirs is only shown."""

    work: str
    beside: str
    goal: float | None
    ours: Work
    theirs: Work
    bytes: float = 0  # that must be read and written
    flops: float = 0  # that the definition asks for
    inner: int = 1
    scale: float = 1  # theirs does this part of the work only


def picture(*shape: int) -> np.ndarray:
    return random.random(shape or (HEIGHT, WIDTH), dtype=np.float32)


def weights(*names: str) -> np.ndarray:
    return np.array([KERNELS[name].weight for name in names])


def derivative_maps() -> Iterator[Row]:
    """One kernel's map beside the same map of scientific Python."""
    import scipy.ndimage as ndimage
    from skimage import filters

    x = picture()
    out, theirs, moved = np.empty_like(x), np.empty_like(x), 2 * x.nbytes
    for name, skimage in (
        ("sobel-x", filters.sobel_v),
        ("prewitt-x", filters.prewitt_v),
        ("roberts-1", filters.roberts_pos_diag),
    ):
        kernel = weights(name)[0].astype(np.float32)
        made = F.plan(x, kernel, padding="same")

        def general(kernel: Any = kernel) -> Any:
            return ndimage.correlate(x, kernel, output=theirs, mode="constant")

        yield Row(f"{name} 1080p", "ndimage.correlate", 1 / 12, partial(made, x, out), general, moved)
        special = getattr(ndimage, name.partition("-")[0], None)
        if special is not None:
            yield Row(f"{name} 1080p", f"ndimage.{special.__name__}", None, partial(made, x, out),
                      partial(special, x, 1, output=theirs, mode="constant"), moved)  # fmt: skip
        yield Row(f"{name} 1080p", f"skimage {skimage.__name__}", 1 / 6, partial(made, x), partial(skimage, x),
                  moved)  # fmt: skip


def magnitude_maps() -> Iterator[Row]:
    """x and y sums and their length, as users write it; both sides make new arrays."""
    import scipy.ndimage as ndimage
    from skimage import filters

    x = picture()
    moved = 2 * x.nbytes
    pairs = {
        "sobel": ("sobel-x", "sobel-y"),
        "prewitt": ("prewitt-x", "prewitt-y"),
        "roberts": ("roberts-1", "roberts-2"),
    }
    for name, pair in pairs.items():
        pair_weights = weights(*pair).astype(np.float32)

        def ours(w: Any = pair_weights) -> Any:
            return F.gradient_magnitude(x, w, padding="same")

        def general(w: Any = pair_weights) -> Any:
            return np.hypot(*(ndimage.correlate(x, k, mode="constant") for k in w))

        work = f"{name} magnitude 1080p"
        yield Row(work, "ndimage.correlate x 2, hypot", 1 / 12, ours, general, moved)
        special = getattr(ndimage, name, None)
        if special is not None:
            yield Row(work, f"ndimage.{name} x 2, hypot", 1 / 12, ours,
                      partial(both, special, x), moved)  # fmt: skip
        skimage = getattr(filters, name)
        yield Row(work, f"skimage {name}", 1 / 6, ours, partial(skimage, x), moved)


def both(derivative: Callable[..., np.ndarray], x: np.ndarray) -> np.ndarray:
    length: np.ndarray = np.hypot(derivative(x, 0), derivative(x, 1))
    return length


def sobel_x() -> Iterator[Row]:
    import cv2

    x, kernel = picture(), weights("sobel-x")[0]
    out, theirs = np.empty_like(x), np.empty_like(x)
    made = F.plan(x, kernel, padding="same")
    border = cv2.BORDER_CONSTANT
    weight = kernel.astype(np.float32)
    yield Row("Sobel x 1080p float32", "cv2.Sobel", 1.1, lambda: made(x, out),
              lambda: cv2.Sobel(x, cv2.CV_32F, 1, 0, dst=theirs, borderType=border), 2 * x.nbytes)  # fmt: skip
    yield Row("Sobel x 1080p float32", "cv2.filter2D", 1.1, lambda: made(x, out),
              lambda: cv2.filter2D(x, cv2.CV_32F, weight, dst=theirs, borderType=border), 2 * x.nbytes)  # fmt: skip
    grey = (x * 255).astype(np.uint8)
    short, their_short = np.empty(x.shape, np.int16), np.empty(x.shape, np.int16)
    bytes_made = F.plan(grey, kernel, padding="same")
    yield Row("Sobel x 1080p uint8 to int16", "cv2.Sobel", None, lambda: bytes_made(grey, short),
              lambda: cv2.Sobel(grey, cv2.CV_16S, 1, 0, dst=their_short, borderType=border),
              3 * grey.nbytes)  # fmt: skip
    yield Row("Sobel x 1080p uint8 to int16", "cv2.filter2D", 1.1, lambda: bytes_made(grey, short),
              lambda: cv2.filter2D(grey, cv2.CV_16S, weight, dst=their_short, borderType=border),
              3 * grey.nbytes)  # fmt: skip


def dense() -> Iterator[Row]:
    import cv2

    x = picture()
    out, theirs = np.empty_like(x), np.empty_like(x)
    for size in (3, 5, 7, 9, 11, 15, 31):
        kernel = picture(size, size)
        made = F.plan(x, kernel, padding="same")

        def filtered(kernel: Any = kernel) -> Any:
            return cv2.filter2D(x, cv2.CV_32F, kernel, dst=theirs, borderType=cv2.BORDER_CONSTANT)

        goal = 2.5 if size <= 11 else 1.3
        yield Row(f"dense {size}x{size} 1080p ({made.algorithm})", "cv2.filter2D", goal, partial(made, x, out),
                  filtered, flops=2 * size * size * x.size)  # fmt: skip


def textbook() -> Iterator[Row]:
    x, kernel = picture(), picture(3, 3)
    made = F.plan(x, kernel, padding="same")
    flops = 18 * x.size
    yield Row("dense 3x3 1080p", "textbook im2col", 1 / 4, lambda: made(x), lambda: im2col(x, kernel), flops=flops)
    rows = 12
    yield Row("dense 3x3 1080p", f"double loop ({rows} rows, scaled)", 1 / 1500, lambda: made(x),
              lambda: double_loop(x[: rows + 2], kernel), flops=flops, scale=rows / HEIGHT)  # fmt: skip


def im2col(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """As textbooks write it: fill a matrix, one kernel cell after the other, then one product."""
    padded = np.pad(x, 1)
    columns = np.zeros((3, 3, *x.shape), x.dtype)
    for i in range(3):
        for j in range(3):
            columns[i, j] = padded[i : i + x.shape[0], j : j + x.shape[1]]
    y: np.ndarray = (columns.reshape(9, -1).T @ kernel.ravel()).reshape(x.shape)
    return y


def double_loop(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    y = np.empty((x.shape[0] - 2, x.shape[1]), x.dtype)
    padded = np.pad(x, ((0, 0), (1, 1)))
    for r in range(y.shape[0]):
        for c in range(y.shape[1]):
            y[r, c] = np.sum(padded[r : r + 3, c : c + 3] * kernel)
    return y


def layers() -> Iterator[Row]:
    import torch

    shapes = {
        "C1": ((1, 28, 28), (6, 1, 5, 5), 2),
        "C3": ((6, 14, 14), (16, 6, 5, 5), 0),
        "C5": ((16, 5, 5), (120, 16, 5, 5), 0),
    }
    for name, (shape, kernels, padding) in shapes.items():
        x, w, b = picture(*shape), picture(*kernels), picture(kernels[0])
        made = F.plan(x, w, b, padding=padding)
        tensors = [torch.from_numpy(a) for a in (x, w, b)]
        yield Row(f"LeNet-5 {name} {'x'.join(map(str, shape))}", "torch conv2d", 0.5, partial(made, x),
                  partial(torch.conv2d, *tensors, padding=padding), inner=10)  # fmt: skip
    ours, theirs = lenet()
    yield Row("LeNet-5 forward, one image", "torch modules", 0.5, ours, theirs, inner=5)
    x, w = picture(64, 224, 224), picture(64, 64, 3, 3)
    made = F.plan(x, w, padding=1)
    tensors = [torch.from_numpy(a) for a in (x, w)]
    yield Row("64 -> 64 3x3 at 224x224", "torch conv2d", 2.0, lambda: made(x),
              lambda: torch.conv2d(*tensors, padding=1), flops=2 * 64 * 576 * 224 * 224)  # fmt: skip
    small, kernel = picture(1, 28, 28), picture(1, 1, 3, 3)
    prepared = F.plan(small, kernel, padding=1)
    pair = [torch.from_numpy(a) for a in (small, kernel)]
    yield Row("prepared 3x3 on 28x28", "torch conv2d", 1.5, lambda: prepared(small),
              lambda: torch.conv2d(*pair, padding=1), inner=20)  # fmt: skip


def lenet() -> tuple[Work, Work]:
    """LeNet-5 as libraries write it today, with the same weights on both sides."""
    import torch
    from torch import nn

    net = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(0), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    ).eval()  # fmt: skip
    w = [parameter.detach().numpy() for parameter in net.parameters()]
    x = picture(1, 28, 28)
    c1, c3 = F.plan(x, w[0], w[1], padding=2), F.plan(picture(6, 14, 14), w[2], w[3])

    def ours() -> np.ndarray:
        s2 = F.max_pool2d(F.relu(c1(x)), 2)
        s4 = F.max_pool2d(F.relu(c3(s2)), 2)
        c5 = F.relu(F.linear(F.flatten(s4), w[4], w[5]))
        f6 = F.relu(F.linear(c5, w[6], w[7]))
        return F.linear(f6, w[8], w[9])

    given = torch.from_numpy(x)

    def theirs() -> Any:
        with torch.inference_mode():
            return net(given)

    assert np.allclose(ours(), theirs().numpy(), atol=1e-5)
    return ours, theirs


def pools() -> Iterator[Row]:
    import torch

    for shape in ((1, HEIGHT, WIDTH), (64, 112, 112)):
        x = picture(*shape)
        given, named = torch.from_numpy(x), "x".join(map(str, shape))
        halves = (shape[0], shape[1] // 2, 2, shape[2] // 2, 2)
        moved, out = 1.25 * x.nbytes, np.empty((shape[0], shape[1] // 2, shape[2] // 2), np.float32)
        theirs = np.empty_like(out)
        yield Row(f"max pool 2x2 {named}", "torch", 0.15, partial(F.max_pool2d, x, 2),
                  partial(torch.max_pool2d, given, 2), moved)  # fmt: skip
        yield Row(f"max pool 2x2 {named}", "reshape().max()", 1 / 40, partial(F.max_pool2d, x, 2, out=out),
                  partial(np.max, x.reshape(halves), axis=(2, 4), out=theirs), moved)  # fmt: skip


GROUPS: list[tuple[Callable[[], Iterator[Row]], tuple[str, ...]]] = [
    (derivative_maps, ("scipy", "skimage")),
    (magnitude_maps, ("scipy", "skimage")),
    (sobel_x, ("cv2",)),
    (dense, ("cv2",)),
    (textbook, ()),
    (layers, ("torch",)),
    (pools, ("torch",)),
]
