"""What no page may hold goes; everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.characters import FORBIDDEN, drop_forbidden, is_harmless, is_printed


@pytest.mark.parametrize(
    "sign", ["\x00", "\x0b", "\x7f", "\x85", "\ud800", "\ufdd0", "\uffff", "\U0001fffe", "\U0010ffff"]
)
def test_what_no_page_may_hold(sign: str) -> None:
    assert FORBIDDEN.fullmatch(sign)
    assert drop_forbidden(f"a{sign}b𝛼") == "ab𝛼"


@pytest.mark.parametrize("sign", ["\t", "\n", "\r", " ", "\xa0", "\ufeff", "\ufffd", "𝛼", "模"])
def test_what_it_may(sign: str) -> None:
    assert not FORBIDDEN.search(sign)
    assert drop_forbidden(sign) == sign


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_one_pass_is_as_good_as_two(text: str) -> None:
    assert drop_forbidden(text) == FORBIDDEN.sub("", text)


@settings(deadline=None)
@given(st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("\n\t\r\xa0\u2061\u2063\x85\ufdd0"))))
def test_a_harmless_text_holds_nothing_to_look_for(text: str) -> None:
    assert not (is_harmless(text) and (FORBIDDEN.search(text) or "\r" in text))
    assert is_harmless(text) or not is_printed(text)


def test_each_of_them_is_seen_among_others() -> None:
    ends = (plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))
    places = [*range(0xA0), *range(0xD7FF, 0xE001), *range(0xFDC0, 0xFE00), *ends]
    forbidden = [sign for sign in map(chr, places) if FORBIDDEN.match(sign)]
    assert len(forbidden) == 30 + 32 + 0x800 + 32 + 34
    assert not any(is_harmless(f"é{sign}模") for sign in [*forbidden, "\r"])


@settings(deadline=None)
@given(st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("a  \n\t\r\xa0\u3000\u2028\x1f"))))
def test_a_printed_text_has_the_usual_blanks_only(text: str) -> None:
    blanks = {sign for sign in text if sign.isspace()}
    assert not is_printed(text) or blanks <= {" ", "\n", "\t", "\xa0"}


def test_nearly_all_texts_are_harmless() -> None:
    assert is_harmless("")
    assert is_harmless("Größe 模\n<mo>\u2061</mo>\tand\xa0x")
