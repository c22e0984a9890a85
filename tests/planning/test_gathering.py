"""What is in a build, in which order, under which names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from planning_values import DAY, a_site, an_entry

from digest.model import Entry, Settings, Site
from digest.planning import gather_site

NEXT = DAY + timedelta(days=1)


def titles(site: Site) -> list[str]:
    return [entry.title for entry in site.entries]


def test_a_draft_is_in_all_of_the_site_or_in_none() -> None:
    entries = [an_entry("A"), an_entry("B", draft=True, tags=("x",), authors=("Ann Author",))]
    site = a_site(entries)
    assert titles(site) == ["A"]
    assert dict(site.by_tag) == dict(site.by_author) == {}
    assert [entry.title for entry in site.withheld] == ["B"]
    assert titles(a_site(entries, drafts=True)) == ["A", "B"]


def test_today_is_that_of_the_sites_zone() -> None:
    entries = [an_entry("A", date(2020, 1, 16))]
    late = datetime(2020, 1, 15, 23, 30, tzinfo=UTC)
    assert titles(a_site(entries, now=late)) == []
    assert titles(a_site(entries, now=late, timezone="Europe/Berlin")) == ["A"]
    assert titles(a_site(entries, now=late, future=True)) == ["A"]


def gather(entries: Iterable[Entry], before: Site | None = None) -> Site:
    nothing: dict[str, Any] = {}
    now = datetime(2024, 5, 1, tzinfo=UTC)
    return gather_site(
        Settings(), entries, (), (), prose=nothing, gists=nothing, now=now, drafts=False, future=False, before=before
    )


def test_days_that_are_the_same_are_in_order_already() -> None:
    entries = [an_entry(f"Title {number}", date(2024, 1, 1 + number % 3)) for number in range(9)]
    before = gather(entries)
    changed = [entries[0]._replace(title="Zzz"), *entries[2:]]
    after = gather(reversed(changed), before)
    assert after.by_day == gather(changed).by_day
    assert [day for day in after.by_day if after.by_day[day] is before.by_day[day]] == [date(2024, 1, 3)]


def test_newest_first_then_time_then_title_then_key() -> None:
    entries = [
        an_entry("b"),
        an_entry("A"),
        an_entry("Late", time=datetime(2019, 12, 6, 18)),
        an_entry("Early", time=datetime(2019, 12, 6, 8, tzinfo=UTC)),
        an_entry("a", key="2019/12/06/another.md", slug="another"),
        an_entry("Newer", NEXT),
    ]
    assert titles(a_site(entries)) == ["Newer", "Late", "Early", "A", "a", "b"]


def test_indexes_are_in_display_order() -> None:
    entries = [
        an_entry("A", DAY, tags=("zebra", "Apple"), authors=("Bea Zed", "Zoe Abel")),
        an_entry("B", NEXT, tags=("apple", "apple"), authors=("Bea Zed",)),
    ]
    site = a_site(entries)
    assert list(site.by_day) == [NEXT, DAY]
    assert {tag: [entry.title for entry in found] for tag, found in site.by_tag.items()} == {
        "Apple": ["B", "A"],
        "zebra": ["A"],
    }
    assert list(site.by_tag) == ["Apple", "zebra"]
    assert list(site.by_author) == ["Zoe Abel", "Bea Zed"]


def test_spellings_of_one_slug_are_one_author_under_the_most_used() -> None:
    entries = [
        an_entry("A", authors=("Kurt Godel", "Kurt Goedel")),
        an_entry("B", authors=("Kurt Gödel",)),
        an_entry("C", authors=("Kurt Gödel",)),
    ]
    assert {name: len(found) for name, found in a_site(entries).by_author.items()} == {
        "Kurt Gödel": 3,
        "Kurt Goedel": 1,
    }


def test_a_name_without_a_letter_has_no_page() -> None:
    assert dict(a_site([an_entry(authors=("???", "…"))]).by_author) == {}


@settings(deadline=None, max_examples=40)
@given(st.permutations(range(6)), st.lists(st.sampled_from(["a", "B", "b", "ä"]), min_size=6, max_size=6))
def test_the_order_given_does_not_matter(order: list[int], names: list[str]) -> None:
    entries = [
        an_entry(name, DAY + timedelta(days=number % 2), key=f"{number}.md", tags=(name,), authors=(name,))
        for number, name in enumerate(names)
    ]
    assert a_site([entries[index] for index in order]) == a_site(entries)
