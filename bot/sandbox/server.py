"""Any ASGI application on a free loopback port, in a thread of its own: for tests and the demonstration."""

import socket
from threading import Thread
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

CONNECTION = "comity.connection"


def holding(app: ASGIApp) -> ASGIApp:
    """The same application, with the server's connection in the scope so that a route can close it.

    Must be the outermost wrapper: frameworks put a `send` of their own in place of the server's.
    """

    async def held(scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        scope.setdefault("state", {})[CONNECTION] = transport
        await app(scope, receive, send)

    return held


RESTING = 75
"""Seconds a connection may rest before it is closed, as with most servers that keep them open for others."""


class Serving:
    """Serves while the `with` block lasts; `url` is where. Raises OSError when the port is taken."""

    def __init__(self, app: ASGIApp, port: int = 0, host: str = "127.0.0.1") -> None:
        """`port` 0 takes a free one, known at once so that two servers can be told of each other."""
        self._socket = socket.create_server((host, port), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        config = uvicorn.Config(
            holding(app),
            log_level="error",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
            timeout_keep_alive=RESTING,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._run, name=f"serving-{self.port}", daemon=True)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def start(self) -> Self:
        """Begin to answer; connections made meanwhile wait in the socket."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish what is under way, for two seconds at most, and free the port."""
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()
