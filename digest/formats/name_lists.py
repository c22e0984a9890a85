"""The names of authors as lists of papers write them: inverted, shortened, few, with `et al.`; told from titles."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from digest.formats.author_lines import is_author_line, is_lower, is_name, parse_authors
from digest.formats.patterns import lazily
from digest.formats.person_names import natural_name

_INVERTED: Final = lazily(
    r"[^\W\d_][\w'’‐-]*(?: [^\W\d_][\w'’‐-]*){0,2},\s*(?:[^\W\d_]\.[\s-]?){1,4}"
    r"(?=\s*(?:,|;|&|and\b|\.\.\.|…|$)|(?<=\s)[A-Z\"“(])"
)
_GAP: Final = lazily(r"[\s,;]*(?:&|\band\b)?\s*(?:\.\.\.|…)?\s*(?:&|\band\b)?\s*")
_ET_AL: Final = lazily(
    r"(?i),?\s*(?:\band\s+)?\be[tl]\.?\s*al\b\.?|,?\s+and\s+(?:\d+\s+)?others\b|,?\s*等\s?(?:\d+\s?)?[位名]?\s?(?:作者|人)?(?=\W|$)"
    r"|,?\s*(?:\.\.\.|…)"
)
# `Lovelace, Ada, and Charles Babbage.`: the first name alone is turned round.
_TURNED: Final = lazily(
    r"(?P<family>[A-Z][^\W\d_]*(?:[-'’][^\W\d_]+)*(?: [A-Z][\w'’-]+)?),\s+"
    r"(?P<given>[A-Z][^\W\d_]*(?:-[^\W\d_]+)?\.?(?: [A-Z]\.| [A-Z][^\W\d_]+(?=,\s+(?!et\b)))*)"
    r"(?P<rest>(?:,\s+(?!et\b|and\b)[^,]+ [^,]+)*(?:,?\s+(?:and|&)\s+[^,]+ [^,]+)?,?(?P<more>\s+et\.? al\.?)?)[\s.]*"
)
_GIVEN_INITIALS: Final = lazily(r"[^\W\d_][\w-]*\.?(?: [^\W\d_]\.)*")
# Words of titles, no names: what they stand in is a title, whatever its capitals.
_TITLE_WORD_LIST: Final = (
    "abstract adaptation adaptive advances adversarial agent agents algorithm algorithms analysis application "
    "applications approach approaches "
    "architecture architectures artificial attack attacks attention automatic bayesian benchmark benchmarks beyond "
    "bias causal challenges "
    "classification clustering communication comparison computational computing constraints control convolution "
    "convolutional data dataset datasets "
    "decision deep design detection diffusion distributed domain dynamic dynamics edge efficient embedding "
    "embeddings end estimation evaluation "
    "experiments explanation exploration fast feature features federated few framework future general generalization "
    "generation generative "
    "gradient graph graphs hardware human hybrid identification image images improving inference information "
    "insights integration intelligence "
    "interactive knowledge language large latent learning linear local long machine matching mechanisms medical "
    "memory method methods mining "
    "mobile model modeling modelling models motion multi network networks neural new objects online open operations "
    "optimal optimization "
    "parallel performance perspective perspectives planning policy power practice prediction predictions privacy "
    "probabilistic problem problems "
    "processes processing program programming protein quantum question random real reasoning recognition regression "
    "reinforcement representation "
    "representations research retrieval review robot robotics robust robustness safety scale scaling search "
    "segmentation self semantic semantics "
    "sequence shot simulation single sparse spatial speech stable statistical stochastic strategies structure study "
    "supervised survey synthesis "
    "system systems task tasks temporal text theory time tool tools towards toward tracking training transfer "
    "transformations transformer transformers "
    "uncertainty understanding unified unsupervised using video vision visual web"
)
_TITLE_WORDS: Final = frozenset(_TITLE_WORD_LIST.split())
# Where authors work.
_PLACE: Final = lazily(
    r"(?i:\b(?:universi|institut|college|laborator|labs?\b|school|academy|research|google|microsoft|deepmind|facebook"
    r"|inc\b|corp))|^[A-Z]{3,}$"
)
_BY: Final = lazily(r"^[Bb]y:?\s+(?=\S)")
_AROUND: Final = " \t\n\x1f,;:|·•–—-"


def is_names(text: str) -> bool:
    """Whether a text is an author line; prose is told by its small words before names are looked for."""
    text = _with_commas(unicodedata.normalize("NFC", text).strip())
    if text.endswith(".") and not re.search(r"\b\w\.$", text) and re.search(r",|\band\b|\)\.$", text):
        text = text[:-1]
    return not (len(text) > 100 and is_prose(text)) and (is_author_line(text) or _are_mostly_names(text))


def listed_names(text: str) -> tuple[str, ...]:
    """The names of a line that a place for names holds, with commas between them and nothing else to divide them."""
    text = _BY.sub("", unicodedata.normalize("NFC", text).strip())
    if not text or len(text) > 60_000 or re.search(r"[;:()|]|\band\b|&|\bet al\b|https?://|[.?!]$", text):
        return ()
    names = tuple(" ".join(name.split()) for name in text.split(",") if name.strip())
    if any(len(name.split()) > 10 for name in names) or is_prose(text):
        return ()
    known = sum(is_name(name) for name in names)
    # A digit behind one name is a slip; behind many it is a mark.
    marked = sum(not name[-1].isalpha() and name[-1] != "." for name in names)
    return names if known * 2 >= len(names) and marked * 3 < len(names) and (len(names) > 1 or is_names(text)) else ()


def are_authors(text: str) -> bool:
    """Whether a text is names, some perhaps family names alone: `Wang et al.`, `Niemeyer & Geiger`."""
    text = unicodedata.normalize("NFC", text).strip(_AROUND).removeprefix("by ").removeprefix("By ")
    if not text or len(text) > 20_000:
        return False
    if (inverted := inverted_names(_stopped(text))) and inverted[1] >= len(text.rstrip(" ,.")):
        return True
    if is_names(text) or _turned_names(text) or _paired_names(text):
        return True
    more = list(_ET_AL.finditer(text))
    bare = text[: more[-1].start()].strip(" ,.;") if more and not text[more[-1].end() :].strip(" ,.;:)") else ""
    if bare and len(bare) < 300:
        names = parse_authors(bare).names
        return bool(names) and all(is_name(name) for name in names)
    if re.search(r"\s(?:&|and)\s", text) and len(text.split()) <= 7:
        names = parse_authors(text).names
        return len(names) > 1 and all(is_name(name) and len(name.split()) <= 3 for name in names)
    return False


def are_surely_authors(text: str) -> bool:
    """Whether names, where a title may stand as well: two or more, whole, without a word of titles."""
    if not are_authors(text):
        return False
    names, more = read_authors(text)
    if any(word.casefold() in _TITLE_WORDS for name in names for word in re.split(r"[\s-]+", name)):
        return False
    return (len(names) > 1 or more or bool(re.search(r"\b[A-Z]\.", text))) and all(" " in name for name in names)


def read_authors(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of a text in natural order; whether it says that there are more."""
    text = _with_commas(unicodedata.normalize("NFC", text))
    more = bool(_ET_AL.search(text))
    bare = _ET_AL.sub(" ", text).strip(_AROUND)
    bare = re.sub(r"\(\s*(?:19|20)\d\d\s*\)?\.?$", "", bare).strip()
    if inverted := inverted_names(_stopped(bare)):
        return inverted[0], more
    turned = _turned_names(bare + (", et al." if more else "")) or _paired_names(bare)
    return turned or parse_authors(bare).names, more


