#!/usr/bin/env python3
"""Checks that the demonstration publication is whole: run it after editing `articles.jsonl` or the pictures.

Prints one line for each fault, then a summary; the exit status is 1 if there was a fault.
"""

import json
import re
import sys
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
KINDS = {"own", "wire", "translation", "opinion", "sponsored"}
ROLES = {"writer", "translator", "editor", "photographer", "correspondent"}
TAGS = set("p h2 h3 blockquote cite ul ol li table caption thead tbody tr th td em strong span bdi".split())
LARGEST_PICTURE = 200_000


class Balance(HTMLParser):
    """Notes tags that are unknown, left open or closed out of turn."""

    def __init__(self):
        super().__init__()
        self.open, self.faults = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.faults.append(f"unexpected <{tag}>")
        self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def check(articles):
    faults = []

    def fault(article, text):
        faults.append(f"article {article.get('id')}: {text}")

    ids = [a["id"] for a in articles]
    faults += [f"id {i} is used {n} times" for i, n in Counter(ids).items() if n > 1]
    faults += [f"slug {s} is used {n} times" for s, n in Counter(a["slug"] for a in articles).items() if n > 1]
    slots = Counter(a["slot"] for a in articles if "slot" in a)
    faults += [f"slot {s} is used {n} times" for s, n in slots.items() if n > 1]
    sections = {c["slug"]: c["name"] for a in articles for c in a.get("categories", [])}
    comment_ids, addresses = set(), {}

    for a in articles:
        published = datetime.fromisoformat(a["date"])
        if published.tzinfo is None:
            fault(a, "its date has no offset")
        if a["kind"] not in KINDS:
            fault(a, f"unknown kind {a['kind']}")
        if a["kind"] in {"wire", "sponsored", "translation"} and not a.get("source"):
            fault(a, f"{a['kind']} copy needs a source")
        if a["slug"] != a["slug"].strip("-") or re.search(r"[^\w-]|--", a["slug"]):
            fault(a, "its slug holds something that is neither letter, digit nor single hyphen")
        if not 1 <= a.get("slot", 1) <= 5:
            fault(a, "its slot is outside 1 to 5")
        if "translation_of" in a and (a["translation_of"] not in ids or a["translation_of"] == a["id"]):
            fault(a, "it translates an article that is not there")
        for byline in a.get("bylines", []):
            if byline["role"] not in ROLES:
                fault(a, f"unknown role {byline['role']}")
        for category in a.get("categories", []):
            if sections[category["slug"]] != category["name"]:
                fault(a, f"section {category['slug']} has two names")
            if category.get("parent", category["slug"]) not in sections:
                fault(a, f"section {category['slug']} lies in a section that no article names")
        if a["type"] == "article" and not (a.get("categories") and a.get("tags") and a.get("standfirst")):
            fault(a, "an article needs a section, tags and a standfirst")
        picture = a.get("lead_picture")
        if picture:
            file = HERE / picture["file"]
            if not file.is_file():
                fault(a, f"{picture['file']} is missing")
            elif file.stat().st_size > LARGEST_PICTURE:
                fault(a, f"{picture['file']} is larger than {LARGEST_PICTURE} bytes")
            if not picture.get("alt") or not picture.get("credit"):
                fault(a, "its picture needs alternative text and a credit")
        balance = Balance()
        balance.feed(a["body"])
        for text in balance.faults + [f"<{tag}> is left open" for tag in balance.open]:
            fault(a, text)
        for correction in a.get("corrections", []):
            if correction["kind"] not in {"correction", "update", "clarification"}:
                fault(a, f"unknown correction {correction['kind']}")
            if datetime.fromisoformat(correction["date"]) < published:
                fault(a, "it is corrected before it is published")
        seen, last = set(), published
        for comment in a.get("comments", []):
            if comment["id"] in comment_ids:
                fault(a, f"comment {comment['id']} is there twice")
            if comment.get("parent") is not None and comment["parent"] not in seen:
                fault(a, f"comment {comment['id']} answers one that does not come before it")
            written = datetime.fromisoformat(comment["date"])
            if written < last:
                fault(a, f"comment {comment['id']} is out of order")
            last = written
            if not re.fullmatch(r"[a-z.]+@example\.(org|com)", comment["email"]):
                fault(a, f"comment {comment['id']} has an address outside the example domains")
            if addresses.setdefault(comment["email"], comment["author"]) != comment["author"]:
                fault(a, f"{comment['email']} belongs to two people")
            seen.add(comment["id"])
            comment_ids.add(comment["id"])
        if re.search("[\ufb50-\ufdff\ufe70-\ufeff]", json.dumps(a, ensure_ascii=False)):
            fault(a, "it holds Arabic presentation forms")
    return faults


def main():
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    faults = check(articles)
    print("\n".join(faults), end="\n" if faults else "")
    tags = {t["slug"] for a in articles for t in a.get("tags", [])}
    people = {b["slug"] for a in articles for b in a.get("bylines", [])}
    sections = {c["slug"] for a in articles for c in a.get("categories", [])}
    comments = sum(len(a.get("comments", [])) for a in articles)
    pages = sum(a["type"] == "page" for a in articles)
    print(
        f"{len(articles) - pages} articles, {pages} pages, {len(sections)} sections, {len(tags)} tags, {len(people)}"
        f" people, {comments} comments, {len(faults)} faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
