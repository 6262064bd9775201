"""What went wrong on the way to a server, as errors of ours with their kind of trouble."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpx

from monitor.collect.addresses import AddressRefusedError
from monitor.collect.bodies import BodyError
from monitor.collect.transport import UnresolvedNameError
from monitor.errors import FetchError, Trouble


class NetworkError(FetchError):
    """The host could not be reached or broke off: worth another try soon."""

    def __init__(self, url: str, reason: str, trouble: Trouble = Trouble.NETWORK) -> None:
        super().__init__(url, reason, trouble=trouble)


class RefusedAddressError(FetchError):
    """The URL leads to where we do not connect, or is none that we follow."""

    def __init__(self, url: str, reason: str, trouble: Trouble = Trouble.ADDRESS) -> None:
        super().__init__(url, reason, trouble=trouble)


def translate_error(url: str, error: Exception) -> FetchError:
    """Return what a failed request means."""
    said = str(error) or type(error).__name__
    match error:
        case AddressRefusedError():
            return RefusedAddressError(url, said)
        case BodyError():
            return FetchError(url, said, trouble=error.trouble)
        case TimeoutError():  # ours, for the whole answer; httpx has its own
            return FetchError(url, "the answer was not complete in time", trouble=Trouble.TIMEOUT)
        case httpx.RemoteProtocolError() if "location header" not in said:
            return NetworkError(url, f"the server breaks HTTP: {said}", Trouble.HTTP)
        case httpx.RemoteProtocolError() | httpx.InvalidURL():
            # httpx reads a redirect's address even where it does not follow it.
            return RefusedAddressError(url, f"the redirect leads to no address: {said}", Trouble.REDIRECTS)
        case _:
            return _translate_failure(url, error, said)


def _translate_failure(url: str, error: Exception, said: str) -> FetchError:
    """Look for what broke the connection underneath what httpx says of it."""
    if isinstance(error, httpx.ProxyError) and said.startswith("407"):
        hint = "the proxy asks for a name and a password; write them into the source's proxy"
        return FetchError(url, hint, trouble=Trouble.SETUP)
    trouble = Trouble.TIMEOUT if isinstance(error, httpx.TimeoutException) else Trouble.NETWORK
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            hint = "an authority that is to be trusted is named in the source's ca_file"
            why = cause.verify_message or str(cause)
            return FetchError(url, f"the certificate is not trusted: {why}; {hint}", trouble=Trouble.TLS)
        if isinstance(cause, ssl.SSLError):
            trouble = Trouble.TLS
        elif isinstance(cause, UnresolvedNameError):
            trouble = Trouble.NAME
    return NetworkError(url, f"the network failed: {said}", trouble)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
