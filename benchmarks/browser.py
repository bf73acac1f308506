"""What a visitor's browser does: the first picture, playback, hovering, a changed setting, stillness, memory; each
beside its goal."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser.transferred import waited_for
from tests.running import start_server
from tools.browser import find_browser

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
SOBEL = "conv2d sobel-x padding=same"
SECONDS = 3
TIMES = 9  # a first step is measured; the median counts
STEADY = 40  # seconds of playing in which nothing may shift
HEAP = (20, 80)  # seconds of playing after which the heap is weighed
TEN_MINUTES = 600
VIEWS = ("numbers", "connections", "im2col", "formula", "code", "network", "backward")
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
# picture, steps a second, goal for the 95th percentile of a frame (ms), goal for the main thread (%)
PLAYBACK = (
    ("camera 64", 960, 17, 20),
    ("camera 64", 2048, 17, None),
    ("camera 256", 8, 17, None),
    ("camera 256", 200, 17, None),
    ("camera 256", 4000, 17, None),
    ("camera 256", 32768, 17, None),
    ("camera 512", 60, 17, None),
    ("camera 512", 131072, 17, None),
)

OPENED = 1.5  # seconds in which a window that was just opened brings what is the browser's own, on both processors
READY = "() => document.querySelector('kernel-walk')?.steps > 0"
# Two frames after the first step, or after a page without a player. It looks on from inside: to wait for an element
# from outside puts a script of the driver's own, larger than the player, in front of it.
FIRST_STEP = """window.firstStep = new Promise((done) => {
  const told = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  document.addEventListener('ready', told, true);
  document.addEventListener('DOMContentLoaded', () => document.querySelector('kernel-walk') ?? told());
})"""
SHIFTED = """() => {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries()) if (!hadRecentInput) window.shift += value;
  }).observe({ type: 'layout-shift' });
  const walk = document.querySelector('kernel-walk');
  walk.setAttribute('loop', '');
  walk.play();
}"""
FAST = """() => {
  const walk = document.querySelector('kernel-walk');
  walk.setAttribute('loop', '');
  walk.speed = 960;
  walk.play();
}"""
FRAMES = """([speed, seconds]) => new Promise((done) => {
  const walk = document.querySelector('kernel-walk');
  walk.setAttribute('loop', '');
  walk.speed = speed;
  walk.play();
  const times = [];
  let last = 0;
  let began = 0;
  requestAnimationFrame(function look(now) {
    began ||= now + 700;
    if (now > began) times.push(now - last);
    last = now;
    if (now < began + seconds * 1000) return requestAnimationFrame(look);
    times.sort((one, other) => one - other);
    done(times[Math.floor(times.length * 0.95)]);
  });
})"""
PAINTED = """new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(0);
}))"""


def pointed(ready: str, seen: str) -> str:
    """How long it takes until what a cell under the pointer brings is painted; median of 31."""
    return f"""async () => {{
  const walk = document.querySelector('kernel-walk');
  const cells = walk.shadowRoot.querySelector('.output .cells');
  const times = [];
  for (let turn = 0; turn < 31; turn += 1) {{
    const box = cells.getBoundingClientRect();
    const [across, down] = [(turn * 0.37) % 1, (turn * 0.61) % 1];
    const place = {{ clientX: box.left + box.width * across, clientY: box.top + box.height * down }};
    const ready = {ready};
    const began = performance.now();
    const manner = {{ bubbles: true, composed: true, pointerType: 'mouse' }};
    cells.dispatchEvent(new PointerEvent('pointermove', {{ ...manner, ...place }}));
    {seen};
    await {PAINTED};
    times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 50));
  }}
  return times.sort((one, other) => one - other)[15];
}}"""


GLANCE = pointed(
    "walk.shadowRoot.querySelector('.looked')", "if (ready.hidden) throw new Error('no step is looked at')"
)
HOVER = pointed("new Promise((done) => walk.addEventListener('inspect', done, { once: true }))", "await ready")
CHANGE = f"""async () => {{
  const walk = document.querySelector('kernel-walk');
  const times = [];
  for (let turn = 0; turn < 16; turn += 1) {{
    const began = performance.now();
    await walk.show(`camera 64 | conv2d sobel-x padding=${{turn % 5}}`);
    await {PAINTED};
    times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 50));
  }}
  return times.sort((one, other) => one - other)[8];
}}"""

# From the stroke of a pen to the bars that it moves; the network's answer is asked for in between.
BARS = """() => {
  window.bars = [];
  let began = 0;
  addEventListener('pointermove', ({ buttons }) => { if (buttons) began ||= performance.now(); }, true);
  new MutationObserver(() => {
    if (began) window.bars.push(performance.now() - began);
    began = 0;
  }).observe(document.querySelector('.pad-answers'), { subtree: true, attributes: true, characterData: true });
}"""
SEVEN = [(0.25 + 0.05 * part, 0.16) for part in range(10)] + [
    (0.7 - 0.02 * part, 0.16 + 0.05 * part) for part in range(15)
]


@dataclass
class Report:
    """Lines with a number and its goal; a number that misses its goal is marked."""

    missed: int = 0

    def line(self, what: str, number: float, unit: str, goal: float | None) -> None:
        late = goal is not None and number > goal
        self.missed += late
        said = "" if goal is None else f"goal {goal:g}" + (" MISSED" if late else "")
        print(f"  {what:<58} {number:9.{1 if unit else 4}f} {unit:<4} {said}", flush=True)


def main() -> int:
    report = Report()
    found = find_browser()
    if not found:
        print("no Chromium here: run `make test`, which brings one")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = start_server(Path(folder))
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        try:
            first_picture(report, browser, server.url)
            playback(report, browser, server.url)
            answers(report, browser, server.url)
            strokes(report, browser, server.url)
            steadiness(report, browser, server.url)
            memory(report, browser, server.url)
        finally:
            browser.close()
            server.stop()
    return 1 if report.missed else 0


def address(server: str, scene: str) -> str:
    return f"{server}/embed?{urlencode({'scene': scene, 'lang': 'en'})}"


@contextmanager
def opened(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # the page's own work, whatever else runs here
    yield page, session
    page.close()


def first_picture(report: Report, browser: Browser, server: str) -> None:
    print("the first step after navigation")
    scene = address(server, "cat 64 | conv2d sobel-x")
    floor = f"{server}/healthz"  # a line of plain text: what the browser itself takes for a page
    for name, line, goal in (("loopback", None, 250), ("1.6 Mbit/s, 150 ms", SLOW_LINE, 700)):
        times: dict[str, list[float]] = {floor: [], scene: []}
        work: dict[str, list[float]] = {floor: [], scene: []}
        for _ in range(TIMES):
            for asked in times:
                with opened(browser) as (page, session):
                    session.send("Network.enable")
                    if line:
                        session.send("Network.emulateNetworkConditions", line)
                    page.add_init_script(FIRST_STEP)
                    page.wait_for_timeout(OPENED * 1000)
                    page.goto(asked, wait_until="commit")
                    times[asked].append(page.evaluate("() => window.firstStep"))
                    work[asked].append(1000 * metrics(session)["TaskDuration"])
        report.line(name, median(times[scene]), "ms", goal)
        report.line(f"{name}: a page of one line", median(times[floor]), "ms", None)
        report.line(f"{name}: the page's own work", median(work[scene]), "ms", None)
    with opened(browser) as (page, _):
        report.line("compressed before it, with headers and picture", waited_for(page, scene) / 1000, "kB", 42)


def playback(report: Report, browser: Browser, server: str) -> None:
    print("playback: 95th percentile of a frame, and the share of the main thread")
    for picture, speed, frame, share in PLAYBACK:
        with opened(browser) as (page, session):
            page.goto(address(server, f"{picture} | {SOBEL}"))
            page.wait_for_function(READY)
            before = metrics(session)
            late = page.evaluate(FRAMES, [speed, SECONDS])
            after = metrics(session)
            busy = 100 * (after["TaskDuration"] - before["TaskDuration"]) / (after["Timestamp"] - before["Timestamp"])
            report.line(f"{picture}, {speed:,} steps/s", late, "ms", frame)
            report.line(f"{picture}, {speed:,} steps/s: main thread", busy, "%", share)


def metrics(session: CDPSession) -> dict[str, Any]:
    return {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}


def answers(report: Report, browser: Browser, server: str) -> None:
    print("from a gesture to the painted frame, median")
    with opened(browser) as (page, _):
        page.goto(address(server, f"camera 64 | {SOBEL}"))
        page.wait_for_function(READY)
        page.wait_for_function("() => document.querySelector('kernel-walk').shadowRoot.querySelector('.effects')")
        report.line("hover over an output cell: its window", page.evaluate(GLANCE), "ms", 20)
        report.line("hover over an output cell: its numbers", page.evaluate(HOVER), "ms", None)
        report.line("another padding", page.evaluate(CHANGE), "ms", 36)


def strokes(report: Report, browser: Browser, server: str) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{server}/?{urlencode({'scene': 'digit-7 | @lenet-5', 'lang': 'en', 'view': 'network', 'step': 0})}")
        page.wait_for_selector("#settings h2")
        page.click(".chip.input")
        page.get_by_role("button", name="Draw a digit").click()
        page.wait_for_load_state("networkidle")
        page.evaluate(BARS)
        box = page.locator(".pad-boards canvas").first.bounding_box()
        assert box
        for place, (across, down) in enumerate(SEVEN):
            page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
            if not place:
                page.mouse.down()
            page.wait_for_timeout(400)
        report.line("a stroke of the pen: the bars of LeNet-5", median(page.evaluate("window.bars")), "ms", 50)


def steadiness(report: Report, browser: Browser, server: str) -> None:
    print(f"layout shift in {STEADY} s of playing, all views at once")
    scene = "camera 64 | conv2d sobel-x stride=2 | relu | max_pool2d 2"
    with ExitStack() as pages:
        playing = {view: pages.enter_context(opened(browser))[0] for view in VIEWS}
        for view, page in playing.items():
            page.goto(f"{address(server, scene)}&{urlencode({'view': view})}")
            page.wait_for_function(READY)
            page.evaluate(SHIFTED)
        next(iter(playing.values())).wait_for_timeout(STEADY * 1000)
        for view, page in playing.items():
            report.line(view, page.evaluate("window.shift"), "", 0.01)


def memory(report: Report, browser: Browser, server: str) -> None:
    early, late = HEAP
    print(f"heap while playing at 960 steps/s, weighed after {early} and {late} s")
    with opened(browser) as (page, session):
        page.goto(address(server, f"camera 64 | {SOBEL}"))
        page.wait_for_function(READY)
        page.evaluate(FAST)
        weights = []
        for seconds in (early, late - early):
            page.wait_for_timeout(seconds * 1000)
            session.send("HeapProfiler.collectGarbage")
            weights.append(metrics(session)["JSHeapUsedSize"] / 1e6)
        report.line("heap", weights[-1], "MB", None)
        grown = (weights[1] - weights[0]) * TEN_MINUTES / (late - early)
        report.line("growth, extrapolated to ten minutes", grown, "MB", 1)


if __name__ == "__main__":
    sys.exit(main())
