"""Views of a step in a real Chromium: they follow the stage, move it, hold still while it plays, and are embedded."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Origin
from tests.browser.lab import WALK, open_lab
from tests.browser.test_accessibility import broken_rules

SCENE = "cat 64 | conv2d sobel-x stride=2 | relu | max_pool2d 2"
CHAIN = "cat 48 | conv2d out=4 kernel_size=3 seed=1 | relu | max_pool2d 2"
PHONE = {"width": 360, "height": 740}
VIEWS = ("numbers", "formula", "code", "network")
SHIFTS = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: "layout-shift" });
}"""


def open_embed(page: Page, server: str, scene: str = SCENE, **words: object) -> None:
    page.goto(f"{server}/embed?{urlencode({'scene': scene, **words})}")
    page.wait_for_function(f"() => {WALK}?.steps > 0")


def view(page: Page, word: str) -> Locator:
    return page.locator(f"kernel-walk .view.{word}")


@pytest.mark.parametrize("words", ["formula", "numbers formula", "formula,network", "code+formula+network", "shapes"])
def test_an_embed_shows_the_views_that_its_address_names(page: Page, server: str, words: str) -> None:
    open_embed(page, server, view=words, step=40)
    named = words.replace("shapes", "network").replace(",", " ").replace("+", " ").split()
    for word in VIEWS[1:]:
        expect(view(page, word)).to_have_count(1 if word in named else 0)
    expect(page.locator("kernel-walk .panes")).to_be_visible(visible="numbers" in named)
    expect(page.locator("kernel-walk .timeline")).to_be_visible()


def test_an_embed_that_is_told_to_show_another_view_asks_for_what_that_needs(page: Page, server: str) -> None:
    open_embed(page, server, step=40)
    page.evaluate(f"{WALK}.seek(55)")
    page.wait_for_function(f"() => {WALK}.step === 55")
    page.evaluate(f"{WALK}.setAttribute('view', 'numbers formula')")
    expect(view(page, "formula").locator(".rule-numbers")).to_contain_text("y")
    expect(view(page, "formula").locator(".sizes")).to_be_visible()
    assert page.evaluate(f"{WALK}.step") == 55


@pytest.mark.parametrize("width", [1440, 1410, 1280, 1024, 700, 360])
def test_a_longer_figure_moves_no_line_of_the_formula(page: Page, server: str, width: int) -> None:
    """The sum and its result have their places, though one more figure would fill the line."""
    page.set_viewport_size({"width": width, "height": 900})
    open_embed(page, server, view="formula", step=340)
    expect(view(page, "formula").locator(".rule-numbers")).to_contain_text("y")
    places = set()
    for step in range(340, 364):
        page.evaluate(f"{WALK}.seek({step})")
        page.wait_for_function(f"() => {WALK}.step === {step}")
        sides = view(page, "formula").locator(".rule-line").first.locator(".side")
        places.add(sides.evaluate_all("(sides) => sides.map((side) => side.offsetTop - sides[0].offsetTop).join()"))
    assert len(places) == 1, places


