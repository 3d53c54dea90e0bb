//! `warraq export wordpress`: a file that WordPress imports.

use std::fs::File;
use std::io::{BufWriter, Read as _, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use flate2::read::DeflateDecoder;
use wordpress::wxr::{self, Entry, Found};

use super::BATCH;
use crate::cli::Failure;
use crate::cli::office::{Office, block_on, print_json};
use crate::desk::Desk;
use crate::error::Error;
use crate::export::wordpress::{Around, Exporter};
use crate::news::ArticleId;
use crate::store::{holdings, originals, sections, site};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WordpressArgs {
    /// The file to write, .xml.
    file: PathBuf,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

/// What was written.
#[derive(Debug, Default, serde::Serialize)]
struct Written {
    articles: u64,
    pages: u64,
    comments: u64,
    pictures: u64,
    /// Things of another system that have no place here and were kept.
    kept: u64,
    /// Characters that XML has no way to write.
    left_out: u64,
}

pub(super) fn run(args: &WordpressArgs, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    if args.file.exists() {
        return Err(Failure::bad_input(format!("{} is there already; nothing was written", args.file.display())));
    }
    // The file has its name when it is whole.
    let part = args.file.with_extension("part");
    let written = block_on(write(&desk, &part))?.inspect_err(|_| drop(std::fs::remove_file(&part)))?;
    std::fs::rename(&part, &args.file)?;
    if args.json {
        return print_json(&written);
    }
    let Written { articles, pages, comments, pictures, kept, left_out } = written;
    println!(
        "{}: {articles} articles, {pages} pages, {comments} comments, {pictures} pictures, {kept} things kept from elsewhere",
        args.file.display()
    );
    if left_out > 0 {
        println!("{left_out} characters that XML cannot hold were left out");
    }
    Ok(())
}

async fn write(desk: &Desk, file: &Path) -> Result<Written, Failure> {
    let around = desk.store.read(|db| {
        let around = Around {
            sections: sections::all(db)?,
            tags: holdings::tags(db)?,
            people: holdings::people(db)?,
            translations: holdings::translations(db)?,
            last_article: holdings::last(db)?,
        };
        let publication = site::load(db)?;
        Ok::<_, Error>((publication, around, holdings::pictures(db)?))
    });
    let (publication, around, pictures) = around.await?;
    let publication = publication
        .ok_or_else(|| Failure::bad_input("there is no publication in this database yet; run warraq init"))?;
    let exporter = Exporter::new(publication, around);
    // Drafts are in it: nobody else may read the file.
    let out = File::options().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    let mut writer = wxr::Writer::new(BufWriter::with_capacity(1 << 20, out));
    for entry in exporter.head() {
        writer.write(&entry)?;
    }
    let mut written = Written { pictures: pictures.len() as u64, ..Written::default() };
    for picture in &pictures {
        writer.write(&exporter.picture(picture))?;
    }
    let mut last = ArticleId(0);
    loop {
        let some = desk.store.read(move |db| holdings::after(db, last, BATCH).map_err(Error::from)).await?;
        let Some(newest) = some.last() else { break };
        last = newest.id;
        for holding in &some {
            written.comments += holding.comments.len() as u64;
            *match holding.form {
                crate::news::article::Form::Article => &mut written.articles,
                crate::news::article::Form::Page => &mut written.pages,
            } += 1;
            writer.write(&exporter.item(holding))?;
        }
    }
    written.kept = write_kept(desk, &mut writer).await?;
    written.left_out = writer.left_out();
    let mut out = writer.finish()?;
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(written)
}

/// What came from another site and has no place on this one goes along as it was.
pub(super) async fn write_kept(desk: &Desk, writer: &mut wxr::Writer<impl Write>) -> Result<u64, Failure> {
    let (mut last, mut count) = (String::new(), 0);
    loop {
        let after = last.clone();
        let some = desk.store.read(move |db| originals::after(db, &after, BATCH).map_err(Error::from)).await?;
        let Some((newest, ..)) = some.last() else { return Ok(count) };
        last.clone_from(newest);
        let without_place =
            |kind: &str| kind.starts_with("wordpress-") && !matches!(kind, "wordpress-post" | "wordpress-page");
        for (guid, _, sealed) in some.iter().filter(|(_, kind, _)| without_place(kind)) {
            let packed = desk.keys.open_original(sealed).map_err(|error| anyhow::anyhow!("{guid}: {error}"))?;
            let mut text = String::new();
            DeflateDecoder::new(&packed[..]).read_to_string(&mut text)?;
            for found in wxr::Reader::new(text.as_bytes()).filter_map(Result::ok) {
                if let Found::Entry { entry: entry @ Entry::Item(_), .. } = found {
                    writer.write(&entry)?;
                    count += 1;
                }
            }
        }
    }
}
