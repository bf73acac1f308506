"""A server that does not answer: said where it is seen, walked on without, found again by itself."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import SOBEL, WALK, embed, open_walk, walked

IN_SIGHT = """() => {
  const { shadowRoot } = document.querySelector('kernel-walk');
  const box = shadowRoot.querySelector('.notice').getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const top = shadowRoot.elementFromPoint(x, y);
  return box.height > 20 && box.top >= 0 && box.bottom <= innerHeight && Boolean(top?.closest('.notice'));
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (700, 440), (360, 740), (250, 250)])
def test_a_lost_server_is_said_where_it_is_seen_and_the_walk_goes_on_when_it_is_back(
    page: Page, server: str, problems: list[str], width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_walk(page, embed(server, SOBEL))
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate(f"{WALK}.speed = 240; {WALK}.play()")
    expect(page.locator("kernel-walk .notice")).to_be_visible()
    assert page.evaluate(IN_SIGHT)
    assert walked(page, "playing") is True
    stands = walked(page, "step")
    page.unroute("**/api/**")
    page.wait_for_function(f"(step) => {WALK}.step > step + 100", arg=stands)
    expect(page.locator("kernel-walk .notice")).to_be_hidden()
    problems.clear()


def test_another_try_keeps_the_focus_in_the_walk(page: Page, server: str, problems: list[str]) -> None:
    open_walk(page, embed(server, SOBEL))
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate(f"{WALK}.seek(2000)")
    again = page.get_by_role("button", name="Try again")
    again.focus()
    page.unroute("**/api/**")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.notice').hidden")
    assert page.evaluate(f"{WALK}.shadowRoot.activeElement?.classList.contains('frame')") is True
    problems.clear()


ON_THE_BUTTON = f"() => {WALK}.shadowRoot.activeElement?.localName === 'button'"


def test_what_is_painted_anew_or_fails_otherwise_leaves_the_focus_on_the_button(
    page: Page, server: str, problems: list[str]
) -> None:
    open_walk(page, embed(server, SOBEL))
    page.wait_for_load_state("networkidle")
    page.route("**/api/**", lambda route: route.fulfill(status=500, json={"detail": "broken"}))
    page.evaluate(f"{WALK}.seek(2000)")
    again = page.get_by_role("button", name="Try again")
    again.focus()
    page.unroute("**/api/**")
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate(f"{WALK}.seek(1500)")
    expect(page.locator("kernel-walk .notice")).to_contain_text("does not answer")
    assert page.evaluate(ON_THE_BUTTON)
    page.evaluate(f"{WALK}.setAttribute('theme', 'dark')")
    assert page.evaluate(ON_THE_BUTTON)
    expect(again).to_be_visible()
    problems.clear()
