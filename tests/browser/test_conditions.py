"""Pages under other conditions: colours that the system chooses, zoom, fingers, paper, a keyboard of another script."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, SOBEL, WALK, embed, open_walk
from tests.browser.lab import open_lab, ready

ROOTS = """[document, ...[...document.querySelectorAll('*')].filter((one) => !one.closest('[inert]'))
  .map((one) => one.shadowRoot).filter(Boolean)]"""
# What a finger has to hit and is less than 44 px wide or high; a label around a field belongs to it.
SMALL = f"""() => {ROOTS}.flatMap((root) => [...root.querySelectorAll(
    'button, a[href], input, select, textarea, summary, [role=button], [role=tab]')])
  .filter((one) => !one.matches('.hidden, .skip, p a, svg *') && one.checkVisibility({{ visibilityProperty: true }}))
  .map((one) => [one, one.getBoundingClientRect(), one.closest('label')?.getBoundingClientRect()])
  .map(([one, box, label]) => [one.outerHTML.slice(0, 80), Math.max(box.width, label?.width ?? 0), Math.max(box.height,
    label?.height ?? 0), getComputedStyle(one, '::after').position === 'absolute' && one.matches('h3 a'), box.width])
  .filter(([, wide, high, grown, own]) => own > 1 && !grown && (wide < 43.5 || high < 43.5))"""
OVER = "() => document.documentElement.scrollWidth > innerWidth"
PAGES = {
    "lab": f"/?{urlencode({'scene': SOBEL, 'step': 0})}",
    "gallery": "/gallery",
    "figure": "/gallery/stride-2",
    "lesson": "/lesson?figures=first-steps,stride-2",
    "quiz": "/quiz?scenes=first-steps&seed=1",
    "embed": f"/embed?{urlencode({'scene': SOBEL, 'step': 3})}",
    "views": f"/embed?{urlencode({'scene': FIRST, 'view': 'numbers connections im2col formula network backward'})}",
}
COVERED = """() => {
  const boxes = [...document.querySelectorAll('.top > *, .tools > *')].filter((one) => one.checkVisibility())
    .filter((one) => !one.matches('.tools')).map((one) => [one.className || one.id, one.getBoundingClientRect()]);
  return boxes.flatMap(([name, one], place) => boxes.slice(place + 1)
    .filter(([, other]) => one.right > other.left + 1 && other.right > one.left + 1
      && one.bottom > other.top + 1 && other.bottom > one.top + 1)
    .map(([other]) => `${name} and ${other}`));
}"""


def opened(page: Page, server: str, name: str) -> None:
    page.goto(server + PAGES[name])
    if name == "lab":
        ready(page)
    elif name == "quiz":
        expect(page.locator("form button").first).to_be_visible()
    elif name != "gallery":  # its figures come when they are in sight
        page.wait_for_function(f"() => {WALK}?.steps > 0")


def style(page: Page, selector: str, name: str, pseudo: str = "") -> str:
    script = "([selector, name, pseudo]) => getComputedStyle(document.querySelector(selector), pseudo)[name]"
    return str(page.evaluate(script, [selector, name, pseudo]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_colours_of_the_system_what_is_chosen_is_seen(
    new_page: Callable[..., Page], server: str, scheme: str
) -> None:
    page = new_page(forced_colors="active", color_scheme=scheme)
    open_lab(page, server, "cat 64 | conv2d sobel-x | relu")
    assert style(page, ".chip[aria-current]", "outlineStyle") == "solid"
    assert style(page, ".chip:not([aria-current])", "outlineStyle") == "none"
    tabs = [style(page, f".tab[aria-selected={chosen}]", "borderBottomColor") for chosen in ("true", "false")]
    assert tabs[0] != tabs[1] == style(page, "body", "backgroundColor")
    play, back = (
        page.evaluate(f"getComputedStyle({WALK}.shadowRoot.querySelector('{one}')).backgroundColor")
        for one in (".play", ".back")
    )
    assert play != back
    page.locator(".chip.input").click()
    expect(page.locator("#input-whole")).to_be_visible()
    knob, track = (style(page, "#input-whole", "backgroundColor", part) for part in ("::before", ""))
    assert knob != track


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("zoom", [2, 4])
def test_nothing_leaves_the_page_sideways_at_zoom(
    new_page: Callable[..., Page], server: str, name: str, zoom: int
) -> None:
    page = new_page(viewport={"width": 1280 // zoom, "height": 720 // zoom}, device_scale_factor=zoom)
    opened(page, server, name)
    assert not page.evaluate(OVER)
    assert page.evaluate(COVERED) == []


@pytest.mark.parametrize("name", PAGES)
def test_everything_is_large_enough_for_a_finger(new_page: Callable[..., Page], server: str, name: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    opened(page, server, name)
    assert page.evaluate(SMALL) == []
    if name == "lab":
        page.get_by_role("button", name="Settings").click()
        expect(page.locator("#setting-stride")).to_be_visible()
        assert page.evaluate(SMALL) == []


def test_a_printed_map_is_three_times_as_fine(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, step=1))
    fine = f"""(() => {{ const marks = {WALK}.shadowRoot.querySelector('.output .marks');
      return marks.width / marks.getBoundingClientRect().width; }})()"""
    before = page.evaluate(fine)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(fine) >= 2.9 > before


# What a Korean layout of two sets types at the place of an English letter or sign.
KOREAN_KEYS = [
    ("ㄹ", "KeyF", "fullscreen"),
    ("ㅜ", "KeyN", "layer"),
    ("；", "Period", "forward"),
    ("ㅠ", "KeyB", "black"),
]


@pytest.mark.parametrize(("typed", "code", "does"), KOREAN_KEYS)
def test_keys_act_by_their_place_on_a_korean_keyboard(
    page: Page, server: str, typed: str, code: str, does: str
) -> None:
    open_walk(page, embed(server, f"{FIRST} | relu"))
    page.locator("kernel-walk .frame").focus()
    if does == "black":  # a key of the full screen alone
        page.keyboard.press("f")
        page.wait_for_function("() => document.fullscreenElement")
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "key": typed, "code": code, "windowsVirtualKeyCode": 229})
    done = {
        "fullscreen": "document.fullscreenElement !== null",
        "layer": f"{WALK}.layer === 1",
        "forward": f"{WALK}.step === 1",
        "black": f"{WALK}.shadowRoot.querySelector('.frame.black') !== null",
    }
    page.wait_for_function(f"() => {done[does]}")
