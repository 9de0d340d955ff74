//! Storage of its own for a test. Where the Python that has moto lies, `LAGRUM_S3` says; without it tests say so and pass.
#![allow(
    dead_code,
    reason = "not each room that has it asks for everything of it"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use serde_json::{Value, json};

/// A server with the buckets `store`, which keeps versions, and `plain`, which does not.
pub struct Moto {
    child: Child,
    talk: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    pub port: u16,
    /// With TLS, if it was started with a certificate.
    pub secure: Option<u16>,
    /// A key, and its secret, that may read both buckets.
    pub reader: (String, String),
    /// One that may not.
    pub other: (String, String),
    /// One that may write and remove in them as well.
    pub keeper: (String, String),
}

/// Base64 of the bytes, as Python reads it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = (0..3).fold(0_usize, |all, place| {
            all << 8 | usize::from(three.get(place).copied().unwrap_or(0))
        });
        for place in 0..4 {
            text.push(match place <= three.len() {
                true => char::from(LETTERS[number >> (18 - 6 * place) & 63]),
                false => '=',
            });
        }
    }
    text
}

impl Moto {
    /// Starts it, with a certificate and its key if it is to be reached over TLS.
    pub fn start(certificate: Option<(&Path, &Path)>) -> Option<Self> {
        let Some(python) = std::env::var_os("LAGRUM_S3") else {
            println!("SKIPPED: LAGRUM_S3 does not say where moto lies");
            return None;
        };
        let mut command = Command::new(python);
        command.args(["-c", include_str!("server.py")]);
        if let Some((certificate, key)) = certificate {
            command.args([certificate, key]);
        }
        let started = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = started.unwrap();
        let to = child.stdin.take().unwrap();
        let mut from = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let port = |value: &Value| value.as_u64().map(|port| u16::try_from(port).unwrap());
        let key = |name: &str| {
            let text = |place: usize| said[name][place].as_str().unwrap().to_owned();
            (text(0), text(1))
        };
        Some(Self {
            port: port(&said["port"]).unwrap(),
            secure: port(&said["secure"]),
            reader: key("reader"),
            other: key("other"),
            keeper: key("keeper"),
            child,
            talk: Mutex::new((to, from)),
        })
    }

    /// Has it do something, and gives what it tells.
    pub fn tell(&self, name: &str, arguments: Value) -> Value {
        let (to, from) = &mut *self.talk.lock().unwrap();
        writeln!(to, "{}", json!([name, arguments])).unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{name}: the server ended");
        serde_json::from_str(&line).unwrap()
    }

    /// Puts an object, and gives its version.
    pub fn put(&self, bucket: &str, key: &str, body: &[u8], date: &str) -> String {
        self.put_with(bucket, key, body, date, &json!({}))
    }

    /// The same with metadata.
    pub fn put_with(
        &self,
        bucket: &str,
        key: &str,
        body: &[u8],
        date: &str,
        metadata: &Value,
    ) -> String {
        let told = self.tell(
            "put",
            json!({"bucket": bucket, "key": key, "body": base64(body), "date": date, "metadata": metadata}),
        );
        told.as_str().unwrap_or_default().to_owned()
    }

    /// Puts an object in pieces.
    pub fn pieces(&self, bucket: &str, key: &str, bodies: &[&[u8]], date: &str) -> String {
        let bodies: Vec<_> = bodies.iter().map(|body| base64(body)).collect();
        let told = self.tell(
            "pieces",
            json!({"bucket": bucket, "key": key, "bodies": bodies, "date": date}),
        );
        told.as_str().unwrap_or_default().to_owned()
    }

    /// Removes an object, so that a mark of that is left.
    pub fn remove(&self, bucket: &str, key: &str) {
        self.tell("remove", json!({"bucket": bucket, "key": key}));
    }

    /// All that lies in a bucket.
    pub fn all_of(&self, bucket: &str) -> String {
        self.tell("all_of", json!({ "bucket": bucket })).to_string()
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
