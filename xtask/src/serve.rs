//! A server of folders, for this machine only: what people look at, and what the browser tests
//! open.
//!
//! It serves the page as the servers do for which `hosting/` has a configuration: with the headers
//! of [`headers`], and compressed where the build put a compressed file beside the file.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use tiny_http::{Method, Request};

use crate::run::say;
use crate::{dist, headers, page};

/// Threads that answer. Browsers open several connections at once and keep them.
const THREADS: usize = 4;

/// The first port tried, and how many after it.
const USUAL_PORTS: std::ops::Range<u16> = 8080..8100;

/// What `cargo xtask serve` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// The port; without it 8080, or the next one that is free.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Serve for development, with `trunk serve`: unoptimized, and built again when a file changes.
    #[arg(long)]
    watch: bool,
}

/// Builds the page and serves it until Ctrl-C ends the process.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.watch {
        return page::serve(options.port);
    }
    // Before the build, so that a port that is taken does not cost minutes.
    let listener = match options.port {
        Some(port) => listen(port).with_context(|| format!("port {port} is not free"))?,
        None => {
            USUAL_PORTS.chain([0]).find_map(|port| listen(port).ok()).context("no port is free")?
        }
    };
    let folder = page::build(&dist::Options::default())?;
    let server = Server::start(listener, &folder)?;
    say(format!("The page is at {} until you press Ctrl-C", server.address()));
    server.wait();
    Ok(())
}

/// Takes a port of this machine; 0 means any that is free.
pub(crate) fn listen(port: u16) -> Result<TcpListener> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?)
}

/// What a server serves.
#[derive(Clone, Default)]
pub(crate) struct Site {
    /// The folders. Where several lie at a path, the one with the longest [`Folder::at`] has it.
    pub(crate) folders: Vec<Folder>,
    /// A script that runs in every page before all else, if any.
    ///
    /// Browsers whose drivers do not tell what goes on in the console are watched in this way. They
    /// are also told what the pages may do, so that the script hears of what they do beyond it;
    /// nothing is refused to them.
    pub(crate) watch: Option<String>,
    /// More headers, as the beginning of a path, a name and a value, for every answer at such a
    /// path.
    ///
    /// They come instead of those of the same name, the last one before all others. An empty value
    /// takes a header away: so a host is imitated that cannot send it.
    pub(crate) headers: Vec<(String, String, String)>,
}

/// A folder of a site.
#[derive(Clone)]
pub(crate) struct Folder {
    /// Where it lies on the server: a path that begins and ends with `/`.
    pub(crate) at: String,
    /// The folder on this machine.
    pub(crate) path: PathBuf,
    /// Whether it is the page, and comes with its headers. Other people's pages have only those
    /// that the site gives them.
    pub(crate) is_page: bool,
}

impl Site {
    /// A server's whole site: the folder with the page.
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            folders: vec![Folder { at: "/".to_owned(), path: folder.to_path_buf(), is_page: true }],
            ..Self::default()
        }
    }
}

/// A server that runs, until it is dropped.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    at: SocketAddr,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve the folder with the page.
    pub(crate) fn start(listener: TcpListener, folder: &Path) -> Result<Self> {
        Self::start_watched(listener, folder, None)
    }

    /// Starts to serve the folder with the page, with a script for [`Site::watch`] if one is given.
    pub(crate) fn start_watched(
        listener: TcpListener,
        folder: &Path,
        watch: Option<&str>,
    ) -> Result<Self> {
        Self::start_site(listener, Site { watch: watch.map(str::to_owned), ..Site::of(folder) })
    }

    /// Starts to serve a site.
    pub(crate) fn start_site(listener: TcpListener, site: Site) -> Result<Self> {
        let at = listener.local_addr()?;
        // The library's error is not one that may cross threads, so only its text is kept.
        let http = Arc::new(
            tiny_http::Server::from_listener(listener, None)
                .map_err(|error| anyhow!("cannot serve: {error}"))?,
        );
        let site = Arc::new(site);
        let threads = (0..THREADS)
            .map(|_| {
                let (http, site) = (Arc::clone(&http), Arc::clone(&site));
                thread::spawn(move || {
                    // `recv` fails when the server is told to stop.
                    while let Ok(request) = http.recv() {
                        answer(request, &site);
                    }
                })
            })
            .collect();
        Ok(Self { http, at, threads })
    }

    /// The address to open.
    pub(crate) fn address(&self) -> String {
        format!("http://{}/", self.at)
    }

    /// Serves for ever.
    fn wait(mut self) {
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Wakes one thread each.
        for _ in &self.threads {
            self.http.unblock();
        }
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}

