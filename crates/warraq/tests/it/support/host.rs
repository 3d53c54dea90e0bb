//! What does another machine say? A host on the loopback that gives out files, and remembers what it was asked.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A host that gives out files by their paths; what it does not have is 404.
pub(crate) struct Host {
    port: u16,
    files: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let files: Arc<Mutex<HashMap<String, Vec<u8>>>> = Arc::default();
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
                let (status, bytes) = file.map_or(("404 Not Found", Vec::new()), |bytes| ("200 OK", bytes));
                let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", bytes.len());
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
        self.files.lock().expect("files").insert(path.to_owned(), bytes.into());
    }

    /// What it was asked since the last time, in alphabetical order.
    pub(crate) fn was_asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("asked"));
        asked.sort();
        asked
    }
}
