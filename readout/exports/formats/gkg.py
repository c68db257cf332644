"""Quotations in the manner of GDELT's Global Knowledge Graph (V2.1QUOTATIONS), with the column that it lacks: who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readout.exports.asked import Asked, spoken
from readout.exports.formats.fields import Export, Field
from readout.exports.redacting import Redaction
from readout.exports.stories import Being, Story
from readout.exports.told import being_of
from readout.record.claims import StatementClaim
from readout.types import Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, and the statement that they are of."""

    claim: StatementClaim
    story: Story
    speaker: Being | None
    span: Span
    words: str


def _rows(asked: Asked) -> Iterator[Quotation]:
    for claim, story, redaction in spoken(asked):
        spans = story.words.quoted.get(claim.code, ()) if story.words and claim.correction is None else ()
        if not spans:
            asked.left_out["statements without words in quotation marks"] += 1
        speaker = being_of(claim.speakers[0], story) if claim.speakers and claim.speakers[0].key else None
        for span in spans:
            yield Quotation(claim, story, speaker, span, _words(story, span, redaction, asked))


def _words(story: Story, span: Span, redaction: Redaction | None, asked: Asked) -> str:
    if "text" in asked.redact or story.words is None:
        return ""
    if redaction is None:
        return story.words.text[span[0] : span[1]]
    plain = redaction.story.words
    return redaction.text(plain.text[span[0] : span[1]]) or "" if plain else ""


def _moment(known: str) -> str:
    return "".join(sign for sign in known if sign.isdigit())[:14].ljust(14, "0")


_FIELDS: tuple[Field, ...] = (
    Field("GKGRECORDID", "text", "the piece of news, the same in every record", "document", lambda q: q.story.document),
    Field("V2.1DATE", "text", "YYYYMMDDHHMMSS, UTC: when the report became known", "known", lambda q: _moment(q.story.known)),
    Field("V2SOURCECOMMONNAME", "text", "who printed it, else the agency", "publisher, agency",
              lambda q: q.story.publisher or q.story.agency),
    Field("V2DOCUMENTIDENTIFIER", "text", "its address, else the report's id", "url, report", lambda q: q.story.url or q.claim.report),
    Field("Offset", "whole", "where the quotation begins in the report's text, in code points", "quoted", lambda q: q.span[0]),
    Field("Length", "whole", "how long it is, in code points", "quoted", lambda q: q.span[1] - q.span[0]),
    Field("Verb", "text", "the word for saying it", "cue", lambda q: q.claim.cue),
    Field("Quote", "text", "the words in quotation marks", "quoted", lambda q: q.words),
    Field("Speaker", "text", "who speaks; empty where that is not known", "speaker", lambda q: q.speaker and q.speaker.name),
    Field("SpeakerKey", "text", "the same for the same speaker in every report", "key of the speaker",
              lambda q: q.speaker and q.speaker.key),
    Field("SpeakerRole", "text", "what the speaker is on the report's day, as it says", "role of the speaker",
              lambda q: q.speaker and q.speaker.role),
    Field("SpeakerCountry", "text", "ISO 3166 alpha-3", "country of the speaker", lambda q: q.speaker and q.speaker.country),
    Field("Sourcing", "text", "named, official, institutional, anonymous, hearsay", "sourcing", lambda q: q.claim.sourcing),
    Field("Date", "text", "when it was said, else the report's day; ISO", "day", lambda q: q.claim.day),
    Field("Content", "text", "all that is said, in and out of quotation marks", "content", lambda q: q.claim.content or None),
    Field("SentenceID", "whole", "from 1", "sentence", lambda q: q.claim.sentence + 1 if q.claim.sentence >= 0 else None),
    Field("StatementID", "text", "the statement: the piece of news and its code", "document and code",
              lambda q: f"{q.story.document}_{q.claim.code}"),
)  # fmt: skip

EXPORT = Export(
    name="gkg-quotations",
    about="Quotations with offset, length, verb and words as in GDELT's GKG, and with who speaks; a row a quotation.",
    row="words in quotation marks of one statement",
    kind="statements",
    layouts=("csv", "tab", "jsonl", "parquet"),
    extension="csv",
    fields=_FIELDS,
    rows=_rows,
    loses=(
        "What is said without quotation marks is in statements alone; so is what a correction made.",
        "GKG has all quotations of an article in one cell; here each is a row, and the columns of GKG that are of"
        " other things are left out.",
        "Offsets count code points of Readout's text of the article, from which furniture was removed.",
    ),
)
