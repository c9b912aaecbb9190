# SPDX-License-Identifier: MIT
"""The code that the dispatcher replaces, for `./dev bench dispatch`: httpx.AsyncClient, gather and
a semaphore, one request per job that waits for its answer. PEERS ENDPOINT JOBS IN_FLIGHT."""
import asyncio
import base64
import json
import resource
import sys
import time

sys.path.insert(0, sys.argv[1])
import httpx  # noqa: E402


async def main(endpoint: str, path: str, width: int) -> None:
    with open(path) as file:
        jobs = [json.loads(line) for line in file]
    places = asyncio.Semaphore(width)
    limits = httpx.Limits(max_connections=width, max_keepalive_connections=width)
    async with httpx.AsyncClient(timeout=60, limits=limits, trust_env=False) as client:
        async def one(job: dict) -> int:
            async with places:
                answer = await client.post(f"{endpoint}/runsync", json={"input": job})
                output = answer.json()["output"]
                audio = output.pop("audio_base64", None)
                return len(base64.b64decode(audio, validate=True)) if audio else 0

        wall, cpu = time.monotonic(), time.process_time()
        sizes = await asyncio.gather(*map(one, jobs))
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    print(json.dumps({"jobs": len(jobs), "bytes": sum(sizes), "wall_s": wall, "cpu_s": cpu,
                      "rss_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


asyncio.run(main(sys.argv[2], sys.argv[3], int(sys.argv[4])))
