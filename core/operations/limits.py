"""How far each control may go on one input, and why: the form's ends of its sliders."""

from __future__ import annotations

from typing import Any

from core.geometry import Slide
from core.vocabulary import Text

WINDOW_LEAVES = {
    "en": "at most {maximum}: with a longer step only one window would be left",
    "ko": "최대 {maximum}: 더 크면 윈도우가 하나만 남습니다",
}
WINDOW_FITS = {
    "en": "at most {maximum}: a wider window would not fit the padded input",
    "ko": "최대 {maximum}: 더 넓은 윈도우는 패딩된 입력에 들어가지 않습니다",
}
KERNEL_FITS = {
    "en": "at most {maximum}: the padded input is no larger",
    "ko": "최대 {maximum}: 패딩된 입력이 그보다 크지 않습니다",
}
PADDING_ALONE = {
    "en": "at most {maximum}: with more, a window would see padding alone",
    "ko": "최대 {maximum}: 더 크면 패딩만 보는 윈도우가 생깁니다",
}
HALF_A_WINDOW = {
    "en": "at most {maximum}: half a window, or padding alone could be pooled",
    "ko": "최대 {maximum}: 윈도우의 절반. 더 크면 패딩만 풀링할 수 있습니다",
}
MIRROR = {
    "en": "at most {maximum}: reflection does not repeat the edge, so it needs one cell more than it shows",
    "ko": "최대 {maximum}: 반사는 가장자리를 되풀이하지 않으므로 한 칸이 더 필요합니다",
}
ONCE_AROUND = {
    "en": "at most {maximum}: circular padding goes around the input once",
    "ko": "최대 {maximum}: 순환 패딩은 입력을 한 바퀴까지만 돕니다",
}

MIRRORED_ONCE = {
    "en": "at most {maximum}: symmetric padding mirrors the input once",
    "ko": "최대 {maximum}: 대칭 패딩은 입력을 한 번까지만 비춥니다",
}
BELOW_A_STEP = {
    "en": "at most {maximum}: a whole stride more would be room for another stamp",
    "ko": "최대 {maximum}: 보폭만큼 더 커지면 도장이 하나 더 들어갑니다",
}
SOME_OUTPUT = {
    "en": "at most {maximum}: more would cut the whole output away",
    "ko": "최대 {maximum}: 더 크면 출력이 모두 잘려 나갑니다",
}

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
        "why": {language: text.format(maximum=maximum) for language, text in why.items()},
    }
