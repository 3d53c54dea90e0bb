//! What did readers say there?

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use wordpress::text;
use wordpress::wxr::{self, Comment};

use super::{OldSite, plain};
use crate::identity::PrivateEmail;
use crate::news::comment::Status;
use crate::news::incoming::IncomingComment;

impl OldSite {
    pub(super) fn comment(
        &self,
        comment: &Comment,
        article: &str,
        published: Option<Timestamp>,
        zone: &TimeZone,
    ) -> Result<IncomingComment, String> {
        let id = comment.id.unwrap_or_default();
        if !is_comment(comment) {
            return Err(format!("{id} is a {}, which is not shown here; it is kept with the original", comment.kind));
        }
        let status = match comment.approved.as_str() {
            "1" => Status::Published,
            "0" => Status::Held,
            "spam" => Status::Spam,
            _ => Status::Hidden,
        };
        let at = self.moment(&comment.date, &comment.date_gmt, zone).or(published);
        Ok(IncomingComment {
            guid: format!("{article}#comment-{id}"),
            number: i64::try_from(id).ok().filter(|id| *id > 0),
            parent: (comment.parent > 0).then(|| format!("{article}#comment-{}", comment.parent)),
            status,
            author: plain(&comment.author),
            email: PrivateEmail::parse(&comment.email).ok(),
            url: comment.url.clone(),
            network: comment.ip.trim().parse().ok(),
            at: at.ok_or_else(|| format!("{id} has no date, and neither has the article"))?,
            text: wxr::resolve_entities(&text::strip_tags(&comment.content)),
        })
    }
}

/// Did a reader write it? WordPress keeps word of links from other sites among the comments.
pub(super) fn is_comment(comment: &Comment) -> bool {
    matches!(comment.kind.as_str(), "" | "comment")
}

/// In order of time, but what is answered stands before its answers, whatever the clocks said.
pub(super) fn parents_first(mut comments: Vec<IncomingComment>) -> Vec<IncomingComment> {
    comments.sort_by_key(|comment| comment.at);
    let mut waiting: HashMap<String, Vec<IncomingComment>> = HashMap::new();
    let (mut ordered, mut placed) = (Vec::with_capacity(comments.len()), HashSet::new());
    let known: HashSet<String> = comments.iter().map(|comment| comment.guid.clone()).collect();
    for comment in comments {
        let parent = comment.parent.clone().filter(|parent| known.contains(parent) && !placed.contains(parent));
        if let Some(parent) = parent.filter(|parent| *parent != comment.guid) {
            waiting.entry(parent).or_default().push(comment);
            continue;
        }
        let mut next = vec![comment];
        while let Some(comment) = next.pop() {
            placed.insert(comment.guid.clone());
            next.extend(waiting.remove(&comment.guid).into_iter().flatten().rev());
            ordered.push(comment);
        }
    }
    // Comments that answer each other in a circle.
    let mut left: Vec<IncomingComment> = waiting.into_values().flatten().collect();
    left.sort_by_key(|comment| comment.at);
    ordered.extend(left);
    // Comments are shown in the order of their numbers.
    if !ordered.is_sorted_by_key(|comment| comment.number) {
        ordered.iter_mut().for_each(|comment| comment.number = None);
    }
    ordered
}
