# SPDX-License-Identifier: MIT
"""Writes the C source of the extension `_ttsslice`: `build_extension.py CDEF OUTPUT`.

Run by Meson. The defaults of options stay where they are, in the `_INIT` macros of the headers;
each becomes a small function `init_NAME(struct *)`. This file is not in the package's folder, whose
module `select` would hide the one of Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cffi

STRUCTS = (
    "error",
    "loudness",
    "logger",
    "chunk_options",
    "generate_request",
    "service_options",
    "validate_options",
    "select_options",
    "selection",
    "concat_options",
    "clip",
    "dispatch_options",
    "handler_options",
    "server_options",
    "plan",
    "host",
    "run_options",
)


def main(cdef: str, output: str) -> None:
    """Reads the declarations in `cdef` and writes C to `output`."""
    builder = cffi.FFI()
    builder.cdef(Path(cdef).read_text(encoding="ascii"))
    source = ["#include <ttsslice/ttsslice.h>"]
    for name in STRUCTS:
        head = f"void init_{name}(ttsslice_{name} *out)"
        builder.cdef(head + ";")
        source.append(
            f"static {head} {{ *out = (ttsslice_{name})TTSSLICE_{name.upper()}_INIT; }}"
        )
    builder.set_source("ttsslice._ttsslice", "\n".join(source) + "\n")
    builder.emit_c_code(output)


if __name__ == "__main__":
    main(*sys.argv[1:])
