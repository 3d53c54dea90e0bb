//! Do the documents say what is there? Every command, option, setting and job; and every link leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::binary::Place;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project")
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The commands that `--help` names, with all the words that lead to them, and their options.
fn commands() -> Vec<(String, Vec<String>)> {
    let place = Place::new();
    let mut found = Vec::new();
    let mut waiting = vec![Vec::<String>::new()];
    while let Some(words) = waiting.pop() {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_warraq"));
        let output =
            command.args(&words).arg("--help").current_dir(place.folder.path()).output().expect("the program runs");
        let help = String::from_utf8(output.stdout).expect("UTF-8");
        let below: Vec<String> = help
            .lines()
            .skip_while(|line| *line != "Commands:")
            .skip(1)
            .take_while(|line| line.starts_with("  "))
            .filter(|line| !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .filter(|name| name != "help")
            .collect();
        let options: Vec<String> = help
            .lines()
            .filter(|line| line.starts_with("  "))
            .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")))
            .map(|option| option.trim_end_matches([',', '=']).to_owned())
            .collect();
        if below.is_empty() {
            found.push((words.join(" "), options));
        } else {
            waiting.extend(below.into_iter().map(|name| words.iter().cloned().chain([name]).collect()));
        }
    }
    assert!(found.len() >= 12, "the commands were not found: {found:?}");
    found
}

/// Which commands the document describes, and what it says of each. A heading names one (`warraq import page FILE…`) or
/// several, the further ones in full or by their last word (`warraq comments approve ID…`, `hide ID…`).
fn parts(text: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    for part in text.split("\n## ").skip(1) {
        let heading = part.lines().next().unwrap_or_default();
        let mut last: Vec<&str> = Vec::new();
        for name in heading.split('`').skip(1).step_by(2) {
            let words =
                name.split_whitespace().take_while(|word| word.chars().all(|letter| letter.is_ascii_lowercase()));
            let words: Vec<&str> = words.collect();
            last = match words.as_slice() {
                ["warraq", rest @ ..] => rest.to_vec(),
                [sibling] => last[..last.len().saturating_sub(1)].iter().copied().chain([*sibling]).collect(),
                _ => panic!("docs/commands.md: the heading «{heading}» is not understood"),
            };
            parts.insert(last.join(" "), part.to_owned());
        }
    }
    parts
}

#[test]
fn every_command_and_option_stands_in_the_document() {
    const EVERYWHERE: [&str; 4] = ["--site", "--database", "--help", "--version"];
    let text = document("docs/commands.md");
    let parts = parts(&text);
    let mut missing = Vec::new();
    for option in EVERYWHERE {
        if !text.contains(&format!("`{option}")) {
            missing.push(option.to_owned());
        }
    }
    for (command, options) in commands() {
        let Some(part) = parts.get(&command) else {
            missing.push(format!("warraq {command}"));
            continue;
        };
        let own = options.iter().filter(|option| !EVERYWHERE.contains(&option.as_str()));
        missing.extend(
            own.filter(|option| !part.contains(option.as_str())).map(|option| format!("warraq {command} {option}")),
        );
    }
    assert!(missing.is_empty(), "docs/commands.md says nothing of: {missing:#?}");
}

#[test]
fn no_command_is_described_that_does_not_exist() {
    let known: BTreeSet<String> = commands().into_iter().map(|(command, _)| command).collect();
    for named in parts(&document("docs/commands.md")).keys() {
        assert!(known.contains(named), "docs/commands.md describes «warraq {named}», which does not exist: {known:?}");
    }
}

/// Names of all settings in a value, those of its tables too.
fn keys(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        if inner.is_object() {
            keys(inner, found);
        } else {
            found.insert(name.clone());
        }
    }
}

#[test]
fn every_setting_stands_in_the_document() {
    let text = document("docs/settings.md");
    let settings = serde_json::to_value(warraq::news::site::Settings::default()).expect("JSON");
    let mut names = BTreeSet::new();
    keys(&settings, &mut names);
    // Rules leaves out what is as usual; its fields stand in its `Debug` as well.
    names.extend(
        ["blocked_words", "title", "tagline", "language", "time_zone", "base_url", "permalink"].map(str::to_owned),
    );
    // The settings of the machine cannot be written, only read: their names stand in `Debug`.
    let machine = format!("{:?}", warraq::config::Config::default());
    let machine: Vec<String> = machine
        .split([' ', '{', '}', ','])
        .filter_map(|word| word.strip_suffix(':'))
        .filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'))
        .map(str::to_owned)
        .collect();
    assert!(
        machine.contains(&"comments_per_ten_minutes".to_owned()) && names.contains("hold_first"),
        "{machine:?} {names:?}"
    );
    let missing: Vec<_> =
        names.into_iter().chain(machine).filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/settings.md says nothing of: {missing:?}");
}

