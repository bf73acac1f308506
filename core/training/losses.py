"""Losses: one number for a batch, and what each output did to it; `best` is the class a network answers."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from core.training.layer import Array

RUBBISH = 8.0  # j of equation 9: as if every picture might be none of the ten, at this distance


class Loss(Protocol):
    """Judges outputs (classes, N) by the labels (N,)."""

    def __call__(self, outputs: Array, labels: Array) -> tuple[float, Array]: ...

    def best(self, outputs: Array) -> Array: ...


class CrossEntropy:
    """-log of the probability that softmax gives the right class, mean over the batch."""

    def __call__(self, outputs: Array, labels: Array) -> tuple[float, Array]:
        places = np.arange(len(labels))
        shifted = outputs - outputs.max(axis=0)
        shares = np.exp(shifted)
        totals = shares.sum(axis=0)
        loss = float(np.mean(np.log(totals) - shifted[labels, places]))
        slope: Array = shares / totals
        slope[labels, places] -= 1
        slope /= len(labels)
        return loss, slope

    def best(self, outputs: Array) -> Array:
        likeliest: Array = outputs.argmax(axis=0)
        return likeliest


class Distances:
    """y[right] + log(exp(-j) + sum over k of exp(-y[k])), mean: near to the right prototype, far from the others.

    Source   LeCun, Bottou, Bengio, Haffner 1998, equation 9
    """

    def __call__(self, outputs: Array, labels: Array) -> tuple[float, Array]:
        places = np.arange(len(labels))
        nearest = np.minimum(outputs.min(axis=0), outputs.dtype.type(RUBBISH))
        shares = np.exp(nearest - outputs)
        totals = shares.sum(axis=0) + np.exp(nearest - outputs.dtype.type(RUBBISH))
        loss = float(np.mean(outputs[labels, places] + np.log(totals) - nearest))
        slope: Array = shares / -totals
        slope[labels, places] += 1
        slope /= len(labels)
        return loss, slope

    def best(self, outputs: Array) -> Array:
        nearest: Array = outputs.argmin(axis=0)
        return nearest
