"""The load, from a process of its own: keep-alive connections, each sending as fast as it is answered."""

import asyncio
import hmac
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from time import perf_counter, time
from typing import Any

from tests.bench.processes import answer, say


def signed(path: str, secret: str, body: str) -> bytes:
    """A request as Slack would send it now."""
    stamp = str(int(time()))
    mark = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), sha256).hexdigest()
    head = (
        f"POST {path} HTTP/1.1",
        "host: 127.0.0.1",
        "content-type: application/x-www-form-urlencoded",
        f"content-length: {len(body.encode())}",
        f"x-slack-request-timestamp: {stamp}",
        f"x-slack-signature: v0={mark}",
    )
    return "\r\n".join((*head, "", body)).encode()


async def connection(port: int, requests: Iterator[bytes], found: list[tuple[int, float, int]]) -> None:
    """One connection: the next request as soon as the last is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        began = perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        await reader.readexactly(length)
        found.append((int(head.split(" ", 2)[1]), perf_counter() - began, length))
    writer.close()


async def run(job: dict[str, Any]) -> dict[str, Any]:
    """All requests of one job over its connections; signing is done before the watch starts."""
    requests = iter([signed(job["path"], job["secret"], body) for body in job["bodies"]])
    found: list[tuple[int, float, int]] = []
    began = perf_counter()
    await asyncio.gather(*(connection(job["port"], requests, found) for _ in range(job["connections"])))
    elapsed = perf_counter() - began
    return {
        "per_second": len(found) / elapsed,
        "latencies": [latency for _, latency, _ in found],
        "statuses": sorted({status for status, _, _ in found}),
        "lengths": sorted({length for _, _, length in found}),
    }


def main() -> None:
    """One job a line, one answer a line."""
    say("ready")
    for line in sys.stdin:
        answer(asyncio.run(run(json.loads(line))))


if __name__ == "__main__":
    main()
