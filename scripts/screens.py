"""Takes the pictures under docs/screens: every screen, desk and phone, Chinese and English, the chief ones by night.

    .venv/bin/python scripts/screens.py [FOLDER] [NAME...]

Starts the demo on a data folder of its own, signs in as each role that has a screen of its own, and stops it again.
Also says what a picture cannot show: console errors, requests that failed, and pages wider than the screen.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from chromium import chromium
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
ROLES = ("rep", "manager", "boss", "service", "marketing", "admin")
TIDIES = "manager1"  # takes up and merges customers, which would change the first pages of the others
OF_EVERYBODY = (
    ("calendar", "/calendar/"),
    ("questions", "/talks/questions/"),
    ("talk-new", "/talks/new/"),
    ("calendar-month", "/calendar/?by=month"),
    ("calendar-phone", "/calendar/subscription/"),
    ("quadrants", "/quadrants/"),
    ("quadrants-time", "/quadrants/time/"),
    ("stages", "/opportunities/board/"),
    ("deals-forecast", "/opportunities/forecast/?by=stage"),
    ("deals-record", "/opportunities/record/"),
    ("winners", "/opportunities/winners/?period=all"),
    ("notifications", "/notifications/"),
    ("notifications-choices", "/notifications/choices/"),
)
LISTS = ("questions", "urgency", "checklist", "track", "reasons", "advice", "neutral", "causes")
BY_NIGHT = ("today", "log", "customer", "opportunity", "quadrants")
REFUSED = 400
UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
PASSWORD = "wendu-demo"  # noqa: S105  the demo prints it


@contextmanager
def demo() -> Iterator[None]:
    """The demo, served until the pictures are taken."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "WENDU_DATA_DIR": folder}
        for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
            env.pop(name, None)
        server = subprocess.Popen([str(ROOT / ".venv/bin/wendu"), "demo", "--port", str(PORT)], env=env)
        try:
            wait_for(f"{HOME}/healthz/ready")
            yield
        finally:
            server.terminate()
            server.wait(20)


def wait_for(url: str, seconds: float = 600) -> None:
    """Wait until an address answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=2):  # noqa: S310  our own demo
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit(f"{url} does not answer")


def sign_in(browser: Browser, login: str, size: tuple[int, int], language: str, *, night: bool = False) -> Page:
    """A page of someone who has just signed in."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN" if language == "zh" else "en-GB",
        color_scheme="dark" if night else "light",
        has_touch=size == SIZES["phone"],
    )
    page = context.new_page()
    page.on("console", lambda said: said.type == "error" and print(f"  console: {page.url} {said.text}"))
    page.on("response", lambda answer: answer.status < REFUSED or print(f"  {answer.status} {answer.url}"))
    page.goto(f"{HOME}/accounts/login/")
    page.fill("#id_login", login)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{HOME}/today/")
    return page


def address(page: Page, start: str, pattern: str) -> str:
    """The first link of a page that leads to a thing."""
    page.goto(f"{HOME}{start}")
    found = re.search(pattern, page.content())
    return found[0] if found else start


def deal_with(page: Page, customer: str) -> str:
    """The open deal with a customer of the demo: the one that was written down to its quote."""
    page.goto(f"{HOME}/opportunities/")
    row = page.locator("main tr", has_text=customer).first
    return row.locator("a[href^='/opportunities/']").first.get_attribute("href") or "/opportunities/"


def twins(page: Page) -> str:
    """Two customers side by side."""
    page.goto(f"{HOME}/customers/?sort=heat")
    first, second = list(dict.fromkeys(re.findall(rf"/customers/({UUID})/", page.content())))[:2]
    return f"/merges/with/{first}/{second}/"


def searched(page: Page) -> str:
    """Pairs that may be one: somebody took a customer up once more."""
    page.goto(f"{HOME}/customers/?sort=heat")
    name = page.locator(".c-name a").first.inner_text()
    page.goto(f"{HOME}/customers/new/")
    page.fill("[name=name]", f"{name}有限公司")
    page.locator("main form[method=post] .btn-ink").click()
    page.wait_for_url(re.compile(rf"/customers/{UUID}/"))
    page.goto(f"{HOME}/duplicates/")
    page.locator("#search-state form .btn").last.click()
    page.locator("#search-state form .btn").last.wait_for()
    page.locator("#search-state progress").wait_for(state="detached", timeout=300_000)
    return "/duplicates/"


