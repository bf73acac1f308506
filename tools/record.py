"""Records the picture of the README: a running server's own player, step by step, as a small GIF.

python -m tools.record http://127.0.0.1:8000 docs/walk.gif
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.browser import find_browser

SCENE = "cat 64 | conv2d sobel-x padding=same | relu"
SIZE = {"width": 700, "height": 405}
SLOW, QUICK, REST = 420, 60, 2600  # milliseconds a frame: read it, watch it fill, look at it
COLOURS = 96


def frames_of(steps: int) -> list[tuple[int, int]]:
    """Steps to show, each with its time: a few to read, then the whole map, then its last."""
    first = 22 * 64 + 18
    return [
        *((first + step, SLOW) for step in range(8)),
        *((step, QUICK) for step in range(first + 8, steps - 1, 29)),
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
    palette = pictures[-1].quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in pictures]
    frames[0].save(
        file, save_all=True, append_images=frames[1:], duration=[time for _, time in shown], loop=0, optimize=False
    )


if __name__ == "__main__":
    record(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
