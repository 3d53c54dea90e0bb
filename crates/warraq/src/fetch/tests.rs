//! Stories of the way out, with hosts on the loopback that say what each story needs.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;

type Say = dyn Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// A host that hears a request and says something, with what it heard.
struct Host {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Host {
    fn says(say: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        Self::at(Ipv4Addr::LOCALHOST, say)
    }

    /// It always hears the request out first: a host that hangs up before resets the connection, and whether its answer
    /// is read before that is a matter of luck.
    fn at(
        address: Ipv4Addr,
        say: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((address, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let (say, hears): (Arc<Say>, _) = (Arc::new(say), Arc::clone(&heard));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (say, hears) = (Arc::clone(&say), Arc::clone(&hears));
                std::thread::spawn(move || {
                    let mut reader = BufReader::new(stream);
                    let mut request = String::new();
                    while !request.ends_with("\r\n\r\n") {
                        if reader.read_line(&mut request).unwrap_or(0) == 0 {
                            return;
                        }
                    }
                    hears.lock().expect("heard").push(request.clone());
                    // The asker may hang up: that is its right.
                    let _ = say(&request, reader.get_mut());
                });
            }
        });
        Self { port, heard }
    }

    fn says_always(answer: &'static str) -> Self {
        Self::says(move |_, stream| stream.write_all(answer.as_bytes()))
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("heard").clone()
    }
}

fn config(allow: &[&str]) -> FetchConfig {
    let allow = allow.iter().map(|network| Network::parse(network).expect("a network")).collect();
    FetchConfig { allow, pause: 1 }
}

fn fetcher() -> Fetcher {
    Fetcher::new(&config(&["127.0.0.1"]), "https://news.example")
}

/// One whose seconds are short.
fn hasty() -> Fetcher {
    let second = Duration::from_millis(10);
    Fetcher::with_names(&config(&["127.0.0.1"]), "https://news.example", Names::System, second)
}

async fn page(fetcher: &Fetcher, url: &str) -> Result<String, FetchError> {
    match fetcher.page(url, &Known::default()).await? {
        Page::Says { bytes, .. } => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Page::Unchanged => Ok("unchanged".into()),
    }
}

#[tokio::test]
async fn it_says_who_asks_and_asks_for_nothing_twice() {
    let host = Host::says(|request, stream| {
        if request.contains("if-none-match: \"one\"") {
            return stream.write_all(b"HTTP/1.1 304 Not Modified\r\n\r\n");
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\netag: \"one\"\r\ncontent-length: 5\r\n\r\nhello")
    });
    let url = host.url("/a?b=c#d");
    let Ok(Page::Says { bytes, known, .. }) = fetcher().page(&url, &Known::default()).await else { panic!("no page") };
    assert_eq!(bytes, b"hello");
    assert_eq!(fetcher().page(&url, &known).await.expect("an answer"), Page::Unchanged);
    let heard = host.heard();
    assert!(heard[0].starts_with("GET /a?b=c HTTP/1.1\r\n"), "{}", heard[0]);
    assert!(heard[0].contains("user-agent: Warraq/") && heard[0].contains("(+https://news.example)"), "{}", heard[0]);
    assert!(heard[0].contains(&format!("host: 127.0.0.1:{}", host.port)), "{}", heard[0]);
}

#[tokio::test]
async fn what_is_no_address_of_the_web_is_not_asked() {
    for url in [
        "",
        "/feed/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "data:text/plain,x",
        "http://name:secret@example.org/",
        "http://name@example.org/",
        "https://",
    ] {
        assert!(matches!(page(&fetcher(), url).await, Err(FetchError::Address { .. })), "{url}");
    }
}

#[tokio::test]
async fn the_machine_itself_is_not_asked_under_any_of_its_names() {
    let host = Host::says_always("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret");
    let strict = Fetcher::new(&config(&[]), "https://news.example");
    for name in ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0"] {
        let url = format!("http://{name}:{}/", host.port);
        let failure = page(&strict, &url).await.expect_err(name);
        assert!(matches!(failure, FetchError::Forbidden { .. }), "{name}: {failure}");
    }
    assert_eq!(host.heard().len(), 0);
    let failure = page(&strict, &host.url("/")).await.expect_err("refused").to_string();
    assert!(failure.contains("allow = [\"127.0.0.1\"]"), "it says what to do: {failure}");
}

