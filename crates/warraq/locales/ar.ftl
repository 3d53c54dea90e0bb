# ما تقوله الواجهة نفسها بالعربية. تُكتب الأعداد بأرقام الموقع، وتُختار صيغة الجمع من العدد نفسه.

## الصفحة
skip-to-content = انتقل إلى المحتوى
sections = الأقسام
site-pages = صفحات الموقع
# بلا حروف لاتينية، فحرف واحد منها يجلب خطًّا كاملًا إلى كل صفحة.
feed = الخلاصة
copyright = © { $name }
trail = موقع المادة من الأقسام
colon = :
list-comma = ،

## الصفحة الأولى
top-stories = أبرز المواد
latest = آخر الأخبار
opinion = آراء
front-empty-title = لم يُنشر شيء بعد
front-empty-text = ستظهر هنا أولى المواد فور نشرها.

## القوائم
listing-tag = وسم
listing-author = كاتب
listing-children = تفرّعات
listing-empty = لا مواد هنا بعد.
articles-more-than = أكثر من { $n } مادة
articles-count =
    { $n ->
        [zero] لا مواد
        [one] مادة واحدة
        [two] مادتان
        [few] { $n } مواد
        [many] { $n } مادة
       *[other] { $n } مادة
    }
pages-count =
    { $n ->
        [zero] لا صفحات
        [one] صفحة واحدة
        [two] صفحتان
        [few] { $n } صفحات
        [many] { $n } صفحة
       *[other] { $n } صفحة
    }
pages = صفحات القائمة
page = صفحة
page-of = الصفحة { $page } من { $pages }
page-newer = الأحدث
page-older = الأقدم

## البحث
search = البحث
search-words = كلمات البحث
search-submit = ابحث
search-narrow = بحث متقدم
search-section = القسم
search-kind = نوع المادة
search-any = الكل
search-from = من تاريخ
search-until = إلى تاريخ
search-sort = الترتيب
search-by-fit = الأقرب إلى المطلوب
search-by-date = الأحدث أولًا
search-hint = اكتب كلمة أو أكثر. ضع العبارة بين علامتي تنصيص لتجدها كما هي، وضع علامة ناقص قبل كلمة لا تريدها.
search-nothing = لا نتائج لهذا البحث.
search-meant = هل تقصد:
search-nothing-help = جرّب كلمات أقل أو كتابة أخرى للأسماء.
search-previous = السابقة
search-next = التالية

## المادة
kind-own = خاص
kind-wire = وكالات
kind-translation = ترجمة
kind-opinion = رأي
kind-sponsored = محتوى مموَّل
role-writer = بقلم
role-translator = ترجمة
role-editor = تحرير
role-photographer = تصوير
role-correspondent = مراسلة
updated = حُدِّثت في { $date }، { $time }
reading-minutes =
    { $n ->
        [zero] قراءة في أقل من دقيقة
        [one] قراءة في دقيقة واحدة
        [two] قراءة في دقيقتين
        [few] قراءة في { $n } دقائق
        [many] قراءة في { $n } دقيقة
       *[other] قراءة في { $n } دقيقة
    }
corrections = تصويبات
correction-update = تحديث
correction-correction = تصويب
correction-clarification = توضيح
about-article = عن هذه المادة
source = المصدر
translations = بلغات أخرى
tags = وسوم
short-address = الرابط المختصر
copy = انسخ
copied = نُسخ
onward = مواد مجاورة
newer-article = المادة التالية
older-article = المادة السابقة
related = اقرأ أيضًا

## التعليقات
comments-count =
    { $n ->
        [zero] لا تعليقات
        [one] تعليق واحد
        [two] تعليقان
        [few] { $n } تعليقات
        [many] { $n } تعليقًا
       *[other] { $n } تعليق
    }
