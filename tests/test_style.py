"""The palette, computed: contrast, and what readers with a colour-vision deficiency see."""

import math
import re
import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

import crmdata
from crmdata.content import cell_tables, wording
from crmdata.content.cooperation.support import SUPPORTING
from crmdata.exports.deck import legend
from crmdata.figures import style
from crmdata.i18n import words_for
from crmdata.palette import CLEAR, PALETTES, contrast, text_on
from crmdata.render.html import colours, sections
from crmdata.render.html.links import Link
from crmdata.settings import ROOT
from crmdata.terms import COUNTED, CooperationState, State

STATES = (*map(str, COUNTED), State.NO_APLICA.value)
THEMES = tuple(PALETTES)

VISIONS = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868],
         [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968],
         [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779],
         [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
"""G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009: severity 1, on linear RGB."""

APART = 15.0
"""Least CIEDE2000 distance; about 2 is just noticeable side by side, 10 at a glance."""

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375],
     [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
_WHITE = np.array([0.95047, 1.0, 1.08883])

Lab = tuple[float, float, float]


def lab(colour: str, vision: str = "full") -> Lab:
    """Return CIELAB (D65) of `#rrggbb` as somebody with this vision sees it."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = _TO_XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1) / _WHITE
    root = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = root
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: Lab, other: Lab) -> float:
    """Return CIEDE2000 (CIE 142-2001)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1 = math.degrees(math.atan2(b1, a1 * stretch)) % 360
    h2 = math.degrees(math.atan2(b2, a2 * stretch)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6)
         - 0.20 * _cos(4 * hue - 63))  # fmt: skip
    sl = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    spin = 60 * math.exp(-(((hue - 275) / 25) ** 2))
    rt = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(spin))
    parts = (dl / sl, dc / sc, dh / sh)
    return math.sqrt(sum(part**2 for part in parts) + rt * parts[1] * parts[2])


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_the_published_one(one: Lab, other: Lab, published: float) -> None:
    # Sharma, Wu, Dalal: "The CIEDE2000 color-difference formula", 2005, table 1.
    assert distance(one, other) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_states_differ_in_colour(theme: str, vision: str) -> None:
    inks = {state: PALETTES[theme].states[state].ink for state in STATES}
    near = {
        pair: distance(lab(inks[pair[0]], vision), lab(inks[pair[1]], vision))
        for pair in combinations(STATES, 2)
    }
    assert min(near.values()) >= APART, min(near, key=near.__getitem__)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_countries_side_by_side_differ_in_colour(theme: str, vision: str) -> None:
    series = [lab(colour, vision) for colour in PALETTES[theme].series]
    assert min(distance(*pair) for pair in combinations(series, 2)) >= APART


def test_any_two_countries_side_by_side_differ_in_shape() -> None:
    assert len(set(style.SERIES_SYMBOLS)) == len(PALETTES["light"].series)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_neighbouring_steps_of_the_scale_can_be_told_apart(theme: str, vision: str) -> None:
    steps = [lab(colour, vision) for colour in PALETTES[theme].scale]
    assert min(distance(*pair) for pair in pairwise(steps)) >= 9


@pytest.mark.parametrize("theme", THEMES)
def test_the_scale_goes_one_way_from_the_ground(theme: str) -> None:
    palette = PALETTES[theme]
    away = [contrast(colour, palette.background) for colour in palette.scale]
    assert away == sorted(away)


@pytest.mark.parametrize("theme", THEMES)
def test_any_two_states_differ_in_pattern_in_fill_or_without_any_colour(theme: str) -> None:
    looks = PALETTES[theme].states
    filled = {State.CUMPLIDA, State.EN_CURSO, State.SUSPENDIDA}
    drawn = {(looks[state].pattern, looks[state].ground) for state in {*STATES} - filled}
    assert len(drawn) == len(STATES) - len(filled)
    light = sorted(lab(looks[state].ground)[0] for state in filled)
    assert min(after - before for before, after in pairwise(light)) >= 18


@pytest.mark.parametrize("theme", THEMES)
def test_no_state_is_red_or_green(theme: str) -> None:
    for state in STATES:
        _, a, b = lab(PALETTES[theme].states[state].ink)
        hue = math.degrees(math.atan2(b, a)) % 360
        grey = math.hypot(a, b) < 6
        assert grey or 55 <= hue <= 105 or 200 <= hue <= 320, state


@pytest.mark.parametrize("theme", THEMES)
def test_silence_is_hatched_on_the_bare_ground(theme: str) -> None:
    silence = PALETTES[theme].states["sin_reporte"]
    assert (silence.pattern, silence.ground) == ("/", CLEAR)


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_on_every_ground_it_stands_on(theme: str) -> None:
    palette = PALETTES[theme]
    grounds = (palette.background, palette.band, palette.band_strong, palette.highlight,
               palette.empty)  # fmt: skip
    assert min(contrast(palette.text, ground) for ground in grounds) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_muted_text_reads_where_it_is_used(theme: str) -> None:
    palette = PALETTES[theme]
    grounds = (palette.background, palette.empty, palette.highlight)
    assert min(contrast(palette.muted, ground) for ground in grounds) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_in_every_cell_of_the_scale(theme: str) -> None:
    scale = PALETTES[theme].scale
    assert min(contrast(text_on(colour), colour) for colour in scale) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_on_every_filled_state(theme: str) -> None:
    grounds = [look.ground for look in PALETTES[theme].states.values()]
    filled = [ground for ground in grounds if ground != CLEAR]
    assert min(contrast(text_on(ground), ground) for ground in filled) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_every_graphic_stands_out_from_the_ground(theme: str) -> None:
    palette = PALETTES[theme]
    inks = [look.ink for look in palette.states.values()]
    drawn = [*inks, *palette.series, palette.rule, palette.text]
    assert min(contrast(ink, palette.background) for ink in drawn) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_ground_is_that_of_the_app(theme: str) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["theme"][theme]["backgroundColor"] == PALETTES[theme].background


