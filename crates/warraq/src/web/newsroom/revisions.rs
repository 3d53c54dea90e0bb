//! What did a story say before? Its states, what changed between them, and the way back.

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::places::Room;
use super::refusal::Refusal;
use super::story;
use super::visit::{Fields, Visit, see};
use crate::desk::stories as verbs;
use crate::news::ArticleId;
use crate::news::article::Draft;
use crate::news::html::sanitise;
use crate::store::stories::{self, Revision, Standing};
use crate::web::dates;
use crate::web::reply::Reply;
use crate::web::views::newsroom::{FieldChange, LineChange, Piece, RevisionLine, RevisionPage, RevisionsPage};

/// Revisions on one page.
const PER_PAGE: i64 = 100;

/// `GET /newsroom/articles/12/revisions/?before=…`
pub(super) async fn list(visit: &Visit<'_>, id: ArticleId, query: &Fields) -> Result<Reply, Refusal> {
    let standing = story::standing(visit, id).await?;
    let before = query.number("before").unwrap_or(i64::MAX);
    let (mut found, newest) = visit
        .view(move |db| {
            let newest = stories::revisions(db, id, i64::MAX, 1)?.first().map_or(0, |newest| newest.number);
            Ok((stories::revisions(db, id, before, PER_PAGE + 1)?, newest))
        })
        .await?;
    let goes_on = found.len() as i64 > PER_PAGE;
    found.truncate(PER_PAGE as usize);
    let headline = headline(visit, id, newest).await?;
    let last = found.last().filter(|_| goes_on).map(|last| last.number);
    let view = RevisionsPage {
        layout: visit.layout(&headline, "stories"),
        id: id.0,
        headline,
        revisions: found.iter().map(|revision| line(visit, &standing, newest, revision)).collect(),
        next: last.map(|last| format!("{}?before={last}", Room::Revisions(id).path())),
    };
    visit.page("newsroom/revisions.html", &view)
}

/// `GET /newsroom/articles/12/revisions/3?against=1`; without `against` it is compared with the one before.
pub(super) async fn show(visit: &Visit<'_>, id: ArticleId, number: i64, query: &Fields) -> Result<Reply, Refusal> {
    let standing = story::standing(visit, id).await?;
    let against = query.number("against").unwrap_or(number - 1);
    let (revision, newest, now, then) = visit
        .view(move |db| {
            let revision = stories::revisions(db, id, number.saturating_add(1), 1)?.pop();
            let newest = stories::revisions(db, id, i64::MAX, 1)?.first().map_or(0, |newest| newest.number);
            Ok((revision, newest, stories::draft(db, id, number)?, stories::draft(db, id, against)?))
        })
        .await?;
    let revision = revision.filter(|revision| revision.number == number).ok_or(Refusal::NotFound)?;
    let now = now.ok_or(Refusal::NotFound)?;
    let is_compared = then.is_some();
    let changes = changes(&then.unwrap_or_else(|| Draft { headline: String::new(), ..Draft::default() }), &now);
    let language = now.language.clone().unwrap_or_else(|| visit.frame.site.language.clone());
    let view = RevisionPage {
        layout: visit.layout(&now.headline, "stories"),
        id: id.0,
        headline: now.headline.clone(),
        revision: line(visit, &standing, newest, &revision),
        against: if is_compared { against } else { 0 },
        dir: language.dir(),
        lang: language.as_str().to_owned(),
        changes,
        may_restore: number != newest,
    };
    visit.page("newsroom/revision.html", &view)
}

/// `POST /newsroom/articles/12/revisions/3`
pub(super) async fn restore(visit: &Visit<'_>, id: ArticleId, number: i64) -> Result<Reply, Refusal> {
    verbs::restore(visit.desk(), visit.staff()?, id, number).await?;
    Ok(see(&format!("{}?done=restored", Room::Story(id).path())))
}

async fn headline(visit: &Visit<'_>, id: ArticleId, number: i64) -> Result<String, Refusal> {
    Ok(visit.view(move |db| stories::draft(db, id, number)).await?.map(|draft| draft.headline).unwrap_or_default())
}

fn line(visit: &Visit<'_>, standing: &Standing, newest: i64, revision: &Revision) -> RevisionLine {
    RevisionLine {
        number: revision.number,
        href: Room::Revision(standing.id, revision.number).path(),
        by: revision.by_name.clone(),
        note: revision.note.clone(),
        at: dates::moment(&visit.frame.site, visit.texts(), revision.at),
        is_public: standing.published_revision == revision.number,
        is_newest: newest == revision.number,
    }
}

