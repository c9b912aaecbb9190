# SPDX-License-Identifier: MIT
"""In web applications: Flask's async views, and gunicorn, which imports first and forks then."""

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import textwrap
from importlib.util import find_spec
from pathlib import Path

import pytest

import ttsslice
from conftest import TEXT, listen, tone

HERE = Path(__file__).parent


@pytest.fixture
def client(tmp_path):
    """An application with views of both kinds."""
    flask = pytest.importorskip("flask")
    pytest.importorskip("asgiref")
    app = flask.Flask(__name__)
    options = {"generator": tone, "transcriber": listen, "max_phrase_len": 100}

    @app.post("/plain/<name>")
    def plain(name):
        result = ttsslice.render(flask.request.get_data(as_text=True), tmp_path / name, **options)
        return {"scores": [each.score for each in result.chunks]}

    @app.post("/async/<name>")
    async def awaited(name):
        text = flask.request.get_data(as_text=True)
        first, second = await asyncio.gather(*(
            ttsslice.render_async(text, tmp_path / f"{i}{name}", **options) for i in range(2)))
        assert [each.take.digest for each in first.chunks] == [
            each.take.digest for each in second.chunks]
        return {"scores": [each.score for each in first.chunks]}

    @app.errorhandler(ttsslice.Error)
    def failed(problem):
        return {"error": str(problem), "code": problem.code_name}, 400

    return app.test_client()


def test_views_of_both_kinds(client, tmp_path):
    answers = [client.post(f"/{kind}/o.wav", data=TEXT).get_json() for kind in ("plain", "async")]
    assert answers[0] == answers[1] and len(answers[0]["scores"]) == 3
    assert (tmp_path / "o.wav").read_bytes() == (tmp_path / "1o.wav").read_bytes()
    for kind in ("plain", "async"):
        answer = client.post(f"/{kind}/o.wav", data=" ")
        assert (answer.status_code, answer.get_json()["code"]) == (400, "EMPTY")


APPLICATION = """
    import os, sys, tempfile
    sys.path.insert(0, {here!r})
    import ttsslice
    from conftest import listen, tone

    # Made before the workers are forked: each has its own copies.
    handler = ttsslice.Handler(tone, listen)
    model = ttsslice.RemoteModel({endpoint!r}, poll_interval_s=0.01)
    model.generate("Rain.")  # with a connection that workers must not use
    folder = tempfile.mkdtemp(dir={folder!r})

    def app(environ, start_response):
        path = f"{{folder}}/{{os.getpid()}}.wav"
        result = ttsslice.render("Rain fell.", path, generator=tone, transcriber=listen)
        made = handler({{"input": {{"text": "Rain fell.", "slice": 1}}}})
        wav = model.generate("Rain fell.", candidate=0)
        said = f"{{os.getpid()}} {{result.chunks[0].take.digest}} {{made['status']}} {{wav.shape[1]}}"
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [said.encode()]
"""


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", "/")
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    assert answer.status == 200, said
    return said.split()


@pytest.mark.skipif(not find_spec("gunicorn"), reason="gunicorn is not installed")
def test_gunicorn_with_several_workers(tmp_path):
    numpy = pytest.importorskip("numpy")
    if not ttsslice.feature_supported("server"):
        pytest.skip("this build has no server")
    with ttsslice.Server(ttsslice.Handler(tone, listen), workers=4) as server:
        (tmp_path / "app.py").write_text(textwrap.dedent(APPLICATION).format(
            here=str(HERE), endpoint=server.endpoint, folder=str(tmp_path)))
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn.app.wsgiapp", "--preload", "--workers", "3",
             "--bind", "127.0.0.1:0", "--timeout", "300", "--worker-tmp-dir", str(tmp_path),
             "app:app"], cwd=tmp_path, text=True, stderr=subprocess.PIPE)
        log = ""
        try:
            while "Listening at: http://127.0.0.1:" not in log:
                line = process.stderr.readline()
                assert line, log
                log += line
            port = int(log.split("http://127.0.0.1:")[1].split()[0])
            answers = []
            for _ in range(300):  # until two workers have answered, as the kernel spreads it
                answers.append(ask(port))
                if len({worker for worker, *_ in answers}) > 1:
                    break
        finally:
            process.send_signal(signal.SIGTERM)
            log += process.communicate(timeout=300)[1]
        assert process.returncode == 0, log
    same = {json.dumps(rest) for _, *rest in answers}
    expected = numpy.asarray(ttsslice.Audio(*tone("Rain fell.", seed=ttsslice.seed(0, "Rain fell."))).samples).size
    assert len(same) == 1 and answers[0][2:] == ["success", str(expected)], answers
    assert os.getpid() not in {int(worker) for worker, *_ in answers}
