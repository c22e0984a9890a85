from __future__ import annotations

import time

import pytest

from digest.formats.citations.containers import read_container


@pytest.mark.parametrize(
    ("venue", "title", "type_", "details"),
    [
        ("Annals of Mathematics 185 (2017)", "Annals of Mathematics", "article-journal", {"volume": "185"}),
        ("Nature 521, 436-444 (2015)", "Nature", "article-journal", {"volume": "521", "page": "436-444"}),
        (
            "Phys. Rev. Lett. 77(3): 1413",
            "Phys. Rev. Lett.",
            "article-journal",
            {"volume": "77", "issue": "3", "page": "1413"},
        ),
        (
            "IEEE Trans. Things 12, no. 3, pp. 1–9, 2017",
            "IEEE Trans. Things",
            "article-journal",
            {"volume": "12", "issue": "3", "page": "1-9"},
        ),
        ("Journal of Things, vol. 3", "Journal of Things", "article-journal", {"volume": "3"}),
        ("Phys.Rev.Lett.77:1413,1996", "Phys.Rev.Lett.", "article-journal", {"volume": "77", "page": "1413"}),
        ("Nuclear Physics B 10, 2003", "Nuclear Physics B", "article-journal", {"volume": "10"}),
        ("Science (2017)", "Science", "article-journal", {}),
        ("Science, 2017", "Science", "article-journal", {}),
        ("Physica D 60", "Physica D 60", "article-journal", {}),
        ("Nature", "Nature", "article-journal", {}),
        ("Proceedings of the National Academy of Sciences", None, "article-journal", {}),
        (
            "Advances in Theoretical Physics 2 (1998)",
            "Advances in Theoretical Physics",
            "article-journal",
            {"volume": "2"},
        ),
        ("Advances in Neural Information Processing Systems 30", None, "paper-conference", {}),
        ("NeurIPS 2022", None, "paper-conference", {}),
        ("SIGGRAPH '21", None, "paper-conference", {}),
        ("Published as a conference paper at ICLR 2018", "ICLR 2018", "paper-conference", {}),
        ("Accepted at ICML 2020", "ICML 2020", "paper-conference", {}),
        ("Accepted by the Journal of Things", "Journal of Things", "article-journal", {}),
        ("In Proceedings of CVPR 2016", "Proceedings of CVPR 2016", "paper-conference", {}),
        ("Workshop on Invention", None, "paper-conference", {}),
        ("PhD thesis, University of Nowhere", None, "thesis", {}),
        ("Technical report, Nowhere Laboratory", None, "report", {}),
        ("Under review as a conference paper at ICLR 2019", "", "article", {}),
        ("Submitted to Nature", "", "article", {}),
        ("arXiv preprint arXiv:1804.00222", "", "article", {}),
        ("CoRR abs/1804.00222", "", "article", {}),
        ("bioRxiv", "bioRxiv", "article", {}),
        ("", "", "", {}),
    ],
)
def test_venues(venue: str, title: str | None, type_: str, details: dict[str, str]) -> None:
    container = read_container(venue)
    assert container.title == (venue if title is None else title)
    assert container.type == type_
    assert dict(container.details) == details


@pytest.mark.parametrize(
    "venue", ["a 1" * 5_000, "1 " * 5_000, "vol. " * 5_000, "a, " * 5_000, "accepted as a " * 5_000]
)
def test_long_venues_cost_little(venue: str) -> None:
    start = time.process_time()
    read_container(venue)
    assert time.process_time() - start < 0.5
