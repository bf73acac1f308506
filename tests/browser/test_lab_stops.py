"""Stops written in the share dialog, and the walk shown to a hall."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.element import FIRST
from tests.browser.lab import WALK, expect_step, open_lab, state, walked


def test_stops_with_notes_are_written_into_the_address_and_the_codes_and_kept(page: Page, server: str) -> None:
    open_lab(page, server, FIRST, step=4)
    page.click("#share")
    page.get_by_role("button", name="Add a stop here").click()
    note = page.get_by_label("Note at step 5")
    expect(note).to_be_focused()
    note.fill("all nine, where they meet")
    assert walked(page, "getAttribute('stops')") == "4:all nine, where they meet"
    assert state(page)["stops"] == "4:all nine, where they meet"
    for way in ("element", "frame"):
        page.click(f"[data-way={way}]")
        assert "all" in page.input_value("#share-code").split("stops=")[1]
    frame = page.frame_locator("iframe.preview").locator("kernel-walk .notes .now")
    expect(frame).to_have_text("all nine, where they meet")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    expect(page.locator("kernel-walk .notes .now")).to_have_text("all nine, where they meet")


def test_the_embed_with_stops_pauses_at_them(page: Page, server: str) -> None:
    open_lab(page, server, FIRST, step=2)
    page.click("#share")
    page.get_by_role("button", name="Add a stop here").click()
    page.get_by_label("Note at step 3").fill("here")
    page.click("[data-way=frame]")
    address = re.search(r'src="([^"]+)"', page.input_value("#share-code"))
    assert address
    page.goto(address[1].replace("&amp;", "&").replace("step=2", "step=0"))
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    page.locator("kernel-walk .play").click()
    page.wait_for_function(f"() => !{WALK}.playing && {WALK}.step === 2")


def test_a_stop_is_removed_and_the_focus_stays_in_the_dialog(page: Page, server: str) -> None:
    open_lab(page, server, FIRST, stops="0:one,strongest:two")
    page.click("#share")
    page.get_by_role("button", name="Remove the stop at step 1").click()
    expect(page.get_by_label("Note at strongest answer")).to_be_focused()
    page.get_by_role("button", name="Remove the stop at strongest answer").click()
    expect(page.get_by_role("button", name="Add a stop here")).to_be_focused()
    assert "stops" not in state(page)


def test_presenting_is_full_screen_with_the_keys_of_a_clicker(page: Page, server: str) -> None:
    open_lab(page, server, FIRST)
    page.get_by_role("button", name="Present").click()
    page.wait_for_function("() => document.fullscreenElement?.localName === 'kernel-walk'")
    page.keyboard.press("PageDown")
    expect_step(page, 1)
    frame = page.locator("kernel-walk .frame")
    expect(frame).to_have_class(re.compile(r"\bhall\b"))
    page.keyboard.press("b")
    expect(frame).to_have_class(re.compile(r"\bblack\b"))
    page.keyboard.press("PageDown")
    expect(frame).not_to_have_class(re.compile(r"\bblack\b"))
