//! What do readers say, and who decides about it? The queue, one comment, those who are no longer heard.
//!
//! A comment is shown here as the text that was typed, never as mark-up: most of what waits was written by nobody's friend.

use http::StatusCode;
use serde_json::json;

use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, json, see};
use crate::desk::comments::{self as verbs, Decision, Done, MAX_AT_ONCE};
use crate::news::comment::{Act, BanKind, CommentCase, Found, Queue, Status};
use crate::news::moderation::{Finding, Reason};
use crate::news::{ArticleId, BanId, CommentId, wording};
use crate::store::{bans, comment_acts, comments};
use crate::web::dates;
use crate::web::interface::Arg;
use crate::web::reply::Reply;
use crate::web::views::DateView;
use crate::web::views::newsroom::comments::{
    AnsweredView, BanView, BansPage, ChoiceView, CommentPage, CommentRow, CommentsPage, HistoryView, NoticeView,
    SeenView, SurePage, TabView,
};

/// Comments on a page.
const PAGE: usize = 50;
/// Bans on a page.
const BANS: usize = 50;
/// Comments of a state are counted up to here.
const COUNTED: i64 = 1_000;
/// How much is shown of the comment before, in scalar values.
const EXCERPT: usize = 160;

/// `GET /newsroom/comments/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let filter = Filter::read(query);
    let queue = filter.queue();
    let look = move |db: &mut crate::store::Db<'_>| {
        let counts = [Status::Held, Status::Spam].map(|status| comments::count_up_to(db, status, COUNTED + 1));
        let [held, spam] = counts;
        Ok((comments::queue(db, &queue, PAGE)?, held?, spam?))
    };
    let (Found { cases, next }, held, spam) = visit.view(look).await?;
    let tab = |status: Status| TabView {
        key: status.as_str(),
        href: Filter { status, ..Filter::default() }.address(),
        current: status == filter.status,
        count: match status {
            Status::Held => Some(counted(visit, held)),
            Status::Spam => Some(counted(visit, spam)),
            _ => None,
        },
    };
    let choice = |reason: Reason| ChoiceView {
        value: reason.as_str(),
        label: visit.says(&format!("reason-{}", reason.as_str())),
        current: filter.reason == Some(reason),
    };
    let view = CommentsPage {
        layout: visit.layout(&visit.says("nav-comments"), "comments"),
        tabs: [Status::Held, Status::Published, Status::Hidden, Status::Spam].map(tab).to_vec(),
        state: filter.status.as_str(),
        article: filter.article.map(|article| article.0),
        words: filter.words.clone(),
        reasons: Reason::ALL.into_iter().filter(|reason| reason.keeps_back()).map(choice).collect(),
        is_filtered: filter.article.is_some() || filter.reason.is_some() || !filter.words.is_empty(),
        rows: cases.iter().map(|case| row(visit, case)).collect(),
        next: next.map(|next| Filter { before: Some(next), ..filter.clone() }.address()),
        back: filter.query(),
        notice: notice(visit, query),
    };
    visit.page("newsroom/comments.html", &view)
}

/// `POST /newsroom/comments/`: decide about several, or about one by its own button.
pub(super) async fn decide(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let (act, ids) = match fields.one("one").split_once(':') {
        Some((act, id)) => (act, id.parse().map(CommentId).into_iter().collect()),
        None => (fields.one("act"), numbers(fields.all("id"))),
    };
    let decision = decision_of(act).ok_or(Refusal::NotFound)?;
    let reason = fields.one("reason");
    let back = Filter::read(&Fields::parse(fields.one("back").as_bytes()));
    if decision == Decision::Delete && !fields.has("sure") {
        return ask_whether_sure(visit, &ids, reason, &back).await;
    }
    let by = Some(visit.staff()?.id);
    let done = verbs::decide(visit.desk(), ids, decision, reason, by).await?;
    // What is gone for good does not come back.
    let undo = (decision != Decision::Delete).then_some(done.batch);
    Ok(answered(visit, &back, decision.act(), &done, undo))
}