comment-pages = صفحات التعليقات
comments-closed = أُغلق باب التعليق على هذه المادة.
comment-staff = من التحرير
comment-in-reply = ردًّا على تعليق سابق
reply = ردّ
reply-to = ردّ على { $name }
reply-parent = عد إلى التعليق
reply-cancel = ألغِ الردّ
respond = اكتب تعليقًا
form-note = نقرأ التعليقات قبل نشرها أحيانًا، فقد يتأخر ظهور تعليقك قليلًا.
form-problems = لم يُرسل التعليق بعد، ويلزم تصحيح ما يلي:
field-comment = تعليقك
field-author = الاسم
field-email = البريد الإلكتروني
field-url = موقعك
field-trap = اترك هذا الحقل فارغًا
email-promise = لن يتم نشر عنوان بريدك الإلكتروني.
optional = اختياري
send-comment = أرسل التعليق
comment-error-author-missing = اكتب اسمك.
comment-error-author-too-long = الاسم أطول مما يتسع له الحقل.
comment-error-author-invalid = في الاسم رموز لا يمكن قبولها.
comment-error-author-reserved = هذا الاسم لأحد محرّري الموقع، فاختر غيره.
comment-error-email-missing = اكتب بريدك الإلكتروني، ولن نُطلع عليه أحدًا.
comment-error-email-invalid = لا يبدو هذا عنوان بريد صحيحًا، مثل ⁦name@example.com⁩.
comment-error-email-too-long = عنوان البريد أطول من اللازم.
comment-error-url-invalid = لا يبدو هذا عنوان موقع صحيحًا، ويبدأ عادة بـ ⁦https://⁩.
comment-error-url-too-long = عنوان الموقع أطول من اللازم.
comment-error-comment-missing = لم تكتب تعليقك بعد.
comment-error-comment-too-long = التعليق أطول من المسموح به، فاختصره قليلًا.
comment-error-comment-invalid = في التعليق رموز لا يمكن قبولها.
comment-error-too-fast = تعليقات كثيرة في وقت قصير. انتظر دقيقة ثم أعد الإرسال.
comment-error-closed = أُغلق باب التعليق على هذه المادة.
comment-error-duplicate = سبق أن أرسلت هذا التعليق نفسه.
comment-error-parent-missing = لم يعد التعليق الذي تردّ عليه موجودًا.
comment-error-refused = تعذّر قبول هذا التعليق. راجع نصّه ثم أعد الإرسال.

## رسائل
message-status = رمز الخطأ { $code }
message-back = عد إلى المادة
message-home = الصفحة الأولى
message-stories = قد يهمّك
message-not-found-title = لم نجد هذه الصفحة
message-not-found-text = ربما تغيّر العنوان أو نقص منه حرف. جرّب أن تبدأ من الصفحة الأولى.
message-gone-title = سُحبت هذه المادة
message-gone-text = كانت هنا مادة ثم سحبها التحرير، ولم تعد متاحة.
message-forbidden-title = لم نقبل هذا الطلب
message-forbidden-text = أُرسل النموذج من موقع آخر، ولا نقبل إلا ما يُرسل من صفحاتنا. افتح المادة وأعد المحاولة منها.
message-method-not-allowed-title = لا تُفتح هذه الصفحة هكذا
message-method-not-allowed-text = هذا العنوان يستقبل النماذج وحدها. عد إلى المادة وأرسل النموذج منها.
message-too-large-title = المُرسَل أكبر من المسموح به
message-too-large-text = اختصر النص ثم أعد الإرسال.
message-invalid-title = لم نفهم هذا الطلب
message-invalid-text = نقص منه شيء أو جاء على غير ما نتوقع.
message-too-many-title = تمهّل قليلًا
message-too-many-text = وصلتنا من شبكتك طلبات كثيرة في وقت قصير. انتظر دقيقة ثم أعد المحاولة.
message-broken-title = حدث خطأ عندنا
message-broken-text = تعذّر عرض هذه الصفحة، وقد سُجّل الخطأ لإصلاحه. أعد المحاولة بعد قليل.
message-unavailable-title = نعود بعد قليل
message-unavailable-text = لا نستطيع تلبية هذا الطلب في هذه اللحظة. لم يضع شيء، فأعد المحاولة بعد دقيقة.
message-comment-held-title = وصل تعليقك
message-comment-held-text = شكرًا لك. سيظهر تعليقك تحت المادة بعد أن يقرأه أحد المحررين.

## Dates (Arabic month names come from the region of the site; these stand where it names none)
date-long = { $day } { $month } { $year }
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

## Feeds and later pages of the front
comments-heading = التعليقات
comment-by = { $name }: { $headline }
listing-latest = أحدث المواد
