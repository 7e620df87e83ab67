"""What each component shows, in both languages, and what the look promises."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from wendu.web.components import curve, formats, heat, inputs, marks, notes, rows

WEB = Path(formats.__file__).parent.parent
CSS = WEB / "static" / "wendu" / "css"
SPRITE = (WEB / "static" / "wendu" / "icons.svg").read_text("utf-8")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def because(points, words):
    return SimpleNamespace(points=points, words=words)


def test_a_reading_is_a_number_a_word_and_an_icon():
    shown = heat.reading(61.5, "hot")

    assert "62°" in shown
    assert "hot" in shown
    assert "#i-flame" in shown


def test_nobody_contacted_yet_is_said_in_words_and_not_as_zero():
    for shown in (heat.reading(None, ""), heat.temp(None, ""), heat.why(None, "", [])):
        assert "not contacted yet" in shown
        assert "0°" not in shown


def test_a_reading_opens_its_reasons_without_a_script():
    shown = heat.why(62, "hot", [because("57", "heat left"), because("−17.4", "silence")], note="sum", url="/why/")

    assert "<details" in shown
    assert "heat left" in shown
    assert 'class="minus">−17.4' in shown
    assert 'href="/why/"' in shown


@pytest.mark.parametrize(
    "change,arrow,words",
    [(27, "trending-up", "up 27"), (-8, "trending-down", "down 8"), (0, "arrow-right", "same"), (None, None, None)],
)
def test_the_change_of_seven_days_is_an_arrow_and_a_sentence(change, arrow, words):
    shown = heat.temp(62, "hot", change=change)

    assert (arrow is None and 'class="d"' not in shown) or (arrow in shown and words in shown)


def test_the_thermometer_hatches_only_what_a_touch_would_add():
    assert "--from:62" in heat.thermo(74, "hot", start=62)
    assert "--from" not in heat.thermo(62, "hot", start=62)
    assert "--from" not in heat.thermo(62, "hot")


def test_class_a_sits_top_right_on_every_badge():
    lit = {letter: re.search(r'class="on" x="([\d.]+)" y="([\d.]+)"', marks.quad(letter)).groups() for letter in "ABCD"}

    assert lit["A"] == ("8.5", "1.5")
    assert lit["B"] == ("1.5", "1.5")
    assert lit["C"] == ("8.5", "8.5")
    assert lit["D"] == ("1.5", "8.5")


def test_old_evidence_and_no_class_are_told_apart():
    assert "is-stale" in marks.quad("B", stale=True)
    assert "60 days" in marks.quad("B", stale=True)
    assert "unclassified" in marks.quad("unclassified")


@pytest.mark.parametrize(
    "left,css,words",
    [
        (31, "window", "31 days left"),
        (8, "window", "8 days left"),
        (7, "window soon", "7 days left"),
        (1, "window soon", "1 day left"),
        (0, "window soon", "ends today"),
        (-5, "window over", "5 days over"),
    ],
)
def test_a_window_says_how_many_days_are_left(left, css, words):
    shown = marks.window(left, 50)

    assert f'class="{css}"' in shown
    assert words in shown


def test_no_window_shows_nothing():
    assert marks.window(None) == ""


def test_trust_of_exactly_sixty_does_not_pass():
    assert "below" in marks.trust(60)
    assert "below" not in marks.trust(61)
    assert "unknown" in marks.trust(None)
    assert "--v" not in marks.trust(None)


def test_an_alert_of_zero_stays_and_does_not_glow():
    item = SimpleNamespace(label="Strike", icon="campfire", count=0, hint="", url="?a", current=False, hot=True)

    shown = rows.alerts([item])

    assert "num zero" in shown
    assert "hot" not in shown
    assert 'href="?a"' in shown


def test_texts_of_people_are_escaped_everywhere():
    evil = "<script>alert(1)</script>"

    shown = [
        rows.whydo(evil, evil, strong=evil, when=evil),
        rows.check("met", evil),
        heat.reason_list([because(evil, evil)]),
        marks.avatar(evil),
        notes.toast(evil, undo_url=evil),
        notes.empty(evil, evil, url=evil, label=evil),
        inputs.chip("n", evil, evil),
        inputs.seg_links([(evil, evil, True)], evil),
    ]

    assert not any("<script" in each for each in shown)


class Choice(forms.Form):
    kind = forms.ChoiceField(choices=[("call", "Call"), ("visit", "Visit")], widget=forms.RadioSelect, initial="visit")
    who = forms.MultipleChoiceField(choices=[("1", "Gu")], widget=forms.CheckboxSelectMultiple)
    on = forms.DateField(help_text="A day.")


def test_chips_are_real_radio_buttons_with_keys():
    shown = inputs.chips(Choice()["kind"], icons={"call": "phone"}, keys=True)

    assert shown.count('type="radio"') == 2
    assert 'data-key="1"' in shown
    assert re.search(r'value="visit"[^>]* checked', shown)
    assert "#i-phone" in shown


def test_chips_of_many_are_boxes():
    assert 'type="checkbox"' in inputs.chips(Choice()["who"], faces=True)


def test_a_date_box_gets_the_only_format_a_browser_reads_and_its_hint():
    shown = inputs.control(Choice(initial={"on": date(2026, 12, 2)})["on"], {"data_key": "x"})

    assert 'value="2026-12-02"' in shown
    assert 'type="date"' in shown
    assert 'aria-describedby="id_on-help"' in shown
    assert 'data-key="x"' in shown


def test_a_wrong_field_says_so_to_a_screen_reader():
    shown = inputs.control(Choice({})["on"], {})

    assert 'aria-invalid="true"' in shown
    assert "id_on-err" in shown


def test_undo_is_a_form_so_it_works_without_a_script():
    shown = notes.toast("Saved", undo_url="/undo/", token="t")

    assert 'method="post"' in shown
    assert "data-undo" in shown
    assert "data-undo" not in notes.toast("Saved")


def a_curve(**changes):
    point = [
        SimpleNamespace(on=date(2026, 9, 1), value=20.0, band="cool"),
        SimpleNamespace(on=date(2026, 9, 20), value=12.0, band="cold"),
        SimpleNamespace(on=date(2026, 9, 20), value=42.0, band="warm"),
        SimpleNamespace(on=date(2026, 11, 26), value=62.0, band="hot"),
    ]
    touch = SimpleNamespace(on=date(2026, 9, 20), before=12.0, after=42.0, advance=True, words="Visit")
    gap = SimpleNamespace(start=date(2026, 10, 1), end=date(2026, 11, 1), days=31)
    drawn = {"points": point, "touches": [touch], "gaps": [gap], "stops": [], **changes}
    return SimpleNamespace(**drawn)


def test_a_curve_is_a_drawing_a_sentence_and_a_table():
    shown = curve.curve(a_curve())

    assert shown.count("<svg viewBox") == 2
    assert "86 days: 20° at first, 62° now, highest 62°, lowest 12°" in shown
    assert "<table" in shown
    assert "wood adv" in shown
    assert "31 days silent" in shown
    assert ">Oct<" in shown


def test_a_stopped_period_is_hatched_and_names_its_reason():
    stop = SimpleNamespace(start=date(2026, 9, 3), end=date(2026, 9, 19), words="Overhaul")

    shown = curve.curve(a_curve(stops=[stop]))

    assert "Overhaul" in shown
    assert 'fill="url(#stop-wide)"' in shown


def test_a_curve_of_a_single_day_or_of_nothing_still_draws():
    day = SimpleNamespace(on=date(2026, 9, 1), value=100.0, band="boil")

    assert "100°" in curve.curve(a_curve(points=[day], touches=[], gaps=[]))
    assert "nothing to draw" in curve.curve(a_curve(points=[], touches=[], gaps=[]))


@pytest.mark.parametrize(("value", "anchor"), [(100.0, "start"), (92.0, "start"), (79.0, "start"), (62.0, "end")])
def test_the_word_at_the_strike_line_leaves_room_for_the_degrees_at_its_end(value, anchor):
    days = [SimpleNamespace(on=date(2026, 9, number), value=value, band="hot") for number in (1, 20)]

    shown = str(curve.curve(a_curve(points=days, touches=[], gaps=[])))

    words = re.findall(r'class="strike-word"[^>]*text-anchor="(\w+)"', shown)
    assert words == [anchor, anchor]


def test_points_outside_the_scale_stay_on_the_paper():
    frame = curve.Frame("wide", 876, 236, date(2026, 9, 1), 10)

    assert frame.y(140) == frame.y(100)
    assert frame.x(date(2027, 9, 1)) == frame.end


def test_days_and_unknown_money_are_shown_as_people_write_them():
    assert ">11-26 Thu</time>" in formats.day(date(2026, 11, 26), plan=True)
    assert ">2026-11-26</time>" in formats.day(date(2026, 11, 26), year=True)
    assert formats.day(None) == ""
    assert "unknown" in formats.money(None)
    assert "0" not in formats.money(None)


def test_every_tag_can_be_used_from_a_template():
    page = "{% load ui %}{% icon 'sun' %}{% quad 'A' words=True %}{% window 5 83 %}{% trust 72 %}{{ 'hot'|band_word }}"

    shown = Template(page).render(Context())

    assert "strong will, strong need" in shown
    assert "5 days left" in shown


def test_every_icon_that_is_named_is_in_the_sprite():
    pages = "".join(path.read_text("utf-8") for path in WEB.rglob("*.html"))
    code = "".join(path.read_text("utf-8") for path in (WEB / "components").glob("*.py"))
    named = {*re.findall(r"""{% icon ["']([a-z0-9-]+)""", pages), *re.findall(r'icon\("([a-z0-9-]+)"', code)}
    named |= {*heat.ICONS.values(), *(name for _css, name in rows.CHECKS.values())}

    missing = {name for name in named if f'id="i-{name}"' not in SPRITE}

    assert missing == set()


