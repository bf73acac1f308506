"""Pictures in: every honest file becomes the picture a person sees, whatever its coding."""

from __future__ import annotations

import io
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageCms, ImageOps

from app.pictures.colours import to_grey
from app.pictures.normalise import check_decoders, normalise
from app.pictures.png import decode_png, encode_png
from app.pictures.resize import area_average
from app.settings import Settings
from tests.app import pictures
from tests.app.pictures import FORMATS, encoded, linear_profile, png_chunk, png_of, scenery, tiff_of, wide_gamut_profile

SETTINGS = Settings()
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

small_pictures = st.tuples(st.sampled_from([1, 3]), st.integers(1, 40), st.integers(1, 40)).flatmap(
    lambda shape: arrays(np.uint8, shape)
)


def pixels_of(data: bytes) -> npt.NDArray[np.uint8]:
    return normalise(data, SETTINGS).pixels


def planes(image: Image.Image) -> npt.NDArray[np.uint8]:
    """(H, W, 3) or (H, W) -> (C, H, W)."""
    samples = np.asarray(image)
    return samples[None] if samples.ndim == 2 else samples.transpose(2, 0, 1)


def test_pillow_has_every_codec() -> None:
    check_decoders()


@pytest.mark.parametrize("kind", FORMATS)
def test_every_kind_is_told_by_its_content_and_looks_as_it_should(kind: str) -> None:
    options = {"WEBP": {"lossless": True}, "AVIF": {"quality": 100}, "JPEG": {"quality": 100, "subsampling": 0}}
    wanted = planes(scenery()).astype(int)
    got = pixels_of(encoded(scenery(), kind, **options.get(kind, {}))).astype(int)
    assert got.shape == (3, 30, 40)
    assert abs(got - wanted).mean() < (8 if kind == "GIF" else 3 if kind in ("JPEG", "AVIF") else 1e-9)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_phone_picture_stands_upright(kind: str, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    turned = scenery()
    turned.getexif()[0x0112] = turn
    wanted = planes(ImageOps.exif_transpose(turned)).astype(int)
    options: dict[str, Any] = {"PNG": {}, "TIFF": {}, "WEBP": {"lossless": True}}.get(kind, {"quality": 100})
    got = pixels_of(encoded(scenery(), kind, exif=exif, **options)).astype(int)
    assert got.shape == wanted.shape
    assert abs(got - wanted).mean() < 6


@pytest.mark.parametrize(
    ("mode", "channels"), [("1", 1), ("L", 1), ("LA", 1), ("P", 3), ("RGB", 3), ("RGBA", 3), ("I;16", 1)]
)
def test_grey_stays_one_channel_and_colour_three(mode: str, channels: int) -> None:
    image = scenery().convert("L").convert(mode) if mode == "I;16" else scenery().convert(mode)
    assert pixels_of(encoded(image, "PNG")).shape[0] == channels


def test_transparent_parts_show_white() -> None:
    image = Image.new("RGBA", (3, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 0, 128))
    image.putpixel((2, 0), (10, 20, 30, 255))
    assert pixels_of(encoded(image, "PNG"))[:, 0].T.tolist() == [[255] * 3, [127] * 3, [10, 20, 30]]


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_a_transparent_palette_colour_shows_white(kind: str) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([200, 0, 0, 0, 200, 0])
    image.putpixel((1, 0), 1)
    image = image if kind != "WEBP" else image.convert("RGBA")
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {"transparency": 0}
    if kind == "WEBP":
        image.putpixel((0, 0), (200, 0, 0, 0))
    assert pixels_of(encoded(image, kind, **options))[:, 0].T.tolist() == [[255] * 3, [0, 200, 0]]


def test_a_transparent_colour_of_grey_and_of_rgb_shows_white() -> None:
    grey = png_of(2, 1, 0, b"\0\x05\x06", png_chunk(b"tRNS", b"\0\x05"))
    colour = png_of(2, 1, 2, b"\0\1\2\3\4\5\6", png_chunk(b"tRNS", b"\0\1\0\2\0\3"))
    wide = png_of(2, 1, 0, b"\0\x12\x34\x80\x80", png_chunk(b"tRNS", b"\x12\x34"), bits=16)
    assert pixels_of(grey).tolist() == [[[255, 6]]]
    assert pixels_of(colour)[:, 0].T.tolist() == [[255] * 3, [4, 5, 6]]
    assert pixels_of(wide).tolist() == [[[255, 128]]]


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    values = np.array([[0, 128, 129, 257, 32768, 65535]], np.uint16)
    wanted = [[[0, 0, 1, 1, 128, 255]]]
    assert pixels_of(encoded(Image.fromarray(values), "PNG")).tolist() == wanted
    assert pixels_of(encoded(Image.fromarray(values), "TIFF")).tolist() == wanted


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [([0, 0.5, 1], [0, 128, 255]), ([0, 100.4, 255], [0, 100, 255]), ([-1, 0, 1], [0, 128, 255]),
     ([0, np.nan, 1], [0, 0, 255]), ([0, np.inf, 1], [0, 0, 255]), ([np.nan] * 3, [0, 0, 0]), ([-7] * 3, [0, 0, 0]),
     ([-3e38, 0, 3e38], [0, 128, 255])],
)  # fmt: skip
def test_a_float_picture_is_scaled_by_its_range(numbers: list[float], wanted: list[int]) -> None:
    image = Image.fromarray(np.array([numbers], np.float32))
    assert pixels_of(encoded(image, "TIFF")).tolist() == [[wanted]]


