"""The menu of networks beside the inputs of the lab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import WALK, open_lab, type_line


def choose_network(page: Page, network: str) -> None:
    page.locator(".chip").first.click()
    page.get_by_role("button", name="Networks").click()
    page.locator(f"[data-network={network}]").click()
    page.wait_for_function(f"() => {WALK}?.opening?.layers.length > 6")


def test_a_network_is_found_without_knowing_its_word_and_walks_the_digit_that_is_there(page: Page, server: str) -> None:
    open_lab(page, server, "digit-3 | box-3")
    choose_network(page, "lenet-5")
    assert page.evaluate(f"{WALK}.opening.line").startswith("digit-3 | pad 2 | normalize | conv2d lenet-5.c1")


def test_a_picture_that_is_no_square_gives_way_to_a_digit(page: Page, server: str) -> None:
    open_lab(page, server)
    choose_network(page, "mlp")
    assert page.evaluate(f"{WALK}.opening.line").startswith("digit-7 | normalize | flatten")


def test_an_input_of_another_size_is_offered_at_the_networks_own(page: Page, server: str) -> None:
    open_lab(page, server, "digit-7 14 | box-3")
    page.locator(".chip").first.click()
    page.get_by_role("button", name="Networks").click()
    menu = page.locator(".operation-menu[popover]:popover-open")
    expect(menu.locator("[data-network]")).to_have_count(5)
    expect(menu).to_contain_text("the input is 1×14×14: it is walked as digit-7 28")
    expect(menu.locator("[data-network=lenet-5]")).to_contain_text("60,000 parameters · 99.3 % of 10,000 test digits")
    expect(menu.locator("[data-network=fashion-cnn]")).to_contain_text("not trained")
    menu.locator("[data-network=mlp]").click()
    page.wait_for_function(f"() => {WALK}?.opening?.layers.length === 8")
    assert page.evaluate(f"{WALK}.opening.layers[0].input_shape") == [1, 28, 28]


@pytest.mark.parametrize(("lang", "button"), [("en", "Resize to 28"), ("ko", "28로 크기 맞추기")])
def test_what_a_network_cannot_read_is_resized_by_a_button(
    page: Page, server: str, problems: list[str], lang: str, button: str
) -> None:
    open_lab(page, server, "cat 64 | box-3", lang=lang)
    type_line(page, "cat 64 | @lenet-5")
    notice = page.locator("#scene-error")
    expect(notice).to_contain_text("1 × 43 × 64")
    notice.get_by_role("button", name=button).click()
    page.wait_for_function(f"() => {WALK}?.opening?.layers.length === 17")
    wanted = "cat 64 | adaptive_avg_pool2d (19,28) | pad ((4,5),(0,0)) | pad 2 | normalize | conv2d lenet-5.c1"
    assert page.evaluate(f"{WALK}.opening.line").startswith(wanted)
    expect(notice).to_be_hidden()
    problems.clear()


@pytest.mark.parametrize(("lang", "link"), [("en", "Make the input fit"), ("ko", "입력 맞추기")])
def test_an_address_that_a_network_refuses_links_to_one_that_it_reads(
    page: Page, server: str, problems: list[str], lang: str, link: str
) -> None:
    open_lab(page, server, "digit-7 20 | @mlp", lang=lang)
    page.locator("#scene-error").get_by_role("link", name=link).click()
    page.wait_for_function(f"() => {WALK}?.opening?.layers.length === 9")
    assert page.evaluate(f"{WALK}.opening.layers[1].input_shape") == [1, 28, 28]
    assert f"lang={lang}" in page.url
    problems.clear()