@pytest.mark.parametrize(
    "scene",
    ["cat 16 rgb | conv2d out=2 kernel_size=3 bias=[1 2] dilation=2", "cat 16 | gaussian_blur 5 1.5", "cat 16 | sobel",
     "cat 16 | avg_pool2d 2 padding=1", "cat 16 | softmax", "cat 16 | lp_pool2d 2 2", "cat 16 | normalize 0.1 0.2",
     "[1 2 3] | conv1d [1 2]", "cat 8 | flatten | linear out=3", "cat 16 | scaled_tanh", "cat 8 | unfold 3"],
)  # fmt: skip
def test_on_a_phone_a_rule_breaks_where_it_may_and_is_never_cut(page: Page, server: str, scene: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_embed(page, server, scene, view="formula", step=4)
    rules = view(page, "formula").locator(".rule")
    expect(rules.first).to_be_visible()
    assert rules.evaluate_all("(found) => found.filter((rule) => rule.scrollWidth > rule.clientWidth).length") == 0


def test_words_that_nobody_knows_leave_the_stage(page: Page, server: str) -> None:
    open_embed(page, server, view="nothing at all")
    expect(page.locator("kernel-walk .panes")).to_be_visible()
    expect(page.locator("kernel-walk .view")).to_have_count(0)


def test_a_figure_shows_views_as_well(page: Page, server: str) -> None:
    page.goto(f"{server}/gallery/stride-2?view=numbers+formula")
    expect(view(page, "formula")).to_be_visible()
    expect(page.locator("kernel-walk .panes")).to_be_visible()


def test_views_of_an_embed_stand_at_the_step_of_the_stage(page: Page, server: str) -> None:
    open_embed(page, server, view="numbers formula code network", step=40)
    line, place = view(page, "code").locator(".code-line"), view(page, "formula").locator(".rule-numbers")
    expect(line).to_contain_text("y[0, 1, 9]")
    page.evaluate(f"{WALK}.seek(100)")
    expect(line).to_contain_text("y[0, 3, 7]")
    expect(place).to_contain_text("0,3,7")
    page.evaluate(f"{WALK}.look(200)")
    expect(line).to_contain_text("y[0, 6, 14]")
    expect(place).to_contain_text("0,6,14")
    page.evaluate(f"{WALK}.look(null)")
    expect(line).to_contain_text("y[0, 3, 7]")


def test_letters_of_the_rule_have_the_numbers_of_the_step_under_them(page: Page, server: str) -> None:
    open_embed(page, server, "[1 2 3 4; 5 6 7 8; 9 8 7 6] | conv2d [1 0; 0 1] bias=2", view="formula", step=4)
    pairs = view(page, "formula").locator(".letters > div")
    shown = """(pairs) => Object.fromEntries(pairs.map(({ children: [letter, number] }) =>
      [letter.textContent.replace(/\\s/g, ""), number.textContent]))"""
    letters = pairs.evaluate_all(shown)
    assert letters["yk,r,c"] == "15"
    assert [letters[name] for name in ("k", "r", "c", "bk", "Kh", "Sw", "Ow")] == ["0", "1", "1", "2", "2", "1", "3"]
    page.evaluate(f"{WALK}.seek(5)")
    expect(pairs.first).to_contain_text("15")
    assert pairs.evaluate_all(shown)["c"] == "2"


def test_while_it_plays_a_view_tells_the_step_that_the_stage_tells(page: Page, server: str) -> None:
    open_embed(page, server, view="numbers code", play=1, speed=20)
    page.wait_for_function(f"() => {WALK}.step > 40")
    places = page.evaluate(
        """() => {
          const walk = document.querySelector("kernel-walk");
          const line = walk.shadowRoot.querySelector(".code-line").textContent;
          const [, row, column] = line.match(/y\\[0, (\\d+), (\\d+)/);
          return [Number(row) * 31 + Number(column), walk.step];
        }"""
    )
    assert places[0] == places[1]


def test_the_answer_of_another_kernel_is_a_click_away(page: Page, server: str) -> None:
    open_lab(page, server, CHAIN, step=5)
    page.locator("#view-numbers tr", has_text="every kernel").locator("td").nth(2).click()
    page.wait_for_function(f"() => {WALK}.featureMap && {WALK}.step > 2000")
    expect(page.locator("#view-numbers .place")).to_contain_text("channel 3, row 1, column 6")


@pytest.mark.parametrize("word", VIEWS)
@pytest.mark.parametrize("scene", [SCENE, CHAIN])
def test_nothing_moves_on_the_page_while_it_plays(page: Page, server: str, word: str, scene: str) -> None:
    open_lab(page, server, scene, view=word)
    page.wait_for_timeout(300)
    page.evaluate(SHIFTS)
    page.evaluate(f"() => {{ {WALK}.speed = 24; {WALK}.play(); }}")
    page.wait_for_function(f"() => {WALK}.step > 90")
    assert page.evaluate("window.shift") <= 0.01


@pytest.mark.parametrize("size", [{"width": 700, "height": 640}, PHONE])
def test_nothing_moves_in_an_embed_while_it_plays(
    new_page: Callable[..., Page], server: str, size: dict[str, int]
) -> None:
    page = new_page(viewport=size)
    open_embed(page, server, view="numbers formula code network", step=0)
    page.wait_for_timeout(300)
    page.evaluate(SHIFTS)
    page.evaluate(f"() => {{ {WALK}.speed = 24; {WALK}.play(); }}")
    page.wait_for_function(f"() => {WALK}.step > 90")
    assert page.evaluate("window.shift") <= 0.01


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_axe_finds_nothing_in_any_view(page: Page, server: str, theme: str, lang: str) -> None:
    open_embed(page, server, CHAIN, view="numbers formula code network", theme=theme, lang=lang)
    expect(view(page, "network").locator(".seen").first).to_have_text("3×3")
    assert broken_rules(page) == []


def test_views_speak_the_language_of_their_page(page: Page, server: str) -> None:
    open_embed(page, server, view="formula network", lang="ko")
    expect(view(page, "formula")).to_contain_text("출력")
    expect(view(page, "network")).to_contain_text("입력")
    expect(view(page, "network")).not_to_contain_text("Input")


def test_a_frame_shares_its_height_between_stage_views_and_timeline(
    page: Page, server: str, other_origin: Origin
) -> None:
    source = f"{server}/embed?{urlencode({'scene': SCENE, 'view': 'numbers formula'})}"
    frame_tag = (
        f'<!doctype html><link rel="icon" href="data:,"><iframe src="{source}" width="700" height="520"></iframe>'
    )
    (other_origin.folder / "page.html").write_text(frame_tag)
    page.goto(f"{other_origin.url}/page.html")
    frame = page.frame_locator("iframe")
    expect(frame.locator("kernel-walk .view.formula")).to_be_visible()
    for part in (".panes", ".linked-place", ".timeline"):
        box, edge = frame.locator(f"kernel-walk {part}").bounding_box(), page.locator("iframe").bounding_box()
        assert box
        assert edge
        assert box["height"] > 20
        assert box["y"] + box["height"] <= edge["y"] + edge["height"] + 4, part


def test_a_convolution_is_drawn_as_boxes_and_its_step_is_lit(page: Page, server: str) -> None:
    open_embed(page, server, CHAIN, view="network", step=46 * 14)
    boxes = view(page, "network").locator(".tensor-boxes")
    expect(boxes.locator(".solid.kernel")).to_have_count(4)
    expect(boxes.locator(".sheet")).to_have_count(4)
    expect(boxes.locator("svg")).to_contain_text("4 × (1×3×3)")
    lit = "(kernels) => kernels.map((kernel) => kernel.classList.contains('lit'))"
    assert boxes.locator(".solid.kernel").evaluate_all(lit) == [True, False, False, False]
    page.evaluate(f"{WALK}.seek({WALK}.steps - 1)")
    expect(boxes.locator(".solid.kernel").last).to_have_class("solid kernel lit")
    window, around = boxes.locator(".over .front").bounding_box(), boxes.locator(".solid.input > .front").first
    frame = around.bounding_box()
    assert window
    assert frame
    assert abs(window["x"] + window["width"] - frame["x"] - frame["width"]) < 2
    page.evaluate(f"{WALK}.layer = 1")
    expect(boxes).to_be_hidden()


def test_channels_that_go_by_themselves_are_drawn_so(page: Page, server: str) -> None:
    for line, kernels in (("cat 48 rgb | conv2d sobel-x", 3), ("cat 48 rgb | max_pool2d 2", 0)):
        open_embed(page, server, line, view="network", step=5)
        boxes = view(page, "network").locator(".tensor-boxes")
        expect(boxes.locator(".solid.kernel")).to_have_count(kernels)
        expect(boxes.locator(".sheet")).to_have_count(3)
        for depth in (0, 2):
            page.evaluate(f"{WALK}.seek({depth} * {WALK}.steps / 3)")
            expect(boxes.locator(".sheet").nth(2 - depth)).to_have_class("sheet lit")
            window, picture = (
                boxes.locator(f"{part} > .front").first.bounding_box() for part in (".over .solid", ".solid.input")
            )
            assert window
            assert picture
            assert (window["x"] > picture["x"] + 1) is (depth > 0)


def test_nodes_of_a_network_are_large_enough_for_a_finger(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    open_embed(page, server, "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 2; 3 4]", view="connections")
    nodes = view(page, "connections").locator(".graph .hit")
    expect(nodes.first).to_be_attached()
    boxes = nodes.evaluate_all("(nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON())")
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    view(page, "connections").locator(".graph .out").nth(2).tap()
    page.wait_for_function(f"() => {WALK}.step === 2")


def test_the_name_of_a_plane_beside_thumbnails_stands_on_one_line(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{server}/gallery/feature-maps")
    expect(view(page, "network")).to_be_visible()
    expect(page.locator("kernel-walk .thumbs .plane")).to_have_css("border-top-width", "0px")
    page.wait_for_function("""() => {
      const name = document.querySelector("kernel-walk").shadowRoot.querySelector(".thumbs .plane");
      return name?.offsetHeight > 0 && name.offsetHeight < 2 * parseFloat(getComputedStyle(name).fontSize);
    }""")
