"""Ways out of a page, one click each: every file is what its name says, every line works where it is pasted."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

import core
import kernelwalk
from tests.browser.lab import WALK, open_lab
from tests.browser.test_lab_page import ask

SCENE = "[1 2 3 4; 5 6 7 8; 9 1 2 3; 4 5 6 7] | conv2d [1 0; 0 1]"
PHONE = {"width": 360, "height": 740}
FIGURE = "first-steps"
BEGINS = {
    "gif": b"GIF89a", "svg": b"<svg", "webp": b"RIFF", "png": b"\x89PNG", "strip": b"\x89PNG", "pdf": b"%PDF",
    "html": b"<!doctype html>", "mp4": b"ftyp",
}  # fmt: skip


def opened(page: Page, server: str, **words: str | int) -> None:
    open_lab(page, server, SCENE, **words)
    page.click("#share")
    page.wait_for_selector("dialog.share[open]")


def saved(page: Page, way: str) -> bytes:
    with page.expect_download() as download:
        page.click(f"[data-way={way}]")
    return Path(download.value.path()).read_bytes()


def copied(page: Page, way: str) -> str:
    page.click(f"[data-way={way}]")
    return page.input_value("#share-code")


def test_every_file_is_saved_with_one_click(page: Page, server: str) -> None:
    opened(page, server, step=4)
    ways = page.locator("a.way").evaluate_all("(ways) => ways.map((way) => way.dataset.way)")
    assert {*ways} <= {*BEGINS}
    assert {*BEGINS} - {"mp4"} <= {*ways}
    for way in ways:
        assert BEGINS[way] in saved(page, way)[:64], way
        expect(page.locator(".way-status")).to_contain_text(".")


def test_a_still_is_the_step_that_is_seen(page: Page, server: str) -> None:
    opened(page, server, step=4, theme="dark")
    words = {"scene": SCENE, "step": 4, "still": 1, "theme": "dark", "lang": "en"}
    meant = httpx.get(f"{server}/render.png", params=words, timeout=30).content
    assert saved(page, "png") == meant
    page.select_option(".way-choices select >> nth=0", "last")
    page.locator("dialog.share").get_by_label("Width").fill("400")
    image = Image.open(BytesIO(saved(page, "png")))
    assert image.width == 400


def test_what_is_refused_is_said_in_the_dialog(page: Page, server: str, problems: list[str]) -> None:
    open_lab(page, server, "cat 64 | sobel-x", lang="ko")
    page.click("#share")
    page.locator("dialog.share").get_by_label("너비").fill("3840")
    page.click("[data-way=gif]")
    expect(page.locator(".way-status")).to_contain_text("픽셀", timeout=20_000)
    problems.clear()  # the browser notes the refusal


def test_lines_work_where_they_are_pasted(page: Page, server: str) -> None:
    opened(page, server, step=4)
    assert copied(page, "link") == page.url
    namespace: dict[str, object] = {}
    exec(copied(page, "python").replace("kernelwalk.walk", "walked = kernelwalk.walk"), namespace)
    walked = namespace["walked"]
    assert isinstance(walked, kernelwalk.Walk)
    assert (walked.line, walked.opens_at) == (core.parse(SCENE).line, 4)
    picture, link = re.findall(r"\((http[^)]+)\)", copied(page, "markdown"))
    assert httpx.get(picture, timeout=30).content.startswith(b"<svg")
    assert link == page.url
    element = copied(page, "element")
    still = re.search(r'<img src="([^"]+)"', element)
    assert still
    assert httpx.get(unescape(still[1]), timeout=30).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_dialog_fits_a_phone_in_both_languages(
    new_page: Callable[..., Page], server: str, lang: str, theme: str
) -> None:
    page = new_page(viewport=PHONE, has_touch=True)
    opened(page, server, step=4, lang=lang, theme=theme)
    assert page.evaluate("document.querySelector('dialog.share').scrollWidth <= 360")
    for question in ("nameless", "faint", "lost"):
        assert ask(page, question) == []
    heights = page.locator(".way").evaluate_all("(ways) => ways.map((way) => way.getBoundingClientRect().height)")
    assert min(heights) >= 44


def test_the_keyboard_reaches_every_way_and_escape_gives_the_focus_back(page: Page, server: str) -> None:
    opened(page, server, step=4)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement?.dataset.way ?? ''"))
    ways = page.locator(".way").evaluate_all("(ways) => ways.map((way) => way.dataset.way)")
    assert {*ways} <= reached
    page.locator("[data-way=frame]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#share-code")).to_have_value(re.compile("^<iframe"))
    page.keyboard.press("Escape")
    expect(page.locator("#share")).to_be_focused()


def test_a_figures_page_offers_the_same(page: Page, server: str) -> None:
    page.goto(f"{server}/gallery/{FIGURE}?lang=en")
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    ways = page.locator(".way").evaluate_all("(ways) => ways.map((way) => way.dataset.way)")
    wanted = {"link", "frame", "html", "gif", "svg", "strip", "markdown", "python", "reveal", "png", "pdf", "element"}
    assert wanted <= {*ways}
    assert copied(page, "link") == f"{server}/gallery/{FIGURE}"
    assert copied(page, "python") == f'import kernelwalk; kernelwalk.walk("@{FIGURE}")'
    assert saved(page, "gif").startswith(b"GIF89a")
    assert saved(page, "strip").startswith(b"\x89PNG")
    page.goto(f"{server}/gallery/{FIGURE}?lang=ko")
    expect(page.locator("[data-way=html] b")).to_have_text("HTML 파일")
