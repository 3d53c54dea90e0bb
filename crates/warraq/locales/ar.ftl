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
footnotes = الحواشي
footnote-reference = حاشية { $n }
footnote-back = عودة إلى موضع الحاشية { $n } في النص
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
message-typed = ما كتبته؛ انسخه قبل أن تغادر هذه الصفحة
message-discussion-closed-title = أُغلق باب التعليق
message-discussion-closed-text = لم تعد هذه المادة تستقبل التعليقات، فلم يُحفظ تعليقك.
message-invalid-title = لم نفهم هذا الطلب
message-invalid-text = نقص منه شيء أو جاء على غير ما نتوقع.
message-too-many-title = تمهّل قليلًا
message-too-many-text = وصلتنا من شبكتك طلبات كثيرة في وقت قصير. انتظر دقيقة ثم أعد المحاولة.
message-broken-title = حدث خطأ عندنا
message-broken-text = تعذّر عرض هذه الصفحة، وقد سُجّل الخطأ لإصلاحه. أعد المحاولة بعد قليل.
message-unavailable-title = نعود بعد قليل
message-unavailable-text = لا نستطيع تلبية هذا الطلب في هذه اللحظة. لم يضع شيء، فأعد المحاولة بعد دقيقة.
own-title = تعليقاتك
own-link = اطلع على ما أرسلته أو احذفه
own-about = ما التعليقات التي أرسلتها وما الذي نحفظه عنها؟ اكتب عنوان البريد الذي علّقت به. إن كان معروفًا لدينا أرسلنا إليه رسالة فيها رابط إلى تعليقاتك.
own-send = أرسلوا إليّ الرابط
own-count =
    { $n ->
        [zero] لا تعليق محفوظ بعنوانك.
        [one] تعليق واحد أُرسل بعنوانك.
        [two] تعليقان أُرسلا بعنوانك.
        [few] { $n } تعليقات أُرسلت بعنوانك.
        [many] { $n } تعليقًا أُرسل بعنوانك.
       *[other] { $n } تعليق أُرسل بعنوانك.
    }
own-file = نزّلها كلها (JSON)
own-more = يظهر هنا أحدثها ({ $n })، والملف فيه كلها.
own-unpublished = لا يظهر للقراء
own-erase = انسوا ما تحفظونه
own-erase-note = يُحذف اسمك وموقعك وعنوان بريدك وعنوان شبكتك، ولا رجعة في ذلك. وتبقى في النسخ الاحتياطية السابقة إلى أن تُحذف.
own-erase-name = احذفوا اسم الكاتب وأبقوا النصوص
own-erase-texts = احذفوا النصوص أيضًا
message-own-asked-title = انظر في بريدك
message-own-asked-text = إن كانت تعليقات قد أُرسلت بهذا العنوان فستصل إليه بعد دقائق رسالة فيها رابط صالح ساعة واحدة.
message-own-forgotten-title = نُسي ما كان محفوظًا
message-own-forgotten-text = لم تعد تعليقاتك تذكر من كتبها.
message-own-over-title = انتهى هذا الرابط
message-own-over-text = الرابط صالح ساعة واحدة، وينتهي إذا حُذف كل شيء. يمكنك أن تطلب رابطًا آخر.
message-comment-held-title = وصل تعليقك
message-comment-held-text = شكرًا لك. سيظهر تعليقك تحت المادة بعد أن يقرأه أحد المحررين.

## Dates (Arabic month names come from the region of the site; these stand where it names none)
date-long = { $day } { $month } { $year }
date-hijri = { $day } { $month } { $year } هـ
hijri-month-1 = المحرم
hijri-month-2 = صفر
hijri-month-3 = ربيع الأول
hijri-month-4 = ربيع الآخر
hijri-month-5 = جمادى الأولى
hijri-month-6 = جمادى الآخرة
hijri-month-7 = رجب
hijri-month-8 = شعبان
hijri-month-9 = رمضان
hijri-month-10 = شوال
hijri-month-11 = ذو القعدة
hijri-month-12 = ذو الحجة
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

## Letters
letter-greeting = مرحبًا،
letter-invitation-subject = دعوة إلى { $site }
letter-invitation-text = يدعوك { $by } إلى الانضمام إلى غرفة أخبار { $site } بصفة { $role }. افتح هذا العنوان لتختار اسمك وكلمة السر:
letter-invitation-until = العنوان صالح سبعة أيام ولمرة واحدة.
letter-invitation-ignore = إن كنت لا تعرف سبب هذه الرسالة فتجاهلها، ولن يحدث شيء.
letter-password-subject = اختر كلمة سر جديدة في { $site }
letter-password-text = طلب أحدهم كلمة سر جديدة لحسابك في { $site }. افتح هذا العنوان لتختارها:
letter-password-until = العنوان صالح ساعة واحدة ولمرة واحدة. اختيار كلمة سر جديدة يُنهي جلساتك كلها.
letter-password-ignore = إن لم تكن أنت من طلب ذلك فتجاهل الرسالة، وتبقى كلمة سرك كما هي.
letter-own-subject = تعليقاتك في { $site }
letter-own-text = سأل أحدهم { $site } عن التعليقات التي أُرسلت بعنوانك. افتح هذا العنوان لتراها أو تنزّلها أو تطلب نسيانها:
letter-own-until = العنوان صالح ساعة واحدة.
letter-own-ignore = إن لم تكن أنت من طلب ذلك فتجاهل الرسالة، ولن يراها أحد سواك.
letter-changed-password-subject = تغيّرت كلمة سر حسابك في { $site }
letter-changed-password-text = اختيرت كلمة سر جديدة لحسابك في { $site }، وأُنهيت الجلسات الأخرى كلها.
letter-added-factor-subject = الدخول إلى { $site } يطلب رمزًا من الآن
letter-added-factor-text = أُضيف عامل ثانٍ إلى حسابك في { $site }: يُطلب منك رمز بعد كلمة السر.
letter-removed-factor-subject = الدخول إلى { $site } لم يعد يطلب رمزًا
letter-removed-factor-text = أُزيل العامل الثاني من حسابك في { $site }: إن لم يكن له مفتاح مرور فكلمة السر وحدها تفتحه الآن.
letter-added-passkey-subject = أُضيف مفتاح مرور إلى حسابك في { $site }
letter-added-passkey-text = أُضيف مفتاح مرور إلى حسابك في { $site }: يفتح الحساب، ولم تعد كلمة السر وحدها تفتحه.
letter-removed-passkey-subject = أُزيل مفتاح مرور من حسابك في { $site }
letter-removed-passkey-text = أُزيل مفتاح مرور من حسابك في { $site } فلم يعد يفتحه. إن لم يبق للحساب مفتاح مرور ولا عامل ثانٍ فكلمة السر وحدها تفتحه الآن.
letter-not-you = إن لم تكن أنت من فعل ذلك فاختر كلمة سر جديدة فورًا وأخبر مالك الموقع:

## Roles of accounts
role-of-owner = مالك
role-of-editor = محرر
role-of-author = كاتب
role-of-contributor = مساهم

