"""The examples whose hosts are light: built by the real tool, opened, walked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import av
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.element import HEAD, WALK
from tests.browser.hosts import EXAMPLES, built, copied, framed, moves, pictures, portrait, python, walks
from tests.browser.test_reveal import REVEAL

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

LOCAL = "http://127.0.0.1:8000"  # what a reader has after `make run`


def test_a_page_of_plain_html_shows_file_picture_frame_and_element(
    page: Page, server: str, other_origin: Origin
) -> None:
    folder = copied("html", other_origin.folder)
    source = folder / "page.html"
    source.write_text(source.read_text().replace(LOCAL, server))
    built(source)
    page.goto(f"{other_origin.url}/html/built.html")
    frames = framed(page)
    assert len(frames) == 2
    for frame in frames:
        walks(frame)
    pictures(page, 1)
    moves(page, "img")
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    page.evaluate("scrollTo(0, 0)")
    portrait(page, "html")


def test_a_deck_of_reveal_begins_is_led_by_fragments_and_moves(page: Page, other_origin: Origin) -> None:
    folder = copied("reveal", other_origin.folder)
    (folder / "reveal").symlink_to(REVEAL)
    built(folder / "deck.html")
    page.goto(f"{other_origin.url}/reveal/built.html")
    page.wait_for_function("() => window.Reveal?.isReady()")
    page.evaluate("Reveal.next()")
    frame = page.frame_locator("section.present iframe")
    expect(frame.locator("kernel-walk .output .cells")).to_be_visible()
    frame.locator("kernel-walk").evaluate("(walk) => new Promise((seen) => walk.addEventListener('step', seen))")
    page.evaluate("Reveal.next()")
    expect(frame.locator("kernel-walk .output .cells")).to_be_visible()
    for turn, step in (("next", 4), ("next", 8), ("prev", 4), ("prev", 0)):
        page.evaluate(f"Reveal.{turn}()")
        frame.locator("kernel-walk").evaluate(
            """(walk, step) => new Promise((there) => { const look = () => walk.step === step ? there() :
            requestAnimationFrame(look); look(); })""",
            step,
        )
    page.evaluate("Reveal.slide(2)")
    portrait(page, "reveal")
    page.evaluate("Reveal.slide(3)")
    pictures(page, 1)
    moves(page, "section.present img")


def sphinx(folder: Path, builder: str) -> Path:
    target = folder / "_build" / builder
    python(folder, "-m", "sphinx", "-W", "-q", "-b", builder, ".", str(target))
    return target


def test_a_book_of_sphinx_walks_in_pages_and_stands_still_in_print(page: Page, tmp_path: Path) -> None:
    folder = copied("sphinx", tmp_path)
    pages = sphinx(folder, "html")
    for name, frames, images in (("index.html", 1, 1), ("chapters/myst.html", 1, 1)):
        page.goto((pages / name).as_uri())
        found = framed(page)
        assert len(found) == frames
        walks(found[0])
        pictures(page, images)
    page.goto((pages / "index.html").as_uri())
    framed(page)
    portrait(page, "sphinx")
    printed = sphinx(folder, "latex")
    named = re.findall(r"\\sphinxincludegraphics\[[^]]*\]\{([^}]*)\}", (printed / "kernelwalkinsphinx.tex").read_text())
    assert len(named) == 4
    assert all((printed / name).read_bytes().startswith(b"%PDF") for name in named)


def players(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files of players in a folder, and the script that they share."""
    return sorted(folder.glob("kernelwalk-*.html")), sorted(folder.glob("kernelwalk-player-*.js"))


def test_players_of_a_book_share_one_script_unless_each_is_to_be_alone(page: Page, tmp_path: Path) -> None:
    folder = copied("sphinx", tmp_path)
    pages, scripts = players(sphinx(folder, "dirhtml") / "_images")
    assert (len(pages), len(scripts)) == (2, 1)
    assert all(scripts[0].name in file.read_text() for file in pages)
    with (folder / "conf.py").open("a") as settings:
        settings.write("kernelwalk_single = True\n")
    alone = sphinx(folder, "html")
    assert [len(found) for found in players(alone / "_images")] == [2, 0]
    page.goto((alone / "chapters" / "myst.html").as_uri())
    walks(framed(page)[0])


def test_a_book_that_is_written_in_parallel_has_one_script(page: Page, tmp_path: Path) -> None:
    """Its processes are forked from one that has drawn a figure already."""
    folder = copied("sphinx", tmp_path)
    names = [f"more{number}" for number in range(6)]
    for number, name in enumerate(names):
        scene = f"[1 2 3; 4 5 {number}; 7 8 9] | conv2d [1 0; 0 1]"
        (folder / f"{name}.md").write_text(f"# More\n\n```{{kernelwalk}} {scene}\n```\n")
    with (folder / "index.rst").open("a") as index:
        index.write("".join(f"   {name}\n" for name in names))
    target = folder / "_build"
    python(folder, "-m", "sphinx", "-W", "-q", "-j", "2", ".", str(target))
    pages, scripts = players(target / "_images")
    assert (len(pages), len(scripts)) == (8, 1)
    page.goto((target / "more5.html").as_uri())
    walks(framed(page)[0])


