"""What the processes of a server use, as Linux tells it (proc(5))."""

import os
from pathlib import Path

PROC = Path("/proc")
TICK = 1 / os.sysconf("SC_CLK_TCK")


def find_processes(port):
    """Find the processes of the Odoo that listens on a port.

    :param int port: of its command line
    :return: their numbers
    :rtype: list of int
    :raise RuntimeError: there are none
    """
    option = f"\0--http-port\0{port}\0".encode()
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            if option in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended
    if not found:
        raise RuntimeError(f"no process has --http-port {port}")
    return found


def get_cpu_seconds(pids):
    """Return the processor time that processes have used.

    :rtype: float, in seconds
    """
    stats = (_read_stat(PROC / str(pid)) for pid in pids)
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) * TICK


def get_memory(pids):
    """Return the memory that is the processes' own, not of files.

    :rtype: int, in KiB
    """
    return sum(_read_status(pid, "RssAnon") for pid in pids)


def _read_stat(folder):
    # The name in parentheses may have anything in it.
    return (folder / "stat").read_text().rpartition(")")[2].split()


def _read_status(pid, name):
    for line in (PROC / str(pid) / "status").read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key == name:
            return int(value.split()[0])
    raise KeyError(name)
