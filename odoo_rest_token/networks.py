"""Networks that a request may have to come from, as CIDR writes them (RFC 4632)."""

import re
from functools import lru_cache
from ipaddress import IPv6Network, ip_address, ip_network

MAPPED = IPv6Network("::ffff:0:0/96")  # IPv4 within IPv6: RFC 4291, section 2.5.5.2
SEPARATORS_RE = re.compile(r"[\s,]+")
LISTS = ";"  # between lists of networks: an address has to be in each of them


@lru_cache(maxsize=1024)
def parse_networks(text):
    """Read networks and single addresses, of IPv4 and IPv6.

    :param str text: with spaces or commas between them
    :rtype: tuple of ipaddress.IPv4Network and ipaddress.IPv6Network
    :raise ValueError: one of them is none, or has bits beyond its prefix; it says which
    """
    return tuple(_unmap(ip_network(word)) for word in split_networks(text))


def split_networks(text):
    """Split a list of networks into those that it names.

    :param str text: with spaces or commas between them, or a falsy value
    :rtype: list of str
    """
    return [word for word in SEPARATORS_RE.split(text or "") if word]


def contains(lists, address):
    """Tell whether an address is in each of some lists of networks.

    :param str lists: as :func:`join` writes them; nothing allows all addresses
    :param str address: of IPv4 or IPv6, as the server writes it, or None
    :rtype: bool
    :raise ValueError: a list can't be read
    """
    if not lists:
        return True
    networks = [parse_networks(text) for text in lists.split(LISTS)]
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return False  # of a Unix socket, say
    found = getattr(found, "ipv4_mapped", None) or found
    return all(any(found in network for network in each) for each in networks)


def join(*lists):
    """Join lists of networks, each of which an address has to be in.

    :param lists: of str, or falsy where all addresses are allowed
    :rtype: str
    """
    parsed = [parse_networks(text) for text in lists if split_networks(text)]
    return LISTS.join(" ".join(map(str, networks)) for networks in parsed)


def _unmap(network):
    if network.version == 4 or not network.subnet_of(MAPPED):
        return network
    mapped = network.network_address.ipv4_mapped
    return ip_network(f"{mapped}/{network.prefixlen - MAPPED.prefixlen}")
