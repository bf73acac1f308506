"""The pad of the lab: digits drawn with the mouse and with keys are recognised by a network that learnt from others."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from kernelwalk import Client
from tests.browser.lab import line, open_lab

SCENE = "digit-3 | @lenet-5-modern"
ANSWERS = ".pad-answers .value-bar"
# Strokes of ten digits, as parts of the pad's sides: (across, down).
ROUND = [(0.5, 0.12), (0.28, 0.3), (0.25, 0.6), (0.42, 0.88), (0.62, 0.85), (0.76, 0.6), (0.72, 0.3), (0.5, 0.12)]
STROKES: dict[int, list[list[tuple[float, float]]]] = {
    0: [ROUND],
    1: [[(0.52, 0.1), (0.48, 0.9)]],
    2: [[(0.28, 0.28), (0.4, 0.14), (0.6, 0.14), (0.7, 0.3), (0.6, 0.5), (0.28, 0.86), (0.5, 0.84), (0.78, 0.84)]],
    3: [[(0.3, 0.16), (0.55, 0.12), (0.68, 0.25), (0.58, 0.42), (0.42, 0.47), (0.6, 0.5), (0.72, 0.66), (0.6, 0.85),
         (0.4, 0.9), (0.26, 0.82)]],
    4: [[(0.34, 0.12), (0.28, 0.5), (0.74, 0.5)], [(0.66, 0.14), (0.62, 0.92)]],
    5: [[(0.74, 0.12), (0.36, 0.14), (0.32, 0.45), (0.55, 0.42), (0.72, 0.58), (0.66, 0.8), (0.48, 0.9), (0.26, 0.84)]],
    6: [[(0.62, 0.1), (0.42, 0.3), (0.32, 0.58), (0.36, 0.82), (0.52, 0.9), (0.68, 0.78), (0.64, 0.6), (0.5, 0.54),
         (0.36, 0.64)]],
    7: [[(0.25, 0.16), (0.74, 0.16), (0.6, 0.45), (0.46, 0.9)]],
    8: [[(0.66, 0.2), (0.48, 0.12), (0.34, 0.24), (0.42, 0.42), (0.62, 0.56), (0.68, 0.76), (0.5, 0.9), (0.34, 0.78),
         (0.4, 0.58), (0.62, 0.4), (0.66, 0.2)]],
    9: [[(0.68, 0.26), (0.5, 0.14), (0.34, 0.28), (0.4, 0.46), (0.58, 0.46), (0.68, 0.26), (0.64, 0.6), (0.58, 0.9)]],
}  # fmt: skip


@pytest.fixture
def pad(page: Page, server: str) -> Page:
    open_lab(page, server, SCENE)
    page.click(".chip.input")
    page.get_by_role("button", name="Draw a digit").click()
    return page


def draw(page: Page, strokes: list[list[tuple[float, float]]]) -> None:
    board = page.locator(".pad-boards canvas").first
    board.scroll_into_view_if_needed()
    for stroke in strokes:
        box = board.bounding_box()
        assert box
        places = [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=3)
        page.mouse.up()


def answer(page: Page, server: str) -> int:
    """What the network says of the drawing, once the address names all of it."""
    given = (
        page.locator(".pad-steps canvas")
        .nth(2)
        .evaluate(
            "canvas => [...canvas.getContext('2d').getImageData(0, 0, 28, 28).data].filter((value, i) => i % 4 == 0)"
        )
    )

    def is_whole(address: str) -> bool:
        scene = scene_in(address)
        return scene.startswith("image") and array(server, "input", scene).ravel().tolist() == given

    page.wait_for_url(is_whole)
    return int(array(server, "feature-map", scene_in(page.url)).argmax())


def scene_in(address: str) -> str:
    return parse_qs(urlsplit(address).query).get("scene", [""])[0]


def array(server: str, kind: str, scene: str) -> Any:
    with Client(server) as client:
        return client.input(scene) if kind == "input" else client.feature_map(scene)


@pytest.mark.parametrize("digit", STROKES)
def test_a_digit_that_is_drawn_is_recognised(pad: Page, server: str, digit: int) -> None:
    draw(pad, STROKES[digit])
    assert answer(pad, server) == digit


def test_keys_draw_too_and_undo_and_clear_take_it_back(pad: Page, server: str) -> None:
    board = pad.locator(".pad-boards canvas").first
    pixels = "canvas.getContext('2d').getImageData(0, 0, 84, 84).data"
    ink = f"canvas => {pixels}.filter((v, i) => i % 4 == 0 && v > 250).length"
    for _ in range(11):
        pad.keyboard.press("ArrowUp")
    assert board.evaluate(ink) == 0
    pad.keyboard.press("Space")
    for _ in range(23):
        pad.keyboard.press("ArrowDown")
    pad.keyboard.press("Space")
    assert board.evaluate(ink) > 300
    assert answer(pad, server) == 1
    pad.get_by_role("button", name="Undo").click()
    assert board.evaluate(ink) == 0


def test_answers_follow_the_pen_and_the_scene_follows_where_it_rests(pad: Page, server: str) -> None:
    """Asked alone while the pen moves: the ten outputs are those of the very cells that are drawn."""
    expect(pad.locator(ANSWERS)).to_have_count(10)
    asked: list[dict[str, Any]] = []
    pad.on("request", lambda request: asked.append(request.post_data_json) if "/api/maps" in request.url else None)
    box = pad.locator(".pad-boards canvas").first.bounding_box()
    assert box
    [[begin, end]] = STROKES[1]
    pad.mouse.move(box["x"] + begin[0] * box["width"], box["y"] + begin[1] * box["height"])
    pad.mouse.down()
    pad.mouse.move(box["x"] + end[0] * box["width"], box["y"] + end[1] * box["height"], steps=12)
    expect(pad.locator(".pad-answers .value-bar.most b")).to_have_text("1")
    alone = [body for body in asked if body.get("first") == -1]
    assert alone
    assert line(pad).startswith("digit-3 ") or line(pad).startswith("[")
    told = [row.inner_text() for row in pad.locator(f"{ANSWERS} .number").all()]
    pad.mouse.up()
    assert answer(pad, server) == 1
    with Client(server) as client:
        values = client.feature_map(scene_in(pad.url)).ravel()
    assert [float(text.replace("−", "-")) for text in told] == pytest.approx(list(values), rel=0.006, abs=1e-4)


def test_the_preparation_is_shown_in_the_numbers_that_are_used(pad: Page) -> None:
    steps = pad.locator(".pad-steps li")
    expect(pad.locator(".pad-steps")).to_be_hidden()
    draw(pad, [[(0.2, 0.2), (0.2, 0.7), (0.5, 0.7)]])
    expect(steps.nth(0)).to_contain_text("of 84×84 cells")
    sentence = steps.nth(1).inner_text()
    rows, columns = map(int, re.findall(r"(\d+) × (\d+)\.", sentence)[0])
    assert max(rows, columns) == 20
    small = steps.nth(1).locator("canvas")
    assert small.evaluate("canvas => [canvas.height, canvas.width]") == [rows, columns]
    ink = "(canvas, s) => [...canvas.getContext('2d').getImageData(0, 0, s, s).data].filter((v, i) => i % 4 == 0)"
    given = np.array(steps.nth(2).locator("canvas").evaluate(ink, 28)).reshape(28, 28)
    inked = np.argwhere(given)
    top, left = inked.min(axis=0)
    assert tuple(inked.max(axis=0) - (top, left) + 1) == (rows, columns)
    down, right = (f"+{n}" if n > 0 else f"{n}".replace("-", "−")
                   for n in (top - (28 - rows) // 2, left - (28 - columns) // 2))  # fmt: skip
    expect(steps.nth(2)).to_contain_text(f"{down} px down, {right} px right")


def test_the_frame_of_zeros_is_a_layer_of_the_scene(page: Page, server: str) -> None:
    open_lab(page, server, "digit-3 | @lenet-5")
    page.click(".chip.input")
    page.get_by_role("button", name="Draw a digit").click()
    draw(page, STROKES[7])
    expect(page.locator(".pad-steps li").nth(3)).to_contain_text("28×28 becomes 32×32")


def test_brush_and_eraser_are_chosen_with_keys(pad: Page) -> None:
    brush, eraser = (pad.get_by_role("button", name=name, exact=True) for name in ("Brush", "Eraser"))
    expect(brush).to_have_attribute("aria-pressed", "true")
    eraser.focus()
    pad.keyboard.press("Enter")
    expect(brush).to_have_attribute("aria-pressed", "false")
    expect(eraser).to_have_attribute("aria-pressed", "true")
    pad.keyboard.press("Shift+Tab")
    expect(brush).to_be_focused()
    pad.keyboard.press("Space")
    expect(brush).to_have_attribute("aria-pressed", "true")
