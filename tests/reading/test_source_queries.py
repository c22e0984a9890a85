"""`sources:` of site.yml to queries; what is wrong with one stands in tests/bad/settings-sources.txt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import frontmatter
from digest.model import DAYS_BACK, Selection, SourceQuery, Span
from digest.reading.settings import parse_settings
from digest.reading.source_queries import KINDS, NEEDED, UNDERSTOOD


def good(text: str) -> tuple[SourceQuery, ...]:
    found, problems = parse_settings(text, "content/site.yml")
    assert problems == ()
    return found.sources


def test_every_key_is_read() -> None:
    (source,) = good(
        """sources:
  plants:
    kind: arxiv-search
    url: https://mirror.example.org/api
    search: ti:onion
    categories: [q-bio.PE, q-bio.TO]
    since: 2026-10-31
    include:
      keywords: [water*, rain]
      authors: [Lovelace]
    exclude:
      categories: [math.*]
"""
    )
    assert source == SourceQuery(
        name="plants",
        kind="arxiv-search",
        span=Span("content/site.yml", 2, 3, 6),
        url="https://mirror.example.org/api",
        search="ti:onion",
        categories=("q-bio.PE", "q-bio.TO"),
        since=date(2026, 10, 31),
        include=Selection(("water*", "rain"), ("Lovelace",)),
        exclude=Selection(categories=("math.*",)),
    )


def test_sources_keep_their_order_and_need_little() -> None:
    sources = good(
        """sources:
  b: {kind: oai, set: cs, prefix: oai_dc}
  a: {kind: openreview, invitation: "Garden.cc/2026/Conference/-/Submission", api: 1}
  c: {kind: huggingface, include: onion, exclude: [leek, "bean*"]}
  d: {kind: medrxiv, categories: cell biology}
"""
    )
    assert [source.name for source in sources] == ["b", "a", "c", "d"]
    assert (sources[0].set, sources[0].prefix) == ("cs", "oai_dc")
    assert (sources[1].invitation, sources[1].api) == ("Garden.cc/2026/Conference/-/Submission", 1)
    assert (sources[2].include, sources[2].exclude) == (Selection(("onion",)), Selection(("leek", "bean*")))
    assert sources[3].categories == ("cell biology",)
    assert good("sources:\n") == good("sources: {}\n") == ()


@pytest.mark.parametrize(
    ("since", "days"),
    [("7 days", 7), ("1 day", 1), ("2 weeks", 14), ("30", 30), ("2026-01-02", date(2026, 1, 2)), ("", DAYS_BACK)],
)
def test_how_far_a_first_fetch_goes_back(since: str, days: int | date) -> None:
    (source,) = good(f"sources: {{x: {{kind: oai, since: {since}}}}}\n")
    assert source.since == days


@pytest.mark.parametrize("contact", ["ada@example.org", "https://example.org/about/", "ada+papers@example.org"])
def test_contacts(contact: str) -> None:
    found, problems = parse_settings(f"contact: {contact}\n", "s")
    assert (found.contact, problems) == (contact, ())


@pytest.mark.parametrize("contact", ["ada", "a@b (c)", "ada@example.org\\r\\nX-Evil: 1", "ünï@example.org", "@"])
def test_contacts_that_no_header_may_hold(contact: str) -> None:
    found, problems = parse_settings(f'contact: "{contact}"\n', "s")
    assert found.contact == ""
    assert [problem.code for problem in problems] == ["DG203"]


def test_what_a_kind_needs_it_understands() -> None:
    for kind, keys in NEEDED.items():
        assert set(keys) <= {"url", *UNDERSTOOD.get(kind, ())}
    assert set(NEEDED) | set(UNDERSTOOD) <= set(KINDS)


KEYS = ["kind", "url", "since", "include", "exclude", "search", "categories", "set", "prefix", "invitation", "api"]
VALUES = st.recursive(
    st.one_of(st.sampled_from([*KINDS, "7 days", "https://x.org/"]), st.text(max_size=6), st.integers(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=8), inner, max_size=2)),
    max_leaves=4,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4), max_size=3))
def test_whatever_is_written_sources_are_sound(written: dict[str, dict[str, frontmatter.Plain]]) -> None:
    found, problems = parse_settings(frontmatter.dump_front_matter({"sources": written}), "s")
    assert all(problem.hint and problem.span for problem in problems)
    assert len({source.name for source in found.sources}) == len(found.sources)
    for source in found.sources:
        assert source.kind in KINDS
        assert source.url == "" or "://" in source.url
        assert any(getattr(source, key) for key in NEEDED.get(source.kind, ("kind",)))
