"""The menu of networks beside the inputs of the lab."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.lab import WALK, open_lab


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
