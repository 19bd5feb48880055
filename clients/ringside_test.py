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

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.mode = "ok"
        #: Stores no more than so many, and is unavailable then.
        self.most = 1_000_000
        self.connections = 0
        #: The most events of one call.
        self.largest = 0
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
    # Headers and body go in two pieces, and the second would wait for an acknowledgement.
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        self.server.connections += 1
        super().setup()

    def do_POST(self) -> None:
        mode = self.server.mode
        try:
            events = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if any(event["payload"].get("poison") for event in events):
                mode = "poison"
        except ValueError:
            events, mode = [], "poison"
        self.server.largest = max(self.server.largest, len(events))
        if len(self.server.stored) + len(events) > self.server.most:
            mode = "503"
        if mode == "hang":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            while self.server.mode == "hang":
                time.sleep(0.02)
            return
        answer = {} if mode in ("503", "poison") else {"results": [self.server.take(event) for event in events]}
        if mode == "garbage":
            answer = {"results": []}
        refusal = {"error": {"code": "bad_request" if mode == "poison" else "x", "message": "y"}}
        body = json.dumps(answer if mode in ("ok", "garbage", "chunked") else refusal).encode()
        self.send_response(int(mode) if mode.isdigit() else 400 if mode == "poison" else 200)
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
        """A client that is quick, on a folder of its own unless given."""
        quick = {"linger": 0.002, "backoff": (0.005, 0.02), "spool": f"{self.spool}-{len(self.clients)}", **options}
        client = RingsideClient(quick.pop("url", self.server.url), "test", **quick)
        self.clients.append(client)
        return client

    @property
    def spool(self) -> str:
        return os.path.join(self.folder.name, "spool")

    def file(self) -> bytes:
        with open(os.path.join(self.spool, "python.ndjson"), "rb") as file:
            return file.read()

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

    def test_a_connection_is_kept_but_not_one_that_rested(self) -> None:
        for mode in ("ok", "chunked"):
            self.server.mode = mode
            before = self.server.connections
            client = self.open()
            for n in range(20):
                client.publish(mode, {"n": n})
                self.assertEqual(client.flush(), 0)
            self.assertEqual(self.server.connections, before + 1)
            client._used -= 5
            client.publish(mode, {"n": 20})
            self.assertEqual(client.flush(), 0)
            self.assertEqual((client.stats()["retries"], self.server.connections), (0, before + 2))
            self.assertEqual(self.server.numbers(mode), list(range(21)))

    def test_what_fails_is_sent_again_and_stored_once(self) -> None:
        for mode in ("500", "302", "401", "404", "400", "garbage", "hang"):
            self.server.mode = mode
            client = self.open(timeout=0.05)
            client.publish(mode, {"n": 1})
            while client.stats()["retries"] == 0:
                time.sleep(0.005)
            self.assertEqual(client.stats()["pending"], 1, mode)
            self.server.mode = "ok"
            self.assertEqual(client.flush(), 0, mode)
            self.assertEqual(self.server.numbers(mode), [1], mode)

    def test_a_server_that_is_away_gets_everything_in_order_when_it_is_back(self) -> None:
        away = self.server.server_port
        self.server.shutdown()
        self.server.server_close()
        client = self.open(url=f"http://127.0.0.1:{away}", max_batch_events=7)
        for n in range(100):
            client.publish("a", {"n": n})
        self.assertEqual(client.flush(0.1), 100)
        self.server = Server(away)
        self.assertEqual(client.flush(), 0)
        self.assertEqual(self.server.numbers(), list(range(100)))
        self.assertLessEqual(self.server.largest, 7)

    def test_an_event_for_which_the_call_is_refused_as_a_whole_is_found(self) -> None:
        told: list[Any] = []
        client = self.open(linger=0.2, on_rejected=lambda event, code, message: told.append((event["payload"]["n"], code)))
        for n in range(30):
            client.publish("a", {"n": n, "poison": n in (3, 17)})
        self.assertEqual(client.flush(), 0)
        self.assertEqual(told, [(3, "bad_request"), (17, "bad_request")])
        self.assertEqual(self.server.numbers(), [n for n in range(30) if n not in (3, 17)])

    def test_a_retry_after_is_waited_for(self) -> None:
        self.server.mode = "429"
        client = self.open()
        begun = time.monotonic()
        client.publish("a", {"n": 1})
        self.assertEqual(client.flush(), 0)
        self.assertGreaterEqual(time.monotonic() - begun, 0.99)

    def test_what_is_refused_for_good_is_told_and_kept_and_the_others_are_stored(self) -> None:
        told = []

        def rejected(event: dict[str, Any], code: str, message: str) -> None:
            told.append((event["payload"]["n"], code))
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
        first = self.open(url="http://127.0.0.1:1", spool=self.spool, max_spool_bytes=2_000)
        with self.assertRaises(ringside.RingsideError):
            self.open(spool=self.spool)
        taken = 0
        with self.assertRaises(ringside.QueueFullError):
            while True:
                first.publish("a", {"n": taken})
                taken += 1
        self.assertGreater(taken, 5)
        self.assertLessEqual(len(self.file()), 2_000)
        self.assertEqual(first.close(0), taken)
        with self.assertRaises(ringside.RingsideError):
            first.publish("a", {})
        with open(os.path.join(self.spool, "python.ndjson"), "ab") as file:
            file.write(b'\0\0\n{"event_type":"cut o')
        second = self.open(spool=self.spool)
        self.assertEqual(second.stats()["pending"], taken + 1)
        second.publish("a", {"n": taken, "text": "ü€\ud800" * 500})
        self.assertEqual(second.close(), 0)
        self.assertEqual(self.server.numbers(), list(range(taken + 1)))
        self.assertEqual(second.stats()["rejected"], 1)
        self.assertEqual(len(self.file()), 20)

    def test_what_has_its_answer_is_not_sent_again_by_the_next_client(self) -> None:
        self.server.most = 10
        first = self.open(spool=self.spool, max_batch_events=10, linger=60, backoff=(60, 60))
        for n in range(35):
            first.publish("a", {"n": n})
        while len(self.server.stored) < 10 or first.stats()["retries"] == 0:
            time.sleep(0.005)
        self.assertEqual(first.close(0), 25)
        self.server.most = 1_000
        second = self.open(spool=self.spool)
        self.assertEqual(second.flush(), 0)
        self.assertEqual((second.stats()["stored"], second.stats()["duplicates"]), (25, 0))
        self.assertEqual(self.server.numbers(), list(range(35)))

    def test_room_of_what_is_answered_is_used_again_while_the_file_is_never_empty(self) -> None:
        self.server.most = 24
        client = self.open(spool=self.spool, max_spool_bytes=6_000, max_batch_events=3, backoff=(0.01, 0.01))
        for n in range(30):
            client.publish("a", {"n": n})
        while client.stats()["pending"] > 6:
            time.sleep(0.005)
        for n in range(30, 50):
            client.publish("a", {"n": n})
        self.assertLessEqual(len(self.file()), 6_000)
        self.server.most = 1_000
        self.assertEqual(client.flush(), 0)
        self.assertEqual(self.server.numbers(), list(range(50)))

    def test_what_no_server_would_take_is_refused(self) -> None:
        client = self.open()
        for event_type, payload in (("a", []), ("", {}), ("a", {"x": float("nan")}), ("a", {"x": object()}), ("a", {"x": "x" * 9**7})):
            with self.assertRaises(ValueError):
                client.publish(event_type, payload)  # type: ignore[arg-type]
        self.assertEqual(client.stats()["pending"], 0)

    def test_close_does_not_wait_for_a_server_that_hangs(self) -> None:
        self.server.mode = "hang"
        client = self.open()
        client.publish("a", {"n": 1})
        time.sleep(0.1)
        self.assertEqual(client.close(0.1), 1)
        self.assertFalse(client._sender.is_alive())
        self.server.mode = "ok"

    def test_a_forked_child_needs_a_client_of_its_own(self) -> None:
        program = f"""if True:
            import os, sys
            from ringside import RingsideClient, RingsideError
            client = RingsideClient({self.server.url!r}, "test", {self.spool!r}, linger=0.5)
            client.publish("a", {{"n": 0}})
            child = os.fork()
            if child == 0:
                try:
                    client.publish("a", {{"n": 1}})
                except RingsideError:
                    sys.exit(client.close())
                sys.exit(9)
            status = os.waitpid(child, 0)[1]
            client.publish("a", {{"n": 2}})
            sys.exit(os.waitstatus_to_exitcode(status))
        """
        ended = self.run_python(program)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertEqual(self.server.numbers(), [0, 2])

    def test_a_normal_exit_sends_the_rest(self) -> None:
        program = f"""if True:
            from ringside import RingsideClient
            client = RingsideClient({self.server.url!r}, "test", {self.spool!r}, linger=60)
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
