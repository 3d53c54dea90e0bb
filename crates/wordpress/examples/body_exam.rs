//! How much of a body does this crate say as WordPress says it?
//!
//! `body_exam answer` reads lines `{"fn": …, "args": […]}` and writes lines `{"result": …}`, for comparing with a running
//! WordPress.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::Path;

use wordpress::blocks::{Block, Document, Inner, Json, parse};
use wordpress::shortcodes;

use serde_json::{Value, json};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["answer"] => answer_lines(),
        ["calls", folder, options @ ..] => calls(folder, options),
        ["blocks", folder, options @ ..] => block_fixtures(folder, options),
        _ => {
            eprintln!(
                "usage: body_exam answer | calls FOLDER [--diff] | blocks FOLDER [--diff] | rendered FOLDER [--diff]"
            );
            std::process::exit(2);
        }
    }
}

fn answer_lines() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let call: Value = serde_json::from_str(&line).unwrap_or(Value::Null);
        let args = call["args"].as_array().cloned().unwrap_or_default();
        let result = answer(call["fn"].as_str().unwrap_or(""), &args).unwrap_or_else(|| json!("NO SUCH FUNCTION"));
        let _ = writeln!(out, "{}", json!({ "result": result }));
    }
}

/// The shortcodes that WordPress itself registers.
const CORE_SHORTCODES: &[&str] = &["audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"];

/// What this crate answers to a call; `None` when it has no such function.
fn answer(function: &str, args: &[Value]) -> Option<Value> {
    let text = args.first().and_then(Value::as_str).unwrap_or("");
    let flag = |n: usize, default: bool| args.get(n).and_then(Value::as_bool).unwrap_or(default);
    Some(match function {
        "wpautop" => json!(wordpress::classic::paragraphs::paragraphs(text, flag(1, true))),
        "wptexturize" => {
            let is_shortcode = |name: &str| CORE_SHORTCODES.contains(&name);
            json!(wordpress::classic::typography::typography(text, &Default::default(), is_shortcode))
        }
        "parse_blocks" => blocks_to_json(text),
        "serialize_blocks" => json!(document_of(args.first()?).write_canonical()),
        "do_shortcode" => json!(shortcodes::expand(text, is_core_shortcode, |_| Some(String::new()))),
        "strip_shortcodes" => json!(shortcodes::strip(text, is_core_shortcode)),
        "shortcode_unautop" => json!(shortcodes::unwrap_paragraphs(text, is_core_shortcode)),
        "has_shortcode" => {
            json!(shortcodes::contains(text, args.get(1).and_then(Value::as_str).unwrap_or(""), is_core_shortcode))
        }
        "shortcode_parse_atts" => {
            let mut positions = 0..;
            let attributes = shortcodes::parse_attributes(text).0.into_iter().map(|(name, value)| {
                (name.unwrap_or_else(|| positions.next().unwrap_or(0).to_string()), Value::from(value))
            });
            Value::Object(attributes.collect())
        }
        _ => return None,
    })
}

fn is_core_shortcode(name: &str) -> bool {
    CORE_SHORTCODES.contains(&name)
}

/// The blocks of a text as WordPress's `parse_blocks` lays them out.
fn blocks_to_json(text: &str) -> Value {
    let document = parse(text);
    // Inner blocks come before those that they stand in, so one walk has all parts at hand.
    let mut made: Vec<Value> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for (n, block) in document.blocks().iter().enumerate() {
        let inner_of = |inner: &Inner<'_>| match inner {
            Inner::Html(_) => None,
            Inner::Block(id) => places.get(id).map(|&place: &usize| made[place].clone()),
        };
        let value = json!({
            "blockName": block.name,
            "attrs": block.attributes.as_ref().map_or(Value::Null, to_value),
            "innerBlocks": block.inner.iter().filter_map(inner_of).collect::<Vec<_>>(),
            "innerHTML": block.html(),
            "innerContent": block.inner.iter().map(|inner| match inner {
                Inner::Html(html) => json!(html),
                Inner::Block(_) => Value::Null,
            }).collect::<Vec<_>>(),
        });
        made.push(value);
        places.insert(document.id(n), n);
    }
    document.roots().iter().map(|id| made[places[id]].clone()).collect()
}

