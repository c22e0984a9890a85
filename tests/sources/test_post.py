"""Posts of other generators: what becomes of head and body."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem
from digest.sources.posts.post import SOURCE

ABS = "https://arxiv.org/abs/1801.00123"
BODY = "Beans grow in the sun.\n"


def read(head: str, body: str = BODY, name: str = "_posts/2019-01-02-on-beans.md") -> Item:
    document = Document(name, f"---\n{head}\n---\n\n{body}")
    assert SOURCE.recognise(document) > 0.6
    (item,) = (found for found in SOURCE.read(document) if isinstance(found, Item))
    return item


def noise(head: str, body: str = BODY) -> list[tuple[int, str]]:
    found = SOURCE.read(Document("_posts/2019-01-02-on-beans.md", f"---\n{head}\n---\n\n{body}"))
    return [(thing.span.line, thing.text) for thing in found if isinstance(thing, Noise)]


def test_a_post_of_jekyll() -> None:
    head = (
        "layout: post\ntitle: 'On Beans: a tale'\nauthor: Ann Author\nexcerpt: They grow.\ntags: green tall\n"
        "categories: [Garden Work, posts]\nlicense: CC-BY-4.0\nlang: en_GB\nredirect_from: /old/\n"
        "last_modified_at: 2020-02-03"
    )
    item = read(head, f"{BODY}\n[Link to the paper]({ABS}v2)\n\nSee [peas](https://arxiv.org/abs/1701.00001).")
    assert item.title == "On Beans: a tale"
    assert (item.day, item.published, item.kind) == (date(2019, 1, 2), None, "summary")
    assert (item.summary, item.license, item.lang) == ("They grow.", "CC-BY-4.0", "en-GB")
    assert item.tags == ("green", "tall", "Garden Work")
    assert item.identifiers == Identifiers(arxiv="1801.00123", version=2)
    assert item.links == (("paper", f"{ABS}v2"),)
    assert item.authors == ()
    assert item.details == (("post-author", "Ann Author"), ("post-updated", "2020-02-03"))
    assert (item.slug, item.aliases, item.draft) == ("on-beans", ("/old/",), False)
    assert noise(head) == [(2, "layout: post"), (7, "categories: posts")]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("date: 2018-05-06", date(2018, 5, 6)),
        ("date: 2018-05-06 10:00:00 +0800", datetime(2018, 5, 6, 10, tzinfo=timezone(timedelta(hours=8)))),
        ("published_at: 2018-05-06 10:00", date(2018, 5, 6)),
        ("layout: post", date(2019, 1, 2)),
        ("date: someday", date(2019, 1, 2)),
    ],
)
def test_the_day_is_the_one_that_the_head_states_else_that_of_the_name(line: str, day: date) -> None:
    assert read(f"title: On Beans\n{line}").day == day


def test_the_name_settles_a_date_that_may_be_two() -> None:
    name = "_posts/2018-02-01-on-beans/on-beans.Rmd"
    assert read("title: On Beans\ndate: 02-01-2018", name=name).day == date(2018, 2, 1)


def test_a_date_that_is_none_is_told_and_kept() -> None:
    text = f"---\ntitle: On Beans\ndate: someday\n---\n\n{BODY}"
    found = list(SOURCE.read(Document("x.md", text)))
    assert [(thing.severity, thing.code) for thing in found if isinstance(thing, Problem)] == [("warning", "DG102")]
    assert [thing.text for thing in found if isinstance(thing, Noise)] == ["date: someday"]


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("draft: true", True),
        ("draft: false", False),
        ("published: false", True),
        ("published: true", False),
        ("status: draft", True),
        ("status: to-read", False),
    ],
)
def test_drafts(line: str, draft: bool) -> None:
    assert read(f"title: On Beans\n{line}").draft == draft


def test_drafts_of_jekyll_lie_in_a_folder() -> None:
    assert read("title: On Beans\ndate: 2019-01-02", name="_drafts/on-beans.md").draft


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("arxiv: 1801.00123", Identifiers(arxiv="1801.00123")),
        (f"paper_url: {ABS}v3", Identifiers(arxiv="1801.00123", version=3)),
        ("links:\n  pdf: https://arxiv.org/pdf/1801.00123.pdf", Identifiers(arxiv="1801.00123")),
        ("doi: https://doi.org/10.1234/beans", Identifiers(doi="10.1234/beans")),
        ("doi: 10.48550/arXiv.1801.00123", Identifiers(arxiv="1801.00123")),
        ("paper: https://dl.acm.org/doi/abs/10.1145/1.2", Identifiers(doi="10.1145/1.2")),
        ("link: https://openreview.net/forum?id=BeansAndPeas", Identifiers(openreview="BeansAndPeas")),
        ("pmid: 123", Identifiers(pmid="123")),
        ("link: https://example.org/beans", Identifiers()),
        ("url: /beans/", Identifiers()),
        ("arxiv: true", Identifiers()),
    ],
)
def test_the_head_tells_the_paper(lines: str, names: Identifiers) -> None:
    assert read(f"title: On Beans\n{lines}").identifiers == names


@pytest.mark.parametrize(
    ("body", "arxiv"),
    [
        (f"[Paper]({ABS})", "1801.00123"),
        (f"We read [On Green and Tall Beans]({ABS}) after [peas](https://arxiv.org/abs/1701.00001).", "1801.00123"),
        (f"[{{{{ page.paper_ref }}}}]({ABS})", "1801.00123"),
        (f"논문 링크는 [여기]({ABS})", "1801.00123"),
        (f"论文链接：{ABS}", "1801.00123"),
        (f"This paper grows beans: {ABS}", "1801.00123"),
        (f"### Links\n\n* {ABS}\n", "1801.00123"),
        (f"Beans grow: {ABS}", ""),
        (f"Papers on beans: [a]({ABS}), [b](https://arxiv.org/abs/1701.00001)", ""),
        (f"[Link to the paper](https://example.org/beans) and [peas]({ABS})", ""),
    ],
)
def test_the_body_tells_the_paper_or_cites(body: str, arxiv: str) -> None:
    assert read("title: On Green and Tall Beans", body).identifiers.arxiv == arxiv


def test_the_record_of_a_paper_has_its_authors_and_abstract() -> None:
    text = (
        '+++\ntitle = "On Beans"\ndate = 2019-01-02\nauthors = ["admin", "Lovelace, Ada"]\nabstract = "They grow."\n'
        'publication = "*Beans*"\ndoi = "10.1234/beans"\nurl_code = "https://example.org/code"\n+++\n'
    )
    (item, *_) = SOURCE.read(Document("content/publication/on-beans/index.md", text))
    assert isinstance(item, Item)
    assert (item.kind, item.body, item.venue) == ("abstract", "They grow.", "Beans")
    assert (item.authors, item.details) == (("Ada Lovelace",), ())
    assert (item.links, item.slug) == ((("code", "https://example.org/code"),), "on-beans")


def test_an_abstract_without_authors_is_a_summary() -> None:
    item = read("title: On Beans\nabstract: They grow.")
    assert (item.kind, item.summary, item.body) == ("note", "They grow.", BODY.rstrip())


def test_links_keep_the_names_that_the_head_gives_them() -> None:
    head = "title: On Beans\nlinks:\n- name: My Talk\n  url: https://example.org/t\nlink.demo: https://example.org/d"
    assert read(head).links == (("my-talk", "https://example.org/t"), ("demo", "https://example.org/d"))
    odd = "title: On Beans\nlinks:\n- name: My Talk\n  url: /t"
    assert noise(odd) == [(4, "links[].name: My Talk"), (5, "links[].url: /t")]


@pytest.mark.parametrize(
    ("lines", "authors", "writer"),
    [
        ("author: Ann Author\narxiv: 1801.00123", (), "Ann Author"),
        ("authors: [Ada Lovelace, Ann Author]\nvenue: Beans 2018", ("Ada Lovelace", "Ann Author"), ""),
        ("authors: Lovelace, Ada; Author, Ann", (), "Ada Lovelace, Ann Author"),
        ("author:\n- name: Ada Lovelace\n  url: https://example.org", (), "Ada Lovelace"),
        ('authors:\n- "[[Ada Lovelace]]"\nyear: 2018', ("Ada Lovelace",), ""),
    ],
)
def test_who_wrote_the_paper_and_who_the_post(lines: str, authors: tuple[str, ...], writer: str) -> None:
    item = read(f"title: On Beans\n{lines}")
    assert item.authors == authors
    assert dict(item.details).get("post-author", "") == writer


@pytest.mark.parametrize(
    ("lines", "name", "tags"),
    [
        ("tags: a b", "_posts/2019-01-02-x.md", ("a", "b")),
        ("tags: a b, c", "_posts/2019-01-02-x.md", ("a b", "c")),
        ("tags: a b\ndate: 2019-01-02", "content/x.md", ("a b",)),
        ('tags: "#a #b/c"\ndate: 2019-01-02', "content/x.md", ("a", "b/c")),
        ("tags: []\nkeywords: a, b", "_posts/2019-01-02-x.md", ("a", "b")),
        ("tags:\n  areas: [a, b]\n  state: read", "_posts/2019-01-02-x.md", ("a", "b")),
        ("topics: [a]\ncategory: Blog", "_posts/2019-01-02-x.md", ("a",)),
    ],
)
def test_tags(lines: str, name: str, tags: tuple[str, ...]) -> None:
    assert read(f"title: On Beans\n{lines}", name=name).tags == tags


@pytest.mark.parametrize(
    ("lines", "slug", "aliases"),
    [
        ("slug: green-beans", "green-beans", ()),
        ("slug: Green Beans!", "green-beans", ()),
        ("permalink: /:year/:title/", "on-beans", ()),
        ("permalink: /beans.html\naliases: [/a/, /b/]", "on-beans", ("/beans.html", "/a/", "/b/")),
        ("aliases: [Beans, Green beans]", "on-beans", ()),
    ],
)
def test_addresses(lines: str, slug: str, aliases: tuple[str, ...]) -> None:
    item = read(f"title: On Beans\n{lines}")
    assert (item.slug, item.aliases) == (slug, aliases)


def test_the_body_stays_as_it_is_written() -> None:
    body = '    code first\n\n* One\n   * two  \n\n![x](img/x.png)\n{: .center}\n\n<b>{{ page.x }}</b> {{< ref "y" >}}'
    assert read("title: On Beans", body).body == body


def test_what_the_head_says_is_put_where_the_body_asks_for_it() -> None:
    item = read(
        "title: On Beans\npaper-ref: Lovelace, 2018", f"---\n\n[{{{{ page.paper-ref }}}}]({ABS}) {{{{ page.x }}}}"
    )
    assert item.body == f"[Lovelace, 2018]({ABS}) {{{{ page.x }}}}"
    assert item.identifiers.arxiv == "1801.00123"


@pytest.mark.parametrize("heading", ["# On Beans!", "## on beans", "On Beans\n========"])
def test_a_heading_that_repeats_the_title_goes(heading: str) -> None:
    assert read("title: On Beans", f"{heading}\n\n{BODY}").body == BODY.rstrip()
    assert (5, heading) in noise("title: On Beans", f"{heading}\n\n{BODY}")


def test_a_post_without_a_title_has_that_of_its_text_or_name() -> None:
    assert read("layout: post", f"# [On Beans]({ABS})\n\n{BODY}").identifiers.arxiv == "1801.00123"
    assert read("layout: post", f"# On Peas\n\n{BODY}").title == "On Peas"
    assert read("layout: post", name="_posts/2019-01-02-On Beans.md").title == "On Beans"
    assert read("layout: post").title == ""


def test_what_a_note_says_of_its_dates() -> None:
    item = read("title: On Beans\nyear: 2018\nvenue: Beans\ndate created: 2019-03-04", name="notes/beans.md")
    assert (item.day, item.published) == (date(2019, 3, 4), PartialDate(2018))
    assert read("title: On Beans\narxiv: 1801.00123", name="notes/beans.md").published == PartialDate(2018, 1)


def test_nothing_of_the_head_is_lost_unseen() -> None:
    head = "title: On Beans # sharp\nmathjax: true\nimage:\n  feature: a.png\nstatus: read\nodd: ends\ntitle: Twice"
    assert noise(head) == [
        (3, "mathjax: true"),
        (5, "image.feature: a.png"),
        (6, "status: read"),
        (7, "odd: ends"),
        (8, "title: Twice"),
        (2, "sharp"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "sure"),
    [
        ("_posts/2019-01-02-x.md", "---\ntitle: x\n---\n\nBeans", (0.9, 1)),
        ("x.md", "+++\ntitle = 'x'\ndate = 2019-01-02\n+++\nBeans", (0.9, 1)),
        ("x.md", "---\ntitle: Home\nlayout: default\n---\nBeans", (0.5, 0.65)),
        ("papers.md", "---\ntitle: Accepted Papers\n---\n1. Beans, by Ada Lovelace", (0.5, 0.6)),
        (
            "x.md",
            "---\ntitle: x\ndate: 2019-01-02\n---\n"
            + "".join(f"## [P{n}]({ABS[:-1]}{n})\n\nBeans\n\n" for n in range(3)),
            (0.5, 0.6),
        ),
        (
            "x.md",
            "---\ntitle: x\ndate: 2019-01-02\n---\n" + "".join(f"- [P{n}]({ABS[:-1]}{n})\n" for n in range(6)),
            (0.5, 0.6),
        ),
        ("x.md", "# On Beans\n\nBeans", (0, 0)),
        ("x.bib", "---\ntitle: x\n---\n", (0, 0)),
        ("x.json", '{"title": "x"}', (0, 0)),
        ("x.md", "", (0, 0)),
    ],
)
def test_how_sure(name: str, text: str, sure: tuple[float, float]) -> None:
    assert sure[0] <= SOURCE.recognise(Document(name, text)) <= sure[1]


def test_a_post_with_references_below_is_one_post() -> None:
    references = "".join(f"- Ada Lovelace. [On Beans {n}]({ABS[:-1]}{n}). 2018.\n" for n in range(9))
    text = (
        "---\ntitle: x\ndate: 2019-01-02\n---\n"
        + "Beans grow in the sun, and so do peas.\n\n" * 60
        + "## References\n\n"
        + references
    )
    assert SOURCE.recognise(Document("x.md", text)) > 0.9


def test_the_real_posts_are_read_as_posts(shared: Path) -> None:
    for path in (shared / "samples" / "jekyll").rglob("*.md"):
        assert SOURCE.recognise(Document(str(path), path.read_text(encoding="utf-8"))) > 0.9


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab:-#[]{}'\"\n\t *&!|>%`,?/.1= "), max_size=150), st.sampled_from(["---", "+++", ""]))
def test_every_post_gives_one_item_and_keeps_its_text(text: str, fence: str) -> None:
    document = Document("x.md", f"{fence}\ntitle: x\n{text}\n{fence}\n\nBeans {text}\n")
    items = [found for found in SOURCE.read(document) if isinstance(found, Item)]
    assert len(items) == 1
    assert "Beans" in items[0].body + items[0].title
