"""Pages of many papers: digests, lists, tables."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Item
from digest.sources.accounting import account_for
from digest.sources.lists import dated_digest, paper_list, paper_table

SOURCES = (dated_digest.SOURCE, paper_list.SOURCE, paper_table.SOURCE)
TITLES = ("Engines That Weave", "Looms and Their Cards", "On the Diagram of Numbers")
NAMES = ("Ada Lovelace", "Bob Barker")
PROSE = "We show that engines weave patterns of algebra just as looms weave flowers and leaves. " * 3


def read(text: str, name: str = "page.md") -> tuple[Item, ...]:
    document = Document(name, text)
    reading = paper_list.SOURCE.read(document)
    assert account_for(document, reading) is None
    return reading.items


def sure(text: str, name: str = "page.md") -> dict[str, float]:
    return {source.name: source.recognise(Document(name, text)) for source in SOURCES}


def digest_post() -> str:
    sections = "".join(
        f"# {number}. {title}\n\nAda Lovelace, Bob Barker\n\n- retweets: 3, favorites: 14 (07/22/2020 10:01:27)\n\n"
        f"- links: [abs](https://arxiv.org/abs/2007.0917{number}) | [pdf](https://arxiv.org/pdf/2007.0917{number})\n"
        f"- [cs.HC](https://arxiv.org/list/cs.HC/recent) | [cs.AI](https://arxiv.org/list/cs.AI/recent)\n\n{PROSE}\n\n"
        '<blockquote class="twitter-tweet"><p>A tweet</p></blockquote>\n<script async src="w.js"></script>\n\n\n'
        for number, title in enumerate(TITLES, start=1)
    )
    return f"---\ntitle: Hot Papers 2020-07-21\ndate: 2020-07-22T10:01:27.Z\n---\n\n{sections}"


LABELLED = "".join(
    f"### {number}. [{title}](https://arxiv.org/abs/2007.0917{number})\n**Authors:** Ada Lovelace, Bob Barker  \n"
    f"**Subjects**: cs.HC\n\n<details><summary>Abstract</summary>\n{PROSE}\n</details>\n\n---\n"
    for number, title in enumerate(TITLES, start=1)
)
TOLD_ITEMS = "## 2024-05-02\n\n" + "".join(
    f"- **{title}**\n  - Authors: Ada Lovelace, Bob Barker\n  - Published: 2024-05-01 | Category: `cs.RO`\n"
    f"  - Links: [arXiv](https://arxiv.org/abs/2007.0917{number}v2)\n  - Abstract: {PROSE}\n"
    for number, title in enumerate(TITLES, start=1)
)
ROWS = "# Daily\n\n|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n" + "".join(
    f"|**2024-05-0{number}**|**{title}**|Ada Lovelace et.al.|[2007.0917{number}](http://arxiv.org/abs/2007.0917{number})|null|\n"
    for number, title in enumerate(TITLES, start=1)
)
HTML_ROWS = (
    "<table>\n<tr><th>Title</th><th>Authors</th></tr>\n"
    + "".join(f"<tr><td>{title}</td>\n<td><em>Ada Lovelace and Bob Barker</em></td></tr>\n" for title in TITLES)
    + "</table>\n"
)
PARAGRAPHS = "## Accepted Papers\n\n" + "".join(f"**{title}**<br>\nAda Lovelace and Bob Barker\n\n" for title in TITLES)
STACKED = "## Long Papers\n\n" + "".join(
    f"**{title}**\n\n_Ada Lovelace (X) and Bob Barker (Y)._\n\nAbstract\n\n{PROSE}\n\n" for title in TITLES
)
HTML = "".join(f'<p><a href="/a.pdf"><b>{title}</b></a>. Ada Lovelace, Bob Barker.</p>\n' for title in TITLES)
NESTED = "* Looms\n" + "".join(
    f"  * [{title}](https://arxiv.org/abs/2007.0917{number}), Ada Lovelace, Bob Barker\n"
    for number, title in enumerate(TITLES, start=1)
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (digest_post(), "dated-digest"), (LABELLED, "dated-digest"),
        (TOLD_ITEMS, "paper-list"), (HTML_ROWS, "paper-table"),
        (PARAGRAPHS, "paper-list"), (STACKED, "paper-list"), (HTML, "paper-list"), (NESTED, "paper-list"),
    ],
)  # fmt: skip
def test_every_shape_of_page(text: str, source: str) -> None:
    items = read(text)
    assert [item.title for item in items] == list(TITLES)
    assert all(item.authors == NAMES for item in items)
    found = sure(text)
    assert found[source] >= 0.9
    assert max(value for name, value in found.items() if name != source) <= 0.1


def test_a_digest_post() -> None:
    item = read(digest_post())[0]
    assert (item.kind, item.day, item.published) == ("abstract", date(2020, 7, 21), None)
    assert item.identifiers.arxiv == "2007.09171"
    assert item.body == PROSE.strip()
    assert item.details == (("categories", "cs.HC cs.AI"),)
    assert [name for name, _ in item.links] == ["paper", "pdf"]


def test_labels_tell_fields() -> None:
    item = read(TOLD_ITEMS)[0]
    assert (item.day, str(item.published)) == (date(2024, 5, 2), "2024-05-01")
    assert (item.identifiers.arxiv, item.identifiers.version) == ("2007.09171", 2)
    assert item.body == PROSE.strip()


def test_a_daily_table() -> None:
    items = read(ROWS)
    assert [(item.title, item.authors, str(item.published), item.identifiers.arxiv) for item in items] == [
        (title, ("Ada Lovelace",), f"2024-05-0{number}", f"2007.0917{number}")
        for number, title in enumerate(TITLES, start=1)
    ]
    assert sure(ROWS)["paper-table"] >= 0.9


def test_a_list_of_titles_under_a_heading_that_says_so() -> None:
    text = "# Accepted Papers\n\n" + "".join(f"- {title} and Many Other Things\n" for title in TITLES)
    assert [item.title for item in read(text)] == [f"{title} and Many Other Things" for title in TITLES]


def test_tools_contents_and_prose_are_no_papers() -> None:
    text = (
        "# Awesome Looms\n\n- [Papers](#papers)\n- [Tools](#tools)\n\n## Papers\n\n"
        + "".join(
            f"- [{title}](https://arxiv.org/abs/2007.0917{number})\n" for number, title in enumerate(TITLES, start=1)
        )
        + "\n## Tools\n\n- [loomkit](https://github.com/a/loomkit) - A kit.\n"
        "- [weft](https://github.com/a/weft) - Wefts.\n"
    )
    assert [item.title for item in read(text)] == list(TITLES)


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: Notes on Engines\n---\n\n## Idea\n\n{PROSE}\n\n- first point\n- second point\n- third point\n",
        f"# {TITLES[0]}\n\nAuthors: Ada Lovelace\n\n## Summary\n\n{PROSE}\n",
        "<?xml version='1.0'?><feed></feed>\n",
        '{"a": 1}\n',
        f"{PROSE}\n\n{PROSE}\n",
    ],
)
def test_pages_of_other_kinds_are_left_alone(text: str) -> None:
    assert max(sure(text).values()) <= 0.3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (*LABELLED.split("\n"), *ROWS.split("\n"), *NESTED.split("\n"), "", "|", "**", "- ", "<td>", "> ", "```")
        ),
        max_size=25,
    )
)
def test_no_page_loses_words(lines: list[str]) -> None:
    read("\n".join(lines) + "\n")


LOOSE = (
    # The indent of a list drifts by a blank.
    "# Accepted papers\n\n- **{0}**<br/>\n{by}\n\n - **{1}**<br/>\n{by}\n\n"
    "- **{2}** <br/>\n{by}\n",
    # Names before slanted titles, though these could be names.
    "# Accepted papers\n\n- Ada Lovelace, Bob Barker: *{0}*\n- {by}. *{1}* (oral presentation)\n"
    "- Ada Lovelace, Bob Barker: *{2}*\n",
    # A tab is all that divides them.
    "## Accepted Papers\n\n *  {by}\t{0}\t\n *  {by}\t{1}\n"
    " *  {by}\t{2}\n",
    # Names in an item of their own below the title.
    "# Accepted Papers\n* *{0}*\n    * {by}\n* *{1}*\n    * {by}\n* *{2}*\n"
    "    * {by}\n",
    # Places in brackets with stops and semicolons, and behind commas.
    "# Accepted\n\n* {0} <br>\nAda Lovelace (Univ. Green Hill; Old Mill); Bob Barker (Inst. of Looms)\n\n"
    "* {1} <br>\nAda Lovelace, University of Looms; Bob Barker, MIT\n\n"
    "* **{2}**\n_Ada Lovelace (Looms - Green Hill)_; \n_Bob Barker (Mill (M) - Hill)_; \n",
    # Numbers and sessions in brackets, signs between names, an abstract in the same paragraph.
    "# Posters\n\n***[13] [{0}](https://example.org/1.pdf)***\\\nAda Lovelace, Bob Barker\n\n"
    "**[P1] {1}** <br />\nAda Lovelace &bull; Bob Barker <br />\n<abstract>" + PROSE + "</abstract>\n\n"
    "**{2}**  \nAda Lovelace (Looms); Bob Barker (Mill)  \n**[paper](https://example.org/3.pdf)**\n",
    # Nothing but a full stop divides names from titles.
    "# Accepted Papers\n\n{by}. {0}. [[PDF]](papers/1.pdf)\n\n"
    "{by}. {1}. [[PDF]](papers/2.pdf)\n\n{by}. {2}. [[PDF]](papers/3.pdf)\n",
    # Names above the title, some of them links.
    "Accepted Papers with Abstracts\n====\n\n{linked}\n\n**{0}**\n\n**Abstract:** "
    + PROSE + "\n\n---\n\n{linked}. \n**{1}**\n\n**Abstract:** " + PROSE
    + "\n\n---\n\n{by}\n\n**{2}**\n\n**Abstract:** " + PROSE,
    # The column of titles holds titles.
    "| ID | Authors | Title | Type\n| --- | :-- | :-- | --- |\n2 |\t{by} | {0} | Short\n"
    "5 | {by} | {1} | Long\n6 | {by} | {2} <br> <b>Best Paper Award</b> | Demo\n",
)  # fmt: skip


@pytest.mark.parametrize("text", LOOSE)
def test_accepted_papers_as_workshops_write_them(text: str) -> None:
    titles = ("Engines That Weave: Plain vs. Twill", "Stronger Looms and Fast Cards", "On the Diagram of Numbers")
    text = text.format(
        *titles, by="Ada Lovelace and Bob Barker", linked="Ada Lovelace and [Bob Barker](https://example.org/bob)"
    )
    items = read(text, "accepted.md")
    assert [item.title for item in items] == list(titles)
    assert {item.authors for item in items} == {NAMES}
    assert {item.body for item in items} <= {"", PROSE.strip()}


def test_a_short_title_above_names_is_no_venue() -> None:
    text = (
        "Fast Green Looms<br>\nAda Lovelace, University of Looms; Bob  Barker, University of Looms\n  [(pdf)](/1.pdf)\n"
    )
    items = read("# Accepted papers\n\n" + f"- {text}" * 3)
    assert {(item.title, item.authors) for item in items} == {("Fast Green Looms", NAMES)}


def test_by_is_a_word_of_titles_too() -> None:
    items = read(
        "# Papers\n\n- Weaving by Counting and Crossing Threads, CVPR, 2016 [link](https://arxiv.org/abs/1606.02819)\n"
        * 3
    )
    assert {(item.title, item.authors) for item in items} == {("Weaving by Counting and Crossing Threads", ())}


@pytest.mark.parametrize("piece", ["(1) ", "[1]", "x", "\n", "#"])
def test_signs_without_end_take_no_quadratic_time(piece: str) -> None:
    many = piece * (20_000 // len(piece))
    for place in (
        "- [Beans](https://arxiv.org/abs/2401.0000{0}), Ada Lovelace {1}",
        "{1}- [Beans](https://example.org/{1}{0})",
    ):
        text = "# Papers\n\n" + "\n".join(place.format(number, many if number == 1 else "") for number in range(5))
        start = time.process_time()
        paper_list.SOURCE.recognise(Document("list.md", text))
        paper_list.SOURCE.read(Document("list.md", text))
        assert time.process_time() - start < 3


def test_a_row_of_many_cells_takes_no_quadratic_time() -> None:
    row = "| Fast Looms | Ada Lovelace | [pdf](https://arxiv.org/abs/2401.00001) |"
    text = "| Title | Authors | Link |\n|---|---|---|\n" + f"{row}\n" * 3 + "| " + "a|" * 10_000 + "\n"
    start = time.process_time()
    paper_table.SOURCE.recognise(Document("list.md", text))
    assert time.process_time() - start < 8  # it took a minute


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("Lovelace, van Garden", ("Lovelace", "van Garden")),
        ("Ada Lovelace, Bob Barker", NAMES),
        ("Lovelace et al.", ("Lovelace",)),
    ],
)
def test_a_title_above_a_list_that_begins_with_its_id(names: str, authors: tuple[str, ...]) -> None:
    page = "# Digest of 3 May 2024\n\n### Must read\n\n" + "\n\n---\n\n".join(
        f"**{title}** — What it says in one sentence.\n\n"
        f"- [2405.0000{number}](https://arxiv.org/abs/2405.0000{number}) — {names}\n"
        f"- Quality: 8/10\n- {PROSE}\n- *Caveat:* none."
        for number, title in enumerate(TITLES, start=1)
    )
    assert sure(page)["paper-list"] > 0.5
    items = read(page)
    assert [item.title for item in items] == list(TITLES)
    for number, item in enumerate(items, start=1):
        assert (item.identifiers.arxiv, item.authors) == (f"2405.0000{number}", authors)
        assert item.links == (("paper", f"https://arxiv.org/abs/2405.0000{number}"),)
        assert item.body.startswith("What it says in one sentence.\n\n- Quality: 8/10\n- We show")
        assert item.body.endswith("- *Caveat:* none.")


def test_sayings_are_no_papers() -> None:
    said = "\n\n".join(
        f'"Whoever waters {thing} will eat {thing}." Ada Lovelace' for thing in ("leeks", "beans", "peas")
    )
    assert max(sure(f"# Gardens\n\n{said}\n\nAnd so on.\n", "gardens.md").values()) < 0.5


def test_what_is_counted_under_a_title_is_no_journal() -> None:
    page = "# 2024-05-03\n\n" + "\n\n".join(
        f"### [{title}](https://arxiv.org/abs/2405.0000{number})\n\n*Ada Lovelace*\n\n**Contributions:**\n\n"
        f"1. Analysis of looms\n2. Review of theoretical and empirical literature\n\n**Abstract:** {PROSE}"
        for number, title in enumerate(TITLES, start=1)
    )
    for item in read(page):
        assert (item.venue, item.authors) == ("", ("Ada Lovelace",))
        assert "2. Review of theoretical and empirical literature" in item.body
