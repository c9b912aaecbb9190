# SPDX-License-Identifier: MIT
"""The web page of docs/examples/flask_app, imported afresh for a test."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "flask_app"


def load():
    """The module `app`, with no narrations."""
    for name in ("app", "narration"):
        sys.modules.pop(name, None)
    sys.path.insert(0, str(FOLDER))
    try:
        return importlib.import_module("app")
    finally:
        sys.path.remove(str(FOLDER))


def unload(module) -> None:
    """Ends what it runs."""
    module.stop()
    module.pool.shutdown()
