"""One pixel to the side: in a real browser, by slider and keys, on the figure's page, in an embed and in the lab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import open_lab


def view(page: Page) -> Locator:
    return page.locator(".view.moved")


@pytest.mark.parametrize("address", ["/gallery/mlp-shift", "/embed?scene=@mlp-shift&view=moved"])
def test_arrows_on_the_slider_move_the_digit_until_the_perceptron_is_wrong(
    page: Page, server: str, address: str
) -> None:
    page.goto(f"{server}{address}")
    slider = view(page).get_by_role("slider", name="Moved to the right, in pixels")
    expect(view(page)).to_contain_text("117 of 784 inputs change")
    for _ in range(3):
        slider.press("ArrowRight")
    expect(view(page)).to_contain_text("188 of 784 inputs change")
    expect(view(page)).to_contain_text("5, no longer 7")
    expect(view(page)).to_contain_text("Multilayer perceptron 48.5 %")
    expect(view(page)).to_contain_text("LeNet-5 as published 89.7 %")
    slider.press("Home")
    expect(view(page)).to_contain_text("0 of 784 inputs change")


def test_an_embed_of_the_view_alone_shows_no_second_walk(page: Page, server: str) -> None:
    page.goto(f"{server}/embed?scene=@mlp-shift&view=moved")
    expect(view(page)).to_contain_text("of 784 inputs change")
    expect(page.locator(".pair")).to_have_count(0)


def test_korean_pages_tell_it_in_korean(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(locale="ko-KR", viewport={"width": 360, "height": 740})
    page.goto(f"{server}/gallery/mlp-shift?lang=ko")
    expect(view(page)).to_contain_text("입력 784개 중 117개가 바뀝니다")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_lab_moves_its_own_digit_in_a_tab(page: Page, server: str) -> None:
    open_lab(page, server, "digit-2 | @mlp")
    page.get_by_role("tab", name="One pixel to the side").click()
    expect(view(page)).to_contain_text("138 of 784 inputs change")
    expect(view(page).get_by_role("group", name="Digit")).to_be_hidden()
