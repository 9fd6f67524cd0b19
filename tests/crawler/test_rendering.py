"""Sources that say `render = true`, against Debian's Chromium; and without the extra, against nothing."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from crawler import rendering
from tests.needs import chromium, missing
from tests.newsroom import articles
from tests.newsroom.client import PATIENCE, Run, options, scrapy, sources_file
from tests.newsroom.served import Answering, served
from tests.newsroom.site import Answer

TEXT = "Acme Robotics will lay off 1,300 workers at its plant in Toledo, Ohio, the company said on Friday. "
ITEM = "<item><title>Acme</title><link>{home}/scripted</link></item>"
FEED = f'<rss version="2.0"><channel><title>F</title>{ITEM}</channel></rss>'
SCRIPTED = """<!DOCTYPE html><html lang="en"><head><title>Acme cuts jobs</title></head><body><main id="app"></main>
<img src="/picture.png"><script>
  fetch("/story.json").then(answer => answer.json()).then(story => {
    document.getElementById("app").innerHTML = "<article><h1>Acme cuts jobs</h1><p>" + story.text + "</p></article>";
  });
  fetch("SECRET").catch(() => {});
</script></body></html>"""


#: A page that holds its story from the start, and asks for the score as long as it is open.
ASKING = f"""<!DOCTYPE html><html lang="en"><head><title>Acme cuts jobs</title></head><body><article>
<h1>Acme cuts jobs</h1><p>{TEXT * 5}</p></article><script>fetch("/score").catch(() => {{}});</script></body></html>"""
LATE = 2  # seconds that a story takes to come: longer than a page without pictures takes to load


def site(secret: str) -> Answering:
    """A site whose pages are empty until their script has run, which also asks another host."""

    def answer(home: str, path: str) -> Answer:
        if path == "/feed.xml":
            return Answer(FEED.format(home=home).encode(), "application/rss+xml")
        if path == "/scripted":
            return Answer(SCRIPTED.replace("SECRET", secret).encode())
        if path == "/story.json":
            return Answer(json.dumps({"text": TEXT * 5}).encode(), "application/json")
        if path == "/secret":
            return Answer(b"INTERNAL", "text/plain", headers={"Access-Control-Allow-Origin": "*"})
        return Answer(articles.page("Other", "<p>Nothing.</p>").encode(), status=404)

    return answer


def crawl(tmp_path: Path, home: str, keys: str, module: str = "crawler.settings", **settings: object) -> Run:
    sources = sources_file(tmp_path / "sources.toml", home, f"feed /feed.xml {keys}")
    given = options(DATABASE=tmp_path / "a.db", SOURCES=sources, READ_SECONDS=60, **settings)
    return scrapy("crawl", "news", *given, settings=module)


def events(tmp_path: Path) -> list[dict[str, object]]:
    run = scrapy("events", "--json", "-s", f"DATABASE={tmp_path / 'a.db'}")
    found: list[dict[str, object]] = json.loads(run.out)["events"]
    return found


@pytest.fixture
def browser() -> None:
    """Skip where there is none; fail where there has to be one."""
    if not rendering.installed():
        missing("the extra [render]")
    chromium()


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_a_page_of_scripts_is_read_as_the_browser_shows_it(tmp_path: Path) -> None:
    with served(site("about:blank")) as inside, served(site(f"http://localhost:{inside.server_port}/secret")) as home:
        run = crawl(tmp_path, home.home, "render = true")
        assert (run.status, run.err) == (0, "")
        assert [(e["company"], e["headcount"]) for e in events(tmp_path)] == [("Acme Robotics", 1300)]
        assert "/story.json" in home.asked
        assert "/picture.png" not in home.asked, "pictures are not asked for"
        assert inside.asked == [], "the browser is held to the hosts that the crawl may ask"


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_the_browser_would_reach_the_other_host_where_it_may(tmp_path: Path) -> None:
    with served(site("about:blank")) as inside, served(site(f"http://localhost:{inside.server_port}/secret")) as home:
        crawl(tmp_path, home.home, "render = true", ALLOW_PRIVATE_HOSTS="127.0.0.1,localhost")
        assert "/secret" in inside.asked, "so the test above sees a request where there is one"


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_a_story_that_comes_late_is_waited_for(tmp_path: Path) -> None:
    def late(home: str, path: str) -> Answer:
        if path == "/story.json":
            time.sleep(LATE)
        return site("about:blank")(home, path)

    with served(late) as home:
        run = crawl(tmp_path, home.home, "render = true")
    assert (run.status, run.err) == (0, "")
    assert [(e["company"], e["headcount"]) for e in events(tmp_path)] == [("Acme Robotics", 1300)]


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_a_page_that_never_stops_asking_is_read_as_it_stands(tmp_path: Path) -> None:
    done = threading.Event()

    def asking(home: str, path: str) -> Answer:
        if path == "/score":
            done.wait(PATIENCE)
        return Answer(ASKING.encode()) if path == "/scripted" else site("about:blank")(home, path)

    with served(asking) as home:
        run = crawl(tmp_path, home.home, "render = true", "tests.newsroom.unsettled_settings")
        done.set()
    assert "/score" in home.asked
    assert (run.status, run.err) == (0, "")
    assert [(e["company"], e["headcount"]) for e in events(tmp_path)] == [("Acme Robotics", 1300)]


def test_without_render_no_script_runs(tmp_path: Path) -> None:
    with served(site("about:blank")) as home:
        run = crawl(tmp_path, home.home, "render = false")
        assert (run.status, "/story.json" in home.asked, events(tmp_path)) == (0, False, [])


def test_without_the_extra_the_source_says_what_is_missing(tmp_path: Path) -> None:
    with served(site("about:blank")) as home:
        sources = sources_file(tmp_path / "sources.toml", home.home, "feed /feed.xml render = true")
        given = options(DATABASE=tmp_path / "a.db", SOURCES=sources)
        run = scrapy("crawl", "news", *given, settings="tests.newsroom.unrendered_settings")
        assert (run.status, home.asked) == (3, [])
        assert 'without result: feed-feed-xml (needs a browser: .venv/bin/pip install -e ".[render]")' in run.err


def test_the_shipped_sources_need_no_browser() -> None:
    from crawler.sources import load
    from tests.newsroom.client import ROOT

    assert not [source.id for source in load(ROOT / "data" / "sources.toml") if source.render]
