"""News of twelve days from three countries, read into parts once, and records of blocks of them, linked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scaled import clock

import readout
from readout.record import open_record
from readout.scale import Block, bring
from readout.scale.joining import write_groups_of

_MARKET = (
    " Stalls burnt until the evening while firemen carried water from the canal, and the mayor closed the old square to all traffic."
    " A guard who had been on duty since dawn told reporters that two men had left a cart beside the scales and had run away."
)
#: Day of March 2025, outlet, headline, text.
NEWS = (
    (1, "Nordpost", "Bomb kills 12 in Aleppo fish market",
     "A bomb tore through the fish market of Aleppo on Saturday, killing 12 people, police said." + _MARKET),
    (1, "Kystradio", "Aleppo fish market bomb: many dead",
     "At least 14 people were killed when a bomb exploded in the fish market of Aleppo on Saturday, a hospital said."),
    (1, "Nordpost", "Rebels shell Kharkiv", "Rebels shelled Kharkiv on Saturday, killing three people, the governor said."),
    (2, "Vestrand Times", "Toll of Aleppo fish market bomb rises",
     "The bomb that exploded in the fish market of Aleppo on Saturday killed 17 people, the health ministry said on Sunday." + _MARKET),
    (2, "Lindal Daily", "Aleppo fish market bomb kills 17",
     "The bomb that exploded in the fish market of Aleppo on Saturday killed 17 people, the health ministry said on Sunday." + _MARKET),
    (2, "Kystradio", "Sudan talks open in Cairo",
     "Peace talks between Sudan's army and the Rapid Support Forces opened in Cairo on Sunday, the Egyptian foreign ministry said. The army"
     " demanded that the force leave Khartoum before a ceasefire."),
    (3, "Nordpost", "Aleppo buries market dead",
     "Aleppo buried the 17 people whom a bomb killed in its fish market on Saturday. The bomb was in a cart beside the scales."),
    (4, "Vestrand Times", "Aleppo market bomb: two arrested",
     "Police in Aleppo arrested two men on Tuesday over the bomb that killed 17 people in the fish market on Saturday."),
    (4, "Nordpost", "Sudan talks stall over Khartoum",
     "Peace talks in Cairo between Sudan's army and the Rapid Support Forces stalled on Tuesday over Khartoum, mediators from Egypt said."),
    (5, "Kystradio", "Shells hit Kharkiv again", "Rebels shelled Kharkiv on Wednesday, killing eight people, the governor said."),
    (6, "Vestrand Times", "Kharkiv and Aleppo mourn",
     "Kharkiv mourned eight people whom rebels killed when they shelled the city on Wednesday. In Aleppo, where a bomb killed 17 people in"
     " the fish market on Saturday, the market opened again."),
    (7, "Lindal Daily", "Sudan army offers truce at Cairo talks",
     "Sudan's army offered the Rapid Support Forces a truce of ten days at the peace talks in Cairo on Friday, Egyptian mediators said."),
    (8, "Nordpost", "Aleppo market suspects before judge",
     "The two men whom police in Aleppo arrested over the bomb that killed 17 people in the fish market stood before a judge on Saturday."),
    (9, "Kystradio", "Sudan's rivals near truce in Cairo",
     "The Rapid Support Forces accepted a truce at the peace talks with Sudan's army in Cairo on Sunday, the Egyptian foreign ministry"
     " said."),
    (10, "Vestrand Times", "Kharkiv shelled a third time",
     "Rebels shelled Kharkiv on Monday, wounding five people, the governor said."),
    (11, "Nordpost", "Sudan truce signed in Cairo",
     "Sudan's army and the Rapid Support Forces signed a truce at the peace talks in Cairo on Tuesday, Egyptian mediators said."),
    (12, "Kystradio", "Aleppo market bombers sentenced",
     "A court in Aleppo sentenced two men on Wednesday over the bomb that killed 17 people in the fish market."),
)  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """A folder: `parts` are those of all news."""

    folder: Path
    parts: str

    def record(self, name: str, block: Block = Block()) -> Path:  # noqa: B008 - frozen
        """A record of a block, linked; it is made once."""
        path = self.folder / f"{name}.db"
        if not path.exists():
            with open_record(path, clock=clock) as record:
                bring(record, self.parts, block=block)
                readout.link(record, full=True)
        return path

    def groups(self, name: str, into: Path, block: Block = Block(), called: str = "") -> Path:  # noqa: B008 - frozen
        """What linking found in a record of a block, in a folder of another."""
        where = into / (called or name)
        with open_record(self.record(name, block), clock=clock) as record:
            write_groups_of(record, str(where))
        return where


#: Blocks that share some days, or some reports.
OF_DAYS = {
    "first": Block(("2025-03-01", "2025-03-05")),
    "middle": Block(("2025-03-03", "2025-03-08")),
    "last": Block(("2025-03-05", "2025-03-12")),
}
OF_COUNTRIES = {country: Block(country=country) for country in ("SYR", "UKR", "SDN", "EGY", "")}
