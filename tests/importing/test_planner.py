"""What an import decides, as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from invented import LONG, NOW, abstract, no_tags, reading_of

from digest.model import Entry, Identifiers, Item, PartialDate, Problem, Provenance, Reading, Span
from digest.sources import ImportPlan, NewEntry, plan_import

ONIONS = abstract(LONG.format("onions", "ten"), title="Watering Onions", authors=("Ann Author",))


def plan(*items: Item, existing: tuple[Entry, ...] = (), occupied: frozenset[str] = frozenset()) -> ImportPlan:
    return plan_import([reading_of(*items)], existing, no_tags, now=NOW, occupied=occupied)


def entry_of(new: NewEntry) -> Entry:
    """A new entry as the reader gives it back."""
    item = new.item
    return Entry(
        key=new.key,
        path=f"content/{new.key}",
        id=new.id,
        title=new.title,
        date=new.date,
        slug=new.key.rpartition("/")[2].removesuffix(".md"),
        body=item.body,
        body_line=9,
        fingerprint=b"",
        title_from=new.title_from,
        kind=item.kind,
        published=new.published,
        updated=item.updated,
        authors=item.authors,
        tags=new.tags,
        identifiers=item.identifiers,
        venue=item.venue,
        links=item.links,
        source=Provenance(new.format, new.file, "", new.fingerprints),
    )


def codes(plan: ImportPlan) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in plan.problems]


def test_a_new_entry() -> None:
    (new,) = plan(replace(ONIONS, day=date(2019, 12, 6))).new
    assert new.key == "2019/12/06/watering-onions.md"
    assert (new.title, new.title_from, new.date, new.file) == (
        "Watering Onions", "", date(2019, 12, 6), "garden.txt",
    )  # fmt: skip
    assert new.id.startswith("urn:uuid:")
    assert [name for name, _ in new.fingerprints] == ["title", "authors", "body"]


def test_a_missing_title_comes_from_the_text() -> None:
    (new,) = plan(replace(ONIONS, title="")).new
    assert new.title_from == "first-sentence"
    assert new.title == "We water onions every morning and measure how much of it the soil keeps until the evening"


@pytest.mark.parametrize(
    ("item", "given", "day"),
    [
        (ONIONS, None, date(2026, 11, 21)),
        (replace(ONIONS, published=PartialDate(2018, 4)), None, date(2026, 11, 21)),
        (replace(ONIONS, published=PartialDate(2018, 4, 13)), None, date(2018, 4, 13)),
        (replace(ONIONS, published=PartialDate(2018, 4, 13), day=date(2018, 4, 20)), None, date(2018, 4, 20)),
        (replace(ONIONS, day=date(2018, 4, 20)), date(2020, 1, 1), date(2020, 1, 1)),
    ],
)
def test_the_day(item: Item, given: date | None, day: date) -> None:
    (new,) = plan_import([reading_of(item)], (), no_tags, now=NOW, day=given).new
    assert new.date == day


def test_the_day_of_import_is_that_of_the_site() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC).astimezone()
    (new,) = plan_import([reading_of(ONIONS)], (), no_tags, now=late).new
    assert new.date == late.date()


def test_an_arxiv_id_tells_the_month_and_never_more() -> None:
    (new,) = plan(replace(ONIONS, identifiers=Identifiers(arxiv="1804.00222"))).new
    assert (new.published, new.date) == (PartialDate(2018, 4), date(2026, 11, 21))


def test_tags() -> None:
    def suggest(title: str, text: str) -> tuple[str, ...]:
        assert (title, text) == ("Watering Onions", ONIONS.body)
        return ("onions", "water")

    def tags(item: Item) -> tuple[str, ...]:
        (new,) = plan_import([reading_of(item)], (), suggest, now=NOW, tags=["My Garden", "water", "!"]).new
        return new.tags

    assert tags(ONIONS) == ("onions", "water", "my-garden")
    assert tags(replace(ONIONS, tags=("Soil Science",))) == ("soil-science", "my-garden", "water")


def test_a_reimport_writes_nothing() -> None:
    first = plan(ONIONS)
    again = plan(ONIONS, existing=tuple(entry_of(new) for new in first.new))
    assert (again.new, again.problems) == ((), ())
    assert [kept.state for kept in again.kept] == ["unchanged"]


@pytest.mark.parametrize(
    ("edit", "state"),
    [
        ({"title": "Onions"}, "edited"),
        ({"tags": ("onions",)}, "edited"),
        ({"body": "Mine."}, "edited"),
        ({"draft": True}, "unchanged"),
    ],
)
def test_an_edited_entry_is_kept(edit: dict[str, object], state: str) -> None:
    (new,) = plan(ONIONS).new
    edited = replace(entry_of(new), key="elsewhere.md", **edit)  # type: ignore[arg-type] # a table of fields
    again = plan(ONIONS, existing=(edited,))
    assert again.new == ()
    assert [kept.state for kept in again.kept] == [state]


def test_a_new_text_at_the_source_is_told_and_not_written() -> None:
    item = replace(ONIONS, identifiers=Identifiers(arxiv="1804.00222"))
    (new,) = plan(item).new
    again = plan(replace(item, body=item.body + " One more word."), existing=(entry_of(new),))
    assert again.new == ()
    assert [kept.state for kept in again.kept] == ["outdated"]


def test_an_entry_by_hand_with_the_same_arxiv_id_is_that_paper() -> None:
    item = replace(ONIONS, identifiers=Identifiers(arxiv="1804.00222"))
    (new,) = plan(item).new
    by_hand = replace(entry_of(new), id="urn:uuid:other", source=Provenance(), title="Onions and Water")
    assert plan(item, existing=(by_hand,)).new == ()
    assert len(plan(item, existing=(replace(by_hand, kind="summary"),)).new) == 1


def test_the_same_text_twice_is_imported_once_and_told() -> None:
    decided = plan(ONIONS, replace(ONIONS, span=Span("other.txt", 9)))
    assert len(decided.new) == 1
    assert decided.repeated == (Span("other.txt", 9),)
    assert codes(decided) == [("note", "DG304")]
    assert "notes/garden.txt:1" in decided.problems[0].message


def test_one_paper_with_two_texts_loses_none() -> None:
    first = replace(ONIONS, identifiers=Identifiers(arxiv="1804.00222"))
    second = replace(first, body="Another text altogether about the same paper.")
    decided = plan(first, second)
    assert len({new.id for new in decided.new}) == 2
    assert codes(decided) == [("warning", "DG304"), ("warning", "DG304")]
    again = plan(first, second, existing=tuple(entry_of(new) for new in decided.new))
    assert (again.new, [kept.state for kept in again.kept]) == ((), ["unchanged", "unchanged"])


def test_two_people_may_summarise_one_paper() -> None:
    names = Identifiers(arxiv="1804.00222")
    one = Item("summary", LONG.format("onions", "ten"), Span("a.txt", 1), title="Onions", identifiers=names)
    two = replace(one, body="I water them with wine, and this changes everything that we know of onions.")
    decided = plan(one, two)
    assert (len(decided.new), decided.problems) == (2, ())


def test_a_nearly_equal_text_is_written_and_told() -> None:
    other = abstract("Here is another opening. " + ONIONS.body[ONIONS.body.index(".") + 2 :], line=40)
    decided = plan(ONIONS, other)
    assert len(decided.new) == 2
    assert codes(decided) == [("warning", "DG304")]
    assert decided.problems[0].span == other.span
    assert "notes/garden.txt:1 (content/2026/11/21/watering-onions.md)" in decided.problems[0].message
    (new,) = plan(ONIONS).new
    later = plan(other, existing=(entry_of(new),))
    assert codes(later) == [("warning", "DG304")]
    assert f"content/{new.key}" in later.problems[0].message


@pytest.mark.parametrize(("authors", "told"), [((), True), (("A. Author", "Bo Writer"), True), (("Bo Writer",), False)])
def test_the_same_title_is_told_unless_other_people_wrote_it(authors: tuple[str, ...], told: bool) -> None:
    other = replace(ONIONS, body="Another text.", authors=authors, span=Span("b.txt", 2), published=PartialDate(2001))
    decided = plan(ONIONS, other)
    assert len(decided.new) == 2
    assert bool(decided.problems) == told


def test_slugs_are_unique_within_a_day() -> None:
    items = [abstract(f"Text number {number}.", title="Onions", authors=(f"A{number} B{number}",)) for number in "123"]
    assert [new.key.rpartition("/")[2] for new in plan(*items).new] == ["onions.md", "onions-2.md", "onions-3.md"]
    (taken,) = plan(replace(items[0], body="Old text.", authors=("Old Name",))).new
    moved = replace(entry_of(taken), key="by-hand.md")
    assert [new.key.rpartition("/")[2] for new in plan(items[0], existing=(moved,)).new] == ["onions-2.md"]


def test_a_title_that_opens_with_a_date_does_not_name_a_day() -> None:
    (new,) = plan(replace(ONIONS, title="2018-04-13 in the Garden")).new
    assert new.key == "2026/11/21/of-2018-04-13-in-the-garden.md"


def test_a_file_that_is_no_entry_is_never_overwritten() -> None:
    decided = plan(ONIONS, occupied=frozenset({"2026/11/21/watering-onions.md"}))
    assert decided.new == ()
    assert codes(decided) == [("error", "DG306")]


def test_an_item_without_words_is_an_error() -> None:
    assert codes(plan(abstract(" * \n"))) == [("error", "DG303")]


def test_the_problems_of_the_readings_come_along() -> None:
    problem = Problem("error", "DG305", "lost", Span("a.txt"))
    reading = reading_of(ONIONS)
    spoiled = replace(reading, reading=Reading(reading.found.items, problems=(problem,)))
    assert plan_import([spoiled], (), no_tags, now=NOW).problems == (problem,)
