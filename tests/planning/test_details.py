"""What else is known of a publication, as people read it."""

from __future__ import annotations

import pytest
from planning_values import an_entry

from digest.model import Catalogue
from digest.planning.details import describe_details, name_details


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("volume", "Volume"), ("page", "Pages"), ("msc", "MSC classes"), ("ISSN", "ISSN"),
        ("report_no", "Report no"), ("<b>", "<b>"),
    ],
)  # fmt: skip
def test_a_detail_has_a_name_that_people_read(name: str, label: str) -> None:
    known = an_entry(details=((name, "12"),))
    assert describe_details(known, name_details(Catalogue())) == ((label, "12"),)


def test_a_name_is_in_the_language_of_the_site() -> None:
    german = Catalogue("de", {"Volume": ("Band",)})
    assert describe_details(an_entry(details=(("volume", "3"),)), name_details(german)) == (("Band", "3"),)


def test_names_for_programs_are_not_shown() -> None:
    known = an_entry(details=(("citation-key", "ada1843"), ("comment", "9 pages")))
    assert describe_details(known, name_details(Catalogue())) == (("Comment", "9 pages"),)