def test_only_the_tokens_hold_colours_and_fonts():
    for sheet in CSS.glob("*.css"):
        if sheet.name != "tokens.css":
            text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|oklch\(", text), sheet.name
            assert not re.search(r"font-size: [1-9]|font-family", text), sheet.name


def test_night_by_choice_and_night_by_system_are_the_same_night():
    tokens = (CSS / "tokens.css").read_text("utf-8")
    chosen = re.search(r'\n\[data-theme="dark"\] \{(.*?)\n\}', tokens, re.DOTALL).group(1)
    system = re.search(r":root:not\(\[data-theme\]\) \{(.*?)\n  \}", tokens, re.DOTALL).group(1)

    assert [line.strip() for line in chosen.splitlines()] == [line.strip() for line in system.splitlines()]


def colours(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def contrast(one, other):
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [r":root", r'\[data-theme="dark"\]'])
def test_text_can_be_read_on_every_ground_by_day_and_by_night(theme):
    tokens = (CSS / "tokens.css").read_text("utf-8")
    found = colours(re.search(rf"\n{theme} \{{(.*?)\n\}}", tokens, re.DOTALL).group(1))
    pairs = [(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "paper-2", "sheet")]
    pairs += [(f"t-{band}-ink", f"t-{band}-tint") for band in heat.ICONS]
    pairs += [(name, f"{name}-tint") for name in ("ok", "wait", "risk", "note")]
    pairs += [("on-ink", "ink"), ("on-ember", "ember"), ("ember-ink", "sheet"), ("risk", "sheet"), ("ok", "sheet")]

    weak = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2) for pair in pairs}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_no_template_carries_a_script_or_a_style_that_is_no_variable():
    for page in WEB.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r"<script|<style|\son[a-z]+=|hx-on", text), page.name
        if page.parent.name != "letters":  # mail programmes know no stylesheet; the policy is about pages
            assert all(style.startswith("--") for style in re.findall(r'style="([^"]*)"', text)), page.name
        assert len(text.splitlines()) <= 40, page.name
