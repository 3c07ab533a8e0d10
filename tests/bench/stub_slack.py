"""The least that takes messages: `python -m tests.bench.stub_slack SECONDS [CERTIFICATE KEY]`.

It takes SECONDS for each answer, and accepts half way. A line on standard input asks what was posted since
the last one: time, channel and text of each.
"""

import asyncio
import json
import os
import ssl
import sys
from collections import defaultdict
from itertools import count
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qsl

from tests.bench.processes import answer, say


class Stub:
    """Remembers what was posted, and shows it in the history of its channel."""

    def __init__(self, seconds: float) -> None:
        """Take this long for every answer."""
        self.half = seconds / 2
        self.numbers = count(1)
        self.record: list[tuple[float, str, str]] = []
        self.channels: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the caller hangs up."""
        try:
            while True:
                await self._answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = head.partition("content-length:")[2].partition("\r\n")[0]
        body = (await reader.readexactly(int(length or 0))).decode()
        target = head.split(" ", 2)[1]
        if self.half:
            await asyncio.sleep(self.half)
        said = json.dumps(self.call(*target.rpartition("/")[2].partition("?")[::2], body)).encode()
        if self.half:
            await asyncio.sleep(self.half)
        kept = "close" if "connection: close" in head else "keep-alive"
        top = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(said)}\r\n"
        writer.write(f"{top}connection: {kept}\r\n\r\n".encode() + said)
        await writer.drain()
        if kept == "close":
            raise ConnectionResetError

    def call(self, method: str, query: str, body: str) -> dict[str, Any]:
        """What Slack would answer, in short."""
        given = json.loads(body) if body.startswith("{") else dict(parse_qsl(f"{query}&{body}"))
        channel = str(given.get("channel", ""))
        if method in ("conversations.history", "conversations.replies"):
            return {"ok": True, "messages": self.channels[channel.upper()][::-1], "has_more": False}
        if method != "chat.postmessage":
            return {"ok": True, "channel": channel, "ts": given.get("ts", "")}
        message = {"ts": f"{time():.6f}{next(self.numbers) % 10}", **given}
        self.record.append((time(), channel, given["text"]))
        self.channels[channel.upper()].append(message)
        return {"ok": True, "channel": channel, "ts": message["ts"], "message": message}

    def tell(self) -> None:
        """Say what was posted, whenever somebody asks."""
        for _ in sys.stdin:
            posted, self.record = self.record, []
            answer(posted)
        # Whoever started it is gone, however that came about.
        os._exit(0)


async def serve(stub: Stub, secrets: list[str]) -> None:
    """Serve until killed."""
    context = None
    if secrets:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*secrets)
    server = await asyncio.start_server(stub.connection, "127.0.0.1", 0, ssl=context, backlog=1024)
    scheme = "https" if secrets else "http"
    say(f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/")
    Thread(target=stub.tell, daemon=True).start()
    await server.serve_forever()


def main() -> None:
    """Start."""
    asyncio.run(serve(Stub(float(sys.argv[1])), sys.argv[2:]))


if __name__ == "__main__":
    main()