/// `POST /newsroom/comments/undo`
pub(super) async fn undo(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let batch = fields.number("batch").ok_or(Refusal::NotFound)?;
    let done = verbs::undo(visit.desk(), batch, Some(visit.staff()?.id)).await?;
    let back = Filter::read(&Fields::parse(fields.one("back").as_bytes()));
    Ok(answered(visit, &back, Act::Undone, &done, Some(done.batch)))
}

/// `GET /newsroom/comments/12/`
pub(super) async fn show_one(visit: &Visit<'_>, id: CommentId, query: &Fields) -> Result<Reply, Refusal> {
    one(visit, id, None, notice(visit, query)).await
}

/// `POST /newsroom/comments/12/answers`
pub(super) async fn answer(visit: &Visit<'_>, id: CommentId, fields: &Fields) -> Result<Reply, Refusal> {
    let answer = verbs::answer(visit.desk(), id, fields.one("text"), visit.staff()?).await?;
    if visit.wants_json {
        return Ok(json(StatusCode::CREATED, &json!({ "id": answer.0 })));
    }
    Ok(see(&format!("{}?done={}&n=1", Room::Comment(id).path(), Act::Answered.as_str())))
}

/// `POST /newsroom/comments/12/address`: the address, once, for whoever asks; that they asked is written down.
pub(super) async fn reveal(visit: &Visit<'_>, id: CommentId) -> Result<Reply, Refusal> {
    let address = verbs::reveal(visit.desk(), id, visit.staff()?.id).await?;
    if visit.wants_json {
        return Ok(json(StatusCode::OK, &json!({ "address": address })));
    }
    one(visit, id, Some(address.unwrap_or_default()), None).await
}

/// `GET /newsroom/comments/bans/`
pub(super) async fn show_bans(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let before = BanId(query.number("before").unwrap_or(i64::MAX));
    let mut found = visit.view(move |db| bans::in_force(db, before, BANS as i64 + 1)).await?;
    let more = found.len() > BANS;
    found.truncate(BANS);
    let next = found.last().filter(|_| more).map(|last| format!("{}?before={}", Room::Bans.path(), last.id));
    let view = BansPage {
        layout: visit.layout(&visit.says("bans-title"), "comments"),
        bans: found
            .into_iter()
            .map(|ban| BanView {
                id: ban.id.0,
                kind: ban.kind.as_str(),
                reason: ban.reason,
                comment_href: Room::Comment(ban.comment).path(),
                comment: ban.comment.0,
                by: ban.by,
                at: moment(visit, ban.at),
            })
            .collect(),
        next,
        notice: ban_notice(visit, query),
    };
    visit.page("newsroom/bans.html", &view)
}

/// `POST /newsroom/comments/bans/`
pub(super) async fn ban(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let comment = CommentId(fields.number("comment").ok_or(Refusal::NotFound)?);
    let kind = BanKind::parse(fields.one("kind")).ok_or(Refusal::NotFound)?;
    let banned = verbs::ban(visit.desk(), comment, kind, fields.one("reason"), Some(visit.staff()?.id)).await?;
    if visit.wants_json {
        return Ok(json(StatusCode::OK, &json!({ "ban": banned.map(|ban| ban.0) })));
    }
    let said = if banned.is_some() { "banned" } else { "unknown" };
    Ok(see(&format!("{}?done={said}", Room::Bans.path())))
}

/// `POST /newsroom/comments/bans/3`: whoever it was is heard again.
pub(super) async fn lift(visit: &Visit<'_>, id: BanId) -> Result<Reply, Refusal> {
    verbs::lift(visit.desk(), id, Some(visit.staff()?.id)).await?;
    Ok(see(&format!("{}?done=lifted", Room::Bans.path())))
}

/// What somebody wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Filter {
    status: Status,
    article: Option<ArticleId>,
    reason: Option<Reason>,
    words: String,
    before: Option<CommentId>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { status: Status::Held, article: None, reason: None, words: String::new(), before: None }
    }
}

impl Filter {
    fn read(query: &Fields) -> Self {
        Self {
            status: Status::parse(query.one("state")).unwrap_or(Status::Held),
            article: query.number("article").map(ArticleId),
            reason: Reason::parse(query.one("reason")),
            words: query.one("q").trim().chars().take(200).collect(),
            before: query.number("before").map(CommentId),
        }
    }

