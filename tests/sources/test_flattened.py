"""Flattened summaries: a document cut at its `[link]` lines, page noise apart from text, nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources.accounting import account_for
from digest.sources.layouts import flattened

SOURCE = flattened.SOURCE
BEANS = "Beans grow towards the light. ## Trial * Bed one is wet. * Bed two is $a | b$ dry. They grow in both."
PEAS = (
    "The paper ([arxiv](https://arxiv.org/abs/1801.00123)) is about peas. > Peas are round. ### Notes - Nice. - Short."
)


def read(text: str) -> Reading:
    return SOURCE.read(Document("export.txt", text))


def bodies(text: str) -> list[str]:
    return [item.body for item in read(text).items]


def noise(text: str) -> list[str]:
    return [piece.text for piece in read(text).noise]


def test_every_link_line_opens_a_summary() -> None:
    reading = read(f"Welcome to ShortScience.org! |\n[link]\n{BEANS} |\n[link]\n{PEAS} |\n")
    assert [item.body for item in reading.items] == [
        "Beans grow towards the light.\n\n## Trial\n\n* Bed one is wet.\n"
        "* Bed two is $a | b$ dry. They grow in both.\n",
        "The paper ([arxiv](https://arxiv.org/abs/1801.00123)) is about peas.\n\n> Peas are round.\n\n### Notes\n\n"
        "- Nice.\n- Short.\n",
    ]
    assert [item.kind for item in reading.items] == ["summary", "summary"]
    assert [(item.title, item.authors, item.day, item.venue) for item in reading.items] == [("", (), None, "")] * 2
    assert [(piece.text, piece.span.line) for piece in reading.noise] == [
        ("Welcome to ShortScience.org! |", 1),
        ("[link]", 2),
        ("|", 3),
        ("[link]", 4),
        ("|", 5),
    ]
    assert reading.problems == ()


def test_an_item_and_its_noise_know_their_places() -> None:
    reading = read(f"\n [Link] {BEANS} |\n\n[LINK]\n\n{PEAS}\n3 Comments\n|\n")
    assert [(item.span.path, item.span.line, item.span.column) for item in reading.items] == [
        ("export.txt", 2, 9),
        ("export.txt", 6, 1),
    ]
    assert [(piece.text, piece.span.line, piece.span.column) for piece in reading.noise] == [
        ("[Link]", 2, 2),
        ("|", 2, 9 + len(BEANS) + 1),
        ("[LINK]", 4, 1),
        ("3 Comments", 7, 1),
        ("|", 8, 1),
    ]


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        (f"[link]\n{BEANS} |", ["[link]", "|"]),
        (f"[link]\n{BEANS}\n|", ["[link]", "|"]),
        (f"[link]\n{BEANS}\n1 Comment\n|", ["[link]", "1 Comment", "|"]),
        (f"[link]\n{BEANS}\n12 Comments |", ["[link]", "12 Comments |"]),
        (f"[link]\n{BEANS} 2 Comments |", ["[link]", "2 Comments |"]),
        (f"[link] {BEANS}", ["[link]"]),
        (f"[LINK]\r\n{BEANS} |\r\n", ["[LINK]", "|"]),
        (f"\ufeff[link]\n\n\n{BEANS} |", ["[link]", "|"]),
        (f"[link]\n7\n{BEANS}\nSign in", ["[link]", "7", "Sign in"]),
        (f"Sign in |\nAbout\n[link]\n{BEANS}", ["Sign in |", "About", "[link]"]),
    ],
)
def test_page_noise_is_dropped_and_told(text: str, dropped: list[str]) -> None:
    assert noise(text) == dropped
    assert bodies(text) == [bodies(f"[link]\n{BEANS}")[0]]


@pytest.mark.parametrize(
    "line",
    [
        "We got 12 comments from the gardeners.",
        "The set is $|x| x > 0$ where $a$ | $b$ holds.",
        "Two cells | and more, `a |` and $|b|$",
        "See the [link](https://a.example) for more about the beds.",
        "In 2019 we sign in and out at home.",
    ],
)
def test_what_only_looks_like_noise_stays(line: str) -> None:
    assert bodies(f"[link]\n{line} |") == [line + "\n"]


def test_a_link_on_the_line_of_the_last_summary_opens_one_too() -> None:
    assert len(bodies(f"[link] {BEANS} | [link] {PEAS} |")) == 2


def test_lines_that_were_never_squeezed_stay() -> None:
    text = "Beans grow.\n* One bed\n    * Its corner\n* Another bed"
    assert bodies(f"[link]\n{text}\n|\n") == [text + "\n"]


def test_a_summary_of_several_squeezed_lines_is_one_item() -> None:
    assert bodies("[link]\nBeans. ## A * b is so. * c is so.\n\n## D * e is so. * f is so. |\n") == [
        "Beans.\n\n## A\n\n* b is so.\n* c is so.\n\n## D\n\n* e is so.\n* f is so.\n"
    ]


def test_a_summary_that_lost_its_link_line_is_one_all_the_same() -> None:
    lost = "Beans are grown all over the world, and nobody knows why they climb. " * 3
    assert len(bodies(f"{lost} |\n[link]\n{PEAS} |")) == 2
    about = "ShortScience.org is a place for gardeners. " + lost
    assert len(bodies(f"Welcome to ShortScience.org! |\n{about}\n[link]\n{PEAS} |")) == 1


def test_nothing_gives_nothing() -> None:
    assert read("") == Reading(())
    assert read("[link]\n\n[link]\n |\n").items == ()


def test_the_papers_own_id_gives_its_month_and_link() -> None:
    item = read(f"[link]\n{PEAS} |").items[0]
    assert item.identifiers == Identifiers(arxiv="1801.00123")
    assert item.published == PartialDate(2018, 1)
    assert item.links == (("paper", "https://arxiv.org/abs/1801.00123"),)
    other = read(f"[link]\n{BEANS} It follows ([Ann et al., 2018](https://arxiv.org/abs/1801.00123)). |").items[0]
    assert (other.identifiers, other.published, other.links) == (Identifiers(), None, ())


# ------------------------------------------------------------------------------------------------------- recognising


@pytest.mark.parametrize(
    "text",
    [
        f"[link]\n{BEANS} |\n[link]\n{PEAS} |\n",
        f"Welcome to ShortScience.org! |\n[link]\n{BEANS}\n",
        f"[link]\n{BEANS}\n1 Comments\n|\n",
        f"[Link] {BEANS}\n[Link] {PEAS}\n",
    ],
)
def test_the_layout_is_recognised(text: str) -> None:
    assert SOURCE.recognise(Document("export.txt", text)) >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "",
        BEANS,
        "# Notes\n\nSee the [link](https://a.example).\n\n[link]: https://a.example\n\nMore | text |\n",
        "2018-04-13\nOn Beans\nAda Lovelace, Ann Author\nBeans grow towards the light, we show.\n",
        "Abstract: Beans grow.\nAbstract: Peas do too.\n",
        "Beans grow towards the light.\nPublished as a note. arXiv:1801.00123Peas are round.\narXiv:1801.00124\n",
        f"<html><body>[link]\n{BEANS} |\n[link]\n{PEAS}</body></html>",
        "@article{bean, title={[link]}}\n[link]\n",
        "A note with a [link] amid its text | and a bar |\n",
        "[link]\n[link]\n[link]\n",
    ],
)
def test_other_layouts_are_not(text: str) -> None:
    assert SOURCE.recognise(Document("other.txt", text)) <= 0.2


def test_real_documents_are_told_apart(shared: Path) -> None:
    sure = {
        path.name[:3]: SOURCE.recognise(Document(path.name, path.read_text(encoding="utf-8")))
        for path in sorted((shared / "seeds").glob("*.txt"))
    }
    assert sure == {"000": 0.0, "001": 1.0, "002": 0.0, "003": 1.0, "004": 0.0}


# ------------------------------------------------------------------------------------------------------- accounting

LINES = st.sampled_from(
    ["[link]", "[Link] ", "|", BEANS, PEAS + " |", "1 Comments", "12", "Sign in", "", "* a: * b * c |", "## ", "`x |",
     "Welcome to ShortScience.org! |", "text | [link] more", "[link]: no", "$|$", "---", "- ", "It has 3 Comments |"]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=14).map("\n".join))
def test_every_word_is_in_an_item_or_in_the_noise(text: str) -> None:
    reading = read(text)
    assert account_for(Document("export.txt", text), reading) is None
    places = [(piece.span.line, piece.span.column) for piece in reading.noise]
    assert places == sorted(places)
    lines = text.split("\n")
    for piece in reading.noise:
        line = lines[piece.span.line - 1]
        assert piece.text in line[piece.span.column - 1 :]


@pytest.mark.parametrize(("seed", "count"), [("001", 23), ("003", 5)])
def test_every_word_of_the_real_documents_is_kept_in_order(shared: Path, seed: str, count: int) -> None:
    path = next((shared / "seeds").glob(f"{seed}_*.txt"))
    text = path.read_text(encoding="utf-8")
    reading = read(text)
    assert len(reading.items) == count
    assert account_for(Document("export.txt", text), reading) is None
    kept = [(item.span.line, item.span.column, item.body) for item in reading.items]
    dropped = [(piece.span.line, piece.span.column, piece.text) for piece in reading.noise]
    everything = " ".join(piece for _, _, piece in sorted([*kept, *dropped]))
    assert re.findall(r"\w+", everything) == re.findall(r"\w+", text)
    assert [number for number in reading.noise if len(number.text) > 31] == []
