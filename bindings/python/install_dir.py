# SPDX-License-Identifier: MIT
"""Prints the folder below a prefix in which this interpreter looks for packages.

`install_dir.py PREFIX`. For a prefix that it does not look into at all, the folder is named as it
would be below one that it does, and has to be put on PYTHONPATH.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import PurePath


def main(prefix: str) -> str:
    """Returns an absolute path."""
    for entry in sys.path:
        path = PurePath(entry)
        if path.name in ("site-packages", "dist-packages") and path.parents[2] == PurePath(prefix):
            return entry
    return sysconfig.get_path("purelib", "posix_prefix", {"base": prefix, "platbase": prefix})


if __name__ == "__main__":
    print(main(sys.argv[1]))
