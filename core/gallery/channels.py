"""Weights, channels, many kernels."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.gallery.inputs import CROSS, FIVE, THREE_CHANNELS
from core.texts import Text

EQUAL_ERRORS = "[[[1,0,-1],[0,2,0],[1,0,0]],[[1,0,-1],[0,2,0],[1,0,0]]]"

THREE_DEEP = "[[[1,0],[0,1]],[[0,1],[1,0]],[[1,1],[-1,-1]]]"
FIVE_BY_FIVE_BY_THREE = (
    "[[[0,1,2,2,0],[1,0,0,2,1],[2,1,1,0,0],[0,2,0,1,2],[1,0,2,1,0]],"
    "[[1,0,2,0,1],[0,2,1,1,0],[2,2,0,0,1],[1,0,1,2,0],[0,1,0,2,2]],"
    "[[2,0,0,1,1],[1,1,2,0,0],[0,2,1,0,2],[0,0,1,1,2],[2,1,0,0,1]]]"
)
TWO_KERNELS = (
    "[[[[1,0,-1],[0,1,0],[-1,0,1]],[[0,1,0],[1,-1,1],[0,1,0]],[[-1,0,1],[1,0,0],[0,-1,1]]],"
    "[[[0,-1,1],[1,0,0],[1,-1,0]],[[1,0,0],[0,1,-1],[0,0,1]],[[0,1,-1],[-1,0,1],[1,0,0]]]]"
)
FOUR_KERNELS = "[[[[1,1],[-1,-1]]],[[[1,-1],[1,-1]]],[[[1,0],[0,-1]]],[[[0,1],[-1,0]]]]"
RIGHTWARDS, DOWNWARDS = "[[-1,0,1],[-2,0,2],[-1,0,1]]", "[[-1,-2,-1],[0,0,0],[1,2,1]]"
NOTHING, HERE, AGAINST = ("[[0,0,0],[0," + weight + ",0],[0,0,0]]" for weight in ("0", "4", "-4"))
EDGES_AND_COLOUR = (
    f"[[{RIGHTWARDS},{RIGHTWARDS},{RIGHTWARDS}],[{DOWNWARDS},{DOWNWARDS},{DOWNWARDS}],[{HERE},{NOTHING},{AGAINST}]]"
)
OF_THREE_MAPS = "[[[[1,1],[1,1]],[[1,1],[1,1]],[[0,0],[0,0]]],[[[1,1],[1,1]],[[-1,-1],[-1,-1]],[[1,1],[1,1]]]]"
THREE_PICTURES = (
    "[[[1,2,3,4,5],[2,1,0,1,2],[3,0,1,1,0],[1,4,1,1,2],[2,1,1,0,0]],"
    "[[0,0,1,0,0],[0,1,1,1,0],[1,1,1,1,1],[0,1,1,1,0],[0,0,1,0,0]],"
    "[[5,5,5,5,5],[0,0,0,0,0],[5,5,5,5,5],[0,0,0,0,0],[5,5,5,5,5]]]"
)
ACROSS = "[0,0,0,0,0,0,0]"
DOWN = "[0,0,0,1,0,0,0]"
VERTICAL_AND_HORIZONTAL = (
    f"[[[{','.join([DOWN] * 7)}]],[[{','.join([ACROSS] * 3)},[1,1,1,1,1,1,1],{','.join([ACROSS] * 3)}]]]"
)

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="dense-vs-conv",
        section="channels",
        line="[1 2 3; 4 5 6; 7 8 9] | conv2d [1 2; 3 4]",
        title=Text("Fully connected or shared weights"),
        about=Text(
            "Drawn as a network, a 2×2 convolution on 3×3 numbers has 16 lines in four colours, one for each "
            "of its four weights; a fully connected layer between the same cells has 36 weights. Written as a "
            "matrix, each row is the same kernel, moved by one window."
        ),
        notes=(Text("Your slide may say that the input layer has 0 neurons; it has one for each number, 9 here."),),
        views="connections",
    ),
    GalleryScene(
        id="multi-channel",
        section="channels",
        line=f"{THREE_CHANNELS} | conv2d {THREE_DEEP}",
        title=Text("One kernel, three channels"),
        about=Text(
            "A picture of three channels takes one kernel with three slices, not three kernels. Each slice has its "
            "own products and its own sum; the three sums make one number."
        ),
    ),
    GalleryScene(
        id="two-kernels",
        section="channels",
        line=f"{FIVE_BY_FIVE_BY_THREE} | conv2d {TWO_KERNELS} bias=[1 -1] stride=2 padding=1",
        title=Text("Two kernels, two maps"),
        about=Text(
            "Two kernels of three slices walk over three channels with stride 2 and a border of one. Each fills a map"
            " of its own: 3×3×3 weights twice and two biases are 56 parameters."
        ),
    ),
    GalleryScene(
        id="many-kernels",
        section="channels",
        line=f"{FIVE} | conv2d {FOUR_KERNELS}",
        title=Text("Many kernels, many maps"),
        about=Text(
            "Four kernels look at the same windows and find four different things. As many kernels, so many maps: "
            "that is what the number of channels of a layer's output means."
        ),
    ),
    GalleryScene(
        id="tensor-boxes",
        section="channels",
        line=f"{FIVE_BY_FIVE_BY_THREE} | conv2d out=4 kernel_size=3 seed=1 | relu | conv2d out=2 kernel_size=2 seed=2",
        title=Text("Tensors as boxes"),
        about=Text(
            "A kernel is as deep as its input: on 5×5×3 numbers each of four 3×3 kernels is a box of 3×3×3, and the "
            "four make an output of 3×3×4. The two kernels of the next convolution are therefore 2×2×4, and their "
            "output is 2×2×2."
        ),
        views="network",
        notes=(Text("Slides write H×W×C, the depth last; arrays here are (C, H, W)."),),
    ),
    GalleryScene(
        id="batch",
        section="channels",
        line=f"{THREE_PICTURES} | conv2d {CROSS}",
        title=Text("A batch of pictures"),
        about=Text(
            "Three pictures go through the same kernel, each by itself: (N, C, H, W) with N = 3 becomes (N, FN, OH, "
            "OW). No number of one picture ever meets one of another."
        ),
        notes=(
            Text(
                "The three pictures are drawn as three channels, each of which meets the kernel by itself: that is "
                "how a batch is computed."
            ),
        ),
    ),
    GalleryScene(
        id="equal-starts",
        section="channels",
        line=f"{FIVE} | conv2d_backward_weight 3 dy={EQUAL_ERRORS}",
        title=Text("Equal beginnings stay equal"),
        about=Text(
            "Two kernels that begin with the same numbers make the same map and are told the same error; so both are "
            "corrected by the same amounts, which are the two maps here, and they stay twins for ever. Networks "
            "therefore begin with random weights."
        ),
        notes=(
            Text(
                "The errors of both maps are the same here because the layers behind them are taken to begin equal "
                "as well."
            ),
        ),
    ),
    GalleryScene(
        id="line-filters",
        section="channels",
        line=f"camera 64 | conv2d {VERTICAL_AND_HORIZONTAL} divisor=7",
        title=Text("Vertical and horizontal lines"),
        about=Text(
            "A column of ones keeps what runs down, a row of ones keeps what runs across. The same photograph leaves "
            "different lines in each map."
        ),
    ),
    GalleryScene(
        id="feature-maps",
        section="channels",
        line=f"cat 40 rgb | conv2d {EDGES_AND_COLOUR} divisor=4 padding=same | relu | conv2d {OF_THREE_MAPS}",
        title=Text("Maps of maps"),
        about=Text(
            "Three kernels make three maps of a colour photograph: two kinds of edges, and red against blue. "
            "Each cell of the next layer looks at all three of them, so it can ask for an edge and a colour at once."
        ),
    ),
)
