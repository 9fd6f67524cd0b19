"""What an article has spoken of so far: for whom "the company" and "it" stand, and who heads a list item."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.companies import fold
from extract.expression import Expression
from extract.marks import Mark
from extract.names import Name, places
from extract.sentences import Sentence, once
from extract.voices import embedded, is_voice, known_voice
from extract.words import context

#: Behind a name: it announces, so that a later reference in the sentence means it.
#: As filings write of who files them, whoever else was named before.
_FILER = re.compile(r"the Company\b")
#: Behind a name: it announces what it does itself ("Orvane said on Monday that it would").
_ANNOUNCES_ITS_OWN = re.compile(
    rf"(?:,[^,]{{2,80}},)?\s+(?:has |had |also |recently |today )*{context('focus.announces')}\s+"
    r"(?:[\w’'-]+\s+){0,9}?(?:that\s+)?(?:it|they|the company)\b"
)
#: Before a name: only what the employer makes or owns ("The maker of ").
_MADE = Expression(r"(?i)\bthe (?:maker|owner|parent|publisher|developer|operator) of (?:the )?$")
#: Before a name that is made up.
_INVENTED = Expression(
    rf"(?i)\b(?:{context('focus.call')}\s+|{context('focus.invented')}\s+(?:[\w-]+,?\s+){{1,5}}?(?:(?:called|named|dubbed),?\s+)?)"
    r"(?:the\s+)?[\"“‘]?$"
)
#: From "at" a name to a reference in the clause that goes on with it.
_THEN = re.compile(r"(?:\s+[a-z]+){0,3},?\s+(?:as|where|after|since|because|when)\s+")
#: Behind a name: one of its officers ("Acme's chief executive Jo Marsh said").
_OFFICER = re.compile(rf"(?i)[’']s?\s+(?:[\w.-]+\s+){{0,4}}?{context('position.office')}\b")
#: Behind a name: it owns the one that follows ("Acme-owned Zentrix").
_OWNS = re.compile(r"-(?:owned|backed|led|run|controlled)\b")
_ANNOUNCES = re.compile(rf"(?:,[^,]{{2,80}},)?\s+(?:has |had |also |recently )*{context('focus.announces')}\b")
#: Behind a name: it does or did something.
_DOES = re.compile(rf"\s+(?:[a-z]+ed|{context('focus.does')})\b")
#: A line that tells how many, or which share, of an item's employer.
_TELLS = re.compile(rf"(?i)\W*(?:{context('headcount.counted')}|{context('focus.share')})\s?:\s")
#: Opens a clause whose pronoun means the subject of the clause before.
_UNDER = Expression(r"\b(?:when|as|after|because|since|where|before|once|until|while)\s+$")
#: Behind a name: it has or does something.
_ACTS = re.compile(r"[’']s?\s|,\s|\s+[a-z]")
#: Before the name that heads a list item, and behind it where it stands alone or a text of its own follows.
_NUMBERED = re.compile(r"[^\w]*(?:\d{1,2}[.)])?[^\w]*")
_NO_MORE = re.compile(r"\s*(?:\([^)]{2,40}\))?[ .:*]*")
_COLON = re.compile(r"\s?[:–—]|\s-\s")
#: Most characters of a heading.
HEADING = 90
#: Before a name that opens a sentence: "France's ", "Berlin-based ", "The German ".
_PLACE = re.compile(r"(?:The\s+)?(?P<place>[A-Z][\w-]+?)(?:[’']s|-based)?\s+(?:[a-z-]+\s+){0,3}")


@dataclass(slots=True)
class Focus:
    """The topic, the last employer, each paragraph's head and subject."""

    topic: str | None = None
    single: bool = True  # is the topic the one employer that the article tells of?
    last: str | None = None
    paragraph: int = -1
    head: str | None = None  # employer that heads the running list item or paragraph
    subject: str | None = None  # the name that opened the last sentence with one
    subject_paragraph: int = -1
    head_at: int = -1  # offset of the sentence in which that head stands
    section: bool = False  # is that head a heading, so that it holds for all paragraphs up to the next?
    accepted: set[str] = field(default_factory=set)  # folded open names that took an employer's place
    invented: set[str] = field(default_factory=set)  # folded names that the text says to be made up

    def resolve(self, sentence: Sentence, before: int) -> str | None:
        """The employer that a reference at offset `before` stands for."""
        ahead = (c for c in sentence.of("company") if c.end <= before and not _in_reference(sentence, c))
        opening = next((c for c in ahead if _opens(sentence, c)), None)
        if opening and not is_voice(sentence, opening):
            if _OFFICER.match(sentence.text, opening.end, before):
                return str(opening.value.name)
            acts = re.match(r"\s+[a-z]", sentence.text[opening.end : opening.end + 3])
            if acts and opening.start - sentence.start < 2 and _same_subject(sentence, opening, before):
                return str(opening.value.name)
            explains = ": " in sentence.text[opening.end : before + 1]
            if (acts and (explains or not self.single)) or _ANNOUNCES.match(sentence.text, opening.end):
                return str(opening.value.name)
        if own := _announcer(sentence, before) or self._at_hand(sentence, before):
            return own
        same = [c for c in self.actors(sentence) if c.end <= before]
        names = [str(c.value.name) for c in same]
        if self.topic in names or (self.topic and _FILER.match(sentence.text, before)):
            return self.topic
        if same and (
            not self.single or fold(names[0]) in self.accepted or _ANNOUNCES.match(sentence.text, same[0].end)
        ):
            return names[0]
        return self._spoken_of(sentence) or (names[0] if names else None) or self._acting(sentence, before)

    def _at_hand(self, sentence: Sentence, before: int) -> str | None:
        """The name at which things stand as told right before: "Times are tough at Acme, as the company"."""
        ahead = [c for c in self.actors(sentence) if c.end <= before]
        near = ahead[-1] if ahead else None
        if near is None or near.value.form == "open" or not _THEN.fullmatch(sentence.text, near.end, before):
            return None
        return str(near.value.name) if sentence.text[: near.start].endswith((" at ", "\nAt ")) else None

    def _acting(self, sentence: Sentence, before: int) -> str | None:
        """Where nobody was spoken of yet: the one name before the reference that does anything ("whom Acme hired")."""
        acting = {
            str(c.value.name)
            for c in sentence.of("company")
            if c.end <= before
            and not is_voice(sentence, c)
            and not embedded(sentence, c)
            and _DOES.match(sentence.text, c.end, before)
        }
        return next(iter(acting)) if len(acting) == 1 else None

    def _spoken_of(self, sentence: Sentence) -> str | None:
        """Who was spoken of before the sentence: the paragraph's head or subject, else the topic or the last one."""
        if self.head and self.paragraph == sentence.paragraph:
            return self.head
        if self.subject and self.subject_paragraph == sentence.paragraph:
            return self.subject
        if self.single and self.topic:
            return self.topic
        return self.last or self.topic

    def actors(self, sentence: Sentence) -> list[Mark]:
        """The names in the sentence that may be employers and neither report nor are named in passing."""
        return [
            c
            for c in sentence.of("company")
            if self.usable(c)
            and not is_voice(sentence, c)
            and not embedded(sentence, c)
            and not _owns_next(sentence, c)
        ]

    def usable(self, mark: Mark) -> bool:
        """May the mark stand for an employer at all: listed, by its form, or accepted before?"""
        name: Name = mark.value
        return name.form != "open" or fold(name.name) in self.accepted

    def tells_of_item(self, sentence: Sentence) -> bool:
        """Is it a line that tells how many go, under the heading of an item ("Percentage: 9 %", "Laid off: 40")?"""
        return self.section and _TELLS.match(sentence.words) is not None

    def turn_to(self, sentence: Sentence) -> None:
        """Take note of a new paragraph or list item, which may speak of another employer."""
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            if not (self.head and (self.section or _continues_item(sentence))) or _turns(sentence, self.head):
                self.head = None
        if not self.head and (name := _titled(sentence)):
            self.head, self.section = name, True
        if head := list_head(sentence):
            self.head, self.head_at, self.section = head, sentence.start, is_heading(sentence)
            self.accepted.add(fold(head))

    def note_invented(self, sentence: Sentence) -> None:
        """Take note of names that are made up: "a fictional retailer, Acme", "call it Acme"."""
        if not sentence.lacks(_INVENTED):
            for mark in sentence.of("company"):
                if mark.value.form != "listed" and sentence.search(
                    _INVENTED, sentence.text[max(sentence.start, mark.start - 70) : mark.start]
                ):
                    self.invented.add(fold(mark.value.name))

    def look_back(self, sentence: Sentence) -> None:
        """Take note of the name that opens a sentence: the next sentences speak of it."""
        for mark in sentence.of("company"):
            place = mark.start - sentence.start
            if (
                place > 40
                or self._topics_product(mark)
                or is_voice(sentence, mark)
                or _OWNS.match(sentence.text, mark.end)
                or sentence.search(_MADE, sentence.text[sentence.start : mark.start])
                or (known_voice(mark) and not _heads_title(sentence, mark))
            ):
                continue
            acts = _ACTS.match(sentence.text[mark.end : mark.end + 4])
            if place <= 30 and (mark.value.form != "open" or acts):
                self.subject, self.subject_paragraph = mark.value.name, sentence.paragraph
            if self._lasts(mark):
                self.last = mark.value.name
            return
        named = [mark for mark in self.actors(sentence) if not known_voice(mark)]
        if len({mark.value.name for mark in named}) == 1 and self._lasts(named[0]):
            self.last = named[0].value.name

    def _topics_product(self, mark: Mark) -> bool:
        """Is the unknown name made of the topic's: "AmazonSmile" where Amazon is told of?"""
        own = fold(mark.value.name)
        topic = fold(self.topic) if self.topic else ""
        return mark.value.form == "open" and len(topic) > 3 and own != topic and own.startswith(topic)

    def _lasts(self, mark: Mark) -> bool:
        """May later sentences speak of this name: is it sure, and the topic or one of a list?"""
        sure = mark.value.form in ("listed", "legal")
        return sure and (not self.single or self.topic is None or mark.value.name == self.topic)


