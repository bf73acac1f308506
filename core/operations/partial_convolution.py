"""partial_conv2d: a convolution whose kernels see only some of the channels below, by a table of links."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core import functional
from core.algorithms.arrays import matching
from core.errors import SceneError
from core.networks.sets import is_name, refuse_shape, weights_for
from core.operations import settings
from core.operations.coding import seen, trained_numbers
from core.operations.coding_convolution import Convolution
from core.operations.convolution import WEIGHT, Conv2dLayer
from core.operations.in_order import correlated
from core.operations.letters import SAID_OUTPUT, C_i, k, q, spans, x
from core.operations.sums import blanked, in_order, products_told
from core.operations.weights import Bias, Weight, bias_written, channels_in_words
from core.operations.windows import widened
from core.reach import Line, Linked
from core.rules.rule import Said
from core.rules.tree import Range, Symbol, Tree
from core.rules.writing import symbol
from core.snippets.snippet import Lines
from core.vocabulary import Array, Detail, Operation, Parameter, Shape, Text

KERNELS = replace(
    WEIGHT,
    kind="matrix",
    help=Text("One kernel for each link of the table, its rows read one after another: (links, rows, columns)"),
    required=True,
    first=((((0, 1), (1, 0)),)),
)
LINKS = Parameter(
    "links",
    "matrix",
    Text("Links"),
    Text("A row for each output and a column for each channel: 1 where the output sees the channel, 0 where not"),
)


class PartialConv2d(Operation):
    """output[m] = sum over the channels linked to m of window * weight + bias; absent links have no weights at all."""

    name = "partial_conv2d"
    title = Text("Partially connected convolution")
    kind = "gather"
    group = "convolution"
    parameters = (KERNELS, LINKS, settings.BIAS, settings.STRIDE, settings.PADDING)

    def layer(self, input_shape: Shape) -> PartialConv2dLayer:
        return PartialConv2dLayer(self, input_shape)


class Linking(Convolution):
    """The code of a convolution whose steps look at linked channels alone; Keras has no such layer."""

    def step_text(self) -> str:
        window = f"{self.seen_array}[linked[{{k}}], {seen(self.slides)}]"
        return f"y[{{k}}, {{r}}, {{c}}] = ({window} * w[{{k}}][linked[{{k}}]]).sum(){self.ending('b[{k}]')}"

    def keras(self) -> None:
        return None


@dataclass(slots=True)
class PartialConv2dLayer(Conv2dLayer):
    """The weights stand in an array of all channels, in which the places of absent links are never looked at.

    Source  LeCun, Bottou, Bengio, Haffner 1998, table I: layer C3
    """

    partly = True
    coding = Linking

    links: Array = None  # type: ignore[assignment]  # set by slid_weight(): (F, C), true where there is a link

    def slid_weight(self, C: int) -> Weight:
        kernels, self.links = packed(self.operation, C)
        whole = np.zeros((*self.links.shape, *kernels.shape[1:]), kernels.dtype)
        whole[self.links] = kernels
        bias = Bias.of(bias_written(self.operation), len(whole), shared=False)
        return Weight.holding(whole, bias, 1, groups=1, depthwise=False)

    def motion(self) -> tuple[tuple[int, int], Any, tuple[int, int]]:
        return self.operation["stride"], self.operation["padding"], (1, 1)

    def ordered(self, x: Array, values: Array) -> Array:
        return correlated(self.windows, x, values, 1, 0, self.links)

    def fast(self, x: Array, values: Array) -> Array:
        rows, cols = self.windows.slides
        cells = widened(x)
        maps = [
            functional.conv2d(
                cells[seen_channels],
                values[place : place + 1, seen_channels],
                stride=(rows.stride, cols.stride),
                padding=(rows.padding, cols.padding),
            )
            for place, seen_channels in enumerate(self.links)
        ]
        return np.concatenate(maps)

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        absent = ~self.links[at[:, 0]]
        under = self.windows.gather(x, self.channels(at), at)
        window = np.where(absent[:, :, None, None], under.dtype.type(0), under)
        products = window * matching(self.kernels(at), window)
        sums = in_order(products, 2)
        bias = self.weight.bias.values[at[:, 0]]
        output = self.finished(in_order(sums, 1), bias)
        told = products_told(detail, window, products, sums)
        told = {name: blanked(column, spread(absent, column)) for name, column in told.items()}
        told |= {"bias": bias} if "sums" in told else {}
        return {"corner": self.windows.corners(at), **told, "output": output}

    def start_fields(self) -> dict[str, Any]:
        return {**Conv2dLayer.start_fields(self), "links": self.links.astype(int).tolist()}

    def channel_reach(self) -> Line | None:
        return Linked(self.links)

    def taps(self) -> int:
        """How many weights there are."""
        return int(self.links.sum()) * math.prod(self.kernel_size)

    def parameter_count(self) -> int:
        return self.taps() + self.weight.bias.count

    def multiply_adds(self) -> int:
        return math.prod(self.output_shape[1:]) * self.taps()

    # The rule.

    def depths(self) -> tuple[Range, ...]:
        return spans((q, C_i))

    def under(self) -> Symbol | Tree:  # type: ignore[override]
        """A link counts once, an absent one not at all."""
        return symbol("l")[k, q] * x[(q, *self.frame.cell())]

    def arrays(self) -> dict[str, Array]:
        return Conv2dLayer.arrays(self) | {"l": self.links.astype(np.int64)}

    def said(self) -> tuple[Said, ...]:
        return (SAID_OUTPUT,)

    def written_lines(self) -> tuple[Lines, Lines]:
        """The kernels of the links, put into an array of all channels."""
        links = f"linked = np.array({self.links.astype(int).tolist()}, dtype=bool)"
        note = "one kernel for each link"
        numpy, torch = trained_numbers("kernels", self.operation["weight"], self.weight.values[self.links], note)
        shape = f"({self.links.shape[0]}, {self.links.shape[1]}, *kernels.shape[1:])"
        return (
            (links, numpy, f"w = np.zeros({shape})  # absent links stay 0", "w[linked] = kernels"),
            (links, torch, f"w = torch.zeros({shape}, dtype=torch.double)", "w[torch.from_numpy(linked)] = kernels"),
        )


def spread(absent: Array, column: Array) -> Array:
    """Channels (n, C) that a step does not see, as large as a column that has more axes."""
    return np.broadcast_to(absent.reshape(*absent.shape, *(1,) * (column.ndim - 2)), column.shape)


def packed(operation: Operation, C: int) -> tuple[Array, Array]:
    """The kernels of the links (links, kH, kW) and the table of the links (F, C)."""
    written, table = operation["weight"], operation["links"]
    if is_name(written):
        found = weights_for(operation.name, written)
        assert found.links is not None
        if table is not None:
            raise SceneError("links", written, "{name} brings its own table along", name=written)
        if found.links.shape[1] != C:
            raise refuse_shape("weight", written, channels_in_words(found.links.shape[1]), channels_in_words(C))
        return found.weight, found.links.astype(bool)
    if table is None:
        raise SceneError("links", None, "partial_conv2d needs its table of links, such as [1 1 0; 0 1 1]")
    links = np.array(table)
    kernels = np.array(written)
    kernels = kernels[None] if kernels.ndim == 2 else kernels
    check_table(links, kernels, C)
    return kernels, links.astype(bool)


def check_table(links: Array, kernels: Array, C: int) -> None:
    if links.ndim != 2 or links.shape[1] != C:
        raise SceneError("links", links.shape, "needs a column for each of the {C} input channels", C=C)
    if not np.isin(links, (0, 1)).all():
        raise SceneError("links", float(links[~np.isin(links, (0, 1))][0]), "may hold 0 and 1 alone")
    if not links.any(axis=1).all():
        raise SceneError("links", int(np.argmin(links.any(axis=1))), "every output needs a link: this row has none")
    if kernels.ndim != 3 or len(kernels) != links.sum():
        rule = "needs one kernel for each of the {count} links"
        raise SceneError("weight", kernels.shape, rule, count=int(links.sum()))
