//! A wire to storage that writes down what is asked, and may answer otherwise.
#![allow(dead_code, reason = "not each room that has it does everything on it")]

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What happens to one request.
pub enum Deed {
    /// The storage answers.
    Pass,
    /// Something else is answered.
    Answer(Vec<u8>),
    /// The storage answers, and its answer is changed.
    Changed(Box<dyn Fn(String) -> String>),
    /// The same of an answer that is no text.
    ChangedBytes(fn(&mut Vec<u8>)),
    /// The storage answers, and so much of its body arrives.
    Cut(usize),
    /// So much of the request's body goes on, and then nothing in either direction.
    CutAsked(usize),
    /// The storage does it, and nobody hears that.
    Unheard,
}

/// What happens to the request of this line and this number, from 0.
type Deeds = dyn Fn(&str, usize) -> Deed + Send + Sync;

/// A wire to a server on this machine.
pub struct Wire {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

/// An answer that refuses.
pub fn refusal(status: &str, code: &str) -> Deed {
    let body = format!(
        "<?xml version=\"1.0\"?><Error><Code>{code}</Code><AWSAccessKeyId>told</AWSAccessKeyId></Error>"
    );
    let head = format!(
        "HTTP/1.1 {status}\r\nDate: Sun, 01 Mar 2026 00:00:00 GMT\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    Deed::Answer((head + &body).into_bytes())
}

impl Wire {
    pub fn to(server: u16, deeds: Box<Deeds>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (deeds, kept): (Arc<Deeds>, _) = (deeds.into(), Arc::clone(&asked));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (deeds, asked) = (Arc::clone(&deeds), Arc::clone(&kept));
                std::thread::spawn(move || one(client, server, &*deeds, &asked));
            }
        });
        Self { port, asked }
    }

    /// The requests' first lines.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn one(mut client: TcpStream, server: u16, deeds: &Deeds, asked: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match client.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let line = text.lines().next().unwrap_or_default().to_owned();
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let length = name
            .eq_ignore_ascii_case("content-length")
            .then_some(value)?;
        length.trim().parse().ok()
    });
    let mut body = vec![0; length.unwrap_or(0)];
    if client.read_exact(&mut body).is_err() {
        return;
    }
    let number = {
        let mut asked = asked.lock().unwrap();
        asked.push(line.clone());
        asked.len() - 1
    };
    let deed = deeds(&line, number);
    let answer = match deed {
        Deed::Answer(answer) => answer,
        deed => {
            let mut server = TcpStream::connect(("127.0.0.1", server)).unwrap();
            head.truncate(head.len() - 2);
            head.extend_from_slice(b"Connection: close\r\n\r\n");
            server.write_all(&head).unwrap();
            if let Deed::CutAsked(most) = deed {
                let _ = server.write_all(&body[..most.min(body.len())]);
                let _ = server.shutdown(Shutdown::Both);
                let _ = client.shutdown(Shutdown::Both);
                return;
            }
            server.write_all(&body).unwrap();
            let mut answer = Vec::new();
            let _ = server.read_to_end(&mut answer);
            match deed {
                Deed::Changed(change) => change(String::from_utf8(answer).unwrap()).into_bytes(),
                Deed::Cut(most) => {
                    let body = answer
                        .windows(4)
                        .position(|four| four == b"\r\n\r\n")
                        .unwrap()
                        + 4;
                    answer.truncate(body + most);
                    answer
                }
                Deed::ChangedBytes(change) => {
                    change(&mut answer);
                    answer
                }
                Deed::Unheard => Vec::new(),
                _ => answer,
            }
        }
    };
    let _ = client.write_all(&answer);
    let _ = client.shutdown(Shutdown::Both);
}