#[tokio::test]
async fn a_redirect_is_judged_as_the_address_was() {
    let inner = Host::says_always("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret");
    // Allowed is 127.0.0.2 alone, and it sends us to 127.0.0.1.
    let to = inner.url("/");
    let outer = Host::at(Ipv4Addr::new(127, 0, 0, 2), move |_, stream| {
        write!(stream, "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
    });
    let careful = Fetcher::new(&config(&["127.0.0.2"]), "https://news.example");
    let failure = page(&careful, &format!("http://127.0.0.2:{}/", outer.port)).await.expect_err("refused");
    assert!(matches!(failure, FetchError::Forbidden { .. }), "{failure}");
    assert_eq!(inner.heard().len(), 0);
    for to in ["file:///etc/passwd", "http://name:secret@127.0.0.1/", "http://"] {
        let host = Host::says(move |_, stream| {
            write!(stream, "HTTP/1.1 301 Moved\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
        });
        assert!(matches!(page(&fetcher(), &host.url("/")).await, Err(FetchError::Address { .. })), "{to}");
    }
}

#[tokio::test]
async fn a_name_that_changes_its_mind_leads_nowhere_else() {
    let host = Host::says_always("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    let (here, elsewhere): (IpAddr, IpAddr) = (Ipv4Addr::LOCALHOST.into(), Ipv4Addr::new(10, 0, 0, 1).into());
    let table = |answers: &[&[IpAddr]]| {
        let answers = answers.iter().map(|addresses| addresses.to_vec()).collect();
        let names = Names::Table(Mutex::new([("a.example".to_owned(), answers)].into()));
        Fetcher::with_names(&config(&["127.0.0.1"]), "https://news.example", names, Duration::from_secs(1))
    };
    let url = format!("http://a.example:{}/", host.port);
    // One look-up for one connection: the second answer is never heard.
    assert_eq!(page(&table(&[&[here], &[elsewhere]]), &url).await.expect("asked"), "ok");
    // Of several addresses only those that may be asked are.
    assert_eq!(page(&table(&[&[elsewhere, here]]), &url).await.expect("asked"), "ok");
    assert!(matches!(page(&table(&[&[elsewhere]]), &url).await, Err(FetchError::Forbidden { .. })));
    assert!(matches!(page(&table(&[&[]]), &url).await, Err(FetchError::Unknown { .. })));
    assert!(matches!(page(&table(&[]), "http://b.example/").await, Err(FetchError::Unknown { .. })));
    // Looked up anew for a redirect to the same name, and judged anew.
    let to_itself = Host::says(|request, stream| {
        let host = request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        write!(stream, "HTTP/1.1 302 Found\r\nlocation: http://{host}/again\r\ncontent-length: 0\r\n\r\n")
    });
    let url = format!("http://a.example:{}/", to_itself.port);
    let failure = page(&table(&[&[here], &[elsewhere]]), &url).await.expect_err("refused");
    assert!(matches!(failure, FetchError::Forbidden { .. }), "{failure}");
}

#[tokio::test]
async fn redirects_end() {
    let host = Host::says(|request, stream| {
        let number: usize = request.split(['/', ' ']).nth(2).and_then(|n| n.parse().ok()).unwrap_or(0);
        if number == 0 {
            return stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nhere");
        }
        write!(stream, "HTTP/1.1 301 Moved\r\nlocation: /{}\r\ncontent-length: 0\r\n\r\n", number - 1)
    });
    assert_eq!(page(&fetcher(), &host.url("/5")).await.expect("five are followed"), "here");
    assert!(matches!(page(&fetcher(), &host.url("/6")).await, Err(FetchError::Address { .. })));
}

#[tokio::test]
async fn a_page_has_an_end() {
    let endless = Host::says(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b' '; 65_536])?;
        }
    });
    let failure = page(&fetcher(), &endless.url("/")).await.expect_err("refused");
    assert!(matches!(failure, FetchError::TooLarge { .. }), "{failure}");
    let bomb = Host::says(|request, stream| {
        assert!(request.contains("accept-encoding: gzip"));
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..200 {
            packed.write_all(&[b' '; 1 << 20])?;
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n")?;
        stream.write_all(&packed.finish()?)
    });
    let failure = page(&fetcher(), &bomb.url("/")).await.expect_err("refused");
    assert!(matches!(failure, FetchError::TooLarge { .. }), "{failure}");
    let packed = Host::says(|_, stream| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all("خبر".as_bytes())?;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n")?;
        stream.write_all(&packed.finish()?)
    });
    assert_eq!(page(&fetcher(), &packed.url("/")).await.expect("a page"), "خبر");
}

