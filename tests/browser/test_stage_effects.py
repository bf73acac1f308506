"""What joins the panes while a step is followed: sight lines, a quiet picture, the sum that lands in its cell."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.element import FIRST, SOBEL, WALK, embed, open_walk, walked

# Alpha of a point of a canvas, at a share of the cells of a pane.
ALPHA = """([layer, pane, down, across]) => {
  const root = document.querySelector('kernel-walk').shadowRoot;
  const cells = root.querySelector(`.${pane} .cells`).getBoundingClientRect();
  const canvas = root.querySelector(layer);
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  const [x, y] = [cells.left + across * cells.width - box.left, cells.top + down * cells.height - box.top];
  return canvas.hidden ? -1 : canvas.getContext('2d').getImageData(x * scale, y * scale, 1, 1).data[3];
}"""
# Whether a straight way from the window's grid to the window meets ink everywhere.
JOINED = """() => {
  const root = document.querySelector('kernel-walk').shadowRoot;
  const [sheet, board] = ['.input .sheet', '.board canvas'].map((name) =>
    root.querySelector(name).getBoundingClientRect());
  const canvas = root.querySelector('.effects');
  const box = canvas.getBoundingClientRect();
  const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const rows = [...Array(Math.floor(board.top - sheet.bottom)).keys()].map((row) => {
    const from = 4 * width * Math.round((sheet.bottom + row - box.top) * (width / box.width));
    return data.slice(from, from + 2 * width).some((value, place) => place % 4 === 3 && value > 0);
  });
  return rows.length > 0 && rows.every(Boolean);
}"""
# The strongest ink that ever lies in the middle of the written cell while a step is gone to.
LANDING = """([down, across]) => new Promise((done) => {
  const alpha = LOOK;
  const walk = document.querySelector('kernel-walk');
  const until = performance.now() + 3000;
  let most = 0;
  walk.stepForward();
  const look = () => {
    most = Math.max(most, alpha(['.effects', 'output', down, across]));
    if (performance.now() < until && most < 30) requestAnimationFrame(look);
    else done(most);
  };
  look();
})""".replace("LOOK", ALPHA)
READY = f"() => {WALK}.shadowRoot.querySelector('.effects')"


def opened(page: Page, address: str) -> Page:
    page.set_viewport_size({"width": 960, "height": 700})
    open_walk(page, address)
    page.wait_for_function(READY)
    return page


def test_a_picture_steps_back_where_the_window_is_not(page: Page, server: str) -> None:
    opened(page, embed(server, SOBEL, step=20 * 62 + 30))
    page.wait_for_function(f"() => ({ALPHA})(['.input .marks', 'input', 0.1, 0.1]) > 0")
    assert page.evaluate(ALPHA, [".input .marks", "input", 21.5 / 43, 31.5 / 64]) == 0


def test_numbers_keep_their_contrast(page: Page, server: str) -> None:
    opened(page, embed(server, FIRST, step=0))
    assert page.evaluate(ALPHA, [".input .marks", "input", 0.9, 0.9]) == 0


@pytest.mark.parametrize("scene", [FIRST, SOBEL])
def test_light_joins_the_window_with_its_grid(page: Page, server: str, scene: str) -> None:
    opened(page, embed(server, scene, step=3))
    page.wait_for_function(JOINED)


def test_what_is_too_fast_to_be_followed_is_not_joined(page: Page, server: str) -> None:
    opened(page, embed(server, SOBEL, step=3))
    page.evaluate(f"() => {{ {WALK}.speed = 60; {WALK}.play(); }}")
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.effects').hidden")
    assert page.evaluate(ALPHA, [".input .marks", "input", 0.9, 0.9]) == 0
    page.evaluate(f"() => {WALK}.pause()")
    page.wait_for_function(f"() => !{WALK}.shadowRoot.querySelector('.effects').hidden")
    assert page.evaluate(ALPHA, [".input .marks", "input", 0.9, 0.9]) > 0


def test_the_sum_lands_in_its_cell_and_then_all_is_still(page: Page, server: str) -> None:
    opened(page, embed(server, FIRST, step=3))
    assert page.evaluate(LANDING, [0.5, 0.5]) >= 30
    page.wait_for_function(f"() => ({ALPHA})(['.effects', 'output', 0.5, 0.5]) === 0")


def test_nothing_flashes_for_those_who_asked_for_less_motion(new_page: Callable[..., Page], server: str) -> None:
    page = opened(new_page(reduced_motion="reduce"), embed(server, FIRST, step=3))
    assert page.evaluate(LANDING, [0.5, 0.5]) < 30
    assert walked(page, "step") == 4
    assert page.evaluate(JOINED)


def test_a_walk_goes_on_without_its_effects(page: Page, server: str, problems: list[str]) -> None:
    page.route("**/stage/effects.js", lambda route: route.abort())
    page.set_viewport_size({"width": 960, "height": 700})
    with page.expect_event("requestfailed", lambda request: "effects" in request.url):
        open_walk(page, embed(server, FIRST, step=3))
    walked(page, "stepForward()")
    page.wait_for_function(f"() => {WALK}.step === 4")
    problems.clear()  # that a script did not come
