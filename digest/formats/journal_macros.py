r"""Names of journals that astronomers have macros for: `journal = {\apj}` (http://journals.aas.org/author-resources/)."""

from __future__ import annotations

from typing import Final

from digest.formats.patterns import lazily

_JOURNALS: Final = {
    "aj": "Astronomical Journal",
    "apj": "Astrophysical Journal",
    "apjl": "Astrophysical Journal Letters",
    "apjlett": "Astrophysical Journal Letters",
    "apjs": "Astrophysical Journal Supplement",
    "ao": "Applied Optics",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "aap": "Astronomy and Astrophysics",
    "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics, Supplement",
    "actaa": "Acta Astronomica",
    "apss": "Astrophysics and Space Science",
    "baas": "Bulletin of the AAS",
    "bain": "Bulletin Astronomical Institute of the Netherlands",
    "grl": "Geophysics Research Letters",
    "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jgr": "Journal of Geophysics Research",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "nat": "Nature",
    "na": "New Astronomy",
    "nar": "New Astronomy Review",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "planss": "Planetary Space Science",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "procspie": "Proceedings of the SPIE",
    "rmp": "Reviews of Modern Physics",
    "solphys": "Solar Physics",
    "ssr": "Space Science Reviews",
    "sovast": "Soviet Astronomy",
    "skytel": "Sky and Telescope",
    "qjras": "Quarterly Journal of the RAS",
    "memras": "Memoirs of the RAS",
    "psj": "Planetary Science Journal",
}
_MACRO: Final = lazily(r"\{?\\(?P<name>[a-z]+)\}?")


def journal_name(text: str) -> str:
    """The journal that a macro alone stands for, its name where it is not known; nothing for any other text."""
    macro = _MACRO.fullmatch(text)
    return _JOURNALS.get(macro["name"], macro["name"]) if macro else ""
