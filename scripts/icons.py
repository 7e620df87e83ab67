"""Draws the icons of the installed app from the mark: one SVG and the PNG sizes that phones ask for.

    .venv/bin/python scripts/icons.py

Run it after changing the mark; the results are committed, for building the product needs no browser.
"""

from pathlib import Path

from chromium import chromium
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "wendu" / "web" / "static" / "wendu" / "app"
INK, PAPER, EMBER = "#26231f", "#faf8f4", "#e98a60"
FIRE = (
    f'<path d="M6 25 L24 20 M24 25 L6 20" stroke="{PAPER}" stroke-width="2.4" stroke-linecap="round"/>'
    '<path d="M15 18c-3.6 0-5.4-2.4-5.4-4.8 0-3 3-4.2 3.6-8.4 3 2.4 3.6 4.2 3.6 6 1.2-.6 1.2-1.8 1.2-2.4 '
    f'1.8 1.8 2.4 3.6 2.4 4.8 0 2.4-1.8 4.8-5.4 4.8z" fill="{EMBER}"/>'
)


def drawing(*, radius: float, scale: float) -> str:
    """The mark on ink; a maskable icon fills its square and keeps the fire inside the middle four fifths."""
    middle = f"translate(16 16) scale({scale}) translate(-15 -15.4)"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="{radius}" fill="{INK}"/><g transform="{middle}">{FIRE}</g></svg>\n'
    )


ROUND, FULL = drawing(radius=7, scale=1), drawing(radius=0, scale=0.78)
PICTURES = {
    "icon-192.png": (ROUND, 192),
    "icon-512.png": (ROUND, 512),
    "maskable-512.png": (FULL, 512),
    "apple-180.png": (FULL, 180),
}


def main() -> None:
    """Write the SVG, and photograph each PNG."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "icon.svg").write_text(ROUND, "utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, (svg, size) in PICTURES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:100vw}}</style>{svg}")
            page.screenshot(path=str(FOLDER / name), omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
