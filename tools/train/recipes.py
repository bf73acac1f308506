"""How each network is trained: a row each."""

from __future__ import annotations

from dataclasses import dataclass

from tools.train.pictures import Variety


@dataclass(frozen=True, slots=True)
class Recipe:
    """Steps of a batch each; the rate falls along a cosine; `memory` steps are averaged."""

    en: str
    ko: str
    goal: float  # share of the test digits
    epochs: int
    rate: float
    variety: Variety
    batch: int = 64
    decay: float = 0.0
    memory: int = 1000


RECIPES: dict[str, Recipe] = {
    "lenet-5": Recipe("LeNet-5 as published", "논문 그대로의 LeNet-5", 0.990, 20, 2e-3, Variety(1.5, 10, 0.1)),
    "lenet-5-modern": Recipe("LeNet-5 as written today", "요즘 방식의 LeNet-5", 0.992, 20, 2e-3, Variety(1.5, 10, 0.1)),
    "lecture-cnn": Recipe("CNN of the lectures", "강의의 CNN", 0.992, 5, 1.5e-3, Variety(1.5, 10, 0.1)),
    "mlp": Recipe("Multilayer perceptron", "다층 퍼셉트론", 0.982, 20, 1e-3, Variety(0, 10, 0.1), decay=0.01),
}
