"""Where and when a paper came out, as lists of papers write it: `CVPR 2021`, `NIPS'17`, `2023-05`."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.dates import parse_date_line, parse_partial
from digest.formats.patterns import lazily
from digest.model import PartialDate, dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """The venue as it is written, empty where only a date stands; the date that it states, if it states one."""

    venue: str
    date: PartialDate | None


_ACRONYMS: Final = (
    "AAAI AACL AAMAS ACCV ACL ACM ACML ACMMM AISTATS ALT APSIPA ARR ArXiv arXiv ASE ASPLOS ASRU BigData bioRxiv BMVC "
    "CAV CAVW CCS CGF CHI CIDR CIKM CoLLAs COLING COLM COLT CoNLL CoRL CoRR CSCW CVIU CVM CVPR CVPRW DAC DATE DCC "
    "DSN EACL ECAI ECCB ECCV ECCVW ECIR ECML ECOOP EDBT EMNLP ESEC ESOP EuroSys FAccT FAST FOCS FPGA FSE GECCO HotNets "
    "HPCA HRI ICAPS ICASSP ICCAD ICCV ICCVW ICDAR ICDCS ICDE ICDM ICIP ICIS ICLR ICME ICML ICMR ICPR ICRA ICSE ICWSM "
    "IJCAI IJCNN IJCV IJRR INFOCOM Interspeech INTERSPEECH IPDPS IPMI IROS ISCA ISMAR ISMIR ISSTA IUI IV IJCB JAIR "
    "JMLR "
    "KDD L4DC LICS LoG LREC MICCAI MICRO MIDL MLSys MM MMM MMSys MobiCom MobiHoc MobiSys MSR NAACL NDSS Nature NeurIPS "
    "NeurIPSW NIPS NSDI OOPSLA OpenReview OSDI PACT PAMI PLDI PLOS PNAS PODC PODS POPL PPoPP PR Preprint PVLDB RAL "
    "RecSys "
    "RSS SC Science SDM SIGCOMM SIGDIAL SIGGRAPH SIGIR SIGMOD SODA SOSP SPAA SSDBM STOC TACL TASLP TCSVT TGRS THMS TIP "
    "TIFS TITS TKDD TKDE TMI TMLR TMM TNNLS TOCHI TOG TOIS TPAMI T-PAMI TPLP TVCG UAI UIST USENIX VCIP VLDB VR WACV "
    "WSDM "
    "WWW medRxiv ChemRxiv PsyArXiv SSRN HAL IACR ePrint Neurocomputing Bioinformatics Automatica Biometrika Neuron "
    "Cell "
    "Interspeech Findings TheWebConf WebConf SoCC ATC Middleware EuroS&P S&P PETS CRYPTO EUROCRYPT"
)
_KNOWN: Final = frozenset(word.casefold() for word in _ACRONYMS.split())
_WORDS: Final = lazily(
    r"\b(?:Conference|Conf\.|Proceedings|Proc\.|Journal|Transactions|Trans\.|Workshops?|Symposium|Letters|Lett\.|Review"
    r"|Reviews|Rev\.|Advances in|Annual Meeting|Annals|University|Thesis|thesis|Technical [Rr]eport|Tech\. [Rr]ep"
    r"|IEEE|ACM|Springer|Elsevier"
    r"|Preprint|preprint|Findings of|Communications|Magazine|Quarterly|Archives|Bulletin|Lecture Notes|Press|Phys\."
    r"|Math\."
    r"|J\.(?= [A-Z]\w*\.)|Comput\.|Nature|Science|PLoS|PLOS|Frontiers|arXiv|Under review|under review|[Ss]ubmitted "
    r"to|to appear|NeurIPS|ICML|ICLR|CVPR|ACL|EMNLP)"
)
_YEAR: Final = lazily(r"(?<![\d./-])(?P<y>19[4-9]\d|20[0-4]\d)(?![\d]|[-/]\d{3}|\.\d{3,})")
_SHORT_YEAR: Final = lazily(r"(?<=[A-Za-z&])\s?(?:['’‘´`]\s?|-)?(?P<y>\d\d)(?=\b)(?!\s?(?:th|st|nd|rd))")
_DATE: Final = lazily(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sign>[-/.年])(?P<m>0?[1-9]|1[0-2])(?:月|(?P=sign)(?P<d>[0-3]?\d)(?!\d))?(?!\d)"
)
_MONTH: Final = lazily(
    r"(?i)(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+)?(?P<month>jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sep|sept|oct"
    r"|okt|nov|dec)"
    r"[a-z]*\.?[\s,-]+(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?,\s*)?(?P<y>(?:19|20)\d\d)\b"
)
_KINDS: Final = lazily(
    r"(?i)[\s,:;/()\[\]\-–]*\b(?:oral|poster|spotlight|highlight|best paper(?: award)?|workshops?|findings|demo"
    r"|short|long|main"
    r"|industry|track|d&b|datasets? and benchmarks?|tutorial|survey|extended abstract|conference|journal|accepted"
    r"|conditionally)\b[\s)\]]*"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DUTCH: Final = {"mrt": "mar", "mei": "may", "okt": "oct"}


def parse_published(text: str) -> Published | None:
    """What a text says when it is a venue, a date or both, and nothing else."""
    bare = text.strip(" \t,.;:|()[]{}·•-–—*_`\"'’")
    if not bare or len(bare) > 200:
        return None
    date = find_date(bare)
    if date and date[1] == bare:
        return Published("", date[0])
    # To a date line `arXiv` is a word of listings, here it is a venue.
    if not is_known_venue(bare) and (day := parse_date_line(bare)):
        return Published("", day if isinstance(day, PartialDate) else parse_partial(str(day)))
    if not _is_venue(bare, date is not None):
        return None
    return Published(_unwrap(text.strip(" \t,;:|·•-–—*_`\"'").removesuffix(".")), date[0] if date else None)


def _unwrap(text: str) -> str:
    wrapped = len(text) > 2 and text[0] + text[-1] in {"[]", "()", "{}"}
    return text[1:-1].strip() if wrapped else text


def find_date(text: str) -> tuple[PartialDate, str] | None:
    """The last date that a text states, with how it is written; `'17` behind a name is a year."""
    if found := _last(_DATE, text):
        date = parse_partial("-".join(f"{int(part):02}" for part in (found["y"], found["m"], found["d"]) if part))
        if date:
            return date, found[0]
    if found := _last(_MONTH, text):
        name = found["month"].lower()[:3]
        month = _MONTHS.index(_DUTCH.get(name, name)) + 1
        day = found["d"] or found["d2"]
        date = parse_partial(f"{found['y']}-{month:02}" + (f"-{int(day):02}" if day else ""))
        if date:
            return date, found[0]
    if found := _last(_YEAR, text):
        return PartialDate(int(found["y"])), found[0]
    if found := _last(_SHORT_YEAR, text):
        head = text[: found.start()].split()
        if head and (head[-1].casefold() in _KNOWN or (found[0].lstrip()[:1] in "'’‘´`" and head[-1][:1].isupper())):
            year = int(found["y"])
            return PartialDate(2000 + year if year < 50 else 1900 + year), found[0]
    return None


def is_known_venue(text: str) -> bool:
    """Whether a text says by a word or an acronym that it is a venue."""
    words = re.findall(r"[^\W\d_][\w&.+-]*", text)
    return bool(_WORDS.search(text)) or (bool(words) and words[0].casefold() in _KNOWN)


def _last(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in form.finditer(text):
        found = match
    return found


def _is_venue(text: str, dated: bool) -> bool:
    """Whether words name a place of publication."""
    without = _KINDS.sub(" ", _YEAR.sub(" ", _DATE.sub(" ", text)))
    without = _SHORT_YEAR.sub(" ", without)
    words = re.findall(r"[^\W\d_][\w&.+-]*", without)
    if not words:
        return dated or bool(_KINDS.fullmatch(text))
    if all(word.rstrip(".").casefold() in _KNOWN or word in {"and", "in", "at", "In", "on", "of"} for word in words):
        return True
    if len(words) > 25:
        return False
    if words[0].casefold() in _KNOWN and len(words) <= 4 and all(word[0].isupper() for word in words):
        return True
    if _WORDS.search(text) and (dated or len(words) <= 12):
        return True
    acronym = len(words) <= 3 and sum(map(str.isupper, words[0])) >= 2 and len(words[0]) <= 12
    return dated and (acronym or (len(words) <= 3 and all(word[0].isupper() for word in words)))
