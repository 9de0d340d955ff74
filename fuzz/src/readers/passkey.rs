//! A passkey and what it signed, from anybody: a line of a note, a key, what a browser hands over.
use lagrum_notes::testing::Passkey;
use lagrum_notes::{
    Assertion, PasskeyKey, VerifyingKey, assemble, passkey_line, role, verify_note,
};

pub(crate) const ORIGIN: &str = "https://desk.kvist.example";
pub(crate) const NAME: &str = "kvist.example/maja-passkey";
pub(crate) const TEXT: &str = "text\n";

/// The passkey whose signature is looked for.
pub(crate) fn passkey() -> Passkey {
    Passkey::new(1, ORIGIN)
}

/// Reads one input: a note, a line, a key, or three parts of an assertion behind their lengths.
pub(crate) fn read(bytes: &[u8]) {
    let key = passkey().named(NAME);
    let _ = verify_note(bytes, &[&key]);
    let _ = PasskeyKey::from_spki(bytes, ORIGIN);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let line = text.lines().next().unwrap_or_default();
        if verify_note(assemble(TEXT, &[line]).as_bytes(), &[&key]).is_ok() {
            assert_eq!(
                line,
                passkey().sign_line(NAME, TEXT),
                "a second line of one signature"
            );
        }
        if let Ok(key) = VerifyingKey::<role::Person>::parse(text) {
            assert_eq!(key.to_string(), text);
        }
        if let Ok(key) = text.parse::<PasskeyKey>() {
            assert_eq!(key.to_text(), text);
        }
    }
    let mut left = bytes;
    let mut part = || {
        let length = match left.split_first_chunk::<2>() {
            None => return Vec::new(),
            Some((length, rest)) => {
                left = rest;
                usize::from(u16::from_be_bytes(*length))
            }
        };
        let (part, rest) = left.split_at(length.min(left.len()));
        left = rest;
        part.to_vec()
    };
    let assertion = Assertion {
        authenticator_data: part(),
        client_data: part(),
        signature: part(),
    };
    let _ = passkey().key().verify(b"challenge", &assertion);
    if let Ok(line) = passkey_line(&key, &assertion) {
        let _ = verify_note(assemble(TEXT, &[&line]).as_bytes(), &[&key]);
    }
}
