"""Which player a page needs is read from its words in one place: that of the page itself."""

import pytest

from app.models.offline import OfflineQuery
from kernelwalk.workshop import workshop

LINE = "[1 2; 3 4] | relu"


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ({}, False),
        ({"fade": "1"}, False),
        ({"fade": "3"}, True),
        ({"mode": ""}, False),
        ({"mode": "predict", "ask": "value"}, True),
        ({"ask": "value", "seed": "2"}, False),
        ({"fade": "nine"}, False),
        ({"mode": "guess"}, False),
    ],
)
def test_a_page_asks_where_its_own_words_say_so(words: dict[str, str], asks: bool) -> None:
    told = {"scene": LINE, "lang": "en", **words}
    assert workshop().asks(told) is asks
    if asks:
        assert OfflineQuery.model_validate(told).asking
