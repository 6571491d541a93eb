"""A slide as HTML. Every text is escaped by `crmdata.render.html.markup`."""

from urllib.parse import urlencode

import segno

from crmdata.content import walls
from crmdata.i18n import Words
from crmdata.render.html import sections
from crmdata.render.html.links import Link
from crmdata.render.html.markup import element, wrapped
from crmdata.slides import Deck, Slide

_LONG_TITLE, _VERY_LONG_TITLE = 76, 150
"""Characters beyond which a title is set smaller."""


def draw(deck: Deck, slide: Slide, place: int, base: str) -> str:
    """Return a slide with its footer; `base` is the address that the audience can reach."""
    words = deck.words
    css = "slide demo" if deck.demo else "slide"
    return wrapped(
        "section", [_title(slide), _body(slide, words), _footer(deck, slide, place, base)],
        css=f"{css} of-{slide.section}", hidden="",
        **{"aria-label": ". ".join(filter(None, (slide.topic, slide.title))),
           "data-key": slide.key},
    )  # fmt: skip


def _title(slide: Slide) -> str:
    size = len(slide.title)
    css = "longest" if size > _VERY_LONG_TITLE else "long" if size > _LONG_TITLE else ""
    topic = [element("p", slide.topic, css="topic")] if slide.topic else []
    return wrapped("header", [*topic, element("h1", slide.title, css=css)])


def _body(slide: Slide, words: Words) -> str:
    lead = [element("p", slide.lead, css="lead")] if slide.lead else []
    wall = Link(words, None)
    pictures = [
        wrapped("div", [sections.draw(part, wall)],
                css="beneath" if isinstance(part, walls.BENEATH) else "part")
        for part in slide.parts
    ]  # fmt: skip
    return wrapped("div", [*lead, *pictures], css="body")


def link(slide: Slide, base: str) -> str:
    """Return the address of the live view of what a slide shows."""
    return f"{base}/{slide.page}?{urlencode(slide.query)}"


def _footer(deck: Deck, slide: Slide, place: int, base: str) -> str:
    words, address = deck.words, link(slide, base)
    facts = [fact for fact in slide.footer if fact != words("Demonstration data")]
    texts = [element("span", " · ".join(facts))]
    if deck.demo:
        texts.insert(0, element("strong", words("Demonstration data"), css="mark"))
    count = words("{n} of {all}", n=place, all=len(deck.slides))
    return wrapped("footer", [
        wrapped("div", [
            wrapped("p", texts),
            element("p", address.split("://", 1)[-1], css="link"),
        ]),
        element("p", count, css="count"),
        wrapped("div", [code(address)], css="qr", role="img",
                **{"aria-label": words("QR code of the address beside it")}),
    ])  # fmt: skip


def code(address: str) -> str:
    """Return the QR code of an address as inline SVG, made here and nowhere else."""
    qr = segno.make(address, micro=False, error="m")
    svg: str = qr.svg_inline(border=3, omitsize=True, dark="#000000", light="#ffffff")
    return svg


def numbers(slide: Slide) -> str:
    """Return the numbers behind a slide, for who is asked for one."""
    return "".join(element("p", note) for note in slide.notes)


def desk(deck: Deck) -> str:
    """Return the window of whoever presents, its parts still empty."""
    words = deck.words

    def part(name: str, tag: str = "b", **attributes: str) -> str:
        return element(tag, "", **{"data-part": name}, **attributes)

    def act(name: str, text: str) -> str:
        return element("button", text, type="button", **{"data-act": name})

    # A word of its own each: the catalogues' reader does not look into an f-string.
    titled = ((words("Time"), "clock"), (words("Since the start"), "elapsed"),
              (words("Slide"), "count"), (words("Shown so far"), "shown"))  # fmt: skip
    clocks = [wrapped("span", [element("span", f"{title} "), part(name)]) for title, name in titled]
    clocks.append(part("in_view", "strong", role="status"))
    if deck.demo:
        clocks.append(element("strong", words("Demonstration data"), css="mark"))
    acts = [
        act("find", words("Go to a slide (/)")),
        act("back", words("Meeting before ([)")), act("on", words("Meeting after (])")),
        act("agree", words("Note an agreement (A)")), act("minutes", words("Minutes (M)")),
        act("anew", words("Begin the list of what was shown anew")),
        act("keys", words("All keys (H)")),
    ]  # fmt: skip
    then = words("Then:")
    say = [
        part("title", "h1"), part("lead", "p"),
        wrapped("p", [element("span", f"{then} "), part("next", "span")], css="next"),
    ]  # fmt: skip
    behind = wrapped("details", [
        element("summary", words("The numbers behind it")),
        part("said", "div", **{"class": "said", "tabindex": "0"}),
    ])  # fmt: skip
    pictures = [part(name, "div", **{"class": "picture"}) for name in ("now", "then")]
    return "".join([
        wrapped("div", clocks, css="clocks"),
        wrapped("div", pictures, css="pictures", **{"aria-hidden": "true"}),
        wrapped("div", acts, css="acts"),
        wrapped("div", say, css="say"),
        behind,
        _slides(deck),
    ])  # fmt: skip


def _slides(deck: Deck) -> str:
    """Return all slides by number and title, each a button."""
    rows = [
        wrapped("li", [wrapped("button", [
            element("b", str(place + 1)), element("span", slide.topic or slide.title),
        ], type="button", **{"data-place": str(place)})])
        for place, slide in enumerate(deck.slides)
    ]  # fmt: skip
    return wrapped("nav", [wrapped("ol", rows)], **{"aria-label": deck.words("Slides")})
