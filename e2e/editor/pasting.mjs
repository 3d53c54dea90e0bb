// Pastes from other programs: what was meant comes, how it looked stays behind. The fixtures are written by hand after
// what these programs put on the clipboard.

import { equal, tell } from "../lib/tally.mjs";
import { openWriter } from "./writer.mjs";

const word = (body) => `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm; direction:rtl} @list l0:level1 {mso-level-text:"•"} --></style></head><body lang=AR-SA style='tab-interval:36.0pt'><!--StartFragment-->${body}<!--EndFragment--></body></html>`;
const item = (level, sign, words) => `<p class=MsoListParagraphCxSpMiddle dir=RTL style='margin-right:${36 * level}pt;text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><span lang=AR-SA>${words}<o:p></o:p></span></p>`;

const FROM_HTML = [
  ["Word: a paragraph, bold, italic",
    word("<p class=MsoNormal dir=RTL style='text-align:right'><b><span lang=AR-SA style='font-size:14.0pt;font-family:\"Sakkal Majalla\"'>قالت الوزارة</span></b><span lang=AR-SA style='font-size:14.0pt'> إن <i>النمو</i> بلغ 5.2%<o:p></o:p></span></p><p class=MsoNormal dir=RTL><o:p>&nbsp;</o:p></p>"),
    "<p><strong>قالت الوزارة</strong> إن <em>النمو</em> بلغ 5.2%</p>"],
  ["Word: a list of two levels",
    word(item(1, "·", "أول") + item(2, "o", "داخلي") + item(1, "·", "ثانٍ") + "<p class=MsoNormal>بعدها</p>"),
    "<ul><li>أول<ul><li>داخلي</li></ul></li><li>ثانٍ</li></ul>\n<p>بعدها</p>"],
  ["Word: a numbered list", word(item(1, "1.", "أول") + item(1, "2.", "ثانٍ")), "<ol><li>أول</li><li>ثانٍ</li></ol>"],
  ["Word: a heading and a table",
    word("<h1 dir=RTL><span lang=AR-SA><b>العنوان</b></span></h1><table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr><td width=200 style='width:150pt;border:solid windowtext 1.0pt'><p class=MsoNormal><b>السنة</b></p></td><td><p class=MsoNormal>الطن</p></td></tr><tr><td><p class=MsoNormal>2024</p></td><td><p class=MsoNormal>12</p></td></tr></table>"),
    "<h2>العنوان</h2>\n<table><tbody><tr><td><strong>السنة</strong></td><td>الطن</td></tr><tr><td>2024</td><td>12</td></tr></tbody></table>"],
  ["Google Docs: a wrapper that is not bold, styles that are",
    "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><p dir=\"rtl\" style=\"line-height:1.38\"><span style=\"font-size:11pt;font-weight:400\">نص </span><span style=\"font-weight:700\">مهم</span><span style=\"font-style:italic\"> مائل</span></p><br><h3 dir=\"rtl\"><span style=\"font-weight:700\">عنوان</span></h3><ul><li dir=\"rtl\" style=\"list-style-type:disc\" aria-level=\"1\"><p dir=\"rtl\" role=\"presentation\"><span>بند</span></p></li></ul></b>",
    "<p>نص <strong>مهم</strong><em> مائل</em></p>\n<h3>عنوان</h3>\n<ul><li>بند</li></ul>"],
  ["Google Docs: a list within a list beside its item",
    "<ul><li>أول</li><ul><li>داخلي</li></ul><li>ثانٍ</li></ul>",
    "<ul><li>أول<ul><li>داخلي</li></ul></li><li>ثانٍ</li></ul>"],
  ["a web page: divisions, redirects, tracking, scripts, pictures of others",
    "<div class=\"post\"><style>p{color:red}</style><div style=\"color:#333\">فقرة <a href=\"https://www.google.com/url?q=https://example.com/a&sa=D\">أولى</a> و<a href=\"https://example.com/b?id=5&utm_source=x&fbclid=1\">ثانية</a> و<a href=\"javascript:alert(1)\">ثالثة</a></div><script>alert(1)</script><div><img src=\"https://evil.example/pixel.gif\" onerror=\"alert(1)\">بعد<br><br>الفراغ</div><iframe src=\"https://evil.example/\"></iframe></div>",
    "<p>فقرة <a href=\"https://example.com/a\" rel=\"noopener\">أولى</a> و<a href=\"https://example.com/b?id=5\" rel=\"noopener\">ثانية</a> وثالثة</p>\n<p>بعد</p>\n<p>الفراغ</p>"],
  ["a web page: a table that is only a frame", "<table><tr><td><p>فقرة</p><p>أخرى</p></td></tr></table>", "<p>فقرة</p>\n<p>أخرى</p>"],
  ["paragraphs that begin with a bullet", "<p>• أول</p><p>•&nbsp;ثانٍ</p><p>بعدها</p><p>١- واحد</p><p>٢- اثنان</p>", "<ul><li>أول</li><li>ثانٍ</li></ul>\n<p>بعدها</p>\n<ol><li>واحد</li><li>اثنان</li></ol>"],
  ["Excel: rows without their table",
    "<html><body><table border=0 style='border-collapse:collapse'><!--StartFragment--> <col width=64 style='width:48pt'><tr height=20><td class=xl65 dir=RTL style='height:15.0pt'>السنة</td><td align=right>12.5</td></tr><!--EndFragment--></table></body></html>",
    "<table><tbody><tr><td>السنة</td><td>12.5</td></tr></tbody></table>"],
  ["Google Sheets", "<google-sheets-html-origin><style type=\"text/css\">td {border: 1px}</style><table dir=\"rtl\"><colgroup><col width=\"100\"/></colgroup><tbody><tr style=\"height:21px;\"><td style=\"font-weight:bold;\">أ</td><td>ب</td></tr></tbody></table>",
    "<table><tbody><tr><td><strong>أ</strong></td><td>ب</td></tr></tbody></table>"],
  ["LibreOffice", "<meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"/><style type=\"text/css\">p { line-height: 115% }</style><p dir=\"rtl\" align=\"right\" style=\"margin-bottom: 0cm\"><font face=\"Amiri\"><span lang=\"ar-SA\">قال </span></font><font color=\"#c9211e\"><b>الوزير</b></font></p><ol><li><p style=\"margin-bottom: 0cm\"><span lang=\"ar-SA\">بند</span></p></li></ol>",
    "<p>قال <strong>الوزير</strong></p>\n<ol><li>بند</li></ol>"],
  ["a mail: a quotation, a rule, a signature drawn with lines", "<div><blockquote type=\"cite\" style=\"margin:0\"><div>قول</div></blockquote><hr style=\"width:98%\"><div>ـــــــــــــ</div><div>نص<br></div><div><br></div></div>",
    "<blockquote><p>قول</p></blockquote>\n<hr>\n<p>نص</p>"],
  ["one line into a line", "<span style='font-family:Calibri'>كلمة <b>مهمة</b></span>", "<p>كلمة <strong>مهمة</strong></p>"],
  ["English among Arabic", "<p dir=RTL>الصين</p><p dir=LTR>China Daily</p>", "<p>الصين</p>\n<p dir=\"ltr\">China Daily</p>"],
];

