//! Files that want to be something else: pictures with a script in them, bombs, names that lead elsewhere. Each is refused
//! with a sentence in the language of whoever sent it, or written anew with nothing left of what it hid.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use warraq::media::{StoredName, inspect};
use warraq::news::MediaId;
use warraq::news::staff::Role;
use warraq::store::library;

use crate::support::{Newsroom, on_both};

/// What must not come out again, whatever it came in with.
const ACTIVE: &[&[u8]] = &[
    b"<script",
    b"<?php",
    b"onload=",
    b"onerror=",
    b"javascript:",
    b"<svg",
    b"<html",
    b"%PDF",
    b"PK\x03\x04",
    b"#!/bin/sh",
    b"MZ\x90",
    b"<!DOCTYPE",
];

const SCRIPTS: &[&str] = &[
    "<script>alert(1)</script>",
    "<?php system($_GET['c']); ?>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
    "<html><body onload=alert(1)></body></html>",
    "%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj",
    "PK\u{3}\u{4}payload.class",
    "#!/bin/sh\nrm -rf /",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
    "*/=alert(1)/*<img src=x onerror=alert(1)>",
    "javascript:alert(document.domain)//",
];

const NAMES: &[&str] = &[
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\x.exe",
    "/etc/cron.d/x",
    "C:\\x.jpg",
    "x.php",
    "x.jpg.php",
    "x.php\u{0}.jpg",
    ".htaccess",
    "CON",
    "x\u{202e}gpj.exe",
    "<img src=x onerror=alert(1)>.png",
    "';DROP TABLE media;--.png",
    "x.svg",
    "....//....//x.html",
    "%2e%2e%2fx.jpg",
    "con:stream.jpg",
    "x\u{200b}.png",
    "أ/../ب.png",
    "~root/.ssh/authorized_keys",
    "index.html",
];

