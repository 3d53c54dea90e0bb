//! `warraq import page`: saved pages of other sites.

use std::path::PathBuf;

use jiff::civil::Date;

use super::expect_site;
use super::folder::read_at_most;
use crate::cli::Failure;
use crate::cli::office::print_json;
use crate::desk::Desk;
use crate::desk::imports::{self, Fate, Receipt};
use crate::intake::json_lines;
use crate::intake::saved_page::{self, Hints, Published, SavedPage};
use crate::news::article::Draft;
use crate::news::incoming::{Incoming, Visibility};
use crate::news::language::Language;
use crate::news::people::BylineRole;
use crate::news::section::NewTerm;
use crate::news::site::Site;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct PageArgs {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Day of publication, YYYY-MM-DD; stands above what the page says.
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Section to put them in; made when there is none of this name.
    #[arg(long)]
    section: Option<String>,
    /// Publish them; otherwise they are kept as drafts.
    #[arg(long)]
    publish: bool,
    /// One JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) async fn import(desk: &Desk, args: &PageArgs) -> Result<Receipt, Failure> {
    let publication = expect_site(desk).await?;
    let day = match &args.published {
        None => None,
        Some(text) => Some(
            text.parse::<Date>()
                .map_err(|_| Failure::bad_input(format!("--published {text} is no date; write YYYY-MM-DD")))?,
        ),
    };
    let mut receipt =
        Receipt::new(&args.files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", "));
    let mut unread = Vec::new();
    for file in &args.files {
        let name = file.display().to_string();
        let bytes = read_at_most(file, saved_page::SIZE_LIMIT as u64).map_err(Failure::bad_input)?;
        let language = publication.language.as_str();
        let hints = Hints {
            file_name: &name,
            language: Some(language),
            site_title: Some(&publication.title),
            tagline: Some(&publication.tagline),
        };
        match saved_page::read(&bytes, &hints) {
            Err(error) => {
                receipt.add("post", Fate::Refused);
                receipt.warn(0, &name, error.code(), error.to_string());
                unread.push(error.to_string());
            }
            Ok((page, warnings)) => {
                for warning in warnings.iter().filter(|warning| day.is_none() || warning.code != "no-date") {
                    receipt.warn(warning.line.unwrap_or(0), &name, warning.code, warning.message.clone());
                }
                if let Some(picture) = &page.lead_picture {
                    receipt.warn(0, &name, "picture", format!("the picture {} was not fetched", picture.src));
                }
                let incoming = from_page(page, &bytes, day, args.section.as_deref(), &publication);
                let batch = imports::prepare(desk, vec![incoming]);
                receipt = imports::apply(desk, batch, args.publish, receipt).await?;
            }
        }
    }
    if unread.len() < args.files.len() {
        return Ok(receipt);
    }
    if args.json {
        print_json(&receipt)?;
    }
    Err(Failure::bad_input(unread.join("\n")))
}

/// A saved page as an article of ours. The same page again is known by the address it gives itself, else by its bytes.
fn from_page(page: SavedPage, bytes: &[u8], day: Option<Date>, section: Option<&str>, publication: &Site) -> Incoming {
    let guid = page.source_url.clone().unwrap_or_else(|| format!("urn:warraq:page:{}", blake3::hash(bytes).to_hex()));
    let published = match (day, page.published) {
        (Some(day), _) | (None, Some(Published::Day(day))) => json_lines::at_noon(day, &publication.time_zone),
        (None, Some(Published::Instant(at))) => Some(at),
        (None, Some(Published::Local(local))) => {
            local.to_zoned(publication.time_zone.clone()).ok().map(|local| local.timestamp())
        }
        (None, None) => None,
    };
    let term = |name: &str| NewTerm { name: name.to_owned(), ..NewTerm::default() };
    let draft = Draft {
        kicker: page.kicker.unwrap_or_default(),
        headline: page.headline,
        standfirst: page.standfirst.unwrap_or_default(),
        body: page.body_html,
        language: page.language.as_deref().and_then(|tag| Language::parse(tag).ok()),
        ..Draft::default()
    };
    Incoming {
        visibility: Visibility::Public(published),
        sections: section.map(term).or_else(|| page.section.as_deref().map(term)).into_iter().collect(),
        tags: page.tags.iter().map(|tag| term(tag)).collect(),
        bylines: page.byline.iter().map(|name| (term(name), BylineRole::Writer)).collect(),
        ..Incoming::of(guid, draft)
    }
}
