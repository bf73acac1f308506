"""Painting on a matrix in the lab: a stroke changes the input while it goes on, and is one step of the history."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import expect_line, open_lab

ZEROS = "[0 0 0; 0 0 0; 0 0 0] | relu"


def opened_board(page: Page, server: str) -> Locator:
    open_lab(page, server, ZEROS)
    page.locator(".chip.input").click()
    page.get_by_text("Draw with a brush").click()
    board = page.locator(".brush-board canvas")
    expect(board).to_be_visible()
    board.scroll_into_view_if_needed()
    return board


def middle(board: Locator, row: int, column: int) -> tuple[float, float]:
    box = board.bounding_box()
    assert box
    return box["x"] + box["width"] * (column + 0.5) / 3, box["y"] + box["height"] * (row + 0.5) / 3


def test_a_stroke_paints_all_cells_on_its_way_and_is_one_step_of_the_history(page: Page, server: str) -> None:
    board = opened_board(page, server)
    page.fill("#brush-value", "7")
    before = page.evaluate("history.length")
    page.mouse.move(*middle(board, 0, 0))
    page.mouse.down()
    expect_line(page, "[7 0 0; 0 0 0; 0 0 0] | relu")
    page.mouse.move(*middle(board, 2, 2))
    expect_line(page, "[7 0 0; 0 7 0; 0 0 7] | relu")
    page.mouse.up()
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect_line(page, ZEROS)


def test_arrows_and_space_paint_too(page: Page, server: str) -> None:
    board = opened_board(page, server)
    page.fill("#brush-value", "-2")
    board.focus()
    for key in ("ArrowRight", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect_line(page, "[0 0 0; 0 -2 0; 0 0 0] | relu")
    expect(board).to_have_attribute("aria-label", "Board, row 2, column 2: -2. Arrows move, Space paints.")
    expect(board).to_be_focused()


def test_the_board_is_cleared(page: Page, server: str) -> None:
    board = opened_board(page, server)
    board.click()
    expect(page.locator("#scene-line")).not_to_have_value(ZEROS)
    page.get_by_role("button", name="Clear").click()
    expect_line(page, ZEROS)
