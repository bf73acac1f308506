"""Two walks beside each other in a real browser: one clock, both ways, and where their maps differ."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, WALK, embed, open_walk, walked

SECOND = f"{WALK}.shadowRoot.querySelector('[beside]')"
POOLED = "[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | max_pool2d 2"


def open_pair(page: Page, address: str) -> None:
    open_walk(page, address)
    page.wait_for_function(f"() => {SECOND}?.steps > 0")


def second(page: Page, expression: str) -> Any:
    return page.evaluate(f"{SECOND}.{expression}")


def stand_at(page: Page, one: int, other: int) -> None:
    page.wait_for_function(f"() => {WALK}.step === {one} && {SECOND}.step === {other}")


def cell(page: Page, half: int, row: int, column: int, size: int) -> tuple[float, float]:
    """Where a cell of a half's map lies on the page."""
    box = page.locator("kernel-walk .half").nth(half).locator(".output .cells").bounding_box()
    assert box
    return box["x"] + box["width"] * (column + 0.5) / size, box["y"] + box["height"] * (row + 0.5) / size


def test_two_walks_of_as_many_steps_go_step_by_step(page: Page, server: str) -> None:
    open_pair(page, embed(server, FIRST, compare="flip=true", speed=20))
    page.evaluate(f"{WALK}.seek(4)")
    stand_at(page, 4, 4)
    page.locator("kernel-walk .play").first.click()
    stand_at(page, 8, 8)
    assert not second(page, "playing")


def test_stride_1_and_stride_2_are_at_the_same_place_of_the_picture(page: Page, server: str) -> None:
    open_pair(page, embed(server, FIRST, compare="stride=2"))
    for one, other in ((0, 0), (1, 0), (2, 1), (5, 1), (6, 2), (8, 3)):
        page.evaluate(f"{WALK}.seek({one})")
        stand_at(page, one, other)
    page.mouse.click(*cell(page, 1, 1, 0, 2))
    stand_at(page, 6, 2)


def test_by_time_both_come_to_their_end_together(page: Page, server: str) -> None:
    open_pair(page, embed(server, FIRST, compare="stride=2", by="time"))
    for one, other in ((0, 0), (3, 1), (8, 3)):
        page.evaluate(f"{WALK}.seek({one})")
        stand_at(page, one, other)


def test_looking_at_a_cell_of_either_shows_it_in_both_and_leaves_the_walk_where_it_is(page: Page, server: str) -> None:
    open_pair(page, embed(server, FIRST, compare="flip=true"))
    looked = [f"{walk}.addEventListener('inspect', ({{ detail }}) => {name} = detail.index)"
              for name, walk in (("here", WALK), ("there", SECOND))]  # fmt: skip
    for half in (0, 1):
        page.evaluate(f"here = there = -1; {'; '.join(looked)}; null")
        page.mouse.move(*cell(page, half, 1, 2, 3))
        page.wait_for_function("() => here === 5 && there === 5")
        page.mouse.move(2, 2)
        stand_at(page, 0, 0)


def test_keys_of_the_second_are_those_of_both(page: Page, server: str) -> None:
    open_pair(page, embed(server, FIRST, compare="flip=true"))
    page.evaluate(f"{SECOND}.shadowRoot.querySelector('.frame').focus()")
    page.keyboard.press("ArrowRight")
    stand_at(page, 1, 1)
    page.keyboard.press("End")
    stand_at(page, 8, 8)


def test_cells_that_differ_are_counted_at_the_end(page: Page, server: str) -> None:
    open_pair(page, embed(server, POOLED, compare="avg_pool2d 2"))
    expect(page.locator("kernel-walk .differ")).to_have_text("")
    page.evaluate(f"{WALK}.seek(3)")
    expect(page.locator("kernel-walk .differ")).to_have_text("4 of 4 cells differ")
    page.evaluate(f"{WALK}.setAttribute('compare', 'ceil_mode=true')")
    expect(page.locator("kernel-walk .differ")).to_have_text("All 4 cells are the same")


def test_a_marked_cell_is_painted_in_both_maps(page: Page, server: str) -> None:
    open_pair(page, embed(server, POOLED, compare="avg_pool2d 2", step=3))
    expect(page.locator("kernel-walk .differ")).to_have_text("4 of 4 cells differ")
    inked = """(walk) => {
      const marks = walk.shadowRoot.querySelector('.output .marks');
      const [red, green, blue] = getComputedStyle(walk.shadowRoot.querySelector('.scene mark') ?? walk).backgroundColor
        .match(/\\d+/g).map(Number);
      const { data } = marks.getContext('2d').getImageData(0, 0, marks.width, marks.height);
      let found = 0;
      for (let place = 0; place < data.length; place += 4)
        found += data[place] === red && data[place + 1] === green && data[place + 2] === blue;
      return found;
    }"""
    assert page.evaluate(f"({inked})({WALK})") > 40


@pytest.mark.parametrize(
    ("compare", "said"),
    [("stride=2", ["stride=1", "stride=2"]), ("flip=true", ["flip=false", "flip=true"])],
)
def test_captions_mark_what_differs(page: Page, server: str, compare: str, said: list[str]) -> None:
    open_pair(page, embed(server, FIRST, compare=compare))
    expect(page.locator("kernel-walk .scene mark")).to_have_text(said)


