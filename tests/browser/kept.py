"""Pictures of pages that are kept, and whether a page still looks like its own: blind to how a font is hinted."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Page

from tests.browser.element import WALK
from tests.running import ROOT
from tools.browser import FONTS

FOLDER, CHANGED = ROOT / "tests" / "kept", ROOT / ".cache" / "kept"
RENEWING = "RENEW_PICTURES" in os.environ
WIDTH = 400
SAVED = {"quality": 30, "method": 4, "use_sharp_yuv": True}  # changes no place by more than 28, blurred
BLUR = 2  # pixels: an edge that moved by a fraction of one is no difference, another digit is
TOLERANCE = 40  # of 255, in the channel that differs most, at the place that differs most
FLAGS = ("--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars")
FIGURE = {"width": 700, "height": 440}
PART = 0.6  # of the walk: the map is half there, and the step has neighbours
STILL = """async (selector) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const root = document.querySelector('kernel-walk').shadowRoot;
  const finished = () => root.getAnimations?.().every((one) => one.playState !== 'running') ?? true;
  await document.fonts.ready;
  for (let calm = 0; calm < 4; calm = finished() ? calm + 1 : 0) await frame();
}"""
STEPPED = """(part) => {
  const walk = document.querySelector('kernel-walk');
  const index = Math.floor(walk.steps * part);
  walk.pause();
  return new Promise((done) => {
    walk.addEventListener('step', ({ detail }) => detail.index === index && done());
    walk.seek(index);
  });
}"""  # a layout is made for the step that stands
FAMILIES = {
    "sans-serif": "DejaVu Sans",
    "system-ui": "DejaVu Sans",
    "serif": "DejaVu Serif",
    "monospace": "DejaVu Sans Mono",
}
WRITTEN_IN = (
    *("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSerif", "DejaVuSerif-Bold"),
    *("NanumGothic", "NanumGothicBold"),
)


def any_kept() -> bool:
    return RENEWING or any(FOLDER.glob("*.webp"))


def can_be_compared() -> bool:
    """Only where the fonts are in which they were kept: anywhere else every line of text has another length."""
    return all(path.exists() for path in FONTS)


def fonts_file(folder: Path) -> Path:
    """What tells fontconfig of those fonts, and of no other that the machine may have."""
    aliases = "".join(
        f"<alias binding='same'><family>{name}</family><prefer><family>{family}</family>"
        "<family>NanumGothic</family></prefer></alias>"
        for name, family in FAMILIES.items()
    )
    places = sorted({path.parent for path in FONTS})
    accepted = "".join(
        f"<acceptfont><glob>{place}/{name}.ttf</glob></acceptfont>" for place in places for name in WRITTEN_IN
    )
    text = (
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'><fontconfig>"
        + "".join(f"<dir>{place}</dir>" for place in places)
        + f"<cachedir>{folder}</cachedir><selectfont><rejectfont><glob>*</glob></rejectfont>{accepted}</selectfont>"
        + f"{aliases}</fontconfig>"
    )
    (folder / "fonts.conf").write_text(text)
    return folder / "fonts.conf"


def small(screenshot: bytes) -> Image.Image:
    """A screenshot as it is kept."""
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far apart two pictures of one size are at each place, from 0 to 255."""
    blurred = (picture.filter(ImageFilter.GaussianBlur(BLUR)) for picture in (one, other))
    red, green, blue = ImageChops.difference(*blurred).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def alike(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and difference(one, other).getextrema()[1] <= TOLERANCE


def compare(name: str, screenshot: bytes) -> str:
    """What to say of a page that looks otherwise than it did: it is put where a person can look, beside the old one."""
    path, now = FOLDER / f"{name}.webp", small(screenshot)
    kept = Image.open(path).convert("RGB") if path.exists() else None
    if kept and alike(kept, now):
        return ""
    if RENEWING:
        FOLDER.mkdir(exist_ok=True)
        now.save(path, **SAVED)
        return ""
    side_by_side(kept or Image.new("RGB", now.size), now).save(shown(name))
    return f"{name} looks different: {shown(name)}; if that is meant, `make pictures` keeps it"


def shown(name: str) -> Path:
    CHANGED.mkdir(parents=True, exist_ok=True)
    return CHANGED / f"{name}.png"


def side_by_side(kept: Image.Image, now: Image.Image) -> Image.Image:
    """What was kept, what is, and where they differ in black."""
    size = (WIDTH, max(kept.height, now.height))
    grown = [Image.new("RGB", size, "white") for _ in (kept, now)]
    for whole, picture in zip(grown, (kept, now), strict=True):
        whole.paste(picture)
    where = ImageChops.invert(difference(*grown).point(lambda value: min(255, 4 * value))).convert("RGB")
    sheet = Image.new("RGB", (3 * WIDTH + 20, size[1]), "grey")
    for place, picture in enumerate((*grown, where)):
        sheet.paste(picture, (place * (WIDTH + 10), 0))
    return sheet


def stand(page: Page, address: str, size: dict[str, int]) -> None:
    """A page that stands at one step with all it has asked for."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_function(f"() => {WALK}?.steps > 0")
    page.wait_for_load_state("networkidle")  # the pace is that of the step at which the stops were known
    page.evaluate(STEPPED, PART)
    # Laid out once more with everything there: the first layout depends on what came first.
    for less in (40, 0):
        page.set_viewport_size({**size, "width": size["width"] - less})
        page.evaluate(STILL)
    last = b""
    for _ in range(40):
        if last == (last := page.screenshot()):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{address} does not come to rest")
