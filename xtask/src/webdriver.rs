//! chromedriver: the program through which the browser tests steer Chromium.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run::{program, target};

/// How long chromedriver may take to close the browsers that failed tests left open.
const PATIENCE: Duration = Duration::from_secs(5);

/// A chromedriver that runs, until it is dropped.
pub(crate) struct WebDriver {
    child: Child,
    port: u16,
}

impl WebDriver {
    /// Starts it on a port that it chooses itself, and waits until it listens.
    pub(crate) fn start(chromedriver: &Path) -> Result<Self> {
        fs::create_dir_all(target())?;
        let log = target().join("chromedriver.log");
        let mut child = program(chromedriver)
            .args(["--port=0", "--log-level=INFO"])
            .arg(format!("--log-path={}", log.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", chromedriver.display()))?;
        let mut lines = BufReader::new(child.stdout.take().context("chromedriver has no output")?);
        let mut line = String::new();
        let port = loop {
            line.clear();
            if lines.read_line(&mut line)? == 0 {
                child.kill().ok();
                child.wait().ok();
                bail!("chromedriver ended before it listened; its log is {}", log.display());
            }
            if let Some(port) = announced_port(&line) {
                break port;
            }
        };
        // Whatever it says later is read, so that it never waits for us.
        thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok(Self { child, port })
    }

    /// The address for WebDriver clients.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks it to close its browsers and leave.
    fn ask_to_leave(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port)?;
        // Its first byte tells that it has heard us. It keeps the connection open, so there is no end to wait for.
        stream.read_exact(&mut [0])
    }
}

impl Drop for WebDriver {
    /// Killed outright, it would leave the browsers of failed tests behind.
    fn drop(&mut self) {
        if self.ask_to_leave().is_ok() {
            let deadline = Instant::now() + PATIENCE;
            while Instant::now() < deadline {
                if matches!(self.child.try_wait(), Ok(Some(_))) {
                    return;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The port in "ChromeDriver was started successfully on port 12345."
fn announced_port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim().trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_announcement() {
        assert_eq!(announced_port("ChromeDriver was started successfully on port 40123.\n"), Some(40123));
        assert_eq!(announced_port("Starting ChromeDriver 156.0 on port 0\n"), None);
    }
}
