"""Records the picture of the README: a running server's own player, step by step, as a small GIF.

python -m tools.record http://127.0.0.1:8000 docs/walk.gif
"""

from __future__ import annotations

import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.browser import find_browser

SCENE = "cat 64 | conv2d sobel-x padding=same | relu"
SIZE = {"width": 700, "height": 440}
SLOW, QUICK, REST = 450, 90, 2600  # milliseconds a frame: read it, watch it fill, look at it
COLOURS = 250


def frames_of(steps: int) -> list[tuple[int, int]]:
    """Steps to show, each with its time: a few to read, then the whole map, then its last."""
    first = 22 * 64 + 18
    return [
        *((first + step, SLOW) for step in range(8)),
        *((step, QUICK) for step in range(first + 8, steps - 1, 53)),
        (steps - 1, REST),
    ]


def picture(page: Page, step: int) -> Image.Image:
    """The player at a step, once it shows that step."""
    page.evaluate(
        """step => new Promise((shown) => {
          const walk = document.querySelector("kernel-walk");
          if (walk.step === step) shown();
          walk.addEventListener("step", ({ detail }) => { if (detail.index === step) setTimeout(shown, 150); });
          walk.seek(step);
        })""",
        step,
    )
    return Image.open(BytesIO(page.screenshot(clip={"x": 0, "y": 0, **SIZE}))).convert("RGB")


def record(server: str, file: Path) -> None:
    """All frames on one palette, each only where it differs from the one before."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        page.goto(f"{server}/embed?{urlencode({'scene': SCENE, 'step': 1, 'lang': 'en', 'theme': 'light'})}")
        page.wait_for_function("document.querySelector('kernel-walk').steps > 0")
        shown = frames_of(page.evaluate("document.querySelector('kernel-walk').steps"))
        pictures = [picture(page, step) for step, _ in shown]
        browser.close()
    save(file, pictures, [time for _, time in shown])


def save(file: Path, pictures: list[Image.Image], times: list[int]) -> None:
    """One palette for all frames; what does not change from one frame to the next is transparent."""
    palette = pictures[-1].quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    frames = [np.asarray(frame.quantize(palette=palette, dither=Image.Dither.NONE)) for frame in pictures]
    changes = [frames[0]] + [np.where(now == before, COLOURS, now) for before, now in pairwise(frames)]
    images = [Image.fromarray(change.astype(np.uint8), "P") for change in changes]
    for image in images:
        image.putpalette(palette.getpalette() or [])
    images[0].save(
        file, save_all=True, append_images=images[1:], duration=times, loop=0, transparency=COLOURS, disposal=1
    )


if __name__ == "__main__":
    record(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
