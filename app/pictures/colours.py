"""Colours: whatever a decoder gives becomes grey or RGB, eight bits, opaque, sRGB."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from app.pictures.kinds.header import Header
from app.pictures.resize import BLOCK, Pixels

LUMA = (19595, 38470, 7471)  # 0.299, 0.587, 0.114 in units of 2^-16
WIDE_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
GREY_MODES = ("1", "L", "LA", "La")
TRIAL_STEPS = 16  # of each primary
UNSEEN = 1  # of 255: what rounding alone may do
PROFILE_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK", "LAB": "Lab "}


def flatten(image: Image.Image, header: Header) -> Image.Image:
    """L, RGB or, as its profile is still to be applied, CMYK or LAB; transparent parts show white."""
    if image.mode in WIDE_MODES:
        return eight_bits(image, header.depth)
    if image.mode in ("L", "RGB", "CMYK", "LAB") and "transparency" not in image.info:
        return image
    if image.mode in GREY_MODES or header.grey:
        return over_white(image.convert("LA")) if image.has_transparency_data else image.convert("L")
    return over_white(image.convert("RGBA")) if image.has_transparency_data else image.convert("RGB")


def over_white(image: Image.Image) -> Image.Image:
    """LA or RGBA laid over white paper."""
    white = Image.new(image.mode[:-1], image.size, "white")
    white.paste(image.convert(white.mode), mask=image.getchannel("A"))
    return white


def eight_bits(image: Image.Image, depth: int) -> Image.Image:
    """Samples of more than eight bits, scaled and rounded rather than clipped."""
    samples = np.asarray(image)
    wide = image.mode.startswith("I;16")
    scaled = scaled_by_depth(samples.astype(np.uint16), depth) if wide else scaled_by_range(samples)
    grey = Image.fromarray(scaled)
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey.paste(255, mask=Image.fromarray(np.where(samples == transparent, 255, 0).astype(np.uint8)))
    return grey


def scaled_by_depth(samples: npt.NDArray[np.uint16], depth: int) -> npt.NDArray[np.uint8]:
    """0 .. 2^depth - 1 becomes 0 .. 255."""
    largest = (1 << (12 if depth == 12 else 16)) - 1
    scale: npt.NDArray[np.uint8]
    scale = np.minimum((np.arange(1 << 16) * 255 + largest // 2) // largest, 255).astype(np.uint8)
    return scale.take(samples)


def scaled_by_range(samples: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """Numbers of unknown meaning: 0..1, 0..255 or 0..65535 where they fit one, else stretched from least to most."""
    numbers = samples.astype(np.float64)
    finite = np.isfinite(numbers)
    least, most = (float(numbers[finite].min()), float(numbers[finite].max())) if finite.any() else (0.0, 0.0)
    numbers = np.where(finite, numbers, least)
    if least >= 0 and most <= 65535:
        whole = samples.dtype.kind != "f"
        full = 1.0 if most <= 1 and not whole else 255.0 if most <= 255 else 65535.0
        least, most = 0.0, full
    span = most - least
    if not np.isfinite(span) or span <= 0:
        return np.zeros(samples.shape, np.uint8)
    return np.clip(np.floor((numbers - least) * (255.0 / span) + 0.5), 0, 255).astype(np.uint8)


def standard(image: Image.Image, profile: bytes | None) -> Image.Image:
    """L or RGB in sRGB; a profile that is broken, or speaks of other channels, is left aside."""
    if image.mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        return converted(image, ImageCms.ImageCmsProfile(lab)) or Image.merge("RGB", [image.getchannel("L")] * 3)
    source = opened(profile, image.mode) if profile else None
    if source is not None and not is_standard(source, image.mode):
        image = converted(image, source) or image
    return image.convert("RGB") if image.mode == "CMYK" else image


def opened(profile: bytes, mode: str) -> ImageCms.ImageCmsProfile | None:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return source if source.profile.xcolor_space.strip() == PROFILE_SPACES.get(mode, "").strip() else None
    except Exception:
        return None


def is_standard(source: ImageCms.ImageCmsProfile, mode: str) -> bool:
    """Most profiles say what would be taken for granted anyway: known by what they do to colours, not by a name."""
    trial = TRIALS.get(mode)
    changed = converted(trial, source) if trial else None
    if trial is None or changed is None:
        return False
    return int(np.abs(np.asarray(changed).astype(int) - np.asarray(trial)).max()) <= UNSEEN


def trial_colours() -> Image.Image:
    """Every colour of a fine net, in one row."""
    steps = np.linspace(0, 255, TRIAL_STEPS).astype(np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), axis=-1)
    return Image.fromarray(colours.reshape(1, -1, 3))


def converted(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image | None:
    """The picture in sRGB, or None where the profile cannot be applied."""
    target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    try:
        coloured = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except Exception:
        return None
    if coloured is None:
        return None
    return coloured.getchannel("G") if image.mode == "L" else coloured


def to_grey(array: Pixels) -> Pixels:
    """(3, H, W) -> (1, H, W): ITU-R 601 luma in integers, exactly as Pillow's "L"; grey stays as it is.

    (19595 R + 38470 G + 7471 B + 32768) / 65536, rounded down

    >>> to_grey(np.array([[[255]], [[0]], [[0]]], np.uint8))
    array([[[76]]], dtype=uint8)
    """
    if array.shape[0] == 1:
        return array
    _, rows, cols = array.shape
    grey, step = np.empty((1, rows, cols), np.uint8), max(1, BLOCK // cols)
    for first in range(0, rows, step):
        stretch = array[:, first : first + step]
        luma = np.full(stretch.shape[1:], 0x8000, np.uint32)
        for plane, weight in zip(stretch, LUMA, strict=True):
            luma += plane * np.uint32(weight)
        np.right_shift(luma, 16, out=luma)
        grey[0, first : first + step] = luma
    return grey


TRIALS = {"RGB": trial_colours(), "L": Image.fromarray(np.arange(256, dtype=np.uint8)[None])}