## The newsroom: accounts
nav-accounts = الحسابات
nav-audit = السجل
own-account = حسابك
own-name = الاسم واللغة
own-language = لغة غرفة الأخبار
language-of-site = لغة الموقع
accounts = الحسابات
accounts-next = حسابات أخرى
account-name = الاسم
account-role = الصفة
account-sections = الأقسام
account-sections-help = علّم الأقسام التي يعمل فيها هذا الحساب. إن لم تعلّم شيئًا فهو يعمل فيها كلها.
account-everywhere = كل الأقسام
account-never = ليس بعد
account-closed = مغلق
account-rights = صلاحيات هذا الحساب
account-person = اسم الكاتب على المواد
account-person-help = آخر جزء من عنوان صفحة الكاتب، مثل salma-hasan. إن تُرك فارغًا فلا اسم.
account-save = احفظ
account-cancel = ألغِ
account-yes = نعم
account-no = لا
account-close = أغلق هذا الحساب
account-close-text = تنتهي جلساته فورًا ولا يدخل به أحد، ويبقى ما كتبه.
account-open-again = افتح هذا الحساب من جديد
invite = ادعُ زميلًا
invite-do = أرسل الدعوة
invite-language = لغة الرسالة
invitations = دعوات تنتظر الجواب
invitation-until = صالحة حتى
invitation-over = انتهت
invitation-withdraw = اسحبها
letters-stay = لا تخرج الرسائل من هذا الجهاز بعد لأن خادم البريد لم يُضبط. تجدها في مجلد outbox داخل مجلد الموقع.
code-title = خطوة أخيرة
code-label = الرمز
code-help = الأرقام الستة التي يعرضها هاتفك، أو أحد رموز الاسترداد.
code-failed = الرمز غير صحيح. انتظر الرمز التالي ثم حاول من جديد.
forgotten-title = نسيت كلمة السر
forgotten-text = اكتب عنوان بريد حسابك لتصلك رسالة فيها رابط تختار به كلمة سر جديدة.
forgotten-send = أرسل الرسالة
forgotten-sent = إن كان لهذا العنوان حساب فالرسالة في طريقها إليك. الرابط الذي فيها صالح ساعة واحدة.
choose-password-title = اختر كلمة سر جديدة
choose-password-text = تسري فورًا، وتنتهي جلساتك كلها.
choose-password-do = اعتمد كلمة السر
choose-invitation-title = أهلًا بك في غرفة الأخبار
choose-invitation-text = اختر الاسم الذي يراه زملاؤك وكلمة سر.
choose-invitation-do = افتح حسابي
choose-setup-title = الحساب الأول
choose-setup-text = هذا الحساب يملك الموقع: يستطيع كل شيء ويدعو الآخرين.
choose-setup-do = افتح الحساب
choose-gone = استُعمل هذا الرابط أو انتهت مدته أو وصل ناقصًا. اطلب رابطًا آخر.
present-password = كلمة السر الحالية
new-password = كلمة السر الجديدة
new-password-help = عشرة أحرف على الأقل. حسنٌ أن تكون عدة كلمات لا يجمعها أحد سواك.
change-password = غيّر كلمة السر
factor-title = العامل الثاني
factor-why = مع العامل الثاني لا تفتح كلمة السر المسروقة شيئًا وحدها: يُطلب منك بعدها رمز يعرضه هاتفك.
factor-there = يُطلب منك رمز بعد كلمة السر.
factor-begin = أضف عاملًا ثانيًا
factor-remove = أزل العامل الثاني
factor-remove-for = يُزال العامل الثاني ومفاتيح المرور كلها. لا تفعل ذلك إلا إذا فقدها الزميل وفقد رموز الاسترداد معها وكنت متأكدًا ممن يطلب.
factor-needed = يطلب هذا الموقع عاملًا ثانيًا ممن له صفتك. أضفه هنا، أو أضف مفتاح مرور، لتُفتح لك غرفة الأخبار.
factor-how = وجّه كاميرا تطبيق المصادقة إلى هذه الصورة، ثم اكتب الأرقام الستة التي يعرضها.
factor-letters = إن لم تكن عندك كاميرا فاكتب هذا المفتاح:
factor-confirm = أكّد
factor-rule = من يلزمه عامل ثانٍ
factor-rule-text = يلزم الحسابات التي لها هذه الصفات
codes-title = رموز الاسترداد
codes-text = أُضيف العامل الثاني. كل رمز من هذه الرموز يفتح حسابك مرة واحدة حين لا يكون معك هاتفك ولا مفتاح مرورك. اكتبها أو اطبعها الآن فهي لا تظهر مرة أخرى.
passkeys = مفاتيح المرور
passkeys-why = يفتح مفتاح المرور حسابك ببصمتك أو وجهك أو رمز جهازك، بلا كلمة سر ولا رمز، ولا تخدعه صفحة تتظاهر بأنها موقعنا. ومن له مفتاح مرور لا تفتح كلمة السر وحدها حسابه.
passkey-add = أضف مفتاح مرور
passkey-name = اسم المفتاح
passkey-name-help = ما تعرفه به بعد سنة: هاتفي، حاسوب المكتب.
passkey-rename = غيّر الاسم
passkey-backed-up = محفوظ على أجهزتك الأخرى
passkey-which = المفتاح الذي تريد إزالته
passkey-remove = أزل مفتاح المرور
passkey-sign-in = ادخل بمفتاح مرور
passkey-failed = لم يُقبل مفتاح المرور. حاول من جديد، أو ادخل بكلمة السر.
codes-kept = حفظتها
codes-renew = أنشئ رموز استرداد جديدة
codes-left =
    { $n ->
        [zero] لم يبق من رموز الاسترداد شيء.
        [one] بقي رمز استرداد واحد.
        [two] بقي رمزا استرداد.
        [few] بقيت { $n } رموز استرداد.
        [many] بقي { $n } رمز استرداد.
       *[other] بقي { $n } رمز استرداد.
    }
sessions = الجلسات
sessions-none = لم يدخل أحد بهذا الحساب.
sessions-end = أنهِ الأخرى كلها
sessions-end-all = أنهِ الجلسات كلها
session-browser = المتصفح
session-since = منذ
session-seen = آخر استعمال
session-this = هذه الجلسة
session-end = أنهِها
session-unknown = غير معروف
done-account = حُفظ.
done-password = تغيّرت كلمة سرك وأُنهيت الجلسات الأخرى كلها.
done-factor = أُضيف العامل الثاني.
done-factor-removed = أُزيل العامل الثاني.
done-passkey = أُضيف مفتاح المرور وأُنهيت الجلسات الأخرى كلها.
done-passkey-named = حُفظ الاسم.
done-passkey-removed = أُزيل مفتاح المرور وأُنهيت الجلسات الأخرى كلها.
done-sessions = أُنهيت الجلسات.
done-invited = الدعوة في طريقها.
done-withdrawn = سُحبت الدعوة.
done-changed = حُفظ. إن تغيّرت الصفة فقد أُنهيت جلسات هذا الحساب.
done-state = حُفظ.
done-factor-rule = حُفظ.
flaw-name-required = الاسم مطلوب.
flaw-name-too-long = الاسم طويل: 80 حرفًا على الأكثر.
flaw-name-address = يظهر الاسم للآخرين فلا يصح أن يكون عنوان بريد.
flaw-language-unknown = غرفة الأخبار لا تتكلم هذه اللغة.
flaw-password-too-short = كلمة السر قصيرة: عشرة أحرف على الأقل.
flaw-password-too-long = كلمة السر طويلة: ألف حرف على الأكثر.
flaw-present-password-wrong = كلمة السر الحالية غير صحيحة.
flaw-passkey-refused = لم يُقبل مفتاح المرور. ابدأ من جديد.
flaw-passkey-there = هذا المفتاح مسجّل من قبل.
flaw-code-wrong = الرمز غير صحيح. انتظر الرمز التالي ثم حاول من جديد.
flaw-email-not-an-address = هذا ليس عنوان بريد.
flaw-email-taken = لهذا العنوان حساب من قبل.
flaw-role-required = اختر صفة.
flaw-role-last-owner = لا بد للموقع من مالك يستطيع الدخول، وهذا هو الوحيد.
flaw-person-unknown = لا كاتب بهذا العنوان.
flaw-section-unknown = لا قسم بهذا الرقم.
refused-needs-factor-title = يلزمك عامل ثانٍ
refused-needs-factor-text = يطلب هذا الموقع عاملًا ثانيًا ممن له صفتك. أضفه في صفحة حسابك.

## The newsroom: the log
audit = من فعل ماذا
audit-person = الحساب
audit-act = الفعل
audit-day = اليوم
audit-any = الكل
audit-filter = اعرض
audit-at = متى
audit-on = على ماذا
audit-details = تفاصيل
audit-empty = لم يحدث شيء من هذا.
audit-older = الأقدم
audit-export = صدّر بصيغة CSV
audit-times =
    { $n ->
        [zero] لم يحدث
        [one] مرة واحدة
        [two] مرتان
        [few] { $n } مرات
        [many] { $n } مرة
       *[other] { $n } مرة
    }
origin-newsroom = مجهول عند الباب
origin-console = سطر الأوامر
origin-timetable = الجدول الزمني
noun-account = حساب
noun-invitation = دعوة
noun-article = مادة
noun-comment = تعليق
noun-section = قسم
noun-site = الموقع
act-signed-in = دخل
act-signed-out = خرج
act-sign-in-failed = أخفق في الدخول
act-sessions-ended = أنهى جلسات
act-set-up = أنشأ الحساب الأول
act-account-opened = فتح حسابًا
act-invited = دعا
act-invitation-withdrawn = سحب دعوة
act-invitation-accepted = قبل دعوة
act-role-changed = غيّر الصفة أو الأقسام
act-account-disabled = أغلق حسابًا
act-account-enabled = فتح حسابًا مغلقًا
act-person-linked = ربط اسم كاتب
act-account-changed = غيّر الاسم أو اللغة
act-password-changed = غيّر كلمة السر
act-password-offered = أُرسل إليه رابط كلمة سر جديدة
act-factor-added = أضاف عاملًا ثانيًا
act-factor-removed = أزال عاملًا ثانيًا
act-codes-renewed = أنشأ رموز استرداد جديدة
act-code-used = استعمل رمز استرداد
act-passkey-added = أضاف مفتاح مرور
act-passkey-named = سمّى مفتاح مرور
act-passkey-removed = أزال مفتاح مرور
act-passkey-copied = رُدّ مفتاح مرور قد يكون منسوخًا
act-published = نشر
act-scheduled = جدول النشر
act-unscheduled = ألغى موعد النشر
act-withdrawn = سحب من النشر
act-handed-on = سلّم لزميل
act-corrected = صحّح
act-site-changed = غيّر إعدادات الموقع
act-section-changed = فتح قسمًا أو سمّاه
act-front-arranged = رتّب الصفحة الأولى
act-comment-approved = قبل تعليقًا
act-comment-removed = أزال تعليقًا
act-address-seen = اطّلع على عنوان معلّق
act-audit-exported = صدّر السجل

## Feeds and later pages of the front
comments-heading = التعليقات
comment-by = { $name }: { $headline }
listing-latest = أحدث المواد

