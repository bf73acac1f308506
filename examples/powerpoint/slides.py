"""A deck of PowerPoint with a film and a GIF: python slides.py slides.pptx

Needs `pip install python-pptx` and Kernelwalk with its extra `video`. By hand it is the same: `kernelwalk render LINE
-o walk.mp4`, then Insert > Video > This device; or Insert > Pictures for a GIF. Keynote and Google Slides take both.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from kernelwalk import render

LINE = "cat 32 | sobel-x"
MOVING = {"every": 30, "fps": 4, "width": 960}
LEFT, TOP, WIDTH = Inches(1.2), Inches(1.5), Inches(7.6)
TITLE_ONLY = 5


def deck(line: str) -> bytes:
    """Two slides: the film, which plays where it is pressed, and the GIF, which always moves."""
    shown = Presentation()

    def titled(title: str) -> Slide:
        slide = shown.slides.add_slide(shown.slide_layouts[TITLE_ONLY])
        slide.shapes.title.text = title
        return slide

    still = io.BytesIO(render(line, "png", steps="last", still=True, width=MOVING["width"]))
    film = io.BytesIO(render(line, "mp4", **MOVING))
    gif = io.BytesIO(render(line, "gif", **MOVING))
    height = int(WIDTH * 440 / 700)
    shapes = titled("A film: press it").shapes
    shapes.add_movie(film, LEFT, TOP, WIDTH, height, poster_frame_image=still, mime_type="video/mp4")
    titled("A picture that moves").shapes.add_picture(gif, LEFT, TOP, WIDTH)
    written = io.BytesIO()
    shown.save(written)
    return written.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(deck(LINE))
