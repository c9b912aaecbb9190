# SPDX-License-Identifier: MIT
"""The remote model in the place of a local one."""

import asyncio
import sys
import threading
import types
from array import array

import pytest

import ttsslice
import ttsslice.model
from conftest import RATE, listen, tone
from test_async import Held, in_child, needs_fork, until

numpy = pytest.importorskip("numpy")

pytestmark = pytest.mark.skipif(not ttsslice.feature_supported("server"),
                                reason="this build has no server")
TEXT = "Rain fell on the roofs."


class Seen:
    """A handler's model that keeps what it was asked for."""

    def __init__(self):
        self.requests = []

    def __call__(self, text, **params):
        self.requests.append({"text": text, **params})
        return tone(text, **params)


@pytest.fixture
def seen():
    return Seen()


@pytest.fixture
def model(seen):
    with ttsslice.Server(ttsslice.Handler(seen, listen)) as server:
        with ttsslice.RemoteModel(server.endpoint, poll_interval_s=0.01) as made:
            yield made


def test_the_samples_are_those_of_the_handler(model):
    wav = model.generate(TEXT)
    assert (wav.dtype, wav.shape[0], model.sr) == (numpy.float32, 1, RATE)
    made, _ = tone(TEXT, seed=ttsslice.seed(0, TEXT))
    assert (wav[0] * 32768).astype(int).tolist() == list(made)
    assert ttsslice.Audio(wav, model.sr) == ttsslice.Audio(made, RATE)
    wav *= 2  # it belongs to the caller


def test_each_call_is_the_next_take_of_the_run(model, seen, tmp_path):
    waves = [model.generate(TEXT) for _ in range(3)]
    assert [each["candidate"] for each in seen.requests] == [0, 1, 2]
    result = ttsslice.render(TEXT, tmp_path / "o.wav", generator=tone, transcriber=listen,
                             n_candidates=3, max_retries=0)
    assert [ttsslice.Audio(wav, model.sr).digest for wav in waves] == \
        [take.digest for take in result.chunks[0].candidates]
    model.generate("Another text.")
    again = model.generate(TEXT, candidate=1)
    assert numpy.array_equal(again, waves[1])
    assert seen.requests[-2]["candidate"] == 0


def test_parameters_arrive(model, seen, tmp_path):
    model.generate(TEXT, "https://example.org/mira.wav", 0.7, 0.6)
    model.generate(TEXT, language_id="de", attempt=2, temperature=0.9)
    voice = tmp_path / "voice.wav"
    voice.write_bytes(b"a sample")
    model.generate(TEXT, audio_prompt_path=voice)
    first, second, third = seen.requests
    assert (first["exaggeration"], first["cfg_weight"]) == (0.7, 0.6)
    assert first["audio_prompt_url"] == "https://example.org/mira.wav"
    assert (second["language"], second["attempt"], second["exaggeration"]) == ("de", 2, 0.3)
    assert (first["temperature"], second["temperature"]) == (None, 0.9)
    assert third["audio_prompt"] == b"a sample"


def test_the_rate_is_kept_to(model):
    assert model.sr == 24000, "that of Chatterbox, until the handler says otherwise"
    with pytest.raises(ttsslice.AudioError, match=rf"sr={RATE}\)"):
        model.generate(TEXT)


