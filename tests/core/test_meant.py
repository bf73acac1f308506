"""A line that cannot be read is offered as it was meant where that is clear, and nothing is offered elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core import Scene, SceneError
from tests.core.scenes import scenes

MEANT = {
    "cat 64 | max pooling 2x2 | relu softmax": "cat 64 | max_pool2d 2 | relu | softmax",
    'cat 64 | Conv2D(8, 3, activation="relu")': "cat 64 | conv2d out=8 kernel_size=3 | relu",
    "cat 64 | sobell | relu": "cat 64 | sobel | relu",
    "cat 64 | Sobel_X strides=2": "cat 64 | conv2d sobel-x stride=2",
    "cat 64 | conv2d Sobel_X pad=1": "cat 64 | conv2d sobel-x padding=1",
    "cat 64 | conv2d sobel-x stride = 2": "cat 64 | conv2d sobel-x stride=2",
    "cat 64 | conv2d sobel-x | relu max_pool2d 2": "cat 64 | conv2d sobel-x | relu | max_pool2d 2",
    "cat 64 | max pooling 2x2": "cat 64 | max_pool2d 2",
    "cat 64 | max_pool2d 2 2": "cat 64 | max_pool2d 2 stride=2",
    "cat 64 | global average pooling": "cat 64 | global_avg_pool2d",
    "cat 64 | im2col 3": "cat 64 | unfold 3",
    "cat 64 | conv2d 1/9 [1 1; 1 1]": "cat 64 | conv2d [1 1; 1 1] divisor=9",
    "cat 64 | conv2d (1/9) * [1 1; 1 1]": "cat 64 | conv2d [1 1; 1 1] divisor=9",
    "cat 64 | conv2d [[1,1],[1,1]]/4": "cat 64 | conv2d [1 1; 1 1] divisor=4",
    "cat 64 | LeakyReLU 0.1": "cat 64 | leaky_relu 0.1",
    "cat 64 | nn.LeakyReLU(negative_slope=0.1, inplace=True)": "cat 64 | leaky_relu 0.1",
    "cat 64 | nn.Conv2d(1, 8, kernel_size=(3, 5), padding='same', bias=False)": (
        "cat 64 | conv2d out=8 kernel_size=(3,5) padding=same"
    ),
    "cat 64 | Conv2d(1,8,3,1,1) | F.relu(x) | F.max_pool2d(x, 2)": (
        "cat 64 | conv2d out=8 kernel_size=3 padding=1 | relu | max_pool2d 2"
    ),
    "cat 64 | layers.Conv2D(8, 3, activation='relu') | layers.MaxPooling2D() | Flatten() | layers.Dense(10)": None,
    "cat 64 | layers.Conv2D(8, 3, activation='relu') | layers.MaxPooling2D(2) | Flatten() | layers.Dense(10)": (
        "cat 64 | conv2d out=8 kernel_size=3 | relu | max_pool2d 2 | flatten | linear out=10"
    ),
    "cat 64 → sobel -> relu": "cat 64 | sobel | relu",
    "cat 64 sobel": "cat 64 | sobel",
    "cat 64, sobel-x || relu": "cat 64 | conv2d sobel-x | relu",
    "cat 64 | conv2d sobel-x, relu": "cat 64 | conv2d sobel-x | relu",
    "cat 64 | conv2d sobel-x same stride 2": "cat 64 | conv2d sobel-x stride=2 padding=same",
    "cat 64 | conv2d kernel=sobel-x stride:2": "cat 64 | conv2d sobel-x stride=2",
    "cat 64 | prewit": "cat 64 | prewitt",
    "cat 64 | cv2.GaussianBlur(img, (5, 5), 1.5)": "cat 64 | gaussian_blur 5 1.5",
    "cat 64 | laplacian": None,
    "cat 64 | nn.Flatten(1)": None,
    "cat 64 | sobelx(img)": "cat 64 | conv2d sobel-x",
    "cat 64 | laplacian4(img, 2)": None,
    "cat 64 | nn.ConvTranspose2d(1, 1, 2, stride=2)": None,
    "cat 64 | cv2.Sobel(img, cv2.CV_64F, 1, 0, ksize=3)": None,
    ">": None,
    "→, relu": None,
    "cat 64 | nn.Conv2d(1, 8, 3).to(device)": None,
    "cat 64 | blur": None,
    "cat 64 | relu 5": None,
    "cat 64 | BatchNorm2d(8)": None,
    "cat 64 | conv2d sobel-x stride=0": None,
    "cat 64 | " + "sobell | " * 20 + "relu": None,
}


@pytest.mark.parametrize("line", MEANT, ids=lambda line: line[9:60])
def test_a_line_that_is_clearly_meant_is_offered_and_nothing_else(line: str) -> None:
    with pytest.raises(SceneError) as refusal:
        core.parse(line)
    assert refusal.value.fix == MEANT[line]
    if refusal.value.fix is not None:
        assert core.parse(refusal.value.fix).line == refusal.value.fix


@given(scenes, st.data())
def test_an_offered_line_says_all_that_was_written(scene: Scene, data: st.DataObject) -> None:
    """A setting is never lost on the way."""
    words = scene.line.split(" ")
    place = data.draw(st.integers(2, len(words) - 1))
    words[place] = data.draw(st.sampled_from([words[place] + "x", words[place].upper(), "2x2", "7", "stride = 7"]))
    line = " ".join(words)
    if (offered := fix_of(line)) is not None:
        assert ("7" in offered) >= ("7" in line)


PIECES = (
    *(
        "cat 64",
        "nn.Conv2d",
        "Conv2D",
        "conv2d",
        "relu",
        "ReLU",
        "max_pool2d",
        "cv2.Sobel",
        "Flatten",
        "same",
        "sobel-x",
    ),
    *(
        "(",
        ")",
        "()",
        "[",
        "]",
        "[1 2; 3 4]",
        ",",
        ", ",
        "|",
        " | ",
        ">",
        "->",
        "→",
        "=",
        ":",
        " ",
        "*",
        "/",
        "1/9",
        ";",
    ),
    *(
        "stride",
        "padding",
        "kernel_size=3",
        "activation='relu'",
        "x",
        "None",
        "True",
        "2",
        "-1",
        "2x2",
        "1e999",
        "'",
        ".",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_is_pieced_together_is_a_scene_or_a_refusal(line: str) -> None:
    offered = fix_of(line)
    if offered is not None:
        assert core.parse(offered).line == offered


def fix_of(line: str) -> str | None:
    """What is offered where a line is refused."""
    try:
        core.parse(line)
    except SceneError as refusal:
        return refusal.fix
    return None
