"""Publishes events to Ringside from Python (3.9 or newer, Linux or macOS). One file, standard library only: copy it.

    from ringside import RingsideClient

    with RingsideClient("http://127.0.0.1:3000", source="selfplay", spool="/var/spool/ringside/selfplay-1") as ringside:
        ringside.publish("new_games", {"config_key": "hex8_2p", "host": "gh200-a", "new_games": 40})

`publish` writes the event into a file of the folder `spool` and returns; any thread may call it. A thread of the client's own
sends what stands in the file, one batch at a time, so order is kept. Each event has its time and an idempotency key from the
moment it is published, so what is sent twice is stored once. A batch that did not get through is sent again until it does.

What `publish` returned for outlives the server's absence and the end of this process, kill -9 included: the next client on
the folder sends it. (A power cut may cost what the system had not written to the disk yet.) One client at a time has a folder.
Keep it on a local disk. A child process that is forked needs a client, and a folder, of its own.

Nothing disappears silently: `publish` raises when it cannot take an event, and what the server refuses for good goes to
`on_rejected` and into `dead-letters.ndjson` in the folder. The logger "ringside" tells of that and of failed attempts.
"""

from __future__ import annotations

import atexit
import fcntl
import http.client
import io
import json
import logging
import os
import random
import socket
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable, Mapping
from typing import Any

_log = logging.getLogger("ringside")

_MIB = 1024 * 1024
#: Of one call, and of one event. The server takes 8 MiB, and payloads of 1 MiB.
_MAX_CALL_BYTES = 4 * _MIB
_MAX_DEAD_LETTER_BYTES = 16 * _MIB
_MAX_RETRY_AFTER = 300
#: A connection that rested for longer is not used again: the server may be closing it.
_MAX_REST = 4.0
#: Where each answer is counted.
_COUNTS = {"stored": "stored", "duplicate": "duplicates", "rejected": "rejected"}


class RingsideError(Exception):
    """The folder cannot be had or written, or the client is closed. Raised by `publish`: the event was not taken."""

    #: What the server asked to wait, seconds.
    retry_after = 0


class QueueFullError(RingsideError):
    """Raised by `publish`: as much waits as may wait."""


