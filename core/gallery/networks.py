"""Networks: trained here, walked layer by layer."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.texts import Text

FIRST, THIRD = 2, 6  # where C1 and C3 of LeNet-5 stand in its chain
STROKE = 8 * 28 + 12  # a cell whose window lies on the stroke
THIRD_KERNEL = 2 * 28 * 28  # the first step of its map
ANATOMY, MODERN_THIRD, CLOTHES = 1, 5, 1  # the layers that the other figures open on

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="cnn-anatomy",
        section="networks",
        line="digit-7 | @lecture-cnn",
        layer=ANATOMY,
        title=Text("Anatomy of a CNN"),
        about=Text(
            "Convolution, ReLU and pooling twice, then a list, two dense layers and softmax: 1×28×28 becomes "
            "32×24×24, 32×12×12, 32×8×8, 32×4×4, 512, 128 and 10. Maps shrink layer by layer, and each of their "
            "cells sees more of the digit; at the end stand ten probabilities."
        ),
        views="numbers+network",
        notes=(
            Text("Shapes are channels × rows × columns here; Keras writes 24×24×32."),
            Text("The weights were learnt from 60,000 digits; 9,939 of 10,000 others are answered rightly."),
        ),
        stops=(
            ("575", Text("The first of 32 maps is full: 28 − 5 + 1 = 24 rows and columns.")),
            ("strongest", Text("Here this layer answers most strongly.")),
            ("last", Text("32 kernels, 32 maps of 24×24; the next layers make less of each.")),
        ),
    ),
    GalleryScene(
        id="lenet-5",
        section="networks",
        line="digit-7 | @lenet-5",
        layer=THIRD,
        title=Text("LeNet-5, as published in 1998"),
        about=Text(
            "A digit of 28×28 in a border of zeros, 32×32; C1 makes six maps of 28×28, S2 halves them, C3 makes "
            "sixteen of 10×10, S4 halves them, C5 has 120 cells, F6 84, and the smallest of ten outputs is the answer. "
            "C3, which walks here, links each of its maps with three, four or all six of the maps below: 60 links."
        ),
        views="numbers+network",
        notes=(
            Text(
                "Trainable weights: C1 156, S2 12, C3 1,516, S4 32, C5 48,120, F6 10,164, 60,000 in all. Connections: "
                "C1 122,304, S2 5,880, C3 151,600, S4 2,000, C5 48,120, F6 10,164, output 840, 340,908 in all."
            ),
            Text(
                "S2 and S4 are not the average pooling of today: each map has a coefficient and a bias that are learnt."
            ),
            Text("The output is a distance to ten drawn digits: the smallest wins, not the largest."),
            Text("In the lab, Draw a digit in the form of the input lets you write one of your own."),
            Text(
                "Your slide may count 61,706 weights: that is the network of today, in which C3 sees every map and the "
                "output is a dense layer."
            ),
        ),
        stops=(
            ("99", Text("The first map of C3 looks at the first three maps of S2 alone.")),
            ("699", Text("The seventh map is the first one that looks at four.")),
            ("1500", Text("The sixteenth map looks at all six.")),
            ("last", Text("Sixteen maps of 10×10, each of which saw something else.")),
        ),
    ),
    GalleryScene(
        id="lenet-5-modern",
        section="networks",
        line="digit-7 | @lenet-5-modern",
        layer=MODERN_THIRD,
        title=Text("LeNet-5, as libraries write it today"),
        about=Text(
            "The same sizes with ReLU in the place of tanh, max pooling in that of sub-sampling, and softmax at the "
            "end. C3 sees all six maps: 16 × (6·5·5 + 1) = 2,416 weights instead of 1,516, and 61,706 in all."
        ),
        views="numbers+network",
        notes=(
            Text("The largest of ten probabilities is the answer; 9,940 of 10,000 test digits are answered rightly."),
            Text("Keras has no layer that sees only some maps; that is why books and libraries write C3 like this."),
        ),
        stops=(
            ("99", Text("One map: each cell is a sum of 6·5·5 products and a bias.")),
            ("strongest", Text("Here this layer answers most strongly.")),
            ("last", Text("Sixteen maps of 10×10, as in LeNet-5.")),
        ),
    ),
    GalleryScene(
        id="fashion-cnn",
        section="networks",
        line="digit-7 | @fashion-cnn",
        layer=CLOTHES,
        title=Text("A CNN for clothes, counted as Keras does"),
        about=Text(
            "Five convolutions, three poolings and three dense layers with dropout between them: 1,413,834 weights, "
            "each row of the table as Keras' summary prints it. This network was not trained here: its weights are "
            "random, so that its maps and its answer mean nothing."
        ),
        views="numbers+network",
        notes=(
            Text(
                "Untrained: layers with more than 65,536 weights are described and counted, but not walked; the first "
                "convolution is, with random weights."
            ),
            Text("Keras folds ReLU into the layer before it; here it stands in a row of its own, with no weights."),
            Text("Dropout does nothing when a network predicts, and has no weights."),
            Text("7×7 pooled by 2 is 3×3: the last row and the last column are seen by no window."),
        ),
        stops=(
            ("783", Text("One map of 28×28: padding 'same' keeps the size, and a 7×7 kernel reaches three beyond.")),
            ("last", Text("64 maps from 64 · 7·7 weights and 64 biases: 3,200.")),
        ),
    ),
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
