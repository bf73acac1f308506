"""The lab's page as a page: languages, themes, phones, keyboards, screen readers, slow lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.lab import WALK, expect_line, open_lab, ready, state, type_line, walked

CHAIN = "cat 32 rgb | conv2d sobel-x stride=2 | relu | max_pool2d 2"
PHONE = {"width": 360, "height": 740}
LAB_BYTES = 144 * 1024  # what the lab is made of, compressed, after half a second

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8").rstrip().rstrip(";")


def ask(page: Page, question: str, *facts: int) -> Any:
    return page.evaluate(f"{CHECKS}.{question}({', '.join(map(str, facts))})")


# --- languages


def stops(page: Page) -> list[Callable[[], Any]]:
    """Every place of the lab that shows words."""
    views = [lambda view=view: page.click(f"#tab-{view}") for view in ("formula", "code", "network")]
    layers = [lambda place=place: page.click(f"[data-layer='{place}'] .chip") for place in (1, 2, 0)]
    return [
        lambda: None,
        *views,
        *layers,
        lambda: page.click(".filter-button"),
        lambda: page.keyboard.press("Escape"),
        lambda: page.click(".chip.add"),
        lambda: page.keyboard.press("Escape"),
        lambda: page.click(".chip.input"),
        lambda: page.click(".sources button:last-child"),
        lambda: (page.click("#share"), page.wait_for_selector("dialog.share[open]")),
        lambda: page.keyboard.press("Escape"),
    ]


def test_the_other_language_is_a_link_that_keeps_the_state(page: Page, server: str) -> None:
    open_lab(page, server, CHAIN, layer=1, step=9, view="network")
    page.get_by_role("link", name="한국어").click()
    ready(page)
    page.wait_for_function(f"() => {WALK}.step === 9")
    assert page.get_attribute("html", "lang") == "ko"
    page.wait_for_timeout(100)
    assert state(page) == {"scene": CHAIN, "layer": "1", "step": "9", "view": "network", "lang": "ko"}
    expect(page.get_by_role("tab", name="신경망")).to_have_attribute("aria-selected", "true")


def test_refusals_and_warnings_speak_the_pages_language(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "cat 32 | max_pool2d 3 stride=2", lang="ko")
    type_line(page, "cat 32 | max_pool2d 99")
    expect(page.locator("#scene-error")).to_contain_text("너무 큽니다")
    page.press("#scene-line", "Escape")
    page.fill("#setting-stride", "3")
    expect_line(page, "cat 32 | max_pool2d 3 stride=3")
    expect(page.locator("kernel-walk .warnings")).to_contain_text("어느 윈도우에도 들어가지 않습니다")
    problems.clear()


# --- controls


def test_a_setting_beyond_its_limit_is_explained_in_place_and_the_walk_goes_on(page: Page, server: str) -> None:
    open_lab(page, server, "cat 32 | sobel-x", step=3)
    page.fill("#setting-stride", "500")
    expect(page.locator("[data-name=stride] .complaint")).to_contain_text("only one window would be left")
    assert (walked(page, "opening.line"), walked(page, "step")) == ("cat 32 | conv2d sobel-x", 3)
    page.fill("#setting-stride", "2")
    expect_line(page, "cat 32 | conv2d sobel-x stride=2")
    expect(page.locator("[data-name=stride] .complaint")).to_be_hidden()


def test_controls_line_and_walk_mirror_each_other(page: Page, server: str) -> None:
    open_lab(page, server, "cat 32 | sobel-x")
    page.select_option("#setting-padding", "same")
    expect_line(page, "cat 32 | conv2d sobel-x padding=same")
    page.locator(".more summary").click()
    page.get_by_label("Flip the kernel").check()
    expect_line(page, "cat 32 | conv2d sobel-x padding=same flip=true")
    type_line(page, "cat 32 | max_pool2d 4 stride=(2,3)")
    expect(page.locator("#setting-kernel_size")).to_have_value("4")
    expect(page.locator("[data-name=stride] input >> nth=1")).to_have_value("3")
    page.click(".chip.input")
    page.click("[data-sample=edge]")
    page.wait_for_function(f"() => {WALK}.opening.line.startsWith('edge')")
    assert walked(page, "opening.layers[0].output_shape").pop(0) == 1


# --- everybody


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, PHONE], ids=["desk", "phone"])
def test_everything_is_named_readable_and_large_enough(
    new_page: Callable[..., Page], server: str, theme: str, size: dict[str, int]
) -> None:
    page = new_page(viewport=size)
    open_lab(page, server, CHAIN, theme=theme)
    for stop in stops(page):
        stop()
        page.wait_for_timeout(100)
        assert ask(page, "faint") == []
        assert ask(page, "nameless") == []
        assert ask(page, "lost") == []
        assert ask(page, "small", 44 if size is PHONE else 24) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_stage_is_whole_without_scrolling_on_a_small_laptop(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport={"width": 1280, "height": 720})
    open_lab(page, server)
    for selector in ("kernel-walk", "#settings", ".tabs", "#view-numbers .number-table tr"):
        box = page.locator(selector).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 720, selector


def test_the_keyboard_reaches_every_control_and_the_focus_is_seen(page: Page, server: str) -> None:
    open_lab(page, server, "cat 32 | sobel-x")
    for _ in range(80):
        page.keyboard.press("Tab")
        assert ask(page, "focused") is None
    assert ask(page, "unreached") == []


def test_the_theme_button_goes_round_and_takes_the_player_along(page: Page, server: str) -> None:
    open_lab(page, server)
    for theme in ("light", "dark"):
        page.click("#theme")
        assert page.get_attribute("html", "data-theme") == page.get_attribute("kernel-walk", "theme") == theme
        assert state(page)["theme"] == theme
    page.click("#theme")
    assert "theme" not in state(page)


# --- sharing


def test_the_embed_code_shows_the_same_step(page: Page, server: str) -> None:
    open_lab(page, server, CHAIN, layer=1, step=7)
    page.click("#share")
    page.click("[data-way=frame]")
    code = page.input_value("#share-code")
    address = re.search(r'src="([^"]+)"', code)
    assert address
    page.goto(address[1].replace("&amp;", "&"))
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    assert (walked(page, "opening.line"), walked(page, "layer"), walked(page, "step")) == (CHAIN, 1, 7)


def test_copying_works_without_permission_to_use_the_clipboard(page: Page, server: str) -> None:
    open_lab(page, server)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.click("#share")
    page.click("[data-way=link]")
    expect(page.locator("#share-code")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == page.url


# --- slow lines


def test_the_whole_lab_is_light_and_waits_for_the_first_step(page: Page, server: str) -> None:
    weights: list[tuple[str, int]] = []
    page.on("requestfinished", lambda request: weights.append((request.url, sum_of(request.sizes()))))
    page.goto(server)
    ready(page)
    walked(page, "pause()")
    page.wait_for_timeout(500)
    assert sum(size for _, size in weights) <= LAB_BYTES, weights
    before = [address for address, _ in weights if "/api/" not in address][:4]
    assert not [address for address in before if address.endswith(("lab.js", "panels.css"))]


def sum_of(sizes: dict[str, int]) -> int:
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


# --- a page that comes late


def test_a_walk_that_went_on_before_the_page_was_there_has_its_numbers(page: Page, server: str) -> None:
    held: list[Route] = []
    page.route("**/lab/lab.js", lambda route: held.append(route))
    page.goto(f"{server}/?scene=cat+64+%7C+conv2d+sobel-x&lang=en")
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    page.evaluate(f"{WALK}.pause(); {WALK}.seek(900)")
    page.wait_for_function(f"() => {WALK}.step === 900")
    for each in held:
        each.continue_()
    expect(page.locator("#view-numbers .place")).to_contain_text("step 901 of 2542")
    assert not walked(page, "playing")
