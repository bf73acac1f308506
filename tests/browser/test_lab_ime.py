"""Fields of the lab with an input method: syllables of Hangul that are being put together, and digits that follow."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.kernel import START, cell
from tests.browser.lab import expect_line, line, open_lab, walked

LISTEN = """() => {
  const walk = document.querySelector('kernel-walk');
  window.lines = [];
  window.asked = [];
  walk.addEventListener('scene', ({ detail }) => window.lines.push(detail.line));
  const asks = window.fetch;
  window.fetch = (...words) => {
    const [path] = String(words[0]).split('?');
    if (!path.endsWith('/api/steps') && !path.endsWith('/api/feature-map')) window.asked.push(path); // the walk's own
    return asks(...words);
  };
}"""
# A key that an input method handles, as browsers tell it.
PRESSED = """(key) => document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true, composed: true }))"""
PAUSE = 700  # longer than what is typed waits to be read


@pytest.fixture
def lab(page: Page, server: str) -> Page:
    open_lab(page, server, START)
    walked(page, "pause()")
    page.wait_for_load_state("networkidle")  # what the page asks for as it opens, the chips' pictures last
    page.evaluate(LISTEN)
    return page


@pytest.fixture
def method(lab: Page) -> CDPSession:
    return lab.context.new_cdp_session(lab)


def compose(method: CDPSession, *parts: str) -> None:
    for part in parts:
        method.send("Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)})


def test_half_a_syllable_in_a_cell_of_the_kernel_is_not_read(lab: Page, method: CDPSession) -> None:
    cell(lab, 0).focus()
    compose(method, "ㅁ", "마")
    lab.wait_for_timeout(PAUSE)
    for key in ("Enter", "ArrowUp", "ArrowDown", "Escape"):
        assert lab.evaluate(PRESSED, key), key
    expect(cell(lab, 0)).to_be_focused()
    expect(cell(lab, 0)).to_have_value("마")
    assert cell(lab, 0).get_attribute("aria-invalid") is None
    assert lab.evaluate("window.asked") == []
    method.send("Input.insertText", {"text": "7"})  # in place of what was being put together
    expect_line(lab, "cat 16 | conv2d [7 2; 3 4]")
    assert lab.evaluate("window.lines") == ["cat 16 | conv2d [7 2; 3 4]"]


def test_half_a_syllable_in_the_line_of_the_scene_submits_and_reverts_nothing(lab: Page, method: CDPSession) -> None:
    field = lab.locator("#scene-line")
    field.focus()
    field.fill("cat 16 | ")
    compose(method, "ㅎ", "하", "합")
    for key in ("Enter", "Escape", " ", "n", "1"):
        assert lab.evaluate(PRESSED, key), key
    lab.wait_for_timeout(PAUSE)
    expect(field).to_have_value("cat 16 | 합")
    assert (lab.evaluate("window.lines"), lab.evaluate("window.asked"), walked(lab, "step")) == ([], [], 0)
    assert not walked(lab, "playing")


def test_half_a_syllable_in_a_setting_is_not_taken(lab: Page, method: CDPSession) -> None:
    stride = lab.locator("#settings input[type=number]:visible").first
    stride.focus()
    compose(method, "ㄴ")
    lab.wait_for_timeout(PAUSE)
    assert (lab.evaluate("window.lines"), lab.evaluate("window.asked")) == ([], [])
    assert line(lab) == START


def test_half_a_syllable_in_a_typed_step_goes_nowhere(lab: Page, method: CDPSession) -> None:
    field = lab.locator("kernel-walk .field")
    field.focus()
    compose(method, "ㅂ", "바")
    deep = "(key) => document.querySelector('kernel-walk').shadowRoot.activeElement.dispatchEvent("
    assert lab.evaluate(PRESSED.replace("(key) => document.activeElement.dispatchEvent(", deep), "Enter")
    assert lab.locator("kernel-walk .refusal").is_hidden()
    assert walked(lab, "step") == 0
