"""Words that tell how a text is built rather than what it is about."""

from __future__ import annotations

from typing import Final

_SECTION: Final = """
a about abstract additional an analysis and approach approaches at authors background basic basics brief concept
concepts conclusion conclusions content context contribution contributions core critique definition definitions
describes description detailed details discussion do does dr evaluation experiment experimental experiments
findings first for framework from general goal goals high highlighted highlights how i idea ideas impression
impressions in insight insights intro introduction intuition is it its key level long main major material
message method methodology methods model motivation my new note notes novelty objective of on outline overview
paper paper's part point points preliminaries problem problems proposed purpose question questions quick quickly
rating rationale reading related research result results review section setting setup short sketch solution
solutions some start statement strengths study summaries summary synopsis take takeaway takeaways task technical
the theory they this thoughts tl tldr to topic useful very view was weaknesses what what's where which who why
with work works
"""
# Headings and labels made of these words only name a part of a text, not the paper.
SECTION_WORDS: Final = frozenset(_SECTION.split())

_SMALL: Final = """
a an and are as at be been but by can for from has have how if in into is its of on or our such than that the
their then these they this those to via was we were what when where which while who whose will with without e.g.
i.e. not no it between
"""
# Words that lean on the next one: no title ends with them.
SMALL_WORDS: Final = frozenset(_SMALL.split())

_SHORT: Final = """
al approx assoc cf ch chap conf def dept dr e.g ed eds eg eq eqs eqn esp est et etc ex fig figs i.e ie inc jr
lem ltd mr mrs ms no nos op p.d.f pp prof prop ref refs resp sec secs sect sr st tab thm univ viz vol vols vs
w.r.t wrt i.i.d iid a.k.a aka ca u.s jan feb mar apr jun jul aug sep sept oct nov dec
"""
# What may stand before a full stop that ends no sentence.
ABBREVIATIONS: Final = frozenset(_SHORT.split())
# Of these, the ones that a sentence may well end with: the stop counts when a capital follows.
CLOSING_ABBREVIATIONS: Final = frozenset(
    ["etc", "al", "i.i.d", "iid", "inc", "ltd", "u.s", "no", "ex", "st", "mar", "p.d.f"]
)
