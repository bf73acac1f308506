"""A line that the server cannot read, where it is clear what was meant: the lab offers it as a button."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import WALK, open_lab, type_line

WRITTEN = "cat 64 | nn.Conv2d(1, 8, 3, padding=1) | maxpool 2"
MEANT = "cat 64 | conv2d out=8 kernel_size=3 padding=1 | max_pool2d 2"


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_typed_line_is_mended_by_a_button(page: Page, server: str, problems: list[str], lang: str) -> None:
    open_lab(page, server, "cat 64 | box-3", lang=lang)
    type_line(page, WRITTEN)
    notice = page.locator("#scene-error")
    notice.get_by_role("button", name=MEANT).click()
    page.wait_for_function(f"() => {WALK}?.opening?.line === {MEANT!r}")
    expect(notice).to_be_hidden()
    problems.clear()


def test_an_address_is_mended_by_a_link(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, WRITTEN)
    page.locator("#scene-error").get_by_role("link", name=MEANT).click()
    page.wait_for_function(f"() => {WALK}?.opening?.line === {MEANT!r}")
    problems.clear()


def test_a_long_offer_stays_within_a_phone(page: Page, server: str, problems: list[str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_lab(page, server, WRITTEN + " | relu" * 12)
    box = page.locator("#scene-error .button").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    problems.clear()