/// All that pages need that ask nobody else for anything. What goes beyond it is not refused, but
/// told to the watching script.
const POLICY: &str = "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; img-src 'self' data:";

/// The compressed files that may lie beside a file: what a browser calls the encoding, and what
/// their names add. The smallest comes first.
const COMPRESSED: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// An answer, before it is sent.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// An answer that the page's visitors should not see.
    fn of(status: u16, text: &str) -> Self {
        let mut answer = Self { status, headers: Vec::new(), body: text.into() };
        answer.set("Content-Type", "text/plain; charset=utf-8");
        answer
    }

    /// Sets a header, instead of one of the same name; an empty value takes it away.
    fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        if !value.is_empty() {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Sets headers.
    fn set_all(&mut self, headers: &[(&str, &str)]) {
        for (name, value) in headers {
            self.set(name, value);
        }
    }
}

/// Answers one request.
fn answer(request: Request, site: &Site) {
    let accepted = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("Accept-Encoding"))
        .map(|header| header.value.as_str());
    let answer = if matches!(request.method(), Method::Get | Method::Head) {
        answer_to(site, request.url(), accepted.unwrap_or_default())
    } else {
        Answer::of(405, "only GET and HEAD\n")
    };
    let mut head = format!("HTTP/1.1 {} \r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", answer.body.len()));
    let body: &[u8] = if *request.method() == Method::Head { &[] } else { &answer.body };
    // The library's own answers keep connections open. Where a browser opens more of them at once
    // than threads of the library wait, one of them is left without an answer until another is
    // closed. A browser that went away is none of our business.
    let mut writer = request.into_writer();
    writer
        .write_all(head.as_bytes())
        .and_then(|()| writer.write_all(body))
        .and_then(|()| writer.flush())
        .ok();
}

/// The answer to a request's target, for a browser that accepts these encodings.
fn answer_to(site: &Site, target: &str, accepted: &str) -> Answer {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let mut answer = match find(site, path) {
        Found::File { file, path, is_page } => {
            answer_with(&file, &path, is_page, site.watch.as_deref(), accepted)
        }
        Found::Folder { is_page } => {
            let mut answer = Answer::of(301, "it is a folder\n");
            answer.set_all(&if is_page { headers::of_missing() } else { Vec::new() });
            answer.set("Location", &format!("{path}/{}", &target[path.len()..]));
            answer
        }
        Found::Nothing { is_page } => no_such_file(is_page),
    };
    if site.watch.is_some() {
        answer.set("Content-Security-Policy-Report-Only", POLICY);
    }
    for (_, name, value) in
        site.headers.iter().filter(|(beginning, _, _)| path.starts_with(beginning.as_str()))
    {
        answer.set(name, value);
    }
    answer
}

/// The answer that is a file, which lies at the path within its folder.
fn answer_with(
    file: &Path,
    path: &str,
    is_page: bool,
    watch: Option<&str>,
    accepted: &str,
) -> Answer {
    let Ok(body) = fs::read(file) else { return no_such_file(is_page) };
    let kind = headers::content_type(path);
    let mut answer = Answer { status: 200, headers: Vec::new(), body };
    answer.set_all(&if is_page { headers::of(path) } else { vec![("Content-Type", kind)] });
    // Whoever builds anew wants to see it at once. Files whose names change with their content need
    // no such care.
    if !is_page || headers::caching(path) != headers::FOR_EVER {
        answer.set(headers::CACHING, headers::ASK_FIRST);
    }
    match watch {
        // What is altered was not compressed by the build.
        Some(script) if kind.starts_with("text/html") => {
            answer.body = watched(&answer.body, script)
        }
        _ => compress(&mut answer, file, accepted),
    }
    answer
}

/// Puts the smallest compressed file that the browser accepts in the place of the file, and says
/// so.
fn compress(answer: &mut Answer, file: &Path, accepted: &str) {
    for (encoding, ending) in COMPRESSED {
        let compressed = beside(file, ending);
        if !compressed.is_file() {
            continue;
        }
        answer.set("Vary", "Accept-Encoding");
        if accepts(accepted, encoding)
            && let Ok(body) = fs::read(compressed)
        {
            answer.set("Content-Encoding", encoding);
            answer.body = body;
            return;
        }
    }
}

/// The file beside a file whose name has one more ending.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Whether a browser that sent this as Accept-Encoding takes the encoding. `q=0` means that it does
/// not.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|part| {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let is_refused =
            weight.trim().strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case(encoding) && !is_refused
    })
}

