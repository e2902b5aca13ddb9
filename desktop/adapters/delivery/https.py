"""Reports by HTTPS: a POST with the key in a header, to a host whose certificate is trusted; the answer is bounded."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2

from desktop.adapters.delivery.secret import FindSecret, NotReadyError, secret_of, tls_context
from desktop.domain.delivery import Dead, Delivered, Message, Outcome, Retry, Trouble
from desktop.domain.delivery_targets import HttpsTarget

CONNECT_S = 10.0
SILENCE_S = 20.0
LONGEST_S = 60.0
"""A whole try, for a receiver that sends a byte now and then."""
LONGEST_ANSWER = 65_536
MOST_REDIRECTS = 2
_WAIT = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_NOT_ALLOWED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED}
_NOBODY_HOME = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.MISDIRECTED_REQUEST}
# At their lower levels these write addresses and headers.
for _library in ("httpx2", "httpcore2"):
    logging.getLogger(_library).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    url: httpx2.URL
    location: str
    retry_after: str
    body: bytes


class HttpsSender:
    """Implements `services.delivery_ports.Sender`. Proxies of the environment and `.netrc` are not used."""

    def __init__(self, target: HttpsTarget, find: FindSecret) -> None:
        self._target, self._find = target, find

    async def send(self, message: Message) -> Outcome:
        """POST the report; what the receiver answers decides."""
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "dasan-desk",
        }
        try:
            if token := await secret_of(self._target.name, self._find):
                headers["Authorization"] = f"Bearer {token}"
            context = await tls_context(self._target.ca_file)
        except NotReadyError as error:
            return Retry(error.trouble, error.detail)
        try:
            async with asyncio.timeout(LONGEST_S):
                return _judge(await self._post(context, headers, message.body))
        except TimeoutError:
            return Retry(Trouble.TIMEOUT)
        except httpx2.HTTPError as error:
            return _failure(error)

    async def probe(self) -> Outcome:
        """A handshake: whether somebody trusted answers there."""
        url = httpx2.URL(self._target.url)
        try:
            context = await tls_context(self._target.ca_file)
            async with asyncio.timeout(CONNECT_S):
                _reader, writer = await asyncio.open_connection(url.host, url.port or 443, ssl=context)
        except NotReadyError as error:
            return Retry(error.trouble, error.detail)
        except ssl.SSLError as error:
            return _tls_failure(error)
        except OSError as error:  # TimeoutError too
            return Retry(Trouble.UNREACHABLE, type(error).__name__)
        writer.transport.abort()
        return Delivered()

    async def _post(self, context: ssl.SSLContext, headers: dict[str, str], body: bytes) -> _Answer:
        timeout = httpx2.Timeout(SILENCE_S, connect=CONNECT_S)
        url = httpx2.URL(self._target.url)
        async with httpx2.AsyncClient(
            verify=context, timeout=timeout, trust_env=False, follow_redirects=False
        ) as client:
            for _ in range(MOST_REDIRECTS + 1):
                answer = await _one_post(client, url, headers, body)
                following = _same_place(answer)
                if following is None:
                    break
                url = following
        return answer


async def _one_post(
    client: httpx2.AsyncClient, url: httpx2.URL, headers: dict[str, str], body: bytes
) -> _Answer:
    async with client.stream("POST", url, headers=headers, content=body) as response:
        read = bytearray()
        async for chunk in response.aiter_raw():
            read += chunk
            if len(read) > LONGEST_ANSWER:
                break
        told = response.headers
        return _Answer(
            response.status_code,
            url,
            told.get("location", ""),
            told.get("retry-after", ""),
            bytes(read[:LONGEST_ANSWER]),
        )


def _same_place(answer: _Answer) -> httpx2.URL | None:
    """Where a redirect leads that keeps the method and stays on the very same host and port."""
    if answer.status not in (HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT):
        return None
    try:
        url = answer.url.join(answer.location)
    except (httpx2.InvalidURL, ValueError):
        return None
    here, there = ((each.scheme, each.host, each.port or 443) for each in (answer.url, url))
    return url if here == there and not url.userinfo else None


def _judge(answer: _Answer) -> Outcome:
    status, detail = answer.status, f"HTTP {answer.status}"
    if 200 <= status < 300:
        # A gate that wants somebody to log in answers 200 with its own page.
        if answer.body[:512].lstrip().lower().startswith((b"<!doctype", b"<html")):
            return Retry(Trouble.NOT_THE_RECEIVER, detail)
        return Delivered(_receipt(answer.body))
    if 300 <= status < 400:
        return Retry(Trouble.REDIRECTED, detail)
    if status in _WAIT:
        return Retry(Trouble.BUSY, detail, _seconds(answer.retry_after))
    if status in _NOT_ALLOWED:
        return Retry(Trouble.NOT_ALLOWED, detail)
    if status in _NOBODY_HOME:
        return Retry(Trouble.NOT_THE_RECEIVER, detail)
    if 400 <= status < 500:
        return Dead(
            Trouble.CONFLICT if status == HTTPStatus.UNPROCESSABLE_ENTITY else Trouble.REFUSED, detail
        )
    return Retry(Trouble.SERVER_ERROR, detail, _seconds(answer.retry_after))


def _receipt(body: bytes) -> str:
    """The receiver's number for it, where the answer is JSON with a text or number `receipt`."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    found = content.get("receipt") if isinstance(content, dict) else None
    return str(found) if isinstance(found, str) or type(found) is int else ""


def _seconds(retry_after: str) -> float:
    """`Retry-After`, seconds or a date, as seconds; 0 where it is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return 0.0
    if moment.tzinfo is None:
        return 0.0
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _failure(error: httpx2.HTTPError) -> Outcome:
    name = type(error).__name__
    if isinstance(error, httpx2.TimeoutException) and not isinstance(error, httpx2.ConnectTimeout):
        return Retry(Trouble.TIMEOUT, name)
    if not isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return Retry(Trouble.BROKEN_OFF, name)
    found: BaseException | None = error
    while found is not None:
        # A handshake that is only waited for shows as an error of TLS too.
        if isinstance(found, ssl.SSLError) and not isinstance(
            found, ssl.SSLWantReadError | ssl.SSLWantWriteError
        ):
            return _tls_failure(found)
        found = found.__cause__ or found.__context__
    return Retry(Trouble.UNREACHABLE, name)


def _tls_failure(error: ssl.SSLError) -> Outcome:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Retry(Trouble.CERTIFICATE, f"certificate check {error.verify_code}")
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Retry(Trouble.BROKEN_OFF, type(error).__name__)
    return Retry(Trouble.CERTIFICATE, (error.reason or type(error).__name__)[:60])
