"""Networks: trained here, walked layer by layer."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.texts import Text

FIRST, THIRD = 2, 6  # where C1 and C3 of LeNet-5 stand in its chain
STROKE = 8 * 28 + 12  # a cell whose window lies on the stroke
THIRD_KERNEL = 2 * 28 * 28  # the first step of its map

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="kernels-as-pictures",
        section="networks",
        line="digit-7 | @lenet-5",
        layer=FIRST,
        step=THIRD_KERNEL + STROKE,
        title=Text("Kernels as pictures"),
        about=Text(
            "The first layer of LeNet-5 has six kernels of 5×5 weights, drawn here as small pictures: red adds, blue "
            "takes away. Before training they are noise; afterwards the third answers to a vertical edge, the fourth "
            "to a horizontal one, and the first still resembles its random beginning."
        ),
        views="numbers+learning",
    ),
    GalleryScene(
        id="hierarchy",
        section="networks",
        line="digit-3 | @lenet-5",
        layer=THIRD,
        title=Text("From edges to strokes to digits"),
        about=Text(
            "For each map, the nine windows of test digits that it answers to most: corners and edges of 5×5 cells "
            "in C1, parts of digits of 14×14 in C3, whole digits in C5. No one drew these: they were found in 10,000 "
            "digits after training."
        ),
        views="exciting",
    ),
    GalleryScene(
        id="watch-it-learn",
        section="networks",
        line="digit-7 | @lenet-5",
        layer=FIRST,
        step=STROKE,
        title=Text("Watch it learn"),
        about=Text(
            "Six kernels of LeNet-5, epoch by epoch: random at first, after one round through 60,000 digits most of "
            "the way, then ever smaller steps. Loss and misread digits fall on scales of powers of ten."
        ),
        views="learning",
    ),
)
