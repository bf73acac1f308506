"""A lesson in a real browser: the clicker leads through it, and out of its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, HEAD, WALK, walked

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

THREE = "first-steps,stride-2,max-pool"


def open_lesson(page: Page, server: str, figures: str, **query: object) -> None:
    more = "".join(f"&{name}={value}" for name, value in query.items())
    page.goto(f"{server}/lesson?figures={figures}&lang=en{more}")
    page.wait_for_function(f"() => {WALK}?.steps > 0")


def stands(page: Page, place: int, title: str) -> None:
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".place")).to_have_text(f"{place} / 3")


def test_previous_and_next_lead_through_the_figures_and_the_address_goes_with_them(page: Page, server: str) -> None:
    open_lesson(page, server, THREE)
    stands(page, 1, "The first steps")
    page.locator(".before").click(force=True)
    stands(page, 1, "The first steps")
    page.locator(".after").click()
    stands(page, 2, "Stride 2")
    page.wait_for_function(f"() => {WALK}?.steps === 4")
    page.reload()
    stands(page, 2, "Stride 2")


def test_the_clicker_goes_on_from_the_end_of_a_figure_and_back_from_its_beginning(page: Page, server: str) -> None:
    open_lesson(page, server, THREE)
    page.keyboard.press("End")
    page.wait_for_function(f"() => {WALK}.step === 8")
    page.keyboard.press("PageDown")
    stands(page, 2, "Stride 2")
    page.wait_for_function(f"() => {WALK}?.steps === 4")
    page.keyboard.press("PageUp")
    stands(page, 1, "The first steps")


def test_a_framed_lesson_leaves_at_its_own_end_only(page: Page, server: str, other_origin: Origin) -> None:
    heard = "<script>heard = []; onmessage = (message) => heard.push(message.data)</script>"
    address = f"{server}/lesson?figures=first-steps,stride-2&amp;lang=en"
    (other_origin.folder / "deck.html").write_text(f'{HEAD}{heard}<iframe width="900" height="700" src="{address}">')
    page.goto(f"{other_origin.url}/deck.html")
    frame = page.frame_locator("iframe")
    page.wait_for_function("() => heard.some(({ event }) => event === 'ready')")
    frame.locator("kernel-walk .frame").focus()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    expect(frame.locator(".place")).to_have_text("2 / 2")
    page.wait_for_function("() => heard.filter(({ event }) => event === 'ready').length === 2")
    assert page.evaluate("heard.filter(({ event }) => event === 'leave')") == []
    frame.locator("kernel-walk .frame").focus()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    page.wait_for_function("() => heard.some(({ event }) => event === 'leave')")


def test_a_scene_line_is_an_item_and_one_that_is_refused_is_told_in_its_place(
    page: Page, server: str, problems: list[str]
) -> None:
    page.goto(f"{server}/lesson?figures={quote(FIRST + ',cat 64 | zebra')}&lang=en")
    page.wait_for_function(f"() => {WALK}?.steps === 9")
    page.locator(".after").click()
    expect(page.locator("kernel-walk .notice")).to_contain_text("zebra")
    page.locator(".before").click()
    page.wait_for_function(f"() => {WALK}?.steps === 9")
    assert all("422" in problem for problem in problems)
    problems.clear()


def test_the_whole_lesson_fills_the_screen_and_stays_there_with_the_next_figure(page: Page, server: str) -> None:
    open_lesson(page, server, THREE)
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement?.matches('.playlist')")
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    stands(page, 2, "Stride 2")
    page.wait_for_function(f"() => {WALK}?.steps === 4")
    assert page.evaluate("document.fullscreenElement !== null")
    assert walked(page, "step") == 0


def test_a_black_screen_ends_with_the_full_screen(page: Page, server: str) -> None:
    open_lesson(page, server, THREE)
    frame = page.locator("kernel-walk .frame")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("b")
    expect(frame).to_have_class(re.compile("black"))
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function("() => document.fullscreenElement === null")
    expect(frame).not_to_have_class(re.compile("black"))


def test_the_clicker_leads_past_a_figure_that_a_lost_server_does_not_show(
    page: Page, server: str, problems: list[str]
) -> None:
    open_lesson(page, server, "max-pool,stride-2,first-steps")
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{server}/lesson?figures={THREE}&lang=en&at=1")
    stands(page, 2, "Stride 2")
    expect(page.locator("kernel-walk .notice")).to_contain_text("does not answer")
    page.keyboard.press("PageDown")
    stands(page, 3, "Max pooling")
    expect(page.locator("kernel-walk .notice")).to_contain_text("does not answer")
    page.keyboard.press("PageUp")
    stands(page, 2, "Stride 2")
    page.unroute("**/api/**")
    page.wait_for_function(f"() => {WALK}?.steps === 4")
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    stands(page, 3, "Max pooling")
    problems.clear()