## The newsroom
newsroom = غرفة الأخبار
newsroom-welcome = أهلًا بك، { $name }
nav-home = اليوم
nav-stories = المواد
account-role-owner = مالك
account-role-editor = محرر
account-role-author = كاتب
account-role-contributor = مساهم
sign-in = تسجيل الدخول
sign-in-failed = البريد أو كلمة المرور غير صحيحة.
sign-in-in-the-clear = عنوان الموقع يبدأ بـ http، فلا يحفظ المتصفح الدخول. على من يدير الخادم أن يضع أمامه HTTPS ثم يغيّر عنوان الموقع.
sign-out = تسجيل الخروج
staff-email = البريد الإلكتروني
staff-password = كلمة المرور
refused-by = الاسم: { $name }
refused-signed-out-title = انتهت جلستك
refused-signed-out-text = سجّل الدخول من جديد لتتابع.
refused-not-allowed-title = لا يتيح حسابك هذا
refused-not-allowed-text = اطلب من مالك الموقع أن يمنحك هذا الحق، أو اطلب من محرر أن يقوم به.
refused-cross-site-title = لم نقبل هذا الطلب
refused-cross-site-text = لم يأتِ النموذج من صفحة من صفحات غرفة الأخبار. افتح الصفحة وأعد المحاولة منها.
refused-not-found-title = لا شيء هنا
refused-not-found-text = ربما حُذف ما تبحث عنه أو تغيّر عنوانه.
refused-method-title = لا تُفتح هذه الصفحة هكذا
refused-method-text = هذا العنوان يستقبل النماذج وحدها.
refused-too-large-title = المُرسَل أكبر من المسموح به
refused-too-large-text = اختصر النص أو قسّمه، ثم أعد الإرسال.
refused-too-many-title = تمهّل قليلًا
refused-too-many-text = محاولات كثيرة في وقت قصير. انتظر بضع دقائق ثم أعد المحاولة.
refused-invalid-title = لم يُحفظ شيء
refused-invalid-text = فيما أرسلته ما يجب إصلاحه أولًا. عد إلى الصفحة السابقة، فنصك ما زال فيها.
refused-conflict-title = لا يمكن هذا الآن
refused-conflict-text = تغيّرت حال المادة أو لا تسمح بما طلبته.
conflict-publication-exists = في هذه القاعدة موقع من قبل.
conflict-front-not-public = في الاختيار مادة ليست منشورة، ولا تعرض الصفحة الأولى إلا ما يراه القراء.
conflict-front-place = وردت مادة أو خانة مرتين، أو ليست هناك خانة بهذا الرقم.
conflict-address-taken = لهذا العنوان حساب من قبل.
conflict-password-not-kept = لم تُحفظ كلمة السر. حاول من جديد.
conflict-no-such-stage = لا مرحلة بهذا الاسم.
conflict-picture-twice = هذه الصورة في المكتبة من قبل.
conflict-comment-not-public = المادة لا يراها القراء، فلا يُرد فيها على أحد.
conflict-factor-there = لحسابك خطوة ثانية من قبل.
conflict-factor-not-begun = لم تبدأ إعداد الخطوة الثانية. ابدأ من صفحة حسابك.
conflict-passkeys-no = تحتاج مفاتيح المرور إلى أن يكون للموقع اسم وأن يُفتح بـ HTTPS.
conflict-passkeys-many = لحسابك عشرون مفتاح مرور. أزل ما لا تستعمله أولًا.
conflict-factor-none = ليست لحسابك خطوة ثانية.
conflict-picture-abandoned = توقف العمل على الصورة. ارفعها من جديد.
conflict-date-in-future = لا تُنشر مادة بتاريخ لم يأت بعد: ضعها في الجدول.
conflict-already-public = المادة منشورة من قبل.
conflict-time-is-over = مضى هذا الموعد. اختر موعدًا آخر أو انشر المادة الآن.
conflict-not-scheduled = المادة ليست في الجدول.
conflict-not-public = المادة ليست منشورة.
conflict-correction-needs = التصويب لمادة منشورة، وبكلمات يقرؤها القراء.
conflict-no-publication = ليس في هذه القاعدة موقع بعد.
conflict-section-exists = في هذا العنوان قسم من قبل.
conflict-name-no-letters = في الأسماء اسم بلا حرف ولا رقم.
conflict-form-broke-off = انقطع الإرسال قبل أن يصل كله. أرسل من جديد.
conflict-file-unfit = لا يُقرأ هذا الملف هنا.
refused-changed-title = حفظ غيرك هذه المادة بعد أن فتحتها
refused-changed-text = لم يُحفظ نصك حتى لا يُمحى نص زميلك. عد إلى الصفحة السابقة وانسخ نصك، ثم افتح المادة من جديد.
refused-locked-title = المادة مفتوحة عند غيرك
refused-locked-text = لم يُحفظ شيء. يمكنك أن تستلمها منه في صفحة التحرير.
refused-unavailable-title = نعود بعد قليل
refused-unavailable-text = قاعدة البيانات لا تجيب الآن، فلم يُحفظ شيء. عد إلى الصفحة السابقة، فنصك ما زال فيها، وأعد المحاولة بعد دقيقة.
refused-full-title = القرص ممتلئ
refused-full-text = لم يُحفظ شيء. أخبر من يدير الخادم، واحتفظ بنصك مفتوحًا حتى ذلك الحين.
refused-broken-title = حدث خطأ عندنا
refused-broken-text = سُجّل الخطأ لإصلاحه. أعد المحاولة بعد قليل.

## The newsroom: articles
new-story = مادة جديدة
new-story-hint = تستطيع تغييره في أي وقت.
new-story-begin = ابدأ الكتابة
cancel = إلغاء
field-headline = العنوان
field-kicker = العنوان التمهيدي
field-standfirst = المقدمة
field-body = النص
field-section = القسم
field-sections = أقسام أخرى
field-tags = الوسوم
field-tags-hint = افصل بينها بفاصلة.
field-bylines = الأسماء على المادة
field-byline = الاسم
field-byline-role = الدور
field-kind = النوع
field-form = الشكل
form-article = مادة
form-page = صفحة قائمة بذاتها
field-language = اللغة
choice-site-language = لغة الموقع
choice-none = بلا
choice-nobody = لا أحد
field-comments = يستقبل تعليقات القراء
field-lead = الصورة الرئيسية
field-lead-number = رقم الصورة في المكتبة
field-lead-hint = افتح مكتبة الصور
field-lead-alt = وصف الصورة
field-lead-alt-hint = لمن لا يراها. لا تُنشر المادة من دونه.
field-lead-caption = تعليق الصورة
field-lead-credit = المصوِّر أو المصدر
field-source = المصدر
field-source-url = عنوان المادة عند المصدر
field-licence = الترخيص
field-translation-of = ترجمة للمادة رقم
field-translation-of-hint = الرقم في العنوان القصير: ‎/a/رقم
field-slug = العنوان في الرابط
field-slug-hint = اتركه فارغًا ليُصنع من العنوان. العنوان القديم يقود دائمًا إلى الجديد.
field-preview-title = العنوان في البحث والمشاركة
field-preview-description = الوصف في البحث والمشاركة
field-preview-hidden = لا تعرضه محركات البحث
field-note = سبب التعديل
field-note-hint = للزملاء، اختياري.
field-stage = المرحلة
field-assignee = عند
field-at = الموعد
field-correction-kind = نوع التنويه
field-correction-note = ما يقرؤه القراء
field-withdraw-reason = السبب، كما يقرؤه القراء
column-state = الحال
column-who = من
column-when = متى
waits-for = عند { $name }
has-changes = فيها تعديل لم يُنشر
status-draft = مسودة
status-scheduled = مجدولة
status-published = منشورة
status-withdrawn = مسحوبة
stage-idea = فكرة
stage-draft = مسودة
stage-desk = في التحرير
stage-copy = في التدقيق
stage-ready = جاهزة
byline-role-writer = كاتب
byline-role-translator = مترجم
byline-role-editor = محرر
byline-role-photographer = مصوّر
byline-role-correspondent = مراسل
list-mine = موادي
list-waiting = تنتظرني
list-draft = المسودات
list-scheduled = المجدولة
list-published = المنشورة
list-pages = الصفحات القائمة
list-empty-pages = الصفحات القائمة بذاتها، كصفحة «من نحن»، تُذكر في أسفل كل صفحة.
list-withdrawn = المسحوبة
list-words = ابحث في هذه القائمة
list-older = الأقدم
list-empty-title = القائمة فارغة
list-empty-words = لا مادة في هذه القائمة فيها هذه الكلمات. جرّب كلمة أقل أو قائمة أخرى.
list-empty-mine = ما تبدؤه أنت يظهر هنا، في كل مراحله.
list-empty-waiting = حين يسلّمك زميل مادة لتتابعها، تجدها هنا.
list-empty-draft = كل مادة تبدأ مسودة لا يراها القراء. ابدأ واحدة.
list-empty-scheduled = المادة الجاهزة تخرج وحدها في موعدها إذا جدولتها.
list-empty-published = لم يُنشر شيء بعد.
list-empty-withdrawn = المادة المسحوبة يبقى عنوانها ويقول للقراء لماذا سُحبت.
home-mine = ما تكتبه الآن
home-published = آخر ما نُشر
home-empty-title = غرفة الأخبار جاهزة
home-empty-text = ابدأ بأول مادة: عنوان يكفي، والباقي يُحفظ وأنت تكتب.
story-title = تحرير مادة
story-public = كما يراها القراء
story-preview = معاينة
story-revisions = النسخ السابقة
story-save = احفظ
story-publish = انشر
story-publish-again = انشر التعديلات
story-publish-now = انشر الآن
story-about = عن المادة
story-source = المصدر والترجمة
story-address = الرابط والبحث والمشاركة
story-hand-on = التسليم
story-hand-on-do = سلّم
story-schedule = الجدولة
story-schedule-do = جدول
story-unschedule = ألغِ الموعد
story-correct = تنويه إلى القراء
story-correct-do = أضف التنويه
story-withdraw = السحب
story-withdraw-do = اسحب المادة
story-withdraw-confirm = تختفي المادة عن القراء ويبقى في عنوانها السبب. أتسحبها؟
story-withdrawn-because = سبب السحب:
story-take-over = استلمها
story-changed-by = حفظ { $name } هذه المادة بعد أن فتحتها، فلم يُحفظ ما كتبته. انسخه، ثم افتح المادة من جديد.
story-unsaved-full = لم يُحفظ شيء: القرص ممتلئ. نصك هنا كما كتبته؛ أخبر من يدير الخادم ثم احفظ من جديد.
story-unsaved-away = لم يُحفظ شيء: لا كتابة في قاعدة البيانات الآن. نصك هنا كما كتبته؛ احفظ من جديد بعد دقيقة.
story-locked-by = المادة مفتوحة عند { $name }.
story-no-time = اكتب اليوم والساعة.
story-no-reason = اكتب سبب السحب، فالقراء سيقرؤونه.
story-no-correction = اكتب ما تغيّر واختر نوع التنويه.
done-saved = حُفظت.
done-published = نُشرت، وهي الآن أمام القراء.
done-scheduled = جُدولت، وستخرج في موعدها.
done-unscheduled = أُلغي الموعد، والمادة مسودة من جديد.
done-withdrawn = سُحبت المادة.
done-corrected = أُضيف التنويه.
done-handed-on = سُلّمت.
done-restored = عادت النسخة السابقة، وهي الآن الأحدث.
revision-title = النسخة { $n }
revision-before = النسخة { $n }
revision-after = النسخة { $n }
revision-nothing-before = لا نسخة قبلها
revision-same = لا فرق في النص بين النسختين.
revision-restore = أعد هذه النسخة
revision-public = يراها القراء
revision-newest = الأحدث
revision-by-machine = من خارج غرفة الأخبار
flaw-headline-required = العنوان مطلوب.
flaw-headline-too-long = العنوان أطول من المسموح.
flaw-kicker-too-long = العنوان التمهيدي أطول من المسموح.
flaw-standfirst-too-long = المقدمة أطول من المسموح.
flaw-body-too-long = النص أطول من المسموح.
flaw-body-required = لا نص في المادة بعد.
flaw-lead-alt-required = اكتب وصفًا للصورة الرئيسية لمن لا يراها.
flaw-lead-unknown = لا صورة في المكتبة بهذا الرقم.
flaw-translation-of-unknown = لا مادة بهذا الرقم حتى تكون هذه ترجمتها.
flaw-translation-of-not-allowed = لا تربط المادة بمادة لا يحق لك تحريرها: اطلب ذلك من محرر.
flaw-text-too-long = النص طويل: 5000 حرف على الأكثر.
flaw-tags-no-letters = في الوسوم وسم بلا حرف ولا رقم.
flaw-tags-address = الوسوم يراها القراء فلا يصح أن يكون أحدها عنوان بريد.
flaw-tags-too-long = في الوسوم وسم طويل: مئتا حرف على الأكثر.
flaw-bylines-no-letters = في أسماء الكتّاب اسم بلا حرف ولا رقم.
flaw-bylines-address = أسماء الكتّاب يراها القراء فلا يصح أن يكون أحدها عنوان بريد.
flaw-bylines-too-long = في أسماء الكتّاب اسم طويل: مئتا حرف على الأكثر.
flaw-source-required = اكتب مصدر مادة الوكالة.
flaw-source-too-long = اسم المصدر أطول من المسموح.
flaw-source-not-an-address = عنوان المصدر ليس رابطًا يبدأ بـ http.
flaw-licence-too-long = الترخيص أطول من المسموح.
flaw-preview-title-too-long = العنوان في البحث أطول من المسموح.
flaw-preview-description-too-long = الوصف في البحث أطول من المسموح.
comments-wait = { $n ->
    [zero] لا تعليقات تنتظر
    [one] تعليق واحد ينتظر قرارًا
    [two] تعليقان ينتظران قرارًا
    [few] { $n } تعليقات تنتظر قرارًا
    [many] { $n } تعليقًا ينتظر قرارًا
   *[other] { $n } تعليق ينتظر قرارًا
}

