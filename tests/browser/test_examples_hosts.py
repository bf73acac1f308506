"""The examples whose hosts are heavy; `make examples` brings them and runs this."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.hosts import ROOT, TOOLS, built, copied, framed, moves, pictures, portrait, run, walks
from tools.browser import find_browser

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

BIN = TOOLS / "bin"
NODE = str(Path(sys.executable).with_name("node"))
MODULES = TOOLS / "node_modules"
STEPPED = "(walk) => { walk.stepForward(); return walk.step; }"


@pytest.fixture(autouse=True)
def icon(other_origin: Origin) -> None:
    """Pages of these hosts have no icon of their own, so that a browser asks for one."""
    (other_origin.folder / "favicon.ico").write_bytes(b"")


@pytest.fixture
def command(tmp_path: Path) -> str:
    """`kernelwalk`, as an installed one stands in the path."""
    file = tmp_path / "kernelwalk"
    file.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kernelwalk "$@"\n')
    file.chmod(0o755)
    return str(file)


def marp(folder: Path, *words: str) -> None:
    chromium = find_browser()
    assert chromium
    program = str(MODULES / "@marp-team" / "marp-cli" / "marp-cli.js")
    run(folder, NODE, program, "--no-stdin", "--html", "--allow-local-files", *words, "built.md", CHROME_PATH=chromium)


def test_a_deck_of_marp(page: Page, other_origin: Origin) -> None:
    folder = copied("marp", other_origin.folder)
    built(folder / "deck.md")
    marp(folder, "-o", "built.html")
    page.goto(f"{other_origin.url}/marp/built.html#2")
    moves(page, "img")
    page.goto(f"{other_origin.url}/marp/built.html#3")
    frame = page.frame_locator("iframe").locator("kernel-walk")
    expect(frame.locator(".output .cells")).to_be_visible()
    assert frame.evaluate(STEPPED) == 1
    portrait(page, "marp")
    marp(folder, "-o", "built.pdf")
    printed = pypdfium2.PdfDocument(folder / "built.pdf")
    assert len(printed) == 3
    for number in (1, 2):
        drawn = printed[number].render(scale=0.5).to_numpy()
        assert len({tuple(pixel) for row in drawn[::4] for pixel in row.tolist()}) > 20


def test_a_jupyter_book(page: Page, other_origin: Origin, problems: list[str]) -> None:
    copied("sphinx", other_origin.folder)
    folder = copied("jupyter-book", other_origin.folder)
    run(folder, str(BIN / "jupyter-book"), "build", "-W", ".")
    page.goto(f"{other_origin.url}/jupyter-book/_build/html/intro.html")
    [frame] = framed(page)
    walks(frame)
    pictures(page, 1)
    portrait(page, "jupyter-book")
    problems.clear()  # what its theme asks the web for


def test_a_site_of_mkdocs_material_walks_after_instant_navigation(page: Page, other_origin: Origin) -> None:
    folder = copied("mkdocs", other_origin.folder)
    own = f"site_url: {other_origin.url}/mkdocs/site/\ntheme:\n  name: material\n  font: false\n"
    own += "  features: [navigation.instant]\nplugins: []\nhooks: [kernelwalk_figures.py]\n"
    own += "nav: [index.md, chapters/pooling.md]\n"
    (folder / "mkdocs.yml").write_text(f"site_name: Material\n{own}")
    run(folder, str(BIN / "mkdocs"), "build", "--strict", "--quiet")
    page.goto(f"{other_origin.url}/mkdocs/site/")
    walks(framed(page)[0])
    page.get_by_role("link", name="One folder deeper").first.click()
    expect(page).to_have_title(re.compile("One folder deeper"))
    frame = page.frame_locator("iframe").locator("kernel-walk")
    expect(frame.locator(".output .cells")).to_be_visible()
    assert frame.evaluate(STEPPED) == 1


@pytest.mark.parametrize("embedded", [False, True], ids=["beside", "embedded"])
def test_a_shortcode_of_quarto(page: Page, other_origin: Origin, command: str, embedded: bool) -> None:
    """In pandoc, which Quarto writes with; `quarto.lua` plays what Quarto adds. An embedded file is inside the page."""
    folder = copied("quarto", other_origin.folder)
    fenced = re.sub(r"\{\{< (.*) >\}\}", r"```{.shortcode .html}\n\1\n```", (folder / "lecture.qmd").read_text())
    (folder / "lecture.md").write_text(fenced)
    more = ["--embed-resources"] if embedded else []
    pandoc = run(folder, str(BIN / "python"), "-c", "import pypandoc; print(pypandoc.get_pandoc_path())").strip()
    words = ["-s", "-t", "html", "--lua-filter", str(Path(__file__).with_name("quarto.lua")), "-o", "lecture.html"]
    told = run(folder, pandoc, "lecture.md", *words, *more, KERNELWALK=command)
    assert re.search(r"resource kernelwalk-figures/kernelwalk-\w+\.html", told)
    page.goto(f"{other_origin.url}/quarto/lecture.html")
    walks(framed(page)[0])
    pictures(page, 1)
    portrait(page, "quarto")
    printed = fenced.replace(".html}", ".pdf}")
    (folder / "lecture.md").write_text(printed)
    run(folder, pandoc, "lecture.md", "-t", "latex", *words[3:5], "-o", "lecture.tex", KERNELWALK=command)
    drawn = re.findall(r"\{(kernelwalk-figures/kernelwalk-\w+\.pdf)\}", (folder / "lecture.tex").read_text())
    assert len(drawn) == 2
    assert all((folder / name).read_bytes().startswith(b"%PDF") for name in drawn)


def test_a_directive_of_mystmd(tmp_path: Path, command: str) -> None:
    """Its themes come from the web, so that its own export is what is read here."""
    folder = copied("mystmd", tmp_path)
    program = str(MODULES / "mystmd" / "dist" / "myst.cjs")
    run(folder, NODE, program, "build", "--md", "--force", "index.md", KERNELWALK=command)
    told = (folder / "_build" / "exports" / "index.md").read_text()
    [picture] = re.findall(r"\{figure\} (kernelwalk-figures/\S+\.svg)", told)
    assert (folder / picture).read_text().startswith("<svg ")
    assert "https://kernelwalk.example.edu/embed?scene=%40max-pool" in told
