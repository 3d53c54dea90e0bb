// Every part of docs/newsroom-look.md on one page, in two languages.

const WORDS = {
  ar: {
    site: "ورّاق", search: "ابحث في المواد", me: "ليان الزعفراني", out: "خروج", nav: "غرفة الأخبار", stories: "المواد", wire: "الوكالات", comments: "التعليقات", library: "الصور", settings: "الإعدادات", manage: "إدارة",
    title: "المواد", note: "كل ما في المكتب، من الفكرة إلى النشر.", create: "مادة جديدة", all: "الكل", drafts: "المسودات", mine: "موادي", words: "كلمات", section: "القسم", any: "الكل", apply: "طبّق",
    select: "حدّد الكل", headline: "العنوان", state: "الحالة", author: "الكاتب", date: "التاريخ", count: "الكلمات", edit: "حرّر", withdraw: "اسحب", sure: "أتسحب هذه المادة؟ يرى القرّاء أنها سُحبت.",
    h1: "كأس الشاي التي سلكت طريقين", h2: "Huawei تفتح مركزًا في الرياض", h3: "موانئ الحرير", draft: "مسودة", scheduled: "مجدولة", published: "منشورة", withdrawn: "مسحوبة", held: "معلّق", spam: "مزعج",
    newer: "الأحدث", older: "الأقدم", page: "1–3 من 12", good: "نُشرت المادة.", bad: "لم تُحفظ المادة: اكتب عنوانًا.", info: "يحرّر سالم هذه المادة الآن.", emptyTitle: "لا وكالات بعد", emptyText: "أضف مصدرًا، فتصل مواده إلى هنا كل ربع ساعة، وتأخذ منها ما تشاء بمفتاح واحد.", add: "أضف مصدرًا",
    name: "الاسم", hint: "كما يُكتب تحت المادة.", error: "اكتب اسمًا.", kind: "نوع المادة", own: "خاص", wireKind: "وكالات", tags: "وسوم", tea: "شاي", remove: "أزل شاي", language: "اللغة",
    before: "قبل", after: "بعد", month: "نوفمبر 2026", days: ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"], pictures: "الصور", alt: "ميناء عند الغروب", lacks: "بلا وصف", focus: "نقطة التركيز", fromLeft: "من اليسار، بالمئة", fromTop: "من الأعلى، بالمئة",
    more: "المزيد", copy: "انسخ", history: "الإصدارات", order: "الصفحة الأولى", up: "ارفع", down: "أنزل", files: "اختر صورًا", drag: "أو اسحبها إلى هنا.", send: "ارفع", about: "عن المادة", source: "المصدر", own2: "خاص بنا", confirmYes: "اسحبها", approve: "أجز",
  },
  en: {
    site: "Warraq", search: "Search the stories", me: "Layan Zaafarani", out: "Sign out", nav: "Newsroom", stories: "Stories", wire: "Wire", comments: "Comments", library: "Pictures", settings: "Settings", manage: "Manage",
    title: "Stories", note: "All that is on the desk, from idea to publication.", create: "New story", all: "All", drafts: "Drafts", mine: "Mine", words: "Words", section: "Section", any: "All", apply: "Apply",
    select: "Select all", headline: "Headline", state: "State", author: "Author", date: "Date", count: "Words", edit: "Edit", withdraw: "Withdraw", sure: "Withdraw this story? Readers will see that it was.",
    h1: "The cup that took two roads", h2: "Huawei opens a centre in Riyadh", h3: "Ports of silk", draft: "draft", scheduled: "scheduled", published: "published", withdrawn: "withdrawn", held: "held", spam: "spam",
    newer: "Newer", older: "Older", page: "1–3 of 12", good: "The story is published.", bad: "The story was not saved: write a headline.", info: "Salim is editing this story.", emptyTitle: "No wires yet", emptyText: "Add a source, and its stories arrive here every quarter of an hour; one key takes one in.", add: "Add a source",
    name: "Name", hint: "As it stands below a story.", error: "Write a name.", kind: "Kind of story", own: "Own", wireKind: "Wire", tags: "Tags", tea: "tea", remove: "Remove tea", language: "Language",
    before: "Before", after: "After", month: "November 2026", days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"], pictures: "Pictures", alt: "A port at dusk", lacks: "no description", focus: "Focal point", fromLeft: "From the left, per cent", fromTop: "From the top, per cent",
    more: "More", copy: "Copy", history: "Revisions", order: "Front page", up: "Up", down: "Down", files: "Choose pictures", drag: "or drag them here.", send: "Upload", about: "About the story", source: "Source", own2: "our own", confirmYes: "Withdraw it", approve: "Approve",
  },
};

