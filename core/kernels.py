"""KERNELS: the one table of named kernels, each as a slide draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import unknown
from core.texts import Text
from core.values import plain

Matrix = tuple[tuple[int | float, ...], ...]


@dataclass(frozen=True, slots=True)
class Kernel:
    """A named kernel: not flipped, not normalised; the sum of products is divided by `divisor`."""

    name: str
    title: Text
    weight: Matrix
    divisor: int = 1
    group: str = "edges"
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": self.title,
            "weight": plain(self.weight),
            "divisor": self.divisor,
            "group": self.group,
            "source": self.source,
        }


def rows(text: str) -> Matrix:
    """Numbers written as on a slide, rows parted by semicolons.

    >>> rows("1 2; 3 4")
    ((1, 2), (3, 4))
    """
    return tuple(tuple(int(word) for word in row.split()) for row in text.split(";"))


def outer(column: Iterable[int], row: Iterable[int]) -> Matrix:
    """The separable kernel of a column and a row.

    >>> outer([1, 2], [1, 3])
    ((1, 3), (2, 6))
    """
    across = tuple(row)
    return tuple(tuple(down * right for right in across) for down in column)


BINOMIAL_3, BINOMIAL_5, BINOMIAL_7 = (1, 2, 1), (1, 4, 6, 4, 1), (1, 6, 15, 20, 15, 6, 1)

GONZALEZ = "Gonzalez and Woods, Digital Image Processing, 4th ed., chapter 3 and 10"
PREWITT = "Prewitt 1970, Object enhancement and extraction"
SCHARR = "Scharr 2000, Optimal operators in digital image processing"
BINOMIAL = "Binomial row of Pascal's triangle, Burt 1981"
GIMP = "GIMP user manual, convolution matrix"


def by_name(*kernels: Kernel) -> Mapping[str, Kernel]:
    return {kernel.name: kernel for kernel in kernels}


KERNELS: Mapping[str, Kernel] = by_name(
    Kernel("identity", Text("Identity"), rows("0 0 0; 0 1 0; 0 0 0"), group="basics", source=GONZALEZ),
    Kernel("shift-right", Text("Shift right by one"), rows("0 0 0; 1 0 0; 0 0 0"), group="basics"),
    Kernel("sobel-x", Text("Sobel, vertical edges"), rows("-1 0 1; -2 0 2; -1 0 1"), source="Sobel 1968"),
    Kernel("sobel-y", Text("Sobel, horizontal edges"), rows("-1 -2 -1; 0 0 0; 1 2 1"), source="Sobel 1968"),
    Kernel("prewitt-x", Text("Prewitt, vertical edges"), rows("-1 0 1; -1 0 1; -1 0 1"), source=PREWITT),
    Kernel("prewitt-y", Text("Prewitt, horizontal edges"), rows("-1 -1 -1; 0 0 0; 1 1 1"), source=PREWITT),
    Kernel("scharr-x", Text("Scharr, vertical edges"), rows("-3 0 3; -10 0 10; -3 0 3"), source=SCHARR),
    Kernel("scharr-y", Text("Scharr, horizontal edges"), rows("-3 -10 -3; 0 0 0; 3 10 3"), source=SCHARR),
    Kernel("roberts-1", Text("Roberts, main diagonal"), rows("1 0; 0 -1"), source="Roberts 1963"),
    Kernel("roberts-2", Text("Roberts, other diagonal"), rows("0 1; -1 0"), source="Roberts 1963"),
    Kernel("laplacian-4", Text("Laplacian, 4 neighbours"), rows("0 1 0; 1 -4 1; 0 1 0"), source=GONZALEZ),
    Kernel("laplacian-8", Text("Laplacian, 8 neighbours"), rows("1 1 1; 1 -8 1; 1 1 1"), source=GONZALEZ),
    Kernel("outline", Text("Outline"), rows("-1 -1 -1; -1 8 -1; -1 -1 -1"), source=GIMP),
    Kernel(
        "log-5",
        Text("Laplacian of Gaussian 5x5"),
        rows("0 0 -1 0 0; 0 -1 -2 -1 0; -1 -2 16 -2 -1; 0 -1 -2 -1 0; 0 0 -1 0 0"),
        source=GONZALEZ,
    ),
    Kernel("box-3", Text("Box blur 3x3"), outer((1,) * 3, (1,) * 3), 9, "blur", GONZALEZ),
    Kernel("box-5", Text("Box blur 5x5"), outer((1,) * 5, (1,) * 5), 25, "blur", GONZALEZ),
    Kernel("gaussian-3", Text("Gaussian blur 3x3"), outer(BINOMIAL_3, BINOMIAL_3), 16, "blur", BINOMIAL),
    Kernel("gaussian-5", Text("Gaussian blur 5x5"), outer(BINOMIAL_5, BINOMIAL_5), 256, "blur", BINOMIAL),
    Kernel("gaussian-7", Text("Gaussian blur 7x7"), outer(BINOMIAL_7, BINOMIAL_7), 4096, "blur", BINOMIAL),
    Kernel("sharpen", Text("Sharpen"), rows("0 -1 0; -1 5 -1; 0 -1 0"), group="sharpen", source=GONZALEZ),
    Kernel(
        "unsharp",
        Text("Unsharp masking 5x5"),
        rows("-1 -4 -6 -4 -1; -4 -16 -24 -16 -4; -6 -24 476 -24 -6; -4 -16 -24 -16 -4; -1 -4 -6 -4 -1"),
        256,
        "sharpen",
        "Twice the picture minus its Gaussian blur 5x5; " + GONZALEZ,
    ),
    Kernel("emboss", Text("Emboss"), rows("-2 -1 0; -1 1 1; 0 1 2"), group="sharpen", source=GIMP),
    Kernel(
        "line-horizontal",
        Text("Horizontal line"),
        rows("-1 -1 -1; 2 2 2; -1 -1 -1"),
        group="lines",
        source=GONZALEZ,
    ),
    Kernel("line-vertical", Text("Vertical line"), rows("-1 2 -1; -1 2 -1; -1 2 -1"), group="lines", source=GONZALEZ),
    Kernel(
        "line-diagonal-1",
        Text("Line, main diagonal"),
        rows("2 -1 -1; -1 2 -1; -1 -1 2"),
        group="lines",
        source=GONZALEZ,
    ),
    Kernel(
        "line-diagonal-2",
        Text("Line, other diagonal"),
        rows("-1 -1 2; -1 2 -1; 2 -1 -1"),
        group="lines",
        source=GONZALEZ,
    ),
    Kernel(
        "line-vertical-7",
        Text("Vertical line 7x7"),
        tuple(tuple(int(col == 3) for col in range(7)) for _ in range(7)),
        group="lines",
        source="Geron, Hands-On Machine Learning, chapter 14",
    ),
    Kernel(
        "line-horizontal-7",
        Text("Horizontal line 7x7"),
        tuple((int(row == 3),) * 7 for row in range(7)),
        group="lines",
        source="Geron, Hands-On Machine Learning, chapter 14",
    ),
)


def kernel_named(name: str, field: str = "filter") -> Kernel:
    """The kernel of that name.

    Refuses  a name nobody knows, and suggests the nearest one

    >>> kernel_named("sobel-x").weight
    ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
    """
    if name not in KERNELS:
        raise unknown(field, name, KERNELS, "/api/kernels")
    return KERNELS[name]
