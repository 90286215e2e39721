"""Ports for servers that are told which one to take."""
import pathlib
import random
import socket

LOWEST = 15_000
OF_CONNECTIONS = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port():
    """One that is free, and that no connection takes meanwhile: the system gives those from a range of
    its own, and a server that starts again wants the same port."""
    ports = range(LOWEST, int(OF_CONNECTIONS.read_text(encoding="ascii").split()[0]))
    for port in random.SystemRandom().sample(ports, 1000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("none of 1,000 ports is free")
