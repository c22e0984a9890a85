from __future__ import annotations

from html import escape
from urllib.parse import parse_qsl

import pytest
from citation_values import HOSTILE, a_hostile_reference, a_reference
from hypothesis import given, settings

from digest.formats.citations.coins import write_coins
from digest.model import Identifiers, Reference


def read(reference: Reference) -> list[tuple[str, str]]:
    return parse_qsl(write_coins(reference), keep_blank_values=True, strict_parsing=True)


def test_a_paper_of_a_journal() -> None:
    assert read(a_reference()) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", "Notes on the Analytical Engine"),
        ("rft.jtitle", "Scientific Memoirs"),
        ("rft.volume", "3"),
        ("rft.pages", "666-731"),
        ("rft.date", "1843-09"),
        ("rft.au", "Lovelace, Ada"),
        ("rft.au", "Babbage, Charles"),
        ("rft_id", "info:doi/10.1000/engine_1"),
    ]


@pytest.mark.parametrize(
    ("type_", "told"),
    [
        ("paper-conference", [("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"), ("rft.genre", "proceeding")]),
        ("book", [("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"), ("rft.genre", "book")]),
        ("thesis", [("rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"), ("rft.inst", "Scientific Memoirs")]),
        ("article", [("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"), ("rft.type", "preprint")]),
        ("dataset", [("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"), ("rft.type", "dataset")]),
    ],
)
def test_types_as_zotero_reads_them(type_: str, told: list[tuple[str, str]]) -> None:
    assert set(told) <= set(read(a_reference(type=type_)))


def test_a_note_about_no_paper_has_none() -> None:
    here = "https://example.org/2019/12/06/note/"
    assert write_coins(a_reference(type="post-weblog", url=here, permalink=here)) == ""


def test_zotero_is_sent_to_arxiv_for_what_the_entry_does_not_know() -> None:
    reference = a_reference(
        type="article",
        titled=False,
        authors=tuple(f"Ann Author{number}" for number in range(99)),
        identifiers=Identifiers(arxiv="1804.00222"),
        url="https://arxiv.org/abs/1804.00222",
    )
    told = read(reference)
    assert {name for name, _ in told}.isdisjoint({"rft.title", "rft.au"})
    assert ("rft_id", "info:doi/10.48550/arXiv.1804.00222") in told


@given(HOSTILE)
@settings(max_examples=100)
def test_no_text_breaks_out_of_its_value(text: str) -> None:
    value = write_coins(a_hostile_reference(text))
    assert value.isascii()
    assert escape(value, quote=False) == value.replace("&", "&amp;")
    assert '"' not in value
    plain = {name for name, _ in read(a_hostile_reference("word"))}
    assert {name for name, _ in parse_qsl(value, keep_blank_values=True)} <= plain
