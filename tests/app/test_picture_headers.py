"""Header walkers: wherever a file is cut and whatever byte is wrong, the answer is a header or a refusal of ours."""

from __future__ import annotations

from functools import cache

import pytest

from app.pictures.errors import CutOff, PictureError
from app.pictures.kinds import read_header
from app.pictures.kinds.header import Header, Reader, upright_turn
from app.settings import Settings
from tests.app.pictures import encoded, exif_of, gif_of_frames, jpeg_with_segments, png_chunk, png_of, scenery

SETTINGS = Settings()


@cache
def sample_files() -> dict[str, bytes]:
    """A small file of every kind, and of every variety that a walker treats by itself."""
    small = scenery(6, 5)
    kinds = {kind: encoded(small, kind, exif=exif_of(6)) for kind in ("JPEG", "WEBP", "PNG", "TIFF", "AVIF")}
    two = {"save_all": True, "append_images": [scenery(6, 5).rotate(180)]}
    old_head = (12).to_bytes(4, "little") + b"\6\0\5\0\1\0\x18\0"
    return kinds | {
        "BMP": encoded(small, "BMP"),
        "BMP of the first kind": b"BM" + bytes(8) + (26).to_bytes(4, "little") + old_head + bytes(20 * 5),
        "GIF": encoded(small, "GIF"),
        "GIF of frames with comments": encoded(small, "GIF", comment=b"two", **two),
        "GIF without a colour table": gif_of_frames(2).replace(b"\x80\0\0\0\0\0\xff\xff\xff", b"\0\0\0"),
        "PNG with a profile": png_of(2, 1, 0, b"\0\1\2", png_chunk(b"iCCP", b"name\0\0packed")),
        "animated PNG": encoded(small, "PNG", **two),
        "progressive JPEG": encoded(small, "JPEG", progressive=True),
        "JPEG of tiny segments": jpeg_with_segments(3),
        "lossless WebP": encoded(small, "WEBP", lossless=True),
        "animated WebP": encoded(small, "WEBP", **two),
        "plain bitmap": b"P1 # bits\n6 5\n" + b"101010\n" * 5,
        "plain PGM": b"P2\n6 5\n# shades\n15\n" + b"0 1 2 3 4 15\n" * 5,
        "plain PPM": b"P3 6 5 255\n" + b"0 128 255 " * 30,
        "PBM": b"P4 6 5\n" + bytes([0xA8] * 5),
        "PGM": b"P5\n6 5\n255\n" + bytes(range(30)),
        "PGM of 16 bits": b"P5 6 5 65535\n" + bytes(range(60)),
        "PPM": encoded(small, "PPM"),
    }


def read(data: bytes) -> Header | PictureError:
    """Anything else that is raised is a failure of the test that asked."""
    try:
        return read_header(data, SETTINGS)
    except PictureError as refused:
        return refused


@pytest.mark.parametrize("name", sample_files())
def test_a_sample_file_is_read_whole(name: str) -> None:
    assert isinstance(read(sample_files()[name]), Header)


@pytest.mark.parametrize("name", sample_files())
def test_a_file_cut_anywhere_is_read_or_refused(name: str) -> None:
    data = sample_files()[name]
    assert {type(read(data[:size])) for size in range(len(data))} <= {Header, PictureError, CutOff}


@pytest.mark.parametrize("name", sample_files())
def test_a_file_with_any_one_byte_changed_is_read_or_refused(name: str) -> None:
    data = sample_files()[name]
    for place, byte in enumerate(data[:4096]):
        for other in {0, 1, 0x21, 0x2C, 0x7F, 0x80, 0xFF, byte ^ 1, byte ^ 0x80} - {byte}:
            assert read(data[:place] + bytes([other]) + data[place + 1 :])


@pytest.mark.parametrize("name", sample_files())
def test_a_file_cut_anywhere_and_filled_up_is_read_or_refused(name: str) -> None:
    data = sample_files()[name]
    for size in range(min(len(data), 1024)):
        for filling in (b"\0", b"\xff", b"!", b","):
            assert read(data[:size] + filling * 40)


def test_a_gif_that_ends_in_the_first_byte_of_an_extension_is_cut_off() -> None:
    data = bytes.fromhex("474946383761 0100 0100 0000 00 2c 0000 0000 0100 0100 00 08 04 00010404 00 21")
    refused = read(data)
    assert isinstance(refused, CutOff)
    assert "ends too early, after 31 bytes" in str(refused)


def test_a_gif_needs_no_trailer_but_every_block_whole() -> None:
    data = gif_of_frames(2)
    assert isinstance(read(data[:-1]), Header)
    assert {type(read(data[:size])) for size in range(20, len(data) - 16)} == {CutOff}


def test_a_reader_gives_no_byte_that_is_not_there() -> None:
    reader = Reader(b"\1\2\3", 1)
    assert reader.number(2) == 0x0302
    for beyond in (lambda: reader.take(1), lambda: reader.number(1), lambda: Reader(b"", 5).skip(0)):
        with pytest.raises(CutOff):
            beyond()


@pytest.mark.parametrize("size", range(len(exif_of(6).tobytes())))
def test_exif_cut_anywhere_turns_nothing_the_wrong_way(size: int) -> None:
    assert upright_turn(exif_of(6).tobytes()[:size]) in (1, 6)
