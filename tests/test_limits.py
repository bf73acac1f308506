"""Each limit that docs/operating.md lists has a test of what happens at it."""

from __future__ import annotations

import ast
import re

import pytest

from app.settings import by_variable
from tests.running import ROOT

# Settings of the table of limits, and the test that holds each.
TESTS = {
    "MAX_SECONDS": "app/test_budget.py::test_work_that_takes_longer_than_it_was_thought_to_is_ended",
    "MAX_MEMORY": "app/test_budget.py::test_the_dearest_scene_that_is_accepted_stays_within_its_memory",
    "MAX_CELLS": "app/test_budget.py::test_a_server_whose_limits_are_below_the_first_scene_of_the_lab"
    "_serves_what_is_within_them",
    "QUEUE": "app/test_lanes.py::test_a_lane_is_bounded_and_no_client_fills_it",
    "MAP_QUEUE": "app/test_lanes.py::test_light_work_is_answered_while_heavy_work_fills_its_lane",
    "MAPPERS": "app/test_lanes.py::test_a_server_computes_heavy_scenes_in_a_child_and_says_the_same",
    "ANSWER_DEADLINE": "app/test_lanes.py::test_what_is_not_done_in_time_is_refused_and_ended",
    "UPLOADS": "app/test_slow_clients.py::test_uploads_are_bounded_for_one_client_and_in_all",
    "UPLOADS_A_CLIENT": "app/test_slow_clients.py::test_uploads_are_bounded_for_one_client_and_in_all",
    "STREAMS_A_CLIENT": "app/test_slow_clients.py"
    "::test_long_streams_of_one_client_are_bounded_and_its_light_steps_are_not",
    "REQUEST_RATE_A_CLIENT": "app/test_rates.py::test_requests_beyond_their_rate_are_told_when_to_come_back",
    "UPLOAD_RATE_A_CLIENT": "app/test_rates.py::test_uploads_are_counted_for_each_client_and_for_all",
    "UPLOAD_RATE": "app/test_rates.py::test_uploads_are_counted_for_each_client_and_for_all",
    "UPLOAD_BYTES_A_CLIENT": "app/test_rates.py::test_bytes_are_counted_before_a_pixel_is_decoded",
    "LIMITS_STORE": "app/test_rates.py::test_a_memory_that_is_away_costs_no_upload",
    "MAX_CONNECTIONS": "app/test_slow_clients.py::test_one_connection_too_many_is_told_to_come_back",
    "READ_DEADLINE": "app/test_slow_clients.py::test_a_thousand_heads_that_do_not_end_hold_nobody_up_and_are_cut_off",
    "MAX_BODY": "app/test_slow_clients.py::test_a_body_of_json_that_is_too_long_is_refused",
    "RENDER_SECONDS": "app/test_slow_clients.py::test_a_figure_that_takes_too_long_is_refused",
    "RENDER_QUEUE": "app/test_slow_clients.py::test_a_figure_for_which_there_is_no_place_is_refused",
    "BODY_DEADLINE": "app/test_security.py::test_a_body_that_dribbles_in_is_cut_off_in_words",
    "WRITE_DEADLINE": "app/test_stream.py::test_a_reader_that_stops_reading_holds_back_the_work_and_is_dropped",
    "GRACEFUL_SHUTDOWN": "app/test_stopping.py::test_whoever_reads_nothing_is_not_waited_for_longer_than_the_grace",
}
ELSEWHERE = {  # held by the tests of pictures, figures and settings, which are many
    "MAX_UPLOAD_BYTES", "DECODE_SECONDS", "DECODE_MEMORY", "DECODE_QUEUE", "MAX_LAYERS", "MAX_LINE_LENGTH",
}  # fmt: skip


BOUNDED = {"RENDER_MEMORY"}  # by the system, in the same way as DECODE_MEMORY


def listed() -> set[str]:
    """The settings that the table of limits names."""
    text = (ROOT / "docs" / "operating.md").read_text("utf-8")
    return set(
        re.findall(r"`KERNELWALK_([A-Z_]+)`", text.split("## What the server refuses to do")[1].split("\n## ")[0])
    )


def test_each_setting_in_the_table_of_limits_is_one_and_has_its_test() -> None:
    assert listed() == set(TESTS) | ELSEWHERE | BOUNDED
    assert {f"KERNELWALK_{name}" for name in listed()} <= set(by_variable())


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_limit_that_is_held_elsewhere_is_set_by_some_test(name: str) -> None:
    words = (name.lower(), f"KERNELWALK_{name}")
    texts = [file.read_text("utf-8") for file in (ROOT / "tests" / "app").glob("test_*.py")]
    assert any(word in text for word in words for text in texts)


@pytest.mark.parametrize("test", sorted(set(TESTS.values())))
def test_the_test_of_a_limit_is_there(test: str) -> None:
    file, name = test.split("::")
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