def test_an_older_handler(monkeypatch):
    """It knows no slices and answers with the chosen take alone; or with something else."""
    def old(job):
        return {"audio_base64": encoded, "status": "success"} if encoded else {"status": "success"}

    import base64
    import http.server
    import json

    encoded = base64.b64encode(ttsslice.Audio(array("h", [1, -2, 3]), 24000).encode()).decode()

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer()

        def do_GET(self):
            self.answer()

        def answer(self):
            body = json.dumps({"id": "1", "status": "COMPLETED", "output": old(None)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            model = ttsslice.RemoteModel(f"http://127.0.0.1:{server.server_port}/v2/local",
                                         backoff=())
            assert (model.generate(TEXT)[0] * 32768).tolist() == [1, -2, 3]
            encoded = None
            with pytest.raises(ttsslice.ProtocolError, match="no audio"):
                model.generate(TEXT)
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("arguments, error, match", [
    ((None,), TypeError, "must be str"),
    (("  ",), ttsslice.EmptyError, "nothing to speak"),
    (("a", "no/such/voice.wav"), FileNotFoundError, None),
    (("a", None, "loud"), TypeError, "exaggeration"),
    (("a", None, 7.0), ttsslice.JobError, "exaggeration"),
])
def test_bad_input(model, arguments, error, match):
    if error is FileNotFoundError:
        error, match = ttsslice.FileError, "cannot be read"
    with pytest.raises(error, match=match):
        model.generate(*arguments)
    assert model.generate(TEXT).size, "the model is of use after an error"


def test_a_prompt_that_no_job_can_carry(model, tmp_path):
    with open(tmp_path / "voice.wav", "wb") as file:
        file.truncate(ttsslice.model.PROMPT_BYTES_MAX + 1)
    with pytest.raises(ttsslice.ArgumentError, match="shorter sample"):
        model.generate(TEXT, tmp_path / "voice.wav")


def test_no_endpoint_and_closed(monkeypatch):
    for name in ("TTSSLICE_ENDPOINT", "RUNPOD_ENDPOINT_ID"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ttsslice.EndpointError):
        ttsslice.RemoteModel()
    with pytest.raises(TypeError, match="colour"):
        ttsslice.RemoteModel("http://127.0.0.1:1/v2/x", colour="red")
    model = ttsslice.RemoteModel("http://127.0.0.1:1/v2/x")
    model.close()
    with pytest.raises(ValueError, match="closed"):
        model.generate(TEXT)


def test_counting_forgets(model, monkeypatch):
    monkeypatch.setattr(ttsslice.model, "COUNTED_MAX", 2)
    assert [model._count(text, None) for text in "aabcab"] == [0, 1, 0, 0, 0, 0]


def test_threads_and_tasks(model, seen):
    waves = {}

    def work(i):
        waves[i] = model.generate(f"Text {i}.")

    threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)

    async def main():
        return await asyncio.gather(*(model.generate_async(f"Text {i}.", candidate=0)
                                      for i in range(6)))

    for i, wav in enumerate(asyncio.run(main())):
        assert numpy.array_equal(wav, waves[i])


def test_a_cancelled_task_cancels_its_job():
    held = Held()
    with ttsslice.Server(ttsslice.Handler(held)) as server:
        model = ttsslice.RemoteModel(server.endpoint, poll_interval_s=0.01)

        async def main():
            task = asyncio.ensure_future(model.generate_async(TEXT))
            await until(held.entered)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        held.release.set()
        assert model.generate(TEXT).size


@needs_fork
def test_in_a_child(model):
    own = model.generate(TEXT)

    def work():
        return numpy.array_equal(model.generate(TEXT, candidate=0), own)

    assert in_child(work) == "True"
    assert model.generate(TEXT).size


# --- what models return -------------------------------------------------------------------------


@pytest.fixture
def forget_torch():
    ttsslice.model._torch.cache_clear()
    yield
    ttsslice.model._torch.cache_clear()


def test_a_tensor_where_torch_is_installed(monkeypatch, forget_torch):
    torch = types.ModuleType("torch")
    torch.from_numpy = lambda array: ("tensor", array)
    monkeypatch.setitem(sys.modules, "torch", torch)
    kind, wav = ttsslice.model.waveform(ttsslice.Audio(array("h", [1, 2]), 8000))
    assert kind == "tensor" and wav.shape == (1, 2) and wav.flags.writeable


def test_without_numpy(monkeypatch, forget_torch):
    monkeypatch.setitem(sys.modules, "torch", None)
    stereo = ttsslice.Audio(numpy.array([[1, 2], [3, 4], [5, 6]], "int16"), 8000)
    by_numpy = ttsslice.model.waveform(stereo)
    for module in (ttsslice.model, ttsslice.audio):
        monkeypatch.setattr(module, "optional_numpy", lambda: None)
    wav = ttsslice.model.waveform(stereo)
    assert isinstance(wav, memoryview) and (wav.format, wav.shape) == ("f", (2, 3))
    assert wav.tolist() == by_numpy.tolist()
