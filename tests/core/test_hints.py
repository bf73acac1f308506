"""Words that courses and other libraries use lead to what stands for them here."""

from __future__ import annotations

import pytest

import core
from core import KERNELS, OPERATIONS, SceneError, hints


def refusal(line: str) -> str:
    with pytest.raises(SceneError) as refused:
        core.parse(line)
    return str(refused.value)


def test_every_hint_leads_to_what_is_there() -> None:
    known = {*OPERATIONS, *KERNELS}
    assert {name for names in hints.SAID.values() for name in names} <= known
    assert known.isdisjoint(hints.SAID)
    for example in (*hints.CHAINS.values(), *hints.SETTINGS.values()):
        assert core.parse(f"cat 32 | {example}").layers


def test_the_chain_for_lenet_ends_in_ten_classes() -> None:
    layers = core.describe(core.parse(f"cat | {hints.LENET}"), (1, 32, 32))
    assert [layer["output_shape"] for layer in layers][-1] == [10, 1, 1]


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("cat | im2col 3", "operation is 'im2col': here it is called unfold"),
        ("cat | Max-Pooling 2", "here it is called max_pool2d"),
        ("cat | Conv2DTranspose 3", "here it is called conv_transpose2d"),
        ("cat | dense [1 2]", "here it is called linear"),
        ("cat | LeNet-5", "here it is a chain of operations, such as conv2d out=6 kernel_size=5 | tanh"),
        ("cat | conv2d sobel-x | padding=same", "it is a setting: write it beside its operation"),
        ("cat | same", "such as conv2d sobel-x padding=same"),
    ],
)
def test_a_word_of_the_course_is_known(line: str, advice: str) -> None:
    assert advice in refusal(line)


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("cat 64 conv2d sobel-x", "conv2d"),
        ("cat sobel-x", "sobel-x"),
        ("[1 2; 3 4] max_pool2d 2", "max_pool2d"),
        ("cat 64 | conv2d sobel-x relu", "relu"),
        ("cat 64 | max_pool2d 2 flatten", "flatten"),
    ],
)
def test_a_forgotten_bar_is_missed(line: str, missing: str) -> None:
    assert f"a | is missing before {missing}" in refusal(line)


def test_a_slip_in_a_word_of_the_course_is_forgiven() -> None:
    assert "did you mean gaussian_blur? or gaussian-3, box-3?" in refusal("cat | blurr")
    assert "did you mean conv2d?" in refusal("cat | convolutoin")


def test_a_long_list_is_told_by_its_nearest_three_and_a_short_one_whole() -> None:
    assert refusal("cat | sobel-z").endswith(
        f"did you mean sobel-y? or sobel-x, sobel? /api/operations lists all {len(OPERATIONS) + len(KERNELS)}"
    )
    assert refusal("cat | conv2d dog").endswith(
        f"there is none of that name, the nearest are log-5, box-5, box-3: /api/kernels lists all {len(KERNELS)}"
    )
    assert refusal("cat | conv2d sobel-x padding_mode=zero").endswith(
        f"did you mean zeros? choose one of {', '.join(core.geometry.PADDING_MODES)}"
    )
