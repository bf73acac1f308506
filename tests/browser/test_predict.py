"""Predict mode in a real browser: no answer before it is given; by keyboard, in both languages, in frames."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.element import FIRST, HEAD, WALK, embed

FIELD = "kernel-walk .questions form input"
PROMPT = "kernel-walk .questions .prompt"
VERDICT = "kernel-walk .questions .verdict"
# A kernel that is not the same turned around, and numbers that appear nowhere else.
SCENE = "[1 2 3; 4 5 6; 7 8 9] | conv2d [31041 0; 0 57013]"
ANSWERS = ("316106", "404160", "580268", "668322")


def ask(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(PROMPT)).to_be_visible()


def texts(page: Page) -> str:
    """All that is on the page and in the accessibility tree."""
    return f"{page.locator('body').aria_snapshot()} {page.evaluate(f'{WALK}.shadowRoot.textContent')}"


def answer(page: Page, text: str) -> None:
    page.locator(FIELD).fill(text)
    page.locator(FIELD).press("Enter")
    expect(page.locator(f"{VERDICT} .answer")).to_be_visible()


def test_the_answer_is_nowhere_before_it_is_given(page: Page, server: str) -> None:
    bodies: list[str] = []
    page.on("response", lambda response: bodies.append(body_of(response)))
    ask(page, embed(server, SCENE, mode="predict", ask="value", seed=3))
    told = " ".join(bodies) + texts(page)
    asked = int(re.search(r"row (\d), column (\d)", page.locator(PROMPT).inner_text())[2])  # type: ignore[index]
    hidden = [number for number in ANSWERS if number in told]
    assert len(hidden) < len(ANSWERS)
    assert asked in (1, 2)
    answer(page, "1")
    right = page.locator(f"{VERDICT} .answer strong").inner_text()
    assert right in ANSWERS
    assert right not in told
    assert right in texts(page)


def body_of(response: Any) -> str:
    """What an answer of the server said, scripts left out."""
    if "/static/" in response.url or response.status in (204, 304):
        return ""
    return str(response.text())


@pytest.mark.parametrize("query", [{"mode": "predict"}, {"fade": 2}, {"fade": 4}])
def test_the_page_itself_holds_no_answer(server: str, query: dict[str, Any]) -> None:
    page = httpx.get(embed(server, SCENE, **query)).text
    assert "opening" not in page
    assert not any(number in page for number in ANSWERS)


def test_a_wrong_answer_is_told_what_it_would_have_been_right_for(page: Page, server: str) -> None:
    ask(page, embed(server, "[1 2; 3 4] | conv2d [31 0; 0 57]", mode="predict", ask="value"))
    answer(page, str(57 + 4 * 31))
    expect(page.locator(f"{VERDICT} .wrong")).to_contain_text("turned by 180 degrees")
    expect(page.locator(f"{VERDICT} .line")).to_have_text("This step: 1 × 31 + 2 × 0 + 3 × 0 + 4 × 57 = 259")
    expect(page.locator("kernel-walk .tables .products td").first).to_have_text("31")
    expect(page.locator("kernel-walk .tables .map td.told")).to_have_text("259")


def test_a_set_is_answered_by_keyboard_alone_and_its_results_are_text(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, mode="predict", ask="value", count=2, seed=1))
    expect(page.locator("kernel-walk .where")).to_have_text("Question 1 of 2, 0 right")
    page.locator(FIELD).focus()
    for place in range(2):
        page.keyboard.type("1000")
        page.keyboard.press("Enter")
        expect(page.locator("kernel-walk .ways .main")).to_be_focused()
        page.keyboard.press("Enter")
        if place == 0:
            expect(page.locator("kernel-walk .where")).to_have_text("Question 2 of 2, 0 right")
            expect(page.locator(FIELD)).to_be_focused()
    results = page.locator("kernel-walk textarea")
    expect(results).to_have_value(re.compile(r"^Kernelwalk: 0 of 2 right\n1\. ✗ .*1000.*\n2\. ✗ "))


def test_a_set_goes_on_where_it_was_left(page: Page, server: str) -> None:
    address = embed(server, FIRST, mode="predict", ask="value", count=3)
    ask(page, address)
    answer(page, "1000")
    ask(page, address)
    expect(page.locator("kernel-walk .where")).to_have_text("Question 2 of 3, 0 right")


def test_what_is_no_number_is_told_and_may_be_given_again(page: Page, server: str, problems: list[str]) -> None:
    ask(page, embed(server, FIRST, mode="predict", ask="value"))
    page.locator(FIELD).fill("ten")
    page.locator(FIELD).press("Enter")
    expect(page.locator(f"{VERDICT} .wrong")).to_contain_text("must be a number")
    answer(page, "１０")
    assert problems == [
        "console: Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
    ]
    problems.clear()


def test_choices_are_taken_by_a_click_and_fit_a_phone(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ask(page, embed(server, FIRST, mode="predict", ask="kernel", lang="ko"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator("kernel-walk .choices button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    page.locator("kernel-walk .choices button").first.click()
    expect(page.locator(f"{VERDICT} .answer")).to_contain_text("정답")


@pytest.mark.parametrize(
    ("fade", "there"),
    [
        (2, ["window", "kernel", "products"]),
        (3, ["window", "kernel", "products holes"]),
        (4, ["window holes", "kernel", "products holes"]),
    ],
)
def test_fading_leaves_out_what_it_says(page: Page, server: str, fade: int, there: list[str]) -> None:
    ask(page, embed(server, FIRST, fade=fade, step=3))
    shown = page.locator("kernel-walk .tables figure").evaluate_all("figures => figures.map((each) => each.className)")
    assert shown == ["input", *there, "map"]
    assert [text.strip() for text in page.locator("kernel-walk .holes").all_inner_texts()] == [
        {"window holes": "Window", "products holes": "Products"}[name] for name in there if "holes" in name
    ]
    assert page.locator("kernel-walk td.under").count() == (0 if fade == 4 else 9)
    answer(page, "10")
    expect(page.locator(f"{VERDICT} .right")).to_be_visible()


def test_the_step_can_be_watched_and_the_questions_come_back(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, fade=3, step=3))
    assert page.evaluate(f"{WALK}.steps") == 0
    answer(page, "10")
    page.locator("kernel-walk .ways button", has_text="Watch this step").click()
    page.wait_for_function(f"() => {WALK}.steps === 9 && {WALK}.step === 3")
    expect(page.locator("kernel-walk .questions")).to_be_hidden()
    page.locator("kernel-walk .to-questions").click()
    expect(page.locator(VERDICT)).to_be_visible()
    expect(page.locator("kernel-walk .frame")).to_be_hidden()


def test_a_set_of_figures_is_a_page_that_others_may_frame(page: Page, server: str) -> None:
    address = f"{server}/quiz?scenes=first-steps,max-pool&seed=1&count=4&lang=en"
    assert "frame-ancestors" not in httpx.get(address).headers["content-security-policy"]
    page.set_content(f'{HEAD}<iframe src="{address}" width="700" height="440" sandbox="allow-scripts"></iframe>')
    frame = page.frame_locator("iframe")
    expect(frame.locator(".where")).to_have_text("Question 1 of 4, 0 right")


def test_a_figure_has_two_questions_that_come_when_they_are_opened(page: Page, server: str) -> None:
    page.goto(f"{server}/gallery/first-steps?lang=en")
    expect(page.locator("kernel-walk")).to_have_count(1)
    page.locator(".test-yourself summary").click()
    expect(page.locator(".test-yourself .where")).to_have_text("Question 1 of 2, 0 right")


def test_an_element_walks_again_when_it_no_longer_asks(page: Page, server: str) -> None:
    ask(page, embed(server, FIRST, mode="predict"))
    page.evaluate(f"{WALK}.removeAttribute('mode')")
    page.wait_for_function(f"() => {WALK}.steps === 9")
    expect(page.locator("kernel-walk .questions")).to_have_count(0)
    page.evaluate(f"{WALK}.setAttribute('mode', 'predict')")
    expect(page.locator(PROMPT)).to_be_visible()
    expect(page.locator("kernel-walk .frame")).to_be_hidden()
