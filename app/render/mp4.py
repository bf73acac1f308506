"""A walk as film, H.264 in MP4, which slides and messengers play. It needs PyAV, an extra that is large."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.errors import MISSING, Refusal
from app.render.description import Figure
from app.render.frames import canvases
from app.render.sheet import height_of

TICKS = 1000  # a second
QUALITY = "20"
OPTIONS = {
    "preset": "veryfast", "crf": QUALITY, "tune": "stillimage", "bf": "0", "threads": "1", "x264-params": "threads=1",
}  # fmt: skip


def available() -> bool:
    """Whether films can be made here."""
    return find_spec("av") is not None


def codec() -> Any:
    try:
        import av
    except ImportError:
        rule = "films need PyAV, which is not installed here: install kernelwalk[video], or take gif, png, webp or svg"
        raise Refusal(MISSING, rule, field="format") from None
    return av


def animated(figure: Figure, steps: Sequence[int], width: int, seconds: Sequence[float], _: bool = False) -> bytes:
    """Each step stays for so many seconds. Sides are even, as the format asks."""
    av = codec()
    size = (width // 2 * 2, height_of(figure.size, width) // 2 * 2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with av.open(str(path), "w", format="mp4", options={"movflags": "faststart", "fflags": "bitexact"}) as film:
            stream = film.add_stream("libx264", rate=Fraction(1 / seconds[0]).limit_denominator(TICKS), options=OPTIONS)
            stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
            stream.codec_context.time_base = stream.time_base = Fraction(1, TICKS)
            begun = 0.0
            for (_stays, canvas), stay in zip(canvases(figure, steps, width), seconds, strict=True):
                frame = av.VideoFrame.from_image(canvas.image.crop((0, 0, *size)))
                frame.pts, frame.time_base = round(begun * TICKS), Fraction(1, TICKS)
                film.mux(stream.encode(frame))
                begun += stay
            frame.pts = round((begun - min(stay, 1 / TICKS)) * TICKS)  # the last picture once more, so that it stays
            film.mux(stream.encode(frame))
            film.mux(stream.encode())
        return path.read_bytes()
