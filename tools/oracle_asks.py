"""The oracle's questions as torch takes them: arrays become tensors, padding modes become a pad before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

try:
    import torch
    from torch.nn import functional as torch_functional
except ModuleNotFoundError:  # tools/oracle.py says so
    pass


def tensors(arrays: Iterable[np.ndarray]) -> list[Any]:
    return [torch.from_numpy(a.copy()) for a in arrays]


def ask(name: str) -> Callable[..., Any]:
    return lambda *arrays, **settings: getattr(torch_functional, name)(*tensors(arrays), **settings)


def ask_padding_mode(x: np.ndarray, *rest: np.ndarray, padding: Any, padding_mode: str, **settings: Any) -> Any:
    if padding_mode == "zeros":
        return ask("conv2d")(x, *rest, padding=padding, **settings)
    rows, cols = padding if isinstance(padding, tuple) else (padding, padding)
    widened = ask_pad(x, ((rows, rows), (cols, cols)), padding_mode)
    return ask("conv2d")(widened.numpy(), *rest, **settings)


def ask_pad(x: np.ndarray, padding: Any, mode: str) -> Any:
    (top, bottom), (left, right) = padding
    if 0 in x.shape[-3:]:
        raise ValueError("no pixels")  # torch lets some of these pass
    if min(top, bottom, left, right) < 0:
        raise ValueError("negative")  # torch cuts pixels off; a border cannot
    given = torch.from_numpy(x)
    return torch_functional.pad(given, (left, right, top, bottom), "constant" if mode == "zeros" else mode)


def ask_backward(name: str) -> Callable[..., Any]:
    def asked(dy: np.ndarray, *arrays: np.ndarray, **settings: Any) -> Any:
        leaves = [a.requires_grad_() for a in tensors(list(arrays))]
        y = getattr(torch_functional, name)(*leaves, **settings)
        y.backward(torch.from_numpy(dy))
        gradients = [leaf.grad for leaf in leaves]
        if name.startswith("conv") and len(leaves) == 2:  # torch has no bias here, ours still sums dy
            gradients.append(torch.from_numpy(dy.sum(axis=(-2, -1)) if dy.ndim == 3 else dy.sum(axis=(0, 2, 3))))
        return gradients

    return asked


def ask_softmax(x: np.ndarray) -> Any:
    return torch_functional.softmax(torch.from_numpy(x), 0 if x.ndim == 3 else 1)


def ask_cross_entropy(x: np.ndarray, target: np.ndarray) -> Any:
    return torch_functional.cross_entropy(*tensors([x, target]))


def ask_cross_entropy_backward(x: np.ndarray, target: np.ndarray) -> Any:
    scores = torch.from_numpy(x).requires_grad_()
    torch_functional.cross_entropy(scores, torch.from_numpy(target)).backward()
    return scores.grad
