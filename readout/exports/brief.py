"""Briefs to send: as Markdown, and as one page of HTML that needs nothing from elsewhere. What reports say is escaped in both."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from readout.across.brief import Brief, Cited, Development, Gap, Line
from readout.exports.addresses import web_address
from readout.exports.brief_style import STYLE
from readout.exports.tables import shown

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
#: The sections of a brief behind its developments, with their titles.
SECTIONS = (
    ("disputes", "Disputed"),
    ("tolls", "Tolls"),
    ("said", "Said"),
    ("talks", "Negotiations"),
    ("ahead", "Planned next"),
    ("came", "What became of plans"),
    ("open", "Planned, and not reported since"),
    ("corrections", "Corrections"),
)
_OPENING = 8  # words
#: Sections whose lines say themselves who counts or speaks.
_SPOKEN = frozenset({"said", "tolls"})
_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
_LIST = re.compile(r"^(\d+)([.)])|^([-+#=])")


@dataclass(slots=True)
class _Notes:
    """The number of each report that is led to, and what was printed already."""

    numbers: dict[str, int]
    year: str = ""
    printed: set[tuple[str, object]] = field(default_factory=set)

    def before(self, line: Line) -> bool:
        """Whether the same words stand above already; from now on they do."""
        key = (line.report_id, line.span)
        stands = key in self.printed
        self.printed.add(key)
        return stands


def _notes(brief: Brief) -> _Notes:
    year = brief.until[:4] if brief.since[:4] == brief.until[:4] else ""
    return _Notes({cited.report_id: n for n, cited in enumerate(brief.cited, 1)}, year)


def to_markdown(brief: Brief) -> str:
    """A brief as Markdown, with a footnote for each report."""
    notes = _notes(brief)
    return "\n".join(_markdown(brief, notes)) + "\n"


def _markdown(brief: Brief, notes: _Notes) -> Iterator[str]:
    yield f"# {_md(heading(brief))}"
    yield f"\n{_md(basis(brief))}"
    if brief.short:
        yield f"\n**In short.** {' · '.join(_md(line.words) for line in brief.short)}"
    if brief.developments:
        yield "\n## Main developments"
    for development in brief.developments:
        yield f"\n### {_md(development.title)}"
        yield f"\n*{_md(counts(development))}*\n"
        for line in development.lines:
            notes.before(line)
            yield f"- {_md_line(line, notes, above=False)}"
    for name, title in SECTIONS:
        lines: tuple[Line, ...] = getattr(brief, name)
        if lines:
            yield f"\n## {title}\n"
            yield from (f"- {_md_line(line, notes, name, above=notes.before(line))}" for line in lines)
    if brief.gaps:
        yield "\n## Gaps\n"
        yield from (f"- {_md(gap_words(gap))}" for gap in brief.gaps)
    if not brief.head.reports:
        yield "\nNo report of this period is in the record."
    if brief.cited:
        yield "\n## Reports\n"
        yield from (f"[^{notes.numbers[cited.report_id]}]: {_md_cited(cited)}" for cited in brief.cited)


def _md_line(line: Line, notes: _Notes, section: str = "", *, above: bool) -> str:
    parts = [f"**{_md(_head(line))}**" if line.head else ""]
    words = f"“{_md(line.words)}”" if section == "said" else _md(line.words)
    parts.append(f"(above: “{_md(_opening(line))}”)" if above else words)
    parts += [f"*[{_md(label)}]*".replace("*[", "*\\[").replace("]*", "\\]*") for label in line.labels]
    parts.append(f"({_md(_source(line, notes, section))}){''.join(f'[^{n}]' for n in _numbers(line, notes.numbers))}")
    return " ".join(part for part in parts if part)


def _md_cited(cited: Cited) -> str:
    where = f" <{cited.url}>" if web_address(cited.url) and not re.search(r"[<>\s]", cited.url or "") else ""
    return f"{_md(_cited_words(cited))}{where}"


def _md(text: str) -> str:
    line = _MARKS.sub(r"\\\1", shown(text))
    return _LIST.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def heading(brief: Brief) -> str:
    """The headline of a brief: its period, and what it is about."""
    first, last = brief.since, brief.until
    begins = (
        _day(first)
        if first[:4] != last[:4]
        else _day(first).rsplit(" ", 1)[0]
        if first[:7] != last[:7]
        else str(int(first[8:]))
    )
    return f"Brief: {_day(last) if first == last else f'{begins} to {_day(last)}'}" + (
        f", about {brief.about}" if brief.about else ""
    )


def basis(brief: Brief) -> str:
    """What it rests on, in a sentence."""
    head = brief.head
    parts = [_many(head.reports, "report")]
    if head.publishers:
        parts.append(f"of {_many(len(head.publishers), 'publisher')} ({', '.join(head.publishers)})")
    if head.agencies:
        parts.append(
            f"and {len(head.agencies)} agenc{'y' if len(head.agencies) == 1 else 'ies'} ({', '.join(head.agencies)})"
        )
    rest = [
        f"{_many(head.copies, 'copy')} set aside" if head.copies else "",
        f"{head.undated} without a date, taken by the day on which they became known" if head.undated else "",
    ]
    return "; ".join(part for part in (" ".join(parts), *rest) if part) + "."


def _source(line: Line, notes: _Notes, section: str) -> str:
    """Who brought a line and when, how many more tell it, how many of all are independent, and on whose word, where that is not said
    beside it already."""
    more = len(line.reports) - 1
    parts = [f"{line.outlet or 'no publisher'}, {_day(line.day).removesuffix(f' {notes.year}')}"]
    if more > 0:
        parts += [f"+{more} more", f"{line.sources} independent"]
    if line.by and section not in _SPOKEN:
        parts.append(f"on the word of {line.by}")
    return "; ".join(parts)


def _opening(line: Line) -> str:
    """The first words of a line that stands above in full."""
    words = line.words.split()
    return line.words if len(words) <= _OPENING else f"{' '.join(words[:_OPENING])} …"


def _head(line: Line) -> str:
    """What a line is about, with its days as people write them."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda found: _day(found[0]), line.head)


