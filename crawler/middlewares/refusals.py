"""Why we do not fetch an address: exceptions that reach a request's errback, each with a short reason."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):
    """We could fetch the address and do not want to."""

    reason = "refused"
    later = False  # whether the next crawl shall ask


class PrivateHost(Refused):
    """The address leads into somebody's own network, or to no web server at all."""

    reason = "private address"


class Disallowed(Refused):
    """The host's robots.txt says no."""

    reason = "robots.txt"


class NoRobotsTxt(Disallowed):
    """The host's robots.txt cannot be read today."""

    reason = "robots.txt unreachable"
    later = True


class HostRests(Refused):
    """The host asked for a longer pause than we wait, or failed too often in a row."""

    reason = "host rests"
    later = True


class EndlessRedirect(IgnoreRequest):
    """A chain of redirects that comes back to where it was, or is too long."""

    reason = "redirects without end"


class Stopped(Refused):
    """The crawl was stopped while the request waited for its turn."""

    reason = "stopped"
    later = True


class Hostile(Refused):
    """A list of pages that is built to keep a parser busy."""

    reason = "hostile markup"


class NotModified(IgnoreRequest):
    """The server says that nothing has changed since we asked last. No failure."""

    reason = "not modified"
