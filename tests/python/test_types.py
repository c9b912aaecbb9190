# SPDX-License-Identifier: MIT
"""The package is typed: mypy accepts it, and finds the mistakes of those who use it."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A line with a comment is wrong, and the comment is what mypy should say.
PROGRAM = '''
import ttsslice


def generate(text: str, **params: object) -> tuple[memoryview, int]:
    return memoryview(b""), 16000


result = ttsslice.render("Rain.", "rain.wav", generator=generate, plan="slice0", n_candidates=2)
score: float | None = result.chunks[0].score
scores: list[float] = [result.chunks[0].score]  # list-item
ttsslice.render("Rain.", "rain.wav", max_retry=1)  # Unexpected keyword
ttsslice.render(3, "rain.wav")  # arg-type
audio = ttsslice.Audio.wrap(b"", 16000)
audio.sample_rate = 3  # read-only
chunk: str = ttsslice.chunk("Rain.")[0]  # assignment
kind: ttsslice.DefectKind = ttsslice.validate("a", "b").defects[0].kind
error: ValueError = ttsslice.ArgumentError("no")
wrong: OSError = ttsslice.ArgumentError("no")  # assignment
model = ttsslice.RemoteModel("http://127.0.0.1:8000/v2/local")
rate: int = model.sr
ttsslice.RemoteModel(3)  # arg-type
key = ttsslice.Secret("sk-123")
ttsslice.RemoteModel(api_key=key)
ttsslice.render("Rain.", b"rain.wav", api_key=key, journal=b"folder")
ttsslice.Transcriber.openai(api_key=3)  # arg-type


async def narrate() -> str:
    with ttsslice.Run("Rain.", generator=generate) as run:
        async for progress in run.watch("rain.wav"):
            done: int = progress.done
        await run.execute_async("rain.wav")
    async with ttsslice.Run("Rain.") as other:
        other = 3  # assignment
    made = await ttsslice.generate_voiceover_optimized_async("Rain.", "folder", plan="slice5")
    text: bytes = made.path  # assignment
    return made.path
'''


@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed")
def test_mypy(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-pretty",
         "--cache-dir", str(tmp_path / "cache"), "bindings/python/ttsslice", str(program)],
        cwd=ROOT, capture_output=True, text=True, timeout=800, env={**os.environ, "LD_PRELOAD": ""},
    )
    wrong = {number: line.partition("  # ")[2] for number, line in
             enumerate(PROGRAM.splitlines(), 1) if "  # " in line}
    found = {}
    for line in done.stdout.splitlines():
        at = re.search(rf"{program.name}:(\d+): error: (.*)", line)
        assert at or ": note:" in line, line
        if at:
            found[int(at[1])] = at[2]
    assert found.keys() == wrong.keys(), done.stdout
    for number, said in wrong.items():
        assert said in found[number]


def test_the_marker_is_there():
    import ttsslice

    assert (Path(ttsslice.__file__).parent / "py.typed").exists()