def inverted_names(text: str) -> tuple[tuple[str, ...], int] | None:
    """The names of `Lovelace, A., & Byron, A.` at the start of a text, and where they end."""
    names: list[str] = []
    place = 0
    while found := _INVERTED.match(text, place):
        family, _, given = found[0].partition(",")
        names.append(f"{' '.join(given.split())} {family.strip()}")
        gap = _GAP.match(text, found.end())
        place = gap.end() if gap else found.end()
    return (tuple(names), place) if len(names) > 1 or (names and place >= len(text.rstrip(" ,."))) else None


def says_et_al(text: str) -> bool:
    """Whether a text says that there are more authors."""
    return bool(_ET_AL.search(text))


def is_prose(text: str) -> bool:
    """Whether a text is made of sentences: a quarter of its words are small and not short."""
    words = text[:2_000].split()
    return sum(word[0].islower() and len(word) > 3 for word in words) * 4 > len(words)


def _are_mostly_names(text: str) -> bool:
    """Whether of two and more names only a few are spelt as no name is, all in lower case or with an odd particle."""
    if len(text) > 20_000 or re.search(r"https?://|[?!:]", text):
        return False
    names = parse_authors(text).names
    longest = 10 if len(names) > 3 else 6
    if len(names) < 2 or any(len(name.split()) > longest or re.search(r"\d", name) for name in names):
        return False
    known = sum(is_name(name) and " " in name for name in names)
    if len(names) > 2 and known * 2 >= len(names) and re.search(r"(?:,|\s)\s*and\s+[A-Z]", text):
        words = {word for name in names for word in re.split(r"[\s-]+", name.casefold())}
        if all(" " in name and (is_name(name) or is_lower(name)) for name in names) and not words & _TITLE_WORDS:
            return True
    if len(names) == 2:
        return known == 1 and any(is_lower(name) for name in names) and "." not in text[-1:]
    return known * 10 >= len(names) * (6 if len(names) == 3 else 7)


