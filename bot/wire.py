"""The line to Slack, kept open between calls: a new connection, and above all a new TLS one, costs more than
the call. Nothing is tried twice here, and whether a request may have arrived is never left open."""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError
from urllib3.util import make_headers, parse_url

CONNECT = 5.0
"""Seconds for a connection to come about, whatever number of addresses is tried."""
CONNECTIONS = 20
"""Kept open to one Slack: one for each sender, and some for the doors."""
IDLE = 30.0
"""Seconds a connection may rest and be used again. Servers close those that rest for long, many after a minute,
and a request that meets the closing is lost without a reply."""


@dataclass
class NotSent(Exception):
    """The request never left."""

    reason: str


@dataclass
class NoReply(Exception):
    """The request may have arrived, and was not answered."""

    reason: str


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object; empty where it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class _Prompt:
    """A connection that came about too late is not used: whoever waited for it may have lost the lane.

    The timeout is for each address of a name, and none holds for the name itself. Nor is one used again that
    rested for long since its last reply, at `rests_since`.
    """

    rests_since = 0.0

    def connect(self) -> None:
        """Connect, and give up before the first byte when it took too long."""
        begun = monotonic()
        super().connect()  # type: ignore[misc]
        if monotonic() - begun > CONNECT:
            self.close()  # type: ignore[attr-defined]
            raise NewConnectionError(self, "too late")  # type: ignore[arg-type]
        self.rests_since = monotonic()

    def getresponse(self) -> Any:
        """The reply, after which it rests."""
        reply = super().getresponse()  # type: ignore[misc]
        self.rests_since = monotonic()
        return reply

    @property
    def is_connected(self) -> bool:
        """Whether it may be used again; the pool makes a new one in its place if not."""
        return monotonic() - self.rests_since < IDLE and bool(super().is_connected)  # type: ignore[misc]


class Kept(_Prompt, HTTPConnection):
    """A connection without TLS."""


class _Https(_Prompt, HTTPSConnection):
    pass


class _HttpPool(urllib3.HTTPConnectionPool):
    ConnectionCls = Kept


class _HttpsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Https


class Wire:
    """Connections to one Slack, through the proxy that the environment names, if any; safe in threads."""

    def __init__(self, base_url: str, tls: ssl.SSLContext, timeout: float) -> None:
        """Talk to `base_url`, which ends in a slash; `timeout` is in seconds. Nothing connects yet."""
        self.base_url = base_url
        where = parse_url(base_url)
        proxy = None if proxy_bypass(where.host or "") else getproxies().get(where.scheme or "")
        manager = urllib3.ProxyManager if proxy else urllib3.PoolManager
        options = {"maxsize": CONNECTIONS, "retries": False, "timeout": urllib3.Timeout(timeout)}
        if where.scheme == "https":
            options["ssl_context"] = tls
        if proxy:
            proxy = proxy if "://" in proxy else f"http://{proxy}"
            if auth := parse_url(proxy).auth:
                options["proxy_headers"] = make_headers(proxy_basic_auth=unquote(auth))
        self._pool = manager(*([proxy] if proxy else []), **options)  # type: ignore[arg-type]
        self._pool.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """One request and its reply. Raises NotSent and NoReply."""
        try:
            reply = self._pool.request("POST", self.base_url + path, body=body, headers=headers)
        except (ConnectTimeoutError, NewConnectionError, NameResolutionError) as error:
            raise NotSent(type(error).__name__) from error
        except (HTTPError, OSError) as error:
            raise NoReply(type(error).__name__) from error
        return Reply(reply.status, reply.headers, reply.data)
