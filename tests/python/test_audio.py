# SPDX-License-Identifier: MIT
"""Audio: samples in from any buffer, out without a copy."""

import array
import gc
import pickle
import struct

import pytest

import ttsslice
from ttsslice import Audio

numpy = pytest.importorskip("numpy")

RAMP = array.array("h", range(-800, 800))


def test_integers_are_taken_as_they_are():
    audio = Audio(RAMP, 8000)
    assert (audio.frames, audio.channels, audio.sample_rate) == (1600, 1, 8000)
    assert audio.duration_s == 0.2
    assert audio.samples.tolist() == RAMP.tolist()
    assert len(audio) == 1600


def test_floats_are_rounded_once():
    values = [0.0, 0.5, -0.5, 1.0, -1.0, 2.0, 1.5 / 32768, 2.5 / 32768]
    expected = [0, 16384, -16384, 32767, -32768, 32767, 2, 2]
    for kind in ("f4", "f8"):
        assert Audio(numpy.array(values, kind), 8000).samples.tolist() == expected
    assert Audio(array.array("d", values), 8000).samples.tolist() == expected
    assert Audio(array.array("f", values), 8000).samples.tolist() == expected


def test_floats_come_back_exactly():
    audio = Audio(RAMP, 8000)
    assert Audio(audio.float32(), 8000) == audio


def test_shapes():
    mono = numpy.arange(100, dtype="i2")
    assert Audio(mono[None, :], 8000) == Audio(mono, 8000) == Audio(mono[:, None], 8000)
    stereo = Audio(mono.reshape(50, 2), 8000)
    assert (stereo.frames, stereo.channels) == (50, 2)
    assert stereo.samples.shape == (50, 2)
    assert stereo.numpy().tolist() == mono.reshape(50, 2).tolist()
    assert Audio(mono[::2], 8000).samples.tolist() == mono[::2].tolist()


class Tensor:
    """As much of a torch tensor as matters: (channels, frames), possibly on a device."""

    def __init__(self, values):
        self.values = values

    def detach(self):
        return self

    cpu = float = detach

    def is_floating_point(self):
        return self.values.dtype.kind == "f"

    def numpy(self):
        return self.values


def test_tensors_are_by_channel():
    values = numpy.arange(20, dtype="f4").reshape(2, 10) / 32768
    audio = Audio(Tensor(values), 8000)
    assert (audio.frames, audio.channels) == (10, 2)
    assert audio.samples.tolist() == [[i, i + 10] for i in range(10)]
    assert Audio(Tensor(values[:1]), 8000).samples.tolist() == list(range(10))


@pytest.mark.parametrize("samples", [[1, 2], "abc", b"ab", numpy.arange(4), object()])
def test_what_is_not_samples(samples):
    with pytest.raises(TypeError):
        Audio(samples, 8000)


def test_shapes_and_values_that_make_no_sense():
    with pytest.raises(ttsslice.ArgumentError, match="channels"):
        Audio(numpy.zeros((2, 500), "f4"), 8000)
    with pytest.raises(ttsslice.ArgumentError, match="dimensions"):
        Audio(numpy.zeros((2, 2, 2), "f4"), 8000)
    with pytest.raises(ttsslice.ArgumentError):
        Audio(RAMP, 7)
    with pytest.raises(ttsslice.AudioError):
        Audio(numpy.array([0.0, numpy.nan], "f4"), 8000)


def test_views_outlive_their_owner():
    audio = Audio(RAMP, 8000)
    view, samples = audio.samples, audio.numpy()
    audio.close()
    del audio
    gc.collect()
    noise = [Audio(numpy.full(1600, 77, "i2"), 8000) for _ in range(50)]
    assert view.tolist() == samples.tolist() == RAMP.tolist()
    assert noise[0].frames == 1600


def test_views_are_read_only_and_not_copies():
    audio = Audio(RAMP, 8000)
    assert audio.samples.readonly and not audio.numpy().flags.writeable
    assert audio.numpy().ctypes.data == audio.numpy().ctypes.data
    with pytest.raises(TypeError):
        audio.samples[0] = 1
    assert numpy.asarray(audio).dtype == numpy.int16


