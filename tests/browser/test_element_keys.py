"""Keys in a real browser: another script, another control, the end of a walk, the page around a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.element import FIRST, HEAD, WALK, embed, open_walk, walked
from tests.browser.lab import open_lab

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

HEARD = "<script>heard = []; onmessage = (message) => heard.push(message.data)</script>"
KEY = """([key, code]) => document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key, code, bubbles: true, composed: true, cancelable: true }))"""


def framed(page: Page, server: str, other_origin: Origin, **query: object) -> None:
    """A page that frames the player and writes down what it hears."""
    address = embed(server, FIRST, **query).replace("&", "&amp;")
    (other_origin.folder / "deck.html").write_text(f'{HEAD}{HEARD}<iframe width="700" height="440" src="{address}">')
    page.goto(f"{other_origin.url}/deck.html")
    page.wait_for_function("() => heard.some(({ event }) => event === 'ready')")
    page.frame_locator("iframe").locator("kernel-walk .frame").focus()


def test_a_key_acts_while_hangul_is_typed(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST + " | relu"))
    page.locator("kernel-walk .frame").focus()
    page.evaluate(KEY, ["ㅜ", "KeyN"])
    page.wait_for_function(f"() => {WALK}.layer === 1")


def test_keys_that_are_pressed_before_their_script_is_here_are_not_lost(page: Page, server: str) -> None:
    asked: list[Route] = []
    page.route("**/element/brought-keys.js", lambda route: asked.append(route))
    open_walk(page, embed(server, FIRST + " | relu", step=4))
    page.locator("kernel-walk .frame").focus()
    for key in ("ArrowRight", "ArrowRight", "Home", "End", "ArrowLeft"):
        page.keyboard.press(key)
    page.locator("kernel-walk button.keys").click()
    while not asked:
        page.wait_for_timeout(20)
    assert (walked(page, "step"), len(asked)) == (4, 1)
    asked[0].continue_()
    page.wait_for_function(f"() => {WALK}.step === 7")
    expect(page.locator("kernel-walk dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"() => {WALK}.step === 6")


def test_keys_that_did_not_come_are_asked_for_again(page: Page, server: str, problems: list[str]) -> None:
    page.route("**/element/brought-keys.js", lambda route: route.abort(), times=1)
    with page.expect_event("requestfailed", lambda request: "brought-keys" in request.url):
        open_walk(page, embed(server, FIRST, step=4))
    page.locator("kernel-walk .frame").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => {WALK}.step === 5")
    problems.clear()  # that a script did not come


def test_keys_act_while_hangul_is_typed_in_the_lab(page: Page, server: str) -> None:
    open_lab(page, server, FIRST + " | relu")
    page.evaluate(KEY, ["ㅜ", "KeyN"])
    page.wait_for_function(f"() => {WALK}.layer === 1")
    page.evaluate(KEY, ["１", "Digit2"])
    expect(page.get_by_role("tab", selected=True)).to_have_attribute("id", "tab-formula")


@pytest.mark.parametrize(("key", "way"), [("PageDown", "next"), (" ", "next")])
def test_at_its_end_a_walk_passes_the_presenters_key_on(
    page: Page, server: str, other_origin: Origin, key: str, way: str
) -> None:
    framed(page, server, other_origin, step=7)
    page.keyboard.press("PageDown")
    page.wait_for_function("() => heard.some(({ event, detail }) => event === 'step' && detail.index === 8)")
    assert page.evaluate("heard.filter((said) => said.event === 'leave' || typeof said === 'string')") == []
    page.keyboard.press(key)
    page.wait_for_function("() => heard.some(({ event }) => event === 'leave')")
    assert page.evaluate("heard.find(({ event }) => event === 'leave')") == {
        "type": "kernelwalk",
        "event": "leave",
        "key": key,
    }
    assert page.evaluate("heard.filter((said) => typeof said === 'string').map(JSON.parse)") == [{"method": way}]


def test_before_its_beginning_a_walk_passes_the_way_back_on(page: Page, server: str, other_origin: Origin) -> None:
    framed(page, server, other_origin)
    page.keyboard.press("PageUp")
    page.wait_for_function('() => heard.includes(\'{"method":"prev"}\')')


def test_a_page_around_the_element_hears_the_key_that_leaves_and_no_other(
    page: Page, server: str, other_origin: Origin
) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    deck = "<script>left = []; addEventListener('keydown', ({ key }) => left.push(key))</script>"
    (other_origin.folder / "deck.html").write_text(
        f'{HEAD}{deck}<kernel-walk scene="{FIRST}" step="7"></kernel-walk>{script}'
    )
    open_walk(page, f"{other_origin.url}/deck.html")
    page.locator("kernel-walk .frame").focus()
    for _ in range(2):
        page.keyboard.press("PageDown")
    assert page.evaluate("left") == ["PageDown"]
    assert walked(page, "step") == 8


def test_what_a_page_puts_inside_the_tag_keeps_its_keys(page: Page, server: str, other_origin: Origin) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    (other_origin.folder / "inside.html").write_text(
        f'{HEAD}<kernel-walk scene="{FIRST}"><p id="inside" tabindex="0">words</p></kernel-walk>{script}'
    )
    open_walk(page, f"{other_origin.url}/inside.html")
    press = "new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true })"
    assert page.evaluate(f"document.querySelector('#inside').dispatchEvent({press})")
    assert walked(page, "step") == 0


def test_a_slide_that_is_shown_begins_its_walk_and_one_that_is_left_stands_still(
    page: Page, server: str, other_origin: Origin
) -> None:
    framed(page, server, other_origin, step=2, play=1)
    page.evaluate("frames[0].postMessage('slide:stop', '*')")
    page.wait_for_function("() => heard.some(({ event }) => event === 'pause')")
    page.evaluate("frames[0].postMessage({ type: 'kernelwalk', command: 'seek', value: 6 }, '*')")
    page.wait_for_function("() => heard.some(({ event, detail }) => event === 'step' && detail.index === 6)")
    page.evaluate("heard.length = 0; frames[0].postMessage('slide:start', '*')")
    page.wait_for_function("() => heard.some(({ event }) => event === 'play')")
    assert page.evaluate("heard.find(({ event }) => event === 'step').detail.index") == 2


@pytest.mark.parametrize("style", ["visibility: hidden", "opacity: 0"])
def test_a_slide_that_nobody_sees_does_not_walk(page: Page, server: str, other_origin: Origin, style: str) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    walk = f'<kernel-walk scene="{FIRST}" speed="8" autoplay></kernel-walk>'
    (other_origin.folder / "slide.html").write_text(f'{HEAD}<div style="{style}">{walk}</div>{script}')
    open_walk(page, f"{other_origin.url}/slide.html")
    page.wait_for_timeout(600)
    assert (walked(page, "step"), walked(page, "playing")) == (0, True)
    page.evaluate("document.querySelector('div').style.cssText = ''")
    page.wait_for_function(f"() => {WALK}.step > 0")
