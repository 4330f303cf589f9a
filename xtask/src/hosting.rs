//! The ready-made configurations in `hosting/`, judged by the servers that they are for.
//!
//! A judge is the real server, started with our configuration on a port of this machine, over a
//! small folder that is laid out like `dist/`. It writes nothing outside of its own temporary
//! folder. What it answers is compared with the table in [`crate::headers`]. The configurations of
//! hosts that run nowhere but at their own place are only read, by tests.

use std::env;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::run::{root, spelled};
use crate::{headers, serve};

/// The folder with the configurations.
pub(crate) const FOLDER: &str = "hosting";

/// The longest that a server may take to start, and to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The files of the small folder that are sent as they are.
const PLAIN: [&str; 1] = ["icon-192.png"];

/// Its files that lie there compressed too.
const COMPRESSED: [&str; 10] = [
    "index.html",
    "scenarios/byoc/index.html",
    "assets/x-0123456789abcdef.wasm",
    "assets/y-0123456789abcdef.js",
    "embed.js",
    "sw.js",
    "manifest.webmanifest",
    "icon.svg",
    "licenses.txt",
    "sitemap.xml",
];

/// Paths within it that are folders with a page.
const PAGES: [&str; 2] = ["", "scenarios/byoc/"];

/// Paths at which there is nothing.
const MISSING: [&str; 3] = ["missing", "assets/missing-0123456789abcdef.js", "scenarios/missing/"];

/// Where the small folder lies on the server: the configurations work at any path.
const PLACES: [&str; 2] = ["/", "/tools/configurator/"];

/// The name by which browsers would know the server.
const HOST: &str = "configurator.example";

/// A server with our configuration.
struct Judge {
    /// Its process, ended with it.
    child: Child,
}

impl Drop for Judge {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Judge {
    /// Starts a server and waits until it listens. What it complains about goes into a file of the
    /// workshop.
    fn start(command: &mut Command, at: SocketAddr, workshop: &Workshop) -> Result<Self> {
        let complaints = workshop.path.join("complaints");
        let file = File::create(&complaints)
            .with_context(|| format!("cannot write {}", complaints.display()))?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child =
            command.spawn().with_context(|| format!("cannot start {}", spelled(command)))?;
        let mut judge = Self { child };
        let started = Instant::now();
        while TcpStream::connect(at).is_err() {
            let has_ended = judge.child.try_wait()?.is_some();
            if has_ended || started.elapsed() > PATIENCE {
                bail!(
                    "{} does not listen; it says: {}",
                    spelled(command),
                    fs::read_to_string(&complaints).unwrap_or_default().trim()
                );
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(judge)
    }
}

/// A temporary folder for one judge, removed with it: what is served, at each of [`PLACES`], in
/// `site`, and beside it what the server needs for itself.
struct Workshop {
    path: PathBuf,
}

impl Workshop {
    /// Makes the folder. Everybody may read it: started by root, some servers become somebody else.
    fn new() -> Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "connected-registry-hosting-{}-{}",
            process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let path = env::temp_dir().join(name);
        // It fails where there is such a folder already, whoever made it.
        fs::create_dir(&path).with_context(|| format!("cannot create {}", path.display()))?;
        let workshop = Self { path };
        for place in PLACES {
            let site = place
                .split('/')
                .filter(|name| !name.is_empty())
                .fold(workshop.site(), |path, name| path.join(name));
            for name in PLAIN.iter().chain(&COMPRESSED) {
                let file = site.join(name);
                fs::create_dir_all(file.parent().context("a file is in a folder")?)?;
                // Long and of few words, so that it is worth compressing.
                let text = format!("{place} {name} ").repeat(200);
                if COMPRESSED.contains(name) {
                    fs::write(serve::beside(&file, "gz"), gzip(text.as_bytes())?)?;
                    fs::write(serve::beside(&file, "br"), brotli(text.as_bytes())?)?;
                }
                fs::write(&file, text)?;
            }
        }
        Ok(workshop)
    }

    /// The folder that is served.
    fn site(&self) -> PathBuf {
        self.path.join("site")
    }

    /// Writes a file for the server.
    fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.path.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.path).ok();
    }
}

