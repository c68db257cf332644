"""Status: whether a predicate happened, is planned, refused, denied or only feared."""

from readout.readers.status.judgement import Judgement, Operator
from readout.readers.status.judging import judge
from readout.readers.status.reading import read_status

__all__ = ["Judgement", "Operator", "judge", "read_status"]
