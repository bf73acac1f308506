"""What tests do on the lab's page, in the words of a visitor."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Page, expect

WALK = "document.querySelector('kernel-walk')"
START = "cat 64 | conv2d sobel-x"

DROP = """([name, type, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  const drop = { dataTransfer: transfer, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent("dragover", drop));
  document.body.dispatchEvent(new DragEvent("drop", drop));
}"""
PASTE = """([name, type, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type }));
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
TEXT_PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def open_lab(page: Page, server: str, scene: str = START, **query: object) -> None:
    """Standing at a step unless the test says otherwise."""
    page.goto(f"{server}/?{urlencode({'scene': scene, 'step': 0, **query})}")
    ready(page)


def ready(page: Page) -> None:
    page.wait_for_function(f"() => {WALK}?.steps > 0 && document.querySelector('#settings h2')?.textContent")
    page.wait_for_selector(".chip.add")


def walked(page: Page, expression: str) -> Any:
    return page.evaluate(f"{WALK}.{expression}")


def line(page: Page) -> str:
    return page.input_value("#scene-line")


def expect_line(page: Page, text: str) -> None:
    expect(page.locator("#scene-line")).to_have_value(text)


def type_line(page: Page, text: str) -> None:
    page.fill("#scene-line", text)
    page.press("#scene-line", "Enter")


def expect_step(page: Page, step: int) -> None:
    page.wait_for_function(f"() => {WALK}.step === {step}")


def state(page: Page) -> dict[str, str]:
    """What the address says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