def test_before_and_after_relu_are_two_layers_of_one_line(page: Page, server: str) -> None:
    open_pair(page, embed(server, "[1 -2; -3 4] | conv2d [1] | relu", compare="layer=1"))
    assert (walked(page, "layer"), second(page, "layer")) == (0, 1)
    expect(page.locator("kernel-walk .scene mark")).to_have_text(["Convolution", "ReLU"])
    page.evaluate(f"{WALK}.seek(3)")
    expect(page.locator("kernel-walk .differ")).to_have_text("2 of 4 cells differ")


def test_another_layer_of_the_first_is_one_of_the_second(page: Page, server: str) -> None:
    line = FIRST + " | relu"
    open_pair(page, embed(server, line, compare=line.replace("1 0 1; 1 0 1", "1 0 1; 1 0 2")))
    page.evaluate(f"{WALK}.layer = 1")
    page.wait_for_function(f"() => {WALK}.layer === 1 && {SECOND}.layer === 1")


def test_a_second_that_is_refused_is_told_in_its_place_and_the_first_walks(
    page: Page, server: str, problems: list[str]
) -> None:
    open_walk(page, embed(server, FIRST, compare="zebra"))
    expect(page.locator("kernel-walk .half").nth(1).locator(".notice")).to_contain_text("zebra")
    page.evaluate(f"{WALK}.seek(5)")
    page.wait_for_function(f"() => {WALK}.step === 5")
    page.evaluate(f"{WALK}.setAttribute('compare', 'stride=2')")
    page.wait_for_function(f"() => {SECOND}.steps === 4 && {SECOND}.step === 1")
    assert [("422" in problem) for problem in problems] == [True]
    problems.clear()


@pytest.mark.parametrize(("width", "height"), [(700, 440), (960, 700), (1280, 720), (360, 740)])
def test_both_stand_whole_in_their_frame(page: Page, server: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_pair(page, embed(server, FIRST, compare="stride=2"))
    for selector in (".half .input .sheet", ".half .output .sheet", ".timeline .play"):
        for place in page.locator(f"kernel-walk {selector}").all():
            if not place.is_visible():
                continue
            box = place.bounding_box()
            assert box
            assert 0 <= box["x"] <= width - box["width"]
            assert 0 <= box["y"] <= height - box["height"]
    sides = [
        box["width"] for box in (place.bounding_box() for place in page.locator(".half .input .cells").all()) if box
    ]
    assert sides == [sides[0]] * 2


def test_without_the_word_the_first_has_all_the_room_again(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    alone = page.locator("kernel-walk .panes").bounding_box()
    page.evaluate(f"{WALK}.setAttribute('compare', 'stride=2')")
    page.wait_for_function(f"() => {SECOND}?.steps > 0")
    page.evaluate(f"{WALK}.removeAttribute('compare')")
    expect(page.locator("kernel-walk .half")).to_have_count(0)
    assert page.locator("kernel-walk .panes").bounding_box() == alone


def test_a_fast_walk_takes_the_second_along(page: Page, server: str) -> None:
    open_pair(page, embed(server, "cat 128 | sobel-x", compare="sobel-y", speed=2000))
    page.locator("kernel-walk .play").first.click()
    last = walked(page, "steps") - 1
    page.wait_for_function(f"() => {SECOND}.step > 1000")
    stand_at(page, last, last)


def test_the_lab_keeps_the_second_scene_and_the_stops_in_its_address(page: Page, server: str) -> None:
    open_pair(page, f"{server}/?scene=@first-steps&compare=stride%3D2&stops=4:here&lang=en")
    page.evaluate(f"{WALK}.seek(5)")
    page.wait_for_function("() => new URLSearchParams(location.search).get('step') === '5'")
    words = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    assert (words["compare"], words["stops"]) == ("stride=2", "4:here")


PARTS = """() => {
  const first = document.querySelector('kernel-walk').shadowRoot;
  const second = first.querySelector('.pair kernel-walk');
  const told = (root, from) => [...root.querySelectorAll('.pane .title, .legend, .legend .bar, .result, .lines')]
    .filter((part) => !part.closest('kernel-walk[beside]') || root !== first)
    .map((part) => [part.className, part.getBoundingClientRect()])
    .map(([name, box]) => [name, Math.round(box.x - from.x), Math.round(box.y - from.y), box.height > 0]);
  const [left, right] = [...first.querySelectorAll('.half')].map((half) => half.getBoundingClientRect());
  return [told(first.querySelector('.half'), left), told(second.shadowRoot, right)];
}"""


@pytest.mark.parametrize(("width", "height"), [(1200, 600), (700, 440)])
def test_what_stands_in_one_half_stands_in_the_same_place_of_the_other(
    page: Page, server: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_walk(page, embed(server, "cat 64 | conv2d sobel-x", compare="cat 64 | conv2d sobel-y"))
    page.locator("kernel-walk kernel-walk .legend .bar").first.wait_for()
    one, other = page.evaluate(PARTS)
    assert len(one) >= 4
    assert [[*part[:1], *part[3:]] for part in one] == [[*part[:1], *part[3:]] for part in other]
    for mine, theirs in zip(one, other, strict=True):
        if "legend" in mine[0] or "title" in mine[0]:
            assert mine[2] == pytest.approx(theirs[2], abs=2), (mine, theirs)
