//! The comments desk: what waits is read, decided, taken back, answered; nobody's address is seen by accident.

use warraq::desk::comments::{self as verbs, Outcome, submit};
use warraq::identity::PrivateEmail;
use warraq::news::comment::{CommentFields, NewComment, Status};
use warraq::news::staff::Role;
use warraq::news::{ArticleId, CommentId};
use warraq::store::{comments, health};

use crate::support::{Newsroom, on_both, story};

/// A reader's comment, from their own address and network.
async fn says(site: &Newsroom, article: ArticleId, name: &str, text: &str) -> Outcome {
    says_at(site, article, name, text, "203.0.113.9").await
}

async fn says_at(site: &Newsroom, article: ArticleId, name: &str, text: &str, from: &str) -> Outcome {
    let fields = CommentFields {
        author: name.into(),
        email: format!("{name}@readers.example"),
        comment: text.into(),
        ..Default::default()
    };
    let new = NewComment::parse(article, &fields).expect("a comment");
    submit(&site.desk, new, from.parse().expect("an address")).await.expect("an outcome")
}

fn id(outcome: Outcome) -> CommentId {
    match outcome {
        Outcome::Published(id) | Outcome::Held(id) => id,
        Outcome::Refused(reason) => panic!("refused: {reason:?}"),
    }
}

async fn state(site: &Newsroom, id: CommentId) -> Option<Status> {
    site.finds(move |db| comments::standing(db, id)).await.map(|(status, ..)| status)
}

async fn count(site: &Newsroom, sql: &'static str) -> i64 {
    site.finds(move |db| db.value::<i64>(sql, &[])).await.unwrap_or(0)
}

