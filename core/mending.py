"""What a network is given and cannot read: refused where it begins, with the scene that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core import literals
from core.errors import SceneError
from core.networks.chains import Network
from core.source import Source
from core.texts import Text
from core.vocabulary import Shape

DRAWN = 20  # cells: the box of a digit among the data; smaller maps are enlarged, others get the border that is missing
COLOURS = (3, 4)

REFUSED = Text("{name}, which begins at layer {place}, reads {takes} and its {field} is {given}")
MENDED = Text("{name}, which begins at layer {place}, reads {takes} and its {field} is {given}: {wanted} fits")


def wrong_input(
    network: Network, source: Source, before: Sequence[str], after: Sequence[str], given: Shape
) -> SceneError:
    """The refusal of what reaches a network behind the operations `before`, which `after` follow; `fix` is the line
    that the network can read.

    >>> from core.networks.chains import network_named
    >>> wrong_input(network_named("mlp"), Source("cat", size=64), [], [], (1, 64, 64)).fix
    'cat 28 | @mlp'
    """
    facts = {"name": f"@{network.name}", "place": len(before) + 1, "takes": sides(network.input_shape),
             "given": sides(given)}  # fmt: skip
    picture = not before and source.name is not None and not source.is_array
    found = mended(source if picture else None, given, network.input_shape)
    if found is None:
        return SceneError("input", given, REFUSED, **facts)
    shown, added = found[0] or source, [*found[1], f"@{network.name}"]
    wanted = [shown.line, *added] if picture else added
    refusal = SceneError("input", given, MENDED, **facts, wanted=" | ".join(wanted))
    refusal.fix = " | ".join([shown.line, *before, *added, *after])
    return refusal


def sides(shape: Shape) -> str:
    return " × ".join(map(str, shape))


def mended(source: Source | None, given: Shape, takes: Shape) -> tuple[Source | None, list[str]] | None:
    """The picture, if it is one, and the operations before the network that fit it; None where nothing would.

    A square picture is asked for in the network's size. All else goes through operations, which know its shape.
    """
    (depth, *plane), side = given, takes[1]
    added: list[str] = []
    if source is not None:
        source = replace(source, mode=None)
        if plane == [side, side]:
            return source, []
        if plane[0] == plane[1] >= side:
            return replace(source, size=side), []
    elif depth != 1:
        if depth not in COLOURS:
            return None
        added = ["channel_avg_pool"]
    return None if min(plane) < 2 else (source, [*added, *framed(plane, side)])


def framed(plane: Sequence[int], side: int) -> list[str]:
    """Operations that bring a plane into a square: shrunk or enlarged in proportion, then with a border of zeros."""
    longest, added = max(plane), []
    if not DRAWN <= longest <= side:
        plane = [max(1, (2 * length * side + longest) // (2 * longest)) for length in plane]
        added = [f"adaptive_avg_pool2d {spelled(tuple(plane))}"]
    if list(plane) == [side, side]:
        return added
    missing = [((side - length) // 2, (side - length + 1) // 2) for length in plane]
    return [*added, f"pad {spelled(tuple(missing))}"]


def spelled(pair: tuple[object, ...]) -> str:
    """Two equal numbers, or pairs of such, as one.

    >>> spelled((28, 28)), spelled(((1, 1), (1, 1))), spelled((21, 28))
    ('28', '1', '(21,28)')
    """
    first, second = pair
    if isinstance(first, tuple) and first[0] == first[1] and first == second:
        return str(first[0])
    return literals.spell(pair, "pair")
