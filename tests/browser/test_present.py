"""What stands around the panes, and a screen for a hall."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, WALK, embed, open_walk

WARNED = "[1 2 3 4; 5 6 7 8; 9 8 7 6; 5 4 3 2] | max_pool2d 3"


def test_a_bar_is_the_play_bar_and_the_scrubber_alone(page: Page, server: str) -> None:
    open_walk(page, embed(server, WARNED, controls="bar"))
    for seen in (".play", ".forward", ".scrubber"):
        expect(page.locator(f"kernel-walk {seen}")).to_be_visible()
    for gone in (".counter", ".extras", ".speed", ".warnings"):
        expect(page.locator(f"kernel-walk {gone}")).to_be_hidden()
    page.evaluate(f"{WALK}.setAttribute('controls', '')")
    for seen in (".counter", ".speed", ".warnings"):
        expect(page.locator(f"kernel-walk {seen}")).to_be_visible()


def test_without_controls_only_the_note_of_a_stop_stands_below_the_panes(page: Page, server: str) -> None:
    open_walk(page, embed(server, WARNED, controls="none", stops="0:here"))
    expect(page.locator("kernel-walk .notes .now")).to_be_visible()
    for gone in (".play", ".scrubber", ".warnings"):
        expect(page.locator(f"kernel-walk {gone}")).to_be_hidden()
    page.evaluate(f"{WALK}.removeAttribute('stops')")
    expect(page.locator("kernel-walk .timeline")).to_be_hidden()


def test_in_full_screen_a_key_makes_the_screen_black_and_the_next_one_brings_it_back(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    frame = page.locator("kernel-walk .frame")
    frame.focus()
    page.keyboard.press("b")
    assert "black" not in (frame.get_attribute("class") or "").split()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    for _ in range(2):
        page.keyboard.press("b")
        assert "black" in (frame.get_attribute("class") or "").split()
        page.keyboard.press("b")
        assert "black" not in (frame.get_attribute("class") or "").split()
    page.keyboard.press("b")
    page.keyboard.press("ArrowRight")
    assert "black" not in (frame.get_attribute("class") or "").split()
    page.wait_for_function(f"() => {WALK}.step === 1")


def test_nothing_is_cut_in_full_screen_by_an_element_that_filled_the_screen_before(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_walk(page, embed(server, FIRST))
    page.locator("kernel-walk .frame").focus()
    for inside in (True, False):
        page.keyboard.press("f")
        page.wait_for_function(f"() => !!document.fullscreenElement === {str(inside).lower()}")
        page.wait_for_function(
            """() => { const { shadowRoot } = document.querySelector('kernel-walk');
                const right = (part) => shadowRoot.querySelector(part).getBoundingClientRect().right;
                return Math.abs(right('.pane.output') - right('.panes')) < 2; }"""
        )
