"""How a picture is turned away: what is wrong with the file, and what to do about it."""

from __future__ import annotations

from app.errors import Refusal

EMPTY, TOO_LARGE, UNKNOWN_KIND, UNREADABLE = 400, 413, 415, 422

KINDS = "PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, PGM or PPM"


class PictureError(Refusal):
    """Of a file that is not a picture we read."""

    def __init__(self, status: int, rule: str, **facts: object) -> None:
        super().__init__(status, rule, field="picture", **facts)


class CutOff(PictureError):
    """Of a file that ends before it is complete."""


def cut_off(size: int) -> CutOff:
    return CutOff(
        UNREADABLE,
        "the file ends too early, after {size:,} bytes: it was probably not copied or downloaded to its end, "
        "so fetch it again",
        size=size,
    )


def damaged(kind: str) -> PictureError:
    return PictureError(
        UNREADABLE,
        "the {kind} file is damaged inside: open it in a picture editor and save it as a new PNG or JPEG",
        kind=kind,
    )


def too_hard() -> PictureError:
    return PictureError(
        UNREADABLE,
        "the file takes more time or memory to open than a picture should: open it in a picture editor and save it "
        "as a new PNG or JPEG",
    )


def unsupported(kind: str, what: str) -> PictureError:
    return PictureError(
        UNREADABLE, "{kind} files with {what} are not read here: save it as a plain PNG or JPEG", kind=kind, what=what
    )


def too_many_pixels(width: int, height: int, limit: int) -> PictureError:
    return PictureError(
        TOO_LARGE,
        "the picture is {width:,} x {height:,} pixels: at most {limit:,} pixels are allowed, so make it smaller",
        width=width, height=height, limit=limit,
    )  # fmt: skip


def too_many_frames(frames: int, limit: int) -> PictureError:
    return PictureError(
        UNREADABLE,
        "the file holds {frames:,} frames or more: at most {limit:,} are allowed, so save one of them as a picture",
        frames=frames, limit=limit,
    )  # fmt: skip
