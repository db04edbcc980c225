"""Portraits of the fictional makers, each at work. Drawn flat, so that nobody takes one for a photograph."""

import numpy as np

from shop.demo.art.figure import Board, Person, arm, head, shade, torso
from shop.demo.art.studio import noise

GOLD, MAROON, DEEP, WOOD, DARKWOOD, STRAW = (
    (200, 150, 58),
    (107, 18, 32),
    (69, 10, 21),
    (139, 98, 64),
    (98, 66, 42),
    (220, 190, 128),
)
STEEL, SEA, CREAM = (150, 158, 166), (20, 81, 79), (243, 234, 216)


def begin(rng, params):
    p = Person(rng, params["gender"])
    b = Board(colour=p.wall)
    b.oval(400, 380, 330, 330, shade(p.wall, 1.45))
    return b, p


def end(b, rng):
    b.rect(0, 778, 800, 800, MAROON)
    b.tumpal(778, 24, 40, MAROON)
    img = b.picture()
    h, w = img.shape[:2]
    return np.clip(img * (1 + 0.010 * noise(h, w, 3, rng))[..., None], 0, 1)


def weaver(rng, params):
    b, p = begin(rng, params)
    for x in (70, 706):
        b.rect(x, 90, x + 24, 780, DARKWOOD)
    b.rect(50, 96, 750, 122, WOOD)
    for x in range(150, 660, 12):
        b.line([(x, 122), (x * 0.9 + 40, 600)], 1.6, shade(GOLD, 1.2))
    torso(b, p, 400, 250)
    head(b, p, 400, 262)
    b.rect(110, 560, 690, 590, WOOD)
    b.rect(110, 590, 690, 598, DARKWOOD)
    b.rect(150, 598, 650, 780, shade(p.accent, 0.8))
    for k in range(13):
        x = 160 + 38 * k
        b.poly([(x, 690), (x + 17, 636), (x + 34, 690)], GOLD)
        b.poly([(x + 9, 686), (x + 17, 660), (x + 25, 686)], shade(p.accent, 0.8))
    for y in (616, 702, 712):
        b.rect(150, y, 650, y + 5, GOLD)
    for x in range(176, 650, 44):
        b.poly([(x, 730), (x + 10, 742), (x, 754), (x - 10, 742)], GOLD)
    arm(b, p, (285, 420), (210, 520), (270, 566))
    arm(b, p, (515, 420), (590, 520), (530, 566))
    b.line([(300, 545), (430, 552)], 15, shade(WOOD, 1.2))
    return end(b, rng)


def dyer(rng, params):
    b, p = begin(rng, params)
    b.rect(40, 120, 760, 136, WOOD)
    for i, tone in enumerate((MAROON, (146, 34, 42), GOLD, SEA, (71, 36, 79))):
        x = 84 + i * 150
        if 250 < x < 560:
            continue
        b.blob([(x, 128), (x + 60, 128), (x + 68, 300), (x + 30, 360), (x - 8, 300)], tone)
        for k in range(4):
            b.arc([(x + 8 + 14 * k, 140), (x + 6 + 15 * k, 250), (x + 18 + 8 * k, 340)], 3, shade(tone, 0.72))
    torso(b, p, 400, 240)
    head(b, p, 400, 252)
    b.blob([(170, 600), (630, 600), (610, 800), (190, 800)], STEEL)
    b.oval(400, 602, 230, 46, shade(STEEL, 0.7))
    b.oval(400, 606, 214, 38, MAROON)
    arm(b, p, (285, 420), (230, 520), (330, 560))
    arm(b, p, (515, 420), (570, 520), (470, 560))
    b.line([(290, 556), (510, 556)], 12, WOOD)
    b.blob([(340, 556), (460, 556), (470, 616), (400, 628), (330, 616)], (146, 34, 42))
    for k in range(6):
        b.arc([(352 + 20 * k, 560), (350 + 20 * k, 590), (356 + 17 * k, 618)], 3, DEEP)
    return end(b, rng)


