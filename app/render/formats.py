"""The formats of figures as files, in one table: a media type, and who paints a still and who a walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.render import apng, gif, moving_svg, mp4, pdf, raster, svg, webp
from app.render.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Format:
    """`still` takes a sheet and a width; `moving` a figure, steps, a width, how long each stays, whether it loops.

    `lettered` is what has its letters from the fonts of pictures, and not from those of its reader.
    """

    media: str
    still: Callable[[Sheet, int], bytes] | None = None
    moving: Callable[..., bytes] | None = None
    loops: bool = True
    lettered: bool = True


FORMATS: Mapping[str, Format] = {
    "svg": Format("image/svg+xml", svg.still, moving_svg.animated, lettered=False),
    "png": Format("image/png", raster.still, apng.animated),
    "gif": Format("image/gif", None, gif.animated),
    "webp": Format("image/webp", None, webp.animated),
    "pdf": Format("application/pdf", pdf.still),
    "mp4": Format("video/mp4", None, mp4.animated, loops=False),
}
STILLS = [name for name, form in FORMATS.items() if form.still]
