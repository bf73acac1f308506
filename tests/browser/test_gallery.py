"""The gallery in a real browser: figures come alive as they are reached, and each page embeds its figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

import core
from app.messages import Messages
from tests.browser.test_lab_page import ask

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

PHONE = {"width": 360, "height": 740}
ALIVE = "(place) => place.querySelector('kernel-walk')?.steps > 0"


def alive(page: Page, name: str) -> None:
    place = page.locator(f".live[data-scene='@{name}']")
    place.scroll_into_view_if_needed()
    page.wait_for_function(ALIVE, arg=place.element_handle())


def test_figures_come_alive_where_they_are_looked_at(page: Page, server: str) -> None:
    page.goto(f"{server}/gallery")
    alive(page, "flatten-loses-space")
    assert page.locator(".live").count() == len(core.GALLERY)
    assert page.locator(".live kernel-walk").count() < len(core.GALLERY)
    for name in ("sobel", "max-pool", "dilated"):
        alive(page, name)


def test_a_card_opens_its_figure_walking(page: Page, server: str) -> None:
    page.goto(f"{server}/gallery?lang=ko")
    page.get_by_role("link", name="소벨 기울기").click()
    page.wait_for_url("**/gallery/sobel?lang=ko")
    page.wait_for_function("() => document.querySelector('kernel-walk').step > 2")
    expect(page.get_by_role("heading", level=1)).to_have_text(Messages().languages["ko"](core.GALLERY["sobel"].title))
    page.get_by_role("link", name="프리윗 기울기").click()
    page.wait_for_url("**/gallery/prewitt?lang=ko")
    page.get_by_role("link", name="실험실에서 열기").click()
    page.wait_for_function("() => document.querySelector('kernel-walk')?.steps > 0")
    expect(page.locator("#scene-line")).to_have_value(core.parse("@prewitt").line)
    page.get_by_role("link", name="갤러리").click()
    page.wait_for_url("**/gallery?lang=ko")


def test_the_embed_line_shows_the_figure_on_a_page_elsewhere(page: Page, server: str, other_origin: Origin) -> None:
    page.goto(f"{server}/gallery/first-steps")
    page.click("[data-way=frame]")
    code = page.input_value("#share-code")
    assert code.startswith(f'<iframe src="{server}/embed?scene=@first-steps"')
    (other_origin.folder / "figure.html").write_text(f'<link rel="icon" href="data:,">{code}')
    page.goto(f"{other_origin.url}/figure.html")
    frame = page.frame_locator("iframe")
    expect(frame.locator("kernel-walk")).to_have_attribute("scene", core.parse("@first-steps").line)


@pytest.mark.parametrize("path", ["/gallery", "/gallery/two-kernels", "/gallery/no-such"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_pages_fit_a_phone_and_break_no_rule(
    new_page: Callable[..., Page], problems: list[str], server: str, path: str, lang: str
) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{server}{path}?lang={lang}")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for question in ("nameless", "faint", "lost"):
        assert ask(page, question) == []
    assert page.get_attribute("html", "lang") == lang
    if path.endswith("no-such"):
        problems.clear()  # the browser reports the 404


def test_the_theme_is_switched_and_goes_along(page: Page, server: str) -> None:
    page.goto(f"{server}/gallery?lang=ko")
    button = page.locator("#theme")
    for name, said in (("light", "밝"), ("dark", "어둡")):
        button.click()
        expect(page.locator("html")).to_have_attribute("data-theme", name)
        assert said in (button.get_attribute("aria-label") or "")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.locator("a[href*='/gallery/first-steps']").first.click()
    expect(page.locator("kernel-walk").first).to_have_attribute("theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.locator("#theme").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    expect(page.locator("kernel-walk").first).not_to_have_attribute("theme", "dark")
    assert "theme" not in page.url


@pytest.mark.parametrize("path", ["/gallery/sobel", "/gallery/first-steps", "/?scene=cat+64+|+relu"])
def test_the_bar_fits_a_phone_with_its_speed(new_page: Callable[..., Page], server: str, path: str) -> None:
    page = new_page(viewport=PHONE)
    page.goto(f"{server}{path}")
    page.wait_for_function("() => document.querySelector('kernel-walk')?.steps > 0")
    bar, speed = (page.locator(f"kernel-walk {name}").first for name in (".timeline", ".speed input"))
    expect(speed).to_be_visible()
    there, edge = speed.bounding_box(), bar.bounding_box()
    assert there
    assert edge
    assert there["x"] + there["width"] <= edge["x"] + edge["width"] + 0.5
    assert there["width"] >= 28