def merged(page: Page) -> str:
    """The list with a merge on it."""
    page.goto(HOME + twins(page))
    page.locator("main form[method=post] .btn-ink").click()
    page.wait_for_url(re.compile(rf"/customers/{UUID}/"))
    return "/merges/"


def of_doubles(page: Page) -> Iterator[tuple[str, str]]:
    """Two records that may be one."""
    yield "merge", twins(page)
    yield "merges", merged(page)
    yield "duplicates", searched(page)


def of_agreements(page: Page, customer: str) -> Iterator[tuple[str, str]]:
    """What was bought, and what is still to be paid."""
    yield "orders", f"/orders/{customer}"
    yield "order", f"/orders/{customer}new/"
    yield "due", "/orders/due/"
    yield "subscriptions", "/orders/subscriptions/"
    yield "subscription", address(page, "/orders/subscriptions/", rf"/orders/subscriptions/{UUID}/")
    yield "contracts", "/orders/contracts/"
    yield "order-money", address(page, "/orders/due/", rf"/orders/{UUID}/page/")


def of_the_library(page: Page, deal: str) -> Iterator[tuple[str, str]]:
    """What is put before the customer."""
    yield "proposal", address(page, deal, rf"/opportunities/{UUID}/proposals/{UUID}/")
    yield "library", "/library/"
    yield "solution", address(page, "/library/", rf"/library/{UUID}/")


def shots(page: Page, login: str) -> Iterator[tuple[str, str]]:
    """Name and address of every screen of a login."""
    if login == TIDIES:
        yield from of_doubles(page)
        return
    if login != "rep":
        yield f"today-{login}", "/today/"
        if login in ("manager", "boss"):
            yield f"quadrants-{login}", "/quadrants/"
            yield f"team-{login}", "/team/"
            yield f"losses-{login}", "/opportunities/losses/?cause=C4"
        if login == "manager":
            yield "calendar-team", "/calendar/"
            yield "handover", leaving(page)
        if login == "admin":
            yield "backups", "/backups/"
            yield from house(page)
        return
    customer = address(page, "/customers/?sort=heat", rf"/customers/{UUID}/")
    deal = deal_with(page, "砚湖轴承")
    named = re.search(UUID, customer)
    yield "today", "/today/"
    yield "customers", "/customers/"
    yield "customers-save", "/views/new/?list=class%3DA"
    yield "customers-filter", "/customers/filter/?list=f%3Dclass.in:A,B;latest.over:7%26f%3Dheat.from:60"
    yield "customers-grouped", "/customers/?by=class&f=class.in:A,B;latest.over:7&f=heat.from:60"
    yield "customers-peek", f"/customers/{named[0] if named else ''}/peek/"
    yield "bulk", picked(page)
    yield "bulk-step", picked(page, "step")
    yield "bulk-delete", picked(page, "delete")
    yield "bulk-done", tagged(page)
    yield "bulk-list", "/customers/bulk/"
    yield "quadrants-why", f"/quadrants/{named[0] if named else ''}/?to=A"
    yield "customer", customer
    yield "corrections", f"{customer}corrections/"
    yield "recycle", "/recycle/"
    yield "exports", "/exports/?kind=customers&list=f%3Dclass.in:A,B%26sort%3Ddue"
    yield "exports-file", taken_out(page)
    yield "imports", "/imports/"
    yield "imports-file", brought(page)
    yield "waiting", "/offline/"
    yield "no-connection", f"/offline/page/{page.get_attribute('html', 'lang')}/"
    yield "step", f"/steps/new/?customer={named[0] if named else ''}"
    yield "step-change", step_of(page, customer)
    yield "gone", f"{address(page, '/customers/?f=status.in:existing', rf'/customers/{UUID}/')}churn/"
    yield from of_value(named[0] if named else "")
    yield from of_agreements(page, f"of/{named[0] if named else ''}/")
    yield "log", f"/touches/new/?customer={named[0] if named else ''}"
    yield "opportunities", "/opportunities/"
    yield from about_a_deal(page, deal)
    yield "search", "/search/?q=bz"
    yield from of_the_library(page, deal)
    yield from OF_EVERYBODY


