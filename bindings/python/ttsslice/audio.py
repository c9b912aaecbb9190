# SPDX-License-Identifier: MIT
"""PCM audio in memory and in files.

Samples are signed 16-bit. Floating point is rounded once, on entry, in C. Samples come out
without a copy: a read-only view that keeps the audio alive by a reference of its own.
"""

from __future__ import annotations

import array
import functools
import math
import numbers
import operator
import struct
import sys
from dataclasses import dataclass
from typing import Any

from ttsslice import errors
from ttsslice._lib import Handle, Path, Text, calling, encode, own
from ttsslice._options import Arena
from ttsslice._ttsslice import ffi, lib


@functools.lru_cache(maxsize=1)
def optional_numpy() -> Any:
    """numpy, imported once samples have need of it; None where it is not installed."""
    try:
        import numpy
    except ImportError:
        return None
    return numpy


# Marks of the byte order of this machine in formats of buffers.
_NATIVE = "@=" + ("<" if sys.byteorder == "little" else ">")


@dataclass(frozen=True)
class Loudness:
    """How loud audio is. Where there is silence, levels are minus infinity."""

    integrated_lufs: float
    """Loudness of the whole (EBU R 128); minus infinity for anything below 400 ms or -70 LUFS."""
    range_lu: float
    """Loudness range (EBU Tech 3342); 0 below 3 s."""
    rms_db: float
    """RMS of all samples; a full-scale sine has -3.01."""
    noise_floor_db: float
    """RMS of the quietest half second."""
    sample_peak_db: float
    """Largest sample; full scale is 0."""
    true_peak_db: float
    """Largest value at and between the samples."""


