"""Why we do not fetch an address: exceptions that reach a request's errback, each with a short reason."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):
    """We could fetch the address and do not want to."""

    reason = "refused"


class PrivateHost(Refused):
    """The address leads into somebody's own network, or to no web server at all."""

    reason = "private address"


class Disallowed(Refused):
    """The host's robots.txt says no, or cannot be read, which is a no (RFC 9309)."""

    reason = "robots.txt"


class EndlessRedirect(IgnoreRequest):
    """A chain of redirects that comes back to where it was, or is too long."""

    reason = "redirects without end"


class Stopped(Refused):
    """The crawl was stopped while the request waited for its turn."""

    reason = "stopped"
