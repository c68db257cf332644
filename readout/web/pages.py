"""The families of pages, in the order of the menu. A new family is a module with a `router`, its templates, and a line here."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from readout.web import (
    about,
    actors,
    briefs,
    claims,
    corrections,
    decisions,
    exports,
    health,
    incidents,
    ledgers,
    lists,
    login,
    negotiations,
    overview,
    reports,
    review,
    searches,
    stories,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """Pages of one matter.

    Attributes:
        router: what answers.
        menu: names and addresses in the menu.
    """

    router: APIRouter
    menu: tuple[tuple[str, str], ...] = ()


PAGES: tuple[Family, ...] = (
    Family(overview.router, (("Overview", "/"),)),
    Family(briefs.router, (("Brief", "/brief"),)),
    Family(stories.router, (("Stories", "/stories"),)),
    Family(incidents.router, (("Incidents", "/incidents"),)),
    Family(ledgers.router, (("Ledgers", "/ledgers"),)),
    Family(negotiations.router, (("Negotiations", "/negotiations"),)),
    Family(
        lists.router,
        (
            ("Reports", "/reports"), ("Events", "/events"), ("Statements", "/statements"), ("Figures", "/figures"),
            ("Actors", "/actors"), ("Places", "/places"), ("Problems", "/problems"),
        ),
    ),
    Family(reports.router),
    Family(claims.router),
    Family(actors.router),
    Family(health.router, (("Sources", "/sources"),)),
    Family(exports.router, (("Export", "/export"),)),
    Family(searches.router, (("Searches", "/searches"),)),
    Family(review.router, (("Review", "/review"),)),
    Family(corrections.router, (("Corrections", "/corrections"),)),
    Family(decisions.router),
    Family(about.router, (("Help", "/help"),)),
    Family(login.router),
)  # fmt: skip
