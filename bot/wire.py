"""The line to Slack, kept open between calls: a new connection, and above all a new TLS one, costs more than
the call. Nothing is tried twice here, and whether a request may have arrived is never left open."""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError
from urllib3.util import parse_url

CONNECTIONS = 20
"""Kept open to one Slack: one for each sender, and some for the doors."""


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
        self._pool = manager(*([proxy] if proxy else []), **options)  # type: ignore[arg-type]

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """One request and its reply. Raises NotSent and NoReply."""
        try:
            reply = self._pool.request("POST", self.base_url + path, body=body, headers=headers)
        except (ConnectTimeoutError, NewConnectionError, NameResolutionError) as error:
            raise NotSent(type(error).__name__) from error
        except (HTTPError, OSError) as error:
            raise NoReply(type(error).__name__) from error
        return Reply(reply.status, reply.headers, reply.data)
