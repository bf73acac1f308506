"""Numbers that people type into the lab: taken when they are finished, taken back, and never lost to a size."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kernel import SOBEL, START, cell, complaint, understood
from tests.browser.lab import expect_line, line, open_lab

LISTEN = """() => {
  const walk = document.querySelector('kernel-walk');
  window.lines = [];
  walk.addEventListener('scene', ({ detail }) => window.lines.push(detail.line));
}"""

# --- typing into cells


@pytest.mark.parametrize(
    ("typed", "value"), [("-0,5", "-0.5"), ("−2", "-2"), ("1/4", "0.25"), (".5", "0.5"), ("1e-1", "0.1"), ("+3", "3")]
)
def test_a_number_changes_the_scene_once_when_it_is_finished(page: Page, server: str, typed: str, value: str) -> None:
    open_lab(page, server, START)
    page.evaluate(LISTEN)
    cell(page, 0).focus()
    page.keyboard.type(typed, delay=40)
    page.keyboard.press("Tab")
    expect_line(page, f"cat 16 | conv2d [{value} 2; 3 4]")
    page.wait_for_timeout(500)
    assert page.evaluate("window.lines") == [f"cat 16 | conv2d [{value} 2; 3 4]"]


@pytest.mark.parametrize("typed", ["-", "-0", "", "5,", "1e", "2/"])
def test_a_half_typed_number_holds_the_old_one(page: Page, server: str, typed: str) -> None:
    open_lab(page, server, START)
    page.evaluate(LISTEN)
    address = page.url
    cell(page, 0).fill(typed)
    page.wait_for_timeout(600)
    expect(cell(page, 0)).to_have_value(typed)
    assert (page.evaluate("window.lines"), page.url) == ([], address)


def test_a_cell_that_is_left_without_a_number_shows_the_old_one(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, START)
    for typed in ("x", "1,2,3", ""):
        cell(page, 0).fill(typed)
        page.keyboard.press("Tab")
        expect(cell(page, 0)).to_have_value("1")
    assert line(page) == START
    problems.clear()


def test_quickly_typed_neighbours_are_all_kept(page: Page, server: str) -> None:
    open_lab(page, server, START)
    cell(page, 0).focus()
    for number in ("10", "20", "30", "40"):
        page.keyboard.type(number)
        page.keyboard.press("ArrowRight")
    expect_line(page, "cat 16 | conv2d [10 20; 30 40]")


def test_a_server_that_is_gone_is_said_and_nothing_is_lost(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, START)
    page.context.set_offline(True)
    cell(page, 0).fill("7")
    expect(complaint(page)).to_have_text("The server does not answer.")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect_line(page, "cat 16 | conv2d [7 2; 3 4]")
    problems.clear()


def test_telephones_get_a_keyboard_with_a_minus_and_a_key_for_the_sign(new_page: Any, server: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    open_lab(page, server, START)
    assert cell(page, 0).get_attribute("inputmode") == "text"
    sign = page.get_by_role("button", name="Change the sign of this number")
    expect(sign).to_be_visible()
    cell(page, 1).tap()
    sign.tap()
    expect_line(page, "cat 16 | conv2d [1 -2; 3 4]")
    expect(cell(page, 1)).to_be_focused()


# --- taking back


def test_keys_and_buttons_take_changes_back_and_make_them_again(page: Page, server: str) -> None:
    open_lab(page, server, "cat 16 | sobel-x")
    states = [
        "cat 16 | conv2d sobel-x",
        "cat 16 | conv2d [9 0 1; -2 0 2; -1 0 1]",
        "cat 16 | conv2d [-1 -2 9; 0 0 0; 1 2 1]",
    ]
    cell(page, 0).fill("9")
    expect_line(page, states[1])
    page.get_by_role("button", name="Rotate by 90 degrees").click()
    expect_line(page, states[2])
    cell(page, 0).focus()
    for key, state in (
        ("Control+z", states[1]),
        ("Control+z", states[0]),
        ("Control+Shift+Z", states[1]),
        ("Control+y", states[2]),
    ):
        page.keyboard.press(key)
        expect_line(page, state)
    page.locator(".kernel-editor").get_by_role("button", name="Undo", exact=True).click()
    expect_line(page, states[1])
    page.locator(".kernel-editor").get_by_role("button", name="Redo").click()
    expect_line(page, states[2])
    expect(page.locator(".kernel-editor").get_by_role("button", name="Redo")).to_be_disabled()


def test_another_filter_can_be_taken_back_too(page: Page, server: str) -> None:
    open_lab(page, server, START)
    page.click(".filter-button")
    page.click("[data-filter=prewitt-x]")
    expect_line(page, "cat 16 | conv2d prewitt-x")
    page.locator(".kernel-editor").get_by_role("button", name="Undo", exact=True).click()
    expect_line(page, START)


# --- sizes


def test_a_kernel_that_is_cut_and_grows_again_has_its_weights_back(page: Page, server: str) -> None:
    open_lab(page, server, f"cat 16 | conv2d {SOBEL}")
    rows = page.get_by_label("Kernel rows")
    rows.fill("1")
    page.keyboard.press("Tab")
    expect_line(page, "cat 16 | conv2d [2 0 -2]")
    expect(understood(page)).to_contain_text("what was cut off comes back")
    rows.fill("3")
    page.keyboard.press("Tab")
    expect_line(page, f"cat 16 | conv2d {SOBEL}")


@pytest.mark.parametrize(
    ("side", "told"), [("200", "at most 11 fit here"), ("0", "at least 1"), ("2.5", "write a whole number")]
)
def test_a_size_that_cannot_be_is_answered_in_words(page: Page, server: str, side: str, told: str) -> None:
    open_lab(page, server, START)
    page.get_by_label("Kernel rows").fill(side)
    page.keyboard.press("Tab")
    expect(complaint(page)).to_contain_text(told)
    assert line(page) == START


@pytest.mark.parametrize("size", [3, 5, 7, 9])
def test_numbers_of_a_trained_kernel_are_whole_in_their_cells(page: Page, server: str, size: int) -> None:
    open_lab(page, server, f"cat 64 | conv2d out=2 kernel_size={size} seed=1")
    cells = page.locator(".kernel-editor .grid input")
    expect(cells).to_have_count(size * size)
    assert cells.evaluate_all("(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length") == 0
    sizes = cells.evaluate_all("(cells) => cells.map((cell) => parseFloat(getComputedStyle(cell).fontSize))")
    assert len(set(sizes)) == 1
    assert sizes[0] >= 9
