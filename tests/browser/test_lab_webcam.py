"""The webcam as input: off until it is asked for, each frame a matrix, and off again with another input."""

from playwright.sync_api import Page, expect

from tests.browser.lab import expect_line, open_lab

CAMERA = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
  const context = canvas.getContext("2d");
  let shade = 0;
  window.asked = 0;
  setInterval(() => {
    shade = (shade + 40) % 256;
    context.fillStyle = `rgb(${shade} ${shade} ${shade})`;
    context.fillRect(0, 0, 320, 240);
  }, 50);
  window.stream = canvas.captureStream(20);
  navigator.mediaDevices.getUserMedia = async () => {
    window.asked += 1;
    return window.stream;
  };
}"""
REFUSING = """() => {
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };
}"""
FIRST_NUMBERS = "() => document.querySelector('#scene-line').value.startsWith('[')"


def test_frames_are_shown_as_they_come_and_stop_with_another_input(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3")
    page.evaluate(CAMERA)
    page.locator(".chip.input").click()
    assert page.evaluate("window.asked") == 0
    before = page.evaluate("history.length")
    button = page.get_by_role("button", name="Webcam")
    button.click()
    page.wait_for_function(FIRST_NUMBERS)
    expect(button).to_have_attribute("aria-pressed", "true")
    first = page.input_value("#scene-line")
    assert first.split("]")[0].count(";") == 23
    page.wait_for_function("(first) => document.querySelector('#scene-line').value !== first", arg=first)
    assert page.evaluate("history.length") == before + 1
    page.get_by_role("button", name="Checkerboard").click()
    expect_line(page, "checkerboard | conv2d box-3")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.stream.getTracks().every((track) => track.readyState === 'ended')")


def test_a_webcam_that_is_not_allowed_is_said_at_its_button(page: Page, server: str) -> None:
    open_lab(page, server, "checkerboard | conv2d box-3")
    page.evaluate(REFUSING)
    page.locator(".chip.input").click()
    page.get_by_role("button", name="Webcam").click()
    expect(page.locator(".input-form .complaint:visible")).to_have_text("The webcam was not allowed.")
    expect_line(page, "checkerboard | conv2d box-3")
