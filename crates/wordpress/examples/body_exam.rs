//! How much of a body does this crate say as WordPress says it?
//!
//! `body_exam answer` reads lines `{"fn": …, "args": […]}` and writes lines `{"result": …}`, for comparing with a running
//! WordPress.

use std::io::{BufRead, Write};

use serde_json::{Value, json};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["answer"] => answer_lines(),
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
        _ => return None,
    })
}
