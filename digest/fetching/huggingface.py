"""Hugging Face Daily Papers: a list of JSON for each day; empty at weekends, refused for a day that is not open yet."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

from digest.fetching.days import UNTIL, each_day, first_day, last_day
from digest.fetching.json_pages import fault_of_json, read_json, said_of
from digest.fetching.steps import Announced, Asked, Memory, Page, Query, Remember, ask, document_of, refused
from digest.model import Problem, SourceQuery

ADDRESS: Final = "https://huggingface.co/api/daily_papers"
PAGE_SIZE: Final = 100


def ask_huggingface(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """The papers of every day asked for, the last day of the last run once more: a day grows until it is over."""
    today = asked.now.date()
    for day in each_day(first_day(source, asked, memory), last_day(asked)):
        page = 0
        before = ""
        while True:
            answer = yield from ask(_address(source, day, page), partial(fault_of_json, kind=list), before)
            if isinstance(answer, Problem):
                yield answer
                return
            if answer.status == 400 and day >= today:
                return
            if answer.status >= 400:
                yield refused(answer, said_of(answer))
                return
            records = len(read_json(answer.text))
            if records:
                yield Announced(records)
                yield Page(document_of(answer), records)
            if records < PAGE_SIZE:
                break
            page += 1
            before = answer.text
        if not asked.named:
            yield Remember({UNTIL: day.isoformat()})


def _address(source: SourceQuery, day: date, page: int) -> str:
    words: dict[str, str | int] = {"date": day.isoformat(), "limit": PAGE_SIZE}
    return f"{source.url or ADDRESS}?{urlencode(words | ({'p': page} if page else {}))}"
