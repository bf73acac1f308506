"""Firefox and WebKit, as far as they are here: a visitor's first minutes in each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest
from PIL import Image

from tests.browser.conftest import PICTURES
from tests.browser.drivers import DRIVERS, Driver
from tests.browser.element import FIRST, HEAD, SOBEL, WALK, embed
from tests.browser.hosts import built
from tests.running import FAILED

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

SHADOW = f"{WALK}.shadowRoot"
RIGHT = "\ue014"  # WebDriver's name of the right arrow
VIEWS = ["connections", "im2col", "formula", "code", "network", "backward"]
# Whether the cells of a pane hold anything but one colour: a canvas that nobody painted does not.
PAINTED = """(() => {
  const canvas = SHADOW.querySelector('PANE .cells');
  const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(image.data.buffer)).size > 1;
})()"""
EMPTY_VIEWS = """(() => {
  const views = [...SHADOW.querySelectorAll('.view')].filter((view) => view.checkVisibility());
  const bare = views.filter((view) => !view.textContent.trim() && !view.querySelector('canvas, svg'));
  return [views.length, ...bare.map((view) => view.className)].join(' ');
})()"""


@pytest.fixture(scope="module", params=DRIVERS, ids=lambda driver: driver.name)
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    driver = request.param(tmp_path_factory.mktemp(request.param.name))
    yield driver
    driver.close()


@pytest.fixture
def driver(started: Driver, request: pytest.FixtureRequest) -> Iterator[Driver]:
    yield started
    started.out_of_frames()
    if request.node.stash.get(FAILED, False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{request.node.name}.png").write_bytes(started.picture())


def painted(driver: Driver, pane: str) -> None:
    driver.wait(PAINTED.replace("SHADOW", SHADOW).replace("PANE", pane))


def play_and_step(driver: Driver) -> None:
    """The bar's buttons play and hold, the keys walk one by one, and the map fills."""
    step = driver.run(f"return {WALK}.step")
    driver.click(f"{SHADOW}.querySelector('.play')")
    driver.wait(f"{WALK}.step > {step + 2}")
    driver.click(f"{SHADOW}.querySelector('.play')")
    driver.wait(f"{WALK}.playing === false")
    held = driver.run(f"return {WALK}.step")
    driver.press(RIGHT)
    driver.wait(f"{WALK}.step === {held + 1}")
    painted(driver, ".output")


def test_the_lab_takes_a_picture_plays_it_and_shows_every_view(driver: Driver, server: str, tmp_path: Path) -> None:
    Image.linear_gradient("L").resize((48, 32)).save(tmp_path / "slope.png")
    driver.goto(f"{server}/?{urlencode({'scene': SOBEL, 'step': 0, 'lang': 'ko'})}")
    driver.wait(f"{WALK}?.steps > 0 && document.querySelector('.chip.add')")
    driver.click("document.querySelector('.chip.input')")
    driver.type("document.querySelector('input[type=file]')", str(tmp_path / "slope.png"))
    line = driver.wait("document.querySelector('#scene-line').value.match(/^image:.*/)?.[0]")
    assert line.endswith("| conv2d sobel-x")
    driver.wait(f"{WALK}.steps === 30 * 46")
    painted(driver, ".input")
    play_and_step(driver)
    offered = driver.run("return [...document.querySelectorAll('.tab:not([hidden])')].map((tab) => tab.id.slice(4))")
    assert len(offered) >= 6
    for view in offered:
        driver.click(f"document.querySelector('#tab-{view}')")
        driver.wait(f"document.querySelector('#view-{view}').checkVisibility()")
        driver.wait(f"document.querySelector('#view-{view}').textContent.trim().length > 20")


def test_an_embed_from_another_origin_plays_and_shows_its_views(
    driver: Driver, server: str, other_origin: Origin
) -> None:
    address = embed(server, FIRST, view="numbers " + " ".join(VIEWS)).replace("&", "&amp;")
    (other_origin.folder / "frame.html").write_text(f'{HEAD}<iframe width="900" height="640" src="{address}"></iframe>')
    driver.goto(f"{other_origin.url}/frame.html")
    driver.into_frame("document.querySelector('iframe')")
    driver.wait(f"{WALK}?.steps === 9")
    play_and_step(driver)
    driver.wait(f"{EMPTY_VIEWS.replace('SHADOW', SHADOW)} === '{len(VIEWS)}'")


def test_a_sandboxed_embed_is_drawn_plays_and_talks(driver: Driver, server: str, other_origin: Origin) -> None:
    address = embed(server, FIRST).replace("&", "&amp;")
    frame = f'<iframe sandbox="allow-scripts" width="700" height="440" src="{address}"></iframe>'
    listen = "<script>heard = []; onmessage = (message) => heard.push(message.data)</script>"
    (other_origin.folder / "sandbox.html").write_text(f"{HEAD}{listen}{frame}")
    driver.goto(f"{other_origin.url}/sandbox.html")
    driver.wait("heard.some((said) => said.event === 'ready' && said.detail.steps === 9)")
    driver.run("frames[0].postMessage({ type: 'kernelwalk', command: 'seek', value: 4 }, '*')")
    driver.wait("heard.some((said) => said.event === 'step' && said.detail.index === 4 && said.detail.output === 4)")
    driver.into_frame("document.querySelector('iframe')")
    painted(driver, ".input")
    play_and_step(driver)


def test_a_page_from_disk_shows_the_element(driver: Driver, server: str, tmp_path: Path) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    page = tmp_path / "page.html"
    page.write_text(f'{HEAD}<kernel-walk scene="{FIRST}" controls><p>fallback</p></kernel-walk>{script}')
    driver.goto(page.as_uri())
    driver.wait(f"{WALK}?.steps === 9")
    painted(driver, ".input")
    play_and_step(driver)
    driver.run(f"{WALK}.lang = 'ko'")
    driver.wait(f"{SHADOW}.querySelector('.output .title b').textContent === '특성 맵'")


def test_a_figure_in_one_file_is_walked_from_disk(driver: Driver, server: str, tmp_path: Path) -> None:
    told = httpx.get(f"{server}/render.html?{urlencode({'scene': FIRST, 'lang': 'ko', 'view': 'numbers formula'})}")
    file = tmp_path / "figure.html"
    file.write_bytes(told.content)
    driver.goto(file.as_uri())
    driver.wait(f"{WALK}?.steps === 9")
    painted(driver, ".input")
    play_and_step(driver)
    driver.wait(f"{SHADOW}.querySelector('.output .title b').textContent === '특성 맵'")
    driver.wait(f"{EMPTY_VIEWS.replace('SHADOW', SHADOW)} === '1'")


def test_a_figure_beside_a_player_that_others_share_is_walked_from_disk(driver: Driver, tmp_path: Path) -> None:
    source = tmp_path / "lecture.html"
    source.write_text(f"<p><!-- kernelwalk format=html view=numbers+formula lang=ko: {FIRST} --></p>")
    figure = next(built(source).with_name("built-figures").glob("*.html"))
    driver.goto(figure.as_uri())
    driver.wait(f"{WALK}?.steps === 9")
    painted(driver, ".input")
    play_and_step(driver)
    driver.wait(f"{EMPTY_VIEWS.replace('SHADOW', SHADOW)} === '1'")
    driver.wait("document.querySelector('.alone').hidden")
