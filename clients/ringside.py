"""Publishes events to Ringside from Python (3.9 or newer). One file, standard library only: copy it into your project.

    from ringside import RingsideClient

    with RingsideClient("http://127.0.0.1:3000", source="selfplay", spool="/var/spool/ringside/selfplay-1") as ringside:
        ringside.publish("new_games", {"config_key": "hex8_2p", "host": "gh200-a", "new_games": 40})

`publish` writes the event down and returns; a thread of its own sends, one batch at a time, so order is kept. Any thread may
publish. Each event has an idempotency key and its time from the moment it is published: what is sent twice is stored once. A
batch that did not get through is sent again until it does, after waits that grow and are drawn at random.

With a `spool` folder, events are in a file when `publish` returns: they outlive the server's absence and the end of this
process, however it ends (kill -9 too), and the next client on the folder sends them. Whether they outlive a power cut is
`fsync`'s to say. One client at a time has a folder (it is locked); keep it on a local disk, and give each process its own.
Without a spool, events wait in memory and end with the process.

Nothing is dropped silently: a full queue makes `publish` raise QueueFullError, and what the server refuses for good goes to
`on_rejected` and to the file of dead letters. Failed attempts are logged (logger "ringside") and told to `on_error`.

At a normal exit what waits is sent for up to `exit_flush` seconds. SIGTERM ends Python without that: a spool keeps the rest.

After a fork, the child's copy of a client without spool begins empty and sends for itself; what waited is the parent's. The
child's copy of a client with spool refuses to publish (ForkedError): make one with another folder. Children of
`multiprocessing` skip the flush at exit: call `close()` in them.
"""

from __future__ import annotations

import atexit
import email.utils
import http.client
import json
import logging
import math
import os
import random
import re
import socket
import ssl
import threading
import time
import urllib.parse
import uuid
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, NamedTuple, Protocol

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "ClosedError", "DeliveryError", "ForkedError", "InvalidEventError", "QueueFullError", "RingsideClient", "RingsideError",
    "SpoolError", "SpoolLockedError",
]  # fmt: skip

_log = logging.getLogger("ringside")

_MAX_BATCH_EVENTS = 1_000
#: What the server takes, less the brackets around the events.
_MAX_BATCH_BYTES = 8 * 1024 * 1024 - 16
_MAX_KEY_LENGTH = 200
_MAX_ANSWER_BYTES = 16 * 1024 * 1024
_MAX_DEAD_LETTER_BYTES = 16 * 1024 * 1024
#: Waits longer than this are not taken from a server.
_MAX_RETRY_AFTER = 300.0
_FSYNC_INTERVAL = 1.0

Event = dict[str, Any]


class RingsideError(Exception):
    """Whatever this client raises or tells."""


class InvalidEventError(RingsideError):
    """Raised by `publish`: no server would take this. The event was not taken."""


class QueueFullError(RingsideError):
    """Raised by `publish`: as much waits as may wait. The event was not taken."""


class ClosedError(RingsideError):
    """Raised by `publish` after `close`."""


class ForkedError(RingsideError):
    """Raised by `publish` in a forked child whose parent has the spool."""


class SpoolError(RingsideError):
    """The spool cannot be read or written. Raised by `publish`, which did not take the event, or told to `on_error`."""


class SpoolLockedError(SpoolError):
    """Raised by the constructor: another client has the folder."""