const FROM_TEXT = [
  ["WhatsApp", "*عاجل:* وصل الوفد _صباحًا_ إلى ~القاهرة~ بكين، 2*3 و file_name_x\n\nوالصورة لاحقًا", "<p><strong>عاجل:</strong> وصل الوفد <em>صباحًا</em> إلى <s>القاهرة</s> بكين، 2*3 و file_name_x</p>\n<p>والصورة لاحقًا</p>"],
  ["lists", "البنود:\n• أول\n• ثانٍ\n- شرطة واحدة", "<p>البنود:</p>\n<ul><li>أول</li><li>ثانٍ</li></ul>\n<p>- شرطة واحدة</p>"],
  ["an address among words", "اقرأ https://example.com/a?utm_source=x، ثم عد", "<p>اقرأ <a href=\"https://example.com/a\" rel=\"noopener\">https://example.com/a?utm_source=x</a>، ثم عد</p>"],
  ["an address alone", "https://www.youtube.com/watch?v=abc", "<figure><a href=\"https://www.youtube.com/watch?v=abc\" rel=\"noopener\">https://www.youtube.com/watch?v=abc</a></figure>"],
];

/** Letters: what is pasted, what stands there. */
const LETTERS = [
  ["ﻣﺮﺣﺒﺎ ﻻ", "مرحبا لا"], ["ﷺ وﷲ ﴿آية﴾ ﷼", "ﷺ وﷲ ﴿آية﴾ ﷼"], ["محـــمـد", "محمد"], ["سنة 1445هـ", "سنة 1445هـ"], ["الـــَّلام", "الَّلام"],
  ["\u202bالصين\u202c و\u200fChina\u200e", "الصين وChina"], ["\u2067أ\u2069", "أ"], ["می\u200cخواهم", "می\u200cخواهم"], ["ال\u200bصين\ufeff", "الصين"],
  ["in\u00adfor\u00admation", "information"], ["10\u00a0000 طن", "10 000 طن"], ["ad\u200dmin", "admin"], ["👩🏽\u200d🚀", "👩🏽\u200d🚀"], ["كتاب\u200c ثم", "كتاب ثم"], ["ﹰ", "\u064b"],
];

