"""Tests of ringside.py against a small HTTP server: `python3 clients/ringside_test.py` (the unit tests run it too)."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

sys.dont_write_bytecode = True

import ringside  # noqa: E402
from ringside import RingsideClient  # noqa: E402

logging.getLogger("ringside").setLevel(logging.CRITICAL)


class Server(ThreadingHTTPServer):
    """Stores events as Ringside does: in order, and each key once. `mode` says how it answers instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mode = "ok"
        self.stored: list[dict[str, Any]] = []
        self.keys: set[str] = set()
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def numbers(self, event_type: str = "a") -> list[Any]:
        return [event["payload"]["n"] for event in self.stored if event["event_type"] == event_type]

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that leave are part of the tests

    def take(self, event: dict[str, Any]) -> dict[str, Any]:
        if event["payload"].get("bad"):
            return {"status": "rejected", "error": {"code": "malformed_event", "message": "bad"}}
        if event["idempotency_key"] in self.keys:
            return {"status": "duplicate"}
        self.keys.add(event["idempotency_key"])
        self.stored.append(event)
        return {"status": "stored"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    #: Ends a connection that rests for so long, as servers do.
    timeout = 0.5
    # Headers and body go in two pieces, and the second would wait for an acknowledgement.
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        events = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mode = self.server.mode
        if mode == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            while self.server.mode == "drip":
                self.wfile.write(b" ")
                time.sleep(0.02)
            return
        answer = {"results": [self.server.take(event) for event in events]}
        if mode == "garbage":
            answer = {"results": []}
        body = json.dumps(answer if mode in ("ok", "garbage", "chunked") else {"error": {"code": "x", "message": "y"}}).encode()
        self.send_response(int(mode) if mode.isdigit() else 200)
        if mode == "429":
            self.send_header("Retry-After", "1")
            self.server.mode = "ok"
        if mode == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class ClientTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = Server()
        self.folder = tempfile.TemporaryDirectory()
        self.clients: list[RingsideClient] = []

    def tearDown(self) -> None:
        for client in self.clients:
            client.close(0)
        self.server.shutdown()
        self.server.server_close()
        self.folder.cleanup()

    def open(self, **options: Any) -> RingsideClient:
        quick = {"linger": 0.002, "backoff_base": 0.005, "backoff_max": 0.02, **options}
        client = RingsideClient(quick.pop("url", self.server.url), "test", **quick)
        self.clients.append(client)
        return client

    @property
    def spool(self) -> str:
        return os.path.join(self.folder.name, "spool")

    def test_many_threads_publish_and_each_keeps_its_order(self) -> None:
        client = self.open()

        def publish(thread: int) -> None:
            for n in range(200):
                client.publish(f"thread {thread}", {"n": n})

        threads = [threading.Thread(target=publish, args=(thread,)) for thread in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(client.flush(), 0)
        for number in range(4):
            self.assertEqual(self.server.numbers(f"thread {number}"), list(range(200)))

    def test_a_connection_is_kept_and_one_that_rested_too_long_is_no_failure(self) -> None:
        for mode in ("ok", "chunked"):
            self.server.mode = mode
            client = self.open()
            for n in range(20):
                client.publish(mode, {"n": n})
                self.assertEqual(client.flush(), 0)
            time.sleep(Handler.timeout + 0.1)
            client.publish(mode, {"n": 20})
            self.assertEqual(client.flush(), 0)
            self.assertEqual(client.stats()["retries"], 0)
            self.assertEqual(self.server.numbers(mode), list(range(21)))

    def test_what_fails_is_sent_again_and_stored_once(self) -> None:
        for mode in ("500", "401", "404", "garbage", "drip"):
            self.server.mode = mode
            client = self.open(timeout=0.1)
            client.publish(mode, {"n": 1})
            self.assertEqual(client.flush(0.25), 1, mode)
            self.server.mode = "ok"
            self.assertEqual(client.flush(), 0, mode)
            self.assertEqual(self.server.numbers(mode), [1], mode)

    def test_a_retry_after_is_waited_for(self) -> None:
        self.server.mode = "429"
        client = self.open()
        begun = time.monotonic()
        client.publish("a", {"n": 1})
        self.assertEqual(client.flush(), 0)
        self.assertGreaterEqual(time.monotonic() - begun, 0.99)

    def test_what_is_refused_for_good_is_told_and_kept_and_the_others_are_stored(self) -> None:
        told = []

        def rejected(event: dict[str, Any], why: ringside.Refusal) -> None:
            told.append((event["payload"]["n"], why.code))
            raise ValueError("the caller's mistake")

        client = self.open(spool=self.spool, on_rejected=rejected)
        for n in range(6):
            client.publish("a", {"n": n, "bad": n % 2 == 1})
        self.assertEqual(client.flush(), 0)
        self.assertEqual(told, [(n, "malformed_event") for n in (1, 3, 5)])
        self.assertEqual(self.server.numbers(), [0, 2, 4])
        with open(os.path.join(self.spool, "dead-letters.ndjson"), encoding="utf-8") as file:
            self.assertEqual([json.loads(line)["event"]["payload"]["n"] for line in file], [1, 3, 5])

    def test_a_spool_is_one_clients_bounded_and_left_to_the_next(self) -> None:
        first = self.open(url="http://127.0.0.1:1", spool=self.spool, max_queue_bytes=2_000)
        with self.assertRaises(ringside.SpoolLockedError):
            self.open(spool=self.spool)
        taken = 0
        with self.assertRaises(ringside.QueueFullError):
            while True:
                first.publish("a", {"n": taken})
                taken += 1
        self.assertGreater(taken, 5)
        self.assertEqual(first.close(0), taken)
        with self.assertRaises(ringside.ClosedError):
            first.publish("a", {})
        with open(os.path.join(self.spool, "events-000000009999.ndjson"), "w", encoding="utf-8") as file:
            file.write('\0\0\n{"event_type":"cut o')
        second = self.open(spool=self.spool, max_batch_bytes=4_000, linger=60)
        self.assertEqual(second.stats()["pending"], taken + 1)
        second.publish("a", {"n": taken, "text": "ü€\ud800" * 500})
        self.assertEqual(second.close(), 0)
        self.assertEqual(self.server.numbers(), list(range(taken + 1)))
        self.assertEqual(second.stats()["rejected"], 1)

    def test_what_no_server_would_take_is_refused(self) -> None:
        client = self.open()
        for event_type, payload in (("a", []), ("", {}), ("a", {"x": float("nan")}), ("a", {"x": object()})):
            with self.assertRaises(ringside.InvalidEventError):
                client.publish(event_type, payload)  # type: ignore[arg-type]
        with self.assertRaises(ringside.InvalidEventError):
            client.publish("a", {}, key="action:1")

    def test_close_does_not_wait_for_a_server_that_hangs(self) -> None:
        self.server.mode = "drip"
        client = self.open()
        client.publish("a", {"n": 1})
        time.sleep(0.1)
        self.assertEqual(client.close(0.1), 1)
        self.assertFalse(any(thread.is_alive() for thread in client._threads))
        self.server.mode = "ok"

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_after_a_fork_memory_begins_anew_and_a_spool_stays_the_parents(self) -> None:
        program = f"""if True:
            import os, sys
            from ringside import ForkedError, RingsideClient
            memory = RingsideClient({self.server.url!r}, "test", linger=0.5)
            spooled = RingsideClient({self.server.url!r}, "test", spool={self.spool!r})
            memory.publish("a", {{"n": 0}})
            child = os.fork()
            if child == 0:
                memory.publish("a", {{"n": 1}})
                left = memory.flush()
                try:
                    spooled.publish("a", {{"n": 2}})
                except ForkedError:
                    os._exit(left)
                os._exit(9)
            status = os.waitpid(child, 0)[1]
            spooled.publish("a", {{"n": 3}})
            sys.exit(status)
        """
        ended = self.run_python(program)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertEqual(sorted(self.server.numbers()), [0, 1, 3])

    def test_a_normal_exit_sends_the_rest(self) -> None:
        program = f"""if True:
            from ringside import RingsideClient
            client = RingsideClient({self.server.url!r}, "test", linger=60)
            for n in range(10):
                client.publish("a", {{"n": n}})
        """
        ended = self.run_python(program)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertEqual(self.server.numbers(), list(range(10)))

    def run_python(self, program: str) -> subprocess.CompletedProcess[str]:
        arguments = [sys.executable, "-B", "-W", "ignore", "-c", program]
        here = os.path.dirname(os.path.abspath(__file__))
        return subprocess.run(arguments, capture_output=True, text=True, cwd=here, timeout=20)


if __name__ == "__main__":
    unittest.main()
