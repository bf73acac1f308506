"""Weights, channels, many kernels."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.gallery.inputs import FIVE, THREE_CHANNELS
from core.texts import Text

FRAME = "[0 0 0 0 0 0 0; 0 1 1 1 1 1 0; 0 1 0 0 0 1 0; 0 1 0 0 0 1 0; 0 1 1 1 1 1 0; 0 0 0 0 0 0 0]"
TWINS = "[[[[-0.5,0.25],[0.25,0.75]]],[[[-0.5,0.25],[0.25,0.75]]]]"  # what descent makes of equal beginnings,
APART = "[[[[-0.68,0.69],[-0.62,1.02]]],[[[-0.68,-0.57],[0.73,0.86]]]]"  # and of random ones

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
TWO_PICTURES = (
    "[[[1,2,3,4],[2,1,0,1],[3,0,1,1],[1,4,1,1]],[[0,1,0,2],[1,1,0,0],[2,0,1,0],[0,0,1,1]],"
    "[[0,0,1,0],[0,1,1,1],[1,1,1,1],[0,1,1,0]],[[5,5,5,5],[0,0,0,0],[5,5,5,5],[0,0,0,0]]]"
)
BOTH_KERNELS = "[[[1,0],[0,1]],[[1,1],[0,0]]],[[[0,1],[1,0]],[[0,-1],[0,1]]]"
ONE_AFTER_ANOTHER = f"[{BOTH_KERNELS},{BOTH_KERNELS}]"
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
        stops=(
            ("1", Text("The same four colours, moved by one column.")),
            ("last", Text("Each of 4 weights was used 4 times: 16 lines.")),
        ),
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
        stops=(
            ("1", Text("5 + 1 + 1 = 7: three sums become one number.")),
            ("last", Text("One kernel, one map of 2×2.")),
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
        stops=(
            ("8", Text("The first kernel has filled its map of 3×3.")),
            ("9", Text("The second begins at the same corner with weights of its own.")),
            ("last", Text("Two kernels, two maps.")),
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
        stops=(
            ("15", Text("The first kernel has filled its map of 4×4.")),
            ("16", Text("The second looks at the same window and finds something else.")),
            ("last", Text("4 kernels, 4 maps: the output has 4 channels.")),
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
        stops=(
            ("8", Text("One kernel has made one slice of 3×3.")),
            ("last", Text("Four kernels, four slices: the output is as deep as there are kernels.")),
        ),
    ),
    GalleryScene(
        id="batch",
        section="channels",
        line=f"{TWO_PICTURES} | conv2d {ONE_AFTER_ANOTHER} groups=2",
        title=Text("A batch of pictures"),
        about=Text(
            "Two pictures of two channels go through the same two kernels, each by itself: (N, C, H, W) * (FN, C, FH, "
            "FW) with N = C = FN = 2 becomes (N, FN, OH, OW), here (2, 2, 3, 3). No number of one picture ever meets "
            "one of the other."
        ),
        channels=(
            Text("Picture 1, channel 1"),
            Text("Picture 1, channel 2"),
            Text("Picture 2, channel 1"),
            Text("Picture 2, channel 2"),
        ),
        maps=(
            Text("Picture 1, map 1"),
            Text("Picture 1, map 2"),
            Text("Picture 2, map 1"),
            Text("Picture 2, map 2"),
        ),
        notes=(
            Text("Pictures lie behind each other here, each in a group of its own: that is how a batch is computed."),
            Text("With channels last it is (N, H, W, C); transposing in and out gives the same numbers."),
        ),
        stops=(
            ("17", Text("Both maps of the first picture are full.")),
            ("18", Text("The second picture meets the same two kernels.")),
            ("last", Text("2 pictures in, 2 pictures of 2 maps out.")),
        ),
    ),
    GalleryScene(
        id="equal-starts",
        section="channels",
        line=f"{FRAME} | conv2d {TWINS} | relu",
        title=Text("Equal beginnings stay equal"),
        about=Text(
            "Two kernels that began with the same numbers are still the same after 300 steps of gradient descent: both "
            "are told the same error and corrected by the same amounts. Beside them two that began at random: one has "
            "become an edge between left and right, the other one between above and below."
        ),
        compare=f"{FRAME} | conv2d {APART} | relu",
        notes=(
            Text(
                "Both pairs learned to make the sum of two maps, of a vertical and of a horizontal edge. What is left "
                "of the error, squared and added up: 1 for the twins, 0.21 for the others."
            ),
        ),
        stops=(
            ("29", Text("One map of each pair is full.")),
            ("30", Text("The twin begins with the very numbers of the first; the other kernel with its own.")),
            ("last", Text("The twins made the same map twice; the other two found two things.")),
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
        maps=(Text("Vertical lines"), Text("Horizontal lines")),
        stops=(
            ("3363", Text("The column of ones has kept what runs down.")),
            ("strongest", Text("The strongest answer.")),
            ("last", Text("The row of ones has kept what runs across.")),
        ),
    ),
    GalleryScene(
        id="feature-maps",
        section="channels",
        line=f"cat 40 rgb | conv2d {EDGES_AND_COLOUR} divisor=4 padding=same | relu | conv2d {OF_THREE_MAPS}",
        layer=2,
        views="numbers+network",
        channels=(Text("Edges to the right"), Text("Edges downwards"), Text("Red against blue")),
        maps=(Text("Edges of both kinds"), Text("Edges to the right, and colour")),
        title=Text("Maps of maps"),
        about=Text(
            "Three kernels have made three maps of a colour photograph: two kinds of edges, and red against blue. "
            "Each cell of the next layer looks at all three of them, so it can ask for an edge and a colour at once."
        ),
        stops=(
            ("506", Text("Half of the first map: edges of both kinds, added up.")),
            ("1013", Text("The first map is full; the second adds up other maps.")),
            ("last", Text("Two maps, each made of all three below.")),
        ),
    ),
)