fn encoded(seed: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(40 + seed % 7, 30, |x, y| Rgb([(x * 7 + seed) as u8, (y * 5) as u8, (x ^ y) as u8]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A picture and a script in one, seven ways: behind it, before it, in a comment, in text, in place of pixels, alone under
/// a picture's first bytes, with the end cut off.
fn polyglots() -> Vec<Vec<u8>> {
    let formats = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP];
    let mut files = Vec::new();
    for (seed, script) in (0_u32..).zip(SCRIPTS) {
        let script = script.as_bytes();
        for format in formats {
            let whole = encoded(seed * 4 + files.len() as u32, format);
            files.push([whole.as_slice(), script].concat());
            files.push([script, whole.as_slice()].concat());
            files.push([&whole[..12.min(whole.len())], script].concat());
            let middle = whole.len() / 2;
            files.push([&whole[..middle], script, &whole[middle..]].concat());
            files.push(whole[..whole.len() - whole.len() / 3].iter().chain(script).copied().collect());
        }
        files.push(with_jpeg_comment(&encoded(seed, ImageFormat::Jpeg), script));
        files.push(with_png_text(&encoded(seed, ImageFormat::Png), script));
    }
    files
}

fn with_jpeg_comment(jpeg: &[u8], text: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xFE];
    bytes.extend(u16::try_from(text.len() + 2).expect("short").to_be_bytes());
    bytes.extend(text);
    bytes.extend(&jpeg[2..]);
    bytes
}

fn with_png_text(png: &[u8], text: &[u8]) -> Vec<u8> {
    // Behind IHDR: eight bytes of signature, twenty-five of the chunk.
    let chunk = [b"tEXt".as_slice(), b"Comment\0", text].concat();
    let mut bytes = png[..33].to_vec();
    bytes.extend(u32::try_from(chunk.len() - 4).expect("short").to_be_bytes());
    bytes.extend(&chunk);
    bytes.extend(checksum(&chunk).to_be_bytes());
    bytes.extend(&png[33..]);
    bytes
}

/// CRC-32 as PNG has it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

/// Headers that promise more than anybody has memory for.
fn bombs() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for (width, height) in
        [(60_000_u32, 60_000_u32), (16_384, 16_384), (u32::MAX, 1), (1, u32::MAX), (0, 0), (20_000, 2)]
    {
        let mut png = encoded(1, ImageFormat::Png);
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = checksum(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        files.push(png);
        let mut gif = encoded(1, ImageFormat::Gif);
        gif[6..8].copy_from_slice(&(width as u16).to_le_bytes());
        gif[8..10].copy_from_slice(&(height as u16).to_le_bytes());
        files.push(gif);
    }
    files
}

/// Everything that lies on the disk of the media folder is a picture that says what it is, with nothing active in it.
fn check_disk(site: &Newsroom) -> usize {
    let mut seen = 0;
    for folder in std::fs::read_dir(site.folder().join("media")).expect("a folder") {
        let folder = folder.expect("an entry").path();
        let short = folder.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        for file in std::fs::read_dir(&folder).expect("only folders") {
            let file = file.expect("an entry").path();
            let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
            assert_ne!(short, "incoming", "{name} was left behind");
            assert!(StoredName::parse(&format!("{short}/{name}")).expect("a name of ours").kind().is_picture());
            let bytes = std::fs::read(&file).expect("readable");
            inspect(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            for active in ACTIVE {
                assert!(!bytes.windows(active.len()).any(|window| window.eq_ignore_ascii_case(active)), "{name}");
            }
            seen += 1;
        }
    }
    seen
}

on_both! {
    async fn two_hundred_files_that_want_to_be_something_else(site) {
        let author = site.colleague("سمير", Role::Author).await;
        let english = site.colleague("Anna", Role::Editor).await;
        let speaks = "UPDATE users SET language = 'en' WHERE id = $1";
        let id = english.id.0;
        site.desk.write(move |tx| Ok(tx.execute(speaks, &[id.into()])?)).await.expect("she speaks English");
        let files: Vec<Vec<u8>> = polyglots().into_iter().chain(bombs()).collect();
        assert!(files.len() >= 200, "{}", files.len());
        let (mut taken, mut refused) = (0, 0);
        for (number, bytes) in files.iter().enumerate() {
            let name = NAMES[number % NAMES.len()];
            let (who, is_arabic) = if number % 2 == 0 { (&author, true) } else { (&english, false) };
            let answer = who.uploads("/newsroom/media/", &[(name, bytes)], &[], "application/json").await;
            let told = answer.json();
            match answer.status {
                201 => {
                    taken += 1;
                    let src = told["src"].as_str().expect("an address");
                    let page = site.reader().reads(src).await.ok();
                    assert!(page.header("content-type").starts_with("image/"), "{name}");
                    assert_eq!(page.header("x-content-type-options"), "nosniff");
                    assert!(page.header("content-security-policy").contains("sandbox"));
                    assert!(StoredName::parse(src.trim_start_matches("/media/")).is_ok(), "{src}: the name is ours");
                }
                422 => {
                    refused += 1;
                    let why = told["error"].as_str().expect("a sentence");
                    let has_arabic = why.chars().any(|letter| ('\u{621}'..='\u{64A}').contains(&letter));
                    assert!(why.len() > 20 && has_arabic == is_arabic, "{name}: {why}");
                    assert!(!why.starts_with("media-"), "{why} is no sentence");
                }
                other => panic!("{name}: {other} {}", answer.body()),
            }
        }
        site.run_jobs().await;
        assert_eq!(taken + refused, files.len());
        assert!(taken > 20 && refused > 100, "{taken} written anew, {refused} refused");
        assert!(check_disk(site) > 20);
        // Nothing lies outside of the folder, and names are words.
        for place in ["etc", "passwd", "x.php", "media/x.php", "media/../x.exe"] {
            assert!(!site.folder().join(place).exists(), "{place}");
        }
        let kept = site.finds(|db| library::page(db, MediaId(i64::MAX), 500)).await;
        assert!(kept.iter().all(|kept| !kept.name.contains(['/', '\\', '\u{0}', '\u{202e}', '\u{200b}'])), "{kept:?}");
        let grid = english.opens("/newsroom/media/").await.ok();
        assert_eq!(grid.count("main script, main [onerror], main [onload]"), 0);
    }
}