def seamstress(rng, params):
    b, p = begin(rng, params)
    torso(b, p, 400, 236)
    head(b, p, 400, 248)
    b.rect(0, 610, 800, 800, WOOD)
    b.rect(0, 610, 800, 620, shade(WOOD, 1.25))
    b.poly([(130, 628), (600, 616), (690, 760), (90, 780)], p.accent)
    for k in range(10):
        x = 130 + 50 * k
        b.poly([(x, 742), (x + 22, 690), (x + 44, 740)], GOLD)
    b.line([(110, 752), (676, 736)], 5, GOLD)
    arm(b, p, (285, 410), (220, 530), (310, 620))
    arm(b, p, (515, 410), (585, 520), (500, 610))
    b.line([(500, 616), (420, 660)], 8, STEEL)
    b.line([(500, 610), (430, 640)], 8, shade(STEEL, 0.8))
    for y in (606, 628):
        b.hoop(516, y, 16, 14, 7, INKED)
    b.rect(620, 560, 700, 612, CREAM)
    for i in range(5):
        b.rect(624, 566 + i * 9, 696, 570 + i * 9, (MAROON, GOLD, SEA, MAROON, GOLD)[i])
    return end(b, rng)


INKED = (60, 48, 44)


def caster(rng, params):
    b, p = begin(rng, params)
    b.rect(560, 330, 760, 640, (120, 74, 54))
    for j in range(5):
        for i in range(3):
            b.rect(566 + i * 66 - (j % 2) * 20, 338 + j * 60, 622 + i * 66 - (j % 2) * 20, 390 + j * 60, (142, 90, 66))
    b.blob([(610, 560), (610, 470), (660, 430), (712, 470), (712, 560)], (46, 26, 20))
    b.blob([(630, 556), (640, 500), (662, 462), (684, 500), (694, 556)], (226, 126, 46))
    b.blob([(646, 556), (652, 520), (664, 496), (676, 522), (680, 556)], (250, 204, 110))
    torso(b, p, 360, 240)
    b.blob([(285, 420), (435, 420), (470, 700), (250, 700)], (96, 74, 58))
    head(b, p, 360, 252)
    b.rect(0, 630, 800, 800, WOOD)
    b.rect(0, 630, 800, 641, shade(WOOD, 1.25))
    b.poly([(190, 600), (400, 600), (410, 690), (180, 690)], (176, 142, 98))
    b.rect(180, 636, 410, 644, (130, 100, 66))
    b.oval(295, 602, 34, 9, (70, 52, 40))
    arm(b, p, (475, 410), (560, 500), (470, 545))
    arm(b, p, (245, 410), (170, 520), (205, 610))
    b.line([(480, 545), (372, 540)], 9, INKED)
    b.blob([(300, 522), (384, 522), (372, 566), (312, 560)], shade(STEEL, 0.7))
    b.arc([(304, 530), (294, 560), (295, 602)], 9, (226, 230, 234))
    for i, x in enumerate((540, 610, 690)):
        b.blob(
            [
                (x - 20, 640),
                (x - 24, 600 - 8 * i),
                (x - 9, 570 - 12 * i),
                (x + 9, 570 - 12 * i),
                (x + 24, 600 - 8 * i),
                (x + 20, 640),
            ],
            STEEL,
        )
        b.arc([(x - 12, 632), (x - 14, 604), (x - 4, 582 - 8 * i)], 5, (220, 225, 230))
    return end(b, rng)


def modelmaker(rng, params):
    b, p = begin(rng, params)
    b.rect(70, 130, 230, 330, (196, 222, 220))
    b.rect(70, 250, 230, 330, (64, 128, 132))
    for r in ((62, 122, 238, 132), (62, 328, 238, 338), (62, 122, 72, 338), (228, 122, 238, 338), (145, 130, 153, 330)):
        b.rect(*r, DARKWOOD)
    torso(b, p, 400, 240)
    head(b, p, 400, 252)
    b.rect(0, 640, 800, 800, WOOD)
    b.rect(0, 640, 800, 651, shade(WOOD, 1.25))
    b.blob([(250, 575), (400, 598), (560, 568), (530, 628), (400, 646), (290, 632)], STEEL)
    for k in range(3):
        b.arc([(268 + 8 * k, 592 + 14 * k), (400, 612 + 12 * k), (540 - 8 * k, 588 + 14 * k)], 2.5, shade(STEEL, 0.66))
    for x, top in ((350, 440), (450, 460)):
        b.line([(x, top), (x, 600)], 6, INKED)
        for y0, y1, wide in ((top + 8, top + 56, 34), (top + 64, top + 120, 44)):
            b.blob(
                [
                    (x - wide, y0),
                    (x + wide, y0),
                    (x + wide * 1.15, (y0 + y1) / 2),
                    (x + wide, y1),
                    (x - wide, y1),
                    (x - wide * 0.8, (y0 + y1) / 2),
                ],
                (222, 226, 230),
            )
    b.line([(250, 575), (350, 442), (450, 462), (560, 568)], 2, INKED)
    arm(b, p, (285, 410), (200, 520), (262, 560))
    arm(b, p, (515, 410), (600, 520), (545, 548))
    b.line([(545, 548), (478, 520)], 5, GOLD)
    return end(b, rng)


