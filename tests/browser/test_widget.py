"""The widget of notebooks: one step that Python and the player share."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Frame, Page

from core import SceneError
from kernelwalk import walk
from kernelwalk.notebook import MOST_BYTES
from kernelwalk.widget import SCRIPT, Widget
from tests.browser.element import HEAD, WALK
from tests.browser.hosts import copied, python

FIRST = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0] | conv2d [1 0 1; 1 0 1; 0 1 0]"
# What anywidget's own host does for such a module: a model with its values, told of changes, and a place to draw in.
HOST = """<div id="here"></div><script type="module">
const told = {}, values = {values};
window.sent = [];
const model = window.model = {
  get: (name) => values[name],
  set: (name, value) => { values[name] = value; },
  save_changes: () => sent.push({ ...values, page: undefined }),
  on: (name, hear) => (told[name] ??= new Set()).add(hear),
  off: (name, hear) => told[name]?.delete(hear),
};
window.fromPython = (name, value) => { values[name] = value; told[`change:${name}`]?.forEach((hear) => hear()); };
const { default: widget } = await import(URL.createObjectURL(new Blob([{script}], { type: "text/javascript" })));
window.left = await widget.render({ model, el: document.querySelector("#here") });
</script>"""


def values(widget: Widget) -> dict[str, object]:
    return {name: getattr(widget, name) for name in ("page", "title", "width", "height", "step", "playing")}


@pytest.fixture
def shown(new_page: Callable[..., Page], tmp_path: Path) -> tuple[Page, Frame]:
    told = values(walk(FIRST, step=3).widget())
    file = tmp_path / "host.html"
    texts = {"{values}": told, "{script}": SCRIPT}
    host = HOST
    for name, text in texts.items():
        host = host.replace(name, json.dumps(text).replace("</", "<\\/"))
    file.write_text(HEAD + host)
    page = new_page(offline=True)
    page.goto(file.as_uri())
    page.locator("iframe").wait_for()
    frame = page.frames[1]
    frame.wait_for_function(f"() => {WALK}?.steps === 9 && {WALK}.step === 3")
    return page, frame


def test_what_the_player_does_is_told_to_python(shown: tuple[Page, Frame]) -> None:
    page, frame = shown
    frame.evaluate(f"{WALK}.stepForward()")
    page.wait_for_function("() => sent.at(-1)?.step === 4")
    frame.evaluate(f"{WALK}.speed = 100; {WALK}.play()")
    page.wait_for_function("() => sent.some(({ playing }) => playing)")
    page.wait_for_function("() => sent.at(-1).step === 8 && !sent.at(-1).playing")


def test_what_python_says_is_shown(shown: tuple[Page, Frame]) -> None:
    page, frame = shown
    page.evaluate("fromPython('step', 7)")
    frame.wait_for_function(f"() => {WALK}.step === 7")
    page.wait_for_function("() => document.querySelector('iframe').clientHeight > 300")
    page.evaluate("fromPython('step', 0); fromPython('playing', true)")
    frame.wait_for_function(f"() => {WALK}.playing")
    page.evaluate("fromPython('playing', false)")
    frame.wait_for_function(f"() => !{WALK}.playing")
    page.evaluate("left(); sent = []; frames[0].postMessage({ type: 'kernelwalk', command: 'seek', value: 5 }, '*')")
    frame.wait_for_function(f"() => {WALK}.step === 5")
    page.wait_for_timeout(200)
    assert page.evaluate("sent.length") == 0


def test_a_step_of_the_widget_is_one_of_the_walk() -> None:
    widget = walk(FIRST, lang="en").widget()
    seen: list[int] = []
    widget.observe(lambda change: seen.append(change["new"]), "step")
    widget.step = 4
    widget.step = -1
    assert seen == [4, 8]
    with pytest.raises(SceneError, match="step is 9: the layer has 9 steps"):
        widget.step = 9
    assert widget.step == 8


def test_a_player_too_large_for_a_notebook_is_refused() -> None:
    with pytest.raises(SceneError, match=f"more than a notebook should hold \\({MOST_BYTES}\\)"):
        walk("cat 512 rgb | sobel").widget()


def test_the_notebook_of_the_widget_runs(tmp_path: Path) -> None:
    folder = copied("notebook", tmp_path)
    own = {"IPYTHONDIR": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path)}
    python(folder, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", "widget.ipynb", **own)
    cells = nbformat.read(folder / "widget.ipynb", 4).cells
    [shown] = cells[1].outputs
    assert "application/vnd.jupyter.widget-view+json" in shown.data
    walked = walk("cat 32 | sobel-x")
    outputs = [step["output"] for step in walked]
    assert cells[2].outputs[0].data["text/plain"] == f"({outputs.index(max(outputs))}, {max(outputs)})"


def test_a_page_that_knows_no_widgets_has_a_picture_and_a_line() -> None:
    told, _ = walk(FIRST, step=3).widget()._repr_mimebundle_()
    assert base64.b64decode(told["image/png"]) == walk(FIRST).render("png", steps="3")
    assert told["text/plain"] == f"Widget(Walk({walk(FIRST).line!r}, layer=0): 9 steps)"
