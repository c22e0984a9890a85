"""What English notes tell about where a sentence, a heading or a paragraph ends once the line breaks are gone."""

from __future__ import annotations

from typing import Final

from digest.formats.patterns import lazily


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


def phrase_set(phrases: str) -> frozenset[str]:
    """The phrases of a text, with semicolons between them, as a set."""
    return frozenset(" ".join(phrase.split()) for phrase in phrases.split(";"))


ABBREVIATIONS: Final = word_set(
    "e.g i.e eg ie cf vs al etc fig figs eq eqs eqn sec secs tab ch no nr p pp vol ref refs resp approx w.r.t wrt "
    "dr prof mr mrs ms st inc incl ex a.k.a aka viz ca esp u.s i.i.d"
)
# Words that begin a sentence far more often than they stand, with a capital, inside a heading.
OPENERS: Final = word_set(
    "the this these those that we they it it's its there there's he she i i'd i'm i've you one a an our their his my "
    "in on at to for from by with as when while if since because although though however moreover furthermore "
    "finally also thus hence therefore overall first firstly second secondly third lastly next then here another "
    "both each every many most some several all given using instead similarly additionally unlike like after before "
    "during once let's let note what's who where but and so authors paper"
)
# Of these some open headings as well ("In-domain results", "What we learned"): alone they prove less.
WEAK_OPENERS: Final = word_set(
    "second third next and so like with on to for from by at another paper authors using my all one our who where "
    "a first here what's both most some many"
)
FUNCTION_WORDS: Final = word_set(
    "a an the of and or for to in on at by with from as vs vs. via into over under than between about per & + - – — "
    "/ is are be not no its their our your how why what which using without towards toward across within"
)
VERBS: Final = word_set(
    "is are was were be has have had do does did can could may might will would should must seems seem seemed shows "
    "show showed proposes propose proposed presents present introduces introduce uses use used find found finds "
    "achieves achieve makes make made gives give takes take learns learn consists works work becomes become allows "
    "allow says say suggests suggest assumes assume contains contain requires require performs perform provides "
    "provide outperforms outperform improves improve leads lead means mean trains applies apply evaluate evaluates "
    "investigate investigates explores explore argue argues claim claims demonstrate demonstrates describe describes "
    "think believe liked wonder isn't aren't don't doesn't didn't can't won't wasn't relies rely tends tend"
)
HEADING_NAMES: Final = phrase_set("""
    abstract; acknowledgements; additional remarks; advantages; algorithm; algorithms; analysis; appendix;
    application; applications; approach; approaches; architecture; architectures; assumptions; background;
    baseline; baselines; benefits; caveats; challenge; challenges; code; comment; commentary; comments;
    comparison; conclusion; conclusions; cons; context; contribution; contributions; criticism; critique; data;
    data set; data sets; dataset; datasets; definition; definitions; details; differences; discussion;
    drawbacks; evaluation; evidence; example; examples; exp; experiment; experimental results; experimental
    setup; experiments; extension; extensions; features; findings; formulation; framework; funny; future
    directions; future work; goal; goals; how; how it works; hypothesis; idea; ideas; image; images;
    implementation; implementation details; implications; inference; insight; insights; intro; introduction;
    intuition; issues; key contribution; key contributions; key idea; key ideas; key insight; key insights; key
    observations; key point; key points; key results; key takeaway; key takeaways; limitation; limitations;
    link; link to the paper; links; loss; loss function; losses; main contribution; main contributions; main
    idea; main ideas; main result; main results; materials; method; methodology; methods; metrics; model;
    models; motivation; motivations; my comments; my notes; my opinion; my take; my thoughts; negatives; note;
    notes; notes / questions; notes/questions; novelty; objective; objectives; observation; observations; open
    questions; opinion; optimization; other; other notes; overview; paper; personal thoughts; pitch; points;
    positives; preliminaries; previous work; prior work; problem; problem addressed; problem definition; problem
    formulation; problem setting; problem statement; proposed approach; proposed method; pros; purpose;
    question; questions; questions/notes; quick summary; reference; references; related; related work; related
    works; remark; remarks; resources; result; results; review; rough notes; see also; setting; setup; short
    summary; shortcomings; significance; solution; some notes; strength; strengths; summary; takeaway;
    takeaways; task; tasks; terminology; theory; thought; thoughts; tldr; todo; training; training details;
    useful links; weakness; weaknesses; what; what i learned; why; why it matters; why it works;
    zusammenfassung; einleitung; methode; methodik; ergebnisse; diskussion; fazit; notizen; résumé; résultats;
    méthode; méthodes; notes de lecture; resumen; introducción; método; métodos; resultados; conclusiones; discusión;
    notas; riassunto; metodo; risultati; conclusioni; resumo; conclusões; аннотация; введение; метод; методы;
    результаты; выводы; заключение; 摘要; 简介; 引言; 介绍; 背景; 动机; 方法; 模型; 实验; 结果; 结论; 总结; 讨论; 贡献;
    概要; 要約; 手法; 結果; 結論; 実験; 考察; 요약; 방법; 결과; 결론; 실험
""") | {"tl;dr"}

_END = lazily(r"[.!?…](?:[)\"'”’\]]|\*{1,3}|_{1,3})*(?=\s)")
_WORD = lazily(r"\S+")


def bare(word: str) -> str:
    """A word without the marks around it, in lower case: `**The` → `the`."""
    return word.strip("*_`\"'“”‘’()[]{}<>.,;:!?…").casefold().replace("’", "'")


def words_of(masked: str) -> list[tuple[int, str]]:
    """The words of a masked text, each with its place; a filled span never falls apart."""
    return [(found.start(), found[0]) for found in _WORD.finditer(masked)]


def starts_sentence(following: str) -> bool:
    """Whether what follows begins the way sentences begin: a capital, a number, a mark that opens something."""
    return bool(following) and (following[0].isupper() or following[0].isdigit() or following[0] in "*_`\"“'‘([$!\\<{")


def is_abbreviation(before: str) -> bool:
    """Whether the full stop at the end of `before` belongs to an abbreviation, an initial or a list number."""
    if not before.endswith("."):
        return False
    stem = before[-24:].rsplit(maxsplit=1)[-1].rstrip(".").lstrip("([\"'*_").casefold()
    return stem in ABBREVIATIONS or (len(stem) == 1 and stem.isalpha() and stem not in {"i", "x", "y", "z", "k", "n"})


def sentence_starts(soft: str) -> list[int]:
    """Where the second and each later sentence of a masked text begins."""
    starts: list[int] = []
    for found in _END.finditer(soft):
        place = found.end()
        while place < len(soft) and soft[place].isspace():
            place += 1
        if place >= len(soft) or not starts_sentence(soft[place : place + 1]):
            continue
        if is_abbreviation(soft[max(0, found.start() - 24) : found.start() + 1]):
            continue
        starts.append(place)
    return starts


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence ends."""
    stripped = text.rstrip().rstrip("*_\"'”’)]")
    return stripped.endswith((".", "!", "?", "…")) and not is_abbreviation(stripped)


def opens_sentence(word: str) -> bool:
    """Whether a word with its capital is one that opens sentences."""
    return word[:1].isupper() and bare(word) in OPENERS


def is_heading_name(text: str) -> bool:
    """Whether a phrase is one that notes commonly use as a heading."""
    return " ".join(text.split()).strip("*_:.?! ").casefold() in HEADING_NAMES
