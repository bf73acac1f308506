"""The element in a real Chromium: what is drawn, what moves together, what it does in other people's pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import core
from app.images import area_average, to_grey
from app.samples import sample_pixels

if TYPE_CHECKING:
    from tests.browser.conftest import Origin

FIRST = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0] | conv2d [1 0 1; 1 0 1; 0 1 0]"
SOBEL = "cat 64 | conv2d sobel-x"
HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
WALK = "document.querySelector('kernel-walk')"

DRAWN = """() => {
  const canvas = document.querySelector('kernel-walk').shadowRoot.querySelector('.output .cells');
  const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return [...new Uint32Array(image.data.buffer)];
}"""
EXPECTED = """async ([values, range, look, dark]) => {
  const { scaleOf } = await import('/static/scale.js');
  const scale = scaleOf(range, look, dark);
  return values.map((value) => scale.pixel(value));
}"""


def embed(server: str, scene: str, **query: Any) -> str:
    return f"{server}/embed?{urlencode({'scene': scene, 'lang': 'en', **query})}"


def open_walk(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(f"() => {WALK}?.steps > 0")


def walked(page: Page, expression: str) -> Any:
    return page.evaluate(f"{WALK}.{expression}")


def shadow_text(page: Page, selector: str) -> str:
    return page.locator(f"kernel-walk {selector}").first.text_content() or ""


def map_of(line: str) -> np.ndarray[Any, Any]:
    scene = core.parse(line)
    pixels = area_average(to_grey(sample_pixels("cat")), 64) if scene.source.name else None
    return core.trace(scene, pixels).feature_map()


@pytest.mark.parametrize("line", [SOBEL, "cat 64 | conv2d box-3", "cat 64 | max_pool2d 2", "cat 64 | sobel", FIRST])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pixel_of_the_drawn_map_is_the_cores_value(page: Page, server: str, line: str, theme: str) -> None:
    open_walk(page, embed(server, line, theme=theme))
    walked(page, "seek(1e9)")
    page.wait_for_function(f"() => {WALK}.featureMap.values.at(-1) !== null && {WALK}.step === {WALK}.steps - 1")
    page.wait_for_timeout(300)
    expected = map_of(line)
    values = expected.reshape(-1).tolist()
    assert np.allclose(walked(page, "featureMap.values"), values)
    look = "table" if line == FIRST else "picture"
    answer = page.evaluate(EXPECTED, [values, [min(values), max(values)], look, theme == "dark"])
    assert page.evaluate(DRAWN) == answer


def test_pending_cells_are_not_drawn(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, step=3))
    pixels = page.evaluate(DRAWN)
    assert [pixel != 0 for pixel in pixels] == [True] * 4 + [False] * 5


def test_the_colour_scale_is_the_same_from_the_first_step_to_the_last(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL, step=100))
    before = page.evaluate(DRAWN)[:101]
    walked(page, "seek(2000)")
    page.wait_for_function(f"() => {WALK}.featureMap.written > 2000")
    page.wait_for_timeout(300)
    assert page.evaluate(DRAWN)[:101] == before


def test_the_written_out_sum_of_the_lecture(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    assert shadow_text(page, ".lines div") == "1·1 + 2·0 + 3·1 + 2·1 + 1·0 + 0·1 + 3·0 + 0·1 + 1·0 = 6"
    sums = []
    for _ in range(4):
        sums.append(shadow_text(page, ".result"))
        walked(page, "stepForward()")
    assert sums == ["Σ = 6", "Σ = 9", "Σ = 11", "Σ = 10"]


def test_window_arithmetic_and_map_show_the_same_step_while_playing(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL))
    apart = page.evaluate(f"""() => new Promise((done) => {{
      const walk = {WALK}; const root = walk.shadowRoot; const apart = []; let frames = 0;
      walk.speed = 960; walk.play();
      requestAnimationFrame(function look() {{
        const place = root.querySelector('.arithmetic .long').textContent;
        const at = [Math.floor(walk.step / 62), walk.step % 62];
        const counter = root.querySelector('.field').value;
        if (place !== `row ${{at[0]}}, column ${{at[1]}}` || Number(counter) !== walk.step + 1) apart.push([walk.step, place, counter]);
        if ((frames += 1) < 90) requestAnimationFrame(look); else done(apart);
      }});
    }})""")
    assert apart == []
    assert walked(page, "step") > 500


def test_an_embed_of_700_by_440_shows_input_arithmetic_and_output_at_once(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(viewport={"width": 700, "height": 440})
    for scene in (SOBEL, FIRST, "cat 64 | sobel", "cat 64 rgb | conv2d gaussian-5", "cat 64 | max_pool2d 2"):
        open_walk(page, embed(server, scene))
        assert page.evaluate(
            "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
        ), scene
        for part in (".input .cells", ".arithmetic canvas", ".output .cells", ".timeline"):
            box = page.locator(f"kernel-walk {part}").first.bounding_box()
            assert box, (scene, part)
            assert min(box["x"], box["y"]) >= 0, (scene, part)
            assert box["x"] + box["width"] <= 700, (scene, part, box)
            assert box["y"] + box["height"] <= 440, (scene, part, box)
            assert box["width"] >= 60, (scene, part, box)


def test_a_phone_stacks_in_reading_order_and_never_scrolls_sideways(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    open_walk(page, embed(server, SOBEL, lang="ko"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    tops = [
        page.locator(f"kernel-walk .{pane}").first.bounding_box()["y"] for pane in ("input", "arithmetic", "output")
    ]  # type: ignore[index]
    assert tops == sorted(tops)
    play = page.locator("kernel-walk button.play").bounding_box()
    assert play
    assert play["y"] + play["height"] <= 740
    assert play["height"] >= 44


def test_keys_walk(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    page.locator("kernel-walk .frame").focus()
    steps = []
    for key in ("ArrowRight", "PageDown", ".", "ArrowLeft", "Shift+ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        steps.append(walked(page, "step"))
    assert steps == [1, 2, 3, 2, 5, 8, 0]
    page.keyboard.press("Space")
    assert walked(page, "playing") is True


def test_a_focused_button_keeps_its_space(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    page.locator("kernel-walk button.forward").focus()
    page.keyboard.press("Space")
    assert walked(page, "step") == 1
    assert walked(page, "playing") is False


def test_the_wheel_scrolls_the_page(page: Page, server: str, other_origin: Origin) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    (other_origin.folder / "tall.html").write_text(
        f"{HEAD}<body style='height:4000px'><kernel-walk scene='{FIRST}'></kernel-walk>{script}"
    )
    open_walk(page, f"{other_origin.url}/tall.html")
    page.mouse.move(200, 150)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")


def test_hovering_an_output_cell_inspects_it_and_leaving_restores(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    box = page.locator("kernel-walk .output .cells").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 5 / 6, box["y"] + box["height"] / 2)
    expect(page.locator("kernel-walk .arithmetic .long")).to_have_text("row 1, column 2")
    assert walked(page, "step") == 0
    page.mouse.move(1, 1)
    expect(page.locator("kernel-walk .arithmetic .long")).to_have_text("row 0, column 0")
    page.mouse.click(box["x"] + box["width"] * 5 / 6, box["y"] + box["height"] / 2)
    assert walked(page, "step") == 5


def test_a_step_is_found_by_its_number_or_its_place(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST))
    field = page.locator("kernel-walk .field")
    field.fill("4")
    field.press("Enter")
    assert walked(page, "step") == 3
    field.fill("2:1")
    field.press("Enter")
    assert walked(page, "step") == 7
    page.locator("kernel-walk button.strongest").click()
    assert walked(page, "step") == 2


def test_the_step_is_in_the_accessibility_tree_as_one_sentence(page: Page, server: str) -> None:
    open_walk(page, embed(server, SOBEL + " | relu", step=17))
    value, relu = map_of(SOBEL)[0, 0, 17], 0
    said = page.locator("kernel-walk .sentence")
    text = f"Step 18 of 2542, row 0, column 17: sum of products {value}, ReLU gives {max(value, relu)}.".replace(
        "-", "−"
    )
    expect(said).to_have_text(text)
    assert said.get_attribute("aria-live") == "polite"
    walked(page, "play()")
    assert said.get_attribute("aria-live") == "off"


def test_nothing_plays_by_itself_where_less_motion_is_wished(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(reduced_motion="reduce")
    open_walk(page, embed(server, FIRST, play=1))
    page.wait_for_timeout(200)
    assert walked(page, "playing") is False
    assert walked(page, "step") == 0


def test_play_1_plays(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, play=1))
    page.wait_for_function(f"() => {WALK}.step > 0")


KINDS = [
    ("[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | max_pool2d 2", 2, "max(7, 2, 1, 0) = 7"),
    ("[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4] | avg_pool2d 2", 0, "(1 + 3 + 4 + 6) / 4 = 3.5"),
    ("[1 -3; -4 6] | relu", 1, "ReLU(−3) = 0"),
]


@pytest.mark.parametrize(("line", "step", "text"), KINDS)
def test_each_kind_of_step_is_written_out(page: Page, server: str, line: str, step: int, text: str) -> None:
    open_walk(page, embed(server, line, step=step))
    assert shadow_text(page, ".lines div") == text


ENDINGS = [
    "[1 2; 3 4] | flatten",
    "[1 2; 3 4] | pad 1 replicate",
    "[1 2 0; 3 4 1; 2 2 1] | unfold 2",
    "[1 2; 3 4] | conv_transpose2d [1 2 1; 3 1 0; 1 1 2] stride=2",
    "[1 2 3 4; 5 6 7 8; 1 1 1 1; 2 2 2 2] | fold output_size=3 kernel_size=2",
    "[[[1,2,3,4,5,2,0,1]]] | conv1d [[[1,0,1]]] padding=1",
]


@pytest.mark.parametrize("line", ENDINGS)
def test_every_kind_of_walk_ends_in_the_cores_map(page: Page, server: str, line: str) -> None:
    open_walk(page, embed(server, line))
    walked(page, "seek(1e9)")
    page.wait_for_timeout(200)
    assert walked(page, "featureMap.values") == core.trace(line).feature_map().reshape(-1).tolist()
    assert all(pixel for pixel in page.evaluate(DRAWN))


def test_stamps_add_up_step_by_step(page: Page, server: str) -> None:
    line = "[1 2; 3 4] | conv_transpose2d [1 2; 3 4]"
    for step in range(4):
        open_walk(page, embed(server, line, step=step))
        reached = [bool(pixel) for pixel in page.evaluate(DRAWN)]
        stamped = core.trace("[1 1; 1 1] | conv_transpose2d [1 1; 1 1]").so_far(step + 1).reshape(-1)
        assert reached == [value > 0 for value in stamped.tolist()]


def test_a_large_picture_is_walked_from_anywhere(page: Page, server: str) -> None:
    open_walk(page, embed(server, "camera 512 | conv2d sobel-x padding=same", step=200_000))
    assert walked(page, "steps") == 512 * 512
    walked(page, "seek(131072 + 7)")
    expect(page.locator("kernel-walk .arithmetic .long")).to_have_text("row 256, column 7")


def test_another_origin_shows_it_with_one_script_tag(page: Page, server: str, other_origin: Origin) -> None:
    script = f'<script type="module" src="{server}/static/kernel-walk.js"></script>'
    one = f'<kernel-walk scene="{FIRST}" id="one"><p>fallback</p></kernel-walk><kernel-walk scene="{SOBEL}" id="two" lang="ko"></kernel-walk>'
    (other_origin.folder / "page.html").write_text(f"{HEAD}{one}{script}")
    page.goto(f"{other_origin.url}/page.html")
    page.wait_for_function(
        "() => document.querySelector('#one')?.steps === 9 && document.querySelector('#two')?.steps === 2542"
    )
    page.evaluate("document.querySelector('#two').seek(2000)")
    expect(page.locator("#two .arithmetic .long")).to_have_text("32행 16열")
    expect(page.get_by_text("fallback")).to_be_hidden()


def test_a_sandboxed_frame_without_storage_plays_and_talks(page: Page, server: str, other_origin: Origin) -> None:
    frame = f'<iframe sandbox="allow-scripts" width="700" height="440" src="{embed(server, FIRST).replace("&", "&amp;")}"></iframe>'
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
      setTimeout(() => {{ const quiet = after; home.append(walk); setTimeout(() => done([quiet, walk.steps]), 200); }}, 700);
    }})""")
    assert kept == [0, 2542]


def test_theme_and_language_change_in_place(page: Page, server: str) -> None:
    open_walk(page, embed(server, FIRST, step=4))
    page.evaluate(f"{WALK}.setAttribute('lang', 'ko')")
    expect(page.locator("kernel-walk .output .title b")).to_have_text("특성 맵")
    expect(page.locator("kernel-walk .sentence")).to_have_text("9스텝 중 5번째, 1행 1열: 곱의 합 4.")
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
