"""Pooling: maxima, means, what they keep and what they drop."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.gallery.inputs import FIVE, FOUR, THREE_CHANNELS
from core.texts import Text

LINE = "[0 0 0 0 0 0 1; 0 0 0 0 0 1 0; 0 0 0 0 1 0 0; 0 0 0 1 0 0 0; 0 0 1 0 0 0 0; 0 1 0 0 0 0 0; 1 0 0 0 0 0 0]"
LINES = (
    "[[[[-1,-1,-1],[2,2,2],[-1,-1,-1]]],[[[-1,2,-1],[-1,2,-1],[-1,2,-1]]],"
    "[[[2,-1,-1],[-1,2,-1],[-1,-1,2]]],[[[-1,-1,2],[-1,2,-1],[2,-1,-1]]]]"
)
SHIFTED = (
    "[[[9,0,0,0,0,0],[0,0,5,0,0,0],[0,0,0,0,0,0],[7,0,3,0,0,0]],"
    "[[0,9,0,0,0,0],[0,0,0,5,0,0],[0,0,0,0,0,0],[0,7,0,3,0,0]],"
    "[[0,0,9,0,0,0],[0,0,0,0,5,0],[0,0,0,0,0,0],[0,0,7,0,3,0]]]"
)

SHIFTS = (Text("As it is"), Text("Moved by 1"), Text("Moved by 2"))

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="max-pool",
        section="pooling",
        line=f"{FOUR} | max_pool2d 2",
        title=Text("Max pooling"),
        about=Text(
            "Each 2×2 window hands on its largest value, which is ringed; a quarter of the numbers is left. There "
            "are no weights to learn, and the channels stay as they are."
        ),
        notes=(
            Text(
                "Your slide may write stride 0 where None is meant: then the stride is the size of the window, 2 here."
            ),
        ),
        stops=(
            ("1", Text("5 is the largest of its window.")),
            ("last", Text("16 numbers became 4.")),
        ),
    ),
    GalleryScene(
        id="avg-pool",
        section="pooling",
        line=f"{FOUR} | avg_pool2d 2",
        title=Text("Average pooling"),
        about=Text(
            "Each 2×2 window hands on its mean, beside the same windows with their maximum. All four pixels count in "
            "the mean, where maximum pooling uses the largest alone."
        ),
        compare="max_pool2d 2",
        stops=(
            ("1", Text("The mean 2 beside the maximum 5.")),
            ("last", Text("Means on the left, maxima on the right.")),
        ),
    ),
    GalleryScene(
        id="pool-vs-conv",
        section="pooling",
        line=f"{FOUR} | conv2d [1 2; 3 4] stride=2",
        title=Text("Pooling against convolution"),
        about=Text(
            "A convolution with stride 2 walks over the same four windows as 2×2 pooling, but multiplies them by "
            "four weights that are learned and adds up; pooling takes the maximum and has no weights. With several "
            "channels a kernel mixes them, while pooling leaves each by itself."
        ),
        compare="max_pool2d 2",
        stops=(
            ("1", Text("The same window: a sum of four products, or its largest number.")),
            ("last", Text("Four weights on the left, none on the right.")),
        ),
    ),
    GalleryScene(
        id="pool-drops-edge",
        section="pooling",
        line=f"{FIVE} | max_pool2d 2",
        title=Text("Pooling drops the edge"),
        about=Text(
            "Windows of 2×2 with stride 2 do not fit five columns: the last row and column are never seen. "
            "Beside it ceil mode keeps them: there the last windows may stick out, and the map is 3×3."
        ),
        notes=(
            Text(
                "Your slide may say that MaxPooling2D with padding 'same' keeps the size; it halves it, rounded up, "
                "because the stride is 2."
            ),
            Text("Sizes that are multiples of the pooling size lose nothing."),
        ),
        compare="ceil_mode=true",
        stops=(
            ("1", Text("The fifth column fits no window of 2×2; ceil mode lets the last window stick out.")),
            ("last", Text("2×2 without the edge, 3×3 with it.")),
        ),
    ),
    GalleryScene(
        id="pool-invariance",
        section="pooling",
        line=f"{SHIFTED} | max_pool2d 2",
        title=Text("Pooling forgives small shifts"),
        about=Text(
            "The same picture in three channels, moved by 0, 1 and 2 pixels to the right. While the brightest "
            "pixel stays in its window, maximum pooling does not notice."
        ),
        channels=SHIFTS,
        maps=SHIFTS,
        stops=(
            ("5", Text("The picture where it was: 9 and 5 above, 7 and 3 below.")),
            ("11", Text("Moved by one pixel: the very same answers.")),
            ("last", Text("Moved by two pixels: the 9 has left its window.")),
        ),
    ),
    GalleryScene(
        id="equivariance",
        section="pooling",
        line=f"{SHIFTED} | conv2d [1 2; 3 4]",
        title=Text("Where the answer has to move along"),
        about=Text(
            "The same three inputs, moved by 0, 1 and 2 pixels, go through a convolution with stride 1: its map "
            "moves along by just as many cells. Segmentation needs this, for it says of each pixel what it belongs "
            "to; a pooling that forgets the place would harm it."
        ),
        channels=SHIFTS,
        maps=SHIFTS,
        stops=(
            ("14", Text("The map of the picture where it was.")),
            ("29", Text("Moved by one pixel: the map has moved by one cell.")),
            ("last", Text("Moved by two: the map as well.")),
        ),
    ),
    GalleryScene(
        id="global-avg-pool",
        section="pooling",
        line=f"{THREE_CHANNELS} | global_avg_pool2d",
        title=Text("One number for each map"),
        about=Text(
            "A whole map becomes one number, its mean. Networks use this in place of flattening: as many numbers as "
            "maps, whatever the size of the picture."
        ),
        stops=(
            ("1", Text("The mean of the second map is 1.")),
            ("last", Text("Three maps, three numbers.")),
        ),
    ),
    GalleryScene(
        id="depthwise-pool",
        section="pooling",
        line=f"{LINE} | conv2d {LINES} | channel_max_pool",
        title=Text("Pooling across channels"),
        about=Text(
            "Four kernels look for lines at four angles, and the maximum is taken across their maps, cell by cell. "
            "The answer says that there is a line, not which way it runs."
        ),
        channels=(Text("0 degrees"), Text("90 degrees"), Text("135 degrees"), Text("45 degrees")),
        layer=1,
        step=4,
        stops=(
            ("4", Text("6: the fourth kernel has found the line.")),
            ("last", Text("The line is in the answer, its angle is not.")),
        ),
    ),
)
