"""Players that `kernelwalk build` writes beside each other: they share one file, from a disk and from a web server."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.element import HEAD, WALK
from tests.browser.hosts import built, framed, walks

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

SHADOW = f"{WALK}.shadowRoot"
LECTURE = f"""{HEAD}
<p><!-- kernelwalk format=html: cat 32 | sobel-x --></p>
<p><!-- kernelwalk format=html view=input+arithmetic+output+formula lang=ko: cat 16 | max_pool2d 2 --></p>
"""


@pytest.fixture(scope="module")
def lecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document as it was built, with its figures beside it."""
    source = tmp_path_factory.mktemp("lecture") / "lecture.html"
    source.write_text(LECTURE)
    return built(source)


def points(frame: Frame) -> None:
    """A cell of the map that the pointer is on is looked at, and shown with its numbers."""
    cells = frame.locator("kernel-walk .output .cells")
    box = cells.bounding_box()
    assert box
    cells.hover(position={"x": box["width"] * 0.7, "y": box["height"] * 0.7})
    frame.wait_for_function(f"() => {SHADOW}.querySelector('.result').textContent.includes('=')")


def plays(frame: Frame) -> None:
    frame.evaluate(f"{WALK}.seek(0); {WALK}.speed = 5000; {WALK}.play()")
    frame.wait_for_function(f"() => {WALK}.step === {WALK}.steps - 1")


def test_two_figures_of_a_lecture_walk_from_disk_without_a_network(
    new_page: Callable[..., Page], lecture: Path
) -> None:
    page = new_page(offline=True, viewport={"width": 800, "height": 1000})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(lecture.as_uri())
    frames = framed(page)
    assert len(frames) == 2
    for frame in frames:
        walks(frame)
        points(frame)
        plays(frame)
    assert "최대 풀링" in frames[1].evaluate(f"{SHADOW}.textContent")
    assert {address.partition(":")[0] for address in asked} == {"file"}
    assert len({address for address in asked if address.endswith(".js")}) == 1


def test_from_a_web_server_the_player_travels_once_and_stands_in_a_sandbox_too(
    page: Page, lecture: Path, other_origin: Origin
) -> None:
    (other_origin.folder / "lecture").symlink_to(lecture.parent)
    boxed = re.sub("<iframe ", '<iframe sandbox="allow-scripts" ', lecture.read_text())
    lecture.with_name("boxed.html").write_text(boxed)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{other_origin.url}/lecture/boxed.html")
    for frame in framed(page):
        walks(frame)
        assert frame.evaluate("origin") == "null"
    assert len({address for address in asked if address.endswith(".js")}) == 1


def test_a_figure_without_its_player_says_which_file_it_needs(
    new_page: Callable[..., Page], lecture: Path, tmp_path: Path, problems: list[str]
) -> None:
    figure = next(lecture.with_name("built-figures").glob("*.html"))
    (tmp_path / figure.name).write_bytes(figure.read_bytes())
    page = new_page(offline=True, viewport={"width": 700, "height": 440})
    page.goto((tmp_path / figure.name).as_uri())
    note = page.locator(".alone")
    note.wait_for()
    box = note.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 440
    assert re.search(r"kernelwalk-player-[0-9a-f]{12}\.js", note.inner_text())
    assert len(problems) == 1
    assert "ERR_FILE_NOT_FOUND" in problems.pop()
