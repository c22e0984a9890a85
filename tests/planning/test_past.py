"""Old addresses lead to what stood there, as far as a site and its past tell; a past that grows tells the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning_values import THEME, a_page, a_site, an_entry

from digest.formats.identifiers import path_id
from digest.formats.past_addresses import parse_past
from digest.model import Entry, Feed, Past, Plan, Redirect, Site
from digest.planning import plan_site

DAY, NEXT = date(2019, 12, 6), date(2019, 12, 7)


def leads(plan: Plan) -> dict[str, str]:
    """Each old address, and where it leads."""
    made = [sketch.make() for sketch in plan.sketches if sketch.what == "an old address"]
    return {redirect.url: redirect.target for redirect in made if isinstance(redirect, Redirect)}


def after(past: Sequence[Past], site: Site) -> Plan:
    return plan_site(replace(site, past=tuple(past)), THEME)


def published(site: Site) -> tuple[Past, ...]:
    """The past of a site that was published once."""
    return after((), site).past


def moved(entry: Entry, **changes: Any) -> Entry:
    return entry._replace(**changes)


NAMED: dict[str, Any] = {"authors": ("Ada Lovelace",), "tags": ("graph-network",)}
A = an_entry("A", id="urn:uuid:aaaaaaaa-0000-4000-8000-000000000001", **NAMED | {"tags": ("graph-network", "peas")})
B = an_entry("B", id="urn:uuid:bbbbbbbb-0000-4000-8000-000000000001", **NAMED)
C = an_entry("C", tags=("graph-networks",))
RENAMED: dict[str, Any] = {"tags": ("graph-networks",), "authors": ("Ada K. Lovelace",)}


@dataclass(frozen=True)
class Move:
    """A site before and after, and what leads where then."""

    what: str
    before: Site
    now: Site
    leads: dict[str, str]
    vanished: tuple[str, ...] = ()


HAND = an_entry("By hand", key="notes.md", id=path_id("notes.md"), slug="notes")
MOVES = [
    Move("nothing", a_site([A, B]), a_site([B, A]), {}),
    Move("a slug", a_site([A, B]), a_site([moved(A, slug="other"), B]), {A.url: "/2019/12/06/other/"}),
    Move("a day", a_site([A, B]), a_site([moved(A, date=NEXT), B]), {A.url: "/2019/12/07/a/"}),
    Move(
        "all of a day",
        a_site([A, B]),
        a_site([moved(A, date=NEXT), moved(B, date=NEXT)]),
        {A.url: "/2019/12/07/a/", B.url: "/2019/12/07/b/", "/2019/12/06/": "/2019/12/07/"},
    ),
    Move(
        "names",
        a_site([moved(A, tags=("graph-network",)), B]),
        a_site([moved(A, **RENAMED), moved(B, **RENAMED)]),
        {"/tags/graph-network/": "/tags/graph-networks/", "/authors/ada-lovelace/": "/authors/ada-k-lovelace/"},
    ),
    Move(
        "a tag joined with another of its name",
        a_site([A, B, C]),
        a_site([moved(A, tags=C.tags), moved(B, tags=C.tags), C]),
        {"/tags/graph-network/": "/tags/graph-networks/"},
        ("/tags/peas/",),
    ),
    Move(
        "a tag in whose place are two",
        a_site([B]),
        a_site([moved(B, tags=("beans", "peas"))]),
        {},
        ("/tags/graph-network/",),
    ),
    Move(
        "a plain page",
        a_site([], pages=[a_page("about", "About us")]),
        a_site([], pages=[a_page("us", "About us")]),
        {"/about/": "/us/"},
    ),
    Move(
        "a file that has no id of its own",
        a_site([HAND]),
        a_site([moved(HAND, key="words.md", id=path_id("words.md"), slug="words")]),
        {"/2019/12/06/notes/": "/2019/12/06/words/"},
    ),
    Move("one that is gone", a_site([A, HAND]), a_site([HAND]), {}, (A.url, "/tags/graph-network/", "/tags/peas/")),
    Move("a draft now", a_site([B]), a_site([moved(B, draft=True, tags=())]), {}, ("/tags/graph-network/",)),
    Move(
        "a new one at an old address",
        a_site([B]),
        a_site([moved(B, date=NEXT), an_entry("New", slug="b", tags=("graph-network",))]),
        {},
    ),
]  # fmt: skip


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.what)
def test_what_moved_is_found_again(move: Move) -> None:
    plan = after(published(move.before), move.now)
    assert leads(plan) == move.leads
    assert tuple(sorted(line.url for line in plan.vanished)) == move.vanished
    # What is remembered of it changes nothing, and once remembered stays as it is.
    again = after(plan.past, move.now)
    assert leads(again) == move.leads
    assert set(again.past) == set(plan.past)
    assert {sketch.url for sketch in again.sketches} == {sketch.url for sketch in plan.sketches}


def test_chains_collapse_and_a_move_back_takes_its_redirect_away() -> None:
    past = published(a_site([A]))
    for day in (NEXT, date(2019, 12, 8)):
        past = after(past, a_site([moved(A, date=day)])).past
    site = a_site([moved(A, date=date(2019, 12, 9))])
    assert leads(after(past, site)) == {
        "/2019/12/06/a/": "/2019/12/09/a/",
        "/2019/12/07/a/": "/2019/12/09/a/",
        "/2019/12/08/a/": "/2019/12/09/a/",
        **{f"/2019/12/0{number}/": "/2019/12/09/" for number in (6, 7, 8)},
    }
    assert "/2019/12/06/a/" not in leads(after(past, a_site([A])))


def test_a_tag_that_moves_twice_is_found_from_its_first_name() -> None:
    past = published(a_site([B]))
    for tag in ("graph-nets", "beans"):
        site = a_site([moved(B, tags=(tag,))])
        past = after(past, site).past
    assert leads(after(past, site)) == {"/tags/graph-network/": "/tags/beans/", "/tags/graph-nets/": "/tags/beans/"}


def test_whoever_subscribed_to_a_tag_gets_its_feed_at_the_old_address() -> None:
    plan = after(published(a_site([B])), a_site([moved(B, tags=("beans",))]))
    feeds = {sketch.url: sketch.make() for sketch in plan.sketches if sketch.kind == "feed"}
    for name in ("feed.xml", "atom.xml", "feed.json"):
        old, new = feeds[f"/tags/graph-network/{name}"], feeds[f"/tags/beans/{name}"]
        assert isinstance(old, Feed)
        assert isinstance(new, Feed)
        assert old.permalink == new.permalink == f"https://example.org/tags/beans/{name}"
        assert [item.id for item in old.items] == [item.id for item in new.items] == [B.id]


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("/x/ to /2019/12/06/b/", "/2019/12/06/b/"),
        ("/x/ to /archive/", "/archive/"),
        ("/x/ to /nowhere/", ""),
        ("/x/ to /y/\n/y/ to /archive/", "/archive/"),
        ("/x/ to /y/\n/y/ to /x/", ""),
        ("/x/ to /x/", ""),
        ("/archive/ to /2019/12/06/b/", None),
        ("/2019/ to /archive/", None),
        ("/2019/12/06/b/index.html/x/ to /archive/", None),
        ("/feed.xml/ to /archive/", None),
        ("/X/ to /archive/\n/x/ to /archive/", "/archive/"),
    ],
)
def test_what_a_person_writes_is_done_where_it_can_be(line: str, target: str | None) -> None:
    past, faults = parse_past(line)
    plan = after(past, a_site([B]))
    found = leads(plan)
    assert not faults
    assert not plan.problems
    assert set(found.values()) == ({target} if target else set())
    assert bool(plan.vanished) == (target == "")


def test_a_site_that_nobody_published_remembers_nothing() -> None:
    plan = plan_site(a_site([A]), THEME)
    assert (plan.past, plan.vanished) == ((), ())


ENTRIES = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from([DAY, NEXT]),
    st.sampled_from(["x", "y"]),
    st.sets(st.sampled_from(["p", "q", "r"])),
)
SITES = st.lists(ENTRIES, unique_by=(lambda each: each[0], lambda each: (each[1], each[2])))


@given(st.lists(SITES, min_size=1, max_size=5))
@settings(deadline=None, max_examples=15)
def test_what_is_remembered_changes_nothing(sites: list[list[tuple[str, date, str, set[str]]]]) -> None:
    past: tuple[Past, ...] = ()
    for described in sites:
        site = a_site(
            [
                an_entry(
                    name,
                    day,
                    slug=slug,
                    id=f"urn:uuid:{name * 8}-0000-4000-8000-000000000001",
                    tags=tuple(sorted(tags)),
                )
                for name, day, slug, tags in described
            ]
        )
        plan = after(past, site)
        again = after(plan.past, site)
        assert {sketch.url: sketch.marks for sketch in plan.sketches} == {one.url: one.marks for one in again.sketches}
        assert set(again.past) == set(plan.past)
        ids = {entry.id.removeprefix("urn:uuid:"): entry.url for entry in site.entries}
        here = {sketch.url for sketch in plan.sketches if sketch.what != "an old address"}
        wanted = {line.url: ids[line.told] for line in past if line.told in ids and line.url not in here}
        assert wanted.items() <= leads(plan).items()
        past = plan.past
