"""The ends of the lab's controls in a real Chromium: what the server takes can be set, what it refuses cannot."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.lab import expect_line, open_lab

SIGNAL = "[1 2 3 4 5 6 7]"
WIDE = "[1 2 3 4 5 6 7; 7 6 5 4 3 2 1; 1 2 3 4 5 6 7]"


def test_a_signal_may_be_dilated_as_far_as_its_windows_fit(page: Page, server: str) -> None:
    open_lab(page, server, f"{SIGNAL} | conv1d [1 0 -1]")
    dilation = page.locator("#setting-dilation")
    expect(dilation).to_have_attribute("max", "3")
    dilation.fill("3")
    expect_line(page, f"{SIGNAL} | conv1d [1 0 -1] dilation=3")
    dilation.fill("4")
    expect(page.locator("#setting-dilation-complaint")).to_contain_text("3")
    expect_line(page, f"{SIGNAL} | conv1d [1 0 -1] dilation=3")


def test_rows_and_columns_written_apart_have_ends_of_their_own(page: Page, server: str) -> None:
    open_lab(page, server, f"{WIDE} | conv2d [1 0 -1]")
    field = page.locator(".field[data-name=stride]")
    rows, columns = field.locator("input").nth(0), field.locator("input").nth(1)
    expect(rows).to_have_attribute("max", "4")
    field.locator(".link-sides").click()
    expect(rows).to_have_attribute("max", "2")
    expect(columns).to_have_attribute("max", "4")
    columns.fill("3")
    expect_line(page, f"{WIDE} | conv2d [1 0 -1] stride=(1,3)")
    kernel = page.locator(".kernel-editor .sides input")
    expect(kernel.nth(0)).to_have_attribute("max", "3")
    expect(kernel.nth(1)).to_have_attribute("max", "7")


def test_a_number_that_is_too_large_stays_where_it_is_written_with_the_reason(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d sobel-x")
    stride = page.locator("#setting-stride")
    stride.click()
    stride.press("Control+a")
    page.keyboard.type("99", delay=150)
    expect_line(page, "checkerboard | conv2d sobel-x stride=9")
    expect(stride).to_have_value("99")
    expect(page.locator("#setting-stride-complaint")).to_contain_text("61")
    stride.fill("2")
    expect(page.locator("#setting-stride-complaint")).to_be_hidden()
    expect_line(page, "checkerboard | conv2d sobel-x stride=2")
