"""The fifteen relationships of Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016).

i input, k kernel, s stride, p padding, o output, d dilation; all small values are tried, and shapes are those of arrays
that were really convolved.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from core import functional as F

SIZES, KERNELS, STRIDES, PADDINGS = range(1, 9), range(1, 6), range(1, 5), range(5)


def convolved(i: int, k: int, s: int = 1, p: int = 0, d: int = 1) -> int:
    return F.conv1d(np.ones(i), np.ones(k), stride=s, padding=p, dilation=d).shape[-1]


def spread(i: int, k: int, s: int = 1, p: int = 0, a: int = 0) -> int:
    weight, x = np.ones((1, 1, 1, k)), np.ones((1, 1, i))
    return F.conv_transpose2d(x, weight, stride=(1, s), padding=(0, p), output_padding=(0, a)).shape[-1]


def fitting(padded: bool) -> Iterator[tuple[int, int, int, int]]:
    for i, k, s, p in product(SIZES, KERNELS, STRIDES, PADDINGS if padded else [0]):
        if k <= i + 2 * p:
            yield i, k, s, p


def test_1_no_padding_and_unit_strides() -> None:
    for i, k, s, _ in fitting(padded=False):
        if s == 1:
            assert convolved(i, k) == (i - k) + 1


def test_2_padding_and_unit_strides() -> None:
    for i, k, s, p in fitting(padded=True):
        if s == 1:
            assert convolved(i, k, p=p) == (i - k) + 2 * p + 1


def test_3_half_padding_keeps_the_size() -> None:
    for i, n in product(SIZES, range(3)):
        assert convolved(i, 2 * n + 1, p=n) == i


def test_4_full_padding_grows_the_size() -> None:
    for i, k in product(SIZES, KERNELS):
        assert convolved(i, k, p=k - 1) == i + (k - 1)


def test_5_no_padding_and_strides() -> None:
    for i, k, s, _ in fitting(padded=False):
        assert convolved(i, k, s) == (i - k) // s + 1


def test_6_padding_and_strides() -> None:
    for i, k, s, p in fitting(padded=True):
        assert convolved(i, k, s, p) == (i + 2 * p - k) // s + 1


def test_7_pooling_has_the_sizes_of_a_convolution_without_padding() -> None:
    for i, k, s, _ in fitting(padded=False):
        assert F.max_pool2d(np.ones((1, i)), (1, k), (1, s)).shape[-1] == (i - k) // s + 1


def test_8_transposed_with_unit_strides_is_a_full_convolution() -> None:
    for i, k, s, _ in fitting(padded=False):
        if s == 1:
            assert spread(convolved(i, k), k) == convolved(convolved(i, k), k, p=k - 1) == i


def test_9_transposed_with_padding() -> None:
    for i, k, s, p in fitting(padded=True):
        if s == 1 and p <= k - 1:
            o = convolved(i, k, p=p)
            assert spread(o, k, p=p) == o + (k - 1) - 2 * p == convolved(o, k, p=k - p - 1)


def test_10_half_padding_transposed_keeps_the_size() -> None:
    for i, n in product(SIZES, range(3)):
        assert spread(i, 2 * n + 1, p=n) == i


def test_11_full_padding_transposed_is_a_convolution_without_padding() -> None:
    for i, k in product(SIZES, KERNELS):
        o = convolved(i, k, p=k - 1)
        assert spread(o, k, p=k - 1) == o - (k - 1) == convolved(o, k)


def test_12_transposed_with_strides_that_fit() -> None:
    for i, k, s, _ in fitting(padded=False):
        if (i - k) % s == 0:
            o = convolved(i, k, s)
            assert spread(o, k, s) == s * (o - 1) + k == i


def test_13_transposed_with_strides_and_padding_that_fit() -> None:
    for i, k, s, p in fitting(padded=True):
        if (i + 2 * p - k) % s == 0:
            o = convolved(i, k, s, p)
            assert spread(o, k, s, p) == s * (o - 1) + k - 2 * p == i


def test_14_transposed_with_strides_that_leave_a_rest() -> None:
    for i, k, s, p in fitting(padded=True):
        a = (i + 2 * p - k) % s
        o = convolved(i, k, s, p)
        assert spread(o, k, s, p, a) == s * (o - 1) + a + k - 2 * p == i


def test_15_dilation_spreads_the_kernel() -> None:
    for (i, k, s, p), d in product(fitting(padded=True), range(1, 4)):
        spanned = k + (k - 1) * (d - 1)
        if spanned <= i + 2 * p:
            assert convolved(i, k, s, p, d) == (i + 2 * p - spanned) // s + 1


@pytest.mark.parametrize("s", STRIDES)
def test_a_transposed_convolution_is_a_convolution_of_the_stretched_input(s: int) -> None:
    """Section 4: s - 1 zeros between the cells, a border of k - p - 1, and the kernel turned by 180 degrees."""
    random = np.random.default_rng(s)
    for i, k in product(range(1, 6), KERNELS):
        for p in range(k):
            if s * (i - 1) + k - 2 * p < 1:
                continue
            x, w = random.integers(-9, 10, (i, i)), random.integers(-9, 10, (k, k))
            stretched = np.zeros((s * (i - 1) + 1, s * (i - 1) + 1), dtype=np.int64)
            stretched[::s, ::s] = x
            expected = F.conv2d(stretched, w, padding=k - p - 1, flip=True)
            assert (F.conv_transpose2d(x, w, stride=s, padding=p) == expected).all()