## The newsroom: the front, sections, settings
nav-front = الصفحة الأولى
nav-sections = الأقسام
nav-settings = الإعدادات
front-note = ما تختاره هنا يبقى في مكانه، وما تتركه «تلقائيًا» تملؤه أحدث المواد. لا تظهر مادة مرتين.
front-look = انظر إليها
front-done = رُتّبت الصفحة، والقراء يرونها الآن.
front-lead = المادة الرئيسية
front-place = الموضع { $n }
front-automatic = تلقائيًا
front-twice = اخترت المادة نفسها لموضعين.
sections-note = عنوان القسم في الرابط لا يتغير إذا غيّرت اسمه، فتبقى روابط القراء صحيحة.
sections-empty-title = لا أقسام بعد
sections-empty-text = القسم يجمع المواد في موضوع ويظهر في أعلى كل صفحة.
section-name = الاسم
section-description = الوصف
section-position = الترتيب
section-new = قسم جديد
section-add = أضف القسم
section-parent = جزء من
section-slug-hint = يُصنع من الاسم إن تركته فارغًا، ولا يتغير بعد ذلك.
section-no-name = اكتب اسم القسم.
settings-site = الموقع
settings-look = التواريخ والأرقام والقوائم
settings-addresses = الروابط
settings-comments = التعليقات
settings-title = الاسم
settings-tagline = السطر تحت الاسم
settings-language = اللغة (ar، en، …)
settings-time_zone = المنطقة الزمنية (مثل Asia/Riyadh)
settings-licence = ترخيص المواد
settings-calendar = التقويم
settings-digits = الأرقام
settings-month_names = أسماء الشهور
settings-per_page = مواد في الصفحة
settings-permalink = شكل روابط المواد
settings-permalink-hint = الروابط القديمة تقود دائمًا إلى الجديدة.
settings-hold_all = كل تعليق ينتظر محررًا
settings-hold_first = أول تعليق من كل قارئ ينتظر محررًا
settings-max_links = روابط مسموحة في التعليق
settings-close_after_days = أغلق باب التعليق بعد (أيام، فارغ: أبدًا)
settings-no-title = اكتب اسم الموقع.
settings-no-language = اكتب رمز لغة مثل ar أو en.
settings-no-time-zone = لا منطقة زمنية بهذا الاسم؛ اكتب مثلًا Asia/Riyadh.
settings-no-permalink = يجب أن يحوي الشكل ‎%postname%‎ أو ‎%post_id%‎.
settings-no-per-page = اكتب عددًا من 1 إلى 100.
settings-no-number = اكتب عددًا.
calendar-gregorian = ميلادي
calendar-hijri = هجري
calendar-gregorian-hijri = ميلادي ومعه الهجري
calendar-hijri-gregorian = هجري ومعه الميلادي
digits-latn = ‏0123456789
digits-arab = ٠١٢٣٤٥٦٧٨٩
months-EG = يناير، فبراير (مصر والخليج)
months-SY = كانون الثاني، شباط (الشام والعراق)
months-DZ = جانفي، فيفري (الجزائر وتونس)
months-MA = يناير، فبراير (المغرب)

