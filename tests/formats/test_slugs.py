"""Slugs: safe on every system, readable in every script."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import slugs
from digest.formats.slugs import slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A Simple Title", "a-simple-title"),
        ("  Spaces,   commas; and—dashes! ", "spaces-commas-and-dashes"),
        ("Café crème à la Gödel", "cafe-creme-a-la-godel"),
        ("Straße nach Ærø, Łódź & Þórshöfn", "strasse-nach-aero-lodz-thorshofn"),
        ("İstanbul'da IŞIK ışık", "istanbulda-isik-isik"),
        ("Don’t Stop: BERT's O'Reilly", "dont-stop-berts-oreilly"),
        ("大语言模型:综述", "大语言模型-综述"),
        ("Обучение с подкреплением Й", "обучение-с-подкреплением-й"),
        ("التعلم العميق", "التعلم-العميق"),
        ("한국어 제목", "한국어-제목"),
        ("हिन्दी शीर्षक", "हिन्दी-शीर्षक"),
        ("Ｆｕｌｌｗｉｄｔｈ ２０２４", "fullwidth-2024"),
        ("$k$-means in $O(n^2)$ time", "k-means-in-o-n2-time"),
        (r"$\beta$-VAE and $\mathcal{L}_{2}$ norms", "beta-vae-and-l2-norms"),
        (r"From \(\ell_1\) to $$\ell_0$$", "from-ell1-to-ell0"),
        ("It costs $5 to $10", "it-costs-5-to-10"),
        (r"Schr{\"o}dinger and Erd\H{o}s and Fr\'echet {GAN}s", "schrodinger-and-erdos-and-frechet-gans"),
        ("**Bold** and *it*alic, `code.name` and _more_", "bold-and-italic-code-name-and-more"),
        ("See [the paper](https://example.org/a_b) ![x](y.png)", "see-the-paper-x"),
        ("H<sub>2</sub>O &amp; <think> tokens", "h2o-think-tokens"),
        ("a < b & c ]]> </item>", "a-b-c-item"),
        ("", "entry"),
        ("...", "entry"),
        ("..", "entry"),
        ("/", "entry"),
        ("🎉🎉", "entry"),
        ("\ud800", "entry"),
        ("CON", "con-entry"),
        ("Com¹", "com1-entry"),
        ("a/b\\c:d", "a-b-c-d"),
        ("trailing dots...", "trailing-dots"),
        ("ﬁnding №5", "finding-no5"),
    ],
)
def test_titles(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_a_long_title_is_cut_at_a_word() -> None:
    slug = slugify("word " * 40)
    assert len(slug) <= 60
    assert set(slug.split("-")) == {"word"}


def test_a_cut_may_leave_a_whole_word_that_just_fits() -> None:
    assert slugify("abcde fghij klm", limit=11) == "abcde-fghij"


@pytest.mark.parametrize("title", ["模" * 200, "x" * 200, "gpt " + "模" * 200])
def test_a_word_longer_than_the_limit_is_cut_inside(title: str) -> None:
    assert len(slugify(title)) == 60


def test_a_cut_does_not_leave_a_reserved_name() -> None:
    assert slugify("con abcdefgh", limit=5) == "con-entry"


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=120), st.integers(12, 80))
def test_every_slug_is_safe_and_its_own_slug(title: str, limit: int) -> None:
    slug = slugify(title, limit=limit)
    assert 0 < len(slug) <= limit
    assert not re.search(r"[\s./\\:*?\"<>|$#%&\x00-\x1f]|^-|-$|--", slug)
    assert unicodedata.normalize("NFC", slug) == slug
    assert slug.casefold() == slug or not slug.isascii()
    assert slugify(slug, limit=limit) == slug
    slug.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("C++", "c-plus-plus"),
        ("c#", "c-sharp"),
        ("F# and C++ compared", "f-sharp-and-c-plus-plus-compared"),
        ("Issue #5", "issue-5"),
        ("a#b", "a-b"),
        ("A+ and 1+1", "a-and-1-1"),
    ],
)
def test_signs_that_belong_to_a_word_are_named(text: str, slug: str) -> None:
    assert slugify(text) == slug


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text("aZ9-é", max_size=12), st.sampled_from(["con", "lpt1", "a-b", "-", ""])), st.integers(1, 12))
def test_what_is_a_slug_takes_no_way_at_all(name: str, limit: int) -> None:
    found = slugify(name, limit=limit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slugs, "_is_slug", lambda _: False)
        assert found == slugify(name, limit=limit)


@settings(max_examples=300, deadline=None)
@given(st.text("aZ9 .,:;?!/()\"-+#'&", max_size=30))
def test_simple_titles_take_a_short_way_to_the_same_slug(title: str) -> None:
    found = slugify(title)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slugs, "_SIMPLE", re.compile("(?!)"))
        assert found == slugify(title)
