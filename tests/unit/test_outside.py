"""Which addresses of other programs may be called."""

import socket

import pytest

from core import outside
from core.outside import BadAddress, address_of, is_public, resolved


@pytest.mark.parametrize(
    ("text", "host", "port", "target"),
    [
        ("https://robot.example", "robot.example", 443, "/"),
        ("https://Robot.Example./in?a=1&b=%D1%8F", "robot.example", 443, "/in?a=1&b=%D1%8F"),
        ("https://robot.example:8443/in", "robot.example", 8443, "/in"),
        ("https://[2606:4700::1111]/in", "2606:4700::1111", 443, "/in"),
    ],
)
def test_read(text: str, host: str, port: int, target: str) -> None:
    found = address_of(text, "")
    assert (found.host, found.port, found.target, found.listed) == (host, port, target, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "robot.example",
        "ftp://robot.example",
        "https://",
        "https:///in",
        "https://робот.example/",
        "https://robot.example/путь",
        "https://robot.example/a b",
        "https://robot.example/a\r\nHost: b",
        "https://robot.example/\t",
        "https://{{ ticket.number }}.example/",
        "https://robot.example/{{ ticket.number }}",
        "https://a:b@robot.example/",
        "https://@robot.example/",
        "https://robot.example/#x",
        "https://robot.example:99999/",
        "https://robot.example:x/",
        "https://[::1/",
        "https://-robot.example/",
        "https://" + "a" * 300 + ".example/",
        "http://robot.example/",
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://127.1:8443/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://10.0.0.5:8443/",
        "https://192.168.1.1./",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://LOCALHOST/",
        "https://robot.localhost/",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        address_of(text, "other.example, 10.0.0.5:8080")


@pytest.mark.parametrize("listed", ["10.0.0.5", " 10.0.0.5:8080 , x", "X,10.0.0.5:8080"])
def test_listed_hosts_need_no_tls(listed: str) -> None:
    assert address_of("http://10.0.0.5:8080/in", listed).listed
    with pytest.raises(BadAddress):
        address_of("http://10.0.0.6:8080/in", listed)


def test_a_port_that_is_listed_is_that_port_only() -> None:
    assert address_of("http://[::1]:8080/", "[::1]:8080").listed
    with pytest.raises(BadAddress):
        address_of("http://10.0.0.5/in", "10.0.0.5:8080")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::a00:1", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_of_the_house(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_of_the_open_internet(address: str) -> None:
    assert is_public(address)


def test_a_name_is_looked_up_and_all_it_means_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    means = ["8.8.8.8"]
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, port, **_more: [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in means
        ],
    )
    address = address_of("https://robot.example/", "")
    assert resolved(address) == [(socket.AF_INET, "8.8.8.8")]
    means.append("10.0.0.1")
    with pytest.raises(BadAddress):
        resolved(address)
    listed = address_of("https://robot.example/", "robot.example")
    assert [host for _family, host in resolved(listed)] == means


def test_signature_is_that_of_the_docs() -> None:
    key = outside.key_for("secret", "robot.example")
    assert key != outside.key_for("secret", "other.example")
    assert outside.signature("k", "1770000000", b'{"a": 1}') == (
        "sha256=2673508d00c2e1f4e03227f117e2d0a3f5209e7db474ce8411dec666005523c8"
    )
