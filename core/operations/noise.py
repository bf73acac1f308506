"""noise: what a camera adds to a picture, drawn from a seed cell by cell, so that any cell can be asked alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.algorithms.exact import check_sums
from core.errors import SceneError
from core.integers import LARGEST
from core.operations.coding import TORCH
from core.operations.coding_cells import each_cell
from core.operations.letters import AT, INPUT, OUTPUT, PICTURE, SAID_POINT, c, k, r, step, x, y
from core.operations.windows import widened
from core.rules.rule import Rule, Said, Statement
from core.rules.tree import Case, Cases, Relation, Tree, Words
from core.rules.writing import call, equal, symbol
from core.snippets.snippet import lines
from core.vocabulary import Array, Code, Detail, Layer, Operation, Parameter, Shape, Text

DIGITS = 4  # of noise that is no whole number: it is read on the page
BLOCK = 1024  # cells that are drawn together where single ones are asked for
FARTHEST = 9  # standard deviations: no draw lies beyond

AMOUNT = Parameter(
    "amount",
    "number",
    Text("Amount"),
    Text("Of gaussian noise the standard deviation; of salt-and-pepper how many of 100 cells become black or white"),
    default=20,
    minimum=0,
    maximum=100,
    positional=True,
)
MODE = Parameter(
    "mode",
    "choice",
    Text("Mode"),
    Text("A little added to every cell, or a few cells black and white"),
    default="gaussian",
    choices=("gaussian", "salt_and_pepper"),
    positional=True,
)
SEED = Parameter(
    "seed",
    "int",
    Text("Seed"),
    Text("Draws the noise: the same seed, the same noise"),
    default=0,
    minimum=0,
    maximum=LARGEST,
)
LOW = Parameter(
    "low",
    "number",
    Text("Darkest"),
    Text("No cell becomes less by gaussian noise; with salt and pepper what half of the struck cells become"),
    default=0,
    rare=True,
)
HIGH = Parameter(
    "high",
    "number",
    Text("Brightest"),
    Text("No cell becomes more by gaussian noise; with salt and pepper what the other half becomes"),
    default=255,
    rare=True,
)

DRAWN_NORMAL = Words(Text("n is drawn for each cell from a normal distribution of the standard deviation a"))
DRAWN_EVENLY = Words(Text("u is drawn for each cell, evenly between 0 and 100"))
SAID_ADDED = Said(
    Text("input {input} and noise {noise} give {output}"),
    {name: ("step", name) for name in ("input", "noise", "output")},
)


class Noise(Operation):
    """output = x + noise of a normal distribution, within low and high; salt_and_pepper: some cells low, some high"""

    name = "noise"
    title: ClassVar[Text] = Text("Noise")
    kind = "pointwise"
    group = "values"
    parameters = (AMOUNT, MODE, SEED, LOW, HIGH)

    def __init__(self, /, *positional: object, **keywords: object) -> None:
        super().__init__(*positional, **keywords)
        if self["low"] > self["high"]:
            raise SceneError("low", self["low"], "must be at most high, {highest}", highest=self["high"])

    def layer(self, input_shape: Shape) -> Layer:
        made = {"gaussian": GaussianLayer, "salt_and_pepper": SpeckledLayer}
        return made[self["mode"]](self, input_shape)


@dataclass(slots=True)
class NoiseLayer(Layer):
    """Cell number n of the picture owns the draws n * each to (n + 1) * each of the generator, whoever asks for it."""

    each: ClassVar[int]
    field: ClassVar[str]

    @property
    def stretches(self) -> int:
        return self.input_shape[1]

    def apply(self, x: Array) -> Array:
        return self.stretch_output(x, 0, self.input_shape[1])

    def stretch_output(self, x: Array, first: int, last: int) -> Array:
        C, H, W = self.input_shape
        draws = [self.drawn((channel * H + first) * W, (last - first) * W) for channel in range(C)]
        noise = self.noise(np.stack(draws)).reshape(C, last - first, W)
        return self.mixed(widened(x[:, first:last]), noise)

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        cell, noise = widened(x[at[:, 0], at[:, 1], at[:, 2]]), self.noise(self.drawn_at(at))
        columns = {"input": cell, self.field: alike(noise, cell), "output": self.mixed(cell, noise)}
        return {"output": columns["output"]} if detail == "output" else columns

    @property
    def ends(self) -> tuple[float, float]:
        return self.operation["low"], self.operation["high"]

    def fractions(self, cells: Array) -> Array:
        """An end with a fraction makes all of an integer map floats, whichever cells it meets."""
        broken = cells.dtype.kind == "i" and any(isinstance(end, float) for end in self.ends)
        return cells.astype(np.float64) if broken else cells

    def drawn(self, first: int, count: int) -> Array:
        """Even draws (count, each) of that many cells, as np.random.default_rng(seed).random() makes them."""
        generator = np.random.PCG64(self.operation["seed"]).advance(first * self.each)
        return np.random.Generator(generator).random((count, self.each))

    def drawn_at(self, at: Array) -> Array:
        places = np.ravel_multi_index(tuple(at.T), self.input_shape)
        draws = np.empty((len(places), self.each))
        blocks = places // BLOCK
        for block in np.unique(blocks):
            here = blocks == block
            draws[here] = self.drawn(int(block) * BLOCK, BLOCK)[places[here] % BLOCK]
        return draws

    def noise(self, draws: Array) -> Array:
        """What draws (..., each) come to, one number a cell."""
        raise NotImplementedError

    def mixed(self, cells: Array, noise: Array) -> Array:
        raise NotImplementedError

    def written(self, x: Tree, noise: Tree) -> Tree:
        raise NotImplementedError

    def told(self, letter: str, drawn: Words, said: Said) -> Rule:
        low, high = self.ends
        numbers = {"a": self.operation["amount"], "l": low, "h": high}
        general = Statement(
            (equal(y[k, r, c], self.written(x[k, r, c], symbol(letter)[k, r, c])),), PICTURE.outputs(), (drawn,)
        )
        letters = PICTURE.sizes(self.input_shape, self.output_shape) | numbers
        line = Statement((equal(y[AT], self.written(INPUT, step(self.field, role="kernel")), OUTPUT),)).put(numbers)
        whole = self.input_shape
        return Rule(
            general,
            letters,
            line.lines,
            said=(said,),
            arrays=lambda: {letter: self.noise(self.drawn(0, math.prod(whole))).reshape(whole)},
        )

    def spelled(self, drawing: tuple[str, ...], cell: str, whole: str) -> Code:
        """PyTorch has other generators: it takes what NumPy has drawn."""
        loop, of_step = each_cell(self.output_shape, cell, *drawing)
        torch = (*drawing, f"y = torch.from_numpy({whole.replace('x', 'x.numpy()')})")
        return Code(loop, lines(*drawing, f"y = {whole}"), of_step, lines(*torch, needs=(TORCH,)))


@dataclass(slots=True)
class GaussianLayer(NoiseLayer):
    """Two even draws make a normal one (Box and Muller 1958); rounded, so that every machine has the same noise."""

    each: ClassVar[int] = 2
    field: ClassVar[str] = "noise"

    @property
    def digits(self) -> int:
        """Whole amounts make whole noise: whole numbers stay whole."""
        return DIGITS if isinstance(self.operation["amount"], float) else 0

    def check_values(self, x: Array) -> None:
        if not self.digits:
            check_sums(x, 1, FARTHEST * self.operation["amount"])

    def noise(self, draws: Array) -> Array:
        even, turn = draws[..., 0], draws[..., 1]
        normal = np.sqrt(-2 * np.log1p(-even)) * np.cos(2 * np.pi * turn)
        rounded = np.round(self.operation["amount"] * normal, self.digits) + 0.0
        return np.asarray(rounded if self.digits else rounded.astype(np.int64))

    def mixed(self, cells: Array, noise: Array) -> Array:
        low, high = self.ends
        return np.asarray(self.fractions(cells + alike(noise, cells)).clip(low, high))

    def written(self, x: Tree, noise: Tree) -> Tree:
        return call("min", call("max", x + noise, "l"), "h")

    def rule(self) -> Rule:
        return self.told("n", DRAWN_NORMAL, SAID_ADDED)

    def code(self) -> Code:
        amount, seed, (low, high) = self.operation["amount"], self.operation["seed"], self.ends
        drawing = (
            f"even, turn = np.random.default_rng({seed}).random(({math.prod(self.input_shape)}, 2)).T",
            "normal = np.sqrt(-2 * np.log1p(-even)) * np.cos(2 * np.pi * turn)",
            f"noise = np.round({amount} * normal, {self.digits}).reshape({self.input_shape})",
        )
        cell = f"min(max(x[{{k}}, {{r}}, {{c}}] + noise[{{k}}, {{r}}, {{c}}], {low}), {high})"
        return self.spelled(drawing, cell, f"(x + noise).clip({low}, {high})")


@dataclass(slots=True)
class SpeckledLayer(NoiseLayer):
    """Of 100 cells `amount` are struck, the half of them black."""

    each: ClassVar[int] = 1
    field: ClassVar[str] = "draw"

    def noise(self, draws: Array) -> Array:
        return np.asarray(100 * draws[..., 0])

    def mixed(self, cells: Array, noise: Array) -> Array:
        amount, cells = self.operation["amount"], self.fractions(cells)
        low, high = (np.array(end, cells.dtype) for end in self.ends)
        struck = np.where(noise < amount / 2, low, high)
        return np.where(noise < amount, struck, cells)

    def written(self, x: Tree, noise: Tree) -> Tree:
        a = symbol("a")
        pepper = Case(symbol("l"), Relation((noise, a / 2), ("<",)))
        salt = Case(symbol("h"), Relation((a / 2, noise, a), ("≤", "<")))
        return Cases((pepper, salt, Case(x, Relation((a, noise), ("≤",)))))

    def rule(self) -> Rule:
        return self.told("u", DRAWN_EVENLY, SAID_POINT)

    def code(self) -> Code:
        amount, seed, (low, high) = self.operation["amount"], self.operation["seed"], self.ends
        half = amount // 2 if amount % 2 == 0 else amount / 2
        drawing = (f"draw = 100 * np.random.default_rng({seed}).random({self.input_shape})",)
        at = "[{k}, {r}, {c}]"
        cell = f"{low} if draw{at} < {half} else {high} if draw{at} < {amount} else x{at}"
        whole = f"np.where(draw < {half}, {low}, np.where(draw < {amount}, {high}, x))"
        return self.spelled(drawing, cell, whole)


def alike(noise: Array, cells: Array) -> Array:
    """Noise in the type of a picture of floats: float32 stays float32."""
    return noise.astype(cells.dtype) if cells.dtype.kind == "f" else noise
