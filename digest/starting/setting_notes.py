"""What each setting is for, as a new site.yml tells it; the defaults are those of `Settings` itself."""

from __future__ import annotations

from typing import Final

from digest.model import NamedTuple


class SettingNote(NamedTuple):
    """What a setting is for. `example` is what it may look like, as YAML, where it has no default."""

    name: str
    words: str
    example: str = ""


class NoteGroup(NamedTuple):
    """Settings that belong together, under one heading."""

    heading: str
    notes: tuple[SettingNote, ...]


GROUPS: Final = (
    NoteGroup(
        "What the site is",
        (
            SettingNote("title", "The name at the head of every page, and the title of the feeds."),
            SettingNote(
                "description",
                "One sentence about the site, for its home page, for search engines and for feed readers.",
                "What our group reads, day by day.",
            ),
            SettingNote("author", "Who publishes the site, at the foot of every page.", "Ada Lovelace"),
            SettingNote(
                "language",
                "The language of the pages: en, de, fr, es, pt, ja, zh and ar have words of their own, all others have "
                "their dates. An entry in another language says so with `lang`.",
            ),
            SettingNote(
                "timezone",
                "The clock by which a day begins, such as Europe/Berlin. An entry of a day to come waits for it.",
            ),
            SettingNote(
                "base_url",
                "Where the site will live: the links of feeds and of the sitemap begin with it, and its path is the "
                "one that the site is served under. The workflow for GitHub Pages asks GitHub for it.",
            ),
            SettingNote(
                "id",
                "A name of the site for ever, by which feed readers know its days: leave it as it is, wherever the "
                "site moves.",
                "urn:uuid:01234567-89ab-4cde-8f01-23456789abcd",
            ),
            SettingNote(
                "license",
                "The licence of your texts, at the foot of every page and in the feeds.",
                "https://creativecommons.org/licenses/by/4.0/",
            ),
        ),
    ),
    NoteGroup(
        "What `digest fetch` brings",
        (
            SettingNote(
                "sources",
                "Where papers come from: names of your own, and a query for each. Kinds are arxiv-listing, arxiv-rss, "
                "arxiv-search, oai, huggingface, biorxiv, medrxiv, openreview, feed and page; `include` and `exclude` "
                "choose by keywords, authors and categories.",
                '{arxiv: {kind: arxiv-listing, categories: [cs.CL], include: {keywords: ["language model*"]}}, '
                'blog: {kind: feed, url: "https://example.org/feed.xml"}}',
            ),
            SettingNote(
                "contact",
                "Whom the hosts that are asked may write to: an address of mail or of a page.",
                "ada@example.org",
            ),
            SettingNote(
                "ignore",
                "Problems that `digest check` shall not tell of, by their codes.",
                "[DG905]",
            ),
            SettingNote(
                "on_known",
                "What becomes of a paper that is there already. ignore: nothing; update: what nobody has edited is "
                "renewed; revise: that, and a new version moves to its day; new: a new version is an entry of its own.",
            ),
            SettingNote(
                "vocabulary",
                "A file of your own tags and of the phrases that call for them: `planar-graphs: [planar graph]`.",
                "content/vocabulary.yml",
            ),
            SettingNote(
                "vocabulary_mode",
                "Whether your tags are added to those that come with digest (extend) or take their place (replace).",
            ),
        ),
    ),
    NoteGroup(
        "How it looks",
        (
            SettingNote(
                "theme", "default, or paper, one column in one ink; or a theme of your own, a folder in themes/."
            ),
            SettingNote(
                "colors",
                "Colours of the theme by name, for light alone or for light and dark: accent, ink, soft, paper, tint "
                "and rule.",
                '{accent: {light: "#8a1a10", dark: "#f0917f"}}',
            ),
            SettingNote(
                "fonts",
                "Families of fonts by use; the first that a reader's machine has is taken.",
                "{text: [Charter, Georgia], interface: Inter, code: Menlo}",
            ),
            SettingNote(
                "plugins",
                "Plugins that take part, by name; a line of requirements.txt installs each.",
                "[reading-list]",
            ),
            SettingNote("logo", "A picture of content/static/ beside the title.", "/logo.svg"),
            SettingNote("footer", "A line at the foot of every page.", "The papers belong to their authors."),
            SettingNote(
                "navigation",
                "The links at the head of every page, instead of the archive, the tags, the authors and your pages.",
                "[{Archive: /archive/}, {About: /about/}]",
            ),
            SettingNote("home_days", "How many of the newest days the home page shows."),
            SettingNote("home_day_entries", "How many entries of one day it shows before it leads to that day."),
            SettingNote("fold", "Whether the texts of a day are folded, to be opened one by one."),
            SettingNote("page_size", "How many entries a page of a tag or of an author holds."),
            SettingNote(
                "script",
                "Whether pages have what only a script can do: keys, stars, text sizes, citations that are copied.",
            ),
        ),
    ),
    NoteGroup(
        "Which pages there are",
        (
            SettingNote("author_page_entries", "From how many entries on an author has a page; 0 for no such pages."),
            SettingNote("venue_page_entries", "From how many entries on a venue has a page; 0 for no such pages."),
            SettingNote("related_entries", "How many entries about the same an entry names."),
            SettingNote("statistics", "Whether there is a page of numbers and plots."),
            SettingNote("search", "Whether the site can be searched."),
            SettingNote(
                "social_cards",
                "Whether each entry has a picture for those who share it. It needs the extra `cards`: write "
                "research-digest[cards] into requirements.txt.",
            ),
            SettingNote(
                "macros",
                "Words of TeX that your formulas use as if LaTeX knew them. Quotes keep YAML away from # and \\.",
                "{'\\R': '\\mathbb{R}', '\\norm': '\\lVert #1 \\rVert'}",
            ),
        ),
    ),
    NoteGroup(
        "Feeds, citations, machines",
        (
            SettingNote("feeds", "The formats of feeds: of entries and of days, of the site, its tags and authors."),
            SettingNote("feed_size", "How many of the newest entries a feed holds at least, each with its whole text."),
            SettingNote(
                "feed_archives",
                "Which feeds lead back to the first entry: site, those of the whole site; all, those of tags and "
                "authors too; none.",
            ),
            SettingNote("day_feeds", "Whether there are feeds of days beside those of entries: one item a day."),
            SettingNote("topic_feeds", "Whether each tag, and each author with a page, has feeds of its own."),
            SettingNote("exports", "The formats in which papers can be cited."),
            SettingNote(
                "paper_metadata", "Whether pages tell programs of their papers: Zotero, Google Scholar, search engines."
            ),
            SettingNote("markdown_twins", "Whether each entry is there as Markdown as well."),
            SettingNote("llms_txt", "Whether there is an llms.txt, an outline for machines that read text."),
        ),
    ),
)