## The editor (the browser puts in what stands behind «$»; counts have a text for each of the six forms)
editor-body = متن المادة
editor-placeholder = اكتب المادة هنا…
editor-placeholder-heading = عنوان فرعي
editor-placeholder-attribution = القائل
editor-placeholder-caption = تعليق الصورة
editor-placeholder-credit = المصوِّر أو المصدر
editor-words-zero = لا كلمات
editor-words-one = كلمة واحدة
editor-words-two = كلمتان
editor-words-few = $n كلمات
editor-words-many = $n كلمة
editor-words-other = $n كلمة
editor-minutes-zero = قراءة في أقل من دقيقة
editor-minutes-one = قراءة في دقيقة
editor-minutes-two = قراءة في دقيقتين
editor-minutes-few = قراءة في $n دقائق
editor-minutes-many = قراءة في $n دقيقة
editor-minutes-other = قراءة في $n دقيقة
editor-close = أغلق
editor-cancel = إلغاء
editor-insert = أدرج
editor-remove = احذف
editor-tools = أدوات الكتابة
editor-letter-bold = B
editor-letter-italic = I
editor-tool-undo = تراجع
editor-tool-redo = أعد
editor-tool-style = نوع الفقرة
editor-tool-paragraph = فقرة
editor-tool-heading-2 = عنوان فرعي
editor-tool-heading-3 = عنوان أصغر
editor-tool-heading-4 = عنوان صغير
editor-tool-quote = اقتباس
editor-tool-pull-quote = اقتباس بارز
editor-tool-note = ملاحظة
editor-tool-code-block = نص برمجي
editor-tool-strong = غامق
editor-tool-em = تمييز
editor-tool-link = رابط
editor-tool-footnote = حاشية
editor-footnote-title = حاشية $n
editor-footnote-hint = Enter يعود إلى السطر، وShift+Enter سطر جديد.
editor-footnote-done = تم
editor-footnote-remove = احذف الحاشية
editor-tool-more = تنسيق آخر
editor-tool-strike = مشطوب
editor-tool-sup = فوق السطر
editor-tool-sub = تحت السطر
editor-tool-code = رمز برمجي
editor-tool-bullet-list = قائمة نقطية
editor-tool-ordered-list = قائمة مرقّمة
editor-tool-picture = صورة أو معرض صور
editor-tool-insert = أدرج
editor-tool-card = بطاقة رابط
editor-tool-table = جدول
editor-tool-divider = فاصل
editor-tool-table-menu = الجدول
editor-tool-row-before = صف قبله
editor-tool-row-after = صف بعده
editor-tool-column-before = عمود قبله
editor-tool-column-after = عمود بعده
editor-tool-header-row = صف عناوين
editor-tool-merge-cells = ادمج الخلايا
editor-tool-split-cell = قسّم الخلية
editor-tool-delete-row = احذف الصف
editor-tool-delete-column = احذف العمود
editor-tool-delete-table = احذف الجدول
editor-tool-direction = اتجاه الفقرة
editor-tool-find = بحث واستبدال
editor-tool-help = اختصارات لوحة المفاتيح
editor-direction-auto = تلقائي
editor-direction-rtl = من اليمين
editor-direction-ltr = من اليسار
editor-direction-auto-short = تلقائي
editor-direction-rtl-short = يمين
editor-direction-ltr-short = يسار
editor-keys-title = اختصارات لوحة المفاتيح
editor-keys-typing = في أول السطر: ‏## للعنوان، و- أو • للقائمة، و1. للقائمة المرقّمة، و> للاقتباس، و--- للفاصل. ورابط وحده في سطر يصير بطاقة.
editor-save-now = احفظ الآن
editor-key-tools = انتقل إلى أدوات الكتابة
editor-key-tab = البند الداخلي أو الخلية التالية
editor-key-break = سطر جديد في الفقرة نفسها
editor-key-enter-quote = في سطر فارغ آخر الاقتباس: اكتب القائل
editor-link-dialog = رابط
editor-card-dialog = بطاقة رابط
editor-link-address = العنوان
editor-link-words = نص الرابط
editor-link-remove = أزل الرابط
editor-card-title = عنوان البطاقة
editor-find = ابحث في المادة
editor-find-next = التالي
editor-find-previous = السابق
editor-find-count = $at من $n
editor-replace-with = استبدل به
editor-replace = استبدل
editor-replace-all = استبدل الكل
editor-kept = باقٍ كما ورد
editor-kept-edit = حرّره نصًّا
editor-alt = وصف الصورة لمن لا يراها
editor-alt-hint = صف الصورة لمن لا يراها
editor-alt-missing = بلا وصف
editor-wide = عريضة
editor-picture-elsewhere = صورة محفوظة في موقع آخر، لا تُعرض هنا:
editor-choose-picture = اختر صورة
editor-pictures-title = الصور
editor-pictures-search = ابحث في الصور
editor-pictures-none = لا صور بهذا الوصف. ارفع صورة، أو جرّب كلمة أخرى.
editor-pictures-unreachable = تعذّر الوصول إلى مكتبة الصور. جرّب بعد قليل.
editor-insert-gallery-zero = أدرج
editor-insert-gallery-one = أدرج صورة
editor-insert-gallery-two = أدرج صورتين في معرض
editor-insert-gallery-few = أدرج $n صور في معرض
editor-insert-gallery-many = أدرج $n صورة في معرض
editor-insert-gallery-other = أدرج $n صورة في معرض
editor-upload = ارفع صورًا
editor-upload-hint = أو اسحبها إلى هنا.
editor-uploading = يُرفع الملف
editor-upload-failed = لم تُرفع الصورة. تحقّق من الاتصال ثم أعد المحاولة.
editor-upload-signed-out = انتهت جلستك. سجّل الدخول في لسان جديد ثم أعد المحاولة.
editor-upload-too-big = الملف أكبر مما يُقبل. صغّر الصورة ثم أعد المحاولة.
editor-status-idle = لا تغييرات
editor-status-changed = تغييرات لم تُحفظ بعد
editor-status-saving = يُحفظ…
editor-status-saved = حُفظ في $time
editor-status-kept = نسخة محفوظة في هذا المتصفح.
editor-status-unreachable = لم يُحفظ: لا اتصال بالخادم، وتتكرر المحاولة.
editor-status-failed = لم يُحفظ: خطأ في الخادم، وتتكرر المحاولة.
editor-status-full = لم يُحفظ: لا مساحة على الخادم، وتتكرر المحاولة. أخبر المشرف.
editor-status-signed-out = لم يُحفظ: انتهت جلستك.
editor-status-not-allowed = لم يُحفظ: لم يعد لك أن تغيّر هذه المادة.
editor-status-conflict = لم يُحفظ: حفظ غيرُك تغييرات في هذه المادة.
editor-status-locked = للقراءة فقط
editor-status-invalid = لم يُحفظ: راجع الحقول المعلَّمة.
editor-status-too-big = لم يُحفظ: المادة أطول مما يُقبل. قسّمها.
editor-signed-out-text = انتهت جلستك، ونصّك باقٍ في هذه الصفحة. سجّل الدخول في لسان جديد ثم عُد إلى هنا لمواصلة الحفظ.
editor-not-allowed-text = نشر زميل المادة أو حوّلها أو نقلها. نصّك باقٍ في هذه الصفحة ومحفوظ في هذا المتصفح: انسخه أو راجع زميلك.
editor-sign-in = سجّل الدخول
editor-try-again = أعد المحاولة
editor-conflict-text = حفظ $name تغييرات في هذه المادة وأنت تكتب. لم يُمحَ شيء من نصّك ولا من نصّه.
editor-look-at-both = قارن النصين
editor-keep-mine = احفظ نصّي فوقه
editor-take-theirs = خذ نصّه واعرض عليّ نصّي
editor-theirs = المحفوظ على الخادم
editor-mine = ما في هذه الصفحة
editor-look-failed = تعذّر جلب النص الآخر. جرّب بعد قليل.
editor-locked-text = يحرّر $name هذه المادة الآن. لك أن تقرأها، وأن تتولى تحريرها.
editor-taken-text = تولّى $name تحرير هذه المادة. ما لم يُحفظ من نصّك باقٍ في هذا المتصفح.
editor-take-over = تولَّ التحرير
editor-take-over-text = يصير التحرير لك، وتصير الصفحة عند زميلك للقراءة فقط. ما لم يحفظه يبقى في متصفحه.
editor-copy-text = في هذا المتصفح نسخة من هذه المادة لم تصل إلى الخادم، كُتبت في $time.
editor-copy-other-fields = نصّها مطابق، وتختلف في حقول أخرى.
editor-copy-words-zero = لا كلمات مختلفة.
editor-copy-words-one = تختلف في كلمة واحدة.
editor-copy-words-two = تختلف في كلمتين.
editor-copy-words-few = تختلف في $n كلمات.
editor-copy-words-many = تختلف في $n كلمة.
editor-copy-words-other = تختلف في $n كلمة.
editor-copy-look = اعرضها
editor-copy-take = استعدها
editor-copy-drop = تخلّص منها
editor-copy-server = المحفوظ على الخادم
editor-copy-here = النسخة في هذا المتصفح

## The script of the newsroom's pages (as above: the browser puts in what stands behind «$»)
room-yes = نعم
room-cancel = إلغاء
room-close = أغلق
room-keys = مفاتيح هذه القائمة
room-key-next = السطر التالي
room-key-previous = السطر السابق
room-key-select = حدّد السطر
room-key-open = افتح
room-key-help = هذه القائمة
room-selected-zero = لم يُحدَّد شيء
room-selected-one = حُدّد واحد
room-selected-two = حُدّد اثنان
room-selected-few = حُدّد $n
room-selected-many = حُدّد $n
room-selected-other = حُدّد $n
room-moved = الموضع $at من $n
room-order-saved = حُفظ الترتيب
room-order-failed = لم يُحفظ الترتيب. تحقّق من الاتصال ثم أعد المحاولة.
room-upload-failed = لم يُرفع الملف. تحقّق من الاتصال ثم أعد المحاولة.
room-passkey-failed = لم يُستعمل مفتاح المرور. حاول من جديد.
room-passkey-there = على هذا الجهاز مفتاح مرور لحسابك من قبل.
room-tag-added = أُضيف $name
room-tag-removed = أُزيل $name
room-remove-tag = أزل $name
room-session-ends-zero = تنتهي جلستك الآن.
room-session-ends-one = تنتهي جلستك بعد دقيقة. احفظ ما تكتب.
room-session-ends-two = تنتهي جلستك بعد دقيقتين. احفظ ما تكتب.
room-session-ends-few = تنتهي جلستك بعد $n دقائق. احفظ ما تكتب.
room-session-ends-many = تنتهي جلستك بعد $n دقيقة. احفظ ما تكتب.
room-session-ends-other = تنتهي جلستك بعد $n دقيقة. احفظ ما تكتب.
room-session-ended = انتهت جلستك. سجّل الدخول من جديد.

