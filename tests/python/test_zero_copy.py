# SPDX-License-Identifier: MIT
"""Audio crosses the border in place: addresses and the allocator say so."""

import ctypes
import gc
import subprocess
import sys
import threading
import tracemalloc
import weakref
from array import array

import pytest

import ttsslice
from conftest import tone
from test_async import Held
from ttsslice import Audio
from ttsslice._ttsslice import ffi, lib

numpy = pytest.importorskip("numpy")

FRAMES = 640_000  # 1.28 MB: 40 s at 16 kHz
BYTES = 2 * FRAMES


def address_of(audio):
    return int(ffi.cast("uintptr_t", lib.ttsslice_audio_samples(audio._ptr)))


class _Mallinfo2(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
        "fordblks", "keepcost")]


def allocated():
    """Bytes that are in use from malloc."""
    function = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if function is None:
        pytest.skip("this C library does not count")
    function.restype = _Mallinfo2
    info = function()
    return info.uordblks + info.hblkhd


def test_out_and_in_without_a_copy():
    samples = (numpy.arange(FRAMES) % 999).astype(numpy.int16)
    gc.collect()
    before = allocated()
    tracemalloc.start()
    audio = Audio.wrap(samples, 16000)
    view, seen = audio.samples, audio.numpy()
    again = Audio.wrap(seen, 16000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    grown = allocated() - before
    address = samples.ctypes.data
    assert address_of(audio) == address_of(again) == seen.ctypes.data == address
    assert ctypes.addressof(ctypes.c_char.from_buffer(samples)) == address
    assert view.nbytes == seen.nbytes == samples.nbytes == BYTES
    assert peak < 64_000 and grown < 256_000, "somebody copied"
    assert not seen.flags.writeable and audio == again


def test_the_counter_sees_a_copy():
    samples = numpy.zeros(FRAMES, numpy.int16)
    before = allocated()
    audio = Audio(samples, 16000)
    assert allocated() - before >= BYTES and address_of(audio) != samples.ctypes.data


def test_what_a_generator_made_is_not_copied():
    made = []

    def generate(text, **params):
        made.append(Audio.wrap(numpy.ones(FRAMES, numpy.int16), 16000))
        return made[-1]

    taken = ttsslice.Generator.host(generate).generate("Rain.")
    assert address_of(taken) == address_of(made[0])


@pytest.mark.parametrize("samples, shape", [
    (array("h", [1, 2, 3]), (3, 1)),
    (numpy.array([[1, 2], [3, 4], [5, 6]], numpy.int16), (3, 2)),
    (numpy.array([[1, 2, 3, 4, 5]], numpy.int16), (5, 1)),
    (memoryview(bytes(8)).cast("h"), (4, 1)),
    (array("h"), (0, 1)),
    (numpy.zeros((0, 2), numpy.int16), (0, 2)),
])
def test_any_buffer(samples, shape):
    audio = Audio.wrap(samples, 8000)
    assert (audio.frames, audio.channels) == shape and audio == Audio(samples, 8000)
    assert bytes(audio.samples) == bytes(memoryview(samples))


@pytest.mark.parametrize("samples, error, match", [
    (numpy.zeros(4, numpy.float32), TypeError, "without a copy"),
    (numpy.zeros(4, numpy.uint16), TypeError, "without a copy"),
    (b"abcd", TypeError, "without a copy"),
    ([1, 2], TypeError, "must offer a buffer"),
    (None, TypeError, "must offer a buffer"),
    (numpy.zeros(8, numpy.int16)[::2], ttsslice.ArgumentError, "gaps"),
    (numpy.zeros((4, 2), numpy.int16).T, ttsslice.ArgumentError, "gaps"),
    (numpy.zeros((4, 9), numpy.int16), ttsslice.ArgumentError, "9 channels"),
    (numpy.zeros((2, 2, 2), numpy.int16), ttsslice.ArgumentError, "3 dimensions"),
    (numpy.zeros((4, 0), numpy.int16), ttsslice.ArgumentError, "0 channels"),
    (numpy.array(3, numpy.int16), ttsslice.ArgumentError, "0 dimensions"),
])
def test_bad_input(samples, error, match):
    with pytest.raises(error, match=match):
        Audio.wrap(samples, 8000)
    with pytest.raises(ttsslice.ArgumentError, match="sample_rate"):
        Audio.wrap(array("h", [1]), 1)
    assert not ttsslice.audio._wrapped


class Samples(numpy.ndarray):
    """An array whose end can be seen."""


def test_lifetimes():
    samples = numpy.arange(1000, dtype=numpy.int16).view(Samples)
    seen = weakref.ref(samples)
    audio = Audio.wrap(samples, 8000)
    del samples
    gc.collect()
    assert seen() is not None and audio.samples[999] == 999
    view, wrapped = audio.samples, audio.numpy()
    audio.close()
    del audio
    gc.collect()
    assert view[999] == wrapped[999] == 999, "a view outlives its owner"
    del view
    gc.collect()
    assert seen() is not None and wrapped[998] == 998
    del wrapped
    gc.collect()
    assert seen() is None and not ttsslice.audio._wrapped


def test_a_wrapped_array_cannot_be_resized():
    samples = array("h", [1, 2, 3])
    audio = Audio.wrap(samples, 8000)
    with pytest.raises(BufferError):
        samples.append(4)
    audio.close()
    samples.append(4)


def test_audio_at_the_end_of_the_process():
    code = ("import ttsslice, array; a = ttsslice.Audio.wrap(array.array('h', [1] * 9), 8000); "
            "v = a.samples; print(v[8])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_the_interpreter_goes_on_while_c_works():
    """One thread waits in C for the lock of a generator that another one uses."""
    model = Held()
    generator = ttsslice.Generator.host(model)
    begun = threading.Barrier(3)

    def work():
        begun.wait(300)
        generator.generate("Rain.")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    begun.wait(300)
    assert model.entered.wait(300)
    model.release.set()
    for thread in threads:
        thread.join(300)
        assert not thread.is_alive()


def test_floats_are_converted_in_one_pass():
    audio = Audio(*tone("Rain.", seed=1))
    floats = audio.float32()
    assert floats.dtype == numpy.float32 and floats.flags.owndata and Audio(floats, 8000) == audio
