"""The pages of venues: one for all years of a conference or journal."""

from __future__ import annotations

from planning_values import DAY, a_plan, an_entry, the

from digest.model import EntryPage, Link, VenueIndexPage, VenuePage


def test_years_of_a_venue_stand_on_one_page_and_entries_keep_what_they_write() -> None:
    entries = [
        an_entry("One", venue="ICLR 2018"),
        an_entry("Two", venue="Published as a conference paper at ICLR 2019"),
        an_entry("Three", venue="Nature 518, 529–533 (2015)"),
    ]
    plan = a_plan(entries)
    page = the(plan, VenuePage)
    assert (page.url, page.venue) == ("/venues/iclr/", Link("ICLR", "/venues/iclr/", 2))
    assert [entry.title_text for group in page.days for entry in group.entries] == ["One", "Two"]
    assert the(plan, VenueIndexPage).venues == (page.venue,)
    venues = {one.title: one.entry.venue for one in plan.pages if isinstance(one, EntryPage)}
    assert venues["Two"] == Link("Published as a conference paper at ICLR 2019", "/venues/iclr/")
    assert venues["Three"] == Link("Nature 518, 529–533 (2015)")


def test_long_venues_go_on_and_few_entries_have_no_page() -> None:
    entries = [an_entry(f"Paper {number}", DAY, venue=f"ICLR {2000 + number}") for number in range(5)]
    urls = [page.url for page in a_plan(entries, page_size=2).pages if isinstance(page, VenuePage)]
    assert urls == ["/venues/iclr/", "/venues/iclr/page/2/", "/venues/iclr/page/3/"]
    for least in (6, 0):
        none = a_plan(entries, venue_page_entries=least).pages
        assert not any(isinstance(page, VenuePage | VenueIndexPage) for page in none)


def test_a_tag_of_the_same_words_keeps_its_own_page() -> None:
    entries = [an_entry(f"Paper {number}", venue="ICLR 2018", tags=("iclr-2018", "ICLR 2018")) for number in range(2)]
    urls = {page.url for page in a_plan(entries).pages}
    assert {"/tags/iclr-2018/", "/venues/iclr/"} <= urls


def test_hostile_venues_have_a_page_or_none() -> None:
    venues = ["<b>2019</b>", "../..", "\u202eICLR", "…", "2019", "x" * 10_000]
    entries = [an_entry(f"Paper {n}-{m}", venue=venue) for m, venue in enumerate(venues) for n in range(2)]
    urls = [page.url for page in a_plan(entries).pages if isinstance(page, VenuePage)]
    assert all(url.startswith("/venues/") and ".." not in url and len(url) < 200 for url in urls)
