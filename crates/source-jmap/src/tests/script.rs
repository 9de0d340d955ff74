//! A server that answers as JMAP has it, or passes on to one that runs; and before that does what a test says.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// A message.
#[derive(Clone)]
pub struct Message {
    pub id: String,
    pub mailboxes: Vec<&'static str>,
    pub received: String,
    pub bytes: Vec<u8>,
}

/// What the account `ann` has.
#[derive(Clone)]
pub struct Store {
    pub mailboxes: Vec<&'static str>,
    pub messages: Vec<Message>,
    pub state: u64,
}

impl Store {
    /// So many messages, in an inbox and another mailbox.
    pub fn of(messages: &[Vec<u8>]) -> Self {
        let all = messages.iter().enumerate().map(|(number, bytes)| Message {
            id: format!("M{number}"),
            mailboxes: vec![["inbox", "sent"][number % 2]],
            received: format!("2026-01-15T11:00:{:02}Z", number % 60),
            bytes: bytes.clone(),
        });
        Self {
            mailboxes: vec!["inbox", "sent"],
            messages: all.collect(),
            state: 1,
        }
    }

    fn answer(&self, method: &str, arguments: &Value) -> Value {
        let state = self.state.to_string();
        let count = |mailbox: &str| {
            let inside = self.messages.iter();
            inside
                .filter(|one| one.mailboxes.contains(&mailbox))
                .count()
        };
        match method {
            "Mailbox/get" => {
                let list = self.mailboxes.iter().map(|id| {
                    let role = (*id == "inbox").then_some("inbox");
                    let rights = json!({"mayReadItems": true, "mayAddItems": true});
                    json!({"id": id, "role": role, "totalEmails": count(id), "myRights": rights})
                });
                let list: Vec<_> = list.collect();
                json!({"accountId": "ann", "state": state, "list": list, "notFound": []})
            }
            "Email/query" => {
                let number = |field: &str| arguments[field].as_u64().unwrap() as usize;
                let (position, limit) = (number("position"), number("limit"));
                let ids = self.messages.iter().map(|one| one.id.clone());
                let ids: Vec<_> = ids.skip(position).take(limit).collect();
                json!({
                    "accountId": "ann", "queryState": state, "canCalculateChanges": false,
                    "position": position.min(self.messages.len()), "total": self.messages.len(), "ids": ids,
                })
            }
            "Email/get" => {
                let (mut list, mut gone) = (vec![], vec![]);
                for id in arguments["ids"].as_array().unwrap() {
                    match self.messages.iter().find(|one| json!(one.id) == *id) {
                        Some(one) => {
                            let inside = one
                                .mailboxes
                                .iter()
                                .map(|id| ((*id).to_owned(), json!(true)));
                            let inside = Value::Object(inside.collect());
                            list.push(json!({
                                "id": id, "blobId": format!("B{}", one.id), "mailboxIds": inside,
                                "size": one.bytes.len(), "receivedAt": one.received,
                            }));
                        }
                        None => gone.push(id.clone()),
                    }
                }
                json!({"accountId": "ann", "state": state, "list": list, "notFound": gone})
            }
            other => panic!("{other} changes something, or is not known"),
        }
    }
}

/// What a server says of itself to `ann`.
pub fn session() -> Value {
    json!({
        "username": "ann", "apiUrl": "/jmap/api", "state": "0",
        "downloadUrl": "/jmap/blob/{accountId}/{blobId}/{name}?accept={type}",
        "capabilities": {
            "urn:ietf:params:jmap:core": {"maxSizeRequest": 5000, "maxObjectsInGet": 5},
            "urn:ietf:params:jmap:mail": {},
        },
        "accounts": {
            "ann": {"name": "ann", "isPersonal": true, "accountCapabilities": {"urn:ietf:params:jmap:mail": {}}},
            "birk": {"name": "birk", "isPersonal": false, "accountCapabilities": {"urn:ietf:params:jmap:mail": {}}},
        },
        "primaryAccounts": {"urn:ietf:params:jmap:mail": "ann"},
    })
}

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `session`, `blob`, or a method's name.
    pub what: String,
    /// The first line and the headers.
    pub head: String,
}

