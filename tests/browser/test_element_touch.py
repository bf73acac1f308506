"""Pointing at the stage: dragging scrubs, a weight lights what it meets, paper is light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.element import FIRST, SOBEL, WALK, embed, open_walk, walked

# How many of the input's marks, and of the board's pixels, wear a colour that is not there otherwise.
SHADED = """(selector) => {
  const canvas = document.querySelector('kernel-walk').shadowRoot.querySelector(selector);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let strong = 0;
  for (let place = 3; place < data.length; place += 4) if (data[place] > 100) strong += 1;
  return strong / (data.length / 4);
}"""
BRIGHTNESS = """() => {
  const { shadowRoot } = document.querySelector('kernel-walk');
  const canvas = shadowRoot.querySelector('.board canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0; let count = 0;
  for (let place = 0; place < data.length; place += 4)
    if (data[place + 3] > 200) { sum += data[place] + data[place + 1] + data[place + 2]; count += 3; }
  const ink = shadowRoot.querySelector('.output .cells');
  const cells = new Uint32Array(ink.getContext('2d').getImageData(0, 0, ink.width, ink.height).data.buffer);
  return { board: sum / count, pending: cells.filter((cell) => cell === 0).length };
}"""


@pytest.mark.parametrize("pane", ["input", "output"])
def test_a_drag_on_picture_or_map_scrubs(page: Page, server: str, pane: str) -> None:
    open_walk(page, embed(server, SOBEL))
    box = page.locator(f"kernel-walk .{pane} .cells").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, middle)
    page.mouse.down()
    seen = []
    for share in (0.4, 0.6, 0.8):
        page.mouse.move(box["x"] + box["width"] * share, middle, steps=3)
        seen.append(walked(page, "step"))
    page.mouse.up()
    assert seen[0] < seen[1] < seen[2]
    assert seen[2] - seen[0] < 62, "in one row"


def test_a_finger_that_drags_sideways_scrubs(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    open_walk(page, embed(server, SOBEL))
    box = page.locator("kernel-walk .output .cells").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    y = box["y"] + box["height"] / 2
    points = [box["x"] + box["width"] * share for share in (0.2, 0.35, 0.5, 0.65, 0.8)]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": points[0], "y": y}]})
    for x in points[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(f"() => {WALK}.step > 62 * 10")


def test_a_weight_leaves_the_picture_legible(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL, step=900))
    before = page.evaluate(SHADED, ".input .marks")
    board = page.locator("kernel-walk .board canvas").bounding_box()
    assert board
    page.mouse.move(board["x"] + board["width"] * 0.5, board["y"] + board["height"] * 0.6)
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.readout').textContent.includes('·')")
    assert page.evaluate(SHADED, ".input .marks") - before < 0.1, "a tint and a frame, no paint"


@pytest.mark.parametrize("scene", [FIRST, SOBEL])
def test_a_dark_page_prints_light_cells_and_the_finished_map(page: Page, server: str, scene: str) -> None:
    page.emulate_media(color_scheme="dark")
    open_walk(page, embed(server, scene, step=3))
    page.wait_for_function(f"() => {WALK}.featureMap.values.length > 0")
    page.wait_for_load_state("networkidle")
    dark = page.evaluate(BRIGHTNESS)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    light = page.evaluate(BRIGHTNESS)
    assert dark["board"] < 100 < 170 < light["board"]
    assert dark["pending"] > light["pending"] == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(BRIGHTNESS) == dark
