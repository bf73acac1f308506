"""A step that is pointed at: its window and its place stand at once, its numbers when they have come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from tests.browser.element import SOBEL, WALK, embed, open_walk

# Of some steps of each layer of a scene, what is foreseen and what the server tells.
FORESEEN = """async (line) => {
  const { foreseen } = await import('/static/stage/glance.js');
  const lines = async (address, words) => {
    const response = await fetch(`${address}?${new URLSearchParams(words)}`);
    return (await response.text()).trim().split('\\n').map((text) => JSON.parse(text));
  };
  const [{ layers }] = await lines('/api/scene', { scene: line });
  const told = [];
  for (const layer of layers.keys()) {
    const all = await lines('/api/steps', { scene: line, layer, start: 0, stop: 99999 });
    const start = all.find(({ type }) => type === 'start');
    const steps = all.filter(({ type }) => type === 'step');
    const places = ({ at, corner = null }) => ({ at, corner });
    for (let turn = 0; turn < 9; turn += 1) {
      const [step, known] = [turn * 7919, turn * 104729 + 3].map((index) => steps[index % steps.length]);
      const bare = foreseen(start, step.index, known);
      told.push([start.kind, bare && places(bare), places(step)]);
    }
  }
  return told;
}"""
# Whether ink lies in a pane's marks over a cell of its map.
MARKED = """([pane, down, across]) => {
  const root = document.querySelector('kernel-walk').shadowRoot;
  const cells = root.querySelector(`.${pane} .cells`).getBoundingClientRect();
  const canvas = root.querySelector(`.${pane} .marks`);
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  const [x, y] = [cells.left + across * cells.width - box.left, cells.top + down * cells.height - box.top];
  const { data } = canvas.getContext('2d').getImageData(x * scale - 12, y * scale - 12, 24, 24);
  return data.some((value, place) => place % 4 === 3 && value > 200);
}"""


@pytest.mark.parametrize(
    ("scene", "known"),
    [
        ("cat 24 rgb | conv2d sobel-x padding=same dilation=2 | relu", True),
        ("cat 24 | conv2d gaussian-5 padding=2 | max_pool2d 3 stride=2 | sigmoid", True),
        ("cat 24 | avg_pool2d 2 | conv2d gaussian-5 stride=2 | lp_pool2d 2 2", True),
        ("cat 24 | adaptive_avg_pool2d 5", False),
        ("cat 12 | pad 2", False),
        ("cat 12 | conv_transpose2d [1 2; 3 4] stride=2", False),
    ],
)
def test_where_a_step_lies_is_foreseen_as_the_server_tells_it(page: Page, server: str, scene: str, known: bool) -> None:
    page.goto(embed(server, SOBEL))
    told = page.evaluate(FORESEEN, scene)
    assert told
    for kind, bare, true in told:
        assert bare == (true if known else None), kind


def test_the_window_goes_along_before_its_numbers_have_come(page: Page, server: str) -> None:
    held: list[Route] = []
    page.set_viewport_size({"width": 960, "height": 700})
    open_walk(page, embed(server, SOBEL))
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.effects')")
    page.wait_for_load_state("networkidle")
    page.route("**/api/steps?*", lambda route: held.append(route))
    cells = page.locator("kernel-walk .output .cells").bounding_box()
    assert cells
    page.mouse.move(cells["x"] + 0.5 * cells["width"], cells["y"] + 0.8 * cells["height"])
    board, looked = page.locator("kernel-walk .arithmetic"), page.locator("kernel-walk .looked")
    assert "awaited" in (board.get_attribute("class") or "")
    assert looked.text_content() == str(32 * 62 + 31 + 1)  # of 41 rows and 62 columns
    assert page.evaluate(MARKED, ["output", 0.8, 0.5])
    assert page.evaluate(MARKED, ["input", 0.8, 0.5])
    assert not page.evaluate(MARKED, ["output", 0.01, 0.01])
    for route in held:
        route.continue_()
    page.unroute("**/api/steps?*")
    page.wait_for_function(f"() => !{WALK}.shadowRoot.querySelector('.awaited')")
    assert looked.text_content() == str(32 * 62 + 31 + 1)
    page.mouse.move(2, 2)
    page.wait_for_function(f"() => {WALK}.shadowRoot.querySelector('.looked').hidden")
    assert page.evaluate(MARKED, ["output", 0.01, 0.01])