## The newsroom: the wire desk
nav-wire = الوكالات
wire-note = ما تقوله الوكالات وخلاصات المواقع. ما تأخذه يصير مسودة لك، ومعها مصدرها ورخصتها.
wire-states = أخبار الوكالات بحسب حالها
wire-state-new = جديد
wire-state-taken = أُخذ
wire-state-dismissed = استُبعد
wire-source = المصدر
wire-sources = المصادر
wire-all-sources = كل المصادر
wire-story = الخبر
wire-choose = تحديد الكل
wire-choose-one = حدّد «{ $headline }»
wire-take = خذه مسودة
wire-dismiss = استبعد
wire-there = عند المصدر
wire-article = المادة
wire-same = هنا مادة تقول الشيء نفسه
wire-also = ومن مصادر أخرى:
wire-by-taken = أخذه { $name }
wire-by-dismissed = استبعده { $name }
wire-by-rule = بقاعدة المصدر
wire-licence = الرخصة
wire-no-text = لا نص في الخلاصة. الخبر كامل عند مصدره.
wire-none-new = لا جديد
wire-none-taken = لم يؤخذ شيء بعد
wire-none-dismissed = لم يُستبعد شيء
wire-none-text = تظهر الأخبار هنا كما تأتي بها خلاصاتها. وما لا يأخذه أحد يُزال بعد 30 يومًا.
wire-none-filtered = قد تجد شيئًا عند مصادر أخرى.
wire-no-source = لا مصدر بعد
wire-no-source-text = يحدد المالك والمحررون الخلاصات التي تُسأل. عندئذ تظهر أخبارها هنا، الأحدث أولًا، كل خبر مرة واحدة.
wire-no-source-teach = المصدر خلاصة وكالة أو موقع: RSS أو Atom أو JSON Feed. أضف الأول في الأسفل، فتصل أخباره بعد لحظات.
wire-done-taken = أُخذ مسوداتٍ: { $n }
wire-done-dismissed = استُبعد: { $n }
wire-done-undone = عاد جديدًا: { $n }
wire-done-was-taken = سبقك زميل إلى هذا الخبر وأخذه.
wire-sources-note = تُسأل الخلاصات في الخلفية. وكل ما تقوله يُنقّى قبل أن يُحفظ.
wire-name = الاسم
wire-name-hint = يراه القراء مع كل خبر.
wire-address = عنوان الخلاصة
wire-address-hint = RSS أو Atom أو JSON Feed، مثل https://agency.example/feed
wire-licence-hint = بأي شروط تنشر أخباره. إن تركته فارغًا فكما تقول الخلاصة.
wire-language = لغة الأخبار
wire-language-feed = كما تقول الخلاصة
wire-minutes = يُسأل كل … دقيقة
wire-minutes-hint = من 5 إلى 1440.
wire-rule = ما مصير الخبر
wire-rule-hold = ينتظر حتى يأخذه أحد
wire-rule-publish = يُنشر فورًا في قسمه، إلا إن كان هنا من قبل
wire-add = إضافة مصدر
wire-more-sources = مصادر أخرى
wire-ask = اسأله الآن
wire-pause = أوقفه
wire-resume = أعده
wire-its-stories = أخباره
wire-remove = إزالة
wire-remove-text = لا يُسأل بعدها. يبقى ما أتى به 30 يومًا، أما المواد فتبقى.
wire-remove-sure = أتزيل هذا المصدر؟
wire-how-first = يُسأل بعد لحظات
wire-how-well = سليم
wire-how-trouble = متعثر
wire-how-paused = موقوف
wire-every = { $n ->
    [zero] يُسأل دائمًا.
    [one] يُسأل كل دقيقة.
    [two] يُسأل كل دقيقتين.
    [few] يُسأل كل { $n } دقائق.
    [many] يُسأل كل { $n } دقيقة.
   *[other] يُسأل كل { $n } دقيقة.
}
wire-heard = آخر جواب { $at }. أخبار في خلاصته: { $n }.
wire-next = يُسأل ثانية { $at }.
wire-failures = { $n ->
    [zero] لم يتعثر.
    [one] تعثر مرة واحدة.
    [two] تعثر مرتين متتاليتين، فصار يُسأل مرات أقل، ولا تقل عن مرة في اليوم.
    [few] تعثر { $n } مرات متتالية، فصار يُسأل مرات أقل، ولا تقل عن مرة في اليوم.
    [many] تعثر { $n } مرة متتالية، فصار يُسأل مرات أقل، ولا تقل عن مرة في اليوم.
   *[other] تعثر { $n } مرة متتالية، فصار يُسأل مرات أقل، ولا تقل عن مرة في اليوم.
}
wire-trouble-address = لا يُسأل هذا العنوان: يلزمه http أو https بلا كلمة مرور. وربما أحال إلى عنوان ليس كذلك.
wire-trouble-unknown = لا أحد يعرف أين { $what }. راجع الكتابة.
wire-trouble-forbidden = يقود { $what } إلى جهاز ليس على الإنترنت المفتوح. إن كان ذلك مقصودًا أجازه من يرعى الخادم في warraq.toml.
wire-trouble-broken = انقطع الاتصال، أو لم يُجب أحد.
wire-trouble-too-slow = طال الأمر أكثر مما ننتظر.
wire-trouble-refused = يأبى أن يرينا الخلاصة (الجواب { $what }). قد يطلب كلمة مرور أو عقدًا.
wire-trouble-missing = لا خلاصة في هذا العنوان (الجواب { $what }). اسأل المصدر عن العنوان الجديد.
wire-trouble-busy = نسأله أكثر مما يرضى (الجواب { $what }). يُسأل ثانية حين يأذن.
wire-trouble-failed = عند المصدر عطل (الجواب { $what }).
wire-trouble-status = يجيب بغير خلاصة (الجواب { $what }).
wire-trouble-too-large = الخلاصة أكبر من 8 ميغابايت.
wire-trouble-document-type = تبدأ بتعريف نوع المستند، وقد يكون فخًّا، فلم يُقرأ منها شيء. لعلها صفحة الموقع لا خلاصته.
wire-trouble-no-feed = ليس هناك خلاصة. لعلها صفحة موقع: ابحث فيها عن «RSS» أو «خلاصات».
wire-source-done-added = أُضيف، ويُسأل الآن.
wire-source-done-changed = حُفظ.
wire-source-done-paused = أُوقف، فلا يُسأل.
wire-source-done-resumed = عاد يُسأل.
wire-source-done-asked = يُسأل الآن، وتصل أخباره بعد لحظات.
wire-source-done-removed = أُزيل.
flaw-wire-name-required = سمِّ المصدر.
flaw-wire-name-too-long = الاسم أطول مما يسع.
flaw-wire-address-not-an-address = هذا ليس عنوان خلاصة. يبدأ بـ https:// أو http:// وليست فيه كلمة مرور.
flaw-wire-address-already-there = هذه الخلاصة تُسأل من قبل.
flaw-wire-licence-too-long = الرخصة أطول مما يسع؛ اذكر اسمها ورابطها.
flaw-wire-section-required = اختر القسم الذي تُنشر فيه أخباره.
flaw-wire-minutes-out-of-range = بين 5 و1440 دقيقة.
flaw-wire-sources-too-many = بلغت المصادر 500؛ أزل واحدًا أولًا.
flaw-wire-stories-too-many = حدّد 100 خبر على الأكثر في المرة.
act-wire-taken = أخذ خبر وكالة
act-wire-dismissed = صرف أخبارًا من الوكالات
act-wire-brought-back = أعاد أخبارًا صُرفت
act-wire-source-added = أضاف مصدرًا
act-wire-source-changed = غيّر مصدرًا
act-wire-source-removed = أزال مصدرًا
noun-wire-source = مصدر

## The newsroom: comments
nav-comments = التعليقات
comments-states = التعليقات بحسب حالها
comments-state-held = في الانتظار
comments-state-published = منشور
comments-state-hidden = مخفي
comments-state-spam = مزعج
comments-words = كلمات
comments-reason = سبب الحجز
comments-any-reason = أي سبب
comments-article = رقم المادة
comments-look = بحث
comments-all = الكل
comments-why = السبب (يراه الزملاء)
comments-choose = اختيار
comments-choose-one = اختر تعليق { $name }
comments-comment = التعليق
comments-acts = إجراءات
comments-do-approve = انشر
comments-do-hold = احجز
comments-do-hide = أخفِ
comments-do-spam = مزعج
comments-do-delete = احذف نهائيًّا
comments-more = المزيد
comments-only-article = هذه المادة وحدها
comments-older = الأقدم
comments-undo = تراجع
comments-none-held = لا شيء ينتظرك
comments-none-published = لا تعليق منشور
comments-none-hidden = لا تعليق مخفي
comments-none-spam = لا تعليقات مزعجة
comments-none-found = لا تعليق يطابق بحثك
comments-none-text = تظهر التعليقات هنا حين يكتب القراء. ما ينتظر تقرر أنت فيه، أما القواعد ففي الإعدادات.
comments-look-on-text = بحثنا في أحدث ألف تعليق. تابع في الأقدم.
comments-done-approved = نُشر: { $n }
comments-done-held = حُجز: { $n }
comments-done-hidden = أُخفي: { $n }
comments-done-spam = نُقل إلى المزعج: { $n }
comments-done-deleted = حُذف نهائيًّا: { $n }
comments-done-answered = نُشر ردك.
comments-done-undone = عاد كما كان: { $n }
comments-done-erased = نُسي: { $n }
comments-sure-title = أتحذف هذه التعليقات نهائيًّا؟
comments-sure-text = لا سبيل إلى استعادتها. تبقى الردود عليها وترتفع درجة.
comments-sure-yes = نعم، احذفها نهائيًّا
comments-sure-no = لا، ارجع
comment-title = تعليق { $name }
comment-by-staff = هيئة التحرير
comment-why = لماذا هو هنا
comment-answers = ردًّا على { $name }
comment-answer = ردّ
comment-answer-as = ردك، يُنشر فورًا باسم { $name }
comment-answer-publishes = يُنشر معه التعليق الذي ترد عليه.
comment-answer-hidden-article = لا يرى القراء هذه المادة، فلا يمكن الرد فيها.
comment-history = ما تقرر فيه
comment-history-none = لم يقرر أحد شيئًا بعد؛ القواعد هي التي وضعته هنا.
comment-writer = كاتبه
comment-address-hint = لا يرى أحد عناوين القراء. فإن احتجت إلى هذا العنوان حقًّا، سُجّل اسمك والوقت مع هذا التعليق.
comment-address-show = أظهر البريد الإلكتروني
comment-address-gone = لم يعد محفوظًا أي عنوان.
comment-address-seen = اطّلع { $name } على العنوان:
history-what = ما جرى
history-who = من
history-why = السبب
history-when = متى
history-command = سطر الأوامر
act-approved = نُشر
act-held = حُجز
act-hidden = أُخفي
act-spam = نُقل إلى المزعج
act-deleted = حُذف
act-answered = رُدّ عليه
act-undone = تراجع
act-erased = نُسي كاتبه
reason-closed = باب التعليق مغلق
reason-honeypot = مُلئ حقل لا يراه القراء
reason-throttled = تعليقات كثيرة من شبكة واحدة في وقت قصير
reason-duplicate = أُرسل النص نفسه من قبل
reason-refused-word = كلمة مرفوضة
reason-banned = المرسل محظور
reason-staff-name = الاسم يشبه اسمًا من هيئة التحرير
reason-blocked-word = كلمة تُحجز
reason-links = روابط كثيرة
reason-too-fast = أُرسل أسرع مما يكتب إنسان
reason-hold-all = كل التعليقات تُحجز
reason-first-comment = الأول من هذا العنوان
finding-refused-word = كلمة مرفوضة: { $saw }
finding-blocked-word = كلمة تُحجز: { $saw }
finding-links = روابط في النص: { $saw }
finding-too-fast = ثوانٍ بين الفتح والإرسال: { $saw }
bans-title = المحظورون
bans-text = تذهب تعليقات المحظورين إلى المزعج، ويقال لهم ما يقال لكل من ينتظر تعليقه، ولا ترى هنا عنوانًا ولا شبكة.
bans-kind = يُعرف بـ
bans-kind-address = البريد الإلكتروني
bans-kind-network = الشبكة
bans-comment = التعليق { $number }
bans-lift = ارفع الحظر
bans-none = لا أحد محظور
bans-done-banned = حُظر المرسل، وتذهب تعليقاته الجديدة إلى المزعج.
bans-done-unknown = لم يعد يمكن التعرف على هذا المرسل: انتهت مدة ما حُفظ.
bans-done-lifted = رُفع الحظر.
ban-hint = يتعرف الحظر على المرسل من غير أن يُظهر لك من هو. والشبكة بيت أو مكتب، فقد يكون فيها غيره.
ban-address = احظر هذا العنوان
ban-network = احظر هذه الشبكة
flaw-comment-required = اكتب ردًّا أولًا.
flaw-comment-too-long = الرد أطول من المسموح: عشرة آلاف حرف على الأكثر.
flaw-comments-too-many = تعليقات كثيرة دفعة واحدة: مئتان على الأكثر.
flaw-reason-too-long = السبب أطول من المسموح: مئتا حرف على الأكثر.

