"""What a walked layer's arrays are called."""

import numpy as np
import pytest

import core
from core.telling import names_of


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "cat | sobel-x | relu | max_pool2d 2",
            [("Input", "Feature map"), ("Feature map 1", "Feature map 2"), ("Feature map 2", "Feature map 3")],
        ),
        ("cat | relu | flatten", [("Input", "Feature map"), ("Feature map", "Vector")]),
        ("cat | flatten | softmax", [("Input", "Vector"), ("Vector", "Probabilities")]),
    ],
)
def test_two_arrays_of_one_name_have_the_numbers_of_their_layers(line: str, names: list[tuple[str, str]]) -> None:
    scene = core.parse(line)
    told = [names_of(core.trace(scene, np.ones((1, 6, 6)), layer)) for layer in range(len(names))]
    assert [(one["input"], one["output"]) for one in told] == names