class DeliveryError(RingsideError):
    """Told to `on_error`: a batch did not get through and is sent again. `status` is 0 where nobody answered."""

    def __init__(self, message: str, status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class Refusal(NamedTuple):
    code: str
    message: str


class _Line(NamedTuple):
    """An event of the queue as text, and the bytes that it takes there."""

    text: bytes
    size: int


class _Queue(Protocol):
    """What waits, oldest first. Only the sending thread peeks and drops; the client's lock is held but for `peek`."""

    @property
    def count(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def lasting(self) -> bool: ...

    def append(self, text: bytes) -> None: ...
    def peek(self, events: int, size: int) -> list[_Line]: ...
    def drop(self, lines: list[_Line]) -> None: ...
    def sync(self) -> None: ...
    def close(self) -> None: ...
    def forked(self) -> None: ...


class RingsideClient:
    """Publishes events; see the head of this file. Raises SpoolError when the spool cannot be had.

    url: where Ringside is, such as `http://127.0.0.1:3000`; proxies of the environment are not used.
    source: the component that publishes. With the host name it is the producer within which order is kept.
    api_key: where the server asks for one (`npx ringside keys create`).
    hostname: this machine's unless given.
    spool: a folder of this client's own for events that are not stored yet.
    max_queue_bytes: most bytes of events that may wait; 256 MiB in a spool, 32 MiB in memory.
    fsync: when a spool is forced onto the disk, for power cuts: each second ("interval"), before each `publish` returns
        ("always"), or when the system likes ("never").
    max_batch_events, max_batch_bytes: of one call, at most 1,000 and 8 MiB.
    linger: how long an event waits for others to travel with, seconds.
    timeout: how long connecting, and then the answer, may take, seconds.
    backoff_base, backoff_max: before the n-th retry it waits at random between 0 and `base * 2**n`, at most `max`, seconds.
        A Retry-After is waited for besides.
    dead_letter_file: where refused events are kept; `dead-letters.ndjson` in the spool unless given.
    on_rejected: told of each event that the server refused for good, with code and message; from the sending thread.
    on_error: told of each failed attempt, from the sending thread; the events are kept and sent again.
    exit_flush: how long a normal exit waits for the rest, seconds; 0: not at all.
    ssl_context: for https, instead of the default one.
    """

    def __init__(
        self,
        url: str,
        source: str,
        *,
        api_key: str | None = None,
        hostname: str | None = None,
        spool: str | os.PathLike[str] | None = None,
        max_queue_bytes: int | None = None,
        fsync: str = "interval",
        max_batch_events: int = 500,
        max_batch_bytes: int = 4 * 1024 * 1024,
        linger: float = 0.1,
        timeout: float = 30.0,
        backoff_base: float = 0.25,
        backoff_max: float = 10.0,
        dead_letter_file: str | os.PathLike[str] | None = None,
        on_rejected: Callable[[Event, Refusal], None] | None = None,
        on_error: Callable[[RingsideError], None] | None = None,
        exit_flush: float = 5.0,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        if fsync not in ("interval", "always", "never"):
            raise ValueError(f"fsync: {fsync!r} is none of interval, always, never")
        self._http = _Http(url, api_key, timeout, ssl_context)
        self._source = source
        self._hostname = hostname or socket.gethostname()
        self._max_events = min(max(max_batch_events, 1), _MAX_BATCH_EVENTS)
        self._max_bytes = min(max_batch_bytes, _MAX_BATCH_BYTES)
        self._linger = linger
        self._backoff = (backoff_base, backoff_max)
        self._on_rejected = on_rejected
        self._on_error = on_error
        self._exit_flush = exit_flush
        self._fsync_interval = spool is not None and fsync == "interval"
        self._dead_letters = dead_letter_file if dead_letter_file or spool is None else os.path.join(spool, "dead-letters.ndjson")
        if spool is None:
            self._queue: _Queue = _MemoryQueue(max_queue_bytes or 32 * 1024 * 1024)
        else:
            self._queue = _Spool(os.fspath(spool), max_queue_bytes or 256 * 1024 * 1024, fsync)
        self._reset()
        self._taken = self._queue.count
        _clients.add(self)
        if exit_flush > 0:
            atexit.register(self._at_exit)
        self._start()

    def _reset(self) -> None:
        """What begins anew, also in a forked child: locks that a thread of the parent held stay held there for ever."""
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._counts = {"published": 0, "not_taken": 0, "stored": 0, "duplicates": 0, "rejected": 0, "retries": 0}
        self._last_error: str | None = None
        # Events that came into the queue and left it, those found in the spool included.
        self._taken = 0
        self._finished = 0
        self._attempt = 0
        # Fewer than the most while a call as a whole was refused, to find the event that is to blame.
        self._limit = self._max_events
        self._flushing = 0
        self._kicks = 0
        self._closed = False
        self._stopped = False
        self._forked = False
        self._threads: list[threading.Thread] = []

    def _start(self) -> None:
        # Daemons: what they would hold the process for is `exit_flush`'s to say.
        works = [self._run, self._sync] if self._fsync_interval else [self._run]
        self._threads = [threading.Thread(target=work, name="ringside", daemon=True) for work in works]
        for thread in self._threads:
            thread.start()

    def publish(
        self,
        event_type: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        timestamp: float | None = None,
        source: str | None = None,
        correlation_id: str | None = None,
        parent_event_id: str | None = None,
    ) -> str:
        """Takes an event and returns its idempotency key at once.

        `key`: one of your own, for something that must count once even when it is published twice. `timestamp`: when it
        happened, epoch seconds. Raises InvalidEventError, QueueFullError, SpoolError, ClosedError or ForkedError; the event
        was not taken then.
        """
        key = key if key is not None else str(uuid.uuid4())
        event: Event = {
            "event_type": event_type,
            "payload": payload,
            "source": source or self._source,
            "hostname": self._hostname,
            "timestamp": timestamp if timestamp is not None else time.time(),
            "idempotency_key": key,
        }
        if correlation_id is not None:
            event["correlation_id"] = correlation_id
        if parent_event_id is not None:
            event["parent_event_id"] = parent_event_id
        text = _as_text(event)
        with self._lock:
            if self._closed:
                raise ClosedError("this client is closed: make another one")
            if self._forked:
                raise ForkedError("the spool is the parent process's: make a client with another folder after the fork")
            if not self._threads:
                self._start()
            try:
                self._queue.append(text)
            except RingsideError:
                self._counts["not_taken"] += 1
                raise
            self._counts["published"] += 1
            self._taken += 1
            if self._queue.count == 1 or self._is_due():
                self._changed.notify_all()
        return key

    def flush(self, timeout: float = 10.0) -> int:
        """Waits until all that was published before has its answer; returns how many have none after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        with self._changed:
            target = self._taken
            self._flushing += 1
            self._kicks += 1
            self._changed.notify_all()
            try:
                while self._finished < target and not self._forked:
                    left = deadline - time.monotonic()
                    if left <= 0:
                        break
                    self._changed.wait(left)
                return max(0, target - self._finished)
            finally:
                self._flushing -= 1

    def close(self, timeout: float = 10.0) -> int:
        """Takes no more events, sends the rest for at most `timeout` seconds, and gives the spool free.

        Returns how many are left: in the spool for the next client, or lost where there is none.
        """
        with self._lock:
            again, self._closed = self._closed, True
        if again:
            return self._queue.count
        atexit.unregister(self._at_exit)
        left = self.flush(timeout)
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._http.interrupt()
        for thread in self._threads:
            # One that is still connecting is left to itself; it finds the client stopped.
            thread.join(1.0)
        if not any(thread.is_alive() for thread in self._threads):
            self._http.close()
        with self._lock:
            self._queue.close()
        return left

    def stats(self) -> dict[str, Any]:
        """Counters of this client: `published` and `not_taken` (refused by `publish` for want of room), `stored`,
        `duplicates` (sent before, or their key was used before), `rejected`, `retries`, and what waits: `pending`,
        `pending_bytes`, with what an earlier client left in the spool; `last_error` or None."""
        with self._lock:
            waiting = {"pending": self._queue.count, "pending_bytes": self._queue.size, "last_error": self._last_error}
            return {**self._counts, **waiting}

    def __enter__(self) -> RingsideClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _at_exit(self) -> None:
        left = self.close(self._exit_flush)
        if left > 0 and not self._queue.lasting:
            self._note(RingsideError(f"{left} events end with this process: give the client a spool"))

    def _after_fork(self) -> None:
        """In the child: its threads are gone, and the parent goes on with what waits."""
        closed = self._closed
        self._reset()
        self._queue.forked()
        self._http.forked()
        self._closed = closed
        self._forked = self._queue.lasting

    # The sending thread.

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopped or self._queue.count > 0)
                self._changed.wait_for(lambda: self._stopped or self._is_due(), self._linger)
                if self._stopped:
                    return
            self._send_next()

    def _is_due(self) -> bool:
        return self._flushing > 0 or self._queue.count >= self._max_events or self._queue.size >= self._max_bytes

    def _send_next(self) -> None:
        try:
            self._deliver(self._queue.peek(self._limit, self._max_bytes))
            self._attempt = 0
        except Exception as error:  # Whatever it is: the thread must live on.
            if self._stopped:
                return
            known = error if isinstance(error, RingsideError) else DeliveryError(f"{type(error).__name__}: {error}")
            with self._lock:
                self._counts["retries"] += 1
            self._note(known)
            self._pause(known.retry_after if isinstance(known, DeliveryError) else 0.0)

    def _pause(self, retry_after: float) -> None:
        base, most = self._backoff
        begun = time.monotonic()
        wait = retry_after + random.random() * min(most, base * 2.0 ** min(self._attempt, 30))
        self._attempt += 1
        with self._changed:
            kicks = self._kicks
            # A flush may cut the wait short, but not what the server asked for.
            self._changed.wait_for(lambda: self._stopped or self._kicks > kicks, wait)
            self._changed.wait_for(lambda: self._stopped, max(0.0, begun + retry_after - time.monotonic()))

    def _deliver(self, lines: list[_Line]) -> None:
        """Sends events and puts each where it belongs. Raises RingsideError when they are to be sent again."""
        events = [_parse_event(line.text) for line in lines]
        body = [line.text for line, event in zip(lines, events) if event is not None]
        answer = self._http.post(body) if body else []
        if isinstance(answer, Refusal):
            if len(lines) > 1:
                self._limit = math.ceil(len(lines) / 2)
                return
            answer = [answer]
        self._limit = min(self._max_events, self._limit * 2)
        results = iter(answer)
        for line, event in zip(lines, events):
            result = next(results) if event is not None else _UNREADABLE
            if isinstance(result, Refusal):
                self._reject(event, line, result)
            else:
                with self._lock:
                    self._counts[result] += 1
        self._finish(lines)

    def _finish(self, lines: list[_Line]) -> None:
        with self._changed:
            if self._stopped:
                return
            self._finished += len(lines)
            try:
                self._queue.drop(lines)
            except OSError as error:
                # The events are stored. At the worst the next client sends them again, and the server knows them.
                self._last_error = f"the spool cannot note what is sent: {error}"
                _log.warning(self._last_error)
            self._changed.notify_all()

    def _reject(self, event: Event | None, line: _Line, why: Refusal) -> None:
        with self._lock:
            self._counts["rejected"] += 1
        try:
            if self._dead_letters is not None:
                _keep_dead_letter(self._dead_letters, event or line.text.decode("utf-8", "replace"), why)
        except OSError as error:
            self._note(SpoolError(f"a dead letter cannot be written: {error}"))
        _log.warning("an event was refused: %s: %s", why.code, why.message)
        if event is not None and self._on_rejected is not None:
            on_rejected = self._on_rejected
            _quietly(lambda: on_rejected(event, why))

    def _note(self, error: RingsideError) -> None:
        with self._lock:
            self._last_error = str(error)
        _log.warning("%s", error)
        if self._on_error is not None:
            on_error = self._on_error
            _quietly(lambda: on_error(error))

    def _sync(self) -> None:
        """A thread of its own: the sending one may wait for the server."""
        while True:
            with self._changed:
                if self._changed.wait_for(lambda: self._stopped, _FSYNC_INTERVAL):
                    return
            try:
                self._queue.sync()
            except OSError as error:
                self._note(SpoolError(f"the spool cannot be forced onto the disk: {error}"))


_clients: weakref.WeakSet[RingsideClient] = weakref.WeakSet()


def _after_fork_in_child() -> None:
    for client in list(_clients):
        client._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)

_UNREADABLE = Refusal("spool_damaged", "the spool holds a line that is no event")


def _quietly(callback: Callable[[], None]) -> None:
    try:
        callback()
    except Exception:  # Not ours: one that raises must not stop the sending.
        _log.exception("a callback of the Ringside client raised")


def _as_text(event: Event) -> bytes:
    """One line of JSON. Raises InvalidEventError for what no server would take."""
    event_type, payload, key, timestamp = (event[name] for name in ("event_type", "payload", "idempotency_key", "timestamp"))
    if not isinstance(event_type, str) or not event_type:
        raise InvalidEventError("the event type must be a text that is not empty")
    if not isinstance(payload, Mapping):
        raise InvalidEventError(f"{event_type}: the payload must be a dict")
    if not isinstance(key, str) or not 1 <= len(key) <= _MAX_KEY_LENGTH or key.startswith("action:"):
        raise InvalidEventError(f'{event_type}: a key has 1 to {_MAX_KEY_LENGTH} characters and does not begin with "action:"')
    if isinstance(timestamp, bool) or not isinstance(timestamp, (int, float)) or not math.isfinite(timestamp):
        raise InvalidEventError(f"{event_type}: the timestamp must be epoch seconds")
    try:
        text = json.dumps({**event, "payload": dict(payload)}, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidEventError(f"{event_type}: the payload cannot be written as JSON: {error}") from error
    if len(text) > _MAX_BATCH_BYTES:
        raise InvalidEventError(f"{event_type}: the event is larger than a call may be: send a reference to the data instead")
    return text


def _parse(text: bytes | str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _parse_event(text: bytes) -> Event | None:
    event = _parse(text)
    return event if isinstance(event, dict) and "event_type" in event else None


def _refusal(answer: Any) -> Refusal | None:
    """`{error: {code, message}}`, as Ringside's refusals have it."""
    error = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(error, dict) or "code" not in error or "message" not in error:
        return None
    return Refusal(str(error["code"]), str(error["message"]))


def _results(answer: Any, count: int) -> list[str | Refusal] | None:
    """What became of each event; None where it is not an answer of Ringside's."""
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list) or len(results) != count:
        return None
    read: list[str | Refusal] = []
    for result in results:
        status = result.get("status") if isinstance(result, dict) else None
        refusal = _refusal(result) if status == "rejected" else None
        if status == "stored":
            read.append("stored")
        elif status == "duplicate":
            read.append("duplicates")
        elif refusal is not None:
            read.append(refusal)
        else:
            return None
    return read


def _retry_after(header: str | None) -> float:
    """Seconds or a date, in seconds from now; 0 where there is neither."""
    if header is None:
        return 0.0
    try:
        wait = float(header)
    except ValueError:
        try:
            wait = email.utils.parsedate_to_datetime(header).timestamp() - time.time()
        except (TypeError, ValueError):
            return 0.0
    return min(max(wait, 0.0), _MAX_RETRY_AFTER) if math.isfinite(wait) else 0.0


def _read_body(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """Piece by piece, because a socket's timeout begins anew with each byte. Raises OSError."""
    text = bytearray()
    while piece := response.read1(64 * 1024):
        text += piece
        if len(text) > _MAX_ANSWER_BYTES or time.monotonic() > deadline:
            raise OSError("the answer has no end")
    if response.length:
        raise OSError("the answer was cut off")
    # Older Pythons do not notice here that a body of known length is over, and would refuse the connection's next use.
    response.close()
    return bytes(text)


def _keep_dead_letter(file: str | os.PathLike[str], event: Event | str, why: Refusal) -> None:
    """Two files at the most: a full one becomes the older one."""
    if os.path.exists(file) and os.path.getsize(file) > _MAX_DEAD_LETTER_BYTES:
        os.replace(file, f"{os.fspath(file)}.1")
    letter = {"at": time.time(), "code": why.code, "message": why.message, "event": event}
    with open(file, "a", encoding="utf-8") as out:
        out.write(json.dumps(letter) + "\n")


class _Http:
    """One connection that is kept; only the sending thread uses it."""

    def __init__(self, url: str, api_key: str | None, timeout: float, context: ssl.SSLContext | None) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"url: {url!r} is no address such as http://127.0.0.1:3000")
        self._url = url
        self._https = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._path = parts.path.rstrip("/") + "/api/events"
        self._headers = {"Content-Type": "application/json"}
        if api_key is not None:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._timeout = timeout
        self._context = context
        self._connection: http.client.HTTPConnection | None = None

    def post(self, texts: list[bytes]) -> list[str | Refusal] | Refusal:
        """The events' results, or why the call as a whole was refused for what it holds. Raises DeliveryError."""
        status, header, text = self._call(b"[" + b",".join(texts) + b"]")
        answer = _parse(text)
        refusal = _refusal(answer)
        if status == 413 or (status == 400 and refusal is not None and refusal.code == "bad_request"):
            return refusal or Refusal("too_large", f"the server answered {status}")
        if not 200 <= status <= 299:
            said = refusal.message if refusal else "no reason given"
            raise DeliveryError(f"the server answered {status}: {said}", status, _retry_after(header))
        results = _results(answer, len(texts))
        if results is None:
            raise DeliveryError(f"what answers at {self._url} is not Ringside", status)
        return results

    def _call(self, body: bytes) -> tuple[int, str | None, bytes]:
        kept = self._connection is not None
        try:
            if self._connection is None:
                self._connection = self._connect()
            deadline = time.monotonic() + self._timeout
            self._connection.request("POST", self._path, body, self._headers)
            # A redirect is not followed: it would take the key elsewhere.
            response = self._connection.getresponse()
            text = _read_body(response, deadline)
            if response.will_close:
                self.close()
            return response.status, response.getheader("Retry-After"), text
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if kept and isinstance(error, (ConnectionError, http.client.RemoteDisconnected)):
                # Servers end connections that rest: no failure, as long as a new one works.
                return self._call(body)
            raise DeliveryError(f"{self._url} does not answer: {error or type(error).__name__}") from error

    def _connect(self) -> http.client.HTTPConnection:
        if self._https:
            context = self._context or ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def interrupt(self) -> None:
        """From another thread: whoever waits for an answer waits no longer."""
        sock = getattr(self._connection, "sock", None)
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def forked(self) -> None:
        """In the child: the parent goes on using the connection."""
        sock = getattr(self._connection, "sock", None)
        self._connection = None
        if sock is not None:
            # Gives only the child's handle back: no TLS farewell that the server would take for the parent's.
            os.close(sock.detach())


class _MemoryQueue:
    lasting = False

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lines: deque[_Line] = deque()
        self.size = 0

    @property
    def count(self) -> int:
        return len(self._lines)

    def append(self, text: bytes) -> None:
        size = len(text) + 1
        if self.size + size > self._max_bytes:
            raise _full(self._max_bytes)
        self._lines.append(_Line(text, size))
        self.size += size

    def peek(self, events: int, size: int) -> list[_Line]:
        lines: list[_Line] = []
        for index in range(min(events, len(self._lines))):
            line = self._lines[index]
            size -= line.size
            if lines and size < 0:
                break
            lines.append(line)
        return lines

    def drop(self, lines: list[_Line]) -> None:
        for line in lines:
            self._lines.popleft()
            self.size -= line.size

    def sync(self) -> None:
        pass

    def close(self) -> None:
        pass

    def forked(self) -> None:
        self._lines.clear()
        self.size = 0


def _full(max_bytes: int) -> QueueFullError:
    return QueueFullError(f"more than {max_bytes} bytes of events wait for the server")


class _Segment:
    def __init__(self, number: int, end: int) -> None:
        self.number = number
        #: Where its last whole line ends.
        self.end = end


class _Spool:
    """A folder of files, an event per line.

    A client appends to a file of its own and removes a file when all of it is answered; `position` says how far the oldest
    one is. `position` may be behind (a crash): what is sent again is known to the server by its key. A line that a crash
    cut off was not taken, and is passed over.
    """

    lasting = True

    def __init__(self, folder: str, max_bytes: int, fsync: str) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._segment_bytes = min(4 * 1024 * 1024, math.ceil(max_bytes / 4))
        self._fsync = fsync
        self._segments: list[_Segment] = []
        self._offset = 0
        # The last segment, once this client has begun one.
        self._current: int | None = None
        self._dirty = False
        self._next = 1
        self._ours = True
        self.count = 0
        self.size = 0
        try:
            os.makedirs(folder, exist_ok=True)
            self._lock_file = _lock_folder(folder)
        except OSError as error:
            raise SpoolError(f"the spool {folder} cannot be opened: {error}") from error
        try:
            self._load()
        except OSError as error:
            self._lock_file.close()
            raise SpoolError(f"the spool {folder} cannot be read: {error}") from error

    def append(self, text: bytes) -> None:
        data = text + b"\n"
        if self.size + len(data) > self._max_bytes:
            raise _full(self._max_bytes)
        try:
            handle, segment = self._writable()
            # At a place, not at the end: what a full disk left of a line is written over.
            os.lseek(handle, segment.end, os.SEEK_SET)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            if self._fsync == "always":
                os.fsync(handle)
        except OSError as error:
            raise SpoolError(f"the spool {self._folder} cannot be written: {error}") from error
        self._dirty = True
        segment.end += len(data)
        self.size += len(data)
        self.count += 1

    def peek(self, events: int, size: int) -> list[_Line]:
        # Without the client's lock: only this thread moves what it reads, and a file only grows behind it.
        oldest = self._segments[0]
        waiting = oldest.end - self._offset
        want = min(size, waiting)
        try:
            with open(self._file(oldest.number), "rb") as file:
                while True:
                    file.seek(self._offset)
                    lines = _lines_of(file.read(want), events, size)
                    if lines:
                        return lines
                    if want == waiting:
                        raise SpoolError(f"{file.name} is shorter than it was")
                    want = min(want * 2, waiting)
        except OSError as error:
            raise SpoolError(f"the spool {self._folder} cannot be read: {error}") from error

    def drop(self, lines: list[_Line]) -> None:
        size = sum(line.size for line in lines)
        self._offset += size
        self.size -= size
        self.count -= len(lines)
        answered = []
        while self._segments and self._is_over(self._segments[0]):
            answered.append(self._segments.pop(0).number)
            self._offset = 0
            if not self._segments:
                self._end_current()
        self._write_position()
        for number in answered:
            os.remove(self._file(number))

    def sync(self) -> None:
        # Without the client's lock, so that no `publish` waits for the disk. A handle that is closed meanwhile was synced.
        handle, dirty, self._dirty = self._current, self._dirty, False
        if handle is not None and dirty:
            try:
                os.fsync(handle)
            except OSError:
                if handle == self._current:
                    raise

    def close(self) -> None:
        try:
            self._end_current()
        except OSError as error:
            raise SpoolError(f"the spool {self._folder} cannot be closed: {error}") from error
        finally:
            self._lock_file.close()

    def forked(self) -> None:
        """In the child: gives its handles back and touches nothing. The lock stays the parent's, who holds it open."""
        if self._current is not None:
            os.close(self._current)
            self._current = None
        self._lock_file.close()
        self.count = self.size = 0

    def _is_over(self, segment: _Segment) -> bool:
        """Whether all of a file is answered and nothing is to be added to it."""
        growing = self._current is not None and segment is self._segments[-1]
        return self._offset >= segment.end and (not growing or segment.end >= self._segment_bytes)

    def _load(self) -> None:
        found = (re.fullmatch(r"events-(\d{12})\.ndjson", name) for name in os.listdir(self._folder))
        numbers = sorted(int(match.group(1)) for match in found if match)
        segment, offset = self._read_position()
        for number in numbers:
            file = self._file(number)
            start = offset if number == segment and _is_line_start(file, offset) else 0
            lines, end = _measure(file, start)
            if end == start or number < segment:  # What is answered already, or never was a whole line.
                os.remove(file)
                continue
            if not self._segments:
                self._offset = start
            self._segments.append(_Segment(number, end))
            self.count += lines
            self.size += end - start
        # Above the number in `position` as well: it must not speak of a file to come.
        self._next = max([segment, *numbers]) + 1

    def _writable(self) -> tuple[int, _Segment]:
        """The file that is appended to; a new one when this client has none, or the last one is large enough."""
        if self._current is not None and self._segments[-1].end >= self._segment_bytes:
            self._end_current()
        if self._current is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._current = os.open(self._file(self._next), flags, 0o600)
            self._segments.append(_Segment(self._next, 0))
            self._next += 1
            if self._fsync != "never" and hasattr(os, "O_DIRECTORY"):
                _sync_folder(self._folder)
        return self._current, self._segments[-1]

    def _end_current(self) -> None:
        handle, self._current = self._current, None
        if handle is not None:
            try:
                if self._fsync != "never":
                    os.fsync(handle)
            finally:
                os.close(handle)

    def _read_position(self) -> tuple[int, int]:
        try:
            with open(os.path.join(self._folder, "position"), encoding="ascii") as file:
                segment, offset = (int(part) for part in file.read().split())
                return segment, offset
        except (OSError, ValueError):
            return 0, 0

    def _write_position(self) -> None:
        file = os.path.join(self._folder, "position")
        with open(f"{file}.new", "w", encoding="ascii") as out:
            out.write(f"{self._segments[0].number if self._segments else self._next} {self._offset}\n")
        os.replace(f"{file}.new", file)

    def _file(self, number: int) -> str:
        return os.path.join(self._folder, f"events-{number:012d}.ndjson")


def _lines_of(chunk: bytes, most: int, size: int) -> list[_Line]:
    """The first lines of a chunk, as many as go together; one that is too large by itself goes alone."""
    lines: list[_Line] = []
    start = 0
    while len(lines) < most:
        end = chunk.find(b"\n", start)
        if end == -1 or (lines and end + 1 > size):
            break
        lines.append(_Line(chunk[start:end], end + 1 - start))
        start = end + 1
    return lines


def _is_line_start(file: str, offset: int) -> bool:
    if offset == 0:
        return True
    with open(file, "rb") as opened:
        opened.seek(offset - 1)
        return opened.read(1) == b"\n"


def _measure(file: str, start: int) -> tuple[int, int]:
    """How many whole lines follow from a place on, and where the last one ends."""
    lines, end, at = 0, start, start
    with open(file, "rb") as opened:
        opened.seek(start)
        while chunk := opened.read(1024 * 1024):
            lines += chunk.count(b"\n")
            last = chunk.rfind(b"\n")
            end = at + last + 1 if last >= 0 else end
            at += len(chunk)
    return lines, end


def _sync_folder(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock_folder(folder: str) -> BinaryIO:
    """Makes the folder this client's, until the file is closed or the process ends. Raises SpoolLockedError."""
    if os.path.exists(os.path.join(folder, "lock")):
        raise SpoolLockedError(f"the spool {folder} is a Node client's: give each client its own")
    file = open(os.path.join(folder, "lock.python"), "ab")
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError as error:
        file.close()
        raise SpoolLockedError(f"another client uses the spool {folder}: give each client its own") from error
    return file
