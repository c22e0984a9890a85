"""Reading notes of one paper, without front matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate
from digest.sources.posts.paper_notes import SOURCE

ABS = "https://arxiv.org/abs/1801.00123"
BODY = "TLDR; beans grow.\n\n### Notes\n\n* Sun.\n"


def read(text: str, name: str = "notes/beans.md") -> Item:
    document = Document(name, text)
    assert SOURCE.recognise(document) > 0.5
    (item,) = (found for found in SOURCE.read(document) if isinstance(found, Item))
    return item


def test_a_title_that_is_a_link_is_the_paper() -> None:
    item = read(f"## [On Beans]({ABS}v2)\n\n{BODY}")
    assert (item.title, item.kind, item.body) == ("On Beans", "summary", BODY.rstrip())
    assert item.identifiers == Identifiers(arxiv="1801.00123", version=2)
    assert (item.day, item.published) == (None, PartialDate(2018, 1))
    assert item.links == (("paper", f"{ABS}v2"),)
    assert item.slug == ""


def test_labelled_lines_are_fields() -> None:
    head = (
        f"# Paper\n\n* **Title**: On Beans\n* **Authors**: Ada Lovelace and Ann Author\n* **Link**: [pdf]({ABS}) "
        "[code](https://example.org/code) [talk](https://example.org/talk)\n* **Tags**: green, tall\n* **Year**: 2018\n"
        "* **Venue**: Beans 2018\n* **Affiliation**: Garden\n\n"
    )
    item = read(f"{head}{BODY}")
    assert (item.title, item.authors, item.venue) == ("On Beans", ("Ada Lovelace", "Ann Author"), "Beans 2018")
    assert (item.tags, item.published, item.body) == (("green", "tall"), PartialDate(2018), BODY.rstrip())
    assert item.identifiers.arxiv == "1801.00123"
    assert set(item.links) == {
        ("paper", ABS),
        ("code", "https://example.org/code"),
        ("talk", "https://example.org/talk"),
    }
    assert item.details == (("affiliation", "Garden"),)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("# On Beans (2018)\n\nAda Lovelace, Ann Author\n\n---\n\n", ("Ada Lovelace", "Ann Author")),
        ("# On Beans\n\n*Ada Lovelace, Ann Author*\n\n", ("Ada Lovelace", "Ann Author")),
        ("# On Beans\n\nBean Growing\n\n", ("Bean Growing",)),
        ("# On Beans\n\nThe beans grow.\n\n", ()),
    ],
)
def test_a_line_of_names(head: str, authors: tuple[str, ...]) -> None:
    assert read(f"{head}{BODY}").authors == authors


@pytest.mark.parametrize(
    ("line", "day", "published"),
    [
        ("Date: 2018-01-31", None, PartialDate(2018, 1, 31)),
        ("Date: 01/02/2018", None, PartialDate(2018, 1, 2)),
        ("Date: 2019-03-04", date(2019, 3, 4), None),
        ("Published: 2018-02", None, PartialDate(2018, 2)),
        ("Code: https://example.org", None, PartialDate(2018, 1)),
    ],
)
def test_a_date_is_that_of_the_paper_where_its_id_tells_the_same_month(
    line: str, day: date | None, published: PartialDate | None
) -> None:
    item = read(f"# [On Beans]({ABS})\n\n{line}\n\n{BODY}")
    assert (item.day, item.published) == (day, published)


def test_links_behind_the_title_keep_their_names() -> None:
    item = read(f"# On Beans [[pdf]](https://example.org/b.pdf) [[my talk]](https://example.org/t)\n\n{BODY}")
    assert item.links == (("pdf", "https://example.org/b.pdf"), ("my-talk", "https://example.org/t"))


def test_the_page_of_a_publisher_tells_the_doi() -> None:
    item = read(f"### [On Beans](../b.pdf)\n\n> Beans 2018\n>\n> https://dl.acm.org/doi/10.1145/1.2\n\n{BODY}")
    assert item.identifiers == Identifiers(doi="10.1145/1.2")
    assert item.body.startswith("> Beans 2018")


@pytest.mark.parametrize(
    ("name", "title"),
    [("On green beans.md", "On green beans"), ("beans.md", ""), ("On_Green_Beans.md", "On Green Beans")],
)
def test_the_name_of_the_file_may_be_the_title(name: str, title: str) -> None:
    assert read("## Abstract\n\nBeans grow.\n\n## Method\n\nSun.\n", name).title == title


def test_what_is_left_out_is_told() -> None:
    text = f"# Paper\n\n* **Title**: On Beans\n* **Link**: ../beans.pdf\n* **Authors**: Ada Lovelace\n\n---\n\n{BODY}"
    found = [(thing.span.line, thing.text) for thing in SOURCE.read(Document("x.md", text)) if isinstance(thing, Noise)]
    assert found == [(4, "paper: ../beans.pdf"), (1, "Paper"), (7, "---")]


@pytest.mark.parametrize(
    ("text", "name", "sure"),
    [
        (f"# [On Beans]({ABS})\n\n{BODY}", "x.md", (0.9, 1)),
        (f"# [On Beans]({ABS})\n\n{BODY}", "-", (0.9, 1)),
        (f"[On Green Beans]({ABS})\n\nTLDR; they grow.", "x.md", (0.9, 1)),
        (f"# On Beans\n\n{BODY}", "x.md", (0.5, 0.65)),
        (f"# On Beans\n\n{BODY}", "x.txt", (0, 0)),
        ("# Digest 2019-01-02\n\n## Beans\n\nThey grow.\n", "x.md", (0.5, 0.55)),
        (
            "# Digest\n\n" + "".join(f"## {n}. [On Beans {n}]({ABS[:-1]}{n})\n\nThey grow.\n\n" for n in range(3)),
            "x.md",
            (0.5, 0.5),
        ),
        (
            "# Papers\n\n" + "".join(f"* Ada Lovelace. On Beans. {ABS[:-1]}{n}\n  - Sun.\n\n" for n in range(5)),
            "x.md",
            (0.5, 0.5),
        ),
        ("# Papers\n\n" + "".join(f"| [On Beans]({ABS[:-1]}{n}) | 2018 |\n" for n in range(5)), "x.md", (0.5, 0.5)),
        ("Title: On Beans\nAbstract: a\n\nTitle: On Peas\nAbstract: b\n\n- x", "x.md", (0.5, 0.5)),
        ("Beans grow.\n", "x.md", (0, 0)),
        ("---\ntitle: x\n---\n# On Beans\n", "x.md", (0, 0)),
        ("@article{a,\n title={# x}\n}\n# x", "x.bib", (0, 0)),
        ("<rss>\n# x\n</rss>", "x.md", (0, 0)),
        ("", "x.md", (0, 0)),
    ],
)
def test_how_sure(text: str, name: str, sure: tuple[float, float]) -> None:
    assert sure[0] <= SOURCE.recognise(Document(name, text)) <= sure[1]


def test_the_real_note(shared: Path) -> None:
    for path in (shared / "samples" / "notes_markdown").glob("*.md"):
        assert SOURCE.recognise(Document(str(path), path.read_text(encoding="utf-8"))) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "# " + "[" * 20_000,
        "# " + "[a](" * 10_000,
        "# T\n\n" + ", ".join(["Ada Lovelace"] * 3000),
        "# T\n\n" + "_a" * 20_000,
    ],
)
def test_hostile_heads_take_no_quadratic_time(text: str) -> None:
    (item, *_) = SOURCE.read(Document("x.md", text))
    assert isinstance(item, Item)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["# ", "bean ", "\n", "\n\n", "**Title**: ", "| a | b |\n", "> ", "- ", f"[x]({ABS}) ", "---\n"]
        )
    )
)
def test_every_note_gives_one_item(pieces: list[str]) -> None:
    items = [found for found in SOURCE.read(Document("x.md", "".join(pieces))) if isinstance(found, Item)]
    assert len(items) == 1
