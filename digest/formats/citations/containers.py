"""What papers are in, as entries write it: `Annals of Mathematics 185 (2017)` is a journal and its volume."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.citations.kinds import PREPRINT
from digest.formats.patterns import lazily
from digest.model import dataclass


@dataclass(frozen=True, slots=True)
class Container:
    """The title of a journal or of proceedings, and where in it; `type` is that of CSL which this makes a paper."""

    title: str = ""
    type: str = ""
    details: tuple[tuple[str, str], ...] = ()


_LONGEST: Final = 300
_OPENING: Final = lazily(
    r"(?:(?:published|accepted|presented|appear(?:s|ed|ing)|to appear|forthcoming)"
    r"(?: as an?(?: \w+){1,4}?(?= (?:at|in)\b))?"
    r"(?: (?:at|in|by|for publication in|to))?(?: the)?|in(?=:| proceedings| proc\.)):?\s+",
    re.IGNORECASE,
)
_UNPUBLISHED: Final = lazily(
    r"(?:under (?:\w+ )?review|submitted|in (?:review|submission)|unpublished)\b", re.IGNORECASE
)
_ARXIV: Final = lazily(r"(?:arxiv|corr)\b", re.IGNORECASE)
_PREPRINTS: Final = lazily(
    r"(?:bio|med|chem|psy|eco|soc|earth|tech)rxiv\b|ssrn\b|hal\b|.*\bpre-?prints?\b|osf\b|iacr\b|.*\beprint archive\b",
    re.IGNORECASE,
)
_THESIS: Final = lazily(r"\b(?:thesis|dissertation|habilitation\w*)\b", re.IGNORECASE)
_REPORT: Final = lazily(
    r"\b(?:technical report|tech\.? ?rep\b\.?|working paper|white paper|research report)", re.IGNORECASE
)
# Proceedings that are journals.
_SERIAL_PROCEEDINGS: Final = lazily(
    r"\bproc(?:eedings|\.)? (?:of )?(?:the )?(?:national academy|natl?\.? acad|royal society|r\. soc|ieee$|ieee \d|vldb"
    r"|acm on|\w+ mathematical society|institution)|\bpnas\b|\bpvldb\b|\bpacmpl\b",
    re.IGNORECASE,
)
_CONFERENCE: Final = lazily(
    r"\b(?:conferences?|conf\.|proceedings|proc\.|workshops?|symposi(?:um|a)|congress|colloquium|meeting"
    r"|neural information processing systems|findings of)",
    re.IGNORECASE,
)
_CONFERENCE_NAMES: Final = (
    "aaai aacl accv acl acmmm aistats alt bmvc cade cav ccs chi cidr cikm colt coling colm conll corl cogsci cscw cvpr "
    "cvprw date dac dcc eacl ecai eccv eccvw ecir ecml emnlp esop eurocrypt crypto asiacrypt eurosys facct fast fccm "
    "focs fpga fse gecco hotnets hotos hpca icalp icaps icassp iccad iccv iccvw icdar icdcs icde icdm icip iclr icme "
    "icml icpr icra icse icwsm ijcai ijcnn infocom interspeech ipdps ipmi iros isca iscas isit ismar ismir issta iui "
    "kdd lics log lrec mlsys miccai micro midl mobicom mobisys msr naacl ndss neurips neuripsw nips nsdi oopsla osdi "
    "pact pets pldi podc pods popl ppopp recsys rss sc sdm sigcomm siggraph sigir sigmod soda sosp spaa stacs stoc "
    "tacas uai uist usenix vldb wacv wsdm www thewebconf"
)
_CONFERENCES: Final = frozenset(_CONFERENCE_NAMES.split())
_YEAR: Final = r"(?:19|20)\d\d"
_PLACE: Final = lazily(
    rf"(?P<title>.*?[^\W\d].*?)(?:[\s,]+|(?<=\.))(?P<label>vol(?:\.|ume)?\s*)?(?P<volume>(?!{_YEAR}\b)\d{{1,4}})"
    r"(?:\s?\((?!(?:19|20)\d\d\))(?P<issue>\d{1,4}(?:[-–/]\d{1,4})?)\)|,?\s(?:no\.?|issue|number)\s?(?P<number>\d{1,4}))?"
    r"(?:\s?[,:]\s?(?:pp?\.?\s?)?(?P<page>(?!(?:19|20)\d\d\.?$)[A-Za-z]?\d+(?:\s?[-–]+\s?[A-Za-z]?\d+)?))?"
    rf"(?:,?\s?\(?(?P<year>{_YEAR})\)?)?\.?"
)
_DATED: Final = lazily(rf"(?P<title>.*[^\W\d].*?)(?:,\s*|\s*\(|\s+){_YEAR}\)?\.?")


def read_container(venue: str) -> Container:
    """What an entry's venue says; a text that says more than its place of publication stays whole."""
    text = " ".join(venue[:_LONGEST].split()).rstrip(",;")
    if not text:
        return Container()
    if _UNPUBLISHED.match(text):
        return Container(type=PREPRINT)
    opening = _OPENING.match(text)
    text = text[opening.end() :] if opening else text
    if _ARXIV.match(text):
        return Container(type=PREPRINT)
    type_ = _type_of(text, told="conference paper" in opening[0].lower() if opening else False)
    if len(venue) > _LONGEST:
        return Container(" ".join(venue.split()), type_)
    if type_ == "paper-conference":
        return Container(text, type_)  # `ICLR 2018` is what its proceedings are called
    if (found := _PLACE.fullmatch(text)) and any(found[name] for name in ("label", "issue", "number", "page", "year")):
        page = (found["page"] or "").replace("–", "-").replace(" ", "")
        told = (("volume", found["volume"]), ("issue", found["issue"] or found["number"] or ""), ("page", page))
        return Container(found["title"].rstrip(" ,"), type_, tuple(detail for detail in told if detail[1]))
    dated = _DATED.fullmatch(text)
    return Container(dated["title"].rstrip(" ,") if dated else text, type_)


def _type_of(text: str, *, told: bool) -> str:
    if _PREPRINTS.match(text):
        return PREPRINT
    if _THESIS.search(text):
        return "thesis"
    if _REPORT.search(text):
        return "report"
    if _SERIAL_PROCEEDINGS.search(text):
        return "article-journal"
    acronyms = {word.casefold() for word in re.findall(r"[A-Za-z]+", text) if word[:2].isupper() or word == "NeurIPS"}
    if told or _CONFERENCE.search(text) or acronyms & _CONFERENCES:
        return "paper-conference"
    return "article-journal"