on_both! {
    async fn what_waits_is_decided_in_one_go_and_taken_back(site) {
        let article = site.editor().publishes(story("قمة في بكين")).await;
        let (one, two) = (id(says(site, article, "salma", "رأي أول").await), id(says(site, article, "omar", "رأي ثان").await));
        let three = id(says(site, article, "huda", "رأي ثالث").await);
        let editor = site.colleague("ليلى", Role::Editor).await;
        let queue = editor.opens("/newsroom/comments/").await.ok();
        assert_eq!(queue.all(".comment-text"), ["رأي ثالث", "رأي ثان", "رأي أول"]);
        assert_eq!(queue.all(".chip"), ["الأول من هذا العنوان"; 3]);
        assert_eq!(queue.text(".tabs [aria-current]"), "في الانتظار 3");
        let done = editor
            .sends("/newsroom/comments/", &[("act", "approve"), ("id", &one.to_string()), ("id", &two.to_string()), ("back", "state=held")])
            .await
            .is(303);
        assert_eq!((state(site, one).await, state(site, two).await), (Some(Status::Published), Some(Status::Published)));
        assert_eq!(state(site, three).await, Some(Status::Held));
        assert_eq!(site.finds(health::wrong_counts).await, 0);
        let after = editor.opens(done.location()).await.ok();
        assert_eq!(after.text(".notice p"), "نُشر: 2");
        let batch = after.attribute(".notice input[name=batch]", "value");
        let undone = editor.sends("/newsroom/comments/undo", &[("batch", &batch), ("back", "state=held")]).await.is(303);
        assert_eq!((state(site, one).await, state(site, two).await), (Some(Status::Held), Some(Status::Held)));
        assert_eq!(site.finds(health::wrong_counts).await, 0);
        // The rule that kept it back is known again.
        let again = editor.opens(undone.location()).await.ok();
        assert_eq!(again.all(".chip"), ["الأول من هذا العنوان"; 3]);
        let once_more = editor.tells("/newsroom/comments/undo", &[("batch", &batch)]).await.ok();
        assert_eq!(once_more.json()["done"], 0, "taken back already");
        // Undoing the undoing.
        let redo = again.attribute(".notice input[name=batch]", "value");
        editor.sends("/newsroom/comments/undo", &[("batch", &redo)]).await.is(303);
        assert_eq!(state(site, one).await, Some(Status::Published));
        let history = editor.opens(&format!("/newsroom/comments/{one}/")).await.ok();
        assert_eq!(history.all("tbody td:first-child"), ["نُشر", "تراجع", "تراجع"]);
        assert_eq!(history.text("tbody td:nth-child(2)"), "ليلى");
    }

    async fn a_decision_of_somebody_else_is_not_taken_back(site) {
        let article = site.editor().publishes(story("خبر")).await;
        let comment = id(says(site, article, "salma", "رأي").await);
        let editor = site.colleague("ليلى", Role::Editor).await;
        let owner = site.colleague("منى", Role::Owner).await;
        let hidden = editor
            .tells("/newsroom/comments/", &[("one", &format!("hide:{comment}")), ("reason", "خارج الموضوع")])
            .await
            .ok()
            .json();
        owner.tells("/newsroom/comments/", &[("one", &format!("approve:{comment}"))]).await.ok();
        let undone = editor.tells("/newsroom/comments/undo", &[("batch", &hidden["undo"].to_string())]).await.ok();
        assert_eq!((undone.json()["done"].as_i64(), state(site, comment).await), (Some(0), Some(Status::Published)));
        let page = editor.opens(&format!("/newsroom/comments/{comment}/")).await.ok();
        assert_eq!(page.all("tbody td:nth-child(3)"), ["خارج الموضوع", ""]);
        assert_eq!(page.all("tbody td:nth-child(2)"), ["ليلى", "منى"]);
    }

    async fn deleting_for_good_asks_first_and_leaves_the_answers(site) {
        let editor = site.editor();
        let article = editor.publishes(story("خبر")).await;
        site.publishes_every_comment().await;
        let first = id(says(site, article, "salma", "رأي أول").await);
        let fields = CommentFields {
            author: "عمر".into(),
            email: "omar@readers.example".into(),
            comment: "جواب".into(),
            comment_parent: first.to_string(),
            ..Default::default()
        };
        let new = NewComment::parse(article, &fields).expect("a comment");
        let answer = id(submit(&site.desk, new, "203.0.113.9".parse().expect("an address")).await.expect("kept"));
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let asks = colleague.sends("/newsroom/comments/", &[("one", &format!("delete:{first}"))]).await.ok();
        assert_eq!(asks.text(".comment-text"), "رأي أول");
        assert_eq!(state(site, first).await, Some(Status::Published), "nobody was sure yet");
        let sure = [("act", "delete"), ("sure", "yes"), ("id", &*asks.attribute("input[name=id]", "value"))];
        let done = colleague.sends("/newsroom/comments/", &sure).await.is(303);
        assert_eq!(state(site, first).await, None);
        assert_eq!(site.finds(health::wrong_counts).await, 0);
        assert!(!done.location().contains("undo"), "what is gone does not come back: {}", done.location());
        let shown = site.reader().reads(&format!("/a/{article}")).await;
        let page = site.reader().reads(shown.location().trim_start_matches(crate::support::BASE)).await.ok();
        assert_eq!(page.count(&format!("#comment-{answer}")), 1);
        assert!(!page.body().contains("رأي أول"));
        assert_eq!(count(site, "SELECT COUNT(*) FROM comment_acts WHERE act = 'deleted'").await, 1);
        colleague.opens(&format!("/newsroom/comments/{first}/")).await.is(404);
    }

    async fn the_queue_is_looked_through_by_article_reason_and_words(site) {
        let editor = site.editor();
        let (one, two) = (editor.publishes(story("خبر أول")).await, editor.publishes(story("خبر ثان")).await);
        says(site, one, "salma", "ماذا عن وَللصين؟").await;
        says(site, one, "omar", "https://a.example https://b.example https://c.example").await;
        says(site, two, "huda", "أحوال المدرسة").await;
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let check = async |query: &str, expected: &[&str]| {
            let page = colleague.opens(&format!("/newsroom/comments/?{query}")).await.ok();
            assert_eq!(page.all(".comment-text"), expected, "{query}");
        };
        check("q=%D8%A7%D9%84%D8%B5%D9%8A%D9%86", &["ماذا عن وَللصين؟"]).await;
        check("q=%D9%85%D8%AF%D8%B1%D8%B3%D9%87", &["أحوال المدرسة"]).await;
        check("q=HUDA", &["أحوال المدرسة"]).await;
        check("reason=links", &["https://a.example https://b.example https://c.example"]).await;
        check(&format!("article={two}"), &["أحوال المدرسة"]).await;
        check(&format!("article={one}&reason=first-comment"), &["ماذا عن وَللصين؟"]).await;
        check("state=spam", &[]).await;
        check("article=no&reason=whim&before=x", &["أحوال المدرسة", "https://a.example https://b.example https://c.example", "ماذا عن وَللصين؟"]).await;
        let page = colleague.opens("/newsroom/comments/?reason=links").await.ok();
        assert_eq!(page.all(".chip"), ["روابط في النص: 3", "الأول من هذا العنوان"], "every rule says what it saw");
    }

    async fn pages_follow_each_other_without_gap_or_double(site) {
        let article = site.editor().publishes(story("خبر")).await;
        for number in 0..120 {
            says_at(site, article, &format!("r{number}"), &format!("رأي رقم {number}"), &format!("192.0.{number}.1")).await;
        }
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let (mut seen, mut next) = (Vec::new(), "/newsroom/comments/".to_owned());
        while !next.is_empty() {
            let page = colleague.opens(&next).await.ok();
            seen.extend(page.all(".comment-text"));
            next = page.attribute("a[rel=next]", "href");
        }
        let expected: Vec<String> = (0..120).rev().map(|number| format!("رأي رقم {number}")).collect();
        assert_eq!(seen, expected);
    }

    async fn the_newsroom_answers_under_its_own_name(site) {
        let article = site.editor().publishes(story("خبر")).await;
        let comment = id(says(site, article, "salma", "متى تصدرون الجزء الثاني؟").await);
        let colleague = site.colleague("ليلى حسن", Role::Editor).await;
        let path = format!("/newsroom/comments/{comment}/answers");
        colleague.sends(&path, &[("text", " \n ")]).await.is(422);
        assert_eq!(state(site, comment).await, Some(Status::Held));
        colleague.sends(&path, &[("text", "غدًا <b>إن شاء الله</b>")]).await.is(303);
        assert_eq!(state(site, comment).await, Some(Status::Published), "what is answered is shown, too");
        let shown = site.reader().reads(&format!("/a/{article}")).await;
        let page = site.reader().reads(shown.location().trim_start_matches(crate::support::BASE)).await.ok();
        assert!(page.body().contains("غدًا &lt;b&gt;إن شاء الله&lt;/b&gt;"), "{}", page.body());
        assert!(page.body().contains("ليلى حسن"));
        assert_eq!(site.finds(health::wrong_counts).await, 0);
        site.editor().withdraws(article, "خطأ").await;
        colleague.sends(&path, &[("text", "جواب آخر")]).await.is(409);
        colleague.sends("/newsroom/comments/999/answers", &[("text", "جواب")]).await.is(404);
    }

    async fn an_address_is_seen_after_it_was_written_down_who_looks(site) {
        let article = site.editor().publishes(story("خبر")).await;
        let comment = id(says(site, article, "canary", "رأي").await);
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let (page, path) = (format!("/newsroom/comments/{comment}/"), format!("/newsroom/comments/{comment}/address"));
        for quiet in ["/newsroom/comments/", "/newsroom/comments/?q=readers.example", &page, "/newsroom/comments/bans/"] {
            let shown = colleague.opens(quiet).await.ok();
            assert!(!shown.body().contains("canary@"), "{quiet}");
        }
        colleague.opens(&path).await.is(405);
        assert_eq!(count(site, "SELECT COUNT(*) FROM address_views").await, 0, "a link shows nothing");
        let shown = colleague.sends(&path, &[]).await.ok();
        assert!(shown.body().contains("canary@readers.example"));
        assert_eq!(shown.header("cache-control"), "no-store");
        assert_eq!(count(site, "SELECT COUNT(*) FROM address_views").await, 1);
        let later = colleague.opens(&page).await.ok();
        assert!(!later.body().contains("canary@") && later.body().contains("اطّلع"), "{}", later.body());
        site.passes(24 * 400);
        verbs::forget_private_data(&site.desk).await.expect("forgotten");
        let gone = colleague_again(site, &path).await;
        assert_eq!((gone.0, gone.1.is_null()), (200, true), "nothing is kept any more");
        assert_eq!(count(site, "SELECT COUNT(*) FROM address_views").await, 1, "and nothing was seen");
        site.may_leave_work();
    }

    async fn a_ban_is_said_of_a_comment_and_shows_nobody(site) {
        let article = site.editor().publishes(story("خبر")).await;
        site.publishes_every_comment().await;
        let comment = id(says(site, article, "salma", "إهانة").await);
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let ban = |kind: &'static str| [("comment", comment.to_string()), ("kind", kind.to_owned()), ("reason", "إهانات".to_owned())];
        let fields = ban("address");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        colleague.sends("/newsroom/comments/bans/", &fields).await.is(303);
        colleague.sends("/newsroom/comments/bans/", &fields).await.is(303);
        // Told what everybody is told whose comment waits; kept as spam.
        let again = says_at(site, article, "salma", "إهانة أخرى", "192.0.2.1").await;
        assert!(matches!(again, Outcome::Held(_)), "{again:?}");
        assert_eq!(state(site, id(again)).await, Some(Status::Spam));
        assert!(matches!(says(site, article, "huda", "رأي").await, Outcome::Published(_)), "the network is not banned");
        let list = colleague.opens("/newsroom/comments/bans/").await.ok();
        assert_eq!((list.count("tbody tr"), list.text("tbody td:nth-child(2)")), (1, "إهانات".to_owned()));
        assert!(!list.body().contains("readers.example") && !list.body().contains("203.0.113"), "{}", list.body());
        let spam = colleague.opens("/newsroom/comments/?state=spam&reason=banned").await.ok();
        assert_eq!(spam.all(".chip"), ["المرسل محظور"]);
        let lift = list.attribute("tbody form", "action");
        colleague.sends(&lift, &[]).await.is(303);
        assert!(matches!(says(site, article, "salma", "عدت").await, Outcome::Published(_)));
        assert_eq!(colleague.opens("/newsroom/comments/bans/").await.ok().count("tbody tr"), 0);
        let network = ban("network");
        let network: Vec<(&str, &str)> = network.iter().map(|(name, value)| (*name, value.as_str())).collect();
        colleague.sends("/newsroom/comments/bans/", &network).await.is(303);
        let neighbour = says_at(site, article, "omar", "من الشبكة نفسها", "203.0.113.77").await;
        assert_eq!(state(site, id(neighbour)).await, Some(Status::Spam));
    }

    async fn only_those_who_moderate_come_to_the_desk(site) {
        let article = site.editor().publishes(story("خبر")).await;
        let comment = id(says(site, article, "salma", "سرّ ينتظر").await);
        for role in [Role::Author, Role::Contributor] {
            let colleague = site.colleague("سمير", role).await;
            for path in ["/newsroom/comments/".to_owned(), format!("/newsroom/comments/{comment}/"), "/newsroom/comments/bans/".to_owned()] {
                let page = colleague.opens(&path).await.is(403);
                assert!(!page.body().contains("سرّ ينتظر"), "{path}");
            }
            for path in ["", "undo", "bans/", "bans/1", &format!("{comment}/answers"), &format!("{comment}/address")] {
                let fields = [("one", &*format!("approve:{comment}")), ("text", "x"), ("batch", "1"), ("comment", "1"), ("kind", "address")];
                colleague.sends(&format!("/newsroom/comments/{path}"), &fields).await.is(403);
            }
            let home = colleague.opens("/newsroom/").await.ok();
            assert!(!home.body().contains("/newsroom/comments/"), "no way there is shown");
        }
        assert_eq!(state(site, comment).await, Some(Status::Held));
        // Without a session.
        let page = site.reader().reads("/newsroom/comments/").await.is(303);
        assert!(page.location().starts_with("/newsroom/sign-in"), "{}", page.location());
    }

    async fn what_waits_is_shown_as_text_and_never_as_mark_up(site) {
        let article = site.editor().publishes(story("خبر")).await;
        for (number, payload) in PAYLOADS.iter().enumerate() {
            let fields = CommentFields {
                author: payload.chars().take(80).collect(),
                email: format!("p{number}@readers.example"),
                url: format!("https://p{number}.example/%22onmouseover=alert(1)"),
                comment: format!("{number} {payload}"),
                ..Default::default()
            };
            let new = NewComment::parse(article, &fields).expect("a comment");
            submit(&site.desk, new, format!("192.0.{number}.1").parse().expect("an address")).await.expect("an outcome");
        }
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let list = colleague.opens("/newsroom/comments/").await.ok();
        let first = list.attribute(".rows__acts a", "href");
        for page in [list, colleague.opens(&first).await.ok()] {
            assert_eq!(page.count("main script, main img, main svg, main iframe, main style, main object, main math"), 0);
            let document = page.body().to_lowercase();
            for event in ["<script>alert", "<img", "<svg", "<iframe", "javascript:alert(1)\""] {
                assert!(!document[document.find("<main").unwrap_or(0)..].contains(event), "{event} on {}", page.path);
            }
            assert_eq!(page.count("main [onerror], main [onload], main [onmouseover], main [onfocus]"), 0, "{}", page.path);
        }
    }

    async fn comments_of_what_is_not_public_stay_in_the_newsroom(site) {
        let article = site.editor().publishes(story("خبر سيسحب")).await;
        site.publishes_every_comment().await;
        let path = site.reader().reads(&format!("/a/{article}")).await;
        let path = path.location().trim_start_matches(crate::support::BASE).to_owned();
        let comment = id(says(site, article, "salma", "تعليق تحت مادة مسحوبة").await);
        site.editor().withdraws(article, "خطأ").await;
        let reader = site.reader();
        for address in [path.clone(), format!("{path}feed/"), "/comments/feed/".into(), format!("{path}?replytocom={comment}"), "/feed/".into()] {
            let page = reader.reads(&address).await;
            assert!(!page.body().contains("تعليق تحت مادة مسحوبة"), "{address}: {}", page.status);
        }
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let shown = colleague.opens("/newsroom/comments/?state=published").await.ok();
        assert_eq!(shown.all(".comment-text"), ["تعليق تحت مادة مسحوبة"]);
        assert!(!shown.body().contains(&format!("/a/{article}#")), "no link to where readers cannot go");
    }

    async fn a_form_of_another_site_decides_nothing(site) {
        let article = site.editor().publishes(story("خبر")).await;
        let comment = id(says(site, article, "salma", "رأي").await);
        let editor = site.hires("ليلى", Role::Editor).await;
        let token = warraq::desk::sessions::open(&site.desk, editor, "a browser").await.expect("a session").reveal().to_owned();
        let cookie = format!("__Host-warraq={token}");
        for path in ["", "undo", "bans/", &format!("{comment}/answers"), &format!("{comment}/address")] {
            for headers in [vec![("sec-fetch-site", "cross-site")], vec![("sec-fetch-site", "same-site")], vec![("origin", "https://evil.example")], vec![]] {
                let headers: Vec<(&str, &str)> = headers
                    .into_iter()
                    .chain([("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")])
                    .collect();
                let form = format!("one=approve%3A{comment}&text=x&batch=1&comment={comment}&kind=address");
                site.reader().asks("POST", &format!("/newsroom/comments/{path}"), &headers, &form).await.is(403);
            }
        }
        assert_eq!(state(site, comment).await, Some(Status::Held));
        assert_eq!(count(site, "SELECT COUNT(*) FROM bans").await + count(site, "SELECT COUNT(*) FROM address_views").await, 0);
    }

    async fn somebody_gets_their_own_and_is_forgotten(site) {
        let article = site.editor().publishes(story("خبر")).await;
        site.publishes_every_comment().await;
        let one = id(says(site, article, "salma", "رأيي الأول").await);
        says(site, article, "salma", "رأيي الثاني").await;
        says(site, article, "omar", "رأي غيري").await;
        let email = |text: &str| PrivateEmail::parse(text).expect("an address");
        let own = verbs::of_person(&site.desk, &email("SALMA@readers.example")).await.expect("found");
        assert_eq!(own.iter().map(|own| own.text.as_str()).collect::<Vec<_>>(), ["رأيي الأول", "رأيي الثاني"]);
        let forgotten = verbs::erase(&site.desk, &email("salma@readers.example"), false).await.expect("erased");
        assert_eq!((forgotten.comments, forgotten.texts), (2, 0));
        assert!(verbs::of_person(&site.desk, &email("salma@readers.example")).await.expect("found").is_empty());
        let shown = site.reader().reads(&format!("/a/{article}")).await;
        let path = shown.location().trim_start_matches(crate::support::BASE).to_owned();
        let page = site.reader().reads(&path).await.ok();
        assert!(page.body().contains("رأيي الأول") && !page.body().contains("salma") && page.body().contains("omar"));
        let left = "SELECT COUNT(*) FROM comments WHERE author = 'salma' OR (author = 'قارئ' AND (address IS NOT NULL OR address_index IS NOT NULL OR network IS NOT NULL OR network_index IS NOT NULL))";
        assert_eq!(count(site, left).await, 0);
        let texts = verbs::erase(&site.desk, &email("omar@readers.example"), true).await.expect("erased");
        assert_eq!((texts.comments, texts.texts), (1, 1));
        let page = site.reader().reads(&path).await.ok();
        assert!(!page.body().contains("رأي غيري") && page.body().contains("حُذف هذا التعليق بطلب من كاتبه."));
        assert_eq!(site.finds(health::wrong_counts).await, 0);
        let colleague = site.colleague("ليلى", Role::Editor).await;
        let history = colleague.opens(&format!("/newsroom/comments/{one}/")).await.ok();
        assert_eq!(history.text("tbody td:first-child"), "نُسي كاتبه");
    }
}

/// A session lasts ninety days at most: somebody signs in again and asks.
async fn colleague_again(site: &Newsroom, path: &str) -> (u16, serde_json::Value) {
    let editor = site.colleague("منى", Role::Owner).await;
    let page = editor.tells(path, &[]).await;
    (page.status, page.json()["address"].clone())
}

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "{{ 7*7 }}{% raw %}",
    "</textarea></form><script>alert(1)</script>",
    "javascript:alert(1)",
    "<a href=\"javascript:alert(1)\" onfocus=alert(1) autofocus>x</a>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "\u{202e}<script>\u{2066}alert(1)</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];
