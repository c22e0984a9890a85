"""OAI-PMH harvests: lists that go on by tokens, which may repeat, expire and lead nowhere (OAI-PMH 2.0 §3.5).

What is remembered after each page: the token, for as long as it lives; else the day from which the list goes on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from digest.fetching.days import UNTIL, first_day, parse_day
from digest.fetching.feed_pages import fault_of_xml
from digest.fetching.json_pages import read_count
from digest.fetching.steps import (
    Announced,
    Answer,
    Asked,
    Memory,
    Page,
    Query,
    Remember,
    Reply,
    Step,
    ask,
    clip,
    document_of,
    host_of,
    incomplete,
    refused,
)
from digest.model import Problem, SourceQuery

ADDRESS: Final = "https://oaipmh.arxiv.org/oai"
PREFIX: Final = "arXiv"
TOKEN: Final = "resume token"  # noqa: S105 - no secret
FROM: Final = "resume from"
STARTED: Final = "resume started"
# How often a list is begun anew, from where it ordered well, before it is given up.
RESTARTS: Final = 2

_RECORD: Final = re.compile(r"<(?:\w+:)?record(?=[\s>])")
_DELETED: Final = re.compile(r"<(?:\w+:)?header\b[^>]*\bstatus\s*=\s*[\"']deleted[\"']")
_STAMP: Final = re.compile(r"<(?:\w+:)?datestamp>\s*(\d{4}-\d{2}-\d{2})")
_TOKEN: Final = re.compile(r"<(?:\w+:)?resumptionToken\b(?P<attributes>[^>]*?)(?:/>|>(?P<token>[^<]*)<)")
_SIZE: Final = re.compile(r"\bcompleteListSize\s*=\s*[\"'](\d{1,12})[\"']")
_ERROR: Final = re.compile(r"<(?:\w+:)?error\b[^>]*\bcode\s*=\s*[\"'](\w+)[\"'][^>]*?(?:/>|>([^<]*)<)")
_RESPONSE: Final = re.compile(r"<(?:\w+:)?responseDate>\s*(\d{4}-\d{2}-\d{2})")


@dataclass(slots=True)
class _Harvest:
    """How far a list has come. `reached` is the last datestamp, as long as they only grew."""

    start: date
    until: date | None
    started: str
    token: str = ""
    reached: date | None = None
    ordered: bool = True
    announced: int = 0
    records: int = 0
    living: int = 0
    restarts: int = 0
    seen: set[str] = field(default_factory=set)

    def restart(self) -> None:
        """Begin anew, where no record can be missed."""
        self.start = self.reached if self.ordered and self.reached else self.start
        self.restarts += 1
        self.token, self.records, self.living, self.reached = "", 0, 0, None
        self.seen.clear()

    def take(self, answer: Answer) -> None:
        """Follow the datestamps of a page."""
        for day in map(parse_day, _STAMP.findall(answer.text)):
            if day is not None:
                self.ordered = self.ordered and (self.reached is None or self.reached <= day)
                self.reached = day


def ask_oai(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """Every record that changed in the days asked for, new papers and old."""
    harvest = _begin(source, asked, memory)
    while True:
        answer = yield from ask(_address(source, harvest), _fault_of)
        if isinstance(answer, Problem):
            yield answer
            return
        code, said = _error_of(answer.text)
        if code == "badResumptionToken" and harvest.token and harvest.restarts < RESTARTS:
            harvest.restart()
            continue
        if code == "noRecordsMatch" and not harvest.token:
            break
        if code or answer.status >= 400:
            yield refused(answer, f"{code}: {said}" if code else answer.text)
            return
        more = yield from _take_page(harvest, answer)
        if not more:
            break
        if harvest.token in harvest.seen:
            if harvest.restarts >= RESTARTS:
                yield incomplete(f"{host_of(answer.url)} repeats its resumption token: {clip(answer.url)}")
                return
            harvest.restart()
            continue
        harvest.seen.add(harvest.token)
        if not asked.named:
            yield Remember(_memory_of(harvest, memory))
    if not asked.named:
        yield Remember({UNTIL: harvest.started or asked.now.date().isoformat()})


def _begin(source: SourceQuery, asked: Asked, memory: Memory) -> _Harvest:
    """From the last checkpoint, if the last run did not come to its end; else from the last day on."""
    start = first_day(source, asked, memory)
    resumed = parse_day(memory.get(FROM, ""))
    if asked.named or resumed is None:
        return _Harvest(start, asked.until, "")
    token = memory.get(TOKEN, "")
    return _Harvest(resumed, None, memory.get(STARTED, ""), token, seen={token} if token else set())


def _take_page(harvest: _Harvest, answer: Answer) -> Generator[Step, Reply, bool]:
    """Yield the page; returns whether another one follows."""
    records = len(_RECORD.findall(answer.text))
    living = records - len(_DELETED.findall(answer.text))
    found = _TOKEN.search(answer.text)
    token = html.unescape(found["token"] or "").strip() if found else ""
    size = read_count(named[1]) if found and (named := _SIZE.search(found["attributes"])) else 0
    harvest.living += living
    yield Announced(max(0, max(size, harvest.living) - harvest.announced))
    harvest.announced = max(harvest.announced, size, harvest.living)
    if living:
        yield Page(document_of(answer), living)
    harvest.take(answer)
    harvest.records += records
    if not harvest.started:
        response = _RESPONSE.search(answer.text)
        harvest.started = response[1] if response else ""
    # A token behind the last record leads nowhere; some servers send it again and again.
    harvest.token = "" if 0 < size <= harvest.records else token
    return bool(harvest.token)


def _address(source: SourceQuery, harvest: _Harvest) -> str:
    words = {"verb": "ListRecords"}
    if harvest.token:
        words["resumptionToken"] = harvest.token
    else:
        words |= {"metadataPrefix": source.prefix or PREFIX, "from": harvest.start.isoformat()}
        words |= {"until": harvest.until.isoformat()} if harvest.until else {}
        words |= {"set": source.set} if source.set else {}
    return f"{source.url or ADDRESS}?{urlencode(words)}"


def _memory_of(harvest: _Harvest, memory: Memory) -> dict[str, str]:
    start = harvest.reached if harvest.ordered and harvest.reached else harvest.start
    known = {UNTIL: memory[UNTIL]} if UNTIL in memory else {}
    return known | {TOKEN: harvest.token, FROM: start.isoformat(), STARTED: harvest.started}


def _error_of(text: str) -> tuple[str, str]:
    """The code and the words of an error of the protocol, which may come with any status."""
    found = _ERROR.search(text[:8_192])
    return (found[1], html.unescape(found[2] or "")) if found else ("", "")


def _fault_of(answer: Answer) -> str:
    if answer.status >= 400 or _error_of(answer.text)[0]:
        return ""
    if fault := fault_of_xml(answer.text, "OAI-PMH"):
        return fault
    empty = not _RECORD.search(answer.text) and _TOKEN.search(answer.text)
    return "answers with an empty page in the middle of the list" if empty and empty["token"] else ""
