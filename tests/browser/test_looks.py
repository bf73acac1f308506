"""Every figure, and every view of twelve scenes, looks as its kept picture does: `make pictures` renews them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

import core
from tests.browser import kept
from tests.browser.element import FIRST, embed
from tests.browser.kept import FIGURE, stand

VIEWS = ("connections", "im2col", "formula", "code", "network", "backward")
SCENES: dict[str, tuple[str, dict[str, str]]] = {
    "convolution": (FIRST, {}),
    "photograph": ("cat 64 | conv2d sobel-x stride=2", {}),
    "padding": ("[1 2 3; 4 5 6; 7 8 9] | conv2d [1 2 1; 2 4 2; 1 2 1] padding=same", {"theme": "dark"}),
    "kernels": ("cat 16 rgb | conv2d out=4 kernel_size=3 seed=1", {}),
    "chain": ("cat 32 | conv2d gaussian-3 stride=2 | relu | max_pool2d 2", {"lang": "ko"}),
    "maximum": ("[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | max_pool2d 2", {"lang": "ko"}),
    "mean": ("[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | avg_pool2d 2 stride=1", {}),
    "transposed": ("[1 2; 3 4] | conv_transpose2d [1 2 1; 2 4 2; 1 2 1] stride=2", {}),
    "activation": ("[-8 -4 -2; -1 0 1; 2 4 8] | sigmoid", {"theme": "dark", "lang": "ko"}),
    "connected": ("[1 2 3; 4 5 6] | flatten | linear out=3 seed=1", {"layer": "1"}),
    "gradient": ("[1 0 2; 0 1 0; 1 0 1] | conv2d_backward_input [1 0 1; 1 0 1; 0 1 0]", {}),
    "signal": ("[2 1 3 2 1 0 2] | conv1d [3 2 1] padding=full flip=true", {}),
}
STAGE, TALL = {"width": 960, "height": 540}, {"width": 800, "height": 3000}


@pytest.mark.parametrize("name", list(core.GALLERY))
def test_a_figure_looks_as_it_was_kept(still_page: Page, server: str, name: str) -> None:
    stand(still_page, embed(server, f"@{name}"), FIGURE)
    assert not kept.compare(f"figure-{name}", still_page.screenshot())


@pytest.mark.parametrize("name", SCENES)
def test_every_view_of_a_scene_looks_as_it_was_kept(still_page: Page, server: str, name: str) -> None:
    line, words = SCENES[name]
    stand(still_page, embed(server, line, **words), STAGE)
    changed = [kept.compare(f"{name}-stage", still_page.screenshot())]
    stand(still_page, embed(server, line, **words, view=" ".join(VIEWS)), TALL)
    shown = [view for view in VIEWS if still_page.locator(f"kernel-walk .view.{view}").is_visible()]
    for view in shown:
        changed.append(kept.compare(f"{name}-{view}", still_page.locator(f"kernel-walk .view.{view}").screenshot()))
    assert not list(filter(None, changed))
    assert {path.stem for path in kept.FOLDER.glob(f"{name}-*.webp")} == {
        f"{name}-{view}" for view in ["stage", *shown]
    }


def test_nothing_is_kept_of_what_is_no_longer_there() -> None:
    names = {f"figure-{name}" for name in core.GALLERY} | {
        f"{name}-{view}" for name in SCENES for view in ("stage", *VIEWS)
    }
    assert {path.stem for path in kept.FOLDER.iterdir()} <= names


def test_what_is_kept_stays_small() -> None:
    assert sum(path.stat().st_size for path in kept.FOLDER.iterdir()) < 1_000_000