def test_a_directive_that_cannot_be_drawn_names_its_place(tmp_path: Path) -> None:
    folder = copied("sphinx", tmp_path)
    (folder / "chapters" / "myst.md").write_text("# Wrong\n\n```{kernelwalk} cat 64 | sobl\n```\n")
    with pytest.raises(AssertionError, match=r"myst\.md:3: .*did you mean sobel"):
        sphinx(folder, "html")


def test_a_site_of_mkdocs_walks_on_pages_in_folders_too(page: Page, other_origin: Origin) -> None:
    folder = copied("mkdocs", other_origin.folder)
    python(folder, "-m", "mkdocs", "build", "--strict", "--quiet")
    for name, images in (("", 1), ("chapters/pooling/", 0)):
        page.goto(f"{other_origin.url}/mkdocs/site/{name}")
        [frame] = framed(page)
        walks(frame)
        pictures(page, images)
    portrait(page, "mkdocs")
    pages, scripts = players(folder / "site" / "kernelwalk")
    assert (len(pages), len(scripts)) == (2, 1)
    assert all(scripts[0].name in file.read_text() for file in pages)


def test_players_of_a_site_stand_alone_where_it_says_so(page: Page, other_origin: Origin) -> None:
    folder = copied("mkdocs", other_origin.folder)
    with (folder / "mkdocs.yml").open("a") as settings:
        settings.write("extra: {kernelwalk: {single: true}}\n")
    python(folder, "-m", "mkdocs", "build", "--strict", "--quiet")
    assert [len(found) for found in players(folder / "site" / "kernelwalk")] == [2, 0]
    page.goto(f"{other_origin.url}/mkdocs/site/")
    walks(framed(page)[0])


def test_what_a_learning_platform_leaves_of_the_snippet_is_a_picture(
    new_page: Callable[..., Page], server: str, other_origin: Origin
) -> None:
    pasted = (EXAMPLES / "lms" / "snippet.html").read_text().replace("HOST", server)
    left = re.sub(r"<iframe\b.*?</iframe>", "", pasted, flags=re.DOTALL)
    for name, text in (("whole", pasted), ("left", left)):
        (other_origin.folder / f"{name}.html").write_text(HEAD + text)
        page = new_page()
        page.goto(f"{other_origin.url}/{name}.html")
        for frame in framed(page):
            walks(frame)
        pictures(page, 1)
        assert len(page.frames) == (2 if name == "whole" else 1)
        if name == "whole":
            portrait(page, "lms")
    expect(page.get_by_role("img", name="The finished feature map")).to_be_visible()


def test_slides_of_powerpoint_hold_a_film_and_a_gif(tmp_path: Path) -> None:
    folder = copied("powerpoint", tmp_path)
    python(folder, "slides.py", "slides.pptx")
    slides = Presentation(str(folder / "slides.pptx")).slides
    assert [slide.shapes.title.text for slide in slides] == ["A film: press it", "A picture that moves"]
    with zipfile.ZipFile(folder / "slides.pptx") as parts:
        [film] = [parts.read(name) for name in parts.namelist() if name.endswith(".mp4")]
        [gif] = [parts.read(name) for name in parts.namelist() if name.endswith(".gif")]
    with av.open(io.BytesIO(film)) as opened:
        stream = opened.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert sum(1 for _ in opened.decode(stream)) > 10
    assert getattr(Image.open(io.BytesIO(gif)), "n_frames", 1) > 10


def test_pictures_of_a_built_document_arrive_in_mkdocs_and_sphinx(page: Page, other_origin: Origin) -> None:
    folder = other_origin.folder
    (folder / "docs").mkdir()
    line = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]"
    kinds = "".join(f"<!-- kernelwalk format={kind}: {line} -->\n\n" for kind in ("svg", "gif", "webp"))
    source = folder / "docs" / "index.md"
    source.write_text(f"# Built\n\n{kinds}A still <!-- kernelwalk format=png still=1: {line} --> in a line.\n")
    python(folder, "-m", "kernelwalk", "build", "docs/index.md", "--in-place")
    (folder / "mkdocs.yml").write_text("site_name: Built\ntheme: {name: mkdocs, highlightjs: false}\n")
    python(folder, "-m", "mkdocs", "build", "--strict", "--quiet")
    (folder / "favicon.ico").write_bytes(b"")  # Sphinx names no icon, so that a browser asks for one
    (folder / "docs" / "conf.py").write_text("project = 'Built'\nextensions = ['myst_parser']\n")
    python(folder, "-m", "sphinx", "-W", "-q", "docs", "book")
    for place in ("site", "book"):
        page.goto(f"{other_origin.url}/{place}/index.html")
        pictures(page, 4)
