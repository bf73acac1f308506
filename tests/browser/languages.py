"""Every page as a reader of another language meets it: all is opened, and all that is written is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page

import core
from tests.browser.lab import ready

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8").rstrip().rstrip(";")
# Words on a canvas are in no element: they are remembered as they are drawn.
REMEMBER = """
globalThis.drawn = new Set();
const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
  globalThis.drawn.add(String(text));
  return fillText.call(this, text, ...place);
};
"""
SCENES = (
    "cat 32 rgb | conv2d sobel-x stride=2 | relu | max_pool2d 2",
    "[1 2 3 4; 5 6 7 8; 9 8 7 6; 1 2 3 4] | conv_transpose2d [1 2; 3 4] stride=2 | unfold 2 | softmax",
    "cat 24 | sobel | avg_pool2d 3 | flatten",
    "cat 5 | max_pool2d 2",
    "[1 -2 3; -4 5 -6; 7 -8 9] | pad 1 | lp_pool2d 2 2 | flip | leaky_relu",
)
REFUSED = ("cat 8 | max_pool2d 9", "cta | sobel", "cat 8 | nothing", "cat 8 | conv2d [1 2; 3")
NOBODY = "no-such"

# What is the same in every language, beside code, scene lines and names that are marked as not to be translated.
NAMES = {
    "RGB",
    "Kernelwalk",
    "ReLU",
    "ELU",
    "LeakyReLU",
    "max",
    "min",
    "argmax",
    "mod",
    "atan2",
    "dX",
    "dY",
    "dW",
    "db",
    "im2col",
}
LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]")


def foreign(texts: set[str], names: set[str]) -> list[str]:
    """Texts with Latin words that no language shares."""
    return sorted(text for text in texts if not is_line(text) and set(LATIN.findall(text)) - names)


def is_line(text: str) -> bool:
    """A scene, or what the test gave for one: titles repeat it."""
    try:
        return text in (*REFUSED, NOBODY) or bool(core.parse(text))
    except core.SceneError:
        return False


def written(page: Page) -> set[str]:
    """All that the page says now, in elements, their labels, its title, and on canvases so far."""
    elements: list[str] = page.evaluate(f"{CHECKS}.texts()")
    return {*elements, *page.title().split(" · "), *page.evaluate("[...globalThis.drawn]")}


def tour(page: Page, server: str, language: str) -> Iterator[set[str]]:
    """What each place of the product says."""
    page.add_init_script(REMEMBER)
    for visit in (lab, refused_lab, embeds, courses, documents):
        yield from visit(page, server, language)


def lab(page: Page, server: str, language: str) -> Iterator[set[str]]:
    for scene in SCENES:
        page.goto(f"{server}/?{urlencode({'scene': scene, 'step': 0, 'lang': language})}")
        ready(page)
        layers = page.locator("[data-layer] .chip").count()
        for layer in range(layers):
            page.click(f"[data-layer='{layer}'] .chip")
            page.wait_for_timeout(150)
            for tab in page.locator("[role=tab]:not([hidden])").all():
                tab.click()
                page.wait_for_timeout(60)
                yield written(page)
    page.goto(f"{server}/?{urlencode({'scene': SCENES[0], 'step': 0, 'lang': language})}")
    ready(page)
    for open_one in openers(page):
        open_one()
        page.wait_for_timeout(150)
        yield written(page)


def openers(page: Page) -> list[Callable[[], Any]]:
    """Every menu, dialog and sentence of the lab."""
    escape = lambda: page.keyboard.press("Escape")  # noqa: E731
    return [
        lambda: page.click(".filter-button"), escape,
        lambda: page.click(".chip.add"), escape,
        lambda: page.click(".chip.input"),
        lambda: page.click(".sources button:last-child"),
        lambda: (page.click("#share"), page.wait_for_selector("dialog.share[open]")), escape,
        lambda: page.click("#keys"), escape,
        lambda: page.click("#theme"),
        lambda: page.fill("#scene-line", "cat 64 | conv2d sobell"),
        lambda: page.press("#scene-line", "Enter"),
    ]  # fmt: skip


def refused_lab(page: Page, server: str, language: str) -> Iterator[set[str]]:
    for scene in REFUSED:
        page.goto(f"{server}/?{urlencode({'scene': scene, 'lang': language})}")
        page.wait_for_timeout(400)
        yield written(page)


def embeds(page: Page, server: str, language: str) -> Iterator[set[str]]:
    for scene in (*SCENES, *REFUSED):
        page.goto(f"{server}/embed?{urlencode({'scene': scene, 'lang': language})}")
        page.wait_for_timeout(400)
        yield written(page)
        page.keyboard.press("Tab")
        page.keyboard.press("?")
        yield written(page)


def courses(page: Page, server: str, language: str) -> Iterator[set[str]]:
    page.goto(f"{server}/gallery?lang={language}")
    page.wait_for_timeout(400)
    yield written(page)
    for name in (*list(core.GALLERY)[::6], NOBODY):
        page.goto(f"{server}/gallery/{name}?lang={language}")
        page.wait_for_timeout(100)
        yield written(page)


def documents(page: Page, server: str, language: str) -> Iterator[set[str]]:
    page.goto(f"{server}/docs?lang={language}")
    yield written(page)