@pytest.mark.parametrize("theme", ["contrast", "dark"])
def test_every_text_on_a_projector_has_a_contrast_of_at_least_seven(theme: str) -> None:
    palette = PALETTES[theme]
    grounds = (palette.background, palette.band, palette.band_strong)
    found = [contrast(palette.text, ground) for ground in grounds]
    assert min(*found, contrast(palette.muted, palette.background)) >= 7


@pytest.mark.parametrize("folder", ["content", "figures", "render", "slides"])
def test_only_the_palette_names_a_colour(folder: str) -> None:
    colour = re.compile(r"#[0-9a-fA-F]{6}\b|rgba?\(")
    files = list((Path(crmdata.__file__).parent / folder).rglob("*.py"))
    assert files
    assert [file.name for file in files if colour.search(file.read_text("utf-8"))] == []


def test_a_value_of_the_whole_scale_has_the_last_step() -> None:
    assert [cell_tables.step(value) for value in (0, 19.4, 20, 79, 80, 100)] == [0, 0, 1, 3, 4, 4]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "value",
    [0, 0.3, 19, 19.49, 19.5, 20, 20.5, 39.4999999, 39.5, 40, 59.49, 59.5, 60, 79.5, 80, 99.6, 100],
)
def test_a_value_has_the_colour_whose_class_holds_the_number_it_is_written_as(value, language):
    words = words_for(language)
    (written,) = re.findall(r"\d+", wording.percent(words, value))
    low, high = re.findall(r"\d+", cell_tables.step_labels(words)[cell_tables.step(value)])
    assert int(low) <= int(written) <= int(high)


def test_every_whole_percent_lies_in_one_class_only():
    ends = [[int(end) for end in re.findall(r"\d+", text)]
            for text in cell_tables.step_labels(words_for("es"))]  # fmt: skip
    assert [number for low, high in ends for number in range(low, high + 1)] == list(range(101))


def test_tables_and_deck_have_the_same_classes_for_the_same_colours():
    words = words_for("es")
    table = cell_tables.FaceTable("", {}, {}, {}, "", cell_tables.key_of_steps(words))
    html = sections.draw(table, Link(words, lambda page, _: page))
    tables = re.findall(r"f-step-\d\"></i>([^<]+)", html)
    deck = [entry.text for entry in legend.of_scale(words)]
    assert tables == deck == ["0–19\xa0%", "20–39\xa0%", "40–59\xa0%", "60–79\xa0%",
                              "80–100\xa0%"]  # fmt: skip


def sheet() -> dict[str, str]:
    """Return what the style sheets of sections say of each kind of face, by its class."""
    rules = re.findall(r"^\.f-([\w-]+) \{([^}]*)\}", colours.variables() + "\n" + colours.MARKS,
                       re.MULTILINE)  # fmt: skip
    return dict(rules)


def colour_of(name: str, rule: str, theme: str) -> str:
    """Return the colour that a rule gives a property under a theme, a variable looked up."""
    [value] = re.findall(rf"(?:^|; ?| ){name}: ([^;]+?)(?: !important)?;", rule)
    if variable := re.fullmatch(r"var\((--[\w-]+)\)", value):
        [value] = re.findall(rf"{variable[1]}: ([^;]+);", colours.variables())
    if both := re.fullmatch(r"light-dark\(([^,]+), ([^)]+)\)", value):
        value = both[1] if theme == "light" else both[2]
    return value if len(value) == len("#rrggbb") else "#" + "".join(2 * each for each in value[1:])


ON_SCREEN = ("light", "dark")
STEP_CLASSES = [f"step-{at}" for at in range(len(cell_tables.STEPS) + 1)]
FILLED = [
    *STEP_CLASSES, cell_tables.Kind.NOTHING, CooperationState.CONCLUIDA, CooperationState.EN_CURSO,
    CooperationState.SOLICITADA,
]  # fmt: skip


@pytest.mark.parametrize("theme", ON_SCREEN)
def test_a_cell_on_the_page_has_the_colour_of_its_step(theme: str) -> None:
    grounds = [colour_of("background", sheet()[name], theme) for name in STEP_CLASSES]
    assert tuple(grounds) == PALETTES[theme].scale


@pytest.mark.parametrize("theme", ON_SCREEN)
@pytest.mark.parametrize("name", FILLED)
def test_text_reads_in_every_filled_cell_on_the_page(theme: str, name: str) -> None:
    ink, ground = (colour_of(each, sheet()[name], theme) for each in ("color", "background"))
    assert contrast(ink, ground) >= 4.5


def test_every_kind_of_cell_has_its_look_on_the_page() -> None:
    kinds = {*cell_tables.Kind, *SUPPORTING, CooperationState.SOLICITADA} - {cell_tables.Kind.VALUE}
    assert kinds | {*STEP_CLASSES} <= sheet().keys()


def test_the_hatching_of_silence_ends_behind_its_words() -> None:
    assert ".f-silent > :is(b, small) { background: var(--crm-page);" in colours.MARKS
