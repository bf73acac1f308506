"""The element in other people's pages: other origins, sandboxes, moves within a page, words and themes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

import core
from tests.browser.element import (
    FIRST,
    HEAD,
    SOBEL,
    WALK,
    embed,
    open_walk,
    walked,
)

if TYPE_CHECKING:
    from tests.browser.conftest import Origin


def test_another_origin_shows_it_with_one_script_tag(page: Page, server: str, other_origin: Origin) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    one = f'<kernel-walk scene="{FIRST}" id="one"><p>fallback</p></kernel-walk>'
    two = f'<kernel-walk scene="{SOBEL}" id="two" lang="ko"></kernel-walk>'
    (other_origin.folder / "page.html").write_text(f"{HEAD}{one}{two}{script}")
    page.goto(f"{other_origin.url}/page.html")
    page.wait_for_function(
        "() => document.querySelector('#one')?.steps === 9 && document.querySelector('#two')?.steps === 2542"
    )
    page.evaluate("document.querySelector('#two').seek(2000)")
    expect(page.locator("#two .arithmetic .long")).to_have_text("33행 17열")
    expect(page.get_by_text("fallback")).to_be_hidden()


def test_a_sandboxed_frame_without_storage_plays_and_talks(page: Page, server: str, other_origin: Origin) -> None:
    address = embed(server, FIRST).replace("&", "&amp;")
    frame = f'<iframe sandbox="allow-scripts" width="700" height="440" src="{address}"></iframe>'
    listen = "<script>heard = []; onmessage = (message) => heard.push(message.data)</script>"
    (other_origin.folder / "frame.html").write_text(f"{HEAD}{listen}{frame}")
    page.goto(f"{other_origin.url}/frame.html")
    page.wait_for_function(
        "() => heard.some((said) => said.type === 'kernelwalk' && said.event === 'ready' && said.detail.steps === 9)"
    )
    page.wait_for_function("() => heard.some((said) => said.event === 'height' && said.height > 200)")
    page.evaluate("frames[0].postMessage({ type: 'kernelwalk', command: 'seek', value: 4 }, '*')")
    page.wait_for_function(
        "() => heard.some((said) => said.event === 'step' && said.detail.index === 4 && said.detail.output === 4)"
    )


def test_what_cannot_be_shown_is_said_in_words_and_the_fallback_stays(
    page: Page, server: str, other_origin: Origin, problems: list[str]
) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    (other_origin.folder / "bad.html").write_text(
        f'{HEAD}<kernel-walk lang="en" scene="cat 64 | sobell">see the paper</kernel-walk>{script}'
    )
    page.goto(f"{other_origin.url}/bad.html")
    expect(page.locator("kernel-walk .notice")).to_contain_text("sobell")
    expect(page.get_by_text("see the paper")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    problems.clear()


def test_an_element_that_was_hidden_fits_itself_when_it_is_shown(page: Page, server: str, other_origin: Origin) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    (other_origin.folder / "slides.html").write_text(
        f'{HEAD}<div hidden><kernel-walk scene="{FIRST}"></kernel-walk></div>{script}'
    )
    page.goto(f"{other_origin.url}/slides.html")
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    page.evaluate("document.querySelector('div').hidden = false")
    expect(page.locator("kernel-walk .output .cells")).to_be_visible()
    assert page.locator("kernel-walk .output .cells").bounding_box()["width"] > 100  # type: ignore[index]


def test_an_element_that_leaves_stops_and_one_that_comes_back_goes_on(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL))
    kept = page.evaluate(f"""() => new Promise((done) => {{
      const walk = {WALK}; const home = walk.parentNode; let after = 0;
      walk.speed = 60; walk.play();
      setTimeout(() => {{ walk.remove(); walk.addEventListener('step', () => {{ after += 1; }}); }}, 300);
      setTimeout(() => {{
        const quiet = after;
        home.append(walk);
        setTimeout(() => done([quiet, walk.steps]), 200);
      }}, 700);
    }})""")
    assert kept == [0, 2542]


def test_theme_and_language_change_in_place(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, step=4))
    page.evaluate(f"{WALK}.setAttribute('lang', 'ko')")
    expect(page.locator("kernel-walk .output .title b")).to_have_text("특성 맵")
    expect(page.locator("kernel-walk .sentence")).to_have_text("9스텝 중 5번째, 2행 2열: 곱의 합 4.")
    page.evaluate(f"{WALK}.setAttribute('theme', 'dark')")
    assert page.evaluate(f"getComputedStyle({WALK}).backgroundColor") == "rgb(20, 23, 28)"
    assert walked(page, "step") == 4


def test_show_takes_the_newest_of_what_was_asked(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    shown = page.evaluate(f"""async () => {{
      const walk = {WALK}; const told = [];
      walk.addEventListener('scene', (event) => told.push(event.detail.line));
      const first = walk.show('cat 64 | sobel').catch(() => null);
      await walk.show('cat 64 | max_pool2d 2'); await first;
      return told;
    }}""")
    assert shown == ["cat 64 | max_pool2d 2"]


def test_events_carry_the_step(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    detail = page.evaluate(f"""() => new Promise((done) => {{
      {WALK}.addEventListener('step', (event) => done(event.detail)); {WALK}.step = 1; }})""")
    assert detail == json.loads(json.dumps(core.trace(FIRST)[1]))


def test_the_focus_stays_where_it_is_when_the_window_changes(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport={"width": 900, "height": 600})
    open_walk(page, embed(server, FIRST))
    page.locator("kernel-walk .frame").focus()
    page.set_viewport_size({"width": 700, "height": 440})
    page.wait_for_timeout(100)
    page.keyboard.press("ArrowRight")
    assert walked(page, "step") == 1


def test_a_speed_that_nobody_chose_is_made_for_each_scene(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL))
    assert walked(page, "speed") > 20
    page.evaluate(f"(line) => {WALK}.show(line)", FIRST)
    assert walked(page, "speed") == 1.5
    walked(page, "speed = 6")
    page.evaluate(f"(line) => {WALK}.show(line)", FIRST + " | relu")
    assert walked(page, "speed") == 6


def test_an_opening_inside_the_tag_saves_the_first_request(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_walk(page, embed(server, FIRST))
    assert not [url for url in asked if "/api/" in url]
