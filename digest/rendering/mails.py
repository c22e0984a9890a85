"""A day as a mail: its HTML and its text."""

from __future__ import annotations

from digest.model import DayMail, Theme
from digest.rendering.mail_styles import inline_styles


def render_mail(mail: DayMail, theme: Theme) -> tuple[str, str]:
    """HTML and plain text of a mail.

    Raises:
        ProblemError: DG602 where a template fails.
    """
    from digest.rendering.templates import compile_templates  # noqa: PLC0415 - heavy: loaded by the command that renders

    templates = compile_templates(theme)
    html = templates.render(mail.html_template, {"mail": mail})
    text = templates.render(mail.text_template, {"mail": mail})
    return inline_styles(html.strip()) + "\n", text.strip() + "\n"
