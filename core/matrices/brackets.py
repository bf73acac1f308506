"""The tree of a text's brackets: lists of lists, down to the text inside the innermost ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.errors import SceneError
from core.matrices.nested import DEEPEST, MIXED
from core.matrices.numbers import MOST_WEIGHTS, empty_cell

OPENING, CLOSING = "[({", "])}"
BRACKET = re.compile(r"[\[\](){}]")
SHORT_LINE = 40  # a line that a program breaks because it is full is longer
BESIDE = "stands before or after the matrix: give the matrix alone"
MISMATCHED = "its brackets do not match"
CHANNELS = "matrices side by side may be channels or one wide matrix: write channels as nested lists, [[[1,2]],[[3,4]]]"
BROKEN = "a line ends inside a row: write the row on one line, or close its bracket"


@dataclass(slots=True)
class Node:
    """A list in brackets: of lists, or the text between the brackets of an innermost one."""

    opening: str
    depth: int
    is_root: bool = False
    children: list[Node] = field(default_factory=list)
    text: str = ""

    @property
    def is_leaf(self) -> bool:
        return not self.children


def tree(name: str, text: str) -> Node:
    """The outermost list of a text that begins with a bracket; several lists side by side are its rows.

    >>> [leaf.text for leaf in tree("kernel", "[[1 2], [3 4]]").children]
    ['1 2', '3 4']
    """
    text = text.strip()
    groups = Node("[", 0)
    open_nodes = [groups]
    end, count = 0, 0
    for found in BRACKET.finditer(text):
        between, node = text[end : found.start()], open_nodes[-1]
        end = found.end()
        if found[0] in OPENING:
            count += 1
            open_nodes.append(opened(name, text, found[0], between, open_nodes))
            if count > 2 * MOST_WEIGHTS:
                raise SceneError(name, text, "holds more than {most} numbers", most=MOST_WEIGHTS)
        else:
            close(name, text, found[0], between, node)
            open_nodes.pop()
    if len(open_nodes) != 1:
        raise SceneError(name, text, MISMATCHED)
    if text[end:].strip():
        raise SceneError(name, text[end:].strip(), "has something after its closing bracket")
    if len(groups.children) > 1:
        return deeper(name, text, groups)
    groups.children[0].is_root = True
    return groups.children[0]


def opened(name: str, text: str, opening: str, between: str, open_nodes: list[Node]) -> Node:
    parent = open_nodes[-1]
    if len(open_nodes) > DEEPEST + 1:
        raise SceneError(name, text, "has more than four dimensions")
    check_between(name, text, between, len(parent.children), len(open_nodes) == 1)
    node = Node(opening, parent.depth + 1)
    parent.children.append(node)
    return node


def check_between(name: str, text: str, between: str, before: int, outermost: bool) -> None:
    """Between two lists stands one comma, one semicolon or nothing; before the first, nothing."""
    separator = "".join(between.split())
    if not separator or (separator in (",", ";") and before):
        return
    if set(separator) <= {",", ";"}:
        raise empty_cell(name, text, (before, 0))
    if outermost:
        raise SceneError(name, separator, BESIDE)
    raise SceneError(name, separator.strip(",;"), MIXED)


def close(name: str, text: str, closing: str, between: str, node: Node) -> None:
    if node.depth == 0 or closing != CLOSING[OPENING.index(node.opening)]:
        raise SceneError(name, text, MISMATCHED)
    if node.is_leaf:
        node.text = between
        if not between.strip():
            raise SceneError(name, text, "must not be empty")
        if node.depth > 1:
            check_row(name, text, between)
        return
    if "".join(between.split()) not in ("", ",", ";"):
        check_between(name, text, between, len(node.children), False)
    check_side_by_side(name, text, node)


def check_side_by_side(name: str, text: str, node: Node) -> None:
    """Rows parted by semicolons make a matrix; several of them in one bracket have no one meaning."""
    if len(node.children) > 1 and any(";" in child.text for child in node.children):
        raise SceneError(name, text, CHANNELS)


def check_row(name: str, text: str, row: str) -> None:
    """A row in brackets of its own ends where they close, whatever lines it is written on."""
    lines = row.strip().split("\n")
    if len(lines) > 1 and any(len(line) < SHORT_LINE and not line.rstrip().endswith(",") for line in lines[:-1]):
        raise SceneError(name, text, BROKEN)


def deeper(name: str, text: str, groups: Node) -> Node:
    """Lists side by side without a bracket around them."""
    check_side_by_side(name, text, groups)
    for group in groups.children:
        check_row(name, text, group.text)
    if depth_of(groups) > DEEPEST:
        raise SceneError(name, text, "has more than four dimensions")
    return groups


def depth_of(node: Node) -> int:
    depth = 0
    while node.children:
        depth, node = depth + 1, node.children[0]
    return depth + 1


def leaves(node: Node) -> list[str]:
    """The texts of the innermost lists, in order."""
    if node.is_leaf:
        return [node.text]
    return [text for child in node.children for text in leaves(child)]
