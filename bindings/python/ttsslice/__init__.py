# SPDX-License-Identifier: MIT
"""Long text in, validated speech out, one slice at a time.

    text --chunk--> chunks --dispatch--> candidates --validate--> verdicts
         --select--> takes --concat--> audio and timeline

Every slice is a function that can be used alone; `render()` does all of it, and `handle_job()` is
the other end. See docs/python.md.
"""

try:
    from ttsslice._ttsslice import ffi as _ffi
    from ttsslice._ttsslice import lib as _lib_c
except ImportError as _problem:
    raise ImportError(
        f"ttsslice: the extension or libttsslice.so could not be loaded ({_problem}); build or "
        f"install both from the same source"
    ) from _problem


def _check_library() -> str:
    """Version of the library, once it is known to be no older than what this was built for."""
    found = _lib_c.ttsslice_version()
    text = str(_ffi.string(_lib_c.ttsslice_version_string()).decode())
    major, minor = _lib_c.TTSSLICE_VERSION_MAJOR, _lib_c.TTSSLICE_VERSION_MINOR
    if found // 10000 != major or found // 100 % 100 < minor:
        raise ImportError(
            f"ttsslice: this package was built for libttsslice {major}.{minor} and found {text}; "
            f"update the library, or remove the old one from the library path"
        )
    return text


__version__ = _check_library()

from ttsslice.audio import Audio, Loudness  # noqa: E402
from ttsslice.engine import (  # noqa: E402
    Generator,
    Transcriber,
    Transcript,
    Word,
    seed,
)
from ttsslice.errors import (  # noqa: E402
    ArgumentError,
    AudioError,
    AuthError,
    CallbackError,
    Cancelled,
    EmptyError,
    EmptyResultError,
    EndpointError,
    EngineError,
    Error,
    FileError,
    HttpError,
    Exhausted,
    Incomplete,
    InternalError,
    JobError,
    LimitError,
    NetworkError,
    NoSpaceError,
    OutOfMemoryError,
    ProtocolError,
    RemoteError,
    ResourceError,
    TakeError,
    TextError,
    TimedOutError,
    UnavailableError,
)
from ttsslice.handler import Handler, Server, handle_job  # noqa: E402
from ttsslice.progress import Progress  # noqa: E402
from ttsslice.plan import Place, Plan  # noqa: E402
from ttsslice.redo import redo  # noqa: E402
from ttsslice.result import CandidateResult, ChunkResult, Result, Take  # noqa: E402
from ttsslice.run import Run, RunOptions, render, render_async  # noqa: E402
from ttsslice.bisect import Bisection, Difference, Step, bisect, compare  # noqa: E402
from ttsslice.dispatch import (  # noqa: E402
    Dispatcher,
    JobResult,
    ScheduleOptions,
    Totals,
    dispatch,
    health,
)
from ttsslice.model import RemoteModel  # noqa: E402
from ttsslice.secret import Secret  # noqa: E402
from ttsslice.validate import (  # noqa: E402
    AlignedWord,
    Defect,
    DefectKind,
    Rule,
    Verdict,
    ratio,
    validate,
)
from ttsslice.voiceover import (  # noqa: E402
    generate_voiceover_optimized,
    generate_voiceover_optimized_async,
)
from ttsslice.concat import (  # noqa: E402
    BadClip,
    Clip,
    Join,
    JoinOptions,
    TimedWord,
    Timeline,
    TimelineEntry,
    Trim,
    concat,
    stream,
)
from ttsslice.select import (  # noqa: E402
    Candidate,
    OnExhaustion,
    Policy,
    Reason,
    Selection,
    Takes,
    select,
)
from ttsslice.chunk import (  # noqa: E402
    Boundary,
    Break,
    Chunk,
    Chunks,
    Packing,
    chunk,
    explain,
    language_supported,
    sentences,
)


def feature_supported(feature: str) -> bool:
    """Whether the library has an optional part: "flite", "sphinx", "server", "soxr", "ebur128",
    "icu"."""
    return bool(_lib_c.ttsslice_feature_supported(feature.encode()))


__all__ = [
    "AlignedWord",
    "ArgumentError",
    "Audio",
    "AudioError",
    "AuthError",
    "BadClip",
    "Bisection",
    "Boundary",
    "Break",
    "CallbackError",
    "Cancelled",
    "Candidate",
    "CandidateResult",
    "Chunk",
    "ChunkResult",
    "Chunks",
    "Clip",
    "Defect",
    "DefectKind",
    "Difference",
    "Dispatcher",
    "EmptyError",
    "EmptyResultError",
    "EndpointError",
    "EngineError",
    "Error",
    "Exhausted",
    "FileError",
    "Generator",
    "Handler",
    "HttpError",
    "Incomplete",
    "InternalError",
    "JobError",
    "JobResult",
    "Join",
    "JoinOptions",
    "LimitError",
    "Loudness",
    "NetworkError",
    "NoSpaceError",
    "OnExhaustion",
    "OutOfMemoryError",
    "Packing",
    "Place",
    "Plan",
    "Policy",
    "Progress",
    "ProtocolError",
    "Reason",
    "RemoteError",
    "RemoteModel",
    "ResourceError",
    "Result",
    "Rule",
    "Run",
    "RunOptions",
    "ScheduleOptions",
    "Secret",
    "Selection",
    "Server",
    "Step",
    "Take",
    "TakeError",
    "Takes",
    "TextError",
    "TimedOutError",
    "TimedWord",
    "Timeline",
    "TimelineEntry",
    "Totals",
    "Transcriber",
    "Transcript",
    "Trim",
    "UnavailableError",
    "Verdict",
    "Word",
    "bisect",
    "chunk",
    "compare",
    "concat",
    "dispatch",
    "explain",
    "feature_supported",
    "generate_voiceover_optimized",
    "generate_voiceover_optimized_async",
    "handle_job",
    "health",
    "language_supported",
    "ratio",
    "redo",
    "render",
    "render_async",
    "seed",
    "select",
    "sentences",
    "stream",
    "validate",
]
