"""A region of the picture, drawn on it with mouse or finger, or written in numbers."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.lab import expect_line, line, open_lab, walked


def test_a_region_is_drawn_moved_pulled_and_given_up(page: Page, server: str) -> None:
    open_lab(page, server, "cat 64 | sobel")
    page.click(".chip.input")
    page.click(".crop summary")
    view = page.locator(".crop-view")
    expect(page.get_by_role("spinbutton", name="Height")).to_have_value("300")

    def drag(start: tuple[float, float], end: tuple[float, float]) -> None:
        """From and to points that are shares of the picture, rows first."""
        view.evaluate("view => view.scrollIntoView({ block: 'center' })")
        box = view.bounding_box()
        assert box
        points = [(box["x"] + share[1] * box["width"], box["y"] + share[0] * box["height"]) for share in (start, end)]
        page.mouse.move(*points[0])
        page.mouse.down()
        page.mouse.move(*points[1], steps=3)
        page.mouse.up()

    drag((0.2, 0.2), (0.6, 0.6))
    crop = region(page, (60, 90, 120, 180))
    drag((0.4, 0.4), (0.5, 0.6))
    moved = region(page, (crop[0] + 30, crop[1] + 90, *crop[2:]))
    assert moved[2:] == crop[2:]
    drag(((moved[0] + moved[2]) / 300, (moved[1] + moved[3]) / 451), (0.95, 0.95))
    pulled = region(page, (*moved[:2], 285 - moved[0], 428 - moved[1]))
    assert pulled[:2] == moved[:2]
    page.get_by_role("button", name="Whole picture").click()
    expect_line(page, "cat 64 | sobel")


def region(page: Page, near: tuple[int, ...]) -> list[int]:
    """The region that is walked, once it is near the one that was drawn: the map follows the hand on its way there."""
    page.wait_for_function(
        """(near) => {
          const written = [...document.querySelectorAll(".crop-side input")].map(({ value }) => value);
          const { crop } = document.querySelector("kernel-walk").opening.scene.input;
          const is_there = crop?.every((side, place) => Math.abs(side - near[place]) <= 4);
          return is_there && crop.join() === written.join();
        }""",
        arg=list(near),
    )
    told: list[int] = walked(page, "opening.scene.input.crop")
    return told


def test_a_region_is_written_in_numbers_and_never_reaches_beyond_the_picture(page: Page, server: str) -> None:
    open_lab(page, server, "cat 64 crop=(10,20,100,100) | sobel")
    page.click(".chip.input")
    expect(page.get_by_role("spinbutton", name="Top")).to_have_value("10")
    page.get_by_role("spinbutton", name="Left").fill("40")
    page.keyboard.press("Tab")
    expect_line(page, "cat 64 crop=(10,40,100,100) | sobel")
    page.get_by_role("spinbutton", name="Height").fill("500")
    page.keyboard.press("Tab")
    expect(page.locator(".crop .complaint")).to_have_text(
        "The picture has 300 rows and 451 columns: the region must lie inside."
    )
    assert line(page) == "cat 64 crop=(10,40,100,100) | sobel"


def test_a_finger_draws_a_region(new_page: Any, server: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    open_lab(page, server, "cat 64 | sobel")
    page.click(".chip.input")
    page.locator(".crop summary").tap()
    view = page.locator(".crop-view")
    expect(page.get_by_role("spinbutton", name="Height")).to_have_value("300")
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    assert box
    client = page.context.new_cdp_session(page)
    for kind, share in (("touchStart", 0.25), ("touchMove", 0.4), ("touchMove", 0.75), ("touchEnd", None)):
        points = (
            [] if share is None else [{"x": box["x"] + share * box["width"], "y": box["y"] + share * box["height"]}]
        )
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert region(page, (75, 113, 150, 225))
