"""Holes of a worked step: they stand in its grids, are filled by keyboard, and are compared with what belongs there."""

from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, embed
from tests.browser.test_predict import FIELD, VERDICT, ask

HOLES = "kernel-walk .products .hole input"
PRODUCTS = ["2", "0", "0", "3", "0", "1", "0", "4", "0"]  # of [2 1 0; 3 0 1; 1 4 1] and [1 0 1; 1 0 1; 0 1 0]


def test_holes_are_filled_by_keyboard_and_lead_to_the_answer(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, fade=3, step=3))
    page.locator(HOLES).first.focus()
    for number in [*PRODUCTS, "10"]:
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(page.locator(f"{VERDICT} .right")).to_be_visible()
    expect(page.locator("kernel-walk .products td.right")).to_have_count(9)
    expect(page.locator("kernel-walk .sum .came")).to_have_text("10")


def test_a_hole_that_was_filled_wrongly_shows_both_numbers(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, fade=4, step=3))
    page.locator("kernel-walk .window .hole input").nth(3).fill("3,0")
    page.locator(HOLES).nth(1).fill("\u22127")
    page.locator(FIELD).fill("10")
    page.locator(FIELD).press("Enter")
    expect(page.locator("kernel-walk .products td.wrong")).to_have_text("0\u22127")
    expect(page.locator("kernel-walk .window td.right")).to_have_count(1)
    expect(page.locator("kernel-walk td.right, kernel-walk td.wrong")).to_have_count(2)


def test_what_is_typed_stands_in_the_map(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, fade=2, step=3))
    asked = page.locator("kernel-walk .map td.asked > span").first
    expect(asked).to_have_text("?")
    page.locator(FIELD).press_sequentially("12")
    expect(asked).to_have_text("12")
    page.locator(FIELD).fill("")
    expect(asked).to_have_text("?")


def test_a_hole_has_a_name_for_those_who_do_not_see_it(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, fade=4, step=3, lang="ko"))
    expect(page.get_by_role("textbox", name="곱, 2행 3열")).to_have_count(1)
    expect(page.get_by_role("textbox", name="윈도우, 1행 1열")).to_have_count(1)


def test_the_worked_step_fills_its_frame(page: Page, server: str) -> None:
    for width, height in ((960, 700), (1280, 720), (700, 440), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        ask(page, embed(server, FIRST, fade=3, step=3))
        check = page.locator("kernel-walk .sum button").bounding_box()
        cell = page.locator("kernel-walk .window td").first.bounding_box()
        assert check
        assert cell
        assert check["x"] + check["width"] <= width
        assert check["y"] + check["height"] <= height
        assert cell["height"] >= (44 if width >= 960 else 25)