def test_closed():
    audio = Audio(RAMP, 8000)
    with audio:
        pass
    audio.close()
    for use in (lambda: audio.samples, lambda: audio.frames, lambda: audio.save("x.wav")):
        with pytest.raises(ValueError, match="closed"):
            use()
    with pytest.raises(ValueError):
        with audio:
            pass
    assert "closed" in repr(audio)


@pytest.mark.parametrize("ending", ["wav", "flac"])
def test_files(tmp_path, ending):
    audio = Audio(RAMP, 16000)
    path = tmp_path / f"clip.{ending}"
    audio.save(path)
    assert Audio.load(path) == Audio.load(str(path)) == audio
    content = path.read_bytes()
    assert Audio.decode(content) == Audio.decode(bytearray(content)) == audio
    assert audio.encode(ending) == content
    assert audio.digest == Audio.decode(content).digest
    assert hash(audio) == hash(Audio.load(path))


def test_file_errors(tmp_path):
    audio = Audio(RAMP, 16000)
    with pytest.raises(ttsslice.FileError) as caught:
        Audio.load(tmp_path / "none.wav")
    assert isinstance(caught.value, OSError)
    with pytest.raises(ttsslice.FileError):
        audio.save(tmp_path / "no" / "where.wav")
    with pytest.raises(ttsslice.AudioError):
        Audio.decode(b"<html>no</html>")
    with pytest.raises(ttsslice.ArgumentError):
        audio.encode("mp9")
    with pytest.raises(ValueError, match="NUL"):
        audio.save("a\0b.wav")
    assert list(tmp_path.iterdir()) == []


def test_no_frames():
    empty = Audio(array.array("h"), 8000)
    assert empty.samples.tolist() == [] and empty.frames == 0


def test_pickle_and_equality():
    audio = Audio(RAMP, 16000)
    assert pickle.loads(pickle.dumps(audio)) == audio
    assert audio != Audio(RAMP, 8000)
    assert audio != "audio"


def test_without_numpy(monkeypatch):
    monkeypatch.setitem(Audio.numpy.__globals__, "optional_numpy", lambda: None)
    audio = Audio(array.array("f", [0.25, -0.25]), 8000)
    assert audio.samples.tolist() == [8192, -8192]
    assert Audio(array.array("d", [0.25]), 8000).samples.tolist() == [8192]
    assert list(audio.float32()) == [0.25, -0.25]
    flat = memoryview(struct.pack("=4h", 1, 2, 3, 4))
    assert Audio(flat.cast("h", (2, 2)), 8000).samples.tolist() == [[1, 2], [3, 4]]
    assert Audio(flat.cast("h", (1, 4)), 8000).samples.tolist() == [1, 2, 3, 4]
    with pytest.raises(ttsslice.UnavailableError, match="numpy"):
        audio.numpy()


def test_loudness():
    if not ttsslice.feature_supported("ebur128"):
        pytest.skip("this build has no libebur128")
    seconds = numpy.arange(5 * 24000) / 24000
    sine = Audio(0.1 * numpy.sin(2 * numpy.pi * 1000 * seconds), 24000)
    measured = sine.loudness()
    assert measured.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert measured.rms_db == pytest.approx(-23.01, abs=0.01)
    assert measured.noise_floor_db == pytest.approx(-23.01, abs=0.01)
    assert measured.true_peak_db == pytest.approx(-20.0, abs=0.1)
    assert measured.range_lu == pytest.approx(0.0, abs=0.1)
    assert sine.loudness(dual_mono=True).integrated_lufs == pytest.approx(
        measured.integrated_lufs + 3.01, abs=0.01
    )


def test_loudness_of_silence():
    if not ttsslice.feature_supported("ebur128"):
        pytest.skip("this build has no libebur128")
    measured = Audio(array.array("h", [0] * 8000), 8000).loudness()
    assert measured.integrated_lufs == measured.true_peak_db == -float("inf")
