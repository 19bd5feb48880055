"""A producer of the cluster: publishes numbers through clients/ringside.py, prints each once it is taken, at last its stats."""

import json
import pathlib
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "clients"))

from ringside import RingsideClient  # noqa: E402

url, spool = sys.argv[1], sys.argv[2]
first, count, per_second = (int(text) for text in sys.argv[3:6])

client = RingsideClient(url, source="producer", spool=spool, backoff=(0.25, 0.5))
begun = time.monotonic()
for number in range(count):
    time.sleep(max(0.0, begun + number / per_second - time.monotonic()))
    client.publish("work_queued", {"work_id": first + number})
    print(first + number, flush=True)
left = client.close(60)
print(json.dumps({"left": left, **client.stats()}), flush=True)
