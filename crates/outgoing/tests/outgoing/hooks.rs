//! Messages to programs, over real connections.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use lagrum_https::Server;
use lagrum_model::{CaseId, NewsKind};
use lagrum_outgoing::{Hook, HookSettings, NotSent, hook_body, post};
use sha2::Sha256;
use zeroize::Zeroizing;

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

fn settings(port: u16) -> HookSettings {
    HookSettings {
        name: "pager".to_owned(),
        server: Server {
            private: true,
            ..Server::at(&format!("http://127.0.0.1:{port}/hook?a=b")).unwrap()
        },
        secret: Zeroizing::new(SECRET.to_vec()),
        news: vec![],
    }
}

/// A receiver that answers each request with `answer`, and hands on what it was sent.
fn receiver(answer: &'static str) -> (HookSettings, Receiver<String>) {
    let (send, receive) = channel();
    let port = server(move |mut stream| {
        let request = read(&mut stream);
        let _ = send.send(request);
        let _ = stream.write_all(answer.as_bytes());
    });
    (settings(port), receive)
}

fn server(what: impl Fn(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            what(stream);
        }
    });
    port
}

fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let got = stream.read(&mut piece).unwrap_or(0);
        bytes.extend_from_slice(&piece[..got]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = header(head, "content-length").parse().unwrap_or(0);
            body.len() >= length
        });
        if whole || got == 0 {
            return text;
        }
    }
}

fn header(head: &str, name: &str) -> String {
    let found = head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

fn sent(settings: &HookSettings) -> Result<u16, NotSent> {
    let body = hook_body(
        NewsKind::Emergency,
        &CaseId::new(2026, 32),
        "2026-11-27T02:47:00Z".parse().unwrap(),
    );
    let hook = Hook {
        id: "msg_1",
        body: &body,
        at: "2026-11-27T02:47:05Z".parse().unwrap(),
    };
    post(settings, &hook).map(|told| told.status)
}

#[test]
fn a_receiver_verifies_what_it_is_told_as_standard_webhooks_say() {
    let (settings, got) = receiver("HTTP/1.1 204 No Content\r\n\r\n");
    assert_eq!(sent(&settings), Ok(204));
    let request = got.recv().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /hook?a=b HTTP/1.1"), "{head}");
    let (id, second) = (
        header(head, "webhook-id"),
        header(head, "webhook-timestamp"),
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET).unwrap();
    mac.update(format!("{id}.{second}.{body}").as_bytes());
    let given = header(head, "webhook-signature");
    let given = STANDARD.decode(given.strip_prefix("v1,").unwrap()).unwrap();
    mac.verify_slice(&given).unwrap();
    assert_eq!((id.as_str(), second.as_str()), ("msg_1", "1795747625"));
    assert_eq!(
        body,
        r#"{"type":"emergency","timestamp":"2026-11-27T02:47:00Z","data":{"case":"2026-0032"}}"#
    );
    // Sent again it has the same name, so that the receiver knows it.
    assert_eq!(sent(&settings), Ok(204));
    let again = got.recv().unwrap();
    assert_eq!(
        header(again.split_once("\r\n\r\n").unwrap().0, "webhook-id"),
        id
    );
}

#[test]
fn no_redirect_is_followed_and_each_answer_is_told_by_its_status() {
    let (settings, _got) = receiver(
        "HTTP/1.1 307 Elsewhere\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n",
    );
    assert_eq!(sent(&settings), Err(NotSent::No(307)));
    for (answer, expected) in [
        (
            "HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n",
            NotSent::No(410),
        ),
        ("HTTP/1.1 401 No\r\n\r\n", NotSent::No(401)),
        ("HTTP/1.1 429 Later\r\n\r\n", NotSent::NotNow(429)),
        ("HTTP/1.1 503 Later\r\n\r\n", NotSent::NotNow(503)),
        ("220 mail here\r\n", NotSent::BrokeOff),
        ("", NotSent::BrokeOff),
    ] {
        assert_eq!(sent(&receiver(answer).0), Err(expected), "{answer}");
    }
}

#[test]
fn an_endless_answer_and_a_slow_one_end() {
    let endless = server(|mut stream| {
        let _ = read(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        let mut sent = 0_u64;
        while stream.write_all(b"x-more: and more\r\n").is_ok() {
            sent += 18;
            assert!(sent < 64 << 20, "nobody stops reading");
        }
    });
    assert_eq!(sent(&settings(endless)), Err(NotSent::BrokeOff));
    // A body without an end is not read at all.
    let body = server(|mut stream| {
        let _ = read(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        while stream.write_all(b"4\r\nmore\r\n").is_ok() {}
    });
    assert_eq!(sent(&settings(body)), Ok(200));
    let hangs = server(|mut stream| {
        let _ = read(&mut stream);
        thread::sleep(Duration::from_secs(600));
    });
    let begin = Instant::now();
    assert_eq!(sent(&settings(hangs)), Err(NotSent::TooSlow));
    assert!(begin.elapsed() < Duration::from_secs(45));
}

#[test]
fn a_private_address_is_refused_unless_the_settings_allow_it() {
    let (mut settings, got) = receiver("HTTP/1.1 204 No Content\r\n\r\n");
    settings.server.private = false;
    assert_eq!(sent(&settings), Err(NotSent::Private));
    settings.server.host = "localhost".to_owned();
    assert_eq!(sent(&settings), Err(NotSent::Private));
    assert!(got.try_recv().is_err());
}

#[test]
fn a_receiver_over_https_proves_its_name() {
    let server = super::exim::Exim::start();
    // Exim speaks TLS and no HTTP: whoever vouches for it is known, or not.
    let mut settings = settings(server.tls);
    settings.server.secure = true;
    settings.server.host = "localhost".to_owned();
    assert_eq!(sent(&settings), Err(NotSent::Certificate));
    settings.server.certificates = server.certificate();
    assert_eq!(sent(&settings), Err(NotSent::BrokeOff));
}
