"""What things are: frozen values, standard library only."""

from digest.model.checking import Check, CheckedSite, SiteLink
from digest.model.dates import PartialDate
from digest.model.entry import ENTRY_KEYS, Dialect, Entry, Gist, Heading, LocalLink, PageFile, Prose, Provenance
from digest.model.feed import Feed, FeedItem
from digest.model.fetching import DAYS_BACK, FetchReport, QueryKind, Selection, SourceQuery, SourceReport, Tally
from digest.model.item import (
    HEAD_SIZE, Document, Found, Identifiers, Item, Kind, Noise, Reading, Source, SourceReading, Sources, TitleFrom,
)
from digest.model.keeping import Ground, Place, Roll, Stamp
from digest.model.later import load_later, read_later
from digest.model.mail import DayMail, Letter, MailEntry
from digest.model.page import (
    ArchivePage, AuthorIndexPage, AuthorPage, DayPage, EntryPage, FeedChoice, HomePage, MonthPage, MonthSummary,
    NotFoundPage, Page, PageFrame, PlainPage, PluginPage, SearchPage, StarredPage, StatisticsPage, SubscribePage,
    TagIndexPage, TagPage, VenueIndexPage, VenuePage, YearPage,
)
from digest.model.past import PAST_FILE, Holder, Past
from digest.model.piece import Piece
from digest.model.plan import (
    Artifact, Output, Plan, Reason, Redirect, Report, SearchIndex, SearchRecord, Sitemap, SitemapEntry, Sketch,
    SocialCard, TemplateFolder, TextFile, Theme, ThemeFilter,
)
from digest.model.plugins import (
    PLUGIN_KINDS, Contribution, Made, MadeField, MadePage, PageMaker, Plugin, PluginChoice, PluginKind,
)
from digest.model.preview import Preview, Served
from digest.model.problem import CODES, Problem, ProblemError, Severity, Span, cut_repeats, order_problem
from digest.model.publishing import Delivery, Outlook, Publisher, PublishOrder
from digest.model.reference import Export, Person, Reference
from digest.model.site import (
    SETTINGS_FILE, ColorChoice, ExportFormat, FeedArchives, FeedFormat, FontChoice, OnKnown, Settings, Site, StaticFile,
)
from digest.model.tuples import NamedTuple
from digest.model.values import annotations_of, dataclass, replace
from digest.model.views import (
    Alternate, DayGroup, DayLabel, EntryView, Figure, Html, Link, Masthead, Pager,
)
from digest.model.words import Catalogue
