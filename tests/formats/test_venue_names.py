"""The name of a venue in what entries write of it."""

from __future__ import annotations

import pytest

from digest.formats.venue_names import name_series


@pytest.mark.parametrize(
    ("venue", "name"),
    [
        ("ICLR 2018", "ICLR"),
        ("Published as a conference paper at ICLR 2018", "ICLR"),
        ("Accepted as a workshop submission at ICLR 2017", "ICLR"),
        ("To appear in: CVPR 2021 (Oral)", "CVPR"),
        ("NIPS'17", "NIPS"),
        ("ICML 2019, Long Beach, CA", "ICML"),
        ("NIPS 2016 Workshop on Things", "NIPS Workshop on Things"),
        ("Proc. of the 35th International Conference on Machine Learning (ICML 2018), PMLR 80", "ICML"),
        ("Proceedings of the Sixth Symposium on Gardens", "Symposium on Gardens"),
        (
            "Proceedings of the National Academy of Sciences 117 (2020)",
            "Proceedings of the National Academy of Sciences",
        ),
        ("In Proceedings of the Conference on Hedges, pp. 770-778", "Conference on Hedges"),
        ("J. Mach. Learn. Res. 12(3)", "J. Mach. Learn. Res."),
        ("Annals of Mathematics 185 (2017)", "Annals of Mathematics"),
        ("Journal of Hedges, Volume 370, 2024, ISSN 0301-4797", "Journal of Hedges"),
        ("Nature 518, 529–533 (2015)", "Nature"),
        ("ActaAstron.56:1-50,2006", "ActaAstron"),
        ("Physical Review D", "Physical Review D"),
        ("Findings of ACL 2021", "Findings of ACL"),
        ("arXiv preprint arXiv:1802.05365", "arXiv"),
        ("CoRR abs/1706.03762", "CoRR"),
        ("情報処理学会論文誌 Vol.60 No.1", "情報処理学会論文誌"),
        # What came of it is not known, so it is not said.
        ("Under review as a conference paper at ICLR 2019", "Under review as a conference paper at ICLR"),
        # NIPS and NeurIPS are two names.
        ("NeurIPS 2018", "NeurIPS"),
        # Nothing is left of these, so they are their own name.
        ("2020", "2020"),
        ("(2019)", "(2019)"),
        ("", ""),
    ],
)
def test_a_series_is_named_by_words_that_stand_there(venue: str, name: str) -> None:
    assert name_series(venue) == name


@pytest.mark.parametrize("venue", ["x" * 10_000, "(" * 5_000, "1 " * 5_000, "a.1" * 3_000, "published in " * 900])
def test_long_venues_take_no_time(venue: str) -> None:
    assert len(name_series(venue)) <= 300