def of_value(customer: str) -> Iterator[tuple[str, str]]:
    """What a customer ordered and what it is worth."""
    yield "worth", f"/worth/of/{customer}/"
    yield "who-brought-whom", f"/customers/{customer}/circle/"
    yield "referrer", f"/customers/{customer}/referrer/"
    yield "data-sheet", f"/worth/of/{customer}/sheet/"
    for name in ("", "again", "next", "stock", "sources", "lanes", "model", "reasons"):
        yield f"value-{name or 'overview'}", f"/worth/{name}{'/' if name else ''}"


def about_a_deal(page: Page, deal: str) -> Iterator[tuple[str, str]]:
    """The room of a deal, what is asked when it is lost, and its quote."""
    quote = address(page, deal, rf"/quotes/{UUID}/")
    yield "opportunity", deal
    yield "opportunity-lost", f"{deal}loss/"
    yield "quote", quote
    yield "quote-paper", f"{quote}print/"


def picked(page: Page, deed: str = "tag") -> str:
    """Three customers picked and what would change counted; nothing is done yet."""
    page.goto(f"{HOME}/customers/")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    for place in range(3):
        page.locator("[data-rows] input[name=pick]").nth(place).check()
    page.click(f"#picked [value={deed}]")
    page.wait_for_url(re.compile(rf"/customers/bulk/{UUID}/"))
    return page.url.removeprefix(HOME) + ("?tag=%E5%B1%95%E4%BC%9A" if deed == "tag" else "")


def step_of(page: Page, customer: str) -> str:
    """A step planned with a customer, to be changed; one that is planned already stays."""
    found = address(page, customer, rf"/steps/{UUID}/(?=\")")
    if found == customer:
        page.goto(f"{HOME}/steps/new/?customer={customer.split('/')[2]}")
        page.fill("main [name=do]", "送新样册")
        page.click("main form [type=submit]")
        page.wait_for_url(re.compile(rf"/customers/{UUID}/"))
        found = address(page, customer, rf"/steps/{UUID}/(?=\")")
    return found


def tagged(page: Page) -> str:
    """A batch that was carried out; each language puts on a word of its own."""
    page.goto(f"{HOME}{picked(page)}")
    if page.locator("main form[data-batch] [type=submit]").count():
        page.click("main form[data-batch] [type=submit]")
        page.wait_for_url(re.compile(r"/customers/\?"))
    return address(page, "/customers/bulk/", rf"/customers/bulk/{UUID}/")


def brought(page: Page) -> str:
    """A small file sent in, its columns recognised; nothing of it is written."""
    page.goto(f"{HOME}/imports/")
    words = "客户名称,联系人,手机,来源\n展会一号,何立,13800001234,行业展会\n展会二号,许帆,13900005678,行业展会\n"
    page.set_input_files("#file", {"name": "展会名单.csv", "mimeType": "text/csv", "buffer": words.encode()})
    page.click("form.import-form button[type=submit]")
    page.wait_for_url(re.compile(rf"/imports/{UUID}/"))
    return page.url.removeprefix(HOME)


def taken_out(page: Page) -> str:
    """A table that was asked for."""
    page.goto(f"{HOME}/exports/?kind=customers&list=f%3Dclass.in:A,B%26sort%3Ddue")
    page.click("form.import-form button[type=submit]")
    page.wait_for_url(re.compile(rf"/exports/{UUID}/"))
    page.locator("form[action$='/file/']").wait_for(timeout=300_000)
    return page.url.removeprefix(HOME)


def leaving(page: Page) -> str:
    """The book of the rep whose screens are taken, shared out by class."""
    page.goto(f"{HOME}/team/handover/")
    rep = page.locator("#leaver option", has_text="江晓禾").get_attribute("value")
    return f"/team/handover/?leaver={rep}&split=class"