/// The answer that there is nothing.
fn no_such_file(is_page: bool) -> Answer {
    let mut answer = Answer::of(404, "no such file\n");
    answer.set_all(&if is_page { headers::of_missing() } else { Vec::new() });
    answer
}

/// The page with a script as the first thing in its head.
fn watched(page: &[u8], script: &str) -> Vec<u8> {
    String::from_utf8_lossy(page)
        .replacen("<head>", &format!("<head><script>{script}</script>"), 1)
        .into_bytes()
}

/// What lies at a path of a site.
#[derive(Debug, PartialEq)]
enum Found {
    /// A file, or the page of a folder.
    File {
        /// The file on this machine.
        file: PathBuf,
        /// Its path within its folder of the site, without escapes; that of a folder's page ends
        /// with `/`.
        path: String,
        /// See [`Folder::is_page`].
        is_page: bool,
    },
    /// A folder with a page, without the `/` at the end. Links of its page that name no folder
    /// would be wrong there.
    Folder {
        /// See [`Folder::is_page`].
        is_page: bool,
    },
    /// Nothing.
    Nothing {
        /// See [`Folder::is_page`].
        is_page: bool,
    },
}

/// The page of a folder.
const PAGE: &str = "index.html";

/// What lies at a path of a site: the folder with the longest beginning of it decides.
fn find(site: &Site, path: &str) -> Found {
    let folder = site
        .folders
        .iter()
        .filter(|folder| path.starts_with(&folder.at))
        .max_by_key(|folder| folder.at.len());
    let with_slash = format!("{path}/");
    if let Some(folder) =
        site.folders.iter().find(|folder| folder.at == with_slash && !path.is_empty())
    {
        return Found::Folder { is_page: folder.is_page };
    }
    let Some(folder) = folder else { return Found::Nothing { is_page: false } };
    let is_page = folder.is_page;
    match names_of(&path[folder.at.len()..]) {
        Some(names) => {
            let file = names.iter().fold(folder.path.clone(), |path, name| path.join(name));
            let path = format!("/{}", names.join("/"));
            let page = file.join(PAGE);
            if names.last().is_none_or(String::is_empty) {
                if page.is_file() {
                    Found::File { file: page, path, is_page }
                } else {
                    Found::Nothing { is_page }
                }
            } else if file.is_file() {
                Found::File { file, path, is_page }
            } else if page.is_file() {
                Found::Folder { is_page }
            } else {
                Found::Nothing { is_page }
            }
        }
        None => Found::Nothing { is_page },
    }
}

/// The names that a path within a folder consists of; the last one is empty where it ends with `/`.
/// None where one could lead out of the folder.
///
/// Every part of the path must be a plain name, whatever the escapes hide, and on every system: no
/// `..`, no drive, no separator of either kind.
fn names_of(path: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = path.split('/').collect();
    let last = parts.len() - 1;
    let name_of = |(index, part): (usize, &&str)| {
        let name = unescape(part)?;
        let is_plain = !(name == "." || name == ".." || name.contains(['/', '\\', ':', '\0']));
        (is_plain && (index == last || !name.is_empty())).then_some(name)
    };
    parts.iter().enumerate().map(name_of).collect()
}

