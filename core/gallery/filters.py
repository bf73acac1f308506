"""Classical filters: gradients, blurs, masks of a lecture."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.texts import Text

LECTURE_MASKS = "[[[[-1,-1,0],[2,1,2],[-1,-2,-1]]],[[[2,-1,-1],[-1,1,2],[-2,0,2]]],[[[2,1.2,-1],[1,0,-1],[1,-2,-1]]]]"
LOW_AND_HIGH = "[[[[1,2,1],[2,4,2],[1,2,1]]],[[[-1,-2,-1],[-2,12,-2],[-1,-2,-1]]]]"
SIX_FILTERS = (
    "[[[[0,0,0],[0,144,0],[0,0,0]]],[[[16,16,16],[16,16,16],[16,16,16]]],[[[9,18,9],[18,36,18],[9,18,9]]],"
    "[[[0,-144,0],[-144,720,-144],[0,-144,0]]],[[[-288,-144,0],[-144,144,144],[0,144,288]]],"
    "[[[-144,-144,-144],[-144,1152,-144],[-144,-144,-144]]]]"
)
FIN = "[-1 -1 -1 1 -1 -1 -1; -1 -1 1 1 1 -1 -1; -1 -1 1 1 1 -1 -1; -1 1 1 1 1 1 -1; -1 1 1 1 1 1 -1]"

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="sobel",
        section="filters",
        line="cat 64 | sobel",
        title=Text("Sobel gradient"),
        about=Text(
            "Two kernels measure how fast brightness changes to the right and downwards. Their sums are the two sides"
            " of a right triangle: its length is the strength of the edge, its angle the direction."
        ),
    ),
    GalleryScene(
        id="prewitt",
        section="filters",
        line="cat 64 | prewitt",
        title=Text("Prewitt gradient"),
        about=Text(
            "Like Sobel, but every row and column counts the same. The middle has no larger weight, so edges come "
            "out a little rougher."
        ),
    ),
    GalleryScene(
        id="roberts",
        section="filters",
        line="cat 64 | roberts",
        title=Text("Roberts cross"),
        about=Text(
            "Two differences across the diagonals of a 2×2 window. The smallest gradient filter there is: quick, "
            "sharp, and easily disturbed by noise."
        ),
    ),
    GalleryScene(
        id="scharr",
        section="filters",
        line="cat 64 | scharr",
        title=Text("Scharr gradient"),
        about=Text(
            "The weights 3, 10, 3 measure all directions nearly alike, better than Sobel's 1, 2, 1. The arrow "
            "beside each result points in the direction that was measured."
        ),
    ),
    GalleryScene(
        id="lecture-masks",
        section="filters",
        line=f"cat 64 | conv2d {LECTURE_MASKS}",
        title=Text("Three masks of a lecture"),
        about=Text(
            "Three masks as a lecture's slide prints them; no textbook has them. Any numbers make a filter: another "
            "mask finds another feature."
        ),
        notes=(
            Text(
                "Your slide may call these masks Sobel, Roberts and Prewitt; the textbook kernels of those names are "
                "other ones: [-1 0 1; -2 0 2; -1 0 1], [1 0; 0 -1] and [-1 0 1; -1 0 1; -1 0 1]."
            ),
        ),
    ),
    GalleryScene(
        id="blur-sharpen",
        section="filters",
        line=f"cat 48 | conv2d {SIX_FILTERS} divisor=144",
        title=Text("Identity, blur, sharpen, emboss, outline"),
        about=Text(
            "Six kernels on one photograph: identity, box blur, Gaussian blur, sharpen, emboss and outline, all over "
            "the divisor 144. The first five add up to 144 / 144 = 1 and keep the brightness; the outline adds up to "
            "0 and keeps edges alone."
        ),
    ),
    GalleryScene(
        id="fin",
        section="filters",
        line=f"fish | conv2d {FIN}",
        title=Text("A kernel that answers to a fin"),
        about=Text(
            "The kernel is a small bright triangle with darkness around it. Its strongest answer in the whole picture "
            "stands where the fish has its fin: jump there with the star."
        ),
        step=311,
    ),
    GalleryScene(
        id="frequency",
        section="filters",
        line=f"cat 64 | conv2d {LOW_AND_HIGH} divisor=16 padding=same padding_mode=replicate",
        title=Text("What changes slowly, what changes fast"),
        about=Text(
            "The first kernel averages and keeps what changes slowly; the second keeps what is left of the picture, "
            "the fast changes. Added up, cell by cell, the two maps are the original again."
        ),
    ),
)
