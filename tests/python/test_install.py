# SPDX-License-Identifier: MIT
"""The package as it gets to others: installed by Meson, as a wheel, over a library that is there."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ttsslice

ROOT = Path(__file__).parents[2]
BUILD, MESON = os.environ.get("TTSSLICE_BUILD"), os.environ.get("TTSSLICE_MESON")
CODE = "import ttsslice; print(ttsslice.__file__, ttsslice.chunk('It works.')[0].text)"

under_meson = pytest.mark.skipif(not BUILD or not MESON, reason="only under `meson test`")


def run(*command, cwd, **environment):
    """Runs a program; its output, or the test fails with what it said."""
    given = {**os.environ, "LD_PRELOAD": "", **environment}
    done = subprocess.run([str(each) for each in command], cwd=cwd, env=given, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=800)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder into which Meson has installed library, headers and package."""
    folder = tmp_path_factory.mktemp("installed")
    run(*shlex.split(MESON), "install", "-C", BUILD, "--no-rebuild", "--quiet", "--tags",
        "runtime,devel,python-runtime", "--destdir", folder, cwd=folder)
    return folder


@under_meson
def test_installed_package(installed):
    (library,) = installed.rglob("libttsslice.so.0")
    (package,) = installed.rglob("ttsslice/__init__.py")
    names = {path.name for path in package.parent.iterdir()}
    assert {"py.typed", "_ttsslice.pyi", "NOTICE"} <= names
    said = run(sys.executable, "-c", CODE, cwd=installed, PYTHONPATH=str(package.parent.parent),
               LD_LIBRARY_PATH=str(library.parent))
    assert said.strip() == f"{package} It works."
    assert Path(package).is_relative_to(installed)


@under_meson
def test_over_a_library_that_is_installed(installed, tmp_path):
    """Option system_library: the package alone, over what pkg-config finds."""
    (pc,) = installed.rglob("ttsslice.pc")
    (tmp_path / "ttsslice.pc").write_text(
        pc.read_text().replace("prefix=/", f"prefix={installed}/", 1))
    environment = {"PKG_CONFIG_PATH": str(tmp_path)}
    run(*shlex.split(MESON), "setup", tmp_path / "build", ROOT, "-Dsystem_library=true",
        f"-Dpython_path={sys.executable}", "-Dpython.install_env=auto", cwd=tmp_path, **environment)
    run("ninja", "-C", tmp_path / "build", cwd=tmp_path, **environment)
    made = [path.name for path in tmp_path.rglob("*.so*") if not path.is_dir()]
    assert made and all(name.startswith("_ttsslice") for name in made), made
    package = tmp_path / "build" / "bindings" / "python"
    said = run(sys.executable, "-c", CODE, cwd=tmp_path, PYTHONPATH=str(package),
               LD_LIBRARY_PATH=str(pc.parent.parent))
    assert said.strip() == f"{package / 'ttsslice' / '__init__.py'} It works."


@under_meson
def test_a_package_with_the_library_inside(tmp_path):
    """What `pip install .` puts into a wheel, on a machine without flite and PocketSphinx."""
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    arguments, meson = project["tool"]["meson-python"]["args"], shlex.split(MESON)
    run(*meson, "setup", tmp_path / "build", ROOT, *arguments["setup"], "-Dflite=disabled",
        "-Dsphinx=disabled", "-Dserver=disabled", "-Dbuildtype=plain",
        f"-Dpython_path={sys.executable}", cwd=tmp_path)
    run("ninja", "-C", tmp_path / "build", cwd=tmp_path)
    run(*meson, "install", "-C", tmp_path / "build", "--quiet", *arguments["install"],
        "--destdir", tmp_path / "wheel", cwd=tmp_path)
    (package,) = (path.parents[1] for path in (tmp_path / "wheel").rglob("ttsslice/__init__.py"))
    names = {path.name for path in (package / "ttsslice").iterdir()}
    assert {"libttsslice.so.0", "py.typed", "NOTICE", "_ttsslice.pyi"} <= names
    others = [path for path in (tmp_path / "wheel").rglob("*")
              if path.is_file() and not path.is_relative_to(package)]
    assert not others, "a wheel would have files outside of the package"
    shutil.rmtree(tmp_path / "build")
    lines = run("readelf", "-d", next((package / "ttsslice").glob("_ttsslice.*.so")), cwd=tmp_path)
    assert "[$ORIGIN]" in lines
    code = """
import ttsslice
assert not ttsslice.feature_supported("flite"), "this library is another one"
for make in (ttsslice.Generator.flite, ttsslice.Transcriber.sphinx, ttsslice.Handler,
             lambda: ttsslice.render("Rain.", "rain.wav")):
    try:
        make()
    except ttsslice.UnavailableError as problem:
        print(problem)
beep = lambda text, **params: (__import__("array").array("h", [9000, -9000] * 800), 8000)
assert ttsslice.render("Rain.", "rain.wav", generator=beep, transcriber=lambda *_: "Rain.").ok
"""
    said = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(package),
               LD_LIBRARY_PATH="").splitlines()
    assert len(said) == 4 and all("this build has no" in line for line in said), said


OLDER = """
#include <stdint.h>
int32_t ttsslice_version(void) { return %d; }
const char *ttsslice_version_string(void) { return "%s"; }
"""


@pytest.mark.parametrize("number, name, fails", [
    (1, "0.0.1", True), (100 + 9900, "1.0.0", True), (109, "0.1.9", False), (200, "0.2.0", False),
])
def test_an_older_library_is_refused(number, name, fails, tmp_path):
    compiler = shutil.which("cc") or pytest.skip("there is no compiler")
    assert ttsslice.__version__.startswith("0.1."), "adapt the numbers"
    if os.environ.get("LD_PRELOAD"):
        pytest.skip("something else is preloaded")
    (tmp_path / "older.c").write_text(OLDER % (number, name))
    run(compiler, "-shared", "-fPIC", "-o", "older.so", "older.c", cwd=tmp_path)
    done = subprocess.run([sys.executable, "-c", "import ttsslice"], cwd=tmp_path, text=True,
                          capture_output=True, env={**os.environ, "LD_PRELOAD": "./older.so"})
    assert bool(done.returncode) == fails, done.stderr
    if fails:
        assert f"built for libttsslice 0.1 and found {name}" in done.stderr
        assert done.stderr.splitlines()[-1].startswith("ImportError: ")


def test_a_library_without_a_function_is_refused(tmp_path):
    compiler = shutil.which("cc") or pytest.skip("there is no compiler")
    run(compiler, "-shared", "-fPIC", "-Wl,-soname,libttsslice.so.0", "-o", "libttsslice.so.0",
        "-x", "c", "/dev/null", cwd=tmp_path)
    done = subprocess.run([sys.executable, "-c", "import ttsslice"], cwd=tmp_path, text=True,
                          capture_output=True,
                          env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path), "LD_PRELOAD": ""})
    said = done.stderr.splitlines()[-1]
    assert "ImportError: ttsslice: the extension or libttsslice.so could not be loaded" in said
    assert "from the same source" in said
