//! Recordings and documents: played in parts or saved, and never run.

use warraq::desk::media::take_in_file;

use crate::support::{Newsroom, Page, on_both};

/// A file that came in: where it is served.
async fn taken(site: &Newsroom, name: &str, bytes: &[u8]) -> String {
    let path = site.folder().join("incoming-file");
    std::fs::write(&path, bytes).expect("written");
    take_in_file(&site.desk, path, name, "", "").await.expect("taken").0.address()
}

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

on_both! {
    async fn a_recording_is_played_from_where_somebody_wants(site) {
        let sound: Vec<u8> = b"OggS".iter().copied().chain((0..1_000_000_u32).map(|n| (n % 251) as u8)).collect();
        let address = taken(site, "talk.ogg", &sound).await;
        assert!(address.ends_with(".ogg"), "{address}");
        let whole = site.reader().reads(&address).await;
        assert_eq!((whole.status, &whole.bytes[..]), (200, &sound[..]));
        assert_eq!(header(&whole, "content-type"), "audio/ogg");
        assert_eq!(header(&whole, "accept-ranges"), "bytes");
        assert_eq!(header(&whole, "content-disposition"), "", "it is played where it stands");
        assert!(header(&whole, "content-security-policy").contains("sandbox"));
        let part = site.reader().reads_with(&address, &[("range", "bytes=500000-500009")]).await;
        assert_eq!((part.status, &part.bytes[..]), (206, &sound[500_000..500_010]));
        assert_eq!(header(&part, "content-range"), "bytes 500000-500009/1000004");
        let end = site.reader().reads_with(&address, &[("range", "bytes=-4")]).await;
        assert_eq!((end.status, &end.bytes[..]), (206, &sound[1_000_000..]));
        let beyond = site.reader().reads_with(&address, &[("range", "bytes=1000004-")]).await;
        assert_eq!((beyond.status, header(&beyond, "content-range")), (416, "bytes */1000004"));
        assert_eq!(header(&beyond, "cache-control"), "no-store");
        let head = site.reader().asks("HEAD", &address, &[], "").await;
        assert_eq!((head.status, head.bytes.len(), header(&head, "content-length")), (200, 0, "1000004"));
        let tag = header(&whole, "etag").to_owned();
        let same = site.reader().reads_with(&address, &[("range", "bytes=1-2"), ("if-range", &tag)]).await;
        assert_eq!(same.status, 206);
        let other = site.reader().reads_with(&address, &[("range", "bytes=1-2"), ("if-range", "\"other\"")]).await;
        assert_eq!(other.status, 200);
    }

    async fn a_document_is_saved_and_not_opened(site) {
        for (name, bytes) in [
            ("a.pdf", &b"%PDF-1.7 %%EOF"[..]),
            ("a.zip", b"PK\x03\x04 a PK\x05\x06"),
            ("a.txt", "نص".as_bytes()),
        ] {
            let page = site.reader().reads(&taken(site, name, bytes).await).await;
            assert_eq!((page.status, &page.bytes[..]), (200, bytes), "{name}");
            assert_eq!(header(&page, "content-disposition"), "attachment", "{name}");
            assert_eq!(header(&page, "x-content-type-options"), "nosniff", "{name}");
        }
        let page = site.reader().reads("/media/ab/abcdef0123456789abcdef0123456789abcdef01.pdf").await;
        assert_eq!(page.status, 404);
    }

    async fn what_would_run_is_not_taken(site) {
        let path = site.folder().join("evil");
        for bytes in ["<html>", "<svg/>", "<?xml version='1.0'?>", "#!/bin/sh"] {
            std::fs::write(&path, bytes).expect("written");
            let refused = take_in_file(&site.desk, path.clone(), "a.pdf", "", "").await.expect_err("refused");
            assert!(refused.to_string().contains("not taken"), "{bytes}: {refused}");
        }
    }
}
