//! What authorities send by mail, from a real mail server to the inbox.

#[path = "../../../mailbox/tests/mailbox/dovecot.rs"]
pub mod dovecot;

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use dovecot::Dovecot;
use jiff::Timestamp;

use crate::by_hand::Hand;

pub fn listening(hand: &Hand, server: &Dovecot) {
    let settings = server.settings();
    let text = format!(
        "server = \"{}\"\nport = {}\nuser = \"{}\"\npassword_file = \"mailbox.password\"\ncertificates = \"mailbox.pem\"\n",
        settings.server, settings.port, settings.user
    );
    hand.write("provider/desk/mailbox.toml", text);
    hand.write("provider/desk/mailbox.pem", &settings.certificates);
    password(hand, settings.password.as_str());
}

fn password(hand: &Hand, is: &str) {
    let file = hand.write("provider/desk/mailbox.password", is);
    fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
}

const MAIL: &[u8] = b"From: =?utf-8?q?Kalle_Bj=C3=B6rk?= <k.bjork@polisen.example>\r\nTo: demands@hand.example\r\nSubject: Beslut AM-77-26\r\n\r\nSe bifogat beslut.\r\n";

#[test]
fn a_mail_is_a_case_at_once_with_its_sender_and_the_time_at_which_it_arrived() {
    let hand = Hand::ready();
    let server = Dovecot::start();
    listening(&hand, &server);
    server.deliver("first", MAIL);
    // It lay there for three hours before anybody looked.
    let lies = server.maildir().join("new/1700000000.first");
    let delivered = fs::metadata(&lies).unwrap().modified().unwrap();
    let arrived = delivered - Duration::from_secs(3 * 3600);
    File::options()
        .write(true)
        .open(&lies)
        .unwrap()
        .set_modified(arrived)
        .unwrap();

    let told = hand.json(&["desk", "mail"]);
    assert_eq!(told["new"].as_array().unwrap().len(), 1, "{told}");
    let case = told["new"][0].as_str().unwrap();
    let shown = hand.json(&["case", case]);
    let original = &shown["originals"][0];
    assert_eq!(original["file_name"], "Beslut AM-77-26.eml");
    assert_eq!(original["arrival"]["channel"], "email");
    assert_eq!(
        original["arrival"]["from"],
        "Kalle Björk <k.bjork@polisen.example>"
    );
    let at: Timestamp = original["arrival"]["at"].as_str().unwrap().parse().unwrap();
    let expected = Timestamp::try_from(arrived).unwrap();
    assert_eq!(at.as_second(), expected.as_second());
    // Byte for byte, and who took it in was nobody.
    let mut command = hand.command("olof");
    let given = command.args(["original", case, "1"]).output().unwrap();
    assert!(given.stdout == MAIL);
    let page = hand.run(&["case", case]).ok().out;
    assert!(page.contains("mailbox demands"), "{page}");
    assert!(lies.exists(), "the mailbox stays as it is");

    // The same message is no second case, whether it is read again or sent again.
    assert_eq!(
        hand.json(&["desk", "mail"])["new"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    server.deliver("again", MAIL);
    server.deliver("other", &[MAIL, b"Ny."].concat());
    assert_eq!(
        hand.json(&["desk", "mail"])["new"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let listed = hand.json(&["cases"]);
    assert_eq!(listed["cases"].as_array().unwrap().len(), 2, "{listed}");
    hand.run(&["desk", "verify"]).ok();
}

#[test]
fn a_mailbox_that_cannot_be_read_is_told_until_it_can() {
    let hand = Hand::ready();
    let none = hand.run(&["desk", "mail"]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("mailbox.toml"), "{}", none.err);
    let server = Dovecot::start();
    listening(&hand, &server);
    server.deliver("first", MAIL);
    let line = |matter: &str| {
        let said = hand.run(&["check", "--json"]).out;
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        let lines = said["lines"].as_array().unwrap().clone();
        lines.into_iter().find(|line| line["matter"] == matter)
    };
    assert!(line("mailbox-read").is_none());
    password(&hand, "guessed");
    let refused = hand.run(&["desk", "mail"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(
        refused.err.contains("does not let this user in"),
        "{}",
        refused.err
    );
    let failing = line("mailbox-failing").unwrap();
    assert_eq!(
        (&failing["standing"], &failing["address"]),
        (&"not-in-order".into(), &"demands".into())
    );
    password(&hand, "s3cret");
    assert_eq!(
        hand.json(&["desk", "mail"])["new"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(line("mailbox-read").unwrap()["standing"], "in-order");
    assert!(line("mailbox-failing").is_none());
    // What anybody can read is no password.
    let file = hand.path("provider/desk/mailbox.password");
    fs::set_permissions(file, PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(hand.run(&["desk", "mail"]).code, Some(1));
}