/// Bytes as a `.gz` holds them.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Bytes as a `.br` holds them.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
        writer.write_all(bytes)?;
    }
    Ok(compressed)
}

/// A port that is free now. Somebody else may take it before the server does; then the server says
/// so.
fn free() -> Result<SocketAddr> {
    Ok(serve::listen(0)?.local_addr()?)
}

/// One of our configurations, with other words in the place of some that it must have once.
fn configuration(name: &str, changes: &[(&str, &str)]) -> Result<String> {
    let path = root().join(FOLDER).join(name);
    let mut text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    for (from, to) in changes {
        ensure!(text.matches(from).count() == 1, "{FOLDER}/{name} must have one {from:?}");
        text = text.replacen(from, to, 1);
    }
    Ok(text)
}

/// Judges `hosting/nginx.conf`; the program is nginx.
pub(crate) fn nginx(program: &Path) -> Result<()> {
    let (workshop, at) = (Workshop::new()?, free()?);
    let (listen, root) =
        (format!("listen {at};"), format!("root \"{}\";", workshop.site().display()));
    workshop.write(
        "site.conf",
        &configuration(
            "nginx.conf",
            &[("listen 8080;", &listen), ("root /usr/share/nginx/html;", &root)],
        )?,
    )?;
    // Around it, what the nginx.conf of every installation has; all that is written goes to the
    // workshop.
    let around = "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n    \
                  default_type application/octet-stream;\n    access_log off;\n    client_body_temp_path body;\n    \
                  proxy_temp_path proxy;\n    fastcgi_temp_path fastcgi;\n    uwsgi_temp_path uwsgi;\n    scgi_temp_path scgi;\n    \
                  include site.conf;\n}\n";
    let main = workshop.write("nginx.conf", around)?;
    let _judge = Judge::start(
        Command::new(program).args(["-e", "stderr", "-p"]).arg(&workshop.path).arg("-c").arg(main),
        at,
        &workshop,
    )?;
    // The stock nginx cannot send what is compressed with Brotli.
    judge(at, &workshop, &["gzip"])
}

/// Judges `hosting/.htaccess`; the program is Apache, whose modules lie in the folder.
pub(crate) fn apache(program: &Path, modules: &Path) -> Result<()> {
    let workshop = Workshop::new()?;
    let htaccess = configuration(".htaccess", &[])?;
    for place in PLACES {
        fs::write(
            workshop.site().join(place.trim_start_matches('/')).join(".htaccess"),
            &htaccess,
        )?;
    }
    {
        let (_apache, at) = start_apache(
            program,
            modules,
            &["dir", "mime", "alias", "headers", "rewrite"],
            &workshop,
        )?;
        judge(at, &workshop, &["br", "gzip"])?;
        let page = workshop.site().join(PLACES[1].trim_start_matches('/')).join("index.html");
        check(at, "/alias/", "", &page, "br", Some("br")).context("behind an Alias")?;
    }
    // The file is in every folder that is deployed. It must not take the page away from who has
    // fewer modules.
    for few in
        [&[][..], &["headers"], &["headers", "mime"], &["headers", "rewrite"], &["mime", "rewrite"]]
    {
        let (_apache, at) =
            start_apache(program, modules, &[&["dir", "alias"], few].concat(), &workshop)?;
        let answer = ask(at, PLACES[1], "Accept-Encoding: br\r\n")?;
        ensure!(
            answer.status == 200,
            "of the modules it uses with {few:?} only: status {} instead of 200",
            answer.status
        );
    }
    Ok(())
}

