"""Digits on their way to a network, against SciPy and by their properties; and files of them, cut anywhere."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import ndimage

from core.descent import MOST_CELLS, MOST_PLANES, picture_of
from tests.training.test_reading import idx
from tools.train.data import CLASSES, DataError, checked, read_idx
from tools.train.measuring import largest
from tools.train.pictures import BORDER, Variety, batches, looked_up, prepared, shifted, varied

SIDE = 28
seeds = st.integers(0, 2**32 - 1)
ways = st.tuples(st.integers(-SIDE - 2, SIDE + 2), st.integers(-SIDE - 2, SIDE + 2))


def noise(seed: int, count: int = 2) -> Any:
    return np.random.default_rng(seed).integers(0, 256, (count, SIDE, SIDE), dtype=np.uint8)


@settings(max_examples=30)
@given(seeds)
def test_between_pixels_it_is_as_bright_as_scipy_says(seed: int) -> None:
    pictures, random = noise(seed), np.random.default_rng(seed)
    wide = SIDE + 2 * BORDER
    rows, cols = random.uniform(-3, wide + 2, (2, 9, 9, len(pictures))).astype(np.float32)
    found = looked_up(pictures, rows, cols)
    for n, picture in enumerate(np.pad(pictures / 255, ((0, 0), (BORDER, BORDER), (BORDER, BORDER)))):
        places = np.clip([rows[..., n], cols[..., n]], 0, wide - 1)
        known = ndimage.map_coordinates(picture, places, order=1, mode="nearest")
        assert np.allclose(found[..., n], known, atol=2e-3)


@settings(max_examples=30)
@given(seeds, st.floats(0, 30))
def test_a_turned_digit_is_what_scipy_turns(seed: int, most: float) -> None:
    pictures = np.zeros((3, SIDE, SIDE), np.uint8)
    pictures[:, 9:19, 9:19] = noise(seed, 3)[:, 9:19, 9:19]
    turned = varied(pictures, SIDE, Variety(turn=most), np.random.default_rng(seed))[0]
    random = np.random.default_rng(seed)
    random.uniform(0, 1, (2, 3))  # how far each is moved: nowhere
    for n, angle in enumerate(np.radians(random.uniform(-most, most, 3))):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        middle = np.full(2, (SIDE - 1) / 2)
        known = ndimage.affine_transform(pictures[n] / 255, turn, middle - turn @ middle, order=1)
        assert np.allclose(turned[..., n], known, atol=5e-3)


@given(seeds, ways, ways)
def test_moves_add_up_and_lose_what_leaves_the_picture(seed: int, first: Any, second: Any) -> None:
    pictures = noise(seed)
    one = shifted(pictures, *first)
    rows, cols = np.indices((SIDE, SIDE))
    inside = ((rows >= first[0]) & (rows < SIDE + first[0])) & ((cols >= first[1]) & (cols < SIDE + first[1]))
    assert not one[:, ~inside].any()
    assert np.array_equal(one[:, inside].ravel(), np.roll(pictures, first, (1, 2))[:, inside].ravel())
    if all(a * b >= 0 for a, b in zip(first, second, strict=True)):
        assert np.array_equal(shifted(one, *second), shifted(pictures, first[0] + second[0], first[1] + second[1]))


@given(seeds, st.integers(0, 6))
def test_what_a_network_takes_is_the_digit_from_0_to_1_and_nothing_beside_it(seed: int, margin: int) -> None:
    pictures = noise(seed)
    larger = prepared(pictures, SIDE + 2 * margin)
    assert larger.dtype == np.float32
    assert np.array_equal(np.round(larger[:, 0, margin : margin + SIDE, margin : margin + SIDE] * 255), pictures)
    assert larger.sum(dtype=float) == pytest.approx(pictures.sum() / 255, rel=1e-6)


@given(st.integers(1, 500), st.integers(1, 99), seeds)
def test_batches_are_all_pictures_once_in_as_equal_parts_as_can_be(count: int, size: int, seed: int) -> None:
    parts = batches(count, size, np.random.default_rng(seed))
    lengths = sorted(map(len, parts))
    assert sorted(np.concatenate(parts).tolist()) == list(range(count))
    assert lengths[-1] <= size
    assert lengths[-1] - lengths[0] <= 1
    assert len(parts) == -(-count // size)


@given(arrays.arrays(np.int64, st.tuples(*[st.integers(1, 5)] * 4), elements=st.integers(-9, 9)))
def test_the_largest_answer_of_a_map_is_where_it_is_told_and_the_first(maps: Any) -> None:
    values, cells = largest(maps)
    for f, n in np.ndindex(values.shape):
        plane = maps[f, :, :, n]
        assert values[f, n] == plane.max()
        assert tuple(cells[f, n]) == np.unravel_index(plane.argmax(), plane.shape)


@given(arrays.arrays(np.float64, arrays.array_shapes(max_dims=4, max_side=5), elements=st.floats(-1e9, 1e9)))
def test_a_gradient_as_planes_keeps_its_numbers_in_parts_of_the_largest(gradient: Any) -> None:
    told = picture_of(gradient)
    assert told["shape"] == list(gradient.shape)
    assert told["largest"] == np.abs(gradient).max()
    planes = np.array(told["planes"])
    kernels = gradient[:, 0] if gradient.ndim > 3 else gradient
    parts = (kernels / (told["largest"] or 1)).ravel()[: planes.size]
    assert np.allclose(planes.ravel(), parts, atol=5.1e-4)
    assert planes.size == kernels.size or len(planes) == MOST_PLANES
    assert not (np.signbit(planes) & (planes == 0)).any()


def test_a_gradient_of_many_planes_is_told_by_the_first_and_of_a_huge_one_the_size_alone() -> None:
    many = np.ones((MOST_PLANES + 8, 3, 3))
    assert np.shape(picture_of(many)["planes"]) == (MOST_PLANES, 3, 3)
    wide = np.ones((3, 150, 150))
    assert np.shape(picture_of(wide)["planes"]) == (MOST_CELLS // 150**2, 150, 150)
    huge = picture_of(np.ones((1, MOST_CELLS // 100 + 1, 100)))
    assert (np.size(huge["planes"]), huge["largest"]) == (0, 1.0)


# --- files


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(arrays.arrays(np.uint8, arrays.array_shapes(max_dims=3, max_side=6)), st.booleans(), st.data())
def test_an_idx_file_is_read_whole_or_refused_wherever_it_is_cut(
    tmp_path: Path, array: Any, packed: bool, data: st.DataObject
) -> None:
    path = tmp_path / ("array.gz" if packed else "array")
    content = gzip.compress(idx(array), 1, mtime=0) if packed else idx(array)
    path.write_bytes(content)
    assert np.array_equal(read_idx(path, array.ndim), array)
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(DataError, match="array"):
        read_idx(path, array.ndim)
    path.write_bytes(content)
    with pytest.raises(DataError, match="does not begin as an IDX file"):
        read_idx(path, array.ndim + 1)


@given(st.lists(st.integers(-300, 300), max_size=5), st.sampled_from(["u1", "i2", "u4", "i8", "f4"]), st.integers(0, 5))
def test_labels_are_classes_of_as_many_pictures_or_refused(labels: list[int], kind: str, count: int) -> None:
    told = np.array(labels).astype(kind)
    if count == len(labels) > 0 and kind != "f4" and all(0 <= label < CLASSES for label in told.tolist()):
        found = checked(Path("digits"), noise(0, count), told)
        assert found.labels.dtype == np.uint8
        assert found.labels.tolist() == told.tolist()
    else:
        with pytest.raises(DataError, match="digits: "):
            checked(Path("digits"), noise(0, count), told)
