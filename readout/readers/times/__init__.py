"""Times: TIMEX3 expressions, resolved against the day of publication. Knowledge: times/*.yaml, numbers.yaml."""

from readout.readers.times.reading import Expression, expressions, read_times

__all__ = ["Expression", "expressions", "read_times"]
