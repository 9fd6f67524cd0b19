"""Every knob of the crawl, with its reason. Each can be changed for one run with `-s NAME=value`.

Scrapy's defaults that are good are not repeated; `scrapy settings --get NAME` shows any of them.
"""

from __future__ import annotations

from typing import Any

import extract

# --- What the project is ---
BOT_NAME = "layoff-ledger"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"  # our crawl, export, events, … beside Scrapy's own commands

# --- Settings of ours; relative paths begin at the project root, so that a cron line works from anywhere ---
DATABASE = "data/layoffs.db"  # where articles, claims and events are kept
SOURCES = "data/sources.toml"  # what the spider `news` reads
OVERRIDES = "data/overrides.csv"  # corrections by hand; there need not be such a file
CONTACT = ""  # mail or web address under which publishers reach you; part of the user agent
PAGES = "data/pages"  # folder of the WARCs that pages are kept in as they came; empty keeps none
REVISIT_DAYS = [1, 3, 7]  # days after which an article is looked at again for corrections
PAGES_PER_HOST = 300  # articles asked of one host in one crawl; the rest is left to the next
READ_SECONDS = 20  # for the reading of one page, which takes a tenth of a second; then its reader is killed
READ_PROCESSES = 0  # that read pages; 0 is one less than there are processors, at least one
KEEP_TEXT_DAYS = 0  # days, back from the newest article, that article texts are kept; 0 keeps them for good
FAILURE_THRESHOLD = 0.2  # share of pages, or of sources, that may fail before the crawl exits with 3
NER_MODEL = (
    ""  # a spaCy pipeline whose organisations are candidates for employers too; docs/accuracy.md: it gains little
)
ALLOW_PRIVATE_HOSTS = False  # True, or host names: loopback and private addresses that may be fetched all the same

# --- The journey of an item: Page -> Page -> Article -> Reading -> database ---
ITEM_PIPELINES = {
    "pipelines.gate.Gate": 100,
    "pipelines.read.Read": 200,
    "pipelines.claims.Claims": 300,
    "pipelines.store.Store": 400,
}
CONCURRENT_ITEMS = 16  # pages under way in the pipelines: a page weighs a fifth of a megabyte, a hundred help nobody

# --- Who we are ---
USER_AGENT = f"{BOT_NAME}/{extract.__version__} (news reader that records job cuts)"  # CONTACT is added at the start
ROBOTSTXT_USER_AGENT = BOT_NAME  # the name that a robots.txt would address

# --- Politeness ---
ROBOTSTXT_OBEY = True  # Scrapy's default is no
CONCURRENT_REQUESTS = 128  # over all hosts, most of which wait for their delay: a place each, and some to spare
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one at a time: no publisher shall notice us
DOWNLOAD_DELAY = 2.0  # seconds between two requests to one host …
DOWNLOAD_DELAY_JITTER = 0.5  # … give or take half, so that we keep no beat
AUTOTHROTTLE_ENABLED = True  # slower where the server is slow; DOWNLOAD_DELAY stays the floor
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
COOKIES_ENABLED = False  # we have no account and want no tracking
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en",
}
SPIDER_MIDDLEWARES = {
    "crawler.middlewares.once.Once": 40,  # the ledger of requests; sees a 304 before it counts as an error
    "crawler.middlewares.keep.Keep": 45,  # pages to WARC
    "crawler.middlewares.hostile.HostileLists": 60,  # index pages, feeds and sitemaps are parsed in the crawl itself
}
RETRY_TIMES = 2  # three tries in all; the next day's crawl tries again anyhow
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the spider names each failure itself, once

# --- Safety: what a page on the web may do to us ---
DOWNLOAD_HANDLERS: dict[str, Any] = {"file": None, "data": None, "ftp": None, "s3": None}  # no link may read our disk
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default is no
DOWNLOAD_MAXSIZE = 10 * 2**20  # bytes, also after decompression: no article is larger, bombs are
DOWNLOAD_WARNSIZE = 0  # the limit above says enough
DOWNLOAD_TIMEOUT = 30  # seconds for the whole response
REDIRECT_MAX_TIMES = 5  # honest sites need two
DEPTH_LIMIT = 6  # source, three levels of sitemap, article
MEMUSAGE_LIMIT_MB = 2048  # a crawl that grows beyond this ends cleanly (exit 4) before the machine swaps
TELNETCONSOLE_ENABLED = False  # opens a port that runs Python
REMOTE_CONTROL_ENABLED = False  # likewise
TWISTED_DNS_RESOLVER = "crawler.resolver.PublicResolver"  # the last look at an address, when it is connected to
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleLifoSQLiteQueue"  # with JOBDIR: Scrapy's default loses pages when killed
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.public.PublicHosts": 90,  # before robots.txt, which is a request too
    "crawler.middlewares.robots.RobotsTxt": 100,  # in place of Scrapy's, which allows all when robots.txt fails
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.retries.Retry": 550,  # in place of Scrapy's, which comes back at once
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.redirects.MetaRefresh": 580,  # in place of Scrapy's, whose loops vanish
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.middlewares.redirects.Redirect": 600,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
}

# --- What is said ---
EXTENSIONS: dict[str, Any] = {
    "crawler.extensions.throttle.Throttle": 0,  # in place of Scrapy's, which would go below a Crawl-delay
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawler.extensions.secrets.Secrets": 0,  # passwords and tokens of addresses stay out of the log
    "crawler.extensions.private.PrivateFolders": 0,  # where pickles lie nobody else may write
    "crawler.extensions.summary.Summary": 500,  # one block at the end
    "crawler.extensions.closing.Closing": 500,  # a stopped archive crawl ends instead of hanging
}
LOG_LEVEL = "WARNING"  # quiet when all is well; `-L INFO` tells of every page let go, `-L DEBUG` of every request
LOG_FORMATTER = "crawler.logformat.LogFormatter"  # names pages by address: bodies have no place in a log
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"  # most pages are let go; that is no warning
FEED_EXPORT_ENCODING = "utf-8"  # for -o, where somebody wants the items themselves
