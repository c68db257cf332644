"""Times: TIMEX3 expressions, resolved against the day of publication. Knowledge: times/*.yaml, numbers.yaml."""

from readout.readers.times.reading import read_times

__all__ = ["read_times"]
