"""Notices by mail: one message for all that is due, as plain text and as HTML.

The message is known by the notices in it (`Message-ID`), and what was once put together is sent again together: mail
programs show a message that arrives twice once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import smtplib
import socket
import ssl
from collections.abc import Sequence
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage

from vigie.errors import AddressRefused, DeliveryFailed
from vigie.runs.watching.addresses import Destination, Guard
from vigie.runs.watching.channels import Delivery, Wording
from vigie.runs.watching.plan import Mail
from vigie.store.watch_notices import Waiting

_SECONDS = 30.0  # for each exchange with the server


def deliver(
    mail: Mail,
    notices: Sequence[Waiting],
    batch: str,
    guard: Guard,
    wording: Wording,
    now: dt.datetime,
    tls: ssl.SSLContext | None = None,
) -> Delivery:
    """Send one message with all of some notices; `batch` is what they are known by together."""
    message = composed(mail, notices, batch, wording, now)
    try:
        destination = guard.mail(mail.host, mail.port)
        _send(mail, message, destination, tls or ssl.create_default_context())
    except DeliveryFailed as error:
        if error.lasting:
            return Delivery(refused=tuple((each, error.reason) for each in notices))
        return Delivery(tried=tuple(notices), failure=error)
    except AddressRefused as error:
        return Delivery(tried=tuple(notices), failure=DeliveryFailed(str(error)))
    except OSError as error:
        reason = f"{mail.host}: no connection: {error.strerror or error}"
        return Delivery(tried=tuple(notices), failure=DeliveryFailed(reason))
    return Delivery(taken=tuple(notices))


def composed(mail: Mail, notices: Sequence[Waiting], batch: str, wording: Wording, now: dt.datetime) -> EmailMessage:
    """The message for some notices."""
    told = [each.notice for each in notices]
    message = EmailMessage()
    message["Subject"] = wording.subject(told, mail.language)
    message["From"] = MailAddress("Vigie", addr_spec=mail.sender)
    message["To"] = ", ".join(mail.recipients)
    message["Date"] = email.utils.format_datetime(now)
    message["Message-ID"] = f"<{batch}.vigie@{_domain(mail.sender)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice should answer
    message["Content-Language"] = mail.language
    message.set_content(wording.text(told, mail.language))
    message.add_alternative(wording.html(told, mail.language), subtype="html")
    return message


def _send(mail: Mail, message: EmailMessage, destination: Destination, tls: ssl.SSLContext) -> None:
    """Raises DeliveryFailed, OSError."""
    kind = _PinnedTLS if mail.security == "tls" else _Pinned
    try:
        server = kind(destination, _domain(mail.sender), tls)
        try:
            if mail.security == "starttls":
                server.starttls(context=tls)
            if mail.user is not None and mail.password is not None:
                server.login(mail.user, mail.password.get_secret_value())
            refused = server.send_message(message)
        finally:
            with contextlib.suppress(smtplib.SMTPException, OSError):  # a bad farewell undoes nothing
                server.quit()
            server.close()
    except smtplib.SMTPAuthenticationError as error:  # its words may hold what was sent
        raise DeliveryFailed(f"{mail.host}: user or password not taken ({error.smtp_code})") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise DeliveryFailed(f"{mail.host}: no recipient taken: {_refusals(error.recipients)}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise DeliveryFailed(f"{mail.host}: {error} (look at `security` and `port`)") from error
    except smtplib.SMTPDataError as error:
        reason = f"{mail.host}: message not taken: {error.smtp_code} {_words(error.smtp_error)}"
        raise DeliveryFailed(reason, lasting=error.smtp_code >= 500) from error
    except smtplib.SMTPResponseException as error:
        raise DeliveryFailed(f"{mail.host}: {error.smtp_code} {_words(error.smtp_error)}") from error
    except smtplib.SMTPException as error:
        raise DeliveryFailed(f"{mail.host}: {_words(str(error))}") from error
    if refused and len(refused) == len(mail.recipients):
        raise DeliveryFailed(f"{mail.host}: no recipient taken: {_refusals(refused)}")


class _Pinned(smtplib.SMTP):
    """A connection to addresses that were looked at; the host is what TLS asks for."""

    def __init__(self, destination: Destination, greets_as: str, tls: ssl.SSLContext) -> None:
        super().__init__(timeout=_SECONDS, local_hostname=greets_as)
        self._host = destination.host
        self._addresses = destination.addresses
        self.context = tls
        code, words = self.connect(destination.host, destination.port)
        if code != 220:
            self.close()
            raise smtplib.SMTPConnectError(code, words)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        problem: OSError | None = None
        for address in self._addresses:
            try:
                return socket.create_connection((address, port), timeout)
            except OSError as error:
                problem = error
        raise problem or OSError(f"{host} has no address")


class _PinnedTLS(_Pinned):
    """The same with TLS from the first byte on."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=self._host)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:200]


def _refusals(recipients: dict[str, tuple[int, bytes]]) -> str:
    return "; ".join(f"{address}: {code} {_words(words)}" for address, (code, words) in recipients.items())
