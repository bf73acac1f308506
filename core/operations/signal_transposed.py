"""conv_transpose1d: each cell of a signal stamps the kernel into a longer one."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np

from core.errors import SceneError
from core.operations import names, settings
from core.operations.settings import GROUPS
from core.operations.signals import SIGNAL_DILATION, SIGNAL_WEIGHT, ends, refuse_rows
from core.operations.transposed import (
    CUT,
    OUTPUT_PADDING,
    STAMP_STRIDE,
    ConvTranspose2d,
    StampingLayer,
    TransposedLayer,
)
from core.vocabulary import Operation, Shape, Text

SIGNAL_STAMP_STRIDE = replace(STAMP_STRIDE, kind="int", default=1)
SIGNAL_OUTPUT_PADDING = replace(OUTPUT_PADDING, kind="int", default=0)


class ConvTranspose1d(Operation):
    """output += x[cell] * weight, at cell * stride - padding"""

    name = "conv_transpose1d"
    title: ClassVar[Text] = Text("Transposed convolution of a signal")
    names = names.SIGNALS
    kind = "scatter"
    group = "convolution"
    parameters = (
        replace(SIGNAL_WEIGHT, required=True),
        settings.BIAS,
        SIGNAL_STAMP_STRIDE,
        CUT,
        SIGNAL_OUTPUT_PADDING,
        GROUPS,
        SIGNAL_DILATION,
    )

    def layer(self, input_shape: Shape) -> StampingLayer:
        refuse_rows(input_shape)
        given = dict(self.arguments)
        flat = ConvTranspose2d(
            **given
            | {
                "weight": rows_of(given["weight"]),
                "stride": (1, given["stride"]),
                "padding": ends(given["padding"]),
                "output_padding": (0, given["output_padding"]),
                "dilation": (1, given["dilation"]),
            }
        )
        return TransposedLayer(flat, input_shape)


def rows_of(written: object) -> object:
    """(k,) or one row stamps each channel by itself; (F, k) and (C, F, k) as one row high."""
    weight = np.array(written)
    if weight.ndim > 3:
        raise SceneError("weight", weight.shape, "must be (k,), (F, k) or (C, F, k)")
    return (weight if weight.ndim == 2 and len(weight) == 1 else weight[..., None, :]).tolist()
