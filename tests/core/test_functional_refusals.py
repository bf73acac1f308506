"""What is no number, no shape or no picture is refused in words, never by NumPy's own exceptions."""

from typing import Any

import numpy as np
import pytest

import core
from core import SceneError

PLANE = np.ones((3, 3), np.int64)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: core.lp_pool2d(PLANE, "x", 2), "norm_type"),
        (lambda: core.lp_pool2d(PLANE, None, 2), "norm_type"),
        (lambda: core.pad(PLANE.astype(np.uint8), 1, value=300), "value"),
        (lambda: core.pad(PLANE, 1, value=float("inf")), "value"),
        (lambda: core.pad(PLANE, 1, value="1"), "value"),
        (lambda: core.conv2d(PLANE, PLANE, padding=10**9), "output"),
        (lambda: core.conv2d(PLANE, PLANE, groups=True), "groups"),
        (lambda: core.conv2d(PLANE, PLANE, groups=1.0), "groups"),
        (lambda: core.conv2d(PLANE, PLANE, flip="yes"), "flip"),
        (lambda: core.output_shape("conv2d", (1, 6, 6), 3), "shape"),
        (lambda: core.output_shape("linear", (1, 6, 6), 3), "shape"),
    ],
)
def test_arguments_of_the_wrong_kind_are_refused_by_name(call: Any, field: str) -> None:
    with pytest.raises(SceneError) as refusal:
        call()
    assert refusal.value.field == field


def test_a_negative_sum_has_no_root_and_raises_no_alarm() -> None:
    assert np.isnan(core.lp_pool2d(-np.ones((2, 2)), 0.5, 2)).all()
