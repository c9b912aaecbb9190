# SPDX-License-Identifier: MIT
"""Jobs and their answers on disk: an endpoint that records, and one that plays back offline.

Both are small servers on the loopback address that speak the protocol of the endpoint, so that a
run against them goes through the same code as ever. A recording is one file for each job, named
by the SHA-256 of its input. What tells nothing about the audio (`request_id`) and what may be a
secret (the query of a URL) is neither hashed nor kept; headers are handed on and forgotten.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import tempfile
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ttsslice import errors

S = TypeVar("S", bound="_Endpoint")
Answer = tuple[int, bytes]

# As the library allows for one request, and a job's longest answer.
REQUEST_TIMEOUT_S = 60.0
BODY_MAX = 64 * 1024 * 1024

_HANDED_ON = ("Authorization", "Content-Type", "Accept")
_URL = re.compile(r"^https?://[^?#]*")


def content_of(job: dict[str, Any]) -> dict[str, Any]:
    """A job's input as it is recorded: without its number, and without secrets."""
    kept = {name: value for name, value in job.items() if name != "request_id"}
    for name, value in kept.items():
        found = _URL.match(value) if isinstance(value, str) and name.endswith("_url") else None
        if found:
            kept[name] = found[0]
    prompt = kept.get("audio_prompt_base64")
    if isinstance(prompt, str):
        kept["audio_prompt_base64"] = "sha256:" + hashlib.sha256(prompt.encode()).hexdigest()
    return kept


def name_of(job: dict[str, Any]) -> str:
    """The name of a job's recording, without its ending."""
    text = json.dumps(content_of(job), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def described(job: dict[str, Any]) -> str:
    """A job in a few words, for messages."""
    text = str(job.get("text", ""))
    short = text if len(text) <= 60 else text[:57] + "..."
    rest = [f"{name} {job[name]}" for name in ("slice", "seed", "candidate", "attempt")
            if name in job]
    return ", ".join([json.dumps(short, ensure_ascii=False), *rest])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65536  # head and body leave together
    server: _Endpoint

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_MAX:
            self.close_connection = True
            status, body = 413, _json({"error": "the request is too long"})
        else:
            sent = self.rfile.read(length)
            path = self.path.removeprefix(self.server.prefix)
            headers = {name: self.headers[name] for name in _HANDED_ON if name in self.headers}
            status, body = self.server.answer(self.command, path, sent, headers)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the client logs what matters."""


class _Endpoint(ThreadingHTTPServer):
    """A server on a free port of the loopback address, in threads of its own, until `close()`."""

    daemon_threads = True
    prefix = "/v2/recording"
    request_queue_size = 128

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = Path(folder)
        self._turn = threading.Lock()  # of what the server's threads change
        self._thread = threading.Thread(target=self.serve_forever, daemon=True, name="ttsslice")
        self._thread.start()

    @property
    def endpoint(self) -> str:
        """The prefix to give to `render()`."""
        return f"http://127.0.0.1:{self.server_address[1]}{self.prefix}"

    def answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Status and JSON for one request; `path` is what stands behind the prefix."""
        raise NotImplementedError

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is none of our business."""

    def close(self) -> None:
        """Stops serving."""
        self.shutdown()
        self.server_close()
        self._thread.join()

    def __exit__(self, *_: object) -> None:
        self.close()

    def __enter__(self: S) -> S:
        return self


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _input_of(body: bytes) -> dict[str, Any] | None:
    try:
        sent = json.loads(body)
    except ValueError:
        return None
    job = sent.get("input") if isinstance(sent, dict) else None
    return job if isinstance(job, dict) else None


def _id_of(path: str) -> str | None:
    found = re.fullmatch(r"/(?:status|status-sync|cancel)/([^/?]+)(?:\?.*)?", path)
    return found[1] if found else None


class Recorder(_Endpoint):
    """Hands every request on to `upstream` and keeps in `folder` what became of each job.

    `recorded` counts the files that were written. A job that is recorded again replaces its file.
    """

    def __init__(self, folder: str | os.PathLike[str], upstream: str) -> None:
        if urlsplit(upstream).scheme not in ("http", "https"):
            raise errors.EndpointError(f"{upstream!r} is no http or https URL to record from")
        Path(folder).mkdir(parents=True, exist_ok=True)
        self.upstream = upstream.rstrip("/")
        self.recorded = 0
        self._jobs: dict[str, dict[str, Any]] = {}  # by the id that upstream gave them
        super().__init__(folder)

    def answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        status, answer = self._ask(method, path, body, headers)
        job = _input_of(body) if path == "/run" else None
        key = _id_of(path)
        try:
            said = json.loads(answer)
        except ValueError:
            return status, answer
        if job is not None and isinstance(said, dict) and isinstance(said.get("id"), str):
            with self._turn:
                self._jobs[said["id"]] = job
        elif key in self._jobs and isinstance(said, dict):
            self._keep(self._jobs[key], said, headers)
        return status, answer

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        request = urllib.request.Request(
            self.upstream + path, method=method, headers=headers,
            data=body if method == "POST" else None,
        )
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_TIMEOUT_S) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()
        except (OSError, http.client.HTTPException) as problem:
            return 502, _json({"error": f"{self.upstream} cannot be reached: {problem}"})

    def _keep(self, job: dict[str, Any], said: dict[str, Any], headers: dict[str, str]) -> None:
        if said.get("status") not in ("COMPLETED", "FAILED"):
            return
        answer = {name: said[name] for name in ("status", "output", "error") if name in said}
        text = json.dumps({"input": content_of(job), "answer": answer}, indent=1,
                          ensure_ascii=False, sort_keys=True)
        secret = headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if secret:
            text = text.replace(secret, "[redacted]")
        with self._turn:
            _write(self.folder / f"{name_of(job)}.json", text + "\n")
            self.recorded += 1


def _write(path: Path, text: str) -> None:
    """A name never shows half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".recording-")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