def _in_reference(sentence: Sentence, mark: Mark) -> bool:
    """Does the name only describe another: "The iPhone maker", "the Chrysler parent"?"""
    around = (r for r in sentence.of("reference") if r.start <= mark.start and mark.end < r.end)
    return any(sentence.text[mark.end + 1].islower() for _ in around)


def _same_subject(sentence: Sentence, opening: Mark, before: int) -> bool:
    """Does the reference open a clause under that of the opening name: "Acme cited AI when (it) axed 30 jobs"?"""
    if any(opening.end <= c.start and c.end <= before for c in sentence.of("company")):
        return False
    return sentence.search(_UNDER, sentence.text[opening.end : before]) is not None


def _announcer(sentence: Sentence, before: int) -> str | None:
    """The last name before the reference that announces what it does itself, if no clause of another stands between."""
    names = [c for c in sentence.of("company") if c.end <= before and not is_voice(sentence, c)]
    tells = [c for c in names if _ANNOUNCES_ITS_OWN.match(sentence.text, c.end)]
    if not tells or embedded(sentence, tells[-1]) or ";" in sentence.text[tells[-1].end : before]:
        return None
    return str(tells[-1].value.name)


def _owns_next(sentence: Sentence, mark: Mark) -> bool:
    """Is the name only the owner of a known one right behind it ("Microsoft's LinkedIn")?"""
    at = mark.end + 3
    if sentence.text[mark.end : at] not in ("'s ", "’s "):
        return False
    return any(c.start == at and c.rule == "company.listed" for c in sentence.of("company"))


