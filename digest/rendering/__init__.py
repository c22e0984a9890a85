"""Themes; a plan to outputs."""

from digest.rendering.mails import render_letter
from digest.rendering.outputs import render_plan
from digest.rendering.search_index import search_fingerprint, write_search_index
from digest.rendering.social_cards import card_fingerprint, draw_card, load_card_fonts
from digest.rendering.themes import load_theme