/// Starts Apache with these modules, and those without which it does not start, over the workshop's
/// site.
fn start_apache(
    program: &Path,
    modules: &Path,
    wanted: &[&str],
    workshop: &Workshop,
) -> Result<(Judge, SocketAddr)> {
    let (site, at) = (workshop.site(), free()?);
    let mut main = format!(
        "ServerName localhost\nListen {at}\nPidFile apache.pid\nErrorLog \"/dev/stderr\"\n"
    );
    for module in ["mpm_event", "unixd", "authz_core"].iter().chain(wanted) {
        // Some are built into the program; which, differs from system to system.
        let file = modules.join(format!("mod_{module}.so"));
        main.push_str(&format!(
            "<IfModule !{module}_module>\nLoadModule {module}_module \"{}\"\n</IfModule>\n",
            file.display()
        ));
    }
    main.push_str("<IfModule mime_module>\nTypesConfig mime.types\n</IfModule>\n");
    main.push_str("<IfModule unixd_module>\nUser \"#65534\"\nGroup \"#65534\"\n</IfModule>\n");
    main.push_str(&format!("DocumentRoot \"{}\"\n", site.display()));
    // The second place is reached by an alias too, as on a server with many folders.
    main.push_str(&format!(
        "Alias \"/alias/\" \"{}/\"\n",
        site.join("tools").join("configurator").display()
    ));
    main.push_str(&format!("<Directory \"{}\">\nOptions FollowSymLinks\nAllowOverride FileInfo\nRequire all granted\n</Directory>\n", site.display()));
    let main = workshop.write("apache.conf", &main)?;
    // What Debian's says of some endings; ours must not depend on it.
    workshop
        .write("mime.types", "application/gzip gz\napplication/javascript js\ntext/html html\n")?;
    let judge = Judge::start(
        Command::new(program).arg("-X").arg("-d").arg(&workshop.path).arg("-f").arg(main),
        at,
        workshop,
    )?;
    Ok((judge, at))
}

/// Judges `hosting/Caddyfile`; the program is Caddy.
pub(crate) fn caddy(program: &Path) -> Result<()> {
    let (workshop, at) = (Workshop::new()?, free()?);
    let (listen, root) = (
        format!("\n:{} {{\n\tbind {}\n", at.port(), at.ip()),
        format!("root * \"{}\"", workshop.site().display()),
    );
    let ours = configuration(
        "Caddyfile",
        &[("\n:8080 {\n", &listen), ("root * /srv/configurator", &root)],
    )?;
    // It would listen for orders, at the same port as another Caddy of this machine.
    let main = workshop.write("Caddyfile", &format!("{{\n\tadmin off\n}}\n{ours}"))?;
    let mut command = Command::new(program);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(main);
    for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env(variable, &workshop.path);
    }
    let _judge = Judge::start(&mut command, at, &workshop)?;
    judge(at, &workshop, &["br", "gzip"])
}

/// Compares what a server answers, at every place, with the table and with the files. It must send
/// these encodings, the best one first.
fn judge(at: SocketAddr, workshop: &Workshop, encodings: &[&str]) -> Result<()> {
    judge_answers(at, workshop, encodings)?;
    for place in PLACES {
        for name in PLAIN.iter().chain(&COMPRESSED).chain(&PAGES) {
            check_again(at, place, name)?;
        }
    }
    Ok(())
}

/// The same, without asking again.
fn judge_answers(at: SocketAddr, workshop: &Workshop, encodings: &[&str]) -> Result<()> {
    for place in PLACES {
        let site = workshop.site().join(place.trim_start_matches('/'));
        for name in PLAIN.iter().chain(&COMPRESSED).chain(&PAGES) {
            let is_page = PAGES.contains(name);
            let file = if is_page { site.join(name).join("index.html") } else { site.join(name) };
            let has_compressed = is_page || COMPRESSED.contains(name);
            check(at, place, name, &file, "identity", None)?;
            check(at, place, name, &file, "", None)?;
            // What browsers send, and each alone.
            let best = encodings.first().filter(|_| has_compressed).copied();
            check(at, place, name, &file, "gzip, deflate, br, zstd", best)?;
            for encoding in encodings {
                check(at, place, name, &file, encoding, has_compressed.then_some(*encoding))?;
            }
        }
        for page in PAGES {
            check_redirect(at, place, page)?;
        }
        for name in MISSING {
            let answer = ask(at, &format!("{place}{name}"), "")?;
            ensure!(answer.status == 404, "{place}{name}: status {} instead of 404", answer.status);
            answer
                .has(&headers::of_missing())
                .with_context(|| format!("{place}{name}, which is missing"))?;
        }
    }
    Ok(())
}

