"""The lab's Compare button: the scene as it was stays beside what is made of it."""

from playwright.sync_api import Page, expect

from tests.browser.lab import expect_line, open_lab, type_line

START = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0] | conv2d [1 0 1; 1 0 1; 0 1 0]"


def test_a_scene_stays_beside_what_becomes_of_it(page: Page, server: str) -> None:
    open_lab(page, server, START)
    button = page.get_by_role("button", name="Compare", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    type_line(page, f"{START} stride=2")
    expect_line(page, f"{START} stride=2")
    expect(page.locator("kernel-walk").first).to_have_attribute("compare", START)
    expect(page.locator("kernel-walk kernel-walk")).to_have_count(1)
    page.wait_for_function("() => new URLSearchParams(location.search).get('compare') !== null")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator("kernel-walk kernel-walk")).to_have_count(0)


def test_the_button_says_that_an_address_compares(page: Page, server: str) -> None:
    open_lab(page, server, START, compare="stride=2")
    expect(page.get_by_role("button", name="Compare", exact=True)).to_have_attribute("aria-pressed", "true")
