"""The little that paging must know of an answer in JSON: is it whole, how many, of how many?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from digest.fetching.steps import Answer, clip


def read_json(text: str) -> Any:  # noqa: ANN401 - whatever a server sends
    """The value of a text, `None` where it is no whole JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def read_count(value: object) -> int:
    """A number that some services write as text; 0 where there is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return max(0, value)
    return int(value[:12]) if isinstance(value, str) and value.isascii() and value.isdigit() else 0


def fault_of_json(answer: Answer, kind: type[list[Any]] | type[dict[str, Any]]) -> str:
    """Why an answer is no JSON of this kind, or nothing."""
    if answer.status >= 400:
        return ""
    value = read_json(answer.text)
    if value is None:
        what = "a web page" if answer.text.lstrip()[:1] == "<" else "JSON that ends in the middle"
        return f"answers with {what}"
    return "" if isinstance(value, kind) else f"answers with {clip(answer.text, 60)}"


def fault_of_part(
    start: int, total: int, what: str, counts_of: Callable[[Answer], tuple[int, int]], answer: Answer
) -> str:
    """Why an answer is no part of a list, from `start` on, or nothing; the counts are of all, and of this part."""
    if answer.status >= 400:
        return ""
    if fault := fault_of_json(answer, dict):
        return fault
    stated, records = counts_of(answer)
    missing = not records and start < max(stated, total)
    return f"sends an empty page behind {start} of {max(stated, total)} {what}" if missing else ""


def said_of(answer: Answer) -> str:
    """What the error of a service says."""
    value = read_json(answer.text)
    if isinstance(value, dict):
        return str(value.get("message") or value.get("error") or "")
    return ""
