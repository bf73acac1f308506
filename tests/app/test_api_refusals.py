"""Every way to knock wrongly: each gets a 4xx with a sentence, and the server goes on serving."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.errors import Problem
from tests.app.serving import serving
from tests.app.test_api import get, picture
from tests.running import Server


def refused(answer: httpx.Response, status: int | None = None) -> str:
    assert 400 <= answer.status_code < 500
    assert status in (None, answer.status_code)
    told = answer.json()
    assert [word for word in told if word != "fix"] == ["detail", "field", "value", "rule"]
    Problem.model_validate(told)
    assert told["field"]
    assert told["rule"] in told["detail"]
    assert len(str(told["value"])) <= 80
    detail = told["detail"]
    assert isinstance(detail, str)
    assert 10 < len(detail) < 1500
    assert "Traceback" not in detail
    return str(detail)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"scene": "cat | sobell"}, "operation is 'sobell': did you mean sobel?"),
        ({"scene": "dog | sobel"}, "input is 'dog':"),
        ({"scene": "impulse | conv2d sobel-x stride=0"}, "stride is 0: must be at least 1"),
        ({"scene": "impulse | conv2d sobel-x padding=-1"}, "padding is -1: must be at least 0"),
        ({"scene": "[1 2; 3 4] | sobel"}, "kernel_size is 3:"),
        ({"scene": "cat | conv2d [nan 1]"}, "weight is 'nan':"),
        ({"scene": ""}, "scene is '': must be given"),
        ({}, "scene is '': must be given"),
        ({"scene": "cat|sobel", "layer": "one"}, "layer is 'one': must be a whole number"),
        ({"scene": "cat|sobel", "layer": "7"}, "layer is 7: the scene has 1 layer, counted from 0"),
        ({"scene": "cat|sobel", "start": "-1"}, "start is -1: must be at least 0"),
        ({"scene": "impulse|sobel", "start": "170"}, "start is 170: must lie between 0 and 169"),
        ({"scene": "cat|sobel", "start": "5", "stop": "4"}, "stop is 4: must not lie before start, 5"),
        ({"scene": "cat|sobel", "every": "0"}, "every is 0: must be at least 1"),
        ({"scene": "cat|sobel", "every": "999999999999999"}, "every is 999999999999999: must be at most 2147483647"),
        ({"scene": "cat|sobel", "detail": "rows", "every": "2"}, "every is 2: must be 1 when detail is rows"),
        ({"scene": "cat|sobel", "detail": "ful"}, "detail is 'ful': did you mean full?"),
        ({"scene": "cat|sobel", "steps": "4"}, "request is 'steps': did you mean stop?"),
    ],
)
def test_a_wrong_word_is_refused_by_name(server: str, words: dict[str, str], sentence: str) -> None:
    assert refused(get(server, "steps", **words), 422).startswith(sentence)


@pytest.mark.parametrize("text", [" 1", "1 ", "+1", "1_0", "1.0", "1e1", "٣", "0x1", "NaN", "inf", "-", "--1"])
@pytest.mark.parametrize("word", ["layer", "start", "stop", "every"])
def test_only_a_plain_whole_number_is_one(server: str, word: str, text: str) -> None:
    answer = get(server, "steps", scene="cat|sobel", **{word: text})
    assert refused(answer, 422) == f"{word} is {text!r}: must be a whole number"
    assert answer.json() | {"field": word, "value": text, "rule": "must be a whole number"} == answer.json()


@pytest.mark.parametrize("given", ["1.5", "true", "[1]", "{}", "1e3", '" 1"'])
def test_only_a_whole_number_is_one_in_json(server: str, given: str) -> None:
    body = f'{{"scene": "cat|sobel", "layer": {given}}}'
    assert "must be a whole number" in refused(httpx.post(f"{server}/api/steps", content=body), 422)


@pytest.mark.parametrize("text", ["9" * 16, "-" + "9" * 25])
def test_a_whole_number_that_is_too_long_is_refused_for_its_length(server: str, text: str) -> None:
    body = f'{{"scene": "cat|sobel", "layer": {text}}}'
    asked, posted = get(server, "steps", scene="cat|sobel", layer=text), httpx.post(f"{server}/api/steps", content=body)
    assert all("is longer than any number needed here" in refused(answer, 422) for answer in (asked, posted))


@pytest.mark.parametrize(
    ("call", "word", "given", "rule"),
    [
        ("/render.html", "speed", "nope", "must be a number"),
        ("/render.html", "speed", "0", "must be more than 0"),
        ("/render.svg", "caption", "x" * 3000, "is longer than 200 characters"),
        ("/render.html", "view", "1.5", "must match ^([a-z]"),
    ],
)
def test_every_refusal_of_a_word_says_its_rule(server: str, call: str, word: str, given: str, rule: str) -> None:
    answer = httpx.get(f"{server}{call}", params={"scene": "[1 2] | relu", word: given}, headers={"accept": "*/*"})
    assert rule in refused(answer, 422)
    told = httpx.get(f"{server}{call}", params={"scene": "[1 2] | relu", word: given, "lang": "ko"}).json()
    assert told["rule"] != answer.json()["rule"]


@pytest.mark.parametrize("path", ["steps?scene=cat|sobel&scene=cat|sobel", "steps?lang=ko&scene=cat|sobel&lang=ko"])
def test_a_word_said_twice_is_refused(server: str, path: str) -> None:
    assert refused(httpx.get(f"{server}/api/{path}", headers={"accept-language": "en"}), 422)


@pytest.mark.parametrize("path", ["steps", "scene", "opening", "additions"])
@pytest.mark.parametrize(
    "body",
    [
        '{"scene": "cat|sobel", "scene": "cat|relu"}',
        '{"scene": "cat|sobel", "\\u0073cene": "cat|relu"}',
        '{"scene": {"input": {"source": "cat", "source": "impulse"}, "layers": [{"operation": "relu"}]}}',
        '{"scene": {"input": {"source": "cat"}, "layers": [{"operation": "relu", "operation": "sobel"}]}}',
    ],
)
def test_a_member_said_twice_is_refused(server: str, path: str, body: str) -> None:
    answer = httpx.post(f"{server}/api/{path}", content=body)
    assert refused(answer, 422).endswith("is given twice")
    assert answer.json()["field"] in ("scene", "source", "operation")


def test_a_whole_number_of_a_json_scene_is_quoted_with_every_digit(server: str) -> None:
    scene = '{"input": {"source": [[1, 2]]}, "layers": [{"operation": "conv2d", "weight": [[123456789012345678901]]}]}'
    answer = httpx.post(f"{server}/api/scene", content=scene)
    assert refused(answer, 422).startswith("weight is 123456789012345678901: ")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "image/png", ""])
def test_json_is_read_whatever_type_it_says_it_has(server: str, kind: str) -> None:
    answer = httpx.post(f"{server}/api/scene", content=b'{"scene": "cat 64 | sobel"}', headers={"content-type": kind})
    assert answer.json()["line"] == "cat 64 | sobel"


@pytest.mark.parametrize("body", [b"[]", b"7", b"null", b'"cat | sobel"'])
def test_a_body_that_is_no_object_is_told_what_one_looks_like(server: str, body: bytes) -> None:
    answer = httpx.post(f"{server}/api/steps", content=body)
    assert refused(answer, 400).startswith("the body must be a JSON object, such as {")
    assert answer.json()["field"] == "body"


@pytest.mark.parametrize(
    ("path", "field", "value", "rule"),
    [
        ("/api/steps?scene=impulse|conv2d+sobel-x+stride=0", "stride", 0, "must be at least 1"),
        ("/api/steps?scene=cat|sobell", "operation", "sobell", "did you mean sobel? or sobel-"),
        ("/api/steps?scene=cat|sobel&detail=ful", "detail", "ful", "did you mean full?"),
        ("/api/steps?scene=cat|sobel&start=-1", "start", -1, "must be at least 0"),
        ("/api/scene?scene=camra|sobel", "input", "camra", "did you mean camera? or cat, cross? /api/samples"),
        ("/api/kernels?sceen=1", "request", "sceen", "choose one of lang"),
        ("/api/scene?scene=" + "x" * 300 + "!", "input", "x" * 77 + "...", "must be a sample's name"),
        ("/api/images/" + "0" * 32, "address", "/api/images/" + "0" * 32, "there is nothing at this address"),
        ("/api/scene?scene=image:" + "0" * 32 + "|relu", "input", "image:" + "0" * 32, "there is no picture"),
        ("/api/scene?scene=%FF", "query", None, "the query is not readable"),
    ],
)
def test_a_refusal_names_field_value_and_rule(server: str, path: str, field: str, value: object, rule: str) -> None:
    answer = httpx.get(server + path)
    refused(answer)
    assert (answer.json()["field"], answer.json()["value"]) == (field, value)
    assert answer.json()["rule"].startswith(rule)


def test_a_refused_picture_names_the_picture(server: str) -> None:
    assert httpx.post(f"{server}/api/images", content=b"hello").json()["field"] == "picture"


@pytest.mark.parametrize("lang", ["ko", "ko-KR", "KO", "ko_KR"])
@pytest.mark.parametrize("path", ["/api/steps", "/api/scene", "/nope", "/api/images/nope"])
def test_rules_are_told_in_the_language_of_the_request(server: str, lang: str, path: str) -> None:
    told = httpx.get(server + path, params={"lang": lang, "scene": "cat|relu 3"}).json()
    assert re.search("[가-힣]", told["rule"])
    assert told["rule"] in told["detail"]


def test_a_posted_language_counts(server: str) -> None:
    told = httpx.post(f"{server}/api/steps", json={"scene": "cat|sobell", "lang": "ko"}).json()
    assert re.search("[가-힣]", told["detail"])


@pytest.mark.parametrize(("accepted", "hangul"), [("ko", True), ("de, ko;q=0.5", True), ("de", False)])
@pytest.mark.parametrize("lang", ["fr", "xx-YY", "", "한국어", "k" * 500])
def test_a_language_that_is_not_spoken_falls_back_to_the_browsers(
    server: str, lang: str, accepted: str, hangul: bool
) -> None:
    for path in ("/api/scene", "/api/steps"):
        answer = httpx.get(
            server + path, params={"scene": "cat|sobell", "lang": lang}, headers={"accept-language": accepted}
        )
        assert bool(re.search("[가-힣]", refused(answer, 422))) == hangul


@pytest.mark.parametrize("path", ["steps", "scene", "opening"])
@pytest.mark.parametrize(
    "body",
    [
        b"", b"NaN", b"{", b"[]", b"7", b'{"scene": NaN}', b'{"scene": "cat|sobel", "layer": NaN}',
        b'{"scene": null}', b'{"scene": 5}', b'{"scene": {"input": {"source": "cat"}, "layers": [{"operation": 5}]}}',
        b'{"scene": {"input": {"source": [[1, NaN]]}, "layers": []}}',
        b'{"scene": {"input": {"source": [[1, 1e999]]}}}',
        b"[" * 100_000, b'{"scene": ' + b"[" * 200 + b"]" * 200 + b"}", b'{"scene": "' + b"a" * 10_000_000 + b'"}',
        b'{"scene": "' + b"a" * 1_000_000 + b'"}', b"\xff\xfe", b'{"scene": "cat | sobel", "sceen": 1}',
        b'{"scene": "\\ud800"}', b'{"scene": "cat \\u0000 | sobel"}',
    ],
    ids=range(20),
)  # fmt: skip
def test_no_body_brings_the_server_down(server: str, path: str, body: bytes) -> None:
    refused(httpx.post(f"{server}/api/{path}", content=body, headers={"content-type": "application/json"}))


@pytest.mark.parametrize("path", ["/api/nope", "/nope", "/static/nope"])
def test_an_address_that_is_not_there_is_a_sentence(server: str, path: str) -> None:
    refused(httpx.get(server + path), 404)


def test_a_method_that_is_not_taken_is_a_sentence(server: str) -> None:
    answer = httpx.delete(f"{server}/api/steps")
    assert refused(answer, 405) == "this address does not take DELETE"


def test_layers_that_are_too_large_or_take_too_long_are_refused_before_they_are_begun(tmp_path: Path) -> None:
    with serving(tmp_path, max_cells=100_000, max_seconds=0.01, max_layers=3, max_line_length=200) as port:
        server = f"http://127.0.0.1:{port}"
        assert "at most 100000 cells" in refused(get(server, "steps", scene="brick | relu"), 422)
        assert "at most 100000 cells" in refused(get(server, "scene", scene="letter | pad 500"), 422)
        assert "seconds of computing are more than 0.01" in refused(
            get(server, "feature-map", scene="brick 300 | gaussian-7"), 422
        )
        assert get(server, "steps", scene="brick 300 | gaussian-7", stop=1).status_code == 200
        assert "more than 3 operations" in refused(get(server, "scene", scene="letter" + " | relu" * 4), 422)
        assert "longer than 200 characters" in refused(get(server, "scene", scene="letter" + " | relu" * 60), 422)


def test_the_settings_alone_say_how_many_layers_a_scene_may_have(tmp_path: Path) -> None:
    with serving(tmp_path, max_layers=512) as port:
        server, line = f"http://127.0.0.1:{port}", "[1 -2]" + " | relu" * 512
        told = httpx.get(f"{server}/api/scene", params={"scene": line}, timeout=60)  # 20 MB
        assert len(told.json()["layers"]) == 512
        assert get(server, "feature-map", scene=line).json()["values"] == [[[1, 0]]]
        assert "more than 512 operations" in refused(get(server, "scene", scene=line + " | relu"), 422)
        body = {"scene": line, "operations": [{"operation": "relu"}]}
        assert httpx.post(f"{server}/api/additions", json=body).json()["refusals"] == ["has more than 512 operations"]


@settings(max_examples=60)
@given(st.text(max_size=60) | st.text("cat 64|sobelrux[];=-0123456789.,()@", max_size=60))
def test_no_scene_line_brings_the_server_down(running_server: Server, line: str) -> None:
    answer = httpx.post(f"{running_server.url}/api/scene", json={"scene": line})
    assert answer.status_code == 200 or refused(answer)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"hello", 415), (picture()[:200], 422), (b"x" * (20 * 2**20 + 1), 413)],
    ids=["empty", "not a picture", "cut off", "too large"],
)
def test_what_is_not_a_picture_is_refused_in_words(server: str, body: bytes, status: int) -> None:
    refused(httpx.post(f"{server}/api/images", content=body), status)


def test_a_body_that_hides_its_length_is_counted(server: str) -> None:
    refused(httpx.post(f"{server}/api/images", content=(b"x" * 2**20 for _ in range(24))), 413)


@pytest.mark.parametrize("name", ["nope", "0" * 32, "..%2f..%2fetc", "%00"])
def test_a_picture_that_is_not_there_is_a_404(server: str, name: str) -> None:
    refused(httpx.get(f"{server}/api/images/{name}"), 404)


def test_a_client_that_sends_ten_megabytes_in_one_go_still_reads_why_not(server: str) -> None:
    body = json.dumps({"scene": "cat | conv2d [" + "1 " * 5_000_000 + "]"}).encode()
    request = urllib.request.Request(f"{server}/api/scene", body, {"content-type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=20)
    with refusal.value as answer:
        assert answer.code == 413
        assert "larger than" in json.loads(answer.read())["detail"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("고양이 64 | sobel", "'고양이'는 여기서 cat이라고 씁니다"),
        ("cat | 풀링 2", "'풀링'은 여기서 max_pool2d, avg_pool2d라고 씁니다"),
        ("cat | 필터", "'필터'는 여기서 conv2d라고 씁니다"),
        ("cat | conv2d 가우시안", "'가우시안'은 여기서 gaussian-3, gaussian-5, gaussian-7이라고 씁니다"),
        ("cat 64 conv2d sobel-x", "conv2d 앞에 세로줄(|)이 빠졌습니다: 'conv2d'"),
        ("cat | max_pool2d 2 stride=0", "스트라이드(stride) 값이 0입니다: 1 이상이어야 합니다"),
        (
            "[1 2; 3 4] | max_pool2d 3",
            "커널 크기(kernel_size) 3이 너무 큽니다: 윈도우는 3칸인데 입력은 패딩까지 2칸입니다",
        ),
        ("cat | max_pool2d", "최대 풀링(max_pool2d)에는 커널 크기(kernel_size) 값을 꼭 적어야 합니다"),
        ("[[[1 2 3]]] | maxout 3", "묶는 채널 수(pieces) 값이 3입니다: 입력 채널 수 1의 약수여야 합니다"),
    ],
)
def test_a_refusal_in_korean_is_one_korean_sentence(server: str, line: str, sentence: str) -> None:
    assert get(server, "scene", scene=line, lang="ko").json()["detail"] == sentence


def test_words_of_any_language_are_understood_whatever_is_spoken(server: str) -> None:
    assert refused(get(server, "scene", scene="고양이 | relu"), 422) == "input is '고양이': here it is called cat"
