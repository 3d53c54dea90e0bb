//! What are the dates of this text? (more to come)
fn main() {
    let text = std::io::read_to_string(std::io::stdin()).expect("a text on standard input");
    for line in text.lines() {
        let Some((published, line)) = line.split_once('\t') else { continue };
        let Some(published) = dossier::dates::Day::parse(published) else { continue };
        for d in dossier::dates::find(line, published) {
            let a = line[..d.bytes.start].char_indices().rev().nth(40).map_or(0, |(i, _)| i);
            let b =
                d.bytes.end + line[d.bytes.end..].char_indices().nth(25).map_or(line.len() - d.bytes.end, |(i, _)| i);
            println!(
                "{published} {} {:?} {} | {}[{}]{}",
                d.value,
                d.until.map(|u| u.to_string()),
                d.rule,
                &line[a..d.bytes.start],
                &line[d.bytes.clone()],
                &line[d.bytes.end..b]
            );
        }
    }
}
