//! chromedriver, geckodriver, WebKitWebDriver: the programs through which the browser tests steer
//! Chromium, Firefox and WebKit.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run::{output_of, program, succeeds, target};
use crate::tools::Browser;

/// How long a driver may take to listen, or to close the browsers that failed tests left open.
const PATIENCE: Duration = Duration::from_secs(5);

/// What drivers and browsers differ in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    /// What the browser tests call it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

/// A driver that runs, until it is dropped.
pub(crate) struct WebDriver {
    engine: Engine,
    driver: Process,
    port: u16,
    /// What its browsers show their windows on. It goes after the driver.
    _screen: Option<Process>,
}

impl WebDriver {
    /// Starts it on a port that is free, and waits until it listens.
    pub(crate) fn start(engine: Engine, browser: &Browser) -> Result<Self> {
        fs::create_dir_all(target())?;
        let mut command = program(&browser.driver);
        let mut screen = None;
        if let Some(server) = &browser.screen {
            let (process, display) = Process::announcing(
                program(server).args([
                    "-displayfd",
                    "1",
                    "-nolisten",
                    "tcp",
                    "-screen",
                    "0",
                    "1600x1200x24",
                ]),
                |line| line.trim().parse::<u32>().ok(),
            )?;
            command
                .env("DISPLAY", format!(":{display}"))
                .env("GDK_BACKEND", "x11")
                .env_remove("WAYLAND_DISPLAY");
            screen = Some(process);
        }
        let (driver, port) = match engine {
            Engine::Chromium => {
                let log = target().join("chromedriver.log");
                command
                    .args(["--port=0", "--log-level=INFO"])
                    .arg(format!("--log-path={}", log.display()));
                Process::announcing(&mut command, announced_port)
                    .with_context(|| format!("its log is {}", log.display()))?
            }
            Engine::Firefox => Process::announcing(
                command.args(["--host", "127.0.0.1", "--port", "0"]),
                announced_port,
            )?,
            Engine::WebKit => {
                // Tests leave nothing behind in the folders of the user.
                let home = target().join("webkit");
                for variable in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
                    command.env(variable, &home);
                }
                // Its sandbox needs what containers do not have, and the only page it shows is
                // ours.
                command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
                // It takes a port that it is told, and says nothing.
                let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
                let mut driver =
                    Process::start(command.arg(format!("--port={port}")).stdout(Stdio::null()))?;
                driver.listens(port)?;
                (driver, port)
            }
        };
        Ok(Self { engine, driver, port, _screen: screen })
    }

    /// The address for WebDriver clients.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks chromedriver to close its browsers and leave; the others have no way to be asked.
    fn ask_to_leave(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port)?;
        // Its first byte tells that it has heard us. It keeps the connection open, so there is no
        // end to wait for.
        stream.read_exact(&mut [0])
    }
}

