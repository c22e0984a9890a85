from __future__ import annotations

import pytest
import rispy
from citation_values import HOSTILE, a_hostile_reference, a_reference
from hypothesis import given, settings

from digest.formats.citations.ris import write_ris as write_both
from digest.model import Identifiers, PartialDate, Reference


def write_ris(reference: Reference) -> str:
    return write_both(reference)[1]


def test_a_paper_of_a_journal() -> None:
    reference = a_reference(
        identifiers=Identifiers(doi="10.1000/engine_1", arxiv="1804.00222"),
        pdf="https://example.org/a.pdf",
        abstract="It computes.\n\nIt does.",
    )
    assert write_ris(reference) == (
        "TY  - JOUR\n"
        "TI  - Notes on the Analytical Engine\n"
        "AU  - Lovelace, Ada\n"
        "AU  - Babbage, Charles\n"
        "PY  - 1843\n"
        "DA  - 1843/09//\n"
        "T2  - Scientific Memoirs\n"
        "VL  - 3\n"
        "SP  - 666\n"
        "EP  - 731\n"
        "DO  - 10.1000/engine_1\n"
        "UR  - https://doi.org/10.1000/engine_1\n"
        "UR  - https://arxiv.org/abs/1804.00222\n"
        "L1  - https://example.org/a.pdf\n"
        "KW  - engines\n"
        "KW  - numbers\n"
        "LA  - en\n"
        "ID  - lovelace1843notes\n"
        "AB  - It computes. It does.\n"
        "ER  - \n\n"
    )


@pytest.mark.parametrize(
    ("issued", "written"),
    [
        (PartialDate(2018), ["PY  - 2018"]),
        (PartialDate(2018, 4), ["PY  - 2018", "DA  - 2018/04//"]),
        (PartialDate(2018, 4, 13), ["PY  - 2018", "DA  - 2018/04/13/"]),
        (None, []),
    ],
)
def test_dates_are_as_precise_as_they_are_known(issued: PartialDate | None, written: list[str]) -> None:
    lines = write_ris(a_reference(issued=issued)).splitlines()
    assert [line for line in lines if line.startswith(("PY", "DA"))] == written


@pytest.mark.parametrize(
    ("type_", "written"),
    [("paper-conference", "CPAPER"), ("article", "UNPB"), ("thesis", "THES"), ("post-weblog", "BLOG"), ("odd", "GEN")],
)
def test_types(type_: str, written: str) -> None:
    assert write_ris(a_reference(type=type_)).startswith(f"TY  - {written}\n")


def test_a_suffix_stands_last() -> None:
    assert "AU  - King, Martin Luther, Jr.\n" in write_ris(a_reference(authors=("Martin Luther King Jr.",)))


@given(HOSTILE)
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    told = write_ris(a_hostile_reference(text)) + write_ris(a_reference())
    records = rispy.loads(told)
    assert len(records) == 2
    assert records[1]["title"] == "Notes on the Analytical Engine"
    assert len(records[0].get("authors", [])) <= 2


def test_it_may_do_without_its_abstract() -> None:
    brief, whole = write_both(a_reference(abstract="It computes."))
    assert "It computes." in whole
    assert brief == write_both(a_reference())[0] == write_both(a_reference())[1]
