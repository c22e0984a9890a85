"""A day as a mail: its HTML and its text, of a size that programs for mail show whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from digest.model import DayMail, Letter, Theme
from digest.rendering.mail_styles import inline_styles

SIZE: Final = 100_000  # bytes of HTML on the way; Gmail shows 102 thousand and hides the rest


def render_letter(plan: Callable[[int], DayMail], theme: Theme, sender: str, recipients: Sequence[str]) -> Letter:
    """The mail that `plan` makes of so many bytes of texts: as many as fit, with all that stands around them.

    Raises:
        ProblemError: DG602 where a template fails.
    """
    from digest.formats.mail_writing import size_of_html  # noqa: PLC0415 - heavy: only a mail needs it

    room = SIZE
    while True:
        letter = _render(plan(room), theme, sender, recipients)
        excess = size_of_html(letter) - SIZE
        if excess <= 0 or room <= 0:
            return letter
        room = min(room - excess, room * 9 // 10)


def _render(mail: DayMail, theme: Theme, sender: str, recipients: Sequence[str]) -> Letter:
    from digest.rendering.templates import compile_templates  # noqa: PLC0415 - heavy: loaded by the command that renders

    templates = compile_templates(theme)
    html = templates.render(mail.html_template, {"mail": mail})
    text = templates.render(mail.text_template, {"mail": mail})
    return Letter(
        sender=sender,
        recipients=tuple(recipients),
        subject=mail.title,
        time=mail.time,
        html=inline_styles(html.strip()) + "\n",
        text=text.strip() + "\n",
        list_id=mail.list_id,
        list_name=mail.site,
        archived_at=mail.day.href,
        language=mail.language,
    )
