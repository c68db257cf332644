"""What an export is made of: its fields, each with what it says and what it is made from, and what it has no room for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

#: What a field holds: "words" and "wholes" are lists, "object" and "objects" are JSON.
FieldType = Literal["text", "whole", "number", "yes", "words", "wholes", "object", "objects"]
#: How an export is written: "tab" has a header and quotation marks where they are needed, "bare" neither.
Layout = Literal["csv", "tab", "bare", "jsonl", "parquet", "geojson"]
Kind = Literal["events", "statements", "figures", "reports"]

#: What a field is made from that Readout does not know: it is always empty.
NOTHING = "nothing: always empty"


@dataclass(frozen=True, slots=True)
class Field:
    """A column or key: its name as the format has it, what it holds, what it says, what of the record it is made from, and its value
    in a row."""

    name: str
    type: FieldType
    about: str
    source: str
    value: Callable[[Any], Any]


def empty(name: str, about: str, type_: FieldType = "text") -> Field:
    """A field that the format has and Readout knows nothing for."""
    return Field(name, type_, about, NOTHING, lambda _: None)


@dataclass(frozen=True, slots=True)
class Export:
    """A format.

    Attributes:
        name: by which it is asked for.
        about: what it is, in a sentence.
        row: what a row is.
        kind: by whose filters it is asked for.
        layouts: how it can be written, the usual one first.
        extension: of its files, in the usual layout.
        fields: its columns or keys, in order.
        rows: the rows, from what is asked for.
        loses: what it has no room for, or has otherwise than the record, a sentence each.
        merged: whether a row is an incident, of all reports that tell of it, unless claims are asked for.
        between: what stands between the parts of a list.
        status: whether it says of what did not happen that it did not.
        lost: for a row, the names of what it leaves out; None where it leaves out nothing that is counted.
    """

    name: str
    about: str
    row: str
    kind: Kind
    layouts: tuple[Layout, ...]
    extension: str
    fields: tuple[Field, ...]
    rows: Callable[[Any], Iterator[Any]]
    loses: tuple[str, ...]
    merged: bool = False
    between: str = "; "
    status: bool = True
    lost: Callable[[Any], tuple[str, ...]] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(field.name for field in self.fields)
