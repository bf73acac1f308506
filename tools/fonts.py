"""Makes the fonts that pictures of figures are lettered with: subsets of DejaVu and of a Korean font, each renamed.

    python -m tools.fonts     (needs fontTools, and the Debian packages fonts-dejavu-core and fonts-nanum)

The Korean font's licence keeps its name for itself: the subset has another one.
"""

import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

TO = Path(__file__).parent.parent / "app" / "render" / "fonts"
FONTS = Path("/usr/share/fonts/truetype")
LATIN = (
    "U+0020-007E,U+00A0-017F,U+0370-03FF,U+0400-045F,U+2010-2026,U+2070-2094,U+2190-2199,U+21A6,U+2200-22FF,"
    "U+2308-230B,U+239B-23AE,U+25A0-25CF,U+2713,U+27A4"
)
KOREAN = "U+3001-3003,U+3008-3011,U+3131-318E,U+FF01-FF5E"
MADE = {
    "sans.ttf": ("dejavu/DejaVuSans.ttf", LATIN, "Kernelwalk Sans"),
    "bold.ttf": ("dejavu/DejaVuSans-Bold.ttf", LATIN, "Kernelwalk Sans Bold"),
    "mono.ttf": ("dejavu/DejaVuSansMono.ttf", LATIN, "Kernelwalk Mono"),
    "strong.ttf": ("dejavu/DejaVuSansMono-Bold.ttf", LATIN, "Kernelwalk Mono Bold"),
    "korean.ttf": ("nanum/NanumGothic.ttf", KOREAN, "Kernelwalk Korean"),
}


def syllables() -> str:
    """The 2,350 of KS X 1001: what Korean is written with, nearly all of it."""
    pairs = (bytes([first, second]) for first in range(0xB0, 0xC9) for second in range(0xA1, 0xFF))
    return "".join(pair.decode("euc_kr", "ignore") for pair in pairs)


def main() -> None:
    for name, (source, ranges, family) in MADE.items():
        text = syllables() if name == "korean.ttf" else ""
        made = TO / name
        subprocess.run(
            [sys.executable, "-m", "fontTools.subset", FONTS / source, f"--unicodes={ranges}", f"--text={text}",
             f"--output-file={made}", "--no-hinting", "--desubroutinize", "--layout-features=",
             "--name-IDs=0,1,2,4,6,13,14",
             "--drop-tables+=GSUB,GPOS,GDEF,kern,vhea,vmtx"],
            check=True,
        )  # fmt: skip
        font = TTFont(made, recalcTimestamp=False)
        for number in (1, 4):
            font["name"].setName(family, number, 3, 1, 0x409)
        font["name"].setName(family.replace(" ", ""), 6, 3, 1, 0x409)
        font["name"].names = [
            record for record in font["name"].names if (record.platformID, record.langID) == (3, 0x409)
        ]
        font.save(made)


if __name__ == "__main__":
    main()
