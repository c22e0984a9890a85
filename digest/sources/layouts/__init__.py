"""Layouts of plain text, and mails that hold them."""