#[tokio::test]
async fn what_is_cut_off_is_not_taken() {
    let host = Host::says_always("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello");
    let failure = page(&fetcher(), &host.url("/")).await.expect_err("refused");
    assert!(matches!(failure, FetchError::Broken { .. }), "{failure}");
    let host = Host::says(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n")
    });
    let failure = page(&fetcher(), &host.url("/")).await.expect_err("refused");
    assert!(matches!(failure, FetchError::Broken { .. }), "{failure}");
}

#[tokio::test]
async fn a_host_that_says_nothing_is_left() {
    let host = Host::says(|_, _| {
        std::thread::sleep(Duration::from_secs(600));
        Ok(())
    });
    let failure = page(&hasty(), &host.url("/")).await.expect_err("refused");
    assert!(matches!(failure, FetchError::TooSlow { .. }), "{failure}");
}

#[tokio::test]
async fn one_host_has_two_of_us_at_once() {
    static NOW: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    let host = Host::says(|_, stream| {
        MOST.fetch_max(NOW.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        NOW.fetch_sub(1, Ordering::SeqCst);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
    });
    let fetcher = fetcher();
    let mut asks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (fetcher, url) = (fetcher.clone(), host.url("/"));
        asks.spawn(async move { page(&fetcher, &url).await.expect("a page") });
    }
    assert_eq!(asks.join_all().await.len(), 8);
    assert_eq!(MOST.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn waiting_for_our_turn_is_not_the_hosts_fault() {
    // A second of this fetcher is 50 ms: the host takes 8 of the 20 that it has, and the last of eight waits for 24.
    let host = Host::says(|_, stream| {
        std::thread::sleep(Duration::from_millis(400));
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
    });
    let config = config(&["127.0.0.1"]);
    let fetcher = Fetcher::with_names(&config, "https://news.example", Names::System, Duration::from_millis(50));
    let mut asks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (fetcher, url) = (fetcher.clone(), host.url("/"));
        asks.spawn(async move { page(&fetcher, &url).await });
    }
    for answer in asks.join_all().await {
        assert_eq!(answer.expect("a page"), "ok");
    }
}

#[tokio::test]
async fn a_turn_that_never_comes_is_told() {
    let second = Duration::from_micros(100);
    let fetcher = Fetcher::with_names(&config(&["127.0.0.1"]), "https://news.example", Names::System, second);
    let _turns = [fetcher.0.manners.turn("127.0.0.1").await, fetcher.0.manners.turn("127.0.0.1").await];
    let failure = page(&fetcher, "http://127.0.0.1:9/").await.expect_err("no turn");
    assert!(matches!(failure, FetchError::NoTurn { .. }), "{failure}");
    assert!(failure.to_string().contains("127.0.0.1 was busy"), "{failure}");
}

#[tokio::test]
async fn secrets_in_addresses_are_not_told() {
    let host = Host::says_always("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    for (url, told) in [
        ("http://layla:canary@a.example/x", "http://a.example/x is not fetched"),
        ("http://canary@a.example/x?y", "http://a.example/x?… is not fetched"),
        ("ftp://layla:canary@a.example/", "ftp://a.example/ is not fetched"),
        ("//layla:canary@a.example/?canary", "a.example/?… is not fetched"),
        ("http://layla:canary@", " is not fetched"),
        (&host.url("/f?token=canary#canary"), "/f?… answers 404"),
        ("http://127.0.0.1:1/?token=canary", "http://127.0.0.1:1/?… could not be fetched"),
    ] {
        let failure = page(&fetcher(), url).await.expect_err(url).to_string();
        assert!(failure.contains(told) && !failure.contains("canary"), "{url}: {failure}");
    }
}

/// A host that gives parts, and breaks off after `most` bytes.
fn gives_parts(content: &'static [u8], most: usize, tag: &'static str) -> Host {
    Host::says(move |request, stream| {
        let begins = request.lines().find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-'));
        let is_same = request.contains(&format!("if-range: {tag}"));
        let from: usize = begins.filter(|_| is_same).and_then(|from| from.parse().ok()).unwrap_or(0);
        let rest = &content[from..];
        let head = if from > 0 {
            format!("206 Partial Content\r\ncontent-range: bytes {from}-{}/{}", content.len() - 1, content.len())
        } else {
            "200 OK".into()
        };
        write!(stream, "HTTP/1.1 {head}\r\netag: {tag}\r\ncontent-length: {}\r\n\r\n", rest.len())?;
        stream.write_all(&rest[..rest.len().min(most)])
    })
}

#[tokio::test]
async fn a_file_goes_on_where_the_line_broke() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("one.part");
    let host = gives_parts(b"0123456789", 4, "\"v1\"");
    hasty().file(&host.url("/f"), &into).await.expect("three tries of four bytes");
    assert_eq!(fs::read(&into).expect("read"), b"0123456789");
    assert_eq!(host.heard().len(), 3);
    assert!(!into.with_extension("known").exists());
    // Killed in between, and the file is another one when we come again.
    let into = folder.path().join("two.part");
    let host = gives_parts(b"0123456789", 2, "\"v1\"");
    assert!(hasty().file(&host.url("/f"), &into).await.is_err());
    assert_eq!(fs::read(&into).expect("read"), b"012345");
    let host = gives_parts(b"abcdefghij", 100, "\"v2\"");
    hasty().file(&host.url("/f"), &into).await.expect("anew");
    assert_eq!(fs::read(&into).expect("read"), b"abcdefghij");
}