def _turned_names(text: str) -> tuple[str, ...]:
    """The names of `Lovelace, Ada, and Charles Babbage.` in natural order; none where the first is not turned round."""
    found = _TURNED.fullmatch(text.strip()) if len(text) < 2_000 else None
    if not found:
        return ()
    # Two words before the comma and two behind it are two persons.
    if " " in found["family"] and not _GIVEN_INITIALS.fullmatch(found["given"]):
        return ()
    # Where others follow, the last stands behind `and` or `et al.`; else the first is one name, the second another.
    if found["rest"].strip(" ,.") and not re.search(r"\b(?:and|et)\b|&", found["rest"]):
        return ()
    others = parse_authors(_ET_AL.sub("", found["rest"])).names
    if not all(" " in name and is_name(name) for name in others):
        return ()
    if " " in found["family"] and not (found["given"].endswith(".") or others):
        return ()
    return (f"{found['given']} {found['family']}", *others)


def _paired_names(text: str) -> tuple[str, ...]:
    """The names of `Lovelace, Ada and Babbage, Charles` in natural order."""
    pieces = re.split(r"\s+and\s+", _without_brackets(text).strip(" ."))
    if len(pieces) < 2 or len(text) > 20_000:
        return ()
    known = [piece for piece in pieces if piece != "others"]
    if not all(piece.count(",") == 1 and len(piece.split()) <= 6 for piece in known):
        return ()
    return tuple(natural_name(piece) for piece in known)


def _with_commas(text: str) -> str:
    """Names with commas between them where semicolons stand as well, or for nothing else."""
    if ";" not in text or len(text) > 60_000:
        return text
    if names := placed_names(text):
        return ", ".join(names)
    pieces = _without_brackets(text).split(";")
    inverted = [piece for piece in pieces if "," in piece]
    whole = all(" " in name.strip() for piece in inverted for name in piece.split(",") if name.strip())
    return text.replace(";", ", ") if whole else text


def placed_names(text: str) -> list[str]:
    """The names of `Ada Lovelace, Green University; Ann Author, MIT`; none where commas divide anything else."""
    if ";" not in text or "," not in text or len(text) > 20_000:
        return []
    pieces = _without_brackets(text).split(";")
    parts = [piece.strip(" ,.").partition(",") for piece in pieces if piece.strip(" ,.")]
    names = [name.strip() for name, _, _ in parts]
    places = [place.strip() for _, _, place in parts if place.strip()]
    if not places or not all(" " in name and (is_name(name) or is_lower(name)) for name in names):
        return []
    sure = sum(bool(_PLACE.search(place)) or places.count(place) > 1 for place in places)
    return names if sure * 2 >= len(places) else []


def _without_brackets(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", text)


def _stopped(names: str) -> str:
    return names.strip(" ,.") + "."
