from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest

from digest.model import ProblemError, SocialCard, StaticFile
from digest.rendering import social_cards
from digest.rendering.social_cards import draw_card, load_card_fonts

CARD = SocialCard(
    url="/2019/12/06/notes/card.png",
    title="Notes on the Analytical Engine",
    byline="Ada Lovelace, Charles Babbage",
    day="6 December 2019",
    site="Paper Mornings",
)
BLANK = replace(CARD, title="")


def inked(card: SocialCard, *, left: int = 0, top: int = 160, bottom: int = 460) -> bool:
    """Whether there is anything right of the edge and between two heights, where the title stands."""
    from PIL import Image

    with Image.open(BytesIO(draw_card(card, load_card_fonts(()))["card.png"])) as picture:
        part = picture.convert("L").crop((max(left, 30), top, 1200, bottom))
    darkest, lightest = part.getextrema()
    return darkest != lightest


def test_a_card_is_a_picture_of_the_size_that_others_show() -> None:
    from PIL import Image

    data = draw_card(CARD, load_card_fonts(()))["card.png"]
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(data) < 60_000
    assert data == draw_card(CARD, load_card_fonts(()))["card.png"]


@pytest.mark.parametrize(
    "title",
    [
        "Notes on the Analytical Engine",
        "Über Größen, naïve Ré and Łódź",
        "Ο λόγος του Ηράκλειτου",
        "Вероятность и ёж",
        "𝑥² and ﬁnite β-VAEs",
        "word " * 300,
        "x" * 3000,
        "<b>&amp; {{ title }}</b>\u202e\x00 ]]>",
    ],
    ids=lambda title: title[:20],
)
def test_every_title_that_can_be_drawn_is_drawn_within_its_place(title: str) -> None:
    card = replace(CARD, title=title, byline="")
    assert inked(card)
    assert not inked(card, left=1130, top=0, bottom=630)
    assert not inked(card, top=466, bottom=500)


@pytest.mark.parametrize("title", ["深度学习综述", "注意 and more", "🦆", "تعلم", "हिन्दी"])
def test_what_no_font_has_is_left_out(title: str) -> None:
    assert not inked(replace(CARD, title=title))
    assert inked(replace(CARD, title=title), top=80, bottom=140)  # the day is there


def test_a_font_of_the_site_comes_first() -> None:
    package = find_spec("font_source_serif_pro")
    assert package is not None
    assert package.submodule_search_locations
    other = Path(package.submodule_search_locations[0], "files", "SourceSerifPro-Black.otf").read_bytes()
    own = load_card_fonts((StaticFile("/fonts/own.otf", other), StaticFile("/a.css", b"")))
    ours = load_card_fonts(())
    assert draw_card(CARD, own) != draw_card(CARD, ours)


def test_what_is_not_installed_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(social_cards, "find_spec", lambda _name: None)
    load_card_fonts.cache_clear()
    with pytest.raises(ProblemError) as error:
        load_card_fonts(())
    (problem,) = error.value.problems
    assert problem.code == "DG203"
    assert "research-digest[cards]" in problem.hint


def test_a_file_that_is_no_font_is_passed_over() -> None:
    fonts = load_card_fonts((StaticFile("/fonts/broken.ttf", b"no font"),))
    assert draw_card(CARD, fonts) == draw_card(CARD, load_card_fonts(()))
