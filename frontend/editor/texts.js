// What does the editor say? The words come with the page; they are written in crates/warraq/locales under `editor-`.

/** `texts("saved-at", { time })` puts the time where the text says `$time`; `texts.count("words", n)` takes the plural form. */
export function textsOf(element, { language, digits }) {
  const phrases = element ? JSON.parse(element.textContent) : {};
  const plural = new Intl.PluralRules(language);
  const locale = `${language}-u-nu-${digits}`;
  const number = new Intl.NumberFormat(locale);
  const say = (key, values = {}) =>
    // What is put in has its own direction.
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`$${name}`, () => String(value)), phrases[key] ?? key);
  say.count = (key, n, values = {}) => {
    const form = plural.select(n);
    return say(`${key}-${form}` in phrases ? `${key}-${form}` : `${key}-other`, { ...values, n: number.format(n) });
  };
  say.number = (n) => number.format(n);
  say.isolate = (text) => `\u2068${text}\u2069`;
  say.time = (date) => new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(date);
  say.moment = (date) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(date);
  return say;
}
