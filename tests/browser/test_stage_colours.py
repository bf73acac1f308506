"""A picture in colour is seen in colour, beside the channels that the arithmetic reads; names that find no room."""

from typing import Any

import numpy as np
from playwright.sync_api import Page

from app.pictures.resize import area_average
from app.pictures.samples import sample_pixels
from tests.browser.element import WALK, embed, open_walk

PLANES = """() => {
  const { shadowRoot } = document.querySelector('kernel-walk');
  return [...shadowRoot.querySelectorAll('.input .cells')].map((canvas) => {
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, data: [...data] };
})}"""
# The middle of a plane, on the page.
LOOKED = """(plane) => {
  const root = document.querySelector('kernel-walk').shadowRoot;
  const box = root.querySelectorAll('.input .cells')[plane].getBoundingClientRect();
  return [box.left + 0.5 * box.width, box.top + 0.5 * box.height];
}"""


def planes(page: Page) -> list[np.ndarray[Any, Any]]:
    return [
        np.array(told["data"], np.uint8).reshape(told["height"], told["width"], 4) for told in page.evaluate(PLANES)
    ]


def test_a_picture_in_colour_is_seen_in_colour(page: Page, server: str) -> None:
    open_walk(page, embed(server, "cat 32 rgb | conv2d out=2 kernel_size=3 seed=1"))
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelectorAll('.input .cells').length === 4")
    coloured, red, green, blue = planes(page)
    pixels = np.moveaxis(area_average(sample_pixels("cat"), 32), 0, 2)
    assert np.abs(coloured[..., :3].astype(int) - pixels).max() <= 1
    for channel, plane in enumerate((red, green, blue)):
        own = plane[..., channel].astype(int)
        others = np.delete(plane[..., :3], channel, 2).astype(int)
        assert np.abs(own - pixels[..., channel]).max() <= 1
        assert np.array_equal(others, np.repeat(own[..., None] // 2, 2, 2))


def test_a_point_of_the_picture_in_colour_is_the_same_as_in_its_channels(page: Page, server: str) -> None:
    open_walk(page, embed(server, "cat 32 rgb | conv2d out=2 kernel_size=3 seed=1"))
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelectorAll('.input .cells').length === 4")
    chosen = []
    for plane in (0, 1):
        page.mouse.click(*page.evaluate(LOOKED, plane))
        page.wait_for_function(f"() => {WALK}.step > 0")
        chosen.append(page.evaluate(f"{WALK}.step"))
    assert chosen[0] == chosen[1]


def test_numbers_are_no_picture_in_colour(page: Page, server: str) -> None:
    open_walk(page, embed(server, "@multi-channel"))
    assert len(planes(page)) == 3


def test_a_small_frame_shows_the_sum_of_a_picture_in_colour(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 250, "height": 250})
    open_walk(page, embed(server, "@rgb-channels", step=3))
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.result .output')?.checkVisibility()")
    boxes = page.evaluate(
        f"""() => ['.result .output', '.timeline', '.board canvas'].map((name) => {{
          const {{ top, bottom }} = {WALK}.shadowRoot.querySelector(name).getBoundingClientRect();
          return [top, bottom];
        }})"""
    )
    (_, sum_ends), (bar_begins, _), (board_begins, board_ends) = boxes
    assert board_begins > 0
    assert board_ends <= sum_ends <= bar_begins
