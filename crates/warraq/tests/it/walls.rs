//! Which way do the arrows point? Reads the sources and says which sentence of ARCHITECTURE.md they break.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What a room may not name, as a path within its code, and the sentence that this breaks.
const WALLS: &[(&str, &[&str], &str)] = &[
    (
        "news feeds export wordpress",
        &[
            "std::fs",
            "std::net::Tcp",
            "std::net::Udp",
            "std::process",
            "std::thread",
            "std::env",
            "tokio",
            "hyper",
            "rusqlite",
            "postgres",
        ],
        "`news`, `feeds`, `export`, `wordpress` touch neither disk nor network.",
    ),
    (
        "intake",
        &[
            "std::fs",
            "std::net::Tcp",
            "std::net::Udp",
            "std::process",
            "std::env",
            "tokio",
            "hyper",
            "rusqlite",
            "postgres",
        ],
        "`intake` reads what it is given: neither disk nor network.",
    ),
    (
        "news feeds export wordpress intake identity interface media mail fetch config clock.rs chance.rs",
        &["crate::desk", "crate::web", "crate::worker", "crate::cli"],
        "Arrows point down: no room below `desk` knows of `desk`, `web`, `worker` or `cli`.",
    ),
    (
        "news feeds",
        &["crate::store::", "crate::media", "crate::intake"],
        "`news` and `feeds` know nouns, not where they are kept.",
    ),
    (
        "store",
        &["crate::desk", "crate::web", "crate::worker", "crate::cli", "crate::intake", "crate::feeds"],
        "`store` knows `news` alone.",
    ),
    (
        "desk",
        &["crate::web", "crate::worker", "crate::cli"],
        "`desk` never calls `worker`: it pushes jobs into the queue.",
    ),
    ("worker", &["crate::web", "crate::cli"], "`worker` calls `desk`, nothing above it."),
    ("web", &["crate::worker", "crate::cli"], "`web` calls `desk` and reads `store`."),
    (
        "web cli worker news feeds export intake identity media config",
        &["rusqlite", "postgres::", "tokio_postgres"],
        "Only `store` speaks to a database.",
    ),
    ("desk", &["rusqlite", "postgres::", "tokio_postgres"], "Only `store` speaks to a database."),
    ("web", &["store.write(", "store::Tx", "&mut Tx<", "desk.write("], "Every write goes through a verb of `desk`."),
    ("cli", &["store.write(", "store::Tx", "&mut Tx<", "desk.write("], "Every write goes through a verb of `desk`."),
    ("web", &["std::env::var", "SystemTime"], "Cacheable pages are built from the path alone."),
];

/// Calls that only one place may make.
const ALONE: &[(&str, &[&str], &str)] = &[
    ("Html::from_store(", &["store/"], "Only `store` reads HTML back without sanitising it."),
    ("Published::vouched(", &["store/"], "Only `store` says that something is published."),
    (".expose()", &["identity/", "mail/"], "An address is shown in clear to the keyring and the mail room alone."),
    ("lettre", &["mail/"], "Letters leave through the mail room."),
    (".reveal_address(", &["desk/comments/person.rs"], "Who sees an address is written down first."),
    ("Timestamp::now(", &["clock.rs"], "Time is an argument: `clock.rs` alone asks the machine."),
    ("SystemTime::now(", &["clock.rs"], "Time is an argument: `clock.rs` alone asks the machine."),
    ("Zoned::now(", &["clock.rs"], "Time is an argument: `clock.rs` alone asks the machine."),
    ("Instant::now(", &[], "Time is an argument: `clock.rs` alone asks the machine."),
    ("rand::", &["chance.rs"], "Chance is an argument: `chance.rs` alone asks the machine."),
    ("getrandom", &["chance.rs"], "Chance is an argument: `chance.rs` alone asks the machine."),
    ("Clock::system(", &["cli/"], "The machine's clock is chosen where the program is put together."),
    ("Chance::system(", &["cli/"], "The machine's chance is chosen where the program is put together."),
    ("ammonia::", &["news/html.rs"], "One module alone makes safe HTML."),
    ("Connection::open", &["store/"], "Only `store` opens databases."),
    ("reqwest", &[], "Outgoing requests leave through `fetch`."),
    ("ureq", &[], "Outgoing requests leave through `fetch`."),
    ("TcpStream::connect", &["fetch/"], "Outgoing requests leave through `fetch`."),
    ("TcpSocket", &["fetch/"], "Outgoing requests leave through `fetch`."),
    ("hyper::client", &["fetch/"], "Outgoing requests leave through `fetch`."),
    ("lookup_host", &["fetch/"], "Outgoing requests leave through `fetch`."),
];