/// What happens to one request.
pub enum Deed {
    /// It is answered.
    Pass,
    /// This is answered.
    Answer(Vec<u8>),
    /// The answer's body is changed.
    Changed(Box<dyn Fn(&str) -> String>),
    /// So much of the answer arrives.
    Cut(usize),
}

/// An answer.
pub fn answer(status: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// What happens to a request of this number, from 0, of those of its kind.
type Deeds = dyn Fn(&Asked, usize, &mut Store) -> Deed + Send + Sync;

/// A server that runs until the test ends.
pub struct Script {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Script {
    /// One that has what is in `store`.
    pub fn of(store: Store, deeds: Box<Deeds>) -> Self {
        Self::start(store, None, deeds)
    }

    /// One that passes on to another.
    pub fn before(server: u16, deeds: Box<Deeds>) -> Self {
        Self::start(Store::of(&[]), Some(server), deeds)
    }

    fn start(store: Store, server: Option<u16>, deeds: Box<Deeds>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let kept = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut store = store;
            for client in listener.incoming().map_while(Result::ok) {
                one(client, server, &*deeds, &kept, &mut store);
            }
        });
        Self { port, asked }
    }

    /// What was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn one(
    mut client: TcpStream,
    server: Option<u16>,
    deeds: &Deeds,
    asked: &Mutex<Vec<Asked>>,
    store: &mut Store,
) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        match client.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is = name.eq_ignore_ascii_case("content-length");
        is.then(|| value.parse::<usize>().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    client.read_exact(&mut body).unwrap();
    let call: Option<Value> = serde_json::from_slice(&body).ok();
    let call = call.map(|call| {
        assert_eq!(call["methodCalls"].as_array().unwrap().len(), 1);
        call["methodCalls"][0].clone()
    });
    let method = call.as_ref().and_then(|call| call[0].as_str());
    let what = match method {
        Some(method) => method,
        None if head.starts_with("GET /jmap/ ") => "session",
        None => "blob",
    };
    let now = Asked {
        what: what.to_owned(),
        head: head.clone(),
    };
    let number = {
        let mut asked = asked.lock().unwrap();
        asked.push(now.clone());
        asked.iter().filter(|one| one.what == now.what).count() - 1
    };
    let deed = deeds(&now, number, store);
    let usual = || match server {
        Some(port) => passed_on(port, &head, &body),
        None => match (&call, what) {
            (Some(call), method) => {
                let told = store.answer(method, &call[1]);
                let told =
                    json!({"methodResponses": [[method, told, call[2]]], "sessionState": "0"});
                answer("200 OK", "", told.to_string().as_bytes())
            }
            (None, "session") => answer("200 OK", "", session().to_string().as_bytes()),
            (None, _) => {
                let path = head.split(' ').nth(1).unwrap();
                let of = |one: &&Message| path.contains(&format!("/BM{}/", &one.id[1..]));
                match store.messages.iter().find(of) {
                    Some(one) => answer("200 OK", "", &one.bytes),
                    None => answer("404 Not Found", "", b""),
                }
            }
        },
    };
    let told = match deed {
        Deed::Answer(told) => told,
        Deed::Pass => usual(),
        Deed::Changed(change) => {
            let told = String::from_utf8(usual()).unwrap();
            let (_, body) = told.split_once("\r\n\r\n").unwrap();
            answer("200 OK", "", change(body).as_bytes())
        }
        Deed::Cut(most) => {
            let mut told = usual();
            let body = told.windows(4).position(|four| four == b"\r\n\r\n");
            told.truncate(body.unwrap() + 4 + most);
            told
        }
    };
    let _ = client.write_all(&told);
    let _ = client.shutdown(Shutdown::Both);
}

fn passed_on(port: u16, head: &str, body: &[u8]) -> Vec<u8> {
    let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let head = head.strip_suffix("\r\n").unwrap();
    let head = format!("{head}Connection: close\r\n\r\n");
    server.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut told = Vec::new();
    let _ = server.read_to_end(&mut told);
    told
}
