"""`bin/bench web`: the web app on a slow phone and a slow network, in a headless Chromium.

The processor is slowed four times and the network is a slow 4G (1.6 Mbit/s, 150 ms), as Lighthouse has it. Times are
of this machine; what is loaded, and whether memory stays flat, are not.
"""

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

import httpx
from playwright.async_api import Browser, CDPSession, Cookie, Page, async_playwright

from web.build import BUILT, build

PORT = 3998
URL = f"http://localhost:{PORT}"
POSTS = 5_000
SLOW_CPU = 4
SLOW_NET = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
READY = "[role=feed] article"
NEXT_PAINTS = """async (act) => {
  const spent = [];
  for (let turn = 0; turn < 30; turn += 1) {
    const begun = performance.now();
    if (act === "scroll") scrollBy(0, 500);
    else document.execCommand("insertText", false, "word ");
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    spent.push(performance.now() - begun);
    await new Promise((done) => setTimeout(done, 60));
  }
  return spent;
}"""


def run() -> None:
    """Measure and print."""
    build()
    with tempfile.TemporaryDirectory(prefix="marula-bench-") as folder:
        environment = os.environ | {"PORT": str(PORT), "MARULA_DATA_DIR": folder, "MARULA_RATE_LIMITS": "off"}
        server = subprocess.Popen([sys.executable, "-m", "marula", "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait()
            password = _person(environment)
            asyncio.run(_measure(password))
        finally:
            server.terminate()
            server.wait(20)


def _wait() -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{URL}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _person(environment: dict[str, str]) -> str:
    def marula(*arguments: str) -> str:
        told = subprocess.run(
            [sys.executable, "-m", "marula", *arguments], env=environment, capture_output=True, text=True, check=True
        )
        return told.stdout

    told = marula("accounts", "create", "ann", "--email", "ann@example.org", "--confirmed", "--approve")
    token = marula("tokens", "create", "ann", "--scopes", "read write").strip()
    with httpx.Client(base_url=URL, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        for number in range(POSTS):
            text = f"Post {number}: the quick brown fox jumps over the lazy dog. #fox{number % 7}"
            client.post("/api/v1/statuses", json={"status": text}).raise_for_status()
    return next(line.split()[-1] for line in told.splitlines() if "assword" in line)


async def _measure(password: str) -> None:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("there is no Chromium here")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--js-flags=--expose-gc", "--enable-precise-memory-info"]
        )
        context = await browser.new_context(viewport={"width": 390, "height": 844})
        page = await context.new_page()
        await page.goto(f"{URL}/sign-in?next=/home")
        await page.fill("[name=login]", "ann")
        await page.fill("[name=password]", password)
        await page.click("main button[type=submit]")
        await page.locator(READY).first.wait_for()
        cookies = await context.cookies()
        await context.close()
        firsts = [await _first_load(browser, cookies) for _ in range(5)]
        print(f"first load, timeline readable: {statistics.median(one for one, _ in firsts):.2f} s (target 2.5)")
        print(f"JavaScript and CSS until then, compressed: {firsts[0][1] / 1000:.0f} KB (target 120)")
        await _use(browser, cookies)
        await browser.close()


async def _first_load(browser: Browser, cookies: Sequence[Cookie]) -> tuple[float, int]:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    await context.add_cookies(cookies)  # pyright: ignore[reportArgumentType]
    page = await context.new_page()
    await _slow(page)
    names: set[str] = set()
    page.on("request", lambda request: names.add(request.url.rsplit("/", 1)[1]) if "/app/" in request.url else None)
    begun = time.perf_counter()
    await page.goto(f"{URL}/home", wait_until="commit")
    await page.locator(READY).first.wait_for()
    spent = time.perf_counter() - begun
    await context.close()
    return spent, sum((BUILT / f"{name}.br").stat().st_size for name in names)


async def _use(browser: Browser, cookies: Sequence[Cookie]) -> None:
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    await context.add_cookies(cookies)  # pyright: ignore[reportArgumentType]
    page = await context.new_page()
    await page.goto(f"{URL}/home")
    await page.locator(READY).first.wait_for()
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    scrolled: list[float] = await page.evaluate(NEXT_PAINTS, "scroll")
    await page.keyboard.press("n")
    await page.locator("dialog textarea").first.click()
    typed: list[float] = await page.evaluate(NEXT_PAINTS, "type")
    for name, spent in (("scrolling", scrolled), ("typing", typed)):
        print(f"next paint, {name}: median {statistics.median(spent):.0f} ms, longest {max(spent):.0f} ms (target 100)")
    await page.keyboard.press("Escape")
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    await _memory(page, session)
    await context.close()


async def _memory(page: Page, session: CDPSession) -> None:
    """Scroll through all posts: how much is held after each thousand, and how many rows stand in the page."""
    await page.goto(f"{URL}/public/local")
    await page.locator(READY).first.wait_for()
    seen = 0
    for thousand in range(1, POSTS // 1_000 + 1):
        while seen < thousand * 1_000:
            await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            await page.wait_for_timeout(120)
            last = await page.locator("[data-row]").last.get_attribute("data-row")
            if last is None or int(last) <= seen:
                await page.wait_for_timeout(300)
            seen = max(seen, int(last or 0))
            if await page.locator(".end").count():
                break
        await session.send("HeapProfiler.collectGarbage")
        used = await page.evaluate("performance.memory.usedJSHeapSize")
        rows = await page.locator("[data-row]").count()
        print(f"after {seen} posts: {used / 1e6:.1f} MB of JavaScript, {rows} rows in the page")


async def _slow(page: Page) -> None:
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", SLOW_NET)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