    fn queue(&self) -> Queue {
        Queue {
            status: self.status,
            article: self.article,
            reason: self.reason,
            words: wording::wanted(&self.words),
            before: self.before.unwrap_or(CommentId(i64::MAX)),
        }
    }

    fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("state", self.status.as_str());
        if let Some(article) = self.article {
            query.append_pair("article", &article.to_string());
        }
        if let Some(reason) = self.reason {
            query.append_pair("reason", reason.as_str());
        }
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        if let Some(before) = self.before {
            query.append_pair("before", &before.to_string());
        }
        query.finish()
    }

    fn address(&self) -> String {
        format!("{}?{}", Room::Comments.path(), self.query())
    }
}

fn decision_of(word: &str) -> Option<Decision> {
    Some(match word {
        "approve" => Decision::Approve,
        "hold" => Decision::Hold,
        "hide" => Decision::Hide,
        "spam" => Decision::Spam,
        "delete" => Decision::Delete,
        _ => return None,
    })
}

fn numbers(values: &[String]) -> Vec<CommentId> {
    let mut ids: Vec<CommentId> = values.iter().filter_map(|id| id.parse().ok().map(CommentId)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

async fn ask_whether_sure(visit: &Visit<'_>, ids: &[CommentId], reason: &str, back: &Filter) -> Result<Reply, Refusal> {
    let ids: Vec<CommentId> = ids.iter().copied().take(MAX_AT_ONCE).collect();
    let look = move |db: &mut crate::store::Db<'_>| {
        ids.iter().filter_map(|id| comments::case(db, *id).transpose()).collect::<Result<Vec<_>, _>>()
    };
    let view = SurePage {
        layout: visit.layout(&visit.says("comments-sure-title"), "comments"),
        rows: visit.view(look).await?.iter().map(|case| row(visit, case)).collect(),
        reason: reason.to_owned(),
        back: back.query(),
    };
    visit.page("newsroom/comments_sure.html", &view)
}

fn answered(visit: &Visit<'_>, back: &Filter, act: Act, done: &Done, undo: Option<i64>) -> Reply {
    if visit.wants_json {
        return json(StatusCode::OK, &json!({ "done": done.changed, "undo": undo }));
    }
    let undo = undo.map(|batch| format!("&undo={batch}")).unwrap_or_default();
    see(&format!("{}&done={}&n={}{undo}", back.address(), act.as_str(), done.changed))
}

async fn one(
    visit: &Visit<'_>,
    id: CommentId,
    address: Option<String>,
    notice: Option<NoticeView>,
) -> Result<Reply, Refusal> {
    let look = move |db: &mut crate::store::Db<'_>| {
        let Some(case) = comments::case(db, id)? else { return Ok(None) };
        Ok(Some((case, comment_acts::history(db, id)?, comment_acts::views(db, id)?)))
    };
    let (case, history, views) = visit.view(look).await?.ok_or(Refusal::NotFound)?;
    let (has_address, has_network) = case.known;
    let title = visit.texts().text("comment-title", &[("name", Arg::from(case.comment.author.as_str()))]);
    let view = CommentPage {
        layout: visit.layout(&title, "comments"),
        row: row(visit, &case),
        history: history
            .into_iter()
            .map(|line| HistoryView {
                act: visit.says(&format!("act-{}", line.act.as_str())),
                by: line.by,
                reason: if Act::parse(&line.reason).is_some() {
                    String::new()
                } else {
                    why_in_words(visit, &line.reason)
                },
                at: moment(visit, line.at),
            })
            .collect(),
        views: views.into_iter().map(|(by, at)| SeenView { by, at: moment(visit, at) }).collect(),
        address,
        has_address,
        has_network,
        can_answer: case.is_article_public,
        notice,
    };
    visit.page("newsroom/comment.html", &view)
}

