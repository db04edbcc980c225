"""Drawn people and places: a fair, the sea, a loom in the afternoon, a marsh."""

import numpy as np

from shop.demo.art import solid
from shop.demo.art.figure import Board, Person, arm, head, shade, torso
from shop.demo.art.studio import blur, grid, mix, noise, rgb, smooth

MAROON, DEEP, GOLD, SEA, COTTON = (107, 18, 32), (69, 10, 21), (200, 150, 58), (20, 81, 79), (251, 246, 238)
WOOD, DARK, STRAW, STEEL = (139, 98, 64), (98, 66, 42), (220, 190, 128), (150, 158, 166)


def _paper(b, rng):
    img = b.picture()
    h, w = img.shape[:2]
    return np.clip(img * (1 + 0.010 * noise(h, w, 3, rng))[..., None], 0, 1)


def stall(rng, params):
    b = Board(1600, 900, (236, 226, 208), scale=1.5)
    b.rect(0, 700, 1600, 900, (214, 196, 168))
    for k in range(5):
        b.rect(60 + 330 * k, 60, 280 + 330 * k, 330, (243, 236, 222))
    b.rect(150, 240, 176, 800, DARK)
    b.rect(1424, 240, 1450, 800, DARK)
    for i, tone in enumerate((MAROON, SEA, (71, 36, 79), (200, 150, 58), (146, 34, 42))):
        x = 210 + i * 118
        b.blob([(x, 262), (x + 92, 262), (x + 96, 470), (x + 90, 560), (x + 4, 560), (x - 4, 470)], tone)
        for k in range(4):
            b.poly(
                [(x + 4 + 22 * k, 548), (x + 15 + 22 * k, 500), (x + 26 + 22 * k, 548)],
                shade(GOLD, 1.1) if tone != GOLD else MAROON,
            )
        for j in range(4):
            for q in range(2):
                b.poly(
                    [
                        (x + 26 + 40 * q, 300 + 48 * j),
                        (x + 36 + 40 * q, 312 + 48 * j),
                        (x + 26 + 40 * q, 324 + 48 * j),
                        (x + 16 + 40 * q, 312 + 48 * j),
                    ],
                    shade(tone, 1.35),
                )
    b.rect(190, 250, 820, 264, WOOD)
    for i, x in enumerate((930, 1060, 1190, 1320)):
        b.line([(x, 250), (x, 330 + 20 * (i % 2))], 3, DARK)
        y = 330 + 20 * (i % 2)
        b.blob([(x - 46, y + 20), (x + 46, y + 20), (x + 54, y + 110), (x - 54, y + 110)], STRAW)
        for k in range(5):
            b.line(
                [(x - 50, y + 34 + 17 * k), (x + 50, y + 34 + 17 * k)], 5, (178, 132, 74) if k % 2 else (148, 48, 31)
            )
        b.arc([(x - 30, y + 22), (x, y - 20), (x + 30, y + 22)], 7, (148, 98, 54))
    p = Person(rng, "f")
    p.shirt, p.scarf = SEA, (164, 71, 48)
    b.dx, b.dy = 640, 250
    torso(b, p, 400, 140, 130, 300)
    head(b, p, 400, 152, 68)
    arm(b, p, (300, 300), (250, 400), (320, 452), 54)
    arm(b, p, (500, 300), (560, 390), (600, 440), 54)
    b.dx = b.dy = 0
    b.rect(120, 680, 1480, 712, WOOD)
    b.rect(140, 712, 1460, 850, MAROON)
    b.tumpal(850, 74, 68, GOLD)
    b.rect(0, 850, 1600, 900, (200, 180, 150))
    b.rect(140, 724, 1460, 730, GOLD)
    for x, s in ((220, 1.0), (330, 0.8), (420, 0.62)):
        b.blob(
            [
                (x - 34 * s, 680),
                (x - 46 * s, 640 - 20 * s),
                (x - 14 * s, 600 - 50 * s),
                (x + 14 * s, 600 - 50 * s),
                (x + 46 * s, 640 - 20 * s),
                (x + 34 * s, 680),
            ],
            STEEL,
        )
        b.arc([(x - 24 * s, 668), (x - 28 * s, 640), (x - 8 * s, 610 - 20 * s)], 7, (224, 228, 232))
    b.oval(560, 664, 92, 20, STEEL)
    b.oval(560, 661, 62, 12, shade(STEEL, 0.86))
    for x, tone in ((700, (98, 66, 42)), (820, (170, 120, 66))):
        b.blob([(x - 54, 682), (x - 50, 630), (x - 36, 612), (x + 36, 612), (x + 50, 630), (x + 54, 682)], tone)
        for k in range(4):
            b.line([(x - 48, 634 + 12 * k), (x + 48, 634 + 12 * k)], 2, shade(tone, 0.75))
    for i, tone in enumerate((MAROON, GOLD, SEA)):
        b.rect(1290, 652 - 26 * i, 1430, 678 - 26 * i, tone)
        b.rect(1290, 658 - 26 * i, 1430, 662 - 26 * i, shade(tone, 1.3))
    b.blob([(90, 150), (1510, 150), (1560, 250), (40, 250)], MAROON)
    for k in range(13):
        x = 44 + k * 117
        b.poly([(x, 248), (x + 117, 248), (x + 58, 306)], GOLD if k % 2 else MAROON)
        b.poly([(x + 30, 248), (x + 87, 248), (x + 58, 278)], MAROON if k % 2 else GOLD)
    for i in range(26):
        b.arc([(60 + 60 * i, 60), (90 + 60 * i, 78), (120 + 60 * i, 60)], 2, DARK)
        b.oval(90 + 60 * i, 84, 8, 10, (250, 214, 130))
    return _paper(b, rng)


