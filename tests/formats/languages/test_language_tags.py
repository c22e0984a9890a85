"""Tags of languages."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from digest.formats import languages


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *(("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("FA", "rtl"), ("ur_PK", "rtl"), ("az-Arab", "rtl")),
        *(("uz-Latn", "ltr"), ("pa-Arab-PK", "rtl"), ("ku-Latn", "ltr"), ("", "ltr"), ("ckb", "rtl"), ("yi", "rtl")),
    ],
)
def test_directions(language: str, direction: str) -> None:
    assert languages.text_direction(language) == direction


def test_directions_are_those_of_cldr() -> None:
    """But for Mongolian in its own script, which runs from above, and what its tag cannot tell."""
    differing = [
        tag
        for tag in (name.replace("_", "-") for name in locale_identifiers())
        if Locale.parse(tag, sep="-").text_direction != languages.text_direction(tag)
    ]
    assert {tag for tag in differing if "Mong" not in tag} == set()


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("de", ("de",)),
        ("DE_at", ("de-AT", "de")),
        ("pt-br", ("pt-BR", "pt")),
        ("zh-TW", ("zh-Hant-TW", "zh-Hant", "zh")),
        ("zh-hant-hk", ("zh-Hant-HK", "zh-Hant", "zh")),
        ("zh-CN", ("zh-CN", "zh")),
        ("sr-latn-rs", ("sr-Latn-RS", "sr-Latn", "sr")),
        ("de-DE-u-co-phonebk", ("de-DE", "de")),
        ("de-1996", ("de-1996", "de")),
        ("es-419", ("es-419", "es")),
    ],
)
def test_what_stands_for_a_tag(tag: str, chain: tuple[str, ...]) -> None:
    assert languages.list_fallbacks(tag) == chain


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("en", True),
        ("pt-BR", True),
        ("zh-Hant-TW", True),
        ("German", False),
        ("e", False),
        ("", False),
        ("en_GB", False),
    ],
)
def test_what_is_a_tag(text: str, known: bool) -> None:
    assert languages.is_language(text) is known


@pytest.mark.parametrize(
    ("language", "around", "told"),
    [
        ("", "en", None),
        ("en", "en", None),
        ("ar", "en", "ar"),
        ("en", "ar", "en"),
        ("ar", "ar", None),
        ("", "ar", ""),
        ("", "az-Arab", ""),
    ],
)
def test_what_a_text_says_of_its_language(language: str, around: str, told: str | None) -> None:
    assert languages.tell_language(language, around) == told
