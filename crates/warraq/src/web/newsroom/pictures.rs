//! Which pictures do we have, and what is said of them? The grid, one picture, what is sent.

use http::StatusCode;
use serde_json::{Value, json};

use super::places::Room;
use super::refusal::Refusal;
use super::uploads::{Sent, SentFile};
use super::visit::{Fields, Visit, json, see};
use crate::desk::library::{self as verbs, Removal};
use crate::error::Error;
use crate::media::MediaError;
use crate::news::media::{Kept, Media, PictureWords, address_of};
use crate::news::staff::Right;
use crate::news::{MediaId, wording};
use crate::store::{library, stories};
use crate::web::dates;
use crate::web::interface::Arg;
use crate::web::reply::Reply;
use crate::web::views::newsroom::comments::NoticeView;
use crate::web::views::newsroom::pictures::{PictureCard, PicturePage, PicturesPage, RefusedFile, UseView};

/// Pictures on a page.
const PAGE: usize = 60;
/// Articles that are named with a picture.
const USES: usize = 50;

/// `GET /newsroom/media/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let (kept, next) = found(visit, query).await?;
    if visit.wants_json {
        let pictures: Vec<Value> = kept.iter().map(as_json).collect();
        return Ok(json(StatusCode::OK, &json!({ "pictures": pictures, "next": next })));
    }
    grid(visit, query.one("q"), &kept, next, Vec::new(), notice(visit, query))
}

/// `POST /newsroom/media/`: files come in.
pub(super) async fn take_in(visit: &Visit<'_>, sent: Sent) -> Result<Reply, Refusal> {
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for file in sent.files {
        // What is said in the form is about one picture, not about several.
        match take_in_one(visit, &file, words(&sent.fields)).await {
            Ok(kept) => taken.push(kept),
            Err(Error::Media(error)) if !error.is_ours() => {
                refused.push(RefusedFile { name: file.name.clone(), why: sentence(visit, &error) });
            }
            Err(error) => return Err(own(error)),
        }
    }
    if visit.wants_json {
        return Ok(match (refused.first(), taken.first()) {
            (Some(refused), _) => json(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "error": refused.why })),
            (None, Some(kept)) => json(StatusCode::CREATED, &as_json(kept)),
            (None, None) => return Err(Refusal::Broken("a form with files and no file".into())),
        });
    }
    match (taken.as_slice(), refused.is_empty()) {
        // The words for those who do not see it are asked for at once.
        ([kept], true) => Ok(see(&format!("{}?done=taken&n=1", Room::Picture(kept.media.id).path()))),
        (_, true) => Ok(see(&format!("{}?done=taken&n={}", Room::Pictures.path(), taken.len()))),
        (_, false) => {
            let (kept, next) = found(visit, &Fields::default()).await?;
            let done = Fields::parse(format!("done=taken&n={}", taken.len()).as_bytes());
            let notice = notice(visit, &done).filter(|_| !taken.is_empty());
            let mut page = grid(visit, "", &kept, next, refused, notice)?;
            page.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
    }
}

/// `GET /newsroom/media/12/`
pub(super) async fn show_one(visit: &Visit<'_>, id: MediaId, query: &Fields) -> Result<Reply, Refusal> {
    let staff = visit.staff()?;
    let look = move |db: &mut crate::store::Db<'_>| {
        let Some(kept) = library::by_id(db, id)? else { return Ok(None) };
        let uses = library::uses(db, id, USES as i64 + 1)?;
        Ok(Some((kept, stories::by_ids(db, &uses)?)))
    };
    let (kept, mut uses) =
        visit.view(look).await?.filter(|(kept, _)| kept.media.is_picture()).ok_or(Refusal::NotFound)?;
    if visit.wants_json {
        return Ok(json(StatusCode::OK, &as_json(&kept)));
    }
    let has_more_uses = uses.len() > USES;
    uses.truncate(USES);
    let (open, closed): (Vec<_>, Vec<_>) = uses.into_iter().partition(|line| line.is_open_to(staff));
    let view = PicturePage {
        layout: visit.layout(&visit.says("picture-title"), "pictures"),
        id: id.0,
        src: copy_of(&kept.media, 1200),
        width: kept.media.width,
        height: kept.media.height,
        may_change: verbs::may_change(&kept, staff),
        as_logo: staff.role.may(Right::Settle).then(|| format!("{}?logo={id}#logo", Room::Settings.path())),
        is_logo: visit.frame.site.settings.logo == Some(id),
        name: kept.name,
        by: kept.by,
        at: dates::moment(&visit.frame.site, visit.texts(), kept.at),
        alt: kept.media.alt,
        credit: kept.media.credit,
        caption: kept.caption,
        licence: kept.licence,
        focal_x: kept.media.focal.0,
        focal_y: kept.media.focal.1,
        uses: open
            .into_iter()
            .map(|line| UseView { href: Room::Story(line.id).path(), headline: line.headline })
            .collect(),
        closed_uses: closed.len(),
        has_more_uses,
        notice: notice(visit, query),
    };
    visit.page("newsroom/picture.html", &view)
}

