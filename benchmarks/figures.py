"""What figures as files cost, in processor time and bytes, beside matplotlib's FuncAnimation with PillowWriter."""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from app.evaluation import Scenes
from app.messages import Messages
from app.pictures.store import LocalStore
from app.render.choosing import chosen, listed
from app.render.description import Figure
from app.render.formats import FORMATS
from app.render.sheet import page
from app.settings import Settings

SCENE, LARGE = "cat 64 | sobel-x", "cat | conv2d out=80 kernel_size=3 seed=1"
WIDTH, FRAMES = 700, 200
ENGLISH = Messages().languages["en"]  # read once, as a server does
GIF_TIME, GIF_SIZE, SVG_SIZE, SVG_TIMES, PNG_TIME, STILL_TIME, FAR_TIMES = 6.0, 5.0, 60.0, 100.0, 40.0, 3.0, 1.5


def main() -> int:
    """Fails when a goal is missed."""
    missed = False
    for name, value, unit, goal, least in rows():
        bad = value < goal if least else value > goal
        missed |= bad
        sign = ">=" if least else "<="
        print(f"  {name:<48} {value:>8.2f} {unit:<10} {sign} {goal:g} {'MISSED' if bad else 'ok'}")
    return int(missed)


def rows() -> Any:
    steps = listed(chosen("", len(figure(SCENE).trace), FRAMES)[0])
    costs: dict[str, float] = {}
    for form in ("gif", "svg"):
        paint = FORMATS[form].moving
        assert paint
        costs[form], file = least(lambda paint=paint: paint(figure(SCENE), steps, WIDTH, [0.25] * len(steps), True), 3)
        size = len(gzip.compress(file, 9) if form == "svg" else file) / 1024
        if form == "gif":
            yield "GIF, each frame", costs[form] / len(steps), "ms", GIF_TIME, False
            yield "GIF, each frame", size / len(steps), "KiB", GIF_SIZE, False
        else:
            yield f"moving SVG of {len(steps)} steps, gzipped", size, "KiB", SVG_SIZE, False
    theirs = matplotlib_gif(len(steps))
    if theirs:
        yield "matplotlib's time, as a multiple of the SVG's", theirs / costs["svg"], "times", SVG_TIMES, True
        yield "matplotlib's time, as a multiple of the GIF's", theirs / costs["gif"], "times", 1.0, True
    for form, goal in (("png", PNG_TIME), ("svg", STILL_TIME)):
        still = FORMATS[form].still
        assert still
        shown = figure(SCENE)
        yield f"a still, {form}", least(lambda s=still, f=shown: s(page(f, 2000), WIDTH), 9)[0], "ms", goal, False
    large = figure(LARGE)
    near, far = (least(lambda step=step: large.moving(large.step(step)), 9)[0] for step in (5, 10_000_000))
    yield "step 10,000,000, as a multiple of the first", far / near, "times", FAR_TIMES, False


def figure(line: str) -> Figure:
    scenes = Scenes(Settings(), LocalStore(Path("nowhere"), 0))
    return Figure(scenes.trace(scenes.read(line), 0), ENGLISH)


def least(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Milliseconds of processor time, the least of several."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        made = work()
        found.append(1000 * (time.process_time() - begun))
    return min(found), made


def matplotlib_gif(frames: int) -> float:
    """A plainer figure of theirs: picture, window, map and one line of text; 0 where it is not installed."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import pyplot
        from matplotlib.animation import FuncAnimation, PillowWriter
        from matplotlib.patches import Rectangle
    except ImportError:
        print("matplotlib is not here: .venv/bin/pip install matplotlib")
        return 0.0
    made = figure(SCENE)
    picture, whole = made.model.input[0], made.model.output[0]
    shown = np.full(whole.shape, np.nan)
    canvas, (left, right) = pyplot.subplots(1, 2, figsize=(7, 4.4), dpi=100)
    left.imshow(picture, cmap="gray")
    window = left.add_patch(Rectangle((0, 0), 3, 3, fill=False, edgecolor="tab:blue", linewidth=2))
    image = right.imshow(shown, cmap="coolwarm", vmin=whole.min(), vmax=whole.max())
    title = canvas.suptitle("")

    def draw(frame: int) -> list[Any]:
        place = frame * 13
        row, column = divmod(place, whole.shape[1])
        window.set_xy((column - 0.5, row - 0.5))
        shown.reshape(-1)[: place + 1] = whole.reshape(-1)[: place + 1]
        image.set_data(shown)
        title.set_text(f"sum = {whole[row, column]}")
        return [window, image, title]

    film = FuncAnimation(canvas, draw, frames=min(frames, whole.size // 13))
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        film.save(Path(folder) / "film.gif", writer=PillowWriter(fps=4))
        return 1000 * (time.process_time() - begun)


if __name__ == "__main__":
    sys.exit(main())
