"""What the element marks and offers beyond the step: thumbnails, winners, missed lines, the next layer, sums so far."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import Page, expect

import core
from tests.browser.element import (
    DRAWN,
    EXPECTED,
    FIRST,
    WALK,
    embed,
    open_walk,
    walked,
)

if TYPE_CHECKING:
    pass


TABLE = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0]"
WAYS = "[1 2 3; 4 5 6; 7 8 9] | avg_pool2d_backward 2 stride=1 input_size=(4,4)"

# Opaque pixels of a canvas inside the element.
INKED = """(selector) => {
  const canvas = document.querySelector('kernel-walk').shadowRoot.querySelector(selector);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((_, place) => place % 4 === 3 && data[place] > 0).length;
}"""
# Whether any pixel of a colour lies in a part of a canvas, given in shares of the picture.
COLOURED = """([layer, role, left, top, right, bottom]) => {
  const root = document.querySelector('kernel-walk').shadowRoot;
  const cells = root.querySelector('.input .cells').getBoundingClientRect();
  const canvas = root.querySelector(`.input .${layer}`);
  const box = canvas.getBoundingClientRect();
  const place = (share, start, size, from) => Math.round(start - from + share * size);
  const [x, y] = [place(left, cells.left, cells.width, box.left), place(top, cells.top, cells.height, box.top)];
  const [width, height] = [Math.round((right - left) * cells.width), Math.round((bottom - top) * cells.height)];
  const { data } = canvas.getContext('2d').getImageData(x, y, width, height);
  const swatch = Object.assign(document.createElement('i'), { style: `color:var(--${role})` });
  root.append(swatch);
  const wanted = getComputedStyle(swatch).color.match(/\\d+/g).slice(0, 3).map(Number);
  swatch.remove();
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    found += data[at + 3] > 100 && wanted.every((band, place) => Math.abs(data[at + place] - band) < 30);
  }
  return found;
}"""


def test_thumbnails_show_as_much_as_is_written(page: Page, server: str) -> None:
    open_walk(page, embed(server, "cat 32 rgb | conv2d sharpen", step=700))
    page.wait_for_function(f"() => ({INKED})('.output .thumbs button:nth-child(2) canvas') === 131")
    assert page.evaluate(INKED, ".output .thumbs button:nth-child(1) canvas") == 570
    walked(page, "seek(10)")
    page.wait_for_function(f"() => ({INKED})('.output .thumbs button:nth-child(1) canvas') === 11")
    assert page.evaluate(INKED, ".output .thumbs button:nth-child(2) canvas") == 0


def test_lines_that_no_window_covers_are_named_and_veiled(page: Page, server: str) -> None:
    open_walk(page, embed(server, f"{TABLE} | max_pool2d 2"))
    warnings = page.locator("kernel-walk .warnings li").all_text_contents()
    assert [text.split(": ", 1)[1] for text in warnings] == [
        "no window covers the last row of the input, row 5",
        "no window covers the last column of the input, column 5",
    ]
    assert page.evaluate(COLOURED, ["ink", "paper", 0.82, 0.1, 0.98, 0.7])
    page.goto(embed(server, f"{TABLE} | max_pool2d 2", lang="ko"))
    warning = "1번째 층(최대 풀링): 입력의 마지막 행, 5번째 행은 어느 윈도우에도 들어가지 않습니다"
    expect(page.locator("kernel-walk .warnings li").first).to_have_text(warning)


def test_the_winner_of_a_maximum_is_marked_in_the_input(page: Page, server: str) -> None:
    open_walk(page, embed(server, f"{TABLE} | max_pool2d 2 stride=1", step=12))
    assert page.evaluate(COLOURED, ["marks", "output", 0.2, 0.6, 0.4, 0.8])
    walked(page, "seek(3)")
    assert not page.evaluate(COLOURED, ["marks", "output", 0.2, 0.6, 0.4, 0.8])


def test_the_end_of_a_layer_offers_the_next(page: Page, server: str) -> None:
    open_walk(page, embed(server, f"{FIRST} | relu", step=7))
    expect(page.locator("kernel-walk .next")).to_be_hidden()
    page.locator("kernel-walk .frame").focus()
    page.keyboard.press("ArrowRight")
    page.locator("kernel-walk .next").click()
    page.wait_for_function(f"() => {WALK}.layer === 1")
    assert (walked(page, "step"), walked(page, "playing")) == (0, False)
    page.keyboard.press("End")
    expect(page.locator("kernel-walk .next")).to_be_hidden()


def test_n_goes_on_to_the_next_layer_and_a_walk_that_played_plays_on(page: Page, server: str) -> None:
    open_walk(page, embed(server, f"{FIRST} | relu", step=7))
    page.evaluate(f"() => new Promise((done) => {{ {WALK}.addEventListener('end', done); {WALK}.play(); }})")
    page.locator("kernel-walk .frame").focus()
    page.keyboard.press("n")
    page.wait_for_function(f"() => {WALK}.layer === 1 && {WALK}.playing")


def test_a_jump_into_a_scatter_shows_what_is_added_up_by_then(page: Page, server: str) -> None:
    trace = core.trace(WAYS)
    open_walk(page, embed(server, WAYS, step=5))
    drawn = EXPECTED.replace(
        "values.map((value) => scale.pixel(value))", "values.map((value) => value === null ? 0 : scale.pixel(value))"
    )
    for step in (5, 1, 7):
        walked(page, f"seek({step})")
        sums = trace.so_far(step + 1)
        touched = np.zeros(sums.shape, bool)
        for index in range(step + 1):
            top, left = trace[index]["corner"]
            touched[:, top : top + 2, left : left + 2] = True
        values = [value if seen else None for value, seen in zip(sums.ravel().tolist(), touched.ravel(), strict=True)]
        whole = [float(trace.feature_map().min()), float(trace.feature_map().max())]
        expected = page.evaluate(drawn, [values, whole, "table", False])
        page.wait_for_function(
            f"(expected) => JSON.stringify(({DRAWN})()) === expected", arg=json.dumps(expected, separators=(",", ":"))
        )


def test_a_phone_sees_the_top_of_the_map_above_the_controls(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    open_walk(page, f"{server}/?lang=en&step=600")
    tops = page.evaluate("""() => ['.output .cells', '.timeline'].map((selector) => (
      document.querySelector('kernel-walk').shadowRoot.querySelector(selector).getBoundingClientRect().top))""")
    assert tops[0] + 8 < tops[1]