/// `POST /newsroom/media/12/`
pub(super) async fn describe(visit: &Visit<'_>, id: MediaId, fields: &Fields) -> Result<Reply, Refusal> {
    let percent = |name| fields.number(name).map_or(50, |percent| percent.clamp(0, 100) as u8);
    let focal = (percent("focal_x"), percent("focal_y"));
    if !verbs::describe(visit.desk(), id, words(fields), focal, visit.staff()?).await? {
        return Err(Refusal::NotAllowed);
    }
    Ok(done(visit, &Room::Picture(id).path(), "saved"))
}

/// `POST /newsroom/media/12/file`
pub(super) async fn replace(visit: &Visit<'_>, id: MediaId, sent: Sent) -> Result<Reply, Refusal> {
    let file = sent.files.first().ok_or(Refusal::NotFound)?;
    let _turn = visit.web.pictures.acquire().await.map_err(|_| Refusal::TooMany)?;
    let bytes = read(file).await.map_err(own)?;
    match verbs::replace(visit.desk(), id, bytes, &file.name, visit.staff()?).await {
        Ok(true) => Ok(done(visit, &Room::Picture(id).path(), "replaced")),
        Ok(false) => Err(Refusal::NotAllowed),
        Err(Error::Media(error)) if !error.is_ours() => {
            let why = sentence(visit, &error);
            if visit.wants_json {
                return Ok(json(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "error": why })));
            }
            let refused = vec![RefusedFile { name: file.name.clone(), why }];
            let mut page = grid(visit, "", &[], None, refused, None)?;
            page.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(own(error)),
    }
}

/// `POST /newsroom/media/12/removal`
pub(super) async fn remove(visit: &Visit<'_>, id: MediaId) -> Result<Reply, Refusal> {
    match verbs::remove(visit.desk(), id, visit.staff()?).await? {
        Removal::Done => Ok(done(visit, &Room::Pictures.path(), "removed")),
        Removal::Logo => Err(Refusal::Conflict(visit.says("picture-is-logo"))),
        Removal::InUse => Err(Refusal::Conflict(visit.says("picture-in-use"))),
        Removal::NotTheirs => Err(Refusal::NotAllowed),
    }
}

async fn found(visit: &Visit<'_>, query: &Fields) -> Result<(Vec<Kept>, Option<String>), Refusal> {
    let asked: String = query.one("q").trim().chars().take(200).collect();
    let words: Vec<String> = wording::wanted(&asked).into_iter().take(library::MAX_WANTED).collect();
    let before = MediaId(query.number("before").unwrap_or(i64::MAX));
    let look = move |db: &mut crate::store::Db<'_>| {
        if !words.is_empty() {
            return library::search(db, &words, before, PAGE);
        }
        let mut kept = library::page(db, before, PAGE as i64 + 1)?;
        let more = kept.len() > PAGE;
        kept.truncate(PAGE);
        let next = kept.last().filter(|_| more).map(|last| last.media.id);
        Ok((kept, next))
    };
    let (kept, next) = visit.view(look).await?;
    let address = |next: MediaId| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !asked.is_empty() {
            query.append_pair("q", &asked);
        }
        format!("{}?{}", Room::Pictures.path(), query.append_pair("before", &next.to_string()).finish())
    };
    Ok((kept, next.map(address)))
}