/// A source file: its path within `src`, and its code without comments and without tests.
struct Source {
    path: String,
    whole: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    assert!(files.len() > 60, "the sources were not found");
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let whole = fs::read_to_string(&path).expect("a source file");
            let path = path.strip_prefix(root).expect("inside").display().to_string();
            let code = code_of(&whole);
            files.push(Source { path, whole, code });
        }
    }
}

/// Without comments, and without what follows `#[cfg(test)]`: tests stand at the end of a file.
fn code_of(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    before_tests
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { "" } else { line })
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_in(path: &str, room: &str) -> bool {
    path == room || path.strip_prefix(room).is_some_and(|rest| rest.starts_with('/')) || path == format!("{room}.rs")
}

/// Is it only for tests? Then it is no wall of the program.
fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.ends_with("samples.rs")
}

/// Where a path or call stands in the code as such, and not as the end of a longer name. `use crate::{desk, …}` counts
/// as `crate::desk`.
fn lines_with<'a>(source: &'a Source, wanted: &str) -> Vec<(usize, &'a str)> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let stands = |line: &str| {
        line.match_indices(wanted).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + wanted.len()..].chars().next();
            let own_beginning = !wanted.starts_with(is_name) || !before.is_some_and(is_name);
            let own_end = !wanted.ends_with(is_name) || !after.is_some_and(is_name);
            own_beginning && own_end
        })
    };
    let grouped =
        wanted.split_once("::").map(|(root, module)| (format!("use {root}::{{"), module.trim_end_matches("::")));
    let in_group = |line: &str| {
        let Some((beginning, module)) = &grouped else { return false };
        line.trim_start().strip_prefix(beginning).is_some_and(|rest| {
            rest.split([',', '{', '}', ' ', ';'])
                .any(|piece| piece == *module || piece.starts_with(&format!("{module}::")))
        })
    };
    source
        .code
        .lines()
        .enumerate()
        .filter(|(_, line)| stands(line) || in_group(line))
        .map(|(number, line)| (number + 1, line.trim()))
        .collect()
}