def _opens(sentence: Sentence, mark: Mark) -> bool:
    """Does the name open the sentence, or stand behind no more than its place or trade ("France's Delacourt said")?"""
    lead = sentence.text[sentence.start : mark.start]
    placed = _PLACE.fullmatch(lead)
    return len(lead) <= 4 or (placed is not None and placed["place"].lower() in places())


def _heads_title(sentence: Sentence, mark: Mark) -> bool:
    """Does the name head the headline and act there, so that even an outlet or a bank is what it is about?"""
    return (
        sentence.title and mark.start == sentence.start and bool(re.match(r"\s+[a-z]", sentence.text[mark.end :][:3]))
    )


def _continues_item(sentence: Sentence) -> bool:
    """Is the paragraph a bullet under the head before it, without a head of its own?"""
    if list_head(sentence) or sentence.words.lstrip()[:1] not in "-•–*":
        return False
    return not re.match(r"\W*(?:[A-Z][\w&.’' ]{1,40})\s*[:–—]", sentence.words)


def _turns(sentence: Sentence, head: str | None) -> bool:
    """Is the sentence a heading that tells something of another than `head`?"""
    return (name := _titled(sentence)) is not None and name != head


@once
def _titled(sentence: Sentence) -> str | None:
    """The employer of a heading that tells something of it: "Zentrix cuts deep again"."""
    line = sentence.text[sentence.start - 1 : sentence.start] == "\n" == sentence.text[sentence.end : sentence.end + 1]
    if not line or sentence.title or sentence.words.rstrip()[-1:] in ".!?:" or sentence.end - sentence.start > HEADING:
        return None
    first = next(iter(sentence.of("company")), None)
    opens = first is not None and first.start - sentence.start < 5 and first.value.form != "open"
    return str(first.value.name) if first and opens and not known_voice(first) else None


@once
def is_heading(sentence: Sentence) -> bool:
    """Is the sentence a line that holds no more than the name of a list's next employer?"""
    return any(mark.rule == "company.heading" for mark in sentence.of("company"))


@once
def list_head(sentence: Sentence) -> str | None:
    """The employer that heads a list item: "- Intel: 33,900 layoffs", "Stitch Fix — …", "2. UPS"."""
    mark = next(iter(sentence.of("company")), None)
    if mark is None:
        return None
    if mark.value.form == "item":
        return str(mark.value.name)
    if not _NUMBERED.fullmatch(sentence.text, sentence.start, mark.start):
        return _titled_item(sentence)
    alone = _NO_MORE.fullmatch(sentence.text, mark.end, sentence.end)
    if alone or _COLON.match(sentence.text, mark.end, mark.end + 4):
        return str(mark.value.name)
    return None


def _titled_item(sentence: Sentence) -> str | None:
    """The employer of an item that opens with a heading of its own: "Layoffs at Acme: Cuts also reached …"."""
    colon = sentence.text.find(":", sentence.start, min(sentence.end, sentence.start + 90))
    if colon < 0 or not any(c.end <= colon for c in sentence.of("cut")):
        return None
    named = [
        c
        for c in sentence.of("company")
        if c.end <= colon + 1 and c.value.form == "listed" and not embedded(sentence, c)
    ]
    return str(named[-1].value.name) if named else None
