"""How far each control may go on one input, and why: the form's ends of its sliders."""

from __future__ import annotations

from typing import Any

from core.geometry import Slide
from core.vocabulary import Text

WINDOW_LEAVES = Text("at most {maximum}: with a longer step only one window would be left")
WINDOW_FITS = Text("at most {maximum}: a wider window would not fit the padded input")
KERNEL_FITS = Text("at most {maximum}: the padded input is no larger")
PADDING_ALONE = Text("at most {maximum}: with more, a window would see padding alone")
HALF_A_WINDOW = Text("at most {maximum}: half a window, or padding alone could be pooled")
MIRROR = Text("at most {maximum}: reflection does not repeat the edge, so it needs one cell more than it shows")
ONCE_AROUND = Text("at most {maximum}: circular padding goes around the input once")

MIRRORED_ONCE = Text("at most {maximum}: symmetric padding mirrors the input once")
BELOW_A_STEP = Text("at most {maximum}: a whole stride more would be room for another stamp")
SOME_OUTPUT = Text("at most {maximum}: more would cut the whole output away")

BY_ONE_SIDE = {"circular": ONCE_AROUND, "symmetric": MIRRORED_ONCE}

Plane = tuple[int, ...]


def window_limits(plane: Plane, slides: tuple[Slide, Slide]) -> dict[str, dict[str, Any]]:
    """Of stride, dilation and kernel_size: windows over a plane (H, W)."""
    padded = [side + sum(slide.padding) for side, slide in zip(plane, slides, strict=True)]
    stride = [max(1, side - slide.span + 1) for side, slide in zip(padded, slides, strict=True)]
    dilation = [
        (side - 1) // (slide.kernel_size - 1) if slide.kernel_size > 1 else 1
        for side, slide in zip(padded, slides, strict=True)
    ]
    return {
        "stride": limit(1, max(stride), WINDOW_LEAVES),
        "dilation": limit(1, max(1, min(dilation)), WINDOW_FITS),
        "kernel_size": limit(1, min(padded), KERNEL_FITS),
    }


def padding_limit(plane: Plane, slides: tuple[Slide, Slide], mode: str) -> dict[str, Any]:
    """What a border mode allows; with zeros or copies of the edge, where more would show nothing new."""
    if mode == "reflect":
        return limit(0, min(plane) - 1, MIRROR)
    if mode in BY_ONE_SIDE:
        return limit(0, min(plane), BY_ONE_SIDE[mode])
    return limit(0, max(slide.span for slide in slides) - 1, PADDING_ALONE)


def pooling_padding_limit(slides: tuple[Slide, Slide]) -> dict[str, Any]:
    return limit(0, min(slide.kernel_size for slide in slides) // 2, HALF_A_WINDOW)


def stamp_limits(plane: Plane, slides: tuple[Slide, Slide]) -> dict[str, dict[str, Any]]:
    """Of a transposed convolution's padding and output_padding: stamps on an output (H, W)."""
    whole = [side + sum(slide.padding) for side, slide in zip(plane, slides, strict=True)]
    return {
        "padding": limit(0, (min(whole) - 1) // 2, SOME_OUTPUT),
        "output_padding": limit(0, min(max(slide.stride, slide.dilation) for slide in slides) - 1, BELOW_A_STEP),
    }


def limit(minimum: int, maximum: int, why: Text) -> dict[str, Any]:
    return {
        "minimum": minimum,
        "maximum": maximum,
        "why": Text(why.template, maximum=maximum),
    }
