"""One source from beginning to end, with a reader of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from fetch_runs import StillClock, read_papers
from paper_server import FIRST_DAY, World, serve_papers, some_papers

from digest.fetching import Asked, Client, Gathered, Harvest, Limits, Remember
from digest.fetching.harvest import ReadDocument
from digest.model import Document, Item, Problem, QueryKind, Reading, Selection, SourceQuery, SourceReading, Span

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def world() -> Iterator[World]:
    with serve_papers(World()) as world:
        yield world


def harvest_of(
    world: World,
    kind: QueryKind = "feed",
    read: ReadDocument = read_papers,
    asked: Asked = Asked(NOW),  # noqa: B008 - frozen
    **fields: object,
) -> Harvest:
    paths = {"feed": "feed.xml", "oai": "oai", "arxiv-search": "api", "huggingface": "huggingface", "arxiv-listing": ""}
    source = SourceQuery("plants", kind, Span("content/site.yml", 3), url=f"{world.url}/{paths[kind]}", **fields)  # type: ignore[arg-type] # names
    return Harvest(source, Client("", StillClock(NOW), Limits(read=0.3)), read, asked, {})


def split(harvest: Harvest) -> tuple[list[str], list[Remember]]:
    steps = list(harvest)
    harvest.client.__exit__(None, None, None)
    items = [step.item.title.split(":")[0] for step in steps if isinstance(step, Gathered)]
    return items, [step for step in steps if isinstance(step, Remember)]


def test_what_comes_is_counted_and_then_remembered(world: World) -> None:
    harvest = harvest_of(
        world, include=Selection(("leeks", "carrots", "beans")), exclude=Selection(authors=("Author3",))
    )
    items, remembered = split(harvest)
    assert items == ["Paper 1", "Paper 2"]
    assert (harvest.tally.announced, harvest.tally.got, harvest.tally.skipped) == (7, 7, 5)
    assert len(remembered) == 1
    assert not harvest.failed


def test_a_record_that_is_wrong_does_not_keep_the_source_back(world: World) -> None:
    def read(document: Document) -> SourceReading:
        items = tuple(thing for thing in read_papers(document).found if isinstance(thing, Item))
        wrong = Problem("error", "DG308", "no title", Span(document.name, 5), "give it one")
        return SourceReading(document, "papers", Reading(items[1:], problems=(wrong,)))

    harvest = harvest_of(world, "arxiv-search", read, search="x")
    items, remembered = split(harvest)
    assert len(items) == 4
    assert [problem.code for problem in harvest.problems] == ["DG308"] * 3
    assert harvest.problems[0].message == "plants: no title"
    assert harvest.problems[0].span is not None
    assert harvest.problems[0].span.path.startswith(f"{world.url}/api?")
    assert harvest.failed
    assert len(remembered) == 1


def test_a_page_that_is_not_read_whole_is_not_remembered(world: World) -> None:
    def read(document: Document) -> SourceReading:
        items = tuple(thing for thing in read_papers(document).found if isinstance(thing, Item))
        return SourceReading(document, "papers", Reading(items[1:] if "start=3" in document.name else items))

    harvest = harvest_of(world, "arxiv-search", read, search="x")
    items, remembered = split(harvest)
    assert len(items) == 6
    assert [problem.code for problem in harvest.problems] == ["DG703"]
    assert "2 of the 3 papers" in harvest.problems[0].message
    assert harvest.problems[0].span == Span("content/site.yml", 3)
    assert remembered == []


def test_a_page_that_nobody_recognises_is_not_remembered(world: World) -> None:
    def read(document: Document) -> SourceReading:
        return SourceReading(document, "", (Problem("error", "DG301", "not recognised", Span(document.name), "?"),))

    harvest = harvest_of(world, read=read)
    assert split(harvest) == ([], [])
    assert [problem.code for problem in harvest.problems] == ["DG301"]


def test_named_days_are_asked_for_and_not_remembered(world: World) -> None:
    asked = Asked(NOW, since=date(2026, 11, 9), until=date(2026, 11, 12))
    harvest = harvest_of(world, "huggingface", asked=asked)
    assert split(harvest) == ([], [])
    assert [address.partition("date=")[2][:10] for address in world.asked] == [
        "2026-11-09",
        "2026-11-10",
        "2026-11-11",
        "2026-11-12",
    ]


def test_a_day_of_more_papers_than_one_page_holds(world: World) -> None:
    world.papers = some_papers(230)
    harvest = harvest_of(world, "huggingface", since=FIRST_DAY)
    items, remembered = split(harvest)
    assert len(items) == len(set(items)) == 230
    assert harvest.tally.announced == 230
    assert [step.memory for step in remembered] == [{"until": "2026-11-16"}]
    assert world.asked[-1].endswith("p=2")


def test_what_nobody_changed_is_remembered_page_by_page(world: World) -> None:
    _, remembered = split(harvest_of(world, "oai", since=FIRST_DAY))
    assert [step.memory.get("resume token", "") for step in remembered] == ["2026-11-16|3", "2026-11-16|6", ""]
    assert remembered[-1].memory == {"until": "2026-11-16"}


def test_days_that_arxiv_keeps_no_more(world: World) -> None:
    asked = Asked(NOW, since=date(2026, 1, 1))
    harvest = harvest_of(world, "arxiv-listing", asked=asked, categories=("cs.CL",))
    items, _ = split(harvest)
    assert len(items) == 7
    assert [problem.code for problem in harvest.problems] == ["DG703"]
    assert "before 2026-08-18" in harvest.problems[0].message


def test_a_search_is_for_days_and_goes_back_behind_the_last_one(world: World) -> None:
    harvest = harvest_of(world, "arxiv-search", search="ti:onion OR ti:leek", categories=("cs.CL", "cs.LG"))
    harvest.memory = {"until": "2026-11-15T10:00:00+00:00"}
    split(harvest)
    assert (
        "search_query=(ti:onion+OR+ti:leek)+AND+(cat:cs.CL+OR+cat:cs.LG)"
        "+AND+submittedDate:[202611010000+TO+202611161200]&start=0&" in world.asked[0]
    )