class Replayer(_Endpoint):
    """Answers every job from `folder`. Nothing is sent anywhere.

    A job that was not recorded fails with an error that names it; `missing` lists them.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        if not Path(folder).is_dir():
            raise errors.ArgumentError(f"there is no folder of recordings {os.fspath(folder)}")
        self.missing: list[str] = []
        self._answers: dict[str, dict[str, Any]] = {}  # by id, until they are fetched
        self._given = 0
        super().__init__(folder)

    def answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        if path == "/health":
            return 200, _json({"workers": {"idle": 1}, "jobs": {}})
        if path == "/run":
            job = _input_of(body)
            if job is None:
                return 400, _json({"error": "the body must be {\"input\": {...}}"})
            return 200, _json({"id": self._queue(self._play(job)), "status": "IN_QUEUE"})
        key = _id_of(path)
        answer = self._answers.get(key) if key else None
        if answer is None:
            return 404, _json({"error": "there is no such job"})
        if path.startswith("/cancel/"):
            return 200, _json({"id": key, "status": "CANCELLED"})
        return 200, _json({"id": key, **answer})

    def _queue(self, answer: dict[str, Any]) -> str:
        with self._turn:
            self._given += 1
            key = f"replay-{self._given}"
            self._answers[key] = answer
        return key

    def _play(self, job: dict[str, Any]) -> dict[str, Any]:
        path = self.folder / f"{name_of(job)}.json"
        try:
            answer = json.loads(path.read_text(encoding="utf-8"))["answer"]
            status = answer["status"]
        except FileNotFoundError:
            return self._lacks(job, f"{self.folder} has no recording of this job")
        except (OSError, ValueError, KeyError, TypeError) as problem:
            return self._lacks(job, f"{path} is damaged ({problem})")
        output = answer.get("output")
        if isinstance(output, dict) and "request_id" in job:
            answer = {**answer, "output": {**output, "request_id": job["request_id"]}}
        return {**answer, "status": status}

    def _lacks(self, job: dict[str, Any], what: str) -> dict[str, Any]:
        message = f"{what}: {described(job)}; record it anew"
        with self._turn:
            self.missing.append(message)
        error = {"error": message, "error_code": "UNAVAILABLE", "retryable": False}
        return {"status": "FAILED", "error": message, "output": error}
