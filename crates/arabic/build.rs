//! Makes the tables of the morphology from the lexicon, so that a program that uses them has nothing to load.

#[path = "src/morphology/classes.rs"]
#[expect(dead_code, unreachable_pub, reason = "what reads the tables is part of the crate, not of its making")]
mod classes;
#[path = "src/morphology/generate/mod.rs"]
mod generate;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// The files, each a section of its own name; the lines of `more.txt` stand under a heading `@section`.
const FILES: [&str; 7] = ["particles", "nouns", "adjectives", "verbs", "names", "common", "more"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for name in FILES {
        let path = format!("lexicon/{name}.txt");
        println!("cargo::rerun-if-changed={path}");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let mut section = (name.to_owned(), String::new());
        for line in text.lines() {
            match line.strip_prefix('@') {
                Some(heading) => {
                    sections.push(std::mem::replace(&mut section, (heading.trim().to_owned(), String::new())))
                }
                None => section.1.extend([line, "\n"]),
            }
        }
        sections.push(section);
    }
    println!("cargo::rerun-if-changed=src/morphology/generate");
    println!("cargo::rerun-if-changed=src/morphology/classes.rs");
    let (tables, complaints) = generate::tables(&sections);
    for line in complaints {
        println!("cargo::warning=the lexicon has a line without meaning: {line}");
    }
    #[expect(clippy::disallowed_methods, reason = "Cargo says where to write in no other way")]
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("stems.bin"), tables)?;
    Ok(())
}
