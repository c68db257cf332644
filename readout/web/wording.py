"""How values are written on pages: days, numbers, signs of a status, links that may be followed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote, urlsplit

from readout import knowledge
from readout.exports.addresses import web_address as web_address
from readout.record.claims import EventClaim, FigureClaim

#: What steers the direction of writing, or cannot be seen: shown as a sign, or a name would read as another.
_UNSEEN = dict.fromkeys(
    (
        *range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200B, 0x200E, 0x200F,
        *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000), *range(0xE0000, 0xE0080),
    ),
    "\N{REPLACEMENT CHARACTER}",
)  # fmt: skip
#: A sign for each status beside its word, so that colour is not all that tells them apart.
STATUS_SIGNS: Mapping[str, str] = {
    "occurred": "●", "ongoing": "◐", "planned": "○", "proposed": "◇", "requested": "?", "threatened": "!", "refused": "✕",
    "denied": "⊘", "not_occurring": "–", "hypothetical": "…", "uncertain": "~",
}  # fmt: skip
QUADS: Mapping[int, str] = {
    1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict",
}  # fmt: skip
#: The kinds of claims and of what is marked in a text: a letter for each, the same everywhere.
LETTERS: Mapping[str, str] = {"events": "E", "statements": "S", "figures": "F", "places": "P", "actors": "A"}
BOUNDS: Mapping[str, str] = {
    "about": "about ", "more_than": "more than ", "less_than": "less than ", "at_least": "at least ", "at_most": "up to ",
}  # fmt: skip
SOURCING: Mapping[str, str] = {"official": "unnamed official", "anonymous": "unnamed source", "hearsay": "hearsay"}
#: Places that are points on a map; what is larger is marked as an area, and never as a point in its middle.
POINTS = frozenset(
    ("city", "town", "village", "settlement", "camp", "base", "site", "airport", "crossing", "building", "residence", "street")
)  # fmt: skip


def clean(text: object) -> str:
    """Text with a sign in place of what would steer the page and not be seen."""
    return str(text).translate(_UNSEEN)


def words(name: str | None) -> str:
    """A name of the code book as words: "not_occurring" is "not occurring"."""
    return clean(name or "").replace("_", " ")


#: Whether what an incident tells of happened, as its reports say.
REALITIES: Mapping[str, tuple[str, str]] = {
    "happened": ("●", "happened"), "ahead": ("○", "ahead"), "not": ("⊘", "did not happen"), "imagined": ("…", "only imagined"),
}  # fmt: skip
_GROUP_TITLE = re.compile(r"([A-Z]+)(?: (?!at )([\w-]+))?(.*)", re.DOTALL)


def group_title(kind: str, title: str) -> str:
    """The title of a group; that of an incident with the act in words in place of its type: "explosives: a group → a town"."""
    found = _GROUP_TITLE.fullmatch(title) if kind == "incident" else None
    return clean(f"{words(found[2] or found[1].lower())}{found[3]}" if found else title)


@cache
def _states() -> Mapping[str, str]:
    rows = knowledge.load("places/countries.yaml")
    return {row["id"]: row["name"] for row in (*rows["countries"], *rows["territories"])}


def state(code: str | None) -> str:
    """A state by its ISO code: its English name, or the code where that is not known."""
    return _states().get(code or "", code or "")


def number(value: float) -> str:
    """A number with commas, whole where it is whole."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def amount(figure: FigureClaim) -> str:
    """A figure's number with its bound."""
    if figure.bound == "range" and figure.low is not None and figure.high is not None:
        return f"{number(figure.low)}–{number(figure.high)}"
    return f"{BOUNDS.get(figure.bound, '')}{number(figure.value)}{'%' if figure.unit == 'percent' else ''}"


def counted(figure: FigureClaim) -> str:
    """What a figure counts: "aid workers killed"."""
    unit = "" if figure.unit == "percent" else figure.unit
    return words(" ".join(part for part in (figure.population or unit, figure.measure) if part))


def act(event: EventClaim) -> str:
    """What is done: the mode of the act, else its type, in small letters."""
    return words(event.act.mode or event.act.type.lower())


def period(start: str | None, end: str | None) -> str:
    """A stretch of days, no more precise than it is: a whole year is "2004", a whole month "2004-05"."""
    if not start or not end:
        return f"from {start}" if start else f"until {end}" if end else ""
    if start == end:
        return start
    if start[:4] == end[:4] and start[4:] == "-01-01" and end[4:] == "-12-31":
        return start[:4]
    if start[:7] == end[:7] and start.endswith("-01") and _is_last(end):
        return start[:7]
    return f"{start} to {end}"


def _is_last(day: str) -> bool:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).day == 1


def days(event: EventClaim) -> str:
    """An event's date as it is known: a day, a stretch of days, or that of the report."""
    if event.start or event.end:
        return period(event.start, event.end)
    return f"not dated; reported {event.published}" if event.published else "not dated"


def site_name(url: str | None) -> str:
    """The host of a web address, without www."""
    found = web_address(url)
    return clean((urlsplit(found).hostname or "").removeprefix("www.")) if found else ""


def quoted(text: object) -> str:
    """Text as one part of a path, or a value in an address."""
    return quote(str(text).encode("utf-8", "replace"), safe="")


def words_at(words: str) -> str:
    """The end of an address that leads a browser to words of a page, by their beginning and their end."""
    said = words.split()
    ends = [" ".join(said)] if len(said) < 9 else [" ".join(said[:4]), " ".join(said[-4:])]
    return f":~:text={','.join(quoted(end).replace('-', '%2D') for end in ends)}"


def asking(value: object, name: str) -> str:
    """A filter by its value to the letter, as an address has it behind `q=`."""
    doubled = str(value).replace('"', '""')
    return quoted(f'{name}:"{doubled}"')


def own_path(text: str | None) -> str:
    """A path of this site that one may be sent to; the first page in place of anything else."""
    if not text or not text.startswith("/") or text.startswith(("//", "/\\")) or not text.isprintable():
        return "/"
    if "\\" in text or "%5c" in text.casefold() or text.casefold().startswith(("/%2f", "/%5c", "/%09")):
        return "/"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    return text if not parts.scheme and not parts.netloc and text.isascii() else "/"
