"""What tests do with the element on a page of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import numpy as np
from playwright.sync_api import Page

import core
from app.pictures.colours import to_grey
from app.pictures.resize import area_average
from app.pictures.samples import sample_pixels

FIRST = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0] | conv2d [1 0 1; 1 0 1; 0 1 0]"
SOBEL = "cat 64 | conv2d sobel-x"
HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
WALK = "document.querySelector('kernel-walk')"

DRAWN = """() => {
  const canvas = document.querySelector('kernel-walk').shadowRoot.querySelector('.output .cells');
  const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return [...new Uint32Array(image.data.buffer)];
}"""
EXPECTED = """async ([values, range, look, dark]) => {
  const { scaleOf } = await import('/static/drawing/scale.js');
  const scale = scaleOf(range, look, dark);
  return values.map((value) => scale.pixel(value));
}"""


def embed(server: str, scene: str, **query: Any) -> str:
    return f"{server}/embed?{urlencode({'scene': scene, 'lang': 'en', **query})}"


def open_walk(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(f"() => {WALK}?.steps > 0")


def walked(page: Page, expression: str) -> Any:
    return page.evaluate(f"{WALK}.{expression}")


def shadow_text(page: Page, selector: str) -> str:
    return page.locator(f"kernel-walk {selector}").first.text_content() or ""


def map_of(line: str) -> np.ndarray[Any, Any]:
    scene = core.parse(line)
    pixels = area_average(to_grey(sample_pixels("cat")), 64) if scene.source.name else None
    return core.trace(scene, pixels).feature_map()


def clicked(page: Page, selector: str, cell: int) -> Any:
    """The step after a click on the middle of a cell of a grid of three by three."""
    box = page.locator(f"kernel-walk {selector}").bounding_box()
    assert box
    row, column = divmod(cell, 3)
    page.mouse.click(box["x"] + (column + 0.5) * box["width"] / 3, box["y"] + (row + 0.5) * box["height"] / 3)
    return walked(page, "step")
