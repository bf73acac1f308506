"""PBM, PGM and PPM: exact where they have eight bits, scaled as a PNG of sixteen bits is where they have more."""

from __future__ import annotations

import io
from typing import Any

import httpx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.pictures.errors import CutOff, PictureError
from app.pictures.normalise import normalise
from app.settings import Settings

SETTINGS = Settings()
RANDOM = np.random.default_rng(3)


def pixels(data: bytes) -> np.ndarray[Any, Any]:
    return normalise(data, SETTINGS).pixels


def plain(kind: int, samples: np.ndarray[Any, Any], width: int, height: int, largest: int) -> bytes:
    return f"P{kind}\n{width} {height}\n{largest}\n".encode() + b" ".join(b"%d" % sample for sample in samples.flat)


@given(width=st.integers(1, 9), height=st.integers(1, 9), seed=st.integers(0, 99))
def test_eight_bits_stay_exactly_as_they_are(width: int, height: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    grey = random.integers(0, 256, (height, width), dtype=np.uint8)
    colour = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    for data in (b"P5 %d %d 255\n" % (width, height) + grey.tobytes(), plain(2, grey, width, height, 255)):
        assert np.array_equal(pixels(data)[0], grey)
    for data in (b"P6 %d %d 255\n" % (width, height) + colour.tobytes(), plain(3, colour, width, height, 255)):
        assert np.array_equal(pixels(data), colour.transpose(2, 0, 1))


@given(width=st.integers(1, 19), height=st.integers(1, 5), seed=st.integers(0, 99))
def test_a_one_of_a_bitmap_is_black(width: int, height: int, seed: int) -> None:
    bits = np.random.default_rng(seed).integers(0, 2, (height, width), dtype=np.uint8)
    packed = b"P4 %d %d\n" % (width, height) + np.packbits(bits, axis=1).tobytes()
    tight = b"P1 %d %d\n" % (width, height) + b"".join(b"%d" % bit for bit in bits.flat)
    for data in (packed, tight):
        assert np.array_equal(pixels(data)[0], 255 * (1 - bits))


def test_sixteen_bits_are_scaled_as_those_of_a_png_are() -> None:
    samples = RANDOM.integers(0, 65536, (20, 30), dtype=np.uint16)
    written = io.BytesIO()
    Image.fromarray(samples).save(written, "PNG")
    assert np.array_equal(pixels(b"P5 30 20 65535\n" + samples.astype(">u2").tobytes()), pixels(written.getvalue()))


@pytest.mark.parametrize("largest", [1, 2, 15, 100, 254, 256, 1023, 4095, 65535])
def test_any_largest_sample_is_white_and_the_others_in_proportion(largest: int) -> None:
    samples = np.unique(np.linspace(0, largest, 9).round().astype(int))
    found = pixels(plain(2, samples, samples.size, 1, largest))[0, 0]
    assert found.tolist() == [int(sample * 255 / largest + 0.5) for sample in samples.tolist()]


def test_comments_may_stand_anywhere_in_the_head() -> None:
    assert pixels(b"P5 # by hand\n#\n2 # columns\n1\n255\n\x07\x09").tolist() == [[[7, 9]]]
    assert pixels(b"P2 2 1 255 7 # the first\n9").tolist() == [[[7, 9]]]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"P5 2 2 255\n\1\2\3", "ends too early"),
        (b"P5 2 2 65535\n\1\2\3\4\5\6\7", "ends too early"),
        (b"P2 2 2 255\n1 2 3", "ends too early"),
        (b"P1 2 2\n101", "ends too early"),
        (b"P5 2", "ends too early"),
        (b"P5 0 2 255\n", "damaged"),
        (b"P5 2 2 0\n\0\0\0\0", "damaged"),
        (b"P5 2 2 70000\n" + bytes(8), "damaged"),
        (b"P5 2 1 15\n\x10\x01", "damaged"),
        (b"P2 2 1 255\n1 -2", "damaged"),
        (b"P2 2 1 255\n1 x", "damaged"),
        (b"P2 2 1 255\n1 256", "damaged"),
        (b"P1 2 1\n12", "damaged"),
        (b"P5 99999 99999 255\n", "at most 40,000,000 pixels"),
        (b"P5 999999999 999999999 255\n", "at most 40,000,000 pixels"),
        (b"P2 2000 2000 255\n" + b"1 " * 100, "so many numbers written as text"),
        (b"P5 " + b"#" * 9000, "damaged"),
    ],
)
def test_what_is_cut_off_or_out_of_range_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(PictureError) as refusal:
        normalise(data, SETTINGS)
    assert told in str(refusal.value)
    assert isinstance(refusal.value, CutOff) == (told == "ends too early")


def test_a_pgm_is_uploaded_as_any_picture(server: str) -> None:
    answer = httpx.post(f"{server}/api/images", content=b"P5 3 2 255\n" + bytes(range(6)))
    assert (answer.status_code, answer.json()["width"], answer.json()["height"]) == (201, 3, 2)
    line = f"image:{answer.json()['id']} | relu"
    values = httpx.get(f"{server}/api/input", params={"scene": line}).json()["values"]
    assert values == [[[0, 1, 2], [3, 4, 5]]]