def test_a_picture_of_whole_numbers_of_32_bits_is_scaled_by_its_range() -> None:
    image = Image.fromarray(np.array([[0, 257, 65535]], np.int32))
    assert pixels_of(encoded(image, "TIFF")).tolist() == [[[0, 1, 255]]]


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "LAB"])
def test_the_colour_spaces_of_printers_and_films_become_rgb(mode: str) -> None:
    image = (
        Image.new("RGB", (8, 8), (200, 40, 40)).convert(mode)
        if mode != "LAB"
        else Image.new(mode, (8, 8), (120, 190, 170))
    )
    red, green, blue = pixels_of(encoded(image, "TIFF"))[:, 4, 4].astype(int)
    assert red > green + 60
    assert red > blue + 60


def test_a_jpeg_for_printers_is_not_a_negative() -> None:
    image = Image.new("CMYK", (8, 8), (0, 0, 0, 0))
    assert pixels_of(encoded(image, "JPEG", quality=100)).min() > 250


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "AVIF"])
def test_a_colour_profile_is_applied(kind: str) -> None:
    red = Image.new("RGB", (16, 16), (220, 30, 30))
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(red, kind, icc_profile=wide_gamut_profile(), **options)
    seen = pixels_of(data)[:, 8, 8].astype(int)
    assert seen[2] > 180 > 60 > seen[0]


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_a_linear_profile_is_applied_whatever_its_name_says(kind: str) -> None:
    grey = Image.new("RGB", (4, 4), (55, 55, 55))
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    assert b"s\0R\0G\0B" in linear_profile()
    assert np.unique(pixels_of(encoded(grey, kind, icc_profile=linear_profile(), **options))).tolist() == [128]


def test_a_profile_that_says_what_is_taken_for_granted_changes_nothing() -> None:
    ours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    unnamed = ours.replace("sRGB".encode("utf-16-be"), "mine".encode("utf-16-be"))
    assert np.array_equal(pixels_of(encoded(scenery(), "PNG", icc_profile=unnamed)), planes(scenery()))


@pytest.mark.parametrize("profile", [b"nonsense", b"", bytes(200), wide_gamut_profile()[:300]])
def test_a_broken_colour_profile_is_left_aside(profile: bytes) -> None:
    assert np.array_equal(pixels_of(encoded(scenery(), "PNG", icc_profile=profile)), planes(scenery()))


def test_a_profile_of_other_channels_is_left_aside() -> None:
    grey = scenery().convert("L")
    assert np.array_equal(pixels_of(encoded(grey, "PNG", icc_profile=wide_gamut_profile())), planes(grey))


def test_an_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (6, 4), colour) for colour in ("red", "blue", "green")]
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)
        assert pixels_of(data)[:, 2, 3].tolist() == [255, 0, 0]


def test_an_animated_avif_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    animated = encoded(frames[0], "AVIF", save_all=True, append_images=frames[1:])
    red, green, blue = pixels_of(animated)[:, 9, 9].astype(int)
    assert red > 200 > 60 > max(green, blue)


def test_a_large_picture_is_shrunk_to_the_longest_side() -> None:
    picture = normalise(encoded(scenery(300, 200), "JPEG"), Settings(max_side=64))
    assert (picture.channels, picture.height, picture.width) == (3, 43, 64)


