"""Exports: reports in, other shapes out."""
