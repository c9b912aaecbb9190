# SPDX-License-Identifier: MIT
"""Scripted speech services on loopback: OpenAI's routes and AssemblyAI's."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Services:
    """Answers `routes[(method, path)]`, a list taken in turn whose last one stays, or a function of
    the request's body. An answer is a dict (JSON), bytes, or (status, dict or bytes)."""

    def __init__(self, routes):
        self.routes = routes
        self.requests = []  # (method, path, headers, body)
        self.arrived = threading.Condition()
        self.let_go = threading.Event()  # for answers that hang
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with outer.arrived:
                    outer.requests.append((self.command, self.path, self.headers, body))
                    outer.arrived.notify_all()
                    reply = outer.reply(self.command, self.path, body)
                if reply == "hang":
                    outer.let_go.wait()
                    return
                status, content = reply if isinstance(reply, tuple) else (200, reply)
                is_json = not isinstance(content, bytes)
                content = json.dumps(content).encode() if is_json else content
                self.send_response(status)
                self.send_header("Content-Type", "application/json" if is_json else "audio/wav")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = answer

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def reply(self, method, path, body):
        answers = self.routes.get((method, path), [(404, {"detail": "Not Found"})])
        if callable(answers):
            return answers(body)
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def count(self, method, path):
        return sum(1 for each in self.requests if each[:2] == (method, path))

    def wait_for(self, method, path):
        with self.arrived:
            assert self.arrived.wait_for(lambda: self.count(method, path), timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def assemblyai(last):
    """The routes of one transcript, which ends as `last` says."""
    return {
        ("POST", "/v2/upload"): [{"upload_url": "https://cdn.example/1"}],
        ("POST", "/v2/transcript"): [{"id": "t1", "status": "queued"}],
        ("GET", "/v2/transcript/t1"): [{"id": "t1", "status": "processing"}, last],
        ("DELETE", "/v2/transcript/t1"): [{"id": "t1"}],
    }
