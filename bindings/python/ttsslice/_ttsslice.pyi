# The generated extension: declarations of _cdef.h as CFFI objects.
from typing import Any

ffi: Any
lib: Any
