//! Mail to a real server and to servers that break the rules; messages to programs over real connections.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod exim;
mod hooks;
mod odd_servers;
mod settings;

use exim::Exim;
use lagrum_outgoing::{Letter, NotSent, Security, send};
use mail_parser::MessageParser;

fn letter<'l>(to: &'l str, text: &'l str) -> Letter<'l> {
    Letter {
        id: "0123456789abcdef",
        to,
        subject: "Ärende 2026-0032",
        text,
        automatic: true,
        at: "2026-11-27T02:47:00Z".parse().unwrap(),
    }
}

#[test]
fn a_mail_goes_over_tls_with_a_password_and_arrives_as_it_was_written() {
    let server = Exim::start();
    let text = format!(
        "Åäö ÆØ §\n.\n..två punkter\nFrom here\n{}\n",
        "långt ".repeat(400)
    );
    for security in [Security::Tls, Security::StartTls] {
        let taken = send(
            &server.settings(security),
            &letter("ann@polisen.example", &text),
        );
        let taken = taken.unwrap();
        assert_eq!(
            (taken.code, taken.message_id.as_str()),
            (250, "0123456789abcdef@kvist.example")
        );
    }
    for bytes in server.taken(2) {
        let mail = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(mail.subject(), Some("Ärende 2026-0032"));
        assert_eq!(mail.message_id(), Some("0123456789abcdef@kvist.example"));
        let address = |found: Option<&mail_parser::Address<'_>>| {
            let one = found.unwrap().first().unwrap();
            one.address().unwrap().to_owned()
        };
        assert_eq!(address(mail.to()), "ann@polisen.example");
        assert_eq!(address(mail.from()), "desk@kvist.example");
        assert_eq!(mail.date().unwrap().to_rfc3339(), "2026-11-27T02:47:00Z");
        let body = mail.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(body.trim_end(), text.trim_end());
        let raw = String::from_utf8_lossy(&bytes);
        assert!(raw.contains("Auto-Submitted: auto-generated"), "{raw}");
        assert!(!raw.contains("s3cret"));
    }
}

#[test]
fn what_a_server_says_no_to_is_told_by_its_code_and_whether_it_may_be_tried_again() {
    let server = Exim::start();
    let tried = |to: &str, security| send(&server.settings(security), &letter(to, "x"));
    assert_eq!(
        tried("a@nobody.example", Security::Tls),
        Err(NotSent::No(550))
    );
    assert_eq!(
        tried("a@later.example", Security::Tls),
        Err(NotSent::NotNow(451))
    );
    assert_eq!(tried("no address", Security::Tls), Err(NotSent::Malformed));
    let mut guessed = server.settings(Security::Tls);
    guessed.login = Some(("desk".to_owned(), "guessed".to_owned().into()));
    let denied = send(&guessed, &letter("ann@polisen.example", "x"));
    assert_eq!(denied, Err(NotSent::Denied(535)));
    assert!(denied.unwrap_err().later(), "an operator mends it");
    // Who nobody vouches for here gets neither the password nor the mail.
    let mut stranger = server.settings(Security::StartTls);
    stranger.certificates = vec![];
    let refused = send(&stranger, &letter("ann@polisen.example", "x"));
    assert_eq!(refused, Err(NotSent::Certificate));
    let mut other = server.settings(Security::Tls);
    other.server = "127.0.0.1".to_owned();
    assert_eq!(
        send(&other, &letter("ann@polisen.example", "x")),
        Err(NotSent::Certificate)
    );
    let mut closed = server.settings(Security::Tls);
    closed.port = 1;
    assert_eq!(
        send(&closed, &letter("ann@polisen.example", "x")),
        Err(NotSent::Unreachable)
    );
    assert!(server.taken(0).is_empty());
}
