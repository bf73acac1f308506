"""Notebooks in JupyterLab and marimo themselves, whose kernels run them; `make examples` brings both."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from kernelwalk import walk
from tests.browser.element import WALK
from tests.browser.hosts import ENVIRONMENT, TOOLS, copied, framed, portrait, run, walks
from tests.running import free_port

BIN = TOOLS / "bin"
PATIENCE = 120_000  # milliseconds for a kernel to start and run
START_SECONDS = 180
LARGEST = max(range(570), key=lambda step: walk("cat 32 | sobel-x").step(step)["output"])

Start = Callable[..., str]


def places(folder: Path) -> dict[str, str]:
    """Where hosts keep what they keep, instead of with whoever runs the test."""
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    return own | {"IPYTHONDIR": str(folder / "ipython"), "XDG_CONFIG_HOME": str(folder / "settings")}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a host in a folder, without the settings of whoever runs the test: its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(folder: Path, program: str, *words: str) -> str:
        port = free_port()
        command = [str(BIN / program), *words, f"--port={port}"]
        with (tmp_path / "host.log").open("wb") as log:
            running.append(subprocess.Popen(
                command, cwd=folder, env={**ENVIRONMENT, **places(tmp_path)}, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log,
            ))  # fmt: skip
        return f"http://127.0.0.1:{port}"

    yield start
    for process in running:
        process.terminate()
        process.wait()


def opened(page: Page, address: str) -> None:
    """A page of a host that may still be starting."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            page.goto(address)
            return
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


@pytest.fixture
def lab(start: Start, tmp_path: Path) -> tuple[str, Path]:
    """Where JupyterLab shows the files of a folder."""
    folder = copied("notebook", tmp_path)
    words = ("lab", "--no-browser", "--allow-root", "--LabApp.news_url=None", "--ServerApp.ip=127.0.0.1")
    return start(folder, "jupyter", *words, "--IdentityProvider.token=", "--ServerApp.root_dir=.") + "/lab/tree", folder


def run_all(page: Page) -> None:
    """A notebook that is told to run before its kernel answers asks for a kernel, and runs nothing."""
    page.locator(".jp-Notebook").wait_for(timeout=PATIENCE)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def player(page: Page, steps: int) -> Frame:
    """The frame whose player has so many steps."""
    page.locator("iframe").first.wait_for(timeout=PATIENCE)
    return next(frame for frame in framed(page) if frame.evaluate(f"{WALK}.steps") == steps)


def test_a_cell_of_jupyterlab_shows_the_player(lab: tuple[str, Path], page: Page, problems: list[str]) -> None:
    opened(page, f"{lab[0]}/walk.ipynb")
    run_all(page)
    frame = player(page, 2542)
    assert frame.evaluate("origin") == "null"
    walks(frame)
    frame.frame_element().scroll_into_view_if_needed()
    portrait(page, "jupyterlab")
    problems.clear()  # what the host asks the web for


def test_a_widget_of_jupyterlab_and_python_share_a_step(lab: tuple[str, Path], page: Page, problems: list[str]) -> None:
    opened(page, f"{lab[0]}/widget.ipynb")
    run_all(page)
    frame = player(page, 570)
    frame.wait_for_function(f"(step) => {WALK}.step === step", arg=LARGEST)
    frame.evaluate(f"{WALK}.stepForward()")
    expect(page.locator(".widget-readout")).to_have_text(str(LARGEST + 1))
    cell = page.locator(".jp-CodeCell").nth(1)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("; figure.step = 7; figure.step")
    page.keyboard.press("Shift+Enter")
    frame.wait_for_function(f"() => {WALK}.step === 7")
    expect(cell.locator(".jp-OutputArea-executeResult")).to_contain_text("7")
    problems.clear()


def test_a_notebook_from_elsewhere_shows_stills_until_it_is_trusted(
    lab: tuple[str, Path], page: Page, problems: list[str], tmp_path: Path
) -> None:
    """JupyterLab takes frames and scripts out of what it did not run itself."""
    run(
        lab[1],
        str(BIN / "jupyter"),
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--inplace",
        "walk.ipynb",
        **places(tmp_path),
    )
    opened(page, f"{lab[0]}/walk.ipynb")
    still = page.get_by_role("img", name="A walk over cat 64 | conv2d sobel-x")
    expect(still).to_be_visible(timeout=PATIENCE)
    assert page.locator("iframe").count() == 0
    assert still.evaluate("(image) => image.naturalWidth") == 700
    run(lab[1], str(BIN / "jupyter"), "trust", "walk.ipynb", **places(tmp_path))
    page.goto(f"{lab[0]}/walk.ipynb?reset")
    walks(player(page, 2542))
    problems.clear()


def test_marimo_shows_players_and_cells_that_follow_one(start: Start, page: Page, tmp_path: Path) -> None:
    folder = copied("marimo", tmp_path)
    opened(page, start(folder, "marimo", "run", "walk.py", "--headless", "--host=127.0.0.1", "--no-token"))
    page.locator("iframe").nth(1).wait_for(timeout=PATIENCE)
    walks(player(page, 2542))
    frame = player(page, 570)
    frame.evaluate(f"{WALK}.seek({LARGEST})")
    largest = walk("cat 32 | sobel-x").step(LARGEST)["output"]
    expect(page.get_by_text(f"Step {LARGEST} comes to {largest}.")).to_be_visible(timeout=PATIENCE)
    page.evaluate("scrollTo(0, 0)")
    portrait(page, "marimo")
