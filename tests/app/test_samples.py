"""Samples: the table, the pictures behind it, and the thanks owed for them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from app.pictures.samples import FOLDER, SAMPLES, catalogue, sample_pixels
from app.pictures.samples.digits import MISREAD
from core.training.chain import Chain
from core.training.networks import CHAINS
from tests.running import ROOT
from tools.train.pictures import prepared
from tools.train.writing import FOLDER as WEIGHTS_FOLDER

WEIGHTS = ROOT / WEIGHTS_FOLDER


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_a_picture_with_its_titles_and_licence(name: str) -> None:
    sample, pixels = SAMPLES[name], sample_pixels(name)
    assert re.fullmatch(r"[a-z][a-z0-9-]*", name)
    assert all((sample.title, sample.credit, sample.licence))
    assert (pixels.dtype, pixels.ndim, pixels.shape[0] in (1, 3)) == (np.uint8, 3, True)
    assert pixels.min() != pixels.max()


def test_the_photographs_have_the_sizes_their_table_states() -> None:
    stated = re.findall(r"^\| (\w+)\.(?:png|jpg) (\d+)x(\d+) (RGB|grey)", (FOLDER / "LICENSES.md").read_text(), re.M)
    assert len(stated) == len([*FOLDER.glob("*.png"), *FOLDER.glob("*.jpg")]) == 6
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


def test_every_digit_is_the_cell_of_the_sheet_that_shows_it() -> None:
    sheet, digits = sample_pixels("digits"), [sample for sample in SAMPLES.values() if sample.sheet == "digits"]
    assert len(digits) == 40
    assert {sample.licence for sample in digits} == {SAMPLES["digits"].licence} == {"CC BY-SA 3.0"}
    for place, sample in enumerate(digits):
        row, col = np.divmod(place, 10) * np.array(28)
        assert np.array_equal(sample_pixels(sample.id), sheet[:, row : row + 28, col : col + 28])
        assert sample.id[:7] == f"digit-{place % 10}"


def test_of_forty_digits_the_network_as_published_misreads_eight_and_the_others_no_network_does() -> None:
    digits = [name for name in SAMPLES if SAMPLES[name].sheet]
    pictures = prepared(np.concatenate([sample_pixels(name) for name in digits]), 32)
    labels = [int(name.split("-")[1]) for name in digits]
    wrong = {
        network: {name for name, answer, label in zip(digits, answers, labels, strict=True) if answer != label}
        for network in ("lenet-5", "lenet-5-modern")
        for answers in [trained(network).answers(pictures)]
    }
    assert wrong["lenet-5"] == set(MISREAD)
    assert len(MISREAD) == 8
    assert wrong["lenet-5-modern"] < set(MISREAD)


def trained(name: str) -> Chain:
    chain = CHAINS[name]()
    chain.begin(np.random.default_rng(0))
    with np.load(WEIGHTS / f"{name}.npz") as stored:
        chain.put(dict(stored))
    return chain
