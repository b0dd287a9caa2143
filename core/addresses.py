"""Where a request comes from, whatever the client says of itself."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# One household has as many IPv6 addresses as it likes, in one network of this size.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """Return the address of the client; of IPv6, its network.

    `X-Forwarded-For` counts only behind the proxy that overwrites it (`BEHIND_PROXY`).
    """
    text: str = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        text = request.headers.get("X-Forwarded-For", text).rpartition(",")[2].strip()
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False))
    return str(address)
