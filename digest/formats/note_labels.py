"""The labels that reading notes write before what they tell of a paper, in the languages that people write notes in."""

from __future__ import annotations

from typing import Final

_TOLD: Final = {
    "title": "title|paper title|full title|title of the paper|标题|论文标题|题目|论文题目|论文名称|タイトル"
    "|論文タイトル|題名|제목|논문 제목|논문제목|논문명|titre|titel|título|titulo|titolo",
    "authors": "authors|author|author(s)|paper authors|written by|作者|论文作者|著者|저자|auteurs|auteur|autoren"
    "|autores|autor|autori",
    "paper": "paper|link|links|paper link|paper url|link to paper|link to the paper|url|address|arxiv|arxiv link"
    "|arxiv id|arxiv url|doi|openreview|original paper|source|paper source|reference link|full text"
    "|读论文|论文|论文链接|论文地址|链接|原文|原文链接|地址|論文|論文リンク|リンク|논문|논문 링크"
    "|논문링크|링크|lien|lien de l'article|article",
    "pdf": "pdf|pdf link|link to pdf|link to the pdf|pdf url|paper pdf",
    "code": "code|github|code link|code url|github link|repo|repository|implementation|official code"
    "|source code|代码|代码链接|代码地址|源码|コード|코드",
    "project": "project|project page|website|homepage|project website|webpage|项目主页|项目地址|主页",
    "year": "year|publication year|年份|年|发表年份|発表年|출판연도|연도|année|annee|jahr|año|ano",
    "published": "published|published on|publication date|date published|submitted|submitted on|submission date"
    "|发表时间|发布时间|发表日期|公開日|発表日|출판일",
    "date": "date|date read|read on|read date|reading date|date of reading|日期|阅读日期|阅读时间|日付|読んだ日"
    "|날짜|datum",
    "venue": "venue|conference|journal|published in|published at|publication|conference/journal"
    "|journal/conference|venue/year|appeared in|proceedings|会议|期刊|会议/期刊|期刊/会议|发表会议|会議"
    "|学会|ジャーナル|학회|저널|conférence|revue",
    "tags": "tags|tag|keywords|key words|keyword|topics|topic|标签|关键词|关键字|タグ|キーワード|태그|키워드"
    "|mots-clés|mots clés|schlagwörter",
    "affiliation": "affiliation|affiliations|institution|institutions|organization|organizations|organisation|单位"
    "|机构|所属|소속",
}
LABELS: Final = {label: name for name, labels in _TOLD.items() for label in labels.split("|")}

_PARTS: Final = """
paper|papers|summary|paper summary|abstract|introduction|intro|overview|notes|note|paper notes|reading notes
metadata|meta|paper info|paper information|info|information|basic info|basic information|general information
bibliographic information|about|about the paper|details|paper details|background|motivation|method|methods
methodology|approach|results|experiments|conclusion|conclusions|discussion|related work|references|contributions
key contributions|key points|key ideas|main ideas|main idea|idea|tl;dr|tldr|tl dr|takeaways|thoughts|my thoughts
comments|questions|problem|problem statement|the problem|review|paper review|reading|authors|links|link|resources
table of contents|contents|toc|home|index|what|why|how|摘要|论文摘要|简介|介绍|引言|概述|总结|论文信息|基本信息|背景
动机|方法|实验|结论|贡献|笔记|论文笔记|概要|はじめに|論文情報|書誌情報|要約|どんなもの|どんなもの？|초록|요약|개요
서론|소개|논문 정보|résumé|resume|zusammenfassung|einleitung|resumen|fiche
"""
# Headings of these words alone name a part of a note, never the paper.
STRUCTURAL: Final = frozenset(part for line in _PARTS.strip().split("\n") for part in line.split("|"))
