//! The program itself, run as its users run it.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A folder in which a site will stand, and the database that it uses.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) database: Option<String>,
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), database: None }
    }

    pub(crate) fn with_database(url: &str) -> Self {
        Self { database: Some(url.to_owned()), ..Self::new() }
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A command of the program on this site, ready to be run.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_warraq"));
        command.args(args).arg("--site").arg(self.site()).env_remove("WARRAQ_DATABASE").env_remove("WARRAQ_LOG");
        if let Some(url) = &self.database {
            command.args([OsStr::new("--database"), OsStr::new(url)]);
        }
        command.current_dir(self.folder.path());
        command
    }

    /// Run a command to its end.
    pub(crate) fn warraq(&self, args: &[&str]) -> Said {
        said(&self.command(args).stdin(Stdio::null()).output().expect("the program runs"))
    }

    /// Run a command that must succeed; gives its standard output.
    #[track_caller]
    pub(crate) fn does(&self, args: &[&str]) -> String {
        let said = self.warraq(args);
        assert_eq!(said.status, 0, "warraq {args:?}: {said:?}");
        said.out
    }

    /// Run a command with `--json`; standard output must be exactly one JSON document.
    #[track_caller]
    pub(crate) fn tells(&self, args: &[&str]) -> serde_json::Value {
        let out = self.does(args);
        serde_json::from_str(&out)
            .unwrap_or_else(|error| panic!("warraq {args:?} printed no single JSON document ({error}): {out}"))
    }

    /// Run a command that must fail for what was typed: status 2, nothing on standard output, `part` in what it says.
    #[track_caller]
    pub(crate) fn refuses(&self, args: &[&str], part: &str) {
        let said = self.warraq(args);
        assert_eq!(said.status, 2, "warraq {args:?}: {said:?}");
        assert!(said.err.contains(part), "warraq {args:?} does not say «{part}»: {}", said.err);
        assert_eq!(said.out, "", "warraq {args:?}");
    }

    /// A command with something on its standard input.
    pub(crate) fn hears(&self, args: &[&str], input: &str) -> Said {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("written");
        said(&child.wait_with_output().expect("its end"))
    }

    /// A server on a free port, ready to answer.
    pub(crate) fn serves(&self) -> Server {
        Server::start(self, free_port())
    }
}

fn said(output: &Output) -> Said {
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("a port").port()
}

/// A running `warraq serve`.
pub(crate) struct Server {
    child: Child,
    port: u16,
    log: PathBuf,
    /// From the start of the process to the first `200` of `/readyz`.
    pub(crate) ready_after: Duration,
}

impl Server {
    pub(crate) fn start(place: &Place, port: u16) -> Self {
        Self::spawn(place, port, place.command(&["serve", "--listen", &format!("127.0.0.1:{port}")]))
    }

    /// A server by a command of one's own, ready to answer at `port`.
    pub(crate) fn spawn(place: &Place, port: u16, mut command: Command) -> Self {
        let began = Instant::now();
        let log = place.folder.path().join("server.log");
        let file = std::fs::File::options().create(true).append(true).open(&log).expect("a log");
        let child = command
            .env("WARRAQ_LOG", "debug")
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("a log"))
            .stderr(file)
            .spawn()
            .expect("the program runs");
        let mut server = Self { child, port, log, ready_after: Duration::MAX };
        loop {
            if let Some(status) = server.child.try_wait().expect("a process") {
                panic!("the server ended ({status}): {}", server.log());
            }
            if get(port, "/readyz").is_ok_and(|answer| answer.status == 200) {
                server.ready_after = began.elapsed();
                return server;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "the server is not ready: {}", server.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Everything it logged and printed.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn reads(&self, path: &str) -> Answer {
        get(self.port, path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[track_caller]
    pub(crate) fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        post(self.port, path, fields).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// `kill -9`: no farewell.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// A farewell: SIGTERM, and it ends by itself with status 0.
    pub(crate) fn stop(mut self) {
        Command::new("kill").arg(self.child.id().to_string()).status().expect("kill");
        let status = self.child.wait().expect("its end");
        assert!(status.success(), "the server ended with {status}: {}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer over the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default()
    }
}

/// A plain HTTP client of a few lines: it shows that nothing but a socket is needed, and it tells an answer that came
/// whole from one that was cut off.
pub(crate) fn get(port: u16, path: &str) -> std::io::Result<Answer> {
    exchange(port, &format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n"))
}

pub(crate) fn post(port: u16, path: &str, fields: &[(&str, &str)]) -> std::io::Result<Answer> {
    post_as(port, path, fields, "")
}

/// The same from a browser that carries a cookie.
pub(crate) fn post_as(port: u16, path: &str, fields: &[(&str, &str)], cookie: &str) -> std::io::Result<Answer> {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    let body = form.finish();
    exchange(
        port,
        &format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
             cookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ),
    )
}

fn exchange(port: u16, request: &str) -> std::io::Result<Answer> {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(request.as_bytes())?;
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    let head = head.to_ascii_lowercase_names();
    let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or(std::io::ErrorKind::InvalidData)?;
    let mut body = Vec::new();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<u64>().ok());
    match length {
        Some(length) => {
            reader.take(length).read_to_end(&mut body)?;
            if body.len() as u64 != length {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        None => {
            reader.read_to_end(&mut body)?;
        }
    }
    Ok(Answer { status, head, body: String::from_utf8_lossy(&body).into_owned() })
}

trait HeaderNames {
    fn to_ascii_lowercase_names(&self) -> String;
}

impl HeaderNames for String {
    /// Names of headers in lower case, values as they are.
    fn to_ascii_lowercase_names(&self) -> String {
        let lower = |line: &str| match line.split_once(':') {
            Some((name, value)) => format!("{}:{value}", name.to_ascii_lowercase()),
            None => line.to_owned(),
        };
        self.split("\r\n").map(lower).collect::<Vec<_>>().join("\r\n")
    }
}

/// A page of our own fixtures.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pages").join(name)
}
