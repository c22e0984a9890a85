"""Pictures of entries, 1200 by 630: what other sites show beside a link.

Text is set in the first font that has all its letters: those that the site ships in content/static/, then our own. What
none has is left out, so that no card shows empty boxes. The same card and fonts give the same bytes on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digest.formats.characters import UNSPACED
from digest.model import SETTINGS_FILE, Problem, ProblemError, SocialCard, Span, StaticFile, dataclass

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_WIDTH, _HEIGHT, _MARGIN = 1200, 630, 80
_PAPER, _INK, _ACCENT = (252, 250, 246), (33, 29, 25), (163, 38, 27)  # those of the default theme
_OUR_FONTS: Final = ("font_source_serif_pro", "files/SourceSerifPro-Semibold.otf", "files/SourceSerifPro-Regular.otf")
_SHADES: Final = 127  # from paper to ink, and from paper to the accent: all the colours of a card
_SIZES: Final = (76, 68, 60, 52, 46)  # of a title, in pixels: the first in which it fits
_TITLE_HEIGHT: Final = 310
_SMALL: Final = 34
_UNSPACED: Final = UNSPACED + "\uff00-\uffef"  # and signs of full width
_PIECE: Final = rf"[{_UNSPACED}]|\s+|[^\s{_UNSPACED}]+"  # between these a line may end
# Scripts whose letters change with their neighbours: Hebrew and Arabic to Khmer, without Georgian and Korean letters.
_SHAPED: Final = r"[\u0590-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc]"


@dataclass(frozen=True, slots=True)
class CardFonts:
    """Files of fonts: one for titles and one for all else, by falling preference."""

    titles: tuple[bytes, ...]
    texts: tuple[bytes, ...]


@lru_cache(maxsize=1)
def load_card_fonts(static: tuple[StaticFile, ...]) -> CardFonts:
    """The fonts that cards are set in, without loading what draws them.

    Raises:
        ProblemError: DG203 where the extra is not installed.
    """
    package, *names = _OUR_FONTS
    found = find_spec(package)
    if find_spec("PIL") is None or found is None or not found.submodule_search_locations:
        message = "`social_cards` needs Pillow and a font, which are not installed"
        hint = "pip install 'research-digest[cards]', or set social_cards: false"
        raise ProblemError([Problem("error", "DG203", message, Span(SETTINGS_FILE), hint)])
    folder = Path(found.submodule_search_locations[0])
    fonts = (file for file in static if file.url.endswith((".ttf", ".otf")))
    own = tuple(file.data or Path(file.path).read_bytes() for file in sorted(fonts, key=lambda file: file.url))
    ours = [(folder / name).read_bytes() for name in names]
    return CardFonts(titles=(*own, ours[0]), texts=(*own, ours[1]))


def draw_card(card: SocialCard, fonts: CardFonts) -> dict[str, bytes]:
    """The picture as a file, `card.png`."""
    from PIL import Image, ImageChops, ImageDraw  # noqa: PLC0415 - heavy: loaded when a card is new

    ink = Image.new("L", (_WIDTH, _HEIGHT))
    accent = Image.new("L", (_WIDTH, _HEIGHT))
    on_ink, on_accent = ImageDraw.Draw(ink), ImageDraw.Draw(accent)
    on_accent.rectangle((0, 0, 24, _HEIGHT), fill=255)
    _set_line(on_accent, card.day, fonts.texts, _MARGIN)
    _set_title(on_ink, card.title, fonts.titles)
    _set_line(on_ink, card.byline, fonts.texts, _HEIGHT - _MARGIN - 2 * _SMALL - 18)
    _set_line(on_accent, card.site, fonts.titles, _HEIGHT - _MARGIN - _SMALL + 2)
    # Every colour lies between the paper and one of two others: a palette keeps the file small.
    mixed = ImageChops.lighter(
        ink.point([shade * _SHADES // 255 for shade in range(256)]),
        accent.point([shade * _SHADES // 255 + (128 if shade else 0) for shade in range(256)]),
    )
    picture = Image.frombytes("P", mixed.size, mixed.tobytes())
    picture.putpalette([part for color in (_INK, _ACCENT) for part in _shades(color)])
    data = BytesIO()
    picture.save(data, "PNG", compress_level=4)
    return {"card.png": data.getvalue()}


def _shades(color: tuple[int, int, int]) -> list[int]:
    """The way from the paper to a colour, 128 steps of red, green and blue."""
    return [
        start + (end - start) * step // _SHADES
        for step in range(_SHADES + 1)
        for start, end in zip(_PAPER, color, strict=True)
    ]


def _set_title(draw: ImageDraw, title: str, fonts: Sequence[bytes]) -> None:
    """The title in the largest size in which it fits; of a longer one its beginning."""
    text, data = _choose(title, fonts)
    if not text:
        return
    for size in _SIZES:
        font = _font(data, size, bool(re.search(_SHAPED, text)))
        height = round(size * 1.2)
        lines = _wrap(text, font)
        most = _TITLE_HEIGHT // height
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), font)]
    for number, line in enumerate(lines):
        _draw(draw, line, font, _MARGIN + 66 + number * height)


def _set_line(draw: ImageDraw, text: str, fonts: Sequence[bytes], top: int) -> None:
    """One line of small text, cut where it is too long."""
    text, data = _choose(text, fonts)
    if text:
        font = _font(data, _SMALL, bool(re.search(_SHAPED, text)))
        _draw(draw, _cut(text, font), font, top)


def _draw(draw: ImageDraw, line: str, font: FreeTypeFont, top: int) -> None:
    """A line at the side where its script begins."""
    strong = next((side for sign in line if (side := unicodedata.bidirectional(sign)) in {"L", "R", "AL"}), "L")
    if strong == "L":
        draw.text((_MARGIN, top), line, fill=255, font=font)
    else:
        draw.text((_WIDTH - _MARGIN, top), line, fill=255, font=font, anchor="ra")


def _choose(text: str, fonts: Sequence[bytes]) -> tuple[str, bytes]:
    """The text in plain letters and the first font that has them all; empty where none has."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text[:1000]).split())[:400]
    line = unicodedata.normalize("NFC", shown)
    for data in fonts:
        plain = "".join(sign if _has(data, sign) else unicodedata.normalize("NFKC", sign) for sign in line)  # 𝑥 is x
        if (_can_shape() or not re.search(_SHAPED, plain)) and all(_has(data, sign) for sign in plain):
            return plain, data
    return "", b""


