"""A mailbox that speaks just enough IMAP for `imaplib`, in a thread of its own."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Generator
from contextlib import contextmanager


class ImapBox:
    """Its mails, and the numbers of those that were seen."""

    def __init__(self, mails: list[bytes]) -> None:
        self.mails = mails
        self.seen: set[int] = set()
        self.port = 0

    def answer(self, line: str) -> list[bytes]:
        """What the server says to one command, without its tag."""
        if "SEARCH" in line:
            unseen = [str(number) for number in range(1, len(self.mails) + 1) if number not in self.seen]
            return [f"* SEARCH {' '.join(unseen)}".encode()]
        if found := re.search(r"UID FETCH (\d+)", line):
            octets = self.mails[int(found[1]) - 1]
            return [b"* 1 FETCH (UID %d BODY[]<0> {%d}" % (int(found[1]), len(octets)), octets + b")"]
        if found := re.search(r"UID STORE (\d+)", line):
            self.seen.add(int(found[1]))
        return [b"* CAPABILITY IMAP4rev1"] if "CAPABILITY" in line else []


@contextmanager
def imap_box(mails: list[bytes]) -> Generator[ImapBox]:
    """On a free port of this machine."""
    box = ImapBox(mails)

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            while line := self.rfile.readline().decode():
                tag = line.split()[0]
                refused = "LOGIN" in line and "sesame" not in line
                for told in box.answer(line):
                    self.wfile.write(told + b"\r\n")
                self.wfile.write(f"{tag} {'NO wrong' if refused else 'OK done'}\r\n".encode())
                if "LOGOUT" in line:
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()
