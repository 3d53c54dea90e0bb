#!/usr/bin/env python3
"""Draws the lead pictures of the demonstration publication.

Each picture is a function below that lays shapes on a sheet of 1600 × 1000; the sheet is written to
`pictures/NAME.svg` and rasterised to `media/NAME.jpg`. Every random choice comes from a generator seeded by the picture's name, so that the
same script always gives the same drawing.

Needs Python 3.9, `rsvg-convert` (librsvg) and `convert` (ImageMagick).  Usage: draw.py [--svg-only] [NAME…]
"""

import math
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1600, 1000
LARGEST = 190_000

# One palette for all pictures: they stand side by side on the front page and should look like one hand's work.
INK, NIGHT, INDIGO, TEAL = "#1b232e", "#131d2c", "#264a66", "#3d7480"
JADE, CELADON, MIST = "#4c7d6d", "#9dbfae", "#dbe3d8"
PAPER, CREAM, SAND, OCHRE = "#f3ead8", "#faf5e9", "#e6cba0", "#c9913f"
CLAY, CINNABAR, WINE, DUSK = "#d98c68", "#b3392a", "#6d2430", "#75566a"
COBALT, PORCELAIN = "#27479a", "#f5f6f2"


class Sheet:
    """A picture being drawn: definitions, then parts from back to front."""

    def __init__(self, name):
        self.name = name
        self.rng = random.Random(f"warraq:{name}")
        self.defs = []
        self.parts = []

    def add(self, markup):
        self.parts.append(markup)

    def define(self, kind, inner, **attributes):
        """Adds a definition and returns the `url(#…)` that uses it."""
        identity = f"d{len(self.defs)}"
        self.defs.append(f'<{kind} id="{identity}"{attrs(attributes)}>{inner}</{kind}>')
        return f"url(#{identity})"

    def linear(self, *stops, x1=0, y1=0, x2=0, y2=HEIGHT):
        """A gradient between two points of the sheet; a stop is (offset, colour[, opacity])."""
        return self.define(
            "linearGradient",
            stops_markup(stops),
            x1=n(x1),
            y1=n(y1),
            x2=n(x2),
            y2=n(y2),
            gradientUnits="userSpaceOnUse",
        )

    def radial(self, cx, cy, r, *stops):
        return self.define(
            "radialGradient", stops_markup(stops), cx=n(cx), cy=n(cy), r=n(r), gradientUnits="userSpaceOnUse"
        )

    def clip(self, path):
        return self.define("clipPath", f'<path d="{path}"/>')

    def blur(self, deviation):
        return self.define(
            "filter", f'<feGaussianBlur stdDeviation="{deviation}"/>', x="-50%", y="-50%", width="200%", height="200%"
        )

    def rough(self, size, frequency, seed=3):
        """Breaks a clean edge the way paper breaks the edge of wet ink."""
        return self.define(
            "filter",
            f'<feTurbulence type="fractalNoise" baseFrequency="{frequency}" numOctaves="3" seed="{seed}"/>'
            f'<feDisplacementMap in="SourceGraphic" scale="{size}" xChannelSelector="R" yChannelSelector="G"/>',
            x="-40%",
            y="-40%",
            width="180%",
            height="180%",
        )

    def fill(self, paint, opacity=1):
        self.add(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paint}"{attrs({"opacity": opacity})}/>')

    def path(self, d, fill="none", **attributes):
        self.add(f'<path d="{d}" fill="{fill}"{attrs(attributes)}/>')

    def circle(self, cx, cy, r, fill="none", **attributes):
        self.add(f'<circle cx="{n(cx)}" cy="{n(cy)}" r="{n(r)}" fill="{fill}"{attrs(attributes)}/>')

    def ellipse(self, cx, cy, rx, ry, fill="none", **attributes):
        self.add(f'<ellipse cx="{n(cx)}" cy="{n(cy)}" rx="{n(rx)}" ry="{n(ry)}" fill="{fill}"{attrs(attributes)}/>')

    def rect(self, x, y, w, h, fill="none", **attributes):
        self.add(f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" fill="{fill}"{attrs(attributes)}/>')

    def group(self, **attributes):
        return Group(self, attributes)

    def mountains(self, base, height, colour, depth=260, scale=420, opacity=1.0, jagged=True):
        """A range whose foot dissolves in mist, as in an ink wash."""
        points = ridge(self.rng, base, height, scale, jagged)
        top = min(y for _, y in points)
        paint = self.linear(
            (0, colour, opacity), (0.45, colour, opacity * 0.72), (1, colour, 0), y1=top, y2=base + depth
        )
        self.path(polyline(points) + f"L{WIDTH + 20},{n(base + depth)}L-20,{n(base + depth)}Z", paint)
        return points

    def mist(self, y, thickness, colour, opacity):
        paint = self.linear((0, colour, 0), (0.5, colour, opacity), (1, colour, 0), y1=y - thickness, y2=y + thickness)
        self.rect(0, y - thickness, WIDTH, 2 * thickness, paint)

    def sun(self, cx, cy, r, colour, glow, opacity=0.55):
        self.circle(
            cx, cy, r * 4, self.radial(cx, cy, r * 4, (0, glow, opacity), (0.3, glow, opacity * 0.45), (1, glow, 0))
        )
        self.circle(cx, cy, r, colour)

    def svg(self, grain):
        paper = (
            '<filter id="fibre" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise"'
            ' baseFrequency="0.035 0.075" numOctaves="3" seed="8"/><feColorMatrix values="0 0 0 0 0.24  0 0 0 0 0.18 '
            ' 0 0 0 0 0.1  0 0 0 1.3 -0.6"/></filter><filter id="grain" x="0" y="0" width="100%"'
            ' height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.42" numOctaves="2"'
            ' seed="5"/><feColorMatrix values="0 0 0 0 0.1  0 0 0 0 0.08  0 0 0 0 0.06  0 0 0 1.6'
            f' -0.74"/></filter><radialGradient id="edge" cx="{WIDTH / 2:g}" cy="{HEIGHT * 0.47:g}" r="1080"'
            f' gradientUnits="userSpaceOnUse"><stop offset="0.55" stop-color="{INK}" stop-opacity="0"/><stop offset="1"'
            f' stop-color="{INK}" stop-opacity="0.24"/></radialGradient>'
        )
        surface = (
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#edge)"/>'
            f'<rect width="{WIDTH}" height="{HEIGHT}" filter="url(#fibre)" opacity="{n(grain * 0.6)}"/>'
            f'<rect width="{WIDTH}" height="{HEIGHT}" filter="url(#grain)" opacity="{n(grain)}"/>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
            f' height="{HEIGHT}">\n<defs>{paper}\n'
            + "\n".join(self.defs)
            + "</defs>\n"
            + "\n".join(self.parts)
            + f"\n{surface}\n</svg>\n"
        )


class Group:
    """Keeps `<g>` and `</g>` together around the parts drawn inside a `with`."""

    def __init__(self, sheet, attributes):
        self.sheet, self.attributes = sheet, attributes

    def __enter__(self):
        self.sheet.add(f"<g{attrs(self.attributes)}>")

    def __exit__(self, *_):
        self.sheet.add("</g>")


# ---- pictures ------------------------------------------------------------------------------------------------------


def tea(s):
    """A teapot and two cups before terraced hills in the morning."""
    s.fill(s.linear((0, "#c9d8cc"), (0.45, "#eee6cd"), (1, "#e2cfa4")))
    s.sun(1130, 250, 82, "#f6e3b4", "#fff3cf")
    s.mountains(400, 210, "#7fa296", 220, 460, 0.65)
    s.mountains(480, 170, "#5f8b7e", 220, 380, 0.75)
    s.mist(520, 110, CREAM, 0.75)
    for hill, (cx, top, half, colour, dark) in enumerate(
        [
            (1240, 470, 760, "#6f9a78", "#4d7b62"),
            (330, 545, 800, "#578a6c", "#396551"),
            (1130, 640, 900, "#43745d", "#2b5546"),
        ]
    ):
        outline = (
            f"M{cx - half},1000C{cx - half * 0.6},{top + 30} {cx - half * 0.25},{top}"
            f" {cx},{top}S{cx + half * 0.7},{top + 60} {cx + half},1000Z"
        )
        s.path(outline, s.linear((0, colour), (1, dark), y1=top, y2=top + 420))
        with s.group(clip_path=s.clip(outline)):
            for row in range(1, 16):
                y = top + row**1.28 * 13
                wave = 26 + row * 3
                d = (
                    f"M{cx - half},{n(y + 150)}C{n(cx - half * 0.55)},{n(y + 40)} {n(cx - half * 0.2)},{n(y - wave)}"
                    f" {cx},{n(y)}S{n(cx + half * 0.6)},{n(y + wave)} {cx + half},{n(y + 170)}"
                )
                s.path(d, stroke=dark, stroke_width=n(4 + row * 0.9), opacity=0.55, stroke_linecap="round")
                s.path(
                    d,
                    stroke="#b9d19c",
                    stroke_width=n(1.2 + row * 0.25),
                    opacity=0.5,
                    transform=f"translate(0 {n(-3 - row * 0.5)})",
                )
        s.mist(top + 210, 90, "#e9ead2", 0.28 if hill < 2 else 0.0)
    s.rect(0, 838, WIDTH, 170, s.linear((0, "#7c4b31"), (0.2, "#5d3524"), (1, "#2f1c16"), y1=838, y2=1000))
    for _ in range(26):
        y, x = s.rng.uniform(852, 996), s.rng.uniform(-200, 1300)
        length = s.rng.uniform(200, 700)
        s.path(
            f"M{n(x)},{n(y)}q{n(length / 2)},{n(s.rng.uniform(-6, 6))} {n(length)},0",
            stroke="#22120d",
            stroke_width=n(s.rng.uniform(1, 3)),
            opacity=0.35,
        )
    s.rect(0, 836, WIDTH, 5, "#c28b5c", opacity=0.7)
    shadow = s.blur(14)
    s.ellipse(560, 905, 300, 26, "#140b08", opacity=0.6, filter=shadow)
    s.ellipse(1010, 912, 140, 18, "#140b08", opacity=0.55, filter=shadow)
    s.ellipse(1252, 932, 140, 18, "#140b08", opacity=0.55, filter=shadow)
    body = s.linear((0, "#5a2a1d"), (0.32, "#a4583a"), (0.5, "#b56a48"), (1, "#43190f"), x1=330, x2=800, y2=0)
    s.path(
        "M372,690C300,640 232,690 250,764C264,822 330,846 392,826",
        stroke="#5a2a1d",
        stroke_width=34,
        stroke_linecap="round",
    )
    s.path(
        "M372,690C300,640 232,690 250,764C264,822 330,846 392,826",
        stroke="#9c5538",
        stroke_width=9,
        stroke_linecap="round",
        opacity=0.6,
    )
    s.path(
        "M742,800C820,790 834,700 906,640L934,654C906,716 884,842 734,862Z",
        s.linear((0, "#6d3322"), (1, "#9c5538"), x1=742, x2=930, y2=0),
    )
    s.path("M560,634C716,634 806,716 796,798C788,866 716,908 560,908S332,866 324,798C314,716 404,634 560,634Z", body)
    s.path(
        "M420,700C370,740 362,790 374,820",
        stroke="#e2a27c",
        stroke_width=14,
        stroke_linecap="round",
        opacity=0.45,
        filter=s.blur(5),
    )
    s.path("M338,768C440,796 680,796 784,768", stroke="#3c160d", stroke_width=4, opacity=0.5)
    s.path("M338,776C440,804 680,804 784,776", stroke="#d08d68", stroke_width=2, opacity=0.5)
    s.path(
        "M430,648C470,606 650,606 690,648C650,664 470,664 430,648Z",
        s.linear((0, "#6d3322"), (0.4, "#b56a48"), (1, "#4d2015"), x1=430, x2=690, y2=0),
    )
    s.path(
        "M534,614C534,596 518,590 528,572C540,556 580,556 592,572C602,590 586,596 586,614Z",
        s.linear((0, "#7c3e29"), (1, "#4d2015"), x1=520, x2=600, y2=0),
    )
    for cx, cy in ((1010, 830), (1252, 850)):
        s.path(
            f"M{cx - 118},{cy - 42}C{cx - 112},{cy + 40} {cx - 64},{cy + 76}"
            f" {cx - 40},{cy + 78}H{cx + 40}C{cx + 64},{cy + 76} {cx + 112},{cy + 40} {cx + 118},{cy - 42}Z",
            s.linear((0, "#b9cabd"), (0.35, "#f1f4ea"), (1, "#87a396"), x1=cx - 118, x2=cx + 118, y2=0),
        )
        s.ellipse(cx, cy - 42, 118, 25, "#e6eee2")
        s.ellipse(cx, cy - 38, 104, 19, s.radial(cx - 20, cy - 42, 110, (0, "#d9a04a"), (1, "#94551e")))
        s.path(
            f"M{cx - 96},{cy + 10}C{cx - 50},{cy + 30} {cx + 50},{cy + 30} {cx + 96},{cy + 10}",
            stroke=JADE,
            stroke_width=4,
            opacity=0.7,
        )
    for cx, top, seed in ((1010, 430, 2), (1252, 470, 3)):
        steam(s, cx, 790, top, seed)


def caravan(s):
    """A string of two-humped camels crossing dunes at sunset."""
    s.fill(s.linear((0, "#4d3f5e"), (0.3, "#a95f5b"), (0.55, "#e29a62"), (0.75, "#f3cf8e")))
    s.sun(1120, 395, 150, s.linear((0, "#fbe7b0"), (1, "#f0a75f"), y1=245, y2=545), "#ffd98f", 0.6)
    for _ in range(9):
        x, y, w = s.rng.uniform(-100, 1500), s.rng.uniform(120, 400), s.rng.uniform(260, 620)
        s.path(
            f"M{n(x)},{n(y)}q{n(w / 2)},{n(-s.rng.uniform(6, 22))} {n(w)},0q{n(-w / 2)},{n(s.rng.uniform(2, 10))}"
            f" {n(-w)},0Z",
            "#fbe0b5",
            opacity=n(s.rng.uniform(0.12, 0.3)),
        )
    s.mountains(560, 150, "#8a5360", 150, 520, 0.6)
    s.mountains(600, 105, "#7a4453", 130, 360, 0.7)
    s.mist(600, 70, "#f6cf97", 0.55)
    dune(s, [(-20, 650), (260, 585), (620, 632), (980, 588), (1340, 640), (1620, 600)], "#e0a765", "#b06a46")
    dune(s, [(-20, 720), (330, 742), (700, 672), (1120, 700), (1620, 652)], "#e6b06a", "#a85f3f")
    rope = []
    for i, (x, y) in enumerate([(330, 741), (505, 713), (672, 680), (850, 680), (1030, 693), (1204, 697), (1374, 684)]):
        size = 1.02 - 0.02 * i
        rope.append((x, y))
        camel(s, x, y + 6, size, load=i % 3 != 0, stride=i % 2)
    walker(s, 232, 738, 0.95)
    dune(s, [(-20, 880), (300, 800), (760, 846), (1180, 768), (1620, 830)], "#cf8d50", "#7e4236")
    dune(s, [(-20, 930), (420, 958), (900, 878), (1620, 938)], "#a9623f", "#4d2830")


def fleet(s):
    """Ships with battened sails on a patterned sea."""
    s.fill(s.linear((0, "#20445c"), (0.38, "#6f9d9c"), (0.62, "#eed9ac")))
    s.sun(470, 330, 112, "#f9e8bd", "#ffeec3", 0.55)
    for _ in range(7):
        cloud(s, s.rng.uniform(0, 1500), s.rng.uniform(80, 330), s.rng.uniform(0.6, 1.3), "#f6ecd2", 0.34)
    s.mountains(600, 120, "#527f86", 120, 300, 0.55)
    s.mist(590, 60, "#f1dfb6", 0.7)
    s.rect(0, 610, WIDTH, 400, s.linear((0, "#7fa8a0"), (0.35, "#2f6b7c"), (1, "#12324a"), y1=610, y2=1000))
    for cx, cy, size, far in ((180, 640, 0.26, 0.5), (1440, 645, 0.3, 0.5), (700, 648, 0.24, 0.45)):
        junk(s, cx, cy, size, far)
    wave_rows(s, 648, 690, 24, 1, "#79a7a2", "#5f9499")
    junk(s, 330, 694, 0.48, 0.25)
    wave_rows(s, 690, 735, 34, 1, "#558d94", "#447f8a")
    junk(s, 1330, 730, 0.62, 0.15)
    wave_rows(s, 730, 790, 46, 1, "#3c7884", "#2f6877")
    junk(s, 850, 808, 1.12, 0.0)
    wave_rows(s, 806, 1060, 66, 1, "#2b6272", "#133a54")


def porcelain(s):
    """A blue-and-white vase, a bowl and a plate on a shelf."""
    s.fill(s.linear((0, "#c77a50"), (0.5, "#b4623f"), (1, "#8b4530"), x2=WIDTH, y2=700))
    s.fill(s.radial(620, 380, 900, (0, "#f0bd86", 0.6), (1, "#f0bd86", 0)))
    s.rect(0, 826, WIDTH, 174, s.linear((0, "#4a2a22"), (0.1, "#371e1a"), (1, "#1e1112"), y1=826, y2=1000))
    s.rect(0, 824, WIDTH, 5, "#d9a070", opacity=0.6)
    soft = s.blur(22)
    # The plate leans on the wall behind the vase.
    s.circle(1140, 545, 290, "#3c1a14", opacity=0.45, filter=soft)
    plate(s, 1125, 528, 284)
    s.path(
        "M520,180C700,300 900,420 820,640C780,740 700,800 640,836L560,836Z", "#3c1a14", opacity=0.32, filter=s.blur(34)
    )
    s.ellipse(560, 842, 300, 24, "#0d0707", opacity=0.7, filter=soft)
    outline = (
        "M508,120C500,160 520,190 520,232C520,292 402,330 360,440C318,552 384,690 446,770C462,796 458,820 456,838"
        "H664C662,820 658,796 674,770C736,690 802,552 760,440C718,330 600,292 600,232C600,190 620,160 612,120Z"
    )
    s.path(outline, PORCELAIN)
    with s.group(clip_path=s.clip(outline)):
        fret(s, 480, 150, 640, 26)
        for x in range(500, 640, 24):
            s.path(f"M{x},196q12,44 0,84q-12,-40 0,-84Z", COBALT, opacity=0.75)
        s.rect(330, 300, 460, 7, COBALT)
        petals(s, 560, 372, 17, 252, 62, COBALT)
        s.rect(330, 386, 460, 5, COBALT)
        s.rect(330, 396, 460, 2.5, COBALT)
        with s.group(opacity=0.95):
            points = ridge(random.Random("vase-far"), 560, 120, 150, True)
            s.path(polyline(points) + "L1620,640L-20,640Z", s.linear((0, COBALT, 0.55), (1, COBALT, 0), y1=450, y2=620))
            points = ridge(random.Random("vase-near"), 610, 110, 110, True)
            s.path(polyline(points) + "L1620,700L-20,700Z", s.linear((0, COBALT, 0.95), (1, COBALT, 0), y1=510, y2=670))
            for i in range(7):
                s.path(
                    f"M{330 + i * 62},{n(640 + (i % 3) * 12)}q30,-9 60,0t60,0",
                    stroke=COBALT,
                    stroke_width=3,
                    opacity=0.55,
                )
            pagoda(s, 646, 604, 0.34, COBALT)
            for i, (x, y) in enumerate(((440, 452), (472, 440), (500, 462))):
                s.path(f"M{x - 14},{y}q8,-8 14,0q6,-8 14,0", stroke=COBALT, stroke_width=3)
        s.rect(330, 678, 460, 2.5, COBALT)
        s.rect(330, 685, 460, 5, COBALT)
        petals(s, 560, 778, 13, 158, 70, COBALT)
        s.rect(330, 780, 460, 4, COBALT)
        fret(s, 440, 798, 700, 26)
        shade = s.linear(
            (0, "#2c2b45", 0.55),
            (0.2, "#7a7fa0", 0.16),
            (0.36, "#ffffff", 0.25),
            (0.6, "#8a8fb0", 0.08),
            (1, "#231f38", 0.62),
            x1=335,
            x2=785,
            y2=0,
        )
        s.rect(320, 100, 480, 760, shade)
        s.path(
            "M432,400C398,470 404,560 428,620",
            stroke="#ffffff",
            stroke_width=18,
            stroke_linecap="round",
            opacity=0.7,
            filter=s.blur(7),
        )
    s.ellipse(560, 121, 52, 10, "#2a3566")
    s.ellipse(560, 118, 54, 10, "none", stroke="#f7f8f4", stroke_width=5)
    bowl = "M842,716C846,800 910,846 950,852H1060C1100,846 1164,800 1168,716Z"
    s.ellipse(1005, 858, 190, 18, "#0d0707", opacity=0.7, filter=soft)
    s.path(bowl, PORCELAIN)
    with s.group(clip_path=s.clip(bowl)):
        s.rect(830, 738, 350, 4, COBALT)
        for i in range(8):
            lotus(s, 866 + i * 46, 786, 19, COBALT)
        s.rect(830, 824, 350, 5, COBALT)
        s.rect(
            830,
            700,
            350,
            170,
            s.linear((0, "#2c2b45", 0.5), (0.3, "#ffffff", 0.2), (1, "#231f38", 0.55), x1=842, x2=1168, y2=0),
        )
    s.ellipse(1005, 716, 163, 26, "#e4e8ea")
    s.ellipse(1005, 719, 150, 21, s.linear((0, "#8f9cc0"), (1, "#dfe4ea"), y1=698, y2=742))


def strokes(s):
    """Single brush strokes on squared practice paper, beside brush and ink stone."""
    s.fill(s.linear((0, "#f6eedc"), (1, "#e6d6b4"), x2=WIDTH))
    size, left, top = 310, 66, 62
    for row in range(3):
        for column in range(5):
            x, y = left + column * size, top + row * size
            s.rect(x, y, size, size, stroke=CINNABAR, stroke_width=3, opacity=0.55)
            s.path(
                f"M{x},{y}l{size},{size}M{x + size},{y}l{-size},{size}"
                f"M{x + size / 2},{y}v{size}M{x},{y + size / 2}h{size}",
                stroke=CINNABAR,
                stroke_width=1.6,
                stroke_dasharray="9 9",
                opacity=0.32,
            )
    ink = s.rough(8, 0.03)

    def cell(column, row):
        return left + (column + 0.5) * size, top + (row + 0.5) * size

    figures = [
        (0, 0, [(-12, -50), (30, -10), (62, 46)], [5, 62, 12]),
        (1, 0, [(-118, 14), (-40, -4), (60, -8), (120, 6)], [46, 27, 25, 50]),
        (2, 0, [(4, -120), (-6, -30), (2, 60), (-2, 124)], [46, 28, 30, 10]),
        (0, 1, [(62, -120), (34, -20), (-30, 66), (-110, 116)], [42, 34, 24, 3]),
        (1, 1, [(-110, -104), (-40, -10), (38, 62), (122, 96)], [8, 26, 56, 6]),
        (2, 1, [(-104, 62), (-40, 40), (30, -20), (104, -74)], [46, 32, 20, 2]),
        (0, 2, [(-70, -86), (-66, 0), (-58, 76), (-6, 90), (64, 86), (92, 30)], [40, 26, 34, 30, 30, 3]),
        (1, 2, [(-96, -62), (0, -80), (78, -74), (74, 0), (54, 92), (18, 72)], [38, 24, 44, 28, 28, 3]),
    ]
    for column, row, points, widths in figures:
        cx, cy = cell(column, row)
        brush_stroke(s, [(cx + x, cy + y) for x, y in points], widths, INK, ink)
    # Stone and brush lie over the right side, out of the way of a right-to-left headline's start.
    shadow = s.blur(18)
    s.path("M1066,566L1530,548L1546,912L1080,934Z", "#3a2a1c", opacity=0.5, filter=shadow)
    s.path(
        "M1056,556Q1054,542 1070,541L1508,526Q1526,526 1527,542L1538,884Q1538,902 1520,903L1084,920Q1068,920 1067,904Z",
        s.linear((0, "#4c5660"), (0.5, "#353e48"), (1, "#232a33"), x1=1060, y1=540, x2=1530, y2=920),
    )
    s.path("M1096,590L1486,574L1496,866L1106,882Z", "#2a323b")
    s.ellipse(1336, 730, 136, 112, "#3a434d", transform="rotate(-3 1336 730)")
    s.ellipse(
        1340,
        735,
        128,
        104,
        s.linear((0, "#0b0f14"), (0.7, "#171e26"), (1, "#2f3a45"), y1=630, y2=840),
        transform="rotate(-3 1340 735)",
    )
    s.path("M1248,768C1290,812 1390,812 1436,758C1400,796 1300,800 1248,768Z", "#b9c8d2", opacity=0.5, filter=s.blur(3))
    s.path(
        "M1150,626Q1176,612 1196,628L1206,836Q1184,852 1160,838Z",
        s.linear((0, "#1a2028"), (1, "#39434d"), x1=1150, x2=1206, y2=0),
    )
    with s.group(transform="translate(1300 330) rotate(30) scale(0.88)"):
        s.path("M-440,24H300V44H-440Z", "#3a2a1c", opacity=0.35, filter=s.blur(9))
        s.path("M-430,-15H190V15H-430Z", s.linear((0, "#d8b272"), (0.35, "#f0d9a0"), (1, "#8d632f"), y1=-15, y2=15))
        for x in (-330, -180, -20, 110):
            s.path(f"M{x},-15q5,15 0,30", stroke="#7c5527", stroke_width=4, opacity=0.7)
        s.path("M186,-17H226Q232,0 226,17H186Z", "#2d3640")
        s.path(
            "M226,-17C280,-34 330,-14 392,4C330,22 280,30 226,17Z",
            s.linear((0, "#cbb38a"), (0.35, "#5b4a3a"), (0.6, INK), x1=226, x2=392, y2=0),
        )
        s.path("M-430,-15q-18,15 0,30Z", "#8d632f")
        s.path("M-432,0q-40,-26 -56,6q14,26 52,-2", stroke=CINNABAR, stroke_width=6)


def table(s):
    """A round table seen from above: noodles, flat bread, small dishes, tea."""
    s.fill(s.linear((0, "#2f4c4b"), (1, "#1b2f33"), x2=WIDTH))
    for i in range(-4, 24):
        s.path(f"M{i * 90 - 200},-20l420,1060", stroke="#456b66", stroke_width=26, opacity=0.12)
    soft = s.blur(20)
    s.circle(812, 530, 520, "#0a1416", opacity=0.55, filter=soft)
    s.circle(800, 505, 520, s.radial(640, 330, 900, (0, "#b87546"), (0.6, "#8f5332"), (1, "#683822")))
    for i in range(17):
        s.circle(800, 505, 500 - i * 29, stroke="#4f2a1a", stroke_width=1.6, opacity=0.16)
    s.circle(800, 505, 508, stroke="#d79a62", stroke_width=3, opacity=0.5)

    def dish(cx, cy, r, rim, inside):
        s.circle(cx + 12, cy + 20, r, "#1d0e08", opacity=0.5, filter=s.blur(12))
        s.circle(cx, cy, r, s.radial(cx - r * 0.4, cy - r * 0.5, r * 1.7, (0, "#ffffff"), (0.5, rim), (1, "#9aa8a4")))
        s.circle(cx, cy, r * 0.84, inside)
        s.circle(cx, cy, r * 0.92, stroke=COBALT, stroke_width=3, opacity=0.7)

    dish(800, 500, 248, PORCELAIN, s.radial(760, 460, 230, (0, "#d99b4e"), (0.8, "#b46a2a"), (1, "#8a4a1c")))
    with s.group(clip_path=s.clip(circle_path(800, 500, 206))):
        for i in range(120):
            # Coils around a few centres, as a lifted and dropped handful lies.
            cx, cy = 800 + s.rng.gauss(0, 62), 500 + s.rng.gauss(0, 62)
            r, start, sweep = s.rng.uniform(36, 170), s.rng.uniform(0, 360), s.rng.uniform(110, 250)
            a, b = math.radians(start), math.radians(start + sweep)
            d = (
                f"M{n(cx + r * math.cos(a))},{n(cy + r * math.sin(a))}A{n(r)},{n(r * 0.92)} {n(start)}"
                f" {int(sweep > 180)} 1 {n(cx + r * math.cos(b))},{n(cy + r * math.sin(b))}"
            )
            s.path(d, stroke="#9a6228", stroke_width=11, opacity=0.5, stroke_linecap="round")
            s.path(d, stroke=s.rng.choice(["#f2ddaa", "#ecd19a", "#f7e8c2"]), stroke_width=8, stroke_linecap="round")
        for _ in range(5):
            x, y = 720 + s.rng.uniform(0, 150), 420 + s.rng.uniform(0, 120)
            a = s.rng.uniform(0, 180)
            s.add(
                f'<g transform="translate({n(x)} {n(y)}) rotate({n(a)})"><path d="M-52,-22Q0,-46 56,-16Q50,24'
                ' -8,30Q-58,22 -52,-22Z" fill="#7a3f24"/><path d="M-36,-12Q0,-26 40,-8" stroke="#b4744a"'
                ' stroke-width="6" fill="none" opacity=".7"/></g>'
            )
        for _ in range(44):
            x, y, a = 800 + s.rng.gauss(0, 82), 500 + s.rng.gauss(0, 82), s.rng.uniform(0, 180)
            s.add(
                f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="10" ry="4.5"'
                f' fill="{s.rng.choice(["#5f9a4e", "#3f7a3f", "#8fbb63"])}" transform="rotate({n(a)} {n(x)} {n(y)})"/>'
            )
        for _ in range(13):
            x, y, a = 800 + s.rng.gauss(0, 96), 500 + s.rng.gauss(0, 96), s.rng.uniform(0, 180)
            s.add(
                f'<path transform="translate({n(x)} {n(y)}) rotate({n(a)})" d="M-14,0A14,14 0 0 1 14,0" fill="none"'
                f' stroke="{CINNABAR}" stroke-width="6" stroke-linecap="round"/>'
            )
        s.circle(800, 500, 206, s.radial(700, 400, 330, (0, "#fff6d8", 0.25), (0.5, "#fff6d8", 0), (1, "#2b1208", 0.4)))
    dish(1150, 330, 112, "#eef0e8", s.radial(1140, 320, 100, (0, "#cf4a2c"), (1, "#84231a")))
    for _ in range(60):
        a, r = s.rng.uniform(0, 6.28), 84 * math.sqrt(s.rng.random())
        s.circle(
            1150 + r * math.cos(a),
            330 + r * math.sin(a),
            s.rng.uniform(3, 7),
            s.rng.choice(["#f0b95c", "#e2793d", "#8f1f16"]),
            opacity=0.85,
        )
    dish(1170, 690, 124, "#eef0e8", "#dfe6d6")
    for i in range(15):
        a = i * 2.4
        r = 18 + i * 4.6
        x, y = 1170 + r * math.cos(a), 690 + r * math.sin(a)
        s.circle(x, y, 26, "#a9c07a")
        s.circle(x, y, 26, stroke="#4d7a45", stroke_width=6)
        s.circle(x, y, 9, "#d8e2ab")
    # A round flat bread with its stamped rosette and sesame.
    s.circle(462, 318, 158, "#1d0e08", opacity=0.5, filter=s.blur(14))
    s.circle(450, 300, 158, s.radial(410, 250, 240, (0, "#f0cd8d"), (0.6, "#d59a50"), (1, "#94571f")))
    for ring, count in ((46, 10), (86, 18), (120, 26)):
        for i in range(count):
            a = i * 2 * math.pi / count
            s.circle(450 + ring * math.cos(a), 300 + ring * math.sin(a), 5, "#80491a", opacity=0.6)
    for _ in range(90):
        a, r = s.rng.uniform(0, 6.28), 146 * math.sqrt(s.rng.random())
        x, y = 450 + r * math.cos(a), 300 + r * math.sin(a)
        s.add(
            f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="5" ry="2.6" fill="#fbeccb"'
            f' transform="rotate({n(s.rng.uniform(0, 180))} {n(x)} {n(y)})"/>'
        )
    dish(440, 690, 92, "#e8efe6", s.radial(430, 680, 80, (0, "#e0b25a"), (1, "#a8681f")))
    s.circle(420, 668, 24, "#f7dc9c", opacity=0.35, filter=s.blur(6))
    for dx, dy in ((0, 0), (8, 26)):
        s.path(
            f"M{1030 + dx},{842 + dy * 0.4}L{560 + dx},{826 + dy}",
            stroke="#1d0e08",
            stroke_width=11,
            opacity=0.4,
            stroke_linecap="round",
            transform="translate(6 11)",
            filter=s.blur(3),
        )
        s.path(
            f"M{1030 + dx},{842 + dy * 0.4}L{560 + dx},{826 + dy}",
            stroke="#d8b272",
            stroke_width=10,
            stroke_linecap="round",
        )
        s.path(
            f"M{1030 + dx},{842 + dy * 0.4}L{920 + dx},{n(838.3 + dy * 0.54)}",
            stroke=CINNABAR,
            stroke_width=10,
            stroke_linecap="round",
        )


def lanterns(s):
    """Lanterns over old roofs under a full moon."""
    s.fill(s.linear((0, "#0f1a2e"), (0.5, "#243a5c"), (0.85, "#75506a"), (1, "#a9605c")))
    for _ in range(110):
        s.circle(
            s.rng.uniform(0, WIDTH),
            s.rng.uniform(0, 520),
            s.rng.choice([0.9, 1.2, 1.8]),
            "#f6ecd0",
            opacity=n(s.rng.uniform(0.25, 0.8)),
        )
    s.sun(430, 270, 128, s.radial(400, 240, 180, (0, "#fdf6df"), (1, "#e8d3a0")), "#f6e4b4", 0.4)
    for x, y, r in ((400, 250, 26), (470, 300, 36), (438, 210, 14), (382, 320, 18)):
        s.circle(x, y, r, "#d3bb88", opacity=0.28)
    s.mountains(720, 190, "#1f3150", 200, 420, 0.7)
    s.mist(740, 90, "#b9768a", 0.22)
    s.rect(0, 730, WIDTH, 270, s.linear((0, "#151e36", 0), (0.25, "#151e36"), (1, "#0d1424"), y1=730, y2=1000))
    for x, y, w, colour in ((1320, 690, 560, "#1b2744"), (330, 720, 620, "#18223c"), (850, 770, 720, "#131b31")):
        roof(s, x, y, w, colour)
    hung = [
        (1180, 130, 0.42),
        (760, 210, 0.42),
        (1010, 300, 0.5),
        (640, 430, 0.46),
        (1470, 190, 0.55),
        (130, 470, 0.5),
        (1330, 430, 0.8),
        (250, 640, 0.75),
        (880, 500, 0.95),
        (1130, 640, 1.2),
        (1500, 690, 1.05),
        (560, 720, 1.25),
    ]
    for x, y, size in hung:
        lantern(s, x, y, size)
    s.rect(0, 880, WIDTH, 120, s.linear((0, "#0d1424", 0), (1, "#0d1424", 0.9), y1=880, y2=1000))


def rail(s):
    """A train on a viaduct over a valley of clouds."""
    s.fill(s.linear((0, "#d7a48d"), (0.3, "#efcfa4"), (0.62, "#f4e7c9"), (1, "#9fbcb4")))
    s.sun(1180, 300, 96, "#fbeecb", "#fff2cf", 0.7)
    for base, height, colour, scale, opacity in (
        (430, 260, "#a4a5a0", 420, 0.55),
        (520, 250, "#7d9595", 360, 0.7),
        (640, 230, "#577c80", 420, 0.8),
    ):
        s.mountains(base, height, colour, 240, scale, opacity)
        s.mist(base + 90, 100, CREAM, 0.55)
    s.mountains(830, 210, "#365f68", 220, 460, 0.85)
    s.mist(800, 130, "#f1ecd8", 0.75)
    deck = 596
    for i in range(9):
        x = 60 + i * 190
        s.path(
            f"M{x - 15},{deck + 26}L{x - 25},1000H{x + 25}L{x + 15},{deck + 26}Z",
            s.linear((0, "#e9dfca"), (0.35, "#a9b0a8"), (1, "#a9b8b0", 0.0), y1=deck, y2=960),
        )
        s.path(
            f"M{x + 2},{deck + 26}L{x + 3},1000H{x + 25}L{x + 15},{deck + 26}Z",
            s.linear((0, "#4c6a70", 0.6), (1, "#4c6a70", 0), y1=deck, y2=930),
        )
        s.path(
            f"M{x - 70},{deck + 24}Q{x - 18},{deck + 30} {x - 15},{deck + 74}H{x + 15}Q{x + 18},{deck + 30}"
            f" {x + 70},{deck + 24}Z",
            "#b9bcb0",
        )
    s.rect(-10, deck, WIDTH + 20, 30, s.linear((0, "#f0e6d0"), (0.3, "#cfc8b5"), (1, "#7f8f8d"), y1=deck, y2=deck + 30))
    for i in range(17):
        x = 30 + i * 98
        s.path(f"M{x},{deck}V{deck - 104}h-26", stroke="#5d6f72", stroke_width=3.5, opacity=0.8)
    s.path(f"M-10,{deck - 88}H1610", stroke="#5d6f72", stroke_width=2, opacity=0.7)
    body = f"M1620,{deck - 72}H420C330,{deck - 70} 250,{deck - 46} 196,{deck - 20}Q186,{deck - 8} 206,{deck - 4}H1620Z"
    s.path(body, s.linear((0, "#ffffff"), (0.55, "#e9ecea"), (1, "#9fb0b2"), y1=deck - 72, y2=deck))
    with s.group(clip_path=s.clip(body)):
        s.path(
            f"M1620,{deck - 22}H380C320,{deck - 22} 250,{deck - 14} 190,{deck - 6}V{deck - 14}C260,{deck - 26}"
            f" 330,{deck - 33} 390,{deck - 33}H1620Z",
            CINNABAR,
        )
        for car in range(5):
            x0 = 520 + car * 262
            for w in range(7):
                s.rect(x0 + w * 32, deck - 58, 22, 17, "#22384a", rx=4)
            s.path(f"M{x0 + 236},{deck - 74}v74", stroke="#8c9b9e", stroke_width=3)
        s.path(
            f"M420,{deck - 66}C370,{deck - 62} 322,{deck - 52} 292,{deck - 40}H396Q412,{deck - 42} 420,{deck - 66}Z",
            "#1d3244",
        )
    s.path(f"M1620,{deck - 71}H420", stroke="#ffffff", stroke_width=4, opacity=0.8)
    s.mist(930, 140, "#f1ecd8", 0.8)
    birds(s, 520, 240, 7)
    pine_slope(s, "left", "#1f3f45")


def bridge(s):
    """A moon bridge and its reflection close to one circle; a small boat passes."""
    s.fill(s.linear((0, "#b9cfc6"), (0.5, "#f1e8d0"), (1, "#a9c2b8")))
    s.sun(1290, 210, 70, "#f7e9c6", "#fff4d6", 0.6)
    s.mountains(430, 200, "#8fb0a8", 160, 420, 0.6)
    s.mountains(490, 130, "#6b9690", 120, 330, 0.65)
    s.mist(520, 70, CREAM, 0.8)
    water = 560
    s.rect(0, water, WIDTH, 440, s.linear((0, "#d5dfcd"), (0.35, "#8fb3a9"), (1, "#3f6f70"), y1=water, y2=1000))
    arch = (
        "M150,560C330,552 470,330 800,330S1270,552 1450,560L1450,600H1110C1110,430 980,352 800,352S490,430 490,600H150Z"
    )
    arch = "M120,562C360,540 500,300 800,300S1240,540 1480,562H1066A266,226 0 0 0 534,562Z"
    stone = s.linear((0, "#efe6d2"), (0.5, "#c9c3b0"), (1, "#8c968c"), y1=300, y2=562)
    for flip in (True, False):
        wrap = (
            {
                "transform": f"translate(0 {2 * water + 4}) scale(1 -1)",
                "opacity": 0.5,
                "filter": s.rough(16, "0.006 0.09", 4),
            }
            if flip
            else {}
        )
        with s.group(**wrap):
            s.path(arch, stone)
            with s.group(clip_path=s.clip(arch)):
                for i in range(27):
                    a = math.pi + i * math.pi / 26
                    x, y = 800 + 266 * math.cos(a), 562 + 226 * math.sin(a)
                    x2, y2 = 800 + 312 * math.cos(a), 562 + 276 * math.sin(a)
                    s.path(f"M{n(x)},{n(y)}L{n(x2)},{n(y2)}", stroke="#6f7b72", stroke_width=2.5, opacity=0.7)
                s.path("M488,562A312,276 0 0 1 1112,562", stroke="#6f7b72", stroke_width=3, opacity=0.8)
                for i in range(10):
                    s.path(f"M100,{300 + i * 28}H1500", stroke="#7f897f", stroke_width=1.2, opacity=0.4)
            s.path("M120,546C360,524 500,284 800,284S1240,524 1480,546", stroke="#a7a793", stroke_width=13)
            s.path("M120,542C360,520 500,280 800,280S1240,520 1480,542", stroke="#efe8d6", stroke_width=5)
            for i in range(33):
                t = i / 32
                x, y = on_bridge(t)
                s.path(f"M{n(x)},{n(y - 2)}v-38", stroke="#d9d3c0", stroke_width=9, stroke_linecap="round")
                s.path(f"M{n(x + 3)},{n(y - 2)}v-36", stroke="#8c968c", stroke_width=3, opacity=0.7)
            s.path("M120,518C360,496 500,252 800,252S1240,496 1480,518", stroke="#c2bda9", stroke_width=9)
            s.path("M120,516C360,494 500,250 800,250S1240,494 1480,516", stroke="#f3eddc", stroke_width=3)
            figure(s, 730, 268, 1.0, CINNABAR)
            figure(s, 868, 268, 1.0, INDIGO)
    for i in range(34):
        y = 590 + i * 12 + s.rng.uniform(-4, 4)
        x, w = s.rng.uniform(-100, 1400), s.rng.uniform(90, 420)
        s.path(
            f"M{n(x)},{n(y)}q{n(w / 2)},{n(-4 - i * 0.15)} {n(w)},0q{n(-w / 2)},{n(4 + i * 0.1)} {n(-w)},0Z",
            CREAM if i % 3 else "#2d5a5c",
            opacity=0.28,
        )
    boat(s, 980, 800)
    willow(s, -10, -30, 17, "#2f5f51")
    willow(s, 300, -60, 9, "#4c7d6d")


def sheets(s):
    """Fresh sheets of paper drying on lines in a workshop."""
    s.fill(s.linear((0, "#5b4433"), (0.5, "#8f6c48"), (1, "#3a2a22")))
    s.fill(s.radial(1180, 330, 950, (0, "#ffe7b4", 0.95), (0.35, "#f3c983", 0.55), (1, "#f3c983", 0)))
    for x in (1010, 1180, 1350):
        s.path(f"M{x - 70},90H{x + 70}V560H{x - 70}Z", "#fff3cf", opacity=0.75)
        s.path(f"M{x},90V560M{x - 70},246H{x + 70}M{x - 70},404H{x + 70}", stroke="#8f6437", stroke_width=9)
        s.rect(x - 70, 90, 140, 470, stroke="#7a5230", stroke_width=14)
    for x in (1010, 1180, 1350):
        s.path(f"M{x - 70},560L{x - 700},1000H{x - 420}L{x + 70},560Z", "#ffe3a6", opacity=0.12)
    for row, (y, size, tone) in enumerate(((120, 0.62, 0.55), (170, 0.85, 0.3), (226, 1.2, 0.0))):
        s.path(f"M-20,{y - 20}Q800,{y + 44} 1620,{y - 26}", stroke="#2e2019", stroke_width=n(3 + row * 2))
        step = 232 * size
        x = -60 + row * 40
        while x < WIDTH:
            # A gap before the window lets the light through on the nearest line.
            if not (row == 2 and 900 < x < 1330) and not (row == 1 and 1080 < x < 1220):
                sheet_of_paper(
                    s,
                    x,
                    y + 10 + 52 * math.sin(math.pi * max(0, min(1, x / WIDTH))) * 0.6,
                    196 * size,
                    330 * size,
                    tone,
                )
            x += step
    s.rect(0, 872, WIDTH, 140, s.linear((0, "#2b1d17", 0), (0.4, "#241813", 0.9), (1, "#120b09"), y1=830, y2=1000))
    vat = "M820,842H1500L1464,1000H856Z"
    s.path(vat, s.linear((0, "#7d5433"), (0.4, "#56361f"), (1, "#2a1911"), y1=842, y2=1000))
    for i in range(1, 9):
        s.path(f"M{820 + i * 76},842l{n((4 - i) * 5)},158", stroke="#26160e", stroke_width=4, opacity=0.7)
    s.ellipse(1160, 842, 342, 40, "#8a603b")
    s.ellipse(1160, 844, 322, 32, s.linear((0, "#f6ead0"), (1, "#cdb78c"), y1=812, y2=876))
    for i in range(7):
        s.path(f"M{930 + i * 62},{838 + (i % 3) * 7}q30,-6 60,0", stroke="#fffaf0", stroke_width=3, opacity=0.7)
    with s.group(transform="translate(1080 760) rotate(-7)"):
        s.rect(-210, -14, 430, 92, "#00000000", stroke="#5a3a22", stroke_width=14)
        s.rect(-203, -7, 416, 78, "#f3e4c2", opacity=0.9)
        for i in range(40):
            s.path(f"M{-200 + i * 10.4:.1f},-7v78", stroke="#a98756", stroke_width=1.4, opacity=0.55)


def desk(s):
    """A copyist's desk at night: books, open quire, reed pens, a lamp."""
    s.fill(s.linear((0, "#1a2436"), (1, "#2c2130")))
    arch = "M980,640V300C980,170 1080,110 1180,60C1280,110 1380,170 1380,300V640Z"
    s.path(arch, s.linear((0, "#16233f"), (1, "#4a5f86"), y1=60, y2=640))
    with s.group(clip_path=s.clip(arch)):
        for _ in range(40):
            s.circle(
                s.rng.uniform(980, 1380), s.rng.uniform(60, 420), s.rng.choice([1, 1.5, 2]), "#f6ecd0", opacity=0.8
            )
        s.path("M1250,180a54,54 0 1 0 44,86a62,62 0 0 1 -44,-86Z", "#f6e9c4")
        s.mountains(600, 110, "#1d2c49", 120, 200, 1)
    s.path(arch, stroke="#7a5a3a", stroke_width=16)
    s.path(
        "M962,640V296C962,160 1068,92 1180,38C1292,92 1398,160 1398,296V640",
        stroke="#a9814f",
        stroke_width=4,
        opacity=0.7,
    )
    s.fill(s.radial(700, 480, 860, (0, "#ffcf7a", 0.5), (0.4, "#d98a44", 0.22), (1, "#d98a44", 0)))
    s.rect(0, 740, WIDTH, 260, s.linear((0, "#8a5530"), (0.08, "#6b3e24"), (1, "#291712"), y1=740, y2=1000))
    s.rect(0, 738, WIDTH, 5, "#e2a563", opacity=0.7)
    for i in range(24):
        x, y = s.rng.uniform(-100, 1400), s.rng.uniform(760, 990)
        s.path(
            f"M{n(x)},{n(y)}q{n(s.rng.uniform(100, 300))},{n(s.rng.uniform(-5, 5))} {n(s.rng.uniform(300, 600))},0",
            stroke="#1e100b",
            stroke_width=2,
            opacity=0.3,
        )
    soft = s.blur(16)
    stack = [
        (1220, 742, 400, 58, WINE),
        (1236, 684, 368, 50, INDIGO),
        (1212, 634, 390, 62, "#8a6a2e"),
        (1240, 572, 330, 44, "#3e5f52"),
        (1226, 528, 300, 54, CINNABAR),
    ]
    s.ellipse(1230, 806, 240, 18, "#0c0605", opacity=0.7, filter=soft)
    for cx, y, w, h, colour in stack:
        book(s, cx - w / 2, y, w, h, colour)
    # The open quire: two leaves lit by the lamp, ruled but not written on.
    s.path("M150,900L1010,900L1060,968L100,968Z", "#0c0605", opacity=0.6, filter=soft)
    s.path(
        "M580,846C480,806 300,806 176,840L120,940C270,906 470,906 580,946C690,906 890,906 1040,940L984,840C860,806"
        " 680,806 580,846Z",
        "#a8854f",
    )
    s.path(
        "M580,838C480,796 300,796 180,830L128,926C276,892 470,894 580,934Z",
        s.linear((0, "#e6cf9e"), (0.8, "#f8ecd0"), (1, "#b99a66"), x1=130, x2=580, y2=0),
    )
    s.path(
        "M580,838C680,796 860,796 980,830L1032,926C884,892 690,894 580,934Z",
        s.linear((0, "#a88a58"), (0.15, "#fbf0d6"), (1, "#d9bf8b"), x1=580, x2=1030, y2=0),
    )
    for i in range(6):
        t = i / 6
        y = 840 + 14 * i
        s.path(
            f"M{n(232 - 10 * i)},{n(y - 2)}C{n(340)},{n(y - 22)} {n(460)},{n(y - 16)} {n(540)},{n(y + 8)}",
            stroke="#7b5a2f",
            stroke_width=n(2 + t),
            opacity=0.4,
        )
        s.path(
            f"M{n(622)},{n(y + 8)}C{n(700)},{n(y - 16)} {n(820)},{n(y - 22)} {n(926 + 10 * i)},{n(y - 2)}",
            stroke="#7b5a2f",
            stroke_width=n(2 + t),
            opacity=0.4,
        )
    lamp(s, 560, 736)
    s.path(
        "M250,742L270,640H350L370,742Z",
        s.linear((0, "#23444c"), (0.4, "#4f8488"), (1, "#16303a"), x1=250, x2=370, y2=0),
    )
    s.ellipse(310, 640, 40, 9, "#0e1d24")
    for dx, lean, colour in ((-14, -58, "#d8b272"), (6, 12, "#b98a4a"), (20, 74, "#e3c48a")):
        s.path(f"M{310 + dx},640L{310 + dx + lean},430l14,-34l2,36L{322 + dx},640Z", colour)
    s.mist(980, 80, "#120a0a", 0.7)


def port(s):
    """Cranes and stacked containers at daybreak."""
    s.fill(s.linear((0, "#33536b"), (0.35, "#8fa9a8"), (0.6, "#f0d5a4"), (0.75, "#f2c38a")))
    s.sun(420, 520, 118, "#fbe6b3", "#ffe6ad", 0.6)
    for _ in range(6):
        cloud(s, s.rng.uniform(0, 1500), s.rng.uniform(90, 360), s.rng.uniform(0.8, 1.5), "#fbe9c6", 0.26)
    s.mountains(640, 90, "#7c8f92", 90, 340, 0.6)
    s.rect(0, 640, WIDTH, 140, s.linear((0, "#e8c896"), (0.5, "#8ea8a4"), (1, "#4d7480"), y1=640, y2=780))
    for i in range(24):
        y = 650 + i * 5
        x = 420 + s.rng.uniform(-190, 190)
        s.path(f"M{n(x - 40)},{n(y)}h{n(s.rng.uniform(40, 130))}", stroke="#fff0c8", stroke_width=3, opacity=0.5)
    for x, size, colour in (
        (150, 0.52, "#6f8288"),
        (770, 0.6, "#5c727b"),
        (1010, 0.82, "#3f5866"),
        (1330, 1.1, "#22384a"),
    ):
        crane(s, x, 742, size, colour)
    ship = "M520,716H1500L1470,790H580Z"
    s.path(ship, s.linear((0, "#7c2a2b"), (0.5, "#5a1e26"), (1, "#32141d"), y1=716, y2=790))
    s.path("M520,716H1500", stroke="#e2b27a", stroke_width=4, opacity=0.6)
    colours = [CINNABAR, "#2f6573", OCHRE, "#7fa092", "#d9ccb0", INDIGO, CLAY, "#5a6d5c"]
    for column in range(13):
        for row in range(2 + (column * 7 + 3) % 4 // 2 + (1 if 3 < column < 10 else 0)):
            container(s, 560 + column * 66, 680 - row * 36, 64, 34, s.rng.choice(colours), 0.25)
    s.rect(1420, 560, 62, 156, "#e9dcc0")
    s.rect(1420, 560, 62, 156, s.linear((0, "#000", 0), (1, "#223", 0.4), x1=1420, x2=1482, y2=0))
    for i in range(4):
        s.rect(1428, 574 + i * 30, 46, 12, "#2c4254")
    s.rect(0, 786, WIDTH, 220, s.linear((0, "#43525a"), (1, "#1a242c"), y1=786, y2=1000))
    for column in range(11):
        heights = [3, 2, 3, 1, 2, 0, 1, 2, 1, 3, 2]
        for row in range(heights[column]):
            container(s, -30 + column * 152, 918 - row * 78, 148, 75, s.rng.choice(colours), 0.0)
    s.mist(786, 50, "#f4d4a0", 0.35)
    birds(s, 620, 200, 6)


def open_book(s):
    """The pages of an open book rise into mountains."""
    s.fill(s.linear((0, "#2b5261"), (0.5, "#86aca4"), (0.8, "#ecdcb2")))
    s.sun(800, 330, 138, "#f7ddb0", "#ffe9bd", 0.55)
    for _ in range(8):
        cloud(s, s.rng.uniform(-50, 1550), s.rng.uniform(100, 480), s.rng.uniform(0.7, 1.4), CREAM, 0.38)
    layers = [(690, 330, "#7fa6a0"), (720, 270, "#5b8a88"), (750, 210, "#3f7078"), (776, 150, "#2c5665")]
    for i, (base, height, colour) in enumerate(layers):
        points = []
        for x, y in ridge(s.rng, base, height, 300 - i * 20, True):
            t = abs(x - 800) / 720
            # The ranges sink towards the edges so that they seem to grow out of the fold.
            y = base - (base - y) * max(0, 1 - t**2.2) + 40 * t**3
            points.append((800 + (x - 800) * 0.88, y))
        paint = s.linear((0, colour), (1, "#f3ead8"), y1=base - height, y2=base + 70)
        s.path(polyline(points) + f"L1434,{base + 60}H166Z", paint)
        s.path(polyline(points), stroke=CREAM, stroke_width=3, opacity=0.55)
    pagoda(s, 1064, 700, 0.6, "#23404c")
    pine(s, 540, 716, 0.85, "#1f3f45")
    pine(s, 592, 734, 0.62, "#1f3f45")
    soft = s.blur(20)
    s.rect(0, 880, WIDTH, 120, s.linear((0, "#8c5c3a"), (1, "#452b20"), y1=880, y2=1000))
    s.path("M110,922H1490V960H110Z", "#1d0f0a", opacity=0.6, filter=soft)
    s.path(
        "M800,900C660,846 330,846 120,898V938C330,896 660,896 800,944C940,896 1270,896 1480,938V898C1270,846 940,846"
        " 800,900Z",
        WINE,
    )
    for i in range(7):
        dy = i * 5
        tone = ["#cbb88f", "#e9dcbc"][i % 2]
        s.path(
            f"M800,{n(888 - dy)}C660,{n(826 - dy)} 340,{n(818 - dy)} 140,{n(872 - dy)}V{n(884 - dy)}C340,{n(838 - dy)}"
            f" 660,{n(846 - dy)} 800,{n(904 - dy)}C940,{n(846 - dy)} 1260,{n(838 - dy)}"
            f" 1460,{n(884 - dy)}V{n(872 - dy)}C1260,{n(818 - dy)} 940,{n(826 - dy)} 800,{n(888 - dy)}Z",
            tone,
        )
    s.path(
        "M800,862C660,790 340,782 140,842L128,740C330,690 660,706 800,790Z",
        s.linear((0, "#f3ead8", 0.0), (0.6, "#f3ead8", 0.97), (1, "#e0cfa6"), y1=752, y2=872),
    )
    s.path(
        "M800,862C940,790 1260,782 1460,842L1472,740C1270,690 940,706 800,790Z",
        s.linear((0, "#f3ead8", 0.0), (0.6, "#f3ead8", 0.97), (1, "#e0cfa6"), y1=752, y2=872),
    )
    s.path("M800,790V900", stroke="#8f7a50", stroke_width=5, opacity=0.6)
    for i in range(3):
        y = 792 + i * 18
        s.path(
            f"M210,{y + 24}C380,{y - 14} 600,{y - 16} 752,{y + 34}M848,{y + 34}C1000,{y - 16} 1220,{y - 14}"
            f" 1390,{y + 24}",
            stroke="#7b6a45",
            stroke_width=2.4,
            opacity=0.35,
        )
    birds(s, 1010, 250, 5)


def seals(s):
    """Rows of seal impressions, each a maze of its own."""
    s.fill(s.linear((0, "#f5ecd9"), (1, "#e4d3ae"), x2=WIDTH))
    ink = s.rough(7, 0.05, 6)
    soft = s.blur(16)
    for i in range(5):
        s.path(
            f"M{-40 + i * 20},{180 + i * 210}C400,{90 + i * 200} 900,{280 + i * 190} 1660,{130 + i * 205}",
            stroke="#23303a",
            stroke_width=n(90 - i * 8),
            opacity=0.1,
            stroke_linecap="round",
            filter=soft,
        )
    cells = [
        (150, 120, 210, 0),
        (420, 108, 150, 1),
        (630, 140, 230, 0),
        (940, 110, 170, 1),
        (1180, 130, 250, 0),
        (170, 400, 170, 1),
        (410, 330, 250, 1),
        (740, 430, 200, 0),
        (1000, 350, 230, 1),
        (1300, 450, 170, 0),
        (130, 650, 240, 0),
        (440, 650, 180, 0),
        (690, 690, 210, 1),
        (970, 650, 190, 0),
        (1230, 680, 220, 1),
    ]
    with s.group(filter=ink):
        for x, y, size, carved in cells:
            seal(s, x, y, size, bool(carved))


def moon_gate(s):
    """A round garden gate, bamboo and the moon."""
    s.fill(s.linear((0, "#e9e2d2"), (0.7, "#d8cdb4"), (1, "#b8a98c")))
    for _ in range(24):
        s.ellipse(
            s.rng.uniform(0, WIDTH),
            s.rng.uniform(120, 820),
            s.rng.uniform(60, 220),
            s.rng.uniform(20, 80),
            "#b7a98a",
            opacity=0.09,
            filter=s.blur(24),
        )
    cx, cy, r = 930, 480, 350
    inside = circle_path(cx, cy, r)
    s.circle(cx, cy, r + 34, "#8f9088")
    s.circle(cx, cy, r + 26, s.linear((0, "#cfcabb"), (1, "#77796f"), y1=cy - r, y2=cy + r))
    for i in range(48):
        a = i * math.pi / 24
        s.path(
            f"M{n(cx + r * math.cos(a))},{n(cy + r * math.sin(a))}"
            f"L{n(cx + (r + 26) * math.cos(a))},{n(cy + (r + 26) * math.sin(a))}",
            stroke="#5d6058",
            stroke_width=2,
            opacity=0.7,
        )
    with s.group(clip_path=s.clip(inside)):
        s.fill(s.linear((0, "#16304a"), (0.5, "#3b6b80"), (0.85, "#a3c0b4"), y1=cy - r, y2=cy + r))
        s.sun(1060, 330, 74, "#f9efd2", "#fdf3d4", 0.5)
        s.mountains(600, 170, "#2f5c70", 160, 260, 0.8)
        s.mountains(660, 130, "#234a5c", 140, 220, 0.85)
        s.mist(680, 60, "#cfe0d2", 0.6)
        s.rect(500, 700, 900, 200, s.linear((0, "#8fb5ac"), (1, "#2f5c66"), y1=700, y2=840))
        s.path("M1060,706l-34,130h68Z", "#fbf0d0", opacity=0.35, filter=s.blur(8))
        pavilion(s, 800, 704, 0.9, "#14283a")
        for i in range(9):
            s.path(
                f"M{n(s.rng.uniform(560, 1200))},{n(722 + i * 11)}h{n(s.rng.uniform(60, 200))}",
                stroke="#d9ead9",
                stroke_width=2,
                opacity=0.45,
            )
        s.circle(cx, cy, r, s.radial(cx, cy, r, (0.8, "#0d1a26", 0), (1, "#0d1a26", 0.55)))
    s.rect(0, 880, WIDTH, 120, s.linear((0, "#9a8c70"), (1, "#6a5f4c"), y1=880, y2=1000))
    for i in range(9):
        s.path(
            f"M{n(cx + (i - 4) * 60)},880L{n(cx + (i - 4) * 150)},1000", stroke="#5a503f", stroke_width=3, opacity=0.5
        )
    s.path("M0,880H1600", stroke="#5a503f", stroke_width=4, opacity=0.5)
    tiles(s, 58, "#3c4a50")
    for x, lean, colour, scale in (
        (150, 30, "#6b8f78", 0.8),
        (330, -14, "#4c7d6d", 1.0),
        (60, 18, "#2f5f51", 1.25),
        (240, 40, "#234c44", 1.15),
        (1490, -30, "#4c7d6d", 1.0),
        (1560, -14, "#2c574a", 1.2),
    ):
        bamboo(s, x, 1010, lean, scale, colour)


def scrolls(s):
    """Scrolls lying in the pigeonholes of an archive, seen end-on."""
    s.fill("#22160f")
    papers = ["#f3e7c9", "#e9d7ae", "#dcc594", "#efe0c0", "#d3b98a"]
    silks = [CINNABAR, INDIGO, JADE, OCHRE, WINE, "#8d7a5a"]
    width, height = 320, 250
    for row in range(4):
        for column in range(5):
            x, y = column * width, row * height
            s.rect(x, y, width, height, s.linear((0, "#20120c"), (1, "#4c2f1d"), y1=y, y2=y + height))
            count = s.rng.choice([6, 7, 8, 9])
            if (row, column) == (1, 3):
                hollow(s, x, y, width, height)
            else:
                pile(s, x + width / 2, y + height - 12, count, papers, silks, width)
            s.rect(x, y, width, 60, s.linear((0, "#0a0504", 0.75), (1, "#0a0504", 0), y1=y, y2=y + 60))
    for i in range(6):
        s.rect(
            i * width - 11,
            0,
            22,
            HEIGHT,
            s.linear((0, "#3a2114"), (0.4, "#8f5c36"), (1, "#2b180f"), x1=i * width - 11, x2=i * width + 11, y2=0),
        )
    for i in range(5):
        s.rect(
            0,
            i * height - 10,
            WIDTH,
            20,
            s.linear((0, "#a56c40"), (0.4, "#6f4326"), (1, "#2b180f"), y1=i * height - 10, y2=i * height + 10),
        )
    s.fill(s.radial(1120, 300, 1100, (0, "#ffdf9e", 0.32), (0.45, "#ffdf9e", 0.05), (1, "#0b0605", 0.6)))


# ---- things that stand in pictures ---------------------------------------------------------------------------------


def steam(s, x, bottom, top, seed):
    rng = random.Random(seed)
    haze = s.blur(9)
    for i in range(4):
        dx = rng.uniform(-26, 26)
        h = bottom - top
        d = (
            f"M{n(x + dx)},{bottom}C{n(x + dx + 50)},{n(bottom - h * 0.3)} {n(x + dx - 60)},{n(bottom - h * 0.55)} "
            f"{n(x + dx + 10)},{n(bottom - h * 0.78)}S{n(x + dx - 20)},{n(top + 10)} {n(x + dx + 24)},{top}"
        )
        s.path(
            d,
            stroke=s.linear((0, "#ffffff", 0), (0.4, "#ffffff", 0.5), (1, "#ffffff", 0.05), y1=top, y2=bottom),
            stroke_width=n(10 + i * 7),
            stroke_linecap="round",
            filter=haze,
        )


def dune(s, crest, light, dark):
    """A dune: lit body, then the shaded slope that falls away from each crest."""
    top = min(y for _, y in crest)
    line = smooth(crest)
    s.path(line + "L1620,1000L-20,1000Z", s.linear((0, light), (0.55, dark), y1=top, y2=top + 330))
    with s.group(clip_path=s.clip(line + "L1620,1000L-20,1000Z")):
        for x, y in crest[1:-1]:
            if y <= min(crest, key=lambda point: abs(point[0] - x - 360))[1]:
                s.path(
                    f"M{x - 60},{y - 20}C{x + 40},{y + 60} {x - 70},{y + 150}"
                    f" {x + 60},{y + 300}L{x + 900},{y + 320}C{x + 520},{y + 130} {x + 240},{y + 40}"
                    f" {x - 60},{y - 20}Z",
                    dark,
                    opacity=0.4,
                    filter=s.blur(5),
                )
        for i in range(7):
            s.add(
                f'<path d="{line}" transform="translate({i * 9} {12 + i * i * 3 + i * 9})" fill="none" stroke="{light}"'
                f' stroke-width="2" opacity="{n(0.4 - i * 0.05)}"/>'
            )
    s.path(line, stroke="#fbe3b0", stroke_width=2.5, opacity=0.6)


def camel(s, x, foot, size, load, stride):
    """A Bactrian camel facing left; `foot` is the ground line, the figure is 200 wide at size 1."""
    dark = "#37191f"
    with s.group(transform=f"translate({n(x - 82 * size * 0.8)} {n(foot - 150 * size * 0.8)}) scale({n(size * 0.8)})"):
        sway = 7 if stride else -7
        legs = [(70, 60, 10), (88, 92, 9), (140, 132, 10), (152, 160, 9)]
        for i, (top_x, foot_x, w) in enumerate(legs):
            fx = foot_x + (sway if i % 2 else -sway)
            knee = (top_x + fx) / 2 + (3 if i < 2 else -4)
            s.path(
                f"M{top_x - w},92L{n(knee - 4.5)},124L{n(fx - 4)},149H{n(fx + 7)}L{n(knee + 4.5)},124L{top_x + w},92Z",
                dark,
            )
        s.path(
            "M2,24C2,17 10,12 20,10C27,8 33,9 37,12L41,6L44,14C50,22 50,34 51,46C52,58 58,66 66,62"
            "C70,48 76,34 84,27C89,23 94,28 97,38C99,48 103,54 109,53C115,52 117,42 122,33C127,25 133,28 137,38"
            "C141,50 148,56 155,64C163,74 164,88 160,100C154,112 140,112 126,110C108,116 86,116 72,108"
            "C56,102 44,86 40,66C37,52 36,40 30,32C24,33 16,33 8,32C3,31 1,28 2,24Z",
            dark,
        )
        s.path("M159,70C168,78 168,94 164,106", stroke=dark, stroke_width=4, stroke_linecap="round")
        if load:
            s.path("M88,50C98,40 112,40 124,50L134,92C120,100 96,100 82,92Z", CINNABAR)
            s.path("M86,62C98,56 114,56 127,62M84,78C98,72 116,72 131,78", stroke="#f0c878", stroke_width=3.4)
            s.path("M84,92q4,9 8,3q4,9 8,3q4,9 8,3q4,9 8,3q4,9 8,1q4,7 8,-4", stroke="#f0c878", stroke_width=2.4)
        s.path("M6,29C40,52 20,70 -12,74", stroke=dark, stroke_width=1.6, opacity=0.75)


def walker(s, x, foot, size):
    dark = "#37191f"
    with s.group(transform=f"translate({x} {foot}) scale({size})"):
        s.path("M-4,-76C-18,-70 -22,-30 -22,0H-12L-4,-26L8,0H20C20,-30 16,-70 4,-76Z", dark)
        s.circle(0, -88, 11, dark)
        s.path("M-20,-92L0,-108L20,-92Z", OCHRE)
        s.path("M-14,-60L-34,-46", stroke=dark, stroke_width=6, stroke_linecap="round")
        s.path("M-36,-84V2", stroke=dark, stroke_width=3)


def junk(s, x, y, size, far):
    """A three-masted ship; `far` (0 to 1) fades it into the haze."""
    hull = mix("#3b1f1c", "#9fb8b0", far)
    with s.group(transform=f"translate({x} {y}) scale({size})"):
        s.path("M-8,-20L-4,-420", stroke=hull, stroke_width=9)
        s.path("M-190,-30L-196,-300", stroke=hull, stroke_width=7)
        s.path("M190,-40L196,-290", stroke=hull, stroke_width=7)
        for sx, bottom, top, lean, w in ((-4, -54, -410, 16, 132), (-196, -66, -292, 12, 84), (196, -80, -284, 12, 86)):
            sail(s, sx, bottom, top, lean, w, far)
        s.path(
            "M-330,-74C-300,-30 -290,20 -230,44H250C300,30 326,-40 350,-112L300,-98L282,-54C200,-34 -180,-22 -270,-46Z",
            s.linear((0, mix("#7c4a33", "#b4c6bb", far)), (1, mix("#2a1518", "#7fa09e", far)), y1=-100, y2=44),
        )
        s.path("M-282,-14C-180,6 200,0 300,-42", stroke=mix("#e0b070", "#d5dcc8", far), stroke_width=5, opacity=0.8)
        s.path("M-268,10C-180,26 200,24 290,-8", stroke=mix(CINNABAR, "#c7c9ba", far), stroke_width=7, opacity=0.8)
        for i in range(9):
            s.rect(-190 + i * 46, -8, 12, 12, mix("#e9c684", "#cfd8c8", far), rx=3)
        s.path("M352,-112l-4,-66l-40,10l-2,66Z", hull)
        s.path("M-4,-420q-46,-16 -70,4q34,4 70,16Z", mix(CINNABAR, "#c7c9ba", far))


def sail(s, x, bottom, top, lean, w, far):
    cloth, shade = mix("#e3b877", "#dfe0c8", far), mix("#b5733f", "#c3d0bf", far)
    h = bottom - top
    left = [
        (x - w * (0.42 + 0.22 * math.sin(t * math.pi)) - lean * t, bottom - h * t) for t in [i / 8 for i in range(9)]
    ]
    right = [
        (x + w * (0.72 - 0.38 * t) - lean * t * 0.5, bottom - h * t * 0.96 + 14) for t in [i / 8 for i in range(9)]
    ]
    outline = smooth(left) + "L" + smooth(list(reversed(right)))[1:] + "Z"
    s.path(outline, s.linear((0, shade), (0.35, cloth), (1, shade), x1=x - w, x2=x + w, y2=0))
    for (lx, ly), (rx, ry) in zip(left, right):
        s.path(
            f"M{n(lx)},{n(ly)}L{n(rx)},{n(ry)}", stroke=mix("#7a3f26", "#a9bdb0", far), stroke_width=4.5, opacity=0.8
        )


def wave_rows(s, top, bottom, size, strength, far_colour, near_colour):
    """Overlapping scale-like waves, larger towards the viewer."""
    y, row = top, 0
    while y < bottom:
        t = (y - top) / max(1, bottom - top)
        r = size * (0.75 + 0.6 * t)
        x = -r * (1 + row % 2)
        base = mix(far_colour, near_colour, t)
        while x < WIDTH + r:
            s.circle(x, y + r, r, base, opacity=n(strength))
            for k, tone in ((0.94, "#d9e6d6"), (0.68, "#a9cbc4"), (0.42, "#d9e6d6")):
                s.circle(x, y + r, r * k, stroke=tone, stroke_width=n(r * 0.045), opacity=n(strength * 0.55))
            x += 2 * r * 0.96
        y += r * 0.5
        row += 1


def cloud(s, x, y, size, colour, opacity):
    """A cloud of flat bars with round ends, as on old painted borders."""
    with s.group(transform=f"translate({n(x)} {n(y)}) scale({n(size)})", opacity=n(opacity)):
        for dx, dy, w in ((-90, 0, 190), (-40, -22, 150), (-130, 22, 170), (10, 22, 160), (-60, 44, 120)):
            s.rect(dx, dy, w, 20, colour, rx=10)


def plate(s, cx, cy, r):
    s.circle(cx, cy, r, s.radial(cx - r * 0.3, cy - r * 0.4, r * 1.5, (0, "#ffffff"), (0.6, PORCELAIN), (1, "#a9b2c4")))
    for ring, width in ((0.965, 6), (0.9, 2.5), (0.62, 5), (0.585, 2)):
        s.circle(cx, cy, r * ring, stroke=COBALT, stroke_width=width)
    for i in range(14):
        a = i * 2 * math.pi / 14
        lotus(s, cx + r * 0.76 * math.cos(a), cy + r * 0.76 * math.sin(a), r * 0.095, COBALT, math.degrees(a) + 90)
        b = a + math.pi / 14
        x, y = cx + r * 0.76 * math.cos(b), cy + r * 0.76 * math.sin(b)
        s.add(
            f'<path transform="translate({n(x)} {n(y)}) rotate({n(math.degrees(b) + 90)})" d="M0,22C-16,10 -16,-8'
            f' 0,-12C12,-14 14,4 2,4C-6,4 -4,-5 2,-4" fill="none" stroke="{COBALT}" stroke-width="3.4"'
            ' stroke-linecap="round"/>'
        )
    with s.group(clip_path=s.clip(circle_path(cx, cy, r * 0.57))):
        points = ridge(random.Random("plate"), cy + 20, 120, 130, True)
        s.path(
            polyline(points) + f"L1620,{cy + 130}L-20,{cy + 130}Z",
            s.linear((0, COBALT, 0.8), (1, COBALT, 0), y1=cy - 90, y2=cy + 90),
        )
        for i in range(6):
            s.path(
                f"M{n(cx - 170 + (i % 2) * 30)},{n(cy + 70 + i * 14)}q24,-9 48,0t48,0t48,0t48,0t48,0t48,0",
                stroke=COBALT,
                stroke_width=3,
                opacity=0.7,
            )
        s.path(f"M{cx - 40},{cy + 66}q40,24 96,0l-8,20h-72Z", COBALT)
        s.path(f"M{cx + 6},{cy + 66}V{cy - 6}C{cx + 50},{cy + 4} {cx + 50},{cy + 50} {cx + 8},{cy + 56}Z", "#5c76bd")
        s.circle(cx - 70, cy - 92, 24, stroke=COBALT, stroke_width=4)
    s.path(
        f"M{cx - r * 0.7},{cy - r * 0.56}A{r * 0.9},{r * 0.9} 0 0 1 {cx - r * 0.1},{cy - r * 0.89}",
        stroke="#ffffff",
        stroke_width=12,
        stroke_linecap="round",
        opacity=0.75,
        filter=s.blur(5),
    )


def lotus(s, x, y, r, colour, turn=0):
    inner = "".join(
        f'<path transform="rotate({a})" d="M0,0C{n(-r * 0.5)},{n(-r * 0.5)} {n(-r * 0.3)},{n(-r)}'
        f' 0,{n(-r * 1.25)}C{n(r * 0.3)},{n(-r)} {n(r * 0.5)},{n(-r * 0.5)} 0,0Z" fill="{colour}"'
        f' opacity="{0.95 if a == 0 else 0.6}"/>'
        for a in (-76, 76, -40, 40, 0)
    )
    s.add(f'<g transform="translate({n(x)} {n(y)}) rotate({n(turn)})">{inner}</g>')


def petals(s, cx, y, count, half, height, colour):
    """A band of pointed leaves, narrower towards the sides as on a turned body."""
    for i in range(count):
        a = -1.25 + 2.5 * i / (count - 1)
        x, w = cx + half * math.sin(a), half * 0.15 * max(0.25, math.cos(a))
        s.path(
            f"M{n(x - w)},{n(y)}C{n(x - w)},{n(y - height * 0.6)} {n(x - w * 0.4)},{n(y - height * 0.8)}"
            f" {n(x)},{n(y - height)}C{n(x + w * 0.4)},{n(y - height * 0.8)} {n(x + w)},{n(y - height * 0.6)}"
            f" {n(x + w)},{n(y)}Z",
            "none",
            stroke=colour,
            stroke_width=4,
        )
        s.path(f"M{n(x - w * 0.45)},{n(y)}Q{n(x)},{n(y - height)} {n(x + w * 0.45)},{n(y)}Z", colour, opacity=0.75)


def fret(s, x1, y, x2, size):
    """The squared spiral that runs round rims."""
    u = size / 6
    d, x = "", x1
    while x < x2:
        d += (
            f"M{n(x)},{n(y + size)}v{n(-size)}h{n(5 * u)}v{n(4 * u)}h{n(-3 * u)}v{n(-2 * u)}h{n(1.4 * u)}"
            f"M{n(x)},{n(y + size)}h{n(7 * u)}"
        )
        x += 7 * u
    s.path(d, stroke=COBALT, stroke_width=n(u * 0.8))


def pagoda(s, x, foot, size, colour):
    with s.group(transform=f"translate({x} {foot}) scale({size})"):
        y = 0
        for storey in range(6):
            w = 92 - storey * 11
            s.rect(-w * 0.62, y - 42, w * 1.24, 44, colour)
            s.path(
                f"M{n(-w * 1.22)},{y - 34}Q{n(-w * 0.8)},{y - 44}"
                f" {n(-w * 0.55)},{y - 62}H{n(w * 0.55)}Q{n(w * 0.8)},{y - 44} {n(w * 1.22)},{y - 34}Q0,{y - 46}"
                f" {n(-w * 1.22)},{y - 34}Z",
                colour,
            )
            y -= 56
        s.path(f"M-5,{y - 2}L0,{y - 78}L5,{y - 2}Z", colour)
        s.circle(0, y - 30, 9, colour)


def pavilion(s, x, foot, size, colour):
    with s.group(transform=f"translate({x} {foot}) scale({size})"):
        s.path(
            "M-120,-92C-84,-96 -50,-118 -26,-158L0,-186L26,-158C50,-118 84,-96 120,-92L112,-82Q0,-98 -112,-82Z", colour
        )
        for dx in (-78, -28, 28, 78):
            s.path(f"M{dx},-88V0", stroke=colour, stroke_width=8)
        s.path("M-104,-6H104V8H-104ZM-92,-34H92", colour, stroke=colour, stroke_width=4)


def lantern(s, x, y, size):
    with s.group(transform=f"translate({x} {y}) scale({size})"):
        s.circle(0, 0, 230, s.radial(0, 0, 230, (0, "#ffb35c", 0.55), (0.4, "#ff8f4a", 0.2), (1, "#ff8f4a", 0)))
        s.path(f"M0,-86V{n(-y / size - 20)}", stroke="#0d1220", stroke_width=2.5, opacity=0.75)
        s.path("M0,90V132", stroke="#d9a04a", stroke_width=4)
        s.path("M-11,130H11L16,206H-16Z", CINNABAR)
        s.path("M-7,134l-4,72M0,134v72M7,134l4,72", stroke="#7c1d18", stroke_width=2)
        s.ellipse(
            0, 0, 104, 80, s.radial(-6, 6, 112, (0, "#ffe09a"), (0.35, "#f4863f"), (0.75, "#c63a26"), (1, "#7c1a1c"))
        )
        for w in (30, 66, 94):
            s.ellipse(0, 0, w, 80, stroke="#7c1a1c", stroke_width=2.4, opacity=0.55)
        for dy in (-84, 74):
            s.rect(-38, dy, 76, 13, "#d9a04a", rx=4)
            s.rect(-38, dy + 8, 76, 5, "#8a5a20", rx=2)


def roof(s, x, y, w, colour):
    """A double-eaved hall: ridge, swept roof, wall."""
    h = w * 0.19
    edge = mix(colour, "#8d6f86", 0.35)
    for level, (ww, yy) in enumerate(((w * 0.62, y - h * 1.25), (w, y))):
        s.rect(x - ww * 0.36, yy + 2, ww * 0.72, h * (1.2 if level == 0 else 4), mix(colour, "#000000", 0.25))
        shape = (
            f"M{n(x - ww * 0.56)},{n(yy - 8)}Q{n(x - ww * 0.36)},{n(yy - h * 0.16)}"
            f" {n(x - ww * 0.27)},{n(yy - h)}H{n(x + ww * 0.27)}Q{n(x + ww * 0.36)},{n(yy - h * 0.16)}"
            f" {n(x + ww * 0.56)},{n(yy - 8)}L{n(x + ww * 0.46)},{n(yy + 14)}H{n(x - ww * 0.46)}Z"
        )
        s.path(shape, s.linear((0, edge), (1, colour), y1=yy - h, y2=yy + 14))
        with s.group(clip_path=s.clip(shape)):
            for i in range(-22, 23):
                s.path(
                    f"M{n(x + i * ww * 0.012)},{n(yy - h)}Q{n(x + i * ww * 0.016)},{n(yy - h * 0.3)}"
                    f" {n(x + i * ww * 0.026)},{n(yy + 14)}",
                    stroke="#0b1122",
                    stroke_width=2,
                    opacity=0.4,
                )
        s.path(
            f"M{n(x - ww * 0.29)},{n(yy - h - 14)}q4,12 {n(ww * 0.02)},12H{n(x + ww * 0.27)}q10,0 {n(ww * 0.02)},-12",
            stroke=edge,
            stroke_width=7,
        )
    for i in range(5):
        wx = x - w * 0.26 + i * w * 0.13 - w * 0.025
        s.rect(wx, y + 34, w * 0.05, 62, s.linear((0, "#ffcf7d"), (1, "#d9703f"), y1=y + 34, y2=y + 96), opacity=0.75)
        s.path(f"M{n(wx + w * 0.025)},{y + 34}v62M{n(wx)},{y + 64}h{n(w * 0.05)}", stroke="#2a1520", stroke_width=3)


def birds(s, x, y, count):
    for _ in range(count):
        bx, by, w = x + s.rng.gauss(0, 110), y + s.rng.gauss(0, 36), s.rng.uniform(11, 20)
        s.path(
            f"M{n(bx - w)},{n(by - w * 0.2)}q{n(w * 0.6)},{n(-w * 0.4)} {n(w)},{n(w * 0.3)}q{n(w * 0.4)},{n(-w * 0.7)}"
            f" {n(w)},{n(-w * 0.3)}",
            stroke=INK,
            stroke_width=2.6,
            opacity=0.65,
            stroke_linecap="round",
        )


def pine(s, x, foot, size, colour):
    with s.group(transform=f"translate({n(x)} {n(foot)}) scale({n(size)})"):
        s.path("M-4,4C-2,-40 -8,-80 4,-150L10,-150C4,-80 8,-40 8,4Z", colour)
        for dx, dy, w in ((-6, -54, 120), (16, -88, 104), (-10, -120, 92), (8, -152, 66)):
            s.path(
                f"M{n(dx - w / 2)},{dy}C{n(dx - w / 4)},{dy - 30} {n(dx + w / 4)},{dy - 30}"
                f" {n(dx + w / 2)},{dy}C{n(dx + w / 4)},{dy + 8} {n(dx - w / 4)},{dy + 8} {n(dx - w / 2)},{dy}Z",
                colour,
            )


def pine_slope(s, side, colour):
    s.path("M-20,700C120,720 260,800 420,1010H-20Z", s.linear((0, colour), (1, "#12292f"), y1=700, y2=1000))
    for x, y, size in ((20, 712, 0.8), (96, 748, 1.05), (190, 812, 0.9), (270, 882, 1.1), (350, 960, 0.85)):
        pine(s, x, y, size, colour)


def on_bridge(t):
    """The point at `t` of the parapet line, two cubic halves that meet at the crown."""
    halves = [((120, 546), (360, 524), (500, 284), (800, 284)), ((800, 284), (1100, 284), (1240, 524), (1480, 546))]
    half, u = (halves[0], t * 2) if t < 0.5 else (halves[1], t * 2 - 1)
    v = 1 - u
    weights = (v**3, 3 * v * v * u, 3 * v * u * u, u**3)
    return tuple(sum(w * p[axis] for w, p in zip(weights, half)) for axis in (0, 1))


def figure(s, x, foot, size, colour):
    with s.group(transform=f"translate({x} {foot}) scale({size})"):
        s.path("M-5,-56C-20,-48 -22,-20 -24,6H24C22,-20 20,-48 5,-56Z", colour)
        s.circle(0, -66, 11, "#3b2a25")
        s.path("M-16,-40L-2,-16L16,-40", stroke=CREAM, stroke_width=3, opacity=0.6)


def boat(s, x, y):
    s.path(
        f"M{x - 170},{y + 34}C{x - 60},{y + 66} {x + 60},{y + 66} {x + 170},{y + 34}L{x + 120},{y + 82}H{x - 120}Z",
        "#22403f",
        opacity=0.4,
        filter=s.blur(6),
    )
    s.path(
        f"M{x - 190},{y - 10}C{x - 130},{y + 22} {x + 120},{y + 24} {x + 200},{y - 22}C{x + 170},{y + 26}"
        f" {x + 120},{y + 46} {x},{y + 46}S{x - 160},{y + 30} {x - 190},{y - 10}Z",
        s.linear((0, "#6d4630"), (1, "#2c1c18"), y1=y - 20, y2=y + 46),
    )
    s.path(
        f"M{x - 84},{y + 10}C{x - 84},{y - 60} {x + 52},{y - 60} {x + 52},{y + 12}Z",
        s.linear((0, "#c49a5c"), (1, "#7a5630"), y1=y - 50, y2=y + 12),
    )
    for i in range(7):
        s.path(f"M{x - 72 + i * 19},{y + 8}q4,-40 8,-48", stroke="#5a3c20", stroke_width=2, opacity=0.6)
    figure(s, x + 112, y + 4, 0.95, "#38505a")
    s.path(f"M{x + 92},{y - 62}L{x + 236},{y + 92}", stroke="#4a3424", stroke_width=5, stroke_linecap="round")


def willow(s, x, y, count, colour):
    for i in range(count):
        bx = x + i * 27 + s.rng.uniform(-10, 10)
        length = s.rng.uniform(260, 560) * (1 - abs(i - count / 2) / count * 0.5)
        sway = s.rng.uniform(-30, 46)
        s.path(
            f"M{n(bx)},{y}C{n(bx + sway)},{n(y + length * 0.4)} {n(bx - sway * 0.3)},{n(y + length * 0.7)}"
            f" {n(bx + sway * 0.6)},{n(y + length)}",
            stroke=colour,
            stroke_width=2.4,
            opacity=0.8,
        )
        for k in range(int(length / 17)):
            t = (k + 1) / (length / 17)
            v = 1 - t
            px = v**3 * bx + 3 * v * v * t * (bx + sway) + 3 * v * t * t * (bx - sway * 0.3) + t**3 * (bx + sway * 0.6)
            py = y + length * (3 * v * v * t * 0.4 + 3 * v * t * t * 0.7 + t**3)
            lean = 24 if k % 2 else -24
            s.add(
                f'<path transform="translate({n(px)} {n(py)}) rotate({lean})" d="M0,0q7,12 0,30q-7,-18 0,-30Z"'
                f' fill="{colour}" opacity="{n(0.55 + 0.4 * s.rng.random())}"/>'
            )


def sheet_of_paper(s, x, y, w, h, tone):
    """A hanging sheet with a deckle edge; `tone` darkens those further from the viewer's light."""
    rng = s.rng
    light, dark = mix("#fbf2dc", "#c99e62", tone), mix("#dcc79b", "#8a6238", tone)
    swing = rng.uniform(-12, 12)
    left = [(x + swing * t + rng.uniform(-2, 2), y + h * t) for t in [i / 12 for i in range(13)]]
    bottom = [
        (x + swing + w * t, y + h + 9 * math.sin(t * 5 + swing) + rng.uniform(-2.5, 2.5))
        for t in [i / 12 for i in range(1, 12)]
    ]
    right = [(x + w + swing * t + rng.uniform(-2, 2), y + h * t) for t in [1 - i / 12 for i in range(13)]]
    d = polyline(left + bottom + right) + "Z"
    s.path(d, "#2a1a12", opacity=0.28, transform="translate(9 10)")
    s.path(
        d, s.linear((0, dark), (0.25, light), (0.7, light), (1, dark), x1=x, x2=x + w, y2=0), opacity=n(1 - 0.12 * tone)
    )
    with s.group(clip_path=s.clip(d)):
        for k in range(3):
            fx = x + w * (0.2 + 0.3 * k) + rng.uniform(-14, 14)
            s.path(
                f"M{n(fx)},{n(y)}q{n(rng.uniform(-16, 16))},{n(h * 0.5)} {n(swing)},{n(h)}",
                stroke=dark,
                stroke_width=n(w * 0.07),
                opacity=0.32,
                filter=s.blur(7),
            )
        for _ in range(26):
            fx, fy, a = x + rng.uniform(0, w), y + rng.uniform(0, h), rng.uniform(0, 6.3)
            s.path(
                f"M{n(fx)},{n(fy)}q{n(6 * math.cos(a))},{n(6 * math.sin(a))}"
                f" {n(14 * math.cos(a + 0.5))},{n(14 * math.sin(a + 0.5))}",
                stroke="#8f6c3c",
                stroke_width=1.2,
                opacity=0.35,
            )
    for px in (x + w * 0.2, x + w * 0.8):
        s.rect(px - w * 0.02, y - 16 * w / 196, w * 0.04, 36 * w / 196, "#6d4527", rx=2)


def book(s, x, y, w, h, colour):
    s.path(
        f"M{x},{y + 4}Q{x},{y} {x + 8},{y}H{x + w}V{y + 6}H{x + w - 8}V{y + h - 6}H{x + w}V{y + h}H{x + 8}Q{x},{y + h}"
        f" {x},{y + h - 4}Z",
        s.linear((0, mix(colour, "#ffffff", 0.28)), (0.3, colour), (1, mix(colour, "#000000", 0.45)), y1=y, y2=y + h),
    )
    s.rect(x + w * 0.16, y + 6, w * 0.84 - 10, h - 12, s.linear((0, "#e9d7ae"), (1, "#a3865a"), y1=y, y2=y + h))
    for i in range(5):
        s.path(
            f"M{n(x + w * 0.17)},{n(y + 10 + i * (h - 20) / 4)}H{n(x + w - 12)}",
            stroke="#7d6238",
            stroke_width=1.3,
            opacity=0.5,
        )
    s.path(f"M{n(x + w * 0.16)},{y}v{h}", stroke=mix(colour, "#000000", 0.5), stroke_width=4)
    for t in (0.05, 0.1):
        s.path(f"M{n(x + w * t)},{y + 2}v{h - 4}", stroke="#e0b25a", stroke_width=3, opacity=0.8)


def lamp(s, x, foot):
    s.circle(
        x + 148,
        foot - 250,
        520,
        s.radial(
            x + 148,
            foot - 250,
            520,
            (0, "#fff0c0", 0.8),
            (0.12, "#ffdc94", 0.42),
            (0.4, "#ffc56e", 0.14),
            (1, "#ffcf7a", 0),
        ),
    )
    brass = s.linear((0, "#5f3d18"), (0.35, "#e9bf6a"), (0.6, "#b5822f"), (1, "#4a2d10"), x1=x - 80, x2=x + 80, y2=0)
    s.path(
        f"M{x - 84},{foot + 20}C{x - 60},{foot - 16} {x - 22},{foot - 10} {x - 14},{foot - 40}C{x - 4},{foot - 100}"
        f" {x - 18},{foot - 110} {x - 18},{foot - 130}H{x + 18}C{x + 18},{foot - 110} {x + 4},{foot - 100}"
        f" {x + 14},{foot - 40}C{x + 22},{foot - 10} {x + 60},{foot - 16} {x + 84},{foot + 20}Z",
        brass,
    )
    s.path(
        f"M{x - 92},{foot - 168}C{x - 60},{foot - 118} {x + 60},{foot - 118}"
        f" {x + 88},{foot - 160}C{x + 120},{foot - 164} {x + 140},{foot - 184}"
        f" {x + 150},{foot - 198}C{x + 120},{foot - 200} {x + 96},{foot - 190}"
        f" {x + 70},{foot - 188}C{x + 30},{foot - 204} {x - 60},{foot - 204} {x - 92},{foot - 168}Z",
        brass,
    )
    s.path(
        f"M{x + 146},{foot - 200}C{x + 118},{foot - 250} {x + 150},{foot - 272}"
        f" {x + 148},{foot - 318}C{x + 186},{foot - 268} {x + 180},{foot - 226} {x + 146},{foot - 200}Z",
        "#ffb648",
    )
    s.path(
        f"M{x + 148},{foot - 204}C{x + 134},{foot - 238} {x + 152},{foot - 250}"
        f" {x + 150},{foot - 282}C{x + 170},{foot - 250} {x + 168},{foot - 222} {x + 148},{foot - 204}Z",
        "#fff3c8",
    )


def crane(s, x, foot, size, colour):
    with s.group(transform=f"translate({x} {foot}) scale({size})"):
        light = mix(colour, "#ffffff", 0.2)
        for dx in (-70, 70):
            s.path(f"M{dx},0L{dx * 0.86},-330", stroke=colour, stroke_width=15)
        s.path("M-66,-120H66M-62,-250H62M-66,-120L62,-250M66,-120L-62,-250", stroke=light, stroke_width=6)
        s.path("M-330,-318H190V-344H-330Z", colour)
        d = "".join(f"M{-330 + i * 40},-318l20,-26l20,26" for i in range(13))
        s.path(d, stroke=light, stroke_width=3)
        s.path("M-30,-340L0,-470L34,-340Z", "none", stroke=colour, stroke_width=11)
        s.path("M0,-466L-310,-344M0,-466L180,-344", stroke=colour, stroke_width=4)
        s.rect(-40, -318, 44, 38, colour, rx=4)
        s.path("M-210,-318V-212M-180,-318V-212", stroke=colour, stroke_width=2.6)
        s.rect(-236, -214, 82, 12, colour)


def container(s, x, y, w, h, colour, haze):
    colour = mix(colour, "#e9cfa4", haze)
    s.rect(x, y, w, h, s.linear((0, mix(colour, "#ffffff", 0.16)), (1, mix(colour, "#101820", 0.34)), y1=y, y2=y + h))
    ribs = "".join(f"M{n(x + w * (i + 1) / 13)},{n(y + h * 0.1)}v{n(h * 0.8)}" for i in range(12))
    s.path(ribs, stroke=mix(colour, "#101820", 0.5), stroke_width=n(w / 70), opacity=0.6)
    s.rect(x, y, w, h, stroke=mix(colour, "#101820", 0.6), stroke_width=n(w / 60))


def seal(s, x, y, size, carved):
    """An impression: a square of red with paper-coloured lines, or the reverse. The maze is no script."""
    cells = 9 if size < 200 else 11
    u = size / cells
    red = mix(CINNABAR, "#8a1f1a", s.rng.random() * 0.6)
    opacity = n(s.rng.uniform(0.78, 0.96))
    turn = s.rng.uniform(-5, 5)
    with s.group(transform=f"rotate({n(turn)} {n(x + size / 2)} {n(y + size / 2)})", opacity=opacity):
        if carved:
            s.rect(x, y, size, size, red, rx=n(u * 0.5))
        else:
            s.rect(
                x + u * 0.25,
                y + u * 0.25,
                size - u * 0.5,
                size - u * 0.5,
                stroke=red,
                stroke_width=n(u * 0.5),
                rx=n(u * 0.4),
            )
        line = "#f3e8d0" if carved else red
        seen = {(0, 0)}
        inner = cells - 2
        stack = [(s.rng.randrange(inner), s.rng.randrange(inner))]
        seen = {stack[0]}
        d = ""
        while stack:
            cx, cy = stack[-1]
            free = [
                (cx + dx, cy + dy)
                for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
                if 0 <= cx + dx < inner and 0 <= cy + dy < inner and (cx + dx, cy + dy) not in seen
            ]
            if not free:
                stack.pop()
                continue
            nx, ny = s.rng.choice(free)
            seen.add((nx, ny))
            stack.append((nx, ny))
            if s.rng.random() < 0.94:
                d += f"M{n(x + (cx + 1.5) * u)},{n(y + (cy + 1.5) * u)}L{n(x + (nx + 1.5) * u)},{n(y + (ny + 1.5) * u)}"
        s.path(d, stroke=line, stroke_width=n(u * 0.46), stroke_linecap="square")


def tiles(s, height, colour):
    """The tiled coping along the top of a garden wall."""
    s.rect(0, 0, WIDTH, height, colour)
    for i in range(41):
        x = i * 40
        s.circle(x, height, 20, mix(colour, "#ffffff", 0.12))
        s.circle(x, height, 13, mix(colour, "#000000", 0.25))
        s.path(f"M{x - 20},0V{height}", stroke="#1c262a", stroke_width=5, opacity=0.6)
    s.rect(0, height + 16, WIDTH, 26, s.linear((0, INK, 0.35), (1, INK, 0), y1=height + 16, y2=height + 42))


def bamboo(s, x, foot, lean, scale, colour):
    joints = 9
    dark = mix(colour, "#000000", 0.35)
    w = 15 * scale
    for i in range(joints):
        y1, y2 = foot - i * 112 * scale, foot - (i + 1) * 112 * scale + 5
        x1, x2 = x + lean * (i / joints) ** 1.6 * 3, x + lean * ((i + 1) / joints) ** 1.6 * 3
        s.path(
            f"M{n(x1 - w)},{n(y1)}Q{n((x1 + x2) / 2 - w * 0.8)},{n((y1 + y2) / 2)}"
            f" {n(x2 - w)},{n(y2)}H{n(x2 + w)}Q{n((x1 + x2) / 2 + w * 0.8)},{n((y1 + y2) / 2)} {n(x1 + w)},{n(y1)}Z",
            s.linear((0, dark), (0.3, mix(colour, "#ffffff", 0.18)), (1, dark), x1=x1 - w, x2=x1 + w, y2=0),
        )
        if i > 2:
            for _ in range(s.rng.choice([2, 3, 4])):
                angle = s.rng.uniform(20, 80) * s.rng.choice([-1, 1])
                length = s.rng.uniform(90, 170) * scale
                s.add(
                    f'<path transform="translate({n(x2)} {n(y2)}) rotate({n(180 + angle)})"'
                    f' d="M0,0C{n(-length * 0.1)},{n(-length * 0.3)} {n(-length * 0.08)},{n(-length * 0.7)}'
                    f' 0,{n(-length)}C{n(length * 0.12)},{n(-length * 0.7)} {n(length * 0.1)},{n(-length * 0.3)} 0,0Z"'
                    f' fill="{colour}" opacity="0.88"/>'
                )


def pile(s, cx, floor, count, papers, silks, width):
    """Scrolls stacked in rows, each row resting in the hollows of the one below."""
    r = 40
    placed, row, y = 0, 0, floor - r
    while placed < count:
        across = 3 - row
        if across < 1:
            break
        for i in range(across):
            x = cx + (i - (across - 1) / 2) * (r * 2 + 12)
            scroll_end(
                s, x + s.rng.uniform(-4, 4), y, r + s.rng.uniform(-4, 5), s.rng.choice(papers), s.rng.choice(silks)
            )
            placed += 1
        y -= r * 1.66
        row += 1


def scroll_end(s, x, y, r, paper, silk):
    s.circle(x + 4, y + 6, r, "#080403", opacity=0.5)
    s.circle(x, y, r, silk)
    s.circle(
        x,
        y,
        r * 0.9,
        s.radial(
            x - r * 0.3,
            y - r * 0.4,
            r * 1.6,
            (0, mix(paper, "#ffffff", 0.3)),
            (0.6, paper),
            (1, mix(paper, "#3a2412", 0.6)),
        ),
    )
    d, turns = "", 4
    for i in range(turns * 16 + 1):
        a = i * math.pi / 8
        q = r * (0.24 + 0.62 * i / (turns * 16))
        d += f"{'L' if d else 'M'}{n(x + q * math.cos(a))},{n(y + q * math.sin(a))}"
    s.path(d, stroke="#7a5a33", stroke_width=1.8, opacity=0.75)
    s.circle(x, y, r * 0.22, "#3a1f12")
    s.circle(x, y, r * 0.13, "#b98a4a")
    if s.rng.random() < 0.45:
        s.path(
            f"M{n(x)},{n(y + 3)}q{n(s.rng.uniform(-10, 10))},26 {n(s.rng.uniform(-6, 6))},{n(r + 12)}",
            stroke=silk,
            stroke_width=3.4,
        )
        s.rect(x - 9, y + r + 6, 18, 34, mix(silk, "#ffffff", 0.7), rx=2)


def hollow(s, x, y, width, height):
    """One pigeonhole without scrolls: a small lamp and a jar stand there."""
    cx, floor = x + width / 2, y + height - 10
    s.circle(
        cx - 30,
        floor - 90,
        170,
        s.radial(cx - 30, floor - 90, 170, (0, "#ffdf9a", 0.85), (0.5, "#e89a4a", 0.35), (1, "#e89a4a", 0)),
    )
    s.path(
        f"M{cx - 72},{floor}H{cx + 12}L{cx + 4},{floor - 34}H{cx - 64}Z",
        s.linear((0, "#f0cd84"), (1, "#7a4d18"), y1=floor - 34, y2=floor),
    )
    s.ellipse(cx - 30, floor - 34, 36, 7, "#5a3812")
    s.path(
        f"M{cx - 30},{floor - 32}C{cx - 62},{floor - 76} {cx - 34},{floor - 88}"
        f" {cx - 32},{floor - 126}C{cx + 6},{floor - 80} {cx + 2},{floor - 52} {cx - 30},{floor - 32}Z",
        "#ffb648",
    )
    s.path(
        f"M{cx - 30},{floor - 24}C{cx - 46},{floor - 50} {cx - 32},{floor - 62}"
        f" {cx - 30},{floor - 90}C{cx - 10},{floor - 62} {cx - 12},{floor - 42} {cx - 30},{floor - 24}Z",
        "#fff3c8",
    )
    s.path(
        f"M{cx + 50},{floor}C{cx + 30},{floor - 30} {cx + 40},{floor - 60}"
        f" {cx + 60},{floor - 72}V{floor - 90}H{cx + 96}V{floor - 72}C{cx + 116},{floor - 60} {cx + 126},{floor - 30}"
        f" {cx + 106},{floor}Z",
        s.linear((0, "#dfe9dd"), (1, "#4c7d6d"), x1=cx + 40, x2=cx + 116, y2=0),
    )


def brush_stroke(s, points, widths, colour, filter_url):
    """A stroke whose width follows the pressure of the hand, with dry streaks towards its end."""
    centre = sample_spline(points, 40)
    spread = sample_spline([(w, 0) for w in widths], 40)
    sides = ([], [])
    for i, (x, y) in enumerate(centre):
        x0, y0 = centre[max(0, i - 1)]
        x1, y1 = centre[min(len(centre) - 1, i + 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        nx, ny, w = -(y1 - y0) / length, (x1 - x0) / length, max(0.6, spread[min(i, len(spread) - 1)][0] * 0.56)
        sides[0].append((x + nx * w, y + ny * w))
        sides[1].append((x - nx * w, y - ny * w))
    ends = cap(centre[0], sides[1][0], 1), cap(centre[-1], sides[0][-1], 0.7)
    d = polyline(ends[0] + sides[0] + ends[1] + sides[1][::-1]) + "Z"
    s.path(d, colour, opacity=0.16, filter=s.blur(9))
    with s.group(filter=filter_url):
        s.path(d, colour, stroke=colour, stroke_width=3, stroke_linejoin="round")
        for k in range(6):
            t = -0.7 + 1.4 * k / 5
            start = s.rng.uniform(0.45, 0.8)
            line = [
                (a[0] + (b[0] - a[0]) * (t + 1) / 2, a[1] + (b[1] - a[1]) * (t + 1) / 2)
                for a, b in list(zip(*sides))[int(len(centre) * start) :]
            ]
            if len(line) > 6:
                s.path(polyline(line[:-4]), stroke="#efe3c8", stroke_width=n(s.rng.uniform(0.6, 1.6)), opacity=0.32)


def cap(centre, side, length):
    """The round end of a stroke: half a turn from `side` about `centre`, drawn out by `length`."""
    dx, dy = side[0] - centre[0], side[1] - centre[1]
    turn = [i * math.pi / 12 for i in range(1, 12)]
    return [
        (
            centre[0] + dx * math.cos(a) + length * dy * math.sin(a),
            centre[1] + dy * math.cos(a) - length * dx * math.sin(a),
        )
        for a in turn
    ]


# ---- geometry ------------------------------------------------------------------------------------------------------


def n(value):
    """A number short enough for a drawing: one decimal, no trailing zero; small factors keep three."""
    digits = 3 if abs(value) < 3 else 1
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def attrs(attributes):
    return "".join(
        f' {name.replace("_", "-") if name not in KEEP else name}="{value}"'
        for name, value in attributes.items()
        if not (name == "opacity" and value == 1)
    )


KEEP = {"gradientUnits"}


def stops_markup(stops):
    return "".join(
        f'<stop offset="{stop[0]}" stop-color="{stop[1]}"'
        + (f' stop-opacity="{n(float(stop[2]))}"' if len(stop) > 2 else "")
        + "/>"
        for stop in stops
    )


def ridge(rng, base, height, scale, jagged):
    """The outline of a range: a few octaves of value noise, folded where peaks should be sharp."""
    octaves = [(scale / 2**k, 0.55**k, [rng.random() for _ in range(int(1800 / (scale / 2**k)) + 4)]) for k in range(6)]
    total = sum(weight for _, weight, _ in octaves)
    points = []
    for x in range(-20, WIDTH + 21, 6):
        y = 0.0
        for k, (period, weight, values) in enumerate(octaves):
            position = (x + 20) / period
            i, f = int(position), position - int(position)
            f = f * f * (3 - 2 * f)
            v = values[i] * (1 - f) + values[i + 1] * f
            if jagged and k < 3:
                v = 1 - abs(2 * v - 1)
            y += weight * v
        points.append((x, base - height * (y / total) ** 1.35))
    return points


def polyline(points):
    return "M" + "L".join(f"{n(float(x))},{n(float(y))}" for x, y in points)


def smooth(points):
    """A curve through the points with level tangents where it turns."""
    d = f"M{n(float(points[0][0]))},{n(float(points[0][1]))}"
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        middle = (x0 + x1) / 2
        if abs(x1 - x0) > abs(y1 - y0):
            d += f"C{n(middle)},{n(float(y0))} {n(middle)},{n(float(y1))} {n(float(x1))},{n(float(y1))}"
        else:
            d += f"L{n(float(x1))},{n(float(y1))}"
    return d


def sample_spline(points, steps):
    """Points of a Catmull-Rom spline."""
    padded = [points[0]] + list(points) + [points[-1]]
    result = []
    for i in range(1, len(padded) - 2):
        p0, p1, p2, p3 = padded[i - 1 : i + 3]
        per = max(2, steps // (len(points) - 1))
        for k in range(per):
            t = k / per
            result.append(
                tuple(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3)
                )
            )
    result.append(tuple(points[-1]))
    return result


def circle_path(cx, cy, r):
    return (
        f"M{n(float(cx - r))},{n(float(cy))}a{n(float(r))},{n(float(r))} 0 1 0"
        f" {n(float(2 * r))},0a{n(float(r))},{n(float(r))} 0 1 0 {n(float(-2 * r))},0Z"
    )


def mix(one, other, share):
    a, b = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (one, other))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b))


# ---- the run -------------------------------------------------------------------------------------------------------

PICTURES = {
    "tea": tea,
    "caravan": caravan,
    "fleet": fleet,
    "porcelain": porcelain,
    "strokes": strokes,
    "table": table,
    "lanterns": lanterns,
    "rail": rail,
    "bridge": bridge,
    "sheets": sheets,
    "desk": desk,
    "port": port,
    "open-book": open_book,
    "seals": seals,
    "moon-gate": moon_gate,
    "scrolls": scrolls,
}


def main(arguments):
    names = [a for a in arguments if not a.startswith("--")] or list(PICTURES)
    for folder in ("pictures", "media"):
        (HERE / folder).mkdir(exist_ok=True)
    for name in names:
        sheet = Sheet(name)
        PICTURES[name](sheet)
        drawing = HERE / "pictures" / f"{name}.svg"
        drawing.write_text(sheet.svg(grain=0.3), encoding="utf-8")
        if "--svg-only" in arguments:
            continue
        raster = HERE / "media" / f"{name}.jpg"
        png = subprocess.run(
            ["rsvg-convert", "--width", str(WIDTH), str(drawing)], check=True, stdout=subprocess.PIPE
        ).stdout
        # The best quality that keeps the file small enough for a demonstration that travels inside the source tree.
        for quality in range(84, 60, -3):
            subprocess.run(
                [
                    "convert",
                    "png:-",
                    "-strip",
                    "-sampling-factor",
                    "4:2:0",
                    "-quality",
                    str(quality),
                    "-interlace",
                    "JPEG",
                    str(raster),
                ],
                input=png,
                check=True,
            )
            if raster.stat().st_size <= LARGEST:
                break
        print(f"{raster.name}: {raster.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
