"""Pooling along a signal: the windows of max_pool2d and its relatives, one row high."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from core.operations import names, settings
from core.operations.averaging import (
    COUNT_INCLUDE_PAD,
    DIVISOR_OVERRIDE,
    NORM_TYPE,
    AvgPool2d,
    AvgPoolLayer,
    LpPool2d,
    LpPoolLayer,
)
from core.operations.pooling import MaxPool2d, MaxPoolLayer
from core.operations.signals import ends, refuse_rows
from core.vocabulary import Operation, Shape, Text

SIGNAL_KERNEL_SIZE = replace(settings.KERNEL_SIZE, kind="int", help=Text("How many cells one window holds"))
SIGNAL_POOL_STRIDE = replace(settings.POOL_STRIDE, kind="int")
SIGNAL_POOL_DILATION = replace(settings.DILATION, kind="int", default=1)


class SignalPooling(Operation):
    """What the three share: settings of one axis become those of a row."""

    kind = "gather"
    group = "pooling"

    def flat(self, input_shape: Shape) -> dict[str, Any]:
        """The settings of the same pooling in two dimensions."""
        refuse_rows(input_shape)
        given = dict(self.arguments)
        given["kernel_size"] = (1, given["kernel_size"])
        given["stride"] = given["stride"] and (1, given["stride"])
        if "padding" in given:
            given["padding"] = ends(given["padding"])
        if "dilation" in given:
            given["dilation"] = (1, given["dilation"])
        return given


class MaxPool1d(SignalPooling):
    """output[t] = the largest of the cells t * stride + i * dilation - padding, i below kernel_size"""

    name = "max_pool1d"
    title: ClassVar[Text] = Text("Max pooling of a signal")
    names = names.SIGNALS
    parameters = (
        SIGNAL_KERNEL_SIZE,
        SIGNAL_POOL_STRIDE,
        settings.POOL_PADDING,
        SIGNAL_POOL_DILATION,
        settings.CEIL_MODE,
    )

    def layer(self, input_shape: Shape) -> MaxPoolLayer:
        return MaxPoolLayer(MaxPool2d(**self.flat(input_shape)), input_shape)


class AvgPool1d(SignalPooling):
    """output[t] = the mean of the cells t * stride + i - padding, i below kernel_size"""

    name = "avg_pool1d"
    title: ClassVar[Text] = Text("Average pooling of a signal")
    names = names.SIGNALS
    parameters = (
        SIGNAL_KERNEL_SIZE,
        SIGNAL_POOL_STRIDE,
        settings.POOL_PADDING,
        settings.CEIL_MODE,
        COUNT_INCLUDE_PAD,
        DIVISOR_OVERRIDE,
    )

    def layer(self, input_shape: Shape) -> AvgPoolLayer:
        return AvgPoolLayer(AvgPool2d(**self.flat(input_shape)), input_shape)


class LpPool1d(SignalPooling):
    """output[t] = (sum over i of x[t * stride + i]^p)^(1/p)"""

    name = "lp_pool1d"
    title: ClassVar[Text] = Text("Power-average pooling of a signal")
    names = names.SIGNALS
    parameters = (NORM_TYPE, SIGNAL_KERNEL_SIZE, SIGNAL_POOL_STRIDE, settings.CEIL_MODE)

    def layer(self, input_shape: Shape) -> LpPoolLayer:
        return LpPoolLayer(LpPool2d(**self.flat(input_shape)), input_shape)