fn to_value(json: &Json) -> Value {
    let mut text = String::new();
    json.write(&mut text);
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

/// The other way round. The order of attributes is that of `serde_json`, by name.
fn document_of(blocks: &Value) -> Document<'static> {
    fn block(value: &Value, document: &mut Document<'static>) -> Block<'static> {
        let inner_blocks = value["innerBlocks"].as_array().cloned().unwrap_or_default();
        let mut inner_blocks = inner_blocks.iter();
        let mut inner = Vec::new();
        for part in value["innerContent"].as_array().cloned().unwrap_or_default() {
            match part {
                Value::String(html) => inner.push(Inner::Html(html.into())),
                _ => {
                    if let Some(one) = inner_blocks.next() {
                        let one = block(one, document);
                        inner.push(Inner::Block(document.push(one)));
                    }
                }
            }
        }
        let attributes = Json::read(&value["attrs"].to_string());
        Block::new(value["blockName"].as_str().map(Into::into), attributes, inner)
    }
    let mut document = Document::new();
    for value in blocks.as_array().cloned().unwrap_or_default() {
        let one = block(&value, &mut document);
        document.push_root(one);
    }
    document
}

/// Equal as PHP sees it: `{}` is `[]`, 1.0 is 1.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Array(list), Value::Object(map)) | (Value::Object(map), Value::Array(list)) => {
            list.is_empty() && map.is_empty()
                || list.len() == map.len()
                    && list.iter().enumerate().all(|(n, a)| map.get(&n.to_string()).is_some_and(|b| same(a, b)))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Prints the first place where two texts differ.
fn show(name: &str, ours: &str, theirs: &str) {
    let at = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    let excerpt = |text: &str| {
        let from = (0..=at.saturating_sub(60).min(text.len())).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0);
        text[from..].chars().take(240).collect::<String>()
    };
    println!("--- {name}, byte {at}\n  ours   {:?}\n  theirs {:?}", excerpt(ours), excerpt(theirs));
}

/// Numbers that WordPress counts up per request, not per article, are made equal: they depend on what was shown before.
fn without_counters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    const COUNTED: &[&str] =
        &["-is-layout-", "wp-block-gallery-", "wp-elements-", "id='gallery-", "='gallery-", "=\"gallery-"];
    while let Some((at, word)) = COUNTED.iter().filter_map(|word| rest.find(word).map(|at| (at, word))).min() {
        let end = at + word.len();
        out.push_str(&rest[..end]);
        let number =
            rest[end..].bytes().take_while(|b| b.is_ascii_digit() || *word == "wp-elements-" && b.is_ascii_hexdigit());
        let length = number.count();
        if length > 0 {
            out.push('N');
        }
        rest = &rest[end + length..];
    }
    out.push_str(rest);
    out
}

fn calls(folder: &str, options: &[&str]) {
    let path = Path::new(folder).join("wp-function-calls.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("{} cannot be read", path.display());
        std::process::exit(1);
    };
    // Per function: equal and all, on lines of even and of odd number.
    let mut table: BTreeMap<String, [[usize; 3]; 2]> = BTreeMap::new();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    for (n, line) in text.lines().enumerate() {
        let call: Value = serde_json::from_str(line).unwrap_or(Value::Null);
        let function = call["fn"].as_str().unwrap_or("").to_owned();
        let args = call["args"].as_array().cloned().unwrap_or_default();
        let Some(ours) = answer(&function, &args) else {
            *unknown.entry(function).or_default() += 1;
            continue;
        };
        let row = &mut table.entry(function.clone()).or_default()[n % 2];
        row[2] += 1;
        let theirs = &call["result"];
        let equal = same(&ours, theirs);
        row[0] += usize::from(equal);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), without_counters);
        let nearly = equal || text(&ours) == text(theirs);
        row[1] += usize::from(nearly);
        let wanted = options
            .iter()
            .all(|option| *option == "--diff" || function == *option || *option == ["even", "odd"][n % 2]);
        if !nearly && options.contains(&"--diff") && wanted {
            println!(
                "{} {}",
                call["test"].as_str().unwrap_or(""),
                call["args"].to_string().chars().take(600).collect::<String>()
            );
            show(&format!("{function}, line {n}"), &text(&ours), &text(theirs));
        }
    }
    println!("{:32} {:>7} {:>9} {:>7}   (even lines, odd lines)", "function", "equal", "counters*", "calls");
    for (function, [even, odd]) in &table {
        let all = [0, 1, 2].map(|n| even[n] + odd[n]);
        let halves = format!("({}/{}, {}/{})", even[1], even[2], odd[1], odd[2]);
        println!("{function:32} {:>7} {:>9} {:>7}   {halves}", all[0], all[1], all[2]);
    }
    println!("* also when numbers that WordPress counts per request are taken as equal");
    println!("not answered here: {unknown:?}");
}

fn block_fixtures(folder: &str, options: &[&str]) {
    let folder = Path::new(folder).join("block-fixtures/fixtures");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".parsed.json").map(str::to_owned))
        .collect();
    names.sort();
    let read =
        |name: &str, ending: &str| std::fs::read_to_string(folder.join(format!("{name}.{ending}"))).unwrap_or_default();
    let [mut parsed, mut back, mut editor, mut server] = [0; 4];
    for name in &names {
        let html = read(name, "html");
        let ours = blocks_to_json(&html);
        let theirs: Value = serde_json::from_str(&read(name, "parsed.json")).unwrap_or(Value::Null);
        parsed += usize::from(same(&ours, &theirs));
        if !same(&ours, &theirs) && options.contains(&"--diff") {
            show(&format!("{name} parsed"), &ours.to_string(), &theirs.to_string());
        }
        back += usize::from(parse(&html).write() == html);
        let serialised = read(name, "serialized.html");
        editor += usize::from(parse(&serialised).write_canonical() == serialised);
        let _ = &mut server;
    }
    println!("{} fixtures: parsed as WordPress {parsed}, written back byte-equal {back}", names.len());
    println!("  what the editor has serialised, read and written canonically, byte-equal {editor}");
}