fn grid(
    visit: &Visit<'_>,
    words: &str,
    kept: &[Kept],
    next: Option<String>,
    refused: Vec<RefusedFile>,
    notice: Option<NoticeView>,
) -> Result<Reply, Refusal> {
    let card = |kept: &Kept| PictureCard {
        id: kept.media.id.0,
        href: Room::Picture(kept.media.id).path(),
        src: copy_of(&kept.media, 480),
        alt: kept.media.alt.clone(),
        credit: kept.media.credit.clone(),
        name: kept.name.clone(),
    };
    let view = PicturesPage {
        layout: visit.layout(&visit.says("nav-pictures"), "pictures"),
        words: words.to_owned(),
        pictures: kept.iter().map(card).collect(),
        next,
        refused,
        notice,
    };
    visit.page("newsroom/pictures.html", &view)
}

async fn take_in_one(visit: &Visit<'_>, file: &SentFile, words: PictureWords) -> Result<Kept, Error> {
    // A picture takes a second of a core and two hundred megabytes at worst: readers must not feel it.
    let _turn = visit.web.pictures.acquire().await;
    let bytes = read(file).await?;
    let staff = visit.staff.as_ref().ok_or_else(|| Error::NotFound("session".into()))?;
    Ok(verbs::take_in(visit.desk(), bytes, &file.name, words, staff).await?.0)
}

async fn read(file: &SentFile) -> Result<Vec<u8>, Error> {
    let path = file.path().to_owned();
    let read = tokio::task::spawn_blocking(move || std::fs::read(path));
    let bytes = read.await.map_err(|error| Error::conflict("picture-abandoned", error.to_string()))?;
    Ok(bytes.map_err(MediaError::from)?)
}

fn words(fields: &Fields) -> PictureWords {
    PictureWords {
        alt: fields.one("alt").into(),
        credit: fields.one("credit").into(),
        caption: fields.one("caption").into(),
        licence: fields.one("licence").into(),
    }
}

/// A picture as scripts get it.
fn as_json(kept: &Kept) -> Value {
    let media = &kept.media;
    json!({
        "id": media.id.0,
        "src": media.address(),
        "small": copy_of(media, 480),
        "width": media.width,
        "height": media.height,
        "alt": media.alt,
        "credit": media.credit,
        "caption": kept.caption,
    })
}

/// The address of the narrowest copy that is at least so wide; of the picture itself while its copies are being made.
fn copy_of(media: &Media, width: u32) -> String {
    let copy = media.renditions.iter().find(|copy| copy.width >= width).or(media.renditions.last());
    copy.map_or_else(|| media.address(), |copy| address_of(&copy.file))
}

/// Why a file was not taken, in the language of whoever sent it.
fn sentence(visit: &Visit<'_>, error: &MediaError) -> String {
    let format = match error {
        MediaError::RefusedFormat { format } => format,
        _ => "",
    };
    visit.texts().text(error.code(), &[("format", Arg::from(format))])
}

/// What is wrong on our side.
fn own(error: Error) -> Refusal {
    match error {
        Error::Media(MediaError::DiskFull) => Refusal::Full,
        Error::Media(error) => Refusal::Broken(error.to_string()),
        other => other.into(),
    }
}

fn done(visit: &Visit<'_>, path: &str, what: &str) -> Reply {
    if visit.wants_json {
        return json(StatusCode::OK, &json!({ "done": what }));
    }
    see(&format!("{path}?done={what}&n=1"))
}

fn notice(visit: &Visit<'_>, query: &Fields) -> Option<NoticeView> {
    let done = query.one("done");
    let known = matches!(done, "taken" | "saved" | "replaced" | "removed");
    let count = query.number("n").unwrap_or(0);
    let text = || visit.texts().text(&format!("pictures-done-{done}"), &[("n", Arg::Number(count))]);
    known.then(|| NoticeView { text: text(), undo: None })
}
