"""The head of a reading note: its title, what tells of the paper, and where the text begins."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.note_header import read_note_header, split_title

URL = "https://example.org/beans"


@pytest.mark.parametrize(
    ("heading", "title", "address", "links"),
    [
        ("On Beans", "On Beans", "", ()),
        (f"[On Beans]({URL})", "On Beans", URL, ()),
        (f"[On [Green] Beans]({URL}(1))", "On [Green] Beans", f"{URL}(1)", ()),
        ("**On Beans**", "On Beans", "", ()),
        (f"On Beans [[pdf]]({URL}) [[video 1]](/v)", "On Beans", "", (("pdf", URL), ("video 1", "/v"))),
        (f"On Beans ([paper]({URL}))", "On Beans", "", (("paper", URL),)),
        (f"On [green]({URL}) beans", "On green beans", "", (("green", URL),)),
        (f"[On Green Beans]({URL})]", "On Green Beans", URL, ()),
        (f"[On Green Beans]({URL}) (GB)", "On Green Beans", URL, ()),
        (f"[Beans]({URL}): a tale", "Beans: a tale", URL, ()),
        (f"- [On Beans]({URL})", "On Beans", URL, ()),
        ("On Beans (Author 1988)", "On Beans (Author 1988)", "", ()),
        ("On Beans (2019)", "On Beans", "", ()),
        (f"[On Beans]({URL}) (ICML 2019)", "On Beans", URL, ()),
        ("On Beans (and peas)", "On Beans (and peas)", "", ()),
        ("1984", "1984", "", ()),
    ],
)
def test_titles(heading: str, title: str, address: str, links: tuple[tuple[str, str], ...]) -> None:
    assert split_title(heading)[:3] == (title, address, links)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# On Beans (2019)\n\nAda Lovelace, Ann Author\n\n---\n\n", {"year": "2019"}),
        ("## On Beans\n\nAuthors: Ada Lovelace\nYear: 2019  \n\n", {"authors": "Ada Lovelace", "year": "2019"}),
        ("On Beans\n========\n\n**Authors**: Ada\n\n**Link:** " + URL + "\n\n", {"authors": "Ada", "paper": URL}),
        ("# Paper\n\n* **Title**: On Beans\n* **Tags**: a, b\n\n", {"tags": "a, b"}),
        ("**Title**: On Beans\n\n- Venue: Beans 2019\n\n", {"venue": "Beans 2019"}),
        (
            "# On Beans\n\n| Field | Value |\n|---|---|\n| Authors | Ada |\n| Year | 2019 |\n\n",
            {"authors": "Ada", "year": "2019"},
        ),
        ("| Title | Year |\n|---|---|\n| On Beans | 2019 |\n\n", {"year": "2019"}),
        ("标题：On Beans\n作者：Ada\n\n", {"authors": "Ada"}),
        ("# On Beans\n\n## Paper info\n\n- Code: " + URL + "\n\n", {"code": URL}),
        ("<!-- made by hand -->\n# On Beans\n\n", {}),
        ("**On Beans**\n\n", {}),
        ("[On Beans] (" + URL + ")\n====\n\n", {}),
        ("[On Beans (ICML 2019)](" + URL + ")\n\n", {"venue": "ICML 2019"}),
        ("#[On Beans](" + URL + ")\n", {}),
        ("# On Beans\n\n### Ada Lovelace, Ann Author\n\n#### 14 Feb 2018\n\n---\n\n", {"date": "14 Feb 2018"}),
        ("# On Beans\n\nAda Lovelace, Ann Author, NIPS, 2014\n\n", {"venue": "NIPS 2014", "year": "2014"}),
        ("# On Beans\n\nAda Lovelace, Ann Author, ArXiv15\n\n", {"venue": "ArXiv15"}),
        ("# On Beans\n\n**By Green group: Ada Lovelace and Ann Author**\n\n", {}),
        ("# On Beans\n\nBy Green crew: **Ada Lovelace, Ann Author**\n\n", {}),
        ("# On Beans\n\nAda Lovelace and Ann Author, **Green Research**.\n\n", {}),
        ("# On Beans\n\nAda Lovelace, Ann Author. Beans 2018, Garden.\n\n", {"venue": "Beans 2018, Garden."}),
        ('<!--\n{"pages": 3}\n-->\n# On Beans\n\nLink to pdf: ' + URL + "\n\n", {"pdf": URL}),
    ],
)
def test_what_is_told_is_no_part_of_the_text(text: str, told: dict[str, str]) -> None:
    header = read_note_header(f"{text}TLDR; beans grow.\n\n## Notes\n")
    assert header.title == "On Beans"
    assert {field.name: field.value for field in header.fields} == told
    assert header.body.removeprefix("<!-- made by hand -->\n\n") == "TLDR; beans grow.\n\n## Notes"


@pytest.mark.parametrize(
    "text",
    [
        "# On Beans\n\nBeans grow and\nAda Lovelace, Ann Author say so.\n",
        "# On Beans\n\nProblem: beans do not grow.\n",
        "# On Beans\n\n* Beans grow, says Ada Lovelace.\n",
        "# On Beans\n\n_May 2019_\n\nBeans grow.\n",
        "# On Beans\n\nAda Lovelace, [Green Garden](https://example.org)\n\nBeans grow.\n",
        "# On Beans\n\n| Bean | Size |\n|---|---|\n| green | 3 |\n",
        '# On Beans\n\n*Lovelace, Ada, et al. "On Beans." Beans 1 (2019): 2-3.*\n',
    ],
)
def test_what_is_not_known_belongs_to_the_text(text: str) -> None:
    header = read_note_header(text)
    assert (header.title, header.names, header.fields) == ("On Beans", "", ())
    assert header.body == text.partition("\n\n")[2].rstrip()


@pytest.mark.parametrize("text", ["## Abstract\n\nBeans grow.", "## 1. Introduction\n\nBeans grow.", "Beans grow.", ""])
def test_a_note_may_have_no_title(text: str) -> None:
    header = read_note_header(text)
    assert (header.title, header.body) == ("", text)


def test_the_last_line_of_a_quotation_may_say_where_the_paper_is() -> None:
    header = read_note_header(f"### [On Beans](../beans.pdf)\n\n> Beans 2019\n>\n> {URL}\n\nBeans grow.")
    assert [(field.name, field.value) for field in header.fields] == [("said", URL)]
    assert header.body.startswith("> Beans 2019")


def test_a_table_of_more_than_is_known_stays() -> None:
    table = "| Item | Value |\n|---|---|\n| Authors | Ada |\n| Year | 2019 |\n| Session | Green |"
    header = read_note_header(f"# On Beans\n\n> A draft.\n\n{table}\n\nBeans grow.")
    assert [(field.name, field.value) for field in header.fields] == [("authors", "Ada"), ("year", "2019")]
    assert header.body.split("\n\n") == ["> A draft.", table, "Beans grow."]


def test_names_and_lines() -> None:
    header = read_note_header("\n# On Beans\n\n*Ada Lovelace and Ann Author (2019)*\n\nBeans grow.\n")
    assert (header.names, header.line, header.body_line) == ("Ada Lovelace and Ann Author", 2, 6)


_PIECES = [
    "bean ",
    "bean, ",
    "Abstract",
    "# ",
    "\n",
    "\n\n",
    "- ",
    "**",
    "[",
    "](/u)",
    "> ",
    "---\n",
    "| ",
    "===\n",
    "(2019)",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30))
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    header = read_note_header(text)
    kept = [header.title, header.names, header.body, *(name for name, _ in header.links)]
    kept += [field.value for field in header.fields] + [piece for _, piece in header.dropped]
    # What a link within the title is called stands in both.
    assert "".join(kept).count("bean") >= text.count("bean")


def test_a_title_may_refer_to_an_address_below() -> None:
    note = read_note_header(f"### [On Beans][1]\n\nThey grow.\n\n[1]: {URL}\n")
    assert (note.title, note.address) == ("On Beans", URL)


def test_names_may_have_an_address_below_them() -> None:
    note = read_note_header(f"# On Beans\n\nAda Lovelace, Ann Author\n({URL}, 2016)\n\nThey grow.\n")
    assert (note.names, note.body) == ("Ada Lovelace, Ann Author", f"({URL}, 2016)\n\nThey grow.")
    assert [(told.name, told.value) for told in note.fields] == [("said", URL)]


def test_headings_that_are_no_names_stay() -> None:
    for heading in ("### Attention Mechanism", "### Deep Learning, Neural Networks", "### Growing"):
        note = read_note_header(f"# On Beans\n\n{heading}\n\nThey grow.\n")
        assert (note.names, note.body) == ("", f"{heading}\n\nThey grow.")


def test_a_title_that_is_a_link_may_run_over_lines() -> None:
    note = read_note_header(f"[On Green\nBeans]({URL})\n\nThey grow.\n")
    assert (note.title, note.address, note.body) == ("On Green Beans", URL, "They grow.")


@pytest.mark.parametrize("sign", ["_", "![](", '\\"', "-"])
def test_a_heading_of_signs_takes_no_quadratic_time(sign: str) -> None:
    heading = f"a{sign * (60_000 // len(sign))}b"  # a quadratic search takes minutes
    assert read_note_header(f"# {heading}\n\nBeans.\n").body.strip() == "Beans."


def test_properties_have_two_colons() -> None:
    note = read_note_header("title:: On Beans\ndate:: [[Mar 5th, 2021]]\ntags:: [[green]], [[broad]]\n\nThey grow.")
    assert note.title == "On Beans"
    assert {field.name: field.value for field in note.fields} == {
        "date": "[[Mar 5th, 2021]]",
        "tags": "[[green]], [[broad]]",
    }
