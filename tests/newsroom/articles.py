"""The invented articles of the newsroom, and the templates that they are printed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article; `day` is its ISO date, None for one that the site does not date."""

    path: str
    title: str
    day: str | None
    paragraphs: tuple[str, ...]
    language: str = "en"

    @property
    def page(self) -> str:
        """The article as HTML, dated by JSON-LD where it is dated."""
        return page(self.title, "".join(f"<p>{escape(text)}</p>" for text in self.paragraphs), self.day, self.language)


def page(title: str, body: str, day: str | None = None, language: str = "en") -> str:
    """A web page of the newsroom: head, navigation, article, footer."""
    linked = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": day}
    dated = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if day else ""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>{dated}'
        '</head><body><nav><a href="/">Home</a> <a href="/topics/layoffs">Layoffs</a></nav><main><article>'
        f"<h1>{escape(title)}</h1>{body}</article></main><footer>The Loopback Times</footer></body></html>"
    )


ACME = Story(
    path="/2026/11/acme-robotics-cuts-1200-jobs.html",
    title="Acme Robotics to lay off 1,200 employees as AI agents take over support",
    day="2026-11-02",
    paragraphs=(
        "Acme Robotics said on Monday that it will lay off 1,200 employees, or about 8% of its workforce, the largest "
        "round of job cuts in the history of the maker of warehouse robots.",
        "The company said the cuts were the result of artificial intelligence: its AI agents now answer most of the "
        "questions that customers used to put to the support desk, and the work of those teams is no longer needed.",
        "Chief executive Jane Roe told staff in a letter that those affected would receive four months of pay. The "
        "company is based in Columbus, Ohio, and employs about 15,000 people around the world.",
        "Shares of the company rose 3% in early trading in New York after the announcement, which came a day before "
        "the company reports its results for the third quarter.",
    ),
)
GLOBEX = Story(
    path="/2026/11/globex-logistics-rotterdam.html",
    title="Globex Logistics is cutting 300 jobs in Rotterdam",
    day="2026-11-03",
    paragraphs=(
        "Globex Logistics is cutting 300 jobs at its warehouse in Rotterdam after the loss of its largest customer, "
        "the company said in a statement on Tuesday.",
        "The layoffs will take effect at the end of January. Unions said that they had been told of the decision only "
        "an hour before it was made public, and called for talks about the terms of the redundancies.",
        "Globex Logistics moves parcels for retailers in nine countries in Europe. It said that its other sites are "
        "not affected, and that workers could apply for open positions in Antwerp and Hamburg.",
    ),
)
INITECH = Story(
    path="/2026/11/initech-hiring-freeze.html",
    title="Initech denies layoffs but confirms a hiring freeze",
    day="2026-11-04",
    paragraphs=(
        "Initech denied on Wednesday that it plans layoffs, after a report said the software company was preparing to "
        "cut a tenth of its workforce before the end of the year.",
        "A spokesperson said that there are no plans for job cuts and that the report was wrong. The company has, "
        "however, stopped hiring in all departments except sales until further notice.",
        "Initech sells software for accounting to small and medium companies. It employs 2,000 people in Austin, "
        "Texas, where it was founded in 1999, and is owned by two investment funds.",
    ),
)
HOOLI = Story(
    path="/2026/11/hooli-undated.html",
    title="Hooli lays off 150 workers in its search unit",
    day=None,
    paragraphs=(
        "Hooli has laid off 150 workers in its search unit, according to people who were told of the decision, as the "
        "company moves money to its data centres.",
        "The layoffs hit product managers and designers most. Hooli did not answer questions about the number of jobs "
        "that it will cut in other units, or whether further rounds are to be expected.",
        "The company had already reduced its workforce twice in the past two years, after it had grown too fast in "
        "the years before, as its founder put it in a letter to shareholders.",
    ),
)
OLD = Story(
    path="/2020/04/umbrella-travel.html",
    title="Umbrella Travel lays off 90 people as bookings stop",
    day="2020-04-07",
    paragraphs=(
        "Umbrella Travel has laid off 90 people, about half of its staff, as bookings have come to a stop all over "
        "the continent and nobody knows when they will return.",
        "The company, which sells tours in small groups, said that it hopes to hire back those who were let go once "
        "borders open again, and that it has asked its bank for a loan to last through the summer.",
        "Its founder said that he would work without pay until then, and that the jobs of the guides, who are not "
        "employees of the company, are outside of the number given.",
    ),
)
SOUP = Story(
    path="/2026/11/pumpkin-soup.html",
    title="A pumpkin soup for November",
    day="2026-11-05",
    paragraphs=(
        "Halve the pumpkin, take out the seeds, and roast it in the oven for forty minutes with a little oil, until a "
        "knife goes through it without effort.",
        "Meanwhile cook two onions in butter until they are soft and sweet. Add the flesh of the pumpkin, a litre of "
        "stock, and a spoon of paste of tomatoes, and let it simmer.",
        "Blend it, season it with salt, pepper and nutmeg, and serve it with bread and a spoon of cream on top. It "
        "keeps for three days, and is better on the second.",
    ),
)
GERMAN = Story(
    path="/2026/11/beispiel-ag-layoffs.html",
    title="Layoffs: Die Beispiel AG streicht 500 Stellen",
    day="2026-11-05",
    language="de",
    paragraphs=(
        "Die Beispiel AG streicht in den kommenden Monaten 500 Stellen und begründet die Layoffs mit der schwachen "
        "Nachfrage nach ihren Maschinen. Das teilte der Vorstand am Donnerstag in Stuttgart mit.",
        "Betroffen sind vor allem die Verwaltung und die Entwicklung. Betriebsbedingte Kündigungen sollen nach "
        "Möglichkeit vermieden werden, hieß es, der Betriebsrat ist eingebunden und verhandelt über einen Sozialplan.",
        "Das Unternehmen beschäftigt weltweit rund 9000 Menschen und erzielte im vergangenen Jahr einen Umsatz von "
        "zwei Milliarden Euro. Für das laufende Jahr rechnet der Vorstand mit einem Rückgang.",
    ),
)
DRAFT = Story(
    path="/private/stark-industries-draft.html",
    title="Draft: Stark Industries to cut 4,000 jobs",
    day="2026-11-06",
    paragraphs=("Stark Industries will cut 4,000 jobs, says this draft that nobody outside may read.",),
)
STORIES = (ACME, GLOBEX, INITECH, HOOLI, OLD, SOUP, GERMAN, DRAFT)
#: Behind the paywall: the entry of the feed is all that a crawler gets.
PAYWALLED = "/subscribers/vandelay-imports.html"
PAYWALLED_TITLE = "Vandelay Imports will lay off 75 employees"
PAYWALLED_SUMMARY = "Vandelay Imports will lay off 75 employees in New York, the company said on Friday."
