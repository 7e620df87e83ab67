"""An address is believed only as far as our own proxies wrote it."""

import pytest
from django.test import RequestFactory

from wendu.config.proxies import client_address


@pytest.mark.parametrize(
    "count,header,address",
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 9.9.9.9, 10.0.0.2", "9.9.9.9"),
        (1, "", "127.0.0.1"),
        (3, "9.9.9.9", "127.0.0.1"),
    ],
)
def test_the_outermost_trusted_proxy_says_who_called(settings, count, header, address):
    settings.PROXY_COUNT = count
    request = RequestFactory().get("/", headers={"x-forwarded-for": header} if header else {})

    assert client_address(request) == address