/// Checks the answer to a request that accepts some encodings, and expects the file in one of them,
/// or as it is.
fn check(
    at: SocketAddr,
    place: &str,
    name: &str,
    file: &Path,
    accepted: &str,
    encoding: Option<&str>,
) -> Result<()> {
    let lines = if accepted.is_empty() {
        String::new()
    } else {
        format!("Accept-Encoding: {accepted}\r\n")
    };
    let answer = ask(at, &format!("{place}{name}"), &lines)?;
    let about = || format!("{place}{name} with Accept-Encoding {accepted:?}");
    ensure!(answer.status == 200, "{}: status {} instead of 200", about(), answer.status);
    answer.has(&headers::of(&format!("/{name}"))).with_context(about)?;
    let got = answer.values("Content-Encoding");
    ensure!(
        got == Vec::from_iter(encoding),
        "{}: Content-Encoding {got:?} instead of {encoding:?}",
        about()
    );
    if encoding.is_some() {
        let vary = answer.values("Vary").join(",");
        ensure!(
            vary.split(',').any(|name| name.trim().eq_ignore_ascii_case("accept-encoding")),
            "{}: Vary {vary:?}",
            about()
        );
    }
    let expected = fs::read(match encoding {
        Some("br") => serve::beside(file, "br"),
        Some(_) => serve::beside(file, "gz"),
        None => file.to_path_buf(),
    })?;
    ensure!(
        answer.body == expected,
        "{}: {} bytes instead of {}",
        about(),
        answer.body.len(),
        expected.len()
    );
    Ok(())
}

/// Checks that asking again, with what the first answer was marked with, costs no more than
/// headers.
fn check_again(at: SocketAddr, place: &str, name: &str) -> Result<()> {
    for accepted in ["identity", "gzip"] {
        let lines = format!("Accept-Encoding: {accepted}\r\n");
        let first = ask(at, &format!("{place}{name}"), &lines)?;
        let about = || format!("{place}{name}, asked for again with {accepted}");
        let tag = *first.values("ETag").first().with_context(|| format!("{}: no ETag", about()))?;
        let answer =
            ask(at, &format!("{place}{name}"), &format!("{lines}If-None-Match: {tag}\r\n"))?;
        ensure!(answer.status == 304, "{}: status {} instead of 304", about(), answer.status);
        // A browser keeps the other headers of the first answer.
        let caching = [(headers::CACHING, headers::caching(&format!("/{name}")))];
        answer.has(&caching).with_context(about)?;
    }
    Ok(())
}

/// Checks that a folder without the `/` at its end leads to the folder.
fn check_redirect(at: SocketAddr, place: &str, page: &str) -> Result<()> {
    let Some(path) = format!("{place}{page}")
        .strip_suffix('/')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
    else {
        return Ok(());
    };
    let answer = ask(at, &path, "")?;
    ensure!(matches!(answer.status, 301 | 308), "{path}: status {} instead of 301", answer.status);
    let to = *answer.values("Location").first().with_context(|| format!("{path}: no Location"))?;
    // The port at which the server listens may be another than the one that browsers know.
    let to_path = to.strip_prefix(&format!("http://{HOST}")).unwrap_or(to);
    ensure!(to_path == format!("{path}/"), "{path}: leads to {to}");
    answer.has(&headers::EVERYWHERE).with_context(|| format!("{path}, which leads on"))
}

