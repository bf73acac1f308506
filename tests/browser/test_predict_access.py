"""Questions for everybody: no rule of axe-core is broken, a cell is chosen by touch, a frame keeps all in reach."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, SOBEL, WALK, embed
from tests.browser.test_accessibility import ROOMS, broken_rules
from tests.browser.test_predict import FIELD, PROMPT, VERDICT, ask

POOL = "[1 2; 9 3] | max_pool2d 2"


@pytest.mark.parametrize(("theme", "lang", "room"), ROOMS, ids=lambda word: str(word)[:16])
@pytest.mark.parametrize("kind", ["value", "kernel"])
def test_questions_break_no_rule_before_and_after_the_answer(
    new_page: Callable[..., Page], server: str, kind: str, theme: str, lang: str, room: dict[str, int]
) -> None:
    page = new_page(viewport=room)
    ask(page, embed(server, FIRST, mode="predict", ask=kind, lang=lang, theme=theme))
    before = broken_rules(page)
    if kind == "value":
        page.locator(FIELD).fill("1000")
        page.locator(FIELD).press("Enter")
    else:
        page.locator("kernel-walk .choices button").first.click()
    expect(page.locator(f"{VERDICT} .answer")).to_be_visible()
    assert before + broken_rules(page) == []


def test_the_results_and_a_set_that_cannot_be_asked_break_no_rule(page: Page, server: str) -> None:
    ask(page, f"{server}/quiz?{urlencode({'scene': FIRST, 'ask': 'size', 'count': 1, 'lang': 'en'})}")
    page.locator(FIELD).fill("3")
    page.locator(FIELD).press("Enter")
    page.locator("kernel-walk .ways .main").click()
    expect(page.locator("kernel-walk textarea")).to_be_visible()
    assert broken_rules(page) == []


def test_a_cell_of_the_window_is_chosen_by_touch(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True)
    ask(page, embed(server, POOL, mode="predict", ask="winner"))
    page.locator("kernel-walk .window td", has_text="9").tap()
    expect(page.locator(FIELD)).to_have_value("2, 1")
    page.locator("kernel-walk .questions .main").tap()
    expect(page.locator(f"{VERDICT} .right")).to_be_visible()


def test_a_choice_is_made_by_its_letter(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, mode="predict", ask="window"))
    page.locator("kernel-walk .choices button").first.focus()
    page.keyboard.press("b")
    expect(page.locator(f"{VERDICT} .answer")).to_be_visible()


def test_a_large_input_is_a_picture_with_the_window_on_it(page: Page, server: str) -> None:
    ask(page, embed(server, SOBEL, mode="predict", ask="value", seed=2))
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.picture img').naturalWidth === 64")
    image, frame = (page.locator(f"kernel-walk .picture {part}").bounding_box() for part in ("img", "i"))
    assert image
    assert frame
    assert image["x"] <= frame["x"] <= image["x"] + image["width"]
    assert abs(frame["width"] - image["width"] * 3 / 64) < 1.5


def test_a_frame_of_the_usual_size_shows_question_and_field_without_scrolling(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(viewport={"width": 700, "height": 440})
    ask(page, embed(server, FIRST, mode="predict", ask="value"))
    box = page.locator(FIELD).bounding_box()
    assert box
    assert box["y"] + box["height"] <= 440
    expect(page.locator(PROMPT)).to_be_in_viewport()