#[tokio::test]
async fn another_part_than_was_asked_for_is_not_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("one.part");
    fs::write(&into, "0123").expect("written");
    fs::write(into.with_extension("known"), "\"v1\"").expect("written");
    let host = Host::says_always(
        "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 2-5/6\r\ncontent-length: 4\r\n\r\nabcd",
    );
    let failure = fetcher().some_of_file(&host.url("/f"), &into).await.expect_err("refused").0;
    assert!(matches!(failure, FetchError::Broken { .. }), "{failure}");
    assert!(!into.exists(), "the next try begins anew");
}

#[tokio::test]
async fn a_part_is_not_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    // A host that gives four bytes at a time, each part complete in itself.
    let host = Host::says(|request, stream| {
        let begins = request.lines().find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-'));
        let Some(from) = begins.and_then(|from| from.parse::<usize>().ok()) else {
            return stream.write_all(b"HTTP/1.1 200 OK\r\netag: \"v1\"\r\ncontent-length: 10\r\n\r\n0123");
        };
        let part = &b"0123456789"[from..(from + 4).min(10)];
        let range = format!("bytes {from}-{}/10", from + part.len() - 1);
        let length = part.len();
        write!(stream, "HTTP/1.1 206 Partial Content\r\ncontent-range: {range}\r\ncontent-length: {length}\r\n\r\n")?;
        stream.write_all(part)
    });
    let into = folder.path().join("one.part");
    hasty().file(&host.url("/f"), &into).await.expect("three tries of four bytes");
    assert_eq!(fs::read(&into).expect("read"), b"0123456789");
    assert_eq!(host.heard().len(), 3);
    // One that does not say how large the whole is leaves us without a way to know that we have it.
    let into = folder.path().join("two.part");
    fs::write(&into, "0123").expect("written");
    fs::write(into.with_extension("known"), "\"v1\"").expect("written");
    let host =
        Host::says_always("HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 4-5/*\r\ncontent-length: 2\r\n\r\n45");
    let failure = fetcher().some_of_file(&host.url("/f"), &into).await.expect_err("refused").0;
    assert!(matches!(failure, FetchError::Broken { .. }), "{failure}");
    assert!(!into.exists(), "the next try begins anew");
}

