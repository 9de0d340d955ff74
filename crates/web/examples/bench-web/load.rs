//! People in front of browsers, as far as a server sees them: a connection that stays open, one page
//! after the other.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const BROWSER: &str = "a browser of the benchmark";

/// One who looks at pages.
pub struct Visitor {
    stream: BufReader<TcpStream>,
    port: u16,
    cookie: String,
}

impl Visitor {
    /// One whom nobody knows yet.
    pub fn new(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server");
        stream.set_nodelay(true).expect("a socket");
        Self {
            stream: BufReader::new(stream),
            port,
            cookie: String::new(),
        }
    }

    /// Opens the link that somebody gave, and is signed in.
    pub fn sign_in(port: u16, path: &str) -> Self {
        let mut visitor = Self::new(port);
        let (status, head, _) = visitor.ask("POST", path);
        assert_eq!(status, 303, "{head}");
        let cookie = head
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .expect("a session");
        visitor.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        visitor
    }

    /// A page, and how long it took to come whole.
    pub fn page(&mut self, path: &str) -> (Duration, String) {
        let began = Instant::now();
        let (status, _, body) = self.ask("GET", path);
        let took = began.elapsed();
        assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&body));
        (took, String::from_utf8(body).expect("text"))
    }

    /// As a browser does it: a connection that the server closed while nothing was asked is opened anew.
    fn ask(&mut self, method: &str, path: &str) -> (u16, String, Vec<u8>) {
        if let Some(answer) = self.try_ask(method, path) {
            return answer;
        }
        self.stream = Self::new(self.port).stream;
        self.try_ask(method, path).expect("an answer")
    }

    /// None if nothing came back, because the connection was closed.
    fn try_ask(&mut self, method: &str, path: &str) -> Option<(u16, String, Vec<u8>)> {
        let (port, cookie) = (self.port, &self.cookie);
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nUser-Agent: {BROWSER}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"
        );
        let sent = self.stream.get_mut().write_all(request.as_bytes());
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = sent
                .is_ok()
                .then(|| self.stream.read_line(&mut head).ok())
                .flatten();
            if read.is_none_or(|read| read == 0) {
                assert!(head.is_empty(), "no whole answer: {head}");
                return None;
            }
        }
        let number = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|text| text.trim().parse().ok())
        };
        let mut body = vec![0; number("content-length: ").expect("a length")];
        self.stream.read_exact(&mut body).expect("a page");
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
        Some((status.expect("a status"), head, body))
    }
}

/// What many measurements were.
pub struct Times(Vec<Duration>);

impl Times {
    pub fn of(mut all: Vec<Duration>) -> Self {
        all.sort();
        Self(all)
    }

    /// So that this part of them was as fast or faster, in milliseconds.
    pub fn at(&self, part: f64) -> f64 {
        let place = (self.0.len() as f64 * part) as usize;
        self.0[place.min(self.0.len() - 1)].as_secs_f64() * 1000.0
    }
}

/// Everybody looks at the pages in turn, each beginning at another one, so many times, and reads for
/// some time between two of them.
pub fn at_once(
    visitors: &mut [Visitor],
    pages: &[String],
    rounds: usize,
    reading: Duration,
) -> Times {
    let many = visitors.len() as u32;
    let took = thread::scope(|scope| {
        let all: Vec<_> = visitors
            .iter_mut()
            .enumerate()
            .map(|(number, visitor)| {
                scope.spawn(move || {
                    thread::sleep(reading / many * number as u32);
                    let mut times = Vec::new();
                    for round in 0..rounds {
                        let page = &pages[(number + round) % pages.len()];
                        times.push(visitor.page(page).0);
                        thread::sleep(reading);
                    }
                    times
                })
            })
            .collect();
        let times = all.into_iter().map(|one| one.join().expect("a visitor"));
        times.flatten().collect()
    });
    Times::of(took)
}