fn row(visit: &Visit<'_>, case: &CommentCase) -> CommentRow {
    let comment = &case.comment;
    let shown = case.is_article_public && case.status == Status::Published;
    CommentRow {
        id: comment.id.0,
        href: Room::Comment(comment.id).path(),
        author: comment.author.clone(),
        url: comment.url.clone(),
        staff: comment.staff,
        text: case.text.clone(),
        at: moment(visit, comment.at),
        state: case.status.as_str(),
        why: why(visit, case),
        article: comment.article.0,
        headline: case.headline.clone(),
        public_href: shown.then(|| format!("/a/{}#comment-{}", comment.article, comment.id)),
        only_href: Filter { status: case.status, article: Some(comment.article), ..Filter::default() }.address(),
        answers: case.answers.as_ref().map(|before| AnsweredView {
            href: Room::Comment(before.id).path(),
            author: before.author.clone(),
            text: excerpt(&before.text),
            state: before.status.as_str(),
        }),
        acts: match case.status {
            Status::Held => vec!["approve", "hide", "spam", "delete"],
            Status::Published => vec!["hold", "hide", "spam", "delete"],
            Status::Hidden => vec!["approve", "spam", "delete"],
            Status::Spam => vec!["approve", "hide", "delete"],
        },
    }
}

/// Why a comment is where it is: what an editor said, or every rule that applied.
fn why(visit: &Visit<'_>, case: &CommentCase) -> Vec<String> {
    let of_rules = case.findings.iter().map(|finding| in_words(visit, finding));
    if case.reason.is_some() && !case.findings.is_empty() {
        return of_rules.collect();
    }
    // «approved», «spam»: the state says it already.
    let editors = (!case.why.is_empty() && Act::parse(&case.why).is_none()).then(|| why_in_words(visit, &case.why));
    editors.into_iter().chain(of_rules.filter(|_| case.status != Status::Published)).collect()
}

fn in_words(visit: &Visit<'_>, finding: &Finding) -> String {
    let name = finding.reason.as_str();
    if finding.saw.is_empty() {
        return visit.says(&format!("reason-{name}"));
    }
    let said = match finding.saw.parse::<i64>() {
        Ok(number) => Arg::Number(number),
        Err(_) => Arg::from(finding.saw.as_str()),
    };
    visit.texts().text(&format!("finding-{name}"), &[("saw", said)])
}

/// A reason as it is kept: the name of a rule, or an editor's words.
fn why_in_words(visit: &Visit<'_>, why: &str) -> String {
    match Reason::parse(why) {
        Some(reason) => visit.says(&format!("reason-{}", reason.as_str())),
        None => why.to_owned(),
    }
}

fn notice(visit: &Visit<'_>, query: &Fields) -> Option<NoticeView> {
    let act = Act::parse(query.one("done"))?;
    let count = query.number("n").unwrap_or(0);
    let text = visit.texts().text(&format!("comments-done-{}", act.as_str()), &[("n", Arg::Number(count))]);
    Some(NoticeView { text, undo: query.number("undo").filter(|_| count > 0) })
}

fn ban_notice(visit: &Visit<'_>, query: &Fields) -> Option<NoticeView> {
    let done = query.one("done");
    let known = matches!(done, "banned" | "unknown" | "lifted");
    known.then(|| NoticeView { text: visit.says(&format!("bans-done-{done}")), undo: None })
}

/// A count that ends somewhere: «+1000».
fn counted(visit: &Visit<'_>, count: i64) -> String {
    let digits = visit.digits();
    if count > COUNTED { format!("{}+", digits.write(COUNTED)) } else { digits.write(count) }
}

fn moment(visit: &Visit<'_>, at: jiff::Timestamp) -> DateView {
    dates::moment(&visit.frame.site, visit.texts(), at)
}

fn excerpt(text: &str) -> String {
    let short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_survives_a_form() {
        let filter = Filter {
            status: Status::Spam,
            article: Some(ArticleId(7)),
            reason: Some(Reason::Links),
            words: "الصين & «x»".into(),
            before: Some(CommentId(40)),
        };
        assert_eq!(Filter::read(&Fields::parse(filter.query().as_bytes())), filter);
        let odd = Fields::parse(b"state=whim&article=x&reason=y&before=z&q=%20");
        assert_eq!(Filter::read(&odd), Filter::default());
    }
}
