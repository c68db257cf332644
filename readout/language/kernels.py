"""Which routines multiply the pipeline's matrices, and on how many cores.

spaCy's own (BLIS) are slower on the pipeline's small matrices than OpenBLAS, which comes with NumPy: with it the bare parse takes about
six tenths of the time, and says the same of every word. More than one thread only adds to its cost: the matrices are too small to
share out, and several processes read side by side.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language

_FAST = frozenset({"openblas", "mkl"})  # NumPy may be built with a slow reference library instead


class Kernels:
    """Sets a pipeline's routines, once NumPy is loaded, and holds its threads down while it works."""

    def __init__(self) -> None:
        import numpy as np  # noqa: F401 - its library must be there to be found

        self._controller = ThreadpoolController().select(user_api="blas")
        self.fast = any(library["internal_api"] in _FAST for library in self._controller.info())

    def take_over(self, nlp: Language) -> None:
        """Has NumPy multiply the matrices of a pipeline; where NumPy's library is a slow one, or spaCy has one for the machine, nothing
        is changed."""
        from thinc.api import NumpyOps

        if not self.fast:
            return
        by_numpy = NumpyOps(use_blis=False)
        for _, component in nlp.pipeline:
            model = getattr(component, "model", None)
            for node in model.walk() if model is not None else ():
                if type(node.ops) is NumpyOps:
                    node.ops = by_numpy

    def on_one_core(self) -> AbstractContextManager[Any]:
        """While it is entered, matrices are multiplied on one core; what was set before holds again after it."""
        held: AbstractContextManager[Any] = self._controller.limit(limits=1)
        return held
