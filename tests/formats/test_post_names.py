"""What the path of a post says, and its dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from digest.formats.post_dates import parse_post_date, settle_date
from digest.formats.post_names import PostName, parse_post_name
from digest.model import PartialDate


@pytest.mark.parametrize(
    ("path", "day", "slug", "title"),
    [
        ("_posts/2019-01-02-on-beans.md", date(2019, 1, 2), "on-beans", ""),
        ("_posts/2019-1-2-On Beans.markdown", date(2019, 1, 2), "", "On Beans"),
        ("a/2019-01-02---On-Beans.md", date(2019, 1, 2), "", ""),
        ("content/posts/on-beans/index.md", None, "on-beans", ""),
        ("content/posts/on-beans/index.de.md", None, "on-beans", ""),
        ("On: Beans and Peas.md", None, "", "On: Beans and Peas"),
        ("001_On_Beans_and_Peas.md", None, "", ""),
        ("On_Beans_and_Peas.md", None, "", "On Beans and Peas"),
        ("_posts/2019-01-02-beans/on-beans.Rmd", date(2019, 1, 2), "on-beans", ""),
        ("2019-13-45-beans.md", None, "2019-13-45-beans", ""),
        ("notes/README.md", None, "notes", ""),
        ("12.md", None, "", ""),
        ("-", None, "", ""),
        ("https://example.org/2019-01-02-beans.md", None, "", ""),
    ],
)
def test_names(path: str, day: date | None, slug: str, title: str) -> None:
    name = parse_post_name(path)
    assert (name.day, name.slug, name.title) == (day, slug, title)


def test_folders_and_languages() -> None:
    assert parse_post_name("_drafts/on-beans.md") == PostName("on-beans", None, "", "md", draft=True, jekyll=True)
    assert parse_post_name("on-beans.pt-BR.md").lang == "pt-BR"
    assert parse_post_name("2019-01-02-beans.md").jekyll


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2019-01-02", date(2019, 1, 2)),
        ("2019-01-02 10:00", date(2019, 1, 2)),
        ("2019-01-02 9:00 PM", date(2019, 1, 2)),
        ("2019-01-02 10:00:00 PST", date(2019, 1, 2)),
        ("2019-01-02 10:00:00 +0800", datetime(2019, 1, 2, 10, tzinfo=timezone(timedelta(hours=8)))),
        ("2019-01-02T10:00:01.Z", datetime(2019, 1, 2, 10, 0, 1, tzinfo=UTC)),
        (
            "2019-01-02 09:30 PM UTC-05:30",
            datetime(2019, 1, 2, 21, 30, tzinfo=timezone(-timedelta(hours=5, minutes=30))),
        ),
        ("Wed, 02 Jan 2019 10:00:00 +0000", datetime(2019, 1, 2, 10, tzinfo=UTC)),
        ("JANUARY 2, 2019", date(2019, 1, 2)),
        ("Wed Jan  2 18:09:39 EST 2019", date(2019, 1, 2)),
        ("2019-01-02T", date(2019, 1, 2)),
        ("2019-01-02.", date(2019, 1, 2)),
        ("2019-01", PartialDate(2019, 1)),
        ("2019", PartialDate(2019)),
        ("[[2019-01-02]]", date(2019, 1, 2)),
        ("2019-13-45", None),
        ("2019-01-02 25:00 Z", None),
        ("2019-01-02 10:00 +99:00", None),
        ("03/04/2019", None),
        ("today", None),
        ("", None),
    ],
)
def test_dates(text: str, read: date | PartialDate | None) -> None:
    assert parse_post_date(text) == read


def test_a_month_settles_a_date_that_may_be_two() -> None:
    assert settle_date("07/02/2018", PartialDate(2018, 7)) == date(2018, 7, 2)
    assert settle_date("07/02/2018", PartialDate(2018, 2)) == date(2018, 2, 7)
    assert settle_date("07/02/2018", PartialDate(2018, 3)) is None
    assert settle_date("07/02/2018", PartialDate(2017, 7)) is None
    assert settle_date("30/02/2018", PartialDate(2018, 2)) is None
