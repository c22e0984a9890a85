"""Languages: tags (BCP 47), names of months and days (CLDR, through Babel), catalogues of words (PO)."""

from typing import TYPE_CHECKING

from digest.formats.languages.date_names import DateNames, name_dates
from digest.formats.languages.tags import is_language, list_fallbacks, tell_language, text_direction
from digest.model import load_later

if TYPE_CHECKING:
    from digest.formats.languages.catalogues import parse_catalogue
    from digest.formats.languages.month_names import fold_name, is_weekday, month_number
else:
    __getattr__ = load_later(
        __name__,
        {
            "parse_catalogue": "catalogues",
            "fold_name": "month_names", "is_weekday": "month_names", "month_number": "month_names",
        },
    )  # fmt: skip
