// Writes a made archive as JSON lines, one article a line, as `warraq import articles` takes them. The same arguments give
// the same bytes. Articles have some 450 words in eight paragraphs, one of 30 authors, one of 20 sections and five of
// 2,000 tags; two comments on average, the newest article 40.
//
//   node bench/corpus.mjs COUNT > articles.jsonl
import { once } from "node:events";

const count = Number(process.argv[2] ?? 10_000);

/** Mulberry32, a small generator of numbers that look like chance. */
const generator = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

const STEMS = `تعاون صين طاقة تجارة مدينة باحث طريق مشروع جامعة ميناء قطار مصنع شركة وزارة اتفاق زيارة لقاء مؤتمر اقتصاد سياسة
ثقافة علوم فضاء بحر نهر جسر مطار سوق عملة مصرف قرض استثمار صناعة زراعة ماء هواء مناخ صحة دواء لقاح تعليم لغة كتاب فيلم متحف
تاريخ حرير حزام قمة بيان رسالة خبر صحيفة موقع كاتب قارئ محرر سؤال جواب رأي فكرة خطة هدف نتيجة تقرير دراسة إحصاء نسبة عدد عام`
  .split(/\s+/);
const BEFORE = ["", "", "", "ال", "ال", "وال", "بال", "لل", "و", "ب", "ل"];
const AFTER = ["", "", "", "", "ها", "هم", "ات", "ية"];

const words = (random, length) =>
  Array.from({ length }, () => {
    const pick = (list) => list[Math.floor(random() ** 1.7 * list.length)];
    return BEFORE[Math.floor(random() * BEFORE.length)] + pick(STEMS) + AFTER[Math.floor(random() * AFTER.length)];
  }).join(" ");

const article = (id) => {
  const random = generator(id);
  const number = (below) => Math.floor(random() * below);
  const end = Date.UTC(2026, 5, 30, 18);
  const date = new Date(end - (count - id) * 8 * 60_000).toISOString();
  const comments = id === count ? 40 : number(5);
  return {
    id,
    guid: `urn:bench:${id}`,
    title: `${words(random, 8)} ${id}`,
    slug: `story-${id}`,
    date,
    excerpt: words(random, 25),
    author: { login: `author${id % 30}`, name: `كاتب ${id % 30}` },
    categories: [{ name: `قسم ${id % 20}`, slug: `section-${id % 20}` }],
    tags: Array.from({ length: 5 }, () => number(2000)).map((tag) => ({ name: `وسم ${tag}`, slug: `tag-${tag}` })),
    paragraphs: Array.from({ length: 8 }, () => `${words(random, 55)}.`),
    comments: Array.from({ length: comments }, (_, place) => ({
      id: place + 1,
      parent: place % 3 === 2 ? place : 0,
      author: "قارئة",
      email: `reader${id}.${place}@example.org`,
      date,
      text: `${words(random, 25)}.`,
    })),
  };
};

for (let id = 1; id <= count; id += 1) {
  if (!process.stdout.write(`${JSON.stringify(article(id))}\n`)) await once(process.stdout, "drain");
}
