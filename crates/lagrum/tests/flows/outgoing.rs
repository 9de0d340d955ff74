//! What goes out by itself, from the desk to a real mail server: nothing of a demand is in it.

#[path = "../../../outgoing/tests/outgoing/exim.rs"]
pub mod exim;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use exim::Exim;
use lagrum_outgoing::Security;

use crate::by_hand::Hand;

/// Words of the demand that no mail may hold: whose account, what for, who asks, by which reference.
const MARKERS: [&str; 8] = [
    "ann@hand.example",
    "annie@hand.example",
    "narcotics",
    "Polismyndigheten",
    "K. Ek",
    "Stockholms tingsr",
    "AM-4711",
    "polisen.example",
];

/// A program that is told; gives what it was sent.
fn receiver() -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (send, receive) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut bytes = vec![0; 16 << 10];
            let mut filled = 0;
            while let Ok(got @ 1..) = stream.read(&mut bytes[filled..]) {
                filled += got;
                if String::from_utf8_lossy(&bytes[..filled]).contains("}}") {
                    break;
                }
            }
            let text = String::from_utf8_lossy(&bytes[..filled]).into_owned();
            let _ = send.send(text);
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
        }
    });
    (port, receive)
}

fn private(hand: &Hand, name: &str, text: &str) {
    let file = hand.write(&format!("provider/desk/{name}"), text);
    fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
}

pub fn set_up(hand: &Hand, server: &Exim, port: u16, letters: &str) {
    private(hand, "outgoing.password", "s3cret\n");
    private(
        hand,
        "pager.secret",
        "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n",
    );
    hand.write("provider/desk/smtp.pem", server.certificate());
    let settings = server.settings(Security::StartTls);
    hand.write(
        "provider/desk/outgoing.toml",
        format!(
            "desk = \"https://desk.hand.example\"\n[mail]\nserver = \"localhost\"\nsecurity = \"starttls\"\nport = {}\nuser = \"desk\"\n\
             password_file = \"outgoing.password\"\nfrom = \"Hand Mail <desk@hand.example>\"\ncertificates = \"smtp.pem\"\nletters = [{letters}]\n\
             [[receiver]]\nname = \"pager\"\nurl = \"http://127.0.0.1:{port}/hook\"\nsecret_file = \"pager.secret\"\nprivate = true\n\
             news = [\"emergency\", \"new-case\", \"for-counsel\", \"agent-answered\"]\n",
            settings.port
        ),
    );
    let people = hand.path("provider/desk/people.toml");
    let text = fs::read_to_string(&people).unwrap();
    let text = text
        .replace(
            "id = \"olof\"\n",
            "id = \"olof\"\nmail = \"olof@hand.example\"\n",
        )
        .replace(
            "id = \"maja\"\n",
            "id = \"maja\"\nmail = \"maja@hand.example\"\n",
        );
    fs::write(people, text).unwrap();
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn no_mail_and_no_message_holds_anything_of_a_demand() {
    let hand = Hand::ready();
    let server = Exim::start();
    let (port, told) = receiver();
    set_up(&hand, &server, port, "");
    hand.run(&["desk", "send-out"]).ok();
    hand.write("demand.toml", hand.demand("AM-4711"));
    let case = hand.decided();
    let mut sent = hand.json(&["desk", "send-out"])["sent"].as_u64().unwrap();
    for who in ["olof", "maja"] {
        hand.approve(&case, who).ok();
    }
    hand.run(&["agent", "run"]).ok();
    hand.run(&["deliver", &case]).ok();
    let emergency = hand.write("scan.pdf", "ann@hand.example narcotics AM-4711");
    let from = "K. Ek <k.ek@polisen.example>";
    let taken = hand.json(&["intake", &emergency, "--emergency", "--from", from]);
    let night = taken["cases"][0]["case"].as_str().unwrap();
    let ran = hand.json(&["desk", "send-out"]);
    sent += ran["sent"].as_u64().unwrap();
    assert!(sent >= 8, "{sent} {ran}");
    assert_eq!((&ran["later"], &ran["given_up"]), (&0.into(), &0.into()));
    let hooks: Vec<_> = told.try_iter().collect();
    let mails = server.taken(usize::try_from(sent).unwrap() - hooks.len());
    assert!(hooks.len() >= 4 && mails.len() >= 4, "{hooks:?}");
    for message in mails.iter().map(|bytes| text(bytes)).chain(hooks.clone()) {
        for marker in MARKERS {
            let plain = message.replace("=\r\n", "").replace("=\n", "");
            assert!(!plain.contains(marker), "{marker}: {message}");
        }
    }
    let all: String = mails.iter().map(|bytes| text(bytes)).collect();
    for said in [
        format!("Subject: New case {case}"),
        format!("https://desk.hand.example/cases/{case}"),
        format!("Subject: Case {case} waits for your signature"),
        format!("Subject: Emergency: case {night}"),
        format!("https://desk.hand.example/cases/{night}/night"),
    ] {
        assert!(all.contains(&said), "{said}: {all}");
    }
    assert!(
        hooks
            .iter()
            .all(|hook| hook.contains("webhook-signature: v1,"))
    );
    // What went out does not go out again.
    assert_eq!(hand.json(&["desk", "send-out"])["sent"], 0);
}

#[test]
fn a_letter_is_sent_when_the_mail_server_took_it_and_not_before() {
    let hand = Hand::ready();
    let server = Exim::start();
    let (port, _told) = receiver();
    set_up(&hand, &server, port, "\"acknowledgement\"");
    hand.run(&["desk", "send-out"]).ok();
    hand.write("demand.toml", hand.demand("AM-4711"));
    let taken = hand.json(&["intake", &hand.path("demand.toml")]);
    let case = taken["cases"][0]["case"].as_str().unwrap().to_owned();
    let letter = hand.write(
        "letter.txt",
        "Mottagningsbevis\n\nEr begäran har kommit in.\n",
    );
    let send = |kind: &str, to: &str| {
        hand.run(&[
            "letter", &case, kind, "--send", &letter, "--to", to, "--by", "email",
        ])
    };
    let refused = send("question", "k.ek@polisen.example");
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("by itself"), "{}", refused.err);
    send("acknowledgement", "K. Ek <k.ek@nobody.example>").ok();
    let sent = || {
        hand.json(&["letter", &case])["sent"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(sent(), 0);
    hand.run(&["desk", "send-out"]).ok();
    assert_eq!(sent(), 0, "the server said no");
    let line = |matter: &str| {
        let said = hand.run(&["check", "--json"]).out;
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        let lines = said["lines"].as_array().unwrap().clone();
        lines.into_iter().find(|line| line["matter"] == matter)
    };
    assert_eq!(line("letter-not-sent").unwrap()["case"], case.as_str());
    let page = || {
        let page = hand.run(&["case", &case]).ok().out;
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let shown = page();
    assert!(
        shown.contains("letter not sent: the server says no (550)"),
        "{shown}"
    );
    send("acknowledgement", "K. Ek <k.ek@polisen.example>").ok();
    hand.run(&["desk", "send-out"]).ok();
    assert_eq!(sent(), 1);
    let shown = page();
    assert!(shown.contains("taken by the mail server (250)"), "{shown}");
    hand.run(&["desk", "verify"]).ok();
    // What cannot be used is told, where it is set up and where it is looked after.
    hand.write("provider/desk/outgoing.toml", "[mail]\nserver = \"x\"\n");
    assert_eq!(hand.run(&["desk", "send-out"]).code, Some(1));
    assert_eq!(line("file-fault").unwrap()["file"], "outgoing.toml");
}
