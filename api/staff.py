"""What every process beside the server does first: it ends when the server does, and not before."""

import os
import signal
from multiprocessing import connection, parent_process
from threading import Thread


def stay_with_server() -> None:
    """Leave the ending to the server, and leave at once when it is no more, however it ended."""
    server = parent_process()
    assert server is not None, "who works beside one has a server"
    Thread(target=_leave_after, args=(server.sentinel,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave_after(server: int) -> None:
    connection.wait([server])
    os._exit(1)
