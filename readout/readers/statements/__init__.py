"""Statements: who says, writes, believes or wants what, in quotation marks and without."""

from readout.readers.statements.reading import read_statements

__all__ = ["read_statements"]
