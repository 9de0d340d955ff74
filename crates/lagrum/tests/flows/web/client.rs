//! A browser, as far as a server sees one.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Where it says to go on.
    pub fn to(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// The page, if it is one.
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.text());
        self
    }

    pub fn says(&self, words: &str) {
        // A blank at which no line ends is a blank.
        let text = self.text().replace('\u{a0}', " ");
        assert!(text.contains(words), "no `{words}` in\n{text}");
    }

    pub fn says_not(&self, words: &str) {
        let text = self.text().replace('\u{a0}', " ");
        assert!(!text.contains(words), "`{words}` in\n{text}");
    }
}

/// Cookies, and what the browser says of itself.
#[derive(Clone)]
pub struct Browser {
    pub port: u16,
    pub cookies: Vec<(String, String)>,
    pub name: String,
}

impl Browser {
    pub fn new(port: u16) -> Self {
        Self {
            port,
            cookies: vec![],
            name: "a browser of the tests".into(),
        }
    }

    fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], &[])
    }

    /// A form of one of our pages.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.form(path, fields, &[("Sec-Fetch-Site", "same-origin")])
    }

    /// A form with other headers.
    pub fn form(&mut self, path: &str, fields: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{}={}", coded(name), coded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let mut headers = vec![("Content-Type", "application/x-www-form-urlencoded")];
        headers.extend(more);
        self.send("POST", path, &headers, body.as_bytes())
    }

    /// A form with files.
    pub fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend(head.as_bytes());
            body.extend(value.as_bytes());
            body.extend(b"\r\n");
        }
        for (name, bytes) in files {
            let head = format!(
                "--xyz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--xyz--\r\n");
        let headers = [
            ("Content-Type", "multipart/form-data; boundary=xyz"),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send("POST", path, &headers, &body)
    }

    /// Any request.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        let own = |name: &str| {
            headers
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        if !own("host") {
            head.push_str(&format!("Host: {}\r\n", self.host()));
        }
        head.push_str(&format!("User-Agent: {}\r\n", self.name));
        if !self.cookies.is_empty() {
            let all = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            head.push_str(&format!(
                "Cookie: {}\r\n",
                all.collect::<Vec<_>>().join("; ")
            ));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if method == "POST" {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let answer = raw(self.port, head.as_bytes(), body);
        for (name, value) in &answer.headers {
            if name == "set-cookie" {
                self.take(value);
            }
        }
        answer
    }

    fn take(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').unwrap_or_default();
        self.cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The value of a hidden field or an attribute of the page.
    pub fn hidden(page: &Answer, name: &str) -> String {
        let text = page.text();
        let at = format!("name=\"{name}\" value=\"");
        let rest = text
            .split_once(&at)
            .unwrap_or_else(|| panic!("no field {name} in\n{text}"));
        rest.1
            .split('"')
            .next()
            .unwrap_or_default()
            .replace("&amp;", "&")
    }
}

/// Sends bytes, and reads the answer to its end.
pub fn raw(port: u16, head: &[u8], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    stream.write_all(head).unwrap();
    // A server that refuses need not read it all.
    let _ = stream.write_all(body);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    parse(&bytes)
}

pub fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let Some(end) = end else {
        return Answer {
            status: 0,
            headers: vec![],
            bytes: bytes.to_vec(),
        };
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    Answer {
        status: status.unwrap_or(0),
        headers: headers.collect(),
        bytes: bytes[end + 4..].to_vec(),
    }
}

fn coded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(byte as char),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