#[test]
fn every_job_stands_in_a_document() {
    use warraq::news::consequences::{Job, Named, Pair};
    use warraq::news::{ArticleId, MediaId, TagId};
    let jobs = [
        Job::PublishDue { article: ArticleId(1), at: 0 },
        Job::WithdrawDue { article: ArticleId(1), at: 0 },
        Job::MakeRenditions { media: MediaId(1) },
        Job::RebuildListings,
        Job::RereadNamed { named: Named::Tag(TagId(1)) },
        Job::CarryOver { pair: Pair::Tags(TagId(1), TagId(2)) },
        Job::ForgetPrivateData,
        Job::ForgetWires,
        Job::SendLetter { id: String::new(), sealed: String::new() },
        Job::OfferPassword { id: String::new(), sealed: String::new() },
        Job::OfferOwn { id: String::new(), sealed: String::new() },
    ];
    let source = fs::read_to_string(root().join("crates/warraq/src/news/consequences.rs")).expect("the source");
    let kinds = source
        .split("pub fn kind(")
        .nth(1)
        .and_then(|rest| rest.split("pub fn ").next())
        .expect("the function")
        .matches("=> \"")
        .count();
    assert_eq!(kinds, jobs.len(), "this list lacks a job");
    let texts: String = documents().iter().map(|path| fs::read_to_string(path).unwrap_or_default()).collect();
    for job in jobs {
        assert!(texts.contains(&format!("`{}`", job.kind())), "no document explains the job {}", job.kind());
    }
}

#[test]
fn the_first_page_says_how_to_begin() {
    let text = document("README.md");
    for command in ["bin/serve", "bin/test"] {
        assert!(text.contains(command), "README.md does not name {command}");
        let path = root().join(command);
        use std::os::unix::fs::PermissionsExt as _;
        assert!(
            fs::metadata(&path).is_ok_and(|meta| meta.permissions().mode() & 0o111 != 0),
            "{command} cannot be run"
        );
    }
}

/// The map of the house names every room that there is.
#[test]
fn the_map_names_every_room() {
    let text = document("ARCHITECTURE.md");
    for entry in fs::read_dir(root().join("crates/warraq/src")).expect("the sources").flatten() {
        let name = entry.file_name().display().to_string();
        let name = name.trim_end_matches(".rs");
        if !matches!(name, "lib" | "main") {
            assert!(text.contains(name), "ARCHITECTURE.md does not name {name}");
        }
    }
}

/// Documents of the project, without those of packages that others made.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let (path, name) = (entry.path(), entry.file_name().display().to_string());
            if path.is_dir()
                && !path.is_symlink()
                && !name.starts_with('.')
                && !matches!(name.as_str(), "target" | "node_modules" | "dist" | "site")
            {
                waiting.push(path);
            } else if name.ends_with(".md") {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 5);
    found
}

/// The anchor of a heading, as Markdown viewers make it.
fn anchor(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            letter if letter.is_alphanumeric() || letter == '-' || letter == '_' => Some(letter),
            _ => None,
        })
        .collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    let mut links = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a document");
        let prose: String = text.split("```").step_by(2).collect();
        for (at, _) in prose.match_indices("](") {
            let target = prose[at + 2..].split(')').next().unwrap_or_default();
            if target.contains("://") || target.starts_with("mailto:") || target.is_empty() {
                continue;
            }
            links += 1;
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { path.clone() } else { path.parent().expect("a folder").join(file) };
            if !file.exists() {
                broken.push(format!("{}: {target}", path.display()));
            } else if !heading.is_empty()
                && !fs::read_to_string(&file)
                    .unwrap_or_default()
                    .lines()
                    .any(|line| line.starts_with('#') && anchor(line) == heading)
            {
                broken.push(format!("{}: {target} (no such heading)", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(links > 5, "no links were found");
}
