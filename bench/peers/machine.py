"""What the operating system knows: free ports, CPU time and memory of processes."""

import os
import pathlib
import re
import socket
import sys
import time

TICK = os.sysconf("SC_CLK_TCK")

GIVEN = set()

# The processor of the proxies, and that of the backend and the load, where they are kept apart.
PROXY, LOAD = 0, 1


def free_port():
    """A port that is free now and was not given before."""
    while True:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        if port not in GIVEN:
            GIVEN.add(port)
            return port


def wait_until_it_listens(port, process, seconds=60):
    end, last = time.monotonic() + seconds, None
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError as e:
            last = e
        time.sleep(0.05)
    sys.exit(f"nothing listens on port {port}; last: {last}")


def family(pid):
    """The process and all below it."""
    pids, queue = [], [pid]
    while queue:
        one = queue.pop()
        pids.append(one)
        for task in pathlib.Path(f"/proc/{one}/task").glob("*/children"):
            queue += [int(child) for child in task.read_text().split()]
    return pids


def cpu_seconds(pid):
    """User and system time of the process and all below it."""
    total = 0
    for one in family(pid):
        fields = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def rss_mb(pid):
    """Resident memory of the process and all below it."""
    total = 0
    for one in family(pid):
        match = re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{one}/status").read_text())
        total += int(match.group(1)) if match else 0
    return total / 1024


def on(processor):
    """The beginning of a command that stays on one processor."""
    return ["taskset", "-c", str(processor)] if (os.cpu_count() or 1) > 1 else []


def pin(pid, processor):
    """Keeps all threads of the process and of those below it on one processor."""
    if (os.cpu_count() or 1) > 1:
        for one in family(pid):
            for task in os.listdir(f"/proc/{one}/task"):
                os.sched_setaffinity(int(task), {processor})
