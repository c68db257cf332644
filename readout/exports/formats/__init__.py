"""Formats that others read: EXPORTS is all of them, by name. docs/exports.md lists them with their columns."""

from __future__ import annotations

from readout.exports.formats import acled, ftm, gdelt, geojson, gkg, icews, own, plover, polecat, ucdp
from readout.exports.formats.fields import Export

_ALL = (
    own.CLAIMS,
    own.EVENTS,
    own.STATEMENTS,
    own.FIGURES,
    own.REPORTS,
    own.INCIDENTS,
    polecat.EXPORT,
    icews.EXPORT,
    plover.EXPORT,
    gdelt.EVENTS,
    gdelt.MENTIONS,
    gkg.EXPORT,
    ucdp.EXPORT,
    acled.EXPORT,
    geojson.EXPORT,
    ftm.EXPORT,
)
EXPORTS: dict[str, Export] = {export.name: export for export in _ALL}
