"""A real server on loopback over a real small record."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from sites import behind as behind
from sites import client as client
from sites import read_once as read_once
from sites import record as record
from sites import shared as shared