## The newsroom: pictures
nav-pictures = الصور
pictures-refused = لم تُقبل هذه الملفات:
pictures-bring = أضف صورًا
pictures-bring-hint = ‏JPEG أو PNG أو WebP أو GIF، حتى 40 ميغابايت لكل صورة. تُكتب من جديد، فيُحذف منها مكان التقاطها وآلتها وكل ما خفي فيها.
pictures-upload = ارفع
pictures-words = كلمات في الوصف أو المصدر أو التعليق أو اسم الملف
pictures-no-alt = بلا وصف
pictures-none = لا صور بعد
pictures-none-found = لا صورة تطابق بحثك
pictures-none-text = اختر ملفات من الأعلى أو أسقطها هناك. تُحفظ كل صورة مرة واحدة مهما تكرر إرسالها.
pictures-look-on-text = بحثنا في أحدث ألفي صورة فيها الكلمة الأولى. تابع في الأقدم.
pictures-done-taken = أُضيف: { $n }
pictures-done-saved = حُفظ.
pictures-done-replaced = استُبدلت. كل صفحة تعرضها تعرض الجديدة.
pictures-done-removed = حُذفت.
picture-title = صورة
picture-needs-alt = لا تُنشر مادة فيها هذه الصورة ما دامت بلا وصف.
picture-imported = استيراد
picture-uses = أين تُستعمل
picture-unused = لا مادة تعرضها.
picture-more-uses = ومواد أخرى.
picture-closed-uses =
    { $n ->
        [one] ومادة لم تنشر بعد، تحريرها لغيرك.
        [two] ومادتان لم تنشرا بعد، تحريرهما لغيرك.
        [few] و{ $n } مواد لم تنشر بعد، تحريرها لغيرك.
        [many] و{ $n } مادة لم تنشر بعد، تحريرها لغيرك.
       *[other] و{ $n } مادة لم تنشر بعد، تحريرها لغيرك.
    }
picture-in-use = تعرض مواد هذه الصورة، أو كانت تعرضها في نسخة أقدم. استبدلها، أو أخرجها منها أولًا.
picture-alt = الوصف، لمن لا يراها
picture-alt-hint = أهم ما فيها في جملة: «رئيسان يتصافحان في قاعة».
picture-caption = التعليق تحتها
picture-credit = المصدر
picture-licence = الترخيص
picture-focal = ما يجب أن يبقى ظاهرًا
picture-focal-hint = بالنسبة المئوية. ويمكنك أن تنقر على الصورة إن كانت البرامج النصية متاحة.
picture-focal-x = من اليسار
picture-focal-y = من الأعلى
picture-save = احفظ
picture-replace = استبدل
picture-replace-hint = ملف آخر بالرقم نفسه. تعرضه فورًا كل مادة تعرض الصورة، ويُحذف الملف القديم.
picture-file = الملف الجديد
picture-remove = احذف
picture-remove-hint = لا مادة تعرضها، فيمكن حذفها نهائيًّا.
flaw-file-required = اختر ملفًّا أولًا.
flaw-alt-required = في المادة صورة بلا وصف لمن لا يراها.
flaw-alt-too-long = الوصف أطول من المسموح: ألف حرف على الأكثر.
flaw-credit-too-long = المصدر أطول من المسموح: ألف حرف على الأكثر.
flaw-caption-too-long = التعليق أطول من المسموح: ألف حرف على الأكثر.
media-too-many-bytes = الملف أكبر من 40 ميغابايت. احفظ الصورة أصغر.
media-unknown-format = ليست هذه صورة نعرفها. أرسل JPEG أو PNG أو GIF أو WebP.
media-refused-format = لا تُقبل صور { $format }. احفظها بصيغة JPEG أو PNG أو WebP.
media-refused-file = لا يُقبل هذا الملف هنا. أرسل JPEG أو PNG أو GIF أو WebP.
media-too-many-pixels = في الصورة نقاط أكثر من المسموح: خمسون مليونًا على الأكثر، و16384 في الضلع.
media-damaged = الملف تالف أو ناقص. صدّره أو نزّله من جديد.
media-not-encoded = تعذرت كتابة الصورة من جديد. احفظها بصيغة أخرى وأعد المحاولة.
media-bad-name = لا توجد صورة كهذه.
media-not-found = لا توجد صورة كهذه.
media-disk-full = القرص ممتلئ.
media-in-use = تُجلب ملفات الآن. انتظر حتى ينتهي ذلك.
media-disk = تعذر حفظ الصورة.

# التقويم والخطة
nav-calendar = التقويم
embargo = محظور النشر
story-embargo = محظور النشر حتى
story-end = تُسحب من القراء تلقائيًا في
story-plan = الموعد المخطط
story-plan-do = احفظ الخطة
field-planned-on = اليوم المخطط
field-planned-on-hint = تظهر المادة في التقويم في هذا اليوم، ولا تُنشر من نفسها.
field-embargo-at = حظر النشر حتى
field-embargo-at-hint = لا تُنشر المادة ولا تُجدول قبل هذه اللحظة. رفع الحظر لمن يحق له النشر.
field-expires-at = تُسحب في
field-expires-at-hint = تُسحب المادة من القراء في هذه اللحظة، ويقول عنوانها إنها لم تعد متاحة.
done-planned = حُفظت الخطة.
act-planned = خطّط لمادة
calendar-out = تُنشر من نفسها
calendar-away = تُسحب
calendar-before = الشهر السابق
calendar-after = الشهر التالي
calendar-today = هذا الشهر
calendar-as-list = قائمة
calendar-as-weeks = أسابيع
calendar-begin = ابدأ مادة ليوم {$day}
calendar-more = في هذا الشهر أكثر مما تسعه الصفحة: تُعرض أوائله.
calendar-empty = لا شيء مخططًا في هذا الشهر. اضغط + عند يوم لتبدأ مادة له، أو حدد اليوم المخطط في صفحة المادة.
calendar-help = هنا ما خُطط له، وما يُنشر من نفسه، وما يُسحب من نفسه، وعدد ما نُشر. المواعيد بتوقيت الموقع.
conflict-under-embargo = المادة محظورة النشر حتى موعد لم يأت بعد. ارفع الحظر أولًا إن كان لك ذلك.
conflict-past-its-end = موعد سحب المادة يسبق نشرها. غيّره في خطة المادة.
conflict-end-is-over = موعد السحب مضى. اسحب المادة الآن أو اختر موعدًا آخر.
conflict-embargo-too-late = المادة منشورة: فات وقت الحظر.
conflict-end-before-embargo = موعد السحب يسبق نهاية الحظر.
conflict-plan-against-schedule = المادة مجدولة في موعد لا توافقه هذه الخطة. غيّر الجدول أولًا.
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
calendar-published =
    { $n ->
        [zero] لا مواد منشورة
        [one] مادة منشورة
        [two] مادتان منشورتان
        [few] { $n } مواد منشورة
        [many] { $n } مادة منشورة
       *[other] { $n } مادة منشورة
    }