class Audio(Handle):
    """Immutable audio, shareable between threads.

    `Audio(samples, sample_rate)` copies samples from anything with a buffer: numpy arrays, torch
    tensors, array.array, memoryview. 16-bit integers are taken as they are, floating point as -1
    to 1. One dimension, or (1, n), is mono; two are (frames, channels), for torch tensors
    (channels, frames). ArgumentError for shapes and rates that make no sense, TypeError for other
    kinds of samples, AudioError for NaN and infinity.
    """

    __slots__ = ("injected_defect",)

    injected_defect: str | None
    """What a damaged generator spoiled on purpose; None if nothing or unknown."""

    def __init__(self, samples: Any, sample_rate: int) -> None:
        view, channels = _view(samples)
        rate = _rate(sample_rate)
        kind = "f32" if view.format == "f" else "s16"
        data = ffi.from_buffer("float[]" if kind == "f32" else "int16_t[]", view)
        out = ffi.new("ttsslice_audio **")
        make = getattr(lib, f"ttsslice_audio_new_{kind}")
        with calling() as call:
            call.check(make(data, len(data) // channels, channels, rate, out, call.error))
        self._init(out[0])

    @classmethod
    def wrap(cls, samples: Any, sample_rate: int) -> Audio:
        """Audio over 16-bit samples that stay where they are, without a copy.

        Anything with a contiguous buffer of int16, (frames,), (1, frames) or (frames, channels),
        which is kept as long as it is needed and must not be changed meanwhile. TypeError for other kinds of
        samples, ArgumentError for a buffer with gaps.
        """
        view = _buffer(samples)
        if view.format.lstrip(_NATIVE) != "h":
            raise TypeError(
                f"samples of format {view.format!r} cannot be taken without a copy; give 16-bit "
                f"integers, or use Audio(samples, sample_rate)"
            )
        if not view.c_contiguous:
            raise errors.ArgumentError(
                "samples with gaps between them cannot be taken without a copy; use "
                "Audio(samples, sample_rate)"
            )
        shape, rate = view.shape or (), _rate(sample_rate)
        channels = 1 if len(shape) == 2 and shape[0] == 1 else _channels(shape)
        data = ffi.from_buffer("int16_t[]", view)
        handle = ffi.new_handle(data)
        out = ffi.new("ttsslice_audio **")
        with calling() as call:
            call.check(
                lib.ttsslice_audio_wrap_s16(
                    data, len(data) // channels, channels, rate, lib.ttspy_release, handle,
                    out, call.error,
                )
            )
        _wrapped[handle] = data
        return cls._from_pointer(out[0])

    def _init(self, pointer: Any) -> None:
        self._adopt(pointer, lib.ttsslice_audio_unref)
        self.injected_defect = None

    @classmethod
    def _from_pointer(cls, pointer: Any) -> Audio:
        """Takes over one reference."""
        audio = cls.__new__(cls)
        audio._init(pointer)
        return audio

    @classmethod
    def _borrow(cls, pointer: Any) -> Audio:
        """Takes a further reference."""
        return cls._from_pointer(lib.ttsslice_audio_ref(ffi.cast("ttsslice_audio *", pointer)))

    @classmethod
    def load(cls, path: Path) -> Audio:
        """Decodes a file: WAV, FLAC, Ogg, MP3 and whatever else libsndfile reads."""
        out = ffi.new("ttsslice_audio **")
        arena = Arena()
        with calling() as call:
            call.check(lib.ttsslice_audio_load(arena.path(path), out, call.error))
        return cls._from_pointer(out[0])

    @classmethod
    def decode(cls, data: Any) -> Audio:
        """Decodes a file held in memory (bytes or any buffer)."""
        if isinstance(data, str):
            raise TypeError("a file in memory is bytes, not str; decode_base64() takes text")
        out = ffi.new("ttsslice_audio **")
        with calling() as call, ffi.from_buffer(data) as content:
            call.check(lib.ttsslice_audio_decode(content, len(content), out, call.error))
        return cls._from_pointer(out[0])

    @classmethod
    def decode_base64(cls, text: Text) -> Audio:
        """The same for base64, plain or as a data URL, which is how handlers send audio."""
        data = encode(text)
        out = ffi.new("ttsslice_audio **")
        with calling() as call, ffi.from_buffer(data) as content:
            call.check(lib.ttsslice_audio_decode_base64(content, len(data), out, call.error))
        return cls._from_pointer(out[0])

    def encode(self, format: str = "wav") -> bytes:
        """The audio as a file: "wav", "flac", "opus", "vorbis" or "mp3"."""
        content, size = ffi.new("void **"), ffi.new("size_t *")
        arena = Arena()
        with calling() as call:
            call.check(
                lib.ttsslice_audio_encode(
                    self._ptr, arena.string(format, "format"), content, size, call.error
                )
            )
        try:
            return bytes(ffi.buffer(content[0], size[0]))
        finally:
            lib.ttsslice_free(content[0])

    def save(self, path: Path) -> None:
        """Writes a file; its ending gives the format. Either all of it is there or nothing is."""
        arena = Arena()
        with calling() as call:
            call.check(lib.ttsslice_audio_save(self._ptr, arena.path(path), call.error))

    def loudness(self, dual_mono: bool = False) -> Loudness:
        """Loudness and peaks. `dual_mono`: one channel counts as the two speakers that play it,
        3 LU more. UnavailableError in a build without libebur128."""
        arena = Arena()
        out = arena.struct("loudness")
        with calling() as call:
            call.check(lib.ttsslice_audio_loudness(self._ptr, bool(dual_mono), out, call.error))
        return loudness_from(out)

    @property
    def samples(self) -> memoryview:
        """Read-only view of the 16-bit samples: (frames,) if mono, else (frames, channels).

        It stays valid after this object is closed or gone.
        """
        if not self.frames:
            return memoryview(array.array("h")).toreadonly()
        reference = lib.ttsslice_audio_ref(self._ptr)

        def destroy(_: Any) -> None:
            lib.ttsslice_audio_unref(reference)

        owner = own(lib.ttsslice_audio_samples(reference), destroy)
        view = memoryview(ffi.buffer(owner, self.frames * self.channels * 2)).toreadonly()
        flat = view.cast("B")
        return flat.cast("h") if self.channels == 1 else flat.cast(
            "h", (self.frames, self.channels)
        )

    def numpy(self) -> Any:
        """The samples as a read-only numpy array of int16, without a copy. Needs numpy."""
        numpy = optional_numpy()
        if numpy is None:
            raise errors.UnavailableError("numpy is not installed; use .samples, or install numpy")
        return numpy.asarray(self.samples)

    def float32(self) -> Any:
        """A copy as floating point, -1 to 1: numpy array if numpy is installed, else array.array.

        Turning it back into Audio gives the same samples.
        """
        numpy = optional_numpy()
        if numpy is not None:
            return numpy.multiply(self.numpy(), numpy.float32(1 / 32768), dtype=numpy.float32)
        flat = self.samples.cast("B").cast("h") if self.frames else self.samples
        return array.array("f", (value / 32768 for value in flat))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        samples = self.numpy()
        if dtype is not None and dtype != samples.dtype:
            return samples.astype(dtype)
        return samples.copy() if copy else samples

    @property
    def frames(self) -> int:
        """Samples per channel."""
        return int(lib.ttsslice_audio_frames(self._ptr))

    @property
    def channels(self) -> int:
        """1 for mono."""
        return int(lib.ttsslice_audio_channels(self._ptr))

    @property
    def sample_rate(self) -> int:
        """Frames per second."""
        return int(lib.ttsslice_audio_sample_rate(self._ptr))

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return float(lib.ttsslice_audio_duration_s(self._ptr))

    @property
    def digest(self) -> int:
        """64-bit fingerprint of rate, channels and samples, equal in every process."""
        return int(lib.ttsslice_audio_digest(self._ptr))

    def __len__(self) -> int:
        return self.frames

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Audio):
            return NotImplemented
        return (self.sample_rate, self.channels, self.samples) == (
            other.sample_rate,
            other.channels,
            other.samples,
        )

    def __hash__(self) -> int:
        return self.digest

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (self.samples.tobytes(), self.channels, self.sample_rate)

    def __repr__(self) -> str:
        if self._owned is None:
            return "<Audio closed>"
        return f"<Audio {self.duration_s:.3f} s, {self.sample_rate} Hz, {self.channels} channel(s)>"


# What C was given without a copy, until it is released.
_wrapped: dict[Any, Any] = {}


@ffi.def_extern()
def ttspy_release(handle: Any) -> None:
    """ttsslice_release_fn."""
    _wrapped.pop(handle, None)


def loudness_from(item: Any) -> Loudness:
    """Copies a `ttsslice_loudness *`."""
    return Loudness(
        item.integrated_lufs,
        item.range_lu,
        item.rms_db,
        item.noise_floor_db,
        item.sample_peak_db,
        item.true_peak_db,
    )


def _unpickle(data: bytes, channels: int, sample_rate: int) -> Audio:
    flat = memoryview(data)
    return Audio(flat.cast("h", (len(data) // 2 // channels, channels)), sample_rate)


def _view(samples: Any) -> tuple[memoryview, int]:
    """Contiguous samples of format "h" or "f" in interleaved order, and the number of channels."""
    by_channel = hasattr(samples, "detach")  # a torch tensor: (channels, frames)
    if by_channel:
        samples = samples.detach().cpu()
        samples = (samples.float() if samples.is_floating_point() else samples).numpy()
    view = _buffer(samples.samples if isinstance(samples, Audio) else samples)
    kind = view.format.lstrip(_NATIVE)
    if kind not in ("h", "f", "d", "e"):
        raise TypeError(
            f"samples of format {view.format!r} are not audio; give 16-bit integers or floats"
        )
    shape: tuple[int, ...] = view.shape or ()
    if len(shape) not in (1, 2):
        raise errors.ArgumentError(f"samples have {len(shape)} dimensions; give one or two")
    by_channel = len(shape) == 2 and (by_channel or shape[0] == 1)
    if optional_numpy() is None:
        view = _plain(view, kind, by_channel)
    else:
        view = _array(view, kind, by_channel)
    return view, _channels(view.shape or ())


def _rate(value: Any) -> int:
    """A sample rate that fits into C, where the rest is checked."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        rate = operator.index(value)
    except TypeError:
        given = repr(value) if isinstance(value, float) else type(value).__name__
        raise TypeError(f"sample_rate must be a whole number, not {given}") from None
    if abs(rate) >= 2**31:
        raise errors.ArgumentError(f"sample_rate is {rate}, which is far out of range")
    return rate


def _buffer(samples: Any) -> memoryview:
    try:
        return memoryview(samples)
    except TypeError:
        raise TypeError(
            f"samples must offer a buffer (numpy array, tensor, array.array), not "
            f"{type(samples).__name__}"
        ) from None


def _channels(shape: tuple[int, ...]) -> int:
    channels = shape[1] if len(shape) == 2 else 1
    if len(shape) not in (1, 2):
        raise errors.ArgumentError(f"samples have {len(shape)} dimensions; give one or two")
    if not 1 <= channels <= lib.TTSSLICE_AUDIO_CHANNELS_MAX:
        raise errors.ArgumentError(
            f"samples of shape {tuple(shape)} would have {channels} channels; the shape is "
            f"(frames,) or (frames, channels) with at most {lib.TTSSLICE_AUDIO_CHANNELS_MAX}"
        )
    return channels


def _array(view: memoryview, kind: str, by_channel: bool) -> memoryview:
    numpy = optional_numpy()
    array_ = numpy.asarray(view)
    if by_channel:
        array_ = array_.T
    if kind in ("d", "e"):
        array_ = array_.astype(numpy.float32)
    return memoryview(numpy.ascontiguousarray(array_))


def _plain(view: memoryview, kind: str, by_channel: bool) -> memoryview:
    """The same without numpy."""
    shape: tuple[int, ...] = view.shape or ()
    if by_channel:
        if shape[0] != 1:
            raise errors.UnavailableError("several channels of a tensor need numpy; install it")
        shape = shape[1:]
    if kind in ("d", "e"):
        values = struct.unpack(f"={math.prod(shape)}{kind}", view.tobytes())
        flat, kind = memoryview(array.array("f", values)).cast("B"), "f"
    elif view.c_contiguous and view.format == kind:
        flat = view.cast("B")
    else:
        flat = memoryview(view.tobytes())
    cast: Any = flat.cast  # its stub wants literals
    shaped: memoryview = cast(kind) if len(shape) == 1 or not all(shape) else cast(kind, shape)
    return shaped


def audio_from(value: Any, what: str) -> Audio:
    """Audio from what a function of the application returned: Audio, or (samples, sample_rate)."""
    if isinstance(value, Audio):
        return value
    if isinstance(value, tuple) and len(value) == 2:
        samples, rate = value
        whole = isinstance(rate, float) or hasattr(rate, "__index__")
        if isinstance(samples, numbers.Number) or not whole:
            kinds = ", ".join(type(each).__name__ for each in value)
            raise TypeError(f"{what} returned ({kinds}); expected (samples, sample_rate)")
        return Audio(samples, rate)
    raise TypeError(
        f"{what} must return Audio or (samples, sample_rate), not {type(value).__name__}"
    )


def samples_for(audio: Audio) -> Any:
    """What a function of the application gets: floats in numpy, else the 16-bit view."""
    return audio.samples if optional_numpy() is None else audio.float32()
