use std::os::unix::fs::symlink;

use tempfile::TempDir;

use super::*;
use crate::testing::scratch;
use crate::testing::{dated, gzip, write, zstandard};

/// Locators and contents.
type Messages = Vec<(String, Vec<u8>)>;

fn all(path: &Path) -> Result<(MailKind, Messages), SourceError> {
    let mut messages = Vec::new();
    let kind = messages_of(path, scratch(), &mut |message| {
        let mut bytes = Vec::new();
        message.content.read_to_end(&mut bytes).expect("readable");
        assert_eq!(bytes.len() as u64, message.length);
        messages.push((message.locator.to_owned(), bytes));
        Ok(())
    })?;
    Ok((kind, messages))
}

fn locators(messages: &[(String, Vec<u8>)]) -> Vec<&str> {
    messages
        .iter()
        .map(|(locator, _)| locator.as_str())
        .collect()
}

#[test]
fn each_kind_of_mail_is_told_by_looking() {
    let root = TempDir::new().expect("a directory");
    let path = |name: &str| root.path().join(name);
    let message = dated("Wed, 1 Jul 2020 12:00:00 +0200");
    write(&path("maildir/new/2"), &message);
    write(&path("maildir/cur/1:2,S"), &message);
    write(&path("maildir/.Sent/cur/3"), &message);
    write(&path("folder/b/1.eml"), &message);
    write(&path("folder/a.eml"), &message);
    write(&path("folder/a.json"), b"{}");
    let between = b"\nFrom b Wed Jul  1 12:00:00 2020\n";
    let mbox = [b"From a\n", &message[..], between, &message[..]].concat();
    write(&path("plain"), &mbox);
    write(&path("packed"), &gzip(&mbox));
    write(&path("frame"), &zstandard(&mbox));
    symlink(path("maildir"), path("link")).expect("a link");

    for name in ["maildir", "link"] {
        let (kind, messages) = all(&path(name)).expect(name);
        assert_eq!(kind, MailKind::Maildir);
        assert_eq!(locators(&messages), ["cur/1:2,S", "new/2", ".Sent/cur/3"]);
    }
    let (kind, messages) = all(&path("folder")).expect("folder");
    assert_eq!(kind, MailKind::EmlFolder);
    assert_eq!(locators(&messages), ["a.eml", "b/1.eml"]);
    for name in ["plain", "packed", "frame"] {
        let (kind, messages) = all(&path(name)).expect(name);
        assert_eq!(kind, MailKind::Mbox);
        let length = message.len();
        let second = format!("bytes {}+{length}", 7 + length + between.len());
        assert_eq!(
            locators(&messages),
            [format!("bytes 7+{length}").as_str(), &second]
        );
        assert!(messages.iter().all(|(_, bytes)| *bytes == message));
    }
}

#[test]
fn what_holds_no_mail_is_an_error() {
    let root = TempDir::new().expect("a directory");
    write(&root.path().join("empty/notes.txt"), b"x");
    write(&root.path().join("text"), b"Subject: x\n");
    write(&root.path().join("nothing"), b"");
    for name in ["empty", "text", "nothing", "not-there"] {
        assert!(all(&root.path().join(name)).is_err(), "{name}");
    }
}

#[test]
fn an_import_ends_when_a_message_is_refused() {
    let root = TempDir::new().expect("a directory");
    let path = root.path().join("box");
    write(&path, b"From a\nx\n\nFrom b\ny\n");
    let mut seen = 0;
    let result = messages_of(&path, scratch(), &mut |_| {
        seen += 1;
        Err(lagrum_source::SinkError("full".into()).into())
    });
    assert!(matches!(result, Err(SourceError::Sink(_))));
    assert_eq!(seen, 1);
}
