"""Serves every site of the table over HTTPS on 127.0.0.1 until SIGTERM. Started by serve.py."""

import contextlib
import json
import logging
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import settings
from serve import parse
from sites import SITES, address

CERTIFICATE = """[req]
distinguished_name = name
x509_extensions = use
prompt = no
[name]
CN = Cookie Charter demo portal
[use]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = {names}
"""


def make_certificate(folder, hosts):
    """A self-signed certificate for all host names, good for a week."""
    config, key, certificate = (folder / name for name in ("openssl.cnf", "key.pem", "certificate.pem"))
    config.write_text(CERTIFICATE.format(names=", ".join(f"DNS:{host}" for host in hosts)))
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "7",
         "-config", config, "-keyout", key, "-out", certificate], capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"openssl could not make the certificate: {made.stderr.strip()}")
    return certificate, key


def record_requests(app, path):
    """Wraps the WSGI application: one JSON line per request, written before the answer."""
    file, lock = open(path, "w", encoding="utf-8", buffering=1), threading.Lock()

    def recording(environ, start_response):
        line = {"at": round(time.time() * 1000), "method": environ["REQUEST_METHOD"],
                "host": environ.get("HTTP_HOST"), "path": environ["PATH_INFO"], "query": environ["QUERY_STRING"],
                "cookie": "HTTP_COOKIE" in environ, "referer": environ.get("HTTP_REFERER"),
                "origin": environ.get("HTTP_ORIGIN"), "fetch_dest": environ.get("HTTP_SEC_FETCH_DEST"),
                "fetch_site": environ.get("HTTP_SEC_FETCH_SITE")}
        with lock:
            print(json.dumps(line), file=file)
        return app(environ, start_response)

    return recording


def make_server(port, app, certificate, key):
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Handler(WSGIRequestHandler):
        def get_stderr(self):
            # Where tracebacks of dropped connections would go: the log, as everything else.
            return logging.getLogger().handlers[0].stream

    class Server(ThreadedWSGIServer):
        request_queue_size = 128

        def setup_environ(self):
            super().setup_environ()
            self.base_environ["HTTPS"] = "on"

        def handle_error(self, request, client_address):
            # Browsers open connections that they then leave or refuse: of interest in the log only.
            logging.getLogger("django.server").info("connection dropped", exc_info=True)

    server = Server(("127.0.0.1", port), Handler)
    server.set_app(app)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    # The handshake belongs to the thread of the connection: one silent client must not keep the others waiting.
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


def wait_until_accepted(port, certificate):
    context = ssl.create_default_context(cafile=certificate)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        with context.wrap_socket(plain, server_hostname=SITES["plain"].host):
            pass


def wait_for_the_end(stopping, parent):
    """Until told to stop or, when `parent` is a process, until that process is no longer our parent."""
    while not stopping.wait(1 if parent else None):
        if os.getppid() != parent:
            return


def main():
    import charters

    options = parse()
    parent = os.getppid() if options.with_parent else None
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: charters.stopping.set())
    with tempfile.TemporaryDirectory(prefix="cookie-charter-portal-") as temporary:
        folder = Path(temporary)
        log, requests = options.log or folder / "log", options.requests or folder / "requests"
        hosts = [site.host for site in SITES.values()] + options.hosts
        certificate, key = make_certificate(folder, hosts)
        app = settings.start(folder, hosts, log)
        try:
            server = make_server(options.port, record_requests(app, requests), certificate, key)
        except OSError as error:
            sys.exit(f"The portal cannot listen on port {options.port} ({error.strerror}): name another with --port.")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        port = server.server_port
        wait_until_accepted(port, certificate)
        print(json.dumps({
            "ready": True, "port": port, "portal": address(options.mode, port), "pid": os.getpid(),
            "user": settings.USER, "password": settings.PASSWORD,
            "sites": {key: address(key, port) for key in SITES}, "hosts": hosts,
            "log": str(log.resolve()), "requests": str(requests.resolve()), "certificate": str(certificate),
        }), flush=True)
        wait_for_the_end(charters.stopping, parent)
        with contextlib.closing(server.socket):
            charters.stopping.set()
            server.shutdown()


if __name__ == "__main__":
    main()
