"""How a request or a picture is turned away: a status for the machine, a sentence for the person."""

from __future__ import annotations

from collections.abc import Callable

EMPTY, TOO_LARGE, UNKNOWN_KIND, UNREADABLE = 400, 413, 415, 422

KINDS = "PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF"


class Refusal(ValueError):
    """`rule` is an English template, which is also its key in the message catalogues; `facts` fill it in.

    >>> str(Refusal(413, "at most {limit:,} pixels", limit=40000000))
    'at most 40,000,000 pixels'
    """

    def __init__(self, status: int, rule: str, **facts: object) -> None:
        self.status = status
        self.rule = rule
        self.facts = facts
        super().__init__(self.detail())

    def detail(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence in the language that `gettext` speaks."""
        return gettext(self.rule).format(**self.facts)


class PictureError(Refusal):
    """Of a file that is not a picture we read."""


def cut_off(size: int) -> PictureError:
    return PictureError(
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
