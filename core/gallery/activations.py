"""Activations: what a map becomes cell by cell."""

from __future__ import annotations

from core.gallery.figure import GalleryScene
from core.texts import Text

AROUND_ZERO = "[-8 -4 -2; -1 0 1; 2 4 8]"
TWO_MAPS = "[[[1,-2,3],[0,5,-1],[2,2,0]],[[0,4,-3],[1,-5,2],[-2,3,0]]]"

ROWS: tuple[GalleryScene, ...] = (
    GalleryScene(
        id="relu-map",
        section="activations",
        line="cat 64 | conv2d sobel-x | relu",
        title=Text("A feature map before and after ReLU"),
        about=Text(
            "The map of a Sobel kernel has sums above and below zero; ReLU keeps the ones above and writes zero "
            "for the rest. Edges that are dark on the left and bright on the right stay, the opposite ones become "
            "zero."
        ),
        compare="layer=1",
        stops=(
            ("61", Text("The first row: what is below 0 comes out as 0.")),
            ("strongest", Text("The strongest edge passes as it is.")),
            ("last", Text("Half of the edges are left.")),
        ),
    ),
    GalleryScene(
        id="activations",
        section="activations",
        line=f"{AROUND_ZERO} | sigmoid",
        title=Text("Sigmoid on its curve"),
        about=Text(
            "Each number of the map goes through the curve by itself: sigmoid, 1 / (1 + exp(−x)), squeezes all of "
            "them between 0 and 1. Far from zero the curve is flat: −8 and −4 come out nearly the same."
        ),
        stops=(
            ("1", Text("−4 becomes 0.018: the flat end of the curve.")),
            ("4", Text("0 becomes 0.5: the steepest place.")),
            ("last", Text("8 comes out as nearly 1.")),
        ),
    ),
    GalleryScene(
        id="tanh",
        section="activations",
        line=f"{AROUND_ZERO} | tanh",
        title=Text("Hyperbolic tangent on its curve"),
        about=Text(
            "The hyperbolic tangent squeezes every number between −1 and 1, and 0 stays 0. It is a sigmoid stretched "
            "to twice its height and half its width: tanh x = 2 sigmoid(2x) − 1."
        ),
        stops=(
            ("1", Text("−4 becomes −0.999: the flat end of the curve.")),
            ("4", Text("0 stays 0: the steepest place.")),
            ("last", Text("8 comes out as nearly 1.")),
        ),
    ),
    GalleryScene(
        id="leaky-relu",
        section="activations",
        line=f"{AROUND_ZERO} | leaky_relu 0.1",
        title=Text("Leaky ReLU on its curve"),
        about=Text(
            "Numbers above zero pass as they are; those below are multiplied by 0.1 where ReLU would write 0. So a "
            "little of every negative number is left: −4 becomes −0.4."
        ),
        notes=(
            Text("The slope below zero is a setting: 0.1 here, as on many slides, 0.01 where PyTorch is told nothing."),
        ),
        stops=(
            ("1", Text("−4 becomes −0.4.")),
            ("4", Text("0 stays 0: here the curve has its corner.")),
            ("last", Text("8 stays 8.")),
        ),
    ),
    GalleryScene(
        id="elu",
        section="activations",
        line=f"{AROUND_ZERO} | elu",
        title=Text("ELU on its curve"),
        about=Text(
            "Above zero ELU is the identity; below it bends, exp(x) − 1, and never falls under −1. The curve has no "
            "corner at 0."
        ),
        stops=(
            ("1", Text("−4 becomes −0.982: it cannot fall under −1.")),
            ("4", Text("0 stays 0, without a corner.")),
            ("last", Text("8 stays 8.")),
        ),
    ),
    GalleryScene(
        id="maxout",
        section="activations",
        line=f"{TWO_MAPS} | maxout 2",
        title=Text("Maxout: the larger of two maps"),
        about=Text(
            "Maxout has no curve of its own: in each place it takes the larger number of two maps. Two maps go in "
            "and one comes out, so the layer before has to make twice as many."
        ),
        stops=(
            ("1", Text("−2 or 4: the second map wins.")),
            ("2", Text("3 or −3: the first one wins.")),
            ("last", Text("Two maps in, one map out.")),
        ),
    ),
)
