"""The call that tells what cells see."""

import httpx
import pytest

SCENE = "[1 2 3 4 5 6; 1 2 3 4 5 6; 1 2 3 4 5 6; 1 2 3 4 5 6] | box-3 | max_pool2d 2"


def test_the_fields_of_a_layer_reach_down_to_the_picture(server: str) -> None:
    answer = httpx.get(f"{server}/api/fields", params={"scene": SCENE, "layer": 1}).json()
    assert [field["shape"] for field in answer["fields"]] == [[1, 2, 4], [1, 4, 6]]
    assert [field["cols"]["last"] for field in answer["fields"]] == [[1, 3], [3, 5]]
    posted = httpx.post(f"{server}/api/fields", json={"scene": SCENE, "layer": -1}).json()
    assert posted == answer


@pytest.mark.parametrize("words", [{"layer": 2}, {"layer": "x"}, {"scene": "cat | nothing"}, {"odd": 1}])
def test_bad_words_are_refused(server: str, words: dict[str, object]) -> None:
    answer = httpx.get(f"{server}/api/fields", params={"scene": SCENE, **words})  # type: ignore[arg-type]
    assert 400 <= answer.status_code < 500
    assert answer.json()["detail"]
