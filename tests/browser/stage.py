"""A reader who presents: opens the stage, presses keys, and measures what is on the wall."""

from typing import Any

from playwright.sync_api import Page

SMALLEST = 18
"""Px that the smallest text has at 1280 × 720."""

IN_PICTURES = 40
"""Px that the smallest text of a picture has at 1920 × 1080."""

MEASURED = """() => {
  const root = [...document.querySelectorAll('*')].map(one => one.shadowRoot)
    .find(one => one && one.querySelector('.stage'));
  const stage = root.querySelector('.stage');
  const slide = [...stage.children].find(one => one.tagName === 'SECTION' && !one.hidden);
  const box = slide.getBoundingClientRect();
  const foot = slide.querySelector('footer').getBoundingClientRect();
  let smallest = Infinity, picture = Infinity;
  // What a picture is made of: its rows, its columns, its cells. What they mean stands beside it.
  const inPicture = (holder) => holder.closest('.part') && !holder.closest(
    '.crm-key, .crm-note, .crm-bars thead, .crm-faces thead td, h3');
  const beyond = [];
  const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, holder = text.parentElement;
    if (!text.textContent.trim() || holder.tagName === 'CAPTION') continue;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    // What no box has is not drawn.
    if (!holder.getClientRects().length) continue;
    smallest = Math.min(smallest, size);
    if (inPicture(holder)) picture = Math.min(picture, size);
    const range = document.createRange();
    range.selectNodeContents(text);
    const own = range.getBoundingClientRect();
    const floor = holder.closest('footer') ? box.bottom : foot.top;
    const cell = holder.closest('.crm-bar i, th, td, .crm-face, .crm-figures > div, li')
      ?.getBoundingClientRect();
    if (own.right > box.right + 1 || own.bottom > floor + 1
        || (cell && (own.right > cell.right + 2 || own.bottom > cell.bottom + 4)))
      beyond.push(text.textContent.slice(0, 60));
  }
  const page = document.documentElement;
  return {
    key: slide.dataset.key,
    title: slide.querySelector('h1').textContent,
    count: slide.querySelector('.count').textContent,
    smallest,
    picture: picture === Infinity ? 1e9 : picture,
    beyond,
    scrolls: Math.max(slide.scrollHeight - slide.clientHeight,
                      slide.scrollWidth - slide.clientWidth,
                      page.scrollHeight - window.innerHeight, page.scrollWidth - window.innerWidth),
    shown: [...stage.querySelectorAll('section')].filter(one => !one.hidden).length,
    all: stage.querySelectorAll('section').length,
    toolbars: [...document.querySelectorAll('[data-testid="stHeader"], [data-testid="stSidebar"]')]
      .filter(one => getComputedStyle(one).display !== 'none').length,
  };
}"""


def open_stage(page: Page, address: str, *, width: int = 1280, height: int = 720) -> None:
    """Open the stage in a window of this size and wait for its slide."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector(".stage section:not([hidden])")
    page.evaluate("document.fonts.ready")


def measured(page: Page) -> dict[str, Any]:
    """Return what the wall shows now."""
    found: dict[str, Any] = page.evaluate(MEASURED)
    return found


def walked(page: Page, key: str = "PageDown") -> list[dict[str, Any]]:
    """Press a key from slide to slide to the last, and return what each shows."""
    found = [measured(page)]
    while len(found) < found[0]["all"]:
        page.keyboard.press(key)
        found.append(measured(page))
    return found
