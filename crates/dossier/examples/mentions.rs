//! Shows what a text mentions.
//!
//!     cargo run --release -p dossier --example mentions -- FILE [DAY]

use dossier::gazetteer::{Day, Gazetteer};
use dossier::mentions;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(arguments.first().ok_or("which file?")?)?;
    let day = arguments.get(1).and_then(|day| Day::parse(day)).unwrap_or(Day::new(2020, 10, 23));
    let mentions = mentions::find(&text, Gazetteer::built_in(), day);
    for mention in mentions.all() {
        println!(
            "{:5} {:12} {:6} {:28} {} | {} {}",
            mention.bytes.start,
            mention.kind.name(),
            format!("{:?}", mention.how),
            mention.who.map_or("-", |who| mentions.id(who)),
            &text[mention.bytes.clone()],
            mention.rule,
            if mention.acts { "acts" } else { "" },
        );
    }
    Ok(())
}
