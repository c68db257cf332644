"""The words around talks that show who negotiates and who mediates, as patterns."""

from __future__ import annotations

import re

from readout.across.negotiations.lexicon import HEAD


def _words(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_AUXILIARIES = (
    r"have|has|had|will|would|to|should|could|may|might|must|are|were|was|is|also|finally|formally|decided to|agreed|due|expected|ready|"
    r"on \w+day|\w+day"
)
#: Ends a list of sides: a verb, a preposition, a new clause.
CUTS = _words(
    r"\b(?:which|who|that|to|in|on|over|about|after|before|aimed|are|is|was|were|have|has|had|will|would|could|should|began|opened|started|",
    r"resumed|collapsed|stalled|ended|broke|said|aboard|at|for|by|since|while|when|but|held|met|may|can)\b|[.;:]|--",
)
#: Leads a list of sides after the talks.
BETWEEN = _words(
    r"\b(between|among|involv(?:e[sd]?|ing)|group(?:s|ing|ed)?|includ(?:e[sd]?|ing)|bring(?:s|ing)? together)\s"
)
WITH = _words(r"^\s+(?:held |under way )?with\s")
#: What a side does with talks: "A has agreed to resume …".
TALKING = _words(
    rf"^[\s–-]*(?:(?:{_AUXILIARIES})\s+){{0,5}}",
    r"(?:h[eo]ld|holding|resume[sd]?|open(?:ed|s)?|beg[aiu]n|start(?:ed|s)?|re-?start(?:ed)?|enter(?:ed)?|continue[sd]?|agree[sd]?|",
    r"conduct(?:ed)?|suspend(?:ed|s)?|halt(?:ed|s)?|fr[eo]ze|boycott(?:ed)?|br[eo]ke(?:n)? off|reject(?:ed)?|end(?:ed)?|attend(?:ed)?|",
    r"re-?launch(?:ed)?|walk(?:ed)? out of|pull(?:ed)? out of|return(?:ed)? to|join(?:ed)?)\b",
)
NEGOTIATOR = _words(r"\b(?:negotiators?|negotiating team|delegation|delegates|emissar(?:y|ies))\b")
MEDIATOR = _words(r"\b(?:mediators?|facilitators?|intermediar(?:y|ies)|go-betweens?|guarantors?)\b")
#: What stands after a mediator.
MEDIATING = _words(
    r"^[\s,]*(?:(?:(?:has|have|had) )?(?:also |both |itself |himself |herself )?",
    r"(?:mediate[sd]|brokered|brokers|(?:co-?)?chaired|facilitate[sd])\b",
    r"(?!\s+by\b)|(?:(?:has|have|had)\s+been|is|are|was|were)\s+(?:also |both )?(?:mediating|brokering|(?:co-?)?chairing|facilitating)\b)",
)
#: What stands before one.
MEDIATED_BY = _words(
    r"\b(?:(?:mediated|brokered|(?:co-?)?chaired|sponsored|facilitated|overseen) by|mediation (?:of|by|from)|",
    r"under the (?:auspices|sponsorship|mediation) of)\s+",
)
MEDIATION = _words(r"^(?:['’]s)?\s+(?:\w+\s+)?mediation\b(?! (?:of|by|from)\b)")
MEDIATORS = _words(r"^\s+(?:\w+ )?mediators?\b")
MEDIATORS_ARE = _words(r"\b(?:mediators?|facilitators?)\s*(?:--|–|—|:|,|\()\s*")
HYPHENED = _words(
    r"\)?-\s?(?:brokered|mediated|sponsored|facilitated|chaired)\s+(?:[\w-]+\s+){0,3}?",
    rf"(?:{HEAD}|deal|agreement|accord|truce|cease-?fire)\b",
)
ACTING = _words(
    r"\b(?:acting as|as|playing)\s+(?:\w+ ){0,2}?(?:intermediar(?:y|ies)|guarantors?|mediators?|facilitators?)\b"
)
#: Stands between the talks and "between" where something else is between the two.
APART = _words(
    r"\b(?:disagreement|difference|gap|divi\w+|dispute|fight\w*|clash\w*|wars?|conflict|border|ties|relations?|relationship|understanding|",
    r"confrontation|violence|standoff|rift|tension|meeting|visit|trade|treaty)s?\b[^,]{0,25}$",
)
REBELS = _words(r"\b(?:rebels?|guerrillas?|insurgents?|separatists?|groups?|factions?|movements?)\b")
#: Between the mentions of a list.
AND = _words(r"[\s,]*(?:and)?[\s,]*(?:the )?")
