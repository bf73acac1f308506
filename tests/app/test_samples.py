"""Samples: the table, the pictures behind it, and the thanks owed for them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from app.pictures.samples import FOLDER, SAMPLES, catalogue, sample_pixels


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_a_picture_with_its_titles_and_licence(name: str) -> None:
    sample, pixels = SAMPLES[name], sample_pixels(name)
    assert re.fullmatch(r"[a-z][a-z0-9-]*", name)
    assert all((sample.title, sample.credit, sample.licence))
    assert (pixels.dtype, pixels.ndim, pixels.shape[0] in (1, 3)) == (np.uint8, 3, True)
    assert pixels.min() != pixels.max()


def test_the_photographs_have_the_sizes_their_table_states() -> None:
    stated = re.findall(r"^\| (\w+)\.(?:png|jpg) (\d+)x(\d+) (RGB|grey)", (FOLDER / "LICENSES.md").read_text(), re.M)
    assert len(stated) == len([*FOLDER.glob("*.png"), *FOLDER.glob("*.jpg")]) == 5
    for name, width, height, colour in stated:
        assert sample_pixels(name).shape == (3 if colour == "RGB" else 1, int(height), int(width))


def test_a_figure_holds_exact_integers() -> None:
    assert sample_pixels("checkerboard")[0, :16:8, :16:8].tolist() == [[0, 255], [255, 0]]
    assert sample_pixels("gradient")[0, 5, [0, 1, 31, 63]].tolist() == [0, 4, 125, 255]
    assert sample_pixels("impulse").sum() == 255 == sample_pixels("impulse")[0, 7, 7]
    assert sample_pixels("edge")[0, 0, 30:34].tolist() == [0, 0, 255, 255]


@pytest.mark.parametrize("name", ["circle", "cross", "diagonals", "lines"])
def test_a_round_figure_looks_the_same_turned_and_mirrored(name: str) -> None:
    figure = sample_pixels(name)[0]
    assert np.array_equal(figure, figure.T)
    assert np.array_equal(figure, figure[::-1])


def test_a_sample_cannot_be_painted_over() -> None:
    with pytest.raises(ValueError, match="read-only"):
        sample_pixels("cat")[0, 0, 0] = 1


def test_the_catalogue_has_a_row_for_every_sample() -> None:
    assert [entry["id"] for entry in catalogue()] == list(SAMPLES)
    assert catalogue()[0]["height"] == 300
