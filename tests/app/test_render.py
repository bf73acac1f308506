"""Figures as files: the numbers of the core, in both painters, in both languages; bad wishes get a sentence."""

import re
import struct
from collections.abc import Callable
from io import BytesIO

import httpx
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFont

import core
from app.models.errors import Problem
from app.render import pdf, raster, svg
from app.render.captions import width_of
from app.render.choosing import chosen, listed, strongest
from app.render.digits import figure_in
from app.render.raster import font
from app.render.shapes import Words
from app.render.sheet import Sheet, page, strip
from app.render.truetype import FONTS, KOREAN, TrueType, font_of, truetype
from core.errors import SceneError
from core.rules.figures import figure
from tests.app.drawings import KINDS, MESSAGES, TINY, figure_of, texts_of


@pytest.mark.parametrize("line", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("painter", [svg.still, raster.still, pdf.still], ids=["svg", "png", "pdf"])
def test_every_kind_of_step_is_drawn_the_same_each_time(line: str, painter: Callable[[Sheet, int], bytes]) -> None:
    layers = len(core.parse(line).layers)
    for layer in range(layers):
        steps = len(figure_of(line, layer=layer).trace)
        for step in {0, steps // 2, steps - 1}:
            first, second = (painter(page(figure_of(line, layer=layer, theme="dark"), step), 640) for _ in range(2))
            assert first == second


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_numbers_of_a_step_are_those_of_the_core(lang: str) -> None:
    trace = core.trace(TINY)
    for index in (0, 4, 8):
        step, texts = trace[index], texts_of(svg.still(page(figure_of(TINY, lang), index), 700))
        shown = [figure(value) for values in (step["window"], step["products"]) for row in values[0] for value in row]
        for number in shown:
            assert texts.count(number) >= shown.count(number)
        assert f"Σ = {step['output']}" in texts
        made = [str(value) for value in trace.feature_map().reshape(-1)[: index + 1].tolist()]
        assert all(number in texts for number in made)


def test_the_words_are_those_of_the_language() -> None:
    told = {lang: texts_of(svg.still(page(figure_of(TINY, lang, caption="<&>"), 3), 700)) for lang in ("en", "ko")}
    assert {"step 4 of 9", "Feature map", "window", "row 2, column 1", "<&>"} <= set(told["en"])
    assert {"9스텝 중 4번째", "특성 맵", "윈도우", "2행 1열", "<&>"} <= set(told["ko"])


def test_every_korean_letter_of_the_catalogue_is_in_the_font() -> None:
    said = {one.said for one in MESSAGES.languages["ko"].sentences}
    letters = sorted({letter for text in said for letter in text if KOREAN.match(letter)})
    assert len(letters) > 300
    korean = font("korean", 20.0)
    missing = bytes(korean.getmask("\ufff0"))
    assert [letter for letter in letters if bytes(korean.getmask(letter)) == missing] == []


def test_fonts_come_with_their_licences() -> None:
    assert {file.name for file in FONTS.glob("*.txt")} == {"OFL.txt", "DEJAVU.txt"}
    assert b"Nanum" not in (FONTS / "korean.ttf").read_bytes()  # a name that its licence keeps for itself


def test_fewer_digits_are_rounded_as_a_browser_rounds() -> None:
    told = [(0.12345, 2, "0.12"), (-6.25, 2, "−6.3"), (42.4, 1, "42"), (0.00625, 1, "0.006")]
    assert [figure_in(value, digits) for value, digits, _ in told] == [text for *_, text in told]


def test_steps_are_chosen_by_number_and_by_name() -> None:
    for (text, *more), shown, every in [
        (("0-3,last", 9, 200), [0, 1, 2, 3, 8], 1),
        (("", 1000, 200), [*range(0, 999, 6), 999], 6),
        (("", 1000, 200, 400), [0, 400, 800, 999], 400),
        (("corner,strongest", 9, 200), [0, -1], 1),
    ]:
        spans, thinned = chosen(text, *more)  # type: ignore[arg-type]
        assert (listed(spans), thinned) == (shown, every)
    assert sum(map(len, chosen("", 10**9, 200)[0])) <= 200
    trace = core.trace("[1 2; 3 -9] | relu")
    assert strongest(trace) == 2
    for wrong in ("9", "3-1", "x", "0,,1", "-1", "1-", "0-99999999999999999", "0," * 100):
        with pytest.raises(SceneError):
            chosen(wrong, 9, 200)


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_file_is_kept_for_ever_and_known_again(server: str, form: str) -> None:
    words = {"scene": TINY, "steps": "4", "still": "1"}
    answer = httpx.get(f"{server}/render.{form}", params=words, timeout=30)
    assert answer.status_code == 200, answer.text
    assert "immutable" in answer.headers["cache-control"]
    again = httpx.get(f"{server}/render.{form}", params=words, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert answer.content == {"svg": svg.still, "png": raster.still}[form](page(figure_of(TINY), 4), 700)


@pytest.mark.parametrize("width", [320, 3840])
def test_a_picture_is_as_wide_as_asked_on_paper_of_its_theme(server: str, width: int) -> None:
    words = {"scene": TINY, "width": width, "theme": "dark", "still": 1, "lang": "ko"}
    answer = httpx.get(f"{server}/render.png", params=words, timeout=30)
    image = Image.open(BytesIO(answer.content)).convert("RGB")
    assert image.width == width
    assert image.getpixel((1, 1)) == (0x14, 0x17, 0x1C)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"steps": "99"}, "steps"), ({"steps": "nope"}, "steps"), ({"width": "319"}, "width"),
        ({"width": "1e9"}, "width"), ({"theme": "pink"}, "theme"), ({"layer": "7"}, "layer"),
        ({"scene": "cat | nope"}, "operation"), ({"caption": "x" * 999}, "caption"),
        ({"caption": "שלום"}, "caption"), ({"caption": "a cat 😀"}, "caption"), ({"still": "perhaps"}, "still"),
        ({"depth": "1"}, "request"), ({"scene": "image:" + "0" * 32 + " | sobel"}, "input"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_gets_a_sentence(server: str, words: dict[str, str], field: str) -> None:
    answer = httpx.get(f"{server}/render.png", params={"scene": TINY, **words})
    assert 400 <= answer.status_code < 500
    assert re.fullmatch(field, Problem.model_validate_json(answer.content).field), answer.text


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_strip_shows_its_steps_side_by_side_and_its_caption_once(server: str, lang: str) -> None:
    words = {"scene": TINY, "strip": "1", "steps": "0-2,last,strongest", "lang": lang, "caption": "five of nine"}
    answer = httpx.get(f"{server}/render.svg", params=words, timeout=30)
    texts, trace = texts_of(answer.content), core.trace(TINY)
    shown = [0, 1, 2, 8, strongest(trace)]
    counted = "step {} of 9" if lang == "en" else "9스텝 중 {}번째"
    assert [text for text in texts if text in {counted.format(step) for step in range(1, 10)}] == [
        counted.format(step + 1) for step in shown
    ]
    assert [text for text in texts if text.startswith("Σ = ")] == [f"Σ = {trace[step]['output']}" for step in shown]
    assert texts.count("five of nine") == 1
    picture = httpx.get(f"{server}/render.png", params=words | {"width": "1400"}, timeout=30)
    image = Image.open(BytesIO(picture.content))
    assert (image.width, getattr(image, "n_frames", 1)) == (1400, 1)


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (700, 2), (1400, 3)])
def test_a_narrow_strip_has_fewer_panels_in_a_row(server: str, width: int, columns: int) -> None:
    words = {"scene": TINY, "strip": "1", "steps": "0-2,last,strongest", "width": str(width)}
    image = Image.open(BytesIO(httpx.get(f"{server}/render.png", params=words, timeout=30).content))
    rows = -(-5 // columns)
    drawn = (columns * 700 + (columns - 1) * 24, rows * 440 + (rows - 1) * 24)
    assert image.size == (width, round(width * drawn[1] / drawn[0]))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_letters_of_a_pdf_are_those_of_the_drawing_and_can_be_copied(server: str, lang: str) -> None:
    words = {"scene": TINY, "steps": "4", "lang": lang, "caption": "소벨 필터 <&>"}
    file = httpx.get(f"{server}/render.pdf", params=words, timeout=30)
    assert file.headers["content-type"] == "application/pdf"
    sheet = page(figure_of(TINY, lang, caption=words["caption"]), 4)
    read = pypdfium2.PdfDocument(file.content)[0]
    copied = "".join(read.get_textpage().get_text_bounded().split())
    drawn = ["".join(text.split()) for text in texts_of(svg.still(sheet, 700))]
    assert [text for text in drawn if text not in copied] == []
    assert len(copied) == sum(map(len, drawn))
    seen = np.asarray(read.render(scale=4 / 3).to_pil().convert("RGB"), int)
    meant = np.asarray(Image.open(BytesIO(raster.still(sheet, 700))).convert("RGB"), int)
    assert seen.shape == meant.shape
    assert np.abs(seen - meant).mean() < 6


def test_a_font_in_a_file_has_the_outlines_of_its_letters_alone() -> None:
    whole = truetype("korean")
    given = whole.subset({whole.glyph(letter) for letter in "윈도우"})
    assert len(given) < len((FONTS / "korean.ttf").read_bytes()) / 10
    letters, kept = (ImageFont.truetype(BytesIO(data), 40) for data in (
        (FONTS / "korean.ttf").read_bytes(), with_letters(given, whole),
    ))  # fmt: skip
    assert bytes(kept.getmask("윈도우")) == bytes(letters.getmask("윈도우"))
    assert kept.getlength("윈도우") == letters.getlength("윈도우")
    assert whole.width("윈도우") == pytest.approx(letters.getlength("윈도우") / 40, abs=0.01)
    assert bytes(kept.getmask("곱")) != bytes(letters.getmask("곱"))


def with_letters(font: bytes, whole: TrueType) -> bytes:
    """The font with its table of letters, which a PDF needs not but a reader of fonts does."""
    tables = {font[at : at + 4].decode(): struct.unpack(">II", font[at + 8 : at + 16]) for at in range(12, 108, 16)}
    kept = {name: font[first : first + length] for name, (first, length) in tables.items()}
    return font_of({**kept, **{name: whole.tables[name] for name in ("cmap", "OS/2", "name", "post")}})


def test_scale_is_more_pixels_for_the_same_figure(server: str) -> None:
    words = {"scene": TINY, "steps": "4", "scale": "2"}
    answer = httpx.get(f"{server}/render.png", params=words, timeout=30)
    assert Image.open(BytesIO(answer.content)).size == (1400, 880)
    assert answer.content == httpx.get(f"{server}/render.png", params={**words, "scale": 1, "width": 1400}).content


@pytest.mark.parametrize(
    ("form", "words", "status", "told"),
    [
        ("svg", {"strip": "1", "steps": "0-8", "scene": "cat 24 | sobel-x", "every": "1"}, 200, ""),
        ("svg", {"strip": "1", "steps": "0-99", "scene": "cat 24 | sobel-x"}, 413, "at most 12 steps"),
        ("gif", {"strip": "1"}, 422, "svg, png"),
        ("png", {"view": "im2col"}, 422, "input, arithmetic, output"),
        ("png", {"scale": "4", "width": "1920", "still": "1"}, 413, "scale=2 would fit"),
        ("mp4", {"loop": "1"}, 422, "loop"),
        ("pdf", {"fps": "1"}, 422, "fps"),
        ("bmp", {}, 404, "svg, png, gif, webp, pdf"),
        ("gif", {"scene": "cat | gaussian-5", "every": "1"}, 413, "would fit"),
    ],
)
def test_every_refusal_says_what_would_do(
    server: str, form: str, words: dict[str, str], status: int, told: str
) -> None:
    answer = httpx.get(f"{server}/render.{form}", params={"scene": TINY, **words}, timeout=30)
    assert answer.status_code == status, answer.text
    assert status == 200 or told in answer.json()["detail"], answer.text


def test_a_long_caption_goes_on_in_further_lines_as_large_as_a_short_one() -> None:
    long = "아주 긴 설명입니다. 커널이 이미지를 훑으며 곱을 더합니다. " * 4
    for text in (long, "x" * 200, "a kernel walks over the picture, and its sums are the map; " * 3):
        figure, plain = figure_of(TINY, caption=text), figure_of(TINY)
        sheets = (page(figure, 3), strip(figure, [0, 3], 2))
        for sheet, tall in zip(sheets, (plain.size[1], plain.size[1]), strict=True):
            lines = [shape for shape in sheet.shapes if isinstance(shape, Words) and shape.y > tall]
            assert " ".join(shape.runs[0][0] for shape in reversed(lines)).replace(" ", "") == text.replace(" ", "")
            assert {shape.size for shape in lines} <= {13.0} or len(lines) == 1
            assert all(shape.size * width_of(shape.runs[0][0]) <= sheet.size[0] - 30 for shape in lines)
            assert max(shape.y for shape in lines) == sheet.size[1] - 10