export async function pasting(browser, desk) {
  const writer = await openWriter(browser, desk, { story: {} });
  const pasted = async (data) => {
    await writer.text.focus();
    await writer.press("Control+a", "Delete", "Control+Alt+0");
    await writer.paste(data);
    return writer.markup();
  };
  await tell("pasting: HTML of other programs", async () => {
    for (const [name, html, expected] of FROM_HTML) equal(await pasted({ html, text: "x y" }), expected, name);
  });
  await tell("pasting: plain text", async () => {
    for (const [name, text, expected] of FROM_TEXT) equal(await pasted({ text }), expected, name);
  });
  await tell("pasting: letters", async () => {
    for (const [text, expected] of LETTERS) {
      // A mark alone needs a letter to stand on.
      equal((await pasted({ html: `<p>ب${text}</p>`, text })).replace(/<[^>]*>/g, ""), `ب${expected}`, JSON.stringify(text));
    }
  });
  await tell("pasting: within the text", async () => {
    desk.reset({ body: "<p>أول</p>\n<div><p>باقٍ</p></div>\n<p>قبل بعد</p>" });
    await writer.come();
    await writer.text.focus();
    await writer.press("Control+a", "Control+c", "Control+End");
    await writer.page.waitForTimeout(50);
    await writer.press("Control+v");
    const markup = await writer.markup();
    equal(markup.split("<div><p>باقٍ</p></div>").length, 3, "what is copied here keeps blocks that no schema knows");
    // The same in another story.
    desk.reset({ body: "<p>أخرى</p>" });
    await writer.come();
    await writer.toEnd();
    await writer.press("Enter", "Control+v");
    equal(await writer.markup(), "<p>أخرى</p>\n<p>أول</p>\n<div><p>باقٍ</p></div>\n<p>قبل بعد</p>", "and takes them to another story");
    desk.reset({ body: "<p>قبل بعد</p>" });
    await writer.come();
    await writer.toEnd();
    await writer.press("ArrowRight", "ArrowRight", "ArrowRight");
    await writer.page.waitForTimeout(50);
    await writer.paste({ html: "<p>كلمة</p>", text: "كلمة" });
    equal(await writer.markup(), "<p>قبل كلمةبعد</p>", "one paragraph joins the line");
    await writer.paste({ html: "<p>أ</p><p>ب</p>", text: "أ" });
    equal(await writer.markup(), "<p>قبل كلمةأ</p>\n<p>ببعد</p>", "two part it");
  });
  await tell("pasting: nothing complains", async () => { await writer.leave(); });
}