/// The text behind `%41` and its like; none when an escape is broken or the bytes are not UTF-8.
fn unescape(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpStream;

    use super::*;

    /// A folder to serve, inside a folder with a secret beside it.
    fn folder() -> Result<(tempfile::TempDir, PathBuf)> {
        let around = tempfile::tempdir()?;
        let folder = around.path().join("dist");
        fs::create_dir_all(folder.join("sub"))?;
        fs::write(around.path().join("secret"), "secret")?;
        fs::write(folder.join("index.html"), "<p>page")?;
        fs::write(folder.join("a b.wasm"), "\0asm")?;
        fs::write(folder.join("sub").join("x.js"), "1")?;
        fs::create_dir_all(folder.join("scenarios").join("byoc"))?;
        fs::write(folder.join("scenarios").join("byoc").join("index.html"), "<p>byoc")?;
        fs::create_dir_all(folder.join("assets"))?;
        for name in ["assets/x.js", "embed.js"] {
            fs::write(folder.join(name), "plain")?;
            fs::write(folder.join(format!("{name}.br")), "small")?;
            fs::write(folder.join(format!("{name}.gz")), "smaller")?;
        }
        Ok((around, folder))
    }

    #[test]
    fn names_inside_are_found() -> Result<()> {
        let (_around, folder) = folder()?;
        let site = Site::of(&folder);
        for (target, name, path) in [
            ("/", "index.html", "/"),
            ("/index.html", "index.html", "/index.html"),
            ("/a%20b.wasm", "a b.wasm", "/a b.wasm"),
            ("/sub/x.js", "sub/x.js", "/sub/x.js"),
            ("/scenarios/byoc/", "scenarios/byoc/index.html", "/scenarios/byoc/"),
        ] {
            assert_eq!(
                find(&site, target),
                Found::File { file: folder.join(name), path: path.to_owned(), is_page: true },
                "{target}"
            );
        }
        assert_eq!(find(&site, "/scenarios/byoc"), Found::Folder { is_page: true });
        Ok(())
    }

    #[test]
    fn nothing_outside_is_found() -> Result<()> {
        let (_around, folder) = folder()?;
        let site = Site::of(&folder);
        for target in [
            "/../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/..%5csecret",
            "/sub/../../secret",
            "/sub/..%2f..%2fsecret",
            "/../",
            "/..",
            "//etc/passwd",
            "/%2fetc/passwd",
            "//scenarios/byoc",
            "/scenarios//byoc/",
            "/C:/Windows/win.ini",
            "/index.html%00.js",
            "/%",
            "/%ff",
            "/sub",
            "/sub/",
            "/index.html/",
            "/missing",
        ] {
            assert_eq!(find(&site, target), Found::Nothing { is_page: true }, "{target}");
        }
        for target in ["secret", ""] {
            assert_eq!(find(&site, target), Found::Nothing { is_page: false }, "{target}");
        }
        Ok(())
    }

    /// What comes back for a request, as it stands on the wire.
    fn ask(server: &Server, request: &str) -> Result<String> {
        ask_with(server, request, "")
    }

    /// The same, with more lines in the request.
    fn ask_with(server: &Server, request: &str, lines: &str) -> Result<String> {
        let mut stream = TcpStream::connect(server.at)?;
        write!(stream, "{request} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n{lines}\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn pages_can_be_watched() -> Result<()> {
        let (_around, folder) = folder()?;
        fs::write(folder.join("index.html"), "<html><head><title>page")?;
        let server = Server::start_watched(listen(0)?, &folder, Some("watch()"))?;
        let page = ask(&server, "GET /")?;
        assert!(page.ends_with("<html><head><script>watch()</script><title>page"), "{page}");
        assert!(page.to_lowercase().contains("content-security-policy-report-only: "), "{page}");
        assert!(ask(&server, "GET /sub/x.js")?.ends_with("\r\n\r\n1"));
        Ok(())
    }

    #[test]
    fn answers_carry_kind_and_freshness() -> Result<()> {
        let (_around, folder) = folder()?;
        let server = Server::start(listen(0)?, &folder)?;
        let page = ask(&server, "GET /")?;
        assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
        assert!(
            page.to_lowercase().contains("content-type: text/html; charset=utf-8\r\n"),
            "{page}"
        );
        assert!(page.to_lowercase().contains("cache-control: no-cache\r\n"), "{page}");
        assert!(page.ends_with("<p>page"), "{page}");
        let wasm = ask(&server, "HEAD /a%20b.wasm")?;
        assert!(wasm.to_lowercase().contains("content-type: application/wasm\r\n"), "{wasm}");
        assert!(wasm.ends_with("\r\n\r\n"), "{wasm}");
        assert!(ask(&server, "GET /../secret")?.starts_with("HTTP/1.1 404 "));
        assert!(ask(&server, "POST /")?.starts_with("HTTP/1.1 405 "));
        Ok(())
    }

    /// The value of a header; none where it is not there or there twice.
    fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
        let head = answer.split("\r\n\r\n").next()?;
        let mut values = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }

    #[test]
    fn the_page_comes_with_its_headers() -> Result<()> {
        let (_around, folder) = folder()?;
        let server = Server::start(listen(0)?, &folder)?;
        for path in ["/", "/assets/x.js", "/scenarios/byoc/"] {
            let answer = ask(&server, &format!("GET {path}"))?;
            for (name, value) in headers::of(path) {
                assert_eq!(header(&answer, name), Some(value), "{path}: {answer}");
            }
        }
        for path in ["/missing", "/assets/missing.js", "/scenarios/byoc"] {
            let answer = ask(&server, &format!("GET {path}"))?;
            for (name, value) in headers::of_missing() {
                assert_eq!(header(&answer, name), Some(value), "{path}: {answer}");
            }
        }
        // Whoever builds anew must see it.
        assert_eq!(header(&ask(&server, "GET /embed.js")?, "cache-control"), Some("no-cache"));
        Ok(())
    }

    #[test]
    fn folders_end_with_a_slash() -> Result<()> {
        let (_around, folder) = folder()?;
        let server = Server::start(listen(0)?, &folder)?;
        let answer = ask(&server, "GET /scenarios/byoc?theme=dark")?;
        assert!(answer.starts_with("HTTP/1.1 301 "), "{answer}");
        assert_eq!(header(&answer, "location"), Some("/scenarios/byoc/?theme=dark"));
        assert!(ask(&server, "GET /scenarios/byoc/?theme=dark")?.ends_with("<p>byoc"));
        Ok(())
    }

    #[test]
    fn what_is_compressed_is_sent_so_to_who_accepts_it() -> Result<()> {
        let (_around, folder) = folder()?;
        let server = Server::start(listen(0)?, &folder)?;
        for (accepted, encoding, body) in [
            ("Accept-Encoding: gzip, deflate, br\r\n", Some("br"), "small"),
            ("Accept-Encoding: gzip\r\n", Some("gzip"), "smaller"),
            ("Accept-Encoding: br;q=0, gzip;q=0.5\r\n", Some("gzip"), "smaller"),
            ("Accept-Encoding: identity\r\n", None, "plain"),
            ("", None, "plain"),
        ] {
            let answer = ask_with(&server, "GET /assets/x.js", accepted)?;
            assert_eq!(header(&answer, "content-encoding"), encoding, "{answer}");
            assert_eq!(header(&answer, "vary"), Some("Accept-Encoding"), "{answer}");
            assert_eq!(
                header(&answer, "content-type"),
                Some("text/javascript; charset=utf-8"),
                "{answer}"
            );
            assert_eq!(
                header(&answer, "content-length"),
                Some(body.len().to_string().as_str()),
                "{answer}"
            );
            assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
        }
        let page = ask_with(&server, "GET /", "Accept-Encoding: br\r\n")?;
        assert_eq!(
            (header(&page, "content-encoding"), header(&page, "vary")),
            (None, None),
            "{page}"
        );
        Ok(())
    }

    #[test]
    fn watched_pages_are_not_compressed() -> Result<()> {
        let (_around, folder) = folder()?;
        fs::write(folder.join("index.html"), "<html><head><title>page")?;
        fs::write(folder.join("index.html.br"), "small")?;
        let server = Server::start_watched(listen(0)?, &folder, Some("watch()"))?;
        let page = ask_with(&server, "GET /", "Accept-Encoding: br\r\n")?;
        assert!(page.ends_with("<html><head><script>watch()</script><title>page"), "{page}");
        assert_eq!(header(&page, "content-encoding"), None, "{page}");
        assert!(
            ask_with(&server, "GET /assets/x.js", "Accept-Encoding: br\r\n")?.ends_with("small")
        );
        Ok(())
    }

    #[test]
    fn a_site_has_folders_and_headers_of_its_own() -> Result<()> {
        let (_around, folder) = folder()?;
        let host = tempfile::tempdir()?;
        fs::write(host.path().join("index.html"), "<p>host")?;
        let at = |at: &str, path: &Path, is_page| Folder {
            at: at.to_owned(),
            path: path.to_path_buf(),
            is_page,
        };
        let header_at = |path: &str, name: &str, value: &str| {
            (path.to_owned(), name.to_owned(), value.to_owned())
        };
        let site = Site {
            folders: vec![at("/", host.path(), false), at("/tools/page/", &folder, true)],
            watch: None,
            headers: vec![
                header_at("/", "Cross-Origin-Embedder-Policy", "require-corp"),
                header_at("/tools/", "cross-origin-embedder-policy", ""),
                header_at("/tools/", "X-More", "1"),
            ],
        };
        let server = Server::start_site(listen(0)?, site)?;
        let page = ask(&server, "GET /")?;
        assert!(page.ends_with("<p>host"), "{page}");
        assert_eq!(header(&page, "cross-origin-embedder-policy"), Some("require-corp"), "{page}");
        // Other people's pages are not ours to be given headers.
        assert_eq!(
            (header(&page, "access-control-allow-origin"), header(&page, "x-more")),
            (None, None),
            "{page}"
        );
        assert!(ask(&server, "GET /missing")?.starts_with("HTTP/1.1 404 "));
        let page = ask(&server, "GET /tools/page/assets/x.js")?;
        assert!(page.ends_with("plain"), "{page}");
        assert_eq!(header(&page, "cache-control"), Some(headers::FOR_EVER), "{page}");
        assert_eq!(
            (header(&page, "cross-origin-embedder-policy"), header(&page, "x-more")),
            (None, Some("1")),
            "{page}"
        );
        let folder = ask(&server, "GET /tools/page")?;
        assert_eq!(header(&folder, "location"), Some("/tools/page/"), "{folder}");
        Ok(())
    }
}