export function look(ui) {
  const t = WORDS[ui];
  const row = (title, state, count) => `<tr><td class="rows__check"><input type="checkbox" name="id" value="${count}" aria-label="${title}"></td>` +
    `<th scope="row" class="rows__title"><a href="#story-${count}"><bdi>${title}</bdi></a></th><td data-label="${t.state}"><span class="state state--${state}">${t[state]}</span></td>` +
    `<td data-label="${t.author}"><bdi>${t.me}</bdi></td><td data-label="${t.date}"><time datetime="2026-11-20">20/11</time></td><td data-label="${t.count}" class="rows__number">${count}</td>` +
    `<td><div class="rows__acts"><a class="button button--small" href="#edit-${count}" data-key="e" data-key-name="${t.edit}">${t.edit}</a><button class="button button--small button--danger" name="do" value="withdraw-${count}" data-key="w" data-key-name="${t.withdraw}" data-confirm="${t.sure}" data-confirm-yes="${t.confirmYes}">${t.withdraw}</button></div></td></tr>`;
  const item = (name, value) => `<li><bdi>${name}</bdi><input type="hidden" name="order" value="${value}"><span class="order__acts"><button class="button button--small" name="move" value="${value}:up" data-move="up" aria-label="${t.up}: ${name}">↑</button><button class="button button--small" name="move" value="${value}:down" data-move="down" aria-label="${t.down}: ${name}">↓</button></span></li>`;
  const cell = (day, more = "") => `<td class="calendar__day${day === 23 ? " calendar__day--today" : ""}${more ? "" : " calendar__day--free"}"><p class="calendar__date"><time datetime="2026-11-${String(day).padStart(2, "0")}"><span class="calendar__number">${day}</span><span aria-hidden="true" class="calendar__name">${day}</span></time></p>${more}</td>`;
  return `
<div class="room">
<header class="room__bar"><p class="room__title"><a href="#home">${t.site}</a></p>
<form class="room__search" role="search" action="/look"><input type="search" name="q" aria-label="${t.search}" placeholder="${t.search}"></form>
<div class="room__who"><bdi>${t.me}</bdi><a href="#out">${t.out}</a></div></header>
<nav class="room__nav" aria-label="${t.nav}"><ul><li><a href="#1" aria-current="page">${t.stories}<span class="room__count">12</span></a></li><li><a href="#2">${t.wire}<span class="room__count">140</span></a></li><li><a href="#3">${t.comments}</a></li><li><a href="#4">${t.library}</a></li></ul><section><h2>${t.manage}</h2><ul><li><a href="#5">${t.settings}</a></li></ul></section></nav>
<main class="room__main" id="main" tabindex="-1">
<div class="page-head"><h1>${t.title}</h1><div class="page-head__actions"><a class="button button--primary" href="#new">${t.create}</a>
<details class="menu"><summary class="button">${t.more}</summary><div class="menu__list"><a href="#copy">${t.copy}</a><button type="button">${t.history}</button></div></details></div><p class="page-head__note">${t.note}</p></div>
<p class="notice notice--good" role="status">${t.good}</p>
<div class="notice notice--bad" role="alert"><p>${t.bad}</p><div class="notice__actions"><button class="button">${t.edit}</button></div></div>
<p class="notice notice--info">${t.info}</p>
<p class="notice notice--bad" id="session" data-session-ends="${new Date(Date.now() + 5 * 60_000 - 1000).toISOString()}" hidden></p>
<nav class="tabs" aria-label="${t.title}"><a href="#all" aria-current="page">${t.all} <span class="tabs__count">12</span></a><a href="#drafts">${t.drafts} <span class="tabs__count">3</span></a><a href="#mine">${t.mine}</a></nav>
<form class="filters" action="/look" data-autosubmit><label class="filters__words">${t.words}<input type="search" name="q"></label><label>${t.section}<select name="section" id="filter-section"><option value="">${t.any}</option><option value="1">${t.stories}</option></select></label><input type="hidden" name="ui" value="${ui}"><button class="button">${t.apply}</button></form>
<form id="list" method="post" action="/look?ui=${ui}"><div class="rows__bulk"><button class="button button--small" name="do" value="approve">${t.approve}</button><span data-selected></span></div>
<table class="rows" data-keys><thead><tr><th class="rows__check"><input type="checkbox" data-select-all aria-label="${t.select}"></th><th>${t.headline}</th><th>${t.state}</th><th>${t.author}</th><th>${t.date}</th><th>${t.count}</th><td></td></tr></thead>
<tbody>${row(t.h1, "published", 812)}${row(t.h2, "scheduled", 340)}${row(t.h3, "draft", 95)}</tbody></table></form>
<div class="pager"><a href="#newer" rel="prev">${t.newer}</a><span>${t.page}</span><a href="#older" rel="next">${t.older}</a></div>
<p>${["draft", "scheduled", "published", "withdrawn", "held", "spam"].map((state) => `<span class="state state--${state}">${t[state]}</span>`).join(" ")}</p>
<section class="empty"><h2>${t.emptyTitle}</h2><p>${t.emptyText}</p><a class="button button--primary" href="#add">${t.add}</a></section>
<form class="panel" method="post" action="/look"><h2>${t.about}</h2><div class="fields">
<div class="field"><label for="name">${t.name}</label><input id="name" name="name" dir="auto" aria-invalid="true" aria-describedby="name-hint name-error"><p class="field__hint" id="name-hint">${t.hint}</p><p class="field__error" id="name-error">${t.error}</p></div>
<div class="field"><label for="language">${t.language}</label><select id="language" name="language"><option>العربية</option><option>English</option></select></div>
<div class="field"><label for="tags">${t.tags}</label><div class="chips"><span class="chip"><bdi>${t.tea}</bdi><input type="hidden" name="tag" value="3"><button type="button" aria-label="${t.remove}">×</button></span></div><input id="tags" name="tags" dir="auto" data-complete="/tags?q=" data-name="tag" data-new="new_tag"></div>
<fieldset class="choices"><legend>${t.kind}</legend><label><input type="radio" name="kind" checked> ${t.own}</label><label><input type="radio" name="kind"> ${t.wireKind}</label></fieldset></div>
<dl><dt>${t.source}</dt><dd>${t.own2}</dd></dl>
<div class="form-foot"><button class="button button--primary">${t.apply}</button><button class="button" type="button" disabled>${t.copy}</button><button class="button button--danger" type="button">${t.withdraw}</button><button class="button button--quiet" type="button">${t.more}</button></div></form>
<section class="panel"><h2>${t.history}</h2><div class="diff"><section class="diff__side"><h3>${t.before}</h3><p dir="auto">${t.h1} <del>${t.draft}</del></p></section><section class="diff__side"><h3>${t.after}</h3><p dir="auto">${t.h1} <ins>${t.published}</ins></p></section></div></section>
<section class="panel"><table class="calendar"><caption>${t.month}</caption><thead><tr>${t.days.map((day) => `<th scope="col">${day}</th>`).join("")}</tr></thead><tbody><tr>${[22, 23, 24, 25, 26, 27, 28].map((day) => cell(day, day === 24 ? `<ul class="calendar__entries"><li class="calendar__entry calendar__entry--out"><a href="#c"><span class="state state--scheduled">${t.scheduled}</span> <bdi>${t.h2}</bdi></a></li></ul>` : "")).join("")}</tr></tbody></table></section>
<section class="panel"><h2>${t.pictures}</h2><ul class="grid"><li><label class="grid__item"><input type="checkbox"><img src="/media/one.png" alt="" width="800" height="500"><span>${t.alt}</span></label></li><li><label class="grid__item"><input type="checkbox"><img src="/media/two.png" alt="" width="640" height="640"><span class="grid__lacks">${t.lacks}</span></label></li></ul>
<div class="fields"><div><div class="focus-point" data-focus-point data-focus-x="focus-x" data-focus-y="focus-y"><img src="/media/one.png" alt="${t.alt}" width="400" height="150"></div></div><div class="field"><label for="focus-x">${t.fromLeft}</label><input id="focus-x" name="focus_x" type="number" min="0" max="100" value="30"><label for="focus-y">${t.fromTop}</label><input id="focus-y" name="focus_y" type="number" min="0" max="100" value="40"></div></div>
<form method="post" action="/newsroom/media/" enctype="multipart/form-data" data-upload><div class="drop"><label class="button" for="files">${t.files}</label><input type="file" id="files" name="file" multiple accept="image/*"><span>${t.drag}</span></div><button class="button">${t.send}</button></form></section>
<form class="panel" method="post" action="/look"><h2>${t.order}</h2><ol class="order" data-order>${item(t.h1, 1)}${item(t.h2, 2)}${item(t.h3, 3)}</ol></form>
<details class="panel"><summary>${t.more}</summary><p>${t.note}</p></details>
</main></div>`;
}