/// What came back.
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// All values of a header.
    fn values(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// Fails unless each of these headers is there, once, with this value.
    fn has(&self, headers: &[(&str, &str)]) -> Result<()> {
        for (name, value) in headers {
            let values = self.values(name);
            ensure!(values == [*value], "{name} is {values:?} instead of {value:?}");
        }
        Ok(())
    }
}

/// Asks a server for a path, with more lines in the request.
fn ask(at: SocketAddr, path: &str, lines: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n{lines}\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).with_context(|| format!("{path}: no answer"))?;
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .with_context(|| format!("{path}: no whole answer"))?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut head = head.lines();
    let status =
        head.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let headers: Vec<(String, String)> = head
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    Ok(Answer {
        status: status.with_context(|| format!("{path}: no status"))?,
        headers,
        body: bytes.split_off(end + 4),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;
    use crate::serve::{Server, Site};

    /// Headers by their names in small letters.
    type Headers = BTreeMap<String, String>;

    /// Paths of the folder, one for each thing that is said of any.
    const EXAMPLES: [&str; 13] = [
        "/",
        "/index.html",
        "/scenarios/byoc/",
        "/scenarios/byoc/index.html",
        "/assets/x-0123456789abcdef.wasm",
        "/assets/y-0123456789abcdef.js",
        "/embed.js",
        "/sw.js",
        "/manifest.webmanifest",
        "/icon-192.png",
        "/connected-registry-configurator.html",
        "/licenses.txt",
        "/sitemap.xml",
    ];

    /// The configurations that a server of this machine judges over the wire.
    const JUDGED: [&str; 3] = ["nginx.conf", ".htaccess", "Caddyfile"];

    /// Those whose format has comments.
    const WITH_COMMENTS: [&str; 5] =
        ["nginx.conf", ".htaccess", "Caddyfile", "_headers", "web.config"];

    /// All files in `hosting/`.
    const FILES: [&str; 9] = [
        ".htaccess",
        "Caddyfile",
        "Containerfile",
        "_headers",
        "firebase.json",
        "nginx.conf",
        "staticwebapp.config.json",
        "vercel.json",
        "web.config",
    ];

    /// Fails unless a configuration says what the table says, for every example. What `says` gives
    /// is what it sets at a path.
    ///
    /// Kinds may be left to the host. So may asking before a copy is used, where that is what the
    /// host does by itself.
    fn compare(
        name: &str,
        asks_by_itself: bool,
        says: impl Fn(&str) -> Result<Headers>,
    ) -> Result<()> {
        for path in EXAMPLES {
            let mut said = says(path)?;
            let kind = said.remove("content-type");
            ensure!(
                kind.as_deref().is_none_or(|kind| kind == headers::content_type(path)),
                "{name}, {path}: Content-Type {kind:?}"
            );
            let mut wanted: Headers = headers::of(path)
                .iter()
                .map(|(name, value)| (name.to_lowercase(), (*value).to_owned()))
                .collect();
            wanted.remove("content-type");
            if asks_by_itself && headers::caching(path) == headers::ASK_FIRST {
                wanted.remove("cache-control");
            }
            ensure!(said == wanted, "{name}, {path}: {said:?} instead of {wanted:?}");
        }
        Ok(())
    }

    /// A JSON value's member that is a text.
    fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
        value[name].as_str().with_context(|| format!("no {name} in {value}"))
    }

    /// A JSON value's member that is a list.
    fn list<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>> {
        value[name].as_array().with_context(|| format!("no {name} in {value}"))
    }

    /// The headers that are the members of a JSON object.
    fn members(value: &Value) -> Result<Headers> {
        let members = value.as_object().with_context(|| format!("no object: {value}"))?;
        members
            .iter()
            .map(|(name, value)| {
                Ok((name.to_lowercase(), value.as_str().context("a value is a text")?.to_owned()))
            })
            .collect()
    }

    /// Whether a path is one that a pattern means: a path, or the beginning of paths and then
    /// `any`.
    fn means(pattern: &str, any: &str, path: &str) -> Result<bool> {
        let matches = match pattern.strip_suffix(any) {
            Some(beginning) => path.starts_with(beginning),
            None => path == pattern,
        };
        let rest = pattern.strip_suffix(any).unwrap_or(pattern);
        ensure!(
            !rest.contains(['*', '(', '?', ':', '{']),
            "a pattern that this test does not know: {pattern}"
        );
        Ok(matches)
    }

    #[test]
    fn netlify_and_cloudflare_say_what_the_table_says() -> Result<()> {
        let file = configuration("_headers", &[])?;
        compare("_headers", true, |path| {
            let mut said = Headers::new();
            let mut is_meant = false;
            for line in file
                .lines()
                .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
            {
                if line.starts_with('/') {
                    is_meant = means(line, "*", path)?;
                } else {
                    ensure!(line.starts_with("  "), "neither a path nor a header: {line}");
                    let (name, value) = line
                        .trim()
                        .split_once(": ")
                        .with_context(|| format!("no header: {line}"))?;
                    if is_meant {
                        // Cloudflare Pages joins them.
                        said.entry(name.to_lowercase())
                            .and_modify(|all| *all = format!("{all}, {value}"))
                            .or_insert_with(|| value.to_owned());
                    }
                }
            }
            Ok(said)
        })
    }

    #[test]
    fn azure_static_web_apps_say_what_the_table_says() -> Result<()> {
        let file: Value = serde_json::from_str(&configuration("staticwebapp.config.json", &[])?)?;
        // Without it, a folder's page is sent without the `/` at the end too, and its links lead
        // astray.
        ensure!(text(&file, "trailingSlash")? == "auto");
        let kinds = members(&file["mimeTypes"])?;
        compare("staticwebapp.config.json", false, |path| {
            let mut said = members(&file["globalHeaders"])?;
            for route in list(&file, "routes")? {
                // Only the first one that is meant counts.
                if means(text(route, "route")?, "*", path)? {
                    said.extend(members(&route["headers"])?);
                    break;
                }
            }
            let kind =
                path.rsplit_once('.').and_then(|(_, ending)| kinds.get(&format!(".{ending}")));
            said.extend(kind.map(|kind| ("content-type".to_owned(), kind.clone())));
            Ok(said)
        })
    }

    /// What a list of patterns with headers says of a path, where the last one that is meant
    /// counts.
    fn said_by_patterns(rules: &[Value], any: &str, path: &str) -> Result<Headers> {
        let mut said = Headers::new();
        for rule in rules {
            if means(text(rule, "source")?, any, path)? {
                for header in list(rule, "headers")? {
                    said.insert(
                        text(header, "key")?.to_lowercase(),
                        text(header, "value")?.to_owned(),
                    );
                }
            }
        }
        Ok(said)
    }

    #[test]
    fn vercel_says_what_the_table_says() -> Result<()> {
        let file: Value = serde_json::from_str(&configuration("vercel.json", &[])?)?;
        ensure!(file["trailingSlash"] == true);
        compare("vercel.json", true, |path| said_by_patterns(list(&file, "headers")?, "(.*)", path))
    }

    #[test]
    fn firebase_says_what_the_table_says() -> Result<()> {
        let file: Value = serde_json::from_str(&configuration("firebase.json", &[])?)?;
        let hosting = &file["hosting"];
        ensure!(text(hosting, "public")? == crate::page::FOLDER);
        compare("firebase.json", false, |path| {
            said_by_patterns(list(hosting, "headers")?, "**", path)
        })
    }

    #[test]
    fn iis_says_what_the_table_says() -> Result<()> {
        let mut file = configuration("web.config", &[])?;
        while let Some((before, after)) = file.split_once("<!--") {
            let (_, after) = after.split_once("-->").context("a comment ends")?;
            file = format!("{before}{after}");
        }
        /// The value of a tag's attribute.
        fn attribute<'a>(tag: &'a str, name: &str) -> Result<&'a str> {
            let (_, value) = tag
                .split_once(&format!("{name}=\""))
                .with_context(|| format!("no {name} in <{tag}>"))?;
            Ok(value.split('"').next().unwrap_or_default())
        }
        compare("web.config", false, |path| {
            let mut said = Headers::new();
            let (mut is_meant, mut is_header) = (true, false);
            for tag in file.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
                match tag.split([' ', '/']).find(|word| !word.is_empty()) {
                    Some("location") if tag.starts_with('/') => is_meant = true,
                    Some("location") => {
                        let place = format!("/{}", attribute(tag, "path")?);
                        is_meant = path == place || path.starts_with(&format!("{place}/"));
                    }
                    Some("customHeaders") => is_header = !tag.starts_with('/'),
                    Some("remove") if is_meant && is_header => {
                        drop(said.remove(&attribute(tag, "name")?.to_lowercase()))
                    }
                    Some("add") if is_meant && is_header => {
                        // IIS answers 500 where something is added twice.
                        let (name, value) = (attribute(tag, "name")?, attribute(tag, "value")?);
                        ensure!(
                            said.insert(name.to_lowercase(), value.to_owned()).is_none(),
                            "{name} is added twice"
                        );
                    }
                    Some("mimeMap") if path.ends_with(attribute(tag, "fileExtension")?) => {
                        said.insert(
                            "content-type".to_owned(),
                            attribute(tag, "mimeType")?.to_owned(),
                        );
                    }
                    _ => {}
                }
            }
            Ok(said)
        })
    }

    /// The lines of a configuration that are no comments, without what is around their words.
    fn active_lines(file: &str) -> Vec<&str> {
        file.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect()
    }

    #[test]
    fn what_servers_judge_says_what_the_table_says() -> Result<()> {
        for name in JUDGED {
            let file = configuration(name, &[])?;
            let lines = active_lines(&file);
            for (header, value) in headers::EVERYWHERE {
                let said: Vec<&&str> = lines
                    .iter()
                    .filter(|line| line.split_whitespace().any(|word| word == header))
                    .collect();
                let is_said = said.len() == 1 && said[0].contains(&format!("\"{value}\""));
                ensure!(is_said, "{name} must say once that {header} is {value:?}: {said:?}");
            }
            for caching in [headers::FOR_EVER, headers::AN_HOUR, headers::ASK_FIRST] {
                let times =
                    lines.iter().filter(|line| line.contains(&format!("\"{caching}\""))).count();
                ensure!(times == 1, "{name} says {caching:?} {times} times");
            }
            ensure!(
                !lines.iter().any(|line| line.contains("Content-Security-Policy")),
                "{name}: who may embed is the deployer's choice"
            );
        }
        Ok(())
    }

    #[test]
    fn whoever_deploys_sees_how_to_say_who_may_embed() -> Result<()> {
        for name in WITH_COMMENTS {
            let file = configuration(name, &[])?;
            ensure!(file.contains("frame-ancestors 'self' https://docs.example.com"), "{name}");
        }
        Ok(())
    }

    #[test]
    fn every_file_is_tested_and_told_of() -> Result<()> {
        let folder = root().join(FOLDER);
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder)? {
            files.push(entry?.file_name().to_string_lossy().into_owned());
        }
        files.sort();
        assert_eq!(files, FILES);
        let documentation = fs::read_to_string(root().join("docs").join("deployment.md"))?;
        for name in FILES {
            assert!(
                documentation.contains(&format!("{FOLDER}/{name}")),
                "docs/deployment.md does not tell of {name}"
            );
        }
        for (name, value) in headers::EVERYWHERE {
            assert!(
                documentation.contains(&format!("{name}: {value}")),
                "docs/deployment.md does not tell of {name}"
            );
        }
        for caching in [headers::FOR_EVER, headers::AN_HOUR, headers::ASK_FIRST] {
            assert!(
                documentation.contains(&format!("`{}: {caching}`", headers::CACHING)),
                "docs/deployment.md does not tell of {caching}"
            );
        }
        Ok(())
    }

    #[test]
    fn the_container_holds_the_page_and_its_configuration() -> Result<()> {
        let file = configuration("Containerfile", &[])?;
        let lines = active_lines(&file);
        assert!(
            lines.contains(&"COPY hosting/nginx.conf /etc/nginx/conf.d/default.conf"),
            "{lines:?}"
        );
        // Where nginx.conf looks, and at what port it listens.
        assert!(lines.contains(&"COPY dist/ /usr/share/nginx/html/"), "{lines:?}");
        let nginx = configuration(
            "nginx.conf",
            &[("root /usr/share/nginx/html;", ""), ("listen 8080;", "")],
        )?;
        assert!(!nginx.contains("listen "));
        assert!(lines.contains(&"EXPOSE 8080"), "{lines:?}");
        // From wherever the deployer's images come: no registry is named.
        let base =
            lines.iter().find_map(|line| line.strip_prefix("ARG BASE=")).context("a base")?;
        assert!(!base.split('/').next().unwrap_or_default().contains('.'), "{base}");
        Ok(())
    }

    /// What the judges say of our own server, with other headers at some paths.
    fn verdict(workshop: &Workshop, changes: &[(&str, &str, &str)]) -> Result<()> {
        let mut site = Site::of(&workshop.site());
        // The second place is a folder of the first, so the server does not know that it is a page
        // too.
        let again = serve::Folder {
            at: PLACES[1].to_owned(),
            path: workshop.site().join("tools").join("configurator"),
            is_page: true,
        };
        site.folders.push(again);
        // It is more careful than the table, for who builds anew.
        let all = PLACES.iter().map(|place| {
            (format!("{place}embed.js"), headers::CACHING.to_owned(), headers::AN_HOUR.to_owned())
        });
        site.headers = all
            .chain(changes.iter().map(|(path, name, value)| {
                ((*path).to_owned(), (*name).to_owned(), (*value).to_owned())
            }))
            .collect();
        let listener = serve::listen(0)?;
        let at = listener.local_addr()?;
        let _server = Server::start_site(listener, site)?;
        judge_answers(at, workshop, &["br", "gzip"])
    }

    #[test]
    fn our_own_server_passes() -> Result<()> {
        verdict(&Workshop::new()?, &[])
    }

    #[test]
    fn the_judges_find_what_is_wrong() -> Result<()> {
        let workshop = Workshop::new()?;
        for (path, name, value) in [
            ("/", "Referrer-Policy", ""),
            ("/", "Access-Control-Allow-Origin", "null"),
            ("/missing", "Cross-Origin-Embedder-Policy", ""),
            ("/assets/missing", "Cache-Control", headers::FOR_EVER),
            ("/assets/", "Cache-Control", "no-cache"),
            ("/embed.js", "Cache-Control", headers::FOR_EVER),
            ("/tools/configurator/sw.js", "Cache-Control", headers::FOR_EVER),
            ("/manifest.webmanifest", "Content-Type", "application/json"),
            ("/assets/y", "Vary", ""),
            ("/assets/y", "Content-Encoding", ""),
            ("/assets/y", "Content-Encoding", "gzip"),
            ("/icon-192.png", "Content-Encoding", "gzip"),
            ("/scenarios/byoc", "Location", "/scenarios/"),
            ("/tools/configurator", "Location", "/"),
            ("/scenarios/byoc", "X-Content-Type-Options", ""),
        ] {
            assert!(
                verdict(&workshop, &[(path, name, value)]).is_err(),
                "{path} with {name}: {value}"
            );
        }
        Ok(())
    }
}
