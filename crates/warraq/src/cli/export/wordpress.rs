//! `warraq export wordpress`: a file that WordPress imports.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use wordpress::wxr;

use super::{BATCH, Kept, whole, write_kept};
use crate::cli::Failure;
use crate::cli::office::{Office, block_on, print_json};
use crate::desk::Desk;
use crate::error::Error;
use crate::export::wordpress::{Around, Exporter};
use crate::news::ArticleId;
use crate::store::{holdings, sections, site};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WordpressArgs {
    /// The file to write, .xml.
    file: PathBuf,
    /// Also what came from another site, has no place here and was kept sealed: menus, revisions, and entries of forms with
    /// the names and addresses of those who sent them. Readable in the file for whoever has it.
    #[arg(long)]
    with_kept: bool,
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
    #[serde(flatten)]
    kept: Kept,
    /// Characters that XML has no way to write.
    left_out: u64,
}

pub(super) fn run(args: &WordpressArgs, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    // Drafts are in it: nobody else may read the file.
    let begin = |part: &Path| File::options().write(true).create_new(true).mode(0o600).open(part);
    let written = whole(&args.file, begin, |out, _| block_on(write(&desk, out, args.with_kept))?)?;
    if args.json {
        return print_json(&written);
    }
    let Written { articles, pages, comments, pictures, kept, left_out } = written;
    println!(
        "{}: {articles} articles, {pages} pages, {comments} comments, {pictures} pictures, {kept}",
        args.file.display()
    );
    if left_out > 0 {
        println!("{left_out} characters that XML cannot hold were left out");
    }
    Ok(())
}

async fn write(desk: &Desk, out: File, with_kept: bool) -> Result<Written, Failure> {
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
    written.kept = write_kept(desk, &mut writer, with_kept).await?;
    written.left_out = writer.left_out();
    let mut out = writer.finish()?;
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(written)
}
