"""A RingRift process as far as its shared queue goes: plain sqlite3 on events.db, commands on stdin, answers on stdout."""

import json
import os
import socket
import sqlite3
import sys
import time

path, name = sys.argv[1], sys.argv[2]
host = socket.gethostname()
subscriber = f"{host}:{os.getpid()}:{name}"

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT, event_type TEXT NOT NULL, payload TEXT NOT NULL DEFAULT '{}',
    source TEXT NOT NULL DEFAULT '', hostname TEXT NOT NULL DEFAULT '', created_at REAL NOT NULL,
    INDEX_event_type TEXT GENERATED ALWAYS AS (event_type) STORED);
CREATE TABLE IF NOT EXISTS subscribers (
    subscriber_id TEXT PRIMARY KEY, process_name TEXT NOT NULL, hostname TEXT NOT NULL, pid INTEGER NOT NULL,
    subscribed_types TEXT NOT NULL DEFAULT '[]', last_poll_at REAL NOT NULL, created_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS acks (
    subscriber_id TEXT NOT NULL, event_id INTEGER NOT NULL, acked_at REAL NOT NULL, PRIMARY KEY (subscriber_id, event_id),
    FOREIGN KEY (subscriber_id) REFERENCES subscribers(subscriber_id) ON DELETE CASCADE,
    FOREIGN KEY (event_id) REFERENCES events(event_id) ON DELETE CASCADE);
CREATE INDEX IF NOT EXISTS idx_events_type ON events(event_type);
CREATE INDEX IF NOT EXISTS idx_events_created ON events(created_at);
CREATE INDEX IF NOT EXISTS idx_acks_subscriber ON acks(subscriber_id);
CREATE INDEX IF NOT EXISTS idx_acks_event ON acks(event_id);
"""


def connect():
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.executescript(SCHEMA)
    return connection


db = connect()


def publish(event_type, payload, source=name, hostname=host):
    insert = "INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)"
    return db.execute(insert, (event_type, payload, source, hostname, time.time())).lastrowid


def stream(count, per_second):
    begun = time.time()
    for number in range(count):
        due = begun + number / per_second
        time.sleep(max(0.0, due - time.time()))
        publish("new_games", json.dumps({"host": host, "new_games": number, "total_games": count, "sent_at": time.time()}))
    return count


def poll(types):
    now = time.time()
    db.execute(
        "INSERT OR REPLACE INTO subscribers VALUES (?, ?, ?, ?, ?, ?, ?)",
        (subscriber, name, host, os.getpid(), json.dumps(types), now, now),
    )
    marks = ",".join("?" * len(types))
    rows = db.execute(
        "SELECT event_id, event_type, payload, source FROM events WHERE created_at > ? AND event_type IN (" + marks + ")"
        " AND event_id NOT IN (SELECT event_id FROM acks WHERE subscriber_id = ?) ORDER BY event_id LIMIT 100",
        (now - 86400, *types, subscriber),
    ).fetchall()
    for row in rows:
        db.execute("INSERT OR IGNORE INTO acks VALUES (?, ?, ?)", (subscriber, row[0], time.time()))
    return [dict(zip(("event_id", "event_type", "payload", "source"), row)) for row in rows]


for line in sys.stdin:
    command = json.loads(line)
    what = command["do"]
    if what == "publish":
        answer = publish(
            command["event_type"], command["payload"], command.get("source", name), command.get("hostname", host)
        )
    elif what == "stream":
        answer = stream(command["count"], command["per_second"])
    elif what == "poll":
        answer = poll(command["types"])
    else:
        answer = db.execute(command["sql"]).fetchall()
    print(json.dumps(answer), flush=True)
