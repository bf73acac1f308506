"""Figures in documents: where they are found, and that a built document can be built again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelwalk.documents import END, DocumentError, Figure, built, picture

LINE = "[1 2; 3 4] | relu"


def show(figure: Figure) -> str:
    return picture(f"{abs(hash(figure.comment))}.svg", figure.line, figure.in_html)


def figures(text: str) -> list[Figure]:
    found: list[Figure] = []
    built(text, lambda figure: found.append(figure) or "")
    return found


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (f"```kernelwalk\n{LINE}\n```", {}),
        (f"```{{kernelwalk}} format=gif\n{LINE}\n```\n", {"format": "gif"}),
        (f"~~~~ kernelwalk width=640\n\n{LINE}\n~~~~~", {"width": "640"}),
        (f"- a\n\n  ```kernelwalk\n  :format: gif\n  :caption: two words\n  {LINE}\n  ```\n",
         {"format": "gif", "caption": "two words"}),
        (f"```{{kernelwalk}}\n#| format: png\n{LINE}\n```", {"format": "png"}),
        (f"<!-- kernelwalk: {LINE} -->", {}),
        (f'a <!--kernelwalk fps=3 caption="a: b": {LINE}--> b', {"fps": "3", "caption": "a: b"}),
        (f"> <!-- kernelwalk: {LINE} -->\r\n> more", {}),
        (f"<p><!-- kernelwalk: {LINE} --></p>", {}),
        (f"\ufeff```kernelwalk\n{LINE}\n```\n", {}),
        (f"```{{kernelwalk}} {LINE}\n:format: png\n```\n", {"format": "png"}),
        (f":::{{kernelwalk}} {LINE}\n:format: png\n:::\n", {"format": "png"}),
        (f"::::{{note}}\n:::{{kernelwalk}}\n{LINE}\n:::\n::::\n", {}),
        (f"```{{.kernelwalk format=png}}\n{LINE}\n```\n", {"format": "png"}),
        (f"```{{kernelwalk format=png}}\n{LINE}\n```\n", {"format": "png"}),
        (f"```{{kernelwalk}}\n:caption: a \"b\"\n{LINE}\n```\n", {"caption": 'a "b"'}),
        (f"<!-- kernelwalk caption='a \"b\"': {LINE} -->", {"caption": 'a "b"'}),
        (f"| a | b |\n|---|---|\n| <!-- kernelwalk: {LINE.replace('|', chr(92) + '|')} --> | c |\n", {}),
        (f"- a\n\n    - b\n\n        ```kernelwalk\n        {LINE}\n        ```\n", {}),
        (f"!!! note\n\n    <!-- kernelwalk: {LINE} -->\n", {}),
        (f"<div>\n  text\n\n      <!-- kernelwalk: {LINE} -->\n</div>\n", {}),
        (f"A ` stands alone. <!-- kernelwalk: {LINE} -->", {}),
        (f"<!--\nkernelwalk format=html\n: {LINE}\n-->\n", {"format": "html"}),
        (f"  <!-- kernelwalk\r\n    format=png:\r\n    {LINE} -->\r\n", {"format": "png"}),
        (f"<!-- kernelwalk:   {LINE}   -->", {}),
    ],
)  # fmt: skip
def test_a_figure_is_found_wherever_it_stands(text: str, options: dict[str, str]) -> None:
    (found,) = figures(text)
    assert (found.line, dict(found.options)) == (LINE, options)


@pytest.mark.parametrize(
    "text",
    [
        f"````markdown\n```kernelwalk\n{LINE}\n```\n````\n",
        f"```\n<!-- kernelwalk: {LINE} -->\n```",
        f"Write `<!-- kernelwalk: {LINE} -->` into it.",
        "```kernelwalker\nx\n```",
        f"Write ``<!-- kernelwalk: {LINE} -->``, or ``a ` <!-- kernelwalk: {LINE} -->``.",
        f"It is code:\n\n    <!-- kernelwalk: {LINE} -->\n\n    ```kernelwalk\n    {LINE}\n    ```\n",
        f"- a\n\nText\n\n\t<!-- kernelwalk: {LINE} -->\n",
        "<!-- other: comment -->",
        f"    text\n```python\n{LINE}\n",
    ],
)
def test_what_is_quoted_stays_as_it_is(text: str) -> None:
    assert figures(text) == []
    assert built(text, show) == text


@pytest.mark.parametrize(
    ("text", "number", "said"),
    [
        (f"one\n```kernelwalk\n{LINE}\n", 2, "the block is not closed"),
        ("```kernelwalk\n\n```", 1, "a block holds one scene line, this one has {count}"),
        (f"\n\n```kernelwalk\n{LINE}\n{LINE}\n```", 3, "a block holds one scene line, this one has {count}"),
        ("<!-- kernelwalk cat 64 -->", 1, "a figure is written as {example}"),
        (f"```kernelwalk gif\n{LINE}\n```", 1, "{text} is not written as options are"),
        (f'```kernelwalk caption="a\n{LINE}\n```', 1, "{text} is not written as options are"),
        ("```kernelwalk\ncat --> dog\n```", 1, "a figure holds no {text}"),
        (f'```{{kernelwalk}}\n:caption: it\'s "b"\n{LINE}\n```', 1, "a figure holds no {text}"),
        (f"<!-- Kernelwalk: {LINE} -->", 1, "a figure is written as {example}"),
        (f"a\x0cb\u2028c\x0bd\n<!-- kernelwalk {LINE} -->", 2, "a figure is written as {example}"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, number: int, said: str) -> None:
    with pytest.raises(DocumentError) as told:
        built(text, show)
    assert told.value.number == number
    assert told.value.rule.startswith(said)


def test_what_stands_in_a_row_ends_no_cell() -> None:
    row = built(f"| a | <!-- kernelwalk: {LINE} --> |\n", show)
    assert len([cell for cell in row.replace(r"\|", "").strip().split("|") if cell.strip()]) == 2
    assert built(row, show) == row


def test_what_was_put_there_is_replaced_even_by_other_hands() -> None:
    once = built(f"```kernelwalk\n{LINE}\n```\nText\n", show)
    apart = once.replace("\n![", "\n\n![").replace(f"\n{END}", f"\n\n{END}")
    assert built(apart, show) == once
    other = built(once, lambda figure: "other")
    assert other.splitlines()[1:] == ["other", END, "Text"]
    assert built(other, show) == once


WORDS = st.text('ab `~>-:!|[]<\n"\\#1', max_size=12)
OPTIONS = st.dictionaries(st.sampled_from(["format", "fps", "caption"]), st.sampled_from(["gif", "3", "two words"]))
LINES = st.sampled_from([LINE, "cat 64 | sobel", "[-1 0] | conv1d [1: 2]", "@first-steps"])


@st.composite
def blocks(draw: st.DrawFn) -> str:
    told = "".join(f' {name}="{value}"' for name, value in draw(OPTIONS).items())
    prefix, line = draw(st.sampled_from(["", "  ", "> "])), draw(LINES)
    fence = draw(st.sampled_from(["```", "~~~~", "````markdown\n```"]))
    comment = f"<!-- kernelwalk{told}: {line} -->"
    ours = f"{prefix}```kernelwalk{told}\n{prefix}{line}\n{prefix}```\n"
    directive = f"{prefix}:::{{kernelwalk}} {line}\n{prefix}:::\n"
    row = f"| a | {comment} | b |\n".replace(" | sobel", r" \| sobel")
    deep = f"{prefix}text\n\n    {comment}\n"
    kinds = [ours, directive, row, deep, f"{prefix}{comment}\n", f"{prefix}a {comment} b\n", f"{fence}\n"]
    return draw(st.sampled_from(kinds))


@given(st.lists(st.one_of(WORDS, blocks()), max_size=8).map("".join), st.booleans())
def test_a_document_that_was_built_stays_as_it_is(text: str, windows: bool) -> None:
    text = text.replace("\n", "\r\n") if windows else text
    try:
        once = built(text, show)
    except DocumentError:
        return
    assert built(once, show) == once
    assert [figure.comment for figure in figures(once)] == [figure.comment for figure in figures(text)]


def test_a_comment_over_several_lines_is_built_again_and_others_stay() -> None:
    first = built(f"<!--\nkernelwalk format=png\n: {LINE}\n-->\nafter\n", show)
    assert first.startswith(f"<!-- kernelwalk format=png: {LINE} -->\n![")
    assert first.endswith(f"{END}\nafter\n")
    assert built(first, show) == first
    for other in ("<!--\nkernelwalk is a word: here\n-->\n", "<!--\nnotes\n-->\n", "<!--\nkernelwalk: never closed\n"):
        assert built(other, show) == other