class RingsideClient:
    """Publishes events; see the head of this file.

    url: where Ringside is, such as `http://127.0.0.1:3000`; proxies of the environment are not used.
    source: the component that publishes. With the host name it is the producer within which order is kept.
    spool: a folder of this client's own.
    api_key: where the server asks for one (`npx ringside keys create`).
    hostname: this machine's unless given.
    max_spool_bytes: most bytes of the file of events that wait.
    max_batch_events: of one call, at most 1,000.
    linger: how long an event waits for others to travel with, seconds.
    timeout: how long the server may be silent during a call, seconds.
    backoff: before the n-th retry, at random between 0 and `backoff[0] * 2**n`, at most `backoff[1]` seconds. A Retry-After
        is waited for besides.
    on_rejected: told of each event that the server refused for good, with code and message; from the sending thread.
    """

    def __init__(
        self,
        url: str,
        source: str,
        spool: str | os.PathLike[str],
        *,
        api_key: str | None = None,
        hostname: str | None = None,
        max_spool_bytes: int = 256 * _MIB,
        max_batch_events: int = 500,
        linger: float = 0.1,
        timeout: float = 30.0,
        backoff: tuple[float, float] = (0.25, 10.0),
        on_rejected: Callable[[dict[str, Any], str, str], None] | None = None,
    ) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"url: {url!r} is no address such as http://127.0.0.1:3000")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=timeout)
        self._used = 0.0
        self._url = url
        self._path = parts.path.rstrip("/") + "/api/events"
        self._headers = {"Content-Type": "application/json"}
        if api_key is not None:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._source = source
        self._hostname = hostname or socket.gethostname()
        self._max_batch = max_batch_events
        self._linger = linger
        self._backoff = backoff
        self._on_rejected = on_rejected
        self._folder = os.fspath(spool)
        self._spool = _Spool(self._folder, max_spool_bytes)
        self._changed = threading.Condition()
        self._counts = dict.fromkeys(("published", "stored", "duplicates", "rejected", "retries"), 0)
        self._last_error: str | None = None
        # Events that came into the spool and left it, those found in it included.
        self._taken = self._spool.count
        self._finished = 0
        self._closed = self._stopped = False
        self._pid = os.getpid()
        # A daemon: what a normal exit may wait for is said below.
        self._sender = threading.Thread(target=self._run, name="ringside", daemon=True)
        self._sender.start()
        atexit.register(self.close, 5.0)

    def publish(
        self,
        event_type: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        timestamp: float | None = None,
        correlation_id: str | None = None,
        parent_event_id: str | None = None,
    ) -> str:
        """Takes an event and returns its idempotency key at once. Raises RingsideError where it cannot, and ValueError for
        what no server would take.

        `key`: one of your own, for something that must count once even when it is published twice. `timestamp`: when it
        happened, epoch seconds; now unless given.
        """
        key = key if key is not None else str(uuid.uuid4())
        event = {
            "event_type": event_type,
            "payload": payload,
            "source": self._source,
            "hostname": self._hostname,
            "timestamp": timestamp if timestamp is not None else time.time(),
            "idempotency_key": key,
            "correlation_id": correlation_id,
            "parent_event_id": parent_event_id,
        }
        line = _as_line({name: value for name, value in event.items() if value is not None})
        if os.getpid() != self._pid:
            raise RingsideError("this client is the parent process's: make one with another folder after the fork")
        with self._changed:
            if self._closed:
                raise RingsideError("this client is closed: make another one")
            self._spool.append(line)
            self._counts["published"] += 1
            self._taken += 1
            if self._spool.count in (1, self._max_batch):
                self._changed.notify_all()
        return key

    def flush(self, timeout: float = 10.0) -> int:
        """Waits until all that was published before has its answer; returns how many have none after `timeout` seconds."""
        with self._changed:
            target = self._taken
            self._changed.wait_for(lambda: self._finished >= target or self._stopped, timeout)
            return max(0, target - self._finished)

    def close(self, timeout: float = 10.0) -> int:
        """Takes no more events, sends for at most `timeout` seconds, and gives the folder free for the next client.

        Returns how many events are left in it. A normal exit of Python calls this, for 5 seconds; SIGTERM does not.
        """
        if os.getpid() != self._pid:
            return 0
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        atexit.unregister(self.close)
        left = self.flush(timeout)
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        try:  # So that the sender waits for its answer no longer.
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        except (AttributeError, OSError):
            pass  # There is no connection.
        self._sender.join(1.0)
        with self._changed:
            self._connection.close()
            self._spool.close()
        return left

    def stats(self) -> dict[str, Any]:
        """Counters: `published`; by the server's answer `stored`, `duplicates` (their key was known) and `rejected`;
        `retries` (attempts that failed); `pending` (what waits, with what an earlier client left); and `last_error`."""
        with self._changed:
            return {**self._counts, "pending": self._taken - self._finished, "last_error": self._last_error}

    def __enter__(self) -> RingsideClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What follows runs in the sending thread.

    def _run(self) -> None:
        attempt, most = 0, self._max_batch
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopped or self._spool.count > 0)
                self._changed.wait_for(lambda: self._closed or self._spool.count >= most, self._linger)
            try:
                with self._changed:
                    if self._stopped:
                        return
                    lines = self._spool.head(most, _MAX_CALL_BYTES)
                results = self._send(lines)
                # A call that is refused as a whole: fewer events, until the one to blame is found.
                most = max(1, len(lines) // 2) if results is None else min(self._max_batch, most * 2)
                if results is not None:
                    self._finish(lines, results)
                attempt = 0
            except Exception as error:  # Whatever it is: this thread must live on.
                wait = random.uniform(0, min(self._backoff[1], self._backoff[0] * 2.0 ** min(attempt, 30)))
                attempt += 1
                self._pause(error, wait + (error.retry_after if isinstance(error, RingsideError) else 0))

    def _pause(self, error: Exception, wait: float) -> None:
        with self._changed:
            if self._stopped:
                return
            self._counts["retries"] += 1
            self._last_error = f"{self._url}: {error or type(error).__name__}"
        _log.warning("%s; next attempt in %.1f s", self._last_error, wait)
        with self._changed:
            self._changed.wait_for(lambda: self._stopped, wait)

    def _send(self, lines: list[bytes]) -> list[dict[str, Any]] | None:
        """A result per event; None when the call was refused for what it holds. Raises what time or an operator may mend."""
        status, retry_after, text = self._post(b"[" + b",".join(lines) + b"]")
        answer = _parsed(text)
        error = answer.get("error") or {"code": "refused", "message": f"the server answered {status}"}
        if status == 413 or (status == 400 and error["code"] == "bad_request"):
            return None if len(lines) > 1 else [{"status": "rejected", "error": error}]
        results = answer.get("results")
        if 200 <= status <= 299 and isinstance(results, list) and len(results) == len(lines):
            return results
        later = RingsideError("what answers is not Ringside" if status < 300 else f"answered {status}: {error['message']}")
        later.retry_after = retry_after
        raise later

    def _post(self, body: bytes) -> tuple[int, int, bytes]:
        connection = self._connection
        if time.monotonic() - self._used > _MAX_REST:
            connection.close()
        try:
            # Opens a new connection where it has none. A redirect is not followed: it would take the key elsewhere.
            connection.request("POST", self._path, body, self._headers)
            response = connection.getresponse()
            text = response.read()
        except BaseException:
            connection.close()
            raise
        self._used = time.monotonic()
        asked = response.getheader("Retry-After", "")
        return response.status, min(int(asked), _MAX_RETRY_AFTER) if asked.isdigit() else 0, text

    def _finish(self, lines: list[bytes], results: list[dict[str, Any]]) -> None:
        counts = [_COUNTS[result["status"]] for result in results]
        with self._changed:
            if self._stopped:
                return  # The folder may be another client's by now. It sends them again, and the server knows their keys.
            self._spool.drop(lines)
            for count in counts:
                self._counts[count] += 1
        for line, result in zip(lines, results):
            if result["status"] == "rejected":
                self._reject(line, result["error"]["code"], result["error"]["message"])
        with self._changed:
            self._finished += len(lines)
            self._changed.notify_all()

    def _reject(self, line: bytes, code: str, message: str) -> None:
        event = _parsed(line) or {"unreadable": line.decode("utf-8", "replace")}
        _log.error("an event was refused: %s: %s", code, message)
        try:
            with open(os.path.join(self._folder, "dead-letters.ndjson"), "a", encoding="utf-8") as file:
                if file.tell() < _MAX_DEAD_LETTER_BYTES:
                    file.write(json.dumps({"at": time.time(), "code": code, "message": message, "event": event}) + "\n")
            if self._on_rejected is not None:
                self._on_rejected(event, code, message)
        except Exception:  # A full disk, or the caller's mistake: neither may stop the sending.
            _log.exception("a refused event could not be handed over: %s", event)


class _Spool:
    """A file with an event per line, oldest first, behind a line that says where the first unanswered one begins.

    That line may be behind (a crash): what is sent again is known to the server by its key. A last line that a crash cut off
    was not taken. The client's lock is held around each call.
    """

    _HEAD = 20

    def __init__(self, folder: str, max_bytes: int) -> None:
        self._path = os.path.join(folder, "python.ndjson")
        self._max_bytes = max_bytes
        try:
            os.makedirs(folder, exist_ok=True)
            self._lock = open(os.path.join(folder, "python.lock"), "ab")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = _open(self._path)
            self._load()
        except BlockingIOError as error:
            self._lock.close()
            raise RingsideError(f"another client, or a process that it forked, uses the spool {folder}") from error
        except OSError as error:
            raise RingsideError(f"the spool {folder} cannot be opened: {error}") from error

    def _load(self) -> None:
        head = self._read(0, self._HEAD).strip()
        self._start = max(self._HEAD, int(head)) if head.isdigit() else self._HEAD
        self.count, self._end, at = 0, self._start, self._start
        while chunk := self._read(at, _MIB):
            self.count += chunk.count(b"\n")
            self._end = at + chunk.rfind(b"\n") + 1 if b"\n" in chunk else self._end
            at += len(chunk)
        if self.count == 0:
            self._start = self._end = self._HEAD
        self._file.truncate(self._end)
        self._write(self._file, 0, b"%019d\n" % self._start)

    def append(self, line: bytes) -> None:
        try:
            if self._end + len(line) >= self._max_bytes and self._start > self._end // 2:
                self._compact()
            if self._end + len(line) >= self._max_bytes:
                raise QueueFullError(f"{self.count} events, {self._end} bytes, wait for the server")
            self._write(self._file, self._end, line + b"\n")
        except OSError as error:  # What a full disk took of the line is written over, or cut off when the file is loaded.
            raise RingsideError(f"the spool {self._path} cannot be written: {error}") from error
        self._end += len(line) + 1
        self.count += 1

    def head(self, events: int, size: int) -> list[bytes]:
        """The oldest events, at most so many and of so many bytes together."""
        lines = self._read(self._start, min(size, self._end - self._start)).split(b"\n")[:-1]
        if not lines:
            raise OSError(f"the spool {self._path} is shorter than it was")
        return lines[:events]

    def drop(self, lines: list[bytes]) -> None:
        """Forgets the oldest, which `head` gave."""
        start = self._start + sum(len(line) + 1 for line in lines)
        empty = start == self._end
        self._write(self._file, 0, b"%019d\n" % (self._HEAD if empty else start))
        if empty:
            self._file.truncate(self._HEAD)
            self._end = start = self._HEAD
        self._start = start
        self.count -= len(lines)

    def _compact(self) -> None:
        """Writes what waits into a new file. Called when more is answered than waits, so an event is copied once on average."""
        new, shift = _open(f"{self._path}.new"), self._start - self._HEAD
        new.truncate(0)
        self._write(new, 0, b"%019d\n" % self._HEAD)
        for at in range(self._start, self._end, _MIB):
            self._write(new, at - shift, self._read(at, min(_MIB, self._end - at)))
        os.replace(f"{self._path}.new", self._path)
        self._file.close()
        self._file, self._start, self._end = new, self._HEAD, self._end - shift

    def close(self) -> None:
        self._file.close()
        self._lock.close()

    def _read(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        return self._file.read(size)

    @staticmethod
    def _write(file: io.FileIO, at: int, data: bytes) -> None:
        file.seek(at)
        while data:
            data = data[file.write(data) :]


def _open(path: str) -> io.FileIO:
    return io.FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")


def _as_line(event: dict[str, Any]) -> bytes:
    """One line of JSON. Raises ValueError for what no server would take."""
    event_type, payload = event.get("event_type"), event.get("payload")
    if not isinstance(event_type, str) or not event_type or not isinstance(payload, Mapping):
        raise ValueError(f"an event has a type, which is a text, and a payload, which is a dict: {event_type!r}")
    try:
        line = json.dumps({**event, "payload": dict(payload)}, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"{event_type}: the event cannot be written as JSON: {error}") from error
    if len(line) >= _MAX_CALL_BYTES:
        raise ValueError(f"{event_type}: the event is too large: send a reference to the data instead")
    return line


def _parsed(text: bytes) -> dict[str, Any]:
    """The JSON object that a text is, or an empty one."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
