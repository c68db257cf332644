"""Writes the bill of materials of a release, in CycloneDX: every locked package with its hashes, and the language model file by file.

    python releasing/sbom.py dist/readout-news.cdx.json

The packages come from locked/runtime.txt through cyclonedx-py, the well-kept tool for that; it knows nothing of models, which are added
here. The same lock and model give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "locked" / "runtime.txt"
MODEL = ROOT / "readout" / "language" / "model"


def packages() -> dict[str, Any]:
    """The bill of what is locked."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "sbom.json"
        command = [
            sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(LOCK), "--pyproject", str(ROOT / "pyproject.toml"),
            "--mc-type", "application", "--output-reproducible", "--of", "JSON", "--output-file", str(made),
        ]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        bill: dict[str, Any] = json.loads(made.read_text(encoding="utf-8"))
    return bill


def model() -> dict[str, Any]:
    """The language model as a component: its version, licence, and each of its files with its hash."""
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    files = [
        {
            "type": "file",
            "bom-ref": f"model/{path.relative_to(MODEL).as_posix()}",
            "name": path.relative_to(MODEL).as_posix(),
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        }
        for path in sorted(MODEL.rglob("*"))
        if path.is_file()
    ]
    return {
        "type": "machine-learning-model",
        "bom-ref": "model",
        "name": meta["name"],
        "version": meta["version"],
        "description": "tagger and parser of English, made by training/make.py; what it is trained on stands in training/README.md",
        "licenses": [{"license": {"id": "CC-BY-SA-4.0"}}],
        "components": files,
    }


def version() -> str:
    """Readout's own, as readout/version.py has it."""
    found: dict[str, str] = {}
    exec((ROOT / "readout" / "version.py").read_text(encoding="utf-8"), found)
    return found["__version__"]


def written() -> str:
    """The whole bill."""
    bill = packages()
    bill["metadata"]["component"]["version"] = version()
    bill["components"].append(model())
    refs = [component["bom-ref"] for component in bill["components"]]
    bill["dependencies"] = [
        {"ref": bill["metadata"]["component"]["bom-ref"], "dependsOn": sorted(refs)},
        *sorted(({"ref": ref} for ref in refs), key=lambda one: one["ref"]),
    ]
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")
