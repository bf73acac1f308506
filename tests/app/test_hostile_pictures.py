"""Hostile files: whatever is sent in, the answer is a picture or a refusal, soon and in little memory."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from app.pictures.normalise import Picture, PictureError, normalise
from app.settings import Settings
from tests.app import pictures
from tests.app.pictures import FORMATS, encoded, scenery

SETTINGS = Settings()
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")


@cache
def valid_files() -> list[bytes]:
    files = [encoded(scenery(), kind) for kind in FORMATS]
    frames = [scenery(), scenery().rotate(180)]
    files += [encoded(frames[0], kind, save_all=True, append_images=frames[1:]) for kind in ("GIF", "WEBP", "PNG")]
    files += [encoded(scenery(), "TIFF", compression=name) for name in ("tiff_lzw", "tiff_adobe_deflate", "jpeg")]
    files += [encoded(scenery(), "JPEG", progressive=True), encoded(scenery().convert("CMYK"), "JPEG")]
    files += [encoded(scenery().convert(mode), "PNG") for mode in ("1", "P", "RGBA", "LA")]
    return files


def outcome(data: bytes, settings: Settings = SETTINGS) -> Picture | PictureError:
    """Anything but a picture or a refusal is a failure of the test that asked."""
    try:
        return normalise(data, settings)
    except PictureError as error:
        return error


def refusal(data: bytes, settings: Settings = SETTINGS) -> tuple[int, str]:
    refused = outcome(data, settings)
    assert isinstance(refused, PictureError)
    return refused.status, str(refused)


def test_an_empty_file_is_told_to_be_empty() -> None:
    assert refusal(b"") == (400, "the file is empty: choose a picture")


@pytest.mark.parametrize("name", pictures.not_pictures())
def test_what_is_no_picture_is_told_what_would_be(name: str) -> None:
    status, sentence = refusal(pictures.not_pictures()[name])
    assert status == 415
    assert "PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, PGM or PPM" in sentence


def test_a_file_says_what_it_looks_like() -> None:
    assert "a HEIC photo" in refusal(pictures.not_pictures()["heic"])[1]
    assert "an SVG drawing" in refusal(pictures.not_pictures()["svg"])[1]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9])
def test_a_truncated_file_is_told_to_be_fetched_again(kind: str, share: float) -> None:
    data = encoded(scenery(200, 150), kind)
    status, sentence = refusal(data[: int(len(data) * share)])
    assert status == 422
    assert "ends too early" in sentence
    assert "fetch it again" in sentence


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_cut_anywhere_at_its_start_is_refused(kind: str) -> None:
    data = encoded(scenery(), kind)
    assert {refusal(data[:size])[0] for size in range(1, min(len(data) // 2, 600))} <= {415, 422}


@pytest.mark.parametrize(
    "data",
    [pictures.png_bomb(), pictures.gif_larger_than_its_canvas(20_000, 20_000), pictures.avif_bomb(16_384)],
    ids=["PNG of 20000 x 20000", "GIF larger than its canvas", "AVIF"],
)  # fmt: skip
def test_a_bomb_is_refused_by_its_size(data: bytes) -> None:
    status, sentence = refusal(data)
    assert status == 413
    assert "at most 40,000,000 pixels" in sentence


def test_an_avif_that_claims_to_be_small_and_is_not_there_is_refused() -> None:
    assert refusal(pictures.avif_bomb(16_384, claimed=64))[0] == 422


@pytest.mark.parametrize("kind", FORMATS)
def test_the_limit_of_pixels_is_exact_for_every_kind(kind: str) -> None:
    data = encoded(scenery(40, 30), kind)
    assert refusal(data, Settings(max_pixels=1199))[0] == 413
    assert isinstance(outcome(data, Settings(max_pixels=1200)), Picture)


def test_a_file_of_too_many_bytes_is_refused() -> None:
    data = encoded(scenery(), "PNG")
    assert refusal(data, Settings(max_upload_bytes=len(data) - 1))[0] == 413
    assert isinstance(outcome(data, Settings(max_upload_bytes=len(data))), Picture)


def test_a_jpeg_of_twenty_thousand_scans_is_refused_before_it_is_decoded() -> None:
    assert refusal(pictures.jpeg_of_many_scans())[0] == 422
    assert "more than 64 scans" in refusal(pictures.jpeg_of_many_scans())[1]
    assert isinstance(outcome(pictures.jpeg_of_many_scans(50)), Picture)


def test_an_animation_of_too_many_frames_is_refused() -> None:
    assert "at most 1,000" in refusal(pictures.gif_of_frames(1001))[1]
    assert isinstance(outcome(pictures.gif_of_frames(1000)), Picture)


def test_a_thousand_segments_of_exif_do_not_hide_the_picture() -> None:
    assert isinstance(outcome(pictures.jpeg_with_segments(1000)), Picture)
    assert refusal(pictures.jpeg_with_segments(5000))[0] == 422


def test_text_and_profiles_that_unpack_to_gigabytes_are_never_unpacked() -> None:
    assert isinstance(outcome(pictures.png_with_text_bomb(50_000_000)), Picture)


@pytest.mark.parametrize("head", ["GIF", "PNG", "JPEG", "BMP"])
def test_a_picture_with_a_zip_behind_it_is_only_the_picture(head: str) -> None:
    data = encoded(scenery(), head)
    alone, followed = outcome(data), outcome(data + pictures.not_pictures()["zip"] * 100)
    assert isinstance(alone, Picture)
    assert isinstance(followed, Picture)
    assert followed.id == alone.id


@pytest.mark.parametrize("kind", FORMATS)
def test_a_kind_behind_the_signature_of_another_is_no_picture(kind: str) -> None:
    body = encoded(scenery(), kind)
    for other in ("GIF", "PNG", "JPEG", "TIFF"):
        if other != kind:
            assert refusal(encoded(scenery(), other)[:8] + body)[0] in (413, 422)


@pytest.mark.parametrize(
    ("tag", "entry"),
    [
        (256, (256, 4, 1, 0xFFFFFFFF)),
        (257, (257, 4, 1, 0)),
        (258, (258, 3, 0x7FFFFFFF, 8)),
        (259, (259, 3, 1, 50_001)),
        (273, (273, 4, 60, 8)),
        (277, (277, 3, 1, 60_000)),
        (278, (278, 4, 1, 0)),
    ],
)
def test_a_tiff_directory_that_lies_is_refused(tag: int, entry: tuple[int, int, int, int]) -> None:
    honest = {256: (256, 3, 1, 8), 257: (257, 3, 1, 8), 258: (258, 3, 1, 8), 259: (259, 3, 1, 1), 262: (262, 3, 1, 1),
              273: (273, 4, 1, 8), 277: (277, 3, 1, 1), 278: (278, 3, 1, 8), 279: (279, 4, 1, 64)}  # fmt: skip
    assert isinstance(outcome(pictures.tiff_of(list(honest.values()), bytes(64))), Picture)
    lying = pictures.tiff_of(list({**honest, tag: entry}.values()), bytes(64))
    assert tag in (258, 278) or refusal(lying)[0] in (413, 422)
    assert outcome(lying)


def test_a_tiff_whose_directories_form_a_circle_ends() -> None:
    data = bytearray(encoded(scenery(), "TIFF"))
    place = struct.unpack("<I", data[4:8])[0]
    entries = struct.unpack("<H", data[place : place + 2])[0]
    following = place + 2 + 12 * entries
    data[following : following + 4] = struct.pack("<I", place)
    assert isinstance(outcome(bytes(data)), Picture)


def test_a_bmp_of_slow_runs_is_refused() -> None:
    data = bytearray(encoded(Image.new("P", (4, 4)), "BMP"))
    data[18:26] = struct.pack("<ii", 6000, 6000)
    data[30:34] = struct.pack("<I", 1)
    assert "run-length" in refusal(bytes(data))[1]


@hypothesis_settings(max_examples=300)
@given(st.data())
def test_a_valid_file_with_bytes_changed_is_a_picture_or_a_refusal(data: st.DataObject) -> None:
    changed = bytearray(data.draw(st.sampled_from(valid_files())))
    places = st.integers(0, len(changed) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)):
        changed[place] = value
    assert outcome(bytes(changed))


@hypothesis_settings(max_examples=200)
@given(st.data())
def test_a_valid_file_with_a_stretch_lost_or_doubled_is_a_picture_or_a_refusal(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(valid_files()))
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(0, len(whole)))
    assert outcome(whole[:start] + whole[stop:])


@hypothesis_settings(max_examples=200)
@given(st.sampled_from([data[:size] for data in valid_files() for size in (4, 16, 60)]), st.binary(max_size=400))
def test_random_bytes_behind_a_true_start_are_a_picture_or_a_refusal(start: bytes, rest: bytes) -> None:
    assert outcome(start + rest)


def test_random_bytes_are_refused() -> None:
    source = random.Random(1)
    assert all(refusal(source.randbytes(size))[0] in (415, 422) for size in range(1, 300))


HEAVY = """
import resource, sys, warnings
warnings.simplefilter("ignore")
from app.pictures.normalise import PictureError, normalise
from app.settings import Settings
from tests.app import pictures
files = {name: make() for name, make in pictures.heavy_files().items()}
start = resource.getrusage(resource.RUSAGE_SELF)
for name, data in files.items():
    try:
        normalise(data, Settings())
    except PictureError:
        pass
stop = resource.getrusage(resource.RUSAGE_SELF)
print(stop.ru_utime - start.ru_utime, (stop.ru_maxrss - start.ru_maxrss) // 1024)
"""


def test_all_bombs_together_cost_little_time_and_memory() -> None:
    started = time.monotonic()
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True, cwd=root, timeout=100)
    assert ran.returncode == 0, ran.stderr
    seconds, megabytes = map(float, ran.stdout.split())
    assert seconds < 5
    assert megabytes < 150
    assert time.monotonic() - started < 60
