//! A server of one folder, for this machine only: what people look at, and what the browser tests open.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use tiny_http::{Header, Method, Request, Response};

use crate::page;
use crate::run::say;

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
}

/// Builds the page and serves it until Ctrl-C ends the process.
pub(crate) fn run(options: &Options) -> Result<()> {
    // Before the build, so that a port that is taken does not cost minutes.
    let listener = match options.port {
        Some(port) => listen(port).with_context(|| format!("port {port} is not free"))?,
        None => USUAL_PORTS.chain([0]).find_map(|port| listen(port).ok()).context("no port is free")?,
    };
    let folder = page::build()?;
    let server = Server::start(listener, &folder)?;
    say(format!("The page is at {} until you press Ctrl-C", server.address()));
    server.wait();
    Ok(())
}

/// Takes a port of this machine; 0 means any that is free.
pub(crate) fn listen(port: u16) -> Result<TcpListener> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?)
}

/// A server that runs, until it is dropped.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    at: SocketAddr,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve the folder.
    pub(crate) fn start(listener: TcpListener, folder: &Path) -> Result<Self> {
        Self::start_watched(listener, folder, None)
    }

    /// Starts to serve the folder, its pages with a script that runs before all else in them, if one is given.
    ///
    /// Browsers whose drivers do not tell what goes on in the console are watched in this way. They are also told what the
    /// pages may do, so that the script hears of what they do beyond it; nothing is refused to them.
    pub(crate) fn start_watched(listener: TcpListener, folder: &Path, watch: Option<&str>) -> Result<Self> {
        let at = listener.local_addr()?;
        // The library's error is not one that may cross threads, so only its text is kept.
        let http = Arc::new(tiny_http::Server::from_listener(listener, None).map_err(|error| anyhow!("cannot serve: {error}"))?);
        let threads = (0..THREADS)
            .map(|_| {
                let (http, folder, watch) = (Arc::clone(&http), folder.to_path_buf(), watch.map(str::to_owned));
                thread::spawn(move || {
                    // `recv` fails when the server is told to stop.
                    while let Ok(request) = http.recv() {
                        answer(request, &folder, watch.as_deref());
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

/// All that pages need that ask nobody else for anything. What goes beyond it is not refused, but told to the watching script.
const POLICY: &str = "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; img-src 'self' data:";

/// Answers one request.
fn answer(request: Request, folder: &Path, watch: Option<&str>) {
    let (status, kind, body) = if !matches!(request.method(), Method::Get | Method::Head) {
        (405, "text/plain; charset=utf-8", b"only GET and HEAD\n".to_vec())
    } else {
        match file_for(folder, request.url()).and_then(|path| Some((content_type(&path), fs::read(path).ok()?))) {
            Some((kind, body)) => match watch {
                Some(script) if kind.starts_with("text/html") => (200, kind, watched(&body, script)),
                _ => (200, kind, body),
            },
            None => (404, "text/plain; charset=utf-8", b"no such file\n".to_vec()),
        }
    };
    let headers = [
        ("content-type", kind),
        // The page changes with every build, and a stale one costs more time than reading it again.
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ];
    // The length is known, so it is told; by itself the library cuts large files into chunks of unknown number.
    let mut response = Response::from_data(body).with_status_code(status).with_chunked_threshold(usize::MAX);
    for (name, value) in headers.into_iter().chain(watch.map(|_| ("content-security-policy-report-only", POLICY))) {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that went away is none of our business.
    request.respond(response).ok();
}

/// The page with a script as the first thing in its head.
fn watched(page: &[u8], script: &str) -> Vec<u8> {
    String::from_utf8_lossy(page).replacen("<head>", &format!("<head><script>{script}</script>"), 1).into_bytes()
}

/// The file of the folder that a request's target names, and never one outside of it.
///
/// Every part of the path must be a plain name, whatever the escapes hide, and on every system: no `..`, no drive, no
/// separator of either kind.
fn file_for(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut file = folder.to_path_buf();
    if !path.is_empty() {
        for part in path.split('/') {
            let name = unescape(part)?;
            if name.is_empty() || name == "." || name == ".." || name.contains(['/', '\\', ':', '\0']) {
                return None;
            }
            file.push(name);
        }
    } else {
        file.push("index.html");
    }
    file.is_file().then_some(file)
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

/// The kind of a file by its name. Browsers compile wasm while it arrives only if it is called that.
fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
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
        Ok((around, folder))
    }

    #[test]
    fn names_inside_are_found() -> Result<()> {
        let (_around, folder) = folder()?;
        for (target, name) in
            [("/", "index.html"), ("/?a=1", "index.html"), ("/index.html", "index.html"), ("/a%20b.wasm", "a b.wasm"), ("/sub/x.js?v", "sub/x.js")]
        {
            assert_eq!(file_for(&folder, target), Some(folder.join(name)), "{target}");
        }
        Ok(())
    }

    #[test]
    fn nothing_outside_is_found() -> Result<()> {
        let (_around, folder) = folder()?;
        for target in [
            "/../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/..%5csecret",
            "/sub/../../secret",
            "/sub/..%2f..%2fsecret",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/C:/Windows/win.ini",
            "/index.html%00.js",
            "/%",
            "/%ff",
            "/sub",
            "/sub/",
            "/missing",
            "secret",
            "",
        ] {
            assert_eq!(file_for(&folder, target), None, "{target}");
        }
        Ok(())
    }

    /// What comes back for a request, as it stands on the wire.
    fn ask(server: &Server, request: &str) -> Result<String> {
        let mut stream = TcpStream::connect(server.at)?;
        write!(stream, "{request} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")?;
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
        assert!(page.to_lowercase().contains("content-type: text/html; charset=utf-8\r\n"), "{page}");
        assert!(page.to_lowercase().contains("cache-control: no-store\r\n"), "{page}");
        assert!(page.ends_with("<p>page"), "{page}");
        let wasm = ask(&server, "HEAD /a%20b.wasm")?;
        assert!(wasm.to_lowercase().contains("content-type: application/wasm\r\n"), "{wasm}");
        assert!(wasm.ends_with("\r\n\r\n"), "{wasm}");
        assert!(ask(&server, "GET /../secret")?.starts_with("HTTP/1.1 404 "));
        assert!(ask(&server, "POST /")?.starts_with("HTTP/1.1 405 "));
        Ok(())
    }
}
