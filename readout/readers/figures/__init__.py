"""Figures: what is counted, how many, in what state, on whose count. Knowledge: figures/*.yaml, numbers.yaml."""

from readout.readers.figures.reading import read_figures

__all__ = ["read_figures"]
