"""What a scatter has added up so far, over a real server."""

import numpy as np

import core
from tests.app.test_api import get


def test_a_scatter_tells_what_it_has_added_up_so_far(server: str) -> None:
    line = "[1 2; 3 4] | avg_pool2d_backward 2 stride=1 input_size=(3,3)"
    trace = core.trace(line)
    for steps in range(5):
        told = get(server, "feature-map", scene=line, steps=steps).json()
        assert np.array_equal(told["values"], trace.so_far(steps))
    assert get(server, "feature-map", scene=line).json()["values"] == trace.feature_map().tolist()


def test_only_a_scatter_and_only_its_steps_are_added_up(server: str) -> None:
    for line, steps in (
        ("cat 8 | sobel", 1),
        ("[1 2] | conv_transpose2d [1 2]", 3),
        ("[1 2] | conv_transpose2d [1]", -1),
    ):
        assert get(server, "feature-map", scene=line, steps=steps).status_code == 422
