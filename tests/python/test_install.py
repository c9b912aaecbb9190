# SPDX-License-Identifier: MIT
"""The package as `meson install` puts it, imported from there."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CODE = "import ttsslice; print(ttsslice.__file__, ttsslice.chunk('It works.')[0].text)"


def test_installed_package(tmp_path):
    build, meson = os.environ.get("TTSSLICE_BUILD"), os.environ.get("TTSSLICE_MESON")
    if not build or not meson:
        pytest.skip("only under `meson test`")
    subprocess.run(
        [*shlex.split(meson), "install", "-C", build, "--no-rebuild", "--quiet",
         "--tags", "runtime,python-runtime", "--destdir", str(tmp_path)],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "LD_PRELOAD": ""},
    )
    (library,) = tmp_path.rglob("libttsslice.so.0")
    (package,) = tmp_path.rglob("ttsslice/__init__.py")
    assert {"py.typed", "_ttsslice.pyi"} <= {path.name for path in package.parent.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(package.parent.parent),
             "LD_LIBRARY_PATH": str(library.parent)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{package} It works."
    assert Path(package).is_relative_to(tmp_path)
