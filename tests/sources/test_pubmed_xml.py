"""PubMed as XML."""

from __future__ import annotations

import pytest

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources.bibliographies.pubmed_xml import SOURCE

TEXT = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">12345678</PMID>
<DateRevised><Year>2025</Year></DateRevised>
<Article><Journal><ISSN IssnType="Electronic">1234-5678</ISSN><JournalIssue><Volume>10</Volume><Issue>4</Issue>
<PubDate>{date}</PubDate></JournalIssue><Title>Journal of straw</Title></Journal>
<ArticleTitle>On <i>straw</i> &amp; H<sub>2</sub>O.</ArticleTitle>
<Pagination><MedlinePgn>335-9</MedlinePgn></Pagination>
<ELocationID EIdType="pii">S0</ELocationID><ELocationID EIdType="doi">10.1000/straw</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">We water <i>straw</i>.</AbstractText>
<AbstractText Label="METHODS">p &lt; 0.05.</AbstractText>
<CopyrightInformation>© Press.</CopyrightInformation></Abstract>
<AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada</ForeName><Suffix>Jr</Suffix>
<AffiliationInfo><Affiliation>Garden, West.</Affiliation></AffiliationInfo></Author>
<Author><CollectiveName>The Straw Group</CollectiveName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType>Review</PublicationType></PublicationTypeList>
<ArticleDate><Year>2024</Year><Month>05</Month><Day>02</Day></ArticleDate></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Soil</DescriptorName>
<QualifierName MajorTopicYN="Y">chemistry</QualifierName></MeshHeading></MeshHeadingList>
<KeywordList><Keyword>mulch</Keyword></KeywordList><GeneralNote>63 refs.</GeneralNote></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC123</ArticleId></ArticleIdList><ReferenceList><Reference>
<ArticleIdList><ArticleId IdType="doi">10.9/cited</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
</PubmedArticle></PubmedArticleSet>
"""


def read(date: str = "<Year>2024</Year><Month>May</Month>") -> Reading:
    return Reading.gather(SOURCE.read(Document("pubmed.xml", TEXT.replace("{date}", date))))


def test_an_article_gives_all_that_it_says() -> None:
    reading = read()
    (item,) = reading.items
    assert item.title == "On straw & H2O."
    assert item.body == "BACKGROUND: We water *straw*.\n\nMETHODS: p < 0.05."
    assert item.authors == ("Ada Lovelace Jr", "The Straw Group")
    assert item.identifiers == Identifiers(doi="10.1000/straw", pmid="12345678", pmcid="PMC123")
    assert (item.venue, item.lang, item.tags) == ("Journal of straw", "en", ("mulch",))
    assert item.details == (
        ("type", "article-journal"),
        ("volume", "10"),
        ("issue", "4"),
        ("page", "335-339"),
        ("ISSN", "1234-5678"),
        ("genre", "Review"),
        ("mesh", "Soil/*chemistry"),
    )
    assert [noise.text for noise in reading.noise] == ["© Press.", "Garden, West.", "GeneralNote: 63 refs."]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("<Year>2024</Year><Month>May</Month>", PartialDate(2024, 5, 2)),
        ("<Year>2024</Year><Month>Jun</Month><Day>7</Day>", PartialDate(2024, 6, 7)),
        ("<Year>2023</Year>", PartialDate(2023)),
        ("<MedlineDate>2023 Dec-2024 Jan</MedlineDate>", PartialDate(2023, 12)),
        ("<Year>2023</Year><Season>Spring</Season>", PartialDate(2023)),
        ("", PartialDate(2024, 5, 2)),
    ],
)
def test_the_issue_is_dated_and_the_electronic_date_only_refines_it(date: str, published: PartialDate) -> None:
    assert [item.published for item in read(date).items] == [published]


def test_it_knows_its_own() -> None:
    assert SOURCE.recognise(Document("x", TEXT)) == 1.0
    assert SOURCE.recognise(Document("x", "<set><PubmedArticle/></set>")) == 0.0


def test_a_whole_book_has_the_authors_of_the_book() -> None:
    text = """<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>7</PMID><Book><BookTitle>Straw</BookTitle>
<AuthorList Type="authors"><Author><CollectiveName>Straw Group</CollectiveName></Author></AuthorList>
<AuthorList Type="editors"><Author><LastName>Other</LastName><ForeName>Bob</ForeName></Author></AuthorList>
</Book></BookDocument></PubmedBookArticle></PubmedArticleSet>"""
    (item,) = Reading.gather(SOURCE.read(Document("pubmed.xml", text))).items
    assert (item.title, item.authors) == ("Straw", ("Straw Group",))
    assert dict(item.details)["editor"] == "Bob Other"
