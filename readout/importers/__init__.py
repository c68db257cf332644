"""Makes files that readers use beside the built-in knowledge from what others publish: actors and gazetteers."""

from readout.importers.importing import IMPORTERS, Imported, import_file

__all__ = ["IMPORTERS", "Imported", "import_file"]
