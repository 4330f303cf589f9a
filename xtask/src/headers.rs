//! The response headers that the folder `dist/` wants, whoever serves it.
//!
//! This is the one table: [`crate::serve`] sends it, [`crate::hosting`] holds every ready-made
//! configuration and the real servers against it, and `docs/deployment.md` says why it is as it is.
//!
//! Paths are those within the folder, as they stand in an address: `/` is the folder itself,
//! wherever it lies.

/// What every answer carries, also that a file is missing.
///
/// - Nobody guesses at the kind of a file: a browser that runs as a script what was sent as text is
///   an old way in.
/// - Pages do not tell other servers where their reader came from.
/// - Everybody may read the files. They are public and the same for all, and a page in a sandboxed
///   frame has the origin `null`: to it, its own module scripts and what it fetches come from
///   another origin.
/// - Everybody may embed the files. Pages that ask for isolation
///   (`Cross-Origin-Embedder-Policy: require-corp`) load only what says so, and show only frames
///   that ask for the same.
pub(crate) const EVERYWHERE: [(&str, &str); 5] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
];

/// The header that says how long a copy is good.
pub(crate) const CACHING: &str = "Cache-Control";

/// For what may change under its name: ask before a copy is used. The answer is short when nothing
/// changed.
pub(crate) const ASK_FIRST: &str = "no-cache";

/// For files whose names change with what is in them: a copy is good for ever (a year is the most
/// that is usual).
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// For the script that other people's pages load: an hour, so that a page with it waits for no
/// server at every visit.
pub(crate) const AN_HOUR: &str = "public, max-age=3600";

/// The folder of the files whose names change with what is in them.
pub(crate) const ASSETS: &str = "/assets/";

/// The script that other people's pages load.
pub(crate) const EMBED: &str = "/embed.js";

/// How long a copy of the file at a path is good.
pub(crate) fn caching(path: &str) -> &'static str {
    if path.starts_with(ASSETS) {
        FOR_EVER
    } else if path == EMBED {
        AN_HOUR
    } else {
        ASK_FIRST
    }
}

/// The kind of the file at a path, by its name; that of a folder is its page's.
///
/// Servers get some of them wrong. Browsers compile wasm while it arrives only if it is called
/// that, and take nothing for a module that is not called a script.
pub(crate) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map_or(name, |(_, ending)| ending) {
        "" | "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// All headers of the file at a path.
pub(crate) fn of(path: &str) -> Vec<(&'static str, &'static str)> {
    let mut headers = vec![("Content-Type", content_type(path)), (CACHING, caching(path))];
    headers.extend(EVERYWHERE);
    headers
}

/// All headers of the answer that there is no such file. It must not be kept for as long as the
/// file would be.
pub(crate) fn of_missing() -> Vec<(&'static str, &'static str)> {
    let mut headers = vec![(CACHING, ASK_FIRST)];
    headers.extend(EVERYWHERE);
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_change_are_kept_for_ever() {
        for path in [
            "/",
            "/index.html",
            "/scenarios/byoc/",
            "/sw.js",
            "/manifest.webmanifest",
            "/my/assets/x.js",
            "/scenarios/embed.js",
        ] {
            assert_eq!(caching(path), ASK_FIRST, "{path}");
        }
        assert_eq!(caching("/assets/page-0123456789abcdef.js"), FOR_EVER);
        assert_eq!(caching("/embed.js"), AN_HOUR);
    }

    #[test]
    fn kinds_go_by_the_ending() {
        for (path, kind) in [
            ("/", "text/html; charset=utf-8"),
            ("/scenarios/byoc/", "text/html; charset=utf-8"),
            ("/index.html", "text/html; charset=utf-8"),
            ("/assets/page-0123456789abcdef.wasm", "application/wasm"),
            ("/a.b/x.js", "text/javascript; charset=utf-8"),
            ("/licenses.txt", "text/plain; charset=utf-8"),
            ("/manifest.webmanifest", "application/manifest+json"),
            ("/a.html/odd", "application/octet-stream"),
            ("/index.html.br", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), kind, "{path}");
        }
    }

    #[test]
    fn every_header_is_there_once() {
        for headers in [of("/"), of("/assets/x.wasm"), of_missing()] {
            let mut names: Vec<String> =
                headers.iter().map(|(name, _)| name.to_lowercase()).collect();
            names.sort();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all);
        }
    }
}
