"""The element on pages that show it otherwise than it is laid out: scaled, zoomed, mirrored, darkened, sharper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, HEAD, WALK, clicked, embed, open_walk, walked

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

HOSTS = {
    "as it is": "",
    "scaled down as slides are": "transform: scale(.5); transform-origin: 0 0",
    "scaled up": "transform: scale(1.48); transform-origin: 0 0",
    "wider than high": "transform: scale(.6, .9); transform-origin: 0 0",
    "zoomed": "zoom: .5",
    "zoomed in": "zoom: 1.3",
}
READINGS = f"""() => {{
  const canvas = {WALK}.shadowRoot.querySelector('.arithmetic canvas');
  const box = canvas.getBoundingClientRect();
  const readings = [];
  for (let place = 0; place < 20 * 20; place += 1) {{
    const [x, y] = [(place % 20 + 0.5) / 20, (Math.floor(place / 20) + 0.5) / 20];
    const at = {{ clientX: box.left + box.width * x, clientY: box.top + box.height * y }};
    canvas.dispatchEvent(new PointerEvent('pointermove', at));
    readings.push({WALK}.shadowRoot.querySelector('.readout').textContent);
  }}
  return readings;
}}"""
SHARPNESS = f"""() => {{
  const canvas = {WALK}.shadowRoot.querySelector('.arithmetic canvas');
  return canvas.width / canvas.getBoundingClientRect().width;
}}"""


def put(
    page: Page,
    server: str,
    other_origin: Origin,
    walk: str = "",
    around: str = "",
    page_style: str = "",
    html: str = "",
) -> None:
    name = f"page{len(list(other_origin.folder.iterdir()))}.html"
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    element = f'<kernel-walk lang="en" scene="{FIRST}" {walk}></kernel-walk>'
    body = f"<style>{page_style}</style><div style='{around}'>{element}</div>{script}"
    (other_origin.folder / name).write_text(HEAD.replace("<meta", f"<html {html}><meta", 1) + body)
    open_walk(page, f"{other_origin.url}/{name}")
    expect(page.locator("kernel-walk .output .cells")).to_be_visible()


@pytest.mark.parametrize("host", HOSTS)
def test_a_click_lands_on_the_cell_that_is_seen(page: Page, server: str, other_origin: Origin, host: str) -> None:
    put(page, server, other_origin, around=f"width: 800px; {HOSTS[host]}")
    assert [clicked(page, ".output .cells", cell) for cell in (0, 4, 8, 2)] == [0, 4, 8, 2]


@pytest.mark.parametrize("host", list(HOSTS)[1:])
def test_a_product_under_the_pointer_is_the_one_that_is_seen(
    page: Page, server: str, other_origin: Origin, host: str
) -> None:
    readings = []
    for style in ("", HOSTS[host]):
        put(page, server, other_origin, around=f"width: 1000px; {style}")
        readings.append(page.evaluate(READINGS))
    assert readings[1] == readings[0]
    assert len(set(readings[0])) > 6


@pytest.mark.parametrize("host", ["scaled down as slides are", "zoomed"])
def test_the_scrubber_is_dragged_where_it_is_seen(page: Page, server: str, other_origin: Origin, host: str) -> None:
    put(page, server, other_origin, around=f"width: 800px; {HOSTS[host]}")
    box = page.locator("kernel-walk .scrubber").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert walked(page, "step") == 4


def test_numbers_and_places_run_from_left_to_right_on_a_page_that_does_not(
    page: Page, server: str, other_origin: Origin
) -> None:
    put(page, server, other_origin, around="width: 800px", html='dir="rtl"')
    rtl = page.evaluate(f"""() => [...{WALK}.shadowRoot.querySelectorAll('.frame, .frame *')]
      .filter((node) => getComputedStyle(node).direction !== 'ltr').length""")
    assert rtl == 0
    lefts = [
        (page.locator(f"kernel-walk {part}").bounding_box() or {})["x"]
        for part in (".pane.input", ".pane.arithmetic", ".pane.output")
    ]
    assert lefts == sorted(lefts)
    counter = page.evaluate(f"""() => ['.field', '.total'].map((part) =>
      {WALK}.shadowRoot.querySelector(part).getBoundingClientRect().left)""")
    assert counter[0] < counter[1]
    assert [clicked(page, ".output .cells", cell) for cell in (0, 2, 6)] == [0, 2, 6]


def test_an_element_that_is_told_to_run_from_right_to_left_keeps_its_numbers(
    page: Page, server: str, other_origin: Origin
) -> None:
    put(page, server, other_origin, walk='dir="rtl"', around="width: 800px")
    direction = page.evaluate(f"getComputedStyle({WALK}.shadowRoot.querySelector('.lines')).direction")
    assert direction == "ltr"


def test_a_screen_that_becomes_sharper_is_drawn_for_each_time(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport=None, no_viewport=True)
    open_walk(page, embed(server, FIRST, step=4))
    session = page.context.new_cdp_session(page)
    for ratio in (2, 1.5, 3):
        screen = {"width": 0, "height": 0, "deviceScaleFactor": ratio, "mobile": False}
        session.send("Emulation.setDeviceMetricsOverride", screen)
        page.wait_for_function(f"(ratio) => Math.abs(({SHARPNESS})() - ratio) < 0.02", arg=ratio)
        session.send("Emulation.clearDeviceMetricsOverride")
        page.wait_for_function(f"() => Math.abs(({SHARPNESS})() - 1) < 0.02")
    assert walked(page, "step") == 4


def test_slides_that_are_scaled_up_are_drawn_for(page: Page, server: str, other_origin: Origin) -> None:
    put(page, server, other_origin, around="width: 600px; transform: scale(2); transform-origin: 0 0")
    page.wait_for_function(f"() => Math.abs(({SHARPNESS})() - 1) < 0.02")


def test_a_scaled_element_keeps_its_timeline_below_its_numbers(page: Page, server: str, other_origin: Origin) -> None:
    page.set_viewport_size({"width": 500, "height": 600})
    narrow = "width: 420px; transform-origin: 0 0;"
    put(page, server, other_origin, around=narrow)
    assert page.evaluate(f"getComputedStyle({WALK}.shadowRoot.querySelector('.timeline')).position") == "sticky"
    put(page, server, other_origin, around=f"{narrow} transform: scale(1.2)")
    assert page.evaluate(f"getComputedStyle({WALK}.shadowRoot.querySelector('.timeline')).position") == "static"


@pytest.mark.parametrize(
    ("width", "height", "sticky"), [(420, 700, True), (420, 400, False), (620, 700, False), (1280, 700, False)]
)
def test_the_timeline_sticks_only_on_a_phone_whose_window_is_high(
    page: Page, server: str, other_origin: Origin, width: int, height: int, sticky: bool
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    put(page, server, other_origin, page_style="body { margin: 0 }")
    position = page.evaluate(f"getComputedStyle({WALK}.shadowRoot.querySelector('.timeline')).position")
    assert (position == "sticky") is sticky


@pytest.mark.parametrize("width", [360, 596, 600, 612, 1000])
def test_picture_and_map_stand_beside_each_other_at_every_width(
    page: Page, server: str, other_origin: Origin, width: int
) -> None:
    put(page, server, other_origin, around=f"width: {width}px")
    tops = {(page.locator(f"kernel-walk {part}").bounding_box() or {})["y"] for part in (".pane.input", ".pane.output")}
    assert len(tops) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("scheme", "paper"), [("light", (253, 252, 249)), ("dark", (20, 23, 28))])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_theme_is_the_pages_own(
    page: Page, server: str, other_origin: Origin, system: Any, scheme: str, paper: tuple[int, int, int]
) -> None:
    page.emulate_media(color_scheme=system)
    put(page, server, other_origin, page_style=f"html {{ color-scheme: {scheme} }}")
    assert page.evaluate(f"getComputedStyle({WALK}).backgroundColor") == f"rgb{paper}"
    walked(page, "setAttribute('theme', 'dark')")
    assert page.evaluate(f"getComputedStyle({WALK}).backgroundColor") == "rgb(20, 23, 28)"


def test_a_page_that_says_nothing_of_themes_is_light(page: Page, server: str, other_origin: Origin) -> None:
    page.emulate_media(color_scheme="dark")
    put(page, server, other_origin)
    assert page.evaluate(f"getComputedStyle({WALK}).backgroundColor") == "rgb(253, 252, 249)"


def test_canvases_follow_a_page_that_changes_its_theme(page: Page, server: str, other_origin: Origin) -> None:
    put(page, server, other_origin, page_style="html { color-scheme: light } .dark { color-scheme: dark }")
    walked(page, "seek(8)")
    pixel = f"""() => {{
      const cells = {WALK}.shadowRoot.querySelector('.output .cells');
      return cells.getContext('2d').getImageData(0, 0, 1, 1).data.join();
    }}"""
    light = page.evaluate(pixel)
    page.evaluate("document.documentElement.className = 'dark'")
    page.wait_for_function(f"(light) => ({pixel})() !== light", arg=light)
    page.evaluate("document.documentElement.className = ''")
    page.wait_for_function(f"(light) => ({pixel})() === light", arg=light)
