"""The examples, built as their pages say, and what stands in a page that shows them."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Frame, Page

from tests.browser.element import WALK
from tests.running import ROOT

EXAMPLES = ROOT / "examples"
TOOLS = ROOT / ".cache" / "examples"  # where `make examples` puts what is too large for `make test`
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default", "LC_ALL": "C.UTF-8"}
PICTURES = "[...document.images].filter((one) => !one.complete || !one.naturalWidth).map((one) => one.src)"
SECONDS = 600 if "EXAMPLES" in os.environ else 110


def copied(name: str, folder: Path) -> Path:
    """An example in a folder of its own: what is built leaves the repository as it is."""
    return Path(shutil.copytree(EXAMPLES / name, folder / name))


def run(folder: Path, *command: str, **more: str) -> str:
    """What a tool prints, run there.

    Refuses  a tool that fails (AssertionError), with its words
    """
    done = subprocess.run(
        command, cwd=folder, env={**ENVIRONMENT, **more}, capture_output=True, text=True, timeout=SECONDS,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def python(folder: Path, *words: str, **more: str) -> str:
    return run(folder, sys.executable, *words, **more)


def built(file: Path, *words: str) -> Path:
    """The document that `kernelwalk build` makes of one."""
    target = file.with_name(f"built{file.suffix}")
    python(file.parent, "-m", "kernelwalk", "build", file.name, "-o", target.name, *words)
    return target


def framed(page: Page) -> list[Frame]:
    """The players in frames of the page, with their scenes; frames are brought into sight, as they come late."""
    for place in page.locator("iframe").all():
        place.scroll_into_view_if_needed()
    frames = page.frames[1:]
    for frame in frames:
        frame.wait_for_function(f"() => {WALK}?.steps > 0")
    return frames


def walks(frame: Frame) -> None:
    """Forward, back, and to its end."""
    frame.evaluate(f"{WALK}.pause(); {WALK}.seek(0); {WALK}.stepForward()")
    frame.wait_for_function(f"() => {WALK}.step === 1")
    frame.evaluate(f"{WALK}.stepBack()")
    frame.wait_for_function(f"() => {WALK}.step === 0")
    frame.evaluate(f"{WALK}.seek({WALK}.steps - 1)")
    frame.wait_for_function(f"() => {WALK}.step === {WALK}.steps - 1")


def pictures(page: Page, count: int) -> None:
    """So many pictures stand there, and all have come."""
    page.wait_for_function(f"(count) => document.images.length >= count && !{PICTURES}.length", arg=count)


def portrait(page: Page, name: str) -> None:
    """Keeps a picture of the page for docs/embedding.md, where `RENEW_PICTURES` asks for it."""
    if "RENEW_PICTURES" in os.environ:
        seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        small = seen.resize((640, seen.height * 640 // seen.width), Image.Resampling.LANCZOS)
        small.save(ROOT / "docs" / "hosts" / f"{name}.webp", quality=80, method=6)


def moves(page: Page, selector: str) -> None:
    """A picture is not the same a moment later; it is asked until it is not."""
    place = page.locator(selector).first
    place.scroll_into_view_if_needed()
    before = place.screenshot()
    for _ in range(40):
        page.wait_for_timeout(150)
        if place.screenshot() != before:
            return
    raise AssertionError(f"{selector} stands still")
