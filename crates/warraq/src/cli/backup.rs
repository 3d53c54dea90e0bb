//! `warraq backup` and `warraq restore`: everything in one file, and back.
//!
//! The file is a tar archive: the database (always as SQLite, whatever engine the site uses), the media folder, the
//! theme, the settings and the keys. Whoever has it has the addresses of commenters: keep it as you keep the keys.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::Failure;
use super::office::{Office, block_on, print_json};
use crate::chance::Chance;
use crate::config::SiteFolder;
use crate::durable::{self, with_ending};
use crate::media;
use crate::store;

const DATABASE: &str = "warraq.db";
/// What of the site folder goes along beside the database.
const FOLDERS: [&str; 3] = ["keys", "media", "theme"];
const SETTINGS: &str = "warraq.toml";

#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// The file to write.
    file: PathBuf,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// The file that `warraq backup` wrote.
    file: PathBuf,
}

pub(super) fn back_up(args: &BackupArgs, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let file = &args.file;
    if file.exists() {
        return Err(Failure::bad_input(format!("{} is there already; nothing was written", file.display())));
    }
    let copy = with_ending(file, "db-part");
    let part = with_ending(file, "part");
    let made = (|| {
        remove(&copy)?;
        let backup = block_on(desk.store.copy_to(&copy))??;
        write_archive(&part, &copy, &office.folder)?;
        // What was written is read again before it is called good.
        let entries = read_through(&part)?;
        durable::rename(&part, file)?;
        Ok::<_, Failure>((backup, entries))
    })();
    remove(&copy)?;
    remove(&part)?;
    let (backup, entries) = made?;
    let bytes = fs::metadata(file)?.len();
    if args.json {
        return print_json(
            &serde_json::json!({ "file": file, "bytes": bytes, "rows": backup.rows, "entries": entries, "checked": true }),
        );
    }
    println!(
        "{}: {} rows and {entries} files, {bytes} bytes; opened again and checked. It holds the keys: keep it safe.",
        file.display(),
        backup.rows
    );
    Ok(())
}

pub(super) fn restore(args: &RestoreArgs, office: &Office) -> Result<(), Failure> {
    let folder = office.folder.path();
    let taken = folder.exists() && fs::read_dir(folder)?.next().is_some();
    if taken {
        return Err(Failure::bad_input(format!(
            "{} is not empty; restore into a new folder with --site",
            folder.display()
        )));
    }
    let entries = read_through(&args.file)?;
    let waiting = with_ending(folder, "restoring");
    if waiting.exists() {
        fs::remove_dir_all(&waiting)?;
    }
    let done = unpack(args, office, &waiting);
    if done.is_err() && waiting.exists() {
        fs::remove_dir_all(&waiting)?;
    }
    let rows = done?;
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(&waiting, folder)?;
    println!(
        "{}: {rows} rows and {entries} files restored into {}. Next: warraq doctor --site {1}",
        args.file.display(),
        folder.display()
    );
    Ok(())
}

/// Everything unpacked beside its place, so that a restore that breaks off leaves nothing half done.
fn unpack(args: &RestoreArgs, office: &Office, waiting: &Path) -> Result<i64, Failure> {
    fs::create_dir_all(waiting)?;
    let mut archive = tar::Archive::new(BufReader::new(open(&args.file)?));
    archive.set_preserve_permissions(true);
    archive.unpack(waiting).map_err(|error| Failure::bad_input(format!("{}: {error}", args.file.display())))?;
    let keys = waiting.join("keys");
    if keys.exists() {
        fs::set_permissions(&keys, fs::Permissions::from_mode(0o700))?;
    }
    let copy = waiting.join("restored.db");
    fs::rename(waiting.join(DATABASE), &copy)?;
    let config = SiteFolder::new(waiting).config()?;
    let location = SiteFolder::new(waiting).database(office.database.as_deref(), &config)?;
    let backup = store::restore(&copy, &location, i64::from_le_bytes(Chance::system().bytes()))?;
    remove(&copy)?;
    if let Some(database) = &office.database {
        set_database(&waiting.join(SETTINGS), database)?;
    }
    Ok(backup.rows)
}

fn write_archive(to: &Path, database: &Path, folder: &SiteFolder) -> Result<(), Failure> {
    let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(to)?;
    let mut archive = tar::Builder::new(BufWriter::new(file));
    archive.follow_symlinks(false);
    archive.append_path_with_name(database, DATABASE)?;
    archive.append_path_with_name(folder.config_file(), SETTINGS)?;
    for name in FOLDERS {
        let path = folder.path().join(name);
        if !path.is_dir() {
            continue;
        }
        archive.append_dir(name, &path)?;
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let within = Path::new(name).join(entry.file_name());
            // What is only being fetched grows and goes away while it is read.
            if within == Path::new("media").join(media::INCOMING) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                archive.append_dir_all(&within, entry.path())?;
            } else {
                archive.append_path_with_name(entry.path(), &within)?;
            }
        }
    }
    let mut writer = archive.into_inner()?;
    writer.flush()?;
    writer.get_ref().sync_all()?;
    Ok(())
}

/// Read every byte of an archive; says how many files there are. The database and the settings must be among them.
fn read_through(file: &Path) -> Result<u64, Failure> {
    let no_backup = |words: String| Failure::bad_input(format!("{} is no backup of warraq: {words}", file.display()));
    let mut archive = tar::Archive::new(BufReader::new(open(file)?));
    let (mut entries, mut needed) = (0, 0);
    for entry in archive.entries().map_err(|error| no_backup(error.to_string()))? {
        let mut entry = entry.map_err(|error| no_backup(error.to_string()))?;
        let path = entry.path().map_err(|error| no_backup(error.to_string()))?.into_owned();
        needed += i32::from(path == Path::new(DATABASE) || path == Path::new(SETTINGS));
        let size = entry.size();
        let read = std::io::copy(&mut entry, &mut std::io::sink()).map_err(|error| no_backup(error.to_string()))?;
        if read != size {
            return Err(no_backup(format!("{} is cut short", path.display())));
        }
        entries += u64::from(entry.header().entry_type().is_file());
    }
    if needed == 2 { Ok(entries) } else { Err(no_backup("the database or the settings are missing".into())) }
}

fn set_database(settings: &Path, database: &str) -> Result<(), Failure> {
    let mut table: toml::Table =
        fs::read_to_string(settings)?.parse().map_err(|error| anyhow::anyhow!("{}: {error}", settings.display()))?;
    table.insert("database".into(), database.into());
    fs::write(settings, table.to_string())?;
    Ok(())
}

fn open(file: &Path) -> Result<File, Failure> {
    File::open(file).map_err(|error| Failure::bad_input(format!("{}: {error}", file.display())))
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