impl Drop for WebDriver {
    /// Killed outright, chromedriver would leave the browsers of failed tests behind.
    fn drop(&mut self) {
        if self.engine == Engine::Chromium && self.ask_to_leave().is_ok() {
            let deadline = Instant::now() + PATIENCE;
            while Instant::now() < deadline && !self.driver.has_ended() {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

/// A program that runs until it is dropped; then it ends, with all that it has started.
struct Process {
    child: Child,
    name: String,
}

impl Process {
    fn start(command: &mut Command) -> Result<Self> {
        let name = Path::new(command.get_program())
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let child = command
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Self { child, name })
    }

    /// Starts a program that says on its output when it is ready, and returns what `read` makes of
    /// that line.
    fn announcing<T>(command: &mut Command, read: impl Fn(&str) -> Option<T>) -> Result<(Self, T)> {
        let mut process = Self::start(command.stdout(Stdio::piped()))?;
        let mut lines =
            BufReader::new(process.child.stdout.take().context("a program has no output")?);
        let mut line = String::new();
        let announced = loop {
            line.clear();
            if lines.read_line(&mut line)? == 0 {
                bail!("{} ended before it was ready", process.name);
            }
            if let Some(announced) = read(&line) {
                break announced;
            }
        };
        // Whatever it says later is read, so that it never waits for us.
        thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Ok((process, announced))
    }

    /// Waits until it listens on a port.
    fn listens(&mut self, port: u16) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if self.has_ended() || Instant::now() > deadline {
                bail!("{} does not listen on port {port}", self.name);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.has_ended() {
            return;
        }
        // Not by a group of processes: Ctrl-C in a terminal ends those of one group, and must reach
        // browsers too.
        if cfg!(windows) {
            succeeds(
                program("taskkill").args(["/F", "/T", "/PID"]).arg(self.child.id().to_string()),
            );
        } else {
            let descendants = descendants(self.child.id(), &processes());
            if !descendants.is_empty() {
                succeeds(
                    program("sh")
                        .args(["-c", "kill -KILL \"$@\"", "sh"])
                        .args(descendants.iter().map(u32::to_string)),
                );
            }
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// All processes, each with its parent; none where that cannot be found out.
fn processes() -> Vec<(u32, u32)> {
    let pair = |process: &str, parent: &str| Some((process.parse().ok()?, parent.parse().ok()?));
    // Linux need not have `ps`.
    let Ok(entries) = fs::read_dir("/proc") else {
        let listed =
            output_of(program("ps").args(["-A", "-o", "pid=", "-o", "ppid="])).unwrap_or_default();
        return listed
            .lines()
            .filter_map(|line| line.trim().split_once(' '))
            .filter_map(|(process, parent)| pair(process, parent.trim()))
            .collect();
    };
    let status =
        entries.flatten().filter_map(|entry| fs::read_to_string(entry.path().join("status")).ok());
    let line = |status: &str, name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    status.filter_map(|status| pair(&line(&status, "Pid:"), &line(&status, "PPid:"))).collect()
}

/// What a process has started, and what that has.
fn descendants(ancestor: u32, processes: &[(u32, u32)]) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut parents = vec![ancestor];
    while let Some(parent) = parents.pop() {
        parents.extend(
            processes
                .iter()
                .filter(|(_, of)| *of == parent)
                .map(|(process, _)| *process)
                .filter(|process| found.insert(*process)),
        );
    }
    found
}

/// The port in "ChromeDriver was started successfully on port 12345.", and in geckodriver's "… INFO
/// Listening on 127.0.0.1:12345".
fn announced_port(line: &str) -> Option<u16> {
    let (_, port) = line
        .split_once("started successfully on port ")
        .or_else(|| line.split_once("Listening on 127.0.0.1:"))?;
    port.trim().trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_announcement() {
        assert_eq!(
            announced_port("ChromeDriver was started successfully on port 40123.\n"),
            Some(40123)
        );
        assert_eq!(announced_port("Starting ChromeDriver 156.0 on port 0\n"), None);
        assert_eq!(
            announced_port("1760000000000\tgeckodriver\tINFO\tListening on 127.0.0.1:40123\n"),
            Some(40123)
        );
    }

    #[test]
    fn descendants_are_found_through_generations() {
        let processes = [(1, 0), (20, 1), (30, 20), (31, 20), (40, 30), (50, 1), (60, 50)];
        assert_eq!(descendants(20, &processes), BTreeSet::from([30, 31, 40]));
        assert_eq!(descendants(60, &processes), BTreeSet::new());
        // Some systems say that the first process is its own parent.
        assert_eq!(descendants(7, &[(7, 7)]), BTreeSet::from([7]));
    }

    #[test]
    #[cfg(unix)]
    fn nothing_that_was_started_stays() -> Result<()> {
        let mut process = Process::start(
            program("sh").args(["-c", "(sleep 20 & echo; wait) & wait"]).stdout(Stdio::piped()),
        )?;
        let mut output = process.child.stdout.take().context("no output")?;
        output.read_exact(&mut [0])?;
        let begin = Instant::now();
        drop(process);
        // It ends when the last one has gone that could write to it.
        output.read_to_end(&mut Vec::new())?;
        assert!(begin.elapsed() < Duration::from_secs(10), "what was started went on");
        Ok(())
    }
}
