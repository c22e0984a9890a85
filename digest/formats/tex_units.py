r"""Quantities of TeX, `\SI{3.2e-4}{\kilo\metre\per\second}` and `\num{10e3}` of siunitx, as plain math."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.patterns import lazily

COMMANDS: Final = ("SI", "qty", "si", "unit", "num", "ang", "SIrange", "numrange", "qtyrange", "numlist")

_CALL: Final = lazily(
    r"\\(SIrange|qtyrange|numrange|numlist|SI|qty|si|unit|num|ang)(?![A-Za-z])\s*(?:\[[^\[\]]*\]\s*)?"
    r"((?:\{(?:[^{}]|\{[^{}]*\})*\}\s*){1,3})"
)
_GROUP: Final = lazily(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
_TAKES: Final = {"SI": 2, "qty": 2, "SIrange": 3, "qtyrange": 3, "numrange": 2}
_NUMBER: Final = lazily(r"([+-]?[0-9.,]*)(?:(?:\+-|\\pm)([0-9.]+))?(?:[eEdD]([+-]?[0-9]{1,9}))?")
_PREFIXES: Final = {
    "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "µ", "milli": "m",
    "centi": "c", "deci": "d", "deca": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T",
    "peta": "P", "exa": "E", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti",
}  # fmt: skip
_UNITS: Final = {
    "metre": "m", "meter": "m", "second": "s", "gram": "g", "kilogram": "kg", "ampere": "A", "kelvin": "K",
    "mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W",
    "coulomb": "C", "volt": "V", "farad": "F", "ohm": "Ω", "siemens": "S", "weber": "Wb", "tesla": "T", "henry": "H",
    "lumen": "lm", "lux": "lx", "becquerel": "Bq", "gray": "Gy", "sievert": "Sv", "radian": "rad", "steradian": "sr",
    "minute": "min", "hour": "h", "day": "d", "degree": "°", "arcminute": "′", "arcsecond": "″", "litre": "L",
    "liter": "L", "tonne": "t", "electronvolt": "eV", "dalton": "Da", "angstrom": "Å", "bar": "bar", "barn": "b",
    "decibel": "dB", "percent": r"\%", "degreeCelsius": "°C", "celsius": "°C", "byte": "B", "bit": "bit",
    "parsec": "pc", "astronomicalunit": "au", "neper": "Np", "atmosphere": "atm", "knot": "kn", "arcsec": "″",
}  # fmt: skip
_UNIT: Final = lazily(
    r"\\([A-Za-z]+)(?:\{([0-9+-]+)\})?|([A-Za-zµΩÅ°%]+)(?:\^(?:\{([^{}]*)\}|([+-]?[0-9]+)))?|([./*]|\^|~)|\s+|."
)
_POWERS: Final = {"squared": "2", "cubed": "3"}


def rewrite(tex: str) -> str:
    """TeX with each quantity in it said in math; one that is not understood stays."""
    if "\\SI" not in tex and not any(f"\\{name}" in tex for name in COMMANDS):
        return tex
    return _CALL.sub(_math, tex)


def _math(call: re.Match[str]) -> str:
    name, groups = call[1], _GROUP.findall(call[2])
    taken = _TAKES.get(name, 1)
    if len(groups) < taken:
        return call[0]
    rest = "".join(f"{{{group}}}" for group in groups[taken:])
    if name in {"si", "unit"}:
        shown = _unit(groups[0])
    elif name == "ang":
        shown = "".join(f"{part}{sign}" for part, sign in zip(groups[0].split(";"), "°′″", strict=False) if part)
    elif name == "numlist":
        shown = ", ".join(map(_number, groups[0].split(";")))
    elif taken == 1:
        shown = _number(groups[0])
    else:
        unit = _unit(groups[taken - 1]) if name != "numrange" else ""
        numbers = groups[: taken - 1] if unit else groups[:taken]
        shown = r"\text{–}".join(map(_number, numbers)) + (f"\\,{unit}" if unit else "")
    return f"{{{shown}}}{rest}"


def _number(text: str) -> str:
    match = _NUMBER.fullmatch("".join(text.split()))
    if not match:
        return text
    mantissa, error, power = match.groups()
    shown = f"{mantissa} \\pm {error}" if error else mantissa
    if power:
        return f"{shown} \\times 10^{{{int(power)}}}" if shown else f"10^{{{int(power)}}}"
    return shown


def _unit(text: str) -> str:
    out: list[str] = []
    prefix, sign = "", ""
    raised = ""  # what stands before the unit whose power it is
    for match in _UNIT.finditer(text):
        word, letters = match[1], match[3]
        if word == "per":
            sign = "-"
        elif word in _PREFIXES:
            prefix = _PREFIXES[word]
        elif word in {"square", "cubic"}:
            raised = "2" if word == "square" else "3"
        elif word in _POWERS or word == "tothe":
            power = _POWERS.get(word) or match[2] or ""
            if out and power:
                out[-1] = out[-1].partition("^")[0] + f"^{{{'-' if '^{-' in out[-1] else ''}{power}}}"
        elif word or letters:
            name = _UNITS.get(word, word) if word else letters.replace("%", r"\%")
            power = raised or (match[4] or match[5] or "") or ("1" if sign else "")
            exponent = f"^{{{sign}{power}}}" if power else ""
            out.append(f"\\mathrm{{{prefix}{name}}}{exponent}")
            prefix = sign = raised = ""
        elif match[6] == "/":
            sign = "-"
    return "\\,".join(out)