def _numbers(line: Line, numbers: dict[str, int]) -> list[int]:
    return [numbers[name] for name in line.reports if name in numbers]


def counts(development: Development) -> str:
    """How much is told of a development, and whether it is new."""
    parts = [_many(len(development.reports), "report")]
    if len(development.reports) > 1:
        parts.append(_many(development.sources, "independent source"))
    return " · ".join([*parts, "new in this period" if development.new else "goes on from before"])


def gap_words(gap: Gap) -> str:
    """A gap in a sentence."""
    names = f": {'; '.join(gap.names)}" if gap.names else ""
    return f"{gap.words}{names}."


def _cited_words(cited: Cited) -> str:
    return f"{cited.outlet or 'no publisher'}, {_day(cited.day)}: {cited.title} (report {cited.report_id})"


def _day(day: str) -> str:
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        return day
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _many(count: int, what: str) -> str:
    plural = f"{what[:-1]}ies" if what.endswith("y") and what != "day" else f"{what}s"
    return f"{count:,} {what if count == 1 else plural}"


def to_html(brief: Brief) -> str:
    """A brief as one page of HTML: no scripts, nothing loaded from elsewhere."""
    notes = _notes(brief)
    title = _html(heading(brief))
    body = "\n".join(_page(brief, notes))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _page(brief: Brief, notes: _Notes) -> Iterator[str]:
    yield f'<header>\n<h1>{_html(heading(brief))}</h1>\n<p class="basis">{_html(basis(brief))}</p>'
    if brief.short:
        yield (
            '<p class="short"><b>In short</b> '
            + ' <span aria-hidden="true">·</span> '.join(_html(line.words) for line in brief.short)
            + "</p>"
        )
    yield "</header>"
    if brief.developments:
        yield '<section aria-labelledby="main">\n<h2 id="main">Main developments</h2>'
        for n, development in enumerate(brief.developments, 1):
            yield from _html_development(n, development, notes)
        yield "</section>"
    for name, title in SECTIONS:
        lines: tuple[Line, ...] = getattr(brief, name)
        if lines:
            yield from _html_section(name, title, (_html_line(x, notes, name, above=notes.before(x)) for x in lines))
    if brief.gaps:
        yield from _html_section("gaps", "Gaps", (f"<li>{_html(gap_words(gap))}</li>" for gap in brief.gaps))
    if not brief.head.reports:
        yield "<p>No report of this period is in the record.</p>"
    if brief.cited:
        yield '<section aria-labelledby="reports">\n<h2 id="reports">Reports</h2>\n<ol class="reports">'
        yield from (_html_cited(notes.numbers[cited.report_id], cited) for cited in brief.cited)
        yield "</ol>\n</section>"


def _html_development(n: int, development: Development, notes: _Notes) -> Iterator[str]:
    yield f'<article aria-labelledby="d{n}">\n<h3 id="d{n}">{_html(development.title)}</h3>'
    yield f'<p class="counts">{_html(counts(development))}</p>\n<ul>'
    for line in development.lines:
        notes.before(line)
        yield _html_line(line, notes, above=False)
    yield "</ul>\n</article>"


def _html_section(name: str, title: str, items: Iterable[str]) -> Iterator[str]:
    yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{title}</h2>\n<ul>'
    yield from items
    yield "</ul>\n</section>"


def _html_line(line: Line, notes: _Notes, section: str = "", *, above: bool) -> str:
    parts = [f"<b>{_html(_head(line))}</b>" if line.head else ""]
    words = f"<q>{_html(line.words)}</q>" if section == "said" else _html(line.words)
    parts.append(f'<span class="above">(above: “{_html(_opening(line))}”)</span>' if above else words)
    parts += [f'<span class="label">{_html(label)}</span>' for label in line.labels]
    links = "".join(
        f'<sup><a href="#r{n}" aria-label="report {n}">{n}</a></sup>' for n in _numbers(line, notes.numbers)
    )
    parts.append(f'<span class="source">{_html(_source(line, notes, section))}</span>{links}')
    return f"<li>{' '.join(part for part in parts if part)}</li>"


def _html_cited(n: int, cited: Cited) -> str:
    words = _html(_cited_words(cited))
    url = (
        f' <a href="{escape(cited.url or "", quote=True)}" rel="noopener noreferrer">source</a>'
        if web_address(cited.url)
        else ""
    )
    return f'<li id="r{n}" value="{n}">{words}{url}</li>'


def _html(text: str) -> str:
    return escape(shown(text), quote=True)