def _wrap(text: str, font: FreeTypeFont) -> list[str]:
    """The text in lines that fit; a word that is wider than a line is broken."""
    room = _WIDTH - 2 * _MARGIN
    lines = [""]
    taken = 0.0
    for word in re.findall(_PIECE, text):
        for piece in (word,) if _measure(font, word) <= room else word:
            width = _measure(font, piece)
            if taken + width > room and not piece.isspace():
                lines.append("")
                taken = 0.0
            lines[-1] += piece
            taken += width
    return [line.strip() for line in lines if line.strip()]


@lru_cache(maxsize=65_536)
def _measure(font: FreeTypeFont, piece: str) -> float:
    """How wide a word is: the same words come again and again, and measuring is half the work of a card."""
    return font.getlength(piece)


def _cut(line: str, font: FreeTypeFont) -> str:
    """As much of a line as fits, with `…` where something went."""
    room = _WIDTH - 2 * _MARGIN
    if font.getlength(line) <= room:
        return line
    while line and font.getlength(line + "…") > room:
        line = line[:-1].rstrip(" ,;:")
    return line + "…"


@cache
def _font(data: bytes, size: int, shaped: bool) -> FreeTypeFont:
    """A font in a size; letters that do not change with their neighbours are set one by one, the same anywhere."""
    from PIL import ImageFont  # noqa: PLC0415 - heavy: loaded when a card is new

    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(BytesIO(data), size, layout_engine=engine)


@cache
def _has(data: bytes, sign: str) -> bool:
    """Whether a font has a letter: where it has not, it draws what it draws for no letter. A broken one has none."""
    try:
        font = _font(data, 32, shaped=False)
    except OSError:
        return False
    return sign == " " or _shape(font, sign) != _shape(font, "\uf8ff")


def _shape(font: FreeTypeFont, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(sign)
    return mask.size, bytes(mask)


@cache
def _can_shape() -> bool:
    from PIL import features  # noqa: PLC0415 - heavy: loaded when a card is new

    return bool(features.check("raqm"))
