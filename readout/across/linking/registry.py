"""The kinds of groups that are stored. A further one is one line here, and a module beside this one that says what it is."""

from __future__ import annotations

from readout.across.linking.kinds import Kind
from readout.across.linking.of_incidents import INCIDENT
from readout.across.linking.of_ledgers import LEDGER
from readout.across.linking.of_negotiations import NEGOTIATION
from readout.across.linking.of_stories import STORY
from readout.errors import UsageError

#: In the order in which they are made: a kind whose items mention those of another comes after it.
LINKED: tuple[Kind, ...] = (STORY, INCIDENT, LEDGER, NEGOTIATION)


def kind_named(name: str) -> Kind:
    """A kind by its name.

    Raises:
        UsageError: there is none.
    """
    found = next((kind for kind in LINKED if kind.name == name), None)
    if found is None:
        raise UsageError(
            f"there are no groups of the kind {name!r}: there are {', '.join(kind.name for kind in LINKED)}"
        )
    return found
