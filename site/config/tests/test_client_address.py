import pytest

from config.middleware import ClientAddressMiddleware


def seen(rf, settings, proxies, passed_on=None):
    settings.TRUSTED_PROXIES = proxies
    extra = {} if passed_on is None else {"HTTP_X_FORWARDED_FOR": passed_on}
    return ClientAddressMiddleware(lambda request: request.META["REMOTE_ADDR"])(rf.get("/", **extra))


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "1.1.1.1, 203.0.113.7", "203.0.113.7"),  # what stands further left is the visitor's own claim
        (2, "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (0, "203.0.113.7", "127.0.0.1"),  # nobody in front: whoever sends the header made it up
        (2, "203.0.113.7", "127.0.0.1"),  # came past one of the proxies
        (1, "", "127.0.0.1"),
        (1, None, "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, passed_on, address):
    assert seen(rf, settings, proxies, passed_on) == address
