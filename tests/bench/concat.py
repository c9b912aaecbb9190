# SPDX-License-Identifier: MIT
"""Joining a chapter: 400 WAVs, 206 MB, 72 minutes, beside what people join with.

Every peer does the same work, but for `cat`, which is the floor: cut the quiet at both ends, fade
10 ms in and out, 300 ms of silence between. Times are by the clock, of whole processes, with warm
files, the best of some runs. pydub copies everything so far with every clip, so it is timed on 1,
40 and 120 clips and brought to 400 by the parabola through these.
"""
from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path

import common

CLIPS = 400
BYTES = 206e6
RATE = 24000
PAUSE_MS, FADE_MS = 300, 10
QUIET_DB = -50.0


# --- clips --------------------------------------------------------------------------------------


def speech(numpy, draw, seconds: float):
    """Noise with the rhythm of syllables, some pauses, and quiet ends."""
    frames = int(seconds * RATE)
    noise = draw.standard_normal(frames)
    noise = numpy.convolve(noise, [0.2, 0.5, 0.8, 0.5, 0.2], "same")
    at = numpy.arange(frames) / RATE
    syllables = 0.55 + 0.45 * numpy.sin(2 * numpy.pi * 4.3 * at + draw.uniform(0, 6))
    phrases = numpy.repeat(draw.uniform(0.3, 1.0, frames // RATE + 1), RATE)[:frames]
    sound = 0.09 * noise * syllables * phrases
    for end in (slice(None, int(draw.uniform(0.3, 0.4) * RATE)),
                slice(-int(draw.uniform(0.3, 0.4) * RATE), None)):
        sound[end] = 1e-4 * noise[end]
    return (numpy.clip(sound, -1, 1) * 32767).astype("<i2")


def make_clips(folder: Path) -> list[Path]:
    """The clips, written once."""
    import numpy
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{i:03}.wav" for i in range(CLIPS)]
    if (folder / "complete").exists():
        return paths
    draw = numpy.random.default_rng(20240229)
    seconds = 5 + 10 * draw.beta(1.34, 1, CLIPS)
    seconds *= (BYTES / 2 / RATE) / seconds.sum()
    for path, length in zip(paths, seconds):
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(speech(numpy, draw, length).tobytes())
    (folder / "complete").touch()
    return paths


# --- peers, each in a process of its own --------------------------------------------------------


def join_numpy(clips: list[str], out: str) -> None:
    """soundfile and numpy as people write it."""
    import numpy
    import soundfile
    ramp = 0.5 - 0.5 * numpy.cos(numpy.pi * numpy.arange(RATE * FADE_MS // 1000) /
                                 (RATE * FADE_MS // 1000))
    pause = numpy.zeros(RATE * PAUSE_MS // 1000, numpy.float32)
    parts = []
    for clip in clips:
        sound, _ = soundfile.read(clip, dtype="float32")
        window = RATE // 100
        peaks = numpy.abs(sound[:len(sound) // window * window]).reshape(-1, window).max(axis=1)
        loud = numpy.flatnonzero(peaks > 10 ** (QUIET_DB / 20))
        sound = sound[loud[0] * window:(loud[-1] + 1) * window]
        sound[:len(ramp)] *= ramp
        sound[-len(ramp):] *= ramp[::-1]
        parts += [sound, pause]
    soundfile.write(out, numpy.concatenate(parts[:-1]), RATE, subtype="PCM_16")


def join_pydub(clips: list[str], out: str) -> None:
    """pydub as its documentation shows it."""
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence
    whole = AudioSegment.empty()
    for clip in clips:
        sound = AudioSegment.from_wav(clip)
        start = detect_leading_silence(sound, QUIET_DB)
        end = detect_leading_silence(sound.reverse(), QUIET_DB)
        sound = sound[start:len(sound) - end].fade_in(FADE_MS).fade_out(FADE_MS)
        whole += sound
        whole += AudioSegment.silent(PAUSE_MS, RATE)
    whole.export(out, format="wav")


def join_sox(clips: list[str], out: str) -> None:
    """A process a clip, and one for all: sox cannot trim each of its inputs."""
    parts = []
    for i, clip in enumerate(clips):
        parts.append(f"{out}.{i:03}.wav")
        quiet = ["silence", "1", "0.01", f"{QUIET_DB}d"]
        subprocess.run(["sox", clip, parts[-1], *quiet, "reverse", *quiet, "fade", "h",
                        str(FADE_MS / 1000), "reverse", "fade", "h", str(FADE_MS / 1000), "pad",
                        "0", str(PAUSE_MS / 1000)], check=True)
    subprocess.run(["sox", *parts, out], check=True)
    for part in parts:
        Path(part).unlink()


def join_ffmpeg(clips: list[str], out: str) -> None:
    """One filter graph."""
    graph = []
    quiet = f"silenceremove=start_periods=1:start_threshold={QUIET_DB}dB"
    fade = f"afade=t=in:d={FADE_MS / 1000}"
    for i in range(len(clips)):
        graph.append(f"[{i}]{quiet},{fade},areverse,{quiet},{fade},areverse,"
                     f"apad=pad_dur={PAUSE_MS / 1000}[p{i}]")
    graph.append("".join(f"[p{i}]" for i in range(len(clips))) +
                 f"concat=n={len(clips)}:v=0:a=1")
    script = Path(f"{out}.graph")
    script.write_text(";\n".join(graph))
    inputs = [word for clip in clips for word in ("-i", clip)]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex_script", script, out],
                   check=True)
    script.unlink()


PEERS = {"numpy": join_numpy, "pydub": join_pydub, "sox": join_sox, "ffmpeg": join_ffmpeg}


# --- timing -------------------------------------------------------------------------------------


class Bench:
    """Runs programs under concat_child."""

    def __init__(self, build: Path, folder: Path) -> None:
        self.child = build / "tests/bench/concat_child"
        self.program = build / "tools/ttsslice"
        self.folder = folder
        self.out = folder / "out.wav"

    def alone(self, clips: list[Path]) -> tuple[float, float]:
        """The same join in a program that links nothing else."""
        return self.run([self.child.with_name("concat_alone"), self.out, str(PAUSE_MS),
                         str(FADE_MS), *clips], 3)

    def own_memory(self, clips: list[Path]) -> float:
        """MB that are the program's alone near the end of a join: what is neither a page of a file
        nor shared. It is asked of the kernel while the program waits for its output to be read."""
        with subprocess.Popen([self.program, "concat", "-o", "-", *clips],
                              stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            size, last = 0, b"-"
            while last and size < sum(clip.stat().st_size for clip in clips) * 0.9:
                last = process.stdout.read(1 << 20)
                size += len(last)
            status = Path(f"/proc/{process.pid}/status").read_text()
            while process.stdout.read(1 << 20):
                pass
        return int(status.split("RssAnon:")[1].split()[0]) / 1024

    def run(self, command: list[str | Path], repeats: int) -> tuple[float, float]:
        """Seconds of the best run, and most memory in MB."""
        runs = []
        for _ in range(repeats):
            done = subprocess.run([self.child, *command], capture_output=True, text=True)
            fields = done.stdout.split()
            if len(fields) != 4 or fields[3] != "0":
                sys.exit(f"{command[0]} failed: {done.stderr.strip()[-500:]}")
            runs.append((float(fields[0]), float(fields[2]) / 1024))
        return min(run[0] for run in runs), max(run[1] for run in runs)

    def join(self, clips: list[Path], *options: str, repeats: int = 5) -> tuple[float, float]:
        """The library, as users call it."""
        clip_list = self.folder / f"list{len(clips)}.jsonl"
        clip_list.write_text("".join(json.dumps({"audio": clip.name}) + "\n" for clip in clips))
        return self.run([self.program, "concat", "--pause-ms", str(PAUSE_MS), "--fade-ms",
                         str(FADE_MS), *options, "--list", clip_list, "-o", self.out], repeats)

    def peer(self, name: str, clips: list[Path], repeats: int = 1) -> tuple[float, float]:
        """A peer, in a fresh interpreter."""
        clip_list = self.folder / "peer.txt"
        clip_list.write_text("\n".join(map(str, clips)))
        return self.run([sys.executable, __file__, str(common.build_folder()), "--peer", name,
                         str(clip_list), str(self.folder / f"{name}.wav")], repeats)


def parabola(points: dict[int, float], at: float) -> float:
    """Value at `at` of the polynomial through the points (Lagrange)."""
    value = 0.0
    for x, y in points.items():
        for other in points:
            if other != x:
                y *= (at - other) / (x - other)
        value += y
    return value


def main() -> None:
    common.need(apt=["sox", "ffmpeg", "python3-numpy", "python3-soundfile", "python3-pydub"])
    build = common.build_folder()
    folder = build / "concat"
    clips = make_clips(folder)
    bench = Bench(build, folder)

    rows: list[tuple[str, float, float]] = []
    cat = ["sh", "-c", f"cat {folder}/[0-9]*.wav > {folder}/cat.bin"]
    bench.run(cat, 1)
    rows.append(("cat", *bench.run(cat, 5)))
    bench.join(clips, repeats=1)
    rows.append(("ttsslice", *bench.join(clips)))
    rows.append(("ttsslice, 40 clips", *bench.join(clips[:40])))
    rows.append(("the join alone, static", *bench.alone(clips)))
    rows.append(("the join alone, 40 clips", *bench.alone(clips[:40])))
    own_memory = bench.own_memory(clips)
    rows.append(("ttsslice --version", *bench.run([bench.program, "--version"], 3)))
    for target in ("measure", "-19"):
        rows.append((f"ttsslice --loudness {target}",
                     *bench.join(clips, "--loudness", target, repeats=3)))
    rows.append(("soundfile + numpy", *bench.peer("numpy", clips, 2)))
    rows.append(("sox, 401 processes", *bench.peer("sox", clips)))
    rows.append(("ffmpeg filter graph", *bench.peer("ffmpeg", clips)))
    rows.append(("pydub, by its square law", parabola(
        {count: bench.peer("pydub", clips[:count], 2)[0] for count in (1, 40, 120)}, CLIPS),
        float("nan")))

    bench.join(clips, repeats=1)
    done = subprocess.run([build / "tests/bench/concat_sound", bench.out], capture_output=True,
                          text=True, check=True)
    sound = {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}

    outputs = [*folder.glob("out.*"), folder / "cat.bin"]
    for made in [*outputs, *(folder / f"{name}.wav" for name in PEERS)]:
        made.unlink(missing_ok=True)

    seconds = {name: each for name, each, _ in rows}
    memory = {name: each for name, _, each in rows}
    common.table(("joining 400 clips", "seconds", "MB"),
                 [(name, f"{each:.3f}", "" if rss != rss else f"{rss:.1f}")
                  for name, each, rss in rows])
    print()
    common.table(("72 minutes in memory", "seconds of processor"),
                 [(name.replace("_", " "), f"{each:.3f}") for name, each in sound.items()])
    print("\nvs_cat and resample_vs_soxr: time of the library over that of the peer. vs_numpy, "
          "vs_pydub,\nvs_ffmpeg, vs_sox, ..._vs_ebur128: time of the peer over that of the library.")

    own = seconds["ttsslice"]
    true_peak = sound["with_true_peak"] - sound["loudness"]
    common.report(
        "concat",
        {
            "vs_cat": own / seconds["cat"],
            "vs_numpy": seconds["soundfile + numpy"] / own,
            "vs_pydub": seconds["pydub, by its square law"] / own,
            "vs_ffmpeg": seconds["ffmpeg filter graph"] / own,
            "vs_sox": seconds["sox, 401 processes"] / own,
            "rss_growth_mb_400_vs_40": memory["ttsslice"] - memory["ttsslice, 40 clips"],
            "rss_alone_growth_mb_400_vs_40":
                memory["the join alone, static"] - memory["the join alone, 40 clips"],
            "resample_vs_soxr": sound["resample"] / sound["resample_soxr"],
            "loudness_vs_ebur128": sound["loudness_ebur128"] / sound["loudness"],
            "true_peak_vs_ebur128":
                (sound["with_true_peak_ebur128"] - sound["loudness_ebur128"]) / true_peak,
        },
        {
            "ttsslice_s": own,
            "cat_s": seconds["cat"],
            "numpy_s": seconds["soundfile + numpy"],
            "sox_s": seconds["sox, 401 processes"],
            "ffmpeg_s": seconds["ffmpeg filter graph"],
            "pydub_s": seconds["pydub, by its square law"],
            "rss_mb": memory["ttsslice"],
            "rss_doing_nothing_mb": memory["ttsslice --version"],
            "rss_own_mb": own_memory,
            "rss_alone_mb": memory["the join alone, static"],
            "loudness_s": sound["loudness"],
            "true_peak_s": true_peak,
            "gain_s": sound["gain"],
            "resample_s": sound["resample"],
            "join_and_measure_s": seconds["ttsslice --loudness measure"],
            "join_with_loudness_s": seconds["ttsslice --loudness -19"],
        },
    )


if __name__ == "__main__":
    if "--peer" in sys.argv:
        _, _, _, peer, clip_list, out = sys.argv
        PEERS[peer](Path(clip_list).read_text().split("\n"), out)
    else:
        main()
