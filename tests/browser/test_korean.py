"""Korean on the screen: no line ends inside a word, and long names keep to their line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

import core
from tests.browser.lab import open_lab
from tests.browser.test_lab_page import ask

WIDTHS = (360, 700, 1280)
LONG = (
    "[1 0 2; 0 1 0; 1 0 1] | conv2d_backward_input [1 0 1; 1 0 1; 0 1 0]"
    " | conv2d_backward_weight dy=[1 2 1; 3 4 1; 0 1 1]"
)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_the_gallery_ends_inside_a_word(new_page: Callable[..., Page], server: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 740})
    page.goto(f"{server}/gallery?lang=ko")
    assert page.locator(".figure > p").count() == len(core.GALLERY)
    assert ask(page, "broken") == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["rgb-channels", "pool-drops-edge", "backward-conv", "no-such"])
def test_no_line_of_a_figure_ends_inside_a_word(
    new_page: Callable[..., Page], problems: list[str], server: str, name: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 740})
    page.goto(f"{server}/gallery/{name}?lang=ko")
    page.wait_for_timeout(300)
    assert ask(page, "broken") == []
    problems[:] = [problem for problem in problems if "404" not in problem]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("layer", [0, 1])
def test_long_names_keep_to_one_line_beside_their_buttons(
    new_page: Callable[..., Page], server: str, layer: int, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 740})
    open_lab(page, server, LONG, layer=layer, lang="ko")
    head = page.locator(".settings-head").bounding_box()
    title = page.locator(".settings-head h2").bounding_box()
    buttons = page.locator(".layer-tools").bounding_box()
    assert head
    assert title
    assert buttons
    assert title["height"] <= 40
    assert title["width"] >= 60
    assert head["height"] <= 64
    assert buttons["x"] + buttons["width"] <= head["x"] + head["width"] + 0.5
    assert buttons["x"] >= title["x"] + title["width"] - 0.5
    assert ask(page, "broken") == []
