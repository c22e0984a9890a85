"""Records of JSON: lists, envelopes, lines; broken, cut, hostile."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.json_records import JsonFault, JsonRecord, read_records

GOOD = '{"id": "1", "tags": [{"a": 1}, {"a": 2}]}'


def values(text: str, *keys: str) -> list[object]:
    return [found.value for found in read_records(text, keys) if isinstance(found, JsonRecord)]


def faults(text: str, *keys: str) -> list[tuple[int, int, str]]:
    return [
        (found.line, found.column, found.message) for found in read_records(text, keys) if isinstance(found, JsonFault)
    ]


@pytest.mark.parametrize(
    ("text", "keys", "ids"),
    [
        ('[{"id": 1}, {"id": 2}]', (), [1, 2]),
        ('\ufeff [ {"id": 1} ,\n{"id": 2}, ]\n', (), [1, 2]),
        ('{"id": 1}', ("items",), [1]),
        ('{"count": 2, "x": [[1]], "items": [{"id": 1}, {"id": 2}], "more": {"id": 3}}', ("items",), [1, 2]),
        ('{"id": 1}\n{"id": 2}\n\n{"id": 3}\n', (), [1, 2, 3]),
        ('{"items": [{"id": 1}]}\n{"items": [{"id": 2}]}', ("items",), [1, 2]),
        ('{"n": 1, "list": {"of": 3, "items": [{"id": 1}], "z": 0}, "more": {}}\n{"id": 2}', ("list", "items"), [1, 2]),
        ("[]", (), []),
        ('{"items": []}', ("items",), []),
        ("  ", (), []),
    ],
)
def test_records_come_from_lists_envelopes_and_lines(text: str, keys: tuple[str, ...], ids: list[int]) -> None:
    assert values(text, *keys) == [{"id": number} for number in ids]
    assert faults(text, *keys) == []


def test_every_record_has_its_line() -> None:
    text = '{"notes": [\n  {"id": 1},\n  {\n"id": 2}\n]}'
    assert [found.line for found in read_records(text, ("notes",))] == [2, 3]


@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "1" "tags": []}',
        '{"id": nope, "tags": [{"a": 1}, {"a": 2}]}',
        '{"id": "a"b", "tags": []}',
        '{"id": "1", "tags": [}',
    ],
)
@pytest.mark.parametrize(("before", "after"), [("[", "]"), ('{"n": 1, "items": [', '], "z": 2}')])
def test_a_broken_record_costs_only_itself(broken: str, before: str, after: str) -> None:
    text = f"{before}{GOOD},\n{broken},\n{GOOD},{GOOD}{after}"
    assert values(text, "items") == [json.loads(GOOD)] * 3
    assert [line for line, _, _ in faults(text, "items")] == [2]


def test_a_broken_line_costs_only_itself() -> None:
    text = f"{GOOD}\n{{'id': 1}}\n{GOOD}\n"
    assert values(text) == [json.loads(GOOD)] * 2
    assert [line for line, _, _ in faults(text)] == [2]


@pytest.mark.parametrize(("before", "between", "after"), [("[", ",\n", "]"), ("", "\n", "\n")])
def test_a_text_that_nothing_ends_costs_only_its_record(before: str, between: str, after: str) -> None:
    whole = '{"id": "1", "title": "a", "tags": ["b"]}'
    text = before + between.join([whole, '{"id": "1", "title": "a', whole, whole]) + after
    assert values(text) == [json.loads(whole)] * 3
    assert [line for line, _, _ in faults(text)] == [2]


@pytest.mark.parametrize("cut", range(len(f"[{GOOD},\n{GOOD}]")))
def test_a_file_that_was_cut_keeps_its_whole_records(cut: int) -> None:
    text = f"[{GOOD},\n{GOOD}]"[:cut]
    assert len(values(text)) == (cut > len(GOOD)) + (cut > 2 * len(GOOD) + 2)
    assert bool(faults(text)) == (cut > 0)


def test_what_is_no_object_is_told() -> None:
    assert faults('["a", 1]') == [(1, 2, "not a record: no object"), (1, 7, "not a record: no object")]


HOSTILE = {
    "nesting": "[" * 100_000,
    "objects": '{"a":' * 50_000,
    "number": '[{"a": ' + "9" * 5000 + '}, {"a": 1}]',
    "quotes": "[" + '"' * 100_001,
    "starts": "[" + ',{"a":[' * 30_000,
    "surrogates": '["\\ud800"]',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_time_to_speak_of(text: str) -> None:
    assert all(isinstance(found, JsonRecord | JsonFault) for found in read_records(text, ("a",)))


@given(st.text(alphabet='[]{}",:\\ \nae1-', max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_raises(text: str) -> None:
    assert all(found.line >= 1 for found in read_records(text, ("a",)))


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers() | st.none())))
@settings(max_examples=40, deadline=None)
def test_what_json_writes_is_read(records: list[dict[str, object]]) -> None:
    for text in (json.dumps(records), json.dumps(records, indent=1, ensure_ascii=False)):
        assert values(text) == records


@pytest.mark.parametrize("piece", ['\\"', '"\\', '{"a": [\n', '{"a": "\n', "\n", '{"a": 1, [}\n', '{"a"', '[{"a":'])
def test_broken_records_take_no_quadratic_time(piece: str) -> None:
    start = time.process_time()
    list(read_records('[{"a": 1},\n' + piece * (200_000 // len(piece)), {"items"}))
    assert time.process_time() - start < 4  # a quadratic search takes minutes


def test_a_text_that_nothing_closes_hides_no_bracket() -> None:
    text = '[{"a": "x, "b": "1},\n{"a": "y"}]'
    found = list(read_records(text))
    assert [each.value for each in found if isinstance(each, JsonRecord)] == [{"a": "y"}]
