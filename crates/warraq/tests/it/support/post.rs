//! What does the postman bring? The outbox of a newsroom, and a mail server of a few lines.

use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

/// A letter as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    /// With the headers, as it travelled.
    pub(crate) raw: String,
    pub(crate) to: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

impl Mail {
    pub(crate) fn read(raw: &str) -> Self {
        let (head, body) = raw.split_once("\r\n\r\n").expect("a head and a body");
        let to = header(head, "To");
        let boundary = head.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a boundary");
        let parts: Vec<String> = body
            .split(&format!("--{boundary}"))
            .filter(|part| !part.starts_with("--"))
            .filter_map(|part| part.trim_start_matches("\r\n").split_once("\r\n\r\n"))
            .map(|(head, body)| decoded(&header(head, "Content-Transfer-Encoding"), body.trim_end_matches("\r\n")))
            .collect();
        let [text, html] = parts.as_slice() else { panic!("two parts: {raw}") };
        Self { raw: raw.to_owned(), to, text: text.clone(), html: html.clone() }
    }

    /// The path of the first link to the publication.
    #[track_caller]
    pub(crate) fn path(&self) -> String {
        let rest = self.text.split(super::BASE).nth(1).unwrap_or_else(|| panic!("no link in {}", self.text));
        rest.split_whitespace().next().unwrap_or_default().to_owned()
    }
}

/// The letters of an outbox, by the time of their writing.
pub(crate) fn outbox(site: &Path) -> Vec<Mail> {
    let Ok(files) = std::fs::read_dir(site.join("outbox")) else { return Vec::new() };
    let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
    files.sort_by_key(|file| std::fs::metadata(file).and_then(|meta| meta.modified()).expect("a time"));
    files.iter().map(|file| Mail::read(&std::fs::read_to_string(file).expect("a letter"))).collect()
}

fn header(head: &str, name: &str) -> String {
    let wanted = format!("{}:", name.to_lowercase());
    let mut lines = head.lines().skip_while(|line| !line.to_lowercase().starts_with(&wanted));
    lines.next().map_or_else(String::new, |line| line[wanted.len()..].trim().to_owned())
}

fn decoded(encoding: &str, body: &str) -> String {
    match encoding {
        "base64" => {
            let joined: String = body.split_whitespace().collect();
            let bytes = base64::engine::general_purpose::STANDARD.decode(joined).expect("base 64");
            String::from_utf8(bytes).expect("UTF-8")
        }
        "quoted-printable" => {
            let mut bytes = Vec::new();
            let mut rest = body.replace("=\r\n", "").into_bytes().into_iter();
            while let Some(byte) = rest.next() {
                if byte == b'=' {
                    let hex = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).expect("digits"), 16).expect("a byte"));
                } else {
                    bytes.push(byte);
                }
            }
            String::from_utf8(bytes).expect("UTF-8")
        }
        _ => body.to_owned(),
    }
    .replace("\r\n", "\n")
}

/// A mail server that takes letters, or answers to `RCPT` what it was told to.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    pub(crate) taken: Arc<Mutex<Vec<String>>>,
    pub(crate) answer: Arc<Mutex<String>>,
    pub(crate) said: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self {
            port,
            taken: Arc::default(),
            answer: Arc::new(Mutex::new("250 welcome".into())),
            said: Arc::default(),
        };
        let (taken, answer, said) = (Arc::clone(&server.taken), Arc::clone(&server.answer), Arc::clone(&server.said));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reader, mut writer) = stream.into_split();
                let mut lines = BufReader::new(reader).lines();
                let mut say = async |words: &str| drop(writer.write_all(format!("{words}\r\n").as_bytes()).await);
                say("220 test ESMTP").await;
                while let Ok(Some(line)) = lines.next_line().await {
                    said.lock().expect("a lock").push(line.clone());
                    let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
                    match verb.as_str() {
                        "EHLO" => say("250-test\r\n250 AUTH PLAIN").await,
                        "RCPT" => {
                            let words = answer.lock().expect("a lock").clone();
                            say(&words).await;
                        }
                        "AUTH" => say("235 good").await,
                        "DATA" => {
                            say("354 go on").await;
                            let mut letter = String::new();
                            while let Ok(Some(line)) = lines.next_line().await {
                                if line == "." {
                                    break;
                                }
                                letter.push_str(line.strip_prefix('.').unwrap_or(&line));
                                letter.push_str("\r\n");
                            }
                            taken.lock().expect("a lock").push(letter);
                            say("250 kept").await;
                        }
                        "QUIT" => {
                            say("221 bye").await;
                            break;
                        }
                        _ => say("250 fine").await,
                    }
                }
            }
        });
        server
    }
}
