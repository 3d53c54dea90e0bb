//! Where do the tests' PostgreSQL databases live?
//!
//! `WARRAQ_TEST_POSTGRES` may name a cluster. Without it one is started when the first test asks, shared by all
//! processes of the run, and stopped by a watchman soon after the last one is gone. Its data lies in the system's
//! folder for temporary files, and durability is switched off there: these databases are thrown away anyway.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use postgres::{Client, NoTls};

/// A database of its own for one story. It goes away with the story.
pub(crate) struct Database {
    name: String,
    url: String,
}

impl Database {
    /// An empty database.
    pub(crate) fn create() -> Self {
        let mut random = [0_u8; 6];
        warraq::chance::Chance::system().fill(&mut random);
        let suffix: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let test: String = std::thread::current()
            .name()
            .unwrap_or("story")
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
            .collect();
        let name = format!("{}_{suffix}", &test[..test.len().min(40)]).to_lowercase();
        run(&format!("CREATE DATABASE \"{name}\""));
        Self { url: with_database(cluster(), &name), name }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Hang up on everybody, as a database server that restarts does.
    pub(crate) fn hang_up(url: &str) {
        let name = name_in(url);
        run(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
    }

    /// Let nobody in any more (or let them in again), and throw out who is in.
    pub(crate) fn close(url: &str, closed: bool) {
        let name = name_in(url);
        run(&format!("ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {}", !closed));
        if closed {
            Self::hang_up(url);
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        run(&format!("DROP DATABASE IF EXISTS \"{}\" WITH (FORCE)", self.name));
    }
}

/// One statement as the cluster's owner, on a thread where waiting harms nobody.
fn run(sql: &str) {
    let (url, sql) = (cluster().to_owned(), sql.to_owned());
    std::thread::spawn(move || {
        let mut client = Client::connect(&url, NoTls).expect("the test cluster answers");
        client.batch_execute(&sql).expect("the test cluster obeys");
    })
    .join()
    .expect("a statement for the test cluster");
}

fn with_database(url: &str, name: &str) -> String {
    let (server, rest) = url.rsplit_once('/').expect("postgres://…/database");
    let settings = rest.split_once('?').map(|(_, settings)| format!("?{settings}")).unwrap_or_default();
    format!("{server}/{name}{settings}")
}

fn name_in(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default()
}

/// The address of the cluster's own database.
fn cluster() -> &'static str {
    static CLUSTER: OnceLock<String> = OnceLock::new();
    #[expect(clippy::disallowed_methods, reason = "a test is set up by whoever runs it")]
    let named = std::env::var("WARRAQ_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    CLUSTER.get_or_init(|| named.unwrap_or_else(shared_cluster))
}

/// Find the cluster of this run, or start it.
fn shared_cluster() -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("postgres");
    fs::create_dir_all(&folder).expect("a folder for the cluster's papers");
    // Held, shared, until this process ends: the watchman stops the cluster when nobody holds it.
    let users =
        File::options().create(true).truncate(false).write(true).open(folder.join("users.lock")).expect("a lock file");
    users.lock_shared().expect("a lock");
    std::mem::forget(users);
    let starting = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("starting.lock"))
        .expect("a lock file");
    starting.lock().expect("a lock");
    let paper = folder.join("url");
    if let Ok(url) = fs::read_to_string(&paper)
        && answers(&url)
    {
        return url;
    }
    let url = start(&folder);
    fs::write(paper, &url).expect("the cluster's address");
    url
}

fn answers(url: &str) -> bool {
    let url = url.to_owned();
    std::thread::spawn(move || Client::connect(&url, NoTls).is_ok()).join().unwrap_or(false)
}

fn start(folder: &Path) -> String {
    let programs = programs();
    let digest = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    let data = std::env::temp_dir().join(format!("warraq-test-postgres-{}", &digest[..12]));
    if data.join("postmaster.pid").exists() {
        // Left over from a run that was cut off, and it does not answer.
        let _ = owner(&programs.join("pg_ctl"))
            .args(["-m", "immediate", "-D"])
            .arg(&data)
            .arg("stop")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
    if data.exists() {
        fs::remove_dir_all(&data).expect("the old cluster is thrown away");
    }
    let log = folder.join("log");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("a port").port();
    drop(listener);
    must(
        owner(&programs.join("initdb"))
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
            .arg(&data),
        &log,
    );
    let settings = format!(
        "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off -c full_page_writes=off \
         -c synchronous_commit=off -c max_connections=400 -c shared_buffers=64MB"
    );
    must(
        owner(&programs.join("pg_ctl"))
            .args(["-w", "-t", "60", "-o", &settings, "-l"])
            .arg(data.join("server.log"))
            .arg("-D")
            .arg(&data)
            .arg("start"),
        &log,
    );
    watch(folder, &programs, &data);
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

/// A small shell that looks every few seconds whether any test still uses the cluster, and stops it when none does.
#[expect(clippy::zombie_processes, reason = "the watchman outlives the test that posted him")]
fn watch(folder: &Path, programs: &Path, data: &Path) {
    let as_owner = if is_root() { "runuser -u postgres -- " } else { "" };
    let script = format!(
        "cd /; while sleep 5; do\n\
         flock -n -x {users} sh -c '{as_owner}{pg_ctl} -m immediate -D {data} stop && rm -rf {data}' && exit\n\
         done",
        users = folder.join("users.lock").display(),
        pg_ctl = programs.join("pg_ctl").display(),
        data = data.display(),
    );
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command.spawn().expect("a watchman for the test cluster");
}

/// A program of PostgreSQL, as somebody who may run it: it refuses to be run by root.
fn owner(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// The server's programs are not in the path on Debian.
fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    #[expect(clippy::disallowed_methods, reason = "a program that is installed elsewhere is found by the path")]
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path =
        std::env::split_paths(&path).find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists());
    found.pop().map(|(_, bin)| bin).or(in_path).expect(
        "PostgreSQL is not installed, and half of the tests need it: apt-get install postgresql, or name a running \
         cluster in WARRAQ_TEST_POSTGRES=postgres://USER@HOST:PORT/postgres",
    )
}

fn must(command: &mut Command, log: &Path) {
    let file = File::options().create(true).append(true).open(log).expect("a log");
    let status = command.stdout(file.try_clone().expect("a log")).stderr(file).status();
    let said = || fs::read_to_string(log).unwrap_or_default();
    assert!(
        status.as_ref().is_ok_and(std::process::ExitStatus::success),
        "{command:?} failed ({status:?}); it said:\n{}",
        said()
    );
}