#[tokio::test]
async fn a_full_disk_is_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("one.part");
    std::os::unix::fs::symlink("/dev/full", &into).expect("a link");
    let host = Host::says_always("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    let failure = hasty().file(&host.url("/f"), &into).await.expect_err("no room");
    let FetchError::Disk { source, .. } = failure else { panic!("{failure}") };
    assert_eq!(source.kind(), std::io::ErrorKind::StorageFull);
    assert_eq!(host.heard().len(), 1, "asking again does not help");
}

#[tokio::test]
async fn a_host_that_is_busy_is_asked_again_and_one_that_says_no_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let busy = AtomicUsize::new(0);
    let host = Host::says(move |_, stream| {
        if busy.fetch_add(1, Ordering::SeqCst) < 2 {
            return stream.write_all(b"HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n");
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
    });
    hasty().file(&host.url("/"), &folder.path().join("a.part")).await.expect("at last");
    let host = Host::says_always("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    let failure = hasty().file(&host.url("/"), &folder.path().join("b.part")).await.expect_err("gone");
    assert!(matches!(failure, FetchError::Status { status: 404, .. }), "{failure}");
    assert_eq!(host.heard().len(), 1);
}

/// The authority, the host and the key in `fixtures/tls` were made for this story and are known to everybody.
#[tokio::test]
async fn a_certificate_is_looked_at() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
    use tokio_rustls::rustls::{DEFAULT_VERSIONS, RootCertStore, ServerConfig, crypto::ring};

    let certificate = CertificateDer::from(include_bytes!("../../../../fixtures/tls/host.der").to_vec());
    let key = PrivatePkcs8KeyDer::from(include_bytes!("../../../../fixtures/tls/host-key.der").to_vec());
    let server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(DEFAULT_VERSIONS)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivateKeyDer::Pkcs8(key))
        .expect("a key that fits");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsealed").await;
            let _ = stream.shutdown().await;
        }
    });
    let here: IpAddr = Ipv4Addr::LOCALHOST.into();
    let names = || {
        let table = ["a.example", "b.example"].map(|name| (name.to_owned(), vec![vec![here]]));
        Names::Table(Mutex::new(table.into()))
    };
    let config = config(&["127.0.0.1"]);
    let mut roots = RootCertStore::empty();
    let authority = CertificateDer::from(include_bytes!("../../../../fixtures/tls/authority.der").to_vec());
    roots.add(authority).expect("an authority");
    let dialler = Dialler::trusting(roots, names(), config.allow.clone());
    let knows = Fetcher::with_dialler(&config, "https://news.example", dialler, Duration::from_secs(1));
    assert_eq!(page(&knows, &format!("https://a.example:{port}/")).await.expect("a page"), "sealed");
    let failure = page(&knows, &format!("https://b.example:{port}/")).await.expect_err("another name");
    assert!(matches!(failure, FetchError::Broken { .. }), "{failure}");
    let strange = Fetcher::with_names(&config, "https://news.example", names(), Duration::from_secs(1));
    let failure = page(&strange, &format!("https://a.example:{port}/")).await.expect_err("an unknown authority");
    assert!(matches!(failure, FetchError::Broken { .. }), "{failure}");
}

#[tokio::test]
async fn a_host_says_how_long_we_are_to_stay_away() {
    let check = async |head: &'static str, expected: Option<u32>| {
        let host = Host::says(move |_, stream| {
            stream.write_all(format!("HTTP/1.1 503 Busy\r\n{head}content-length: 0\r\n\r\n").as_bytes())
        });
        let failure = page(&fetcher(), &host.url("/")).await.expect_err("busy");
        assert!(matches!(failure, FetchError::Status { wait, .. } if wait == expected), "{head}: {failure:?}");
    };
    check("retry-after: 120\r\n", Some(120)).await;
    check("", None).await;
    check("retry-after: soon\r\n", None).await;
    check("retry-after: -5\r\n", None).await;
    let later = "date: Sun, 01 Mar 2026 09:00:00 GMT\r\nretry-after: Sun, 01 Mar 2026 10:30:00 GMT\r\n";
    check(later, Some(5_400)).await;
    check("retry-after: Sun, 01 Mar 2026 10:30:00 GMT\r\n", None).await;
    check("date: Sun, 01 Mar 2026 09:00:00 GMT\r\nretry-after: Sun, 01 Mar 2026 08:00:00 GMT\r\n", None).await;
}
