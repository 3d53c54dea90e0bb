//! What does another machine say? A host on the loopback that gives out files, and remembers what it was asked.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A host that gives out files by their paths; what it does not have is 404.
pub(crate) struct Host {
    port: u16,
    files: Arc<Mutex<HashMap<String, Answer>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What it says when it is asked for a path.
#[derive(Clone, Default)]
struct Answer {
    /// `503 Busy`; empty: it is well.
    status: &'static str,
    /// Further lines of the head, each with its end.
    head: String,
    /// Whoever names it is told that nothing is new.
    tag: String,
    bytes: Vec<u8>,
}

impl Host {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let files: Arc<Mutex<HashMap<String, Answer>>> = Arc::default();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (has, hears) = (Arc::clone(&files), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream);
                let (mut request, mut line) = (String::new(), String::new());
                while line != "\r\n" {
                    line.clear();
                    if reader.read_line(&mut line).unwrap_or(0) == 0 {
                        break;
                    }
                    request.push_str(&line);
                }
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                let file = has.lock().expect("files").get(&path).cloned();
                hears.lock().expect("asked").push(path);
                let Answer { status, mut head, tag, mut bytes } =
                    file.unwrap_or_else(|| Answer { status: "404 Not Found", ..Answer::default() });
                let mut status = if status.is_empty() { "200 OK" } else { status };
                if !tag.is_empty() {
                    head.push_str(&format!("etag: {tag}\r\n"));
                    if request.to_ascii_lowercase().contains(&format!("if-none-match: {tag}\r\n")) {
                        (status, bytes) = ("304 Not Modified", Vec::new());
                    }
                }
                let length = bytes.len();
                let head = format!("HTTP/1.1 {status}\r\n{head}content-length: {length}\r\nconnection: close\r\n\r\n");
                // The asker may hang up: that is its right.
                let _ = reader.get_mut().write_all(head.as_bytes()).and_then(|()| reader.get_mut().write_all(&bytes));
            }
        });
        Self { port, files, asked }
    }

    /// Its address, without a slash at the end.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on it has this file.
    pub(crate) fn has(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.keeps(path, Answer { bytes: bytes.into(), ..Answer::default() });
    }

    /// It has this file, and tells whoever names the tag (in small letters, quoted) that nothing is new.
    pub(crate) fn has_tagged(&self, path: &str, tag: &str, bytes: impl Into<Vec<u8>>) {
        self.keeps(path, Answer { bytes: bytes.into(), tag: tag.to_owned(), ..Answer::default() });
    }

    /// It says something else than a file: `503 Busy`, and lines of a head, each with its end.
    pub(crate) fn says(&self, path: &str, status: &'static str, head: &str) {
        self.keeps(path, Answer { status, head: head.to_owned(), ..Answer::default() });
    }

    fn keeps(&self, path: &str, answer: Answer) {
        self.files.lock().expect("files").insert(path.to_owned(), answer);
    }

    /// What it was asked since the last time, in alphabetical order.
    pub(crate) fn was_asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("asked"));
        asked.sort();
        asked
    }
}
