"""Sizes in real frames: what a hall reads, what a phone and a small frame still show, nothing that is cut."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.element import FIRST, SOBEL, WALK, embed, open_walk

SIGNED = "cat 64 | conv2d sobel-x padding=same | relu"
CHANNELS = "@multi-channel"

MEASURED = """() => {
  const { shadowRoot } = document.querySelector('kernel-walk');
  const box = (selector) => {
    const { left, top, right, bottom, width, height } = shadowRoot.querySelector(selector).getBoundingClientRect();
    return { left, top, right, bottom, width, height };
  };
  const texts = [...shadowRoot.querySelectorAll('.frame *')].filter((node) =>
    !node.closest('.sentence') && node.checkVisibility() && node.getBoundingClientRect().width > 0
    && (node.value !== undefined && node.type === 'text'
        || [...node.childNodes].some((child) => child.nodeType === 3 && child.nodeValue.trim())));
  return {
    screen: [innerWidth, innerHeight],
    overflow: document.documentElement.scrollWidth - innerWidth,
    scrolls: document.documentElement.scrollHeight - innerHeight,
    smallest: Math.min(...texts.map((node) => parseFloat(getComputedStyle(node).fontSize))),
    result: parseFloat(getComputedStyle(shadowRoot.querySelector('.result .output')).fontSize),
    panes: box('.panes'), input: box('.input .cells'), board: box('.board canvas'),
    sum: box('.result'), lines: box('.lines'), output: box('.output .cells'), bar: box('.timeline'),
    buttons: [...shadowRoot.querySelectorAll('.timeline button')].filter((node) => node.checkVisibility())
      .map((node) => node.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
  };
}"""


def measured(page: Page, address: str, width: int, height: int) -> dict[str, Any]:
    page.set_viewport_size({"width": width, "height": height})
    open_walk(page, address)
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.output .cells')?.checkVisibility()")
    return page.evaluate(MEASURED)  # type: ignore[no-any-return]


def inside(box: dict[str, float], sizes: dict[str, Any]) -> bool:
    width, height = sizes["screen"]
    return box["left"] >= 0 and box["top"] >= 0 and box["right"] <= width + 1 and box["bottom"] <= height + 1


@pytest.mark.parametrize("scene", [FIRST, SIGNED, CHANNELS])
@pytest.mark.parametrize(("width", "height"), [(960, 700), (1280, 720), (1920, 1080)])
def test_a_hall_reads_a_frame_from_its_last_row(page: Page, server: str, scene: str, width: int, height: int) -> None:
    sizes = measured(page, embed(server, scene, step=3), width, height)
    assert sizes["panes"]["height"] >= 0.85 * height
    assert sizes["smallest"] >= 0.022 * height
    assert sizes["result"] >= 0.06 * height
    assert all(inside(sizes[part], sizes) for part in ("input", "board", "sum", "lines", "output", "bar"))
    assert sizes["lines"]["bottom"] <= sizes["bar"]["top"]


@pytest.mark.parametrize("scene", [FIRST, SOBEL])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_full_screen_fills_the_screen_and_cuts_nothing(
    page: Page, server: str, scene: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_walk(page, f"{server}/?scene={scene.replace('|', '%7C').replace(' ', '+')}&step=3&lang=en")
    page.locator("kernel-walk .frame").press("f")
    page.wait_for_function(f"() => document.fullscreenElement && {WALK}.shadowRoot.querySelector('.frame.hall')")
    sizes = page.evaluate(MEASURED)
    assert sizes["panes"]["height"] >= 0.85 * height
    assert sizes["smallest"] >= 0.022 * height
    assert sizes["result"] >= 0.06 * height
    assert all(inside(sizes[part], sizes) for part in ("input", "board", "sum", "lines", "output", "bar"))


def test_the_lab_gives_a_high_screen_to_the_stage(page: Page, server: str) -> None:
    """The picture is 440 pixels wide, and the last sum so far is in sight under it."""
    page.set_viewport_size({"width": 1440, "height": 900})
    open_walk(page, f"{server}/?scene={SOBEL.replace('|', '%7C').replace(' ', '+')}&step=900&lang=en")
    page.locator(".number-table tr").nth(3).wait_for()
    sizes = page.evaluate(MEASURED)
    assert sizes["input"]["width"] >= 440
    assert sizes["result"] >= 54
    assert page.locator(".number-table tr").nth(3).evaluate("row => row.getBoundingClientRect().bottom") <= 900
    assert page.locator("#views .place").first.evaluate("place => place.getBoundingClientRect().right") <= 1440


def test_the_stage_grows_with_a_large_screen_and_leaves_the_views_theirs(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 2560, "height": 1440})
    open_walk(page, f"{server}/?scene={SOBEL.replace('|', '%7C').replace(' ', '+')}&step=900&lang=en")
    page.locator(".number-table tr").nth(3).wait_for()
    stage, views = (page.locator(name).bounding_box() for name in ("kernel-walk", "#views"))
    assert stage
    assert views
    assert stage["height"] > 0.6 * 1440
    assert views["y"] + views["height"] <= 1440


def test_at_400_percent_the_pictures_are_in_the_first_screen_and_nothing_lies_over_them(
    page: Page, server: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    open_walk(page, f"{server}/?scene={SOBEL.replace('|', '%7C').replace(' ', '+')}&step=900&lang=en")
    sizes = page.evaluate(MEASURED)
    assert sizes["input"]["bottom"] <= 256
    assert sizes["output"]["bottom"] <= 256
    assert page.locator(".dock").evaluate("dock => getComputedStyle(dock).position") == "static"


@pytest.mark.parametrize("width", [1300, 1440, 1920])
@pytest.mark.parametrize(
    "scene", [SOBEL, "digit-7 | @lenet-5&layer=4", "cat 64 rgb | conv2d out=4 kernel_size=3 seed=1"]
)
def test_the_place_of_a_step_lies_over_no_tab(page: Page, server: str, scene: str, width: int) -> None:
    """Beside the tabs where it fits there, below them where it does not."""
    page.set_viewport_size({"width": width, "height": 900})
    open_walk(page, f"{server}/?scene={scene.replace('|', '%7C').replace(' ', '+')}&step=-1&lang=en")
    page.locator(".number-table tr").nth(1).wait_for()
    place, last = (page.locator(part).last.bounding_box() for part in
                   ("#view-numbers .place", "#views .tab:not([hidden])"))  # fmt: skip
    assert place
    assert last
    assert place["x"] >= last["x"] + last["width"] or place["y"] >= last["y"] + last["height"]


@pytest.mark.parametrize("scene", [FIRST, SOBEL, CHANNELS])
@pytest.mark.parametrize(("width", "height"), [(480, 360), (320, 568), (250, 250), (360, 225)])
def test_small_frames_show_something_of_picture_arithmetic_and_map(
    page: Page, server: str, scene: str, width: int, height: int
) -> None:
    sizes = measured(page, embed(server, scene, step=3), width, height)
    assert sizes["overflow"] <= 0
    assert sizes["scrolls"] <= 0
    assert all(inside(sizes[part], sizes) for part in ("input", "board", "sum", "output", "bar"))
    assert sizes["sum"]["bottom"] <= sizes["bar"]["top"] + 1, "the timeline never covers numbers"
    assert min(sizes["input"]["width"], sizes["output"]["width"]) >= 14, "one plane of three, or the only one"


@pytest.mark.parametrize(("width", "height"), [(480, 360), (320, 568)])
def test_the_direction_beside_a_sum_ends_inside_its_pane(page: Page, server: str, width: int, height: int) -> None:
    measured(page, embed(server, "coffee 64 rgb | sobel", step=401), width, height)
    words, pane = (page.locator(f"kernel-walk .arithmetic {part}").last.bounding_box()
                   for part in (".result .quiet", ".result"))  # fmt: skip
    assert words
    assert pane
    assert words["x"] + words["width"] <= pane["x"] + pane["width"] + 1


def test_below_each_picture_of_a_hall_stands_a_part_of_the_arithmetic_of_its_width(page: Page, server: str) -> None:
    for scene, layer in (("cat 64 | sobel-x | relu", 1), ("cat 64 | max_pool2d 2", 0)):
        sizes = measured(page, embed(server, scene, step=3, layer=layer), 1920, 1080)
        assert abs(sizes["board"]["left"] - sizes["panes"]["left"]) <= 1
        assert sizes["board"]["width"] >= 0.48 * sizes["panes"]["width"]
        middle = (sizes["sum"]["left"] + sizes["sum"]["right"]) / 2
        assert sizes["output"]["left"] <= middle <= sizes["output"]["right"]


def test_a_phone_shows_picture_map_and_sum_in_its_first_screen(page: Page, server: str) -> None:
    sizes = measured(page, f"{server}/?scene=cat+64+%7C+conv2d+sobel-x&step=3&lang=en", 360, 740)
    assert sizes["overflow"] <= 0
    assert all(inside(sizes[part], sizes) for part in ("input", "board", "sum", "lines", "output", "bar"))
    assert sizes["input"]["top"] == sizes["output"]["top"]
    assert min(sizes["input"]["width"], sizes["output"]["width"]) >= 140
    assert min(sizes["buttons"]) >= 44


@pytest.mark.parametrize(
    ("query", "width", "height"),
    [
        ("scene=cat+48+rgb+%7C+conv2d+box-3", 320, 568),
        ("scene=cat+48+rgb+%7C+conv2d+out%3D4+kernel_size%3D3+seed%3D1+%7C+relu", 320, 568),
        ("scene=cat+48+%7C+conv2d+sobel-x+%7C+relu", 320, 568),
        ("scene=%40lenet-5&layer=4", 360, 740),
        ("scene=%40lenet-5&layer=5", 360, 740),
        ("scene=cat+48+%7C+conv2d+sobel-x+%7C+relu", 360, 740),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_phone_shows_the_sum_over_its_timeline_whatever_the_layer(
    page: Page, server: str, query: str, width: int, height: int, lang: str
) -> None:
    sizes = measured(page, f"{server}/?{query}&step=100&lang={lang}", width, height)
    assert sizes["overflow"] <= 0
    assert all(inside(sizes[part], sizes) for part in ("input", "sum", "output", "bar"))
    assert sizes["sum"]["bottom"] <= sizes["bar"]["top"] + 1
    assert min(sizes["input"]["height"], sizes["output"]["height"]) >= 24, "one plane of four, or the only one"
    if width == 360:
        assert sizes["lines"]["bottom"] <= sizes["bar"]["top"] + 1


def test_a_landscape_picture_leaves_no_third_of_a_desk_empty(page: Page, server: str) -> None:
    sizes = measured(page, f"{server}/?scene=cat+64+%7C+conv2d+sobel-x&step=3&lang=en", 1440, 900)
    pictures = sizes["input"]["height"] + sizes["board"]["height"]
    assert pictures >= 0.8 * sizes["panes"]["height"]
    assert sizes["result"] >= 54


@pytest.mark.parametrize(("width", "height"), [(700, 440), (960, 700), (1280, 720)])
def test_the_lines_of_a_sum_are_seen_whole_at_every_size(page: Page, server: str, width: int, height: int) -> None:
    for scene in (SIGNED, CHANNELS, "cat 32 | gaussian-5", "cat 32 | conv2d gaussian-3 stride=3"):
        sizes = measured(page, embed(server, scene, step=3), width, height)
        assert sizes["lines"]["height"] > 10, scene
        assert inside(sizes["lines"], sizes), scene
        assert sizes["lines"]["bottom"] <= sizes["bar"]["top"], scene


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (700, 440), (360, 740)])
def test_while_playing_nothing_moves_but_the_window(page: Page, server: str, width: int, height: int) -> None:
    measured(page, embed(server, SOBEL), width, height)
    page.evaluate(f"""() => {{
      window.shifted = 0;
      new PerformanceObserver((list) => {{ for (const {{ value }} of list.getEntries()) shifted += value; }})
        .observe({{ type: 'layout-shift' }});
      {WALK}.speed = 60;
      {WALK}.play();
    }}""")
    page.wait_for_function(f"() => {WALK}.step > 200")
    assert page.evaluate("shifted") < 0.001
