//! Pictures: taken in once, made safe, made smaller.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use warraq::desk::media::{make_avif, make_renditions, take_in};
use warraq::error::Error;
use warraq::media::StoredName;
use warraq::news::article::{Draft, Lead};
use warraq::news::media::address_of;
use warraq::store::media::by_id;

use crate::support::{on_both, story};

/// A PNG of a few colours.
pub(crate) fn picture(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 120]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

on_both! {
    async fn the_same_picture_is_kept_once(site) {
        let first = take_in(&site.desk, picture(900, 600), " ميناء\u{200f} شنغهاي ", "ورّاق").await.expect("taken");
        let second = take_in(&site.desk, picture(900, 600), "غير ذلك", "").await.expect("taken");
        assert_eq!(first, second);
        assert_ne!(first, take_in(&site.desk, picture(901, 600), "", "").await.expect("taken"));
        let kept = site.finds(move |db| by_id(db, first)).await.expect("there");
        assert_eq!(
            (kept.width, kept.height, kept.alt.as_str(), kept.credit.as_str()),
            (900, 600, "ميناء شنغهاي", "ورّاق")
        );
        let name = StoredName::parse(&kept.file).expect("a name of ours");
        assert_eq!(site.desk.media.read(&name).expect("on the disk").len() as u64, kept.bytes);
        site.run_jobs().await;
    }

    async fn two_at_once_are_one_picture(site) {
        let (one, two) = (site.desk.clone(), site.desk.clone());
        let one = tokio::spawn(async move { take_in(&one, picture(320, 200), "", "").await.expect("taken") });
        let two = tokio::spawn(async move { take_in(&two, picture(320, 200), "", "").await.expect("taken") });
        assert_eq!(one.await.expect("a task"), two.await.expect("a task"));
        site.run_jobs().await;
    }

    async fn smaller_copies_are_made_by_a_job_and_lie_on_the_disk(site) {
        let id = take_in(&site.desk, picture(1000, 500), "", "").await.expect("taken");
        assert!(
            site.finds(move |db| by_id(db, id)).await.expect("there").renditions.is_empty(),
            "the one who sends it does not wait"
        );
        site.run_jobs().await;
        let kept = site.finds(move |db| by_id(db, id)).await.expect("there");
        let widths: Vec<u32> = kept.renditions.iter().map(|copy| copy.width).collect();
        assert_eq!(widths, [480, 800, 1000], "no copy is wider than the picture");
        for copy in &kept.renditions {
            assert_eq!(copy.height, copy.width / 2);
            assert!(site.desk.media.path(&StoredName::parse(&copy.file).expect("a name")).is_file());
        }
        // Done twice it gives what it gives done once.
        make_renditions(&site.desk, id).await.expect("made again");
        assert_eq!(site.finds(move |db| by_id(db, id)).await.expect("there"), kept);
        make_renditions(&site.desk, warraq::news::MediaId(999))
            .await
            .expect("a picture that is gone needs none");
    }

    async fn the_smallest_copies_come_later_and_pages_offer_them(site) {
        let lead = take_in(&site.desk, picture(600, 400), "سفينة", "").await.expect("taken");
        let within = take_in(&site.desk, picture(500, 500), "قارب", "").await.expect("taken");
        let dot = take_in(&site.desk, picture(2, 2), "", "").await.expect("taken");
        let of = async |id| site.finds(move |db| by_id(db, id)).await.expect("there");
        let body = format!("<p>نص</p><figure><img src=\"{}\" alt=\"قارب\"></figure>", of(within).await.address());
        let lead = Lead { media: lead, alt: String::new(), caption: String::new(), credit: String::new() };
        let id = site.editor().publishes(Draft { body, lead: Some(lead.clone()), ..story("سفينة") }).await;
        let home = site.reader().reads(&format!("/a/{id}")).await.location().to_owned();
        let page = site.reader().reads(&home).await.ok();
        assert_eq!((page.count("source"), page.count("img[srcset]")), (0, 0));
        assert!(!make_avif(&site.desk).await.expect("looked"), "first the copies for everybody");
        site.run_jobs().await;
        let page = site.reader().reads(&home).await.ok();
        assert_eq!((page.count("source"), page.count("img[srcset*='.webp 480w']")), (0, 2));
        assert_eq!(page.attribute(".prose img", "width"), "500");
        // The newest first; one that would be larger stays as it is, and is not tried again.
        for id in [dot, within, lead.media] {
            assert!(make_avif(&site.desk).await.expect("made"));
            let kept = of(id).await;
            assert_eq!(kept.renditions.iter().all(|copy| copy.avif.is_some()), id != dot, "{kept:?}");
        }
        assert!(!make_avif(&site.desk).await.expect("nothing left"));
        let page = site.reader().reads(&home).await.ok();
        assert_eq!(page.count("picture > source[type='image/avif'][srcset*='.avif 480w'] + img[srcset]"), 2);
        assert_eq!(site.reader().reads("/").await.ok().count("picture > source + img"), 1);
        let address = address_of(of(within).await.renditions[0].avif.as_deref().expect("made"));
        let file = site.reader().reads(&address).await.ok();
        assert_eq!(file.header("content-type"), "image/avif");
        let copies = of(within).await.renditions;
        let smaller = copies.iter().map(|copy| copy.files().map(|file| {
            site.desk.media.open_file(&StoredName::parse(file).expect("a name")).expect("there").1
        }).collect::<Vec<_>>());
        let (webp, avif) = smaller.fold((0, 0), |(webp, avif), sizes| (webp + sizes[0], avif + sizes[1]));
        assert!(avif < webp, "{avif} of {webp}");
        // Another picture in its place begins anew.
        make_renditions(&site.desk, within).await.expect("made again");
        assert!(of(within).await.renditions.iter().all(|copy| copy.avif.is_none()));
        assert!(make_avif(&site.desk).await.expect("made again"));
        assert_eq!(of(within).await.renditions, copies);
        // One whose file is gone is given up, the others are not.
        let lost = take_in(&site.desk, picture(490, 9), "", "").await.expect("taken");
        site.run_jobs().await;
        let name = StoredName::parse(&of(lost).await.file).expect("a name");
        std::fs::remove_file(site.desk.media.path(&name)).expect("gone");
        assert!(make_avif(&site.desk).await.expect("given up"));
        assert!(!make_avif(&site.desk).await.expect("nothing left"));
    }

    async fn what_is_no_picture_is_refused_and_nothing_is_kept(site) {
        for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..], b"", b"GIF89a", b"%PDF-1.7"]
        {
            let refused = take_in(&site.desk, bytes.to_vec(), "", "").await;
            assert!(matches!(refused, Err(Error::Media(_))), "{refused:?}");
        }
        assert_eq!(site.finds(|db| db.value::<i64>("SELECT COUNT(*) FROM media", &[])).await, Some(0));
    }
}
