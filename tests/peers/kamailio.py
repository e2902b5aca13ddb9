"""kamailio as registrar and proxy with digest authentication; the password of user X is `pw-X`."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path
from threading import Event

from tests.peers.ports import free_port

CONFIG = """\
#!KAMAILIO
debug=0
log_stderror=yes
fork=yes
children=1
tcp_children=1
auto_aliases=no
listen=udp:{host}:{port}
listen=tcp:{host}:{port}
dns=no
rev_dns=no
loadmodule "kex.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "auth.so"
modparam("usrloc", "db_mode", 0)
modparam("registrar", "min_expires", 5)
modparam("registrar", "max_expires", 3600)
modparam("rr", "append_fromtag", 1)
request_route {{
	if (!mf_process_maxfwd_header("20")) {{ sl_send_reply("483", "Too Many Hops"); exit; }}
	if (is_method("CANCEL")) {{ if (t_check_trans()) t_relay(); exit; }}
	if (has_totag()) {{
		if (loose_route()) {{ t_relay(); exit; }}
		if (is_method("ACK")) {{ if (t_check_trans()) t_relay(); exit; }}
		t_relay();
		exit;
	}}
	t_check_trans();
	if (is_method("REGISTER")) {{
		if (!pv_www_authenticate("desk.test", "pw-$aU", "0")) {{ www_challenge("desk.test", "1"); exit; }}
		if (!save("location")) sl_reply_error();
		exit;
	}}
	record_route();
	{route}
	if (!lookup("location")) {{ sl_send_reply("404", "Not Found"); exit; }}
	if (!t_relay()) sl_reply_error();
}}
"""


TLS = """enable_tls=yes
listen=tls:{host}:{port}
loadmodule "tls.so"
modparam("tls", "certificate", "{certificate}")
modparam("tls", "private_key", "{certificate}")
modparam("tls", "tls_method", "TLSv1.2+")
"""


class Kamailio:
    """One kamailio on a free port of `host`, UDP and TCP; with a certificate (PEM, with its key) also TLS."""

    def __init__(
        self,
        home: Path,
        certificate: Path | None = None,
        port: int = 0,
        route: str = "",
        host: str = "127.0.0.1",
        tls_port: int = 0,
    ) -> None:
        """`route` is put before the look-up of who is called."""
        home.mkdir(parents=True, exist_ok=True)
        self.host, self.port = host, port or free_port(host)
        self.tls_port = tls_port or free_port(host, socket.SOCK_STREAM)
        config, text = home / "kamailio.cfg", CONFIG.format(host=host, port=self.port, route=route)
        if certificate is not None:
            tls = TLS.format(host=host, port=self.tls_port, certificate=certificate)
            text = text.replace("loadmodule", f"{tls}loadmodule", 1)
        config.write_text(text)
        argv = ["kamailio", "-f", str(config), "-P", str(home / "pid"), "-w", str(home), "-Y", str(home)]
        self._log = open(home / "kamailio.log", "wb")  # noqa: SIM115
        self.process = subprocess.Popen(
            [*argv, "-m", "32", "-M", "4", "-DD"],
            stdout=self._log,
            stderr=self._log,
            stdin=subprocess.DEVNULL,
        )
        self._wait(home)

    def __enter__(self) -> Kamailio:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def place(self, transport: str) -> str:
        """Where it is reached over `transport`."""
        return f"{self.host}:{self.tls_port if transport == 'tls' else self.port}"

    def _wait(self, home: Path) -> None:
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection((self.host, self.port), 1).close()
                return
            except OSError:
                Event().wait(0.05)
        raise AssertionError((home / "kamailio.log").read_text()[-2000:])

    def close(self) -> None:
        """End it and its children."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()
