"""The kernel's editor as tests find it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.lab import TEXT_PASTE

SOBEL = "[1 0 -1; 2 0 -2; 1 0 -1]"
START = "cat 16 | conv2d [1 2; 3 4]"


def cell(page: Page, place: int) -> Locator:
    return page.locator(f".kernel-editor .grid input >> nth={place}")


def understood(page: Page) -> Locator:
    return page.locator(".kernel-editor > .understood .quiet >> nth=0")


def complaint(page: Page) -> Locator:
    return page.locator(".kernel-editor > .understood .complaint")


def paste_into_cell(page: Page, text: str) -> None:
    cell(page, 0).focus()
    page.evaluate(TEXT_PASTE, text)