## الأسماء والقوائم والتحويلات
nav-menus = القوائم
nav-people = الكتّاب
nav-tags = الوسوم
nav-redirects = التحويلات
people-note = كل من له اسم فوق مادة. عنوان صفحة الكاتب لا يتغير إذا غيّرت اسمه.
tags-note = الوسم يجمع المواد عبر الأقسام. عنوان صفحته لا يتغير إذا غيّرت اسمه.
terms-begin = يبدأ بـ
terms-stories = المواد المنشورة
terms-more = التالي
terms-add = أضف
terms-none = لا شيء هنا
people-teach = يُضاف الكاتب هنا، أو وحده حين تكتب اسمه فوق مادة.
tags-teach = يُضاف الوسم هنا، أو وحده حين تكتبه في مادة.
people-new = كاتب جديد
tags-new = وسم جديد
people-text = نبذة
tags-text = الوصف
people-text-hint = يقرؤها القراء في صفحة الكاتب.
tags-text-hint = يقرؤه القراء في صفحة الوسم.
term-note = عنوان صفحته:
menus-note = الروابط في رأس كل صفحة وذيلها. الصف الفارغ لا يُحفظ، والترتيب بالأرقام.
menus-menu = رأس الصفحة
menus-menu-hint = إن لم تكتب شيئًا ظهرت الأقسام الأولى.
menus-footer = ذيل الصفحة
menus-footer-hint = إن لم تكتب شيئًا ظهرت الصفحات الثابتة.
menu-link = الرابط { $n }
menu-address = العنوان
menu-no-address = اكتب عنوانًا من الموقع مثل ‎/about/‎ أو عنوانًا كاملًا يبدأ بـ ‎https://‎.
menu-no-name = اكتب اسم الرابط.
menu-too-many = لا يتسع الرأس لأكثر من أربعين رابطًا.
redirects-note = عنوان لا صفحة له يقود قراءه إلى صفحة أخرى: روابط الموقع القديم، وما تضيفه هنا.
redirect-new = تحويل جديد
redirect-from = من
redirect-to = إلى
redirect-from-hint = عنوان لا صفحة له الآن، مثل ‎/old/story/‎.
redirect-to-hint = عنوان في هذا الموقع، مثل ‎/a/12‎.
redirect-add = حوّل القراء
redirects-begin = العنوان يبدأ بـ
redirect-forget = ألغِ
redirect-sure = أتلغي هذا التحويل؟ من يفتح العنوان القديم يرى أن الصفحة غير موجودة.
redirects-none = لا تحويلات
redirects-teach = حين تأتي بموقع من ووردبريس تصل روابطه القديمة إلى هنا وحدها.
redirect-kept = حُفظ: من يفتح العنوان القديم يصل إلى الجديد.
redirect-forgotten = أُلغي التحويل.
redirect-no-from = اكتب العنوان القديم، مثل ‎/old/story/‎.
redirect-is-a-page = في هذا العنوان صفحة يراها القراء، فلن يُحوَّل أحد. اسحب المادة أولًا.
redirect-no-to = اكتب عنوانًا في هذا الموقع يبدأ بـ ‎/‎.
settings-colour = اللون
settings-logo = الشعار
settings-logo-seen = الشعار كما يظهر في رأس الصفحات
settings-logo-number = رقم الصورة (فارغ: اسم الموقع)
settings-logo-hint = ارفع الشعار إلى المكتبة، ثم اضغط «اجعلها شعار الموقع» في صفحة الصورة. الأفضل أن يكون عريضًا وشفاف الخلفية. يُقرأ مكانه اسم الموقع لمن لا يراه.
settings-no-picture = لا صورة في المكتبة بهذا الرقم.
picture-as-logo = اجعلها شعار الموقع
picture-is-logo = هي شعار الموقع. اختر في الإعدادات غيرها قبل أن تحذفها.
settings-accent = لون الروابط (مثل ‎#1d5fa3‎؛ فارغ: لون الموقع)
settings-accent-hint = يُغمَّق نهارًا ويُفتَّح ليلًا بقدر ما يلزم ليُقرأ.
settings-no-colour = اكتب ستة أرقام ست عشرية، مثل ‎#1d5fa3‎.
settings-machines = الآلات
settings-refuse_training = اطلب من الزواحف التي تجمع النصوص لتدريب الآلات ألا تأتي
settings-refused_crawlers = زواحف أخرى لا تأتي
settings-refused_crawlers-hint = اسم في كل سطر كما يكتبه صاحبه، مثل PetalBot. من يحترم ‎robots.txt‎ لا يأتي.
settings-no-crawler = اسم الزاحف حروف لاتينية وأرقام و - و _ فقط.
settings-ads_txt = ‎ads.txt‎
settings-ads_txt-hint = كما تعطيه شبكة الإعلانات. فارغ: لا ملف.
act-tag-changed = أضاف وسمًا أو سمّاه
act-person-changed = أضاف كاتبًا أو سمّاه
act-address-kept = حوّل عنوانًا
act-address-forgotten = ألغى تحويل عنوان
noun-tag = وسم
noun-person = كاتب
conflict-tag-exists = في هذا العنوان وسم من قبل.
conflict-person-exists = في هذا العنوان كاتب من قبل.
term-join-into = اسمه
term-join-look = أرني ما سيحدث
term-join-do = ادمجهما نهائيًا
term-join-not = اتركه كما هو
term-join-stories =
    { $n ->
        [zero] لا مادة منشورة تحت «{ $from }»، وتنتقل مسوداته إلى «{ $into }».
        [one] تنتقل مادة منشورة واحدة من «{ $from }» إلى «{ $into }»، والمسودات كذلك.
        [two] تنتقل مادتان منشورتان من «{ $from }» إلى «{ $into }»، والمسودات كذلك.
        [few] تنتقل { $n } مواد منشورة من «{ $from }» إلى «{ $into }»، والمسودات كذلك.
        [many] تنتقل { $n } مادة منشورة من «{ $from }» إلى «{ $into }»، والمسودات كذلك.
       *[other] تنتقل { $n } مادة منشورة من «{ $from }» إلى «{ $into }»، والمسودات كذلك.
    }
term-join-address = من يفتح { $from } يُحال إلى { $into }.
term-join-later = من يكتب «{ $from }» لاحقًا يقصد «{ $into }». يبقى ما كتب عن «{ $into }» ولا يظهر ما كتب عن «{ $from }».
term-join-for-good = لا رجعة في هذا.
people-join = أهو كاتب آخر؟
people-join-hint = إذا سُجل الكاتب مرتين فاكتب اسم القيد الذي يبقى.
people-join-unknown = لا كاتب بهذا الاسم.
tags-join = أيعني وسمًا آخر؟
tags-join-hint = إذا كان لوسمين معنى واحد فاكتب اسم الذي يبقى.
tags-join-unknown = لا وسم بهذا الاسم.
conflict-joined-meanwhile = دمج زميل أحدهما في غيره أثناء ذلك. انظر فيه من جديد قبل أن تقرر.
conflict-joined-to-itself = هو نفسه. اكتب اسمًا آخر.
act-tags-joined = دمج وسمين
act-people-joined = دمج كاتبين
conflict-address-circle = سيعود العنوان إلى نفسه. اختر عنوانًا آخر.
conflict-plan-changed = غيّر زميل الخطة في هذه الأثناء. افتح المادة من جديد قبل أن تغيّرها.

# طريق المسودة إلى النشر.
nav-stages = المراحل
act-stages-changed = غيّر مراحل المسودات
conflict-stage-not-last = هنا لا تُنشر مادة إلا من المرحلة الأخيرة. سلّمها إلى تلك المرحلة أولًا.
conflict-stage-of-others = من هذه المرحلة، أو من مرحلة في الطريق، ينقل المواد زملاء آخرون. اختر مرحلة قبلها، أو اسأل محررًا.
conflict-stage-is-scheduled = هذه المادة مجدولة وتُنشر من نفسها. ألغِ الموعد أولًا، ثم سلّمها.
conflict-stages-changed = غيّر زميل المراحل في هذه الأثناء. انظر إليها كما هي الآن.
conflict-stage-in-use = في هذه المرحلة مواد. قل إلى أي مرحلة تنتقل.
flaw-stage-required = لا بد للمرحلة من اسم.
flaw-stage-too-long = اسم المرحلة 40 حرفًا على الأكثر.
flaw-stage-controls = في الاسم رموز لا تُرى. اكتبه من جديد.
flaw-stage-twice = لمرحلة أخرى هذا الاسم.
flaw-stage-key = ليست هذه مرحلة.
flaw-stage-none = لا بد من مرحلة واحدة على الأقل.
flaw-stage-too-many = بلغت المراحل أقصى عددها.
stages-note = طريق المسودة إلى النشر بالترتيب. الجدولة والنشر والسحب تأتي بعدها من نفسها وليست مراحل.
stages-order = الأسماء والترتيب
stages-order-hint = لا يرى القراء هذه الأسماء. المراحل الخمس الأولى تظهر لكل زميل بلغته، إلى أن تغيّر أسماءها.
stages-changed = غيّر زميل المراحل في هذه الأثناء. لم يُحفظ شيء مما كتبت؛ وهذه هي الآن.
stages-changed-typed = كنت قد كتبت:
stage-name = الاسم
stage-taken-on-by = من ينقل المواد من هنا
taken-on-by-contributor = كل من له أن يكتب فيها
taken-on-by-author = الكتّاب والمحررون والمالكون
taken-on-by-editor = المحررون والمالكون
taken-on-by-owner = المالكون وحدهم
stage-begins = تبدأ المواد الجديدة هنا
stage-drafts = { $n ->
    [zero] لا مسودات
    [one] مسودة واحدة
    [two] مسودتان
    [few] { $n } مسودات
    [many] { $n } مسودة
   *[other] { $n } مسودة
}
stage-up = انقل { $name } إلى أعلى
stage-down = انقل { $name } إلى أسفل
stages-going-out = النشر
stages-only-last = لا تُنشر مادة إلا من المرحلة الأخيرة
stages-only-last-hint = عندها لا ينشر أحد مسودة ولا يجدولها قبل أن تصل إلى هناك، أيًّا كان دوره. أما ما يراه القراء فيُعدَّل فورًا كما كان.
stage-new = أضف مرحلة
stage-after = بعد
stage-after-nothing = في البداية
stage-add = أضف
stages-full = المراحل { $n } ولا يمكن أن تزيد. احذف واحدة أولًا.
stage-removal = احذف مرحلة
stage-removal-hint = تنتقل موادها إلى المرحلة التي تختارها دفعة واحدة، ولا يضيع منها شيء.
stage-into = تنتقل موادها إلى
stage-into-nothing = اختر مرحلة
stage-remove = احذف
stage-remove-confirm = أتحذف هذه المرحلة؟ تنتقل موادها إلى المرحلة التي اخترتها.
home-stages = أين تقف المسودات
list-empty-stage = لا مادة من هذه القائمة في هذه المرحلة.
choice-all = الكل
story-waits-for-stage = لا تُنشر المواد إلا من مرحلة { $name }. سلّمها إلى تلك المرحلة أولًا.
