"""Where on a line of a list the title stands: in bold, in a link, in quotes, slanted, or by what is around it."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.author_lines import is_name, parse_authors
from digest.formats.name_lists import are_authors, are_surely_authors, inverted_names, is_names, is_prose, says_et_al
from digest.formats.venues import find_date, is_known_venue, parse_published
from digest.sources.lists import paper_links
from digest.sources.lists.flat_lines import LINK, FlatLine, Run, join_runs
from digest.sources.lists.reference_tails import AWARD, COUNTER, PAIRS, SIGN_ONLY, read_tail_parts

_EDGE: Final = " \t\n\x1f,.;:|/·•–—-~+&"
_QUOTED: Final = re.compile(r"[\"“„«「『](?P<title>[^\"“”„«»「」『』\n]{8,400})[\"”“»」』]")
_LEAD_DATE: Final = re.compile(
    r"\s*(?:[(\[【]\s*)?(?P<date>(?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2])(?:[-/.][0-3]?\d)?)?)(?:\s*[)\]】])?\s*[:,"
    r"|–—-]?\s+(?=\S)"
)
_LEAD_ISSUE: Final = re.compile(
    r"[\s*]*(?P<in>[A-Z][A-Za-z&-]{1,12}(?:\s{0,3}['’´`]\s?\d\d|\s{1,3}\d\d['’´`]))\s*[:|,-]?\s+(?=\S)"
)
_LEAD_VENUE: Final = re.compile(
    r"\s*(?:[(\[【](?P<in>[^()\[\]【】\n]{2,60})[)\]】]|(?P<out>[A-Z][\w'’&\- ]{1,40}?))\s*[:：,|–—-]?\s*(?=\S)"
)
_APA: Final = re.compile(
    r"(?P<authors>[^()\n]{4,3000}?)\.?,?\s*[(\[](?P<date>(?:19|20)\d\d[a-z]?(?:,\s*[A-Z]\w+(?:\s\d{1,2})?)?|in press"
    r"|n\.d\.)[)\]][.,:]?\s+(?=\S)"
)
_TITLE_END: Final = re.compile(r"(?<=[.?!])(?<!\bvs\.)\s+(?=[\"'“(\[]?[^\W\d_a-z]|\x1f|\d|$)")
_LONGEST_TITLE: Final = 400
_CUTS: Final = re.compile(r"\s+[-–—|]+\s+|,\s+by:?\s+|,\s+|\s+by:?\s+|[.?!]\s+|\s*[(\[]|\s*;\s+|\s{2,}|\t")
_Title = tuple[int, int, str, str, str]


def find_title(flat: FlatLine) -> _Title | None:
    """(start, end, how it is marked, the text before it, the text after it) of the title."""
    text = flat.text
    start = _behind_prefix(text, 0)
    strong = [run for run in join_runs(flat, "strong") if not _is_prefix(text[run.start : run.end])]
    linked = [run for run in join_runs(flat, "href") if _could_title(text[run.start : run.end])]
    slanted = [run for run in join_runs(flat, "emphasis") if _could_title(text[run.start : run.end])]
    if apa := _read_apa(flat, start):
        return apa
    # Far behind names; a title in quotes has its own way.
    named = (
        bool(strong)
        and strong[0].start > start + 80
        and text[strong[0].start - 1] not in '"“'
        and are_surely_authors(text[start : strong[0].start].strip(" .\n"))
    )
    if strong and (named or strong[0].start <= start + 80) and (found := _strong_title(flat, strong[0])):
        return found
    if linked and not _names_before(text, linked[0]):
        return _marked(flat, linked[0], "link")
    quoted = _QUOTED.search(text)
    if quoted and _could_title(quoted["title"]) and quoted.start() <= max(400, start + 20):
        return quoted.start(), quoted.end(), "quote", text[: quoted.start()], text[quoted.end() :]
    if slanted and _is_slanted_title(text, start, slanted[0]):
        return _marked(flat, slanted[0], "emphasis")
    return _plain_title(flat, start)


def _marked(flat: FlatLine, run: Run, marked: str) -> _Title:
    """A title as it stands out; what follows a short name after a colon belongs to it."""
    end = run.end
    return run.start, end, marked, flat.text[: run.start], flat.text[end:]


def _strong_title(flat: FlatLine, run: Run) -> _Title | None:
    text = flat.text
    words = text[run.start : run.end]
    after = text[run.end :]
    if re.fullmatch(r"\s*\[[^\[\]]{1,30}\]\s*", words) and (
        rest := re.match(r"\s*[:：–—-]?\s*([^\n\x1f]{8,400})", after)
    ):
        title = _cut_title(rest[1])
        start = run.end + rest.start(1)
        return start, start + len(title), "strong", text[: run.end], text[start + len(title) :]
    if quoted := _QUOTED.match(after.lstrip(" :：-–—,")):
        start = run.end + len(after) - len(after.lstrip(" :：-–—,"))
        return start, start + quoted.end(), "quote", text[: run.start] + words, text[start + quoted.end() :]
    count = len(words.split())
    # `**Name**: Title of the Paper` and `**Name** [Title](…)`: the name alone is no title.
    if count <= 2 and not _has_cjk(words):
        linked = next(
            (
                link
                for link in join_runs(flat, "href")
                if link.start >= run.end and _could_title(text[link.start : link.end])
            ),
            None,
        )
        if linked and linked.start - run.end <= 12:
            return _marked(flat, linked, "link")
        colon = re.match(r"\s*[:：–—-]\s*(?=\S)", after)
        if (colon or words.rstrip().endswith((":", "："))) and (
            rest := re.match(r"[^\n\x1f]{12,300}", after[colon.end() if colon else 0 :])
        ):
            plain = _cut_title(rest[0])
            end = run.end + (colon.end() if colon else 0) + len(plain)
            return run.start, end, "strong", text[: run.start], text[end:]
    if not _could_title(words) and count > 1:
        return None
    return run.start, run.end, "strong", text[: run.start], after


def _is_slanted_title(text: str, start: int, run: Run) -> bool:
    """Whether a slanted text is the title: the first words, or those that names stand before."""
    before = text[start : run.start].strip(_EDGE)
    if not before:
        return True
    words = text[run.start : run.end]
    if are_surely_authors(before) and not are_surely_authors(words) and len(words.split()) > 2:
        return True
    if is_names(words) or parse_published(words):
        return False
    return are_authors(before) or (bool(re.search(r"(?:19|20)\d\d", before)) and len(words.split()) > 3)


def _plain_title(flat: FlatLine, start: int) -> _Title | None:
    """A title that nothing marks: the first words, or those that names stand before."""
    text = flat.text
    line = re.compile(r"[^\x1f]*").match(text, start)
    body = line[0] if line else ""
    if not body.strip():
        return None
    slanted = next((run for run in join_runs(flat, "emphasis") if run.start > start), None)
    if slanted and slanted.start < start + len(body):
        body = body[: slanted.start - start]
    if (cut := _names_first(body)) is not None:
        begin, end = cut
        return start + begin, start + end, "plain", text[start : start + begin], text[start + end :]
    title = _cut_title(body)
    rest = body[len(title) :].lstrip(" ")
    following = rest.lstrip("\n ").partition("\n")[0] if rest.startswith("\n") else ""
    above = len(title.split()) > 2 and are_surely_authors(following)
    if not _could_title(title) and not above:
        return None
    end = start + len(title)
    return start, end, "plain", text[:start], text[end:]


def _cut_title(body: str) -> str:
    """The words up to where names, a venue or a date begin; only what is surely none of the title is cut off."""
    line_end = body.find("\n")
    if line_end > 0 and (_is_rest(body[line_end + 1 :]) or are_authors(body[line_end + 1 :].partition("\n")[0])):
        return body[:line_end]
    for found in list(_CUTS.finditer(body))[:40]:
        sign = found[0].strip()
        rest = body[found.end() :]
        if (
            not rest.strip(_EDGE)
            or found.start() < 3
            or body[: found.end()].rstrip().endswith(" vs.")
            or (sign.rstrip(":").endswith("by") and not _is_credit(rest))
        ):
            continue
        if sign in {"(", "["}:
            close = body.find(PAIRS[sign], found.end())
            inner = body[found.end() : close] if close > 0 else ""
            if inner and (parse_published(inner) or COUNTER.fullmatch(f"({inner})") or are_surely_authors(inner)):
                return body[: found.start()]
        elif _is_rest(
            rest,
            single=sign in {".", ", by", "?", "!"} or (sign.startswith("by") and body[found.start() - 1] in ",.)]"),
        ):
            return body[: found.start() + (sign in {"?", "!"})]
    return body


def _is_credit(text: str) -> bool:
    """Whether the words behind `by` begin with whole names."""
    names = ", ".join(read_tail_parts([text]).authors)
    return bool(names) and are_surely_authors(f"{names}, et al.")


def _is_rest(text: str, *, single: bool = False) -> bool:
    """Whether a text is names, a venue, a date, and nothing else; one name alone only where `single`."""
    text = text.strip(_EDGE)
    if not text or (len(text) > 100 and is_prose(text)):
        return False
    if parse_published(text):
        return True
    if are_authors(text):
        return are_surely_authors(text) or (
            single and len(text.split()) > 1 and is_names(text) and are_surely_authors(f"{text}, et al.")
        )
    tail = read_tail_parts([text])
    left = sum(len(words.split()) for words in tail.rest)
    names = ", ".join(tail.authors)
    if tail.authors and not (
        are_surely_authors(names) or ((tail.venue or tail.date) and are_surely_authors(f"{names}, et al."))
    ):
        return False
    return bool(tail.authors or tail.venue or tail.date) and (not left or (left < 3 and tail.date is not None))


def _names_first(body: str) -> tuple[int, int] | None:
    """Where the title stands in `Names. Title. Venue`."""
    inverted = inverted_names(body)
    stops = [inverted[1]] if inverted else []
    stops += [
        found.end() for found in re.finditer(r"(?<![\s.][A-Z])(?<!\bal)[.:]\s+|\bet\.? al\.?[,:.]?\s+|\t\s*", body)
    ][:6]
    for stop in stops:
        names = body[:stop].strip(_EDGE)
        rest = body[stop:].lstrip(' .,:"“')
        if not rest or not are_authors(names) or len(names.split()) < 2 or len(rest.split()) < 3:
            continue
        tabbed = body[stop - 1] == "\t"
        if len(parse_authors(names).names) < 2 and not says_et_al(names) and not inverted and not tabbed:
            continue
        sure = bool(inverted) or are_surely_authors(names)
        if parse_published(rest.partition(". ")[0]) or (
            not sure and (":" in body[stop - 2 : stop] or is_names(rest.partition(". ")[0]))
        ):
            continue
        start = len(body) - len(body[stop:].lstrip(' .,:"“'))
        year = re.match(r"\(?(?:19|20)\d\d[a-z]?\)?[.,:]\s*", body[start:])
        start += year.end() if year else 0
        end = _TITLE_END.search(body, start)
        title = body[start : end.start()] if end else body[start:]
        title = _cut_title(title)
        return start, start + len(title)
    return None


def _read_apa(flat: FlatLine, start: int) -> _Title | None:
    """The title of a citation: `Lovelace, A., & Byron, A. (1843). Title. Venue.`."""
    text = flat.text
    found = _APA.match(text, start)
    if (
        not found
        or text[found.end() : found.end() + 1].islower()
        or not (inverted_names(found["authors"].strip(" ,.") + ".") or are_authors(found["authors"]))
    ):
        return None
    begin = found.end()
    run = next(
        (
            run
            for run in flat.runs
            if run.start <= begin + 1 < run.end and (run.piece.href or run.piece.emphasis or run.piece.strong)
        ),
        None,
    )
    end = _TITLE_END.search(text, begin)
    stop = end.start() if end else len(text)
    if run:
        joined = next(
            r
            for style in ("href", "strong", "emphasis")
            if getattr(run.piece, style)
            for r in join_runs(flat, style)
            if r.start <= begin + 1 < r.end
        )
        stop = joined.end
    if LINK in text[begin:stop]:
        stop = text.index(LINK, begin)
    if not _could_title(text[begin:stop]):
        return None
    return begin, stop, "citation", text[start:begin], text[stop:]


def _could_title(text: str) -> bool:
    """Whether words may be a title: not a label, a venue, a date, an address."""
    bare = text.strip(_EDGE + "[](){}*_`\"“”'")
    if not bare or len(bare) > _LONGEST_TITLE or "://" in bare[:12]:
        return False
    if paper_links.name_label(bare) or COUNTER.fullmatch(f"({bare})"):
        return False
    if _has_cjk(bare):
        return len(bare) >= 4
    if not any(map(str.isalpha, bare)):
        return False
    words = bare.split()
    return (len(words) > 1 or len(bare) >= 4) and not (len(words) < 5 and parse_published(bare))


def _has_cjk(text: str) -> bool:
    return bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))


def _is_prefix(words: str) -> bool:
    """Whether strong words only lead to the title: a venue, a date, a label."""
    bare = words.strip(_EDGE + "[](){}【】")
    if not bare or SIGN_ONLY.fullmatch(bare) or bare.isdigit():
        return True
    if re.fullmatch(
        r"(?i)(?:new|hot|update[sd]?|title|paper|survey|must.?read|oral|spotlight|highlight|\d+)[!:]*|\(?\d+\)?\s\w+",
        bare,
    ):
        return True
    if AWARD.fullmatch(bare):
        return True
    if published := parse_published(bare):
        return published.date is not None or is_known_venue(bare) or len(bare.split()) <= 4
    return bool(paper_links.name_label(bare))


def _behind_prefix(text: str, start: int) -> int:
    """Where the words begin behind a box, a date in brackets, a venue in brackets, a picture."""
    while True:
        found = re.compile(
            r"[\s\x1f,;|·•>★☆✅✨🔥⭐🆕📄📌🌟🚀‼️❗↑➤►▶️👉-]+|\[[ xX]\]\s*|(?:title|paper|标题|论文|题目)\s*[:：]\s*",
            re.IGNORECASE,
        ).match(text, start)
        if found and found.end() > start:
            start = found.end()
            continue
        date = _LEAD_DATE.match(text, start)
        if date and (text[start : date.end()].strip()[0] in "([【" or find_date(date["date"])):
            start = date.end()
            continue
        if issue := _LEAD_ISSUE.match(text, start):
            start = issue.end()
            continue
        venue = _LEAD_VENUE.match(text, start)
        if venue:
            words = venue["in"] or venue["out"] or ""
            colon = text[venue.start() : venue.end()].rstrip().endswith((":", "：", "|", "–", "—", "]", ")", "】"))
            if colon and parse_published(words) and (venue["in"] or find_date(words) or len(words.split()) == 1):
                start = venue.end()
                continue
            if venue["in"] and paper_links.name_label(words):
                start = venue.end()
                continue
        return start


def _names_before(text: str, run: Run) -> bool:
    """Whether a link stands within the names of authors, so that it is none of a title."""
    return (
        run.end < len(text)
        and is_name(text[run.start : run.end])
        and bool(re.match(r"\*?,\s+[A-Z]\S+ [A-Z]|\s+and\s+[A-Z]", text[run.end :]))
        and bool(_QUOTED.search(text))
    )
