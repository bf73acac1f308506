"""Connections, im2col and backward: pictures of the same step as the stage, each walkable by itself."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

SMALL = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 2; 3 4]"
STEP = "() => document.querySelector('kernel-walk').step"
SHIFTS = """() => new Promise((told) => {
  let shifted = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) shifted += entry.value; })
    .observe({ type: 'layout-shift', buffered: true });
  const walk = document.querySelector('kernel-walk');
  walk.seek(0);
  walk.play();
  setTimeout(() => told(shifted), 2500);
})"""


def open_view(page: Page, server: str, scene: str, view: str, **words: object) -> None:
    page.goto(f"{server}/embed?{urlencode({'scene': scene, 'view': view, 'step': 1, **words})}")
    page.wait_for_function("() => document.querySelector('kernel-walk')?.steps > 0")


def test_thirty_six_weights_beside_four(page: Page, server: str) -> None:
    open_view(page, server, SMALL, "numbers+connections")
    expect(page.locator("figcaption")).to_have_text(["This layer: 4 weights", "Fully connected: 36 weights"])
    expect(page.locator("svg.graph").first.locator(".edge")).to_have_count(16)
    expect(page.locator(".sparse tr.lit th")).to_have_text("y1")


def test_an_output_of_the_network_is_walked_to_with_pointer_and_keys(page: Page, server: str) -> None:
    open_view(page, server, SMALL, "numbers+connections")
    outputs = page.locator("svg.graph").first.locator(".node.out")
    outputs.nth(3).click()
    page.wait_for_function(f"({STEP})() === 3")
    expect(page.locator(".sparse tr.lit th")).to_have_text("y3")
    outputs.nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"({STEP})() === 2")


def test_walking_moves_the_lit_row_and_its_result(page: Page, server: str) -> None:
    open_view(page, server, SMALL, "numbers+im2col")
    lit = page.locator(".matrix.windows td.lit")
    expect(lit).to_have_text(["2", "3", "5", "6"])
    page.evaluate("() => document.querySelector('kernel-walk').stepForward()")
    expect(lit).to_have_text(["4", "5", "7", "8"])
    expect(page.locator(".matrix.results td.lit")).to_have_text("67")
    page.locator(".matrix.results td").first.click()
    page.wait_for_function(f"({STEP})() === 0")


def test_windows_stand_as_columns_when_they_are_turned(page: Page, server: str) -> None:
    open_view(page, server, "[1 2 3 4] | conv2d [1 2]", "im2col")
    rows = page.locator(".matrix.windows tr")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Windows as rows or as columns").click()
    expect(rows).to_have_count(2)
    expect(rows.first).to_have_text("123")


def test_the_lab_offers_them_in_korean(page: Page, server: str) -> None:
    page.goto(f"{server}/?{urlencode({'scene': SMALL, 'step': 0, 'view': 'connections', 'lang': 'ko'})}")
    expect(page.locator("#views [role=tab][aria-selected=true]")).to_have_text("연결")
    expect(page.locator("#views figcaption").last).to_have_text("완전 연결: 가중치 36개")
    page.goto(f"{server}/?{urlencode({'scene': 'cat 16 | relu', 'step': 0, 'lang': 'ko'})}")
    expect(page.get_by_role("tab", name="코드")).to_be_visible()
    expect(page.get_by_role("tab", name="연결")).to_be_hidden()


@pytest.mark.parametrize("view", ["connections", "im2col", "backward"])
@pytest.mark.parametrize("scene", ["cat 20 | conv2d sobel-x", "cat 11 rgb | conv2d out=3 kernel_size=3 seed=1"])
def test_nothing_moves_but_what_walks(page: Page, server: str, scene: str, view: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_view(page, server, scene, f"numbers+{view}")
    assert page.evaluate(SHIFTS) <= 0.01


def held(page: Page, name: str) -> list[str]:
    return page.locator(f"[data-gradient={name}] .held td").all_inner_texts()


def test_walking_backward_ends_in_the_gradients(page: Page, server: str) -> None:
    open_view(page, server, SMALL, "numbers+backward")
    expect(page.locator("[data-gradient=dX] .held td")).to_have_text(["1", "3", "2", "3", "7", "4", "0", "0", "0"])
    expect(page.locator("[data-gradient=dW] .held td")).to_have_text(["3", "5", "9", "11"])
    page.locator(".given td").last.click()
    page.wait_for_function(f"({STEP})() === 3")
    expect(page.locator(".state")).to_have_text("Every step has added its share: these are the gradients.")
    assert held(page, "dX") == ["1", "3", "2", "4", "10", "6", "3", "7", "4"]
    assert held(page, "dW") == ["12", "16", "24", "28"]


def test_cells_of_gradients_are_reached_by_keys(page: Page, server: str) -> None:
    """As by a pointer: a cell of dY shows its step and Enter walks there; one of dX lights its cell on the stage."""
    open_view(page, server, SMALL, "numbers+backward")
    expect(page.locator(".given td.lit")).to_have_count(1)
    page.evaluate("""() => document.querySelector('kernel-walk')
        .addEventListener('inspect', ({ detail }) => { window.seen = detail.index; })""")
    page.locator(".given").focus()
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    focused = page.locator(".given td:focus")
    expect(focused).to_have_attribute("data-place", "3")
    page.wait_for_function("() => window.seen === 3")
    page.keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("data-place", "3")
    page.keyboard.press("Enter")
    page.wait_for_function(f"({STEP})() === 3")
    page.locator("[data-gradient=dX] .held").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-gradient=dX] .held td:focus")).to_have_attribute("data-place", "1")
    assert page.evaluate(STEP) == 3


def test_the_winner_gets_it_all_and_an_average_spreads(page: Page, server: str) -> None:
    for operation, shares in (("max_pool2d 2", ["0", "0", "0", "1"]), ("avg_pool2d 2", ["0.25"] * 4)):
        open_view(page, server, f"[1 2 3 4; 5 6 7 8] | {operation}", "numbers+backward")
        expect(page.locator("[data-gradient=dX] .plain td")).to_have_text(shares)
        expect(page.locator("[data-gradient=dW]")).to_have_count(0)


def test_the_lab_walks_small_layers_backward_in_korean(page: Page, server: str) -> None:
    page.goto(f"{server}/?{urlencode({'scene': SMALL, 'step': 0, 'view': 'backward', 'lang': 'ko'})}")
    expect(page.locator("#views [role=tab][aria-selected=true]")).to_have_text("역전파")
    expect(page.locator("#views .state")).to_have_text("4스텝 중 1스텝까지")
    page.get_by_role("button", name="특성 맵 그대로").click()
    expect(page.locator("#views .given td.lit")).to_have_text("37")
    page.goto(f"{server}/?{urlencode({'scene': 'cat 64 | conv2d sobel-x', 'step': 0, 'lang': 'ko'})}")
    expect(page.get_by_role("tab", name="코드")).to_be_visible()
    expect(page.get_by_role("tab", name="역전파")).to_be_hidden()
