"""Classical filters: gradients, blurs, masks of a lecture."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.texts import Text

MASKS_AND_TEXTBOOK = (
    "[[[[-1,-1,0],[2,1,2],[-1,-2,-1]]],[[[-1,0,1],[-2,0,2],[-1,0,1]]],"
    "[[[2,-1,-1],[-1,1,2],[-2,0,2]]],[[[1,0,0],[0,-1,0],[0,0,0]]],"
    "[[[2,1.2,-1],[1,0,-1],[1,-2,-1]]],[[[-1,0,1],[-1,0,1],[-1,0,1]]]]"
)
LOW, HIGH = "[1 2 1; 2 4 2; 1 2 1]", "[-1 -2 -1; -2 12 -2; -1 -2 -1]"
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
        stops=(
            ("61", Text("The first row: 62 windows.")),
            ("strongest", Text("The strongest edge.")),
            ("last", Text("Edges of all directions in one map.")),
        ),
    ),
    GalleryScene(
        id="prewitt",
        section="filters",
        line="cat 64 | prewitt",
        title=Text("Prewitt gradient"),
        about=Text(
            "Like Sobel, which stands beside it, but every row and column counts the same. The middle has no larger "
            "weight, so edges come out a little rougher."
        ),
        compare="sobel",
        stops=(
            ("61", Text("The first row: 62 windows.")),
            ("strongest", Text("The strongest edge.")),
            ("last", Text("Nearly the same edges; the corner marks show where a number differs.")),
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
        stops=(
            ("62", Text("The first row: 63 windows of 2×2.")),
            ("strongest", Text("The strongest edge.")),
            ("last", Text("Thin edges, and the noise between them.")),
        ),
    ),
    GalleryScene(
        id="scharr",
        section="filters",
        line="cat 64 | scharr",
        title=Text("Scharr gradient"),
        about=Text(
            "The weights 3, 10, 3 measure all directions nearly alike, better than the 1, 2, 1 of Sobel beside it. "
            "The arrow at each result points in the direction that was measured."
        ),
        compare="sobel",
        stops=(
            ("61", Text("The first row: 62 windows.")),
            ("strongest", Text("The strongest edge: compare both angles.")),
            ("last", Text("Both maps show the same edges, on scales of their own.")),
        ),
    ),
    GalleryScene(
        id="lecture-masks",
        section="filters",
        line=f"cat 48 | conv2d {MASKS_AND_TEXTBOOK}",
        title=Text("Three masks of a lecture"),
        about=Text(
            "Three masks as a lecture's slide prints them, each followed by the textbook kernel whose name it bears "
            "there. Any numbers make a filter: another mask finds another feature."
        ),
        maps=(
            Text("Mask 1 of the slide"),
            Text("Sobel, textbook"),
            Text("Mask 2 of the slide"),
            Text("Roberts, textbook"),
            Text("Mask 3 of the slide"),
            Text("Prewitt, textbook"),
        ),
        notes=(
            Text(
                "Your slide may call its masks Sobel, Roberts and Prewitt; the textbook kernels of those names are "
                "[-1 0 1; -2 0 2; -1 0 1], [1 0; 0 -1] and [-1 0 1; -1 0 1; -1 0 1]."
            ),
        ),
        stops=(
            ("1379", Text("The slide's first mask.")),
            ("2759", Text("The textbook Sobel kernel: edges between left and right.")),
            ("5519", Text("Mask 2 and Roberts.")),
            ("last", Text("Six masks, six maps; three of them have textbook names.")),
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
        maps=(
            Text("Identity"),
            Text("Box blur"),
            Text("Gaussian blur"),
            Text("Sharpen"),
            Text("Emboss"),
            Text("Outline"),
        ),
        stops=(
            ("1379", Text("Identity: the picture as it is.")),
            ("2759", Text("Box blur: each cell the mean of nine.")),
            ("5519", Text("Sharpen: every edge is made steeper.")),
            ("6899", Text("Emboss: as if lit from the upper left.")),
            ("last", Text("Outline: equal areas become 0, edges stay.")),
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
        stops=(
            ("311", Text("The strongest answer of all: the fin.")),
            ("last", Text("Nowhere else is the answer so strong.")),
        ),
    ),
    GalleryScene(
        id="frequency",
        section="filters",
        line=f"cat 64 | conv2d {LOW} divisor=16 padding=same padding_mode=replicate",
        title=Text("What changes slowly, what changes fast"),
        about=Text(
            "The kernel on the left averages and keeps what changes slowly; the one on the right keeps what is left of "
            "the picture, the fast changes. Added up, cell by cell, the two maps are the original again."
        ),
        compare=f"conv2d {HIGH} divisor=16 padding=same padding_mode=replicate",
        stops=(
            ("61", Text("The same window: its mean here, what is left of the middle pixel there.")),
            ("strongest", Text("The brightest mean.")),
            ("last", Text("Left the slow changes, right the fast; added up they are the picture.")),
        ),
    ),
)
