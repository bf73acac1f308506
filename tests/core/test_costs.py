"""What layers cost: told from their shapes, for every operation, in time and in memory."""

from __future__ import annotations

import pytest

from core import OPERATIONS, parse
from core.operations.rates import RATES, cost_of
from core.vocabulary import Layer


def last(chain: str, shape: tuple[int, int, int] = (1, 512, 512)) -> Layer:
    return parse(f"cat | {chain}").bind(shape)[-1]


def test_every_operation_has_its_price() -> None:
    assert set(RATES) == set(OPERATIONS)


@pytest.mark.parametrize(
    ("cheap", "dear"),
    [("relu", "sigmoid"), ("conv2d box-3", "conv2d box-3 padding=200"), ("conv2d [1 2]", "conv2d out=8 kernel_size=2"),
     ("max_pool2d 3 stride=1", "max_pool2d 31 stride=1"), ("conv_transpose2d [1 2]", "conv_transpose2d gaussian-5"),
     ("flip", "lp_pool2d 2 3 stride=1")],
)  # fmt: skip
def test_what_is_more_work_costs_more(cheap: str, dear: str) -> None:
    assert cost_of(last(cheap)).seconds < cost_of(last(dear)).seconds


@pytest.mark.parametrize("chain", ["conv2d gaussian-5", "sigmoid", "avg_pool2d 3 padding=1", "pad 9", "softmax"])
def test_four_times_the_cells_cost_four_times_the_time(chain: str) -> None:
    small, large = (cost_of(last(chain, (1, side, side))).seconds for side in (1000, 2000))
    assert large / small == pytest.approx(4, rel=0.05)


def test_a_product_of_matrices_is_cheaper_than_a_lone_kernel() -> None:
    alone, together = last("conv2d out=1 kernel_size=9"), last("conv2d out=64 kernel_size=9")
    assert cost_of(together).seconds < 64 * cost_of(alone).seconds / 1.5


def test_where_output_is_made_in_stretches_memory_beside_it_stays() -> None:
    assert cost_of(last("sigmoid", (1, 4000, 4000))).scratch == cost_of(last("sigmoid", (1, 2000, 2000))).scratch
    assert cost_of(last("softmax", (1, 4000, 4000))).scratch > 2 * cost_of(last("softmax", (1, 2000, 2000))).scratch


def test_the_cost_of_a_huge_layer_is_told_without_its_weights() -> None:
    layer = parse("cat | flatten | linear out=4096").bind((1, 100, 100))[-1]
    assert layer.parameter_count() == 4096 * 10_000 + 4096
    assert cost_of(layer).seconds > 0.001
