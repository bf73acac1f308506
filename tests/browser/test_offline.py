"""A figure as one file, opened from disk without a network: it walks as it does from a server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from playwright.sync_api import Page

WALK = "document.querySelector('kernel-walk')"
SECOND = f"{WALK}.shadowRoot.querySelector('[beside]')"
SOBEL = "cat 64 | sobel-x"
READY = f"() => {WALK}?.steps > 0"

Opened = Callable[..., Page]


@pytest.fixture
def opened(new_page: Callable[..., Page], server: str, tmp_path: Path) -> Opened:
    """The file of a scene in a page that reaches nobody."""

    def open_file(scene: str, **words: object) -> Page:
        query = urlencode({"scene": scene, **words})
        told = httpx.get(f"{server}/render.html?{query}", timeout=60)
        assert told.status_code == 200, told.text
        file = tmp_path / "figure.html"
        file.write_bytes(told.content)
        page = new_page(offline=True, viewport={"width": 900, "height": 700})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        page.wait_for_function(READY)
        assert [address for address in asked if not address.startswith("file:")] == []
        return page

    return open_file


def walked(page: Page, expression: str) -> Any:
    return page.evaluate(f"{WALK}.{expression}")


def test_every_step_is_the_servers_own(opened: Opened, server: str) -> None:
    page = opened(SOBEL)
    ask = f"fetch('https://kernelwalk.invalid/api/steps?layer=0&scene=' + encodeURIComponent({WALK}.opening.line))"
    inside = page.evaluate(f"() => {ask}.then((answer) => answer.text())").splitlines()
    told = httpx.get(f"{server}/api/steps", params={"scene": SOBEL}).text.splitlines()[1:-1]
    assert [json.loads(line) for line in inside] == [json.loads(line) for line in told]


def test_it_plays_to_its_end_steps_back_and_seeks(opened: Opened) -> None:
    page = opened(SOBEL)
    page.evaluate(f"{WALK}.speed = 5000; {WALK}.play()")
    page.wait_for_function(f"() => {WALK}.step === {WALK}.steps - 1")
    page.locator("kernel-walk .frame").press("ArrowLeft")
    page.wait_for_function(f"() => {WALK}.step === 2540")
    page.locator("kernel-walk .field").fill("1000")
    page.locator("kernel-walk .field").press("Enter")
    page.wait_for_function(f"() => {WALK}.step === 999")
    result = page.locator("kernel-walk .result")
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.lines').textContent.includes('=')")
    assert result.inner_text().strip()


def test_layers_views_and_both_languages_are_in_it(opened: Opened) -> None:
    page = opened("cat 24 | sobel | relu | max_pool2d 2", view="input+arithmetic+output+network", lang="ko", layer=2)
    page.locator("kernel-walk table").first.wait_for()
    assert "최대 풀링" in page.evaluate(f"{WALK}.shadowRoot.textContent")
    page.evaluate(f"{WALK}.layer = 0")
    page.wait_for_function(f"() => {WALK}.layer === 0 && {WALK}.steps === 308")
    page.evaluate(f"{WALK}.lang = 'en'")
    page.wait_for_function(f"() => {WALK}.shadowRoot.textContent.includes('Feature map')")


@pytest.mark.parametrize(
    "scene", ["[1 2; 3 4] | conv_transpose2d [1 2; 3 4]", "@backward-conv", "cat 16 | flatten", "@max-pool"]
)
def test_every_kind_of_step_is_walked(opened: Opened, scene: str) -> None:
    page = opened(scene)
    page.evaluate(f"{WALK}.stepForward()")
    page.wait_for_function(f"() => {WALK}.step > 0")


def test_of_a_large_scene_each_how_manieth_step_is_walked(opened: Opened) -> None:
    page = opened("cat 256 | sobel-x")
    every = walked(page, "opening.start.every")
    page.evaluate(f"{WALK}.stepForward()")
    page.wait_for_function(f"() => {WALK}.step === {every}")
    page.evaluate(f"{WALK}.step = {10 * every + 1}")
    page.wait_for_function(f"() => {WALK}.step === {10 * every}")
    page.evaluate(f"{WALK}.speed = 100000; {WALK}.play()")
    page.wait_for_function(f"() => {WALK}.step === {WALK}.steps - 1")
    assert f"one step in {every}" in page.locator("kernel-walk .warnings").inner_text()


def test_a_second_scene_walks_beside_it_on_one_clock(opened: Opened) -> None:
    page = opened(
        "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0] | conv2d [1 0 1; 1 0 1; 0 1 0]", compare="stride=2"
    )
    page.wait_for_function(f"() => {SECOND}?.steps === 4")
    for one, other in ((1, 0), (2, 1), (6, 2), (8, 3)):
        page.evaluate(f"{WALK}.seek({one})")
        page.wait_for_function(f"() => {WALK}.step === {one} && {SECOND}.step === {other}")
    page.evaluate(f"{WALK}.seek(0); {WALK}.speed = 500; {WALK}.play()")
    page.wait_for_function(f"() => {WALK}.step === 8 && {SECOND}.step === 3")
    said = page.locator("kernel-walk .half mark").all_inner_texts()
    assert "stride=2" in said
    second = page.locator("kernel-walk .half").nth(1).locator(".output .cells")
    second.hover(position={"x": 5, "y": 5})
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.result').textContent.includes('=')")


@pytest.mark.parametrize("figure", ["@avg-pool", "@relu-map", "@reshape-trap"])
def test_a_figure_brings_the_scene_that_stands_beside_it(opened: Opened, figure: str) -> None:
    page = opened(figure)
    page.wait_for_function(f"() => {SECOND}?.steps > 0")


def test_it_stands_in_a_frame_that_trusts_nobody(new_page: Callable[..., Page], server: str, tmp_path: Path) -> None:
    file = tmp_path / "figure.html"
    file.write_bytes(httpx.get(f"{server}/render.html", params={"scene": "@first-steps"}).content)
    frame = '<iframe sandbox="allow-scripts" src="figure.html" width="700" height="440"></iframe>'
    (tmp_path / "lecture.html").write_text(f"<!doctype html><title>Lecture</title>{frame}")
    page = new_page(offline=True)
    page.goto((tmp_path / "lecture.html").as_uri())
    inside = next(found for found in page.frames if found != page.main_frame)
    inside.wait_for_function(READY)
    inside.evaluate(f"{WALK}.step = 4")
    inside.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.result').textContent.includes('=')")


def test_the_server_shows_it_too_as_a_page_of_nobody(page: Page, server: str) -> None:
    page.goto(f"{server}/render.html?scene={quote('@first-steps')}")
    page.wait_for_function(READY)
    assert page.evaluate("origin") == "null"
