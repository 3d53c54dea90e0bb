//! How is the publication set up? What its owner may change in the browser.

use std::collections::BTreeMap;

use http::StatusCode;

use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, see};
use crate::desk::sites;
use crate::news::MediaId;
use crate::news::article::tidy;
use crate::news::colour::Colour;
use crate::news::language::Language;
use crate::news::media::Media;
use crate::news::permalink::Permalink;
use crate::news::site::{Calendar, Digits, Site, is_crawler};
use crate::store::{media, site};
use crate::web::reply::Reply;
use crate::web::views::Logo;
use crate::web::views::newsroom::{SettingsForm, SettingsPage};

/// Regions whose Arabic names of months differ.
const MONTHS: [&str; 4] = ["EG", "SY", "DZ", "MA"];
/// Forms of addresses that WordPress proposes.
const PERMALINKS: [&str; 5] = [
    "/%year%/%monthnum%/%day%/%postname%/",
    "/%year%/%monthnum%/%postname%/",
    "/%postname%/",
    "/archives/%post_id%",
    "/%category%/%postname%/",
];

/// `GET /newsroom/settings/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let mut form = form(&visit.frame.site);
    // From the page of a picture: how it would look, before it is kept.
    if let Some(picture) = query.number("logo") {
        form.logo = picture.to_string();
    }
    page(visit, form, BTreeMap::new(), query.one("done") == "1").await
}

async fn page(
    visit: &Visit<'_>,
    form: SettingsForm,
    errors: BTreeMap<&'static str, String>,
    done: bool,
) -> Result<Reply, Refusal> {
    let view = SettingsPage {
        logo: picture(visit, &form.logo).await?.map(|media| Logo::of(&media)),
        layout: visit.layout(&visit.says("nav-settings"), "settings"),
        form,
        calendars: Calendar::ALL.iter().map(|calendar| calendar.as_str()).collect(),
        digits: Digits::ALL.iter().map(|digits| digits.as_str()).collect(),
        months: MONTHS.to_vec(),
        permalinks: PERMALINKS.to_vec(),
        errors,
        done,
    };
    visit.page("newsroom/settings.html", &view)
}

/// The picture of the library with a number, as it was typed.
async fn picture(visit: &Visit<'_>, number: &str) -> Result<Option<Media>, Refusal> {
    let Ok(id) = number.trim().parse() else { return Ok(None) };
    let found = visit.view(move |db| media::by_id(db, MediaId(id))).await?;
    Ok(found.filter(Media::is_picture))
}

fn form(site: &Site) -> SettingsForm {
    let settings = &site.settings;
    SettingsForm {
        title: site.title.clone(),
        tagline: site.tagline.clone(),
        language: site.language.as_str().to_owned(),
        time_zone: site.time_zone_name().to_owned(),
        permalink: site.permalink.as_str().to_owned(),
        calendar: settings.calendar.as_str().to_owned(),
        digits: settings.digits.as_str().to_owned(),
        month_names: settings.month_names.clone(),
        per_page: settings.per_page.to_string(),
        licence: settings.licence.clone(),
        hold_all: settings.comments.hold_all,
        hold_first: settings.comments.hold_first,
        max_links: settings.comments.max_links.to_string(),
        close_after_days: settings.comments.close_after_days.map(|days| days.to_string()).unwrap_or_default(),
        accent: settings.accent.map(|colour| colour.to_string()).unwrap_or_default(),
        logo: settings.logo.map(|id| id.to_string()).unwrap_or_default(),
        refuse_training: settings.refuse_training,
        refused_crawlers: settings.refused_crawlers.join("\n"),
        ads_txt: settings.ads_txt.clone(),
    }
}

/// `POST /newsroom/settings/`. What is wrong comes back on the same page, with everything that was typed.
pub(super) async fn change(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let read = |db: &mut crate::store::Db<'_>| site::load(db);
    let mut site = visit.view(read).await?.ok_or(Refusal::NotFound)?;
    let logo = picture(visit, fields.one("logo")).await?.map(|media| media.id);
    let mut errors = BTreeMap::new();
    let mut wrong = |field: &'static str, key: &str| {
        errors.insert(field, visit.says(key));
    };
    match tidy(fields.one("title")) {
        title if title.is_empty() => wrong("title", "settings-no-title"),
        title => site.title = title,
    }
    site.tagline = tidy(fields.one("tagline"));
    match Language::parse(fields.one("language").trim()) {
        Ok(language) => site.language = language,
        Err(_) => wrong("language", "settings-no-language"),
    }
    match Site::parse_time_zone(fields.one("time_zone").trim()) {
        Ok(time_zone) => site.time_zone = time_zone,
        Err(_) => wrong("time_zone", "settings-no-time-zone"),
    }
    match Permalink::parse(fields.one("permalink").trim()) {
        Ok(permalink) => site.permalink = permalink,
        Err(_) => wrong("permalink", "settings-no-permalink"),
    }
    let settings = &mut site.settings;
    settings.calendar = Calendar::parse(fields.one("calendar")).unwrap_or(settings.calendar);
    settings.digits = Digits::parse(fields.one("digits")).unwrap_or(settings.digits);
    if MONTHS.contains(&fields.one("month_names")) {
        fields.one("month_names").clone_into(&mut settings.month_names);
    }
    match fields.number("per_page").filter(|number| (1..=100).contains(number)) {
        Some(number) => settings.per_page = number,
        None => wrong("per_page", "settings-no-per-page"),
    }
    settings.licence = tidy(fields.one("licence"));
    settings.comments.hold_all = fields.has("hold_all");
    settings.comments.hold_first = fields.has("hold_first");
    match fields.one("max_links").trim().parse() {
        Ok(number) => settings.comments.max_links = number,
        Err(_) => wrong("max_links", "settings-no-number"),
    }
    match fields.one("close_after_days").trim() {
        "" => settings.comments.close_after_days = None,
        days => match days.parse() {
            Ok(days) => settings.comments.close_after_days = Some(days),
            Err(_) => wrong("close_after_days", "settings-no-number"),
        },
    }
    match fields.one("accent").trim() {
        "" => settings.accent = None,
        colour => match Colour::parse(colour) {
            Some(colour) => settings.accent = Some(colour),
            None => wrong("accent", "settings-no-colour"),
        },
    }
    settings.logo = logo;
    if logo.is_none() && !fields.one("logo").trim().is_empty() {
        wrong("logo", "settings-no-picture");
    }
    settings.refuse_training = fields.has("refuse_training");
    settings.refused_crawlers =
        fields.one("refused_crawlers").split(['\n', ',']).map(tidy).filter(|name| !name.is_empty()).collect();
    if !settings.refused_crawlers.iter().all(|name| is_crawler(name)) {
        wrong("refused_crawlers", "settings-no-crawler");
    }
    fields.one("ads_txt").trim().clone_into(&mut settings.ads_txt);
    if !errors.is_empty() {
        let text = |name: &str| fields.one(name).to_owned();
        let typed = SettingsForm {
            title: text("title"),
            tagline: text("tagline"),
            language: text("language"),
            time_zone: text("time_zone"),
            permalink: text("permalink"),
            per_page: text("per_page"),
            max_links: text("max_links"),
            close_after_days: text("close_after_days"),
            accent: text("accent"),
            logo: text("logo"),
            refused_crawlers: text("refused_crawlers"),
            ..form(&site)
        };
        let mut reply = page(visit, typed, errors, false).await?;
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(reply);
    }
    sites::set_up(visit.desk(), site).await?;
    Ok(see(&format!("{}?done=1", Room::Settings.path())))
}
