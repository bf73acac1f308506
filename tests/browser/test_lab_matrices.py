"""Matrices that people paste into the lab: read as they are meant, asked about, or refused with the place."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.kernel import SOBEL, START, cell, complaint, paste_into_cell, understood
from tests.browser.lab import DROP, TEXT_PASTE, expect_line, line, open_lab, walked

# --- pasting into the kernel

PASTED: dict[str, tuple[str, str]] = {
    "1;0;-1\n2;0;-2\n1;0;-1": (SOBEL, "3 x 3, semicolons between numbers"),
    "0,5;1,5\n2,5;3,5": ("[0.5 1.5; 2.5 3.5]", "2 x 2, decimal commas, semicolons between numbers"),
    "1\t0\t\u22121\r\n2\t0\t\u22122\r\n1\t0\t\u22121\r\n": (SOBEL, "3 x 3"),
    "0,5\t1,5\n2,5\t3,5": ("[0.5 1.5; 2.5 3.5]", "2 x 2, decimal commas"),
    "{{1,0,-1},{2,0,-2},{1,0,-1}}": (SOBEL, "3 x 3"),
    "((1,0,-1),(2,0,-2),(1,0,-1))": (SOBEL, "3 x 3"),
    "tensor([[1, 0, -1],\n        [2, 0, -2],\n        [1, 0, -1]])": (SOBEL, "3 x 3"),
    "np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])": (SOBEL, "3 x 3"),
    "| 1 | 0 | -1 |\n|---|---|---|\n| 2 | 0 | -2 |\n| 1 | 0 | -1 |": (SOBEL, "3 x 3"),
    r"\begin{bmatrix}1 & 0 & -1\\2 & 0 & -2\\1 & 0 & -1\end{bmatrix}": (SOBEL, "3 x 3"),
    "\uff3b\uff11\u3000\uff12\uff1b\uff13\u3000\uff14\uff3d": ("[1 2; 3 4]", "2 x 2"),
    "[[[1,2],[3,4]]]": ("[[[1,2],[3,4]]]", "1 x 2 x 2"),
    "1/9 1/9\n1/9 1/9": ("[0.1111111111111111 0.1111111111111111; 0.1111111111111111 0.1111111111111111]", "2 x 2"),
}


@pytest.mark.parametrize("text", PASTED, ids=lambda text: repr(text[:24]))
def test_a_pasted_kernel_is_what_was_meant_and_says_so(page: Page, server: str, text: str) -> None:
    kernel, told = PASTED[text]
    open_lab(page, server, "cat 16 | conv2d [7 7; 7 7; 7 7]")
    paste_into_cell(page, text)
    expect_line(page, f"cat 16 | conv2d {kernel}")
    expect(understood(page)).to_contain_text(told)
    assert page.evaluate("document.activeElement.closest('.grid') !== null")
    understood(page).get_by_role("button", name="Undo").click()
    expect_line(page, "cat 16 | conv2d [7 7; 7 7; 7 7]")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1\t\t-1\n2\t\t-2\n1\t\t-1", "row 1, column 2 is empty"),
        ("1 2\n3", "row 2 has 1 number"),
        ("1 2\n3 x", "row 2, column 2 must be a finite number"),
        ("[1 2; 3 4]'", "has something after its closing bracket"),
    ],
)
def test_what_cannot_be_a_kernel_is_refused_with_its_place_and_nothing_changes(
    page: Page, server: str, problems: list[str], text: str, told: str
) -> None:
    open_lab(page, server, START)
    paste_into_cell(page, text)
    expect(complaint(page)).to_contain_text(told)
    assert line(page) == START
    expect(cell(page, 0)).to_be_focused()
    problems.clear()


@pytest.mark.parametrize(("choice", "kernel"), [(0, "[1.25 980]"), (1, "[1250 980]")])
def test_two_meanings_are_two_buttons(page: Page, server: str, problems: list[str], choice: int, kernel: str) -> None:
    open_lab(page, server, START)
    paste_into_cell(page, "1,250\t980")
    buttons = page.locator(".kernel-editor > .understood .readings button")
    expect(buttons).to_have_count(2)
    assert line(page) == START
    buttons.nth(choice).click()
    expect_line(page, f"cat 16 | conv2d {kernel}")
    expect(page.locator(".kernel-editor .grid input")).to_have_count(2)
    problems.clear()


def test_the_sheet_says_what_it_understands_before_it_is_used(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, START)
    page.get_by_role("button", name="Paste a matrix").click()
    sheet = page.locator(".kernel-editor .sheet")
    sheet.locator("textarea").fill("1;0;-1")
    expect(sheet.locator(".readings button")).to_have_count(2)
    sheet.locator("textarea").fill("0,5;1\n2;3,5")
    expect(sheet.locator(".quiet >> nth=0")).to_contain_text("2 x 2, decimal commas")
    assert line(page) == START
    sheet.get_by_role("button", name="Use this matrix").click()
    expect_line(page, "cat 16 | conv2d [0.5 1; 2 3.5]")
    expect(sheet).to_be_hidden()
    expect(cell(page, 0)).to_be_focused()
    problems.clear()


def test_what_was_understood_is_said_in_korean(new_page: Any, server: str) -> None:
    page = new_page(locale="ko-KR")
    open_lab(page, server, START)
    paste_into_cell(page, "0,5\t1,5")
    expect(understood(page)).to_contain_text("1 x 2, 쉼표는 소수점")


# --- the input


def test_one_number_edited_in_the_text_of_a_deep_input_keeps_its_depth(page: Page, server: str) -> None:
    cube = "[[[1,2,3],[4,5,6],[7,8,9]],[[9,8,7],[6,5,4],[3,2,1]]]"
    open_lab(page, server, f"{cube} | relu")
    page.click(".chip.input")
    text = page.locator(".matrix-fields textarea")
    written = text.input_value()
    assert written.count("\n") > 4
    text.fill(written.replace("5", "55", 1))
    expect_line(page, f"{cube.replace('5', '55', 1)} | relu")
    expect(page.locator(".matrix-fields .understood .quiet >> nth=0")).to_contain_text("2 x 3 x 3")
    assert walked(page, "opening.layers[0].input_shape") == [2, 3, 3]
    page.locator(".matrix-fields .understood").get_by_role("button", name="Undo").click()
    expect_line(page, f"{cube} | relu")
    expect(text).to_have_value(written)


def test_a_pasted_deep_list_is_the_whole_input(page: Page, server: str) -> None:
    open_lab(page, server, "[1 2; 3 4] | relu")
    page.click(".chip.input")
    page.locator(".matrix-fields .grid input >> nth=0").focus()
    page.evaluate(TEXT_PASTE, "np.array([[[1, 2]], [[3, 4]], [[5, 6]]])")
    expect_line(page, "[[[1,2]],[[3,4]],[[5,6]]] | relu")


def test_an_input_that_may_mean_two_things_is_asked_about(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "[1 2; 3 4] | relu")
    page.click(".chip.input")
    page.locator(".matrix-fields textarea").fill("1,5\n2,5")
    buttons = page.locator(".matrix-fields .readings button")
    expect(buttons).to_have_count(2)
    buttons.nth(1).click()
    expect_line(page, "[1.5; 2.5] | relu")
    problems.clear()


def test_an_input_that_is_cut_and_grows_again_has_its_numbers_back(page: Page, server: str) -> None:
    open_lab(page, server, "[1 2 3; 4 5 6] | relu")
    page.click(".chip.input")
    columns = page.get_by_label("Matrix columns")
    for side, matrix in (("1", "[1; 4]"), ("4", "[1 2 3 0; 4 5 6 0]")):
        columns.fill(side)
        page.keyboard.press("Tab")
        expect_line(page, f"{matrix} | relu")


def test_a_file_of_numbers_is_the_input_and_can_be_taken_back(page: Page, server: str) -> None:
    open_lab(page, server, "cat 64 rgb | relu")
    page.evaluate(DROP, ["numbers.npy", "", base64.b64encode(saved(np.arange(12).reshape(3, 4) / 2)).decode()])
    expect_line(page, "[0 0.5 1 1.5; 2 2.5 3 3.5; 4 4.5 5 5.5] | relu")
    told = page.locator(".input-form > .understood")
    expect(told.locator(".quiet >> nth=0")).to_contain_text("3 x 4")
    told.get_by_role("button", name="Undo").click()
    expect_line(page, "cat 64 rgb | relu")


def test_a_file_that_may_mean_several_things_is_asked_about(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "cat 64 | relu")
    page.click(".chip.input")
    page.set_input_files("input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": b"1,5\n2,5"})
    buttons = page.locator(".input-form > .understood .readings button")
    expect(buttons).to_have_count(2)
    buttons.nth(0).click()
    expect_line(page, "[1 5; 2 5] | relu")
    problems.clear()


def saved(numbers: Any) -> bytes:
    written = io.BytesIO()
    np.save(written, numbers)
    return written.getvalue()


def test_a_matrix_of_a_setting_is_read_by_the_same_rules(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "[1 2; 3 4] | conv2d [1 0; 0 1] bias=2")
    bias = page.locator("#setting-bias")
    bias.fill("\u22120.5")
    expect_line(page, "[1 2; 3 4] | conv2d [1 0; 0 1] bias=-0.5")
    bias.fill("0,5")
    expect(page.locator("[data-name=bias] .complaint")).to_contain_text("may mean [0 5] / [0.5]")
    problems.clear()
