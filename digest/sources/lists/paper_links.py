"""The links of papers in lists: which are named by what they lead to, and which lead to a paper."""

from __future__ import annotations

import re
from typing import Final

from digest.formats import identifiers
from digest.model import Identifiers

# What people write on the link, first word or whole, and what it is then called.
_NAMES: Final = (
    ("pdf", r"pdf|full ?text|全文"),
    ("code", r"code|codes|github|git ?hub|git|source|src|repo|repository|implementation|pytorch|tensorflow|tf|torch"
             r"|keras|jax|caffe2?"
             r"|matlab|mxnet|chainer|paddle|theano|lua|julia|代码|コード|源码|开源"),
    ("project", r"project|projects|website|web ?site|web|homepage|home ?page|page|site|项目|主页|プロジェクト|webpage"),
    ("paper", r"paper|papers|arxiv|abs|abstract|doi|html|link|url|preprint|article|论文|論文|原文|链接|openreview"
              r"|acl|acl "
              r"anthology|ieee"
              r"|acm|springer|nature|science|pubmed|biorxiv|medrxiv|cvf|neurips|nips|pmlr|hal|ssrn|springerlink"
              r"|semantic scholar|s2|publisher"
              r"|arxiv link|paper link|camera ?ready|official version|conference version|journal version|here|read"
              r"|alphaxiv"
              r"|hugging ?face paper|hf paper|papers? ?with ?code|pwc|report|technical report|tech report|thesis|book"),
    ("slides", r"slides?|ppt|presentation|幻灯片"),
    ("video", r"videos?|youtube|talk|recording|bilibili|视频|vimeo"),
    ("poster", r"posters?"),
    ("demo", r"demos?|colab|playground|spaces?"),
    ("data", r"data|datasets?|benchmark|数据集|数据"),
    ("model", r"models?|weights|checkpoints?|hugging ?face|hf|🤗|modelscope"),
    ("blog", r"blogs?|blog ?post|post|tutorial|medium|article|解读|中文解读|知乎|news|notes?|review|summary|reviews"
             r"|my notes|笔记"),
    ("bibtex", r"bib|bibtex|cite|citation|bib ?tex"),
    ("supplement", r"supp|suppl|supplement|supplementary|supplemental|supplementary material|supplementary materials"
                   r"|appendix|supp\."),
    ("tweet", r"tweet|twitter|thread|x"),
    ("discussion", r"discussion|comments?|reddit|hn|issue|openreview discussion"),
)  # fmt: skip
_LABEL: Final = re.compile(
    r"(?i)(?:official |unofficial |author'?s? |third[- ]party |our |the |original |download |full |view |read "
    r"|extended |see |my |"
    r"journal |conference |workshop |short |long |latest |github |arxiv |project |pre-?|online |open |accompanying "
    r"|video |data )*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _NAMES)
    + r")(?:\s*[-:：/+&,]?\s*(?:[(\[][^()\[\]]{1,24}[)\]]|links?|page|version|file|preprint|abs|pdf|code|repo|here"
    r"|materials?|slides|video"
    r"|website|(?:19|20)\d\d|[A-Z][A-Z0-9]+|(?-i:PyTorch|TensorFlow|Torch|Official|JAX)|\(?official\)?"
    r"|v?\d))?[\s!?*.:：]*"
)
_BARE_ID: Final = re.compile(
    r"(?i)(?:arxiv[:\s]*)?\d{4}\.\d{4,5}(?:v\d+)?(?:\s*\[[\w.-]+\])?|doi:?\s*10\.\S+|10\.\d{4,9}/\S+"
)
_SIGNS: Final = " \t\n[](){}|:：,.;*_`'\"-–—<>↗→⇒🔗📄📃📑💻🌐🎬📝★☆⭐✨👉🔥📌📎"
_LONGEST_ADDRESS: Final = 2000
_PAPER_ADDRESS: Final = re.compile(
    r"(?i)(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org/(?:abs|pdf|html|ps|format)|ar5iv\.|alphaxiv\.org/|doi\.org/"
    r"|openreview\.net/|aclanthology\.|aclweb\.org|"
    r"thecvf\.com|proceedings\.|papers\.n(?:eur)?ips\.cc|jmlr\.|mlr\.press|ieeexplore\.|dl\.acm\.org|link\.springer"
    r"|nature\.com/|"
    r"science(?:mag|direct)?\.(?:org|com)|pubmed|ncbi\.nlm|biorxiv|medrxiv|chemrxiv|ssrn\.com|semanticscholar\.org"
    r"|ecva\.net|isca-speech|"
    r"usenix\.org|vldb\.org|mdpi\.com|frontiersin\.org|plos|pnas\.org|cell\.com|iclr\.cc|ijcai\.org|aaai\.org"
    r"|eprint\.iacr|hal\.|"
    r"citeseer|iopscience|aps\.org|wiley\.com|tandfonline|sagepub|oup\.com|jstor\.org|huggingface\.co/papers"
    r"|paperswithcode\.com/paper|"
    r"bmva|roboticsproceedings|researchgate\.net/publication|dspace|handle\.net|papers\.cool|cds\.cern|inspirehep"
    r"|acs\.org|rsc\.org|siam\.org|"
    r"projecteuclid|ams\.org|cambridge\.org|elifesciences|biomedcentral|transacl|lrec-conf|interspeech|isca-archive"
    r"|drops\.dagstuhl|"
    r"academic\.oup|jair\.org|distill\.pub|sciencemag|osf\.io|psyarxiv|zenodo|storage\.googleapis|people\."
    r"|openai\.com/research)"
    r"|(?i:\.pdf(?:[?#].*)?$)"
)
_TOOL_ADDRESS: Final = re.compile(
    r"(?i)https?://(?:www\.)?(?:github\.com|gitlab\.com|gist\.github|youtube\.com|youtu\.be|twitter\.com|x\.com"
    r"|medium\.com|"
    r"huggingface\.co/(?!papers)|kaggle\.com|colab\.|pypi\.|wikipedia|en\.wikipedia|discord|reddit\.com|coursera"
    r"|udacity|amazon\.)"
)