/// Field by field, those that differ.
fn changes(then: &Draft, now: &Draft) -> Vec<FieldChange> {
    let fields = [
        ("kicker", then.kicker.clone(), now.kicker.clone()),
        ("headline", then.headline.clone(), now.headline.clone()),
        ("standfirst", then.standfirst.clone(), now.standfirst.clone()),
        ("body", sanitise(&then.body).text(), sanitise(&now.body).text()),
        ("slug", then.slug.clone(), now.slug.clone()),
        ("source", then.source.name.clone(), now.source.name.clone()),
        ("preview-title", then.preview.title.clone(), now.preview.title.clone()),
        ("preview-description", then.preview.description.clone(), now.preview.description.clone()),
    ];
    let differ = fields.into_iter().filter(|(_, then, now)| then != now);
    differ.map(|(field, then, now)| FieldChange { field, lines: lines(&then, &now) }).collect()
}

/// Paragraph by paragraph (Myers), and within paragraphs that changed word by word. What stayed is left out but for the
/// paragraph before and after a change.
fn lines(then: &str, now: &str) -> Vec<LineChange> {
    let paragraphs = |text: &str| -> Vec<String> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let (old, new) = (paragraphs(then), paragraphs(now));
    let whole = |text: &str, changed| vec![Piece { text: text.to_owned(), changed }];
    let mut lines: Vec<(bool, LineChange)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (before, after) = (&old[op.old_range()], &new[op.new_range()]);
        if let DiffOp::Equal { .. } = op {
            lines.extend(
                before.iter().map(|text| (false, LineChange { before: whole(text, false), after: whole(text, false) })),
            );
            continue;
        }
        let pairs = before.len().min(after.len());
        for (before, after) in before.iter().zip(after) {
            lines.push((true, words(before, after)));
        }
        let gone = before[pairs..].iter().map(|text| LineChange { before: whole(text, true), after: Vec::new() });
        let come = after[pairs..].iter().map(|text| LineChange { before: Vec::new(), after: whole(text, true) });
        lines.extend(gone.chain(come).map(|line| (true, line)));
    }
    let shown: Vec<bool> = (0..lines.len())
        .map(|at| (at.saturating_sub(1)..=at + 1).any(|near| lines.get(near).is_some_and(|(changed, _)| *changed)))
        .collect();
    lines.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|((_, line), _)| line).collect()
}

fn words(before: &str, after: &str) -> LineChange {
    let mut line = LineChange { before: Vec::new(), after: Vec::new() };
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let changed = change.tag() != ChangeTag::Equal;
        for (side, is_there) in [
            (&mut line.before, change.tag() != ChangeTag::Insert),
            (&mut line.after, change.tag() != ChangeTag::Delete),
        ] {
            if !is_there {
                continue;
            }
            match side.last_mut() {
                Some(last) if last.changed == changed => last.text.push_str(change.value()),
                _ => side.push(Piece { text: change.value().to_owned(), changed }),
            }
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_changed_stand_out_on_their_side() {
        let line = words("وصل الوزير إلى بكين أمس", "وصل الرئيس إلى بكين أمس");
        let changed = |pieces: &[Piece]| -> Vec<String> {
            pieces.iter().filter(|piece| piece.changed).map(|piece| piece.text.trim().to_owned()).collect()
        };
        assert_eq!(changed(&line.before), ["الوزير"]);
        assert_eq!(changed(&line.after), ["الرئيس"]);
        let text = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        assert_eq!(text(&line.before), "وصل الوزير إلى بكين أمس");
        assert_eq!(text(&line.after), "وصل الرئيس إلى بكين أمس");
    }

    #[test]
    fn what_stayed_is_left_out_but_for_its_neighbours() {
        let old: Vec<String> = (1..=9).map(|number| format!("فقرة {number}")).collect();
        let mut new = old.clone();
        new[4] = "فقرة أخرى".into();
        new.push("فقرة في النهاية".into());
        let lines = lines(&old.join("\n"), &new.join("\n"));
        let after: Vec<String> =
            lines.iter().map(|line| line.after.iter().map(|piece| piece.text.as_str()).collect()).collect();
        assert_eq!(after, ["فقرة 4", "فقرة أخرى", "فقرة 6", "فقرة 9", "فقرة في النهاية"]);
        assert!(lines[4].before.is_empty());
    }

    #[test]
    fn nothing_changed_shows_nothing() {
        assert!(changes(&Draft::default(), &Draft::default()).is_empty());
        assert!(lines("أ\nب", "أ\nب").is_empty());
    }
}