#[test]
fn arrows_point_down() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        for (rooms, forbidden, sentence) in WALLS {
            if !rooms.split(' ').any(|room| is_in(&source.path, room)) {
                continue;
            }
            for wanted in *forbidden {
                for (line, text) in lines_with(source, wanted) {
                    broken.push(format!("{}:{line}: {text}\n    {sentence}", source.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn some_calls_have_one_place() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !is_test(&source.path)) {
        for (call, places, sentence) in ALONE {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            for (line, text) in lines_with(source, call) {
                broken.push(format!("{}:{line}: {text}\n    {sentence}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Statements are texts that begin with these words.
#[test]
fn only_the_store_contains_sql() {
    const VERBS: [&str; 12] = [
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE ",
        "CREATE ",
        "DROP ",
        "ALTER ",
        "PRAGMA ",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "WITH RECURSIVE",
    ];
    let mut broken = Vec::new();
    let mut inside = 0;
    for source in &sources() {
        let statements = source.code.lines().enumerate().filter(|(_, line)| {
            line.match_indices('"').any(|(at, _)| VERBS.iter().any(|verb| line[at + 1..].starts_with(verb)))
        });
        for (number, line) in statements {
            if source.path.starts_with("store/") {
                inside += 1;
            } else {
                broken.push(format!("{}:{}: {}\n    Only `store` contains SQL.", source.path, number + 1, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(inside > 80, "the statements of the store were not found: this test looks at the wrong thing");
}

/// A statement that is put together at run time may hold what somebody typed.
#[test]
fn statements_are_never_put_together_at_run_time() {
    for source in sources().iter().filter(|source| source.path.starts_with("store/")) {
        for (number, line) in source.code.lines().enumerate() {
            let statement = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "]
                .iter()
                .any(|verb| line.contains(&format!("format!(\"{verb}")));
            assert!(
                !statement && !line.contains("Box::leak") && !line.contains("String::leak"),
                "{}:{}: {line}",
                source.path,
                number + 1
            );
        }
    }
}

#[test]
fn every_module_says_what_it_answers() {
    for source in sources() {
        let first = source.whole.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") && first.len() > 7,
            "{} does not begin with `//!` and a sentence",
            source.path
        );
    }
}

#[test]
fn nothing_is_unsafe_and_nothing_is_left_undone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the workspace");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    for source in sources() {
        for forbidden in ["unsafe ", "unsafe{", "todo!(", "unimplemented!(", "dbg!(", "TODO", "FIXME", "XXX"] {
            let found = if forbidden.chars().all(char::is_uppercase) {
                source.whole.contains(forbidden)
            } else {
                source.code.contains(forbidden)
            };
            assert!(!found, "{} contains {forbidden}", source.path);
        }
    }
}

/// What follows `before` as a string literal, wherever it stands.
fn literals<'a>(code: &'a str, before: &str) -> Vec<&'a str> {
    let literal = |rest: &'a str| rest.trim_start().strip_prefix('"')?.split('"').next();
    code.split(before).skip(1).filter_map(literal).collect()
}

/// An editor reads in their own language why something is not done: every reason that the program has is a text, and no
/// text is left over.
#[test]
fn what_does_not_fit_is_said_in_every_language() {
    let sources = sources();
    let said: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| ["Error::conflict(", "Misfit("].map(|before| literals(&source.code, before)))
        .flatten()
        .collect();
    assert!(said.len() > 20, "{said:?}");
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for entry in fs::read_dir(texts).expect("the texts").flatten() {
        let texts = fs::read_to_string(entry.path()).expect("texts");
        let keys = texts.lines().filter_map(|line| line.strip_prefix("conflict-")?.split(" =").next());
        assert_eq!(keys.collect::<BTreeSet<_>>(), said, "{}", entry.path().display());
    }
}

/// A room's door is its `mod.rs`, or the file of its name: both at once would be two doors.
#[test]
fn every_room_has_one_door() {
    let mut doors: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        let room = source
            .path
            .strip_suffix("/mod.rs")
            .or_else(|| source.path.strip_suffix(".rs"))
            .unwrap_or_default()
            .to_owned();
        doors.entry(room).or_default().push(source.path);
    }
    for (room, files) in doors {
        assert_eq!(files.len(), 1, "{room} has two doors: {files:?}");
    }
}

/// These walls stop something: a house built against them is found out.
#[test]
fn the_walls_stand() {
    let source = |code: &str| Source { path: "web/x.rs".into(), whole: code.into(), code: code_of(code) };
    let check = |code: &str, wanted: &str, found: bool| {
        assert_eq!(!lines_with(&source(code), wanted).is_empty(), found, "{wanted} in {code}");
    };
    check("use crate::worker::Worker;", "crate::worker", true);
    check("use crate::{desk, worker};", "crate::worker", true);
    check("use crate::{desk, worker::Worker};", "crate::worker", true);
    check("use crate::workers::Worker;", "crate::worker", false);
    check("// use crate::worker::Worker;", "crate::worker", false);
    check("#[cfg(test)]\nuse crate::worker::Worker;", "crate::worker", false);
    check("let x = jiff::Timestamp::now();", "Timestamp::now(", true);
    check("let x = MyTimestamp::now();", "Timestamp::now(", false);
    check("use std::{fs, io};", "std::fs", true);
    check("let x = Timestamp::now();", "Timestamp::now(", true);
    check("let operand::x = 1;", "rand::", false);
}
