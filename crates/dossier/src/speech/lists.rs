//! Which small words steer a sentence of speech? All are folded.

use std::collections::HashSet;
use std::sync::LazyLock;

use arabic::fold::{Fold, fold};

use crate::gazetteer::Quick;

fn set(words: &str) -> HashSet<String, Quick> {
    words.split_whitespace().map(|word| fold(word, Fold::KEY).into_owned()).collect()
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident: $words:expr;)*) => {
        $($(#[$doc])* pub(super) fn $name(key: &str) -> bool {
            static SET: LazyLock<HashSet<String, Quick>> = LazyLock::new(|| set($words));
            SET.contains(key)
        })*
    };
}

lists! {
    /// Where the name of a subject ends.
    ends_subject: "في خلال عبر أمام أثناء بعد قبل عقب لدى ضمن حول بشأن بخصوص عن على إلى من مع منذ حتى كما إثر عند أن إن بأن \
        أنه إنه أنها إنها بأنه بأنها الذي التي الذين اللذان اللتان حين عندما حيث بينما فيما قد لقد ثم لكن بل إذ إذا هل لم لن لا ما أو \
        مساء صباح ظهر فجر يوم اليوم أمس غدا على ردا فيه فيها له لها لهم عنه عنها إليه إليها عليه عليها به بها منه منها منهم بعض ل تعليقا وفق وفقا بحسب حسب رغم بعيد قبيل أيضا كذلك بدوره بدورها جانبه \
        جانبها جهته جهتها هنا هناك هذا ذلك تلك هذه آنذاك سابقا لاحقا مؤخرا about in on at during after before that to who which by \
        with from when while as if because but and for of into yesterday today late earlier";
    /// What says nothing of the subject and stands between verb and subject.
    passed_over: "أيضا كذلك بدوره بدورها أمس اليوم لاحقا سابقا مؤخرا حينها أخيرا صراحة هنا آنذاك مجددا من جانبه جانبها جهته جهتها ناحيته \
        ناحيتها جانبهم بعد ذلك يومها also later then";
    /// What makes a saying not said.
    negates: "لم لن لا لما ليس ليست ألا قد ربما لعل لو إذا هل أ ما متى كي لكي أن بأن إن حتى not never may might could would if should can \
        cannot didn't doesn't won't";
    /// What may stand between a subject and its verb.
    auxiliaries: "قد لقد كان كانت كانوا سوف had has have also later then already";
    /// With what a new clause begins that is not of the subject before it.
    opens_clause: "إن أن لكن ولكن بل ثم حيث كما فيما بينما بعدما عندما إذ إذا لأن حين وقد قد هل ما منذ أو أما which who that and but \
        while when as after before because if";
    /// Before the source: «بحسب مصدر».
    according: "بحسب حسب وفق وحسب وبحسب ووفق";
    /// With what the writer goes on after somebody's reported words.
    breaks_report: "بينما فيما حين لكن ولكن while but whereas";
    /// On what occasion something is said.
    occasions: "مؤتمر مقابلة بيان كلمة تصريح تصريحات جلسة رسالة اجتماع زيارة لقاء تغريدة خطاب حديث حوار ندوة مقال تدوينة منشور \
        برقية مكالمة محادثة محادثات كلمته كلمتها خطابه رسالته لقائه لقائها بيانها زيارته اجتماعه حديثه مقابلته \
        interview statement speech conference letter tweet meeting briefing";
    /// Persons who are told by another: «زوجة الرئيس» is not the president.
    dependants: "زوجة زوج ابن ابنة نجل نجلة شقيق شقيقة محامي محامية متحدث متحدثة المتحدث المتحدثة الناطق الناطقة ناطق ناطقة مستشار مستشارة \
        مستشارو مساعد مساعدة والد والدة سكرتير سكرتيرة مدير مديرة عم خال جد أرملة صديق صديقة حفيد ممثل ممثلة مبعوث مبعوثة نائب نائبة \
        المبعوث مقرب رئيس مكتب فريق حملة إدارة حكومة منافس خصم انصار مؤيدو spokesman spokeswoman spokesperson wife husband \
        lawyer aide adviser daughter son brother sister deputy";
    /// Nouns that say what somebody wants or holds: «أكد ضرورة».
    stance_nouns: "ضرورة أهمية حرص استعداد رفض دعم التزام وقوف تمسك رغبة عزم أن ثقة ثقته قدرة حق حرصه استعداده رفضه دعمه التزامه تمسكه \
        حرصها استعدادها رفضها دعمها التزامها تمسكها عزمه عزمها موقف وجود صحة أي علمه مسؤولية مسؤوليته تضامن تضامنه ترحيب أمله استمرار \
        رغبتها رغبته سعي حاجة جاهزية متانة عمق";
    /// People who are spoken to: objects, not subjects.
    told: "الصحفيين الصحافيين الحاضرين المواطنين المشاركين الحضور النواب reporters journalists";
    /// Verbs that are other words too, which must be followed at once by what is said.
    doubtful: "بين رد زاد عقب واصل مضى نشر علق دون شرح وعد أقر رأى عبر كرر روى حكى أكمل جدد كشف أبدى ختم تابع نصح ذكر حث شبه";
    /// The first person and others who say «he» of somebody told before.
    pronouns: "هو هي هم he she they it";
    /// To whom one speaks: «لصحيفة», «لوكالة».
    media: "صحيفة وكالة قناة إذاعة تلفزيون مجلة برنامج موقع شبكة جريدة الصحيفة الوكالة القناة البرنامج";
}

/// Role nouns that, with the article alone, mean whoever was told before with the same role.
pub(super) fn is_role(key: &str) -> bool {
    static SET: LazyLock<HashSet<String, Quick>> = LazyLock::new(|| {
        set(
            "رئيس وزير ملك أمير سفير مدير نائب متحدث محامي قاضي مبعوث أمين مدرب لاعب طبيب باحث كاتب محافظ مفوض مستشار قائد زعيم عاهل سلطان ولي بابا إمام نقيب عمدة والي حاكم جنرال عقيد لواء \
             شيخ فنان مخرج مسؤول رئيسة وزيرة ملكة سفيرة مديرة نائبة متحدثة محامية مبعوثة باحثة كاتبة مدربة طبيبة مستشارة مسؤولة \
             وزارة وكالة شركة منظمة هيئة دائرة محكمة صحيفة مؤسسة جامعة مديرية بنك مصرف مركز اتحاد حركة حزب حكومة",
        )
    });
    SET.contains(key)
}

/// Whether a noun is feminine by its ending or its kind.
pub(super) fn is_feminine(key: &str) -> bool {
    (key.ends_with('ه') && key.chars().count() >= 4) || key.ends_with("ات")
}