def sea(rng, params):
    """Granite boulders at the edge of a calm sea."""
    h, w = 900, 1600
    Y, X = grid(h, w)
    horizon = 360
    img = mix(np.broadcast_to(rgb("a9c9cf"), (h, w, 3)), rgb("f3e3c9") * np.ones((h, w, 3)), smooth(0, horizon, Y))
    cloud = noise(h, w, 180, rng, 4) + 0.5 * noise(h, w, 60, rng, 4)
    img = mix(img, rgb("fdf6ea"), np.clip(cloud - 0.5, 0, 1) * 0.5 * smooth(horizon, 60, Y))
    t = np.clip((Y - horizon) / (h - horizon), 0, 1)
    water = mix(np.broadcast_to(rgb("2f7f88"), (h, w, 3)), rgb("9fd0c4") * np.ones((h, w, 3)), smooth(0.0, 0.8, t))
    ripple = (
        sum(np.sin(np.clip(Y - horizon, 0, None) ** 1.25 / (3 + k) + 2.4 * noise(h, w, 90, rng, 6)) for k in range(3))
        / 3
    )
    water = water * (1 + 0.07 * ripple * (0.3 + t))[..., None]
    img = mix(img, water, smooth(horizon - 1, horizon + 1, Y))
    island = (horizon - 34 * np.exp(-(((X - 1180) / 160) ** 2)) - 18 * np.exp(-(((X - 1020) / 90) ** 2)) < Y) & (
        horizon + 2 > Y
    )
    img = mix(img, rgb("6f9490"), blur(island, 1.2))
    sand = smooth(-20, 60, Y - 760 - 26 * np.sin(X / 210) - 0.03 * (X - 800))
    foam = np.exp(-(((Y - 752 - 26 * np.sin(X / 210) - 0.03 * (X - 800)) / 9) ** 2))
    img = mix(img, rgb("ead9b8") * (1 + 0.03 * noise(h, w, 3, rng))[..., None], sand)
    img = mix(img, rgb("ffffff"), foam * 0.8)
    s = solid.Solids(h, w, base=820, pitch=12)
    for x, z, r, tall in (
        (-560, -120, 250, 420),
        (-300, 40, 170, 230),
        (-690, 130, 150, 170),
        (470, -160, 210, 300),
        (650, 60, 160, 190),
        (250, 110, 96, 92),
        (-110, 150, 84, 78),
    ):
        arc = np.linspace(-np.pi / 2, np.pi / 2, 24)
        outline = [
            (tall * (0.5 + 0.5 * np.sin(a)), max(2.0, r * np.cos(a) ** 0.7 * (1 + 0.06 * np.sin(5 * a + x))))
            for a in arc
        ]
        s.loft(outline, at=(x, -tall * 0.12, z), power=2.3, depth=0.8, turn=x % 40)
    b = s.render()
    rough = 26 * noise(h, w, 90, rng) + 9 * noise(h, w, 26, rng) + 3 * noise(h, w, 7, rng)
    N = solid.bump(b, rough, 0.45)
    tone = rgb("b3aaa0") * (1 + 0.07 * noise(h, w, 70, rng) + 0.05 * noise(h, w, 4, rng))[..., None]
    stain = smooth(0.2, 1.6, noise(h, w, 60, rng)[::-1]) * 0.35
    tone = mix(tone, rgb("6f6a62"), stain)
    wet = smooth(70, 0, b["y"]) * 0.5
    return solid.stand(img, s, solid.lambert(N, mix(tone, rgb("4a4740"), wet), 0.36), b, 0.5)