def stonecutter(rng, params):
    b, p = begin(rng, params)
    torso(b, p, 370, 240)
    head(b, p, 370, 252)
    b.rect(0, 650, 800, 800, WOOD)
    b.rect(0, 650, 800, 661, shade(WOOD, 1.25))
    b.oval(560, 560, 112, 112, (112, 108, 104))
    b.oval(560, 560, 96, 96, (160, 154, 146))
    b.oval(560, 560, 22, 22, INKED)
    b.poly([(490, 660), (530, 560), (590, 560), (630, 660)], DARKWOOD)
    arm(b, p, (255, 410), (220, 540), (380, 560))
    arm(b, p, (485, 410), (500, 500), (440, 540))
    b.oval(436, 560, 27, 22, (24, 20, 18))
    b.oval(428, 553, 7, 5, (210, 214, 218))
    for k in range(5):
        b.line([(456 - 3 * k, 590 + 9 * k), (446 - 12 * k, 602 + 12 * k)], 2.5, GOLD)
    for i in range(5):
        b.oval(120 + 44 * i, 640 - 3 * (i % 2), 20, 15, (30, 26, 24))
        b.oval(114 + 44 * i, 635 - 3 * (i % 2), 5, 3, (190, 194, 198))
    return end(b, rng)


def _woven(b, x0, y0, nx, ny, step, tones, slant=0.0):
    for j in range(ny):
        for i in range(nx):
            tone = tones[((i + j) % 4 < 2) * 1 if (i // 4 + j // 4) % 3 else 2]
            x, y = x0 + i * step + slant * j * step, y0 + j * step * 0.62
            b.poly(
                [
                    (x, y),
                    (x + step - 1.5, y),
                    (x + step - 1.5 + slant * step, y + step * 0.62 - 1.5),
                    (x + slant * step, y + step * 0.62 - 1.5),
                ],
                tone,
            )


def plaiter(rng, params):
    b, p = begin(rng, params)
    b.rect(0, 640, 800, 800, shade(p.wall, 0.86))
    torso(b, p, 400, 236, 150, 300)
    b.blob([(180, 660), (260, 590), (400, 612), (540, 590), (620, 660), (560, 716), (240, 716)], p.accent)
    head(b, p, 400, 248)
    _woven(b, 232, 636, 20, 12, 19, (STRAW, (178, 132, 74), (148, 48, 31)), -0.16)
    for k in range(9):
        b.arc(
            [(596 + 3 * k, 650 + 9 * k), (660 + 4 * k, 640 + 8 * k), (740, 610 + 20 * k)],
            6,
            (STRAW, (178, 132, 74))[k % 2],
        )
    arm(b, p, (285, 410), (215, 540), (320, 640))
    arm(b, p, (515, 410), (590, 540), (490, 646))
    b.blob([(60, 700), (70, 590), (170, 590), (180, 700)], STRAW)
    for j in range(6):
        b.line([(64 + j * 1.5, 606 + j * 17), (176 - j * 1.5, 606 + j * 17)], 4, (178, 132, 74))
    b.arc([(80, 592), (120, 520), (160, 592)], 8, (148, 98, 54))
    return end(b, rng)


def batikmaker(rng, params):
    b, p = begin(rng, params)
    torso(b, p, 470, 240)
    head(b, p, 470, 252)
    for x in (110, 420):
        b.rect(x, 470, x + 16, 790, DARKWOOD)
    b.rect(80, 466, 470, 484, WOOD)
    tone = (36, 64, 108) if p.shirt != (36, 64, 108) else (148, 64, 44)
    b.blob([(104, 470), (440, 470), (446, 600), (438, 772), (270, 782), (98, 772), (104, 600)], tone)
    for j in range(4):
        for i in range(4):
            x, y = 146 + i * 78 + (j % 2) * 36, 520 + j * 66
            if x < 420:
                for k in range(5):
                    a = 2 * np.pi * k / 5 + i
                    b.oval(x + 14 * np.cos(a), y + 14 * np.sin(a), 10, 10, CREAM)
                b.oval(x, y, 7, 7, tone)
    for x in range(120, 440, 24):
        b.oval(x, 490, 2.5, 2.5, CREAM)
    arm(b, p, (355, 420), (300, 540), (392, 560))
    arm(b, p, (585, 420), (600, 560), (452, 545))
    b.line([(452, 545), (372, 520)], 6, (178, 132, 74))
    b.oval(364, 518, 11, 8, (184, 110, 60))
    b.line([(356, 522), (344, 532)], 3, (184, 110, 60))
    b.blob([(600, 700), (720, 700), (712, 790), (608, 790)], (92, 60, 44))
    b.oval(660, 700, 74, 18, INKED)
    b.oval(660, 702, 62, 12, (150, 92, 42))
    for k in (0, 1):
        b.arc([(640 + 40 * k, 680), (630 + 40 * k, 650), (648 + 40 * k, 620)], 5, shade(p.wall, 0.84))
    return end(b, rng)


def capmaker(rng, params):
    b, p = begin(rng, params)
    torso(b, p, 400, 240)
    head(b, p, 400, 252)
    b.rect(0, 668, 800, 800, WOOD)
    b.rect(0, 668, 800, 679, shade(WOOD, 1.25))
    for i, (x, tone) in enumerate(((110, (98, 66, 42)), (690, (150, 106, 60)))):
        b.blob([(x - 74, 676), (x - 70, 610), (x - 50, 584), (x + 50, 584), (x + 70, 610), (x + 74, 676)], tone)
        for k in range(5):
            b.line([(x - 66, 612 + 14 * k), (x + 66, 612 + 14 * k)], 2.5, shade(tone, 0.72 + 0.1 * i))
    x, tone = 400, (178, 128, 70)
    b.blob([(x - 96, 650), (x - 92, 566), (x - 66, 534), (x + 66, 534), (x + 92, 566), (x + 96, 650), (x, 664)], tone)
    for k in range(8):
        y = 562 + 12 * k
        b.line([(x - 88, y), (x + 88, y)], 2, shade(tone, 0.7))
        for i in range(15):
            b.line(
                [(x - 84 + 12 * i + (k % 2) * 6, y), (x - 80 + 12 * i + (k % 2) * 6, y + 11)], 1.6, shade(tone, 0.78)
            )
    arm(b, p, (285, 410), (205, 540), (304, 600))
    arm(b, p, (515, 410), (600, 530), (492, 580))
    b.line([(492, 576), (430, 552)], 4, STEEL)
    b.arc([(430, 552), (470, 500), (560, 490), (600, 560)], 3, shade(tone, 0.7))
    return end(b, rng)


def knitter(rng, params):
    b, p = begin(rng, params)
    b.blob([(150, 330), (650, 330), (690, 800), (110, 800)], shade(p.accent, 0.92))
    b.blob([(190, 360), (610, 360), (640, 800), (160, 800)], p.accent)
    torso(b, p, 400, 240)
    head(b, p, 400, 252)
    yarn = p.scarf if p.woman else GOLD
    b.blob([(300, 570), (500, 570), (520, 700), (470, 752), (330, 752), (280, 700)], shade(yarn, 1.12))
    for j in range(8):
        for i in range(10):
            x, y = 300 + i * 21, 586 + j * 20
            b.line([(x, y), (x + 8, y + 12), (x + 16, y)], 4, shade(yarn, 0.80))
    arm(b, p, (285, 410), (205, 550), (330, 580))
    arm(b, p, (515, 410), (595, 550), (470, 580))
    b.line([(330, 580), (420, 548)], 7, WOOD)
    b.line([(470, 580), (384, 540)], 7, shade(WOOD, 0.8))
    b.arc([(470, 586), (580, 640), (560, 720), (650, 720)], 4, yarn)
    b.oval(672, 716, 54, 54, yarn)
    for k in range(4):
        b.arc([(626 + 10 * k, 690 + 12 * k), (672, 672 + 22 * k), (716 - 4 * k, 700 + 12 * k)], 3, shade(yarn, 0.76))
    return end(b, rng)
