//! What could the media library have to show?

use super::layout;
use crate::web::views::DateView;
use crate::web::views::newsroom::comments::NoticeView;
use crate::web::views::newsroom::pictures::{PictureCard, PicturePage, PicturesPage, RefusedFile, UseView};
use crate::web::views::samples::{Sample, value};

/// Every sample of the media library.
pub(super) fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut add = |template, name, lang, value| samples.push(Sample { template, name, lang, value });
    for lang in ["ar", "en"] {
        let grid = PicturesPage {
            layout: layout(lang, "pictures"),
            words: String::new(),
            pictures: cards(),
            next: Some("/newsroom/media/?before=3".into()),
            refused: vec![],
            notice: Some(NoticeView { text: "أُضيف: 3".into(), undo: None }),
        };
        add("newsroom/pictures.html", "pictures", lang, value(&grid));
        let refused = PicturesPage {
            refused: vec![RefusedFile {
                name: "<../../etc/passwd>.svg".into(),
                why: "لا تُقبل صور SVG. احفظها بصيغة JPEG أو PNG أو WebP.".into(),
            }],
            notice: None,
            next: None,
            ..grid.clone()
        };
        add("newsroom/pictures.html", "a file was refused", lang, value(&refused));
        let none = PicturesPage { pictures: vec![], refused: vec![], ..refused };
        add("newsroom/pictures.html", "no pictures", lang, value(&none));
        let lost =
            PicturesPage { words: "\"سفينة\"".into(), next: Some("/newsroom/media/?q=x&before=3".into()), ..none };
        add("newsroom/pictures.html", "no picture fits", lang, value(&lost));
        let picture = PicturePage {
            layout: layout(lang, "pictures"),
            id: 12,
            src: "/media/ab/abcdef.webp".into(),
            width: 1600,
            height: 1067,
            name: "DSC_0815.JPG".into(),
            by: Some("ليلى Laila".into()),
            at: DateView {
                iso: "2026-03-01T09:00:00Z".into(),
                date: "1 مارس 2026".into(),
                time: "12:00".into(),
                other_calendar: None,
            },
            alt: "ميناء \"شنغهاي\" <ليلًا>".into(),
            credit: "ورّاق / Xinhua".into(),
            caption: "الميناء كما بدا أمس".into(),
            licence: "CC BY 4.0".into(),
            focal_x: 30,
            focal_y: 70,
            uses: vec![UseView { href: "/newsroom/articles/4/".into(), headline: "قمة في بكين".into() }],
            has_more_uses: true,
            closed_uses: 2,
            may_change: true,
            as_logo: Some("/newsroom/settings/?logo=5#logo".into()),
            is_logo: false,
            notice: None,
        };
        add("newsroom/picture.html", "a picture", lang, value(&picture));
        let foreign = PicturePage {
            may_change: false,
            as_logo: None,
            is_logo: true,
            by: None,
            name: String::new(),
            alt: String::new(),
            uses: vec![],
            has_more_uses: false,
            closed_uses: 0,
            ..picture.clone()
        };
        add("newsroom/picture.html", "somebody else's picture", lang, value(&foreign));
        add("newsroom/picture.html", "an unused picture", lang, value(&PicturePage { may_change: true, ..foreign }));
    }
    samples
}

fn cards() -> Vec<PictureCard> {
    let card = |id: i64, alt: &str, credit: &str, name: &str| PictureCard {
        id,
        href: format!("/newsroom/media/{id}/"),
        src: "/media/ab/abcdef.webp".into(),
        alt: alt.into(),
        credit: credit.into(),
        name: name.into(),
    };
    vec![
        card(5, "ميناء شنغهاي ليلًا", "ورّاق", "port.jpg"),
        card(4, "", "", "\u{202e}gpj.<script>"),
        card(3, "A hall with a very long description that does not fit into one line of the grid", "Xinhua", ""),
    ]
}
