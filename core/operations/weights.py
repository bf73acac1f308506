"""The numbers that slide over an input or are stamped into an output, and the bias that follows them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.algorithms.exact import largest
from core.errors import SceneError
from core.kernels import kernel_named
from core.matrices import MOST_WEIGHTS
from core.networks.sets import is_name, refuse_shape, weights_for
from core.operations.seeded import drawn_by_seed
from core.vocabulary import Array, Operation, Text

GROUPS_DIVIDE = Text("groups divide the input's channels and the kernels")
EACH_CHANNEL = Text("a kernel of two dimensions filters each of the {C} channels by itself")
DEPTH_SAYS = Text("the weight says it: kernels of {depth} {depth|channel/channels} on an input of {C}")


@dataclass(frozen=True, slots=True)
class Weight:
    """The numbers that slide, as they multiply the window: (F, C / groups, kH, kW).

    Their shape is known before they are: `make` gives them when something is computed.
    """

    shape: tuple[int, ...]
    make: Callable[[], Array]
    bias: Bias
    divisor: float | int
    groups: int
    depthwise: bool
    whole: bool = False  # whether all of them are integers

    @property
    def values(self) -> Array:
        return self.make()

    @classmethod
    def holding(cls, values: Array, bias: Bias, divisor: float | int, groups: int, depthwise: bool) -> Weight:
        return cls(values.shape, lambda: values, bias, divisor, groups, depthwise, values.dtype.kind != "f")

    @classmethod
    def sized(cls, operation: Operation, kernel_size: tuple[int, int], C: int, groups: int) -> Weight:
        """A layer by its sizes; it has a bias, of zeros unless other numbers are written."""
        F, seed = operation["out"], operation["seed"]
        check_groups(C, F, groups)
        shape = (F, C // groups, *kernel_size)
        bias = Bias.of(0 if operation["bias"] is None else operation["bias"], F, shared=False)
        return cls(shape, lambda: drawn_by_seed(shape, seed), bias, 1, groups, False)

    @classmethod
    def of(cls, operation: Operation, drawn: Array, divisor: float | int, C: int) -> Weight:
        check_depth(operation, drawn, C)
        values, groups = layer_weight(drawn, C, operation["groups"])
        if operation["flip"]:
            values = values[..., ::-1, ::-1]
        shared = drawn.ndim == 2 and C > 1
        bias = Bias.of(bias_written(operation), len(values), shared)
        return cls.holding(np.ascontiguousarray(values), bias, divisor, groups, shared)

    def count(self) -> int:
        """How many numbers there are to learn: a kernel that channels share counts once."""
        return math.prod(self.shape[1:] if self.depthwise else self.shape) + self.bias.count


@dataclass(frozen=True, slots=True)
class Bias:
    """One number for each kernel, zeros where none was written; `count` tells how many there are to learn.

    What is counted is what was written, whatever its values. Kernels have a bias each; where channels share one
    kernel they share a single number, too.
    """

    values: Array
    count: int

    @classmethod
    def of(cls, written: Any, F: int, shared: bool) -> Bias:
        """The bias of F kernels; `shared` says that they are one kernel on every channel."""
        if written is None or written is False:
            return cls(np.zeros(F, np.int64), 0)
        numbers = written if isinstance(written, tuple) else (written,)
        if len(numbers) not in (1, F):
            raise SceneError("bias", written, "needs one number, or {F}: one for each kernel", F=F)
        return cls(np.broadcast_to(np.array(numbers), (F,)), len(numbers) if shared else F)

    def largest_integer(self) -> int:
        """The largest magnitude among whole biases; biases with a fraction make floats of all sums."""
        return 0 if self.values.dtype.kind == "f" else largest(self.values)

    def told(self) -> Array | None:
        """The numbers, where there are any to learn."""
        return self.values if self.count else None

    def as_json(self) -> list[Any] | None:
        """As the first line of a stream tells it."""
        return self.values.tolist() if self.count else None


def check_name(written: object) -> None:
    """Refuses a kernel that nobody knows; weights of a set were looked up when they were read."""
    if isinstance(written, str) and not is_name(written):
        kernel_named(written)


def check_depth(operation: Operation, drawn: Array, C: int) -> None:
    """Refuses a trained layer on an input of another depth than it was trained on."""
    name = operation["weight"]
    if is_name(name) and drawn.shape[1] * operation["groups"] != C:
        raise refuse_shape("weight", name, channels_in_words(drawn.shape[1]), channels_in_words(C))


def channels_in_words(count: int) -> Text:
    return Text("{count} {count|channel/channels}", count=count)


def bias_written(operation: Operation, setting: str = "weight") -> Any:
    """The bias that an operation was given; weights of a set bring theirs along."""
    written = operation.arguments.get("bias")
    if written is not None or not is_name(operation[setting]):
        return written
    along = weights_for(operation.name, operation[setting], setting).bias
    return None if along is None else tuple(along.tolist())


def told_weight(weight: Weight) -> list[Any] | None:
    """A weight as the first line of a stream tells it; one of very many numbers stays here.

    Refuses  a layer by sizes of more weights than are computed with: before its first step, not at it
    """
    values = weight.values
    return values.tolist() if values.size <= MOST_WEIGHTS else None


def drawn_weight(operation: Operation) -> tuple[Array, float | int]:
    """The weight as written, and what its sums are divided by."""
    written, divisor = operation["weight"], operation.arguments.get("divisor")
    if is_name(written):
        return weights_for(operation.name, written).weight, 1 if divisor is None else divisor
    if not isinstance(written, str):
        return np.array(written), 1 if divisor is None else divisor
    kernel = kernel_named(written)
    return np.array(kernel.weight), kernel.divisor if divisor is None else divisor


def on_each_channel(drawn: Array, C: int) -> Array:
    """A 2-D kernel as (C, 1, kH, kW), the same for every channel."""
    if C * drawn.size > MOST_WEIGHTS:
        rule = "on {C} channels makes more than {most} weights: use a smaller kernel or fewer channels"
        raise SceneError("weight", drawn.shape, rule, C=C, most=MOST_WEIGHTS)
    return np.broadcast_to(drawn, (C, 1, *drawn.shape))


def layer_weight(drawn: Array, C: int, groups: int) -> tuple[Array, int]:
    """A weight of 2, 3 or 4 dimensions as (F, C / groups, kH, kW), and its groups.

    A 2-D kernel filters each channel by itself; a 3-D one sums over its channels; a 4-D one is a whole layer.
    """
    if drawn.ndim == 2:
        if groups not in (1, C):
            raise SceneError("groups", groups, "a 2-D kernel filters each of the {C} channels by itself", C=C)
        return on_each_channel(drawn, C), C
    weight = drawn[None] if drawn.ndim == 3 else drawn
    check_groups(C, len(weight), groups)
    if weight.shape[1] != C // groups:
        rule = "has {depth} channels but the input gives it {C}"
        raise SceneError("weight", weight.shape, rule, depth=weight.shape[1], C=C // groups)
    return weight, groups


def stamped_weight(operation: Operation, C: int) -> tuple[Array, int]:
    """A weight as (C, F / groups, kH, kW), and its groups; a 2-D kernel stamps each channel by itself.

    A named kernel is divided by its divisor here: stamps add up, so there is no sum to divide.
    """
    drawn, divisor = drawn_weight(operation)
    drawn = drawn if divisor == 1 else drawn / divisor
    if drawn.ndim == 2:
        if operation["groups"] not in (1, C):
            rule = "a 2-D kernel stamps each of the {C} channels by itself"
            raise SceneError("groups", operation["groups"], rule, C=C)
        return on_each_channel(drawn, C), C
    return (drawn[None] if drawn.ndim == 3 else drawn), operation["groups"]


def group_limit(weight: Weight, C: int, written: int, sized: bool) -> dict[str, Any]:
    """Which numbers of groups there are for a weight: those that divide both sides, or the one that its depth says."""
    if sized:
        return {"minimum": 1, "maximum": math.gcd(C, weight.shape[0]), "why": GROUPS_DIVIDE}
    why = EACH_CHANNEL if weight.depthwise else DEPTH_SAYS
    return {"minimum": written, "maximum": written, "why": Text(why.template, C=C, depth=weight.shape[1])}


def check_groups(C: int, F: int, groups: int) -> None:
    if C % groups or F % groups:
        rule = "must divide the {C} input channels and the {F} kernels"
        raise SceneError("groups", groups, rule, C=C, F=F)
