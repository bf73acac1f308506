"""A notebook is run, saved and opened without a network: its players walk, and without scripts there are stills."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Frame, Page

from kernelwalk import walk
from kernelwalk.notebook import MOST_BYTES
from tests.running import ROOT

NOTEBOOK = ROOT / "examples" / "notebook" / "walk.ipynb"
WALK = "document.querySelector('kernel-walk')"
READY = f"() => {WALK}?.steps > 0"
PLAYERS = 2
FRAME = re.compile(r"<iframe\b.*?</iframe>", re.DOTALL)
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)

# As the editor that this is like gives it to the page around outputs: no scripts but those that are written in it.
STRICT = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the notebook that was run, and of the page that it was saved as."""
    folder = tmp_path_factory.mktemp("notebook")
    (folder / NOTEBOOK.name).write_bytes(NOTEBOOK.read_bytes())
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder), "JUPYTER_CONFIG_DIR": str(folder)}
    for form in ("notebook", "html"):
        words = ["--execute", "--inplace"] if form == "notebook" else []
        run = subprocess.run(
            [sys.executable, "-m", "nbconvert", "--to", form, *words, NOTEBOOK.name],
            cwd=folder, env=environment, capture_output=True, text=True, timeout=110,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="module")
def outputs(saved: Path) -> dict[str, Any]:
    cells = nbformat.read(saved / NOTEBOOK.name, 4).cells
    return {cell.id: cell.outputs[0].data for cell in cells if cell.get("outputs") and "data" in cell.outputs[0]}


def opened(page: Page, file: Path) -> list[Frame]:
    """The players of a page that was opened from disk."""
    page.goto(file.as_uri(), wait_until="commit")
    page.locator("iframe").last.wait_for()
    frames = page.frames[1:]
    for frame in frames:
        frame.wait_for_function(READY)
    return frames


def test_every_cell_ran_and_what_it_told_is_so(saved: Path, outputs: dict[str, Any]) -> None:
    assert (saved / "rings.gif").read_bytes().startswith(b"GIF89a")
    assert "60,000" in outputs["summary"]["text/html"]
    assert "'index': 100" in outputs["step"]["text/plain"]


def test_each_player_of_the_saved_page_plays_to_its_end(
    saved: Path, new_page: Callable[..., Page], problems: list[str]
) -> None:
    page = new_page(offline=True)
    frames = opened(page, saved / "walk.html")
    assert len(frames) == PLAYERS
    for frame in frames:
        frame.frame_element().scroll_into_view_if_needed()  # out of sight nothing plays
        frame.evaluate(f"{WALK}.speed = 5000; {WALK}.play()")
        frame.wait_for_function(f"() => {WALK}.step === {WALK}.steps - 1")
        assert frame.evaluate("origin") == "null"
    problems.clear()  # the page of the notebook asks for scripts of its own; the players asked for nothing


def test_a_figure_takes_the_height_and_the_paper_of_its_page(
    outputs: dict[str, Any], new_page: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    paper = "<!doctype html><title>page</title><body style='background:#111;width:420px'>"
    file.write_text(paper + outputs["first"]["text/html"])
    page = new_page(offline=True)
    frame = opened(page, file)[0]
    frame.wait_for_function(f"() => {WALK}.getAttribute('theme') === 'dark'")
    page.wait_for_function("() => parseFloat(document.querySelector('body > div').style.height) > 500")
    frame.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
    assert page.locator("body > div > img").evaluate("(still) => getComputedStyle(still).visibility") == "hidden"


def test_it_walks_where_only_written_scripts_may_run(
    outputs: dict[str, Any], new_page: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "strict.html"
    head = f'<!doctype html><title>strict</title><meta http-equiv="Content-Security-Policy" content="{STRICT}">'
    file.write_text(head + outputs["first"]["text/html"])
    frame = opened(new_page(offline=True), file)[0]
    frame.evaluate(f"{WALK}.stepForward()")
    frame.wait_for_function(f"() => {WALK}.step === 1")


def test_without_frames_and_scripts_a_still_is_left(
    outputs: dict[str, Any], new_page: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "stripped.html"
    left = SCRIPT.sub("", FRAME.sub("", outputs["first"]["text/html"]))
    file.write_text(f"<!doctype html><title>stripped</title>{left}")
    page = new_page(offline=True, java_script_enabled=False)
    page.goto(file.as_uri())
    still = page.get_by_role("img", name="A walk over cat 64 | conv2d sobel-x")
    still.wait_for()
    box = still.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (700, 440)


def test_a_notebook_holds_a_picture_and_a_line_as_well(outputs: dict[str, Any]) -> None:
    told = outputs["first"]
    assert base64.b64decode(told["image/png"]).startswith(b"\x89PNG")
    assert re.search(r"2542 steps, \d+ kB in this notebook", told["text/plain"])
    assert len(told["text/html"]) < MOST_BYTES


def test_a_player_too_large_for_a_notebook_is_a_still_that_says_so() -> None:
    told = walk("cat 512 rgb | sobel", lang="en")._repr_mimebundle_()
    assert "<iframe" not in told["text/html"]
    assert "more than a notebook should hold (2 MB)" in told["text/html"]
    assert len(told["text/html"]) < 200_000


def test_nothing_in_a_scene_ends_the_frame_or_the_title(new_page: Callable[..., Page], tmp_path: Path) -> None:
    shown = walk("[1 2; 3 4] | relu").show(stops='0:"><script>alert(1)</script>')
    file = tmp_path / "odd.html"
    file.write_text(f"<!doctype html><title>odd</title>{shown.html}")
    frames = opened(new_page(offline=True), file)
    assert len(frames) == 1
