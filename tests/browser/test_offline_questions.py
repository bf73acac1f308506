"""A file that asks, opened from disk without a network: it judges as a server does, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Page, expect

from core.questions.question import ASKS
from kernelwalk.figures import Figures
from tests.browser.element import FIRST, WALK
from tests.browser.test_predict import FIELD, PROMPT, VERDICT, answer

LARGE = "cat 64 | sobel-x"
CHOICE = "kernel-walk .choices button"

Opened = Callable[..., Page]


@pytest.fixture
def opened(new_page: Callable[..., Page], server: str, tmp_path: Path) -> Opened:
    """The file of a scene that asks, in a page that reaches nobody and tries to reach nobody."""

    def open_file(scene: str, **words: object) -> Page:
        told = httpx.get(f"{server}/render.html?{urlencode({'scene': scene, **words})}", timeout=60)
        assert told.status_code == 200, told.text
        file = tmp_path / "figure.html"
        file.write_bytes(told.content)
        return from_disk(new_page, file)

    return open_file


def from_disk(new_page: Callable[..., Page], file: Path) -> Page:
    page = new_page(offline=True, viewport={"width": 900, "height": 700})
    page.route(re.compile("^https?:"), lambda route: pytest.fail(route.request.url))
    page.goto(file.as_uri())
    expect(page.locator(PROMPT)).to_be_visible()
    return page


def right_one(page: Page, server: str, scene: str, **words: Any) -> str:
    """What the server says is right of the question that the page shows first."""
    body = {"scene": scene, "layer": 0, "index": 0, "answer": "1", **words}
    return str(httpx.post(f"{server}/api/answers", json=body).json()["answer"])


def test_a_wrong_and_a_right_answer_are_judged_without_a_network(opened: Opened, server: str) -> None:
    scene = "[1 2; 3 4] | conv2d [31 0; 0 57]"
    page = opened(scene, mode="predict", ask="value", count=2)
    expect(page.locator("kernel-walk .where")).to_have_text("Question 1 of 2, 0 right")
    answer(page, str(57 + 4 * 31))
    expect(page.locator(f"{VERDICT} .wrong")).to_contain_text("turned by 180 degrees")
    expect(page.locator(f"{VERDICT} .line")).to_have_text("This step: 1 × 31 + 2 × 0 + 3 × 0 + 4 × 57 = 259")
    expect(page.locator("kernel-walk .tables .map td.told")).to_have_text("259")
    page.locator("kernel-walk .ways .main").click()
    answer(page, "２59")
    expect(page.locator(f"{VERDICT} .right")).to_have_text("✓ That is right.")
    expect(page.locator("kernel-walk .where")).to_have_text("Question 2 of 2, 1 right")


def test_what_cannot_be_read_is_told_in_the_pages_language(opened: Opened) -> None:
    page = opened(FIRST, mode="predict", ask="value", lang="ko")
    page.locator(FIELD).fill("열")
    page.locator(FIELD).press("Enter")
    told = page.locator(f"{VERDICT} .wrong")
    expect(told).to_contain_text("'열'")
    answer(page, "1234")
    expect(told).to_contain_text("1234는 정답이 아닙니다")
    page.evaluate(f"{WALK}.lang = 'en'")
    expect(page.locator(PROMPT)).to_contain_text("What does the cell")


def test_the_step_is_watched_and_the_questions_come_back(opened: Opened) -> None:
    page = opened(LARGE, mode="predict", ask="value", seed=4)
    row, column = (int(part) for part in re.findall(r"\d+", page.locator(PROMPT).inner_text())[:2])
    picture = page.locator("kernel-walk .picture img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
    answer(page, "1")
    page.get_by_role("button", name="Watch this step").click()
    page.wait_for_function(f"() => {WALK}.step === {(row - 1) * 62 + column - 1}")
    page.get_by_role("button", name="Back to the questions").click()
    expect(page.locator(VERDICT)).to_be_visible()


def test_other_questions_are_other_seeds_and_come_round(opened: Opened, server: str) -> None:
    page = opened("@max-pool", mode="predict", ask="winner", count=1, seed=2)
    seen = []
    for turn in range(9):
        seen.append(page.locator("kernel-walk .questions").inner_text())
        seed = 2 + turn % 8
        told = httpx.get(
            f"{server}/api/questions", params={"scene": "@max-pool", "ask": "winner", "seed": seed, "lang": "en"}
        ).json()["questions"][0]
        expect(page.locator(PROMPT)).to_have_text(told["prompt"]["en"])
        answer(page, "1, 1")
        page.get_by_role("button", name="See the results").click()
        page.get_by_role("button", name="Other questions").click()
        expect(page.locator(FIELD)).to_be_visible()
    assert len(set(seen[:8])) > 1
    assert seen[8].splitlines()[:2] == seen[0].splitlines()[:2]


@pytest.mark.parametrize("kind", [kind for kind in ASKS if kind != "winner"])
def test_every_kind_is_asked_and_its_right_answer_known(opened: Opened, server: str, kind: str) -> None:
    page = opened(FIRST, mode="predict", ask=kind, seed=5, count=1)
    right = right_one(page, server, FIRST, ask=kind, seed=5)
    choices = page.locator(CHOICE)
    if choices.count():
        choices.nth("ABCD".index(right)).click()
    else:
        page.locator(FIELD).fill(right)
        page.locator(FIELD).press("Enter")
    expect(page.locator(f"{VERDICT} .right")).to_be_visible()


def test_a_worked_step_has_its_holes(opened: Opened, server: str) -> None:
    page = opened(FIRST, fade=3, step=3)
    assert page.locator("kernel-walk .products .hole").count() == 9
    page.locator(FIELD).fill("10")
    page.locator(FIELD).press("Enter")
    expect(page.locator(f"{VERDICT} .right")).to_be_visible()


def test_it_asks_beside_a_player_that_figures_share(new_page: Callable[..., Page], tmp_path: Path) -> None:
    figures = Figures(tmp_path, form="html", shares=True)
    asks = figures.file("html", FIRST, {"mode": "predict", "ask": "value", "fade": "1"})
    walks = figures.file("html", FIRST, {})
    players = sorted(tmp_path.glob("kernelwalk-player-*.js"), key=lambda file: file.stat().st_size)
    assert len(players) == 2  # whoever only walks brings nothing of questions
    assert [file.name in (tmp_path / name).read_text() for file, name in zip(players, (walks, asks), strict=True)] == [
        True
    ] * 2
    page = from_disk(new_page, tmp_path / asks)
    answer(page, "1000")
    expect(page.locator(f"{VERDICT} .wrong")).to_contain_text("1000 is not right")


def test_it_asks_in_a_frame_that_trusts_nobody(new_page: Callable[..., Page], server: str, tmp_path: Path) -> None:
    words = {"scene": FIRST, "mode": "predict", "ask": "value"}
    (tmp_path / "figure.html").write_bytes(httpx.get(f"{server}/render.html", params=words).content)
    frame = '<iframe sandbox="allow-scripts" src="figure.html" width="700" height="440"></iframe>'
    (tmp_path / "lecture.html").write_text(f"<!doctype html><title>Lecture</title>{frame}")
    page = new_page(offline=True)
    page.goto((tmp_path / "lecture.html").as_uri())
    inside = page.frame_locator("iframe")
    inside.locator(FIELD).fill("1000")
    inside.locator(FIELD).press("Enter")
    expect(inside.locator(f"{VERDICT} .answer")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_set_of_several_figures_is_asked_from_a_disk(
    new_page: Callable[..., Page], server: str, tmp_path: Path, lang: str
) -> None:
    on_server = new_page(viewport={"width": 900, "height": 700})
    on_server.goto(f"{server}/quiz?figures=first-steps,stride-2,max-pool&seed=1&count=3&lang={lang}")
    with on_server.expect_download() as saved:
        on_server.locator(".as-file a").click()
    saved.value.save_as(tmp_path / "questions.html")
    page = from_disk(new_page, tmp_path / "questions.html")
    assert page.title() == {"en": "Questions · Kernelwalk", "ko": "문제 · Kernelwalk"}[lang]
    seen = []
    for _ in range(3):
        expect(page.locator(PROMPT)).to_have_text(on_server.locator(PROMPT).inner_text())
        seen.append(page.locator(PROMPT).inner_text())
        for one in (page, on_server):
            choices = one.locator(CHOICE)
            if choices.count():
                choices.first.click()
            else:
                answer(one, "１, ٢")
            expect(one.locator("kernel-walk .verdict .answer")).to_be_visible()
        both = [one.locator("kernel-walk .verdict").inner_text() for one in (page, on_server)]
        assert both[0] == both[1]
        ways = page.locator("kernel-walk .ways button")
        ways.nth(1).click()
        expect(page.locator("kernel-walk .timeline")).to_be_visible()
        page.locator("kernel-walk .to-questions").click()
        for one in (page, on_server):
            one.locator("kernel-walk .ways .main").click()
            expect(one.locator("kernel-walk .verdict p")).to_have_count(0)
    expect(page.locator("kernel-walk textarea")).to_be_visible()
    assert len(set(seen)) > 1
    page.locator("kernel-walk .ways button").nth(2).click()
    expect(page.locator(PROMPT)).to_be_visible()
