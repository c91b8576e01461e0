"""One run of load against one proxy, and what it cost."""

import collections
import re
import socket
import subprocess
import time

from . import machine

# What a run came to: requests/s, CPU microseconds a request, and milliseconds below which 50, 99 and 99.9 % of the
# answers came.
Sample = collections.namedtuple("Sample", "rate cpu p50 p99 p999")

# Connections of a fixed-rate run: h2load sends a connection's requests on a 10 ms clock, so a connection must not
# need more than 100 a second.
MOST_A_CONNECTION = 90

# They come in small groups, so that the clocks of the connections are spread evenly.
GROUP, GROUP_PERIOD_MS = 4, 10

UNITS = {"us": 0.001, "ms": 1, "s": 1000}


def url(port, shape):
    return f"{'https' if shape.tls else 'http'}://127.0.0.1:{port}/key"


def full(port, pid, shape, seconds):
    """As many requests as go through."""
    before = machine.cpu_seconds(pid)
    if shape.http2:
        requests, rate, times = full_h2load(port, shape, seconds)
    else:
        requests, rate, times = full_wrk(port, shape, seconds)
    cpu = machine.cpu_seconds(pid) - before
    return Sample(rate, cpu / requests * 1e6, *times)


def full_wrk(port, shape, seconds):
    command = ["wrk", "-t1", f"-c{shape.connections}", f"-d{seconds}s", "--latency"]
    command += ["-H", "Connection: close"] if shape.close else []
    output = subprocess.run([*command, url(port, shape)], capture_output=True, text=True, check=True).stdout
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    if "Non-2xx" in output or "Socket errors" in output and not shape.close:
        print(output)
    return requests, rate, (wrk_time(output, 50), wrk_time(output, 99), float("nan"))


def wrk_time(output, percent):
    number, unit = re.search(rf"\b{percent}%\s+([\d.]+)(us|ms|s)", output).groups()
    return float(number) * UNITS[unit]


def full_h2load(port, shape, seconds):
    log = shape.folder / "h2load.log"
    log.unlink(missing_ok=True)
    output = subprocess.run(
        ["h2load", f"-c{shape.connections}", f"-m{shape.streams}", f"-D{seconds}", f"--log-file={log}",
         url(port, shape)], capture_output=True, text=True, check=True).stdout
    check_h2load(output)
    rate = float(re.search(r"([\d.]+) req/s", output).group(1))
    rows = [(start, micros) for start, micros in read_log(log)]
    return len(rows), rate, percentiles([micros for _, micros in rows])


def fixed(port, pid, shape, rate, seconds):
    """`rate` requests a second, whether the proxy keeps up or not; only the stretch in which all connections are up
    is counted."""
    connections = max(64, GROUP * -(-int(rate) // (MOST_A_CONNECTION * GROUP)))
    ramp = connections / GROUP * GROUP_PERIOD_MS / 1000
    log = shape.folder / "h2load.log"
    log.unlink(missing_ok=True)
    command = [*machine.on(machine.LOAD), "h2load", f"-c{connections}", f"-r{GROUP}", f"--rate-period={GROUP_PERIOD_MS}ms",
               f"-n{int(rate * (seconds + ramp))}", f"--rps={rate / connections:.3f}", f"--log-file={log}"]
    command += [] if shape.http2 else ["--h1"]
    before = machine.cpu_seconds(pid)
    output = subprocess.run([*command, url(port, shape)], capture_output=True, text=True, check=True).stdout
    cpu = machine.cpu_seconds(pid) - before
    check_h2load(output)
    rows = read_log(log)
    begin = rows[0][0] + ramp * 1e6
    end = begin + (seconds - ramp) * 1e6
    counted = [micros for start, micros in rows if begin <= start < end]
    return Sample(len(counted) / (end - begin) * 1e6, cpu / len(rows) * 1e6, *percentiles(counted))


def check_h2load(output):
    if " 0 failed, 0 errored, 0 timeout" not in output:
        print(re.search(r"^requests:.*", output, re.M).group(0))


def read_log(log):
    """(start, duration) of each request in microseconds, by start."""
    rows = []
    with open(log) as lines:
        for line in lines:
            start, _, micros = line.split()
            rows.append((int(start), int(micros)))
    rows.sort()
    return rows


def percentiles(micros):
    micros = sorted(micros)
    return tuple(micros[min(len(micros) - 1, int(len(micros) * share))] / 1000 for share in (0.5, 0.99, 0.999))


def idle(port, count):
    """Opens that many connections, each of which has had one answer and now rests."""
    request = b"GET /key HTTP/1.1\r\nHost: bench\r\n\r\n"
    connections = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        connection.sendall(request)
        if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
            raise OSError("an idle connection was not answered 200")
        connections.append(connection)
    time.sleep(1)
    return connections