def house(page: Page) -> Iterator[tuple[str, str]]:
    """The screens of the settings."""
    yield "settings", "/settings/"
    for name in ("organisation", "holidays", "teams", "people", "fields", "audit"):
        yield f"settings-{name}", f"/settings/{name}/"
    yield "settings-person", address(page, "/settings/people/", rf"/settings/people/{UUID}/")
    yield from playbook(page)


def playbook(page: Page) -> Iterator[tuple[str, str]]:
    """The playbook, and a draft of it with one number changed and tried on everybody."""
    start = address(page, "/settings/playbook/", rf"/settings/playbook/drafts/{UUID}/")
    if start == "/settings/playbook/":
        page.click("form[action$='drafts/'] button")
        page.wait_for_url(re.compile(UUID))
        start = page.url.removeprefix(HOME)
        page.goto(f"{HOME}{start}forms/windows/")
        page.fill("[name='quadrant.high_from']", "50")
        page.click("form.sheets button.btn-ink")
        page.click("#effect button[type=submit]")
        page.wait_for_selector("#effect .told", timeout=300_000)
    yield "settings-playbook", "/settings/playbook/"
    yield "settings-draft", start
    for name in ("names", "windows", "factors", "points", "cooling", "rhythm", "plan", "cards", *LISTS):
        yield f"settings-draft-{name}", f"{start}forms/{name}/"
    yield "settings-draft-plays", f"{start}plays/"
    yield "settings-draft-play", f"{start}plays/strike_a/"
    yield "settings-draft-play-new", f"{start}new-play/?situation=strike"
    yield "settings-draft-questions", f"{start}questions/"
    yield "settings-draft-problem", f"{start}questions/changeover/"
    yield "settings-draft-publication", f"{start}publication/"
    yield "settings-version", "/settings/playbook/versions/standard 1.0.0/?than=standard 1.0.0"
    yield "settings-draft-effect", f"{start}effect/?aspect=class"
    yield "settings-draft-rebase", f"{start}rebase/"


def take(browser: Browser, language: str, folder: Path, only: list[str]) -> None:
    """Take every picture of a language; the chief screens of the Chinese one by night, too."""
    for size_name, size in SIZES.items():
        front_door(browser, size, language, folder / f"login-{language}-{size_name}.png", only)
        for login in (*ROLES, TIDIES):
            page = sign_in(browser, login, size, language)
            for name, where in wanted(page, login, only):
                snap(page, where, folder / f"{name}-{language}-{size_name}.png")
            page.context.close()
        if language == "zh":
            page = sign_in(browser, "rep", size, language, night=True)
            for name, where in wanted(page, "rep", only):
                if name in BY_NIGHT:
                    snap(page, where, folder / f"{name}-{language}-{size_name}-night.png")
            page.context.close()


def wanted(page: Page, login: str, only: list[str]) -> Iterator[tuple[str, str]]:
    """The screens of a login that were asked for, each taken before what the next one needs is done."""
    return ((name, where) for name, where in shots(page, login) if not only or name in only)


def front_door(browser: Browser, size: tuple[int, int], language: str, file: Path, only: list[str]) -> None:
    """The page before anybody has signed in."""
    if only and "login" not in only:
        return
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN" if language == "zh" else "en-GB"
    )
    snap(context.new_page(), "/accounts/login/", file)
    context.close()


def snap(page: Page, where: str, file: Path) -> None:
    """One picture, and a word if the page is wider than the screen; nothing stays picked from another picture."""
    page.goto(f"{HOME}{where}")
    if page.locator("[data-rows] input[name=pick]").count():
        page.evaluate("sessionStorage.clear()")
        page.reload()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(file))
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    print(f"{file.name}{f'  {overflow} px too wide' if overflow > 0 else ''}", flush=True)


def main(arguments: list[str]) -> None:
    """Start the demo, take the pictures, stop the demo."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with demo(), sync_playwright() as driver:
        for language, tag in (("zh", "zh-CN"), ("en", "en-GB")):
            browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", f"--lang={tag}"])
            take(browser, language, folder, arguments[1:])
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
