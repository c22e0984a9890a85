"""What becomes of an item: a new entry, and the same when it comes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from invented import ONIONS, PAPER, Desk, abstract, kinds

from digest.importing import RenewedEntry
from digest.model import Item, PartialDate, Settings, Span


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ---------------------------------------------------------------- a new entry


def test_a_new_entry(desk: Desk) -> None:
    (new,) = desk.new(replace(ONIONS, day=date(2019, 12, 6)))
    assert new.key == "2019/12/06/watering-onions.md"
    assert (new.title, new.title_from, new.moment, new.origin.file) == (
        "Watering Onions", "", date(2019, 12, 6), "garden.txt",
    )  # fmt: skip
    entry = desk.entry()
    assert (entry.id, entry.body, entry.source.imported) == (new.id, ONIONS.body, date(2026, 11, 21))
    assert [name for name, _ in entry.source.fingerprints] == ["title", "authors", "body", "date"]


def test_a_missing_title_comes_from_the_text(desk: Desk) -> None:
    (new,) = desk.new(replace(ONIONS, title=""))
    assert new.title_from == "first-sentence"
    assert new.title == "We water onions every morning and measure how much of it the soil keeps until the evening"


@pytest.mark.parametrize(
    ("item", "given", "day", "announced"),
    [
        (ONIONS, None, date(2026, 11, 21), None),
        (replace(ONIONS, published=PartialDate(2018, 4)), None, date(2026, 11, 21), None),
        (replace(ONIONS, published=PartialDate(2018, 4, 13)), None, date(2018, 4, 13), None),
        (replace(ONIONS, published=PartialDate(2018, 4, 13), day=date(2018, 4, 20)), None, date(2018, 4, 20), None),
        (replace(ONIONS, day=date(2018, 4, 20)), date(2020, 1, 1), date(2020, 1, 1), date(2018, 4, 20)),
    ],
)
def test_the_day(desk: Desk, item: Item, given: date | None, day: date, announced: date | None) -> None:
    desk.new(item, day=given)
    entry = desk.entry()
    assert (entry.date, entry.announced, entry.published) == (day, announced, item.published)


def test_the_day_of_import_and_of_an_instant_is_that_of_the_site(tmp_path: Path) -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    desk = Desk(tmp_path, Settings(timezone="Asia/Tokyo"), late)
    post = Item(
        "note", "A post about onions.", Span("a"), title="Post", day=late.astimezone(timezone(timedelta(hours=-5)))
    )
    desk.bring(ONIONS, replace(PAPER, body="An abstract.", day=late), post)
    dates = {entry.title: (entry.date, entry.time and entry.time.hour) for entry in desk.entries()}
    assert dates == {"Watering Onions": (date(2026, 11, 22), None), "Post": (date(2026, 11, 22), 8)} or len(dates) == 2
    assert all(entry.date == date(2026, 11, 22) for entry in desk.entries())
    assert [entry.time is not None for entry in desk.entries() if entry.kind == "abstract"] == [False, False]


def test_an_arxiv_id_tells_the_month_and_never_more(desk: Desk) -> None:
    (new,) = desk.new(PAPER)
    assert (new.published, new.moment) == (PartialDate(2018, 4), date(2026, 11, 21))


def test_tags(desk: Desk) -> None:
    def tags(item: Item) -> tuple[str, ...]:
        (new,) = desk.new(item, tags=("My Garden", "reinforcement-learning", "!"))
        return new.tags

    learning = replace(ONIONS, body="We study reinforcement learning. " * 4, title="Reinforcement Learning")
    assert tags(learning)[0] == "reinforcement-learning"
    assert tags(replace(learning, body="Again. " + learning.body, authors=("C D",)))[-1] == "my-garden"
    assert tags(replace(ONIONS, tags=("Soil Science",))) == ("soil-science", "my-garden", "reinforcement-learning")


def test_what_a_post_brings_is_kept(desk: Desk) -> None:
    post = Item(
        "summary", "Words of a post.", Span("a"), title="A Post", slug="my-post", aliases=("/old/post/",), draft=True,
        summary="Few words.", lang="de", license="CC0-1.0", details=(("post-author", "Ann Author"), ("volume", "12")),
    )  # fmt: skip
    desk.bring(post)
    entry = desk.entry()
    assert (entry.slug, entry.aliases, entry.draft, entry.summary, entry.lang, entry.license) == (
        "my-post", ("/old/post/",), True, "Few words.", "de", "CC0-1.0",
    )  # fmt: skip
    assert entry.details == (("post-author", "Ann Author"), ("volume", "12"))


def test_slugs_are_unique_within_a_day(desk: Desk) -> None:
    items = [abstract(f"Text number {number}.", title="Onions", authors=(f"A{number} B{number}",)) for number in "123"]
    assert [new.key.rpartition("/")[2] for new in desk.new(*items)] == ["onions.md", "onions-2.md", "onions-3.md"]
    later = abstract("Text number 4.", title="Onions", authors=("A4 B4",))
    assert [new.key.rpartition("/")[2] for new in desk.new(later)] == ["onions-4.md"]


def test_a_title_that_opens_with_a_date_does_not_name_a_day(desk: Desk) -> None:
    (new,) = desk.new(replace(ONIONS, title="2018-04-13 in the Garden"))
    assert new.key == "2026/11/21/of-2018-04-13-in-the-garden.md"


def test_a_file_that_is_no_entry_is_never_overwritten(desk: Desk) -> None:
    path = desk.site / "content/2026/11/21/watering-onions.md"
    path.parent.mkdir(parents=True)
    path.write_text("no front matter")
    assert kinds(desk.bring(ONIONS, replace(PAPER, title="Leeks"))) == ["none", "new"]
    assert desk.states()[0] == "error DG306"
    assert path.read_text() == "no front matter"


def test_an_item_without_words_is_an_error_and_the_others_are_filed(desk: Desk) -> None:
    assert kinds(desk.bring(abstract(" * \n"), ONIONS)) == ["none", "new"]
    assert desk.states() == ["error DG303"]


# ---------------------------------------------------------------- again


@pytest.mark.parametrize(
    "item", [ONIONS, PAPER, replace(ONIONS, title=""), Item("note", "A note.", Span("a"), guid="x:1")]
)
def test_a_second_import_writes_nothing(desk: Desk, item: Item) -> None:
    desk.bring(item)
    before = desk.files()
    assert kinds(desk.bring(item)) == ["unchanged"]
    assert kinds(desk.bring(item, day=date(2001, 1, 1), tags=("other",))) == ["unchanged"]
    assert (desk.files(), desk.problems) == (before, [])


def test_the_index_may_be_deleted_or_damaged(desk: Desk) -> None:
    desk.bring(PAPER)
    before = desk.files()
    index = desk.site / ".digest/known.sqlite"
    index.unlink()
    assert kinds(desk.bring(PAPER)) == ["unchanged"]
    index.write_bytes(b"no database at all" * 100)
    assert kinds(desk.bring(PAPER)) == ["unchanged"]
    assert desk.states() == ["note DG309"]
    assert desk.files() == before


def test_fields_are_renewed_one_by_one_and_edits_stay(desk: Desk) -> None:
    desk.bring(replace(PAPER, venue="Garden Letters"))
    desk.edit("title: Watering Onions", "title: My Onions # better")
    desk.edit("  - Ann Author\n", "  - Ann Author\n# a remark\n")
    item = replace(
        PAPER, title="Watering Onions, Revised", authors=("Ann Author", "Bo Writer"), venue="", body="New words."
    )
    (decision,) = desk.bring(item)
    assert isinstance(decision, RenewedEntry)
    assert (decision.fields, decision.kept) == (("authors", "body"), ("title",))
    entry = desk.entry()
    assert (entry.title, entry.authors, entry.body, entry.venue) == (
        "My Onions", ("Ann Author", "Bo Writer"), "New words.", "Garden Letters",
    )  # fmt: skip
    text = next(iter(desk.files().values())).decode()
    assert "# better" in text
    assert "# a remark" in text
    before = desk.files()
    assert kinds(desk.bring(item)) == ["edited"]
    assert desk.files() == before


def test_a_field_that_a_person_deleted_stays_away(desk: Desk) -> None:
    desk.bring(replace(PAPER, venue="Garden Letters"))
    desk.edit("venue: Garden Letters\n", "")
    assert kinds(desk.bring(replace(PAPER, venue="Garden Letters"))) == ["edited"]
    assert desk.entry().venue == ""


def test_a_true_title_takes_the_place_of_a_derived_one(desk: Desk) -> None:
    desk.bring(replace(PAPER, title=""))
    assert kinds(desk.bring(PAPER)) == ["renewed"]
    assert (desk.entry().title, desk.entry().title_from) == ("Watering Onions", "")