def test_a_frame_larger_than_its_canvas_widens_it() -> None:
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([0, 0, 0, 9, 9, 9])
    data = bytearray(encoded(picture, "GIF"))
    data[6:10] = b"\4\0\4\0"
    assert pixels_of(bytes(data)).shape == (3, 8, 8)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
def test_a_tiff_is_read_in_its_usual_compressions(compression: str) -> None:
    assert pixels_of(encoded(scenery(), "TIFF", compression=compression)).shape == (3, 30, 40)


def test_a_tiff_of_twelve_bits_is_scaled_by_twelve_bits() -> None:
    entries = [(256, 3, 1, 2), (257, 3, 1, 1), (258, 3, 1, 12), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
               (277, 3, 1, 1), (278, 3, 1, 1), (279, 4, 1, 3)]  # fmt: skip
    assert pixels_of(tiff_of(entries, b"\xff\xf8\x00")).tolist() == [[[255, 128]]]


def test_metadata_is_gone_from_what_is_stored() -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home, 51.5 N"
    stored = normalise(encoded(scenery(), "JPEG", exif=exif, comment=b"secret"), SETTINGS).png()
    assert b"home" not in stored
    assert Image.open(io.BytesIO(stored)).info == {}


def test_the_same_picture_has_the_same_id_whatever_its_coding() -> None:
    files = [encoded(scenery(), kind) for kind in ("PNG", "BMP", "TIFF")]
    ids = {normalise(data, SETTINGS).id for data in files}
    assert len(ids) == 1
    assert len(ids.pop()) == 32
    flat = Image.new("L", (4, 2)), Image.new("L", (2, 4))
    assert len({normalise(encoded(image, "PNG"), SETTINGS).id for image in flat}) == 2


@given(small_pictures)
def test_what_is_stored_is_read_back_exactly(array: npt.NDArray[np.uint8]) -> None:
    assert np.array_equal(decode_png(encode_png(array)), array)
    assert np.array_equal(pixels_of(encode_png(array)), array)


@pytest.mark.parametrize("shape", [(3, 700, 501), (1, 3, 300_000), (1, 300_000, 1)])
def test_a_large_picture_is_packed_in_pieces_by_however_many_threads(shape: tuple[int, int, int]) -> None:
    array = np.random.default_rng(3).integers(0, 256, shape, np.uint8)
    with ThreadPoolExecutor(3) as pool:
        png = encode_png(array, pool.map)
    assert png == encode_png(array)
    assert np.array_equal(decode_png(png), array)
    start = png.index(b"IDAT") + 4
    assert (
        len(zlib.decompress(png[start : start + int.from_bytes(png[start - 8 : start - 4])])) == array.size + shape[1]
    )


@given(arrays(np.uint8, (3, 7, 9)))
def test_grey_is_the_luma_that_pillow_computes(array: npt.NDArray[np.uint8]) -> None:
    image = Image.fromarray(np.ascontiguousarray(array.transpose(1, 2, 0)))
    assert np.array_equal(to_grey(array)[0], np.asarray(image.convert("L")))


@given(arrays(np.uint8, (2, 12, 24)), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_shrinking_by_a_whole_factor_is_the_mean_of_each_block(array: npt.NDArray[np.uint8], factor: int) -> None:
    blocks = array.reshape(2, 12 // factor, factor, 24 // factor, factor).astype(float).mean(axis=(2, 4))
    assert np.array_equal(area_average(array, 24 // factor), np.floor(blocks + 0.5))


@given(small_pictures, st.integers(1, 50))
def test_shrinking_is_the_mean_of_the_area_covered(array: npt.NDArray[np.uint8], side: int) -> None:
    small = area_average(array, side)
    _, rows, cols = small.shape
    _, old_rows, old_cols = array.shape
    fine = array.repeat(rows, axis=1).repeat(cols, axis=2).astype(np.int64)
    sums = fine.reshape(len(array), rows, old_rows, cols, old_cols).sum(axis=(2, 4))
    assert np.array_equal(small, (2 * sums + old_rows * old_cols) // (2 * old_rows * old_cols))
    assert max(rows, cols) == min(max(old_rows, old_cols), side)


def test_shrinking_never_enlarges() -> None:
    array = pixels_of(pictures.encoded(scenery(), "PNG"))
    assert area_average(array, 1000) is array