def name_label(text: str, href: str = "") -> str:
    """What a link is called, from the words on it; empty where the words name no kind of link."""
    bare = text.strip(_SIGNS)
    if not bare:
        return "paper" if is_paper_address(href) else ("link" if text.strip() else "")
    if len(bare) > 48:
        return ""
    if _BARE_ID.fullmatch(bare):
        return "paper"
    if bare == href or bare.startswith(("http://", "https://")):
        return name_address(href)
    found = _LABEL.fullmatch(bare)
    if not found:
        return ""
    head = next(name for name, _ in _NAMES if found[name])
    words = len(bare.split())
    if words > 4 or (
        words > 2
        and not re.match(r"(?i)(?:official|unofficial|project|full|paper|code|arxiv|supp|third|hugging|camera)", bare)
    ):
        return ""
    return head


def name_address(href: str) -> str:
    """What an address is called by where it leads."""
    if re.search(r"(?i)arxiv\.org/pdf|\.pdf(?:$|[?#])|openreview\.net/pdf", href):
        return "pdf"
    if re.search(r"(?i)//(?:www\.)?(?:github|gitlab)\.com", href):
        return "code"
    if re.search(r"(?i)youtube\.com|youtu\.be|bilibili", href):
        return "video"
    return "paper" if is_paper_address(href) else "link"


def is_paper_address(href: str) -> bool:
    """Whether an address leads to a paper, by its host or because it is a PDF."""
    if len(href) > _LONGEST_ADDRESS:
        return False
    return bool(_PAPER_ADDRESS.search(href)) and not re.search(r"(?i)arxiv\.org/(?:list|a/)|slides|poster", href)


def is_tool_address(href: str) -> bool:
    """Whether an address leads to code, a video or talk about papers, not to one."""
    return bool(_TOOL_ADDRESS.search(href)) and not href.lower().endswith(".pdf")


def read_identifiers(href: str) -> Identifiers:
    """The paper that an address names."""
    if "doi.org/" not in href and "arxiv" not in href.lower() and re.search(r"/10\.\d{4,9}/", href):
        found = re.search(
            r"/(?:doi/(?:abs/|pdf/|full/|epdf/)?|article/|articles/|book/|chapter/|abs/)(10\.\d{4,9}/[^\s?#]+)", href
        )
        doi = identifiers.parse_doi(re.sub(r"(?:\.full)?(?:\.pdf)?$", "", found[1])) if found else None
        return Identifiers(doi=doi) if doi else Identifiers()
    if found := re.search(
        r"(?:huggingface\.co/papers|papers\.cool/arxiv|alphaxiv\.org/(?:abs|overview))/(\d{4}\.\d{4,5})", href
    ):
        return Identifiers(arxiv=found[1])
    named = identifiers.parse_marked(href)
    return named or Identifiers()
