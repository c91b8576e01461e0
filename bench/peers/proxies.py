"""The backend and the three proxies, each started for one shape of load."""

import pathlib
import resource
import signal
import subprocess

from . import machine

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# Above the 10,000 idle connections that are measured.
MOST_CONNECTIONS = 10_400

MOST_FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[1]


class Proxies:
    """Starts them in a folder of their own, and ends them.

    One nginx answers `return 200`, or a file, behind all; each proxy hashes the URI consistently and has the same
    number of event loops.
    """

    def __init__(self, folder, shape):
        self.folder, self.shape = folder, shape
        self.processes = []
        self.backend_pid = 0
        self.started = {}
        self.backend = machine.free_port()
        if shape.tls:
            self.make_certificate()

    def start(self, names):
        _, self.backend_pid = self.start_backend()
        for name in names:
            self.started[name] = getattr(self, name)()

    def part(self):
        """From now on the proxies have a processor of their own; backend and load share another."""
        machine.pin(self.backend_pid, machine.LOAD)
        for _, pid in self.started.values():
            machine.pin(pid, machine.PROXY)

    def end(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def log(self):
        return (self.folder / "log").read_text()

    def run(self, port, *command):
        with open(self.folder / "log", "ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        self.processes.append(process)
        machine.wait_until_it_listens(port, process)
        return port, process.pid

    def make_certificate(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=localhost", "-keyout", self.folder / "key.pem", "-out",
             self.folder / "cert.pem"],
            check=True, capture_output=True)
        both = (self.folder / "cert.pem").read_text() + (self.folder / "key.pem").read_text()
        (self.folder / "both.pem").write_text(both)

    def start_backend(self):
        (self.folder / "body").write_bytes(b"x" * self.shape.body)
        answer = f"root {self.folder}; try_files /body =404;" if self.shape.body else "return 200;"
        return self.start_nginx("backend", self.backend, f"listen 127.0.0.1:{self.backend}; location / {{ {answer} }}", "", 1)

    def start_nginx(self, name, port, server, upstream, workers):
        conf = self.folder / f"{name}.conf"
        conf.write_text(f"""
user root; daemon off; worker_processes {workers}; worker_rlimit_nofile {MOST_FILES};
pid {self.folder}/{name}.pid; error_log {self.folder}/{name}.log error;
events {{ worker_connections {MOST_CONNECTIONS}; }}
http {{
  access_log off; keepalive_requests 1000000000; sendfile on; tcp_nodelay on; ssl_session_cache off;
  {upstream}
  server {{ {server} }}
}}
""")
        return self.run(port, "nginx", "-p", str(self.folder), "-c", str(conf))

    def nginx(self):
        port = machine.free_port()
        upstream = f"""upstream back {{
    hash $request_uri consistent; server 127.0.0.1:{self.backend}; keepalive 256; keepalive_requests 1000000000;
  }}"""
        words = "".join((" ssl" if self.shape.tls else "", " http2" if self.shape.http2 else ""))
        pem = f"ssl_certificate {self.folder}/cert.pem; ssl_certificate_key {self.folder}/key.pem;"
        server = f"""listen 127.0.0.1:{port}{words} reuseport; {pem if self.shape.tls else ""}
    location / {{
      proxy_pass http://back; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }}"""
        return self.start_nginx("proxy", port, server, upstream, self.shape.loops)

    def haproxy(self):
        port = machine.free_port()
        words = f" ssl crt {self.folder}/both.pem alpn h2,http/1.1" if self.shape.tls else ""
        words += " proto h2" if self.shape.http2 and not self.shape.tls else ""
        conf = self.folder / "haproxy.cfg"
        conf.write_text(f"""
global
  nbthread {self.shape.loops}
  maxconn {MOST_CONNECTIONS}
  ulimit-n {MOST_FILES}
  no strict-limits
defaults
  mode http
  option forwardfor
  http-reuse always
  timeout connect 1s
  timeout client 60s
  timeout server 60s
frontend front
  bind 127.0.0.1:{port}{words}
  default_backend back
backend back
  balance uri
  hash-type consistent
  server one 127.0.0.1:{self.backend}
""")
        return self.run(port, "haproxy", "-db", "-f", str(conf))

    def ringmaster(self):
        port = machine.free_port()
        plain = machine.free_port() if self.shape.tls else port
        tls = ["--tls-port", str(port), "--tls-certificate", f"{self.folder}/cert.pem",
               "--tls-key", f"{self.folder}/key.pem"]
        return self.run(
            port, str(ROOT / "ringmaster"), "up", "--port", str(plain), "--address", "127.0.0.1",
            "--admin-port", str(machine.free_port()), "--data", str(self.folder / "data"),
            "--targets", f"127.0.0.1:{self.backend}", "--key", "uri", "--event-loops", str(self.shape.loops),
            *(tls if self.shape.tls else []))
