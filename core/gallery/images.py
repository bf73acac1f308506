"""Images are numbers: digits, colours, letters."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.texts import Text

STROKE = 8 * 28 + 12  # the step in the middle of the first stroke of the digit

HOUSE = (
    "[0 0 0 0 0 0 0 0 0; 0 0 0 0 1 0 1 0 0; 0 0 0 1 0 1 1 0 0; 0 0 1 1 1 1 1 0 0;"
    " 0 0 1 0 0 0 1 0 0; 0 0 1 0 0 0 1 0 0; 0 0 1 1 1 1 1 0 0; 0 0 0 0 0 0 0 0 0]"
)
MOVED = (
    "[0 0 0 0 0 0 0 0 0; 0 0 0 0 0 1 0 1 0; 0 0 0 0 1 0 1 1 0; 0 0 0 1 1 1 1 1 0;"
    " 0 0 0 1 0 0 0 1 0; 0 0 0 1 0 0 0 1 0; 0 0 0 1 1 1 1 1 0; 0 0 0 0 0 0 0 0 0]"
)
SLOPPY_Y = "[0 1 0 0 1; 0 1 0 1 0; 0 0 1 1 0; 0 1 1 0 0; 0 1 0 0 0]"
NEAT_Y = "[1 0 0 0 1; 0 1 0 1 0; 0 0 1 0 0; 0 0 1 0 0; 0 0 1 0 0]"

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="digit-pixels",
        section="images",
        line="digit-7 | conv2d [[1]]",
        title=Text("A digit is 784 numbers"),
        about=Text(
            "A grey picture of 28×28 pixels is a table of numbers from 0, black, to 255, white; the one weight 1 "
            "copies each of them, and the walk begins inside the stroke. Written with its one channel it is a tensor "
            "of shape (1, 28, 28), or (28, 28, 1) where channels come last."
        ),
        step=STROKE,
        notes=(Text("Order: arrays here are (C, H, W), as in PyTorch; Keras and many slides write (H, W, C)."),),
        stops=(
            ("355", Text("Inside the stroke: 255 is white.")),
            ("last", Text("All 784 numbers are copied: the same digit again.")),
        ),
    ),
    GalleryScene(
        id="rgb-channels",
        section="images",
        line="cat 48 rgb | conv2d [[1]]",
        title=Text("A colour picture has three channels"),
        about=Text(
            "Red, green and blue are three channels, each a grey picture of the same size: a tensor of shape (3, H, "
            "W), or (H, W, 3) where channels come last; their number is also called depth. The one weight 1 copies "
            "each channel by itself; laid over each other again they are the photograph."
        ),
        notes=(
            Text(
                "Order: arrays here are (C, H, W), as in PyTorch; Keras and many slides write (H, W, C). The numbers "
                "are the same, only their order in memory differs."
            ),
        ),
        stops=(
            ("1535", Text("The red channel is copied: bright where the photograph holds much red.")),
            ("3071", Text("The green channel.")),
            ("last", Text("The blue channel: three tables of numbers for one photograph.")),
        ),
    ),
    GalleryScene(
        id="flatten-loses-space",
        section="images",
        line=f"{NEAT_Y} | flatten",
        title=Text("Flattening tears neighbours apart"),
        about=Text(
            "Two letters Y of 5×5 pixels, one neat and one sloppy, become lists of 25 numbers. Pixels that stood one "
            "above the other are five places apart there, and the same letter has its ones at other places."
        ),
        compare=f"{SLOPPY_Y} | flatten",
        stops=(
            ("5", Text("Row 2 begins: what stood under the first pixel comes five places later.")),
            ("12", Text("Half way: the middle of the picture is the middle of the list.")),
            ("last", Text("25 numbers in one column; which ones were neighbours is no longer to be seen.")),
        ),
    ),
    GalleryScene(
        id="mlp-shift",
        section="images",
        line=f"{HOUSE} | conv2d [1 -1 0] padding=same",
        title=Text("One pixel to the right, twenty inputs changed"),
        about=Text(
            "The kernel subtracts each pixel from its left neighbour: what is not 0 is an input that changes when the "
            "drawing moves one pixel to the right, 20 in all. To a fully connected network those are new numbers; the "
            "feature map of the moved drawing, beside it, is the same map moved by one column. Below, a handwritten "
            "digit moves, and a multilayer perceptron and LeNet-5 answer."
        ),
        views="numbers+moved",
        compare=f"{MOVED} | conv2d [1 -1 0] padding=same",
        step=13,
        stops=(
            ("13", Text("−1: this input falls from 1 to 0 when the drawing moves.")),
            ("14", Text("1: this input rises from 0 to 1.")),
            ("last", Text("20 cells are not 0: 20 inputs change. The other map is the same one, moved.")),
        ),
    ),
)
