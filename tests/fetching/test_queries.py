"""Whatever a server says, no query raises, and none is asked for ever about the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_server import FIRST_DAY, World, some_papers

from digest.fetching.queries import QUERIES
from digest.fetching.steps import Answer, Asked, Memory, Remember, Request, unreachable
from digest.model import Problem, QueryKind, SourceQuery, Span

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
ADDRESSES = {
    "arxiv-search": "/api?start=3&max_results=9",
    "arxiv-rss": "/rss/cs.CL",
    "arxiv-listing": f"/catchup/cs.CL/{FIRST_DAY}?page=1",
    "oai": "/oai?from=2026-11-16",
    "huggingface": f"/huggingface?date={FIRST_DAY}&limit=100",
    "biorxiv": f"/details/biorxiv/{FIRST_DAY}/{FIRST_DAY}/3/json",
    "openreview": "/notes?offset=0&limit=9",
    "feed": "/feed.xml",
}
RIGHT = {kind: World(some_papers()).respond(address, "").body.decode() for kind, address in ADDRESSES.items()}
JSON = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=3), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["notes", "count", "messages", "collection", "total", "status", "items", "error"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=5,
)
KNOWN = st.sampled_from(["until", "until cs.CL", "batch cs.CL", "resume from", "resume token", "etag"])
VALUES = st.sampled_from(["2026-11-13", "x", ""])
OTHERS = st.one_of(
    st.just(""),
    st.just("Rate exceeded."),
    st.just("<html><body>no</body></html>"),
    JSON.map(json.dumps),
    st.text(max_size=30),
    st.sampled_from(list(RIGHT.values())),
    st.just(json.dumps([{"title": "x"}] * 100)),
    st.just(json.dumps({"notes": [{"id": "x"}] * 1_000})),
)


def texts_of(kind: QueryKind) -> st.SearchStrategy[str]:
    """The right answer, cut or with numbers of its own in it, or anything else."""
    right = RIGHT.get(kind, RIGHT["feed"])
    cut = st.integers(0, len(right)).map(lambda end: right[:end])
    odd = st.sampled_from("0123456789").flatmap(
        lambda old: st.sampled_from(["", "9", "-1", "99999999999", "x"]).map(lambda new: right.replace(old, new))
    )
    return st.one_of(st.just(right), cut, odd, OTHERS)


def answers_of(kind: QueryKind) -> st.SearchStrategy[Answer | Problem]:
    status = st.sampled_from([200, 200, 200, 304, 400, 404, 422])
    made = st.builds(lambda status, text: Answer("http://x.org/a", status, text), status, texts_of(kind))
    return st.one_of(made, made, made, st.just(unreachable("nobody there")))


@pytest.mark.parametrize("kind", sorted(QUERIES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), named=st.booleans(), memory=st.dictionaries(KNOWN, VALUES))
def test_a_query_ends_whatever_it_is_told(kind: QueryKind, data: st.DataObject, named: bool, memory: Memory) -> None:
    source = SourceQuery(
        "plants",
        kind,
        Span("s"),
        url="http://x.org/a",
        search="x",
        categories=() if kind == "biorxiv" else ("cs.CL", "cs.AI"),
        invitation="x",
        since=3,
    )
    asked = Asked(NOW, FIRST_DAY, None) if named else Asked(NOW)
    query = QUERIES[kind](source, asked, memory)
    answers = data.draw(st.lists(answers_of(kind), min_size=1, max_size=4))
    requests = 0
    try:
        step = next(query)
        while requests < 200:
            if isinstance(step, Request):
                requests += 1
                # The last answer comes again and again, as from a server that is stuck.
                step = query.send(answers[min(requests, len(answers)) - 1])
                continue
            if isinstance(step, Problem):
                assert step.hint
            if isinstance(step, Remember):
                assert not named
                assert all(isinstance(value, str) for value in step.memory.values())
            step = next(query)
    except StopIteration:
        return
    pytest.fail("asked for ever")
