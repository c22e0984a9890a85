"""Everything that can go wrong while papers are fetched, by name: what is kept, what is said, how the command ends.

`run_case` of tests/fetch_runs.py lets a real server on this machine do it to the real command, and
`python tests/fetching/fault_table.py` prints what came of every case as a table.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from fetch_runs import (
    BIORXIV,
    FEED,
    HF,
    LISTING,
    OAI,
    OPENREVIEW,
    RSS,
    SEARCH,
    TUESDAY,
    TWO_RSS,
    WEDNESDAY,
    Case,
)
from paper_server import (
    FIRST_DAY,
    Fault,
    Response,
    World,
    pack_bomb,
    redirect,
    refuse,
    replace_text,
    say,
    send,
    some_papers,
    speak_openreview,
    speak_rss,
)


def fault(
    change: Callable[..., None], *values: Any, where: str = "", times: int = 1_000_000, after: int = 0, **more: Any
) -> Callable[[], Fault]:
    """A fault that is made anew for each run."""
    return lambda: Fault(lambda response: change(response, *values, **more), where, times, after)


def wrong_page(response: Response) -> None:
    say(response, "<html><body>Please wait while we check your browser.</body></html>")


def empty_api_page(response: Response) -> None:
    response.body = re.sub(rb"<entry>.*</entry>\n", b"", response.body, flags=re.DOTALL)


def cut_packed(response: Response) -> None:
    response.body = gzip.compress(response.body)[:-30]
    response.headers["Content-Encoding"] = "gzip"


def first_notes(response: Response) -> None:
    response.body = speak_openreview(World(), [], {"offset": "0", "limit": "9"}).body


def drop_half(response: Response, mark: bytes) -> None:
    """Leave out every second paper, and say nothing of it."""
    pieces = response.body.split(mark)
    response.body = mark.join(piece for place, piece in enumerate(pieces) if place != 2)


def batch_of(response: Response, category: str, day: date) -> None:
    """The feed of that category as it was on that day."""
    made = speak_rss(World(BOTH, day), [category], {})
    response.body, response.status, response.headers, response.sent = made.body, 200, made.headers, "whole"


def not_open(response: Response) -> None:
    say(response, '{"error": "this day is not open yet"}', 400, "application/json")


def not_modified(response: Response) -> None:
    response.body, response.status, response.headers = b"", 304, {}


def repeat_token(response: Response) -> None:
    response.body = re.sub(rb"\|\d+</resumptionToken>", b"|3</resumptionToken>", response.body)


def expire_token(response: Response) -> None:
    response.body = re.sub(
        rb"<ListRecords>.*</ListRecords>",
        b"<error code='badResumptionToken'>The token has expired.</error>",
        response.body,
        flags=re.DOTALL,
    )


ERROR_FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title><entry>'
    "<id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>"
    "<summary>incorrect id format for abc</summary><author><name>arXiv api core</name></author></entry></feed>"
)
ERROR_RSS = (
    '<rss version="2.0"><channel><title>Feed error for query: cs.CX</title>'
    "<description>Bad archive 'cs.CX'.</description></channel></rss>"
)
TUESDAYS = some_papers() + some_papers(4, first=21, day=TUESDAY)
WEDNESDAYS = TUESDAYS + some_papers(2, first=31, day=WEDNESDAY)
BOTH = TUESDAYS + some_papers(3, "cs.AI", first=41) + some_papers(2, "cs.AI", first=51, day=TUESDAY)

CASES = (
    Case("429 once, without Retry-After", SEARCH, [fault(refuse, 429, times=1)], 7),
    Case("429 once, Retry-After in seconds", SEARCH, [fault(refuse, 429, times=1, Retry_After="45")], 7),
    Case(
        "429 once, Retry-After as a date",
        SEARCH,
        [fault(refuse, 429, times=1, Retry_After="Mon, 16 Nov 2026 12:01:00 GMT")],
        7,
    ),
    Case(
        "429 once, Retry-After of an hour",
        SEARCH,
        [fault(refuse, 429, Retry_After="3600")],
        0,
        ("DG701",),
        "60 minutes",
        1,
        again=7,
    ),
    Case("429 for ever", SEARCH, [fault(refuse, 429)], 0, ("DG701",), "answers 429, 5 times", 1, again=7),
    Case("503 twice", SEARCH, [fault(refuse, 503, times=2)], 7),
    Case(
        "503 for ever from the second page on",
        SEARCH,
        [fault(refuse, 503, after=1)],
        3,
        ("DG701",),
        "answers 503, 5 times",
        1,
        again=4,
    ),
    Case("404", FEED, [fault(refuse, 404)], 0, ("DG701",), "answers 404", 1, again=7),
    Case("no answer, once", SEARCH, [fault(send, "never", times=1)], 7),
    Case("no answer, ever", FEED, [fault(send, "never")], 0, ("DG701",), "in time, 5 times", 1, again=7),
    Case("a body cut off, once", SEARCH, [fault(send, "cut", times=1)], 7),
    Case("a body cut off, every time", SEARCH, [fault(send, "cut")], 0, ("DG701",), "cannot be read", 1, again=7),
    Case("a length that is too small, once", SEARCH, [fault(send, "long", times=1)], 7),
    Case(
        "a length that is too small, every time",
        SEARCH,
        [fault(send, "long")],
        0,
        ("DG703",),
        "ends in the middle",
        1,
        again=7,
    ),
    Case(
        "JSON cut short behind a true length",
        HF,
        [fault(lambda r: setattr(r, "body", r.body[:-9]))],
        0,
        ("DG703",),
        "ends in the middle",
        1,
        again=7,
    ),
    Case("a body without end", FEED, [fault(send, "endless")], 0, ("DG701",), "more than 1 MB", 1, again=7),
    Case("a gzip bomb", FEED, [fault(pack_bomb)], 0, ("DG701",), "more than 1 MB", 1, again=7),
    Case(
        "a redirect that goes round",
        FEED,
        [fault(redirect, "/feed.xml")],
        0,
        ("DG701",),
        "redirects more than 5 times",
        1,
        again=7,
    ),
    Case(
        "a redirect to a file",
        FEED,
        [fault(redirect, "file:///etc/passwd")],
        0,
        ("DG701",),
        "neither http nor https",
        1,
        again=7,
    ),
    Case("a redirect to where it is now", FEED, [fault(redirect, "/feed.xml?now", times=1)], 7),
    Case("a web page instead of a feed, once", SEARCH, [fault(wrong_page, times=1)], 7),
    Case(
        "a web page instead of a feed, every time",
        SEARCH,
        [fault(wrong_page)],
        0,
        ("DG703",),
        "`html` instead of `feed`",
        1,
        again=7,
    ),
    Case("a plain refusal with status 200, twice", SEARCH, [fault(say, "Rate exceeded.", times=2)], 7),
    Case(
        "a packed body cut short, every time",
        FEED,
        [fault(cut_packed)],
        0,
        ("DG701",),
        "ends in the middle of its packed body, 5 times",
        1,
        again=7,
    ),
    Case(
        "a PDF",
        FEED,
        [fault(say, "%PDF-1.7", media_type="application/pdf")],
        0,
        ("DG701",),
        "application/pdf",
        1,
        again=7,
    ),
    Case("an empty page in the middle, once", SEARCH, [fault(empty_api_page, where="start=3", times=1)], 7),
    Case(
        "an empty page in the middle, every time",
        SEARCH,
        [fault(empty_api_page, where="start=3")],
        3,
        ("DG703",),
        "empty page behind 3 of 7 papers",
        1,
        again=4,
    ),
    Case(
        "an empty page in the middle of bioRxiv",
        BIORXIV,
        [fault(say, '{"messages": [{"status": "no posts found"}], "collection": []}', where="/3/json")],
        3,
        ("DG703",),
        "empty page behind 3 of 7 preprints",
        1,
        again=4,
    ),
    Case(
        "an empty page in the middle of OpenReview",
        OPENREVIEW,
        [fault(say, '{"notes": [], "count": 7}', where="offset=3")],
        3,
        ("DG703",),
        "empty page behind 3 of 7 notes",
        1,
        again=4,
    ),
    Case(
        "the same page again and again",
        OPENREVIEW,
        [fault(first_notes, where="/notes")],
        3,
        ("DG703",),
        "sends the same page again, 3 times in a row",
        1,
        again=4,
    ),
    Case(
        "an error feed with status 200",
        SEARCH,
        [fault(say, ERROR_FEED)],
        0,
        ("DG701",),
        "incorrect id format for abc",
        1,
        again=7,
    ),
    Case(
        "an error feed of RSS with status 200", RSS, [fault(say, ERROR_RSS)], 0, ("DG701",), "Bad archive", 1, again=7
    ),
    Case("not modified", FEED, [], 0, papers=some_papers(), before=FIRST_DAY),
    Case("the same batch again on the same day", RSS, [], 0, before=FIRST_DAY),
    Case("an empty feed on a Sunday", RSS, [], 0, today=date(2026, 11, 15), papers=()),
    Case("an empty feed on a holiday", RSS, [], 0, today=date(2026, 11, 26), papers=()),
    Case(
        "a stale batch",
        RSS,
        [fault(batch_of, "cs.CL", FIRST_DAY)],
        0,
        ("DG702",),
        "that of 2026-11-16, and 2026-11-17 was asked for",
        1,
        papers=TUESDAYS,
        today=TUESDAY,
        before=FIRST_DAY,
        again=4,
    ),
    Case(
        "a stale batch that is not modified",
        RSS,
        [fault(not_modified)],
        0,
        ("DG702",),
        "that of 2026-11-16, and 2026-11-17 was asked for",
        1,
        papers=TUESDAYS,
        today=TUESDAY,
        before=FIRST_DAY,
        again=4,
    ),
    Case(
        "a stale batch, the first of all",
        RSS,
        [fault(batch_of, "cs.CL", FIRST_DAY)],
        7,
        ("DG702",),
        "that of 2026-11-16, and 2026-11-17 was asked for",
        1,
        papers=TUESDAYS,
        today=TUESDAY,
        again=4,
    ),
    Case(
        "a day that nobody fetched",
        RSS,
        [],
        2,
        ("DG703",),
        "nobody fetched the feed of cs.CL on 2026-11-17",
        1,
        papers=WEDNESDAYS,
        today=WEDNESDAY,
        before=FIRST_DAY,
        again=0,
    ),
    Case(
        "a day that nobody fetched, from the listings",
        LISTING,
        [],
        6,
        papers=WEDNESDAYS,
        today=WEDNESDAY,
        before=FIRST_DAY,
        again=0,
    ),
    Case(
        "a category that lags",
        TWO_RSS,
        [fault(batch_of, "cs.AI", FIRST_DAY, where="cs.AI")],
        4,
        ("DG702",),
        "cs.AI lags: it is still that of 2026-11-16, while that of cs.CL is of 2026-11-17",
        1,
        papers=BOTH,
        today=TUESDAY,
        before=FIRST_DAY,
        again=2,
    ),
    Case(
        "one category of two is refused",
        TWO_RSS,
        [fault(refuse, 503, where="cs.AI")],
        4,
        ("DG701",),
        "answers 503, 5 times",
        1,
        papers=BOTH,
        today=TUESDAY,
        before=FIRST_DAY,
        again=2,
    ),
    Case(
        "half a listing page",
        LISTING,
        [fault(drop_half, b"<dt>")],
        0,
        ("DG703",),
        "shows 2 of the 3 papers",
        1,
        again=7,
    ),
    Case("half a listing page, once", LISTING, [fault(drop_half, b"<dt>", times=1)], 7),
    Case(
        "the second page of a listing is empty",
        LISTING,
        [fault(lambda r: say(r, "Total of 7 entries for Mon, 16 Nov 2026"), where="page=2")],
        3,
        ("DG703",),
        "behind 3 of 7 papers",
        1,
        again=4,
    ),
    Case(
        "the listing of another day",
        LISTING,
        [fault(replace_text, "16 Nov", "13 Nov", where="2026-11-16")],
        0,
        ("DG702",),
        "is one of 2026-11-13",
        1,
        again=7,
    ),
    Case(
        "a day that is not announced yet",
        LISTING,
        [fault(lambda r: say(r, "<p>No updates for Mon, 16 Nov 2026.</p>"), where="2026-11-16")],
        0,
        again=7,
    ),
    Case("a day without papers", LISTING, [], 0, papers=()),
    Case("a resumption token that repeats once", OAI, [fault(repeat_token, where="|3", times=1)], 7),
    Case(
        "a resumption token that repeats for ever",
        OAI,
        [fault(repeat_token)],
        6,
        ("DG703",),
        "repeats its resumption token",
        1,
        again=1,
    ),
    Case("a resumption token that expires once", OAI, [fault(expire_token, where="|3", times=1)], 7),
    Case(
        "a resumption token that expires for ever",
        OAI,
        [fault(expire_token, where="resumptionToken")],
        3,
        ("DG701",),
        "badResumptionToken",
        1,
        again=4,
    ),
    Case("a harvest broken off goes on", OAI, [fault(refuse, 503, after=2)], 6, ("DG701",), "503", 1, again=1),
    Case("no records match", OAI, [], 0, papers=()),
    Case(
        "another error of OAI-PMH",
        OAI,
        [fault(say, "<OAI-PMH><error code='badArgument'>no such set</error></OAI-PMH>")],
        0,
        ("DG701",),
        "badArgument: no such set",
        1,
        again=7,
    ),
    Case("a day that is not open yet", HF, [fault(not_open, where="date=2026-11-16")], 0, again=7),
    Case("a weekend of Hugging Face", HF, [], 0, papers=(), today=date(2026, 11, 15)),
    Case(
        "characters that are none",
        FEED,
        [fault(lambda r: setattr(r, "body", r.body.replace(b"Rain", b"R\xe9in", 1)))],
        7,
        ("DG703",),
        "1 characters",
    ),
)
