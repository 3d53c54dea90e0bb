//! What stands where on the front page?

use std::collections::HashSet;

use super::{ArticleId, SectionId};

/// How many stories stand beside the lead.
pub const SECONDS: usize = 4;
/// How many stories the list of the newest holds.
pub const LATEST: usize = 6;
/// How many opinion pieces stand in their strip.
pub const OPINIONS: usize = 3;
/// How many stories a section's block holds.
pub const PER_BLOCK: usize = 4;

/// A story that may stand on the front, with what the choice depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The story.
    pub id: ArticleId,
    /// Its place if an editor pinned it, 1 for the lead.
    pub slot: Option<i64>,
    /// The outermost section it stands under.
    pub section: Option<SectionId>,
    /// Is it an opinion piece?
    pub opinion: bool,
}

/// The front page, filled. No story stands on it twice.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The story of the day.
    pub lead: Option<ArticleId>,
    /// Beside it.
    pub seconds: Vec<ArticleId>,
    /// The newest of the rest.
    pub latest: Vec<ArticleId>,
    /// A strip of opinion.
    pub opinion: Vec<ArticleId>,
    /// Section by section, in the order of the navigation.
    pub blocks: Vec<(SectionId, Vec<ArticleId>)>,
}

/// Fill the front: pinned places first, then the newest. `newest` is in order of publication, newest first; a pinned
/// story may be older than all of them and then stands in `newest` too. `sections` is the order of the navigation.
#[must_use]
pub fn arrange(newest: &[Candidate], sections: &[SectionId]) -> Arrangement {
    let mut used = HashSet::new();
    let pinned = |slot: usize| newest.iter().find(|story| story.slot == Some(slot as i64)).map(|story| story.id);
    let reserved: HashSet<ArticleId> = (1..=1 + SECONDS).filter_map(pinned).collect();
    let take_free =
        |wanted: usize, used: &mut HashSet<ArticleId>, fits: &dyn Fn(&Candidate) -> bool| -> Vec<ArticleId> {
            let mut taken = Vec::new();
            for story in newest {
                if taken.len() == wanted {
                    break;
                }
                if fits(story) && !reserved.contains(&story.id) && used.insert(story.id) {
                    taken.push(story.id);
                }
            }
            taken
        };
    // An opinion piece leads only when an editor put it there.
    let news = |story: &Candidate| !story.opinion;
    let mut top: Vec<Option<ArticleId>> = (1..=1 + SECONDS).map(pinned).collect();
    for place in &mut top {
        if place.is_none() {
            *place = take_free(1, &mut used, &news).pop();
        }
    }
    used.extend(reserved.iter().copied());
    let mut top = top.into_iter().flatten();
    let lead = top.next().or_else(|| newest.iter().map(|story| story.id).find(|id| used.insert(*id)));
    let mut take = |wanted: usize, fits: &dyn Fn(&Candidate) -> bool| take_free(wanted, &mut used, fits);
    let seconds = top.collect();
    let opinion = take(OPINIONS, &|story| story.opinion);
    let latest = take(LATEST, &|_| true);
    let blocks = sections
        .iter()
        .map(|section| (*section, take(PER_BLOCK, &|story| story.section == Some(*section))))
        .filter(|(_, stories)| !stories.is_empty())
        .collect();
    Arrangement { lead, seconds, latest, opinion, blocks }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(id: i64) -> Candidate {
        Candidate { id: ArticleId(id), slot: None, section: Some(SectionId(id % 3)), opinion: false }
    }

    fn all(front: &Arrangement) -> Vec<ArticleId> {
        let blocks = front.blocks.iter().flat_map(|(_, ids)| ids);
        front
            .lead
            .iter()
            .chain(&front.seconds)
            .chain(&front.latest)
            .chain(&front.opinion)
            .chain(blocks)
            .copied()
            .collect()
    }

    #[test]
    fn no_story_stands_twice() {
        for count in 0..60 {
            let mut stories: Vec<Candidate> = (1..=count).rev().map(story).collect();
            for (place, candidate) in stories.iter_mut().enumerate() {
                candidate.opinion = place % 7 == 0;
                candidate.slot = match place {
                    12 => Some(1),
                    5 => Some(3),
                    _ => None,
                };
            }
            let front = arrange(&stories, &[SectionId(0), SectionId(1), SectionId(2)]);
            let shown = all(&front);
            assert_eq!(shown.iter().collect::<HashSet<_>>().len(), shown.len(), "{count}: {front:?}");
            assert_eq!(front.lead.is_some(), count > 0);
        }
    }

    #[test]
    fn an_editor_decides_first() {
        let mut stories: Vec<Candidate> = (1..=20).rev().map(story).collect();
        stories[15].slot = Some(1);
        stories[0].slot = Some(2);
        let front = arrange(&stories, &[]);
        assert_eq!(front.lead, Some(stories[15].id));
        assert_eq!(front.seconds[0], stories[0].id);
        assert_eq!(front.seconds.len(), SECONDS);
    }

    #[test]
    fn opinion_does_not_lead_by_itself() {
        let mut stories: Vec<Candidate> = (1..=3).rev().map(story).collect();
        stories[0].opinion = true;
        let front = arrange(&stories, &[]);
        assert_eq!(front.lead, Some(stories[1].id));
        assert_eq!(front.opinion, vec![stories[0].id]);
    }

    #[test]
    fn a_publication_of_opinion_still_has_a_lead() {
        let stories = [Candidate { opinion: true, ..story(1) }];
        assert_eq!(arrange(&stories, &[]).lead, Some(ArticleId(1)));
    }
}