def story_loom(rng, params):
    b = Board(1600, 900, (228, 206, 176), scale=1.5)
    b.rect(0, 720, 1600, 900, (170, 122, 82))
    for k in range(7):
        b.rect(0, 740 + 26 * k, 1600, 743 + 26 * k, (150, 106, 70))
    b.rect(110, 120, 520, 560, (250, 226, 168))
    b.oval(330, 330, 90, 90, (252, 240, 206))
    b.rect(110, 470, 520, 560, (112, 150, 132))
    for x in (96, 308, 520):
        b.rect(x, 106, x + 18, 574, DARK)
    for y in (106, 330, 560):
        b.rect(96, y, 538, y + 16, DARK)
    b.poly([(130, 720), (540, 720), (980, 900), (420, 900)], (196, 150, 104))
    p = Person(rng, "f")
    p.shirt, p.scarf, p.accent, p.grey, p.glasses = SEA, MAROON, MAROON, False, False
    b.dx, b.dy = 560, 90
    for x in (10, 766):
        b.rect(x, -10, x + 26, 760, DARK)
    b.rect(-20, -6, 820, 24, WOOD)
    for x in range(110, 700, 11):
        b.line([(x, 24), (x * 0.92 + 32, 560)], 1.6, shade(GOLD, 1.25))
    torso(b, p, 400, 230)
    head(b, p, 400, 242)
    b.rect(70, 548, 730, 580, WOOD)
    b.rect(110, 580, 690, 770, MAROON)
    for k in range(15):
        x = 118 + 38 * k
        b.poly([(x, 676), (x + 17, 616), (x + 34, 676)], GOLD)
        b.poly([(x + 9, 672), (x + 17, 640), (x + 25, 672)], MAROON)
    for y in (596, 688, 700):
        b.rect(110, y, 690, y + 5, GOLD)
    for x in range(140, 690, 46):
        b.poly([(x, 716), (x + 11, 730), (x, 744), (x - 11, 730)], GOLD)
    arm(b, p, (285, 402), (208, 505), (272, 552))
    arm(b, p, (515, 402), (592, 505), (528, 552))
    b.line([(300, 532), (440, 540)], 15, shade(WOOD, 1.2))
    b.dx = b.dy = 0
    for i, tone in enumerate((MAROON, GOLD, (146, 34, 42), SEA)):
        b.oval(250 + 74 * i, 770 + 14 * (i % 2), 40, 40, tone)
        for k in range(4):
            b.arc(
                [(216 + 74 * i + 8 * k, 752 + 10 * k), (250 + 74 * i, 742 + 16 * k), (284 + 74 * i, 760 + 10 * k)],
                3,
                shade(tone, 0.75),
            )
    b.tumpal(900, 30, 50, MAROON)
    return _paper(b, rng)


def story_marsh(rng, params):
    b = Board(1600, 900, (238, 222, 190), scale=1.5)
    b.oval(1180, 250, 120, 120, (250, 232, 190))
    b.blob(
        [
            (-60, 330),
            (200, 250),
            (460, 300),
            (760, 240),
            (1100, 310),
            (1400, 260),
            (1700, 330),
            (1700, 460),
            (-60, 460),
        ],
        (150, 170, 140),
    )
    b.blob([(-60, 380), (300, 330), (700, 372), (1100, 330), (1700, 380), (1700, 520), (-60, 520)], (112, 140, 108))
    b.rect(0, 440, 1600, 900, (126, 160, 150))
    for k in range(26):
        y = 452 + k * 18
        x = rng.uniform(-100, 1500)
        b.line([(x, y), (x + rng.uniform(120, 420), y)], 3, (150, 182, 170))

    def reeds(count, low, high, tall, tones, clear):
        for x in np.sort(rng.uniform(-20, 1620, count)):
            if clear[0] < x < clear[1]:
                continue
            y, lean = rng.uniform(low, high), rng.uniform(-34, 34)
            t = tall * rng.uniform(0.7, 1.1)
            b.arc(
                [(x, y), (x + lean * 0.3, y - t * 0.6), (x + lean, y - t)],
                rng.uniform(3, 6),
                tones[rng.integers(len(tones))],
            )

    reeds(240, 470, 540, 210, ((126, 146, 82), (146, 160, 92), (108, 132, 78)), (640, 960))
    p = Person(rng, "f")
    p.shirt, p.scarf, p.pattern = (164, 71, 48), (200, 150, 58), 2
    b.dx, b.dy = 400, 210
    torso(b, p, 400, 200, 122, 320)
    head(b, p, 400, 212, 66)
    b.blob([(230, 190), (330, 160), (400, 92), (470, 160), (570, 190), (400, 208)], STRAW)
    for k in range(4):
        b.arc([(270 + 26 * k, 184), (400, 118 + 18 * k), (530 - 26 * k, 184)], 3, (178, 132, 74))
    arm(b, p, (500, 350), (580, 420), (640, 400), 50)
    arm(b, p, (300, 350), (230, 440), (270, 520), 50)
    b.arc([(640, 404), (700, 380), (706, 320), (660, 296)], 8, (120, 126, 132))
    for k in range(14):
        b.arc(
            [(170 + 7 * k, 640), (220 + 6 * k, 520), (300 + 10 * k, 380 + 4 * k)],
            6,
            ((150, 164, 92), (200, 184, 112))[k % 2],
        )
    b.line([(226, 512), (316, 540)], 12, (178, 132, 74))
    b.dx = b.dy = 0
    b.rect(560, 720, 1040, 900, (126, 160, 150))
    for k in range(4):
        b.hoop(800, 728 + 6 * k, 190 + 40 * k, 16 + 7 * k, 3, (168, 196, 184))
    reeds(190, 740, 900, 300, ((96, 122, 66), (126, 146, 82), (166, 170, 98)), (560, 1060))
    reeds(110, 880, 960, 360, ((74, 102, 60), (96, 122, 66), (140, 150, 84)), (600, 1020))
    return _paper(b, rng)
